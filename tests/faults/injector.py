"""What a machine does to a program in the middle of a write: a kill, a full or broken disk, a short write.

A command of the program is run for real; at the n-th call of the system of one kind the fault happens. Kills and
errors are injected by `strace`, which Linux systems have or install; a short write is made by a limit on the
size of files, which every POSIX system has.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sqlite3 import connect

from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups, seal
from cockpit.store.connection import backups_of, head_in
from tests.faults.deeds import HERE, Deed, Done, counted, run

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "link")
"""Calls by which something changes on the disk, or may."""
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EDQUOT", "error=EIO")
SHORT = "short"
_HONEST = (
    "saved",
    "the reply could not be written",
    "not erased whole",
    "is closed",
    "is kept",
    "are kept",
    "cannot be moved",
)
"""By these it says that the deed was done, before it says what was not."""
Place = tuple[str, str, int]
"""A fault, the call at which it happens, and at which of them; of a short write, the bytes that a file takes."""


@dataclass(frozen=True)
class Broken:
    """A promise that did not hold after a fault."""

    deed: str
    fault: str
    call: str
    n: int
    what: str


@cache
def can_inject() -> bool:
    """Whether `strace` is there and may trace."""
    if shutil.which("strace") is None:
        return False
    command = ["strace", "-qq", "-o", os.devnull, "-e", "inject=getpid:error=EIO", "true"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


class Undone(AssertionError):
    """A deed does nothing where no fault is in its way: striking it would prove nothing."""


def points(template: Path, scratch: Path, deed: Deed) -> dict[str, int]:
    """How often a deed calls the system, by call: every place where a fault may strike. Raises Undone."""
    here = fresh(template, scratch)
    before, log = _counted(here, deed), here / "calls"
    tracing = ("strace", "-f", "-qq", "-e", f"trace={','.join(CALLS)}", "-o", str(log))
    done = run(here, deed.words, tracing, program=deed.program)
    if done.returncode != deed.code or (deed.shows and _counted(here, deed) <= before):
        raise Undone(f"{deed.name}: {done.returncode} {done.stdout}{done.stderr}")
    return dict(Counter(re.findall(r"^\d+\s+(\w+)\(", log.read_text(), re.MULTILINE)))


def fresh(template: Path, scratch: Path) -> Path:
    """A copy of the company, to be spoiled."""
    if scratch.exists():
        shutil.rmtree(scratch)
    shutil.copytree(template, scratch)
    config = scratch / "config.toml"
    config.write_text(config.read_text().replace(HERE, str(scratch)))
    return scratch


def strike(template: Path, scratch: Path, deed: Deed, at: Place) -> Iterator[Broken]:
    """Do the deed with a fault at one place, then yield every promise that does not hold."""
    fault, call, n = at
    here = fresh(template, scratch)
    before = _counted(here, deed)
    if fault == SHORT:
        done = run(here, deed.words, size_limit=n, program=deed.program)
    else:
        inject = f"inject={call}:{fault}:when={n}"
        under = ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        done = run(here, deed.words, under, program=deed.program)
    yield from (Broken(deed.name, fault, call, n, what) for what in _broken(here, deed, done, before))


def _broken(here: Path, deed: Deed, done: Done, before: int) -> Iterator[str]:
    database = here / "data" / "cockpit.db"
    if not database.exists():
        yield "the database is gone"
        return
    if "Traceback" in done.stderr:
        yield "a traceback: " + done.stderr.strip().splitlines()[-1]
    yield from stands(database)
    if deed.shows and done.returncode == 0 and _counted(here, deed) <= before:
        yield "acknowledged and lost"
    if deed.shows and done.returncode > 0 and _counted(here, deed) > before and _denies(done):
        yield f"done, and said not to be: {done.stderr.strip()}"
    titles = _titles(database)
    if deed.name != "restore" and not {"VPN", "Payroll"} <= titles:
        yield f"what was saved before is lost: {titles}"
    yield from deed.leaves(here, done)
    again = run(here, ("block", "Once more"))
    if again.returncode != 0:
        yield f"nothing can be saved any more: {again.stderr}"


def stands(database: Path) -> Iterator[str]:
    """What is wrong with a database that was struck: damage, rows that its journal does not prove, bad backups."""
    with closing(connect(database)) as conn:
        errors = conn.execute("PRAGMA integrity_check").fetchone()[0]
    if errors != "ok":
        yield f"damaged: {errors}"
        return
    workspace = Workspace.open(database, Settings())
    with closing(workspace.conn):
        found = seal.check(workspace, whole=True)
        if not found.holds:
            yield f"the journal does not prove the rows: {found}"
    for path in backups_of(database):
        if head_in(path.name) is not None:
            try:
                backups.is_good(path)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                yield f"a backup that is no good: {type(error).__name__}"


def _denies(done: Done) -> bool:
    """Whether it says that nothing was done. That something was, and what failed after it, is no lie."""
    said = (done.stdout + done.stderr).lower()
    return bool(done.stderr.strip()) and not any(words in said for words in _HONEST)


def _counted(here: Path, deed: Deed) -> int:
    return counted(here, deed.shows) if deed.shows else 0


def _titles(database: Path) -> set[str]:
    with closing(connect(database)) as conn:
        return {title for (title,) in conn.execute("SELECT title FROM blocker")}
