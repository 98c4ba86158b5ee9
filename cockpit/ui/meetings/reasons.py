"""Why a key of a meeting is off now, in one sentence; empty where it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.meetings.state import LedMeeting
from cockpit.domain.registers.blocker import Blocker
from cockpit.locale import _
from cockpit.services.desk import refusal
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.work import ladder
from cockpit.ui.kit.actions import WhyNot

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target


def informal(_cockpit: Cockpit, target: Target) -> str:
    """An informal moment has no agenda."""
    meeting = target.data
    if isinstance(meeting, PlannedMeeting) and not meeting.has_agenda:
        return _("{name} is informal: no agenda, no minutes").format(name=meeting.ritual.name)
    return ""


def settled(_cockpit: Cockpit, target: Target) -> str:
    """Nothing more is asked of somebody about what is solved."""
    record = target.record
    if isinstance(record, Blocker) and record.closed_at is not None:
        return str(refusal.closed(record.code))
    return ""


def at_the_top(cockpit: Cockpit, target: Target) -> str:
    """There is no step above the last one of the ladder."""
    record = target.record
    if isinstance(record, Blocker) and record.closed_at is None and record.level >= ladder.TOP:
        why = _("it is at the top of the ladder: what remains is to decide")
        return str(refusal.NotPossible(record.code, why))
    return settled(cockpit, target)


def extended(_cockpit: Cockpit, target: Target) -> str:
    """The part of the meeting that goes on was made longer already: that is done once."""
    meeting = _led(target)
    if meeting is not None and meeting.position in meeting.extended:
        return _("this part had its one more minute already")
    return ""


def leading(cockpit: Cockpit, target: Target) -> str:
    """Whoever leads the meeting need not take it over."""
    meeting = _led(target)
    return _("you lead it already") if meeting and meeting.facilitator == cockpit.workspace.actor else ""


def follows(cockpit: Cockpit, target: Target) -> str:
    """Somebody else leads the meeting: on this screen it is only followed."""
    from cockpit.services.meetings.facilitation import why_not_lead

    meeting = _led(target)
    return why_not_lead(cockpit.workspace, meeting) if meeting is not None else ""


def where_one_leads(why: WhyNot) -> WhyNot:
    """The same reason, where one leads; elsewhere that the meeting is only followed."""
    return lambda cockpit, target: follows(cockpit, target) or why(cockpit, target)


def three_chosen(_cockpit: Cockpit, target: Target) -> str:
    """A week has three priorities: a fourth is not chosen."""
    from cockpit.services.meetings.facilitation import CHOOSE

    meeting = _led(target)
    if meeting is None or target.code in meeting.chosen or len(meeting.chosen) < CHOOSE:
        return ""
    return _("three priorities are chosen already: take one away first (space on it)")


def _led(target: Target) -> LedMeeting | None:
    """The meeting that is led, as of its last event."""
    led = getattr(target.data, "led", None)
    meeting = led.seen.meeting if led is not None else None
    return meeting if isinstance(meeting, LedMeeting) else None
