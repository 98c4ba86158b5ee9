"""An agenda that moved is followed once a person says so, and its configuration keeps every other word."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.settings import AgendaSource
from cockpit.services.settings import sections
from cockpit.services.upkeep import agenda_move
from cockpit.sources.fetch import Fetcher, Request
from tests.sources.loopback import Answer, response, serving

NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)
FEED = response(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Content_Type="text/calendar")


def answering(location: str) -> Answer:
    async def answer(path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        moved = response(b"", "301 Moved Permanently", Location=location)
        writer.write(moved if path.startswith("/old") else FEED)

    return answer


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://calendar.example/new.ics?token=s", "https://calendar.example/new.ics?token=s"),
        ("/new.ics?token=s", "http://127.0.0.1:{port}/new.ics?token=s"),
    ],
    ids=["another host", "the same"],
)
async def test_the_new_address_is_asked_and_written_in_the_place_of_the_old(
    tmp_path: Path, location: str, expected: str
) -> None:
    async with serving(answering(location)) as port:
        old = f"http://127.0.0.1:{port}/old.ics?token=t"
        path = tmp_path / "config.toml"
        text = f'# mine\nme = "Claire"\n\n[[agenda]]\nname = "Work" # read daily\nurl = "{old}"\ninternal = true\n'
        path.write_text(text)
        (source,) = sections.parse(text, path).agendas
        url = await agenda_move.new_address(source, "", now=lambda: NOW)
        assert url == expected.format(port=port)
        agenda_move.save(path, source, url)
        assert path.read_text() == text.replace(old, url)
        with pytest.raises(agenda_move.AddressStays, match="by hand"):
            agenda_move.save(path, source, url)


async def test_an_agenda_that_is_where_it_was_stays_there() -> None:
    async with serving(FEED) as port:
        source = AgendaSource(key="a", name="Work", url=f"http://127.0.0.1:{port}/a.ics", internal=True)
        with pytest.raises(agenda_move.AddressStays, match="still right"):
            await agenda_move.new_address(source, "", now=lambda: NOW)


async def test_a_redirect_says_where_to_and_never_shows_its_secret() -> None:
    async with (
        serving(answering("https://calendar.example/new.ics?token=s")) as port,
        Fetcher(now=lambda: NOW) as fetcher,
    ):
        found = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/old", internal=True))
    assert "calendar.example" in str(found)
    assert "token" not in str(found)


async def test_an_address_without_encryption_is_never_offered() -> None:
    from cockpit.network.reach import Refused
    from cockpit.sources.address import Moved, parse

    with pytest.raises(Refused) as refused:
        parse("https://calendar.example/a").redirected("http://calendar.example/b")
    assert not isinstance(refused.value, Moved)
