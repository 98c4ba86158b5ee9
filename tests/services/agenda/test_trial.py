"""An agenda's address is tried as it is given: what is in it is said, or why not and what to give instead."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.settings import AgendaSource
from cockpit.services.agenda import trial, trial_apart
from cockpit.services.agenda.trial import NotAnAgenda, TriedAgenda
from tests.sources.loopback import response, serving

NOW = datetime(2026, 11, 23, 8, 42, tzinfo=ZoneInfo("Europe/Paris"))
FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
X-WR-CALNAME:Claire\\, direction
X-WR-TIMEZONE:Europe/Paris
BEGIN:VEVENT
UID:over
DTSTART:20261020T090000Z
DTEND:20261020T100000Z
SUMMARY:Long ago
END:VEVENT
BEGIN:VEVENT
UID:gone
DTSTART:20261123T130000Z
DTEND:20261123T140000Z
STATUS:CANCELLED
SUMMARY:Will not be
END:VEVENT
BEGIN:VEVENT
UID:next
DTSTART:20261124T080000Z
DTEND:20261124T090000Z
SUMMARY:Banque
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


async def tried(url: str, **also: object) -> TriedAgenda:
    source = AgendaSource(key="mine", name="Mine", url=url, **also)  # type: ignore[arg-type]
    return await trial.try_agenda(source, now=NOW, zone="Europe/Paris")


async def refusal(url: str, **also: object) -> NotAnAgenda:
    with pytest.raises(NotAnAgenda) as refused:
        await tried(url, **also)
    return refused.value


async def test_a_feed_says_how_many_events_whose_which_zone_and_what_is_next() -> None:
    async with serving(response(FEED, Content_Type="text/calendar")) as port:
        found = await tried(f"http://127.0.0.1:{port}/claire.ics", internal=True)
    assert (found.found.events, found.found.ahead) == (3, 3)
    assert trial.lines(found, NOW) == (
        "3 events · “Claire, direction” · time zone Europe/Paris",
        "next: tomorrow 09:00 Banque",
    )
    assert trial.to_json(found)["next"] == {"title": "Banque", "start": "2026-11-24T09:00:00+01:00"}


async def test_beside_the_screen_the_same_is_read_in_a_process_that_is_ended_when_it_costs_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ics").write_bytes(FEED)
    source = AgendaSource(key="mine", name="Mine", url=str(tmp_path / "a.ics"))
    beside = await trial.try_agenda(source, now=NOW, zone="Europe/Paris", beside=True)
    assert beside == await trial.try_agenda(source, now=NOW, zone="Europe/Paris")
    (tmp_path / "a.ics").write_bytes(b"no calendar")
    with pytest.raises(NotAnAgenda, match="not a calendar"):
        await trial.try_agenda(source, now=NOW, zone="Europe/Paris", beside=True)
    (tmp_path / "a.ics").write_bytes(FEED)
    monkeypatch.setattr(trial_apart, "PATIENCE_S", 0.001)
    with pytest.raises(NotAnAgenda, match="publish a shorter period"):
        await trial.try_agenda(source, now=NOW, zone="Europe/Paris", beside=True)


async def test_a_file_is_tried_as_an_address_is_and_an_agenda_without_future_asks_whether_it_is_the_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.ics").write_bytes(FEED)
    source = AgendaSource(key="mine", name="Mine", url=str(tmp_path / "a.ics"))
    found = await trial.try_agenda(source, now=NOW.replace(year=2030), zone="Europe/Paris")
    assert trial.lines(found, NOW)[1] == "nothing in the next sixty days: is it the right agenda?"


async def test_a_page_is_told_from_a_feed_with_where_the_feed_hides() -> None:
    page = response(b"<!doctype html><html><body>Sign in</body></html>", Content_Type="text/html")
    async with serving(page) as port:
        said = await refusal(f"http://127.0.0.1:{port}/", internal=True)
    assert said.why == "this address gives a page for people, not the agenda itself"
    assert "ICS" in said.instead
    assert not said.may_pass


@pytest.mark.parametrize(
    ("status", "why", "may_pass"),
    [
        ("401 Unauthorized", "refuses access (401)", False),
        ("404 Not Found", "no agenda is there (404): it was renewed, or is not public", False),
        ("500 Internal Server Error", "answered with an error (500)", True),
    ],
)
async def test_what_a_server_answers_is_told_and_whether_it_is_worth_another_try(
    status: str, why: str, *, may_pass: bool
) -> None:
    async with serving(response(b"", status)) as port:
        said = await refusal(f"http://127.0.0.1:{port}/", internal=True)
    assert why in said.why
    assert said.may_pass is may_pass


async def test_an_address_of_the_local_network_has_to_be_allowed() -> None:
    async with serving(response(FEED)) as port:
        said = await refusal(f"http://127.0.0.1:{port}/")
    assert said.is_local
    assert "127.0.0.1" in said.why


async def test_an_address_that_sends_elsewhere_is_not_followed_but_offered() -> None:
    async with serving(response(b"", "302 Found", Location="https://other.example/a.ics")) as port:
        said = await refusal(f"http://127.0.0.1:{port}/", internal=True)
    assert said.moved_to == "https://other.example/a.ics"
    assert "a.ics" not in str(said)


async def test_a_password_that_is_not_where_it_was_said_leaves_the_address_worth_keeping() -> None:
    said = await refusal("https://calendar.example/a.ics", secret="env:NOWHERE")
    assert said.may_pass
    assert "NOWHERE" in said.why


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("claire@gmail.com", "this is an e-mail address, not the address of an agenda"),
        ("mon agenda google", "“mon agenda google” is not an address"),
        ("", "“” is not an address"),
        ("ftp://calendar.example/a.ics", "an agenda is read at https:// or webcal://, or in a file"),
        ("/nowhere/a.ics", "no file has that name: /nowhere/a.ics"),
    ],
)
async def test_what_is_no_address_is_never_asked_for(typed: str, why: str) -> None:
    assert (await refusal(typed)).why == why


def test_a_bare_address_is_one_of_the_web_and_brackets_of_a_mail_are_taken_off() -> None:
    assert trial.meant(" <calendar.example/private.ics> ") == "https://calendar.example/private.ics"


def test_a_file_that_is_there_is_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ics").write_bytes(FEED)
    monkeypatch.chdir(tmp_path)
    assert trial.meant("a.ics") == trial.meant(f"{tmp_path}/a.ics") == f"{tmp_path}/a.ics"
