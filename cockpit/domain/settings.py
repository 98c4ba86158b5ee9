"""What a person configures, each key declared once: its default, and what may be written there.

The declaration is read by the reader of `config.toml` (`services/settings`), which says the line of a fault
and what to write instead. The types are few: text, yes or no, a number, a time of day, lists of texts.
"""

from __future__ import annotations

from datetime import time
from enum import StrEnum, auto
from typing import Any

from cockpit.domain.dataclasses import dataclass, field

AGENDA_KINDS = ("ical", "caldav")
PHASES = ("steady", "growth", "transformation", "sale")
CRITICALITIES = ("vital", "important", "comfort")


class Check(StrEnum):
    """What a value must be beside its type; the name of a function in `services/settings/checks.py`."""

    SECRET = auto()
    """Where a secret is (`env:NAME`, `keyring:NAME`), never the secret itself."""
    WEB_ADDRESS = auto()
    ENGINE = auto()
    REGION = auto()
    ZONE = auto()
    HOURS = auto()
    EXCEPTIONS = auto()
    PERIOD = auto()


def setting(
    default: Any = "",
    *,
    required: bool = False,
    choices: tuple[str, ...] = (),
    low: int | None = None,
    high: int | None = None,
    check: Check | None = None,
    hidden: bool = False,
    strict: float | None = None,
) -> Any:
    """A key of the configuration. `hidden` keeps the value out of what is printed of the record.

    `strict` is the strictest that a limit may be: tightened, it goes that way.
    """
    meta = {
        "required": required, "choices": choices, "low": low, "high": high, "check": check, "strict": strict,
    }  # fmt: skip
    return field(default=default, repr=not hidden, metadata=meta)


@dataclass(frozen=True, kw_only=True)
class AgendaSource:
    """One iCal feed. `key` is stable and appears in tables; `url` may be a secret and never does."""

    key: str
    name: str
    url: str = setting(required=True)
    """http(s)://, webcal(s)://, file:// or a plain path to a file or folder."""
    kind: str = setting("ical", choices=AGENDA_KINDS)
    """`ical` for one .ics document, `caldav` for a calendar collection on a CalDAV server."""
    owner: str = ""
    """Whose agenda it is: empty for the chief executive, else a person's name."""
    colour: str = ""
    interval_s: int | None = setting(None, low=60)
    """Seconds between two reads; None follows the feed's own wish, then 15 minutes."""
    user: str = ""
    secret: str = setting(check=Check.SECRET)
    """`env:NAME` or `keyring:NAME`, where the password or token is; never the secret itself."""
    user_agent: str = ""
    internal: bool = False
    """Allow an address of the local network or of this machine."""


@dataclass(frozen=True, kw_only=True)
class StatusSource:
    """One status page or probed address."""

    key: str
    name: str
    url: str = setting(required=True, check=Check.WEB_ADDRESS)
    engine: str = setting(check=Check.ENGINE)
    """Name of a dialect (`statuspage`, `slack`, `google`, `probe`...); empty means to be detected."""
    components: tuple[str, ...] = ()
    """Ids or names of the components to watch; empty watches the page as a whole."""
    criticality: str = setting("important", choices=CRITICALITIES)
    provider: str = ""
    """Name of the provider of the register that this source speaks for, if any."""
    interval_s: int | None = setting(None, low=30)
    internal: bool = False
    expect: tuple[int, ...] = ()
    """Probe only: status codes that mean healthy; empty means 200 to 399."""
    contains: str = ""
    """Probe only: text that a healthy body holds."""
    user: str = ""
    """User name, or the client id of a Microsoft Graph application."""
    secret: str = setting(check=Check.SECRET)
    """`env:NAME` or `keyring:NAME`, where the password, token or client secret is; never the secret itself."""
    tenant: str = ""
    """Microsoft Graph only: directory (tenant) id or domain."""
    user_agent: str = ""
    page_id: str = ""
    """Identity of the page seen at set-up; another one is shown as `unknown`."""


@dataclass(frozen=True, kw_only=True)
class FigureSource:
    """Where a figure of the scorecard is read from: JSON or CSV at an address, which may be a secret."""

    key: str
    name: str
    """That of the figure."""
    url: str = setting(required=True, check=Check.WEB_ADDRESS)
    at: str = ""
    """In JSON the way to the number, `data.total`; in a CSV the heading of its column."""
    user: str = ""
    secret: str = setting(check=Check.SECRET)
    """`env:NAME` or `keyring:NAME`, where the password or token is; never the secret itself."""
    interval_s: int | None = setting(None, low=300)
    internal: bool = False


