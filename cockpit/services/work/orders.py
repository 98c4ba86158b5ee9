"""The orders in which open blockers can be listed beside their heat, and which one a person chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.text import fold
from cockpit.locale import N_
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos

_NEVER = datetime.max.replace(tzinfo=UTC)
_LAST = "\uffff"
_MEMO = "order:blockers"


@dataclass(frozen=True)
class BlockerOrder:
    """One order: what it is called in the title, and what comes first in it. What says nothing comes last."""

    label: str
    first: Callable[[Blocker, Mapping[str, str]], object]


def _named(codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    return fold(", ".join(names.get(code, code) for code in codes)) if any(codes) else _LAST


ORDERS: Mapping[str, BlockerOrder] = {
    "age": BlockerOrder(N_("oldest first"), lambda each, _names: each.since or each.created_at or _NEVER),
    "due": BlockerOrder(N_("due date"), lambda each, _names: each.due or _NEVER),
    "severity": BlockerOrder(N_("severity"), lambda each, _names: each.severity),
    "waiting_on": BlockerOrder(N_("waiting on"), lambda each, names: _named(each.waiting_on, names)),
    "owner": BlockerOrder(N_("owner"), lambda each, names: _named((each.owner,), names)),
    "function": BlockerOrder(N_("function"), lambda each, names: _named((each.function,), names)),
    "title": BlockerOrder(N_("title"), lambda each, _names: fold(each.title)),
}
"""By the name under which a view keeps them; without one the hottest come first."""


def following(order: str) -> str:
    """The next one; after the last, by heat again."""
    every = ["", *ORDERS]
    return every[(every.index(order) + 1) % len(every)] if order in every else ""


def chosen(workspace: Workspace) -> str:
    """The order that the person at the keyboard chose last; empty for heat."""
    kept = memos.get(workspace.conn, workspace.my(_MEMO))
    return kept if kept in ORDERS else ""


def choose(workspace: Workspace, order: str) -> None:
    """List them so from now on."""
    memos.put(workspace.conn, workspace.my(_MEMO), order)
