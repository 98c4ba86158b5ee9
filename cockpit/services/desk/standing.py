"""What became of the file that was opened."""

from __future__ import annotations

from enum import Enum


class Ground(Enum):
    """Whether the file that was opened may still be written."""

    STANDS = "stands"
    MOVED = "moved"
    """It was removed or replaced."""
    UPGRADED = "upgraded"
    """A later version of the program changed its form, or took the place of this one."""
    TAKEN = "taken"
    """Another host has it open."""
