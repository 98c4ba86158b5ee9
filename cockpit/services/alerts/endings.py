"""Whether what is no alert any more is over: a silence ends one too, and only a good word says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from cockpit.domain.alerts.alerts import CERTIFICATE_WARNING
from cockpit.domain.providers.state import FINE, Freshness
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.providers.provider_line import ProviderLine


def is_over(
    kind: str, target: str, *, providers: Sequence[ProviderLine], feeds: Sequence[FeedLine], now: datetime
) -> bool:
    """Whether the trouble of that kind can be said to be over. A source that was removed, that is not heard
    or that our own connection hides says nothing of the kind."""
    if kind in _OF_PAGES:
        line = next((each for each in providers if f"status:{each.key}" == target), None)
        return line is not None and _OF_PAGES[kind](line, now)
    if kind == "stale":
        feed = next((each for each in feeds if f"feed:{each.key}" == target), None)
        return feed is not None and feed.state is not None and feed.state.last_failure is None
    return True


def _is_fine(line: ProviderLine, _now: datetime) -> bool:
    return line.state in FINE and line.fresh is Freshness.FRESH


def _is_read(line: ProviderLine, _now: datetime) -> bool:
    return line.row is not None and line.row.last_ok is not None and line.row.last_failure is None


def _is_steady(line: ProviderLine, now: datetime) -> bool:
    return not line.unstable and _is_read(line, now)


def _is_renewed(line: ProviderLine, now: datetime) -> bool:
    expiry = line.row.certificate_expiry if line.row is not None else None
    return expiry is not None and expiry - now > CERTIFICATE_WARNING


_OF_PAGES: Mapping[str, Callable[[ProviderLine, datetime], bool]] = {
    "provider": _is_fine,
    "stale_status": _is_read,
    "name_lost": _is_read,
    "unstable": _is_steady,
    "certificate_ends": _is_renewed,
}
