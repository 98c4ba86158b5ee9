"""Records and values as JSON has them, under stable keys."""

from __future__ import annotations

from datetime import date, datetime

from cockpit.domain.records.record import Record, Register, Value


def plain(value: Value) -> object:
    """A value as JSON has it: lists, ISO 8601 with offset, numbers."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def of_record(record: Record, register: Register) -> dict[str, object]:
    """A record with stable keys: code, the fields in their order, then who made it and when."""
    return {
        "code": record.code,
        **{f.name: plain(getattr(record, f.name)) for f in register.fields},
        "created_at": plain(record.created_at),
        "created_by": record.created_by,
        "updated_at": plain(record.updated_at),
        "archived_at": plain(record.archived_at),
    }
