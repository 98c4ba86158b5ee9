"""RSS 2.0 and Atom feeds of status pages, and Azure's, whose emptiness is its all-clear.

A feed is a history without a word for the present: it affirms nothing unless its owner says that an
empty one means all clear. Phases are guessed from words, so confidence is low.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Phase, Reading, Update, worst
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import ITEMS_LIMIT, Notes, Unreadable, link, message, moment, plain, text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_OVER = re.compile(r"\b(resolved|completed|mitigated|postmortem|résolu|terminé)\b", re.IGNORECASE)
_PHASES: tuple[tuple[re.Pattern[str], Phase], ...] = (
    (re.compile(r"\b(monitoring|recovering|surveillance)\b", re.IGNORECASE), "monitoring"),
    (re.compile(r"\b(identified|identifié)\b", re.IGNORECASE), "identified"),
    (re.compile(r"\b(scheduled|maintenance|planifié)\b", re.IGNORECASE), "scheduled"),
)
_OUTAGE = re.compile(r"\b(outage|down|disruption|unavailable|panne|indisponible)\b", re.IGNORECASE)
_STRONG = re.compile(r"<strong>\s*([^<]{2,40}?)\s*</strong>", re.IGNORECASE)


@dataclass(frozen=True)
class _Item:
    key: str
    title: str
    link: str
    at: datetime | None
    html: str
    categories: tuple[str, ...]


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> Reading:
    """The troubles that a feed tells; it never affirms that all is well. Raises Unreadable."""
    title, items = parse(body)
    return _reading(title, items, State.UNKNOWN, now=now, source=source)


def read_all_clear(body: bytes, *, title: str, now: datetime, source: StatusSource) -> Reading:
    """The same for a feed of present events only, whose emptiness is the all-clear if it has this `title`."""
    found, items = parse(body)
    fine = State.OPERATIONAL if title.lower() in found.lower() else State.UNKNOWN
    return replace(_reading(found, items, fine, now=now, source=source), confidence="medium")


def parse(body: bytes) -> tuple[str, list[_Item]]:
    """The title and items of an RSS 2.0 or Atom document. Raises Unreadable for anything else."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise Unreadable(_("the answer is not readable as a feed")) from error
    channel = root.find("channel")
    if root.tag == "rss" and channel is not None:
        return text(channel.findtext("title")), [_rss(item) for item in channel.findall("item")[:ITEMS_LIMIT]]
    if root.tag == f"{_ATOM}feed":
        entries = root.findall(f"{_ATOM}entry")[:ITEMS_LIMIT]
        return text(root.findtext(f"{_ATOM}title")), [_atom(entry) for entry in entries]
    raise Unreadable(_("the answer is not readable as a feed"))


def _rss(item: Element) -> _Item:
    address = link(item.findtext("link"))
    guid = text(item.findtext("guid"))
    return _Item(
        key=_group(address, guid),
        title=text(plain(item.findtext("title") or "")),
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
        title=text(plain(entry.findtext(f"{_ATOM}title") or "")),
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


def _reading(title: str, items: list[_Item], fine: State, *, now: datetime, source: StatusSource) -> Reading:
    notes = Notes(source.name, now)
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(item.key or item.title, []).append(item)
    incidents = tuple(_incident(key, group, notes) for key, group in groups.items())
    going = [i for i in incidents if i.open and i.phase != "scheduled"]
    affected = dict.fromkeys(name for incident in going for name in incident.components)
    return Reading(
        state=worst([fine, *(incident.impact for incident in going)]),
        page=title,
        components=tuple(
            Component(id=name, name=name, state=worst(i.impact for i in going if name in i.components))
            for name in affected
        ),
        incidents=tuple(incident for incident in incidents if incident.phase != "scheduled"),
        warnings=notes.warnings(),
        confidence="low",
        exhaustive=False,
    )


def _incident(key: str, group: list[_Item], notes: Notes) -> Incident:
    """One incident, read from its latest item; dates decide, since feeds differ in their order."""
    dated = sorted(group, key=lambda item: str(item.at or ""), reverse=True)
    last = dated[0]
    strong = _STRONG.search(last.html[:4_000])
    phase = _phase(strong.group(1) if strong else last.title)
    return Incident(
        key=key,
        title=last.title or key,
        impact=State.PARTIAL_OUTAGE if _OUTAGE.search(f"{last.title} {last.html[:500]}") else State.DEGRADED,
        phase=phase,
        started=dated[-1].at,
        updated=notes.past(last.at.isoformat()) if last.at else None,
        resolved=last.at if phase == "resolved" else None,
        components=tuple(dict.fromkeys(name for item in group for name in item.categories)),
        link=last.link,
        message=message(last.html),
        updates=tuple(Update(key="", at=item.at, text=message(item.html)) for item in dated),
    )


def _phase(words: str) -> Phase:
    if _OVER.search(words):
        return "resolved"
    return next((phase for pattern, phase in _PHASES if pattern.search(words)), "investigating")
