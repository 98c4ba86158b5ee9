"""A signal that is in danger, where no alert of its own says it already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import scores

TOLD_ELSEWHERE = frozenset({"S16", "S21", "S23"})
"""Signals whose records raise alerts of their own."""


@dataclass(frozen=True, kw_only=True)
class SignalDanger(Alert):
    """A raised signal whose state is the worst."""

    KIND: ClassVar[str] = "signal_danger"
    TEXT: ClassVar[str] = N_("Signal {number} in danger: {name} · {subject}")
    NEXT: ClassVar[str] = N_("{me}: open it, a takes an action or r accepts it until a date")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    number: str
    name: str

    def _said(self, names: Mapping[str, str], nobody: str) -> dict[str, object]:
        return super()._said(names, nobody) | {"name": _(self.name)}


def of_signals(workspace: Workspace) -> Iterator[Alert]:
    """Those of the week that was measured last, which nobody answered. One small query at each board."""
    level = EVERYTHING if workspace.room is None else workspace.room
    found = scores.in_danger(workspace.conn, level)
    if not {key for key in found if key[0] not in TOLD_ELSEWHERE}:
        return
    # The formulas are loaded only where there is something to say of them.
    from cockpit.services.signals import listing

    for line in listing.read(workspace, whole=False).raised:
        score = line.score
        if (score.signal, score.subject) in found and score.signal not in TOLD_ELSEWHERE:
            yield SignalDanger(
                level=AlertLevel.RED, subject=line.subject, target=line.key, number=score.signal,
                name=line.signal.name, conf=line.kept.conf,
                since=line.kept.raised.isoformat() if line.kept.raised else "",
            )  # fmt: skip
