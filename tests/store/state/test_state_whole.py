"""What the program keeps beside the journal, held whole: drafts, alerts, leases, drills, heat, scores, slates."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.signals.score import Evidence, GaugeName, ScoreProof, SignalScore, SignalState
from cockpit.store import full_text, journal
from cockpit.store.connection import (
    SCHEMA_VERSION,
    Damaged,
    Gone,
    HeldElsewhere,
    TooNew,
    Unproven,
    Unreachable,
    backup_name,
    backups_of,
    connect,
    copy_to,
    data_version,
    head_in,
    integrity_errors,
    place_of,
    restore_note,
    schema_of,
    superseded,
)
from cockpit.store.journal import Put, Stamp
from cockpit.store.records import instant
from cockpit.store.register_table import create_register
from cockpit.store.state import (
    alert_log,
    closed_reports,
    drafts,
    heat,
    jobs,
    lease,
    live,
    memos,
    restore_drills,
    reviews,
    scores,
    typed,
)
from cockpit.store.state.alert_log import EndedTrouble, KnownAlert, Over, Raised
from cockpit.store.state.drafts import WaitingLine
from cockpit.store.state.lease import Lease
from cockpit.store.state.live import LiveEvent, MeetingOvertaken
from cockpit.store.state.restore_drills import BACKUP, REPLICA, Tried
from cockpit.store.state.scores import Kept
from cockpit.store.state.typed import TypedLine
from cockpit.store.tables import tables
from cockpit.store.transaction import transaction

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86_400))


def at(minutes: int) -> str:
    return instant(NOW + minutes * MINUTE)


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / "a.db")) as opened:
        yield opened


# Drafts.


def test_what_is_typed_at_a_place_is_kept_of_each_person(conn: sqlite3.Connection) -> None:
    assert (drafts.get(conn, "p"), drafts.begun(conn, "p"), drafts.offer(conn, "p")) == ("", "", "")
    drafts.keep(conn, "p", "one", at(1))
    drafts.keep(conn, "p", "one more", at(2))
    drafts.keep(conn, "p", "hers", at(3), "Ana")
    assert (drafts.get(conn, "p"), drafts.begun(conn, "p")) == ("one more", at(1)), "since it was begun"
    assert (drafts.get(conn, "p", "Ana"), drafts.begun(conn, "p", "Ana"), drafts.get(conn, "q")) == (
        "hers",
        at(3),
        "",
    )
    drafts.keep(conn, "p", "", at(4))
    assert (drafts.get(conn, "p"), drafts.get(conn, "p", "Ana")) == ("", "hers")


def test_a_line_that_was_refused_waits_beside_what_is_typed(conn: sqlite3.Connection) -> None:
    drafts.keep(conn, "p", "typed", at(1))
    for minute, text in ((3, "typed"), (4, "typed on"), (5, "b"), (6, "a"), (6, "b")):
        drafts.leave(conn, "p", text, at(minute))
    drafts.leave(conn, "p", "hers", at(7), "Ana")
    drafts.leave(conn, "q", "else", at(2))
    assert drafts.get(conn, "p") == "typed on", "what goes on from what stands there takes its place"
    key = drafts.waiting_key("p", "b")
    assert (key, len(key), drafts.is_waiting(key), drafts.is_waiting("p")) == (
        drafts.waiting_key("p", "b"),
        14,
        True,
        False,
    )
    assert key != drafts.waiting_key("p", "a")
    assert drafts.waiting(conn, "p") == [
        WaitingLine(key, "b", at(5)),
        WaitingLine(drafts.waiting_key("p", "a"), "a", at(6)),
    ]
    drafts.set_aside(conn, "q")
    drafts.set_aside(conn, "empty")
    assert [line.text for line in drafts.waiting(conn)] == ["else", "b", "a"]
    assert [line.text for line in drafts.waiting(conn, "q")] == ["else"]
    assert drafts.waiting(conn, who="Ana") == []
    assert drafts.offer(conn, "p") == "typed on"
    drafts.drop(conn, "p")
    assert drafts.offer(conn, "p") == "b", "the oldest, which is then the one that is typed"
    assert (drafts.get(conn, "p"), [line.text for line in drafts.waiting(conn, "p")]) == ("b", ["a"])


def test_what_was_taken_after_all_waits_no_more(conn: sqlite3.Connection) -> None:
    drafts.keep(conn, "p", "x", at(1))
    drafts.keep(conn, drafts.waiting_key("p", "x"), "x", at(1))
    drafts.keep(conn, drafts.waiting_key("p", "y"), "y", at(1))
    drafts.keep(conn, "q", "x", at(1))
    changes = conn.total_changes
    drafts.forget(conn, "p", "never typed")
    assert conn.total_changes == changes
    drafts.forget(conn, "p", "x")
    assert (drafts.get(conn, "p"), [line.text for line in drafts.waiting(conn)], drafts.get(conn, "q")) == (
        "",
        ["y"],
        "x",
    )


def test_what_screens_that_were_killed_left_are_drafts(conn: sqlite3.Connection, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    assert typed.folder(database) == tmp_path / "a.db.typing"
    lines = {"p": TypedLine("é", at(1)), "q": TypedLine("two", at(2))}
    assert json.loads(typed.said("Ana", lines)) == [["Ana", "p", "é", at(1)], ["Ana", "q", "two", at(2)]]
    typed.folder(database).mkdir()
    for n, written in enumerate(
        [typed.said("Ana", lines), "not JSON", "", "[[1]]", '[["", "p", "mine", "t"]]', "7"]
    ):
        (typed.folder(database) / f"99999{n}").write_text(f"{written}\n", encoding="utf-8")
    typed.take_in(conn, database)
    assert [drafts.get(conn, place, "Ana") for place in "pq"] == ["é", "two"]
    assert (drafts.get(conn, "p"), drafts.begun(conn, "p", "Ana")) == ("mine", at(1))


# Alerts that were told.


def raised(key: str, weight: int = 1000, **said: str) -> Raised:
    return Raised(key, said.get("kind", "old"), weight, said.get("subject", key), said.get("target", "B-1"))


def test_an_alert_is_known_since_it_was_raised_and_told_again_when_it_is_worse(
    conn: sqlite3.Connection,
) -> None:
    assert alert_log.update(conn, at(1), [raised("a"), raised("b"), raised("a")]) == (
        {"a": KnownAlert("a", at(1), None, 0), "b": KnownAlert("b", at(1), None, 0)}, [],
    )  # fmt: skip
    alert_log.told(conn, ["a"], at(2))
    seen = []
    for minute, weight in ((3, 1000), (4, 999), (5, 999), (6, 1001), (7, 1001)):
        known, _over = alert_log.update(conn, at(minute), [raised("a", weight)])
        seen.append((known["a"].first_at, known["a"].told_at, known["a"].times))
    assert seen == [(at(1), at(2), 1)] * 3 + [(at(1), None, 1)] * 2
    assert alert_log.first_raised(conn) == {"a": at(1)}
    alert_log.told(conn, ["a", "b"], at(8))
    assert alert_log.update(conn, at(9), []) == ({}, ["a"])
    assert alert_log.update(conn, at(10), []) == ({}, []), "it is over once"
    known, over = alert_log.update(conn, at(11), [raised("a", subject="new", kind="late")])
    assert (known, over) == ({"a": KnownAlert("a", at(11), None, 2)}, [])
    row = conn.execute("SELECT kind, subject, last_at, over_at, level FROM alert WHERE key = 'a'").fetchone()
    assert tuple(row) == ("late", "new", at(11), None, 1000)


def test_what_is_over_is_told_by_when_it_ended(conn: sqlite3.Connection) -> None:
    for minute, key, weight, subject in (
        (1, "a", 1000, "A"),
        (2, "b", 999, "B"),
        (3, "c", 2000, "C"),
        (4, "d", 1000, ""),
    ):
        alert_log.update(conn, at(0), [raised(key, weight, subject=subject, kind=f"k{key}")])
        alert_log.update(conn, at(minute), [])
    alert_log.update(conn, at(0), [raised("z", 1000, kind="ka")])
    conn.execute("UPDATE alert SET over_at = ? WHERE key = 'z'", (at(3),))
    assert alert_log.over_since(conn, at(1), 1000, 9) == (
        Over("c", "kc", "B-1", "C", NOW + 3 * MINUTE), Over("z", "ka", "B-1", "z", NOW + 3 * MINUTE),
        Over("a", "ka", "B-1", "A", NOW + MINUTE),
    )  # fmt: skip
    assert [each.key for each in alert_log.over_since(conn, at(2), 1000, 1)] == ["c"]
    assert alert_log.ended(conn, ("ka", "kb"), at(1)) == (
        EndedTrouble("a", "ka", "B-1", "A", 1000, at(0), at(1)), EndedTrouble("b", "kb", "B-1", "B", 999, at(0), at(2)),
        EndedTrouble("z", "ka", "B-1", "z", 1000, at(0), at(3)),
    )  # fmt: skip
    assert [each.key for each in alert_log.ended(conn, ("ka", "kb"), at(2))] == ["b", "z"]
    alert_log.prune(conn, at(3))
    assert [each.key for each in alert_log.ended(conn, ("ka", "kb", "kc", "kd"), at(0))] == ["c", "z", "d"]


# Who has the file open.


def held(conn: sqlite3.Connection, **said: Any) -> Lease:
    told = {
        "host": lease.host(),
        "machine": lease.machine(),
        "pid": os.getpid(),
        "since": NOW,
        "renewed": NOW,
        **said,
    }
    memos.put(
        conn,
        "lease",
        json.dumps({name: instant(v) if isinstance(v, datetime) else v for name, v in told.items()}),
    )
    return Lease(**told)


@pytest.mark.parametrize(
    ("mine", "theirs", "ours"),
    [
        (("a", "1"), ("a", "1"), True), (("b", "1"), ("a", "1"), True), (("a", "2"), ("a", "1"), False),
        (("a", ""), ("a", "1"), True), (("b", ""), ("a", "1"), False), (("0", ""), ("a", "1"), False),
        (("a", "1"), ("a", ""), True),
        (("b", "1"), ("a", ""), False), (("a", ""), ("a", ""), True),
    ],
)  # fmt: skip
def test_a_host_is_known_by_its_machine_and_else_by_its_name(
    mine: tuple[str, str], theirs: tuple[str, str], ours: bool
) -> None:
    known = Lease(host=theirs[0], machine=theirs[1], pid=1, since=NOW, renewed=NOW)
    assert known.is_ours(*mine) is ours


def test_a_lease_of_another_host_counts_for_ten_minutes(conn: sqlite3.Connection) -> None:
    assert (lease.read(conn), lease.elsewhere(conn, NOW)) == (None, None)
    theirs = held(conn, host="other", machine="another machine", pid=7)
    assert lease.read(conn) == theirs
    kept = [
        lease.elsewhere(conn, NOW + span) for span in (-HOUR, timedelta(), 10 * MINUTE, 10 * MINUTE + SECOND)
    ]
    assert kept == [theirs, theirs, theirs, None]
    ours = held(conn)
    assert (lease.read(conn), lease.elsewhere(conn, NOW)) == (ours, None)


def test_a_lease_is_said_again_every_two_minutes_and_since_when(conn: sqlite3.Connection) -> None:
    lease.hold(conn, NOW)
    assert lease.read(conn) == Lease(
        host=lease.host(), machine=lease.machine(), pid=os.getpid(), since=NOW, renewed=NOW
    )
    seen = []
    for span in (
        SECOND,
        2 * MINUTE - SECOND,
        2 * MINUTE,
        3 * MINUTE,
        5 * MINUTE,
        timedelta(),
        2 * MINUTE - SECOND,
    ):
        lease.hold(conn, NOW + span)
        found = lease.read(conn)
        assert found is not None
        seen.append((found.since - NOW, found.renewed - NOW))
    none = timedelta()
    assert seen == [
        (none, none),
        (none, none),
        (none, 2 * MINUTE),
        (none, 2 * MINUTE),
        (none, 5 * MINUTE),
        (none, none),
        (none, none),
    ]
    held(conn, host="other", machine="another machine", since=NOW - DAY)
    lease.hold(conn, NOW + SECOND)
    taken = lease.read(conn)
    assert taken is not None
    assert (taken.host, taken.since, taken.renewed) == (lease.host(), NOW + SECOND, NOW + SECOND)


def test_only_who_holds_it_lets_it_go(conn: sqlite3.Connection) -> None:
    lease.let_go(conn)
    for said, stays in (
        ({"pid": os.getpid() + 1}, True),
        ({"pid": 1}, True),
        ({"host": "o", "machine": "m"}, True),
        ({}, False),
    ):
        held(conn, **said)
        lease.let_go(conn)
        assert (lease.read(conn) is not None) is stays
    held(conn, host="o", machine="m")
    lease.clear(conn)
    assert lease.read(conn) is None
    memos.put(conn, "lease", '{"host": "x"}')
    assert lease.read(conn) is None
    assert lease.host() == platform.node()
    known = Path("/etc/machine-id")
    assert lease.machine() == (known.read_text(encoding="ascii")[:12].strip() if known.exists() else "")


# Drills, reports, heat.


def tried(minutes: int, kind: str = BACKUP, fault: str = "") -> Tried:
    return Tried(NOW + minutes * MINUTE, kind, minutes, 1, 2, 3.5, fault)


def test_what_drills_found_is_kept_of_sixty_of_them(conn: sqlite3.Connection) -> None:
    assert (restore_drills.last(conn), restore_drills.every(conn), restore_drills.last_good(conn)) == (
        (),
        (),
        None,
    )
    restore_drills.add(conn, [tried(1, REPLICA), tried(1)])
    restore_drills.add(conn, [tried(2, fault="damaged")])
    assert restore_drills.last(conn) == (tried(2, fault="damaged"),)
    assert restore_drills.last_good(conn) == NOW + MINUTE
    assert restore_drills.every(conn) == (tried(2, fault="damaged"), tried(1), tried(1, REPLICA))
    restore_drills.add(conn, [tried(2, REPLICA), tried(2)])
    assert restore_drills.last(conn) == (tried(2), tried(2, REPLICA)), "said again of the same moment"
    for n in range(3, 66):
        restore_drills.add(conn, [tried(n)])
    kept = restore_drills.every(conn)
    assert (len(kept), kept[0], kept[-1]) == (60, tried(65), tried(6))


def test_a_closed_month_is_kept_for_each_level(conn: sqlite3.Connection) -> None:
    closed_reports.keep(conn, "CL-1", {2: "two", 1: "one"})
    closed_reports.keep(conn, "CL-2", {1: "other"})
    assert closed_reports.levels(conn, "CL-1") == {1: "one", 2: "two"}
    assert list(closed_reports.levels(conn, "CL-1")) == [1, 2]
    assert [closed_reports.read(conn, "CL-1", level) for level in (1, 2, 3)] == ["one", "two", ""]


STAMP = Stamp(at=instant(NOW), actor="claire", action="x")


def test_the_heat_of_blockers_is_stored_by_number(conn: sqlite3.Connection) -> None:
    def put(table: str, prefix: str, id: str, **values: Any) -> None:
        journal.write(conn, STAMP, [Put(table, id, values, prefix)])

    put("function", "FN", "f", name="Pay", criticality=4)
    put("function", "FN", "g", name="Sales")
    put("person", "PE", "p", name="Claire")
    assert heat.criticalities(conn) == {"FN-1": 4}
    put("blocker", "B", "a", title="A", function="FN-1", severity="p1", since=at(-60))
    put("blocker", "B", "b", title="B", status="to_decide", severity="p3")
    put("blocker", "B", "c", title="C", closed_at=at(0))
    put("blocker", "B", "d", title="D", waiting_on='["PE-1"]', severity="p3")

    def stored() -> list[tuple[Any, ...]]:
        return [tuple(row) for row in conn.execute("SELECT * FROM heat ORDER BY 1")]

    heat.refresh(conn, now=NOW, me="Claire")
    age, touched = round(4 * (1 / 8), 3), 1
    assert stored() == [
        (1, round(3 * 1.0 * 4 / 4 + age + touched, 3), at(-60)), (2, round(3 * 0.3 * 2 / 4 + 2 + touched, 3), None),
        (4, round(3 * 0.3 * 2 / 4 + 2 + touched, 3), None),
    ]  # fmt: skip
    heat.refresh(conn, now=NOW + 7 * HOUR, me="Ana", codes=["B-1", "B-4"])
    assert [row[1] for row in stored()] == [
        8.0,
        stored()[1][1],
        round(0.45 + 4 * 7 / 72 + 1, 3),
    ]
    heat.refresh(conn, now=NOW, me="Ana", codes=[])
    assert len(stored()) == 3
    heat.refresh(conn, now=NOW, me="Ana")
    assert [row[0] for row in stored()] == [1, 2, 4]


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ({}, False), ({"status": "to_decide"}, True), ({"status": "waiting"}, False),
        ({"status": "to_decide", "owner": "PE-1"}, True),
        ({"status": "to_decide", "owner": "PE-2"}, False), ({"owner": "PE-1"}, False),
        ({"waiting_on": ("PE-2", "me")}, True), ({"waiting_on": ("PE-2",)}, False),
    ],
)  # fmt: skip
def test_a_blocker_waits_for_whoever_is_to_decide_or_is_waited_for(said: dict[str, Any], waits: bool) -> None:
    found = heat.of(Blocker(**said), now=NOW, me=frozenset({"PE-1", "me"}), criticality=None)
    assert ("waits_for_me" in {part.reason for part in found.parts}) is waits


# Forms, reviews, meetings, scores.


def test_forms_and_reviews_are_left_and_taken_up_again(conn: sqlite3.Connection) -> None:
    assert (jobs.state(conn, "ana", "audit"), jobs.ended(conn, "ana", "audit")) == ("", ("", ""))
    assert jobs.keep(conn, "ana", "audit", "one", at(1))
    assert jobs.keep(conn, "ana", "audit", "two", at(2))
    assert jobs.keep(conn, "ben", "audit", "his", at(2))
    jobs.end(conn, "ana", "audit", ("AU-1", "last\nstate"), at(3))
    assert (jobs.state(conn, "ana", "audit"), jobs.state(conn, "ben", "audit")) == ("", "his")
    assert (jobs.ended(conn, "ana", "audit"), jobs.ended(conn, "ben", "audit")) == (
        ("AU-1", "last\nstate"),
        ("", ""),
    )
    journal.write(
        conn, STAMP, [Put("blocker", "a", {"title": "A"}, "B"), Put("blocker", "b", {"title": "B"}, "B")]
    )
    journal.write(conn, replace(STAMP, action="y"), [Put("blocker", "a", {"note": "n"})])
    journal.write(conn, replace(STAMP, actor="cockpit"), [Put("function", "f", {"name": "F"}, "FN")])
    assert reviews.deeds(conn, "claire", 0) == [(3, "y", "B-1", None), (1, "x", "B-1", None)]
    assert reviews.deeds(conn, "claire", 1) == [(3, "y", "B-1", None)]
    assert [row["seq"] for row in reviews.telling(conn, 0, ["blocker"], ["note"])] == [1, 2, 3]
    assert [row["seq"] for row in reviews.telling(conn, 1, ["blocker", "function"], ["title"])] == [2, 4]
    (told,) = reviews.telling(conn, 2, ["blocker"], ["note", "x"])
    assert dict(told) == {
        "seq": 3, "at": at(0), "actor": "claire", "action": "y", "entity": "blocker", "entity_id": "a", "batch": 3,
        "undoes": None, "before": {"note": None}, "after": {"note": "n"},
    }  # fmt: skip
    assert [row["seq"] for row in reviews.others(conn, 0, ["function"], "cockpit")] == [1, 2, 3]
    assert [row["seq"] for row in reviews.others(conn, 1, ["blocker"], "ana")] == [4]
    assert reviews.others(conn, 0, ["blocker"], "cockpit") == []
    (first, *_rest) = reviews.others(conn, 0, [], "cockpit")
    assert (first["before"], first["after"]["title"]) == (None, "A")


def test_the_events_of_a_meeting_follow_one_another(conn: sqlite3.Connection) -> None:
    assert (live.last(conn, "OC-1"), live.read(conn, "OC-1")) == (0, [])
    for seq, kind in ((1, "start"), (2, "vote"), (4, "note")):
        live.append(conn, "OC-1", seq, at=at(seq), kind=kind, data={"é": seq})
    live.append(conn, "OC-2", 1, at=at(1), kind="vote", data={})
    for seq in (3, 4):
        with pytest.raises(MeetingOvertaken, match="somebody else wrote in this meeting"):
            live.append(conn, "OC-1", seq, at=at(9), kind="late", data={})
    assert conn.execute("SELECT data FROM live_event WHERE seq = 4").fetchone()[0] == '{"é": 4}'
    live.forget(conn, "OC-1", "vote")
    assert live.read(conn, "OC-1") == [
        LiveEvent(1, at(1), "start", {"é": 1}),
        LiveEvent(4, at(4), "note", {"é": 4}),
    ]
    assert (live.last(conn, "OC-1"), live.last(conn, "OC-2")) == (4, 1)


WEEK = date(2026, 11, 16)


def kept(signal: str = "S1", week: date = WEEK, **said: Any) -> Kept:
    proof = ScoreProof(
        figures={"n": 3.5}, rows=(Evidence("B-1", 2.0, "é"), Evidence("B-2", None, "")), missing="m"
    )
    about: dict[str, Any] = {
        "subject": "PR-1",
        "value": 4.0,
        "threshold": 2.5,
        "n": 9,
        "state": SignalState.DANGER,
    }
    for name in list(said):
        if name in about:
            about[name] = said.pop(name)
    score = SignalScore(signal=signal, week=week, proof=proof, **about)
    return Kept(**{"score": score, "raised": week, "is_whole": True, "conf": 1, "at": at(0), **said})


def test_scores_come_back_as_they_were_measured(conn: sqlite3.Connection) -> None:
    assert (scores.last_week(conn), scores.in_danger(conn, 3), scores.forget_after(conn, WEEK)) == (
        None,
        frozenset(),
        0,
    )
    gauge = sorted(GaugeName)[0]
    told = [kept(), kept(subject="PR-2", conf=3, raised=None), kept(gauge),
            kept("S2", value=None, is_whole=False, state=SignalState.WATCH)]  # fmt: skip
    scores.save(conn, WEEK, [kept("S9")])
    scores.save(conn, WEEK, told)
    assert sorted(scores.of_week(conn, WEEK, 3), key=str) == sorted(told, key=str)
    assert {each.score.subject for each in scores.of_week(conn, WEEK, 2)} == {"PR-1"}
    stored = conn.execute("SELECT proof FROM score WHERE signal = 'S2'").fetchone()[0]
    assert '["B-1",2.0,"é"]' in stored, "in the letters it has, without a blank"
    bare = {each.score.signal: each.score.proof for each in scores.of_week(conn, WEEK, 1, whole=False)}
    assert (bare["S1"].rows, bare["S1"].figures, bare["S1"].missing) == ((), {"n": 3.5}, "m")
    assert bare[gauge].rows == told[0].score.proof.rows
    assert [scores.held_back(conn, WEEK, level) for level in (0, 1, 2, 3)] == [4, 1, 1, 0]
    assert scores.in_danger(conn, 1) == {("S1", "PR-1"), (gauge, "PR-1")}
    later, next_week = WEEK + 7 * DAY, WEEK + 14 * DAY
    scores.save(conn, later, [kept(week=later, value=5.0, is_whole=False), kept("S3", later, conf=2)])
    scores.save(conn, next_week, [kept(week=next_week, value=None, is_whole=False)])
    assert (scores.last_week(conn), scores.last_week(conn, whole=True)) == (next_week, later)
    assert scores.in_danger(conn, 1) == {("S1", "PR-1")}
    about = ("S1", "PR-1")
    weeks = [
        [each.score.week for each in scores.history(conn, about, until, weeks=n, level=1)]
        for until, n in ((next_week, 9), (next_week, 2), (later, 9), (WEEK - DAY, 9))
    ]
    assert weeks == [[WEEK, later, next_week], [later, next_week], [WEEK, later], []]
    assert scores.history(conn, about, WEEK, weeks=1, level=1) == (told[0],)
    trend = {"2026-11-16": 4.0, "2026-11-23": 5.0, "2026-11-30": None}
    assert scores.trends(conn, WEEK, next_week, 3)[about] == trend
    assert scores.trends(conn, later, later, 1) == {about: {"2026-11-23": 5.0}}
    assert scores.forget_after(conn, WEEK) == 2
    assert (scores.last_week(conn), scores.forget_after(conn, WEEK)) == (WEEK, 0)


# The file.


def test_a_file_and_its_folder_are_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "of" / "mine" / "a.db"
    with closing(connect(path)) as conn:
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert (schema_of(conn), integrity_errors(conn)) == (SCHEMA_VERSION, ())
        assert conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert conn.execute("PRAGMA busy_timeout").fetchone()[0] == 5_000
        assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        with closing(connect(path)) as other:
            before = data_version(conn)
            memos.put(other, "a", "b")
            assert data_version(conn) != before
            assert memos.get(conn, "a") == "b"
    assert place_of(path) == (path.stat().st_dev, path.stat().st_ino)
    assert place_of(tmp_path / "none") is None


def test_a_copy_is_kept_beside_a_file_whose_schema_is_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    ends = []
    for entries in range(2):
        with closing(connect(path)) as conn:
            if entries:
                journal.write(conn, STAMP, [Put("blocker", "a", {"title": "A"}, "B")])
            ends.append(journal.head(conn))
            conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
        os.utime(path, (NOW.timestamp() + entries,) * 2)
        with closing(connect(path)) as conn:
            assert schema_of(conn) == SCHEMA_VERSION
    found = sorted((tmp_path / "backups").iterdir())
    assert [(head_in(each.name), f"-schema-{SCHEMA_VERSION - 1}-" in each.name) for each in found] == [
        ((0, "0" * 12), True), ((1, ends[1][1][:12]), True),
    ]  # fmt: skip
    assert (found[0].parent.stat().st_mode & 0o777, found[1].stat().st_mode & 0o777) == (0o700, 0o600)


def test_one_connection_serves_every_thread(conn: sqlite3.Connection) -> None:
    found: list[str] = []
    memos.put(conn, "a", "1")
    other = Thread(target=lambda: found.append(memos.get(conn, "a")))
    other.start()
    other.join()
    assert found == ["1"]


def test_a_file_that_is_gone_is_not_made_where_backups_of_it_are(tmp_path: Path) -> None:
    with pytest.raises(Gone):
        connect(tmp_path / "none.db", create=False)
    (tmp_path / "backups").mkdir()
    name = backup_name(tmp_path / "a.db", NOW, (7, "f" * 64))
    (tmp_path / "backups" / name).write_bytes(b"")
    with pytest.raises(Gone):
        connect(tmp_path / "a.db")
    assert not (tmp_path / "a.db").exists()
    connect(tmp_path / "b.db").close()


def test_backups_are_named_by_when_why_and_how_far(tmp_path: Path) -> None:
    path = tmp_path / "a[1].db"
    head = (12, "abcdef0123456789")
    names = [
        backup_name(path, NOW, head), backup_name(path, NOW + SECOND, None),
        backup_name(path, NOW + DAY, head, "schema-3"),
    ]  # fmt: skip
    assert names == [
        "a[1]-20261123-080000-12-abcdef012345.db", "a[1]-20261123-080001.db",
        "a[1]-20261124-080000-schema-3-12-abcdef012345.db",
    ]  # fmt: skip
    assert [head_in(name) for name in (*names, "x-12-abcdef01234.db", "x-12-abcdef0123456.db")] == [
        (12, "abcdef012345"), None, (12, "abcdef012345"), None, None,
    ]  # fmt: skip
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in (*names, "a[1]-notes.db", "other-20261123-080000.db", "a1-20261123-080000.db"):
        (folder / name).write_text("", encoding="utf-8")
    assert [each.name for each in backups_of(path)] == [names[2], names[1], names[0]]
    assert superseded(path) == frozenset()
    note = restore_note(path, NOW)
    assert note == folder / "a[1]-20261123-080000.restored"
    note.write_text(f"{names[0]}\n{names[1]}\n", encoding="utf-8")
    assert superseded(path) == {names[0], names[1]}


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    (tmp_path / "d.db").mkdir()
    with pytest.raises(Unreachable):
        connect(tmp_path / "d.db")
    (tmp_path / "bad.db").write_bytes(b"not a database" * 99)
    with pytest.raises(Damaged):
        connect(tmp_path / "bad.db")
    with closing(connect(tmp_path / "new.db")) as conn:
        conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(TooNew, match=f"schema {SCHEMA_VERSION + 1}"):
        connect(tmp_path / "new.db")
    told = [
        (str(each), each.broken, each.rows)
        for each in (Unproven(tmp_path, 3, 2), Unproven(tmp_path, None, 2))
    ]
    assert told == [("entry 3", 3, 2), ("2 values", None, 2)]
    other = Lease(host="office", machine="", pid=1, since=NOW, renewed=NOW)
    assert (str(HeldElsewhere(tmp_path, other)), HeldElsewhere(tmp_path, other).lease) == ("office", other)


def test_what_is_wrong_in_a_file_is_told_in_the_words_of_sqlite(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TABLE heap (a CHECK (a > 0))")
    conn.execute("PRAGMA ignore_check_constraints = ON")
    conn.execute("INSERT INTO heap VALUES (-1)")
    conn.execute("PRAGMA ignore_check_constraints = OFF")
    assert integrity_errors(conn) == ("CHECK constraint failed in heap",)
    conn.execute("UPDATE heap SET a = 1")
    conn.execute("CREATE INDEX heap_a ON heap (a) WHERE a > 5")
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("UPDATE sqlite_master SET sql = replace(sql, 'a > 5', 'a > 0') WHERE name = 'heap_a'")
    conn.execute("PRAGMA writable_schema = RESET")
    (said, *_more) = integrity_errors(conn)
    assert said == "row 1 missing from index heap_a"


def test_the_table_of_a_register_is_strict_and_its_words_are_searched() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.row_factory = sqlite3.Row
        db = tables(conn)
        create_register(db, "other", {"name": str}, searched=("name",), refs={})
        create_register(db, "thing", {"about": str, "name": str, "other": str}, searched=("about", "name"),
                        refs={"other": "other"})  # fmt: skip
        add = (
            "INSERT INTO thing (id, code, created_at, created_by, updated_at, conf, name, archived_at) VALUES"
        )
        conn.execute(
            f"{add} ('a', 'T-1', '', '', '', 1, 'first', NULL), ('b', 'T-2', '', '', '', 1, 'second', 'x')"
        )
        assert [db.table(name).detect_fts() for name in ("thing", "other")] == ["thing_fts", "other_fts"]
        conn.execute("UPDATE thing SET name = 'changed' WHERE id = 'a'")
        own = conn.execute("SELECT code FROM thing_fts WHERE thing_fts MATCH 'changed'").fetchall()
        assert [row["code"] for row in own] == ["T-1"], "its own index follows, until all have one"
        full_text.create(db)
        assert full_text.search(conn, "changed", 9) == {"thing": ["T-1"]}
        assert tuple(conn.execute("SELECT kind, code, text FROM searchable").fetchone()) == (
            "thing",
            "T-1",
            "\nchanged",
        )
        assert full_text.search(conn, "second", 9) == {}, "what is archived is not found"
        create_register(db, "late", {"name": str}, searched=("name",), refs={})
        conn.execute(f"{add.replace('thing', 'late')} ('c', 'L-1', '', '', '', 1, 'changed', NULL)")
        assert full_text.search(conn, "changed", 9) == {"thing": ["T-1"], "late": ["L-1"]}
        for table in ("thing", "searchable"):
            assert (
                conn.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (table,)).fetchone()[0]
                == 1
            )
        for values in (
            "('a', 'T-9', '', '', '', 1, 'x', NULL)", "('z', 'T-1', '', '', '', 1, 'x', NULL)",
            "(NULL, 'T-9', '', '', '', 1, 'x', NULL)", "('z', 'T-9', '', '', '', NULL, 'x', NULL)",
        ):  # fmt: skip
            with pytest.raises(sqlite3.IntegrityError):
                conn.execute(f"{add} {values}")
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute("INSERT INTO searchable (kind, code, text) VALUES ('thing', 'T-1', '')")
        assert [row["unique"] for row in conn.execute("PRAGMA index_list('thing')")] == [1, 1]
        keys = conn.execute("PRAGMA foreign_key_list('thing')").fetchall()
        assert [(row["table"], row["from"], row["to"]) for row in keys] == [("other", "other", "code")]
        assert [row["name"] for row in conn.execute("PRAGMA table_info('thing')") if row["pk"]] == ["number"]


def test_a_copy_is_whole_and_needs_no_file_beside_it(conn: sqlite3.Connection, tmp_path: Path) -> None:
    journal.write(conn, STAMP, [Put("blocker", "a", {"title": "A"}, "B")])
    copy_to(conn, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT title FROM blocker").fetchall() == [("A",)]
        assert copy.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert not (tmp_path / "copy.db-wal").exists()


def test_a_transaction_is_all_or_nothing_and_one_inside_another_is_of_it(conn: sqlite3.Connection) -> None:
    def breaks_off() -> None:
        with transaction(conn):
            memos.put(conn, "a", "1")
            with transaction(conn):
                memos.put(conn, "b", "2")
            raise KeyError

    with pytest.raises(KeyError):
        breaks_off()
    assert (memos.get(conn, "a"), memos.get(conn, "b"), conn.in_transaction) == ("", "", False)
    with transaction(conn):
        memos.put(conn, "a", "1")
        memos.put(conn, "a", "2")
    assert (memos.get(conn, "a"), conn.in_transaction) == ("2", False)
