"""Filters that a person kept under a name, and those that come with the cockpit: `mine`, `waits on others`.

They are each person's own and no business data: not journaled. The last change of them is taken back by itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from cockpit.domain.dataclasses import asdict, dataclass
from cockpit.domain.refusal import Refusal
from cockpit.domain.text import clean, fold
from cockpit.locale import NC_, _, pgettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import filtering
from cockpit.store.state import memos

_VIEWS, _BEFORE = "views", "views-before"
NAME_LIMIT = 40


@dataclass(frozen=True)
class SavedView:
    """A line of a filter under a name, and the order of the list where that was chosen."""

    name: str
    line: str
    order: str = ""
    """As the list says it; empty: its own."""
    is_ours: bool = False
    """Whether it comes with the cockpit: it is neither renamed nor removed."""


class WrongView(Refusal):
    """A name that cannot be used, or a view that is not there; the message says which there are."""

    def __str__(self) -> str:
        return str(self.args[0])


def shipped(workspace: Workspace) -> tuple[SavedView, ...]:
    """Those that come with the cockpit, as of today."""
    sunday = workspace.monday() + timedelta(days=6)
    return tuple(
        SavedView(pgettext(*name), line, is_ours=True)
        for name, line in (
            (NC_("view", "mine"), _("owner:me")),
            (NC_("view", "waits on others"), _("!@nobody")),
            (NC_("view", "no owner"), _("owner:nobody")),
            (NC_("view", "due this week"), _("due:{day}").format(day=f"{sunday:%d/%m/%Y}")),
        )
    )


def every(workspace: Workspace) -> tuple[SavedView, ...]:
    """Mine, in the order of their names, then those that come with the cockpit."""
    return (*_kept(workspace), *shipped(workspace))


def named(workspace: Workspace, name: str) -> SavedView:
    """The view of that name, or the one whose name begins so. Raises WrongView."""
    wanted = fold(clean(name))
    views = every(workspace)
    exact = [each for each in views if fold(each.name) == wanted]
    found = exact or [each for each in views if wanted and fold(each.name).startswith(wanted)]
    if not found or (len(found) > 1 and not exact):
        listed = ", ".join(each.name for each in found or views)
        raise WrongView(
            _("no view is called “{name}”; there are: {views}").format(name=clean(name), views=listed)
        )
    return found[0]


def keep(workspace: Workspace, name: str, line: str, order: str = "") -> SavedView:
    """Keep a filter under a name; what had that name gives way. Raises WrongView, and ValueError for a wrong line."""
    name, line = clean(name, NAME_LIMIT), clean(line)
    if not name or any(fold(each.name) == fold(name) for each in shipped(workspace)):
        raise WrongView(_("give it a name of your own"))
    if not line and not order:
        raise WrongView(_("there is no filter to keep: / types one"))
    made = SavedView(name, line, order)
    others = [each for each in _kept(workspace) if fold(each.name) != fold(name)]
    _put(workspace, [*others, made])
    return made


def told(made: SavedView, before: str) -> str:
    """That a view was kept, and what its name stood for `before` where that gave way."""
    if before in ("", made.line):
        return _("view “{name}” kept").format(name=made.name)
    return _("view “{name}” kept, in place of: {line}").format(name=made.name, line=before)


def line_of(workspace: Workspace, name: str) -> str:
    """The line of my view of exactly that name; empty when there is none."""
    return next(
        (each.line for each in _kept(workspace) if fold(each.name) == fold(clean(name, NAME_LIMIT))), ""
    )


def keep_line(workspace: Workspace, name: str, line: str) -> SavedView:
    """The same, of a line that no list has judged yet. Raises ValueError too."""
    filtering.understood(workspace, line)
    return keep(workspace, name, line)


def remove(workspace: Workspace, name: str) -> SavedView:
    """Forget a view. Raises WrongView."""
    gone = _own(workspace, name)
    _put(workspace, [each for each in _kept(workspace) if each != gone])
    return gone


def rename(workspace: Workspace, old: str, new: str) -> SavedView:
    """Give a view another name. Raises WrongView."""
    found = _own(workspace, old)
    new = clean(new, NAME_LIMIT)
    if not new or any(fold(each.name) == fold(new) for each in every(workspace) if each != found):
        raise WrongView(_("give it a name of your own"))
    made = SavedView(new, found.line, found.order)
    _put(workspace, [*(each for each in _kept(workspace) if each != found), made])
    return made


def take_back(workspace: Workspace) -> bool:
    """Take back the last change of the views; again: do it again. Whether there was one."""
    before = memos.get(workspace.conn, workspace.my(_BEFORE))
    if not before:
        return False
    now = memos.get(workspace.conn, workspace.my(_VIEWS)) or "[]"
    memos.put(workspace.conn, workspace.my(_VIEWS), before)
    memos.put(workspace.conn, workspace.my(_BEFORE), now)
    return True


def to_json(view: SavedView) -> dict[str, object]:
    """With stable keys."""
    return {"name": view.name, "line": view.line, "order": view.order, "shipped": view.is_ours}


def _own(workspace: Workspace, name: str) -> SavedView:
    found = named(workspace, name)
    if found.is_ours:
        raise WrongView(_("“{name}” comes with Cockpit and stays").format(name=found.name))
    return found


def _kept(workspace: Workspace) -> tuple[SavedView, ...]:
    """What is damaged is left out."""
    try:
        kept = json.loads(memos.get(workspace.conn, workspace.my(_VIEWS)) or "[]")
        found = [SavedView(str(each["name"]), str(each["line"]), str(each.get("order", ""))) for each in kept]
    except (ValueError, TypeError, KeyError, AttributeError):
        return ()
    return tuple(sorted(found, key=lambda view: fold(view.name)))


def _put(workspace: Workspace, views: Sequence[SavedView]) -> None:
    memos.put(workspace.conn, workspace.my(_BEFORE), memos.get(workspace.conn, workspace.my(_VIEWS)) or "[]")
    kept = [{name: value for name, value in asdict(each).items() if name != "is_ours"} for each in views]
    memos.put(workspace.conn, workspace.my(_VIEWS), json.dumps(kept, ensure_ascii=False))
