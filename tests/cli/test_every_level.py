"""Nothing above the level of a room leaves by the shell: words, amounts and figures, of every register."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cockpit.domain.registers import ORGANISATION
from cockpit.store.connection import copy_to
from tests.cli.conftest import Run
from tests.services.records.every_level import NOW, fill, secrets_above

READING: tuple[tuple[str, ...], ...] = (
    ("brief",), ("resume",), ("export", "calendar"), ("list",), ("list", "--all"),
    ("review",), ("agenda",), ("week",), ("flash",), ("kickoff",),
    ("commitments",), ("providers",), ("sla",), ("journal",), ("alerts",), ("inbox",), ("audit",), ("handover",),
    ("map",), ("interfaces",), ("risks",), ("continuity",), ("contracts",), ("raci",), ("ritual", "ics"),
    ("register", "export", "all"), ("slots",), ("sla", "report"), ("outbox",),
    *(("list", name, "--all") for name in ORGANISATION),
    *(("show", f"{prefix}-{n}") for prefix in ("B", "P", "D") for n in (1, 4)),
    *(("what-if", code) for code in ("PE-1", "PR-1", "PE-4", "PR-4")),
    *(("provider", "show", f"PR-{n}") for n in (1, 4)),
    *(("ritual", "agenda", f"RT-{n}") for n in (1, 4)),
    *(("sla", "show", f"CK-{n}") for n in (1, 4)),
)  # fmt: skip
_made: list[Path] = []


@pytest.fixture
def company(run: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The company, made once and copied for each test."""
    here = tmp_path / "cockpit.db"
    if not _made:
        fill(run, tmp_path)
        kept = tmp_path_factory.mktemp("company") / "cockpit.db"
        with closing(sqlite3.connect(here)) as conn:
            copy_to(conn, kept)
        _made.append(kept)
    else:
        shutil.copyfile(_made[0], here)
    return run


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_command_says_what_is_above_the_level(company: Run, command: tuple[str, ...]) -> None:
    for level in (0, 1, 2):
        secrets = secrets_above(level)
        for form in ((), ("--json",)):
            if form and command in (("ritual", "ics"), ("export", "calendar")):
                continue
            said = company(*command, "--level", str(level), *form, now=NOW)
            assert "No such option" not in said.err, said.err
            found = secrets.findall(said.out + said.err)
            assert not found, (level, form, found, said.out)


@pytest.mark.parametrize("command", [("brief",), ("journal",), ("raci",), ("register", "export", "all")])
def test_whoever_asks_for_all_gets_all(company: Run, command: tuple[str, ...]) -> None:
    said = company(*command, "--json", now=NOW).out
    assert secrets_above(2).search(said), "or the other tests would see nothing"
