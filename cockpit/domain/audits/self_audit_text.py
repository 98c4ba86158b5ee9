"""Self-audits as stored: one that is under way, and what the record of one that was ended keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cockpit.domain.audits.self_audit import FUNCTIONS, RESULT, AuditedPart, SelfAuditProgress
from cockpit.domain.dataclasses import asdict

_TYPED = frozenset({"kept", "sources", "before", "key", "name"})
"""Of how it was filled in: not kept by the record."""


def dump(progress: SelfAuditProgress) -> str:
    """As stored: one JSON object."""
    return json.dumps(asdict(progress) | {"started_at": progress.started_at.isoformat()}, ensure_ascii=False)


def load(text: str) -> SelfAuditProgress | None:
    """What `dump` wrote; None for anything else: an unreadable state is no reason not to begin."""
    try:
        raw: dict[str, Any] = json.loads(text)
        found = SelfAuditProgress(**{
            **raw,
            "started_at": datetime.fromisoformat(raw["started_at"]),
            "parts": tuple(AuditedPart(**part) for part in raw["parts"]),
        })  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None
    return found if FUNCTIONS <= found.stage <= RESULT else None


def dump_result(parts: Sequence[AuditedPart]) -> str:
    """What a record of a self-audit keeps: codes instead of names, and no trace of how it was typed."""
    kept = [
        {name: value for name, value in asdict(part).items() if name not in _TYPED}
        for part in parts if part.kept
    ]  # fmt: skip
    return json.dumps({"functions": kept}, ensure_ascii=False)


def load_result(text: str) -> dict[str, AuditedPart]:
    """By code, what `dump_result` wrote; empty for anything else."""
    try:
        return {
            each["code"]: AuditedPart(key=each["code"], name=each["code"], **each)
            for each in json.loads(text)["functions"]
        }
    except (ValueError, TypeError, KeyError):
        return {}
