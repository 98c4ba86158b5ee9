"""The address of a copy elsewhere: the place, and what a server needs beside it, written behind a question mark.

`s3://bucket/cockpit?endpoint=https://s3.fr-par.scw.cloud&region=fr-par`,
`sftp://claire@nas.example/copies/cockpit?key-path=~/.ssh/id_ed25519`. No secret is among them: Litestream finds
those in its own environment.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from cockpit.domain.dataclasses import dataclass

OPTIONS = ("endpoint", "region", "key-path", "host-key")
"""What may stand behind the question mark, by the names that Litestream gives it in its configuration."""
_PASSWORD = re.compile(r"[a-z0-9+]+://[^/]*:[^/]*@")


@dataclass(frozen=True)
class CopyAddress:
    """Where a copy is kept."""

    place: str
    """The address without what stands behind its question mark."""
    options: tuple[tuple[str, str], ...]
    """What stands there, in its order."""
    has_password: bool = False
    """Whether a password stands in it, before or behind the question mark."""

    @property
    def kind(self) -> str:
        """What kind of server it is: `s3`, `sftp`; empty for a folder."""
        return self.place.partition("://")[0] if "://" in self.place else ""

    @property
    def unknown(self) -> str:
        """The first option that is none of ours; empty when there is none."""
        return next((name for name, _value in self.options if name not in OPTIONS), "")


def read(text: str) -> CopyAddress:
    """An address in its parts. What is no address is a folder, whatever signs are in its name."""
    if "://" not in text:
        return CopyAddress(text, ())
    place, _mark, behind = text.partition("?")
    pairs = (each.partition("=") for each in behind.split("&") if each)
    # A plus sign is one: it stands in keys of hosts.
    options = tuple((unquote(name), unquote(value)) for name, _sign, value in pairs)
    # A question mark may be one of the password.
    looked_at = (text, *(value for _name, value in options))
    return CopyAddress(place, options, any(_PASSWORD.match(each) for each in looked_at))
