"""What happened to one source in a sync, as one line for a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal, Self

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import State
from cockpit.locale import N_, _
from cockpit.store.outside.sources import SourceKind, SourceState

Outcome = Literal["ok", "unchanged", "failed", "skipped"]

_OUTCOMES = {"ok": N_("ok"), "unchanged": N_("unchanged"), "failed": N_("failed"), "skipped": N_("skipped")}
_STATES = {
    State.OPERATIONAL: N_("operational"),
    State.QUIET: N_("nothing published here"),
    State.MAINTENANCE: N_("maintenance"),
    State.DEGRADED: N_("degraded"),
    State.PARTIAL_OUTAGE: N_("partial outage"),
    State.MAJOR_OUTAGE: N_("major outage"),
    State.UNKNOWN: N_("unknown"),
}


@dataclass(frozen=True, kw_only=True)
class SourceReport:
    """How one source went. `failure` is the kind of a failed fetch, `age` how old its last good word is."""

    key: str
    name: str
    kind: SourceKind
    outcome: Outcome
    message: str = ""
    failure: str | None = None
    state: State | None = None
    last_ok: datetime | None = None
    at: datetime

    @classmethod
    def of(
        cls,
        name: str,
        saved: SourceState,
        *,
        outcome: Outcome,
        message: str,
        at: datetime,
        state: State | None = None,
    ) -> Self:
        """The report of a try whose result is in `saved`."""
        return cls(
            key=saved.key,
            name=name,
            kind=saved.kind,
            outcome=outcome,
            message=message,
            failure=saved.last_failure,
            state=state,
            last_ok=saved.last_ok,
            at=at,
        )

    @property
    def age(self) -> timedelta | None:
        """Time since the last good word; None when there never was one."""
        return None if self.last_ok is None else max(self.at - self.last_ok, timedelta(0))

    def __str__(self) -> str:
        parts = [_(_OUTCOMES[self.outcome])]
        if self.state is not None:
            parts.append(_(_STATES[self.state]))
        parts += [self.message] if self.message else []
        if self.outcome == "failed":
            parts.append(self._last_word())
        return f"{self.name}: {' · '.join(parts)}"

    def _last_word(self) -> str:
        if self.age is None:
            return _("never read")
        minutes = int(self.age.total_seconds()) // 60
        if minutes < 60:
            return _("last read {n} min ago").format(n=minutes)
        return _("last read {h} h {m:02} min ago").format(h=minutes // 60, m=minutes % 60)


def to_json(report: SourceReport) -> dict[str, object]:
    """The report as plain values under stable keys; times in UTC, ISO 8601, or null."""
    return {
        "key": report.key,
        "name": report.name,
        "kind": report.kind,
        "outcome": report.outcome,
        "state": report.state.value if report.state else None,
        "message": report.message,
        "failure": report.failure,
        "last_ok": report.last_ok.astimezone(UTC).isoformat() if report.last_ok else None,
        "at": report.at.astimezone(UTC).isoformat(),
    }
