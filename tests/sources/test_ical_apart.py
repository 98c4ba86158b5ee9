"""Repeating events read in a process of their own: one that costs too much costs itself alone."""

from __future__ import annotations

import io
import resource
import signal
import sqlite3
import sys
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from cockpit.domain.agenda.events import UNFINISHED
from cockpit.services.agenda import intake, windows
from cockpit.services.desk.workspace import Workspace
from cockpit.sources import apart as process
from cockpit.sources.ical import apart, series
from cockpit.sources.ical.read import read_feed
from cockpit.sources.ical.series import Budget, read_series

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WINDOW = [(date(2026, 11, 16), date(2026, 12, 21))]
_EVENT = """BEGIN:VEVENT
UID:{uid}
DTSTART;TZID=Europe/Paris:20261102T090000
DTEND;TZID=Europe/Paris:20261102T100000
RRULE:FREQ=WEEKLY
SUMMARY:Meeting {uid} é
ATTENDEE:mailto:a@b.test
END:VEVENT
"""


def feed(*uids: str) -> bytes:
    events = "".join(_EVENT.format(uid=uid) for uid in uids)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n".encode()


def groups(body: bytes) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for block in read_feed(body).blocks:
        found.setdefault(block.outline.uid, []).append(block.text)
    return found


def test_it_reads_as_this_process_does() -> None:
    body = feed("a", "b")
    zones = read_feed(body).zones
    found = apart.read(
        groups(body), zones.source, WINDOW, ["a@b.test"], seconds=30, instances=1_000, at_once=1_000
    )
    for uid, blocks in groups(body).items():
        here = read_series(uid, blocks, zones, WINDOW, emails=frozenset({"a@b.test"}), budget=Budget())
        assert found[uid] == here
        assert len(here.spans) == 6


def test_an_event_that_ends_the_process_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [
        process.ReaderAnswer(-9, b'ready\n["a", {}, [], []]\n["b", {}, [['),
        process.ReaderAnswer(0, b'ready\n["c", {}, [], []]\n'),
    ]
    asked: list[bytes] = []

    def run(_module: str, given: bytes, _patience: float) -> process.ReaderAnswer:
        asked.append(given)
        return answers.pop(0)

    monkeypatch.setattr(process, "run", run)
    found = apart.read({uid: [b""] for uid in "abc"}, b"", WINDOW, [], seconds=1, instances=1, at_once=1)
    assert {uid: [issue.what for issue in each.issues] for uid, each in found.items()} == {
        "a": [], "b": [apart.LEFT_OUT], "c": [],
    }  # fmt: skip
    assert b'"a"' not in asked[1], "what was read is not read again"


def test_a_feed_full_of_such_events_waits_for_the_next_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "run", lambda *_given: process.ReaderAnswer(-9, b"ready\n"))
    found = apart.read({f"{n}": [b""] for n in range(9)}, b"", WINDOW, [], seconds=1, instances=1, at_once=1)
    what = [issue.what for each in found.values() for issue in each.issues]
    assert (what.count(apart.LEFT_OUT), what.count(UNFINISHED)) == (apart.GIVEN_UP, 5)


def test_the_processor_time_of_one_event_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "import cockpit.sources.ical.apart as a; a._allow(0.05)\nwhile True: pass"
    import subprocess
    import sys

    ended = subprocess.run([sys.executable, "-c", source], check=False, timeout=60)
    assert ended.returncode < 0


def test_an_agenda_is_read_the_same_with_and_without_another_process(workspace: Workspace) -> None:
    def stored(apart: bool) -> list[tuple[object, ...]]:
        feed_key = f"feed {apart}"
        intake.apply_body(workspace.conn, feed_key, feed("a", "b"), now=NOW, zone="Europe/Paris", apart=apart)
        return _instances(workspace.conn, feed_key)

    assert stored(True) == stored(False) != []


def test_where_no_process_can_be_had_it_is_read_here(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_given: object) -> process.ReaderAnswer:
        raise OSError

    monkeypatch.setattr(process, "run", none)
    intake.apply_body(workspace.conn, "mine", feed("a"), now=NOW, zone="Europe/Paris", apart=True)
    assert len(_instances(workspace.conn, "mine")) > 4


