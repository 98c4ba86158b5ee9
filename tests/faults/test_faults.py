"""A few faults of each kind on each deed; all of them, at length: `python -m tests.faults`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.injector import DEEDS, SHORT, Deed, Place, can_inject, make_template, strike

# Where the last writes of a transaction, of a file and of its name stand.
PLACES = (("signal=KILL", "pwrite64", 3), ("error=ENOSPC", "pwrite64", 2), ("error=EIO", "fdatasync", 1))


def _named(*names: str) -> list[Deed]:
    return [deed for deed in DEEDS if deed.name in names]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small company, made once."""
    folder = tmp_path_factory.mktemp("faults") / "template"
    make_template(folder)
    return folder


@pytest.mark.skipif(not can_inject(), reason="strace is not there, or may not trace")
@pytest.mark.parametrize("place", PLACES, ids=lambda place: " ".join(map(str, place)))
@pytest.mark.parametrize("deed", _named("block", "backup", "restore"), ids=lambda deed: deed.name)
def test_a_fault_in_the_middle_loses_and_tears_nothing(
    template: Path, tmp_path: Path, deed: Deed, place: Place
) -> None:
    assert list(strike(template, tmp_path / "scratch", deed, place)) == []


@pytest.mark.skipif(not can_inject(), reason="strace is not there, or may not trace")
@pytest.mark.parametrize(
    ("name", "place"), [("setting", ("signal=KILL", "rename", 1)), ("month", ("error=ENOSPC", "write", 20))]
)
def test_settings_and_documents_are_whole_after_a_fault(
    template: Path, tmp_path: Path, name: str, place: Place
) -> None:
    (deed,) = _named(name)
    assert list(strike(template, tmp_path / "scratch", deed, place)) == []


@pytest.mark.parametrize("deed", _named("block", "export", "folder"), ids=lambda deed: deed.name)
def test_a_write_that_stops_half_way_loses_and_tears_nothing(
    template: Path, tmp_path: Path, deed: Deed
) -> None:
    assert list(strike(template, tmp_path / "scratch", deed, (SHORT, "write", 5_000))) == []
