"""What keys do about a new cockpit: the first hour, and the next five things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.beginning import FirstThing
from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place

here = Actions()
THING = frozenset({Kind.FIRST_THING})
_DOES = {
    "blockers": "blocker.add",
    "priorities": "priority.add",
    "page": "provider.watch",
    "ritual": "ritual.template",
    "review": "review.start",
    "contract": "org.contracts",
    "exposed": "org.continuity",
    "audit": "selfaudit",
    "backup": "backup.make",
    "channel": "settings",
}
"""Thing to the action that does it; the others are questions of the first hour."""


@here(
    "beginning.do", "c", on=THING, title=N_("do it"), leads=True,
    help=N_("Do this thing, or go where it is done"),
)  # fmt: skip
def do(cockpit: Cockpit, place: Place) -> None:
    """The key or the question that does it."""
    thing = place.target().data
    if not isinstance(thing, FirstThing):
        return
    if thing.id in _DOES:
        cockpit.action_do(_DOES[thing.id])
    else:
        start(cockpit, place)


@here(
    "beginning.skip", "x", on=THING, title=N_("not for us"),
    help=N_("Put this thing aside for good; cockpit next --again proposes it again"),
)  # fmt: skip
def skip(cockpit: Cockpit, place: Place) -> None:
    """It is never proposed again."""
    from cockpit.services.beginning import next_things

    thing = place.target().data
    if isinstance(thing, FirstThing):
        next_things.skip(cockpit.workspace, [thing.id])
        cockpit.done(_("put aside: {what}").format(what=_(thing.text)))


@here(
    "beginning.start",
    title=N_("first hour"),
    shown=False,
    help=N_("The questions with which a company begins"),
)
def start(cockpit: Cockpit, place: Place) -> None:
    """The questions, from the one that comes next or that the row is about."""
    from cockpit.ui.beginning.screen import FirstHourScreen

    thing = place.target().data
    cockpit.push_screen(FirstHourScreen(thing.id if isinstance(thing, FirstThing) else ""))


@here(
    "backup.make",
    title=N_("copy the database"),
    shown=False,
    help=N_("Copy the database into its folder of copies"),
)
def copy(cockpit: Cockpit, place: Place) -> None:
    """A copy beside the database, made by a thread of its own."""
    place.run_worker(_copied(cockpit), group="copy", exit_on_error=False)


async def _copied(cockpit: Cockpit) -> None:
    import asyncio
    import sqlite3

    from cockpit.services.desk.paths import short
    from cockpit.services.upkeep import backups
    from cockpit.store.connection import StoreError

    def made() -> Path:
        with cockpit.workspace.beside() as mine:
            return backups.make(mine)[0]

    try:
        path = await asyncio.to_thread(made)
    except (StoreError, OSError, sqlite3.Error) as error:
        cockpit.tell(_("no copy was made: {why}").format(why=error))
        return
    cockpit.done(_("copied: {path}").format(path=short(path)))
