"""An HTTP probe: the service itself is asked, since its provider publishes no status.

Blocked is not down: 401, 403 and 429 say nothing of the service. Our own network down says nothing either.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Reading
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched

SLOW_MS = 5_000
CERTIFICATE_WARNINGS = (timedelta(days=7), timedelta(days=21))

_BLOCKED = frozenset({401, 403, 407, 429})
_NOT_ITS_FAULT = frozenset({"offline", "dns", "refused", "rate_limited", "auth", "too_big"})


def read_outcome(outcome: Fetched | Failed, *, now: datetime, source: StatusSource) -> Reading:
    """What one try says of the service, before the three failures in a row that make an outage."""
    if isinstance(outcome, Failed):
        state = State.UNKNOWN if outcome.kind in _NOT_ITS_FAULT else State.MAJOR_OUTAGE
        return _reading(source, state, outcome.message)
    state, said = _judged(outcome, source)
    warnings = _certificate_warnings(outcome.certificate_expiry, now)
    return _reading(source, state, said, warnings, outcome.certificate_expiry)


def _judged(answer: Fetched, source: StatusSource) -> tuple[State, str]:
    status = answer.status
    said = _("answered {status} in {ms} ms").format(status=status, ms=answer.elapsed_ms)
    if status in source.expect or (not source.expect and 200 <= status < 400):
        if source.contains and source.contains not in answer.body.decode("utf-8", "replace"):
            return State.MAJOR_OUTAGE, _("{said}, without the expected text").format(said=said)
        return (State.DEGRADED if answer.elapsed_ms > SLOW_MS else State.OPERATIONAL), said
    if status in _BLOCKED:
        return State.UNKNOWN, _("{said}: blocked, which is not down").format(said=said)
    return State.MAJOR_OUTAGE, said


def _certificate_warnings(expiry: datetime | None, now: datetime) -> tuple[str, ...]:
    if expiry is None or expiry - now > max(CERTIFICATE_WARNINGS):
        return ()
    days = max((expiry - now).days, 0)
    return (_("the certificate expires in {days} days").format(days=days),)


def _reading(
    source: StatusSource,
    state: State,
    said: str,
    warnings: tuple[str, ...] = (),
    expiry: datetime | None = None,
) -> Reading:
    return Reading(
        state=state,
        page=source.name,
        indicator=said,
        components=(Component(id=source.key, name=source.name, state=state),),
        warnings=warnings,
        certificate_expiry=expiry,
    )
