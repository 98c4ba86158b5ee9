"""What is kept of the outside, held whole: sources, readings, incidents, agendas, links, files that still grow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.agenda.events import (
    ALL_DAY,
    FLOATING,
    TIMED,
    UNFINISHED,
    EventCard,
    EventInstance,
    Issue,
    Span,
)
from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import (
    Component,
    Incident,
    Maintenance,
    ProviderStanding,
    StatusReading,
    Update,
)
from cockpit.store import journal
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.store.outside import (
    agenda,
    agenda_blocks,
    agenda_changes,
    inbox_files,
    link_checks,
    outbox,
    provider_history,
    readings,
    sources,
)
from cockpit.store.outside.agenda import FeedState
from cockpit.store.outside.agenda_blocks import BlockRow, KnownBlock
from cockpit.store.outside.agenda_changes import AgendaChange
from cockpit.store.outside.link_checks import KnownLink, LinkCheck
from cockpit.store.outside.outbox import Parcel, Recipient
from cockpit.store.outside.provider_history import IncidentSpan, PastIncident, PlannedWork
from cockpit.store.outside.sources import NextMaintenance, ProviderRow, SourceState

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86_400))


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / "a.db")) as opened:
        yield opened


# Readings of status pages.


def standing(state: State = State.DEGRADED, since: datetime = NOW, **said: Any) -> ProviderStanding:
    return ProviderStanding(**{"state": state, "since": since, **said})


def save(
    conn: sqlite3.Connection, reading: StatusReading, at: datetime = NOW, *, source: str = "acme", **said: Any
) -> None:
    settled = said.pop("settled", standing(reading.state))
    readings.save_reading(
        conn, source, reading, reported=said.pop("reported", reading.state), settled=settled, at=at
    )


FULL = StatusReading(
    state=State.DEGRADED, page="Acme", page_id="p1", indicator="minor", warnings=("é",), confidence="medium",
    components=(Component(id="1", name="Mél", state=State.DEGRADED, group="G"),
                Component(id="2", name="Web", state=State.OPERATIONAL)),
    complete=False, certificate_expiry=NOW + DAY,
)  # fmt: skip


def test_a_reading_comes_back_as_it_was(conn: sqlite3.Connection) -> None:
    assert (readings.standing(conn, "acme"), readings.last_reading(conn, "acme")) == (None, None)
    assert (readings.components(conn, "acme"), readings.reported(conn, "acme")) == ((), None)
    settled = standing(
        State.MAJOR_OUTAGE, NOW - HOUR, nearest=State.DEGRADED, streak=2, last=State.QUIET, run=3
    )
    save(conn, FULL, settled=settled, reported=State.PARTIAL_OUTAGE)
    save(conn, StatusReading(state=State.QUIET), source="other")
    assert readings.standing(conn, "acme") == settled
    assert readings.last_reading(conn, "acme") == replace(FULL, state=State.PARTIAL_OUTAGE)
    assert (readings.components(conn, "acme"), readings.reported(conn, "acme")) == (
        FULL.components,
        State.PARTIAL_OUTAGE,
    )
    assert readings.last_reading(conn, "other") == StatusReading(state=State.QUIET)
    stored = conn.execute("SELECT components, warnings FROM status_reading WHERE source = 'acme'").fetchone()
    assert ("Mél" in stored["components"], stored["warnings"]) == (True, '["é"]'), "in the letters it has"
    assert readings.standing(conn, "other") == standing(State.QUIET)


def test_what_cannot_be_read_changes_the_state_and_its_warnings_alone(conn: sqlite3.Connection) -> None:
    bad = StatusReading(state=State.UNKNOWN, page="?", warnings=("broken",), readable=False)
    save(conn, bad, source="first")
    assert readings.last_reading(conn, "first") == replace(bad, readable=True), (
        "nothing better is known of it"
    )
    save(conn, FULL)
    save(conn, bad, NOW + HOUR, settled=standing(State.UNKNOWN, NOW + HOUR, run=1))
    assert readings.last_reading(conn, "acme") == replace(FULL, state=State.UNKNOWN, warnings=("broken",))
    assert readings.standing(conn, "acme") == standing(State.UNKNOWN, NOW + HOUR, run=1)


def test_a_sample_is_kept_at_each_change_and_each_hour(conn: sqlite3.Connection) -> None:
    for minutes, state in ((0, State.QUIET), (30, State.QUIET), (31, State.DEGRADED), (90, State.DEGRADED),
                           (91, State.DEGRADED), (150, State.DEGRADED), (151, State.DEGRADED),
                           (300, State.DEGRADED), (301, State.OPERATIONAL)):  # fmt: skip
        save(conn, StatusReading(state=state), NOW + minutes * MINUTE)
    rows = conn.execute("SELECT at FROM status_sample ORDER BY at").fetchall()
    kept = [(datetime.fromisoformat(row["at"]) - NOW) // MINUTE for row in rows]
    assert kept == [0, 31, 91, 151, 300, 301]


FIRE = Incident(
    key="i1", title="Fire", impact=State.MAJOR_OUTAGE, phase="identified", started=NOW - HOUR, updated=NOW,
    components=("Web", "é"), link="https://x.test/", message="m",
    updates=(Update(key="u1", at=NOW - HOUR, text="one", phase="investigating"), Update(key="", at=None, text="two")),
)  # fmt: skip


def test_an_incident_is_kept_with_all_its_messages_until_it_is_over(conn: sqlite3.Connection) -> None:
    closed_before = replace(FIRE, key="i0", phase="resolved", resolved=NOW - DAY)
    save(conn, StatusReading(state=State.DEGRADED, incidents=(closed_before, FIRE)))
    (first,) = provider_history.incidents(conn, "acme")
    assert first == PastIncident(
        key="i1", title="Fire", impact=State.MAJOR_OUTAGE, phase="identified", started=NOW - HOUR, resolved=None,
        components=("Web", "é"), link="https://x.test/", message="m", closed_by="",
        updates=(Update(key="u1", at=NOW - HOUR, text="one", phase="investigating"),
                 replace(FIRE.updates[1], key=first.updates[1].key)),
    )  # fmt: skip
    assert len(first.updates[1].key) == 64, "what has no key is known by its words"
    again = replace(FIRE, started=None, phase="resolved", updated=NOW + HOUR, title="Fire!", updates=(
        Update(key="u1", at=NOW - HOUR, text="one, corrected", phase="investigating"),
        Update(key="u3", at=NOW + HOUR, text="over", phase="resolved"), FIRE.updates[1],
    ))  # fmt: skip
    save(conn, StatusReading(state=State.OPERATIONAL, incidents=(again,)), NOW + 2 * HOUR)
    (over,) = provider_history.incidents(conn, "acme")
    assert (over.title, over.started, over.resolved, over.closed_by, over.phase) == (
        "Fire!", NOW - HOUR, NOW + HOUR, "source", "resolved",
    )  # fmt: skip
    assert [each.text for each in over.updates] == ["over", "one, corrected", "two"]


@pytest.mark.parametrize(
    ("resolved", "updated", "kept"),
    [
        (NOW + HOUR, NOW + 2 * HOUR, NOW + HOUR),
        (None, NOW + 2 * HOUR, NOW + 2 * HOUR),
        (None, None, NOW + 3 * HOUR),
    ],
)
def test_an_incident_is_over_when_its_source_says_or_when_it_was_last_told(
    conn: sqlite3.Connection, resolved: datetime | None, updated: datetime | None, kept: datetime
) -> None:
    save(conn, StatusReading(state=State.DEGRADED, incidents=(replace(FIRE, updated=None),)))
    over = replace(FIRE, phase="resolved", resolved=resolved, updated=updated)
    save(conn, StatusReading(state=State.OPERATIONAL, incidents=(over,)), NOW + 3 * HOUR)
    assert [each.resolved for each in provider_history.incidents(conn, "acme")] == [kept]


def absences(conn: sqlite3.Connection) -> dict[str, tuple[int, str, str]]:
    rows = conn.execute("SELECT key, absences, closed_by, phase FROM incident ORDER BY key")
    return {row["key"]: (row["absences"], row["closed_by"], row["phase"]) for row in rows}


def test_what_a_complete_page_names_no_more_is_over_after_two_readings(conn: sqlite3.Connection) -> None:
    other = replace(FIRE, key="i2")
    both = StatusReading(state=State.DEGRADED, incidents=(FIRE, other))
    one = StatusReading(state=State.DEGRADED, incidents=(other,))
    save(conn, both)
    save(conn, replace(one, complete=False), NOW + MINUTE)
    assert absences(conn) == {"i1": (0, "", "identified"), "i2": (0, "", "identified")}
    save(conn, one, NOW + 2 * MINUTE)
    assert absences(conn) == {"i1": (1, "", "identified"), "i2": (0, "", "identified")}
    save(conn, both, NOW + 3 * MINUTE)
    assert absences(conn) == {"i1": (0, "", "identified"), "i2": (0, "", "identified")}, "it is there again"
    save(conn, one, NOW + 4 * MINUTE)
    readings.repeat_reading(conn, "acme", settled=standing(), at=NOW + 5 * MINUTE)
    assert absences(conn) == {"i1": (2, "absence", "resolved"), "i2": (0, "", "identified")}
    save(conn, StatusReading(state=State.DEGRADED, incidents=(replace(FIRE, key="i3"),)), NOW + 6 * MINUTE)
    save(conn, StatusReading(state=State.DEGRADED, incidents=(other,)), NOW + 7 * MINUTE)
    assert absences(conn)["i3"] == (1, "", "identified"), "one that is still there hides none behind it"
    closed = next(each for each in provider_history.incidents(conn, "acme") if each.key == "i1")
    assert closed.resolved == NOW + 4 * MINUTE, "since it was missing first"


def test_a_page_that_says_the_same_again_moves_what_counts_readings_alone(conn: sqlite3.Connection) -> None:
    readings.repeat_reading(conn, "new", settled=standing(), at=NOW)
    assert readings.standing(conn, "new") is None
    save(conn, replace(FULL, incidents=(FIRE,)))
    save(conn, FULL, NOW + MINUTE)
    settled = standing(State.DEGRADED, NOW, run=7, streak=3)
    readings.repeat_reading(conn, "acme", settled=settled, at=NOW + 2 * MINUTE)
    assert readings.standing(conn, "acme") == settled
    assert absences(conn) == {"i1": (0, "", "identified")}, "a page that is not complete proves no absence"
    assert readings.last_reading(conn, "acme") == FULL


def sample(conn: sqlite3.Connection, minutes: int, state: State, source: str = "acme") -> None:
    conn.execute(
        "INSERT INTO status_sample VALUES (?, ?, ?)",
        (source, (NOW + minutes * MINUTE).isoformat(timespec="seconds"), state),
    )


@pytest.mark.parametrize(
    ("before", "after", "worse", "fine"),
    [
        (State.DEGRADED, [], False, False),
        (State.DEGRADED, [State.DEGRADED], False, False),
        (State.DEGRADED, [State.OPERATIONAL], False, True),
        (State.DEGRADED, [State.QUIET], False, True),
        (State.DEGRADED, [State.MAINTENANCE, State.UNKNOWN], False, False),
        (State.DEGRADED, [State.OPERATIONAL, State.PARTIAL_OUTAGE], True, True),
        (State.MAJOR_OUTAGE, [State.PARTIAL_OUTAGE], False, False),
        (State.PARTIAL_OUTAGE, [State.DEGRADED, State.MAJOR_OUTAGE], True, False),
        (State.UNKNOWN, [State.DEGRADED], True, False),
        (State.UNKNOWN, [State.OPERATIONAL], False, True),
        (None, [State.DEGRADED], True, False),
    ],
)
def test_whether_a_source_got_worse_or_was_fine_since(
    conn: sqlite3.Connection, before: State | None, after: list[State], worse: bool, fine: bool
) -> None:
    if before is not None:
        sample(conn, -60, State.MAJOR_OUTAGE if before is State.DEGRADED else State.OPERATIONAL)
        sample(conn, 0, before)
    for n, state in enumerate(after, 1):
        sample(conn, n, state)
    sample(conn, 5, State.MAJOR_OUTAGE, "other")
    sample(conn, 6, State.OPERATIONAL, "other")
    assert readings.got_worse_after(conn, "acme", NOW) is worse
    assert readings.was_fine_after(conn, "acme", NOW) is fine


def test_the_changes_of_each_source_are_told_in_order(conn: sqlite3.Connection) -> None:
    for source in ("acme", "beta"):
        save(conn, StatusReading(state=State.QUIET), NOW - DAY, source=source)
    for minutes, state in ((0, State.QUIET), (1, State.DEGRADED), (2, State.DEGRADED), (3, State.QUIET)):
        sample(conn, minutes, state)
        sample(conn, minutes, State.QUIET, "beta")
        sample(conn, minutes, state, "removed")
    assert readings.recent_changes(conn, NOW) == {"acme": [NOW + MINUTE, NOW + 3 * MINUTE]}
    assert readings.recent_changes(conn, NOW + MINUTE) == {"acme": [NOW + 3 * MINUTE]}
    assert readings.recent_changes(conn, NOW + 4 * MINUTE) == {}


WORK = Maintenance(key="m1", title="Move", starts=NOW + DAY, ends=NOW + DAY + HOUR, link="https://x.test/m")


def test_maintenances_are_those_that_the_last_page_announced(conn: sqlite3.Connection) -> None:
    over, undated = (
        replace(WORK, key="m2", phase="resolved"),
        replace(WORK, key="m3", starts=None, ends=None, title="Once"),
    )
    running = replace(WORK, key="m4", phase="in_progress", starts=NOW + 2 * DAY, title="Now")
    save(conn, StatusReading(state=State.QUIET, maintenances=(replace(WORK, key="old"),)))
    save(conn, StatusReading(state=State.QUIET, maintenances=(
        undated, replace(WORK, title="told twice"), WORK, over, running,
    )), NOW + MINUTE)  # fmt: skip
    save(conn, StatusReading(state=State.QUIET, maintenances=(undated,)), source="beta")
    planned = [
        PlannedWork(
            source="acme",
            title="Move",
            phase="scheduled",
            starts=NOW + DAY,
            ends=NOW + DAY + HOUR,
            link=WORK.link,
        ),
        PlannedWork(
            source="acme",
            title="Now",
            phase="in_progress",
            starts=NOW + 2 * DAY,
            ends=NOW + DAY + HOUR,
            link=WORK.link,
        ),
        PlannedWork(source="acme", title="Once", phase="scheduled", starts=None, ends=None, link=WORK.link),
    ]
    assert provider_history.maintenances(conn, "acme") == tuple(planned)
    assert provider_history.maintenances(conn) == (*planned, replace(planned[2], source="beta"))
    for key in ("acme", "beta", "gamma"):
        sources.save_source_state(conn, SourceState(kind="status", key=key))
    found = {row.key: row.maintenance for row in sources.providers(conn)}
    assert found == {
        "acme": NextMaintenance(title="Now", phase="in_progress", starts=NOW + 2 * DAY, ends=NOW + DAY + HOUR),
        "beta": NextMaintenance(title="Once", phase="scheduled", starts=None, ends=None), "gamma": None,
    }  # fmt: skip


# Sources.


def test_a_provider_is_told_with_all_that_is_known_of_it_now(conn: sqlite3.Connection) -> None:
    state = SourceState(
        kind="status", key="acme", reader="r", engine="statuspage", etag="e", last_modified="m", body_sha="s",
        last_full=NOW, last_try=NOW, last_ok=NOW - HOUR, next_try=NOW + HOUR, fails=2, last_error="é",
        last_failure="dns", interval_s=300, moved_to="b.test",
    )  # fmt: skip
    sources.save_source_state(conn, state)
    sources.save_source_state(conn, SourceState(kind="status", key="zeta"))
    sources.save_source_state(conn, SourceState(kind="agenda", key="mine"))
    later = replace(FIRE, key="i2", title="Later", started=NOW)
    save(conn, replace(FULL, incidents=(FIRE, later)), reported=State.PARTIAL_OUTAGE)
    save(
        conn,
        replace(
            FULL, incidents=(FIRE, replace(later, phase="resolved"), replace(FIRE, key="i3", title="Third"))
        ),
    )
    assert sources.providers(conn) == (
        ProviderRow(
            key="acme", state=State.DEGRADED, since=NOW, reported=State.DEGRADED, last_ok=NOW - HOUR, last_error="é",
            fails=2, interval_s=300, next_try=NOW + HOUR, confidence="medium", incidents=("Fire", "Third"),
            maintenance=None, certificate_expiry=NOW + DAY, engine="statuspage", last_failure="dns", moved_to="b.test",
        ),
        ProviderRow(
            key="zeta", state=State.UNKNOWN, since=None, reported=State.UNKNOWN, last_ok=None, last_error="", fails=0,
            interval_s=0, next_try=None, confidence="low", incidents=(), maintenance=None, certificate_expiry=None,
        ),
    )  # fmt: skip
    assert sources.source_states(conn, "status") == {
        "acme": state,
        "zeta": SourceState(kind="status", key="zeta"),
    }
    sources.has_settled(conn, "status", "acme")
    assert sources.source_state(conn, "status", "acme") == replace(state, moved_to="", next_try=None, fails=0)


# What is kept of their past.


def test_incidents_of_the_past_are_told_those_that_go_on_first(conn: sqlite3.Connection) -> None:
    def over(key: str, hours: int) -> Incident:
        return replace(
            FIRE,
            key=key,
            started=NOW - hours * HOUR,
            resolved=NOW - hours * HOUR + HOUR,
            updates=(),
            components=(),
        )

    provider_history.add_past(
        conn, "acme", [(NOW - DAY, State.DEGRADED), (NOW, State.QUIET)], [over("a", 30), over("b", 20)]
    )
    save(
        conn,
        StatusReading(
            state=State.DEGRADED,
            incidents=(replace(FIRE, started=None), replace(FIRE, key="c", started=NOW - DAY)),
        ),
    )
    provider_history.add_past(conn, "acme", [], [replace(over("i1", 9), title="never over what is known")])
    told = provider_history.incidents(conn, "acme")
    assert [(each.key, each.started, each.closed_by, each.title) for each in told] == [
        ("i1", NOW, "", "Fire"), ("c", NOW - DAY, "", "Fire"), ("b", NOW - 20 * HOUR, "source", "Fire"),
        ("a", NOW - 30 * HOUR, "source", "Fire"),
    ]  # fmt: skip
    assert told[3] == PastIncident(
        key="a", title="Fire", impact=State.MAJOR_OUTAGE, phase="resolved", started=NOW - 30 * HOUR,
        resolved=NOW - 29 * HOUR, components=(), link="https://x.test/", message="m", closed_by="source", updates=(),
    )  # fmt: skip
    assert [each.key for each in provider_history.incidents(conn, "acme", 1)] == ["i1"]
    many = [replace(over(f"m{n}", n), title=f"{n}") for n in range(100, 160)]
    provider_history.add_past(conn, "acme", [], many)
    assert len(provider_history.incidents(conn, "acme")) == 50
    assert provider_history.samples(conn, "acme", NOW) == ((NOW, State.DEGRADED),)
    assert provider_history.samples(conn, "acme", NOW - SECOND) == (
        (NOW - DAY, State.DEGRADED),
        (NOW, State.DEGRADED),
    )
    assert provider_history.samples(conn, "acme", NOW - 2 * DAY)[0] == (NOW - DAY, State.DEGRADED)


def test_incidents_that_touch_a_span_are_told_as_they_began(conn: sqlite3.Connection) -> None:
    for source, key, began, ended in (
        ("b", "1", -5, -1),
        ("a", "2", -9, 1),
        ("a", "3", 0, None),
        ("a", "4", 5, 6),
        ("a", "5", -9, 0),
    ):
        told = replace(
            FIRE,
            key=key,
            title=key,
            started=NOW + began * HOUR,
            resolved=NOW + ended * HOUR if ended is not None else None,
        )
        provider_history.add_past(conn, source, [], [told])
    seen = provider_history.between(conn, NOW, NOW + 5 * HOUR)
    assert seen == (
        IncidentSpan(
            source="a", title="2", impact=State.MAJOR_OUTAGE, started=NOW - 9 * HOUR, ended=NOW + HOUR
        ),
        IncidentSpan(source="a", title="3", impact=State.MAJOR_OUTAGE, started=NOW, ended=None),
    )
    assert [each.title for each in provider_history.between(conn, NOW - SECOND, NOW + 5 * HOUR + SECOND)] == [
        "2",
        "5",
        "3",
        "4",
    ]


def test_the_past_is_kept_for_four_hundred_days(conn: sqlite3.Connection) -> None:
    edge = NOW - 400 * DAY
    told = [
        replace(FIRE, key=key, resolved=at)
        for key, at in (("old", edge - SECOND), ("edge", edge), ("open", None))
    ]
    provider_history.add_past(conn, "acme", [(edge - SECOND, State.QUIET), (edge, State.QUIET)], told)
    conn.execute("UPDATE incident SET closed_by = '', resolved_at = started_at WHERE key = 'open'")
    provider_history.prune(conn, NOW)
    kept = [row["at"] for row in conn.execute("SELECT at FROM status_sample")]
    assert kept == [edge.isoformat(timespec="seconds")]
    assert {each.key for each in provider_history.incidents(conn, "acme")} == {"edge", "open"}


# Agendas.

NOON = int(NOW.timestamp())
FAR = 10 * 86_400


def block(
    conn: sqlite3.Connection,
    name: str,
    *spans: Span,
    feed: str = "f",
    card: EventCard | None = None,
    **said: Any,
) -> int:
    """A block of a feed, with what it says and when."""
    row = BlockRow(**{
        "hash": name.encode(), "uid": name, "rid": "", "recurring": False, "lo": 0, "hi": None, "raw": b"r", **said,
    })  # fmt: skip
    number = agenda_blocks.add_blocks(conn, feed, [row])[row.hash]
    agenda_blocks.put_cards(conn, [(number, row.rid, card or EventCard(title=name))])
    agenda_blocks.add_instances(conn, [(number, span) for span in spans])
    return number


def seen(
    conn: sqlite3.Connection, lo: int = NOON - FAR, hi: int = NOON + FAR, **more: Any
) -> list[EventInstance]:
    return sorted(agenda.occurrences(conn, (lo, hi), (lo, hi), **more), key=lambda each: (each.uid, each.rid))


def test_an_instance_comes_back_with_all_that_its_event_says(conn: sqlite3.Connection) -> None:
    card = EventCard(
        title="T", location="L", link="https://x.test/", organizer="O", attendees=("A", "É"), notes="N",
        status="tentative", busy="free", participation="accepted", repaired=True, private=True,
    )  # fmt: skip
    block(conn, "a", Span(TIMED, NOON, NOON + 3600), card=card, recurring=True)
    block(conn, "b", Span(ALL_DAY, NOON - 9 * 3600, NOON + 15 * 3600), recurring=True)
    block(conn, "c", Span(FLOATING, NOON, NOON + 60), rid="20261120T090000")
    block(conn, "d", Span(TIMED, NOON, NOON), feed="g")
    assert seen(conn) == [
        EventInstance(
            feed="f", uid="a", rid="20261120T090000Z", title="T", location="L", link="https://x.test/", organizer="O",
            attendees=("A", "É"), notes="N", status="tentative", busy="free", participation="accepted", repaired=True,
            private=True, start=NOW, end=NOW + HOUR,
        ),
        EventInstance(feed="f", uid="b", rid="20261120", title="b", day_from=NOW.date(), day_to_excl=NOW.date() + DAY),
        EventInstance(feed="f", uid="c", rid="20261120T090000", title="c", wall_start=NOW.replace(tzinfo=None),
                      wall_end=NOW.replace(tzinfo=None) + MINUTE),
        EventInstance(feed="g", uid="d", title="d", start=NOW, end=NOW),
    ]  # fmt: skip
    assert [each.uid for each in seen(conn, hidden=frozenset({"g"}))] == ["a", "b", "c"]
    assert [each.uid for each in seen(conn, titled=lambda title: title in "Tc")] == ["a", "c"]


@pytest.mark.parametrize("kind", [TIMED, ALL_DAY, FLOATING])
@pytest.mark.parametrize("long_s", [60, 36 * 3600, 36 * 3600 + 1, 40 * 3600])
def test_what_touches_a_range_is_found_to_the_second(
    conn: sqlite3.Connection, kind: str, long_s: int
) -> None:
    block(conn, "a", Span(kind, NOON, NOON + long_s))
    ends = NOON + long_s
    touched = [
        bool(seen(conn, lo, hi))
        for lo, hi in (
            (NOON - 9, NOON),
            (NOON - 9, NOON + 1),
            (ends, ends + 9),
            (ends + 1, ends + 9),
            (NOON, ends),
        )
    ]
    assert touched == [False, True, True, False, True]


def test_the_last_meeting_with_somebody_was_held_before_and_not_cancelled(conn: sqlite3.Connection) -> None:
    hour = [Span(TIMED, NOON - n * 3600, NOON - n * 3600 + 60) for n in range(9)]
    block(conn, "title", hour[4], card=EventCard(title="With Zoé"))
    block(conn, "cancelled", hour[1], card=EventCard(title="With Zoé", status="cancelled"))
    block(conn, "dated", Span(ALL_DAY, NOON - 60, NOON), card=EventCard(title="With Zoé"))
    block(conn, "now", hour[0], card=EventCard(title="With Zoé"))
    assert agenda.last_meeting(conn, ["Zoé"], NOW) == (NOW - 4 * HOUR, "With Zoé")
    block(conn, "organised", hour[3], card=EventCard(title="O", organizer="Zoé M"))
    assert agenda.last_meeting(conn, ["zo%é"], NOW) == (NOW - 3 * HOUR, "O")
    block(conn, "attended", hour[2], card=EventCard(title="A", attendees=("Luc", "Zoé M")))
    assert agenda.last_meeting(conn, ["Nobody", "Zo_é", " "], NOW) == (NOW - 2 * HOUR, "A")
    assert [agenda.last_meeting(conn, names, NOW) for names in (["Ana"], [" "], [])] == [None, None, None]


def test_a_feed_is_remembered_whole_under_the_next_revision(conn: sqlite3.Connection) -> None:
    never = agenda.feed_state(conn, "f")
    assert never == FeedState(feed="f")
    assert (never.revision, never.events, never.repairs, never.suspect, never.zones) == (0, 0, 0, "", b"")
    state = FeedState(
        feed="f", revision=4, body_sha="b", zone_hash="z", parser_version="p", emails="e", zones=b"x", events=5,
        repairs=6, suspect="s", suspect_at="t",
    )  # fmt: skip
    agenda.put_feed(conn, state)
    agenda.put_feed(conn, FeedState(feed="a"))
    assert agenda.feed_state(conn, "f") == replace(state, revision=5)
    assert agenda.feed_state(conn, "a") == FeedState(feed="a", revision=1)
    assert agenda.feeds(conn) == ("a", "f")
    for feed, ranges in (
        ("f", [("2026-11-20", "2026-11-27"), ("2026-01-01", "2026-02-01")]),
        ("g", [("1", "2")]),
    ):
        agenda.put_windows(conn, feed, ranges)
    agenda.put_windows(conn, "g", [("3", "4")])
    assert agenda.windows(conn, "f") == [("2026-01-01", "2026-02-01"), ("2026-11-20", "2026-11-27")]
    assert agenda.windows(conn, "g") == [("3", "4")]


def test_repairs_are_of_an_event_or_of_the_feed_and_remarks_are_apart(conn: sqlite3.Connection) -> None:
    assert agenda.put_issues(conn, "g", [""], [Issue("", "l", "other feed")]) == 1
    assert agenda.put_issues(conn, "f", ["", "a", "b"], [
        Issue("b", "l1", "w1"), Issue("", "l2", "w2"), Issue("", "", "remark"), Issue("a", "", UNFINISHED),
        Issue("b", "l3", "w3"),
    ]) == 3  # fmt: skip
    assert agenda.issues(conn, "f") == (
        Issue("", "l2", "w2"), Issue("b", "l1", "w1"), Issue("b", "l3", "w3"),
    )  # fmt: skip
    assert agenda.remarks(conn, "f") == (UNFINISHED, "remark")
    assert (agenda.uids_unfinished(conn, "f"), agenda.uids_unfinished(conn, "g")) == (["a"], [])
    assert agenda.put_issues(conn, "f", ["a"], []) == 3
    assert agenda.remarks(conn, "f") == ("remark",)


def test_the_blocks_of_a_feed_are_known_by_their_hash_and_by_what_they_may_touch(
    conn: sqlite3.Connection,
) -> None:
    first = block(conn, "a", lo=10, hi=20, rid="r")
    second, third = block(conn, "b", lo=None, hi=20), block(conn, "c", lo=10, hi=None, raw=b"c")
    block(conn, "z", feed="g")
    assert (second, third) == (first + 1, first + 2)
    assert agenda_blocks.known_blocks(conn, "f") == {
        b"a": KnownBlock(first, "a", "r"), b"b": KnownBlock(second, "b", ""), b"c": KnownBlock(third, "c", ""),
    }  # fmt: skip
    assert [tuple(row) for row in agenda_blocks.blocks_of(conn, "f", ["c", "z", "a"])] == [
        (first, "a", b"r"),
        (third, "c", b"c"),
    ]
    touching = [
        sorted(agenda_blocks.uids_touching(conn, "f", lo, hi))
        for lo, hi in ((0, 10), (0, 11), (19, 30), (20, 30))
    ]
    assert touching == [["b"], ["a", "b", "c"], ["a", "b", "c"], ["c"]]
    many = [f"u{n}" for n in range(1200)]
    rows = [
        BlockRow(hash=uid.encode(), uid=uid, rid="", recurring=False, lo=0, hi=None, raw=b"") for uid in many
    ]
    numbers = agenda_blocks.add_blocks(conn, "many", rows)
    assert len({*numbers.values()}) == len(list(agenda_blocks.blocks_of(conn, "many", many))) == 1200
    assert [len(some) for some in agenda_blocks.chunks(many)] == [500, 500, 200]
    assert agenda_blocks.marks("abc") == "?, ?, ?"


def hours(*starts: int) -> list[Span]:
    return [Span(TIMED, NOON + start * 3600, NOON + (start + 1) * 3600) for start in starts]


def test_instances_are_forgotten_where_they_are_asked_and_history_stays(conn: sqlite3.Connection) -> None:
    a, _b, gone = (
        block(conn, "a", *hours(-3, 0, 3)),
        block(conn, "b", *hours(-3, 3)),
        block(conn, "gone", *hours(-3, -2, 3)),
    )
    agenda_blocks.forget_blocks(conn, [gone], before=NOON - 3600, gone_at="t", keep=frozenset({gone}))
    assert agenda.count_instances(conn, "f") == 5, (
        "of what vanished only its past is kept, and it is not counted"
    )
    agenda_blocks.add_instances(conn, [(a, hours(0)[0])])
    assert agenda.count_instances(conn, "f") == 5
    agenda_blocks.prune(conn, "f", NOON - 3600, NOON + 3 * 3600)
    assert [(each.uid, (each.start or NOW) - NOW) for each in seen(conn)] == [
        ("a", timedelta()), ("gone", -3 * HOUR), ("gone", -2 * HOUR),
    ]  # fmt: skip
    agenda_blocks.clear_instances(conn, "f", ["a", "gone"])
    assert [each.uid for each in seen(conn)] == ["gone", "gone"]


def test_what_vanished_leaves_its_past_and_what_was_replaced_leaves_nothing(conn: sqlite3.Connection) -> None:
    held, coming, replaced = (
        block(conn, "held", *hours(-1, 0)),
        block(conn, "coming", *hours(1)),
        block(conn, "new", *hours(-1)),
    )
    agenda_blocks.forget_blocks(
        conn, [held, coming, replaced], before=NOON, gone_at="t", keep=frozenset({held, coming})
    )
    rows = conn.execute("SELECT uid, gone_at FROM agenda_block ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [("held", "t")]
    assert [(each.uid, each.start) for each in seen(conn)] == [("held", NOW - HOUR)]
    block(conn, "renamed", *hours(-1), card=EventCard(title="other"))
    agenda_blocks.drop_history_seen_again(conn, "f")
    assert [each.uid for each in seen(conn)] == ["held", "renamed"], "another title is another event"
    block(conn, "again", *hours(-1), card=EventCard(title="held"), feed="g")
    agenda_blocks.drop_history_seen_again(conn, "f")
    assert [each.uid for each in seen(conn)] == ["again", "held", "renamed"], "another feed tells of itself"
    block(conn, "once more", *hours(-1), card=EventCard(title="held"))
    agenda_blocks.drop_history_seen_again(conn, "f")
    assert [each.uid for each in seen(conn)] == ["again", "once more", "renamed"]
    assert conn.execute("SELECT count(*) FROM agenda_block WHERE uid = 'held'").fetchone()[0] == 0


def test_what_is_ahead_and_what_became_of_it(conn: sqlite3.Connection) -> None:
    fortnight = 14 * 24
    block(conn, "a", *hours(-1, 0, 5, fortnight - 1, fortnight), card=EventCard(title="A", private=True))
    block(conn, "b", *hours(2))
    block(conn, "cancelled", *hours(2), card=EventCard(title="C", status="cancelled"))
    block(conn, "other", *hours(2), feed="g")
    ahead = agenda_changes.coming(conn, "f", ["a", "b", "cancelled", "other"], NOW)
    assert ahead == {
        "a": ("A", True, (NOON, NOON + 5 * 3600, NOON + (fortnight - 1) * 3600)), "b": ("b", False, (NOON + 2 * 3600,)),
    }  # fmt: skip
    before: agenda_changes.Coming = {
        "same": ("S", False, (NOON,)), "moved": ("M", False, (NOON + 9, NOON + 30, NOON + 60)),
        "gone": ("G", True, (NOON + 7, NOON + 8)),
        "fewer": ("F", False, (NOON, NOON + 1)),
    }  # fmt: skip
    after: agenda_changes.Coming = {
        "same": ("S!", False, (NOON,)), "moved": ("M!", True, (NOON + 60, NOON + 90, NOON + 70)),
        "new": ("N", False, (NOON + 5, NOON + 6)),
        "fewer": ("F!", False, (NOON + 1,)),
    }  # fmt: skip
    agenda_changes.note(conn, "f", before, after, NOW)
    told = {each.uid: each for each in agenda_changes.since(conn, "")}
    assert {uid: replace(each, number=0) for uid, each in told.items()} == {
        "moved": AgendaChange(number=0, feed="f", uid="moved", what="moved", title="M!", private=True,
                              starts=NOW + 70 * SECOND, before=NOW + 9 * SECOND),
        "gone": AgendaChange(number=0, feed="f", uid="gone", what="gone", title="G", private=True,
                             starts=NOW + 7 * SECOND, before=None),
        "new": AgendaChange(number=0, feed="f", uid="new", what="new", title="N", private=False,
                            starts=NOW + 5 * SECOND, before=None),
        "fewer": AgendaChange(number=0, feed="f", uid="fewer", what="gone", title="F!", private=False,
                              starts=NOW, before=None),
    }  # fmt: skip
    at = NOW.isoformat(timespec="seconds")
    assert (
        len(agenda_changes.since(conn, at)),
        len(agenda_changes.since(conn, "2026-11-20T08:59:59+00:00")),
    ) == (0, 4)
    agenda_changes.note(conn, "f", {}, {}, NOW + 60 * DAY)
    assert len(agenda_changes.since(conn, "")) == 4
    agenda_changes.note(conn, "f", {}, {}, NOW + 60 * DAY + SECOND)
    assert agenda_changes.since(conn, "") == ()


# Messages to deliver.


def test_a_message_is_sent_by_one_process_and_settled_as_it_went(conn: sqlite3.Connection) -> None:
    def at(minutes: int) -> str:
        return (NOW + minutes * MINUTE).isoformat(timespec="seconds")

    added = [
        outbox.put(conn, channel, dedup, {"title": "é"}, at(0), state=outbox.QUEUED, about=("k1", "k2"), codes=("B-1",),
                   recipients=("a@x", "b@x"))
        for channel, dedup in (("team", "1"), ("team", "1"), ("mail", "1"), ("team", "2"))
    ]  # fmt: skip
    assert added == [True, False, True, True]
    assert conn.execute("SELECT message FROM outbox WHERE id = 1").fetchone()[0] == '{"title": "é"}'
    (first, second) = outbox.due(conn, "team", at(0))
    assert first == Parcel(
        id=first.id, dedup="1", channel="team", message={"title": "é"}, state="queued", created_at=at(0), attempts=0,
        next_at=at(0), sent_at=None, error="", about=("k1", "k2"), codes=("B-1",),
        recipients={"a@x": Recipient("waits", ""), "b@x": Recipient("waits", "")},
    )  # fmt: skip
    assert outbox.claim(conn, (first.id, second.id), "1+2", at(0), at(5))
    assert not outbox.claim(conn, (second.id,), "2", at(4), at(9)), "another process has it"
    assert outbox.due(conn, "team", at(4)) == []
    sent = outbox.get(conn, first.id)
    assert sent is not None
    assert (sent.sent_as, sent.claimed_until, sent.may_have_come) == ("1+2", at(5), True)
    outbox.settle(conn, first.id, at(9), "sent", attempts=9, next_at=at(9))
    assert outbox.get(conn, first.id) == sent, "the claim is another one by now"
    reached = {"a@x": Recipient("has"), "b@x": Recipient("refused", "é")}
    outbox.settle(
        conn,
        first.id,
        at(5),
        "failed",
        attempts=1,
        next_at=at(7),
        sent_at=at(1),
        error="é",
        recipients=reached,
    )
    outbox.settle(conn, second.id, at(5), "sent", attempts=1, next_at=at(7), may_have_come=True)
    settled = [outbox.get(conn, each.id) for each in (first, second)]
    assert settled == [
        replace(first, state="failed", attempts=1, next_at=at(7), sent_at=at(1), error="é", sent_as="1+2",
                recipients=reached),
        replace(second, state="sent", attempts=1, next_at=at(7), sent_as="1+2", may_have_come=True, recipients={}),
    ]  # fmt: skip
    assert settled[0] is not None
    outbox.let_go(conn, settled[0], at(8), 2)
    assert outbox.get(conn, first.id) == replace(
        settled[0], state="queued", attempts=0, next_at=at(8), error="", allowed=2,
        recipients={"a@x": Recipient("has"), "b@x": Recipient()},
    )  # fmt: skip
    assert outbox.get(conn, 99) is None


def test_the_newest_messages_are_listed_what_needs_somebody_first(conn: sqlite3.Connection) -> None:
    for n in range(201):
        state = {7: "failed", 8: "held", 9: "queued"}.get(n, "sent")
        outbox.put(conn, "team", f"{n}", {}, f"2026-11-20T09:{n % 60:02}:00+00:00", state=state)
    found = [each.dedup for each in outbox.latest(conn)]
    assert (len(found), found[:5], found[-1]) == (200, ["8", "7", "9", "200", "199"], "1")
    assert [each.dedup for each in outbox.latest(conn, 2)] == ["8", "7"]
    assert [outbox.count(conn, state) for state in ("sent", "failed", "dropped")] == [198, 1, 0]
    assert [each.dedup for each in outbox.waiting(conn, "team")] == ["8", "9"]
    assert [each.dedup for each in outbox.waiting(conn, "team", state="queued")] == ["9"]
    assert [each.dedup for each in outbox.by_other_channels(conn, ("mail", "web"))] == ["8", "9"]
    assert outbox.by_other_channels(conn, ("mail", "team")) == []
    assert set(outbox.failing(conn)) == {"team"}


# Links and files.


def test_links_are_of_what_is_in_force_and_tries_are_of_an_address(conn: sqlite3.Connection) -> None:
    stamp = Stamp(at=NOW.isoformat(), actor="claire", action="x")

    def put(table: str, prefix: str, id: str, **values: Any) -> None:
        journal.write(conn, stamp, [Put(table, id, {"name": id, **values}, prefix)])

    put("document", "DO", "a", link="https://x.test/a")
    put("document", "DO", "b", link="/home/b")
    put("document", "DO", "c", link="https://x.test/c", archived_at=stamp.at)
    put("continuity", "CP", "d", link="http://x.test/d")
    put("provider", "PR", "p")
    put("contract", "CT", "e", provider="PR-1", document="https://x.test/e")
    put("contract", "CT", "f", provider="PR-1", document="https://x.test/f", ended_on="2026-01-01")
    assert link_checks.links(conn) == (
        KnownLink("DO-1", "https://x.test/a"), KnownLink("CP-1", "http://x.test/d"), KnownLink("CT-1", "https://x.test/e"),
    )  # fmt: skip
    full = LinkCheck(
        code="DO-1", link="https://x.test/a", state=LinkState.SILENT, checked_at=NOW, ok_at=NOW - DAY,
        next_try=NOW + DAY, fails=2, error="é",
    )  # fmt: skip
    plain = LinkCheck(
        code="CP-1", link="http://x.test/old", state=LinkState.THERE, checked_at=NOW, next_try=NOW
    )
    assert plain.fails == 0
    for each in (replace(full, fails=1), full, plain):
        link_checks.save(conn, each)
    assert link_checks.checks(conn) == {"DO-1": full, "CP-1": plain}
    assert [link_checks.checks(conn, codes) for codes in ((), ("CP-1", "XX-1"))] == [{}, {"CP-1": plain}]
    link_checks.forget_others(conn, link_checks.links(conn))
    assert link_checks.checks(conn) == {"DO-1": full}


def test_files_that_may_still_grow_are_remembered_and_no_others(conn: sqlite3.Connection) -> None:
    assert inbox_files.seen(conn) == {}
    inbox_files.keep(conn, {"a": (1, 2, NOW), "é": (3, 4, NOW + DAY)})
    assert inbox_files.seen(conn) == {"a": (1, 2, NOW), "é": (3, 4, NOW + DAY)}
    inbox_files.keep(conn, {"a": (5, 6, NOW)})
    assert inbox_files.seen(conn) == {"a": (5, 6, NOW)}
