"""Why a fetch failed: a kind for the program, a sentence for a person with the host alone."""

from __future__ import annotations

import errno
import math
import socket
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from cockpit.locale import _
from cockpit.sources.body import Wants

Kind = Literal[
    "offline", "dns", "tls", "timeout", "too_big", "redirect", "auth", "gone", "not_found",
    "rate_limited", "server", "html", "refused", "broken_body", "not_understood",
]  # fmt: skip
Cause = Literal["", "untrusted", "reset", "portal"]
"""What our own connection may do to every source alike: a certificate of an unknown authority, a connection
that is cut, one page for all."""
"""`refused` is our own refusal to ask; a server that refuses the connection is `server`. `not_understood` is
a status page that answers, in a form that no dialect reads."""

RETRY_AFTER_BOUNDS_S = (30.0, 3600.0)
_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})
_EXPIRED, _NOT_YET, _WRONG_NAME = 10, 9, 62
"""OpenSSL verification results (X509_V_ERR_...)."""


@dataclass(frozen=True)
class Failed:
    """A fetch that gave nothing. `retry_after` in seconds, `status` when the server answered one."""

    kind: Kind
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
    """The failure behind an exception of the network or of httpx, found along its chain of causes."""
    import httpx

    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            why: Cause = "untrusted" if _is_untrusted(cause) else ""
            return Failed("tls", _tls_message(cause, host), cause=why)
        if isinstance(cause, socket.gaierror):
            if cause.errno == socket.EAI_AGAIN:
                message = _("the name {host} cannot be looked up: check the network")
                return Failed("offline", message.format(host=host))
            return Failed("dns", _("the name {host} does not exist").format(host=host))
        if isinstance(cause, ConnectionRefusedError):
            return Failed("server", _("{host} refuses connections").format(host=host))
        if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
            return Failed("offline", _("the network is down"))
        if isinstance(cause, httpx.TimeoutException | TimeoutError):
            return Failed("timeout", _("{host} does not answer").format(host=host))
        if isinstance(cause, httpx.RemoteProtocolError):
            return Failed("broken_body", broken(host))
    return Failed("server", _("{host} broke off the connection").format(host=host), cause="reset")


def is_tls(error: Exception) -> bool:
    """Whether TLS is why a connection failed."""
    return any(isinstance(cause, ssl.SSLError) for cause in _causes(error))


def _causes(error: BaseException | None) -> tuple[BaseException, ...]:
    """The exception and what caused it, deepest first, since the deepest knows most."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return tuple(reversed(chain))


def _is_untrusted(error: ssl.SSLError) -> bool:
    """Whether somebody unknown vouches for the server: as a proxy on the way does for all of them."""
    known = (_EXPIRED, _NOT_YET, _WRONG_NAME)
    return isinstance(error, ssl.SSLCertVerificationError) and error.verify_code not in known


def _tls_message(error: ssl.SSLError, host: str) -> str:
    if not isinstance(error, ssl.SSLCertVerificationError):
        return _("{host} does not speak TLS properly").format(host=host)
    if error.verify_code == _EXPIRED:
        return _("the certificate of {host} has expired").format(host=host)
    if error.verify_code == _NOT_YET:
        return _("the certificate of {host} is not valid yet: check this computer's clock").format(host=host)
    if error.verify_code == _WRONG_NAME:
        return _("the certificate of {host} is for another name").format(host=host)
    return _("the certificate of {host} comes from an unknown authority").format(host=host)


def too_slow(host: str, seconds: float) -> str:
    """For an answer that was not complete in time."""
    return _("{host} is too slow: no complete answer in {seconds:g} s").format(host=host, seconds=seconds)


def too_big(host: str, limit: int) -> str:
    """For a body over the limit, in bytes."""
    size = limit / 1024 / 1024
    return _("the answer of {host} is too big (over {size:g} MiB): ignored").format(host=host, size=size)


def broken(host: str) -> str:
    """For a body that is damaged or cut short."""
    return _("the answer of {host} is incomplete or damaged").format(host=host)


def page(host: str, wants: Wants) -> str:
    """For a web page where data was wanted."""
    if wants == "calendar":
        message = _("{host} answers with a web page instead of a calendar: is a sign-in needed?")
    else:
        message = _("unexpected answer from {host}: a web page instead of data")
    return message.format(host=host)
