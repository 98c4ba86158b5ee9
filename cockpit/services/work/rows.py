"""A priority and a blocker with what the moment says about them."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.domain.work.heat import Heat


@dataclass(frozen=True)
class PriorityRow:
    """A priority, and whether it is one of the three of the day."""

    record: Priority
    top: bool
    core: bool


@dataclass(frozen=True)
class BlockerRow:
    """A blocker and the reasons of its rank."""

    record: Blocker
    heat: Heat
