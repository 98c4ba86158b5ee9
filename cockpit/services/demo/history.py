"""The months before the demo: what each status source showed, and the incidents it told."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Incident
from cockpit.domain.providers.uptime import Sample
from cockpit.services.demo.moments import Moments
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import provider_history

EVERY = timedelta(minutes=110)
"""Often enough that each word is still believed when the next one comes."""


def seed(workspace: Workspace, moments: Moments, path: Path) -> None:
    """Write the samples and the closed incidents that `path` tells."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    for source, count in told["seen"].items():
        past = [each for each in told["past"] if each["source"] == source]
        spans = [_span(each, moments) for each in past]
        provider_history.add_past(
            workspace.conn,
            source,
            _samples(moments.now - timedelta(days=count), moments.now, spans),
            [_incident(each, *span) for each, span in zip(past, spans, strict=True) if "title" in each],
        )


_Span = tuple[datetime, datetime, State]


def _span(told: Mapping[str, Any], moments: Moments) -> _Span:
    start = moments.at(told["at"])
    return start, start + timedelta(minutes=told["minutes"]), State(told["state"])


def _samples(lo: datetime, hi: datetime, spans: Sequence[_Span]) -> list[Sample]:
    times = {lo + n * EVERY for n in range(int((hi - lo) / EVERY))}
    times |= {at for start, end, _state in spans for at in (start, end)}
    return [(at, _state_at(at, spans)) for at in sorted(times)]


def _state_at(at: datetime, spans: Sequence[_Span]) -> State:
    return next((state for start, end, state in spans if start <= at < end), State.OPERATIONAL)


def _incident(told: Mapping[str, Any], start: datetime, end: datetime, state: State) -> Incident:
    return Incident(
        key=f"past-{told['at']}", title=told["title"], impact=state, phase="resolved", started=start,
        updated=end, resolved=end, message=told["message"],
    )  # fmt: skip
