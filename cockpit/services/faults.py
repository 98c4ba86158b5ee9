"""What may go wrong with an answer or an action in the ordinary course of things, and its one sentence."""

from __future__ import annotations

import sqlite3

from cockpit.locale import _
from cockpit.services.engagements import CannotPause
from cockpit.services.forms import WrongValue
from cockpit.services.gate import MapIncomplete
from cockpit.services.references import CannotMove
from cockpit.services.soundness import Unsound
from cockpit.services.work import NotPossible, UnknownCode
from cockpit.store.journal import Vanished
from cockpit.store.live import Overtaken
from cockpit.store.undo import UndoConflict

ORDINARY = (
    CannotPause, WrongValue, Unsound, CannotMove, MapIncomplete, NotPossible, UnknownCode, UndoConflict,
    Vanished, Overtaken, sqlite3.Error, OSError,
)  # fmt: skip
"""Told to the person, who can do something about it. Anything else is a fault of the program."""


def explain(error: BaseException) -> str:
    """What happened and what to do next, in the current language."""
    if isinstance(error, CannotPause | WrongValue | Unsound | CannotMove | MapIncomplete):
        return str(error)
    if isinstance(error, UndoConflict):
        return _("{code} was changed since by {who}: change it by hand").format(code=error.code, who=error.by)
    if isinstance(error, UnknownCode | Vanished):
        return _("{code} is not there any more: its making was undone").format(code=error)
    if isinstance(error, Overtaken):
        return _("somebody else wrote in this meeting at the same time: look, then press again")
    if isinstance(error, NotPossible):
        return _("{code}: this cannot be done to that record: it is closed, or of another kind.").format(
            code=error
        )
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return _("the database is busy with another process: try again in a moment")
    if isinstance(error, sqlite3.Error):
        return _(
            "the database did not take it ({error}): check the free space and the rights of its folder"
        ).format(error=error)
    return _("it could not be written ({error})").format(error=error)
