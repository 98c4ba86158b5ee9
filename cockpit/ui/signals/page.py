"""The proof of a signal as lines of styled text: what it says, its formula and figures, records, weeks, answers."""

from __future__ import annotations

from textual.content import Content

from cockpit.locale import _
from cockpit.services.signals import words
from cockpit.services.signals.gauge_lines import GaugeLine
from cockpit.services.signals.listing import SignalLine
from cockpit.services.signals.proof import ProofView
from cockpit.services.signals.state_words import GAUGES, SIGNS, STATES, number
from cockpit.ui.kit import visuals
from cockpit.ui.kit.painted import STYLES

BAR = 24


def parts(gauge: GaugeLine, width: int) -> Content:
    """The signals of a gauge with their marks: `S4 100 · S10 60 · S17 ?`."""
    said = [
        f"{row.code} {'?' if row.value is None else number(round(row.value))}"
        for row in gauge.score.proof.rows
    ]
    return Content.styled("         " + " · ".join(said), visuals.MUTED).truncate(width, ellipsis=True)


def title(line: SignalLine | GaugeLine) -> str:
    """What the proof is about."""
    if isinstance(line, SignalLine):
        return f" {line.signal.id} {_(line.signal.name)} · {line.subject} "
    return f" {_(GAUGES[line.name])} "


def summary(found: ProofView, width: int) -> list[Content]:
    """What it says, its value against its threshold, the formula, what it is worked out of, what to do."""
    line, score = found.line, found.line.score
    sign, role = SIGNS[score.state]
    colour = STYLES[role]
    state = Content.assemble((f" {sign} ", colour), (_(STATES[score.state]), f"bold {colour}"))
    if isinstance(line, GaugeLine):
        figure = "" if score.value is None else f"{number(score.value)}/100"
        said = words.missing(score) if score.value is None else figure
        return [
            visuals.spread(width, state + Content(f"  {said}"), Content(words.sparkline(line.trend) + " ")),
            *_wrapped(_("Formula: {text}").format(text=_(words.GAUGE_FORMULA)), width),
        ]
    value = words.value(score.value, line.signal.unit)
    against = _("{value}, threshold {limit}, n = {n}").format(
        value=value, limit=words.limit(score, line.signal), n=score.n
    )
    shown = [
        visuals.spread(width, state + Content(f"  {against}"), Content(words.sparkline(line.trend) + " ")),
        *_wrapped(words.text(score, line.subject), width, ""),
        *_wrapped(_("Formula: {text}").format(text=_(line.signal.formula)), width),
        *_wrapped(_("Worked out of: {text}").format(text=_(line.signal.source)), width),
        *_wrapped(_("At least: {text}").format(text=_(line.signal.minimum)), width),
    ]
    return [*shown, visuals.spread(width, Content.styled(" → " + _(line.signal.next), "bold"))]


def _wrapped(text: str, width: int, style: str = visuals.MUTED) -> list[Content]:
    return [Content(" ") + each for each in Content.styled(text, style).wrap(max(10, width - 2))]
