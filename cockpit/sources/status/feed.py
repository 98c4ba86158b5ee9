"""RSS 2.0 and Atom feeds of status pages, and Azure's, whose emptiness is its all-clear.

A feed is a history without a word for the present: it affirms nothing unless its owner says that an
empty one means all clear. Phases are guessed from words, so confidence is low.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.messages.html import text_of
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import (
    Component,
    Incident,
    Maintenance,
    Phase,
    StatusReading,
    Update,
    worst,
)
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import (
    ITEMS_LIMIT,
    Notes,
    UnreadablePage,
    latest_first,
    link,
    message,
    moment,
    says_over,
    text,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_OVER = re.compile(
    r"\b(resolved|completed|mitigated|postmortem|cancell?ed|résolue?|terminée?|annulée?)\b", re.IGNORECASE
)
_PHASES: tuple[tuple[re.Pattern[str], Phase], ...] = (
    (re.compile(r"\b(in progress|underway|verifying|en cours)\b", re.IGNORECASE), "in_progress"),
    (re.compile(r"\b(monitoring|recovering|surveillance)\b", re.IGNORECASE), "monitoring"),
    (re.compile(r"\b(identified|identifiée?)\b", re.IGNORECASE), "identified"),
    (re.compile(r"\b(scheduled|maintenance|planifiée?)\b", re.IGNORECASE), "scheduled"),
)
_PLANNED = re.compile(r"\b(scheduled|in progress|verifying|planifiée?)\b", re.IGNORECASE)
_TROUBLED = re.compile(r"\b(investigating|identified|monitoring|identifiée?)\b", re.IGNORECASE)
_WORKS = re.compile(r"\b(maintenances?|entretien)\b", re.IGNORECASE)
_HEAD = re.compile(r"^\W*(\w[\w ]{2,30}?)\s*[\]):–-]")
_TAIL = re.compile(r"[\[(–:-]\s*(\w[\w ]{2,30}?)\W*$")
_ALONE = re.compile(
    rf"({_OVER.pattern}|{'|'.join(pattern.pattern for pattern, _phase_ in _PHASES)})( maintenance)?",
    re.IGNORECASE,
)
"""A phase that a title carries: `[RESOLVED] Slow pages`, `Slow pages - Resolved`."""
_OUTAGE = re.compile(r"\b(outage|down|disruption|unavailable|panne|indisponible)\b", re.IGNORECASE)
_STRONG = re.compile(r"<strong>\s*([^<]{2,40}?)\s*</strong>", re.IGNORECASE)
_STAMPED = re.compile(
    r"<small>\s*([A-Z][a-z]{2})[a-z]*\s+(?:<var[^>]*>)?\s*(\d{1,2})(?:</var>)?\s*,"
    r"\s*(?:<var[^>]*>)?\s*(\d\d:\d\d)[^<]*(?:</var>[^<]*)?</small>"
    r"[^<]*(?:<br[^>]*>\s*)?<strong>\s*([^<]{2,40}?)\s*</strong>",
)
_WRAP = timedelta(days=183)
FORGOTTEN_AFTER = timedelta(days=7)
"""A history keeps what nobody closed: an item without a word for so long no longer tells the present."""
FORGOTTEN_PLANS = timedelta(days=30)


@dataclass(frozen=True)
class _Item:
    key: str
    title: str
    link: str
    at: datetime | None
    html: str
    categories: tuple[str, ...]


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The troubles that a feed tells; it never affirms that all is well. Raises Unreadable."""
    title, items = parse(body)
    return _reading(title, items, State.UNKNOWN, now=now, source=source)


def read_all_clear(body: bytes, *, title: str, now: datetime, source: StatusSource) -> StatusReading:
    """The same for a feed of present events only, whose emptiness is the all-clear if it has this `title`."""
    found, items = parse(body)
    fine = State.OPERATIONAL if title.lower() in found.lower() else State.UNKNOWN
    reading = _reading(found, items, fine, now=now, source=source, current_only=True)
    return replace(reading, confidence="medium")


