"""The documents of the house and what they lack, as rows."""

from __future__ import annotations

from datetime import date, datetime

from cockpit.domain.documents.publication import ToComplete
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.documents.shelf import DocumentKind, WrittenLast


def document(
    kind: DocumentKind, standing: WrittenLast, gaps: int | None, *, written: int, now: datetime
) -> Row:
    """A kind of document: when it was written last and what changed since; how many points it lacks.

    `written` is the number of the journal's last entry now; `gaps` is None until it is known.
    """
    sign, role, fresh = "○", Role.QUIET, _("never written: cockpit {command}").format(command=_(kind.command))
    if standing.written_at is not None:
        day = dates.moment(standing.written_at.astimezone(now.tzinfo), now)
        since = max(0, written - standing.entries)
        if since:
            changes = ngettext("{n} change since", "{n} changes since", since).format(n=since)
            sign, role, fresh = (
                "▲",
                Role.WATCH,
                _("written {day}, {changes}").format(day=day, changes=changes),
            )
        else:
            sign, role, fresh = "●", Role.GOOD, _("written {day}, nothing changed since").format(day=day)
    facts = [Piece(lacks(gaps), Role.WATCH if gaps else Role.QUIET)]
    if standing.note:
        facts.append(Piece(standing.note, Role.QUIET))
    return Row(
        (Piece(f"{sign} ", role), Piece(_(kind.title), Role.STRONG)),
        (Piece(fresh, role),),
        facts=tuple(facts),
    )


def lacks(gaps: int | None) -> str:
    """`47 points to complete`."""
    if gaps is None:
        return _("looking for what it lacks…")
    if not gaps:
        return _("nothing to complete")
    return ngettext("{n} point to complete", "{n} points to complete", gaps).format(n=gaps)


def gap(found: ToComplete, today: date) -> Row:
    """What is missing, who completes it by when; late from that day on."""
    who = found.who or _("nobody named")
    due = dates.whole_day(found.due) if found.due else _("no date set")
    role = Role.WATCH if found.due and found.due < today else Role.QUIET
    return Row(
        (Piece("○ ", Role.QUIET), Piece(found.what)), (Piece(f"{who}  ", Role.OTHERS), Piece(due, role)),
        code=found.opens,
    )  # fmt: skip
