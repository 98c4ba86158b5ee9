"""An entry of the journal as a row."""

from __future__ import annotations

from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.records.history import JournalLine


def change(item: JournalLine, *, coded: bool = False) -> Row:
    """`23 Nov 08:42 B-5    snoozed until Monday       Claire`: when, of which record, what, by whom."""
    left = [Piece(f" {item.at.day:>2} {dates.short_month(item.at)} {item.at:%H:%M} ", Role.QUIET)]
    left += [Piece(item.code, Role.NOW, column=7)] if coded else []
    left += [Piece(item.verb, Role.STRONG), Piece(" " + " ⏎ ".join(filter(None, item.what.splitlines())))]
    return Row(tuple(left), (Piece(item.actor, Role.QUIET),))
