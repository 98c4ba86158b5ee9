"""What the screen paints of a row is what the shell prints, over the demo and over a company made by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cockpit.domain.agenda.events import Event, EventInstance
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.agenda import rows as agenda_rows
from cockpit.services.alerts import rows as alerts_rows
from cockpit.services.audits import rows as audits_rows
from cockpit.services.audits.due import AUDIT, Due
from cockpit.services.boards import listing
from cockpit.services.boards.board import Board, board
from cockpit.services.boards.brief import to_text
from cockpit.services.desk.row import Gauge, Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import rows as meetings_rows
from cockpit.services.messages import rows as messages_rows
from cockpit.services.morning import review
from cockpit.services.morning import rows as morning_rows
from cockpit.services.promises import rows as promises_rows
from cockpit.services.providers import rows as providers_rows
from cockpit.services.records import history
from cockpit.services.records import rows as records_rows
from cockpit.services.work import capture, entry
from cockpit.services.work import rows as work_rows
from cockpit.store.outside import outbox
from cockpit.store.outside.outbox import Parcel
from cockpit.ui.kit import painted
from tests.conftest import MONDAY, TickingClock
from tests.services.demo.demo_shown import seeded

WIDE = 4_000


def words(text: str) -> str:
    """What is said, without the room and the dots that stand between the parts."""
    return "".join(text.replace("·", " ").split())


def every_row(workspace: Workspace, found: Board) -> dict[str, list[Row]]:
    """The rows of each kind that a board holds, and of what leaves and what was changed."""
    at, names = found.at, found.names
    said = {"title": "SLA passed"}
    parcel = Parcel(1, "x", "slack", said, outbox.FAILED, at.isoformat(), 2, "", None, "no route")
    news = review.view(workspace, review.begin(workspace), found).news
    events = [
        (each, each.uid in found.today.clashing, each.end <= at)
        for each in (*found.today.events, *particular(at))
    ]
    return {
        "alert": [alerts_rows.alert(each, names) for each in found.alerts.loud],
        "priority": [work_rows.of_priority(each, at, names) for each in found.work.priorities],
        "blocker": [work_rows.blocker(each.record, at, names) for each in found.work.blockers],
        "sla": [promises_rows.sla(each, at, names) for each in found.promises.slas],
        "event": [agenda_rows.event(each, clash=clash, past=past) for each, clash, past in events],
        "gap": [agenda_rows.gap(each) for each in found.today.gaps],
        "hold": [work_rows.hold(each, at) for each in found.today.holds],
        "meeting": [meetings_rows.meeting(each, at) for each in found.meetings.planned],
        "due": [audits_rows.due(each) for each in (*found.due, Due(found.day, AUDIT, "Payroll", "FN-1"))],
        "provider": [providers_rows.provider(each, at) for each in found.outside.providers],
        "statement": [messages_rows.statement(each, at) for each in found.inbox.statements],
        "news": [morning_rows.news(each, names) for each in news],
        "change": [records_rows.change(each, coded=True) for each in history.recent(workspace, 20)],
        "record": [
            listing.row(workspace, REGISTERS[name], record, names)
            for name in ("decision", "risk")
            for record in listing.records_of(workspace, name, everything=True)
        ],
        "parcel": [messages_rows.parcel(parcel, at)],
    }


def particular(at: datetime) -> list[Event]:
    """An event of each kind that has a sign of its own."""
    cards: list[dict[str, str]] = [
        {"status": "cancelled"}, {"participation": "declined"}, {"status": "tentative"},
        {"participation": "needs-action"}, {"busy": "free"}, {"busy": "oof"}, {"link": "https://meet.example"},
    ]  # fmt: skip
    made = (EventInstance(feed="f", uid=str(n), title="Board", **card) for n, card in enumerate(cards))  # type: ignore[arg-type]
    return [Event(occurrence=each, start=at, end=at, feeds=("f",)) for each in made]


def without_gauge(row: Row) -> Row:
    """A picture of what the words say: the shell has no use for it."""
    return Row(row.left, row.right, row.facts, row.code)


def held_together(workspace: Workspace) -> set[str]:
    """The kinds of rows of which what is painted, in its room, was what is printed."""
    found = every_row(workspace, board(workspace))
    for kind, row in ((kind, row) for kind, rows in found.items() for row in rows):
        shown = words("".join(line.plain for line in painted.lines(without_gauge(row), WIDE)))
        assert sorted(shown) == sorted(words(row.printed)), kind
        for width in (20, 36, 50, 80, 150):
            assert all(line.cell_length <= width for line in painted.lines(row, width)), (kind, width)
    return {kind for kind, rows in found.items() if rows}


def test_every_row_of_the_demo_is_painted_and_printed_with_one_voice(tmp_path: Path) -> None:
    shown = seeded(MONDAY, tmp_path / "cockpit.db")
    assert held_together(shown.workspace) >= {
        "alert", "priority", "blocker", "sla", "event", "gap", "meeting", "due", "provider", "statement",
        "change", "record", "parcel",
    }  # fmt: skip


def add(workspace: Workspace, kind: str, line: str) -> None:
    capture.save(workspace, kind, entry.understand(workspace, line))


def test_every_row_of_a_company_made_by_hand_is_painted_and_printed_with_one_voice(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "blocker", "Payslips wrong @Paie+ p1 sla:4ho qui:Sophie")
    add(workspace, "priority", "Sign the amendment p1 pour:demain")
    values: dict[str, Value] = {"name": "Flash", "rule": "mon-fri 08:30", "kind": "flash"}
    workspace.add(REGISTERS["ritual"], values, "ritual.add")
    clock.forward(hours=30)
    assert held_together(workspace) >= {"alert", "priority", "blocker", "sla", "meeting", "change", "news"}


def test_a_meeting_that_is_over_and_of_which_nobody_said_anything_is_asked_about_everywhere(
    workspace: Workspace, clock: TickingClock
) -> None:
    values: dict[str, Value] = {"name": "Flash", "rule": "mon 08:30", "kind": "flash"}
    workspace.add(REGISTERS["ritual"], values, "ritual.add")
    clock.forward(hours=3)
    found = board(workspace)
    (meeting,) = found.meetings.planned
    row = meetings_rows.meeting(meeting, found.at)
    assert row.printed in to_text(found)
    assert painted.line(row, 60).plain.startswith("? Mon  08:30 Flash")
    assert row.printed == "? Mon  08:30 Flash · held? space says"


def test_a_row_gives_way_where_it_is_narrow_and_is_printed_whole() -> None:
    left = (
        Piece("▲ ", Role.WATCH),
        Piece("Cabinet Lagarde", Role.STRONG, column=12, most=12),
        Piece(" Contract"),
    )
    row = Row(left, (Piece("2 h left", column=-11), Piece(" → Mon", at=76)), gauge=Gauge(0.5, Role.WATCH))
    assert painted.line(row, 40).plain == "▲ Cabinet Lag… Contract         2 h left"
    assert painted.line(row, 50).plain == "▲ Cabinet Lag… Contract         ███···    2 h left"
    assert "→ Mon" in painted.line(row, 80).plain
    assert row.printed == "▲ Cabinet Lagarde Contract · 2 h left → Mon"


def test_green_is_a_dot_never_a_sentence() -> None:
    good = painted.STYLES[Role.GOOD]
    row = Row(
        (Piece("● ", Role.GOOD), Piece("Paie+"), Piece(" tried, in time", Role.GOOD)),
        (Piece("100", Role.GOOD),),
    )
    shown = painted.line(row, WIDE)
    assert [shown.plain[span.start : span.end] for span in shown.spans if span.style == good] == ["● "]
