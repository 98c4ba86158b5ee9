"""The proof of a signal as lines of styled text: what it says, its formula and figures, records, weeks, answers."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from cockpit.domain.signals.score import State
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.signals import words
from cockpit.services.signals.gauge_lines import GaugeLine
from cockpit.services.signals.listing import SignalLine
from cockpit.services.signals.proof import ProofView
from cockpit.services.signals.state_words import GAUGES, SIGNS, STATES, number
from cockpit.ui.kit import visuals
from cockpit.ui.kit.page import Heading, PageLine, PagePart
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


def records(found: ProofView) -> Iterator[PagePart]:
    """The figures, then the records behind them, each of which opens."""
    said = words.figures(found.line.score)
    if said:
        yield Heading(_("Figures"))
    for name, figure in said:
        yield PageLine(Content(f" {name}"), Content(f"{figure} "))
    if found.rows:
        yield Heading(_("Records"))
    for row in found.rows:
        code = "" if row.code.startswith("signal:") else f"{row.code:<7}"
        yield PageLine(
            Content.assemble((f" {code}", STYLES[SIGNS[State.UNKNOWN][1]]), row.name),
            Content.styled(f"{row.why} ", visuals.MUTED), row.code,
        )  # fmt: skip


def story(found: ProofView) -> Iterator[PagePart]:
    """What was done about it, then its weeks, the last one first."""
    yield Heading(_("What was done"))
    if not found.answers:
        nothing = _("nothing yet: a takes an action, r accepts it until a date")
        yield PageLine(Content.styled(f" {nothing}", visuals.MUTED), Content(""))
    for answer in reversed(found.answers):
        mark = answer.mark
        when = dates.day_and_month(mark.created_at.date()) if mark.created_at else ""
        if answer.action is not None:
            done = _("done") if answer.action.closed_at is not None else _("under way")
            yield PageLine(Content(f" {when} · {answer.action.code} {answer.action.title}"),
                       Content.styled(f"{done} ", visuals.MUTED), answer.action.code)  # fmt: skip
        elif mark.until is not None:
            until = _("accepted until {day}").format(day=dates.day_and_month(mark.until.date()))
            yield PageLine(
                Content(f" {when} · {until}"), Content.styled(f"{mark.reason} ", visuals.MUTED), mark.code
            )
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
        yield PageLine(
            Content.assemble(f" {week:<4} ", (f"{sign} ", STYLES[role]), said), Content(f"{value} "),
        )  # fmt: skip
