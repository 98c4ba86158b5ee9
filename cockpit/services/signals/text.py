"""Signals as text, for a shell or a message."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.signals.score import SignalState
from cockpit.locale import _, ngettext
from cockpit.services.desk.row import printed
from cockpit.services.signals import proof_rows, rows, words
from cockpit.services.signals.listing import SignalBoard, SignalLine
from cockpit.services.signals.measure import Measured
from cockpit.services.signals.proof import ProofView
from cockpit.services.signals.state_words import STATES


def measured(found: Measured) -> str:
    """What was measured, in a line."""
    if not found.weeks:
        return _("Nothing is written down yet: nothing to measure.")
    weeks = ngettext("{n} week measured", "{n} weeks measured", len(found.weeks)).format(n=len(found.weeks))
    raised = ngettext("{n} signal raised", "{n} signals raised", found.raised).format(n=found.raised)
    return " · ".join([weeks, raised, *clock(found)])


def clock(found: Measured) -> Iterator[str]:
    """What is said of a clock that was wrong."""
    if found.misdated:
        said = ngettext(
            "the clock was wrong for {n} entry of the journal: it counts where it was written",
            "the clock was wrong for {n} entries of the journal: they count where they were written",
            found.misdated,
        )
        yield said.format(n=found.misdated)
    if found.undone:
        said = ngettext(
            "{n} week to come was taken away: a wrong clock had measured it",
            "{n} weeks to come were taken away: a wrong clock had measured them",
            found.undone,
        )
        yield said.format(n=found.undone)


def lines(found: SignalBoard, *, everything: bool = False) -> Iterator[str]:
    """The gauges, then each signal that asks for somebody; with `everything`, all of them."""
    if found.week is None:
        yield _("Nothing was measured yet: cockpit signals --measure, or the next sync.")
        return
    for gauge in found.gauges:
        yield rows.gauge(gauge).printed
    shown = [each for each in found.lines if everything or each.is_raised or each.is_waiting]
    if found.gauges and shown:
        yield ""
    for line in shown:
        yield rows.signal(line).printed
    if not everything:
        yield from _rest(found, shown)
    if found.held_back:
        yield ngettext(
            "{n} signal is above this level.", "{n} signals are above this level.", found.held_back
        ).format(n=found.held_back)


def _rest(found: SignalBoard, shown: list[SignalLine]) -> Iterator[str]:
    others = [each for each in found.lines if each not in shown]
    calm = sum(each.score.state is not SignalState.UNKNOWN for each in others)
    unknown = len(others) - calm
    if not shown:
        yield _("No signal asks for anybody.")
    said = [
        _("{n} calm").format(n=calm),
        ngettext("{n} without enough data", "{n} without enough data", unknown).format(n=unknown),
    ]
    yield " · ".join([*said, _("--all lists them")])


def proof(found: ProofView) -> Iterator[str]:
    """A proof, line by line."""
    line = found.line
    assert isinstance(line, SignalLine)
    signal, score = line.signal, line.score
    yield f"{signal.id} {_(signal.name)} · {line.subject} · {_(STATES[score.state])}"
    yield words.text(score, line.subject)
    yield _("Value {value}, threshold {limit}, n = {n}").format(
        value=words.value(score.value, signal.unit), limit=words.limit(score, signal), n=score.n
    )
    yield _("Formula: {text}").format(text=_(signal.formula))
    yield _("Worked out of: {text}").format(text=_(signal.source))
    yield _("At least: {text}").format(text=_(signal.minimum))
    yield from printed(proof_rows.records(found))
    yield _("Next: {text}").format(text=_(signal.next))
    yield from printed(proof_rows.story(found))
