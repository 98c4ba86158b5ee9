"""The chief executive vouches for a key process as it stands, once a year: one key, one command, journaled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import signature as rules
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.process import Process
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.find import find
from cockpit.store.journal import JournalEntry

STATES: Mapping[str, tuple[str, Role, str]] = {
    rules.SIGNED: ("●", Role.GOOD, N_("signed")),
    rules.CHANGED: ("▲", Role.WATCH, N_("changed since it was signed")),
    rules.LATE: ("■", Role.BAD, N_("signature older than a year")),
    rules.NEVER: ("○", Role.QUIET, N_("never signed")),
}
"""Sign, role and word of each state."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A key process and how its signature stands."""

    process: Process
    state: str
    function: str
    """By name."""
    by: str
    """Who signed, by name; empty when nobody did."""
    on: date | None
    due: date | None
    """The last day on which it holds."""


def signatures(workspace: Workspace) -> tuple[Signature, ...]:
    """Every key process, those that lack a signature first."""
    order = {rules.LATE: 0, rules.CHANGED: 1, rules.NEVER: 2, rules.SIGNED: 3}
    names = workspace.names()
    processes = workspace.select(Process, "process", "archived_at IS NULL ORDER BY criticality DESC, number")
    found = [of(workspace, process, names) for process in processes if rules.is_key(process)]
    return tuple(sorted(found, key=lambda each: order[each.state]))


def of(workspace: Workspace, process: Process, names: Mapping[str, str]) -> Signature:
    """How the signature of a process stands."""
    zone = workspace.zone
    return Signature(
        process=process,
        state=rules.judge(process, workspace.today(), zone),
        function=names.get(process.function, process.function),
        by=names.get(process.signed_by, process.signed_by),
        on=process.signed_at.astimezone(zone).date() if process.signed_at else None,
        due=rules.due(process, zone),
    )


def sign(workspace: Workspace, codes: Sequence[str]) -> list[JournalEntry]:
    """Vouch for processes as they stand, all of them or none. Undone like any change.

    Raises UnknownCode, and NotPossible for what is no process in force, or for anybody but the chief executive.
    """
    register, found = REGISTERS["process"], []
    for code in dict.fromkeys(codes):
        _register, record = find(workspace, code)
        if not isinstance(record, Process) or record.archived_at is not None:
            raise NotPossible(code.upper(), _("only a process in force is signed"))
        found.append(record)
    if workspace.me != workspace.chief:
        chief = workspace.names().get(workspace.chief, workspace.chief)
        raise NotPossible(
            ", ".join(each.code for each in found),
            _(
                "only {chief} signs; somebody else is named by “chief” under [company] of the configuration"
            ).format(chief=chief),
        )
    values: dict[str, Value] = {"signed_at": workspace.clock(), "signed_by": workspace.me}
    return workspace.change_all([(register, each, values) for each in found], "process.sign")


def in_words(found: Signature) -> str:
    """`signed by Claire Morel on 12 Mar 2026, until 12 Mar 2027`; what is wrong with it where something is."""
    said = _(STATES[found.state][2])
    if found.on is None or found.due is None:
        return said
    by = _("by {name} on {day}, until {until}").format(
        name=found.by, day=dates.whole_day(found.on), until=dates.whole_day(found.due)
    )
    return f"{said} {by}" if found.state == rules.SIGNED else f"{said} ({by})"


def row(found: Signature) -> Row:
    """A key process and its signature."""
    sign_, role, word = STATES[found.state]
    due = _("until {day}").format(day=dates.whole_day(found.due)) if found.due else ""
    return Row(
        (
            Piece(f"{sign_} ", role),
            Piece(found.process.name, Role.STRONG),
            Piece(f"  {found.function}", Role.QUIET),
        ),
        (Piece(_(word), role), Piece(f"  {due}" if due else "", Role.QUIET)),
        code=found.process.code,
    )


def lines(found: Sequence[Signature]) -> list[str]:
    """All of them as text."""
    if not found:
        return [
            _("No key process yet: a process of core value, or of criticality 3 or 4, is signed each year.")
        ]
    return [row(each).printed for each in found]


def to_json(found: Sequence[Signature]) -> list[dict[str, object]]:
    """With stable keys."""
    return [
        {
            "code": each.process.code, "name": each.process.name, "function": each.function, "state": each.state,
            "signed_at": each.process.signed_at.isoformat() if each.process.signed_at else None,
            "signed_by": each.by or None, "due": each.due.isoformat() if each.due else None,
        }
        for each in found
    ]  # fmt: skip
