"""Who makes an agenda, told by its address, and the feed that stands behind a page made for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum, auto
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from cockpit.locale import N_


class Maker(StrEnum):
    """Whose calendars hide their iCal address in the same place."""

    GOOGLE = auto()
    MICROSOFT = auto()
    APPLE = auto()
    NEXTCLOUD = auto()
    OTHER = auto()


HIDES: Mapping[Maker, str] = {
    Maker.GOOGLE: N_(
        "Google Calendar on a computer: Settings, the agenda's name, Integrate calendar,"
        " “Secret address in iCal format”"
    ),
    Maker.MICROSOFT: N_(
        "Outlook on the web: Settings, Calendar, Shared calendars, Publish a calendar, and its ICS link"
    ),
    Maker.APPLE: N_("iCloud: the share sign beside the agenda, Public Calendar, copy the link (webcal://…)"),
    Maker.NEXTCLOUD: N_("Nextcloud: the share sign beside the agenda, Share link, “Copy subscription link”"),
    Maker.OTHER: N_("in your agenda, look for: publish, subscribe, iCal or ICS; a file .ics will do too"),
}
"""Where each maker hides the address to paste."""
_HOSTS = {
    Maker.GOOGLE: ("google.com", "calendar.app.google"),
    Maker.MICROSOFT: ("outlook.com", "office.com", "office365.com", "live.com", "microsoft.com", "cloud.microsoft"),
    Maker.APPLE: ("icloud.com", "apple.com"),
}  # fmt: skip
_NEXTCLOUD = re.compile(
    r"^(?P<root>.*?)(?:/index\.php)?/apps/calendar(?:/(?P<how>p|embed)/(?P<token>[\w-]+).*)?"
)
_PUBLISHED = re.compile(r"/owa/calendar/.+\.html$", re.IGNORECASE)


def maker(url: str) -> Maker:
    """Whose address it is, as far as it tells."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for each, names in _HOSTS.items():
        if any(host == name or host.endswith(f".{name}") for name in names):
            return each
    is_dav = "/remote.php/" in parts.path or "nextcloud" in host
    return Maker.NEXTCLOUD if is_dav or _NEXTCLOUD.match(parts.path) else Maker.OTHER


def is_page(url: str) -> bool:
    """Whether an address is that of a page for people, by its looks alone: no server need be asked."""
    parts = urlsplit(url)
    match maker(url):
        case Maker.GOOGLE:
            return "/ical/" not in parts.path and not parts.path.endswith(".ics")
        case Maker.MICROSOFT:
            return parts.path.startswith("/calendar/") and not parts.path.endswith(".ics")
        case Maker.APPLE:
            return (parts.hostname or "").startswith("www.")
    return False


def feed_of_page(url: str) -> str:
    """The address of the feed behind the address of a page, where the one follows from the other; else empty.

    Outlook publishes `calendar.html` beside `calendar.ics`; a public link of Nextcloud names its own export;
    a shared link of Google names its calendar, whose feed answers if the calendar is public.
    """
    parts = urlsplit(url)
    match maker(url):
        case Maker.MICROSOFT if _PUBLISHED.search(parts.path):
            return urlunsplit((parts.scheme, parts.netloc, parts.path[: -len("html")] + "ics", "", ""))
        case Maker.GOOGLE:
            return _of_google(parts.query)
        case Maker.NEXTCLOUD if (found := _NEXTCLOUD.match(parts.path)) and found["token"]:
            # Several calendars shared by one link are named one after the other.
            path = f"{found['root']}/remote.php/dav/public-calendars/{found['token'].partition('-')[0]}"
            return urlunsplit((parts.scheme, parts.netloc, path, "export", ""))
    return ""


def _of_google(query: str) -> str:
    asked = parse_qs(query)
    given = (asked.get("src") or asked.get("cid") or [""])[0]
    if given and "@" not in given:
        import base64
        import binascii

        try:
            given = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("ascii")
        except (binascii.Error, UnicodeError, ValueError):
            return ""
    if "@" not in given:
        return ""
    return f"https://calendar.google.com/calendar/ical/{quote(given, safe='')}/public/basic.ics"
