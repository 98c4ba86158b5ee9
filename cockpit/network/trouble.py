"""Why a connection failed: a kind for the program, a sentence for a person with the host alone."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import Literal

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _

TroubleKind = Literal["offline", "dns", "tls", "timeout", "server", "broken_body"]

Cause = Literal["", "untrusted", "reset"]
"""What one network does to everybody alike: a certificate of an unknown authority, a connection that is cut."""

_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})
_EXPIRED, _NOT_YET, _WRONG_NAME = 10, 9, 62
"""OpenSSL verification results (X509_V_ERR_...)."""


@dataclass(frozen=True)
class Trouble:
    """What stood in the way of an exchange. `server` is a server that refuses or hangs up."""

    kind: TroubleKind
    message: str
    cause: Cause = ""


def of_exception(error: Exception, host: str) -> Trouble:
    """The trouble behind an exception of the network or of httpx, found along its chain of causes."""
    for cause in _causes(error):
        if (found := _of_cause(cause, host)) is not None:
            return found
    return Trouble("server", _("{host} broke off the connection").format(host=host), "reset")


def _of_cause(cause: BaseException, host: str) -> Trouble | None:
    import httpx

    if isinstance(cause, ssl.SSLError):
        return Trouble("tls", _tls_message(cause, host), "untrusted" if _is_untrusted(cause) else "")
    if isinstance(cause, socket.gaierror):
        if cause.errno == socket.EAI_AGAIN:
            message = _("the name {host} cannot be looked up: check the network")
            return Trouble("offline", message.format(host=host))
        return Trouble("dns", _("the name {host} does not exist").format(host=host))
    if isinstance(cause, ConnectionRefusedError):
        return Trouble("server", _("{host} refuses connections").format(host=host))
    if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
        return Trouble("offline", _("the network is down"))
    if isinstance(cause, httpx.TimeoutException | TimeoutError):
        return Trouble("timeout", silent(host))
    if isinstance(cause, httpx.RemoteProtocolError):
        return Trouble("broken_body", broken(host))
    return None


def is_tls(error: Exception) -> bool:
    """Whether TLS is why a connection failed."""
    return any(isinstance(cause, ssl.SSLError) for cause in _causes(error))


def silent(host: str) -> str:
    """For a server that did not answer in time."""
    return _("{host} does not answer").format(host=host)


def broken(host: str) -> str:
    """For a body that is damaged or cut short."""
    return _("the answer of {host} is incomplete or damaged").format(host=host)


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
