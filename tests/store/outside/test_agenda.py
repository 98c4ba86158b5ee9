"""The tables of agendas: what is read back, by which index, and what is never stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from cockpit.domain.agenda.events import ALL_DAY, FLOATING, TIMED, UNFINISHED, EventCard, Issue, Span
from cockpit.store.outside import agenda, agenda_blocks
from cockpit.store.outside.agenda import FeedState
from cockpit.store.outside.agenda_blocks import BlockRow

DAY = 86_400
NOON = int(datetime(2026, 3, 5, 12, tzinfo=UTC).timestamp())


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        agenda.create_agenda(Database(connection))
        agenda.date_doubts(Database(connection))
        agenda.tell_private(Database(connection))
        yield connection


def add(conn: sqlite3.Connection, name: str, *spans: Span, feed: str = "f", title: str = "") -> int:
    row = BlockRow(hash=name.encode(), uid=name, rid="", recurring=False, lo=0, hi=None, raw=b"")
    block = agenda_blocks.add_blocks(conn, feed, [row])[row.hash]
    agenda_blocks.put_cards(conn, [(block, "", EventCard(title=title or name, attendees=("A", "B")))])
    agenda_blocks.add_instances(conn, [(block, span) for span in spans])
    return block


def uids(conn: sqlite3.Connection, lo: int, hi: int, hidden: frozenset[str] = frozenset()) -> list[str]:
    return sorted(found.uid for found in agenda.occurrences(conn, (lo, hi), (lo, hi), hidden))


spans = st.builds(
    lambda kind, start, length: Span(kind, NOON + start, NOON + start + length),
    st.sampled_from([TIMED, FLOATING]),
    st.integers(-20 * DAY, 20 * DAY),
    st.one_of(st.integers(0, 3 * 3600), st.integers(0, 30 * DAY)),
)


@given(
    st.lists(spans, max_size=8, unique_by=lambda span: span.starts), st.integers(-10, 10), st.integers(1, 5)
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_range_gives_exactly_what_touches_it_however_long(
    conn: sqlite3.Connection, stored: list[Span], first: int, days: int
) -> None:
    for table in ("agenda_occurrence", "agenda_block"):
        conn.execute(f"DELETE FROM {table}")
    for n, span in enumerate(stored):
        add(conn, str(n), span)
    lo, hi = NOON + first * DAY, NOON + (first + days) * DAY
    expected = [str(n) for n, span in enumerate(stored) if span.starts < hi and span.ends >= lo]
    assert uids(conn, lo, hi) == sorted(expected)


def test_dates_and_instants_have_their_own_bounds(conn: sqlite3.Connection) -> None:
    midnight = NOON - 12 * 3600
    add(conn, "day", Span(ALL_DAY, midnight, midnight + DAY))
    add(conn, "late", Span(TIMED, midnight - 1800, midnight - 60))
    paris = midnight - 3600
    found = agenda.occurrences(conn, (paris, paris + DAY), (midnight, midnight + DAY))
    assert {occurrence.uid for occurrence in found} == {"day", "late"}


@pytest.mark.parametrize("wall_before", [3600, -3600], ids=["walls first", "instants first"])
def test_what_lasts_long_or_begins_late_is_found_where_dates_and_instants_differ(
    conn: sqlite3.Connection, wall_before: int
) -> None:
    """By the earlier of the two beginnings and the later of the two ends."""
    lo, hi = NOON, NOON + DAY
    instants, walls = (lo, hi), (lo - wall_before, hi - wall_before)
    early, late = (FLOATING, TIMED) if wall_before > 0 else (TIMED, FLOATING)
    begin, end = min(lo, walls[0]), max(hi, walls[1])
    add(conn, "long", Span(early, begin - agenda._LONG + 60, begin + 60))
    add(conn, "longer", Span(early, begin - agenda._LONG - 60, begin))
    add(conn, "late", Span(late, end - 60, end))
    found = agenda.occurrences(conn, instants, walls)
    assert {occurrence.uid for occurrence in found} == {"long", "longer", "late"}


def test_a_range_is_read_by_index_alone(conn: sqlite3.Connection) -> None:
    bounds = dict.fromkeys(("from", "to", "wall_from", "wall_to", "first", "last"), 0)
    plan = [row["detail"] for row in conn.execute("EXPLAIN QUERY PLAN " + agenda._NEAR_AND_FAR, bounds)]
    assert not [step for step in plan if step.startswith("SCAN")], plan
    assert any("agenda_occurrence_long" in step for step in plan), plan


def test_hidden_feeds_are_left_out(conn: sqlite3.Connection) -> None:
    add(conn, "a", Span(TIMED, NOON, NOON + 60), feed="mine")
    add(conn, "b", Span(TIMED, NOON, NOON + 60), feed="theirs")
    assert uids(conn, NOON - 1, NOON + 1, frozenset({"theirs"})) == ["a"]


def test_the_last_meeting_with_somebody_is_timed_is_over_and_was_held(conn: sqlite3.Connection) -> None:
    def last(*names: str) -> str | None:
        found = agenda.last_meeting(conn, names, datetime.fromtimestamp(NOON, UTC))
        return found[1] if found else None

    add(conn, "old", Span(TIMED, NOON - 2 * DAY, NOON - 2 * DAY + 60), title="Point with Anne")
    add(conn, "new", Span(TIMED, NOON - DAY, NOON - DAY + 60), title="Anne again")
    add(conn, "next", Span(TIMED, NOON, NOON + 60), title="Anne, to come")
    add(conn, "day", Span(ALL_DAY, NOON - 60, NOON), title="Anne is away")
    block = add(conn, "off", Span(TIMED, NOON - 60, NOON), title="Anne, cancelled")
    conn.execute("UPDATE agenda_block SET status = 'cancelled' WHERE id = ?", (block,))
    assert last("Anne") == "Anne again"
    assert last("Nobody", "anne") == "Anne again"
    assert last("A") is not None, "who attends counts"
    assert [last(), last(" "), last("Nobody"), last("An_e"), last("%")] == [
        None,
        None,
        None,
        None,
        "Anne again",
    ]


def test_what_a_card_says_comes_back(conn: sqlite3.Connection) -> None:
    add(conn, "a", Span(TIMED, NOON, NOON + 60), title="Board [/] ünï")
    (found,) = agenda.occurrences(conn, (NOON, NOON + 1), (NOON, NOON + 1))
    assert (found.title, found.attendees) == ("Board [/] ünï", ("A", "B"))
    assert found.start == datetime.fromtimestamp(NOON, UTC)


def test_a_forgotten_event_leaves_its_past_and_a_replaced_one_nothing(conn: sqlite3.Connection) -> None:
    past, future = Span(TIMED, NOON - 60, NOON), Span(TIMED, NOON + 60, NOON + 120)
    kept = add(conn, "kept", past, future)
    gone = add(conn, "gone", past, future)
    never = add(conn, "never", future)
    agenda_blocks.forget_blocks(
        conn,
        [kept, gone, never],
        before=NOON,
        gone_at="2026-03-05T12:00:00+00:00",
        keep=frozenset({kept, never}),
    )
    assert uids(conn, NOON - DAY, NOON + DAY) == ["kept"]
    assert conn.execute("SELECT uid, gone_at FROM agenda_block").fetchall()[0]["gone_at"] is not None
    assert agenda_blocks.known_blocks(conn, "f") == {}


def test_history_that_a_feed_names_again_is_not_told_twice(conn: sqlite3.Connection) -> None:
    past = Span(TIMED, NOON - 60, NOON)
    old = add(conn, "old", past, title="Board")
    agenda_blocks.forget_blocks(conn, [old], before=NOON, gone_at="now", keep=frozenset({old}))
    add(conn, "new", past, title="Board")
    agenda_blocks.drop_history_seen_again(conn, "f")
    assert uids(conn, NOON - DAY, NOON + DAY) == ["new"]


def test_a_feed_is_remembered_with_one_more_revision_each_time(conn: sqlite3.Connection) -> None:
    none = agenda.feed_state(conn, "f")
    assert none == FeedState(feed="f")
    assert (none.revision, none.events, none.repairs) == (0, 0, 0)
    agenda.put_feed(conn, FeedState(feed="f", events=3))
    agenda.put_feed(conn, agenda.feed_state(conn, "f"))
    assert agenda.feed_state(conn, "f") == FeedState(feed="f", events=3, revision=2)
    assert agenda.feeds(conn) == ("f",)


def test_repairs_are_replaced_by_event(conn: sqlite3.Connection) -> None:
    agenda.put_issues(conn, "f", [""], [Issue("", "x", "cut"), Issue("a", "y", "bad")])
    assert agenda.put_issues(conn, "f", ["", "b"], [Issue("b", "z", "bad")]) == 2
    assert agenda.issues(conn, "f") == (Issue("a", "y", "bad"), Issue("b", "z", "bad"))


def test_what_is_to_be_known_of_a_feed_as_a_whole_is_no_repair(conn: sqlite3.Connection) -> None:
    assert agenda.remarks(conn, "f") == ()
    told = [
        Issue("a", "x", UNFINISHED),
        Issue("a", "y", UNFINISHED),
        Issue("b", "z", "bad"),
        Issue("", "", "cut"),
    ]
    assert agenda.put_issues(conn, "f", [], told) == 1
    assert agenda.uids_unfinished(conn, "f") == ["a"]
    assert agenda.remarks(conn, "f") == (UNFINISHED, "cut")
    assert agenda.issues(conn, "f") == (told[2],)
    assert (agenda.uids_unfinished(conn, "g"), agenda.remarks(conn, "g")) == ([], ())


def test_tables_are_strict_and_have_no_place_for_an_address(conn: sqlite3.Connection) -> None:
    tables = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {row["name"] for row in tables} == {
        "agenda_feed", "agenda_block", "agenda_occurrence", "agenda_window", "agenda_issue",
    }  # fmt: skip
    for row in tables:
        assert "STRICT" in row["sql"]
        columns = {column["name"] for column in conn.execute(f"PRAGMA table_info({row['name']})")}
        assert not columns & {"url", "address", "user", "password", "token", "secret"}