@dataclass(frozen=True, kw_only=True)
class LegalDate:
    """Something that must be done so long before what a phase of the company leads to."""

    key: str
    name: str
    """What must be done, as it is shown."""
    phase: str = setting(required=True, choices=PHASES)
    ahead: str = setting(required=True, check=Check.PERIOD)
    """How long before the day aimed at: `2m`, `6w`, `30d`."""
    of: str = setting("company", choices=("company", "consent", "termination"))
    """`company`: once; else once for each contract in force whose change of control says so."""


@dataclass(frozen=True, kw_only=True)
class Company:
    """The company whose cockpit this is."""

    name: str = ""
    timezone: str = setting("Europe/Paris", check=Check.ZONE)
    holidays: str = setting("FR", check=Check.REGION)
    """Country, and region after a dash, as the `holidays` library names them (`FR`, `FR-57`)."""
    hours: str = setting("mon-fri 09:00-12:30 14:00-18:00", check=Check.HOURS)
    exceptions: str = setting(check=Check.EXCEPTIONS)
    """Dated hours over the week's: `2026-12-24 09:00-12:00; 2026-08-03..2026-08-14 closed`."""
    chief: str = ""
    """The chief executive, where it is not the person at the keyboard."""
    day_start: time = time(9)
    day_end: time = time(18)


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way out: where alerts and texts may be sent. Nothing leaves by it before somebody saw a preview."""

    key: str
    name: str
    kind: str = setting(required=True)
    """One of the kinds of `sharing/kinds.py`."""
    url: str = setting(hidden=True)
    """The address, or `env:NAME` or `keyring:NAME` where it is: a webhook's address is its password."""
    to: tuple[str, ...] = ()
    sender: str = ""
    user: str = ""
    secret: str = setting(check=Check.SECRET)
    """`env:NAME` or `keyring:NAME` of the password, token or signing key."""
    level: str = setting("red", choices=("red", "orange"))
    """The least of the alerts it takes: `red` or `orange`."""
    conf: int = setting(1, low=0, high=3)
    """The most confidential of what it takes; above, each message waits for a preview."""
    internal: bool = False
    success: int | None = setting(None, low=200, high=299)
    """The one status by which the receiver of a `webhook` says that it took a message, as it documents it;
    200, 201, 202 and 204 without it."""


@dataclass(frozen=True, kw_only=True)
class Alerting:
    """When people may be told."""

    quiet: tuple[time, time] | None = (time(19), time(8))
    """Local hours in which nothing is sent; what happens then is told after them."""
    weekend: bool = False
    """Whether days on which the company is closed are for telling too."""
    remind_hours: int = setting(24, low=1)
    """A red alert that nobody acknowledged is told again after so many hours."""


@dataclass(frozen=True, kw_only=True)
class InboxSettings:
    """How partners without an account reach the cockpit."""

    folder: str = ""
    """A folder that a shared drive keeps in step."""
    mail: str = setting(hidden=True)
    """`imaps://host:993`, or `imap+starttls://host:143`."""
    user: str = ""
    secret: str = setting(check=Check.SECRET)
    mailbox: str = "INBOX"
    allowed: tuple[str, ...] = ()
    """Senders: whole addresses, or `@domain`."""
    authserv: str = ""
    """Name by which one's own mail server signs its Authentication-Results."""
    require_dkim: bool = True
    internal: bool = False

    @property
    def is_open(self) -> bool:
        """Whether any way in is set up."""
        return bool(self.folder or self.mail)


