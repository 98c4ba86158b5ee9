"""What a person configures, each key declared once: its default, and what may be written there.

The declaration is read by the reader of `config.toml` (`services/settings`), which says the line of a fault
and what to write instead. The types are few: text, yes or no, a number, a time of day, lists of texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.setting import Check, named, setting
from cockpit.locale import N_

AGENDA_KINDS = ("ical", "caldav")
PHASES = ("steady", "growth", "transformation", "sale")
CRITICALITIES = ("vital", "important", "comfort")


@dataclass(frozen=True, kw_only=True)
class AgendaSource:
    """One iCal feed. `key` is stable and appears in tables; `url` may be a secret and never does."""

    key: str
    name: str = named(label=N_("Name"), help=N_("How the agenda is called on the screens"))
    url: str = setting(
        label=N_("Address"),
        help=N_(
            "The iCal address that its maker hides (https:// or webcal://), a file, or a folder of .ics files;"
            " worth a password"
        ),
        hidden=True,
        required=True,
    )
    """http(s)://, webcal(s)://, file:// or a plain path to a file or folder."""
    kind: str = setting(
        "ical",
        label=N_("Kind"),
        help=N_("ical: one address or file; caldav: a collection on a CalDAV server"),
        choices=AGENDA_KINDS,
    )
    """`ical` for one .ics document, `caldav` for a calendar collection on a CalDAV server."""
    owner: str = setting(
        label=N_("Whose it is"), help=N_("Empty: yours; else the name of the person whose presence it tells")
    )
    """Whose agenda it is: empty for the chief executive, else a person's name."""
    interval_s: int | None = setting(
        None,
        label=N_("Seconds between two reads"),
        help=N_("Empty: as the agenda wishes, else a quarter of an hour"),
        low=60,
    )
    """Seconds between two reads; None follows the feed's own wish, then 15 minutes."""
    user: str = setting(label=N_("User"), help=N_("For an address behind a password"))
    secret: str = setting(
        label=N_("Password"),
        help=N_("Where it is: env:NAME or keyring:NAME; typed here, it is put into this system's keyring"),
        check=Check.SECRET,
    )
    """`env:NAME` or `keyring:NAME`, where the password or token is; never the secret itself."""
    user_agent: str = setting(
        label=N_("Name given to the server"), help=N_("For a server that only answers to some programs")
    )
    internal: bool = setting(
        False,
        label=N_("Local network allowed"),
        help=N_("Yes for an address of this machine or of the local network"),
    )
    """Allow an address of the local network or of this machine."""


@dataclass(frozen=True, kw_only=True)
class StatusSource:
    """One status page or probed address."""

    key: str
    name: str = named(label=N_("Name"), help=N_("How the page is called on the screens"))
    url: str = setting(
        label=N_("Address"),
        help=N_("The status page, or the address to probe, with https://"),
        required=True,
        check=Check.WEB_ADDRESS,
    )
    engine: str = setting(
        label=N_("Read as"),
        help=N_("Name of a dialect (statuspage, slack, google, probe…); empty: found out"),
        check=Check.ENGINE,
    )
    """Name of a dialect (`statuspage`, `slack`, `google`, `probe`...); empty means to be detected."""
    components: tuple[str, ...] = setting(
        (), label=N_("Components"), help=N_("Those that matter, by their names; empty: the page as a whole")
    )
    """Ids or names of the components to watch; empty watches the page as a whole."""
    criticality: str = setting(
        "important",
        label=N_("How much it matters"),
        help=N_("How loud its troubles are told"),
        choices={"vital": N_("vital"), "important": N_("important"), "comfort": N_("comfort")},
    )
    provider: str = setting(label=N_("Provider"), help=N_("The provider of the register that it speaks for"))
    """Name of the provider of the register that this source speaks for, if any."""
    interval_s: int | None = setting(
        None,
        label=N_("Seconds between two reads"),
        help=N_("Empty: as often as such a page is worth reading"),
        low=30,
    )
    internal: bool = setting(
        False,
        label=N_("Local network allowed"),
        help=N_("Yes for an address of this machine or of the local network"),
    )
    expect: tuple[int, ...] = setting(
        (), label=N_("Healthy codes"), help=N_("Probe only: HTTP codes that mean healthy; empty: 200 to 399")
    )
    """Probe only: status codes that mean healthy; empty means 200 to 399."""
    contains: str = setting(label=N_("Healthy words"), help=N_("Probe only: what a healthy page says"))
    """Probe only: text that a healthy body holds."""
    user: str = setting(
        label=N_("User"), help=N_("User name, or the client id of a Microsoft Graph application")
    )
    """User name, or the client id of a Microsoft Graph application."""
    secret: str = setting(
        label=N_("Password"),
        help=N_("Where it is: env:NAME or keyring:NAME; typed here, it is put into this system's keyring"),
        check=Check.SECRET,
    )
    """`env:NAME` or `keyring:NAME`, where the password, token or client secret is; never the secret itself."""
    tenant: str = setting(
        label=N_("Directory"), help=N_("Microsoft Graph only: directory (tenant) id or domain")
    )
    """Microsoft Graph only: directory (tenant) id or domain."""
    user_agent: str = setting(
        label=N_("Name given to the server"), help=N_("For a server that only answers to some programs")
    )
    page_id: str = setting(
        label=N_("Identity of the page"),
        help=N_("As seen when it was added; a page that is another one is shown as unknown"),
    )
    """Identity of the page seen at set-up; another one is shown as `unknown`."""