@pytest.mark.parametrize("bound", ["_FEW", "_LITTLE"])
def test_much_that_does_not_repeat_is_read_in_a_process_of_its_own(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(windows, bound, 1)
    here: list[str] = []
    monkeypatch.setattr(series, "read_series", lambda uid, *_given, **_options: here.append(uid))
    body = feed("a", "b").replace(b"RRULE:FREQ=WEEKLY\n", b"").replace(b"20261102", b"20261124")
    intake.apply_body(workspace.conn, "mine", body, now=NOW, zone="Europe/Paris", apart=True)
    assert (len(_instances(workspace.conn, "mine")), here) == (2, [])


def test_what_does_not_repeat_needs_no_process(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "run", lambda *_given: pytest.fail("a process for nothing"))
    body = feed("a").replace(b"RRULE:FREQ=WEEKLY\n", b"").replace(b"20261102", b"20261124")
    intake.apply_body(workspace.conn, "mine", body, now=NOW, zone="Europe/Paris", apart=True)
    assert len(_instances(workspace.conn, "mine")) == 1


def _instances(conn: sqlite3.Connection, feed_key: str) -> list[tuple[object, ...]]:
    rows = conn.execute(
        "SELECT o.starts, o.ends, b.uid FROM agenda_occurrence o JOIN agenda_block b ON b.id = o.block"
        " WHERE b.feed = ? ORDER BY b.uid, o.starts", (feed_key,),
    )  # fmt: skip
    return [tuple(row) for row in rows]


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> tuple[list[bytes], list[object]]:
    """Readings are done in this process: what each said, and how each would have been held back."""
    answers, held = list[bytes](), list[object]()

    def run(module: str, given: bytes, patience: float) -> process.ReaderAnswer:
        assert (module, patience) == ("cockpit.sources.ical.apart", 120.0)
        said = io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(process, "hold_back", held.append)
            patch.setattr(signal, "setitimer", lambda *given: held.append(given))
            patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
            patch.setattr(sys, "stdout", SimpleNamespace(buffer=said))
            code = apart._main()
        answers.append(said.getvalue())
        return process.ReaderAnswer(code, said.getvalue())

    monkeypatch.setattr(process, "run", run)
    return answers, held


def test_the_process_says_that_it_is_ready_then_each_event_on_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, held = in_this_process(monkeypatch)
    body = feed("a", "b")
    blocks, zones = groups(body), read_feed(body).zones
    found = apart.read(
        blocks, zones.source, WINDOW, ["a@b.test"], seconds=30.5, instances=1_000, at_once=1_000
    )
    # A second more than both together, then ten seconds for each event.
    assert held == [41, *[(signal.ITIMER_PROF, 10.0)] * 2]
    (said,) = answers
    assert [line[:6] for line in said.split(b"\n")] == [b"ready", b'["a", ', b'["b", ', b""]
    assert list(found) == ["a", "b"]
    for uid in found:
        here = read_series(uid, blocks[uid], zones, WINDOW, emails=frozenset({"a@b.test"}), budget=Budget())
        assert found[uid] == here
        assert here.cards[0][1].title == f"Meeting {uid} é"
        assert here.cards[0][1].participation == "needs-action"


def test_what_a_feed_may_cost_in_all_is_counted_over_its_events(monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process(monkeypatch)
    blocks = groups(feed("a", "b"))
    for limits in ({"instances": 6, "at_once": 99}, {"instances": 99, "at_once": 6}):
        found = apart.read(blocks, b"", WINDOW, [], seconds=30, **limits)
        assert [len(each.spans) for each in found.values()] == [6, 0]
        assert [len(each.issues) for each in found.values()] == [0, 1]
    late = apart.read(blocks, b"", WINDOW, [], seconds=0, instances=6, at_once=1_000)
    assert [[issue.what for issue in each.issues] for each in late.values()] == [[UNFINISHED]] * 2


def test_a_process_is_held_to_its_time_and_to_a_gigabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []

    def limit(kind: int, most: tuple[int, int]) -> None:
        limits.append((kind, most))
        raise ValueError("this system does not want it")

    with monkeypatch.context() as patch:
        patch.setattr(resource, "setrlimit", limit)
        process.hold_back(7)
    assert limits == [(resource.RLIMIT_CPU, (7, 7)), (resource.RLIMIT_AS, (1 << 30, 1 << 30))]
