"""Errors that are no faults of the program (an unknown code, an action that does not apply), and their sentences."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from cockpit import files
from cockpit.domain.refusal import Refusal
from cockpit.locale import _
from cockpit.services.desk import dates

ORDINARY = (Refusal, sqlite3.Error, OSError)
"""Told to the person, who can do something about it. Anything else is a fault of the program."""


class UnknownCode(Refusal):
    """No record has that code."""

    def __str__(self) -> str:
        return _("{code} is not there any more: its making was undone").format(code=self.args[0])


class NotPossible(Refusal):
    """The action does not apply to that record as it is; `why` says why not and the way out, translated."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(_("{name}: {value}").format(name=code, value=why))


class WrongValue(Refusal):
    """The text is not a value of that field; the message, already translated, says what is expected."""


def closed(code: str) -> NotPossible:
    """The refusal of what is only done to an open record."""
    return NotPossible(code, _("it is closed already"))


def in_the_past(at: datetime) -> Refusal:
    """The refusal of any change while the cockpit is shown as it stood at `at`."""
    return Refusal(
        _("nothing is written: this is the cockpit as it stood on {day} at {hour}").format(
            day=dates.whole_day(at.date()), hour=f"{at:%H:%M}"
        )
    )


def explain(error: BaseException) -> str:
    """What happened and what to do next, in the current language."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return _("the database is busy with another process: try again in a moment")
    if files.no_room(error):
        return _("the disk is full: make room on it, then again")
    if isinstance(error, sqlite3.Error):
        return _(
            "the database did not take it ({error}): check the free space and the rights of its folder"
        ).format(error=error)
    why = files.why(error) if isinstance(error, OSError) else error
    return _("it could not be written ({error})").format(error=why)