@dataclass(frozen=True, kw_only=True)
class FigureSource:
    """Where a figure of the scorecard is read from: JSON or CSV at an address, which may be a secret."""

    key: str
    name: str = named(label=N_("Name"), help=N_("That of the figure, as the register Figures calls it"))
    """That of the figure."""
    url: str = setting(
        label=N_("Address"),
        help=N_("JSON or CSV, with https://; it may be worth a password"),
        hidden=True,
        required=True,
        check=Check.WEB_ADDRESS,
    )
    at: str = setting(
        label=N_("Where in it"),
        help=N_("In JSON the way to the number, such as data.total; in a CSV the heading of its column"),
    )
    """In JSON the way to the number, `data.total`; in a CSV the heading of its column."""
    user: str = setting(label=N_("User"), help=N_("For an address behind a password"))
    secret: str = setting(
        label=N_("Password"),
        help=N_("Where it is: env:NAME or keyring:NAME; typed here, it is put into this system's keyring"),
        check=Check.SECRET,
    )
    """`env:NAME` or `keyring:NAME`, where the password or token is; never the secret itself."""
    interval_s: int | None = setting(
        None, label=N_("Seconds between two reads"), help=N_("Empty: every six hours"), low=300
    )
    internal: bool = setting(
        False,
        label=N_("Local network allowed"),
        help=N_("Yes for an address of this machine or of the local network"),
    )


@dataclass(frozen=True, kw_only=True)
class LegalDate:
    """Something that must be done so long before what a phase of the company leads to."""

    key: str
    name: str = named(
        label=N_("What must be done"), help=N_("As it is shown in the week and among the alerts")
    )
    """What must be done, as it is shown."""
    phase: str = setting(
        label=N_("Phase"),
        help=N_("The phase of the company that asks for it"),
        required=True,
        choices={
            "steady": N_("steady course"),
            "growth": N_("fast growth"),
            "transformation": N_("transformation"),
            "sale": N_("sale in view"),
        },
    )
    ahead: str = setting(
        label=N_("How long before"),
        help=N_("Before the day that the phase leads to: 2m, 6w, 30d"),
        required=True,
        check=Check.PERIOD,
    )
    """How long before the day aimed at: `2m`, `6w`, `30d`."""
    of: str = setting(
        "company",
        label=N_("Once for"),
        help=N_("The company, or each contract whose change of control asks for consent or ends it"),
        choices={
            "company": N_("the company"),
            "consent": N_("each contract that needs a consent"),
            "termination": N_("each contract that it may end"),
        },
    )
    """`company`: once; else once for each contract in force whose change of control says so."""


