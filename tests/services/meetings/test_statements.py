"""What is said of a meeting follows from what happened: who was there, whether it was held, what was decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.agenda.events import Event, EventInstance
from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings.ritual_plan import KIND_WORDS, RitualStep, parse_steps, write_steps
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.settings import AgendaSource
from cockpit.services.agenda import intake
from cockpit.services.boards import brief
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import facilitation, live, minutes, plan, rituals, running_order, templates
from cockpit.services.meetings.live import Live
from cockpit.services.work import capture, entry
from cockpit.store import journal
from cockpit.store.migrations import m009_steps_say_their_kind
from tests.conftest import TickingClock

WORDS = st.text(st.sampled_from("abcéè :-12 "), max_size=12).map(
    lambda text: " ".join(text.strip(" :·-").split())
)


@given(
    st.lists(st.builds(RitualStep, WORDS, st.integers(1, 36_000), st.sampled_from(sorted(KIND_WORDS)))),
    st.sampled_from(["fr", "en"]),
)
def test_steps_that_are_written_are_read_back_as_they_were(steps: list[RitualStep], language: str) -> None:
    named = [RitualStep(step.name if step.name.strip("0123456789 ") else "", *_rest(step)) for step in steps]
    assert list(parse_steps(write_steps(named, language))) == named


def _rest(step: RitualStep) -> tuple[int, str]:
    return step.seconds, step.kind


def begun(workspace: Workspace, kind: str = "flash") -> Live:
    return live.view(workspace, facilitation.start(workspace, running_order.prepare(workspace, kind)))


def made_of(workspace: Workspace, key: str) -> None:
    template = templates.named(key)
    assert template is not None
    templates.add(workspace, template)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("key", ["kickoff", "flash", "review", "providers"])
def test_a_template_leads_the_meeting_that_the_plan_of_its_kind_leads(
    workspace: Workspace, key: str, language: str
) -> None:
    locale.use(language)
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down p1"))
    bare = Ritual(name="x", kind=key, rule="mon 08:30", minutes=templates.of_kind(key).minutes)
    subjects = running_order.prepare(workspace, key).subjects
    made_of(workspace, key)
    (ritual,) = workspace.select(Ritual, "ritual")
    assert plan.steps(ritual, subjects) == plan.steps(bare, subjects)
    kinds = [step.kind for step in begun(workspace, key).meeting.steps]
    assert {"attendance", "commitments", "subject", "readback", "votes"} <= set(kinds)


def test_words_of_a_title_make_no_kind(workspace: Workspace) -> None:
    ritual = Ritual(name="x", rule="mon 08:30", steps="Agenda of the week 5\nvotes: Was it worth it 2")
    found = plan.steps(ritual, ())
    assert [(step.kind, step.title) for step in found] == [
        ("talk", "Agenda of the week"), ("votes", "Was it worth it")
    ]  # fmt: skip


def test_attendance_that_nobody_took_is_not_taken_and_makes_nobody_absent(workspace: Workspace) -> None:
    for name in ("Claire", "Sophie", "Marc"):
        workspace.add(REGISTERS["person"], {"name": name})
    made_of(workspace, "flash")
    alone = minutes.close(workspace, begun(workspace).code).markdown
    assert "Present: Claire · Facilitator: Claire" in alone, "nobody else was expected"
    edit.edit(workspace, "RT-1", {"members": ("PE-1", "PE-2")})
    found = minutes.close(workspace, begun(workspace).code).markdown
    assert "Present: Claire · the others: not taken · Facilitator: Claire" in found
    assert "Absent" not in found
    assert not workspace.select(Attendance, "attendance")
    assert rituals.attendance(workspace) is None


def test_who_leads_is_there(workspace: Workspace) -> None:
    for name in ("Claire", "Sophie"):
        workspace.add(REGISTERS["person"], {"name": name})
    workspace.add(
        REGISTERS["ritual"],
        {"name": "Flash", "kind": "flash", "rule": "mon 09:00", "members": ("PE-1", "PE-2", "moi")},
    )
    seen = begun(workspace)
    assert list(seen.meeting.people) == ["PE-1", "PE-2"]
    seen = facilitation.attend(workspace, facilitation.attend(workspace, seen, "PE-1"), "PE-2")
    seen = facilitation.attend(workspace, seen, "PE-2")
    found = minutes.close(workspace, seen.code).markdown
    assert "Present: Claire · Absent: Sophie · Facilitator: Claire" in found


def test_those_who_are_expected_are_people(workspace: Workspace) -> None:
    workspace.add(REGISTERS["provider"], {"name": "Bank"})
    for name in ("Claire", "Sophie"):
        workspace.add(REGISTERS["person"], {"name": name})
    for line in ("Access p1 @bank", "Loan p2 @bank @moi", "Stairs p3 @Sophie", "Lift p3 @nobody"):
        capture.save(workspace, "blocker", entry.understand(workspace, line))
    assert running_order.prepare(workspace, "flash").people == ("PE-1", "PE-2")


def at_nine(workspace: Workspace, title: str, attendees: tuple[str, ...] = ()) -> Event:
    start = workspace.now().replace(hour=9, minute=0, second=0, microsecond=0)
    said = EventInstance(feed="mine", uid="1", title=title, attendees=attendees, start=start,
                      end=start + timedelta(minutes=15))  # fmt: skip
    return Event(occurrence=said, start=start, end=start + timedelta(minutes=15), feeds=("mine",))


def test_what_is_over_in_the_calendar_is_asked_about_on_the_screen_and_in_text_alike(
    workspace: Workspace, clock: TickingClock
) -> None:
    workspace.add(REGISTERS["ritual"], {"name": "Flash", "kind": "flash", "rule": "mon 09:00"})
    event = at_nine(workspace, "Flash")
    clock.forward(hours=3)
    (meeting,) = rituals.week(workspace, workspace.monday(), [event], company_calendar(workspace))
    assert (meeting.status, meeting.event is not None) == ("unknown", True)
    assert "? Mon  09:00 Flash · held? space says" in brief.to_text(board(workspace))
    assert rituals.toggle_held(workspace, meeting) == "held"
    assert "✓ Mon  09:00 Flash · held" in brief.to_text(board(workspace))


def test_a_word_for_later_does_not_put_aside_what_was_decided(workspace: Workspace) -> None:
    for line in ("VPN p1", "Lease p2"):
        capture.save(workspace, "blocker", entry.understand(workspace, line))
    seen = facilitation.go(workspace, facilitation.go(workspace, begun(workspace), 1), 1)
    seen, _code = facilitation.decide(workspace, seen, "decision", "Buy a router due:thursday")
    seen = facilitation.park(workspace, seen, "look at the other offices")
    seen = facilitation.go(workspace, seen, 1)
    seen = facilitation.solve(workspace, seen)
    seen = facilitation.park(workspace, seen, "ask the landlord")
    assert [topic.outcome for topic in minutes.build(workspace, seen).topics] == ["decided", "solved"]


def test_steps_that_were_guessed_by_their_words_say_their_kind_once_in_the_journal(
    workspace: Workspace,
) -> None:
    was = {
        "flash": "Derniers engagements 1\nBlocages chauds 12\nRelecture des décisions 2",
        "kickoff": "Tour 2\nSemaine passée: 5\nCafé 5\nThe week ahead 5",
    }
    for kind, steps in was.items():
        workspace.add(REGISTERS["ritual"], {"name": kind, "kind": kind, "rule": "mon 9:00", "steps": steps})
    m009_steps_say_their_kind.step(sqlite_utils.Database(workspace.conn))
    flash, kickoff = workspace.select(Ritual, "ritual", "1 ORDER BY number")
    assert flash.steps == ""
    assert [(s.kind, s.name) for s in parse_steps(kickoff.steps)] == [
        ("attendance", "Tour"), ("commitments", "Semaine passée"), ("talk", "Café"), ("week", "The week ahead")
    ]  # fmt: skip
    assert sum(each.action == "ritual.steps" for each in journal.entries(workspace.conn)) == 2
    assert journal.verify(workspace.conn) is None


def test_the_minutes_of_a_flash_point_word_for_word(workspace: Workspace, clock: TickingClock) -> None:
    locale.use("fr")
    for name in ("Claire", "Sophie", "Marc"):
        workspace.add(REGISTERS["person"], {"name": name})
    made_of(workspace, "flash")
    edit.edit(workspace, "RT-1", {"members": ("PE-1", "PE-2", "PE-3")})
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN p1 @Sophie"))
    seen = facilitation.attend(workspace, begun(workspace), "PE-2")
    clock.forward(seconds=60)
    seen = facilitation.go(workspace, facilitation.go(workspace, seen, 1), 1)
    seen, _code = facilitation.decide(workspace, seen, "decision", "Nouveau routeur @Sophie pour:jeudi")
    seen = facilitation.park(workspace, seen, "les autres bureaux")
    clock.forward(seconds=120)
    text = minutes.close(workspace, seen.code).markdown
    assert text.splitlines()[:-2] == GOLDEN.splitlines()


GOLDEN = """\
# Point flash lun. 23 nov. 2026, 08:42–08:45 (3 min)

