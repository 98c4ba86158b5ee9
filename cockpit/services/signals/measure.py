"""Measure the weeks that were not measured yet, and the one that runs: what the sync and the command do.

A week that has ended is measured once, as it was: by facts that the journal gives back. The first time, a
year of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.signals import gauges, rules
from cockpit.domain.signals.every import SIGNALS, signals_in
from cockpit.domain.signals.rules import Key, WeekBefore
from cockpit.domain.signals.score import WEEK, SignalScore
from cockpit.domain.signals.signal import Signal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.signals.gathering import Gathering, journal_since
from cockpit.store.records import instant
from cockpit.store.state import scores as store
from cockpit.store.state.scores import Kept
from cockpit.store.transaction import transaction

YEAR = 53
"""Weeks that are measured the first time."""


@dataclass(frozen=True)
class Measured:
    """What was measured."""

    weeks: tuple[date, ...]
    """Mondays, the running week last."""
    scores: int
    raised: int
    """How many are raised as of now."""
    misdated: int
    """Entries of the journal whose clock was wrong: they count where they were written."""
    undone: int = 0
    """Weeks to come that a clock which was wrong had measured, and that were taken away."""


def measure(workspace: Workspace, *, weeks: int = YEAR) -> Measured:
    """Measure what is missing of the last so many weeks; nothing while nothing is written down."""
    with workspace.as_program():
        return _measure(workspace, weeks)


def _measure(workspace: Workspace, weeks: int) -> Measured:
    zone = ZoneInfo(workspace.settings.company.timezone)
    now = workspace.clock().astimezone(zone)
    monday = now.date() - timedelta(days=now.weekday())
    since = journal_since(workspace)
    if since is None or since > now:
        return Measured((), 0, 0, 0)
    last = store.last_week(workspace.conn, whole=True)
    undone = store.forget_after(workspace.conn, monday)
    begun = since.astimezone(zone).date()
    first = max(monday - weeks * WEEK, begun - timedelta(days=begun.weekday()))
    if last is not None and last < monday:
        first = max(first, last + WEEK)
    mondays = [first + n * WEEK for n in range((monday - first).days // 7 + 1)]
    ends = {each: min(_midnight(each + WEEK, zone), now) for each in mondays}
    gathering = Gathering(workspace, ends[mondays[0]])
    conf = gathering.confidentialities()
    found: dict[date, list[SignalScore]] = {}
    weighed: dict[date, Mapping[str, Signal]] = {}
    for each in reversed(mondays):
        facts = gathering.facts(each, ends[each])
        weighed[each] = signals_in(facts.phase)
        every = (score for signal in SIGNALS.values() for score in signal.measure(facts))
        # What was archived or is gone is nobody's business any more.
        found[each] = [score for score in every if facts.knows(score.subject)]
    at = instant(workspace.clock())
    before = _before(workspace, mondays[0] - WEEK)
    with transaction(workspace.conn):
        for each in mondays:
            is_whole = each < monday
            raised = rules.raised(found[each], before, weighed[each], is_whole=is_whole)
            told = [*found[each], *gauges.gauges(each, found[each], weighed[each])]
            kept = [
                Kept(score, raised.get(rules.key(score)), is_whole, _conf(score, conf), at) for score in told
            ]
            store.save(workspace.conn, each, kept)
            before = {rules.key(one.score): WeekBefore(one.score.state, one.raised) for one in kept}
    return Measured(
        weeks=tuple(mondays),
        scores=sum(len(each) for each in found.values()),
        raised=sum(each.raised is not None for each in before.values()),
        misdated=gathering.misdated(_midnight(mondays[0], zone), now),
        undone=undone,
    )


def _before(workspace: Workspace, week: date) -> Mapping[Key, WeekBefore]:
    kept: Sequence[Kept] = store.of_week(workspace.conn, week, EVERYTHING, whole=False)
    return {rules.key(each.score): WeekBefore(each.score.state, each.raised) for each in kept}


def _conf(score: SignalScore, conf: Mapping[str, int]) -> int:
    """As confidential as the most confidential record that it tells of."""
    return max(
        (conf.get(code, 0) for code in (score.subject, *(row.code for row in score.proof.rows))), default=0
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
