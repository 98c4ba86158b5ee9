"""What tests of promises share: a company with providers, and a look at its clocks."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records import find
from cockpit.services.work import capture, entry

OFFICE = "mon-fri 09:00-12:00 14:00-18:00"


def add(workspace: Workspace, line: str, kind: str = "blocker") -> str:
    """What somebody types; its code."""
    return capture.save(workspace, kind, entry.understand(workspace, line))


def make(workspace: Workspace, register: str, **values: Value) -> str:
    """A record of a register; its code."""
    return workspace.add(REGISTERS[register], values)


def provider(workspace: Workspace, name: str = "Paie+", **contract: Value) -> tuple[str, str]:
    """A provider with a contract of seven hours a day; the codes of both."""
    code = make(workspace, "provider", name=name)
    terms: dict[str, Value] = {"name": f"{name} service", "provider": code, "hours": OFFICE, **contract}
    return code, make(workspace, "contract", **terms)


def blocker(workspace: Workspace, code: str) -> Blocker:
    """The blocker of that code."""
    found = find.find(workspace, code)[1]
    assert isinstance(found, Blocker)
    return found


def clocks_of(workspace: Workspace, code: str) -> tuple[Clock, ...]:
    """Every clock of a blocker, the oldest first."""
    return clocks.of_blocker(workspace, code)


def running(workspace: Workspace, code: str, metric: str = "resolution") -> Clock:
    """The one clock of a blocker that is open for a metric."""
    (found,) = (c for c in clocks_of(workspace, code) if c.metric == metric and c.ended_at is None)
    return found


def every_clock(workspace: Workspace) -> tuple[Clock, ...]:
    """Every clock there is."""
    return workspace.select(Clock, "clock", "1 ORDER BY number")


def local(workspace: Workspace, at: datetime | None) -> str:
    """`Mon 23 Nov 15:00` in Paris."""
    return f"{at.astimezone(workspace.zone):%a %d %b %H:%M}" if at else "-"


def kinds(clock: Clock) -> list[str]:
    """What happened to it, in order."""
    return [event.kind for event in clocks.events_of(clock)]