@dataclass(frozen=True, kw_only=True)
class Company:
    """The company whose cockpit this is."""

    name: str = setting(
        label=N_("Company"), help=N_("Its name, at the head of the screen and of what leaves")
    )
    timezone: str = setting(
        "Europe/Paris", label=N_("Time zone"), help=N_("An IANA name such as Europe/Paris"), check=Check.ZONE
    )
    holidays: str = setting(
        "FR",
        label=N_("Public holidays"),
        help=N_("Country, and region after a dash: FR, FR-57 (Moselle), BE, CH-GE; empty: none"),
        check=Check.REGION,
    )
    """Country, and region after a dash, as the `holidays` library names them (`FR`, `FR-57`)."""
    hours: str = setting(
        "mon-fri 09:00-12:30 14:00-18:00",
        label=N_("Working hours"),
        help=N_(
            "Deadlines and free time count in them, snoozes come back as they open: mon-fri 09:00-12:30 14:00-18:00"
        ),
        check=Check.HOURS,
    )
    exceptions: str = setting(
        label=N_("Closings and special hours"),
        help=N_("Dated: 24/12/2026 09:00-12:00; 03/08/2026..14/08/2026 closed"),
        check=Check.EXCEPTIONS,
    )
    """Dated hours over the week's: `24/12/2026 09:00-12:00; 2026-08-03..2026-08-14 closed`."""
    chief: str = setting(label=N_("Chief executive"), help=N_("Where it is not the person at the keyboard"))
    """The chief executive, where it is not the person at the keyboard."""
    day_start: time = setting(time(9))
    """Older configurations say it; nothing reads it: the working hours say when a day begins and ends."""
    day_end: time = setting(time(18))
    """As `day_start`."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way out: where alerts and texts may be sent. Nothing leaves by it before somebody saw a preview."""

    key: str
    name: str = named(label=N_("Name"), help=N_("How the channel is called"))
    kind: str = setting(
        label=N_("Kind"),
        help=N_("slack, teams, google_chat, ntfy, webhook, email, desktop, bell"),
        required=True,
    )
    """One of the kinds of `sharing/kinds.py`."""
    url: str = setting(
        label=N_("Address"),
        help=N_(
            "Of the webhook or of the mail server: env:NAME or keyring:NAME where it is worth a password"
        ),
        hidden=True,
    )
    """The address, or `env:NAME` or `keyring:NAME` where it is: a webhook's address is its password."""
    to: tuple[str, ...] = setting(
        (), label=N_("Recipients"), help=N_("E-mail addresses, separated by commas")
    )
    sender: str = setting(label=N_("Sender"), help=N_("The address that e-mails come from"))
    user: str = setting(label=N_("User"), help=N_("For a mail server that asks for one"))
    secret: str = setting(
        label=N_("Password"),
        help=N_(
            "Password, token or signing key: env:NAME or keyring:NAME; typed here, it is put into this system's keyring"
        ),
        check=Check.SECRET,
    )
    """`env:NAME` or `keyring:NAME` of the password, token or signing key."""
    level: str = setting(
        "red",
        label=N_("Least alert"),
        help=N_("The least that it takes: red, or orange too"),
        choices={"red": N_("red alone"), "orange": N_("red and orange")},
    )
    """The least of the alerts it takes: `red` or `orange`."""
    conf: int = setting(
        1,
        label=N_("Confidentiality"),
        help=N_("The most that it takes, 0 to 3; above, each message waits for a preview"),
        low=0,
        high=3,
    )
    """The most confidential of what it takes; above, each message waits for a preview."""
    internal: bool = setting(
        False,
        label=N_("Local network allowed"),
        help=N_("Yes for an address of this machine or of the local network"),
    )
    success: int | None = setting(
        None,
        label=N_("Code of success"),
        help=N_("Webhook only: the one HTTP code by which its receiver says that it took a message"),
        low=200,
        high=299,
    )
    """The one status by which the receiver of a `webhook` says that it took a message, as it documents it;
    200, 201, 202 and 204 without it."""


@dataclass(frozen=True, kw_only=True)
class SeatSetting:
    """One person who opens this cockpit, as `cockpit seats add` writes it."""

    key: str
    name: str = named(
        label=N_("Name"), help=N_("Who signs what is done there, as the register of people has it")
    )
    role: str = setting(
        "member",
        label=N_("Role"),
        help=N_("What they read and what they may do, unless it is said below"),
        choices={
            "chief": N_("chief executive"),
            "assistant": N_("assistant"),
            "member": N_("member"),
            "reader": N_("reader"),
        },
    )
    level: int | None = setting(
        None,
        label=N_("Level"),
        help=N_("The highest confidentiality that they read, 0 to 3; empty: that of the role"),
        low=0,
        high=3,
    )
    may: tuple[str, ...] = setting(
        (),
        label=N_("May"),
        help=N_("Beside reading: work, lead, decide, organise, send, settings, files; empty: as the role"),
        check=Check.RIGHTS,
    )
    user: str = setting(
        label=N_("User of the system"), help=N_("Where they have an account of their own on this machine")
    )
    signed_in: str = setting(
        label=N_("Signs in as"), help=N_("How a reverse proxy announces them; empty: by their name")
    )


