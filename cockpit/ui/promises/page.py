"""The page of a clock of service as lines of styled text: what is left, its story, how promises were kept."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.registers.clock import PAUSES
from cockpit.domain.registers.policy import METRICS
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.promises.clock_view import ClockView
from cockpit.services.promises.left import GLYPHS
from cockpit.services.promises.rows import ROLES
from cockpit.ui.kit import visuals
from cockpit.ui.kit.painted import STYLES

BAR = 40


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
