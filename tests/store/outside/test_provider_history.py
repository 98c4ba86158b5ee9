"""The past of a source is found again, and does not grow for ever."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Incident, Maintenance, ProviderStanding, StatusReading, Update
from cockpit.store.connection import connect
from cockpit.store.outside import provider_history, readings

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def conn(tmp_path: object) -> sqlite3.Connection:
    return connect(tmp_path / "cockpit.db")  # type: ignore[operator]


def read(conn: sqlite3.Connection, at: datetime, state: State, *incidents: Incident, **more: object) -> None:
    reading = StatusReading(state=state, incidents=incidents, **more)  # type: ignore[arg-type]
    settled = ProviderStanding(state=state, since=at)
    readings.save_reading(conn, "paie", reading, reported=state, settled=settled, at=at)


def failure(phase: str = "investigating", *updates: Update, start: datetime = NOW) -> Incident:
    return Incident(
        key="i1", title="Connexions lentes", impact=State.DEGRADED, phase=phase, started=start,  # type: ignore[arg-type]
        resolved=start + timedelta(hours=2) if phase == "resolved" else None, updates=updates,
    )  # fmt: skip


def test_samples_begin_with_the_state_that_held(conn: sqlite3.Connection) -> None:
    read(conn, NOW, State.OPERATIONAL)
    read(conn, NOW + timedelta(minutes=30), State.MAJOR_OUTAGE)
    found = provider_history.samples(conn, "paie", NOW + timedelta(minutes=10))
    assert found == ((NOW, State.OPERATIONAL), (NOW + timedelta(minutes=30), State.MAJOR_OUTAGE))


def test_an_incident_keeps_every_message_newest_first(conn: sqlite3.Connection) -> None:
    one = Update(key="u1", at=NOW, text="On cherche.", phase="investigating")
    two = Update(key="u2", at=NOW + timedelta(hours=1), text="Trouvé.", phase="identified")
    read(conn, NOW, State.DEGRADED, failure("investigating", one))
    read(conn, NOW + timedelta(hours=2), State.OPERATIONAL, failure("resolved", two, one))
    (found,) = provider_history.incidents(conn, "paie")
    assert [update.text for update in found.updates] == ["Trouvé.", "On cherche."]
    assert (found.closed_by, found.resolved) == ("source", NOW + timedelta(hours=2))


def test_maintenances_are_listed_by_date(conn: sqlite3.Connection) -> None:
    late = Maintenance(key="m2", title="Deux", starts=NOW + timedelta(days=2))
    soon = Maintenance(key="m1", title="Un", starts=NOW + timedelta(days=1))
    read(conn, NOW, State.OPERATIONAL, maintenances=(late, soon))
    assert [each.title for each in provider_history.maintenances(conn)] == ["Un", "Deux"]
    assert provider_history.maintenances(conn, "autre") == ()


def test_what_is_older_than_a_year_goes_and_what_is_open_stays(conn: sqlite3.Connection) -> None:
    old = NOW - timedelta(days=401)
    read(conn, old, State.DEGRADED, failure(start=old))
    provider_history.prune(conn, NOW)
    assert provider_history.samples(conn, "paie", old) == ()
    assert len(provider_history.incidents(conn, "paie")) == 1
    read(conn, old + timedelta(hours=2), State.OPERATIONAL, failure("resolved", start=old))
    provider_history.prune(conn, NOW)
    assert provider_history.incidents(conn, "paie") == ()


def test_a_past_that_is_told_takes_the_place_of_what_was_seen_and_leaves_incidents_that_are_known(
    conn: sqlite3.Connection,
) -> None:
    read(conn, NOW, State.OPERATIONAL, failure())
    known = provider_history.incidents(conn, "paie")
    before = NOW - timedelta(hours=1)
    told = Incident(key="i0", title="Avant", impact=State.DEGRADED, started=before, resolved=NOW)
    provider_history.add_past(
        conn, "paie", [(before, State.DEGRADED), (NOW, State.MAJOR_OUTAGE)], [told, failure("resolved")]
    )
    assert provider_history.samples(conn, "paie", before) == (
        (before, State.DEGRADED), (NOW, State.MAJOR_OUTAGE),
    )  # fmt: skip
    found = {each.title: each for each in provider_history.incidents(conn, "paie")}
    assert found["Connexions lentes"] == known[0]
    assert (found["Avant"].started, found["Avant"].resolved) == (before, NOW)