@dataclass(frozen=True, kw_only=True)
class RoleSettings:
    """What each role may do, over the defaults of `domain/seats`."""

    chief: tuple[str, ...] = setting(
        (), label=N_("Chief executive"), help=N_("Empty: everything"), check=Check.RIGHTS
    )
    assistant: tuple[str, ...] = setting(
        (), label=N_("Assistant"), help=N_("Empty: work, lead, organise, send"), check=Check.RIGHTS
    )
    member: tuple[str, ...] = setting(
        (), label=N_("Member"), help=N_("Empty: work, lead"), check=Check.RIGHTS
    )
    reader: tuple[str, ...] = setting(
        (), label=N_("Reader"), help=N_("Empty: reads alone"), check=Check.RIGHTS
    )


@dataclass(frozen=True, kw_only=True)
class Alerting:
    """When people may be told."""

    quiet: tuple[time, time] | None = setting(
        (time(19), time(8)),
        label=N_("Quiet hours"),
        help=N_("Nothing is sent then; what happens is told after them. Empty: none"),
    )
    """Local hours in which nothing is sent; what happens then is told after them."""
    weekend: bool = setting(
        False,
        label=N_("Also when closed"),
        help=N_("Whether people are told on days on which the company is closed"),
    )
    """Whether days on which the company is closed are for telling too."""
    remind_hours: int = setting(
        24, label=N_("Told again after, hours"), help=N_("For a red alert that nobody took care of"), low=1
    )
    """A red alert that nobody acknowledged is told again after so many hours."""


@dataclass(frozen=True, kw_only=True)
class InboxSettings:
    """How partners without an account reach the cockpit."""

    folder: str = setting(
        label=N_("Shared folder"),
        help=N_("A folder that a shared drive keeps in step, where partners put files"),
        check=Check.FOLDER,
    )
    """A folder that a shared drive keeps in step."""
    mail: str = setting(
        label=N_("Mailbox"), help=N_("imaps://host:993, or imap+starttls://host:143"), hidden=True
    )
    """`imaps://host:993`, or `imap+starttls://host:143`."""
    user: str = setting(label=N_("User"), help=N_("Of the mailbox"))
    secret: str = setting(
        label=N_("Password"),
        help=N_("Where it is: env:NAME or keyring:NAME; typed here, it is put into this system's keyring"),
        check=Check.SECRET,
    )
    mailbox: str = setting("INBOX", label=N_("Folder of the mailbox"), help=N_("As the mail server names it"))
    allowed: tuple[str, ...] = setting(
        (), label=N_("Senders"), help=N_("Whole addresses, or @domain, separated by commas")
    )
    """Senders: whole addresses, or `@domain`."""
    authserv: str = setting(
        label=N_("Signing server"), help=N_("Name by which your own mail server signs Authentication-Results")
    )
    """Name by which one's own mail server signs its Authentication-Results."""
    require_dkim: bool = setting(
        True,
        label=N_("Signed messages only"),
        help=N_("Whether a message must be signed by its sender's domain (DKIM)"),
    )
    internal: bool = setting(
        False, label=N_("Local network allowed"), help=N_("Yes for a mail server of the local network")
    )

    @property
    def is_open(self) -> bool:
        """Whether any way in is set up."""
        return bool(self.folder or self.mail)


@dataclass(frozen=True, kw_only=True)
class RitualSettings:
    """Where what is written of meetings is filed."""

    folder: str = setting(
        label=N_("Folder of minutes"),
        help=N_("Agendas and minutes of meetings; empty: beside the database"),
        check=Check.FOLDER,
    )
    """Where agendas and minutes are filed; empty: a folder `minutes` beside the database."""


@dataclass(frozen=True, kw_only=True)
class DocumentSettings:
    """Where what leaves the house is written, and whether the links of documents are tried."""

    folder: str = setting(
        label=N_("Folder of documents"),
        help=N_("Manual, report, sale file; empty: beside the database"),
        check=Check.FOLDER,
    )
    """A folder that a shared drive may keep in step; empty: a folder `documents` beside the database."""
    check_links: bool = setting(
        True,
        label=N_("Links are tried"),
        help=N_("Whether a sync asks once a month if the documents are still at their addresses"),
    )
    """Whether a sync asks each address of a document once a month whether it is still there."""
    internal: bool = setting(
        False,
        label=N_("Local network allowed"),
        help=N_("Yes for documents on a server of the local network"),
    )
    """Allow addresses of the local network or of this machine: documents on a server of one's own."""


