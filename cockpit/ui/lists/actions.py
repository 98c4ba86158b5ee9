"""What keys do to any list: narrow it, select its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions, on_part
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place
    from cockpit.ui.widgets.rows import Rows

here = Actions()
SELECTED = frozenset({Kind.ROW, Kind.STATEMENT, Kind.SIGNAL})
"""Rows on which the space bar has nothing else to do."""


def no_list(cockpit: Cockpit, _target: Target) -> str:
    """The keys are in no list."""
    from cockpit.ui.kit.place import Place

    place = cockpit.screen
    return "" if isinstance(place, Place) and place.listed is not None else _("there is no list here")


@here(
    "list.filter", "slash", title=N_("filter"), why_not=no_list,
    help=N_("Show the rows that fit, as one types: words, !without, %letters, @who +function p1 owner: due:"),
)  # fmt: skip
def narrow(cockpit: Cockpit, place: Place) -> None:
    """Ask for the line; the rows follow as it is typed."""
    from cockpit.ui.lists import questions

    if place.listed is not None:
        place.ask(questions.narrowed(cockpit.workspace, place.listed))


@on_part
def _in_list(place: Place) -> Rows[Any] | None:
    return place.listed


@here(
    "row.select", "space", on=SELECTED, title=N_("select"), why_not=no_list, chooses=True,
    help=N_("Select this row, or no longer; keys then act on all that are selected"),
)  # fmt: skip
@here(
    "list.mark", "C, shift+c", title=N_("select"), why_not=no_list, shown=False,
    help=N_("Select this row, or no longer; keys then act on all that are selected"),
)  # fmt: skip
@_in_list
def mark(rows: Rows[Any]) -> None:
    """Select it, or no longer; by the space bar too, where that is free for it."""
    rows.mark_here()


@here(
    "list.mark_to", "E, shift+e", title=N_("up to here"), why_not=no_list, shown=False,
    help=N_("Select every row from the one that was selected last to this one"),
)  # fmt: skip
@_in_list
def mark_to(rows: Rows[Any]) -> None:
    """Select the rows between the one selected last and this one."""
    rows.mark_up_to_here()


@here(
    "row.select_all", "asterisk", title=N_("all rows"), why_not=no_list, shown=False,
    help=N_("Select every row that is shown; again: none"),
)  # fmt: skip
@_in_list
def mark_all(rows: Rows[Any]) -> None:
    """Select all that is shown, or nothing."""
    rows.mark_all()


@here(
    "list.views", "W, shift+w", title=N_("views"), why_not=no_list, shown=False,
    help=N_("Show the list as a view that is kept under a name: mine, waits on others…; keep, rename, forget one"),
)  # fmt: skip
def views(cockpit: Cockpit, place: Place) -> None:
    """Ask which view."""
    from cockpit.ui.lists import questions

    if place.listed is not None:
        place.ask(questions.views(cockpit.workspace, place.listed))


def nothing_here(cockpit: Cockpit, target: Target) -> str:
    """There is nothing under the cursor."""
    from cockpit.ui.kit.place import Place

    place = cockpit.screen
    has_row = isinstance(place, Place) and place.listed is not None and place.listed.chosen
    return "" if has_row or target.code else _("there is nothing here to copy")


@here(
    "copy", "y", title=N_("copy"), why_not=nothing_here, shown=False,
    help=N_("Copy what is selected, or under the cursor: text, Markdown, JSON or its link, by one more key"),
)  # fmt: skip
def copy(cockpit: Cockpit, place: Place) -> None:
    """Ask how, by one more key."""
    from cockpit.ui.lists.copy_screen import CopyScreen, rows_of

    cockpit.push_screen(CopyScreen(rows_of(place)))


@here(
    "list.sort", "t", on={Kind.SORTED}, title=N_("sort"), shown=False,
    help=N_("List the blockers by age, due date, severity, whom we wait for…, at last by heat again"),
)  # fmt: skip
@_in_list
def sort(rows: Rows[Any]) -> None:
    """Put the list in the next order."""
    from cockpit.services.work import orders

    rows.put_in_order(orders.following(rows.order))
