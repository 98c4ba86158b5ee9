"""One reads the sources at a time, however many screens are open: a lock of the system on a file beside the database.

The system gives it back when the process that had it ends, however it ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def taken(database: Path) -> Iterator[bool]:
    """Have the turn until the end of the block; False when another process has it."""
    try:
        held = os.open(f"{database}.sync", os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError:
        # No file can be made here: better twice than never.
        yield True
        return
    try:
        yield _lock(held)
    finally:
        os.close(held)


def is_taken(database: Path) -> bool:
    """Whether another process has the turn now."""
    with taken(database) as mine:
        return not mine


def _lock(held: int) -> bool:
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    except BlockingIOError:
        return False
    except OSError:
        # Windows says so of a byte that is locked; a file system without locks, that it has none.
        return os.name == "posix"
    return True
