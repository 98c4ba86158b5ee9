"""Every register of the cockpit, declared once.

Field names follow the DORA register of information (ITS (EU) 2024/2956) where it has one, since a buyer
or an insurer asks for those words, also of a company that is not a bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cockpit.domain.record import Kind, Record, Register, declare
from cockpit.locale import N_

SEVERITIES: Mapping[str, str] = {
    "p1": N_("critical"),
    "p2": N_("high"),
    "p3": N_("medium"),
    "p4": N_("low"),
}
BLOCKER_STATUSES: Mapping[str, str] = {
    "open": N_("open"),
    "waiting": N_("waiting"),
    "to_decide": N_("to be decided"),
    "solved": N_("solved"),
    "refused": N_("refused"),
}
PRIORITY_STATUSES: Mapping[str, str] = {
    "open": N_("open"),
    "delegated": N_("delegated"),
    "done": N_("done"),
    "dropped": N_("dropped"),
}
LEVELS: Mapping[str, str] = {
    "0": N_("not escalated"),
    "1": N_("level 1, owner"),
    "2": N_("level 2, provider lead"),
    "3": N_("level 3, chief executive"),
}
MODES: Mapping[str, str] = {
    "internal": N_("internal"),
    "external": N_("external"),
    "time_shared": N_("time-shared"),
    "mixed": N_("mixed"),
}


@dataclass(frozen=True, kw_only=True)
class Blocker(Record):
    """Something that stops work until somebody acts."""

    title: str = declare(N_("Title"), required=True, column=True)
    function: str = declare(N_("Function"), Kind.REF, ref=("function",), column=True, width=14)
    waiting_on: tuple[str, ...] = declare(
        N_("Waiting on"), Kind.NAMES, default=(), ref=("provider", "person"), column=True, width=18
    )
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=12)
    severity: str = declare(
        N_("Severity"), Kind.CHOICE, default="p3", choices=SEVERITIES, column=True, width=8
    )
    status: str = declare(
        N_("Status"), Kind.CHOICE, default="open", choices=BLOCKER_STATUSES, column=True, width=10
    )
    since: datetime | None = declare(N_("Since"), Kind.INSTANT, default=None)
    due: datetime | None = declare(N_("Due"), Kind.INSTANT, default=None)
    sla: str = declare(
        N_("SLA"), help=N_("Business hours or days allowed, such as `4ho` or `J+1 18h`.")
    )
    sla_started_at: datetime | None = declare(N_("SLA started"), Kind.INSTANT, default=None)
    sla_due: datetime | None = declare(N_("SLA due"), Kind.INSTANT, default=None)
    sla_target_s: int | None = declare(
        N_("SLA target"), Kind.NUMBER, default=None, help=N_("Business seconds.")
    )
    next_step: str = declare(N_("Next step"))
    level: int = declare(N_("Escalation"), Kind.CHOICE, default=0, choices=LEVELS)
    snoozed_until: datetime | None = declare(N_("Snoozed until"), Kind.INSTANT, default=None)
    delegated_to: str = declare(N_("Delegated to"), ref=("person",))
    remind_at: datetime | None = declare(N_("Reminder"), Kind.INSTANT, default=None)
    blocks: tuple[str, ...] = declare(N_("Blocks"), Kind.NAMES, default=(), ref=("blocker",))
    tags: tuple[str, ...] = declare(N_("Tags"), Kind.NAMES, default=())
    case: str = declare(N_("Sensitive file"))
    spent_minutes: int = declare(N_("Time spent"), Kind.NUMBER, default=0, low=0, help=N_("Minutes."))
    note: str = declare(N_("Note"), Kind.LONG)
    lesson: str = declare(N_("Lesson"), Kind.LONG)
    closed_at: datetime | None = declare(N_("Closed"), Kind.INSTANT, default=None)


@dataclass(frozen=True, kw_only=True)
class Priority(Record):
    """Something the chief executive means to get done."""

    title: str = declare(N_("Title"), required=True, column=True)
    function: str = declare(N_("Function"), Kind.REF, ref=("function",), column=True, width=14)
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=12)
    severity: str = declare(
        N_("Severity"), Kind.CHOICE, default="p3", choices=SEVERITIES, column=True, width=8
    )
    status: str = declare(
        N_("Status"), Kind.CHOICE, default="open", choices=PRIORITY_STATUSES, column=True, width=10
    )
    due: datetime | None = declare(N_("Due"), Kind.INSTANT, default=None, column=True, width=12)
    day: date | None = declare(
        N_("Day"), Kind.DATE, default=None, help=N_("The day it is one of the three priorities of.")
    )
    rank: int = declare(N_("Rank"), Kind.NUMBER, default=0, low=0)
    carried: int = declare(N_("Carried over"), Kind.NUMBER, default=0, low=0)
    next_step: str = declare(N_("Next step"))
    waiting_on: tuple[str, ...] = declare(
        N_("Waiting on"), Kind.NAMES, default=(), ref=("provider", "person")
    )
    snoozed_until: datetime | None = declare(N_("Snoozed until"), Kind.INSTANT, default=None)
    delegated_to: str = declare(N_("Delegated to"), ref=("person",))
    remind_at: datetime | None = declare(N_("Reminder"), Kind.INSTANT, default=None)
    tags: tuple[str, ...] = declare(N_("Tags"), Kind.NAMES, default=())
    case: str = declare(N_("Sensitive file"))
    spent_minutes: int = declare(N_("Time spent"), Kind.NUMBER, default=0, low=0, help=N_("Minutes."))
    note: str = declare(N_("Note"), Kind.LONG)
    closed_at: datetime | None = declare(N_("Closed"), Kind.INSTANT, default=None)


@dataclass(frozen=True, kw_only=True)
class Decision(Record):
    """What was decided, by whom, with effect when. Never edited: a later one supersedes it."""

    title: str = declare(N_("Decision"), required=True, column=True)
    decider: str = declare(N_("Decider"), ref=("person",), column=True, width=14)
    owner: str = declare(N_("Carried out by"), ref=("person",), column=True, width=14)
    function: str = declare(N_("Function"), Kind.REF, ref=("function",), column=True, width=14)
    decided_at: datetime | None = declare(N_("Decided"), Kind.INSTANT, default=None, column=True, width=12)
    due: datetime | None = declare(N_("Effect"), Kind.INSTANT, default=None)
    waiting_on: tuple[str, ...] = declare(
        N_("Concerns"), Kind.NAMES, default=(), ref=("provider", "person")
    )
    blocks: tuple[str, ...] = declare(N_("Settles"), Kind.NAMES, default=(), ref=("blocker",))
    tags: tuple[str, ...] = declare(N_("Tags"), Kind.NAMES, default=())
    case: str = declare(N_("Sensitive file"))
    note: str = declare(N_("Motive"), Kind.LONG)


@dataclass(frozen=True, kw_only=True)
class Function(Record):
    """A function of the company, whoever carries it."""

    name: str = declare(N_("Name"), required=True, column=True)
    kind: str = declare(
        N_("Kind"),
        Kind.CHOICE,
        default="support",
        choices={
            "support": N_("support"),
            "operational": N_("operational"),
            "managerial": N_("managerial"),
        },
        column=True,
        width=14,
    )
    mode: str = declare(N_("Mode"), Kind.CHOICE, default="internal", choices=MODES, column=True, width=14)
    core_value: bool = declare(
        N_("Core value"), Kind.FLAG, default=False, help=N_("To be kept in-house."), column=True, width=8
    )
    criticality: int = declare(
        N_("Criticality"), Kind.NUMBER, default=2, low=1, high=4, help=N_("1 to 4."), column=True, width=6
    )
    recovery_hours: int | None = declare(
        N_("Recovery time"), Kind.NUMBER, default=None, low=0, help=N_("Hours the company can do without it.")
    )
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    expected_benefit: str = declare(N_("Expected benefit"), Kind.LONG)
    baseline_cost: int | None = declare(
        N_("Baseline cost"), Kind.MONEY, default=None, help=N_("Yearly cost if done in-house.")
    )
    review_due: date | None = declare(N_("Review due"), Kind.DATE, default=None)


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """Somebody who carries work, inside or outside."""

    name: str = declare(N_("Name"), required=True, column=True)
    kind: str = declare(
        N_("Kind"),
        Kind.CHOICE,
        default="internal",
        choices={
            "internal": N_("internal"),
            "external": N_("external"),
            "time_shared": N_("time-shared"),
            "interim": N_("interim"),
        },
        column=True,
        width=14,
    )
    role: str = declare(N_("Role"), column=True, width=24)
    provider: str = declare(N_("Provider"), Kind.REF, ref=("provider",), column=True, width=16)
    presence: str = declare(
        N_("Presence"), help=N_("Days and hours, such as `tue,thu 09:00-12:30`; empty follows the company.")
    )
    contact: str = declare(N_("Contact"))
    loaded_rate: int | None = declare(
        N_("Loaded rate"), Kind.MONEY, default=None, help=N_("Full cost of an hour.")
    )
    starts_on: date | None = declare(N_("Start"), Kind.DATE, default=None)
    ends_on: date | None = declare(N_("End of mission"), Kind.DATE, default=None)
    backup: str = declare(N_("Backup"), Kind.REF, ref=("person",), column=True, width=16)


@dataclass(frozen=True, kw_only=True)
class Provider(Record):
    """A company or a freelance that carries a function or sells a tool."""

    name: str = declare(N_("Name"), required=True, column=True)
    category: str = declare(N_("Category"), column=True, width=18)
    siren: str = declare(N_("SIREN"), help=N_("Nine digits."))
    substitutability: int = declare(
        N_("Substitutability"), Kind.CHOICE, default=2, column=True, width=14,
        choices={"1": N_("easy"), "2": N_("difficult"), "3": N_("not substitutable")},
    )
    reintegration: int = declare(
        N_("Reintegration"), Kind.CHOICE, default=2,
        choices={"1": N_("easy"), "2": N_("difficult"), "3": N_("very complex")},
    )
    stop_impact: int = declare(
        N_("Impact of stopping"), Kind.CHOICE, default=2, column=True, width=12,
        choices={"1": N_("low"), "2": N_("medium"), "3": N_("high"), "4": N_("critical")},
    )
    alternative: str = declare(N_("Alternative identified"))
    data_country: str = declare(N_("Country of the data"))
    personal_data: bool = declare(N_("Personal data"), Kind.FLAG, default=False)
    subprocessors: str = declare(N_("Sub-processors"), Kind.LONG)
    last_audit: date | None = declare(N_("Last audit"), Kind.DATE, default=None)
    contact: str = declare(N_("Contact"), column=True, width=24)
    status_source: str = declare(
        N_("Status source"), help=N_("Name of a [[status]] entry of the configuration.")
    )


@dataclass(frozen=True, kw_only=True)
class Contract(Record):
    """What binds the company to a provider, and the hours in which its service counts."""

    name: str = declare(N_("Subject"), required=True, column=True)
    provider: str = declare(
        N_("Provider"), Kind.REF, ref=("provider",), required=True, column=True, width=18
    )
    functions: tuple[str, ...] = declare(
        N_("Functions"), Kind.NAMES, default=(), ref=("function",), column=True, width=18
    )
    reference: str = declare(N_("Reference"))
    starts_on: date | None = declare(N_("Start"), Kind.DATE, default=None, column=True, width=11)
    initial_months: int = declare(N_("Initial term"), Kind.NUMBER, default=12, low=1, help=N_("Months."))
    renewal: str = declare(
        N_("Renewal"), Kind.CHOICE, default="tacit", column=True, width=12,
        choices={"tacit": N_("automatic"), "express": N_("express"), "none": N_("none")},
    )
    renewal_months: int = declare(N_("Renewed for"), Kind.NUMBER, default=12, low=0, help=N_("Months."))
    notice_months: int = declare(
        N_("Notice"), Kind.NUMBER, default=3, low=0, help=N_("Months."), column=True, width=7
    )
    amount: int | None = declare(N_("Yearly amount"), Kind.MONEY, default=None, column=True, width=12)
    hours: str = declare(
        N_("Service hours"),
        help=N_("Such as `mon-fri 09:00-12:30 14:00-18:00` or `24x7`; empty follows the company."),
    )
    timezone: str = declare(N_("Time zone"), help=N_("IANA name; empty follows the company."))
    holidays: str = declare(N_("Public holidays"), help=N_("Such as FR or FR-57; empty follows the company."))
    sla: str = declare(
        N_("Resolution target"), help=N_("Business hours or days, such as `8ho` or `J+1 12:00`.")
    )
    vigilance_expiry: date | None = declare(
        N_("Compliance certificate until"), Kind.DATE, default=None,
        help=N_("URSSAF certificate: from 5,000 euros, renewed every six months."),
    )
    dpa: bool = declare(N_("Data processing agreement"), Kind.FLAG, default=False)
    nda: bool = declare(N_("Confidentiality agreement"), Kind.FLAG, default=False)
    exit_plan: bool = declare(N_("Reversibility clause"), Kind.FLAG, default=False)
    change_of_control: str = declare(
        N_("Change of control"), Kind.CHOICE, default="silent",
        choices={
            "free": N_("free"),
            "consent": N_("consent needed"),
            "termination": N_("may terminate"),
            "silent": N_("silent"),
        },
    )
    document: str = declare(N_("Document"), Kind.LINK)


@dataclass(frozen=True, kw_only=True)
class Ritual(Record):
    """A meeting that comes back, matched with the agenda by its words and its hour."""

    name: str = declare(N_("Name"), required=True, column=True)
    kind: str = declare(
        N_("Kind"),
        Kind.CHOICE,
        default="other",
        choices={
            "kickoff": N_("weekly kick-off"),
            "flash": N_("flash point"),
            "review": N_("priority review"),
            "providers": N_("provider review"),
            "informal": N_("informal moment"),
            "other": N_("other"),
        },
        column=True,
        width=16,
    )
    rule: str = declare(
        N_("When"), required=True, column=True, width=24,
        help=N_("Such as `mon 08:30`, `mon-fri 11:45`, `every 2 weeks fri 16:30`, `monthly 15 09:00`."),
    )
    minutes: int = declare(N_("Minutes"), Kind.NUMBER, default=30, low=1, high=600, column=True, width=8)
    members: tuple[str, ...] = declare(N_("Members"), Kind.NAMES, default=(), ref=("person",))
    matches: str = declare(
        N_("Words in the agenda"), help=N_("Words of the event's title; empty uses the ritual's name.")
    )
    starts_on: date | None = declare(N_("Start"), Kind.DATE, default=None)


@dataclass(frozen=True, kw_only=True)
class Occurrence(Record):
    """One planned meeting of a ritual that somebody said something about (held, missed, agenda shared)."""

    ritual: str = declare(N_("Ritual"), Kind.REF, ref=("ritual",), required=True, column=True)
    planned_at: datetime | None = declare(N_("Planned"), Kind.INSTANT, default=None, required=True)
    status: str = declare(
        N_("Status"),
        Kind.CHOICE,
        default="planned",
        choices={"planned": N_("planned"), "held": N_("held"), "missed": N_("missed")},
        column=True,
        width=10,
    )
    agenda_shared_at: datetime | None = declare(N_("Agenda shared"), Kind.INSTANT, default=None)


REGISTERS: Mapping[str, Register] = {
    r.name: r
    for r in (
        Register("blocker", "B", N_("Blockers"), N_("blocker"),
                 N_("What stops work until somebody acts."), Blocker, "title"),
        Register("priority", "P", N_("Priorities"), N_("priority"),
                 N_("What you mean to get done."), Priority, "title"),
        Register("decision", "D", N_("Decisions"), N_("decision"),
                 N_("What was decided, by whom, with effect when."), Decision, "title", editable=False),
        Register("function", "FN", N_("Functions"), N_("function"),
                 N_("Support, operational and managerial functions, whoever carries them."), Function),
        Register("person", "PE", N_("People"), N_("person"),
                 N_("Who carries work: internal, external, time-shared, interim."), Person),
        Register("provider", "PR", N_("Providers"), N_("provider"),
                 N_("Companies and freelances you depend on."), Provider),
        Register("contract", "CT", N_("Contracts"), N_("contract"),
                 N_("Terms, notice dates and service hours."), Contract),
        Register("ritual", "RT", N_("Rituals"), N_("ritual"),
                 N_("Meetings that come back: kick-off, flash point, reviews."), Ritual),
        Register("occurrence", "RO", N_("Ritual meetings"), N_("ritual meeting"),
                 N_("Planned meetings of rituals that were held, missed or prepared."), Occurrence, "code"),
    )
}  # fmt: skip
"""By table name."""

ORGANISATION = ("function", "person", "provider", "contract", "ritual")
"""The registers that the Organisation screen shows, in its order."""

BY_PREFIX: Mapping[str, Register] = {r.prefix: r for r in REGISTERS.values()}


def register_of(code: str) -> Register | None:
    """The register a code such as `B-41` belongs to."""
    return BY_PREFIX.get(code.partition("-")[0].upper())
