"""All that is told of meetings, whole; and the rows and the JSON of alerts, whichever rule made them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.agenda.events import Event, EventInstance
from cockpit.domain.alerts.alerts import AlertLevel, ShownAlerts
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.time.business_time import Calendar, parse_hours
from cockpit.services.alerts import lines, meeting_rules, rows
from cockpit.services.alerts.day_rules import NoNextStep, OldBlocker
from cockpit.services.alerts.organisation_rules import AuditDue, AuditLate
from cockpit.services.alerts.people_rules import RevokeOpen, StepsLate
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.store.state.alert_log import Over
from tests.services.alerts.told import wholes

PARIS = ZoneInfo("Europe/Paris")
OFFICE = parse_hours("mon-fri 09:00-18:00", "Europe/Paris", holidays=[date(2026, 11, 25)])
NEVER = Calendar("never", "Europe/Paris", ((),) * 7)
MONDAY_AT_NINE = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)


def meeting(
    code: str, status: str, at: datetime = MONDAY_AT_NINE, kind: str = "flash", **said: Any
) -> PlannedMeeting:
    began, shared = said.pop("began", None), said.pop("shared", None)
    moved, made = said.pop("moved", None), said.pop("made", None)
    ritual = Ritual(
        id=code, code=code, name=f"Point {code}", kind=kind, rule="mon 09:00", conf=2, created_at=made
    )
    held = Occurrence(id=code, ritual=code, started_at=began, agenda_shared_at=shared)
    event = None
    if isinstance(moved, datetime):
        event = Event(
            occurrence=EventInstance(feed="f", uid="1"), start=moved, end=moved + HOUR, feeds=("f",)
        )
    return PlannedMeeting(ritual, at, status, event, held if began or shared else None)


def told(now: datetime, *meetings: PlannedMeeting) -> list[str]:
    return wholes(meeting_rules.of_meetings(iter(meetings), now, OFFICE)).splitlines()


def test_what_became_of_meetings_is_told_of_each_and_never_of_an_informal_one() -> None:
    began = datetime(2026, 11, 23, 7, 58, tzinfo=UTC)
    found = told(
        MONDAY_AT_NINE - HOUR,
        meeting("RT-1", "unclosed", kind="informal", began=began),
        meeting("RT-2", "unclosed", began=began),
        meeting("RT-3", "unclosed"),
        meeting("RT-3", "unknown", began=began),
        meeting("RT-4", "missed"),
        meeting("RT-5", "planned", shared=began),
        meeting("RT-6", "held"),
        meeting("RT-7", "next"),
        meeting("RT-8", "planned", kind="review"),
        meeting("RT-9", "planned", kind="kickoff"),
    )
    assert found == [
        "ORANGE unclosed [unclosed:RT-2@2026-11-23T08:00:00+00:00 1000] Started at 08:58, not closed: Point RT-2"
        " | Claire: take it up again (⏎), c closes it and makes the minutes"
        " | on meeting:RT-2@2026-11-23T08:00:00+00:00 | by - | severity 3 | 0 cents | since - | level 2",
        "ORANGE missed [missed:RT-4@2026-11-23T08:00:00+00:00 1000] Ritual missed: Point RT-4"
        " | Claire: hold it this week, or say that it was held (⏎)"
        " | on meeting:RT-4@2026-11-23T08:00:00+00:00 | by - | severity 3 | 0 cents | since - | level 2",
        "ORANGE not_shared [not_shared:RT-7@2026-11-23T08:00:00+00:00 1000] Share the agenda: Point RT-7"
        " | Claire: open it (⏎), o sends it to those who come"
        " | on meeting:RT-7@2026-11-23T08:00:00+00:00 | by - | severity 3 | 0 cents | since - | level 2",
        "ORANGE not_shared [not_shared:RT-9@2026-11-23T08:00:00+00:00 1000] Share the agenda: Point RT-9"
        " | Claire: open it (⏎), o sends it to those who come"
        " | on meeting:RT-9@2026-11-23T08:00:00+00:00 | by - | severity 3 | 0 cents | since - | level 2",
    ]


@pytest.mark.parametrize(
    ("kind", "starts", "shared_from"),
    [
        ("flash", MONDAY_AT_NINE, MONDAY_AT_NINE - 2 * HOUR),
        ("kickoff", MONDAY_AT_NINE, MONDAY_AT_NINE - 3 * DAY),
        ("kickoff", MONDAY_AT_NINE + DAY, MONDAY_AT_NINE),
        ("kickoff", MONDAY_AT_NINE + 3 * DAY, MONDAY_AT_NINE + DAY),
    ],
)
def test_an_agenda_is_to_be_shared_in_time_and_on_a_day_on_which_people_work(
    kind: str, starts: datetime, shared_from: datetime
) -> None:
    planned = meeting("RT-1", "planned", starts, kind)
    assert [len(told(shared_from + late, planned)) for late in (-SECOND, timedelta(), SECOND)] == [0, 1, 1]
    assert [len(told(starts + late, planned)) for late in (-SECOND, timedelta())] == [1, 0]


def test_where_nobody_ever_works_an_agenda_is_shared_a_day_ahead() -> None:
    planned = meeting("RT-1", "planned", MONDAY_AT_NINE, "kickoff")
    found = [
        len(list(meeting_rules.of_meetings([planned], MONDAY_AT_NINE - DAY + late, NEVER)))
        for late in (-SECOND, timedelta())
    ]
    assert found == [0, 1]


def test_a_meeting_that_the_agenda_moved_is_asked_for_by_when_it_begins() -> None:
    later = meeting("RT-1", "planned", moved=MONDAY_AT_NINE + 3 * HOUR)
    assert told(MONDAY_AT_NINE, later) == []
    assert len(told(MONDAY_AT_NINE + HOUR, later)) == 1


def test_a_ritual_that_was_missed_is_made_up_for_afterwards_and_not_by_one_before() -> None:
    missed = meeting("RT-1", "missed")
    for other, told_of in (
        (meeting("RT-1", "held", MONDAY_AT_NINE - DAY), 1), (meeting("RT-1", "held", MONDAY_AT_NINE + DAY), 0),
        (meeting("RT-1", "now", MONDAY_AT_NINE + DAY), 1), (meeting("RT-2", "held", MONDAY_AT_NINE + DAY), 1),
    ):  # fmt: skip
        assert len(told(MONDAY_AT_NINE, missed, other)) == told_of


def unsaid(*meetings: PlannedMeeting) -> list[str]:
    return wholes(meeting_rules.of_unsaid(meetings, MONDAY_AT_NINE)).splitlines()


def test_of_each_ritual_that_nobody_spoke_of_the_latest_is_asked_about() -> None:
    old, exactly, fresh = (MONDAY_AT_NINE - span for span in (3 * DAY, DAY, DAY - SECOND))
    found = unsaid(
        meeting("RT-1", "unknown", old),
        meeting("RT-2", "unknown", old, made=old + SECOND),
        meeting("RT-3", "unknown", old, made=old),
        meeting("RT-8", "unknown", old, made=old - SECOND),
        meeting("RT-4", "held", old),
        meeting("RT-5", "unknown", old, kind="informal"),
        meeting("RT-6", "unknown", fresh),
        meeting("RT-1", "unknown", exactly),
    )
    assert found == [
        "ORANGE unsaid [unsaid:RT-1@2026-11-22T08:00:00+00:00 1000] Was it held, Sun 22 Nov? Point RT-1"
        " | Claire: say whether it was held (⏎) | on meeting:RT-1@2026-11-22T08:00:00+00:00 | by - | severity 3"
        " | 0 cents | since - | level 2",
        "ORANGE unsaid [unsaid:RT-3@2026-11-20T08:00:00+00:00 1000] Was it held, Fri 20 Nov? Point RT-3"
        " | Claire: say whether it was held (⏎) | on meeting:RT-3@2026-11-20T08:00:00+00:00 | by - | severity 3"
        " | 0 cents | since - | level 2",
        "ORANGE unsaid [unsaid:RT-8@2026-11-20T08:00:00+00:00 1000] Was it held, Fri 20 Nov? Point RT-8"
        " | Claire: say whether it was held (⏎) | on meeting:RT-8@2026-11-20T08:00:00+00:00 | by - | severity 3"
        " | 0 cents | since - | level 2",
    ]


NO_STEP = NoNextStep(level=AlertLevel.ORANGE, subject="VPN", target="B-1", who="PE-1")
OLD = OldBlocker(level=AlertLevel.RED, subject="VPN", target="B-1", who="PE-1", days=9, also=(NO_STEP,))


def test_an_alert_is_a_sign_and_a_line_on_a_screen_and_stable_keys_for_a_program() -> None:
    signs = {level: rows.alert(replace(NO_STEP, level=level), {}).printed for level in AlertLevel}
    assert signs == {
        AlertLevel.RED: "■ Say what is next: VPN", AlertLevel.ORANGE: "▲ Say what is next: VPN",
        AlertLevel.TO_COMPLETE: "○ Say what is next: VPN",
    }  # fmt: skip
    assert rows.to_json(OLD, {"PE-1": "Sophie"}, "Claire") == {
        "key": "old:B-1", "level": "red", "kind": "old", "text": "Decide or escalate, 9 days: VPN · no next step",
        "also": ["no_next_step"], "next": "Sophie: decide (d), escalate (e) or date it (r)", "target": "B-1",
    }  # fmt: skip
    levels = [rows.to_json(replace(NO_STEP, level=level), {}, "Claire")["level"] for level in AlertLevel]
    assert levels == ["to_complete", "orange", "red"]


@pytest.mark.parametrize(
    ("counts", "said", "count", "folds"),
    [
        ((0, 0, 0), 0, "", []),
        ((1, 0, 0), 0, "1 alert", []),
        ((2, 0, 0), 0, "2 alerts", []),
        ((0, 0, 3), 0, "", ["to_complete ○ To complete: 3 points"]),
        ((0, 0, 1), 0, "", ["to_complete ○ To complete: 1 point"]),
        ((2, 1, 0), 0, "2 shown of 3", ["rest … 1 other alert"]),
        ((2, 2, 1), 1, "2 shown of 5, 1 told on its own row",
         ["rest … 2 other alerts", "told … 1 told on its own row", "to_complete ○ To complete: 1 point"]),
        ((0, 0, 0), 1, "1 alert, 1 told on its own row", ["told … 1 told on its own row"]),
        ((1, 0, 0), 2, "3 alerts, 2 told on their own rows", ["told … 2 told on their own rows"]),
    ],
)  # fmt: skip
def test_what_is_not_shown_is_counted_and_stands_behind_lines(
    counts: tuple[int, int, int], said: int, count: str, folds: list[str]
) -> None:
    shown, rest, to_complete = counts
    found = ShownAlerts((NO_STEP,) * shown, rest, to_complete)
    assert rows.count(found, said) == count
    assert [f"{key} {row.printed}" for key, row in rows.folds(found, said)] == folds
    if not said:
        assert (rows.count(found), rows.folds(found)) == (rows.count(found, 0), rows.folds(found, 0))


def test_what_is_over_says_so_by_its_kind_and_when_in_the_company_s_hours() -> None:
    ended = Over("k", "stale", "feed:a", "Mine", datetime(2026, 11, 23, 7, 12, tzinfo=UTC))
    assert rows.over(ended, MONDAY_AT_NINE).printed == "✓ Read again: Mine · 08:12"
    assert [rows.over_words(kind, "Paie+") for kind in ("provider", "portal", "no_owner")] == [
        "Works again: Paie+", "The network answers again", "Over: Paie+",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n", "weight"), [(1, 1001), (999, 1999), (1000, 1999)]
)  # fmt: skip
def test_one_more_of_them_is_worse_and_never_as_bad_as_the_next_level(n: int, weight: int) -> None:
    assert StepsLate(level=AlertLevel.ORANGE, n=n).weight == weight


ROW = {"name": "Payroll", "code": "FN-1", "conf": 2, "criticality": 4}
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("away", "criticality", "said"),
    [
        (31, 4, ""), (30, 4, "ORANGE Audit Payroll within 30 days"), (1, 4, "ORANGE Audit Payroll within 1 day"),
        (0, 4, "ORANGE Audit Payroll within 0 days"), (-1, 4, "ORANGE Audit Payroll: 1 day late"),
        (-90, 4, "ORANGE Audit Payroll: 90 days late"), (-91, 4, "RED Audit Payroll: 91 days late"),
        (-91, 3, "ORANGE Audit Payroll: 91 days late"),
    ],
)  # fmt: skip
def test_what_has_a_day_is_told_from_a_month_before_and_red_three_months_after_where_it_is_vital(
    away: int, criticality: int, said: str
) -> None:
    due = TODAY + timedelta(days=away)
    found = lines.dated({**ROW, "criticality": criticality}, AuditDue, AuditLate, due, TODAY)  # type: ignore[arg-type]
    assert (f"{found.level.name} {found.text()}" if found else "") == said
    if found:
        assert (found.about, found.subject, found.target, found.conf) == (
            due.isoformat(),
            "Payroll",
            "FN-1",
            2,
        )


def test_an_alert_on_a_row_is_orange_and_may_open_something_else() -> None:
    found = lines.about(ROW, RevokeOpen, n=2)  # type: ignore[arg-type]
    assert wholes([found, lines.about(ROW, RevokeOpen, AlertLevel.RED, n=1, target="PE-9", conf=3)]) == (  # type: ignore[arg-type]
        "ORANGE revoke_open [revoke_open:FN-1 1002] Take away the accesses of Payroll: 2 still open"
        " | Claire: have each access revoked today, and note it in the register | on FN-1 | by - | severity 3"
        " | 0 cents | since - | level 2\n"
        "RED revoke_open [revoke_open:PE-9 2001] Take away the accesses of Payroll: 1 still open"
        " | Claire: have each access revoked today, and note it in the register | on PE-9 | by - | severity 3"
        " | 0 cents | since - | level 3"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [("2026-11-23", TODAY), ("2026-11-23T23:59:00+00:00", TODAY), ("", None), (None, None)],
)
def test_the_day_of_what_is_stored(text: str | None, said: date | None) -> None:
    assert lines.day(text) == said
