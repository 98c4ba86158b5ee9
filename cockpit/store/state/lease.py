"""Which host has the file open: said in the file itself, so that a second one does not open it by mistake.

SQLite keeps processes of one host apart; it cannot keep two hosts apart that see one file through a shared or
synchronised folder. Whoever stays open (the screen, the watch) renews the lease now and then; commands only look.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.store.state import memos

_LEASE = "lease"
RENEW = timedelta(minutes=2)
STALE = timedelta(minutes=10)
"""More than two renewals and five minutes by which the clocks of two hosts may differ."""


@dataclass(frozen=True, kw_only=True)
class Lease:
    """Who has the file open."""

    host: str
    machine: str
    """What tells machines of one name apart; empty where the system does not say."""
    pid: int
    since: datetime
    renewed: datetime

    def is_ours(self, host: str, machine: str) -> bool:
        """Whether it is of this very host, whatever its name became meanwhile."""
        return machine == self.machine if machine and self.machine else host == self.host


def read(conn: sqlite3.Connection) -> Lease | None:
    """The lease as it stands; None where there is none, or none that can be read."""
    said = memos.get(conn, _LEASE)
    if not said:
        return None
    with suppress(ValueError, KeyError, TypeError):
        told = json.loads(said)
        return Lease(
            host=str(told["host"]), machine=str(told["machine"]), pid=int(told["pid"]),
            since=datetime.fromisoformat(told["since"]), renewed=datetime.fromisoformat(told["renewed"]),
        )  # fmt: skip
    return None


def elsewhere(conn: sqlite3.Connection, now: datetime) -> Lease | None:
    """The lease of another host that was renewed a short time ago; None when the file is free for this one."""
    found = read(conn)
    if found is None or now - found.renewed > STALE or found.is_ours(host(), machine()):
        return None
    return found


def hold(conn: sqlite3.Connection, now: datetime) -> None:
    """Say that this host has the file open, unless that was said a short time ago."""
    found = read(conn)
    ours = found is not None and found.is_ours(host(), machine())
    if found is not None and ours and timedelta() <= now - found.renewed < RENEW:
        return
    said = {
        "host": host(), "machine": machine(), "pid": os.getpid(), "renewed": now.isoformat(),
        "since": (found.since if found is not None and ours else now).isoformat(),
    }  # fmt: skip
    memos.put(conn, _LEASE, json.dumps(said))


def let_go(conn: sqlite3.Connection) -> None:
    """This process has it open no more; another one of this host says so again by itself."""
    found = read(conn)
    if found is not None and found.pid == os.getpid() and found.is_ours(host(), machine()):
        memos.put(conn, _LEASE, "")


def clear(conn: sqlite3.Connection) -> None:
    """Nobody has this file open: it was put here just now."""
    conn.execute("DELETE FROM memo WHERE name = ?", (_LEASE,))


def host() -> str:
    """What this machine calls itself; empty where the system does not say."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def machine() -> str:
    """What tells this machine from another of its name; empty where the system does not say."""
    try:
        with open("/etc/machine-id", encoding="ascii") as file:
            return file.read(12).strip()
    except (OSError, ValueError):
        return ""
