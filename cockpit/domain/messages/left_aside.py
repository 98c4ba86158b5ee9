"""A file that could not be taken, as much of it as can be read: for a person to take it all the same."""

from __future__ import annotations

import hashlib

from cockpit.domain.messages.decoding import decoded
from cockpit.domain.messages.statement import (
    SIZE_LIMIT,
    TAG,
    TITLE_LIMIT,
    ReceivedStatement,
    body_of,
    split_subject,
    subject_of,
)
from cockpit.domain.text import clean

_TEXTUAL = 0.9
"""Share of a file's first characters that can be read, for it to be shown as text."""


def left_file(raw: bytes, name: str, why: str) -> ReceivedStatement:
    """What a file named `name` holds, and why it was left aside."""
    text = decoded(raw[:SIZE_LIMIT])
    readable = "\x00" not in text and _share(text[:2_000]) >= _TEXTUAL
    first, _rest = split_subject(text) if readable else ("", "")
    # The line of a program's own notation says less than the name that somebody gave.
    name = clean(name, TITLE_LIMIT) or "?"
    is_notation = first.lstrip()[:1] in "{[<" and not TAG.match(first.lstrip())
    severity, title, whole = subject_of(name if is_notation else first)
    digest = hashlib.sha256(raw).hexdigest()
    return ReceivedStatement(
        origin_id=digest, digest=digest, sender="", service="", severity=severity,
        title=title or name, body=body_of([whole, text]) if readable else "", at=None, link="", proof="",
        way="folder", left_aside=why,
    )  # fmt: skip


def _share(text: str) -> float:
    return sum(c.isprintable() or c.isspace() for c in text) / len(text) if text else 0.0
