"""The demo: alive on any day and at any hour, told in order, and read through the same paths as the real."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.agenda import Event, clashes
from cockpit.domain.business_time import parse_hours
from cockpit.domain.contract_terms import term_at
from cockpit.domain.record import Kind
from cockpit.domain.registers import REGISTERS
from cockpit.domain.status import Freshness, Reading, State
from cockpit.domain.text import fold
from cockpit.services import agenda, config, demo, demo_server, sla
from cockpit.services.board import Board, board
from cockpit.services.demo_moments import Moments, fill
from cockpit.services.sync import sync
from cockpit.services.workspace import Workspace
from cockpit.sources import status as dialects
from cockpit.store import journal, records

PARIS = ZoneInfo("Europe/Paris")
NOWS = {
    "monday morning": datetime(2026, 11, 23, 8, 42, tzinfo=PARIS),
    "monday just after midnight": datetime(2026, 11, 23, 0, 4, tzinfo=PARIS),
    "wednesday evening": datetime(2026, 11, 25, 17, 30, tzinfo=PARIS),
    "saturday": datetime(2026, 11, 28, 10, 0, tzinfo=PARIS),
    "new year's eve": datetime(2026, 12, 31, 9, 15, tzinfo=PARIS),
    "the hour that comes twice": datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1),
    "after a week of holidays in May": datetime(2026, 5, 15, 14, 0, tzinfo=PARIS),
}
BRANDS = re.compile(
    r"\b(?:slack|teams|microsoft|google|drive|notion|zoom|outlook|dropbox|silae|payfit|pennylane|cegid|sage|adp"
    r"|qonto|ovh|orange|sfr|bnp|lcl|axa|docusign|hubspot|trello|asana|gmail|sellsy|axonaut|spendesk|lucca)\b"
)


@dataclass
class Shown:
    """A seeded demo at one present."""

    now: datetime
    workspace: Workspace

    def all_of(self, name: str) -> tuple[Any, ...]:
        """Every record of a register."""
        register = REGISTERS[name]
        return records.select(self.workspace.conn, register.type, name, "1 ORDER BY number")

    def one(self, name: str, words: str) -> Any:
        """The only record whose subject holds these words."""
        subject = REGISTERS[name].subject
        (found,) = (each for each in self.all_of(name) if words in getattr(each, subject))
        return found


def seeded(now: datetime, path: Path, base_url: str = "http://127.0.0.1:1") -> Shown:
    workspace = Workspace.open(path, demo.settings(base_url), lambda: now.astimezone(UTC))
    demo.seed(workspace)
    return Shown(now, workspace)


@pytest.fixture(scope="module", params=list(NOWS.values()), ids=list(NOWS))
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return seeded(request.param, tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture
def base_url(shown: Shown) -> Iterator[str]:
    with demo_server.serve(shown.workspace.clock) as url:
        yield url


def get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, Mapping[str, str]]:
    """Status, body and headers; an error answer is an answer."""
    try:
        with urlopen(Request(url, headers=dict(headers or {})), timeout=5) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


# --- The story ---------------------------------------------------------------------------------------


def test_the_journal_holds_and_tells_the_past_in_order(shown: Shown) -> None:
    assert journal.verify(shown.workspace.conn) is None
    entries = journal.entries(shown.workspace.conn, limit=1_000)[::-1]
    times = [datetime.fromisoformat(entry.at) for entry in entries]
    assert times == sorted(times)
    assert times[0] < shown.now - timedelta(weeks=8)
    assert times[-1] <= shown.now
    assert len({entry.actor for entry in entries}) >= 5
    last_weeks = {at.date() for at in times if at > shown.now - timedelta(days=28)}
    assert len(last_weeks) >= 10, "the history is spread over days"


def test_every_record_was_entered_before_it_was_changed_and_nothing_is_dated_later_than_now(
    shown: Shown,
) -> None:
    for name in ("blocker", "priority", "decision", "occurrence"):
        for record in shown.all_of(name):
            assert record.created_at <= record.updated_at <= shown.now
            for moment in ("since", "closed_at", "decided_at", "sla_started_at", "agenda_shared_at"):
                value = getattr(record, moment, None)
                assert value is None or value <= shown.now, (record.code, moment)


def test_every_reference_names_a_record(shown: Shown) -> None:
    codes = {record.code for name in REGISTERS for record in shown.all_of(name)}
    seen = 0
    for register in REGISTERS.values():
        for record in shown.all_of(register.name):
            for field in register.fields:
                value = getattr(record, field.name)
                for name in value if isinstance(value, tuple) else (value,) if value else ():
                    if field.ref:
                        seen += 1
                        assert name in codes, (record.code, field.name, name)
    assert seen > 120


def test_every_value_is_one_that_a_form_would_take(shown: Shown) -> None:
    for register in REGISTERS.values():
        for record in shown.all_of(register.name):
            for field in register.fields:
                value = getattr(record, field.name)
                if field.kind is Kind.CHOICE:
                    assert str(value) in field.choices, (record.code, field.name)
                if field.name in ("hours", "presence") and value:
                    parse_hours(value, "Europe/Paris")
                if field.name == "sla" and value:
                    assert sla.parse_target(value), (record.code, value)


def test_blockers_show_every_case(shown: Shown) -> None:
    blockers = shown.all_of("blocker")
    open_ones = [each for each in blockers if each.closed_at is None]
    closed = [each for each in blockers if each.closed_at]
    assert (len(open_ones), len(closed)) == (9, 3)
    assert [each.title for each in open_ones if not each.owner] == [
        "Accès de l’assistante à la banque en ligne"
    ]
    assert sum(each.level > 0 for each in open_ones) == 2
    assert sum(each.status == "waiting" for each in open_ones) == 6
    assert sum(each.status == "to_decide" for each in open_ones) == 1
    (snoozed,) = (each for each in open_ones if each.snoozed_until)
    assert snoozed.snoozed_until > shown.now
    assert sorted(each.closed_at <= each.sla_due for each in closed) == [False, True, True]
    assert all(each.closed_at > shown.now - timedelta(weeks=6) for each in closed)


@pytest.mark.parametrize(
    ("title", "minutes"),
    [("Paie du mois", -72), ("Onduleur", 52), ("Clôture du mois", 570), ("Notes de frais", 400)],
)
def test_deadlines_stand_where_they_should_at_any_hour(shown: Shown, title: str, minutes: int) -> None:
    blocker = shown.one("blocker", title)
    calendar = sla.Calendars(shown.workspace).of(blocker)
    assert calendar.between(shown.now, blocker.sla_due) == minutes * 60


def test_priorities_show_every_case(shown: Shown) -> None:
    priorities = shown.all_of("priority")
    today = shown.now.date()
    top = sorted(
        (each for each in priorities if each.day == today and not each.closed_at), key=lambda p: p.rank
    )
    assert [each.rank for each in top] == [1, 2, 3]
    cores = {each.code for each in shown.all_of("function") if each.core_value}
    assert sum(each.function in cores for each in top) == 1
    assert [each.carried for each in priorities if each.carried] == [3]
    delegated = [each for each in priorities if each.status == "delegated"]
    assert len(delegated) == 2
    assert all(each.delegated_to and each.remind_at > shown.now for each in delegated)
    assert sum(each.status == "done" for each in priorities) == 2
    assert len(priorities) == 12


def test_two_notices_are_near_and_no_other(shown: Shown) -> None:
    today = shown.now.date()
    left = {}
    for each in shown.all_of("contract"):
        if each.renewal == "none":
            continue
        term = term_at(
            each.starts_on, each.initial_months, each.renewal, each.renewal_months, each.notice_months, today
        )
        assert term.notice_by
        if 0 <= (days := (term.notice_by - today).days) <= 90:
            left[each.name] = days
    assert sorted(left) == ["Externalisation de la paie", "Infogérance et sauvegardes"]
    assert abs(left["Externalisation de la paie"] - 25) <= 3, "months have not all the same length"
    assert abs(left["Infogérance et sauvegardes"] - 70) <= 3


def test_the_same_present_tells_the_same_story(tmp_path: Path) -> None:
    now = NOWS["monday morning"]
    one, other = (seeded(now, tmp_path / name) for name in ("one.db", "other.db"))

    def told(shown: Shown) -> list[Any]:
        entries = journal.entries(shown.workspace.conn, limit=1_000)
        return [(e.at, e.actor, e.action, e.code, {**(e.after or {}), "id": ""}) for e in entries]

    assert told(one) == told(other)


def test_what_the_demo_did_can_be_undone(tmp_path: Path) -> None:
    demo_now = seeded(NOWS["monday morning"], tmp_path / "demo.db")
    (entry,) = demo_now.workspace.undo()
    assert entry.action == "undo"
    assert demo_now.one("priority", "Arbitrer").day is None


# --- Names -------------------------------------------------------------------------------------------


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def test_no_known_company_is_named_but_by_its_status_page() -> None:
    words = list(texts(tomllib.loads((demo.folder() / "company.toml").read_text(encoding="utf-8"))["heard"]))
    assert "slack" in words, "the rule below would see a name"
    story = tomllib.loads((demo.folder() / "company.toml").read_text(encoding="utf-8"))
    del story["heard"]
    titles = [
        line for feed in (demo.folder() / "feeds").glob("*.ics")
        for line in feed.read_text(encoding="utf-8").splitlines() if line.startswith("SUMMARY")
    ]  # fmt: skip
    for text in [*texts(story), *titles]:
        assert not BRANDS.search(fold(text)), text


def test_no_siren_of_the_demo_can_exist(shown: Shown) -> None:
    for provider in shown.all_of("provider"):
        digits = [int(digit) for digit in reversed(provider.siren)]
        assert len(digits) == 9
        doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(digits)]
        assert sum(doubled) % 10, "the SIREN's check digit (ISO/IEC 7812-1) would be right"


# --- Settings ----------------------------------------------------------------------------------------


def test_settings_name_the_company_and_its_loopback_sources() -> None:
    settings = demo.settings("http://127.0.0.1:8999")
    assert (settings.company.name, settings.me, settings.language) == (
        "Atelier Mistral SAS",
        "Claire Morel",
        "",
    )
    assert (len(settings.agendas), len(settings.statuses)) == (5, 8)
    sources: list[AgendaSource | StatusSource] = [*settings.agendas, *settings.statuses]
    for source in sources:
        assert source.internal
        assert source.url.removeprefix("http://127.0.0.1:8999") in demo_server.ROUTES


def test_settings_written_as_a_file_are_the_same_settings(tmp_path: Path) -> None:
    settings = demo.settings("http://127.0.0.1:8999")
    assert config.parse(demo.to_toml(settings), tmp_path / "config.toml") == settings


def test_providers_name_status_sources_that_exist(shown: Shown) -> None:
    settings = shown.workspace.settings
    providers = {each.name: each.status_source for each in shown.all_of("provider")}
    assert {source.name for source in settings.statuses} >= {name for name in providers.values() if name}
    assert {source.provider for source in settings.statuses if source.provider} <= set(providers)


# --- What is served ----------------------------------------------------------------------------------


def test_every_route_answers_with_every_moment_written_out(base_url: str) -> None:
    for path, route in demo_server.ROUTES.items():
        status, body, headers = get(base_url + path)
        assert status == route.status
        assert headers["Content-Type"] == route.content_type
        assert b"{{" not in body
        if route.file.endswith(".json"):
            json.loads(body)
        if route.file.endswith(".ics"):
            assert body.count(b"\n") == body.count(b"\r\n")


def agenda_of(shown: Shown, base_url: str) -> dict[str, agenda.FeedCheck]:
    lo = shown.now.date() - timedelta(days=40)
    return {
        source.key: agenda.check(
            get(base_url + f"/agendas/{source.key}.ics")[1],
            lo,
            lo + timedelta(days=100),
            zone="Europe/Paris",
            feed=source.key,
            emails=shown.workspace.settings.emails,
        )
        for source in shown.workspace.settings.agendas
    }


def on(events: tuple[Event, ...], day: date, words: str = "") -> list[Event]:
    return [event for event in events if event.start.date() == day and words in event.title]


def workday(shown: Shown) -> date:
    today = shown.now.date()
    return today + timedelta(days=max(0, 7 - today.weekday()) if today.weekday() > 4 else 0)


def test_feeds_are_read_with_one_repair_in_all(shown: Shown, base_url: str) -> None:
    checks = agenda_of(shown, base_url)
    assert {key: len(check.repairs) for key, check in checks.items() if check.repairs} == {"atelier": 1}
    assert not any(check.truncated for check in checks.values())


def test_rituals_stand_in_the_shared_agenda(shown: Shown, base_url: str) -> None:
    events = agenda_of(shown, base_url)["societe"].events
    monday = shown.now.date() - timedelta(days=shown.now.weekday())

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


def test_the_working_day_has_every_kind_of_event(shown: Shown, base_url: str) -> None:
    checks = agenda_of(shown, base_url)
    day = workday(shown)
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


def test_a_week_end_is_light_but_not_empty(shown: Shown, base_url: str) -> None:
    events = agenda_of(shown, base_url)["dirigeante"].events
    saturday = shown.now.date() + timedelta(days=5 - shown.now.weekday())
    assert [event.title for event in on(events, saturday)] == ["Portes ouvertes de l’atelier"]
    assert [event.title for event in on(events, saturday + timedelta(days=1))] == ["Repas de famille"]


def test_presence_takes_nobody_else_s_time(shown: Shown, base_url: str) -> None:
    checks = agenda_of(shown, base_url)
    for key in ("assistante", "daf", "atelier"):
        assert checks[key].events
        assert not any(event.takes_time for event in checks[key].events)


EXPECTED = {
    "paie": State.MAJOR_OUTAGE,
    "drive": State.PARTIAL_OUTAGE,
    "notion": State.DEGRADED,
    "compta": State.MAINTENANCE,
    "slack": State.OPERATIONAL,
    "zoom": State.OPERATIONAL,
}


def reading_of(shown: Shown, base_url: str, key: str) -> Reading:
    (source,) = (each for each in demo.settings(base_url).statuses if each.key == key)
    bodies = tuple(get(url)[1] for url in dialects.addresses(source.engine, source))
    return dialects.read(source.engine, bodies, now=shown.now.astimezone(UTC), source=source)


def test_status_pages_read_into_their_states(shown: Shown, base_url: str) -> None:
    for key, state in EXPECTED.items():
        reading = reading_of(shown, base_url, key)
        assert (key, reading.state) == (key, state)
        assert reading.complete
        assert not reading.warnings, (key, reading.warnings)


@pytest.mark.parametrize(("key", "minutes"), [("paie", 65), ("drive", 38), ("notion", 14)])
def test_incidents_began_when_they_should(shown: Shown, base_url: str, key: str, minutes: int) -> None:
    (incident,) = (each for each in reading_of(shown, base_url, key).incidents if each.open)
    assert incident.started is not None
    assert shown.now.astimezone(UTC) - incident.started == timedelta(minutes=minutes)
    assert incident.message
    assert incident.components


# --- The server --------------------------------------------------------------------------------------


def test_an_unchanged_page_is_not_sent_twice() -> None:
    with demo_server.serve(lambda: NOWS["monday morning"]) as url:
        _status, body, headers = get(url + "/agendas/societe.ics")
        again = get(url + "/agendas/societe.ics", {"If-None-Match": headers["ETag"]})
        assert again[:2] == (304, b"")
        assert get(url + "/agendas/societe.ics", {"If-None-Match": '"another"'})[:2] == (200, body)


def test_days_follow_the_clock_and_incidents_do_not_move() -> None:
    now = NOWS["monday morning"]
    clock = [now]
    paths = ("/agendas/dirigeante.ics", "/status/paie/api/v2/summary.json")
    with demo_server.serve(lambda: clock[0]) as url:
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
    with demo_server.serve(lambda: NOWS["saturday"]) as url:
        assert get(url + path)[0] == 404


def test_the_server_is_silent_and_gone_after_its_context(capfd: pytest.CaptureFixture[str]) -> None:
    with demo_server.serve(lambda: NOWS["saturday"]) as url:
        get(url + "/agendas/daf.ics")
        get(url + "/nowhere")
    with pytest.raises(URLError):
        get(url + "/agendas/daf.ics")
    assert capfd.readouterr() == ("", "")


# --- The whole ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("now", [NOWS["monday morning"], NOWS["saturday"]], ids=["monday", "saturday"])
def test_a_sync_fills_the_cockpit(now: datetime, tmp_path: Path) -> None:
    with demo_server.serve(lambda: now) as url:
        shown = seeded(now, tmp_path / "demo.db", url)
        conn, settings, clock = shown.workspace.conn, shown.workspace.settings, shown.workspace.clock
        first = {r.key: r.outcome for r in asyncio.run(sync(conn, settings, now=clock))}
        again = {r.key: r.outcome for r in asyncio.run(sync(conn, settings, now=clock))}
    assert first == {**dict.fromkeys(first, "ok"), "banque": "failed"}
    assert again == {**dict.fromkeys(first, "unchanged"), "banque": "failed", "infosud": "ok"}
    seen = board(shown.workspace)
    assert {line.key: line.state for line in seen.providers} == {
        **EXPECTED, "infosud": State.OPERATIONAL, "banque": State.UNKNOWN
    }  # fmt: skip
    check_board(seen, now)


def check_board(seen: Board, now: datetime) -> None:
    lines = {line.key: line for line in seen.providers}
    assert lines["banque"].fresh is Freshness.LOST
    assert lines["banque"].last_ok == now - timedelta(minutes=190)
    for key, minutes in (("paie", 65), ("drive", 38), ("notion", 14)):
        row = lines[key].row
        assert row is not None
        assert row.since == now - timedelta(minutes=minutes)
    assert {feed.key: feed.repairs for feed in seen.feeds if feed.repairs} == {"atelier": 1}
    assert seen.sla_kept == (2, 3)
    assert len(seen.alerts) == 7
    assert all(meeting.event is not None for meeting in seen.meetings)
    assert seen.events


# --- Moments -----------------------------------------------------------------------------------------

CALENDAR = parse_hours("lun-ven 09:00-18:00", "Europe/Paris", holidays=[date(2026, 12, 25)])


def moments(text: str) -> Moments:
    now = datetime.fromisoformat(text).replace(tzinfo=PARIS)
    return Moments(now, now.date(), CALENDAR)


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-11-25T17:30", "now-65min", "2026-11-25T16:25+01:00"),
        ("2026-11-25T17:30", "08:30", "2026-11-25T08:30+01:00"),
        ("2026-11-25T17:30", "mon+2d 17:00", "2026-11-25T17:00+01:00"),
        ("2026-11-25T17:30", "-3bd 10:15", "2026-11-20T10:15+01:00"),
        ("2026-11-28T10:00", "-1bd 10:15", "2026-11-27T10:15+01:00"),
        ("2026-12-28T10:00", "-1bd 10:15", "2026-12-24T10:15+01:00"),
        ("2026-11-28T10:00", "workday 10:30", "2026-11-30T10:30+01:00"),
        ("2026-11-25T17:30", "+3mo+5d", "2027-03-02T00:00+01:00"),
        ("2026-11-30T17:30", "+3mo", "2027-02-28T00:00+01:00"),
        ("2026-12-31T09:15", "+1w", "2027-01-07T00:00+01:00"),
        ("2026-10-25T12:00", "now-1d", "2026-10-24T12:00+02:00"),
        ("2026-10-25T12:00", "now-24h", "2026-10-24T13:00+02:00"),
        ("2026-03-29T03:10", "now-20min", "2026-03-29T01:50+01:00"),
    ],
)
def test_moments_are_read_against_the_present(now: str, text: str, expected: str) -> None:
    assert moments(now).at(text).isoformat(timespec="minutes") == expected


def test_a_moment_may_be_anchored_elsewhere() -> None:
    since = datetime(2026, 11, 20, 16, 0, tzinfo=PARIS)
    assert moments("2026-11-25T17:30").at("since+1bd 09:40", since=since) == datetime(
        2026, 11, 23, 9, 40, tzinfo=PARIS
    )


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "mon+2", "mon+2y", "25/11", "mon 9:00", "mon+2d  17:00", "mon 25:00"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        moments("2026-11-25T17:30").at(text)


def test_forms_are_those_of_each_producer() -> None:
    forms = ("mon 08:30|local", "mon 08:30|utc", "mon|date", "now|iso", "now|pacific", "now|pacific-s",
             "now|rfc3339", "now|zulu")  # fmt: skip
    template = " ".join(f"{{{{{form}}}}}" for form in forms)
    assert fill(template, moments("2026-11-25T17:30")).split() == [
        "20261123T083000", "20261123T073000Z", "20261123", "2026-11-25T17:30:00.000+01:00",
        "2026-11-25T08:30:00.000-08:00", "2026-11-25T08:30:00-08:00", "2026-11-25T16:30:00+00:00",
        "2026-11-25T16:30:00.000Z",
    ]  # fmt: skip


def test_a_form_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        fill("{{now|french}}", moments("2026-11-25T17:30"))
