"""The Internet of the demo: feeds and pages that read as the real ones do, and a server that leaves no trace."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from cockpit.domain.agenda.events import Event, clashes
from cockpit.domain.providers.status import StatusReading
from cockpit.services.agenda import check as agenda_check
from cockpit.services.demo import company, server
from cockpit.sources import status as dialects
from tests.services.demo.demo_shown import EXPECTED, NOWS

SETTINGS = company.settings("")
_OPENER = build_opener(ProxyHandler({}))


@pytest.fixture(params=list(NOWS.values()), ids=list(NOWS))
def now(request: pytest.FixtureRequest) -> datetime:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def base_url(now: datetime) -> Iterator[str]:
    with server.serve(lambda: now.astimezone(UTC)) as url:
        yield url


def get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, Mapping[str, str]]:
    """Status, body and headers; an error answer is an answer."""
    try:
        with _OPENER.open(Request(url, headers=dict(headers or {})), timeout=60) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def test_every_route_answers_with_every_moment_written_out(base_url: str) -> None:
    for path, route in server.ROUTES.items():
        status, body, headers = get(base_url + path)
        assert status == route.status
        assert headers["Content-Type"] == route.content_type
        assert b"{{" not in body
        if route.file.endswith(".json"):
            json.loads(body)
        if route.file.endswith(".ics"):
            assert body.count(b"\n") == body.count(b"\r\n")


def agenda_of(now: datetime, base_url: str) -> dict[str, agenda_check.FeedCheck]:
    lo = now.date() - timedelta(days=40)
    return {
        source.key: agenda_check.check(
            get(base_url + f"/agendas/{source.key}.ics")[1],
            lo,
            lo + timedelta(days=100),
            zone="Europe/Paris",
            feed=source.key,
            emails=SETTINGS.emails,
        )
        for source in SETTINGS.agendas
    }


def on(events: tuple[Event, ...], day: date, words: str = "") -> list[Event]:
    return [event for event in events if event.start.date() == day and words in event.title]


def workday(now: datetime) -> date:
    today = now.date()
    return today + timedelta(days=max(0, 7 - today.weekday()) if today.weekday() > 4 else 0)


def test_feeds_are_read_with_one_repair_in_all(now: datetime, base_url: str) -> None:
    checks = agenda_of(now, base_url)
    assert {key: len(check.repairs) for key, check in checks.items() if check.repairs} == {"atelier": 1}
    assert not any(check.truncated for check in checks.values())


def test_rituals_stand_in_the_shared_agenda(now: datetime, base_url: str) -> None:
    events = agenda_of(now, base_url)["societe"].events
    monday = now.date() - timedelta(days=now.weekday())

    def hours(words: str, weeks: int = 0) -> list[str]:
        days = range(weeks * 7, weeks * 7 + 7)
        return [
            f"{event.start:%a %H:%M}"
            for day in days
            for event in on(events, monday + timedelta(days=day), words)
            if not event.cancelled
        ]

    assert hours("Kick-off") == ["Mon 08:30"]
    assert hours("Point flash") == ["Mon 11:45", "Tue 11:45", "Wed 11:45", "Thu 12:05", "Fri 11:45"]
    assert hours("Point flash", -1) == ["Mon 11:45", "Tue 11:45", "Thu 11:45", "Fri 11:45"]
    assert hours("Point flash", 1) == ["Mon 11:45", "Tue 11:45", "Wed 11:45", "Thu 11:45"]
    assert hours("Revue de priorités") == ["Wed 17:00"]
    assert hours("Moment informel") == ["Fri 12:30"]
    assert hours("Bilan") == ["Fri 16:30"]
    assert all(event.start.day <= 7 for event in events if "prestataires" in event.title)


def test_the_working_day_has_every_kind_of_event(now: datetime, base_url: str) -> None:
    checks = agenda_of(now, base_url)
    day = workday(now)
    mine = on(checks["dirigeante"].events, day)
    said = {event.title: event.occurrence for event in mine}
    assert said["Webinaire : la facture électronique en pratique"].participation == "declined"
    assert said["Appel de l’architecte – à confirmer"].status == "tentative"
    assert said["Démonstration du logiciel de devis"].status == "cancelled"
    assert said["Paie+ – écarts de paie"].link.startswith("https://teams.microsoft.com/l/meetup-join/")
    assert said["Projet Alizé – visio"].link.startswith("https://us02web.zoom.us/j/")
    (flash,) = on(checks["societe"].events, day, "Point flash")
    assert flash.occurrence.link.startswith("https://meet.google.com/")
    pairs = {(one.title, other.title) for one, other in clashes([*mine, flash])}
    assert pairs == {("Banque du Littoral – accès et ligne de crédit", "Point flash")}
    (twin,) = on(checks["societe"].events, day, "Paie+")
    (own,) = on(checks["dirigeante"].events, day, "Paie+")
    assert (twin.uid, twin.start) == (own.uid, own.start)
    assert on(checks["atelier"].events, day, "télétravail")[0].all_day


def test_a_week_end_is_light_but_not_empty(now: datetime, base_url: str) -> None:
    events = agenda_of(now, base_url)["dirigeante"].events
    saturday = now.date() + timedelta(days=5 - now.weekday())
    assert [event.title for event in on(events, saturday)] == ["Portes ouvertes de l’atelier"]
    assert [event.title for event in on(events, saturday + timedelta(days=1))] == ["Repas de famille"]


def test_presence_takes_nobody_else_s_time(now: datetime, base_url: str) -> None:
    checks = agenda_of(now, base_url)
    for key in ("assistante", "daf", "atelier"):
        assert checks[key].events
        assert not any(event.takes_time for event in checks[key].events)


def reading_of(now: datetime, base_url: str, key: str) -> StatusReading:
    (source,) = (each for each in company.settings(base_url).statuses if each.key == key)
    bodies = tuple(get(url)[1] for url in dialects.addresses(source.engine, source))
    return dialects.read(source.engine, bodies, now=now.astimezone(UTC), source=source)


def test_status_pages_read_into_their_states(now: datetime, base_url: str) -> None:
    for key, state in EXPECTED.items():
        reading = reading_of(now, base_url, key)
        assert (key, reading.state) == (key, state)
        assert reading.complete
        assert not reading.warnings, (key, reading.warnings)


@pytest.mark.parametrize(("key", "minutes"), [("paie", 65), ("drive", 38), ("notion", 14)])
def test_incidents_began_when_they_should(now: datetime, base_url: str, key: str, minutes: int) -> None:
    (incident,) = (each for each in reading_of(now, base_url, key).incidents if each.open)
    assert incident.started is not None
    assert now.astimezone(UTC) - incident.started == timedelta(minutes=minutes)
    assert incident.message
    assert incident.components


def test_an_unchanged_page_is_not_sent_twice() -> None:
    with server.serve(lambda: NOWS["monday morning"]) as url:
        _status, body, headers = get(url + "/agendas/societe.ics")
        again = get(url + "/agendas/societe.ics", {"If-None-Match": headers["ETag"]})
        assert again[:2] == (304, b"")
        assert get(url + "/agendas/societe.ics", {"If-None-Match": '"another"'})[:2] == (200, body)


def test_days_follow_the_clock_and_incidents_do_not_move() -> None:
    now = NOWS["monday morning"]
    clock = [now]
    paths = ("/agendas/dirigeante.ics", "/status/paie/api/v2/summary.json")
    with server.serve(lambda: clock[0]) as url:
        monday = [get(url + path)[1] for path in paths]
        clock[0] = now + timedelta(hours=9)
        assert [get(url + path)[1] for path in paths] == monday
        clock[0] = now + timedelta(days=1)
        tuesday = [get(url + path)[1] for path in paths]
    assert tuesday[0] != monday[0]
    assert b'DTSTART;TZID="Romance Standard Time":20261124T103000' in tuesday[0]
    assert tuesday[1] == monday[1]


@pytest.mark.parametrize(
    "path", ["/", "/config.toml", "/agendas/../company.toml", "/agendas/%2e%2e/company.toml", "//etc/passwd"]
)
def test_nothing_else_is_served(path: str) -> None:
    with server.serve(lambda: NOWS["saturday"]) as url:
        assert get(url + path)[0] == 404


def test_the_server_is_silent_and_gone_after_its_context(capfd: pytest.CaptureFixture[str]) -> None:
    with server.serve(lambda: NOWS["saturday"]) as url:
        get(url + "/agendas/daf.ics")
        get(url + "/nowhere")
    with pytest.raises(URLError):
        get(url + "/agendas/daf.ics")
    assert capfd.readouterr() == ("", "")
