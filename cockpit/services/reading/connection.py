"""Whether our own connection is what failed: one network serves every source, so its faults look alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.providers.state import Try, our_connection
from cockpit.domain.settings import Settings
from cockpit.locale import N_, _
from cockpit.store.outside import sources

_WORDS = {
    "offline": N_("offline: no source can be reached"),
    "untrusted": N_("our connection: certificates of an unknown authority everywhere, a proxy on the way?"),
    "reset": N_("our connection: it is cut everywhere"),
    "portal": N_("our connection: one and the same page answers for all, sign in to this network?"),
}
_BANNERS = {
    "offline": N_("offline: data is frozen"),
    "untrusted": N_("our connection is not trusted: data is frozen"),
    "reset": N_("our connection is cut: data is frozen"),
    "portal": N_("sign in to this network: data is frozen"),
}


def words(family: str) -> str:
    """What is wrong with our own connection, in words; empty when nothing is."""
    return _(_WORDS[family]) if family else ""


def banner(family: str) -> str:
    """The same in a few words, and what follows for what is shown."""
    return _(_BANNERS[family]) if family else ""


def tries(
    conn: sqlite3.Connection, settings: Settings, fresh: Mapping[tuple[str, str], Try] | None = None
) -> tuple[Try, ...]:
    """The last try of every source of the network; `fresh` holds those that are not written yet."""
    local = {each.key for each in settings.agendas if _is_local(each.url)}
    found = dict(fresh or {})
    kinds: tuple[sources.SourceKind, ...] = ("agenda", "status", "figure")
    for kind in kinds:
        for key, state in sources.source_states(conn, kind).items():
            known = (kind, key) in found or (kind == "agenda" and key in local)
            if not known and state.last_try is not None:
                found[kind, key] = Try(state.last_try, state.last_failure)
    return tuple(found.values())


def _is_local(url: str) -> bool:
    """Whether an agenda is a file of this machine, which needs no network."""
    return "://" not in url or url.lower().startswith("file:")


def fault(conn: sqlite3.Connection, settings: Settings, now: datetime) -> str:
    """What is wrong with our own connection now: a value of `domain.state.FAMILIES`, or empty."""
    return our_connection(tries(conn, settings), now)
