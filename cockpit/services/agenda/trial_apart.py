"""An agenda that is tried, read in a process of its own: whatever it costs, no key of the screen waits for it.

What comes back is JSON, never anything that is run.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import asdict, dataclass
from cockpit.locale import _, current
from cockpit.sources import apart
from cockpit.sources.ical.decode import FeedRefused

PROCESSOR_S = 60
"""Seconds of a processor that it may take at most."""
PATIENCE_S = 120.0
"""Seconds that it may take at most, whatever else the machine does."""
AHEAD = timedelta(days=60)
"""How far the next event is looked for."""
_READ, _REFUSED = 0, 4


@dataclass(frozen=True, kw_only=True)
class NextEvent:
    """The first event that is to come."""

    title: str
    start: datetime
    all_day: bool
    private: bool


@dataclass(frozen=True, kw_only=True)
class FeedLook:
    """What a feed holds, at a glance."""

    name: str
    """What the agenda calls itself; often empty."""
    zone: str
    """The zone that it says; often empty."""
    events: int
    """How many it holds, in any period."""
    ahead: int
    """Those of the next sixty days that are neither over, cancelled nor declined."""
    next: NextEvent | None
    """The first of them."""
    repairs: int
    remarks: tuple[str, ...]
    """What is to be known of it as a whole, as English messages."""


def look(body: bytes, *, now: datetime, zone: str, emails: tuple[str, ...]) -> FeedLook:
    """What a feed holds, read here. Raises FeedRefused."""
    from cockpit.domain.agenda.events import CANCELLED, DECLINED
    from cockpit.services.agenda import check
    from cockpit.sources.ical.heading import heading

    head, today = heading(body), now.date()
    found = check.check(body, today, today + AHEAD, zone=zone, emails=emails)
    ahead = [
        each for each in found.events
        if each.end > now and each.occurrence.status != CANCELLED and each.occurrence.participation != DECLINED
    ]  # fmt: skip
    first = ahead[0] if ahead else None
    return FeedLook(
        name=head.name,
        zone=head.zone,
        events=found.blocks,
        ahead=len(ahead),
        next=NextEvent(
            title=first.title, start=first.start, all_day=first.all_day, private=first.occurrence.private
        )
        if first is not None
        else None,
        repairs=sum(1 for issue in found.repairs if issue.uid or issue.line),
        remarks=tuple(issue.what for issue in found.repairs if not (issue.uid or issue.line)),
    )


def look_apart(body: bytes, *, now: datetime, zone: str, emails: tuple[str, ...]) -> FeedLook:
    """The same, read in a process that can be ended. Raises FeedRefused, also for what costs too much."""
    asked = {"now": now.isoformat(), "zone": zone, "emails": emails, "language": current()}
    try:
        answer = apart.run(
            "cockpit.services.agenda.trial_apart", json.dumps(asked).encode() + b"\n" + body, PATIENCE_S
        )
    except OSError:
        # Where no process can be had, it is read here: an agenda is worth more than a bound.
        return look(body, now=now, zone=zone, emails=emails)
    if answer.code == _REFUSED:
        raise FeedRefused(answer.said.decode("utf-8", "replace"))
    if answer.code != _READ:
        raise FeedRefused(_("this agenda could not be read to its end: publish a shorter period"))
    said = json.loads(answer.said)
    first = said["next"]
    start = {"start": datetime.fromisoformat(first["start"])} if first else {}
    return FeedLook(
        **{
            **said,
            "next": NextEvent(**{**first, **start}) if first else None,
            "remarks": tuple(said["remarks"]),
        }
    )


def _main() -> int:
    from zoneinfo import ZoneInfo

    from cockpit import locale

    asked = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    locale.use(asked["language"])
    apart.hold_back(PROCESSOR_S)
    now = datetime.fromisoformat(asked["now"]).astimezone(ZoneInfo(asked["zone"]))
    out = sys.stdout.buffer
    try:
        found = look(body, now=now, zone=asked["zone"], emails=tuple(asked["emails"]))
    except FeedRefused as refusal:
        out.write(str(refusal).encode())
        return _REFUSED
    out.write(json.dumps(asdict(found), default=datetime.isoformat).encode())
    return _READ


if __name__ == "__main__":
    sys.exit(_main())
