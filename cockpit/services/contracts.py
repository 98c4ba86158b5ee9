"""The contracts that bind the company today."""

from __future__ import annotations

from cockpit.domain.registers.contract import Contract
from cockpit.services.workspace import Workspace

IN_FORCE = "archived_at IS NULL AND (ended_on IS NULL OR ended_on >= ?)"
"""Of the table `contract`, with the day as its value: a last day that is still to come binds until then."""


def in_force(workspace: Workspace) -> tuple[Contract, ...]:
    """Those that have not ended, in the order they were written down."""
    today = workspace.today().isoformat()
    return workspace.select(Contract, "contract", f"{IN_FORCE} ORDER BY number", (today,))
