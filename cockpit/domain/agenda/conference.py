"""Where to join a meeting: the link hidden in what calendars write, and titles that say "cancelled"."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, unquote, urlsplit

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
    r"|gov\.teams\.microsoft\.us/(?:l/meetup-join|meet)/|dod\.teams\.microsoft\.us/l/meetup-join/"
    r"|(?:[\w-]+\.)*zoom(?:gov)?\.(?:us|com)/(?:j|w|my|s|wc)/|events\.zoom\.us/(?:ej|e|ev|j)/"
    r"|meet\.google\.com/[a-z]|stream\.meet\.google\.com/|g\.co/meet/"
    r"|(?:[\w-]+\.)+webex\.com/(?:meet|join|m|j|wbxmjs|webappng|[\w.-]+/j\.php|[\w.-]+/k2|[\w.-]+/e\.php)"
    r"(?:[/?\w]|$)\S*|(?:[\w-]+\.)?whereby\.com/\S|meet\.jit\.si/\S|8x8\.vc/\S"
    r"|(?:[\w-]+\.)?(?:gotomeeting|gotowebinar)\.com/join/|meet\.goto\.com/\S|gotomeet\.me/\S"
    r"|(?:visio|webconf|webinaire)\.numerique\.gouv\.fr/\S|kmeet\.infomaniak\.com/\S|rdv\.tixeo\.com/\S"
    r"|(?:[\w-]+\.)?livestorm\.(?:co|app)/\S|(?:[\w-]+\.)?bigbluebutton\.[a-z]+/\S"
    # On a server of one's own: the path, or the name of the host, says what it is.
    r"|[\w.-]+/(?:b|rooms)/[\w-]{3,}-[\w-]{3,}(?:-[\w-]+)+(?:/join)?(?:[?#]|$)|[\w.-]+/bigbluebutton/(?:api/join|\S)"
    r"|[\w.-]+(?::\d+)?(?:/[\w-]+)*(?:/index\.php)?/call/[a-z0-9]{4,}(?:[/?#]|$)"
    r"|(?:jitsi|meet|visio|jitsi-meet|rdv|conf|visioconf|webconf)\.[\w.-]+(?::\d+)?/[\w%-]{3,}(?:[?#]|$)"
    r"|facetime\.apple\.com/join|chime\.aws/\S|v\.ringcentral\.com/join/|app\.slack\.com/huddle/"
    r"|(?:[\w-]+\.)?starleaf\.com/\S|discord\.gg/\S|meet\.proton\.me/\S"
    r")",
    re.IGNORECASE,
)
_NOT_A_ROOM = re.compile(
    r"meetingoptions|/(?:help|support|options|downloads?|aide|hc|test|faq|privacy|terms|pricing|about|blog)(?:[/?#]|$)"
    r"|//(?:help|support|status|docs?|learn)\.[^/]*/|//aka\.ms/|/JoinTeamsMeeting"
    r"|essentials\.webex\.com|/globalcallin|/download-|dialin\.(?:teams|plcm)",
    re.IGNORECASE,
)


def conference_link(declared: Iterable[str], location: str, url: str, texts: Iterable[str]) -> str:
    """The address to open for a meeting, or an empty string.

    First what properties made for it hold (`declared`: CONFERENCE of RFC 7986, then vendors'); then the
    first known meeting service in `location`, `url` and `texts`; at last `url`, or a `location` that is
    an address and nothing else. Only http(s); wrappers of mail filters are taken off.
    """
    for text in declared:
        for link in sorted(_links(text), key=lambda link: not _SERVICES.match(link)):
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
        link = safe_link(_bare(match.group().rstrip(_TRAILING)))
        if link and not _NOT_A_ROOM.search(link):
            yield link


def _bare(link: str) -> str:
    """`link` out of its wrappers: one mail filter wraps what another one wrapped."""
    for _layer in range(3):
        inner = _unwrapped(link)
        if inner == link:
            break
        link = inner
    return link


def _unwrapped(link: str) -> str:
    """The address inside an Outlook SafeLink or a Google redirection, else `link` itself."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    host = (parts.hostname or "").lower()
    if host.endswith((".safelinks.protection.outlook.com", ".safelinks.protection.office365.us")):
        inner = parse_qs(parts.query).get("url")
    elif host in ("urldefense.com", "urldefense.proofpoint.com") or host.endswith(".urldefense.com"):
        return _without_proofpoint(link, parts.query)
    elif (
        host.endswith((".linkprotect.cudasvc.com", ".protection.sophos.com"))
        or host == "linkprotect.cudasvc.com"
    ):
        query = parse_qs(parts.query)
        inner = query.get("a") or query.get("u")
        if inner and not inner[0].startswith("http"):
            inner = _from_base64(inner[0])
    elif host in ("slack-redir.net", "l.facebook.com", "www.linkedin.com", "deref-gmx.net", "deref-web.de"):
        query = parse_qs(parts.query)
        inner = query.get("url") or query.get("u") or query.get("redirectUrl")
    elif re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) and parts.path == "/url":
        query = parse_qs(parts.query)
        inner = query.get("q") or query.get("url")
    else:
        return link
    return inner[0] if inner else link


def _without_proofpoint(link: str, query: str) -> str:
    """The address inside the three forms that Proofpoint gives to links."""
    if third := re.search(r"/v3/__(https?:/.*?)__;", link):
        # `*` stands for a character that is told apart; those of a meeting's address are rare.
        return re.sub(r"^(https?):/+", r"\1://", third[1])
    inner = parse_qs(query).get("u", [""])[0]
    if "/v2/" in link:
        inner = unquote(inner.replace("-", "%").replace("_", "/"))
    return inner or link


def _from_base64(text: str) -> list[str]:
    try:
        return [base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()]
    except ValueError:
        return []


def without_cancellation(title: str) -> tuple[str, bool]:
    """`title` without the `Canceled:` or `Annulé :` that Outlook prefixes, and whether it had one."""
    match = _PREFIX.match(title)
    return (title[match.end() :], True) if match else (title, False)
