"""What `cockpit init` writes: a commented configuration from a handful of answers."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace

_NO_NAME = frozenset(("www", "status", "com", "fr", "io", "net", "org", "eu"))


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The five answers."""

    language: str
    company: str
    timezone: str
    holidays: str
    agenda: str = ""
    """Address or file of the first feed."""
    statuses: tuple[tuple[str, str], ...] = ()
    """Name and address of the first status pages."""
    me: str = ""


def local_zone(language: str) -> str:
    """The IANA name of this machine's zone; Paris where it has none, or where a French speaker's says UTC."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or "Europe/Paris"
    except (LookupError, OSError, ValueError):
        return "Europe/Paris"
    # A server is often set to UTC; a company in France never is.
    return "Europe/Paris" if language == "fr" and name in ("UTC", "Etc/UTC") else name


def local_time_elsewhere(workspace: Workspace) -> str:
    """The zone of this machine when its clock differs now from the one shown; empty otherwise."""
    from zoneinfo import ZoneInfo

    now, zone = workspace.now(), local_zone("fr")
    return zone if now.astimezone(ZoneInfo(zone)).utcoffset() != now.utcoffset() else ""


def render(answers: Answers) -> str:
    """The text of `config.toml`, every key explained, in the current language."""
    lines = [
        "# "
        + _(
            "Cockpit: configuration. Addresses of agendas are secrets: keep this file to yourself (mode 600)."
        ),
        "",
        f"language = {_quoted(answers.language)}",
        f"me = {_quoted(answers.me)}  # " + _("your name, as it signs changes"),
        "emails = []  # " + _("your addresses, to know which invitations are yours"),
        '# theme = "cockpit-dark"  # cockpit-light, cockpit-dusk, cockpit-contrast',
        "",
        "[company]",
        f"name = {_quoted(answers.company)}",
        f"timezone = {_quoted(answers.timezone)}",
        f"holidays = {_quoted(answers.holidays)}  # " + _("country, then region: FR, FR-57 for Moselle"),
        'hours = "mon-fri 09:00-12:30 14:00-18:00"',
        "",
        "# " + _("Agendas: an iCal address (https or webcal), a file or a folder of .ics files."),
        *_agenda(clean(answers.agenda, 2_000)),
        "",
        "# " + _("Status pages of your tools; without engine, the kind of page is found out."),
        *(line for name, url in answers.statuses for line in _status(name, url)),
        *(
            []
            if answers.statuses
            else _commented(_status("Slack", "https://slack-status.com/api/v2.0.0/current"))
        ),
        "",
        "[keys]",
        "# " + _("Other keys for actions, for example:"),
        '# "work.done" = "x,f8"',
        "",
    ]
    return "\n".join(lines)


def name_of(url: str) -> str:
    """A name for the source at `url`, out of its host: `https://status.acme.com` is Acme."""
    host = urlsplit(url if "//" in url else f"https://{url}").hostname or url
    parts = [part for part in host.split(".") if part not in _NO_NAME]
    return (parts[0] if parts else host).removesuffix("status").strip("-").capitalize() or host


def _agenda(url: str) -> list[str]:
    lines = [
        "[[agenda]]",
        "name = " + _quoted(_("My agenda")),
        f"url = {_quoted(url or 'https://calendar.example/private.ics')}",
        '# user = ""        # ' + _("for a protected address; the password is never written here:"),
        '# secret = "keyring:cockpit-agenda"  # env:NAME',
    ]
    return lines if url else _commented(lines)


def _status(name: str, url: str) -> list[str]:
    return [
        "[[status]]",
        f"name = {_quoted(name)}",
        f"url = {_quoted(url)}",
        'criticality = "important"  # vital, comfort',
        "",
    ]


def _commented(lines: list[str]) -> list[str]:
    return [line if line.startswith("#") or not line else f"# {line}" for line in lines]


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, once control characters are gone.
    return json.dumps(clean(text, 2_000), ensure_ascii=False)
