"""Who cannot be counted on any more: archived, or with a mission that is over."""

from __future__ import annotations

from cockpit.services.workspace import Workspace


def gone(workspace: Workspace) -> frozenset[str]:
    """Codes of people and providers that no plan may rest on."""
    rows = workspace.conn.execute(
        "SELECT code FROM person WHERE archived_at IS NOT NULL OR ends_on <= ?"
        " UNION ALL SELECT code FROM provider WHERE archived_at IS NOT NULL",
        (workspace.today().isoformat(),),
    )
    return frozenset(row["code"] for row in rows)
