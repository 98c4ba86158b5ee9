"""When what is put off comes back: in the morning, on a working day, while somebody is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.services.boards import listing
from cockpit.services.boards.board import board
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar, freeze_holidays
from cockpit.services.desk.date_phrases import understand_return, who_and_when, why_later
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import live
from cockpit.services.records.find import find
from cockpit.services.work import by_heat
from tests.conftest import TickingClock
from tests.services.organisation.mapped import add


def said(workspace: Workspace, text: str, **how: object) -> str:
    found = understand_return(workspace, text, **how)  # type: ignore[arg-type]
    assert found is not None
    return f"{found:%a %d/%m %H:%M}"


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("demain", "Tue 24/11 09:00"), ("tomorrow", "Tue 24/11 09:00"), ("vendredi", "Fri 27/11 09:00"),
        ("samedi", "Mon 30/11 09:00"), ("25/12", "Mon 28/12 09:00"), ("+1s", "Mon 30/11 09:00"),
        ("fin de mois", "Mon 30/11 09:00"), ("demain 14h30", "Tue 24/11 14:30"), ("ce soir", "Tue 24/11 09:00"),
        ("demain 18h", "Wed 25/11 09:00"), ("demain 20h", "Wed 25/11 09:00"), ("demain 13h", "Tue 24/11 14:00"),
        ("demain 7h", "Tue 24/11 09:00"), ("dans 2h", "Mon 23/11 10:42"), ("demain midi", "Tue 24/11 12:00"),
        ("aujourd'hui", "Mon 23/11 09:00"),
    ],
)  # fmt: skip
def test_it_comes_back_in_the_morning_of_a_working_day(workspace: Workspace, text: str, comes: str) -> None:
    company_calendar(workspace, freeze=True)
    assert said(workspace, text) == comes


def test_what_is_put_off_to_the_same_day_comes_back_the_next_time_somebody_is_there(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.forward(hours=4)  # 12:42, the company is at lunch
    assert said(workspace, "aujourd'hui") == "Mon 23/11 14:00"
    clock.forward(hours=6)
    assert said(workspace, "aujourd'hui") == "Tue 24/11 09:00"


def test_a_moment_that_is_past_is_not_taken_for_another(workspace: Workspace, clock: TickingClock) -> None:
    clock.forward(hours=4)
    for text in ("hier", "aujourd'hui 9h", "23/11/2026 9h", "vendredi dernier"):
        found = understand_return(workspace, text)
        assert found is None or found <= workspace.now(), text


def test_a_reminder_comes_when_the_one_who_is_asked_is_there(workspace: Workspace) -> None:
    code = add(workspace, "person", name="Sophie", presence="tue,thu 10:00-16:00")
    assert said(workspace, "demain", who=code) == "Tue 24/11 10:00"
    assert said(workspace, "vendredi", who="Sophie") == "Tue 01/12 10:00"


def test_who_works_on_some_days_finds_it_on_the_first_of_them(workspace: Workspace) -> None:
    add(workspace, "person", name="Claire", presence="thu 09:00-12:30 14:00-18:00")
    assert said(workspace, "demain") == "Thu 26/11 09:00"


def test_alerts_of_a_service_are_back_in_the_morning_also_on_a_closed_day(workspace: Workspace) -> None:
    assert said(workspace, "samedi", any_day=True) == "Sat 28/11 09:00"
    assert said(workspace, "samedi 22h", any_day=True) == "Sat 28/11 22:00"


PHRASES = st.sampled_from(
    ["demain", "ce soir", "lundi", "samedi", "dimanche 20h", "24/12", "25/12 9h", "1er mai", "14/07 23:30",
     "dans 3 heures", "dans 12h", "fin du mois", "semaine prochaine", "J+3", "+2s 13h", "demain 6h", "next friday",
     "aujourd'hui", "ce midi", "in 2 days"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(phrase=PHRASES, hours=st.integers(0, 24 * 400))
def test_nothing_ever_comes_back_outside_the_company_s_hours(
    workspace: Workspace, clock: TickingClock, phrase: str, hours: int
) -> None:
    clock.at = datetime(2026, 11, 23, 7, 42, tzinfo=UTC) + timedelta(hours=hours)
    calendar = company_calendar(workspace, freeze=True)
    found = understand_return(workspace, phrase)
    assert found is not None
    # What is past is refused by every door.
    assert found <= workspace.now() or calendar.is_open(found)


def test_what_is_put_off_is_back_at_that_very_instant_everywhere(
    workspace: Workspace, clock: TickingClock
) -> None:
    until = clock.at + timedelta(hours=2)
    for register in ("blocker", "priority"):
        code = add(workspace, register, title="VPN", severity="p1", status="open")
        workspace.change(REGISTERS[register], find(workspace, code)[1], {"snoozed_until": until}, "x.snooze")
    seen = []
    for seconds in (-1, 0, 1):
        clock.at = until + timedelta(seconds=seconds)
        found = board(workspace)
        seen.append(
            (
                len(found.work.blockers), len(found.work.priorities), found.work.blockers_snoozed,
                len(by_heat.hottest(workspace, 60)), len(live._offered(workspace)),
                len(list(listing.records_of(workspace, "blocker", everything=False))),
            )
        )  # fmt: skip
    assert seen == [(0, 0, 1, 0, 0, 0), (1, 1, 0, 1, 1, 1), (1, 1, 0, 1, 1, 1)]


@pytest.mark.parametrize(
    ("hours", "phrase", "back", "why"),
    [
        ("mar-sam 6h-13h", "lundi", "mar. 1er déc. 06:00", "fermé lun. 30 nov."),
        ("mar-sam 6h-13h", "mardi", "mar. 24 nov. 06:00", ""),
        ("lun-ven 9h-18h", "25/12", "lun. 28 déc. 09:00", "fermé ven. 25 déc. (Noël)"),
        ("lun-ven 9h-18h", "samedi 10h", "lun. 30 nov. 09:00", "fermé sam. 28 nov."),
        ("lun-ven 7h-8h", "aujourd’hui", "mar. 24 nov. 07:00", "hors horaires lun. 23 nov."),
    ],
)
def test_what_comes_back_another_day_than_said_says_why(
    workspace: Workspace, hours: str, phrase: str, back: str, why: str
) -> None:
    locale.use("fr")
    company = replace(workspace.settings.company, hours=hours)
    workspace.settings = replace(workspace.settings, company=company, language="fr")
    freeze_holidays(workspace, "FR", (2026,))
    until = understand_return(workspace, phrase)
    assert until is not None
    assert f"{dates.day_and_month(until.date())} {until:%H:%M}" == back
    assert why_later(workspace, phrase, until).replace("\u00a0", " ") == why


def test_somebody_who_is_away_that_day_is_told_by_name_of_the_day(workspace: Workspace) -> None:
    workspace.add(REGISTERS["person"], {"name": "Sophie", "presence": "tue 09:00-17:00"})
    who, until = who_and_when(workspace, "Sophie wednesday")
    assert until is not None
    assert until.date() == date(2026, 12, 1)
    assert why_later(workspace, "Sophie wednesday", until, who=who) == "away on Wed 25 Nov"
