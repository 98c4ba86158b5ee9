"""Events read in a process of their own: whatever one of them costs, it costs that one alone.

The process answers event by event. When it dies, or spends too long on one, that event is given up and the others
are read on by another one. What comes back is JSON, never anything that is run.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from cockpit.domain.agenda.events import UNFINISHED, EventCard, Issue, Span
from cockpit.domain.dataclasses import asdict
from cockpit.locale import N_
from cockpit.sources import apart
from cockpit.sources.ical.expand import Window
from cockpit.sources.ical.series import Budget, EventReading, read_series
from cockpit.sources.ical.zones import Zones

EVENT_S = 10.0
"""Seconds of a processor that one event may take."""
PATIENCE_S = 120.0
"""Seconds that one process may take, whatever else the machine does."""
GIVEN_UP = 4
"""Events that may end the process before the rest waits for the next reading."""
LEFT_OUT = N_("this event takes too much time or memory to be read, and was left out")
_READY = b"ready"
_READ = 0


def read(
    groups: Mapping[str, Sequence[bytes]], zones: bytes, windows: Sequence[Window], emails: Sequence[str],
    *, seconds: float, instances: int, at_once: int,
) -> dict[str, EventReading]:  # fmt: skip
    """As `series.read_series` of each event, by its identity. Raises OSError when no process can be had."""
    found: dict[str, EventReading] = {}
    left = list(groups)
    while left:
        asked = {
            "zones": len(zones), "emails": list(emails), "seconds": seconds, "instances": instances,
            "at_once": at_once, "windows": [[lo.isoformat(), hi.isoformat()] for lo, hi in windows],
            "groups": [[uid, [len(block) for block in groups[uid]]] for uid in left],
        }  # fmt: skip
        texts = (block for uid in left for block in groups[uid])
        given = b"".join((json.dumps(asked).encode(), b"\n", zones, *texts))
        answer = apart.run("cockpit.sources.ical.apart", given, PATIENCE_S)
        if not answer.said.startswith(_READY):
            raise OSError("the reader did not start")
        found |= dict(_answered(answer.said))
        left = [uid for uid in left if uid not in found]
        if answer.code == _READ:
            break
        if left:
            found[left[0]] = EventReading(issues=[Issue(left[0], "", LEFT_OUT)])
            left = left[1:]
        if sum(_gave_up(each) for each in found.values()) >= GIVEN_UP:
            break
    return found | {uid: EventReading(issues=[Issue(uid, "", UNFINISHED)]) for uid in left}


def _gave_up(reading: EventReading) -> bool:
    return not reading.cards and any(issue.what == LEFT_OUT for issue in reading.issues)


def _answered(said: bytes) -> Iterator[tuple[str, EventReading]]:
    for line in said.split(b"\n")[1:]:
        with suppress(ValueError):  # the line in which it ended
            uid, cards, spans, issues = json.loads(line)
            yield (
                uid,
                EventReading(
                    cards={int(at): (rid, _card(card)) for at, (rid, card) in cards.items()},
                    spans=[(at, Span(*span)) for at, span in spans],
                    issues=[Issue(*issue) for issue in issues],
                ),
            )


def _card(said: dict[str, Any]) -> EventCard:
    return EventCard(**{**said, "attendees": tuple(said["attendees"])})


def _answer(uid: str, reading: EventReading) -> bytes:
    cards = {at: (rid, asdict(card)) for at, (rid, card) in reading.cards.items()}
    return json.dumps([uid, cards, reading.spans, reading.issues]).encode() + b"\n"


def _main() -> int:
    given, out = sys.stdin.buffer, sys.stdout.buffer
    asked = json.loads(given.readline())
    out.write(_READY + b"\n")
    out.flush()
    apart.hold_back(int(asked["seconds"] + EVENT_S) + 1)
    zones = Zones.from_source(given.read(asked["zones"]))
    windows = [(date.fromisoformat(lo), date.fromisoformat(hi)) for lo, hi in asked["windows"]]
    budget = Budget(seconds=asked["seconds"], instances=asked["instances"], at_once=asked["at_once"])
    for uid, lengths in asked["groups"]:
        _allow(EVENT_S)
        blocks = [given.read(length) for length in lengths]
        reading = read_series(uid, blocks, zones, windows, emails=frozenset(asked["emails"]), budget=budget)
        out.write(_answer(uid, reading))
        out.flush()
    return _READ


def _allow(seconds: float) -> None:
    """The system ends this process when it spends so much on what follows; where it cannot, the whole is bounded."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    sys.exit(_main())
