"""A source that moved is followed once a person says so, and its configuration keeps every other word."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import AgendaSource, StatusSource
from cockpit.services.settings import sections
from cockpit.services.upkeep import address_move as moves
from cockpit.services.upkeep.address_move import AddressStays, NewAddress
from cockpit.sources.fetch import Fetcher, Request
from tests.sources.loopback import Answer, response, serving

NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)
FEED = response(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Content_Type="text/calendar")
PAGE = {
    "page": {"id": "abc", "name": "Acme", "url": "https://acme.test"},
    "components": [],
    "incidents": [],
    "scheduled_maintenances": [],
    "status": {"indicator": "none", "description": "All Systems Operational"},
}


def answering(location: str, there: bytes = FEED, host: str = "") -> Answer:
    """A server whose /old is at `location`, and that answers `there` to what asks `host` for anything else."""

    async def answer(path: str, fields: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
        old = path.startswith("/old") and not fields["host"].startswith(host or "nobody")
        writer.write(response(b"", "301 Moved Permanently", Location=location) if old else there)

    return answer


def moved(port: int, **options: object) -> AgendaSource:
    return AgendaSource(key="work", name="Work", url=f"http://127.0.0.1:{port}/old.ics?token=t", **options)  # type: ignore[arg-type]


async def of_agenda(source: AgendaSource, shown: str = "") -> NewAddress:
    return await moves.of_agenda(source, now=lambda: NOW, shown=shown)


async def test_the_new_address_on_another_host_is_asked_and_tried(tmp_path: Path) -> None:
    async with (
        serving(FEED) as there,
        serving(answering(f"http://localhost:{there}/new.ics?token=s")) as port,
    ):
        place = await of_agenda(moved(port, internal=True), "localhost")
    assert place.url == f"http://localhost:{there}/new.ics?token=s"
    assert place.host == "localhost"


async def test_one_on_the_same_host_too() -> None:
    async with serving(answering("/new.ics?token=s")) as port:
        assert (await of_agenda(moved(port, internal=True))).url == f"http://127.0.0.1:{port}/new.ics?token=s"


async def test_a_place_that_gives_no_calendar_is_not_taken() -> None:
    page = response(b"<html>Sign in</html>", Content_Type="text/html")
    async with serving(page) as there, serving(answering(f"http://localhost:{there}/sign-in")) as port:
        with pytest.raises(AddressStays, match="stays as it is: at localhost"):
            await of_agenda(moved(port, internal=True))


async def test_another_host_than_the_one_a_person_accepts_is_not_taken() -> None:
    async with serving(FEED) as there, serving(answering(f"http://localhost:{there}/new.ics")) as port:
        with pytest.raises(AddressStays, match="to localhost now, not to calendar"):
            await of_agenda(moved(port, internal=True), "calendar.example")


async def test_the_local_network_is_not_taken_unless_it_was_allowed() -> None:
    async with serving(FEED) as port:
        place = NewAddress(f"http://localhost:{port}/new.ics")
        public = AgendaSource(key="work", name="Work", url="https://calendar.example/old.ics")
        with pytest.raises(AddressStays, match="local network"):
            await moves.a_calendar(public, place, now=lambda: NOW)
        assert await moves.a_calendar(replace(public, internal=True), place, now=lambda: NOW) == place


async def test_the_password_is_not_given_to_the_new_host_while_it_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AGENDA", "s3cret")
    heard: list[str] = []

    async def guarded(_path: str, fields: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
        heard.append(fields.get("authorization", ""))
        writer.write(response(b"", "401 Unauthorized", WWW_Authenticate="Basic"))

    async with serving(guarded) as there, serving(answering(f"http://localhost:{there}/new.ics")) as port:
        place = await of_agenda(moved(port, internal=True, user="claire", secret="env:AGENDA"))
        assert place.host == "localhost", "it asks for the password: the right kind of place"
        with pytest.raises(AddressStays, match="401"):
            await of_agenda(moved(port, internal=True))
    assert set(heard) == {""}


async def test_an_agenda_that_is_where_it_was_stays_there() -> None:
    async with serving(FEED) as port:
        with pytest.raises(AddressStays, match="still right"):
            await of_agenda(
                AgendaSource(key="a", name="Work", url=f"http://127.0.0.1:{port}/a.ics", internal=True)
            )


async def test_a_status_page_is_taken_where_it_can_be_read_and_only_there() -> None:
    page = response(json.dumps(PAGE).encode())
    async with serving(page) as there, serving(answering(f"http://localhost:{there}/")) as port:
        source = StatusSource(
            key="acme", name="Acme", url=f"http://127.0.0.1:{port}/old", engine="instatus", internal=True
        )
        place = await moves.of_status(source, now=NOW)
        assert (place.host, place.engine) == ("localhost", "statuspage")
        somebody = replace(source, page_id="another")
        with pytest.raises(AddressStays, match="somebody else"):
            await moves.of_status(somebody, now=NOW)
    dead = response(b"<html>Our new site</html>", Content_Type="text/html")
    async with serving(dead) as there, serving(answering(f"http://localhost:{there}/")) as port:
        with pytest.raises(AddressStays, match="stays as it is"):
            await moves.of_status(replace(source, url=f"http://127.0.0.1:{port}/old"), now=NOW)


CONFIG = """# mine, https://old.test/a?token=t was Work
me = "Claire"

[[agenda]]
name = "Work" # read daily
url = {url} # secret

[[agenda]]
name = "Copy"
url = "https://old.test/a"
owner = "Paul"

[[status]]
name = "Acme"
url = "https://status.old.test"
engine = "instatus"  # as found

[[status]]
name = "Other"
url = "https://status.other.test"
engine = "instatus"
"""
NEW = 'https://new.test/b?token="é'


@pytest.mark.parametrize("url", ['"https://old.test/a?token=t"', "'https://old.test/a?token=t'"])
def test_the_new_address_takes_the_place_of_the_old_and_every_other_word_stays(
    tmp_path: Path, url: str
) -> None:
    path, text = tmp_path / "config.toml", CONFIG.format(url=url)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    source = sections.parse(text, path).agendas[0]
    moves.save(path, source, NewAddress(NEW))
    found = sections.parse(path.read_text(encoding="utf-8"), path)
    assert found.agendas[0] == replace(source, url=NEW)
    written = json.dumps(NEW, ensure_ascii=False)
    assert path.read_text(encoding="utf-8") == text.replace(f"url = {url}", f"url = {written}")
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".config*")) == []
    with pytest.raises(AddressStays, match="by hand"):
        moves.save(path, source, NewAddress("https://third.test"))


def test_an_engine_that_was_named_follows_the_page(tmp_path: Path) -> None:
    path, text = tmp_path / "config.toml", CONFIG.format(url='"https://old.test/a"')
    path.write_text(text, encoding="utf-8")
    source = sections.parse(text, path).statuses[0]
    settings = moves.save(path, source, NewAddress("https://status.new.test", "statuspage"))
    assert [(each.url, each.engine) for each in settings.statuses] == [
        ("https://status.new.test", "statuspage"), ("https://status.other.test", "instatus"),
    ]  # fmt: skip
    assert "# as found" in path.read_text(encoding="utf-8")


def test_two_agendas_with_one_address_move_each_alone(tmp_path: Path) -> None:
    path, text = tmp_path / "config.toml", CONFIG.format(url='"https://old.test/a"')
    path.write_text(text, encoding="utf-8")
    second = sections.parse(text, path).agendas[1]
    assert [each.url for each in moves.save(path, second, NewAddress(NEW)).agendas] == [
        "https://old.test/a",
        NEW,
    ]


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