Présents\u00a0: Claire, Sophie · Absents\u00a0: Marc · Animation\u00a0: Claire

## Sujets

- B-1 — Qui débloque «\u00a0VPN\u00a0», pour quand\u00a0? — décidé — 2:00

## Décisions

- D-1 Nouveau routeur — Sophie — jeu. 26 nov.

## Parking

- les autres bureaux

Coût de coordination 3 min × 2 = 6 min

Prochain\u00a0: mar. 24 nov. 2026, 11:45
"""


def test_whom_the_event_of_the_agenda_invites_is_expected_and_no_provider(workspace: Workspace) -> None:
    workspace.add(REGISTERS["provider"], {"name": "Bank"})
    mine = AgendaSource(key="mine", name="Mine", url="https://a")
    workspace.settings = replace(workspace.settings, agendas=(mine,))
    sophie = workspace.add(REGISTERS["person"], {"name": "Sophie Martin"})
    ritual = workspace.add(
        REGISTERS["ritual"], {"name": "Board", "kind": "meeting", "rule": "mon 10:00", "members": ("Ana",)}
    )
    feed = calendar_with(
        "Board", workspace.now().replace(hour=10, minute=0), ("Sophie Martin", "Bank", "Zoe")
    )
    intake.apply_body(workspace.conn, "mine", feed, now=workspace.now(), zone="Europe/Paris")
    assert running_order.prepare(workspace, ritual).people == ("Ana", sophie, "Zoe", "Claire"), (
        "and who leads"
    )


def calendar_with(title: str, at: datetime, invited: tuple[str, ...]) -> bytes:
    who = "".join(
        f"ATTENDEE;CN={name}:mailto:{number}@example.org\r\n" for number, name in enumerate(invited)
    )
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n"
        f"DTSTART:{at.astimezone(UTC):%Y%m%dT%H%M00Z}\r\nDURATION:PT1H\r\nSUMMARY:{title}\r\n{who}"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
