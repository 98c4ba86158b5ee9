"""What binds today, and who cannot be counted on any more (archived, or with a mission that is over)."""

from __future__ import annotations

from cockpit.domain.registers.contract import Contract
from cockpit.services.desk.workspace import Workspace


def gone(workspace: Workspace) -> frozenset[str]:
    """Codes of people and providers that no plan may rest on."""
    rows = workspace.conn.execute(
        "SELECT code FROM person WHERE archived_at IS NOT NULL OR ends_on <= ?"
        " UNION ALL SELECT code FROM provider WHERE archived_at IS NOT NULL",
        (workspace.today().isoformat(),),
    )
    return frozenset(row["code"] for row in rows)


IN_FORCE = "archived_at IS NULL AND (ended_on IS NULL OR ended_on >= ?)"
"""Of the table `contract`, with the day as its value: a last day that is still to come binds until then."""


def contracts(workspace: Workspace) -> tuple[Contract, ...]:
    """Those that have not ended, in the order they were written down."""
    today = workspace.today().isoformat()
    return workspace.select(Contract, "contract", f"{IN_FORCE} ORDER BY number", (today,))
