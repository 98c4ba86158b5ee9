"""A workshop with a circuit, and each of its people at a keyboard of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from tests.conftest import TickingClock

At = Callable[[str], Workspace]


@pytest.fixture
def at(workspace: Workspace, clock: TickingClock) -> Iterator[At]:
    """The cockpit as one of its people opens it, by name."""
    people = (("Claire", "internal", ""), ("Yanis", "internal", ""), ("Karim", "internal", ""),
              ("Ines", "internal", ""), ("Marc", "external", "marc@delvaux.example"))  # fmt: skip
    for name, kind, contact in people:
        workspace.add(REGISTERS["person"], {"name": name, "kind": kind, "contact": contact})
    workshop = workspace.add(REGISTERS["function"], {"name": "Workshop"})
    finance = workspace.add(REGISTERS["function"], {"name": "Finance"})
    workspace.add(REGISTERS["circuit"], {
        "name": "Purchases", "functions": (workshop,), "threshold": 150_000, "decider": "Yanis", "deputy": "Karim",
        "max_delay": "8ho",
    })  # fmt: skip
    workspace.add(REGISTERS["circuit"], {
        "name": "Books", "functions": (finance,), "decider": "Marc", "max_delay": "4ho",
    })  # fmt: skip
    opened: dict[str, Workspace] = {}
    company = replace(workspace.settings.company, chief="Claire")

    def at(name: str) -> Workspace:
        if name not in opened:
            settings = replace(workspace.settings, me=name, company=company)
            opened[name] = Workspace.open(workspace.path, settings, clock)
        return opened[name]

    yield at
    for each in opened.values():
        each.conn.close()
