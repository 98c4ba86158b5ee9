"""Addresses of sources: what may be fetched, from where, and what a person may be shown of them."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.network.reach import Refused

_SCHEMES = {"webcal": "https", "webcals": "https", "https": "https", "http": "http"}
_DEFAULT_PORTS = {"https": 443, "http": 80}


class Moved(Refused):
    """A redirect to another host. `address` is where it leads: a person has to accept it."""

    def __init__(self, message: str, address: str) -> None:
        super().__init__(message)
        self.address = address


@dataclass(frozen=True)
class WebAddress:
    """An http(s) address in its parts. Only `host` may be shown: path and query may hold a secret."""

    scheme: str
    host: str
    port: int
    url: str = field(repr=False)
    """Without user, password and fragment."""
    authorization: str = field(default="", repr=False)
    """The header that stands for the user and password of the address as typed; may be empty."""

    def redirected(self, location: str) -> WebAddress:
        """Where a redirect leads, on the same host only. Raises Refused, with the host it wants."""
        try:
            target = parse(urljoin(self.url, location))
        except (Refused, ValueError) as error:
            raise Refused(_("{host} redirects to an invalid address").format(host=self.host)) from error
        if (self.scheme, target.scheme) == ("https", "http"):
            raise Refused(
                _("{host} redirects to an address without encryption: refused").format(host=self.host)
            )
        upgraded = (self.scheme, self.port, target.scheme, target.port) == ("http", 80, "https", 443)
        if target.host != self.host or (target.port != self.port and not upgraded):
            raise Moved(
                _("{host} sends to {target} now: confirm and change the address").format(
                    host=self.host, target=target.host
                ),
                target.url,
            )
        return WebAddress(target.scheme, target.host, target.port, target.url, self.authorization)


def parse(url: str) -> WebAddress:
    """The parts of an http(s) or webcal(s) address as a person typed it. Raises Refused."""
    try:
        parts = urlsplit(url.strip())
        scheme = _SCHEMES.get(parts.scheme.lower(), "")
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        port = parts.port
    except ValueError as error:
        raise Refused(_("the address is not valid: check it in the configuration")) from error
    if "\\" in parts.netloc:
        # A browser would go to the host before it, and this program to the one behind.
        raise Refused(_("the address holds a backslash: check where it leads"))
    if not scheme or not host or " " in host or clean(url, 10_000) != url.strip():
        raise Refused(_("the address must start with https://, http:// or webcal://"))
    port = port or _DEFAULT_PORTS[scheme]
    return WebAddress(scheme, host, port, _rebuilt(parts, scheme, host, port), _authorization(parts))


def _rebuilt(parts: SplitResult, scheme: str, host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    place = name if port == _DEFAULT_PORTS[scheme] else f"{name}:{port}"
    return urlunsplit((scheme, place, parts.path or "/", parts.query, ""))


def _authorization(parts: SplitResult) -> str:
    if parts.username is None:
        return ""
    return basic(unquote(parts.username), unquote(parts.password or ""))


def basic(user: str, password: str) -> str:
    """The Authorization header of RFC 7617."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def local_path(source: str) -> Path | None:
    """The file or folder that an address means; None when it is on the network."""
    from urllib.request import url2pathname

    if source.lower().startswith("file://"):
        return Path(url2pathname(urlsplit(source).path))
    return None if "://" in source else Path(source).expanduser()