@dataclass(frozen=True, kw_only=True)
class CopySettings:
    """The copy elsewhere that Litestream keeps while the cockpit is used."""

    replica: str = setting(
        check=Check.COPY,
        label=N_("Copy elsewhere"),
        help=N_(
            "A folder or an address (s3://…) that Litestream keeps a copy in: cockpit schedule --replica"
        ),
    )
    """A folder, or an address that Litestream knows (`s3://bucket/cockpit`); empty: none."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From where on each signal is no longer calm, by its number (docs/signals.md)."""

    s1_ratio: float = setting(2.0, label=N_("times as long as before"), low=1, strict=1)
    """So many times as long as before."""
    s1_sure: float = setting(2.2, label=N_("how sure, z of the test"), low=0)
    """z of the test: at 1.64 one quiet subject in five was raised within half a year, at 2.2 one in sixteen."""
    s1_least: int = setting(17, label=N_("least closed cases"), low=17)
    s2_watch: float = setting(2.0, label=N_("cadences without an exchange, to watch"), low=1, strict=1)
    """Cadences without an exchange."""
    s2_control: float = setting(3.0, label=N_("cadences without an exchange, to act on"), low=1, strict=1)
    s3_share: int = setting(15, label=N_("grey zones, %"), low=0, high=100, strict=0)
    s3_sure: float = setting(0.84, label=N_("how sure, z of the test"), low=0)
    """z of the test: three of twenty are chance where one in twenty is usual, five are not."""
    s4_share: int = setting(80, label=N_("documented processes, % at least"), low=0, high=100, strict=100)
    s5_ratio: float = setting(0.6, label=N_("initiatives against before"), low=0, strict=1)
    s5_chance: float = setting(0.02, label=N_("probability by chance, at most"), low=0)
    """Of so few by chance: at 0.05 one quiet team in five was raised within half a year, at 0.02 one in eleven."""
    s5_least: int = setting(16, label=N_("least initiatives before"), low=1)
    s6_fall: float = setting(0.2, label=N_("fall of the exchanges between teams"), low=0, strict=0)
    s6_dead: int = setting(30, label=N_("interfaces that died, %"), low=0, high=100, strict=0)
    s6_hub: int = setting(60, label=N_("work through the chief executive, %"), low=0, high=100, strict=0)
    s6_least: int = setting(10, label=N_("least interfaces and links"), low=1)
    s7_present: int = setting(
        75, label=N_("present of those invited, % at least"), low=0, high=100, strict=100
    )
    s7_fall: float = setting(0.15, label=N_("fall of the involvement"), low=0, strict=0)
    s7_roti: float = setting(2.0, label=N_("return on time, at least"), low=1, strict=5)
    s8_complete: int = setting(
        90, label=N_("completeness of reports, % at least"), low=0, high=100, strict=100
    )
    s8_sure: float = setting(1.28, label=N_("how sure, z of the test"), low=0)
    """z of the test: one or two late reports of nine are no habit, three are."""
    s8_reminders: int = setting(2, label=N_("reminders for one report"), low=1, strict=1)
    s9_watch: int = setting(15, label=N_("hidden costs, %, to watch"), low=0, strict=0)
    s9_control: int = setting(30, label=N_("hidden costs, %, to act on"), low=0, strict=0)
    s10_control: float = setting(1.5, label=N_("threat of a provider, to act on"), low=0, strict=0)
    s10_danger: float = setting(4.0, label=N_("threat of a provider, danger"), low=0, strict=0)
    s11_share: int = setting(40, label=N_("critical processes on one, %"), low=0, high=100, strict=0)
    s11_concentration: float = setting(0.25, label=N_("sum of squared shares"), low=0, strict=0)
    s12_alone: int = setting(
        70, label=N_("decided alone by the chief executive, %"), low=0, high=100, strict=0
    )
    s12_waiting: int = setting(30, label=N_("waiting for the chief executive, %"), low=0, high=100, strict=0)
    s12_absent: float = setting(0.8, label=N_("closed a day while away, against there"), low=0, strict=1)
    s13_within: int = setting(80, label=N_("decided in time, % at least"), low=0, high=100, strict=100)
    s13_sure: float = setting(0.84, label=N_("how sure, z of the test"), low=0)
    """z of the test: how sure it is that fewer are in time; at 0.84, four in five."""
    s14_more: int = setting(2, label=N_("providers more than half a year ago"), low=1, strict=1)
    s15_doubles: int = setting(3, label=N_("tools for one use"), low=1, strict=1)
    s15_open: int = setting(60, label=N_("tools with export or API, % at least"), low=0, high=100, strict=100)
    s16_days: int = setting(90, label=N_("days between two reviews of accesses"), low=1, strict=0)
    s17_share: int = setting(
        70, label=N_("critical functions proved, % at least"), low=0, high=100, strict=100
    )
    s18_share: int = setting(90, label=N_("promises kept, % at least"), low=0, high=100, strict=100)
    s18_sure: float = setting(0.84, label=N_("how sure, z of the test"), low=0)
    """z of the test: without it, one company in five that kept 97 % was told of a bad quarter within half a year."""
    s19_up: float = setting(99.5, label=N_("uptime, % at least"), low=0, high=100, strict=100)
    s20_times: int = setting(3, label=N_("times the same case"), low=2, strict=2)
    s20_days: int = setting(60, label=N_("days looked at"), low=1)
    s21_times: int = setting(3, label=N_("days a priority is carried over"), low=1, strict=1)
    s22_urgent: int = setting(3, label=N_("open priorities p1"), low=1, strict=1)
    s22_churn: int = setting(40, label=N_("priorities taken off the same day, %"), low=0, high=100, strict=0)
    s23_days: int = setting(90, label=N_("days before a notice date"), low=1, strict=365)
    s24_days: int = setting(183, label=N_("days between two reviews of a function"), low=1, strict=0)
    s26_mark: float = setting(3.0, label=N_("mark of an interface, at least"), low=1, high=5, strict=5)
    s26_gap: float = setting(1.5, label=N_("gap between the two sides"), low=0, strict=0)
    s27_days: float = setting(1.0, label=N_("days until a statement is sorted"), low=0, strict=0)


