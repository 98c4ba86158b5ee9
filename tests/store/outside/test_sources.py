"""What is kept of readings: the present cheaply, the past sparingly, incidents until they are over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, StatusReading, Update, settle
from cockpit.store.migrations import m027_no_last_status
from cockpit.store.outside import readings, sources
from cockpit.store.outside.sources import SourceState

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
FIRE = Incident(key="i1", title="Panne", impact=State.PARTIAL_OUTAGE, started=NOW, link="https://x.test/")
BURNING = StatusReading(state=State.PARTIAL_OUTAGE, incidents=(FIRE,), components=())
QUIET = StatusReading(
    state=State.OPERATIONAL, components=(Component(id="1", name="é", state=State.OPERATIONAL),)
)


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    opened.row_factory = sqlite3.Row
    opened.execute("PRAGMA foreign_keys = ON")
    tables = Database(opened, execute_plugins=False)
    for step in (sources.create_sources, sources.tell_moves, m027_no_last_status.step):
        step(tables)
    yield opened
    opened.close()


def save(conn: sqlite3.Connection, reading: StatusReading, minutes: int, source: str = "acme") -> None:
    at = NOW + timedelta(minutes=minutes)
    settled = settle(readings.standing(conn, source), reading.state, at)
    readings.save_reading(conn, source, reading, reported=reading.state, settled=settled, at=at)


def incident(conn: sqlite3.Connection) -> sqlite3.Row:
    row: sqlite3.Row = conn.execute("SELECT * FROM incident").fetchone()
    return row


def test_a_state_comes_back_as_it_was_saved(conn: sqlite3.Connection) -> None:
    state = SourceState(
        kind="status", key="acme", etag='W/"x"', body_sha="1", last_full=NOW, last_try=NOW, last_ok=NOW,
        next_try=NOW, fails=3, last_error="é", last_failure="server", interval_s=60,
    )  # fmt: skip
    none = sources.source_state(conn, "status", "acme")
    assert none == SourceState(kind="status", key="acme")
    assert (none.fails, none.interval_s) == (0, 0)
    sources.save_source_state(conn, state)
    sources.save_source_state(conn, replace(state, kind="agenda"))
    assert sources.source_state(conn, "status", "acme") == state
    assert sources.source_states(conn, "agenda") == {"acme": replace(state, kind="agenda")}


def test_providers_tell_the_present(conn: sqlite3.Connection) -> None:
    sources.save_source_state(conn, SourceState(kind="status", key="acme", last_ok=NOW, interval_s=60))
    sources.save_source_state(conn, SourceState(kind="status", key="never", fails=2, last_error="down"))
    later = Maintenance(key="m2", title="Later", starts=NOW + timedelta(days=2))
    soon = Maintenance(key="m1", title="Soon", starts=NOW + timedelta(days=1))
    over = Maintenance(key="m0", title="Over", phase="resolved", starts=NOW)
    save(conn, replace(BURNING, maintenances=(later, soon, over)), 0)
    acme, never = sources.providers(conn)
    assert (acme.key, acme.state, acme.since, acme.last_ok) == ("acme", State.PARTIAL_OUTAGE, NOW, NOW)
    assert acme.incidents == ("Panne",)
    assert acme.maintenance is not None
    assert acme.maintenance.title == "Soon"
    assert (never.state, never.since, never.fails, never.last_error) == (State.UNKNOWN, None, 2, "down")


def test_samples_are_kept_at_changes_and_once_an_hour(conn: sqlite3.Connection) -> None:
    for minutes in range(0, 150, 2):
        save(conn, QUIET, minutes)
    save(conn, BURNING, 151)
    rows = conn.execute("SELECT state FROM status_sample ORDER BY at").fetchall()
    assert [row["state"] for row in rows] == ["operational"] * 3 + ["partial_outage"]
    for minutes in range(0, 150, 7):
        save(conn, QUIET, minutes, "other")
    found = conn.execute("SELECT at FROM status_sample WHERE source = 'other' ORDER BY at")
    assert [row["at"][11:16] for row in found] == ["09:00", "10:03", "11:06"], "not before an hour is over"


def test_an_incident_that_vanishes_closes_after_two_good_readings(conn: sqlite3.Connection) -> None:
    save(conn, BURNING, 0)
    save(conn, QUIET, 2)
    assert incident(conn)["closed_by"] == ""
    save(conn, QUIET, 4)
    assert incident(conn)["closed_by"] == "absence"
    assert incident(conn)["resolved_at"] == "2026-11-20T09:02:00+00:00"
    save(conn, BURNING, 6)
    assert (incident(conn)["closed_by"], incident(conn)["absences"], incident(conn)["resolved_at"]) == (
        "",
        0,
        None,
    )


def test_a_repeated_document_counts_as_a_reading(conn: sqlite3.Connection) -> None:
    save(conn, BURNING, 0)
    save(conn, QUIET, 2)
    at = NOW + timedelta(minutes=4)
    settled = settle(readings.standing(conn, "acme"), State.OPERATIONAL, at)
    readings.repeat_reading(conn, "acme", settled=settled, at=at)
    assert incident(conn)["closed_by"] == "absence"
    assert readings.standing(conn, "acme") == settled
    assert settled.state is State.OPERATIONAL


def test_a_repeated_document_that_names_an_incident_keeps_it_open(conn: sqlite3.Connection) -> None:
    save(conn, BURNING, 0)
    for minutes in (2, 4, 6):
        at = NOW + timedelta(minutes=minutes)
        settled = settle(readings.standing(conn, "acme"), State.PARTIAL_OUTAGE, at)
        readings.repeat_reading(conn, "acme", settled=settled, at=at)
    assert incident(conn)["closed_by"] == ""


@pytest.mark.parametrize("blind", [replace(QUIET, complete=False), replace(QUIET, readable=False)])
def test_absence_from_a_bad_reading_proves_nothing(conn: sqlite3.Connection, blind: StatusReading) -> None:
    save(conn, BURNING, 0)
    for minutes in (2, 4, 6):
        save(conn, blind, minutes)
    assert incident(conn)["closed_by"] == ""


def test_a_resolved_incident_closes_by_the_source(conn: sqlite3.Connection) -> None:
    save(conn, BURNING, 0)
    over = replace(FIRE, phase="resolved", resolved=NOW + timedelta(minutes=9))
    save(conn, replace(QUIET, incidents=(over,)), 10)
    assert (incident(conn)["closed_by"], incident(conn)["resolved_at"]) == (
        "source",
        "2026-11-20T09:09:00+00:00",
    )


def test_history_that_was_over_before_is_not_ours(conn: sqlite3.Connection) -> None:
    save(conn, replace(QUIET, incidents=(replace(FIRE, phase="resolved"),)), 0)
    assert incident(conn) is None


def test_every_update_is_kept_once(conn: sqlite3.Connection) -> None:
    first, second = Update(key="", at=NOW, text="Hm."), Update(key="u2", at=NOW, text="Found.")
    for updates in ((first,), (first, second), (second,)):
        save(conn, replace(BURNING, incidents=(replace(FIRE, updates=updates),)), 0)
    texts = {row["text"] for row in conn.execute("SELECT text FROM incident_update")}
    assert texts == {"Hm.", "Found."}
    assert conn.execute("SELECT count(*) FROM incident_update").fetchone()[0] == 2


def test_components_of_the_last_good_reading_stay(conn: sqlite3.Connection) -> None:
    save(conn, QUIET, 0)
    save(conn, StatusReading(state=State.UNKNOWN, readable=False, warnings=("no",)), 2)
    last = readings.last_reading(conn, "acme")
    assert last is not None
    assert (last.components, last.warnings) == (QUIET.components, ("no",))
    assert readings.reported(conn, "acme") is State.UNKNOWN


def test_a_reading_is_all_or_nothing(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TRIGGER no BEFORE INSERT ON incident BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(sqlite3.IntegrityError):
        save(conn, BURNING, 0)
    assert readings.standing(conn, "acme") is None
    assert conn.execute("SELECT count(*) FROM status_sample").fetchone()[0] == 0


def test_the_changes_of_what_a_source_showed_are_told_by_source_in_order(conn: sqlite3.Connection) -> None:
    # A trouble is shown at once, its end at the second reading that says so.
    for minutes, reading in ((0, QUIET), (10, QUIET), (20, BURNING), (40, QUIET), (45, QUIET), (90, BURNING)):
        save(conn, reading, minutes)
    save(conn, BURNING, 5, "other")
    save(conn, QUIET, 30, "steady")

    def minutes_of(since: int) -> dict[str, list[int]]:
        found = readings.recent_changes(conn, NOW + timedelta(minutes=since))
        return {source: [(at - NOW) // timedelta(minutes=1) for at in ats] for source, ats in found.items()}

    assert minutes_of(0) == {"acme": [20, 45, 90]}
    assert minutes_of(20) == {"acme": [45, 90]}, "of the first one that is looked at nothing is known before"
    assert minutes_of(91) == {}
