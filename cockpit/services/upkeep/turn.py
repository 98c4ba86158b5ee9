"""One process at a time reads the sources, however many screens are open: a lock on a file beside the database.

The system frees it when the process that holds it ends, however it ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cockpit import files
from cockpit.slate import lock


@contextmanager
def taken(database: Path) -> Iterator[bool]:
    """Have the turn until the end of the block; False when another process has it."""
    try:
        held = os.open(f"{database}.sync", os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError:
        # No file can be made here: better twice than never.
        yield True
        return
    files.open_to_group(Path(f"{database}.sync"), database)
    try:
        yield lock(held)
    finally:
        os.close(held)


def is_taken(database: Path) -> bool:
    """Whether another process has the turn now."""
    with taken(database) as mine:
        return not mine
