"""What an approval is of: the fields whose change makes it an approval of something else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from cockpit.domain.records.record import Record, Register

CONTENT: Mapping[str, tuple[str, ...]] = {
    "decision": ("title", "owner", "due", "question", "options", "amount", "note"),
    "cost": ("name", "month", "kind", "function", "contract", "amount", "minutes"),
    "document": ("name", "process", "function", "link"),
    "occurrence": ("minutes_path", "minutes_hash"),
    "statement": ("title", "sender", "body"),
    "contract": ("name", "provider", "amount", "notice", "initial_months", "renewal", "renewal_months"),
    "process": ("name", "function", "steps", "accountable", "responsible"),
    "blocker": ("title",),
    "priority": ("title",),
}
"""By register: not what only says how far it is, such as when it was reviewed or carried out."""


class Wording(StrEnum):
    """What became of the content since somebody answered, or since it was submitted."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    """The record that it is about is not there any more."""
    UNPROVEN = "unproven"
    """The key beside the database is another one, or is not there: nothing can be compared."""


def content_of(
    title: str, amount: int | None, note: str, register: Register | None, record: Record | None
) -> str:
    """All of it as one text that is the same as long as nothing of it changes."""
    found: list[object] = [title, amount, note] if record is None else [note, record.code]
    if record is not None and register is not None:
        names = {field.name for field in register.fields}
        wanted = CONTENT.get(register.name, (register.subject,))
        found += [[name, _plain(getattr(record, name))] for name in wanted if name in names]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
