"""Where to join a meeting: the link hidden in what calendars write, and titles that say "cancelled"."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

from cockpit.domain.text import safe_link

_SEARCHED = 50_000
"""Characters of a text in which links are looked for: those of a meeting stand near the top."""

_URL = re.compile(r"https?://[^\s<>\"\\^`{|}]{4,2000}", re.IGNORECASE)
_TRAILING = ">)].,;:!?'*_"
_PREFIX = re.compile(r"\s*(?:cancell?ed|annulée?s?)\s*[:：]\s*", re.IGNORECASE)

# Host, then the start of the path, as their own invitations write them.
_SERVICES = re.compile(
    r"https?://(?:"
    r"teams\.microsoft\.(?:com|us)/(?:l/meetup-join|meet)/|teams\.live\.com/meet/"
    r"|(?:[\w-]+\.)*zoom(?:gov)?\.(?:us|com)/(?:j|w|my|s|wc)/"
    r"|meet\.google\.com/[a-z]|stream\.meet\.google\.com/|g\.co/meet/"
    r"|(?:[\w-]+\.)+webex\.com/\S|(?:[\w-]+\.)?whereby\.com/\S|meet\.jit\.si/\S|8x8\.vc/\S"
    r"|(?:[\w-]+\.)?(?:gotomeeting|gotowebinar)\.com/join/|meet\.goto\.com/\S|gotomeet\.me/\S"
    r"|(?:visio|webconf|webinaire)\.numerique\.gouv\.fr/\S|kmeet\.infomaniak\.com/\S|rdv\.tixeo\.com/\S"
    r"|(?:[\w-]+\.)?livestorm\.(?:co|app)/\S|(?:[\w-]+\.)?bigbluebutton\.[a-z]+/\S"
    r"|facetime\.apple\.com/join|chime\.aws/\S|v\.ringcentral\.com/join/|app\.slack\.com/huddle/"
    r"|(?:[\w-]+\.)?starleaf\.com/\S|discord\.gg/\S|meet\.proton\.me/\S"
    r")",
    re.IGNORECASE,
)
_NOT_A_ROOM = re.compile(r"meetingoptions|/(?:help|support|options)(?:[/?#]|$)", re.IGNORECASE)


def conference_link(declared: Iterable[str], location: str, url: str, texts: Iterable[str]) -> str:
    """The address to open for a meeting, or an empty string.

    First what properties made for it hold (`declared`: CONFERENCE of RFC 7986, then vendors'); then the
    first known meeting service in `location`, `url` and `texts`; at last `url`, or a `location` that is
    an address and nothing else. Only http(s); wrappers of mail filters are taken off.
    """
    for text in declared:
        for link in _links(text):
            return link
    for text in (location, url, *texts):
        for link in _links(text):
            if _SERVICES.match(link):
                return link
    for text in (url, location):
        found = list(_links(text))
        if len(found) == 1 and " " not in text.strip():
            return found[0]
    return ""


def _links(text: str) -> Iterator[str]:
    for match in _URL.finditer(html.unescape(text[:_SEARCHED])):
        link = safe_link(_unwrapped(match.group().rstrip(_TRAILING)))
        if link and not _NOT_A_ROOM.search(link):
            yield link


def _unwrapped(link: str) -> str:
    """The address inside an Outlook SafeLink or a Google redirection, else `link` itself."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    host = (parts.netloc or "").lower()
    if host.endswith(".safelinks.protection.outlook.com"):
        inner = parse_qs(parts.query).get("url")
    elif re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) and parts.path == "/url":
        query = parse_qs(parts.query)
        inner = query.get("q") or query.get("url")
    else:
        return link
    return inner[0] if inner else link


def without_cancellation(title: str) -> tuple[str, bool]:
    """`title` without the `Canceled:` or `Annulé :` that Outlook prefixes, and whether it had one."""
    match = _PREFIX.match(title)
    return (title[match.end() :], True) if match else (title, False)
