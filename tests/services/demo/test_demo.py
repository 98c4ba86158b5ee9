"""The demo company: alive on any day and at any hour, told in order, and entered as a person would."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.promises.sla_target import parse_target
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.records.record import FieldKind
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import AgendaSource, StatusSource
from cockpit.domain.text import fold
from cockpit.domain.time.business_time import parse_hours
from cockpit.domain.time.contract_terms import term_at
from cockpit.services.boards.board import Board, board
from cockpit.services.demo import company, server
from cockpit.services.desk.calendars import Calendars
from cockpit.services.organisation import standings
from cockpit.services.settings import sections
from cockpit.services.upkeep.sync import sync
from cockpit.store import journal, proof
from tests.services.demo.demo_shown import EXPECTED, NOWS, Shown, anew, seeded

BRANDS = re.compile(
    r"\b(?:slack|teams|microsoft|google|drive|notion|zoom|outlook|dropbox|silae|payfit|pennylane|cegid|sage|adp"
    r"|qonto|ovh|orange|sfr|bnp|lcl|axa|docusign|hubspot|trello|asana|gmail|sellsy|axonaut|spendesk|lucca)\b"
)


def test_the_journal_holds_and_tells_the_past_in_order(shown: Shown) -> None:
    assert journal.verify(shown.workspace.conn) is None
    assert proof.differences(shown.workspace.conn) == ()
    entries = journal.entries(shown.workspace.conn, limit=10_000)[::-1]
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
                if field.kind is FieldKind.CHOICE:
                    assert str(value) in field.choices, (record.code, field.name)
                if field.name in ("hours", "presence") and value:
                    parse_hours(value, "Europe/Paris")
                if field.name == "sla" and value:
                    assert parse_target(value), (record.code, value)


def test_blockers_show_every_case(shown: Shown) -> None:
    blockers = shown.of_story("blocker")
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
    verdicts = [clock.state for clock in shown.of_story("clock") if clock.ended_at]
    assert sorted(verdicts) == ["breached", "met", "met"]
    assert all(each.closed_at > shown.now - timedelta(weeks=6) for each in closed)


@pytest.mark.parametrize(
    ("title", "minutes"),
    [("Paie du mois", -72), ("Onduleur", 52), ("Clôture du mois", 570), ("Notes de frais", 400)],
)
def test_deadlines_stand_where_they_should_at_any_hour(shown: Shown, title: str, minutes: int) -> None:
    blocker = shown.one("blocker", title)
    clock = next(each for each in shown.all_of("clock") if each.blocker == blocker.code)
    calendar = Calendars(shown.workspace).version(clock.calendar)
    assert calendar.between(shown.now, blocker.sla_due) == minutes * 60


def test_priorities_show_every_case(shown: Shown) -> None:
    priorities = shown.of_story("priority")
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
        terms = standings.terms_of(each)
        assert terms is not None
        term = term_at(terms, today)
        if not term.notice_by:
            continue
        if 0 <= (days := (term.notice_by - today).days) <= 90:
            left[each.name] = days
    assert sorted(left) == ["Externalisation de la paie", "Infogérance et sauvegardes"]
    assert abs(left["Externalisation de la paie"] - 25) <= 3, "months have not all the same length"
    assert abs(left["Infogérance et sauvegardes"] - 70) <= 3


def test_the_same_present_tells_the_same_story(tmp_path: Path) -> None:
    now = NOWS["monday morning"]
    # A folder each: minutes are never written over those of another meeting.
    one, other = (anew(now, tmp_path / name / "demo.db") for name in ("one", "other"))

    def told(shown: Shown) -> list[Any]:
        entries = journal.entries(shown.workspace.conn, limit=1_000)
        # Minutes carry the journal's seal, which covers ids that are drawn by lot; what was submitted is sealed
        # under a key of its own database.
        drawn = {"id": "", "minutes_hash": "", "content": ""}
        rows = [(e, {**(e.after or {}), **drawn}) for e in entries]
        folder = str(shown.workspace.path.parent)
        return [
            (e.at, e.actor, e.action, e.code, {k: str(v).removeprefix(folder) for k, v in row.items()})
            for e, row in rows
        ]

    assert told(one) == told(other)


def test_what_the_demo_did_can_be_undone(tmp_path: Path) -> None:
    demo_now = seeded(NOWS["monday morning"], tmp_path / "demo.db")
    (entry,) = demo_now.workspace.undo()
    assert entry.action == "undo"
    assert demo_now.one("priority", "Arbitrer").day is None


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
    story = tomllib.loads((company.folder() / "company.toml").read_text(encoding="utf-8"))
    sources = story.pop("heard")
    assert any(BRANDS.search(text) for text in texts(sources)), "the rule sees a name where there is one"
    titles = [
        line for feed in (company.folder() / "feeds").glob("*.ics")
        for line in feed.read_text(encoding="utf-8").splitlines() if line.startswith("SUMMARY")
    ]  # fmt: skip
    mapped = tomllib.loads((company.folder() / "map.toml").read_text(encoding="utf-8"))
    for text in [*texts(story), *texts(mapped), *titles]:
        assert not BRANDS.search(fold(text)), text


def test_no_siren_of_the_demo_can_exist(shown: Shown) -> None:
    for provider in shown.all_of("provider"):
        digits = [int(digit) for digit in reversed(provider.siren)]
        assert len(digits) == 9
        doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(digits)]
        assert sum(doubled) % 10, "the SIREN's check digit (ISO/IEC 7812-1) would be right"


def test_settings_name_the_company_and_its_loopback_sources() -> None:
    settings = company.settings("http://127.0.0.1:8999")
    assert (settings.company.name, settings.me, settings.language) == (
        "Atelier Mistral SAS",
        "Claire Morel",
        "",
    )
    assert (len(settings.agendas), len(settings.statuses)) == (5, 8)
    sources: list[AgendaSource | StatusSource] = [*settings.agendas, *settings.statuses]
    for source in sources:
        assert source.internal
        assert source.url.removeprefix("http://127.0.0.1:8999") in server.ROUTES


def test_settings_written_as_a_file_are_the_same_settings(tmp_path: Path) -> None:
    settings = company.settings("http://127.0.0.1:8999")
    assert sections.parse(company.to_toml(settings), tmp_path / "config.toml") == settings


def test_providers_name_status_sources_that_exist(shown: Shown) -> None:
    settings = shown.workspace.settings
    providers = {each.name: each.status_source for each in shown.all_of("provider")}
    assert {source.name for source in settings.statuses} >= {name for name in providers.values() if name}
    assert {source.provider for source in settings.statuses if source.provider} <= set(providers)


@pytest.mark.parametrize("now", [NOWS["monday morning"], NOWS["saturday"]], ids=["monday", "saturday"])
def test_a_sync_fills_the_cockpit(now: datetime, tmp_path: Path) -> None:
    with server.serve(lambda: now) as url:
        shown = seeded(now, tmp_path / "demo.db", url)
        conn, settings, clock = shown.workspace.conn, shown.workspace.settings, shown.workspace.clock
        first = {r.key: r.outcome for r in asyncio.run(sync(conn, settings, now=clock))}
        again = {r.key: r.outcome for r in asyncio.run(sync(conn, settings, now=clock))}
    assert first == {**dict.fromkeys(first, "ok"), "banque": "failed"}
    assert again == {**dict.fromkeys(first, "unchanged"), "banque": "failed", "infosud": "ok"}
    seen = board(shown.workspace)
    assert {line.key: line.state for line in seen.outside.providers if line.has_page} == {
        **EXPECTED, "infosud": State.OPERATIONAL, "banque": State.UNKNOWN
    }  # fmt: skip
    check_board(seen, now)


def check_board(seen: Board, now: datetime) -> None:
    lines = {line.key: line for line in seen.outside.providers}
    assert lines["banque"].fresh is Freshness.LOST
    assert lines["banque"].last_ok == now - timedelta(minutes=190)
    for key, minutes in (("paie", 65), ("drive", 38), ("notion", 14)):
        row = lines[key].row
        assert row is not None
        assert row.since == now - timedelta(minutes=minutes)
    assert {feed.key: feed.repairs for feed in seen.outside.feeds if feed.repairs} == {"atelier": 1}
    kept = seen.promises.kept
    assert 0 < kept.kept < kept.count
    assert kept.count >= 20, "a year brings enough for a share"
    assert len(seen.alerts.urgent.lines) == 5
    assert seen.alerts.urgent.to_complete
    assert seen.alerts.urgent.rest
    assert all(meeting.event is not None for meeting in seen.meetings.planned)
    assert seen.today.events
