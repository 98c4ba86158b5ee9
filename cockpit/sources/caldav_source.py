"""A calendar collection on a CalDAV server (RFC 4791), read only, as one iCalendar stream."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, TypeGuard

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.locale import _
from cockpit.network.reach import Refused, resolve
from cockpit.network.trouble import silent
from cockpit.sources import failure
from cockpit.sources.address import Moved, WebAddress, parse
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import (
    FEED_DEADLINE_S,
    FEED_LIMIT,
    HOPS,
    PERMANENT,
    Fetched,
    NotModified,
    Outcome,
    Validators,
)

_CTAG = "{http://calendarserver.org/ns/}getctag"
_CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"
_WAIT_S = 20
# What the library meets in an answer that is no WebDAV is of any of these kinds; a fault of the XML is a SyntaxError.
_NOT_DAV = (ValueError, TypeError, AttributeError, LookupError, SyntaxError, AssertionError)


@dataclass(frozen=True)
class _Redirect:
    location: str
    permanent: bool


async def collect(url: str, user: str, password: str, *, known: str = "", internal: bool = False) -> Outcome:
    """Every event of the collection at `url`; NotModified when its tag is still `known`.

    Nothing is ever written there. The whole is bounded in time and size like any other feed. A redirect is
    followed on the same host; another host would be given the password: it is told, for a person to accept.
    """
    try:
        address = parse(url)
    except Refused as error:
        return Failed("refused", str(error))
    try:
        import caldav  # noqa: F401 - an extra: its absence is told
    except ImportError:
        return Failed("refused", _("CalDAV needs one more library: pip install 'cockpit[caldav]'"))
    try:
        async with asyncio.timeout(FEED_DEADLINE_S):
            return await _follow(address, user, password, known, internal=internal)
    except TimeoutError:
        return Failed("timeout", failure.too_slow(address.host, FEED_DEADLINE_S))


async def _follow(address: WebAddress, user: str, password: str, known: str, *, internal: bool) -> Outcome:
    moved = False
    for _hop in range(HOPS + 1):
        try:
            addresses = await resolve(address.host, address.port, internal=internal)
        except Refused as error:
            return Failed("refused", str(error))
        except OSError as error:
            return failure.of_exchange(error, address.host)
        step = await asyncio.to_thread(_collect, address, addresses, user, password, known)
        if not isinstance(step, _Redirect):
            return replace(step, moved=True, final_url=address.url) if moved and _is_answer(step) else step
        moved = moved or step.permanent
        try:
            address = address.redirected(step.location)
        except Moved as error:
            return Failed("redirect", str(error), moved_to=error.address)
        except Refused as error:
            return Failed("redirect", str(error))
    return Failed("redirect", failure.in_circles(address.host))


def _is_answer(step: Outcome) -> TypeGuard[Fetched | NotModified]:
    return not isinstance(step, Failed)


def _collect(
    address: WebAddress, addresses: Sequence[str], user: str, password: str, known: str
) -> Outcome | _Redirect:
    from caldav.davclient import DAVClient
    from caldav.lib.error import AuthorizationError, DAVError, NotFoundError
    from niquests.exceptions import ConnectionError as NoConnection
    from niquests.exceptions import RequestException, Timeout, TooManyRedirects

    url, host = address.url, address.host
    try:
        with DAVClient(url, username=user or None, password=password or None, timeout=_WAIT_S) as client:
            client.session = _session(host, addresses)
            return _read(client.calendar(url=url), host, known)  # type: ignore[no-untyped-call]
    except AuthorizationError:
        return failure.of_status(401, host, None)
    except NotFoundError:
        return failure.of_status(404, host, None)
    except TooManyRedirects as error:
        return _redirect(error.response, host)
    except Timeout:
        return Failed("timeout", silent(host))
    except NoConnection as error:
        return failure.of_exchange(error, host)
    except (DAVError, RequestException, *_NOT_DAV):
        return Failed("broken_body", _("{host} does not speak CalDAV at this address").format(host=host))


def _redirect(response: Any, host: str) -> Failed | _Redirect:
    """Where an answer that redirects sends to."""
    location = str(response.headers.get("location", "")) if response is not None else ""
    if not location:
        return Failed("redirect", _("{host} redirects to an invalid address").format(host=host))
    return _Redirect(location, response.status_code in PERMANENT)


def _session(host: str, addresses: Sequence[str]) -> Any:
    """Connects to the checked addresses alone: no look-up of a name, no proxy of the environment."""
    from niquests import Session
    from urllib3.contrib.resolver.in_memory import InMemoryResolver

    known = InMemoryResolver()
    for address in addresses:
        known.register(host, address)
    session = Session(resolver=known)
    session.trust_env = False
    # Each redirect is looked at first: it could lead to another host with our password.
    session.max_redirects = 0
    return session


def _read(calendar: Any, host: str, known: str) -> Outcome:
    tag = _tag(calendar)
    validators = Validators(tag)
    if tag and tag == known:
        return NotModified(validators=validators)
    # Sorted, so that the same collection is the same stream whatever order the server gives.
    parts = sorted(str(event.data) for event in calendar.search(event=True, expand=False))
    if not parts and not _is_calendar(calendar):
        said = _("this address lists folders of a CalDAV server: take the address of one calendar in it")
        return Failed("not_found", said)
    body = "\r\n".join(parts).encode() or b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
    if len(body) > FEED_LIMIT:
        return Failed("too_big", failure.too_big(host, FEED_LIMIT))
    return Fetched(
        body=body, status=200, content_type="text/calendar", validators=validators, final_url="",
        certificate_expiry=None,
    )  # fmt: skip


def _is_calendar(calendar: Any) -> bool:
    """Whether the server says that it is one: the root, a person's folder and a collection are not."""
    from caldav.elements.dav import ResourceType
    from caldav.lib.error import DAVError

    try:
        kinds: Any = calendar.get_properties([ResourceType()]).get(ResourceType.tag) or ()
    except DAVError:
        return True
    return any(kind == _CALENDAR for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _tag(calendar: Any) -> str:
    """What the server says changes with the collection (CTag); empty when it says nothing."""
    from caldav.elements.base import ValuedBaseElement
    from caldav.lib.error import DAVError

    class CTag(ValuedBaseElement):
        tag = _CTAG

    try:
        found: Any = calendar.get_property(CTag())
    except DAVError:
        return ""
    return found if isinstance(found, str) and found.isascii() else ""
