"""Bytes of a feed made into unfolded lines of UTF-8, whatever encoding and line ends it came with."""

from __future__ import annotations

import codecs

from cockpit.locale import _

MAX_BYTES = 64 * 1024 * 1024
MAX_LINES = 2_000_000
MAX_LINE = 8 * 1024 * 1024


class FeedRefused(ValueError):
    """The body is not a calendar that can be read. The message tells a person why and what to do."""


def unfold(body: bytes) -> bytes:
    """`body` with line feeds only and each property on one line (RFC 5545 3.1).

    Unfolded as octets, since servers fold inside a character. UTF-16 with a byte order mark is understood.
    Raises FeedRefused beyond MAX_BYTES.
    """
    if len(body) > MAX_BYTES:
        raise FeedRefused(
            _("the calendar is larger than 64 MB: publish a shorter period, or another calendar")
        )
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        body = body.decode("utf-16", "replace").encode()
    body = body.removeprefix(codecs.BOM_UTF8)
    body = body.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # Some programs put a blank line before each continuation.
    body = body.replace(b"\n\n ", b"\n ")
    return body.replace(b"\n ", b"").replace(b"\n\t", b"")


def text(line: bytes) -> str:
    """`line` as UTF-8, each byte that is not taken as Windows-1252, which is what such feeds meant."""
    return line.decode("utf-8", _FALLBACK)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_FALLBACK = "cockpit.windows-1252"
codecs.register_error(_FALLBACK, _as_windows)