def parse(body: bytes) -> tuple[str, list[_Item]]:
    """The title and items of an RSS 2.0 or Atom document. Raises Unreadable for anything else."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise UnreadablePage(_("the answer is not readable as a feed")) from error
    channel = root.find("channel")
    if root.tag == "rss" and channel is not None:
        return text(channel.findtext("title")), [_rss(item) for item in channel.findall("item")[:ITEMS_LIMIT]]
    if root.tag == f"{_ATOM}feed":
        entries = root.findall(f"{_ATOM}entry")[:ITEMS_LIMIT]
        return text(root.findtext(f"{_ATOM}title")), [_atom(entry) for entry in entries]
    raise UnreadablePage(_("the answer is not readable as a feed"))


def _rss(item: Element) -> _Item:
    address = link(item.findtext("link"))
    guid = text(item.findtext("guid"))
    return _Item(
        key=_group(address, guid),
        title=text(text_of(item.findtext("title") or "")),
        link=address,
        at=moment(item.findtext("pubDate")),
        html=item.findtext("description") or "",
        categories=tuple(text(category.text) for category in item.findall("category") if category.text),
    )


def _atom(entry: Element) -> _Item:
    links = [e.get("href") for e in entry.findall(f"{_ATOM}link") if e.get("rel", "alternate") == "alternate"]
    address = link(links[0]) if links else ""
    html = entry.findtext(f"{_ATOM}content") or entry.findtext(f"{_ATOM}summary") or ""
    return _Item(
        key=_group(address, text(entry.findtext(f"{_ATOM}id"))),
        title=text(text_of(entry.findtext(f"{_ATOM}title") or "")),
        link=address,
        at=moment(entry.findtext(f"{_ATOM}updated") or entry.findtext(f"{_ATOM}published")),
        html=html,
        categories=tuple(text(e.get("term")) for e in entry.findall(f"{_ATOM}category") if e.get("term")),
    )


def _group(address: str, guid: str) -> str:
    """What makes several items one incident: the path of their link, unless all share it, else the guid."""
    path = urlsplit(address).path.rstrip("/")
    if path.count("/") > 1 and not path.endswith("/status"):
        return text(path)
    return guid.partition("#")[0] or guid or address


def _reading(
    title: str,
    items: list[_Item],
    fine: State,
    *,
    now: datetime,
    source: StatusSource,
    current_only: bool = False,
) -> StatusReading:
    """`current_only`: the feed lists the present, so that its items do not age."""
    notes = Notes(source.name, now)
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(item.key or item.title, []).append(item)
    told = [_incident(key, group, notes) for key, group in groups.items()]
    plans = tuple(
        _maintenance(item, group[0].at)
        for item, group in zip(told, groups.values(), strict=True)
        if _is_planned(item, group)
    )
    if not current_only:
        told = [_aged(incident, now, notes) for incident in told]
        plans = tuple(plan for plan in plans if not _is_forgotten(plan, now, notes))
    works = {plan.key for plan in plans} | {
        item.key for item, group in zip(told, groups.values(), strict=True) if _is_planned(item, group)
    }
    incidents = tuple(incident for incident in told if incident.key not in works)
    for incident in incidents:
        # What is planned lies ahead by its nature.
        notes.past(incident.updated.isoformat() if incident.updated else None)
    going = [incident for incident in incidents if incident.open]
    affected = dict.fromkeys(name for incident in going for name in incident.components)
    states = [incident.impact for incident in going]
    states += [State.MAINTENANCE for plan in plans if plan.phase == "in_progress"]
    if current_only or not states:
        states.append(fine)
    return StatusReading(
        state=worst(states),
        page=title,
        components=tuple(
            Component(id=name, name=name, state=worst(i.impact for i in going if name in i.components))
            for name in affected
        ),
        incidents=incidents,
        maintenances=plans,
        warnings=notes.warnings(),
        confidence="low",
        exhaustive=False,
    )


def _incident(key: str, group: list[_Item], notes: Notes) -> Incident:
    """One incident, read from its latest item; dates decide, since feeds differ in their order."""
    dated = latest_first(group, lambda item: item.at)
    last = dated[0]
    phase = _phase(_last_word(last) or _titled(last.title))
    return Incident(
        key=key,
        title=last.title or key,
        impact=State.PARTIAL_OUTAGE if _OUTAGE.search(f"{last.title} {last.html[:500]}") else State.DEGRADED,
        phase=phase,
        started=dated[-1].at,
        updated=last.at,
        resolved=last.at if phase == "resolved" else None,
        components=tuple(dict.fromkeys(name for item in group for name in item.categories)),
        link=last.link,
        message=message(last.html),
        updates=tuple(Update(key="", at=item.at, text=message(item.html)) for item in dated),
    )


def _last_word(item: _Item) -> str:
    """The phase that the latest message of an item names. Vendors order messages both ways: their dates
    decide, which have no year; without dates the first counts."""
    html = item.html[:40_000]
    dated = []
    for month, day, hour, word in _STAMPED.findall(html):
        with suppress(ValueError):
            stamp = f"2000 {month} {day} {hour} +0000"
            dated.append((datetime.strptime(stamp, "%Y %b %d %H:%M %z"), word))
    if dated:
        latest = max(at for at, _word in dated)
        # December and January of one story: the January is of the following year.
        turned = [(at.replace(year=2001) if latest - at > _WRAP else at, word) for at, word in dated]
        latest_word: str = max(turned, key=lambda each: each[0])[1]
        return latest_word
    strong = _STRONG.search(html[:4_000])
    return strong.group(1) if strong else ""


def _titled(title: str) -> str:
    """The phase that stands before or after a title, or alone as its first word."""
    for found in (_HEAD.search(title), _TAIL.search(title)):
        if found and _ALONE.fullmatch(found[1]):
            return found[1]
    return title if says_over(title) else ""


def _is_planned(incident: Incident, group: list[_Item]) -> bool:
    """Whether an item is a planned work: its words speak of one, and of no search for a cause."""
    if incident.phase in ("scheduled", "in_progress"):
        return True
    if incident.phase not in ("investigating", "resolved"):
        return False
    words = " ".join(found for item in group for found in _STRONG.findall(item.html[:40_000]))
    if _TROUBLED.search(words) or _OUTAGE.search(incident.title):
        return False
    return bool(_PLANNED.search(words) or _WORKS.search(incident.title))


def _maintenance(incident: Incident, at: datetime | None) -> Maintenance:
    return Maintenance(
        key=incident.key,
        title=incident.title,
        phase=incident.phase if incident.phase in ("in_progress", "resolved") else "scheduled",
        starts=at,
        components=incident.components,
        link=incident.link,
        message=incident.message,
    )


def _is_forgotten(plan: Maintenance, now: datetime, notes: Notes) -> bool:
    """Whether a plan is too old to be one. What is said to be under way stays so, and its age is told."""
    if plan.phase == "resolved" or plan.starts is None:
        return plan.phase == "resolved"
    age = now - plan.starts
    if plan.phase == "in_progress" and age > FORGOTTEN_AFTER:
        line = _("“{title}” is said to be under way without a word for {days} days")
        notes.add(line.format(title=plan.title, days=age.days))
    return plan.phase == "scheduled" and age > FORGOTTEN_PLANS


def _aged(incident: Incident, now: datetime, notes: Notes) -> Incident:
    """The incident, over when nothing was said of it for long, or when nobody knows when it was."""
    if not incident.open or incident.phase in ("scheduled", "in_progress"):
        return incident
    last = incident.updated or incident.started
    if last is not None and now - last <= FORGOTTEN_AFTER:
        return incident
    notes.add(_("an old item of the feed that nobody closed is not shown as going on"))
    return replace(incident, phase="resolved", resolved=last)


def _phase(words: str) -> Phase:
    if _OVER.search(words):
        return "resolved"
    return next((phase for pattern, phase in _PHASES if pattern.search(words)), "investigating")
