"""The doubts on what is entered, by whichever way: a field, a new record, several at once, a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.changes.judge import judge as judged
from cockpit.domain.changes.soundness import Doubt, KnownRecords, identity
from cockpit.domain.records.record import Record, Register, Value, defaults
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import ORGANISATION
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force


class Unsound(Refusal):
    """What would be written does not hold together; the message, already translated, says the way out."""

    def __init__(self, doubts: tuple[Doubt, ...], code: str = "") -> None:
        words = "; ".join(doubt.words for doubt in doubts)
        super().__init__(_("{name}: {value}").format(name=code, value=words) if code else words)
        self.doubts = doubts


def judge(  # noqa: PLR0917 - the last two are for the lines of a file
    workspace: Workspace,
    register: Register,
    found: Record | None,
    values: Mapping[str, Value],
    known: KnownRecords | None = None,
    code: str = "",
) -> tuple[Doubt, ...]:
    """The doubts on giving a record these values (None: a new one), refused ones first.

    `known` saves reading the other records again for each line of a file: see `known_of`. Its `note`
    has the next line judged as if this one were written. `code` is what stands for a new one until then.
    """
    if register.name not in ORGANISATION:
        return ()
    if known is None:
        known = known_of(workspace, register)
    before = {f.name: getattr(found, f.name) for f in register.fields} if found else defaults(register)
    code = found.code if found else code
    changed = frozenset(
        name for name, value in values.items() if found is None or value != before.get(name)
    )  # fmt: skip
    return judged(register, code, {**before, **values}, changed, known)


def of_record(workspace: Workspace, register: Register, found: Record) -> tuple[Doubt, ...]:
    """The doubts on a record as it stands."""
    if register.name not in ORGANISATION:
        return ()
    values = {f.name: getattr(found, f.name) for f in register.fields}
    return judged(register, found.code, values, frozenset(values), known_of(workspace, register))


def taken(workspace: Workspace, register: Register, found: Record) -> tuple[Doubt, ...]:
    """What keeps an archived record from coming back: another one has its name now."""
    values = {f.name: getattr(found, f.name) for f in register.fields}
    return tuple(
        each for each in judge(workspace, register, None, values) if each.refused and each.field == "name"
    )


def refuse(
    workspace: Workspace,
    register: Register,
    found: Record | None,
    values: Mapping[str, Value],
    known: KnownRecords | None = None,
) -> None:
    """Raises Unsound when a doubt is refused."""
    doubts = tuple(d for d in judge(workspace, register, found, values, known) if d.refused)
    if doubts:
        raise Unsound(doubts)


def known_of(workspace: Workspace, register: Register) -> KnownRecords:
    """What the rules of a register need to know of the other records."""
    names = workspace.shown.names()
    known = KnownRecords(
        today=workspace.today(), names=names, archived=names.archived, left=_left(workspace),
        same=_same(workspace, register),
    )  # fmt: skip
    if register.name == "person":
        known.backups = _pairs(workspace, "SELECT code, backup FROM person WHERE backup != ''")
    if register.name == "circuit":
        known.deputies = {}
        for row in workspace.conn.execute(
            "SELECT decider, deputy FROM circuit WHERE archived_at IS NULL AND decider != '' AND deputy != ''"
        ):
            known.deputies.setdefault(row["decider"], set()).add(row["deputy"])
    if register.name in ("function", "continuity"):
        known.owners = _pairs(workspace, "SELECT code, owner FROM function WHERE owner != ''")
        known.recovery = {
            row["code"]: row["recovery_hours"]
            for row in workspace.conn.execute(
                "SELECT code, recovery_hours FROM function WHERE recovery_hours IS NOT NULL"
            )
        }
        known.carriers = _carriers(workspace)
        known.plans = _plans(workspace)
    return known


def _left(workspace: Workspace) -> dict[str, date]:
    rows = workspace.conn.execute(
        "SELECT code, ends_on FROM person WHERE ends_on < ? AND archived_at IS NULL",
        (workspace.today().isoformat(),),
    )
    return {row["code"]: date.fromisoformat(row["ends_on"]) for row in rows}


def _same(workspace: Workspace, register: Register) -> dict[tuple[str, ...], str]:
    names = register.apart
    if names is None:
        return {}
    columns = ", ".join(f'"{name}"' for name in ("code", "name", *names))
    found: dict[tuple[str, ...], str] = {}
    for row in workspace.conn.execute(
        f"SELECT {columns} FROM {register.name} WHERE archived_at IS NULL ORDER BY number"
    ):
        key = identity(register, dict(row))
        if key is not None:
            found.setdefault(key, row["code"])
    return found


def _pairs(workspace: Workspace, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in workspace.conn.execute(f"{query} AND archived_at IS NULL")}


def _carriers(workspace: Workspace) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in workspace.conn.execute(
        "SELECT value AS function, provider FROM contract, json_each(contract.functions)"
        f" WHERE {in_force.IN_FORCE}",
        (workspace.today().isoformat(),),
    ):
        found.setdefault(row["function"], set()).add(row["provider"])
    return {function: frozenset(providers) for function, providers in found.items()}


def _plans(workspace: Workspace) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in workspace.conn.execute(
        "SELECT code, function, backup FROM continuity WHERE archived_at IS NULL AND backup != ''"
    ):
        found.setdefault(row["function"], {})[row["code"]] = row["backup"]
    return found
