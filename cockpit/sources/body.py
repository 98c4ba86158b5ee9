"""The body of an answer: decompressed under a limit, and told from a web page."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import AsyncIterator
from typing import Literal

Wants = Literal["json", "xml", "calendar", "any"]

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_SPACES = b" \t\r\n\x00"
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--")


class TooBig(Exception):
    """More decoded bytes than the limit."""


class Broken(Exception):
    """A compression that was not asked for, damaged, or cut short."""


async def read_limited(
    chunks: AsyncIterator[bytes], encoding: str, limit: int, *, until: bytes = b""
) -> bytes:
    """The decoded body, never holding more than `limit` bytes of it. Raises TooBig and Broken.

    `until` ends the reading early, after the first occurrence of these bytes (for a stream of events).
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Broken(encoding)
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding not in ("", "identity") else None
    body = bytearray()
    async for chunk in chunks:
        try:
            body += inflater.decompress(chunk, limit + 1 - len(body)) if inflater else chunk
        except zlib.error as error:
            raise Broken(encoding) from error
        if len(body) > limit:
            raise TooBig
        if until and until in body:
            return bytes(body)
    if inflater and body and not inflater.eof:
        raise Broken(encoding)
    return bytes(body)


def is_page(body: bytes, content_type: str, wants: Wants) -> bool:
    """Whether `body` is a web page (sign-in, captive portal, moved site) where data was wanted.

    The first bytes decide, since data is often labelled text/html; the label decides on what is left.
    """
    if wants == "any":
        return False
    start = _start(body)
    if wants == "json" and start[:1] in (b"{", b"["):
        return False
    if wants == "calendar" and start.startswith(b"begin:vcalendar"):
        return False
    return start.startswith(_PAGE_STARTS) or "text/html" in content_type.lower()


def _start(body: bytes) -> bytes:
    head = body[:512]
    for bom in (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE):
        head = head.removeprefix(bom)
    return head.replace(b"\x00", b"").lstrip(_SPACES).lower()
