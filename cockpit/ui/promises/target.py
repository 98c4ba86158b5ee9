"""What the cursor stands on when it stands on a clock."""

from __future__ import annotations

from cockpit.domain.registers.policy import RESOLUTION
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind


def target_of(row: SlaRow) -> Target:
    """What keys act on: the clock, and its blocker when it has one."""
    kinds = {Kind.CLOCK, Kind.BLOCKER, Kind.RECORD} if row.record.blocker else {Kind.CLOCK}
    if row.record.metric != RESOLUTION and row.record.ended_at is None:
        kinds.add(Kind.OWED)
    return Target(frozenset(kinds), row.code, row)