THEMES: Mapping[str, str] = {
    "cockpit-dark": N_("Dark"), "cockpit-light": N_("Light"), "cockpit-dusk": N_("Dusk"),
    "cockpit-contrast": N_("High contrast"),
}  # fmt: skip
"""Names of the themes that come with the program, each with its title."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All of `config.toml`."""

    language: str = setting(
        label=N_("Language"),
        help=N_("Empty: that of the environment; at the next start"),
        choices={"fr": "Français", "en": "English"},
    )
    """`fr`, `en`, or empty to follow the environment."""
    theme: str = setting(
        "cockpit-dark",
        label=N_("Theme"),
        help=N_("Dark, Light, Dusk, High contrast, or the name of one of yours; F9 tries them"),
        known=THEMES,
    )
    me: str = setting(label=N_("My name"), help=N_("The person at the keyboard, as it signs the journal"))
    """Name of the person at the keyboard, as it appears in the journal."""
    emails: tuple[str, ...] = setting(
        (),
        label=N_("My e-mail addresses"),
        help=N_("To know which invitations are yours, separated by commas"),
    )
    weeks_back: int = setting(
        5,
        label=N_("Weeks kept behind"),
        help=N_("Weeks of agenda kept ready; paging further reads more"),
        low=1,
    )
    weeks_ahead: int = setting(
        13,
        label=N_("Weeks kept ahead"),
        help=N_("Weeks of agenda kept ready; paging further reads more"),
        low=1,
    )
    """Weeks of agenda kept ready around the current one; paging further away reads more."""
    company: Company = field(default_factory=Company)
    agendas: tuple[AgendaSource, ...] = ()
    statuses: tuple[StatusSource, ...] = ()
    figures: tuple[FigureSource, ...] = ()
    channels: tuple[Channel, ...] = ()
    legal_dates: tuple[LegalDate, ...] = ()
    seats: tuple[SeatSetting, ...] = ()
    roles: RoleSettings = field(default_factory=RoleSettings)
    alerting: Alerting = field(default_factory=Alerting)
    inbox: InboxSettings = field(default_factory=InboxSettings)
    rituals: RitualSettings = field(default_factory=RitualSettings)
    documents: DocumentSettings = field(default_factory=DocumentSettings)
    copies: CopySettings = field(default_factory=CopySettings)
    limits: Limits = field(default_factory=Limits)
    keys: dict[str, str] = field(default_factory=dict)
    """Action id to keys, comma separated, over the defaults of the registry."""
