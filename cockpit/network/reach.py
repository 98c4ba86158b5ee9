"""Whom the program may connect to. The connection is made to an IP address that was checked, never to the
name again: a name that leads to the local network only at its second look-up gains nothing.

TLS and HTTP still hear the name, so that the certificate and the site are those of the name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from cockpit.locale import _
from cockpit.network.trouble import is_tls

if TYPE_CHECKING:
    import httpx

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ADDRESSES_TRIED = 4

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """What is not even tried. The message says why, for a person, with the host alone."""


async def resolve(host: str, port: int, *, internal: bool) -> tuple[str, ...]:
    """The IP addresses of `host` to try, in order.

    Raises Refused when any of them is of this machine or the local network unless `internal`, and
    `socket.gaierror` when the name is not known.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return _checked(host, found, internal=internal)


def resolve_in_thread(host: str, port: int, *, internal: bool) -> tuple[str, ...]:
    """As `resolve`, for a thread that may wait."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return _checked(host, found, internal=internal)


def connected(addresses: Sequence[str], port: int, timeout_s: Callable[[], float]) -> socket.socket:
    """A connection to the first of the checked `addresses` that answers; `timeout_s` is asked for each.

    Raises OSError, that of the last.
    """
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout_s())
    return socket.create_connection((addresses[-1], port), timeout_s())


@asynccontextmanager
async def exchange(
    client: httpx.AsyncClient, method: str, url: str, addresses: Sequence[str], **options: Any
) -> AsyncIterator[httpx.Response]:
    """One request and its answer, from the first of the checked `addresses` that can be connected to.

    `options` are those of `httpx.AsyncClient.stream`. Raises what httpx raises.
    """
    import httpx

    place = httpx.URL(url)
    options["headers"] = {"Host": place.netloc.decode("ascii"), **options.get("headers", {})}
    options["extensions"] = {"sni_hostname": place.raw_host.decode("ascii")}
    async with AsyncExitStack() as stack:
        for address in addresses[:-1]:
            try:
                opened = client.stream(method, place.copy_with(host=address), **options)
                response = await stack.enter_async_context(opened)
                break
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if is_tls(error):
                    raise
        else:
            opened = client.stream(method, place.copy_with(host=addresses[-1]), **options)
            response = await stack.enter_async_context(opened)
        yield response


def is_public(ip: IPAddress) -> bool:
    """Whether `ip` is on the public Internet, seen through the forms that carry an IPv4 address in IPv6."""
    if isinstance(ip, ipaddress.IPv6Address):
        carried = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            carried = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
    return ip.is_global and not ip.is_multicast


def system_tls() -> ssl.SSLContext:
    """Certificates are judged by the system's store, so that company proxies work."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _checked(host: str, found: Sequence[tuple[Any, ...]], *, internal: bool) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    # All of them, also those that would not be tried: one private address is enough to tell a trap.
    if not internal and not all(is_public(ipaddress.ip_address(name.partition("%")[0])) for name in names):
        raise Refused(_("{host} is on the local network: set internal = true to allow it").format(host=host))
    return names[:_ADDRESSES_TRIED]
