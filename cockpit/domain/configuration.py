"""The file of the configuration: its sections, each read into a record of `settings`, and the groups of its keys.

The reader of the file, the screen of the settings and the page of the documentation go through these.
"""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.settings import (
    AgendaSource,
    Alerting,
    Channel,
    Company,
    CopySettings,
    DocumentSettings,
    FigureSource,
    InboxSettings,
    LegalDate,
    Limits,
    RitualSettings,
    RoleSettings,
    SeatSetting,
    Settings,
    StatusSource,
)
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class SettingsSection:
    """A section of `config.toml`, and where it is found in Settings."""

    name: str
    """As it stands between brackets; empty for the keys that stand in no section."""
    attribute: str
    """Of Settings; empty for the keys that stand in no section."""
    kind: type
    """The record that declares its keys."""
    is_list: bool = False
    """Whether it is written `[[name]]`, once for each entry, each with a name of its own."""


SECTIONS = (
    SettingsSection(name="", attribute="", kind=Settings),
    SettingsSection(name="company", attribute="company", kind=Company),
    SettingsSection(name="agenda", attribute="agendas", kind=AgendaSource, is_list=True),
    SettingsSection(name="status", attribute="statuses", kind=StatusSource, is_list=True),
    SettingsSection(name="figure", attribute="figures", kind=FigureSource, is_list=True),
    SettingsSection(name="channel", attribute="channels", kind=Channel, is_list=True),
    SettingsSection(name="date", attribute="legal_dates", kind=LegalDate, is_list=True),
    SettingsSection(name="seat", attribute="seats", kind=SeatSetting, is_list=True),
    SettingsSection(name="roles", attribute="roles", kind=RoleSettings),
    SettingsSection(name="alerts", attribute="alerting", kind=Alerting),
    SettingsSection(name="inbox", attribute="inbox", kind=InboxSettings),
    SettingsSection(name="rituals", attribute="rituals", kind=RitualSettings),
    SettingsSection(name="documents", attribute="documents", kind=DocumentSettings),
    SettingsSection(name="copies", attribute="copies", kind=CopySettings),
    SettingsSection(name="signals", attribute="limits", kind=Limits),
)
KEYS = "keys"
"""The section whose keys are the names of actions."""


@dataclass(frozen=True, kw_only=True)
class SettingsGroup:
    """Settings that are read together, under one heading."""

    name: str
    title: str
    """An English message to translate, as `help` and `one`."""
    holds: tuple[str, ...]
    """Keys with their section before a dot (`company.hours`), or the names of whole sections."""
    help: str = ""
    one: str = ""
    """What an entry is called, where the group has a list."""
    is_folded: bool = False
    """Whether it is one row among the others, since few people ever change any of it."""


GROUPS = (
    SettingsGroup(
        name="company", title=N_("Company and hours"),
        holds=("company.name", "company.hours", "company.exceptions"),
    ),
    SettingsGroup(
        name="calendar", title=N_("Public holidays and time zone"), holds=("company.holidays", "company.timezone"),
    ),
    SettingsGroup(
        name="people", title=N_("Me and the people"), holds=("me", "emails", "company.chief"),
    ),
    SettingsGroup(
        name="agenda", title=N_("Agendas"), one=N_("agenda"), holds=("agenda", "weeks_back", "weeks_ahead"),
        help=N_("Your agenda and those of others, read as their makers publish them"),
    ),
    SettingsGroup(
        name="status", title=N_("Status pages"), one=N_("status page"), holds=("status",),
        help=N_("Of the tools that you work with: a trouble of theirs is told"),
    ),
    SettingsGroup(
        name="inbox", title=N_("Inbox of the partners"), holds=("inbox",),
    ),
    SettingsGroup(
        name="folders", title=N_("Minutes and documents"), holds=("rituals", "documents"),
    ),
    SettingsGroup(name="copies", title=N_("Copy elsewhere"), holds=("copies",)),
    SettingsGroup(
        name="channel", title=N_("Channels and e-mail"), one=N_("channel"), holds=("channel",),
        help=N_("Where alerts and texts may go; each waits for a first preview"),
    ),
    SettingsGroup(
        name="seat", title=N_("Seats"), one=N_("seat"), holds=("seat", "roles"),
        help=N_("Who opens this cockpit, what they read and what they may do"),
    ),
    SettingsGroup(name="alerts", title=N_("Notifications"), holds=("alerts",)),
    SettingsGroup(
        name="figure", title=N_("Figures read from an address"), one=N_("figure"), holds=("figure",),
        help=N_("The scorecard takes them by itself, in JSON or CSV"),
    ),
    SettingsGroup(
        name="date", title=N_("Dates before what a phase leads to"), one=N_("date"), holds=("date",),
        help=N_("What the law asks so long before a sale or a change: the program knows none"),
    ),
    SettingsGroup(name="look", title=N_("Language and look"), holds=("language", "theme")),
    SettingsGroup(
        name="signals", title=N_("Thresholds of the signals"), holds=("signals",), is_folded=True,
        help=N_("From where on each is no longer calm"),
    ),
    SettingsGroup(
        name="keys", title=N_("Keys"), holds=(KEYS,), is_folded=True,
        help=N_("Other keys for actions; at the next start"),
    ),
)  # fmt: skip
"""In the order in which they are shown: each key stands in one of them."""
