"""Rituals: templates, steps, the calendar that is read back, what is shared, and attendance that names nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings.ritual_plan import parse_rule, parse_steps
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.ritual import Ritual
from cockpit.services.agenda.check import check
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk import forms, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import ics, rituals, templates


def held(workspace: Workspace, people: dict[str, bool], kind: str = "flash", days_ago: int = 3) -> None:
    """A meeting that was held, with who was expected and whether they came."""
    ritual = workspace.add(REGISTERS["ritual"], {"name": kind, "kind": kind, "rule": "mon-fri 11:45"})
    at = workspace.clock() - timedelta(days=days_ago)
    code = workspace.add(REGISTERS["occurrence"], {"ritual": ritual, "planned_at": at, "status": "held"})
    for person, present in people.items():
        workspace.add(REGISTERS["attendance"], {"occurrence": code, "person": person, "present": present})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_template_makes_a_ritual_that_holds_together(workspace: Workspace, language: str) -> None:
    locale.use(language)
    for template in templates.templates():
        templates.add(workspace, template)
    found = workspace.select(Ritual, "ritual")
    assert {each.kind for each in found} == {
        "kickoff",
        "flash",
        "review",
        "providers",
        "informal",
        "drill",
        "other",
    }
    for each in found:
        parse_rule(each.rule)
        steps = parse_steps(each.steps)
        closing = 60 if each.kind == "kickoff" else 0
        assert sum(step.seconds for step in steps) in (each.minutes * 60 + closing, 0)
        assert bool(steps) == (each.kind != "informal")


def test_a_template_answers_to_its_key_and_its_name() -> None:
    flash = templates.named("flash")
    assert flash is not None
    assert templates.named("Flash Point") is flash
    assert templates.named("priority") is not None
    assert templates.named("p") is None, "two begin so"
    assert templates.named("") is None


@pytest.mark.parametrize(
    ("hours", "key", "rule"),
    [
        ("lun-ven 9h-18h", "kickoff", "mon 08:30"), ("mar-sam 9h-18h", "kickoff", "tue 08:30"),
        ("mar-sam 9h-18h", "flash", "tue-sat 11:45"), ("lun,mar,jeu,ven 9h-18h", "flash", "mon,tue,thu,fri 11:45"),
        ("lun-jeu 9h-18h", "informal", "thu 12:30"), ("mer-dim 9h-18h", "drill", "monthly first sun 09:00"),
    ],
)  # fmt: skip
def test_a_template_is_held_on_days_that_the_company_works(
    workspace: Workspace, hours: str, key: str, rule: str
) -> None:
    company = replace(workspace.settings.company, hours=hours)
    workspace.settings = replace(workspace.settings, company=company)
    template = templates.named(key)
    assert template is not None
    code = templates.add(workspace, template)
    (made,) = workspace.select(Ritual, "ritual", "code = ?", (code,))
    assert made.rule == rule
    parse_rule(made.rule)


def test_a_rule_that_is_none_makes_nothing(workspace: Workspace) -> None:
    template = templates.named("flash")
    assert template is not None
    with pytest.raises(ValueError, match="25:00"):
        templates.add(workspace, template, "zzz 25:00")
    assert not workspace.select(Ritual, "ritual")


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Blockers 12", [("Blockers", 720, "talk")]),
        ("Round: 2\n\nTop 3 5 min", [("Round", 120, "talk"), ("Top 3", 300, "talk")]),
        ("attendance: Round 2", [("Round", 120, "attendance")]),
        ("présence : Tour 20 s", [("Tour", 20, "attendance")]),
        ("Engagements: 5\nvotes :45s", [("", 300, "commitments"), ("", 45, "votes")]),
        ("talk: week: what went well 5", [("week: what went well", 300, "talk")]),
        ("", []),
    ],
)
def test_steps_are_a_name_and_minutes(text: str, steps: list[tuple[str, int, str]]) -> None:
    assert [(step.name, step.seconds, step.kind) for step in parse_steps(text)] == steps


@pytest.mark.parametrize("text", ["Blockers", "12", "Blockers 0", "Blockers 601", "Round 2\nthen nothing"])
def test_a_wrong_step_is_refused_in_the_form(workspace: Workspace, text: str) -> None:
    with pytest.raises(forms.WrongValue):
        forms.read(workspace, REGISTERS["ritual"].field("steps"), text, {})


def test_steps_are_typed_in_one_line(workspace: Workspace) -> None:
    field = REGISTERS["ritual"].field("steps")
    assert forms.read(workspace, field, "Round 2 ; Blockers 12", {}) == "Round 2\nBlockers 12"
    assert forms.read(workspace, field, "Round 2 ⏎ Blockers 12", {}) == "Round 2\nBlockers 12"


def test_percentages_of_a_circuit_are_still_percentages(workspace: Workspace) -> None:
    with pytest.raises(forms.WrongValue):
        forms.read(workspace, REGISTERS["circuit"].field("steps"), "Blockers 12", {})


@pytest.fixture
def with_rituals(workspace: Workspace) -> Workspace:
    rules = ("mon 08:30", "mon-fri 11:45", "every 2 weeks fri 16:30 from 2026-11-27", "monthly first tue 14:00",
             "monthly last business day 16:00", "monthly 15 09:00")  # fmt: skip
    for number, rule in enumerate(rules):
        workspace.add(
            REGISTERS["ritual"], {"name": f"R{number}", "rule": rule, "minutes": 30, "steps": "Round 2"}
        )
    return workspace


def planned(workspace: Workspace, first: date, weeks: int) -> set[tuple[str, datetime]]:
    """What the rituals pane would show, week by week."""
    from cockpit.services.desk.calendars import company_calendar

    calendar = company_calendar(workspace, freeze=True)
    return {
        (each.ritual.name, each.planned)
        for week in range(weeks)
        for each in rituals.week(workspace, first + timedelta(weeks=week), [], calendar)
    }


def test_the_calendar_says_what_the_pane_says_for_a_year(with_rituals: Workspace) -> None:
    text = ics.to_ics(with_rituals)
    parsed = icalendar.Calendar.from_ical(text)
    first = with_rituals.monday()
    until = first + timedelta(weeks=51)
    found = {
        (str(event["SUMMARY"]), event["DTSTART"].dt)
        for event in recurring_ical_events.of(parsed).between(first, until)
    }
    expected = {each for each in planned(with_rituals, first, 51) if each[1].date() >= with_rituals.today()}
    assert found == expected
    assert not any(at.date() == date(2026, 12, 25) for _name, at in found), "closed on Christmas"
    assert any(at.utcoffset() == timedelta(hours=2) for _name, at in found), "summer time is in it"


def test_our_own_reader_reads_it_without_a_repair(with_rituals: Workspace) -> None:
    text = ics.to_ics(with_rituals)
    monday = with_rituals.monday()
    read = check(text, monday, monday + timedelta(weeks=8), zone="Europe/Paris")
    assert {(each.title, each.start) for each in read.events} == planned(with_rituals, monday, 8)
    assert not read.repairs


def test_it_stands_still_while_nothing_changes_and_keeps_its_identities(with_rituals: Workspace) -> None:
    before = ics.to_ics(with_rituals)
    assert ics.to_ics(with_rituals) == before
    edit.edit(with_rituals, "RT-1", {"rule": "mon 09:00"})
    after = ics.to_ics(with_rituals)
    assert after != before

    def uids(text: bytes) -> list[str]:
        return [str(event["UID"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]

    assert uids(after) == uids(before)


def test_a_hostile_name_stays_in_its_line(workspace: Workspace) -> None:
    name = "Flash; point, \\ BEGIN:VEVENT"
    workspace.add(REGISTERS["ritual"], {"name": name, "rule": "mon 08:30"})
    events = icalendar.Calendar.from_ical(ics.to_ics(workspace)).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [name]


def test_it_leaves_out_what_is_above_the_level(workspace: Workspace) -> None:
    workspace.add(REGISTERS["ritual"], {"name": "Zorglub", "rule": "mon 08:30", "conf": 3})
    assert b"Zorglub" in ics.to_ics(workspace)
    assert b"Zorglub" not in ics.to_ics(workspace, 2)


def test_the_file_is_written_whole_or_not_at_all(
    with_rituals: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rituals.ics"
    ics.write(with_rituals, path)
    before = path.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    edit.edit(with_rituals, "RT-1", {"name": "Another"})
    with pytest.raises(OSError, match="No space"):
        ics.write(with_rituals, path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".db" and each.is_file()] == [
        "rituals.ics"
    ]


def test_attendance_is_one_number_about_three_people_at_least(workspace: Workspace) -> None:
    held(workspace, {"Sophie": True, "Karim": True})
    assert rituals.attendance(workspace) is None
    held(workspace, {"Sophie": True, "Karim": False, "Inès": True})
    found = rituals.attendance(workspace)
    assert found is not None
    assert (found.present, found.expected, found.percent) == (4, 5, 80)


def test_informal_moments_and_what_is_old_are_not_counted(workspace: Workspace) -> None:
    three = {"Sophie": False, "Karim": False, "Inès": False}
    held(workspace, three, kind="informal")
    held(workspace, three, days_ago=91)
    assert rituals.attendance(workspace) is None


def test_an_agenda_is_shared_by_hand_and_undone(workspace: Workspace) -> None:
    workspace.add(REGISTERS["ritual"], {"name": "Flash", "kind": "flash", "rule": "mon 11:45"})
    (meeting,) = board(workspace).meetings.planned
    assert not meeting.shared
    assert rituals.toggle_shared(workspace, meeting)
    (meeting,) = board(workspace).meetings.planned
    assert meeting.shared
    assert meeting.status == "next", "a shared agenda does not make it held"
    assert not rituals.toggle_shared(workspace, meeting)
    workspace.undo()
    assert board(workspace).meetings.planned[0].shared
    workspace.undo()
    assert not workspace.select(Occurrence, "occurrence")


def test_an_informal_moment_has_no_agenda(workspace: Workspace) -> None:
    values: dict[str, Value] = {"name": "Coffee", "kind": "informal", "rule": "mon 12:30"}
    workspace.add(REGISTERS["ritual"], values)
    (meeting,) = board(workspace).meetings.planned
    with pytest.raises(refusal.NotPossible):
        rituals.toggle_shared(workspace, meeting)


@pytest.mark.parametrize("register", ["continuity", "process"])
def test_steps_of_plans_and_processes_are_plain_lines(workspace: Workspace, register: str) -> None:
    field = REGISTERS[register].field("steps")
    said = "Appeler l'hébergeur ; demander le plan\n2. Prévenir les clients 12"
    assert forms.read(workspace, field, said, {}) == said
    assert forms.read(workspace, field, "Appeler ⏎ Prévenir", {}) == "Appeler\nPrévenir"
