"""What is stored about one status source, as labels and values."""

from __future__ import annotations

from collections.abc import Callable

from cockpit.domain.state import State
from cockpit.locale import _
from cockpit.services import dates
from cockpit.services.workspace import Workspace
from cockpit.store import readings


def of_provider(workspace: Workspace, key: str, word: Callable[[State], str]) -> list[tuple[str, str]]:
    """Components, open incidents with their last message, and maintenances; `word` names a state."""
    now = workspace.now()
    facts = [
        (_("Component") if index == 0 else "", f"{component.name}: {word(component.state)}")
        for index, component in enumerate(readings.components(workspace.conn, key))
    ]
    for incident in readings.open_incidents(workspace.conn, key):
        started = f" ({dates.moment(incident.started, now)})" if incident.started else ""
        facts.append((_("Incident"), f"{incident.title}{started}\n{incident.message}".strip()))
    return facts
