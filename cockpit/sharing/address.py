"""Addresses of channels: what is refused, with the host alone in its sentence."""

from __future__ import annotations

from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.network.reach import Refused
from cockpit.sharing.target import ChannelTarget

_URL_LIMIT = 4_000


@dataclass(frozen=True)
class ChannelAddress:
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


def parsed(target: ChannelTarget, *, schemes: tuple[str, str] = ("https", "http")) -> ChannelAddress:
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
    return ChannelAddress(parts.scheme, host, port, parts.path, parts.query)


def authorization_is_sound(*words: str) -> bool:
    """Whether a user and a token can stand in a header: visible ASCII without line feeds."""
    return all(word.isascii() and word.isprintable() for word in words)
