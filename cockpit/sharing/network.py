"""Addresses of channels and faults of the network: what is refused, and sentences with the host alone."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.sharing.target import Outcome, Refused, Target, failed

_URL_LIMIT = 4_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Address:
    """The parts of a channel's address. Only `host` may be shown: the rest may be the secret."""

    scheme: str
    host: str
    port: int | None
    path: str = field(repr=False)
    query: str = field(repr=False)

    @property
    def root(self) -> str:
        """The address of the server itself."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{name}:{self.port}/" if self.port else f"{self.scheme}://{name}/"


def parsed(target: Target, *, schemes: tuple[str, str] = ("https", "http")) -> Address:
    """The address of a target. Raises Refused for one that is not sound.

    The first of `schemes` is encrypted; the second is for targets marked `internal`.
    """
    url = target.url.strip()
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii").rstrip(".")
        port = parts.port
    except ValueError as error:
        raise Refused(_("the address of this channel is not valid")) from error
    if not host or parts.scheme not in schemes or " " in url or clean(url, _URL_LIMIT) != url:
        raise Refused(_("the address of this channel must start with {scheme}://").format(scheme=schemes[0]))
    if parts.scheme != schemes[0] and not target.internal:
        raise Refused(
            _("{host} would be reached without encryption: set internal = true to allow it").format(host=host)
        )
    if parts.username is not None or parts.password is not None:
        raise Refused(_("the address of this channel must not hold a password: use the token"))
    return Address(parts.scheme, host, port, parts.path, parts.query)


def authorization_is_sound(*words: str) -> bool:
    """Whether a user and a token can stand in a header: visible ASCII without line feeds."""
    return all(word.isascii() and word.isprintable() for word in words)


async def reach(host: str, port: int, *, internal: bool) -> None:
    """Refuse a name of this machine or the local network unless `internal`.

    Raises Refused, and `socket.gaierror` for an unknown name. The connection is then made by name:
    without `internal` it is encrypted, and the certificate is checked against that name.
    """
    if internal:
        return
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    names = (str(entry[4][0]).partition("%")[0] for entry in found)
    if not all(_is_public(ipaddress.ip_address(name)) for name in names):
        raise Refused(_("{host} is on the local network: set internal = true to allow it").format(host=host))


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address):
        carried = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            carried = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if carried is not None:
            return _is_public(carried)
    return ip.is_global and not ip.is_multicast


def system_tls() -> ssl.SSLContext:
    """Certificates are judged by the system's store, so that company proxies work."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def of_error(error: Exception, host: str) -> Outcome:
    """What an exception of the network means. Trying again later may always help."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return failed(_tls(cause, host))
        if isinstance(cause, socket.gaierror):
            return failed(_("the name {host} cannot be looked up: check the network").format(host=host))
        if isinstance(cause, ConnectionRefusedError):
            return failed(_("{host} refuses connections").format(host=host))
        if isinstance(cause, TimeoutError):
            return failed(silent(host))
    return failed(_("{host} broke off the connection").format(host=host))


def silent(host: str) -> str:
    """For a server that did not answer in time."""
    return _("{host} does not answer").format(host=host)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return reversed(chain)


def _tls(error: ssl.SSLError, host: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("the certificate of {host} is not accepted: expired, unknown or for another name").format(
            host=host
        )
    return _("{host} does not speak TLS properly").format(host=host)
