"""Seven days by keys: through the hours, the days and the weeks, to an event, a free slot, another zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import AgendaSource, Settings
from cockpit.services.agenda import intake, slots
from cockpit.services.boards.week import week
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry, moves
from cockpit.ui.week.screen import WeekScreen
from cockpit.ui.widgets.entry_bar import EntryInput
from tests.journeys.conftest import SIZES, Drive

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)


def feed(*events: tuple[str, str, int]) -> bytes:
    """Events of that title, at that time in UTC, of so many minutes."""
    parts = (
        f"BEGIN:VEVENT\r\nUID:{title}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT{minutes}M\r\n"
        f"SUMMARY:{title}\r\nATTENDEE;CN=Marc Delvaux:mailto:marc@x.test\r\nEND:VEVENT\r\n"
        for title, start, minutes in events
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(parts)}END:VCALENDAR\r\n".encode()


@pytest.fixture
def planned(workspace: Workspace) -> Workspace:
    locale.use("fr")
    mine = AgendaSource(key="mine", name="Mon agenda", url="https://x.test/mine.ics")
    hers = AgendaSource(
        key="hers", name="Agenda de Sophie", url="https://x.test/hers.ics", owner="Sophie Le Goff"
    )
    workspace.settings = Settings(agendas=(mine, hers), company=workspace.settings.company)
    workspace.clock = lambda: NOW
    workspace.add(REGISTERS["person"], {"name": "Sophie Le Goff", "presence": "mon,thu 09:00-12:30"})
    workspace.add(REGISTERS["person"], {"name": "Marc Delvaux", "presence": "thu 09:00-12:30"})
    take(workspace, "mine", ("Comité", "20261123T080000Z", 60), ("Banque", "20261124T100000Z", 30))
    take(workspace, "hers", ("Paie", "20261126T080000Z", 90))
    return workspace


def take(workspace: Workspace, key: str, *events: tuple[str, str, int]) -> None:
    intake.apply_body(workspace.conn, key, feed(*events), now=NOW, zone="Europe/Paris")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_arrows_go_from_day_to_day_and_enter_opens_the_event(
    planned: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.press("f2")
        assert "Comité" in driver.screen()
        await driver.press("right", "enter")
        assert "Marc Delvaux" in driver.screen()
        assert "un événement isolé" in driver.screen()
        await driver.press("escape")
        assert "Ban" in driver.screen(), "a narrow column cuts the title"


async def test_weeks_go_by_and_t_comes_back(planned: Workspace, drive: Drive) -> None:
    async with drive(SIZES[0]) as driver:
        await driver.press("f2", "semicolon")
        assert "30 nov." in driver.screen()
        assert "Comité" not in driver.screen()
        await driver.press("comma", "comma")
        assert "16 nov." in driver.screen()
        await driver.press("t")
        assert "Comité" in driver.screen()


async def test_going_right_of_sunday_is_next_monday(planned: Workspace, drive: Drive) -> None:
    async with drive(SIZES[0]) as driver:
        await driver.press("f2", *["right"] * 7)
        assert isinstance(driver.app.screen, WeekScreen)
        assert str(driver.app.screen.monday) == "2026-11-30"


async def test_a_free_slot_is_found_shown_and_copied(planned: Workspace, drive: Drive) -> None:
    async with drive(SIZES[0]) as driver:
        await driver.press("f2", "l")
        await driver.type("Soph, Marc 30 min")
        await driver.press("enter")
        assert "jeudi 26 novembre 2026 10:30–11:00" in driver.screen()
        await driver.press("enter")
        assert "Sophie Le Goff, Marc Delvaux" in driver.app.clipboard
        assert "10:30" in driver.app.clipboard


async def test_hours_of_elsewhere_are_shown_and_said(planned: Workspace, drive: Drive) -> None:
    async with drive(SIZES[0]) as driver:
        await driver.press("f2", "z")
        await driver.press("ctrl+u")
        await driver.type("new york")
        await driver.press("enter")
        assert "02:42 New York" in driver.screen()
        assert planned.is_travelling
        await driver.press("z")
        await driver.press("ctrl+u", "enter")
        assert "08:42" in driver.screen()
        assert not planned.is_travelling


async def test_the_agendas_tell_their_repairs(planned: Workspace, drive: Drive) -> None:
    planned.conn.execute(
        "INSERT INTO agenda_issue VALUES ('mine', '', 'DTSTART:2026-11-23', 'a date was mended')"
    )
    async with drive(SIZES[0]) as driver:
        await driver.press("f2", "i")
        assert "DTSTART:2026-11-23" in driver.screen()
        assert "Agenda de Sophie" in driver.screen()


def test_others_meetings_do_not_clash_with_mine(planned: Workspace) -> None:
    take(planned, "hers", ("Paie", "20261123T083000Z", 60))
    found = week(planned, NOW.date() - timedelta(days=NOW.weekday()))
    assert not found.clashing


def test_who_has_no_agenda_is_said_to_be_present_only(planned: Workspace) -> None:
    found = slots.find(planned, ["Sophie Le Goff", "Marc Delvaux"], timedelta(minutes=30))
    assert found.presence_only == ("Marc Delvaux",)
    assert found.slots[0].start.hour == 10, "Sophie is taken until 10:30 that Thursday"
    assert not found.slots[0].missing


def test_no_slot_is_offered_in_the_past_or_on_a_closed_day(planned: Workspace) -> None:
    found = slots.find(planned, [], timedelta(minutes=15))
    assert all(slot.start >= NOW and slot.start.weekday() < 5 for slot in found.slots)


async def test_what_is_due_stands_on_its_day_and_enter_opens_it(planned: Workspace, drive: Drive) -> None:
    blocker = capture.save(planned, "blocker", entry.understand(planned, "Acompte pour:jeu"))
    capture.save(planned, "priority", entry.understand(planned, "Budget pour:jeu"))
    capture.save(planned, "decision", entry.understand(planned, "Signer pour:mar"))
    late = capture.save(planned, "priority", entry.understand(planned, "Trop tard pour:mer"))
    moves.done(planned, [late])
    async with drive((100, 30)) as driver:
        await driver.press("f2")
        due = next(line for line in driver.screen().splitlines() if line.startswith("dû"))
        assert "◷ Signer" in due
        assert "◷ Acompte" in due
        assert "+1" in due, "two fall on Thursday: one is named, the other counted"
        assert "Trop tard" not in due
        await driver.press("right", "right", "right", *["up"] * 4, "enter")
        assert blocker in driver.screen()


@pytest.mark.parametrize(
    ("language", "key", "offered"),
    [("fr", "b", "pour:mer. 25 nov. "), ("en", "n", "due:Wed 25 Nov "), ("fr", "d", "pour:mer. 25 nov. ")],
)  # fmt: skip
async def test_what_is_entered_on_a_day_is_due_then(
    planned: Workspace, drive: Drive, language: str, key: str, offered: str
) -> None:
    locale.use(language)
    async with drive((100, 30)) as driver:
        await driver.press("f2", "right", "right", key)
        assert driver.app.screen.query_one(EntryInput).value == offered
        await driver.type("Relancer la banque")
        await driver.press("enter")
        assert "Relancer la" in driver.screen(), "it stands on its day at once"
    kind = {"b": "blocker", "n": "priority", "d": "decision"}[key]
    row = planned.conn.execute(f"SELECT title, due FROM {kind}").fetchone()
    assert (row["title"], row["due"][:10]) == ("Relancer la banque", "2026-11-25")


async def test_a_line_begun_elsewhere_takes_the_day_and_is_not_lost(planned: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("b")
        await driver.type("Relancer la banque")
        await driver.press("escape", "f2", "right", "right", "b")
        assert driver.app.screen.query_one(EntryInput).value == "Relancer la banque pour:mer. 25 nov. "
        await driver.press("escape", "comma", "b")
        assert driver.app.screen.query_one(EntryInput).value == "Relancer la banque pour:mer. 25 nov. "


async def test_a_day_that_is_past_gives_no_date(planned: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("f2", "comma", "b")
        assert driver.app.screen.query_one(EntryInput).value == ""
