"""What is remembered beside the journal: a review and a form that were left, a live meeting, scores of weeks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cockpit.domain.signals.score import Evidence, GaugeName, ScoreProof, SignalScore, SignalState
from cockpit.store import journal
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.store.state import jobs, live, reviews, scores
from cockpit.store.state.live import LiveEvent, MeetingOvertaken
from cockpit.store.state.scores import Kept

AT = "2026-11-23T08:00:00+00:00"
WEEK = date(2026, 11, 16)


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(tmp_path / "a.db")
    yield opened
    opened.close()


def stamp(minute: int = 0, actor: str = "claire", action: str = "x") -> Stamp:
    return Stamp(at=f"2026-11-23T08:{minute:02}:00+00:00", actor=actor, action=action)


def test_a_review_is_left_with_what_was_seen_and_forgotten_by_its_person_alone(
    conn: sqlite3.Connection,
) -> None:
    assert reviews.state(conn, "ana") == ""
    for who in ("ana", "ben"):
        assert reviews.keep_state(conn, who, "step 1", AT)
        assert reviews.keep_state(conn, who, "step 2", AT)
        reviews.mark(conn, who, [("b-1", 3), ("b-2", 4), ("b-1", 5)])
    reviews.unmark(conn, "ana", "b-2")
    assert (reviews.state(conn, "ana"), reviews.seen(conn, "ana")) == ("step 2", {"b-1": 5})
    reviews.forget(conn, "ana")
    assert (reviews.state(conn, "ana"), reviews.seen(conn, "ana")) == ("", {})
    assert (reviews.state(conn, "ben"), reviews.seen(conn, "ben")) == ("step 2", {"b-1": 5, "b-2": 4})


def test_what_cannot_be_kept_at_once_waits_for_nobody(conn: sqlite3.Connection, tmp_path: Path) -> None:
    other = connect(tmp_path / "a.db")
    other.execute("BEGIN IMMEDIATE")
    patience = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    assert patience > 0
    assert not reviews.keep_state(conn, "ana", "step 1", AT)
    assert not jobs.keep(conn, "ana", "audit", "row 1", AT)
    assert conn.execute("PRAGMA busy_timeout").fetchone()[0] == patience, "who comes after waits as before"
    other.execute("ROLLBACK")
    other.close()


def test_the_entries_that_tell_make_or_take_away_a_record_or_change_a_field(conn: sqlite3.Connection) -> None:
    journal.write(
        conn,
        stamp(1),
        [Put("blocker", "b", {"title": "VPN"}, "B"), Put("person", "p", {"name": "Ana"}, "PE")],
    )
    journal.write(conn, stamp(2), [Put("blocker", "b", {"note": "x"})])
    journal.write(conn, stamp(3, action="edit"), [Put("blocker", "b", {"severity": "p1"})])
    journal.write(conn, stamp(4, "cockpit"), [Put("person", "p", {"role": "x"})])
    journal.write(conn, stamp(5, "ben"), [Put("person", "p", {"role": "y"})])

    def told(after: int) -> list[int]:
        return [row["seq"] for row in reviews.telling(conn, after, ["blocker"], ["severity", "level"])]

    assert (told(0), told(1), told(4)) == ([1, 4], [4], [])
    (made, changed) = reviews.telling(conn, 0, ["blocker", "decision"], ["severity"])
    assert (made["before"], changed["after"], changed["actor"]) == (None, {"severity": "p1"}, "claire")

    def others(after: int, *but: str) -> list[int]:
        return [row["seq"] for row in reviews.others(conn, after, but, "cockpit")]

    assert (others(0, "blocker", "decision"), others(2, "blocker"), others(0)) == (
        [2, 6],
        [6],
        [1, 2, 3, 4, 6],
    )
    # One line a batch, by its first record, the newest first.
    assert reviews.deeds(conn, "claire", 0) == [
        (4, "edit", "B-1", None),
        (3, "x", "B-1", None),
        (1, "x", "B-1", None),
    ]
    assert reviews.deeds(conn, "claire", 3) == [(4, "edit", "B-1", None)]


def test_a_form_that_ended_leaves_its_last_state_beside_what_it_made(conn: sqlite3.Connection) -> None:
    assert (jobs.state(conn, "ana", "audit"), jobs.ended(conn, "ana", "audit")) == ("", ("", ""))
    for who, job in (("ana", "audit"), ("ana", "level"), ("ben", "audit")):
        assert jobs.keep(conn, who, job, "row 1", AT)
        assert jobs.keep(conn, who, job, "row 2", AT)
    jobs.end(conn, "ana", "audit", ("AU-1", "row 2\nand more"), AT)
    assert jobs.state(conn, "ana", "audit") == ""
    assert jobs.ended(conn, "ana", "audit") == ("AU-1", "row 2\nand more")
    assert (jobs.state(conn, "ana", "level"), jobs.state(conn, "ben", "audit")) == ("row 2", "row 2")
    jobs.end(conn, "ana", "audit", ("AU-2", ""), AT)
    assert jobs.ended(conn, "ana", "audit") == ("AU-2", "")


def test_the_events_of_a_meeting_come_one_after_the_other_in_the_letters_they_have(
    conn: sqlite3.Connection,
) -> None:
    assert live.last(conn, "RO-1") == 0
    live.append(conn, "RO-1", 1, at=AT, kind="note", data={"text": "Écarts"})
    live.append(conn, "RO-1", 2, at=AT, kind="roti", data={"value": 4})
    live.append(conn, "RO-2", 1, at=AT, kind="roti", data={"value": 5})
    for late in (1, 2):
        with pytest.raises(MeetingOvertaken):
            live.append(conn, "RO-1", late, at=AT, kind="note", data={})
    assert "Écarts" in conn.execute("SELECT data FROM live_event").fetchone()["data"], (
        "whoever looks for it finds it"
    )
    live.forget(conn, "RO-1", "roti")
    assert live.read(conn, "RO-1") == [LiveEvent(1, AT, "note", {"text": "Écarts"})]
    assert (live.last(conn, "RO-1"), live.last(conn, "RO-2")) == (1, 1)


def kept(subject: str, state: SignalState = SignalState.WATCH, signal: str = "S1", **more: object) -> Kept:
    proof = ScoreProof(
        figures={"sure": 1.5}, rows=(Evidence("B-1", 2.0, "late"), Evidence("B-2")), missing="x"
    )
    score = SignalScore(
        signal=signal, subject=subject, week=WEEK, value=1.5, threshold=2.0, n=3, state=state, proof=proof
    )
    given = {"raised": WEEK, "is_whole": True, "conf": 1, "at": AT, **more}
    return Kept(score, **given)  # type: ignore[arg-type]


def test_scores_of_a_week_come_back_as_they_were_up_to_a_level(conn: sqlite3.Connection) -> None:
    given = (
        kept("PR-1"),
        kept("PR-2", SignalState.DANGER, raised=None, conf=2),
        kept("", signal=GaugeName.STEERING),
    )
    scores.save(conn, WEEK, [kept("old")])
    scores.save(conn, WEEK, given)
    assert set_of(scores.of_week(conn, WEEK, 3)) == set_of(given)
    assert {each.score.subject for each in scores.of_week(conn, WEEK, 1)} == {"PR-1", ""}
    assert (scores.held_back(conn, WEEK, 1), scores.held_back(conn, WEEK, 2)) == (1, 0)
    short = {each.score.subject: each.score.proof.rows for each in scores.of_week(conn, WEEK, 1, whole=False)}
    assert short == {"PR-1": (), "": given[2].score.proof.rows}, "of a gauge its signals stay"


def set_of(found: tuple[Kept, ...]) -> dict[str, Kept]:
    return {each.score.subject: each for each in found}


def test_the_last_weeks_are_told_in_order_and_those_to_come_are_forgotten(conn: sqlite3.Connection) -> None:
    assert scores.last_week(conn) is None
    weeks = [WEEK + timedelta(weeks=n) for n in range(-2, 2)]
    for n, week in enumerate(weeks):
        each = kept("PR-1", SignalState.DANGER if n == 3 else SignalState.WATCH, is_whole=n < 2)
        score = SignalScore(signal="S1", subject="PR-1", week=week, value=float(n), state=each.score.state)
        scores.save(conn, week, [Kept(score, WEEK, n < 2, 1, AT)])
    assert (scores.last_week(conn), scores.last_week(conn, whole=True)) == (weeks[3], weeks[1])
    assert scores.in_danger(conn, 1) == {("S1", "PR-1")}
    assert scores.in_danger(conn, 0) == frozenset()
    past = scores.history(conn, ("S1", "PR-1"), WEEK, weeks=2, level=1)
    assert [each.score.week for each in past] == [weeks[1], weeks[2]]
    assert scores.trends(conn, weeks[1], weeks[2], 1) == {
        ("S1", "PR-1"): {str(weeks[1]): 1.0, str(weeks[2]): 2.0}
    }
    assert scores.forget_after(conn, WEEK) == 1
    assert scores.forget_after(conn, WEEK) == 0
    assert scores.last_week(conn) == WEEK
    assert scores.in_danger(conn, 1) == frozenset()
