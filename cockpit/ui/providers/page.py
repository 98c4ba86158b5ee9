"""The page of a provider as lines of styled text: its state and ninety days, its story, what binds us to it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from textual.content import Content

from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.text import fold
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.promises.left import reading
from cockpit.services.promises.rows import ROLES
from cockpit.services.providers.lines import notes
from cockpit.services.providers.page import ProviderView, post_by, said_of, windows
from cockpit.store.outside.provider_history import PastIncident
from cockpit.ui.kit import visuals
from cockpit.ui.kit.page import Heading, PageLine, PagePart
from cockpit.ui.kit.painted import STYLES

STEPS = {
    State.OPERATIONAL: "▁",
    State.QUIET: "_",
    State.MAINTENANCE: "◆",
    State.DEGRADED: "▃",
    State.PARTIAL_OUTAGE: "▅",
    State.MAJOR_OUTAGE: "█",
    State.UNKNOWN: "·",
}
"""The worse the day, the higher its cell."""
_PHASES = {
    "scheduled": N_("scheduled"),
    "in_progress": N_("under way"),
    "investigating": N_("investigating"),
    "identified": N_("cause found"),
    "monitoring": N_("watched"),
    "resolved": N_("solved"),
}
_MESSAGE_LINES = 6


def summary(found: ProviderView, width: int) -> list[Content]:
    """Its state, since when and how fresh; the strip of days; the uptimes."""
    line = found.line
    silent = not line.has_page and line.ours.manual is None
    glyph, word, colour = visuals.STATES[line.state]
    said = Content.assemble((f" {glyph} ", colour), (_("no page") if silent else _(word), f"bold {colour}"))
    since = line.row.since if line.row and line.state is not State.UNKNOWN else None
    if since:
        span = dates.duration((found.at - since).total_seconds())
        said += Content.styled(" · " + _("for {span}").format(span=span), visuals.MUTED)
    said += Content.styled("".join(f" · {note}" for note in notes(line, found.at)), visuals.WARN)
    if not line.has_page:
        hint = Content.styled(" " + _("c gives it a state by hand, e notes an exchange"), visuals.MUTED)
        return [said, Content(""), hint]
    return [
        visuals.spread(width, said, _heard(found)),
        *_strip(found, width),
        _footer(found, width),
    ]


def _heard(found: ProviderView) -> Content:
    line = found.line
    heard = _("not read yet")
    if line.last_ok:
        heard = _("seen {ago}").format(ago=dates.ago(line.last_ok, found.at))
    if line.row is not None and line.row.last_error:
        return Content.styled(f"{heard} · {line.row.last_error} ", visuals.WARN)
    stale = line.fresh is not Freshness.FRESH
    return Content.styled(f"{heard} · {found.engine} ", visuals.WARN if stale else visuals.MUTED)


def _strip(found: ProviderView, width: int) -> list[Content]:
    shown = found.strip[-max(10, width - 2) :]
    cells = Content("").join(Content.styled(STEPS[day.worst], visuals.STATES[day.worst][2]) for day in shown)
    first, last = dates.day_and_month(shown[0].day), _("today")
    between = " " * max(1, len(shown) - len(first) - len(last))
    return [Content(" ") + cells, Content.styled(f" {first}{between}{last}", visuals.MUTED)]


def _footer(found: ProviderView, width: int) -> Content:
    """The uptimes; what the cells of the strip mean where there is room for it."""
    said, legend = _uptimes(found), _legend()
    fits = said.cell_length + legend.cell_length + 2 <= width
    return visuals.spread(width, said, legend if fits else "")


def _legend() -> Content:
    words = (f"{STEPS[state]} {_(visuals.STATES[state][1])}" for state in STEPS)
    return _muted("  ".join(words) + " ")


def _uptimes(found: ProviderView) -> Content:
    return Content.assemble((" " + _("available") + " ", visuals.MUTED), (" · ".join(windows(found)), "bold"))


def story(found: ProviderView, width: int) -> Iterator[PagePart]:
    """Incidents with their messages, maintenances, components, warnings."""
    yield Heading(_("Incidents"))
    for incident in found.incidents:
        yield from _incident(found, incident, width)
    if not found.incidents:
        yield _nothing(_("none known"))
    if found.maintenances:
        yield Heading(_("Maintenances"))
    for work in found.maintenances:
        when = dates.moment(work.starts, found.at) if work.starts else _("date unknown")
        phase = _(_PHASES.get(work.phase, work.phase))
        yield PageLine(Content.assemble((" ◆ ", "$primary"), work.title), _muted(f"{phase} · {when} "))
    if found.components:
        yield Heading(_("Components"))
    muted = {fold(name) for name in found.line.ours.muted_components}
    for part in found.components:
        glyph, word, colour = visuals.STATES[part.state]
        name = (part.name, "" if found.is_watched(part) else visuals.MUTED)
        mark = " " + _("(muted)") if fold(part.name) in muted else ""
        left = Content.assemble((f" {glyph} ", colour), name, (mark, visuals.MUTED))
        yield PageLine(left, Content.styled(f"{_(word)} ", colour))
    for warning in found.reading.warnings if found.reading else ():
        yield PageLine(Content.styled(f" ! {warning}", visuals.WARN), _muted(""))


def _incident(found: ProviderView, incident: PastIncident, width: int) -> Iterator[PageLine]:
    glyph, word, colour = visuals.STATES[incident.impact]
    over = incident.closed_by != ""
    zone = found.at.tzinfo
    span = dates.duration(max(0.0, ((incident.resolved or found.at) - incident.started).total_seconds()))
    phase = _("over") if over else _(_PHASES.get(incident.phase, incident.phase))
    left = Content.assemble(
        ("   ✓ " if over else f" {glyph} ", visuals.MUTED if over else colour),
        (incident.title, "" if over else "bold"),
    )
    when = dates.moment(incident.started.astimezone(zone), found.at)
    yield PageLine(left, _muted(f"{_(word)} · {phase} · {when} · {span} "))
    if over:
        return
    messages = [(update.at, update.text) for update in incident.updates] or [(None, incident.message)]
    for at, text in messages:
        stamp = f"{at.astimezone(zone):%H:%M} " if at else ""
        for number, piece in enumerate(wrap(text, max(20, width - 4 - len(stamp)))[:_MESSAGE_LINES]):
            lead = stamp if number == 0 else " " * len(stamp)
            yield PageLine(Content.assemble((f"   {lead}", visuals.MUTED), piece), _muted(""))


def binding(found: ProviderView) -> Iterator[PagePart]:
    """What we said, what is open, contracts, people, last exchanges."""
    if found.provider is not None:
        yield PageLine(
            Content(" " + _("Record of the register")), _muted(f"{found.provider.code} "), found.provider.code
        )
    yield from _part(_("What we said"), _said(found), _("nothing now"))
    yield from _part(_("Open blockers and SLA"), _blockers(found), _("none is waiting for it"))
    yield from _part(_("Contract"), _contracts(found), _("none written down"))
    yield from _part(_("People"), _people(found), _("nobody written down"))
    exchanges = (
        PageLine(Content(f" {each.what}"), _muted(f"{dates.moment(each.at, found.at)} "), each.code)
        for each in found.exchanges
    )
    yield from _part(_("Last exchanges"), exchanges, _("none noted: e notes one"))


def _part(title: str, lines: Iterator[PageLine], empty: str) -> Iterator[PagePart]:
    yield Heading(title)
    listed = list(lines)
    yield from listed or [_nothing(empty)]


def _said(found: ProviderView) -> Iterator[PageLine]:
    for word, mark in said_of(found.line):
        until = dates.moment(mark.until, found.at) if mark.until else mark.created_by
        yield PageLine(Content(f" {word} · {mark.reason}"), _muted(f"{until} "), mark.code)


def _blockers(found: ProviderView) -> Iterator[PageLine]:
    rows = {row.code: row for row in reversed(found.slas)}
    for blocker in found.blockers:
        row = rows.get(blocker.code)
        right = _muted(f"{blocker.code} ")
        if row is not None:
            said = reading(row.record, row.calendar, found.at)
            right = Content.styled(f"{said.words} ", STYLES[ROLES[said.level]])
        yield PageLine(Content(f" {blocker.title}"), right, blocker.code)


def _contracts(found: ProviderView) -> Iterator[PageLine]:
    for contract, standing in found.contracts:
        notice = post_by(contract, standing)
        said = ""
        if notice is not None:
            said = _("notice by {date}").format(date=dates.day_label(notice, found.at.date()))
        yield PageLine(Content(f" {contract.name}"), _muted(f"{said} "), contract.code)


def _people(found: ProviderView) -> Iterator[PageLine]:
    for person in found.people:
        yield PageLine(Content(f" {person.name}"), _muted(f"{person.contact or person.role} "), person.code)
    if found.provider is not None and found.provider.contact:
        yield PageLine(Content(f" {found.provider.contact}"), _muted(""))


def _nothing(text: str) -> PageLine:
    return PageLine(_muted(f" {text}"), _muted(""))


def _muted(text: str) -> Content:
    return Content.styled(text, visuals.MUTED)
