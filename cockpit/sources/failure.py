"""Why a fetch failed: a kind for the program, a sentence for a person with the host alone."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from cockpit.domain.dataclasses import dataclass, field
from cockpit.locale import _
from cockpit.network.trouble import of_exception
from cockpit.sources.body import Wants

FailureKind = Literal[
    "offline", "dns", "tls", "timeout", "too_big", "redirect", "auth", "gone", "not_found",
    "rate_limited", "server", "html", "refused", "broken_body", "not_understood",
]  # fmt: skip
"""`refused` is our own refusal to ask; a server that refuses the connection is `server`. `not_understood` is
a status page that answers, in a form that no dialect reads."""
Cause = Literal["", "untrusted", "reset", "portal"]
"""What our own connection may do to every source alike: a certificate of an unknown authority, a connection
that is cut, one page for all."""

RETRY_AFTER_BOUNDS_S = (30.0, 3600.0)


@dataclass(frozen=True)
class Failed:
    """A fetch that gave nothing. `retry_after` in seconds, `status` when the server answered one."""

    kind: FailureKind
    message: str
    retry_after: float | None = None
    status: int | None = None
    cause: Cause = ""
    """More than the kind, where it tells whether our own connection is at fault."""
    moved_to: str = field(default="", repr=False)
    """The address on another host to which a redirect leads: offered to a person, never followed."""


def remembered(failure: Failed) -> str:
    """What is kept of a failure: its cause where it has one, else its kind."""
    return failure.cause or failure.kind


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait for a Retry-After header, in either form of RFC 9110 10.2.3, 30 s to 1 h; else None."""
    value = value.strip()
    if not value:
        return None
    try:
        seconds = float(value) if value.isascii() and value.isdigit() else _until(value, now)
    except (ValueError, OverflowError):
        return None
    shortest, longest = RETRY_AFTER_BOUNDS_S
    return min(max(seconds, shortest), longest) if math.isfinite(seconds) else longest


def http_date(value: str) -> datetime | None:
    """The instant of a date of HTTP (RFC 9110 5.6.7); None when it is none."""
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _until(value: str, now: datetime) -> float:
    at = parsedate_to_datetime(value)
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()


def of_status(status: int, host: str, wait: float | None) -> Failed:
    """The failure that an HTTP status other than success stands for."""
    if status in (401, 403, 407):
        message = _("{host} refuses access ({status}): check the user, password or address")
        return Failed("auth", message.format(host=host, status=status), wait, status)
    if status == 404:
        message = _("{host} does not know this address (404): check it in the configuration")
        return Failed("not_found", message.format(host=host), wait, status)
    if status == 410:
        message = _("{host} says this address is gone for good (410): remove or replace it")
        return Failed("gone", message.format(host=host), wait, status)
    if status in (425, 429) or (status == 503 and wait is not None):
        message = _("{host} asks to wait before the next read ({status})")
        return Failed("rate_limited", message.format(host=host, status=status), wait, status)
    message = _("{host} answered with an error ({status})")
    return Failed("server", message.format(host=host, status=status), wait, status)


def of_exchange(error: Exception, host: str) -> Failed:
    """The failure behind an exception of the network or of httpx."""
    found = of_exception(error, host)
    return Failed(found.kind, found.message, cause=found.cause)


def in_circles(host: str) -> str:
    """For redirects that never end."""
    return _("{host} redirects in circles").format(host=host)


def too_slow(host: str, seconds: float) -> str:
    """For an answer that was not complete in time."""
    return _("{host} is too slow: no complete answer in {seconds:g} s").format(host=host, seconds=seconds)


def too_big(host: str, limit: int) -> str:
    """For a body over the limit, in bytes."""
    size = limit / 1024 / 1024
    return _("the answer of {host} is too big (over {size:g} MiB): ignored").format(host=host, size=size)


def page(host: str, wants: Wants) -> str:
    """For a web page where data was wanted."""
    if wants == "calendar":
        message = _("{host} answers with a web page instead of a calendar: is a sign-in needed?")
    else:
        message = _("unexpected answer from {host}: a web page instead of data")
    return message.format(host=host)
