"""The page of a clock as rows, painted and printed alike: its story, and how such promises were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cockpit.domain.registers.policy import METRICS
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.row import Heading, PagePart, Piece, Role, Row
from cockpit.services.promises.clock_view import ClockView
from cockpit.services.promises.kept import PERIODS, Respect, in_words
from cockpit.services.promises.rows import ROLES

_SIGNS = {"met": "✓", "breached": "■", "paused": "‖"}
_NAME, _FIGURE = 20, 6


def story(found: ClockView, names: Mapping[str, str]) -> Iterator[PagePart]:
    """What happened and what is to come, whom it was escalated to, the other clocks of its case."""
    for step in found.steps:
        at = step.at.astimezone(found.at.tzinfo)
        role = ROLES[step.level] if step.level else Role.PLAIN
        sign = Piece("· " if at > found.at else "● ", role if step.level else Role.QUIET)
        by = f" · {step.by}" if step.by else ""
        yield Row((sign, Piece(step.text, role)), (Piece(f"{dates.moment(at, found.at)}{by}", Role.QUIET),))
    if found.escalations:
        yield Heading(_("Escalations"))
    for each in found.escalations:
        who, level = names.get(each.asked_of, each.asked_of), _("L{n}").format(n=each.level)
        end = each.decision or (_("ended") if each.ended_at else _("open"))
        yield Row(
            (Piece(f"{level} {who} · {each.question}"),), (Piece(end, Role.QUIET),),
            code=each.decision or each.code,
        )  # fmt: skip
    others = [clock for clock in found.siblings if clock.state != "cancelled"]
    if others:
        yield Heading(_("Other clocks of {code}").format(code=found.row.record.blocker))
    for clock in others:
        mark = _SIGNS.get(clock.state, "●")
        yield Row((Piece(f"{mark} {_(METRICS[clock.metric])} · {clock.target}"),), code=clock.code)


def kept(respect: Sequence[Respect], names: Mapping[str, str]) -> Iterator[PagePart]:
    """How promises were kept, over 30, 90 and 365 days, by provider and by function."""
    periods = tuple(Piece(_("{n} d").format(n=n), Role.QUIET, column=-_FIGURE) for n in PERIODS)
    for kind, title in (("provider", _("By provider")), ("function", _("By function"))):
        found = [each for each in respect if each.kind == kind]
        if found:
            yield Heading(title, periods)
        for each in found:
            name = Piece(names.get(each.code, each.code), column=_NAME)
            yield Row((name,), tuple(_figure(each, days) for days in PERIODS), code=each.code)
    if not respect:
        yield Row((Piece(_("No promise has ended yet."), Role.QUIET),))


def _figure(each: Respect, days: int) -> Piece:
    figures = each.over[days]
    bad = figures.broken > figures.waived
    # What was broken is over: red is for what is late now.
    role = Role.WATCH if bad else Role.PLAIN if figures.count else Role.QUIET
    return Piece(in_words(figures), role, column=-_FIGURE)
