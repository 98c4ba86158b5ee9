"""The new address of a source that has moved, taken into the configuration once a person says so.

An address may hold a secret: it is asked of the server again at that moment, tried, and stands nowhere else.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.settings import AgendaSource, Settings, StatusSource
from cockpit.locale import _
from cockpit.services.agenda.trial import ask
from cockpit.services.settings import sections, writer
from cockpit.services.settings.change import SettingPlace, SetValue, value_at
from cockpit.services.settings.fault import ConfigError
from cockpit.sources.address import local_path
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import HOPS, NotModified

Source = AgendaSource | StatusSource


class AddressStays(Exception):
    """The address stays. The message says why, for a person."""


@dataclass(frozen=True)
class NewAddress:
    """Where a source is from now on. Only `host` may be shown."""

    url: str
    engine: str = ""
    """What a status page is read with, where the configuration names an engine."""

    @property
    def host(self) -> str:
        """What may be shown of an address."""
        return urlsplit(self.url).hostname or ""


async def of_agenda(
    source: AgendaSource,
    *,
    now: Callable[[], datetime],
    shown: str = "",
    tls: ssl.SSLContext | None = None,
) -> NewAddress:
    """Where the server of `source` says that it has moved, and where a calendar is.

    `shown` is the host that a person accepts: another one is refused. The new host is asked without the
    password, which the person has not seen it get. Raises AddressStays and SecretMissing.
    """
    if local_path(source.url) is not None:
        raise AddressStays(
            _("“{name}” is read from this machine: nobody can say where it went").format(name=source.name)
        )
    outcome = await ask(source, now=now, tls=tls)
    if isinstance(outcome, Failed) and not outcome.moved_to:
        raise AddressStays(outcome.message)
    if not (isinstance(outcome, Failed) or outcome.moved):
        raise _still_right(source)
    place = NewAddress(outcome.moved_to if isinstance(outcome, Failed) else outcome.final_url)
    place = await a_calendar(source, place, now=now, tls=tls)
    _expect(place, shown, source)
    return place


async def a_calendar(
    source: AgendaSource, place: NewAddress, *, now: Callable[[], datetime], tls: ssl.SSLContext | None = None
) -> NewAddress:
    """`place`, or where it redirects to in turn, once it is known to give a calendar, or to want the password
    of `source`. Raises AddressStays, also for the local network where `source` is not of it."""
    for _hop in range(HOPS):
        outcome = await ask(replace(source, url=place.url, user="", secret=""), now=now, tls=tls)
        if not (isinstance(outcome, Failed) and outcome.moved_to):
            break
        place = NewAddress(outcome.moved_to)
    wants_password = isinstance(outcome, Failed) and outcome.kind == "auth" and bool(source.secret)
    if isinstance(outcome, Failed) and not wants_password:
        raise _unfit(place, outcome.message)
    if not isinstance(outcome, Failed | NotModified):
        _look_like_a_calendar(place, outcome.body)
    return place


async def of_status(
    source: StatusSource, *, now: datetime, shown: str = "", tls: ssl.SSLContext | None = None
) -> NewAddress:
    """Where the page of `source` says that it has moved, once it can be read there. As `of_agenda`."""
    from cockpit.services.providers import check

    result = await check.check(
        source.url, source.engine, now=now, internal=source.internal, user=source.user,
        secret=source.secret, tenant=source.tenant, tls=tls,
    )  # fmt: skip
    if not result.moved_to:
        raise AddressStays(result.error) if result.error else _still_right(source)
    place = NewAddress("")
    for _hop in range(HOPS):
        place = NewAddress(result.moved_to)
        result = await check.check(place.url, source.engine, now=now, internal=source.internal, tls=tls)
        if result.error and source.engine and not result.moved_to:
            result = await check.check(place.url, now=now, internal=source.internal, tls=tls)
        if not result.moved_to:
            break
    _expect(place, shown, source)
    if result.error:
        raise _unfit(place, result.error)
    said = result.reading.page_id if result.reading else ""
    if source.page_id and said != source.page_id:
        raise _unfit(place, _("it says that it is the page of somebody else"))
    return NewAddress(result.url or place.url, result.engine if source.engine else "")


def save(path: Path, source: Source, place: NewAddress) -> Settings:
    """Put the new address of `source` in the place of the old one in the configuration, which keeps every
    other word, and give what it says from now on. Raises AddressStays where that cannot be done alone."""
    section = "status" if isinstance(source, StatusSource) else "agenda"
    values: dict[str, str] = {"url": place.url}
    if isinstance(source, StatusSource) and place.engine not in ("", source.engine):
        values["engine"] = place.engine
    changes = [
        SetValue(place=SettingPlace(section=section, entry=source.key, key=key), value=value)
        for key, value in values.items()
    ]
    try:
        stands = value_at(sections.tables(writer.text_of(path), path), changes[0].place)
        if stands != source.url:
            said = _("the address does not stand in {path} as it was read: change it by hand")
            raise AddressStays(said.format(path=path))
        return writer.change(path, *changes).settings
    except (ConfigError, writer.CannotChange, OSError) as error:
        raise AddressStays(str(error)) from error


def _look_like_a_calendar(place: NewAddress, body: bytes) -> None:
    from cockpit.sources.ical.decode import FeedRefused
    from cockpit.sources.ical.split import split

    try:
        split(body)
    except FeedRefused as error:
        raise _unfit(place, str(error)) from error


def _expect(place: NewAddress, shown: str, source: Source) -> None:
    if shown and place.host != shown:
        said = _("“{name}” leads to {host} now, not to {shown}: read it again (cockpit sync) and look")
        raise AddressStays(said.format(name=source.name, host=place.host, shown=shown))


def _unfit(place: NewAddress, why: str) -> AddressStays:
    return AddressStays(_("the address stays as it is: at {host}, {why}").format(host=place.host, why=why))


def _still_right(source: Source) -> AddressStays:
    return AddressStays(_("“{name}” has not moved: its address is still right").format(name=source.name))
