"""What a one-line entry says: its fields, and the chips that show how each marker was understood."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from cockpit.domain.dataclasses import asdict, dataclass


@dataclass(frozen=True)
class BusinessSeconds:
    """So much open time."""

    kind: ClassVar[str] = "business_seconds"
    seconds: int


@dataclass(frozen=True)
class BusinessDays:
    """J+`n` business days, at a local `HH:MM`."""

    kind: ClassVar[str] = "business_days"
    n: int
    at: str


@dataclass(frozen=True)
class PolicyTarget:
    """What the policy of that name says."""

    kind: ClassVar[str] = "policy"
    name: str


EntryTarget = BusinessSeconds | BusinessDays | PolicyTarget


@dataclass(frozen=True)
class Chip:
    """How one marker was understood, and where it stands in the line."""

    field: str
    """A key of `to_json`."""
    start: int
    end: int
    raw: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a line says. What it does not say is None or empty."""

    title: str
    waiting_on: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    """Known functions, by their name."""
    tags: tuple[str, ...] = ()
    """What `+x` gave when `x` is no known function."""
    severity: str | None = None
    due: datetime | None = None
    since: datetime | None = None
    owner: str | None = None
    sla: EntryTarget | None = None
    next_step: str | None = None
    case: str | None = None
    confidentiality: int | None = None
    blocks: tuple[str, ...] = ()
    spent_minutes: int | None = None
    note: str | None = None
    warnings: tuple[str, ...] = ()
    """`code:detail`: bad_FIELD, unknown_severity and ambiguous with the word, duplicate with the field;
    non_business_day alone."""
    chips: tuple[Chip, ...] = ()


def to_json(entry: Entry) -> dict[str, Any]:
    """The entry as plain values, every key present. `tags` holds the known functions, then the other tags."""
    return {
        "title": entry.title,
        "waiting_on": list(entry.waiting_on),
        "tags": [*entry.functions, *entry.tags],
        "severity": entry.severity,
        "due": entry.due and entry.due.isoformat(timespec="minutes"),
        "since": entry.since and entry.since.isoformat(timespec="minutes"),
        "owner": entry.owner,
        "sla": entry.sla and {"kind": entry.sla.kind, **asdict(entry.sla)},
        "next_step": entry.next_step,
        "case": entry.case,
        "conf": entry.confidentiality,
        "blocks": list(entry.blocks),
        "spent_minutes": entry.spent_minutes,
        "note": entry.note,
        "warnings": list(entry.warnings),
    }
