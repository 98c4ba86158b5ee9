"""A few faults of each kind on each deed; all of them, at length: `python -m tests.faults`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.deeds import DEEDS, Deed, make_template
from tests.faults.injector import SHORT, Place, Undone, can_inject, points, strike
from tests.faults.kills import SCENES, killed

KILL, FULL, QUOTA, BROKEN = "signal=KILL", "error=ENOSPC", "error=EDQUOT", "error=EIO"
# Where the last writes of a transaction, of a file and of its name stand.
PLACES = (
    ("block", (KILL, "pwrite64", 3)), ("block", (FULL, "pwrite64", 2)), ("block", (BROKEN, "fdatasync", 1)),
    ("backup", (FULL, "pwrite64", 2)), ("restore", (KILL, "pwrite64", 3)), ("restore", (BROKEN, "fdatasync", 1)),
    ("setting", (KILL, "rename", 1)), ("month", (FULL, "write", 6)), ("sale", (FULL, "fdatasync", 1)),
    ("partner", (KILL, "rename", 2)), ("erase", (FULL, "pwrite64", 300)), ("receive", (KILL, "rename", 1)),
    ("flash", (FULL, "write", 2)), ("block", (QUOTA, "pwrite64", 2)), ("sync", (QUOTA, "pwrite64", 26)),
)  # fmt: skip
needs_strace = pytest.mark.skipif(not can_inject(), reason="strace is not there, or may not trace")


def named(name: str) -> Deed:
    (deed,) = (deed for deed in DEEDS if deed.name == name)
    return deed


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small company, made once."""
    folder = tmp_path_factory.mktemp("faults") / "template"
    make_template(folder)
    return folder


@needs_strace
@pytest.mark.parametrize(("name", "place"), PLACES, ids=str)
def test_a_fault_in_the_middle_loses_and_tears_nothing(
    template: Path, tmp_path: Path, name: str, place: Place
) -> None:
    assert list(strike(template, tmp_path / "scratch", named(name), place)) == []


@pytest.mark.parametrize("name", ["block", "export", "folder"])
def test_a_write_that_stops_half_way_loses_and_tears_nothing(
    template: Path, tmp_path: Path, name: str
) -> None:
    assert list(strike(template, tmp_path / "scratch", named(name), (SHORT, "write", 5_000))) == []


@needs_strace
def test_a_deed_that_does_nothing_is_not_struck(template: Path, tmp_path: Path) -> None:
    idle = replace(named("done"), words=("done", "B-99"))
    with pytest.raises(Undone, match="B-99"):
        points(template, tmp_path / "scratch", idle)


@pytest.mark.skipif(os.name != "posix", reason="a kill that nothing can catch is of POSIX")
@pytest.mark.parametrize(("name", "after_s"), [("import", 0.6), ("settings", 0.35)])
def test_a_kill_at_any_instant_leaves_what_can_be_gone_on_with(
    template: Path, tmp_path: Path, name: str, after_s: float
) -> None:
    (scene,) = (each for each in SCENES if each.name == name)
    assert list(killed(template, tmp_path / "scratch", scene, after_s)) == []
