"""What a machine does to a program in the middle of a write: a kill, a full or broken disk, a short write.

A command of the program is run for real; at the n-th call of the system of one kind the fault happens. Kills and
errors are injected by `strace`, which Linux systems have or install; a short write is made by a limit on the
size of files, which every POSIX system has.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cockpit.domain.registers import ORGANISATION
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.manual import pages
from cockpit.services.upkeep import backups, seal
from cockpit.store.connection import backups_of, head_in

ROOT = Path(__file__).resolve().parents[2]
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "link")
"""Calls by which something changes on the disk, or may."""
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")
SHORT = "short"
_HERE = "/@here@"


@dataclass(frozen=True)
class Deed:
    """A command that writes, and how to see in what it leaves that it was done."""

    name: str
    words: tuple[str, ...]
    shows: str
    """A query that counts more than before once it was done; empty: it leaves a file."""


DEEDS = (
    Deed(
        "block",
        ("block", "Router down", "p1", "// note"),
        "SELECT count(*) FROM blocker WHERE title = 'Router down'",
    ),
    Deed("undo", ("undo", "--yes"), "SELECT count(*) FROM journal WHERE undoes IS NOT NULL"),
    Deed("done", ("done", "B-1"), "SELECT count(*) FROM blocker WHERE code = 'B-1' AND status = 'solved'"),
    Deed(
        "import",
        ("register", "import", "provider", "more.csv"),
        "SELECT count(*) FROM provider WHERE name = 'Zeta'",
    ),
    Deed("sync", ("sync",), "SELECT count(*) FROM agenda_block"),
    Deed("export", ("register", "export", "all", "--output", "out.json"), ""),
    Deed("folder", ("register", "export", "all", "--output", "out"), ""),
    Deed("there", ("register", "export", "all", "--output", "there"), ""),
    Deed("setting", ("settings", "set", "company.name", "Other"), ""),
    Deed("manual", ("manual", "--out", "book"), ""),
    Deed(
        "month",
        ("report", "2026-10", "--close", "--out", "month"),
        "SELECT count(*) FROM journal WHERE action LIKE 'report.%'",
    ),
    Deed("backup", ("backup",), ""),
    Deed("restore", ("restore", "kept.db", "--yes"), ""),
)


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


def make_template(folder: Path) -> None:
    """A small company with a history, a backup, and a file to import."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(
        f'[company]\nname = "Mistral"\nholidays = ""\n[[agenda]]\nname = "A"\nurl = "file://{_HERE}/a.ics"\n'
    )
    event = "BEGIN:VEVENT\nUID:{n}\nDTSTART:{day:%Y%m%d}T080000Z\nSUMMARY:Meeting {n}\nEND:VEVENT\n"
    days = [datetime.now(UTC) + timedelta(days=n) for n in range(20)]
    events = "".join(event.format(n=n, day=day) for n, day in enumerate(days))
    (folder / "a.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
    for words in (
        ("block", "VPN", "p2"), ("block", "Payroll", "p1"), ("decide", "We", "wait"), ("next", "B-1", "call"),
    ):  # fmt: skip
        done = run(folder, words)
        assert done.returncode == 0, done.stderr
    (folder / "more.csv").write_text("name\n" + "".join(f"{name}\n" for name in ("Alpha", "Beta", "Zeta")))
    assert run(folder, ("--now", "2026-10-12T09:00", "decide", "To", "go")).returncode == 0
    (folder / "there").mkdir()
    (folder / "there" / "mine.txt").write_text("kept")
    assert run(folder, ("backup", str(folder / "kept.db"))).returncode == 0
    assert run(folder, ("block", "After the backup")).returncode == 0


def run(
    folder: Path, words: Sequence[str], under: Sequence[str] = (), size_limit: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder`, wrapped by `under`, its files limited to `size_limit` bytes."""

    def limit() -> None:
        import resource

        assert size_limit is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (size_limit, size_limit))

    env = {
        **os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        "COCKPIT_DB": str(folder / "data" / "cockpit.db"), "COCKPIT_CONFIG": str(folder / "config.toml"),
        "LANGUAGE": "en",
    }  # fmt: skip
    command = [*under, sys.executable, "-m", "cockpit", *words]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120,
        preexec_fn=limit if size_limit is not None else None,
    )  # fmt: skip


def points(template: Path, scratch: Path, deed: Deed) -> dict[str, int]:
    """How often a deed calls the system, by call: every place where a fault may strike."""
    here = fresh(template, scratch)
    log = here / "calls"
    run(here, deed.words, ("strace", "-f", "-qq", "-e", f"trace={','.join(CALLS)}", "-o", str(log)))
    return dict(Counter(re.findall(r"^\d+\s+(\w+)\(", log.read_text(), re.MULTILINE)))


def fresh(template: Path, scratch: Path) -> Path:
    """A copy of the company, to be spoiled."""
    if scratch.exists():
        shutil.rmtree(scratch)
    shutil.copytree(template, scratch)
    config = scratch / "config.toml"
    config.write_text(config.read_text().replace(_HERE, str(scratch)))
    return scratch


def strike(template: Path, scratch: Path, deed: Deed, at: Place) -> Iterator[Broken]:
    """Do the deed with a fault at one place, then yield every promise that does not hold."""
    fault, call, n = at
    here = fresh(template, scratch)
    before = _counted(here, deed)
    if fault == SHORT:
        done = run(here, deed.words, size_limit=n)
    else:
        inject = f"inject={call}:{fault}:when={n}"
        done = run(
            here, deed.words, ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        )
    yield from (Broken(deed.name, fault, call, n, what) for what in _broken(here, deed, done, before))


def _broken(here: Path, deed: Deed, done: subprocess.CompletedProcess[str], before: int) -> Iterator[str]:
    database = here / "data" / "cockpit.db"
    if not database.exists():
        yield "the database is gone"
        return
    if "Traceback" in done.stderr and "signal=KILL" not in str(done.args):
        yield "a traceback: " + done.stderr.strip().splitlines()[-1]
    with closing(Workspace.open(database, Settings()).conn) as conn:
        errors = conn.execute("PRAGMA integrity_check").fetchone()[0]
        if errors != "ok":
            yield f"damaged: {errors}"
            return
    workspace = Workspace.open(database, Settings())
    with closing(workspace.conn):
        found = seal.check(workspace, whole=True)
        if not found.holds:
            yield f"the journal does not prove the rows: {found}"
    if deed.shows and done.returncode == 0 and _counted(here, deed) <= before:
        yield "acknowledged and lost"
    titles = _titles(here)
    if deed.name != "restore" and not {"VPN", "Payroll"} <= titles:
        yield f"what was saved before is lost: {titles}"
    for path in backups_of(database):
        if head_in(path.name) is not None:
            try:
                backups.is_good(path)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                yield f"a backup that is no good: {type(error).__name__}"
    yield from _half_exported(here)
    yield from _half_written(here, deed, done)
    if deed.name == "there":
        run(here, deed.words)
        if len(list((here / "there").glob("[!.]*"))) != len(ORGANISATION) + 1:
            yield "the next export does not end one that was cut short"
    again = run(here, ("block", "Once more"))
    if again.returncode != 0:
        yield f"nothing can be saved any more: {again.stderr}"


def _half_exported(here: Path) -> Iterator[str]:
    exported, folder = here / "out.json", here / "out"
    if exported.exists():
        try:
            json.loads(exported.read_text())
        except ValueError:
            yield "half an export"
    if folder.exists() and len(list(folder.glob("*.csv"))) != len(ORGANISATION):
        yield "a part of the files of an export"


def _half_written(here: Path, deed: Deed, done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    """What settings, the manual and a month's report leave: whole files, old or new."""
    try:
        name = tomllib.loads((here / "config.toml").read_text(encoding="utf-8"))["company"]["name"]
    except (OSError, ValueError, KeyError) as error:
        yield f"no configuration any more: {error!r}"
        return
    if deed.name == "setting" and (
        name not in ("Mistral", "Other") or (done.returncode == 0 and name != "Other")
    ):
        yield f"acknowledged and lost: {name}"
    for page in (here / "book").glob("[!.]*.md"):
        found = pages.read(page.read_text(encoding="utf-8"))
        if found is None or not found.is_ours:
            yield f"a part of a page: {page.name}"
    sums = here / "month" / "SHA256SUMS"
    if (here / "month").exists():
        lines = sums.read_text(encoding="utf-8").splitlines()
        listed = {name: seal for seal, name in (line.split("  ", 1) for line in lines)}
        there = [each for each in (here / "month").rglob("*") if each.is_file() and each != sums]
        if len(there) != len(listed):
            yield "a part of the files of a month"
        for each in there:
            if hashlib.sha256(each.read_bytes()).hexdigest() != listed[str(each.relative_to(here / "month"))]:
                yield f"half a file of a month: {each.name}"


def _counted(here: Path, deed: Deed) -> int:
    if not deed.shows:
        return 0
    with closing(sqlite3.connect(here / "data" / "cockpit.db")) as conn:
        found: int = conn.execute(deed.shows).fetchone()[0]
        return found


def _titles(here: Path) -> set[str]:
    with closing(sqlite3.connect(here / "data" / "cockpit.db")) as conn:
        return {title for (title,) in conn.execute("SELECT title FROM blocker")}