@dataclass(frozen=True, kw_only=True)
class DocumentSettings:
    """Where what leaves the house is written, and whether the links of documents are tried."""

    folder: str = ""
    """A folder that a shared drive may keep in step; empty: a folder `documents` beside the database."""
    check_links: bool = True
    """Whether a sync asks each address of a document once a month whether it is still there."""
    internal: bool = False
    """Allow addresses of the local network or of this machine: documents on a server of one's own."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From where on each signal is no longer calm, by its number (docs/signals.md)."""

    s1_ratio: float = setting(2.0, low=1, strict=1)
    """So many times as long as before."""
    s1_sure: float = setting(2.2, low=0)
    """z of the test: at 1.64 one quiet subject in five was raised within half a year, at 2.2 one in sixteen."""
    s1_least: int = setting(17, low=17)
    s2_watch: float = setting(2.0, low=1, strict=1)
    """Cadences without an exchange."""
    s2_control: float = setting(3.0, low=1, strict=1)
    s3_share: int = setting(15, low=0, high=100, strict=0)
    s3_sure: float = setting(0.84, low=0)
    """z of the test: three of twenty are chance where one in twenty is usual, five are not."""
    s4_share: int = setting(80, low=0, high=100, strict=100)
    s5_ratio: float = setting(0.6, low=0, strict=1)
    s5_chance: float = setting(0.02, low=0)
    """Of so few by chance: at 0.05 one quiet team in five was raised within half a year, at 0.02 one in eleven."""
    s5_least: int = setting(16, low=1)
    s6_fall: float = setting(0.2, low=0, strict=0)
    s6_dead: int = setting(30, low=0, high=100, strict=0)
    s6_hub: int = setting(60, low=0, high=100, strict=0)
    s6_least: int = setting(10, low=1)
    s7_present: int = setting(75, low=0, high=100, strict=100)
    s7_fall: float = setting(0.15, low=0, strict=0)
    s7_roti: float = setting(2.0, low=1, strict=5)
    s8_complete: int = setting(90, low=0, high=100, strict=100)
    s8_sure: float = setting(1.28, low=0)
    """z of the test: one or two late reports of nine are no habit, three are."""
    s8_reminders: int = setting(2, low=1, strict=1)
    s9_watch: int = setting(15, low=0, strict=0)
    s9_control: int = setting(30, low=0, strict=0)
    s10_control: float = setting(1.5, low=0, strict=0)
    s10_danger: float = setting(4.0, low=0, strict=0)
    s11_share: int = setting(40, low=0, high=100, strict=0)
    s11_concentration: float = setting(0.25, low=0, strict=0)
    s12_alone: int = setting(70, low=0, high=100, strict=0)
    s12_waiting: int = setting(30, low=0, high=100, strict=0)
    s12_absent: float = setting(0.8, low=0, strict=1)
    s13_within: int = setting(80, low=0, high=100, strict=100)
    s13_sure: float = setting(0.84, low=0)
    """z of the test: how sure it is that fewer are in time; at 0.84, four in five."""
    s14_more: int = setting(2, low=1, strict=1)
    s15_doubles: int = setting(3, low=1, strict=1)
    s15_open: int = setting(60, low=0, high=100, strict=100)
    s16_days: int = setting(90, low=1, strict=0)
    s17_share: int = setting(70, low=0, high=100, strict=100)
    s18_share: int = setting(90, low=0, high=100, strict=100)
    s18_sure: float = setting(0.84, low=0)
    """z of the test: without it, one company in five that kept 97 % was told of a bad quarter within half a year."""
    s19_up: float = setting(99.5, low=0, high=100, strict=100)
    s20_times: int = setting(3, low=2, strict=2)
    s20_days: int = setting(60, low=1)
    s21_times: int = setting(3, low=1, strict=1)
    s22_urgent: int = setting(3, low=1, strict=1)
    s22_churn: int = setting(40, low=0, high=100, strict=0)
    s23_days: int = setting(90, low=1, strict=365)
    s24_days: int = setting(183, low=1, strict=0)
    s26_mark: float = setting(3.0, low=1, high=5, strict=5)
    s26_gap: float = setting(1.5, low=0, strict=0)
    s27_days: float = setting(1.0, low=0, strict=0)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All of `config.toml`."""

    language: str = setting(choices=("fr", "en"))
    """`fr`, `en`, or empty to follow the environment."""
    theme: str = "cockpit-dark"
    me: str = ""
    """Name of the person at the keyboard, as it appears in the journal."""
    emails: tuple[str, ...] = ()
    weeks_back: int = setting(5, low=1)
    weeks_ahead: int = setting(13, low=1)
    """Weeks of agenda kept ready around the current one; paging further away reads more."""
    company: Company = field(default_factory=Company)
    agendas: tuple[AgendaSource, ...] = ()
    statuses: tuple[StatusSource, ...] = ()
    figures: tuple[FigureSource, ...] = ()
    channels: tuple[Channel, ...] = ()
    legal_dates: tuple[LegalDate, ...] = ()
    alerting: Alerting = field(default_factory=Alerting)
    inbox: InboxSettings = field(default_factory=InboxSettings)
    documents: DocumentSettings = field(default_factory=DocumentSettings)
    limits: Limits = field(default_factory=Limits)
    minutes_folder: str = ""
    """Where agendas and minutes are filed; empty: a folder `minutes` beside the database."""
    keys: dict[str, str] = field(default_factory=dict)
    """Action id to keys, comma separated, over the defaults of the registry."""
