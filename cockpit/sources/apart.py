"""A process of our own in which somebody else's file is read, held to so much time and memory, and ended at will.

The file goes through large libraries: whatever it does there, this process goes on. What comes back is text, never
anything that is run.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

from cockpit.assets import environment
from cockpit.domain.dataclasses import dataclass

MEMORY = 1 << 30
"""Bytes of address space that such a process may take at most."""
running: set[subprocess.Popen[bytes]] = set()
"""The readings that are under way."""


@dataclass(frozen=True)
class ReaderAnswer:
    """How a reading ended, and all that it said until then."""

    code: int | None
    """Its exit code; None when it took too long."""
    said: bytes


def run(module: str, given: bytes, patience_s: float) -> ReaderAnswer:
    """Run a module of ours on what it is given, for so many seconds at most, whatever else the machine does."""
    # Our own interpreter with our own module; no shell reads them.
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(),
    )  # fmt: skip
    running.add(child)
    try:
        said, _nothing = child.communicate(given, timeout=patience_s)
    except subprocess.TimeoutExpired as error:
        return ReaderAnswer(None, error.output or b"")
    finally:
        running.discard(child)
        with suppress(OSError):
            child.kill()
        child.wait()
    return ReaderAnswer(child.returncode, said)


def end() -> None:
    """End every reading: who waited for one is told that it failed."""
    for child in tuple(running):
        with suppress(OSError):
            child.kill()


def hold_back(processor_s: int) -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_CPU, processor_s), (resource.RLIMIT_AS, MEMORY)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
