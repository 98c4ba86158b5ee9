"""A signal as a row, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.signals.score import WEEK, SignalScore, SignalState
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.row import ROOMY, Piece, Role, Row
from cockpit.services.signals import words
from cockpit.services.signals.gauge_lines import GaugeLine
from cockpit.services.signals.listing import SignalBoard, SignalLine
from cockpit.services.signals.state_words import GAUGES, MOVES, SIGNS, STATES, number

_WIDEST = 21
"""Cells of the longest state in words."""


def signal(line: SignalLine) -> Row:
    """`▲ Unusual delays · Paie+: the last five took 2.3 × … · ▁▂▃ · watch since S46`."""
    sign, role = SIGNS[line.score.state]
    name = Piece(f"{_(line.signal.name)} · {line.subject}", Role.STRONG if line.is_raised else Role.PLAIN)
    left = (Piece(f"{sign} ", role), Piece(f"{line.signal.id:<4}", Role.QUIET, at=ROOMY), name)
    right = (
        Piece(words.sparkline(line.trend), Role.QUIET, at=90),
        *_value(words.value(line.score.value, line.signal.unit), line.score.state),
    )
    return Row(left, right, tuple(_facts(line)))


def _value(said: str, state: SignalState) -> tuple[Piece, ...]:
    """The value and the state in words; where there is room, each in a column of its own."""
    word = _(STATES[state])
    return (
        Piece(f" {said}", column=-9),
        Piece(f"  {word}", SIGNS[state][1]),
        Piece(" " * max(0, _WIDEST - len(word)), at=ROOMY),
    )


def _facts(line: SignalLine) -> Iterator[Piece]:
    yield Piece(words.text(line.score, line.subject), Role.QUIET)
    if line.is_raised and line.kept.raised is not None:
        weeks = (line.score.week - line.kept.raised) // WEEK + 1
        said = ngettext("raised {n} week ago", "raised {n} weeks ago", weeks).format(n=weeks)
        yield Piece(said if weeks > 1 else _("raised this week"), Role.QUIET)
    if line.is_waiting:
        yield Piece(_("raised if it is still true next week"), Role.QUIET)
    if line.answer is not None:
        yield Piece(answered(line), Role.NOW)


def answered(line: SignalLine) -> str:
    """What was said of it: `P-12 Change the contact`, or `accepted until 12 Dec`."""
    answer = line.answer
    if answer is None:
        return ""
    if answer.action is not None:
        return f"→ {answer.action.code} {answer.action.title}"
    until = answer.mark.until
    assert until is not None
    return _("accepted until {day}").format(day=dates.day_and_month(until.date()))


def gauge(line: GaugeLine) -> Row:
    """`● Resilience 61 ▼`, or that there is not enough data."""
    sign, role = SIGNS[line.score.state]
    name = (Piece(f"{sign} ", role), Piece(_(GAUGES[line.name]), Role.STRONG, column=14))
    if line.score.value is None:
        said = f"{_(STATES[SignalState.UNKNOWN])} · {words.missing(line.score)}"
        return Row(name, (Piece(said, Role.QUIET),))
    figures = line.score.proof.figures
    coverage = _("{n} of {all} signals known").format(
        n=number(figures["known"]), all=number(figures["parts"])
    )
    return Row(
        name,
        (
            Piece(f"{coverage}  ", Role.QUIET, at=70),
            Piece(words.sparkline(line.trend), Role.QUIET, at=90),
            *_value(f"{number(line.score.value)} {MOVES[line.moves]}", line.score.state),
        ),
    )


def to_json(found: SignalBoard) -> list[dict[str, object]]:
    """With stable keys, those of the gauges last."""
    return [*(line_json(each) for each in found.lines), *(_gauge_json(each) for each in found.gauges)]


def line_json(line: SignalLine) -> dict[str, object]:
    """One signal with stable keys."""
    return {
        **score_json(line.score),
        "name": _(line.signal.name),
        "subject_name": line.subject,
        "text": words.text(line.score, line.subject),
        "raised": line.kept.raised.isoformat() if line.kept.raised else None,
        "trend": list(line.trend),
        "answer": answered(line) or None,
    }


def _gauge_json(gauge: GaugeLine) -> dict[str, object]:
    return {
        **score_json(gauge.score),
        "name": _(GAUGES[gauge.name]),
        "subject_name": None,
        "text": None,
        "raised": None,
        "trend": list(gauge.trend),
        "answer": None,
    }


def score_json(score: SignalScore) -> dict[str, object]:
    """What was measured, with what proves it."""
    proof = score.proof
    return {
        "signal": str(score.signal),
        "subject": score.subject or None,
        "week": score.week.isoformat(),
        "value": score.value,
        "threshold": score.threshold,
        "n": score.n,
        "state": score.state.word,
        "proof": {
            "figures": dict(proof.figures),
            "rows": [{"code": row.code, "value": row.value, "why": row.why or None} for row in proof.rows],
            "missing": proof.missing or None,
        },
    }
