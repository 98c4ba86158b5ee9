"""The cockpit as it stood: exactly what was known then, and nothing that came since."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.seats.rights import Right
from cockpit.domain.seats.seat import Door, Seat, SeatRole
from cockpit.services.boards.board import board
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import finding
from cockpit.services.settings import load
from cockpit.services.upkeep import replay
from cockpit.services.work import capture, moves
from cockpit.services.work.entry import understand
from cockpit.store import journal, proof, rewind
from cockpit.store.records import instant
from cockpit.store.state import reviews
from tests.companies import made
from tests.conftest import TickingClock


def rows(conn: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every register."""
    return {
        name: sorted(
            (dict(zip(row.keys(), row, strict=True)) for row in conn.execute(f"SELECT * FROM {name}")),
            key=lambda each: str(each["id"]),
        )
        for name in REGISTERS
    }


def add(workspace: Workspace, kind: str, line: str) -> str:
    return capture.save(workspace, kind, understand(workspace, line))


def work(workspace: Workspace, clock: TickingClock) -> None:
    """A day on which something of everything happens."""
    (open_one, *_rest) = workspace.select(Blocker, "blocker", "closed_at IS NULL ORDER BY number")
    clock.forward(hours=1)
    moves.done(workspace, [open_one.code])
    clock.forward(hours=1)
    add(workspace, "blocker", "Zeppelin en panne @Paie+ p1 pour:demain")
    clock.forward(hours=1)
    workspace.undo()
    clock.forward(hours=1)
    add(workspace, "priority", "Zeppelin à réparer")


def test_it_is_what_it_was_row_by_row_and_on_the_board(kerlann: Workspace, clock: TickingClock) -> None:
    before, shown, then = rows(kerlann.conn), board(kerlann), clock.at
    work(kerlann, clock)
    assert rows(kerlann.conn) != before
    with replay.replayed(kerlann, then) as past:
        assert rows(past.conn) == before
        assert journal.verify(past.conn) is None
        assert proof.differences(past.conn) == ()
        again = board(past)
        assert (again.work, again.promises, again.gauges) == (shown.work, shown.promises, shown.gauges)
        assert finding.find(past, "zeppelin") == []
    assert not past.path.exists()


def test_every_day_of_its_past_holds_together(kerlann: Workspace, clock: TickingClock) -> None:
    work(kerlann, clock)
    first = journal.first_at(kerlann.conn)
    assert first is not None
    for days in range((clock.at - first).days + 1):
        with replay.replayed(kerlann, first + timedelta(days=days)) as past:
            assert proof.differences(past.conn) == ()
            assert board(past).at == past.now()


def test_nothing_is_written_there(kerlann: Workspace, clock: TickingClock) -> None:
    then, head = clock.at, journal.head(kerlann.conn)
    clock.forward(days=1)
    with replay.replayed(kerlann, then) as past, pytest.raises(Refusal, match="as it stood"):
        add(past, "blocker", "anything")
    assert journal.head(kerlann.conn) == head


@pytest.mark.parametrize("text", ["tomorrow", "gibberish", "1999-01-01"])
def test_what_is_no_moment_of_the_past_says_why(kerlann: Workspace, text: str) -> None:
    with pytest.raises(refusal.NotPossible):
        replay.moment(kerlann, text)


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("2026-11-20", "2026-11-20T18:00"),
        ("friday", "2026-11-20T18:00"),
        ("2026-11-20 9:15", "2026-11-20T09:15"),
        ("2026-11-20T09:15", "2026-11-20T09:15"),
        ("yesterday 6pm", "2026-11-22T18:00"),
    ],
)
def test_a_day_alone_is_how_that_day_ended(kerlann: Workspace, text: str, then: str) -> None:
    assert f"{replay.moment(kerlann, text):%Y-%m-%dT%H:%M}" == then


def test_who_reads_less_reads_no_more_of_the_past(kerlann_files: made.Files, clock: TickingClock) -> None:
    settings = load.load(kerlann_files.config)
    whole = Workspace.open(kerlann_files.database, settings, clock, kerlann_files.config)
    whole.add(REGISTERS["blocker"], {"title": "Zeppelin", "conf": 3})
    then = clock.at
    clock.forward(days=1)
    seat = Seat(
        person="Sophie", role=SeatRole.ASSISTANT, level=2, may=frozenset({Right.READ}), door=Door.FORCED
    )
    sophie = Workspace.open(kerlann_files.database, settings, clock, kerlann_files.config, seat)
    for workspace, words in ((whole, 1), (sophie, 0)):
        with replay.replayed(workspace, then) as past:
            assert len(finding.find(past.shown, "zeppelin")) == words
            titles = [each.title for each in past.shown.select(Blocker, "blocker")]
            assert ("Zeppelin" in titles) is bool(words)
        workspace.conn.close()


def test_every_table_is_taken_back_or_is_known_to_stay(kerlann: Workspace) -> None:
    source = Path(rewind.__file__).read_text(encoding="utf-8")
    stay = {
        "_sqlite_migrations", "counter", "holiday", "holiday_year", "maintenance", "calendar_version",
        "agenda_feed", "agenda_block", "agenda_occurrence", "agenda_window", "agenda_issue", "heat",
    }  # fmt: skip
    tables = {
        row["name"] for row in kerlann.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    own = {
        name for name in tables - REGISTERS.keys() - stay if not name.startswith(("searchable", "sqlite_"))
    }
    assert [name for name in sorted(own) if not re.search(rf"\b{name}\b", source)] == []


def test_what_was_seen_in_a_review_that_began_later_was_not_seen_then(
    kerlann: Workspace, clock: TickingClock
) -> None:
    clock.forward(hours=1)
    then = clock.at
    clock.forward(hours=1)
    code = add(kerlann, "blocker", "Zeppelin")
    records = kerlann.conn.execute("SELECT id FROM blocker ORDER BY number LIMIT 1").fetchone()
    reviews.keep_state(kerlann.conn, kerlann.actor, "{}", instant(clock.at))
    reviews.mark(kerlann.conn, kerlann.actor, [(records["id"], 1), (code, journal.head(kerlann.conn)[0])])
    with replay.replayed(kerlann, then) as past:
        assert reviews.seen(past.conn, kerlann.actor) == {}
    # Of a review that had begun, only what is about later entries was not seen.
    reviews.keep_state(kerlann.conn, kerlann.actor, "{}", instant(then))
    with replay.replayed(kerlann, then) as past:
        assert reviews.seen(past.conn, kerlann.actor) == {records["id"]: 1}
