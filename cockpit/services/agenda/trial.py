"""An agenda's address tried as it is given: read once, and what is in it said, or why not and what to give instead.

Nothing is stored. `init`, `cockpit agenda add` and the settings on the screen all try an address here.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime
from functools import partial

from cockpit.domain.agenda.makers import HIDES, Maker, feed_of_page, is_page, maker
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.records.confidentiality import restricted
from cockpit.domain.refusal import Refusal
from cockpit.domain.settings import AgendaSource
from cockpit.domain.text import clean
from cockpit.locale import _, ngettext
from cockpit.services.agenda import check
from cockpit.services.agenda.trial_apart import FeedLook, NextEvent, look, look_apart
from cockpit.services.desk import dates
from cockpit.sources.address import local_path
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import FEED_DEADLINE_S, FEED_LIMIT, Fetcher, NotModified, Outcome, Request
from cockpit.sources.ical.decode import FeedRefused

_MAY_PASS = frozenset({"offline", "dns", "tls", "timeout", "server", "rate_limited"})
"""Failures of the moment: the address may be right, and is worth keeping to be tried later."""


class NotAnAgenda(Refusal):
    """What was given holds no agenda that can be read now. Its text says why, then what to give instead."""

    def __init__(
        self, why: str, instead: str, *, may_pass: bool = False, is_local: bool = False, moved_to: str = ""
    ) -> None:
        super().__init__(" · ".join(filter(None, (why, instead))))
        self.why = why
        self.instead = instead
        self.may_pass = may_pass
        """The address may be right all the same: it can be kept, to be tried later."""
        self.is_local = is_local
        """It leads to the local network, which a person has to allow."""
        self.moved_to = moved_to
        """The address on another host to which it sends: a person has to accept it. It may be a secret."""


@dataclass(frozen=True, kw_only=True)
class TriedAgenda:
    """What an address gave."""

    source: AgendaSource
    """As it is to be kept: with the address of the feed where a page was given."""
    found: FeedLook
    from_page: bool = False
    """Whether the address of a page was given, and the feed behind it was found."""


async def try_agenda(
    source: AgendaSource,
    *,
    now: datetime,
    zone: str,
    emails: tuple[str, ...] = (),
    tls: ssl.SSLContext | None = None,
    beside: bool = False,
) -> TriedAgenda:
    """Read `source` once and tell what is in it. `zone` is the one in which days are lived. Raises NotAnAgenda.

    With `beside`, what its server gave is read in a process of its own: for callers that keys wait for.
    """
    source = replace(source, url=meant(source.url))
    path, behind = local_path(source.url), ""
    if path is None:
        behind = feed_of_page(source.url)
        if behind:
            source = replace(source, url=behind)
        elif source.kind == "ical" and is_page(source.url):
            why = _("this address gives a page for people, not the agenda itself")
            raise NotAnAgenda(why, _(HIDES[maker(source.url)]))
    read = partial(look_apart if beside else look, now=now, zone=zone, emails=emails)
    if path is None:
        return TriedAgenda(source=source, found=await _asked(source, now, read, tls), from_page=bool(behind))
    try:
        body = await asyncio.to_thread(check.load_path, path)
        return TriedAgenda(source=source, found=await asyncio.to_thread(read, body))
    except FeedRefused as error:
        raise NotAnAgenda(str(error), "") from error


def meant(text: str) -> str:
    """The address in what was typed, `https://` put before a bare one. Raises NotAnAgenda for what is none."""
    text = clean(text, 10_000).strip().strip("<>\"'")
    if "://" in text:
        if text.lower().startswith(("https://", "http://", "webcal://", "webcals://", "file://")):
            return text
        raise NotAnAgenda(
            _("an agenda is read at https:// or webcal://, or in a file"), _(HIDES[Maker.OTHER])
        )
    path = local_path(text)
    if text and path is not None and path.exists():
        # A sync reads it from another folder.
        return text if text.startswith("~") else str(path.absolute())
    host, slash, _rest = text.partition("/")
    if slash and "." in host.strip(".") and " " not in text and "@" not in host and not host.startswith("."):
        return f"https://{text}"
    if "@" in text and " " not in text:
        why = _("this is an e-mail address, not the address of an agenda")
        raise NotAnAgenda(why, _(HIDES[Maker.GOOGLE if "gmail" in text else Maker.OTHER]))
    if "/" in text or text.endswith(".ics"):
        raise NotAnAgenda(_("no file has that name: {path}").format(path=clean(text, 80)), "")
    raise NotAnAgenda(_("“{text}” is not an address").format(text=clean(text, 60)), _(HIDES[Maker.OTHER]))


def lines(tried: TriedAgenda, now: datetime) -> tuple[str, ...]:
    """What was found, one thing a line, the most telling first."""
    found, first = tried.found, tried.found.next
    count = ngettext("{n} event", "{n} events", found.events).format(n=found.events)
    called = _("“{name}”").format(name=found.name) if found.name else ""
    said = [" · ".join(filter(None, (count, called, _zone_of(found))))]
    if first is not None:
        title = restricted() if first.private else first.title or _("(no title)")
        said.append(_("next: {when} {title}").format(when=_when(first, now), title=title))
    else:
        said.append(_("nothing in the next sixty days: is it the right agenda?"))
    if tried.from_page:
        said.append(_("a page was given; the feed behind it was found, and is what is kept"))
    said += [_(remark) for remark in found.remarks]
    if found.repairs:
        said.append(ngettext("{n} repair", "{n} repairs", found.repairs).format(n=found.repairs))
    return tuple(said)


def to_json(tried: TriedAgenda) -> dict[str, object]:
    """The same for a program, without the address."""
    found, first = tried.found, tried.found.next
    return {
        "name": found.name,
        "zone": found.zone or None,
        "events": found.events,
        "ahead": found.ahead,
        "next": {"title": restricted() if first.private else first.title, "start": first.start.isoformat()}
        if first
        else None,
        "repairs": found.repairs,
        "remarks": [_(remark) for remark in found.remarks],
        "from_page": tried.from_page,
    }


async def ask(
    source: AgendaSource, *, now: Callable[[], datetime], tls: ssl.SSLContext | None = None
) -> Outcome:
    """What the server of `source` answers now, whole and asked once. Raises SecretMissing."""
    from cockpit.sources import caldav_source, secrets

    if source.kind == "caldav":
        password = await asyncio.to_thread(secrets.resolve, source.secret) if source.secret else ""
        return await caldav_source.collect(source.url, source.user, password, internal=source.internal)
    request = Request(
        url=source.url,
        wants="calendar",
        authorization=await asyncio.to_thread(secrets.authorization, source.user, source.secret),
        user_agent=source.user_agent,
        internal=source.internal,
        limit=FEED_LIMIT,
        deadline_s=FEED_DEADLINE_S,
    )
    async with Fetcher(now=now, tls=tls) as fetcher:
        return await fetcher.fetch(request)


async def _asked(
    source: AgendaSource, now: datetime, read: Callable[[bytes], FeedLook], tls: ssl.SSLContext | None
) -> FeedLook:
    from cockpit.sources.secrets import SecretMissing

    try:
        outcome = await ask(source, now=lambda: now, tls=tls)
    except SecretMissing as error:
        raise NotAnAgenda(str(error), "", may_pass=True) from error
    if isinstance(outcome, Failed):
        raise await _told(source, outcome)
    assert not isinstance(outcome, NotModified), "nothing was known before, so nothing is unchanged"
    try:
        return await asyncio.to_thread(read, outcome.body)
    except FeedRefused as error:
        raise NotAnAgenda(str(error), _(HIDES[maker(source.url)])) from error


async def _told(source: AgendaSource, failed: Failed) -> NotAnAgenda:
    """Why its server gave no agenda, and what to give instead."""
    hides = _(HIDES[maker(source.url)])
    if failed.kind == "html":
        return NotAnAgenda(_("this address gives a page for people, not the agenda itself"), hides)
    if failed.kind in ("not_found", "gone"):
        why = _("no agenda is there ({status}): it was renewed, or is not public").format(
            status=failed.status
        )
        return NotAnAgenda(why, hides)
    if failed.kind == "auth":
        given = _("give its user, and where its password is (env: or keyring:)")
        return NotAnAgenda(failed.message, hides if maker(source.url) is Maker.GOOGLE else given)
    if failed.moved_to:
        return NotAnAgenda(failed.message, "", moved_to=failed.moved_to)
    if failed.kind == "refused" and not source.internal and await _is_local(source.url):
        allow = _("allow an address of the local network, if it is yours")
        return NotAnAgenda(failed.message, allow, is_local=True)
    later = _("it can be kept, and tried later") if failed.kind in _MAY_PASS else ""
    return NotAnAgenda(failed.message, later, may_pass=failed.kind in _MAY_PASS)


async def _is_local(url: str) -> bool:
    from cockpit.services.reading.local import is_internal

    return await is_internal(url)


def _zone_of(found: FeedLook) -> str:
    return _("time zone {zone}").format(zone=found.zone) if found.zone else ""


def _when(event: NextEvent, now: datetime) -> str:
    if event.all_day:
        return dates.day_label(event.start.date(), now.date())
    return dates.moment(event.start, now)
