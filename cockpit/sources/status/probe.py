"""An HTTP probe: the service itself is asked, since its provider publishes no status.

Blocked is not down: 401, 403 and 429 say nothing of the service. Our own network down says nothing either.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from cockpit.domain.alerts.alerts import CERTIFICATE_WARNING
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.domain.text import clean
from cockpit.locale import N_, _, ngettext
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched

SLOW_MS = 5_000

_BLOCKED = frozenset({401, 403, 407, 429})
_ANSWERS = {
    405: N_("it answers, and refuses this way of asking"),
    406: N_("it answers, and refuses this way of asking"),
    418: N_("it answers, and takes us for a robot"),
    451: N_("it answers, and is not allowed to show itself here"),
}
"""Refusals that only a service which is up can give."""
_SIGN_IN = re.compile(r"log-?in|sign-?in|sso|saml|oauth|auth|account|idp|connexion", re.IGNORECASE)
_NOT_ITS_FAULT = frozenset({"offline", "dns", "refused", "rate_limited", "auth", "too_big", "redirect"})


def read_outcome(outcome: Fetched | Failed, *, now: datetime, source: StatusSource) -> StatusReading:
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
    said = " · ".join((said, *_elsewhere(answer)))
    if status in source.expect or (not source.expect and 200 <= status < 400):
        if source.contains and source.contains not in answer.body.decode("utf-8", "replace"):
            return State.MAJOR_OUTAGE, _("{said}, without the expected text").format(said=said)
        return (State.DEGRADED if answer.elapsed_ms > SLOW_MS else State.OPERATIONAL), said
    if status in _ANSWERS and not source.expect:
        return State.OPERATIONAL, f"{said} · {_(_ANSWERS[status])}"
    if status in _BLOCKED:
        return State.UNKNOWN, _("{said}: blocked, which is not down").format(said=said)
    return State.MAJOR_OUTAGE, said


def _elsewhere(answer: Fetched) -> tuple[str, ...]:
    """Where the answer sends its visitors: another host, which is named, or its own sign-in."""
    if answer.moved_to:
        host = urlsplit(answer.moved_to).hostname or ""
        if _SIGN_IN.search(answer.moved_to):
            return (_("it answers, and asks to sign in at {host}").format(host=clean(host, 100)),)
        return (_("it answers, and sends to {host}").format(host=clean(host, 100)),)
    signs_in = _SIGN_IN.search(urlsplit(answer.final_url).path) is not None
    return (_("it answers, and asks to sign in"),) if signs_in else ()


def _certificate_warnings(expiry: datetime | None, now: datetime) -> tuple[str, ...]:
    if expiry is None or expiry - now > CERTIFICATE_WARNING:
        return ()
    days = max((expiry - now).days, 0)
    text = ngettext("the certificate expires in {n} day", "the certificate expires in {n} days", days)
    return (text.format(n=days),)


def _reading(
    source: StatusSource,
    state: State,
    said: str,
    warnings: tuple[str, ...] = (),
    expiry: datetime | None = None,
) -> StatusReading:
    return StatusReading(
        state=state,
        page=source.name,
        indicator=said,
        components=(Component(id=source.key, name=source.name, state=state),),
        warnings=warnings,
        certificate_expiry=expiry,
    )
