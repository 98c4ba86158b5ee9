"""What the cursor stands on when it stands on a clock."""

from __future__ import annotations

from cockpit.domain.registers.policy import RESOLUTION
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit.place import Target


def target_of(row: SlaRow) -> Target:
    """What keys act on: the clock, and its blocker when it has one."""
    kinds = {"clock", "blocker", "record"} if row.record.blocker else {"clock"}
    if row.record.metric != RESOLUTION and row.record.ended_at is None:
        kinds.add("owed")
    return Target(frozenset(kinds), row.code, row)
