"""A priority, a blocker and kept time, each with its present state, as a row and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.hold import Hold
from cockpit.domain.registers.priority import Priority
from cockpit.domain.work.heat import REASONS, Heat
from cockpit.locale import _, current
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.row import ROOMY, Piece, Role, Row
from cockpit.services.promises import left
from cockpit.services.promises import rows as promises_rows
from cockpit.services.promises.left import ClockReading
from cockpit.services.promises.open import SlaRow

SEVERITY: Mapping[str, Piece] = {
    "p1": Piece("■ ", Role.STRONG),
    "p2": Piece("▲ "),
    "p3": Piece("● ", Role.QUIET),
    "p4": Piece("· ", Role.QUIET),
}
"""The sign of each severity. Its colour is kept for what is late, or will be unless somebody acts."""
_HOUR_AT = 94
"""A little below ROOMY: a list as wide as a usual terminal keeps the hours of its due days when rows are marked."""
_NAMED_AT, _NAME = 46, 12
"""The title is what one reads: the function only takes room that it does not need."""


@dataclass(frozen=True)
class PriorityRow:
    """A priority, and whether it is one of the three of the day."""

    record: Priority
    top: bool
    core: bool


@dataclass(frozen=True)
class BlockerRow:
    """A blocker and the reasons of its rank."""

    record: Blocker
    heat: Heat


def priority(
    record: Priority, at: datetime, names: Mapping[str, str], *, top: bool, core: bool, carried: int
) -> Row:
    """`1 ■ Sign the amendment ↻2 ◆      Payroll  Fri`."""
    left = [Piece(f"{record.rank} ", Role.CHOSEN) if top else Piece("· ", Role.QUIET)]
    left += [_sign(record, at)] if record.severity in ("p1", "p2") else []
    left.append(Piece(record.title, Role.STRONG if top else Role.PLAIN))
    left += [Piece(f" {tag}", Role.QUIET) for tag in record.tags if tag.startswith("B-")]
    left += [Piece(f" ↻{carried}", Role.WATCH)] if carried else []
    left += [Piece(" ◆", Role.NOW)] if core else []
    function = names.get(record.function, record.function)
    right = []
    if function:
        right = [Piece(function, Role.QUIET, at=_NAMED_AT, most=_NAME), Piece("  ", at=_NAMED_AT)]
    facts = _people(record, names)
    return Row(tuple(left), (*right, *_due(record, at)), facts, record.code)


def of_priority(row: PriorityRow, at: datetime, names: Mapping[str, str], carried: int | None = None) -> Row:
    """The row of a priority; `carried` when it counts other days than those that are stored."""
    times = row.record.carried if carried is None else carried
    return priority(row.record, at, names, top=row.top, core=row.core, carried=times)


def blocker(record: Blocker, at: datetime, names: Mapping[str, str], clock: SlaRow | None = None) -> Row:
    """`■   5 d Payslips: gaps            L2 ██████ late 1 h 12`, then whom we wait for, who has it, what is next.

    The figure is that of the `clock` that runs on it, else when it is due.
    """
    age = waited(record, at)
    level = [Piece(_("L{n}").format(n=record.level) + " ", Role.WATCH)] if record.level else []
    said = left.reading(clock.record, clock.calendar, at) if clock and record.closed_at is None else None
    sign = _sign(record, at, said)
    owner = names.get(record.owner, record.owner)
    facts = [] if owner else [Piece(_("no owner"), Role.WATCH)]
    facts += _people(record, names)
    if record.next_step:
        facts.append(Piece(f"→ {record.next_step}"))
    elif record.closed_at is None:
        facts.append(Piece(_("no next step"), Role.QUIET))
    if record.function:
        facts.append(Piece(names.get(record.function, record.function), Role.QUIET, at=ROOMY))
    return Row(
        (sign, Piece(age, Role.QUIET, column=-6), Piece(" "), Piece(record.title)),
        (*level, *([promises_rows.figure(said)] if said else _due(record, at))),
        tuple(facts),
        record.code,
        promises_rows.gauge(said) if said else None,
    )


def waited(record: Blocker, at: datetime) -> str:
    """`5 d`: since when it stops work, said the same in every place."""
    return dates.age((at - (record.since or record.created_at or at)).total_seconds())


def hold(item: Hold, at: datetime) -> Row:
    """Time that is kept for a priority: `14:00 ▣ Sign the amendment   15:00`."""
    hours = [f"{each.astimezone(at.tzinfo):%H:%M}" for each in (item.starts_at, item.ends_at) if each]
    left = (Piece(f"{hours[0] if hours else ''} ", Role.QUIET), Piece(f"▣ {item.title}", Role.NOW))
    return Row(left, tuple(Piece(f"→ {until}", Role.QUIET) for until in hours[1:]))


def priority_json(row: PriorityRow) -> dict[str, object]:
    """With stable keys: the fields of the record, and whether it is one of the day's three."""
    return {"of_the_day": row.top, **as_json.of_record(row.record, REGISTERS["priority"])}


def blocker_json(row: BlockerRow) -> dict[str, object]:
    """With stable keys: the fields of the record, and its heat."""
    return {"heat": row.heat.total, **as_json.of_record(row.record, REGISTERS["blocker"])}


def heat_reasons(found: Heat) -> str:
    """The parts of a heat, strongest first."""
    parts = sorted(found.parts, key=lambda part: -abs(part.points))
    return " + ".join(f"{points(part.points)} {_(REASONS[part.reason])}" for part in parts)


def points(number: float) -> str:
    """A number with the decimal sign of the current language."""
    text = f"{number:.1f}"
    return text.replace(".", ",") if current() == "fr" else text


def _sign(record: Blocker | Priority, at: datetime, said: ClockReading | None = None) -> Piece:
    """The sign of its severity: red once its time has passed, amber while that is near."""
    sign = SEVERITY.get(record.severity, SEVERITY["p3"])
    due = record.due
    if record.closed_at is not None:
        return sign
    if (said is not None and said.level == left.RED) or (due is not None and due < at):
        return sign._replace(role=Role.BAD)
    if said is not None and said.level in (left.AMBER, left.ORANGE):
        return sign._replace(role=Role.WATCH)
    return sign


def _people(record: Blocker | Priority, names: Mapping[str, str]) -> tuple[Piece, ...]:
    found = []
    if record.waiting_on:
        waiting = ", ".join(names.get(name, name) for name in record.waiting_on)
        found.append(Piece(_("waits: {who}").format(who=waiting), Role.OTHERS))
    owner = names.get(record.owner, record.owner)
    if owner:
        found.append(Piece(owner, Role.QUIET))
    return tuple(found)


def _due(record: Blocker | Priority, at: datetime) -> tuple[Piece, ...]:
    """When it is due, red once that is past, orange within a day; what is closed is due no more."""
    if record.closed_at is not None:
        return (Piece(_("closed"), Role.QUIET),)
    due = record.due
    if due is None:
        return ()
    local = due.astimezone(at.tzinfo)
    if due < at:
        return (Piece(_("late {span}").format(span=dates.duration((at - due).total_seconds())), Role.BAD),)
    role = Role.WATCH if due - at < timedelta(days=1) else Role.QUIET
    hour = f"{local:%H:%M}"
    if local.date() == at.date():
        return (Piece(hour, role),)
    return (Piece(dates.day_label(local.date(), at.date()), role), Piece(f" {hour}", role, at=_HOUR_AT))
