"""All that is known of one provider, for its page: its word, ours, its past, and what binds us to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading
from cockpit.domain.providers.uptime import Stretch, Uptime, UptimeDay, days, stretches, uptime
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.mark import EXCHANGE, Mark
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.provider import Provider
from cockpit.domain.text import fold
from cockpit.locale import N_, _, current
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import feedback, standings
from cockpit.services.organisation.feedback import InterfaceQuality
from cockpit.services.organisation.standings import ContractStanding
from cockpit.services.promises.open import SlaRow, slas
from cockpit.services.providers import rows
from cockpit.services.providers.lines import provider_lines
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.store.outside import agenda, provider_history, readings, sources
from cockpit.store.outside.provider_history import PastIncident, PlannedWork

STRIP_DAYS = 90
PERIODS = (30, 90, 365)
EXCHANGES = 8
_NEAR_DAYS = 2
"""Today and yesterday have names of their own."""
_WHOLE = 0.995
"""Share of the time from which what was not seen is not worth a word."""
_SAID = {
    "problem": N_("we see a problem"),
    "acknowledged": N_("seen"),
    "muted": N_("muted"),
    "manual": N_("state given by hand"),
}


@dataclass(frozen=True)
class Exchange:
    """One time we dealt with the provider: what it was about, and the record that says so, if any."""

    at: datetime
    what: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class ProviderView:
    """The page of one provider at one moment."""

    at: datetime
    line: ProviderLine
    provider: Provider | None
    engine: str
    reading: StatusReading | None
    """The last readable one, for its page, confidence, warnings and certificate."""
    watched: frozenset[str]
    """Folded names or ids of the components that were chosen."""
    strip: tuple[UptimeDay, ...]
    uptimes: tuple[tuple[int, Uptime], ...]
    """Days, and the uptime over them."""
    seen_since: datetime | None
    """The first word ever heard, within the longest period; None before it."""
    incidents: tuple[PastIncident, ...]
    maintenances: tuple[PlannedWork, ...]
    contracts: tuple[tuple[Contract, ContractStanding | None], ...]
    blockers: tuple[Blocker, ...]
    slas: tuple[SlaRow, ...]
    people: tuple[Person, ...]
    exchanges: tuple[Exchange, ...]
    interfaces: tuple[InterfaceQuality, ...]
    """The interfaces with it, and what both sides say of each."""
    names: Mapping[str, str]

    @property
    def components(self) -> tuple[Component, ...]:
        """The components of the page, those watched first."""
        parts = self.reading.components if self.reading else ()
        return tuple(sorted(parts, key=lambda part: not self.is_watched(part)))

    def is_watched(self, part: Component) -> bool:
        """Whether a component was chosen; all are when none was."""
        return not self.watched or bool(self.watched & {fold(part.name), fold(part.id), fold(part.group)})


def view(workspace: Workspace, key: str) -> ProviderView | None:
    """The page of the provider with that source key or code; None when there is none."""
    now = workspace.now()
    deadlines = slas(workspace)
    lines = provider_lines(workspace, now, deadlines)
    line = next((each for each in lines if key and key in (each.key, each.code)), None)
    if line is None:
        return None
    source = next((each for each in workspace.settings.statuses if each.key == line.key), None)
    state = sources.source_state(workspace.conn, "status", line.key)
    known = workspace.select(Provider, "provider", "code = ?", (line.code,)) if line.code else ()
    provider = known[0] if known else None
    past = stretches_of(workspace, line.key, now) if line.has_page else ()
    people = workspace.select(Person, "person", "provider = ? AND archived_at IS NULL", (line.code or "-",))
    names = {line.code, line.name, provider.name if provider else ""} - {""}
    blockers = _blockers(workspace, names)
    return ProviderView(
        at=now,
        line=line,
        provider=provider,
        engine=(source.engine if source else "") or state.engine,
        reading=readings.last_reading(workspace.conn, line.key),
        watched=frozenset(fold(name.strip()) for name in source.components) if source else frozenset(),
        strip=days(past, now.date() - timedelta(days=STRIP_DAYS - 1), now.date(), workspace.zone),
        uptimes=tuple((n, uptime(_last(past, now, n))) for n in PERIODS),
        seen_since=next((each.start for each in past if each.state is not State.UNKNOWN), None),
        incidents=provider_history.incidents(workspace.conn, line.key),
        maintenances=provider_history.maintenances(workspace.conn, line.key),
        contracts=_contracts(workspace, line.code),
        blockers=blockers,
        slas=tuple(row for row in deadlines if row.record.provider in names),
        people=people,
        exchanges=_exchanges(workspace, line, names, blockers, people),
        interfaces=feedback.of_provider(workspace, line.code) if line.code else (),
        names=workspace.names(),
    )


def stretches_of(workspace: Workspace, source: str, now: datetime) -> tuple[Stretch, ...]:
    """What a source showed over the longest period, up to now."""
    lo = now - timedelta(days=max(PERIODS))
    return stretches(provider_history.samples(workspace.conn, source, lo), lo, now)


def _last(past: Sequence[Stretch], now: datetime, count: int) -> list[Stretch]:
    """The part of `past` in the last days, from the first word ever heard on: what came before any is no gap."""
    first = next((each.start for each in past if each.state is not State.UNKNOWN), now)
    lo = max(now - timedelta(days=count), first)
    return [replace(each, start=max(each.start, lo)) for each in past if each.end > lo]


def _contracts(workspace: Workspace, code: str) -> tuple[tuple[Contract, ContractStanding | None], ...]:
    found = workspace.select(Contract, "contract", "provider = ? AND archived_at IS NULL", (code or "-",))
    works = standings.working_days(workspace)
    return tuple((each, standings.standing(workspace, each, works)) for each in found)


def post_by(contract: Contract, standing: ContractStanding | None) -> date | None:
    """The last day to post a notice that still ends something; None once its end is known."""
    return standing.next_post_by if standing and contract.ended_on is None else None


def _blockers(workspace: Workspace, names: set[str]) -> tuple[Blocker, ...]:
    """The open blockers that wait for the provider, the oldest first."""
    marks = " OR ".join("json_each.value = ?" for _name in names)
    return workspace.select(
        Blocker,
        "blocker",
        "closed_at IS NULL AND archived_at IS NULL AND EXISTS"
        f" (SELECT 1 FROM json_each(waiting_on) WHERE {marks}) ORDER BY coalesce(since, created_at) LIMIT 50",
        tuple(names),
    )


def _exchanges(
    workspace: Workspace,
    line: ProviderLine,
    names: set[str],
    blockers: Sequence[Blocker],
    people: Sequence[Person],
) -> tuple[Exchange, ...]:
    """The latest dealings: what we noted, what moved on its blockers, the last meeting with its people."""
    zone = workspace.zone
    noted = workspace.select(
        Mark,
        "mark",
        "kind = ? AND archived_at IS NULL AND ((source != '' AND source = ?) OR provider = ?)"
        " ORDER BY number DESC LIMIT ?",
        (EXCHANGE, line.key, line.code or "-", EXCHANGES),
    )
    found = [
        Exchange(each.created_at.astimezone(zone), each.reason, each.code)
        for each in noted
        if each.created_at
    ]
    found += [
        Exchange(each.updated_at.astimezone(zone), each.title, each.code)
        for each in blockers
        if each.updated_at
    ]
    wanted = [person.name for person in people] + [name for name in names if name != line.code]
    met = agenda.last_meeting(workspace.conn, wanted, workspace.now())
    if met is not None:
        at, title = met
        found.append(Exchange(at.astimezone(zone), title))
    found.sort(key=lambda each: each.at, reverse=True)
    return tuple(found[:EXCHANGES])


def to_json(found: ProviderView) -> dict[str, object]:
    """The page with stable keys."""
    plain = as_json.plain
    return {
        **rows.to_json(found.line),
        "engine": found.engine,
        "uptime": {
            str(n): {"percent": said.percent, "coverage": round(said.coverage, 4)} for n, said in found.uptimes
        },
        "seen_since": plain(found.seen_since),
        "warnings": list(found.reading.warnings) if found.reading else [],
        "days": [{"day": each.day.isoformat(), "state": str(each.worst)} for each in found.strip],
        "components": [
            {"id": part.id, "name": part.name, "state": str(part.state), "watched": found.is_watched(part)}
            for part in found.components
        ],
        "incident_history": [
            {
                "id": each.key, "title": each.title, "state": str(each.impact), "phase": each.phase,
                "started_at": plain(each.started), "resolved_at": plain(each.resolved), "link": each.link,
                "messages": [{"at": plain(u.at), "phase": u.phase, "text": u.text} for u in each.updates],
            }
            for each in found.incidents
        ],
        "maintenances": [
            {"title": each.title, "phase": each.phase, "starts_at": plain(each.starts), "ends_at": plain(each.ends)}
            for each in found.maintenances
        ],
        "contracts": [
            {
                "code": each.code, "name": each.name,
                "notice_by": plain(standing.term.next_notice_by) if standing else None,
                "post_by": plain(post_by(each, standing)),
            }
            for each, standing in found.contracts
        ],
        "blockers": [each.code for each in found.blockers],
        "people": [each.name for each in found.people],
        "interfaces": [feedback.to_json(each, found.names) for each in found.interfaces],
        "exchanges": [{"at": plain(each.at), "what": each.what, "code": each.code} for each in found.exchanges],
    }  # fmt: skip


def said_of(line: ProviderLine) -> list[tuple[str, Mark]]:
    """What we say of the provider and still holds: the word for it, and the mark with its reason."""
    return [(_(word), mark) for kind, word in _SAID.items() if (mark := getattr(line.ours, kind)) is not None]


def windows(found: ProviderView) -> list[str]:
    """The uptimes in words.

    A window is named by what was seen of it: where six hours are known, `since yesterday` stands for 30, 90 and
    365 days.
    """
    parts = []
    for count, said in found.uptimes:
        since = found.seen_since
        short = since is None or since > found.at - timedelta(days=count)
        name = _("{n} d").format(n=count)
        if short and since is not None:
            day = since.astimezone(found.at.tzinfo).date()
            near = (found.at.date() - day).days < _NEAR_DAYS
            said_since = _("since {day}") if near else _("since {date}")
            label = dates.day_label(day, found.at.date())
            name = said_since.format(day=label, date=label)
        if said.share is None:
            parts.append(_("{window}: not enough data").format(window=name))
        else:
            figure = said.percent.replace(".", ",") if current() == "fr" else said.percent
            text = _("{window}: {percent} %").format(window=name, percent=figure)
            if said.coverage < _WHOLE:
                text += " " + _("(seen {n} % of the time)").format(n=int(said.coverage * 100))
            parts.append(text)
        if short:
            break
    return parts
