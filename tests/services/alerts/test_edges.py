"""Where rules begin and end to tell: the very instant, the other ritual, the worse of two clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.agenda.events import ONLY_BUSY, ONLY_OTHERS, UNFINISHED
from cockpit.domain.alerts.alerts import AlertLevel
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.ritual import Ritual
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.alerts import agenda_rules, day_rules, meeting_rules, promise_rules, provider_rules
from cockpit.services.boards.board import board
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.work import capture, entry, moves
from cockpit.store.outside.sources import ProviderRow, SourceState
from cockpit.store.records import instant
from tests.conftest import MONDAY, TickingClock
from tests.services.promises.promised import clocks_of, make, provider

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


def planned(code: str, at: datetime, status: str, kind: str = "flash") -> PlannedMeeting:
    ritual = Ritual(id=code, code=code, name=code, kind=kind, rule="mon 09:00")
    return PlannedMeeting(ritual, at, status, None, None)


def told(workspace: Workspace, now: datetime, *meetings: PlannedMeeting) -> list[tuple[str, str]]:
    calendar = company_calendar(workspace, freeze=True)
    found = meeting_rules.of_meetings(meetings, now, calendar)
    return [(each.kind, each.subject) for each in found]


def test_a_ritual_that_was_missed_is_made_up_for_by_the_same_one_held_later_alone(
    workspace: Workspace,
) -> None:
    missed, later = planned("RT-2", NINE, "missed"), NINE + timedelta(days=1)
    for other in ("RT-1", "RT-3"):
        assert told(workspace, NINE, missed, planned(other, later, "held")) == [("missed", "RT-2")]
    assert told(workspace, NINE, missed, planned("RT-2", NINE, "held")) == [("missed", "RT-2")]
    assert told(workspace, NINE, missed, planned("RT-2", later, "held")) == []


def test_an_agenda_is_to_be_shared_until_the_meeting_begins(workspace: Workspace) -> None:
    meeting = planned("RT-1", NINE, "planned", kind="flash")
    seen = [told(workspace, NINE + timedelta(seconds=s), meeting) for s in (-1, 0, 1)]
    assert [len(each) for each in seen] == [1, 0, 0]


def feed(**state: object) -> FeedLine:
    doubted, remark = bool(state.pop("doubted", False)), str(state.pop("remark", ""))
    known = SourceState(kind="agenda", key="mine", **state)  # type: ignore[arg-type]
    return FeedLine("mine", "Mine", known, 0, doubted, (remark,) if remark else ())


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        (feed(last_ok=MONDAY, doubted=True), ["doubted"]),
        (feed(last_ok=MONDAY), []),
        (feed(last_ok=MONDAY, moved_to="b.test"), []),
        (feed(last_ok=MONDAY, last_failure="server"), []),
        (feed(last_ok=MONDAY, moved_to="b.test", last_failure="redirect"), ["agenda_moved"]),
        (feed(last_ok=None, fails=0), []),
        (feed(last_ok=MONDAY, remark=ONLY_BUSY), ["no_meetings"]),
        (feed(last_ok=MONDAY, remark=ONLY_OTHERS), ["no_meetings"]),
        (feed(last_ok=MONDAY, remark=UNFINISHED), []),
        (feed(last_ok=None, fails=1), ["never_read"]),
    ],
)
def test_what_is_told_of_an_agenda(line: FeedLine, kinds: list[str]) -> None:
    assert [each.kind for each in agenda_rules.of_feeds([line], MONDAY)] == kinds


@pytest.mark.parametrize(
    ("criticality", "level"), [("vital", AlertLevel.RED), ("important", AlertLevel.ORANGE)]
)
def test_a_name_that_is_gone_is_as_bad_as_its_service_is_vital(criticality: str, level: AlertLevel) -> None:
    known = ProviderRow(
        key="paie", state=State.UNKNOWN, since=None, reported=State.UNKNOWN, last_ok=MONDAY, last_error="gone",
        fails=2, interval_s=300, next_try=None, confidence="", incidents=(), maintenance=None,
        certificate_expiry=None, last_failure="dns",
    )  # fmt: skip
    line = ProviderLine("paie", "Paie", criticality, "", known.state, Freshness.FRESH, known)
    (found,) = provider_rules.of_providers([line], MONDAY, {}, offline=False)
    assert (found.kind, found.level) == ("name_lost", level)


def test_of_two_clocks_of_a_case_the_one_that_is_late_is_told(
    workspace: Workspace, clock: TickingClock
) -> None:
    _code, contract = provider(workspace, sla="3ho")
    make(workspace, "policy", name="Answer", metric="acknowledgement", target="1ho", contract=contract)
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN @Paie+ p1 next:call"))
    clock.forward(hours=2, minutes=40)
    (late,) = (each for each in clocks_of(workspace, "B-1") if each.metric == "acknowledgement")
    (found,) = (each for each in board(workspace).alerts.loud if each.target == "B-1" and each.case == "sla")
    assert isinstance(found, promise_rules.SlaPassed)
    assert late.due is not None
    assert (found.percent, found.since) == (100, instant(late.due)), "not that of the clock that still runs"


def test_nobody_is_told_to_ask_themselves_of_what_they_handed_to_themselves(workspace: Workspace) -> None:
    code = workspace.add(REGISTERS["blocker"], {"title": "Payslips"})
    moves.delegate(workspace, code, workspace.me, workspace.now())
    (mine,) = day_rules.of_reminders(workspace, workspace.now())
    assert (mine.text(), mine.briefly()) == ("Comes back: Payslips", "comes back")
    moves.delegate(workspace, code, "Zoe", workspace.now())
    (theirs,) = day_rules.of_reminders(workspace, workspace.now())
    assert theirs.text() == "Ask Zoe: Payslips"
