"""The page of a clock of service as lines of styled text: what is left, its story, how promises were kept."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from cockpit.domain.registers.clock import PAUSES
from cockpit.domain.registers.policy import METRICS
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.promises.clock_view import ClockView
from cockpit.services.promises.kept import PERIODS, Respect, in_words
from cockpit.services.promises.left import GLYPHS
from cockpit.services.promises.rows import ROLES
from cockpit.ui.kit import visuals
from cockpit.ui.kit.page import Heading, PageLine, PagePart
from cockpit.ui.kit.painted import STYLES

BAR = 40
_COLUMN = 7


def summary(found: ClockView, width: int, names: dict[str, str]) -> list[Content]:
    """What it measures for whom, how much is used, and the three lines that are never merged."""
    clock, said = found.row.record, found.said
    glyph, colour = GLYPHS[said.level], STYLES[ROLES[said.level]]
    who = names.get(clock.provider, clock.provider) or "—"
    head = Content.assemble((f" {glyph} ", colour), (said.words, f"bold {colour}"))
    about = Content.styled(f"{who} · {_(METRICS[clock.metric])} · {clock.target} ", visuals.MUTED)
    full = int(said.used * BAR)
    bar = Content.styled(" " + "█" * full, colour) + Content.styled("·" * (BAR - full), visuals.MUTED)
    used = _("{used} used of {target}").format(
        used=dates.business_duration(_used(found)), target=dates.business_duration(clock.target_s)
    )
    return [
        visuals.spread(width, head, about),
        bar + Content(f"  {used}"),
        visuals.spread(width, Content(" ") + _due(found), Content("")),
        Content(" ") + _pauses(found),
    ]


def _used(found: ClockView) -> int:
    clock = found.row.record
    if clock.ended_at is not None or clock.due is None:
        return clock.consumed_s
    return clock.target_s - found.said.left_s


def _due(found: ClockView) -> Content:
    clock = found.row.record
    if clock.due is None:
        if found.projected is None:
            return Content("")
        when = dates.moment(found.projected.astimezone(found.at.tzinfo), found.at)
        return Content.styled(_("due {when} if it went on now").format(when=when), f"italic {visuals.MUTED}")
    due = clock.due.astimezone(found.at.tzinfo)
    text = _("due {when}").format(when=dates.moment(due, found.at))
    if clock.until is not None and clock.until > clock.due:
        until = clock.until.astimezone(found.at.tzinfo)
        text += " · " + _("kept until {when}").format(when=dates.moment(until, found.at))
    zone = found.calendar.zone
    if zone.utcoffset(due.replace(tzinfo=None)) != due.utcoffset():
        text += f" · {clock.due.astimezone(zone):%H:%M} {zone.key}"
    return Content(text)


def _pauses(found: ClockView) -> Content:
    """Pauses by who caused them: those that wait for us are our own doing."""
    if not found.halts:
        return Content.styled(_("never paused"), visuals.MUTED)
    parts = [f"{_(PAUSES.get(reason, reason))} {dates.business_duration(s)}" for reason, s in found.halts]
    return Content(_("paused: {parts}").format(parts=" · ".join(parts)))


def story(found: ClockView, names: dict[str, str]) -> Iterator[PagePart]:
    """What happened and what is to come, then whom it was escalated to."""
    for step in found.steps:
        at = step.at.astimezone(found.at.tzinfo)
        colour = STYLES[ROLES[step.level]] if step.level else ""
        glyph = "·" if at > found.at else "●"
        left = Content.assemble((f" {glyph} ", colour or visuals.MUTED), (step.text, colour))
        by = f" · {step.by}" if step.by else ""
        yield PageLine(left, Content.styled(f"{dates.moment(at, found.at)}{by} ", visuals.MUTED))
    if found.escalations:
        yield Heading(_("Escalations"))
    for each in found.escalations:
        who = names.get(each.asked_of, each.asked_of)
        level = _("L{n}").format(n=each.level)
        end = each.decision or (_("ended") if each.ended_at else _("open"))
        yield PageLine(
            Content(f" {level} {who} · {each.question}"),
            Content.styled(f"{end} ", visuals.MUTED),
            each.decision or each.code,
        )
    others = [clock for clock in found.siblings if clock.state != "cancelled"]
    if others:
        yield Heading(_("Other clocks of {code}").format(code=found.row.record.blocker))
    for clock in others:
        glyph = {"met": "✓", "breached": "■", "paused": "‖"}.get(clock.state, "●")
        yield PageLine(
            Content(f" {glyph} {_(METRICS[clock.metric])} · {clock.target}"),
            Content.styled(f"{clock.code} ", visuals.MUTED),
            clock.code,
        )


def kept(found: ClockView, names: dict[str, str]) -> Iterator[PagePart]:
    """How promises were kept, over 30, 90 and 365 days."""
    days = [_("{n} d").format(n=n) for n in PERIODS]
    head = "".join(f"{word:>{_COLUMN}}" for word in days)
    for kind, title in (("provider", _("By provider")), ("function", _("By function"))):
        rows = [each for each in found.respect if each.kind == kind]
        if rows:
            yield PageLine(Content.styled(f"── {title} ", visuals.MUTED), Content.styled(head, visuals.MUTED))
        for each in rows:
            yield PageLine(Content(f" {names.get(each.code, each.code)}"), _figures(each), each.code)
    if not found.respect:
        yield PageLine(Content.styled(" " + _("No promise has ended yet."), visuals.MUTED), Content(""))


def _figures(each: Respect) -> Content:
    cells = []
    for days in PERIODS:
        figures = each.over[days]
        bad = figures.broken > figures.waived
        cells.append(Content.styled(f"{in_words(figures):>{_COLUMN}}", visuals.BAD if bad else visuals.GOOD
                                    if figures.count else visuals.MUTED))  # fmt: skip
    return Content("").join(cells)
