"""The phase of the company as rows, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cockpit.domain.organisation.phase import CountedDate
from cockpit.domain.registers.phase import STEADY, Phase
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.organisation import phase


def row(found: Phase, today: date) -> Row:
    """`Phase: sale in view · since 12 October 2026`, then the day aimed at and what it changes."""
    left = (
        Piece("◆ ", Role.NOW),
        Piece(_("Phase: {word}").format(word=phase.word(found.phase)), Role.STRONG),
    )
    right = (
        (Piece(_("begun on {day}").format(day=dates.whole_day(found.since)), Role.QUIET),)
        if found.since
        else ()
    )
    return Row(left, right, tuple(_facts(found, today)), found.code)


def _facts(found: Phase, today: date) -> Iterator[Piece]:
    if found.target_on is not None:
        day = dates.whole_day(found.target_on)
        if found.target_on >= today:
            away = _away(found.target_on, today)
            yield Piece(_("aims at {day}, {away}").format(day=day, away=away), Role.NOW)
        else:
            yield Piece(_("aimed at {day}, which is past").format(day=day), Role.WATCH)
    if found.phase != STEADY:
        yield Piece(_("limits of signals one notch tighter"), Role.QUIET)
    if found.note:
        yield Piece(found.note.splitlines()[0], Role.QUIET)


def legal(each: CountedDate, today: date) -> Row:
    """`30 April 2027  Tell the employees · 2 months before`."""
    past = each.day < today
    left = (
        Piece(f"{dates.whole_day(each.day)}  ", Role.BAD if past else Role.QUIET, column=14),
        Piece(each.text, Role.STRONG),
    )
    return Row(left, (Piece(_away(each.day, today), Role.BAD if past else Role.QUIET),), (), each.contract)


def _away(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("past by {n} day", "past by {n} days", -days).format(n=-days)
    return ngettext("in {n} day", "in {n} days", days).format(n=days)


def to_json(found: Phase | None, counted: tuple[CountedDate, ...]) -> dict[str, object]:
    """Keys that stay: `phase` is null where none was said, or may be told."""
    return {
        "phase": found.phase if found else None,
        "code": found.code if found else None,
        "since": found.since.isoformat() if found and found.since else None,
        "target_on": found.target_on.isoformat() if found and found.target_on else None,
        "note": found.note if found else "",
        "dates": [
            {"day": each.day.isoformat(), "what": each.legal.name, "key": each.legal.key, "contract": each.contract}
            for each in counted
        ],
    }  # fmt: skip
