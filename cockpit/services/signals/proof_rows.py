"""The proof of a signal as rows, painted and printed alike: figures, records, what was done, weeks."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.row import Heading, PagePart, Piece, Role, Row, section
from cockpit.services.signals import words
from cockpit.services.signals.acknowledgement import Answer
from cockpit.services.signals.listing import SignalLine
from cockpit.services.signals.proof import ProofView
from cockpit.services.signals.state_words import SIGNS, STATES, number


def records(found: ProofView) -> Iterator[PagePart]:
    """The figures, then the records behind them, each of which opens."""
    said = words.figures(found.line.score)
    if said:
        yield Heading(_("Figures"))
    for name, figure in said:
        yield Row((Piece(name),), (Piece(figure),))
    if found.rows:
        yield Heading(_("Records"))
    for row in found.rows:
        code = "" if row.code.startswith("signal:") else row.code
        yield Row((Piece(row.name),), _quiet(row.why), code=code)


def story(found: ProofView) -> Iterator[PagePart]:
    """What was done about it, then its weeks, the last one first."""
    done = (row for answer in reversed(found.answers) for row in _answer(answer))
    yield from section(_("What was done"), done, _("nothing yet"))
    yield Heading(_("Weeks"))
    for kept in reversed(found.history):
        sign, role = SIGNS[kept.score.state]
        week = dates.week_number(kept.score.week)
        unit = found.line.signal.unit if isinstance(found.line, SignalLine) else None
        value = words.value(kept.score.value, unit) if unit else number(kept.score.value or 0)
        if kept.score.value is None:
            value = "–"
        said = _(STATES[kept.score.state])
        if not kept.is_whole:
            said += " · " + _("so far")
        if kept.raised == kept.score.week:
            said += " · " + _("raised")
        yield Row((Piece(f"{week:<4} "), Piece(f"{sign} ", role), Piece(said)), (Piece(value),))


def _answer(answer: Answer) -> Iterator[Row]:
    mark = answer.mark
    when = dates.day_and_month(mark.created_at.date()) if mark.created_at else ""
    if answer.action is not None:
        done = _("done") if answer.action.closed_at is not None else _("under way")
        title = f"{when} · {answer.action.code} {answer.action.title}"
        yield Row((Piece(title),), _quiet(done), code=answer.action.code)
    elif mark.until is not None:
        until = _("accepted until {day}").format(day=dates.day_and_month(mark.until.date()))
        yield Row((Piece(f"{when} · {until}"),), _quiet(mark.reason), code=mark.code)


def _quiet(text: str) -> tuple[Piece, ...]:
    return (Piece(text, Role.QUIET),) if text else ()
