"""What is known of an event of the agenda, as labels and values."""

from __future__ import annotations

from cockpit.domain.agenda.events import (
    ACCEPTED,
    BUSY,
    DECLINED,
    FREE,
    NEEDS_ACTION,
    OUT_OF_OFFICE,
    TENTATIVE,
    Event,
)
from cockpit.locale import N_, _, ngettext
from cockpit.services.agenda.feed_facts import Facts
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import rituals

_ANSWERS = {ACCEPTED: N_("accepted"), DECLINED: N_("declined"), NEEDS_ACTION: N_("no answer yet")}


_TIMES = {
    BUSY: N_("busy"),
    FREE: N_("free: it takes no time"),
    TENTATIVE: N_("tentative"),
    OUT_OF_OFFICE: N_("out of office"),
}


def of_event(workspace: Workspace, event: Event) -> Facts:
    """When, where, with whom, from which agendas, and why it is shown."""
    card = event.occurrence
    names = {source.key: source.name for source in workspace.settings.agendas}
    when = dates.long_date(event.start.date())
    if not event.all_day:
        end = f"{event.end:%H:%M}"
        if event.end.date() != event.start.date():
            end = f"{dates.day_and_month(event.end.date())} {end}"
        when += f" {event.start:%H:%M}–{end}"
    if workspace.is_travelling and not event.all_day:
        when += f" ({workspace.zone.key})"
    people = len(card.attendees)
    facts = [
        (_("When"), when),
        (_("Where"), card.location),
        (_("Link"), card.link),
        (_("Organiser"), card.organizer),
        (ngettext("{n} attendee", "{n} attendees", people).format(n=people), ", ".join(card.attendees)),
        (_("My answer"), _(_ANSWERS[card.participation]) if card.participation in _ANSWERS else ""),
        (_("Time"), _(_TIMES.get(card.busy, N_("busy")))),
        (_("Ritual"), _ritual(workspace, event)),
        (_("Agendas"), ", ".join(names.get(feed, feed) for feed in event.feeds)),
        (_("Of"), event.owner),
        (_("Confidentiality"), _("private: veiled like level 2") if card.private else ""),
        (_("Why shown"), _reason(event)),
        (_("Repaired"), _("something in the feed was mended to read it") if card.repaired else ""),
        (_("Notes"), card.notes),
    ]
    return [fact for fact in facts if fact[1]]


def _ritual(workspace: Workspace, event: Event) -> str:
    monday = event.start.date()
    monday = monday.fromordinal(monday.toordinal() - monday.weekday())
    meetings = rituals.week(workspace, monday, [event], company_calendar(workspace))
    return next((m.ritual.name for m in meetings if m.event is not None), "")


def _reason(event: Event) -> str:
    """Why it stands there: alone or of a series, in one agenda or in several."""
    card = event.occurrence
    parts = [_("one instance of a series") if card.rid else _("a single event")]
    if len(event.feeds) > 1:
        parts.append(_("the same meeting in {n} agendas, shown once").format(n=len(event.feeds)))
    if event.cancelled:
        parts.append(_("cancelled by its organiser"))
    if card.wall_start is not None:
        parts.append(_("without a time zone: the same hour everywhere"))
    return " · ".join(parts)
