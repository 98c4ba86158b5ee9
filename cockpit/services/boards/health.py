"""The map of functions with what their providers say now."""

from __future__ import annotations

from collections.abc import Iterable

from cockpit.domain.providers.state import State
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation.function_map import FunctionCard, function_map
from cockpit.services.providers.lines import provider_lines
from cockpit.services.providers.provider_line import ProviderLine


def cards(workspace: Workspace) -> tuple[FunctionCard, ...]:
    """Every function, the most critical first."""
    return function_map(workspace, states(provider_lines(workspace, workspace.now())))


def states(lines: Iterable[ProviderLine]) -> dict[str, State]:
    """What each provider of the register that publishes a status says, by its code; a problem we see counts."""
    found: dict[str, State] = {}
    for line in lines:
        if line.code and (line.has_page or line.ours.manual or line.ours.problem):
            problem = line.ours.problem
            found[line.code] = State(problem.state) if problem is not None else line.state
    return found
