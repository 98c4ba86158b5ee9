"""Who may come in by the browser, judged from what a request says. Nothing of it is believed by itself.

Without a proxy the door listens to this machine alone, and asks for the key that was printed when it was opened:
other people of the machine, and pages that the browser has open, do not have it. Behind a proxy the door believes
the name of who signed in only from a request that carries the proxy's key, which no visitor is ever told.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.refusal import Refusal
from cockpit.domain.text import clean
from cockpit.locale import _

PROXY_KEY = "X-Cockpit-Key"
"""The header in which the proxy says that it is the proxy."""
COOKIE = "cockpit-key"
NAME_LIMIT = 100
"""Characters of the longest name that is looked for among the seats."""


class NotReachable(Refusal):
    """The door would be open to more than it should."""


@dataclass(frozen=True, kw_only=True)
class DoorRules:
    """What the door believes."""

    address: str
    """Where the page is, as a browser writes it: scheme, host and port."""
    key: str
    """Of the one who opened it, or of the proxy."""
    header: str = ""
    """The header in which the proxy says who signed in; empty: there is no proxy."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who asks: let in as somebody, or turned away with a status of HTTP."""

    name: str = ""
    """Who signed in; empty where there is no proxy: they sit where this machine's owner does."""
    refused: int = 0


def judge(rules: DoorRules, headers: Mapping[str, str], *, said: str, cookie: str, upgrades: bool) -> Visitor:
    """Whether a request is let in. `said` is the key in its address, `upgrades` that it wants a websocket."""
    host = urlsplit(rules.address).netloc
    if headers.get("Host", "") != host:
        # Another name that leads to this machine: a page elsewhere may have made it.
        return Visitor(refused=421)
    if upgrades and headers.get("Origin", "") != rules.address:
        return Visitor(refused=403)
    if not rules.header:
        return Visitor() if _same(said or cookie, rules.key) else Visitor(refused=401)
    if not _same(headers.get(PROXY_KEY, ""), rules.key):
        return Visitor(refused=403)
    name = clean(_text(headers.get(rules.header, "")), NAME_LIMIT + 1).strip()
    return Visitor(name=name) if 0 < len(name) <= NAME_LIMIT else Visitor(refused=401)


def may_listen(host: str, *, behind: str) -> None:
    """Raises NotReachable when that address would let in more than this machine, without a proxy that signs in."""
    if host == "localhost":
        return
    try:
        at = ip_address(host)
    except ValueError:
        raise NotReachable(_("{host} is no address: write for example 127.0.0.1").format(host=host)) from None
    if at.is_unspecified:
        raise NotReachable(
            _("{host} is every address of this machine: name the one on which the proxy comes").format(
                host=host
            )
        )
    if not at.is_loopback and not behind:
        raise NotReachable(
            _(
                "{host} can be reached from elsewhere, and nobody would have to sign in:"
                " put a proxy before it and say its address with --behind"
            ).format(host=host)
        )


def origin(address: str) -> str:
    """An address as a browser writes an origin. Raises NotReachable when it is none, or has more behind it."""
    parts = urlsplit(address.rstrip("/"))
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.username
    ):
        raise NotReachable(
            _("{address} is no address of a page: write for example https://cockpit.example").format(
                address=address
            )
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _same(said: str, key: str) -> bool:
    return bool(key) and hmac.compare_digest(said.encode("utf-8", "replace"), key.encode())


def _text(value: str) -> str:
    """A name in UTF-8, as proxies write them: headers are read as Latin-1, or with surrogates."""
    try:
        return value.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        return ""
