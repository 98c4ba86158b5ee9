"""The page of a provider as rows, painted and printed alike: its story, and what binds us to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cockpit.domain.providers.state import State
from cockpit.domain.text import fold
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.row import Heading, PagePart, Paragraph, Piece, Role, Row, printed, section
from cockpit.services.organisation import feedback
from cockpit.services.organisation.feedback import InterfaceQuality
from cockpit.services.promises import rows as promises_rows
from cockpit.services.promises.left import reading
from cockpit.services.providers import rows
from cockpit.services.providers.page import ProviderView, post_by, said_of, windows
from cockpit.services.providers.state_words import STATES
from cockpit.store.outside.provider_history import PastIncident

_PHASES: Mapping[str, str] = {
    "scheduled": N_("scheduled"),
    "in_progress": N_("under way"),
    "investigating": N_("investigating"),
    "identified": N_("cause found"),
    "monitoring": N_("watched"),
    "resolved": N_("solved"),
}


def story(found: ProviderView) -> Iterator[PagePart]:
    """Incidents with their messages, maintenances, components, warnings."""
    incidents = (part for incident in found.incidents for part in _incident(found, incident))
    yield from section(_("Incidents"), incidents, _("none known"))
    if found.maintenances:
        yield Heading(_("Maintenances"))
    for work in found.maintenances:
        when = dates.moment(work.starts, found.at) if work.starts else _("date unknown")
        phase = _(_PHASES.get(work.phase, work.phase))
        yield Row((_sign(State.MAINTENANCE), Piece(work.title)), _quiet(f"{phase} · {when}"))
    if found.components:
        yield Heading(_("Components"))
    muted = {fold(name) for name in found.line.ours.muted_components}
    for part in found.components:
        name = Piece(part.name, Role.PLAIN if found.is_watched(part) else Role.QUIET)
        mark = _quiet(" " + _("(muted)") if fold(part.name) in muted else "")
        yield Row(
            (_sign(part.state), name, *mark), (Piece(_(STATES[part.state][1]), rows.ROLES[part.state]),)
        )
    for warning in found.reading.warnings if found.reading else ():
        yield Row((Piece(f"! {warning}", Role.WATCH),))


def _incident(found: ProviderView, incident: PastIncident) -> Iterator[PagePart]:
    over = incident.closed_by != ""
    zone = found.at.tzinfo
    span = dates.duration(max(0.0, ((incident.resolved or found.at) - incident.started).total_seconds()))
    phase = _("over") if over else _(_PHASES.get(incident.phase, incident.phase))
    when = dates.moment(incident.started.astimezone(zone), found.at)
    yield Row(
        (
            Piece("✓ ", Role.QUIET) if over else _sign(incident.impact),
            Piece(incident.title, Role.PLAIN if over else Role.STRONG),
        ),
        _quiet(f"{_(STATES[incident.impact][1])} · {phase} · {when} · {span}"),
    )
    if over:
        return
    messages = [(update.at, update.text) for update in incident.updates] or [(None, incident.message)]
    for at, text in messages:
        if text:
            yield Paragraph(f"{at.astimezone(zone):%H:%M} " if at else "", text)


def binding(found: ProviderView) -> Iterator[PagePart]:
    """What we said, what is open, contracts, people, last exchanges."""
    if found.provider is not None:
        code = found.provider.code
        yield Row((Piece(_("Record of the register")),), code=code)
    yield from section(_("What we said"), _said(found), _("nothing now"))
    yield from section(_("Open blockers and SLA"), _blockers(found), _("none is waiting for it"))
    yield from section(_("Contract"), _contracts(found), _("none written down"))
    yield from section(
        _("How it is to work together"), quality(found.interfaces, found.names), _("no interface")
    )
    yield from section(_("People"), _people(found), _("nobody written down"))
    exchanges = (
        Row((Piece(each.what),), _quiet(dates.moment(each.at, found.at)), code=each.code)
        for each in found.exchanges
    )
    yield from section(_("Last exchanges"), exchanges, _("none noted"))


def quality(found: Sequence[InterfaceQuality], names: Mapping[str, str]) -> Iterator[Row]:
    """What both sides say, all interfaces together where there are several, then each."""
    if len(found) > 1 and (said := feedback.together(found)).low is not None:
        yield Row(
            (Piece(_("all together"), Role.STRONG),), (Piece(feedback.in_words(said), feedback.role(said)),)
        )
    yield from (feedback.row(each, names) for each in found)


def _said(found: ProviderView) -> Iterator[Row]:
    for word, mark in said_of(found.line):
        until = dates.moment(mark.until, found.at) if mark.until else mark.created_by
        yield Row((Piece(f"{word} · {mark.reason}"),), _quiet(until), code=mark.code)


def _blockers(found: ProviderView) -> Iterator[Row]:
    clocks = {row.code: row for row in reversed(found.slas)}
    for blocker in found.blockers:
        clock = clocks.get(blocker.code)
        right: tuple[Piece, ...] = ()
        if clock is not None:
            said = reading(clock.record, clock.calendar, found.at)
            right = (Piece(said.words, promises_rows.ROLES[said.level]),)
        yield Row((Piece(blocker.title),), right, code=blocker.code)


def _contracts(found: ProviderView) -> Iterator[Row]:
    for contract, standing in found.contracts:
        notice = post_by(contract, standing)
        said = ""
        if notice is not None:
            said = _("notice by {date}").format(date=dates.day_label(notice, found.at.date()))
        yield Row((Piece(contract.name),), _quiet(said), code=contract.code)


def _people(found: ProviderView) -> Iterator[Row]:
    for person in found.people:
        yield Row((Piece(person.name),), _quiet(person.contact or person.role), code=person.code)
    if found.provider is not None and found.provider.contact:
        yield Row((Piece(found.provider.contact),))


def _sign(state: State) -> Piece:
    return Piece(f"{STATES[state][0]} ", rows.ROLES[state])


def _quiet(text: str) -> tuple[Piece, ...]:
    return (Piece(text, Role.QUIET),) if text else ()


def as_text(found: ProviderView) -> Iterator[str]:
    """The page in lines of text."""
    yield rows.provider(found.line, found.at).printed
    if found.line.has_page:
        yield "  " + _("available") + ": " + " · ".join(windows(found))
        if found.line.limit:
            yield f"  ! {found.line.limit}"
    yield from printed(story(found))
    yield from printed(binding(found))
