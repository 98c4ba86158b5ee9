"""Reads a line that was typed, with the names that the registers know; explains and completes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cockpit.domain.records.confidentiality import restricted
from cockpit.domain.records.record import Value
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.severity import SEVERITIES
from cockpit.domain.text import TITLE_LIMIT, clean, typed
from cockpit.domain.work import quick_entry
from cockpit.domain.work.entry import BusinessDays, BusinessSeconds, Entry, PolicyTarget
from cockpit.domain.work.known_names import KnownName, KnownNames, as_typed, completion_at, near_duplicate
from cockpit.locale import N_, _, pgettext
from cockpit.services.desk import date_phrases, dates, identities
from cockpit.services.desk.workspace import Workspace

_NOT_UNDERSTOOD = N_("“{detail}” was not understood")
WARNINGS = {
    "bad_due": N_("“{detail}” is not a date; it stays in the title"),
    "bad_since": N_("“{detail}” is not a date; it stays in the title"),
    "bad_sla": N_("“{detail}” is not a target; it stays in the title"),
    "bad_conf": N_("“{detail}” is not a level from 0 to 3; it stays in the title"),
    "bad_blocks": N_("“{detail}” is not a code such as B-12; it stays in the title"),
    "bad_case": N_("“{detail}” is not a name; it stays in the title"),
    "unknown_severity": N_("“{detail}” is not a severity; it stays in the title"),
    "ambiguous": N_("“{detail}” fits several names"),
    "no_mark": N_("a word looks like a marker: {detail} is meant?"),
    "duplicate": N_("{detail} is given twice: the last one counts"),
    "non_business_day": N_("that day is closed"),
}
WAITED_FOR, CARRIES = ("provider", "person"), ("person", "provider")
"""Registers of those who may be waited for, and of those who may carry something, in the order of preference."""
_NEXT = 300
"""Days within which a day and a month say which year is meant."""
_RECENT = 400
"""Records whose names tell which are used most."""


def known(workspace: Workspace) -> KnownNames:
    """The names of the registers, most used first."""
    used = _used(workspace)

    def of(table: str, where: str = "") -> tuple[KnownName, ...]:
        rows = workspace.conn.execute(f"SELECT code, name FROM {table} WHERE archived_at IS NULL {where}")
        found = sorted(rows, key=lambda row: (-used.get(row["code"], 0), row["name"]))
        return tuple(KnownName(row["name"], row["code"]) for row in found if row["name"] != restricted())

    me = workspace.me
    people = of("person")
    name = next((each.name for each in people if each.code == me), me)
    return KnownNames(
        functions=of("function"), people=people, providers=of("provider"), me=name,
        policies=of("policy", "AND coalesce(period, 'none') = 'none'"),
    )  # fmt: skip


def due_on(workspace: Workspace, day: date) -> str:
    """The mark that makes a line due on a day, in the words of the language: `pour:mar. 24 nov. `.

    Empty for a day that is past: nothing new is due then.
    """
    today = workspace.today()
    if day < today:
        return ""
    # Without its year a date is the next one of that name.
    words = dates.day_and_month(day) if (day - today).days < _NEXT else dates.long_date(day)
    return pgettext("typed", "due:{day} ").format(day=words)


def understand(workspace: Workspace, line: str, names: KnownNames | None = None) -> Entry:
    """What a line says. Nothing is stored, nothing is lost."""
    return quick_entry.parse(
        typed(line),
        now=workspace.now(),
        context=date_phrases.context(workspace),
        known=names if names is not None else known(workspace),
    )


def values_of(workspace: Workspace, kind: str, entry: Entry) -> dict[str, Value]:
    """The fields of the record that an entry says.

    What such a record has no field for goes to its note, in the words that were typed. Raises identities.SeveralNames
    where a name is that of two, and `sensitive_files.UnknownFile`.
    """
    register = REGISTERS[kind]
    fields = {field.name for field in register.fields}
    code = _Codes(workspace)
    values: dict[str, Value] = {
        "title": clean(entry.title, TITLE_LIMIT),
        "function": code.of(entry.functions[0], "function") if entry.functions else None,
        "waiting_on": tuple(code.of(name, *WAITED_FOR) for name in entry.waiting_on),
        "owner": code.of(entry.owner, *CARRIES) if entry.owner else workspace.me,
        "severity": entry.severity or "p3",
        "due": entry.due,
        "next_step": entry.next_step or "",
        "case": entry.case or "",
        "conf": 1 if entry.confidentiality is None else entry.confidentiality,
        "blocks": entry.blocks,
        "tags": (*entry.functions[1:], *entry.tags),
        "spent_minutes": entry.spent_minutes or 0,
        "note": " // ".join(filter(None, (entry.note, *without_place(kind, entry), *_overflow(entry)))),
    }
    if kind == "blocker":
        values |= {"since": entry.since or workspace.clock(), "sla": _target_text(entry)}
        values["status"] = "waiting" if entry.waiting_on else "open"
    if kind == "decision":
        values |= {"decided_at": workspace.clock(), "decider": workspace.me}
    kept: dict[str, Value] = {n: value for n, value in values.items() if n in fields and value is not None}
    if entry.case:
        from cockpit.services.records import sensitive_files

        return sensitive_files.within(workspace, kept)
    return kept


def _overflow(entry: Entry) -> tuple[str, ...]:
    """The whole of a title that is too long to be one."""
    return (entry.title,) if len(entry.title) > TITLE_LIMIT else ()


def without_place(kind: str, entry: Entry) -> tuple[str, ...]:
    """The words that were understood but that such a record has no field for."""
    fields = {field.name for field in REGISTERS[kind].fields} | {"tags", "note"}
    return tuple(chip.raw for chip in entry.chips if chip.field not in fields)


class _Codes:
    """What stands for a name, looked up in the registers that the field refers to."""

    def __init__(self, workspace: Workspace) -> None:
        self.names = workspace.names()

    def of(self, name: str, *registers: str) -> str:
        """The code, or the name itself when none of the registers knows it. Raises identities.SeveralNames."""
        return identities.identity(self.names, registers, name)

    def shown(self, name: str, *registers: str) -> str:
        """The same, to show what a line says: a name that fits several stays a name."""
        try:
            return self.of(name, *registers)
        except identities.SeveralNames:
            return name

    def told(self, entry: Entry) -> tuple[str, ...]:
        """Whom a line waits for and who carries it, by name; one that no record has says so."""
        waiting = (self.shown(name, *WAITED_FOR) for name in entry.waiting_on)
        owner = (self.shown(name, *CARRIES) for name in (entry.owner,) if name)
        return identities.called(self.names, *waiting), identities.called(self.names, *owner)


def summary(workspace: Workspace, entry: Entry) -> str:
    """How the line was understood, in a line: `Title · Paie+ · RH · P1 · Tue 24 Nov · Sophie`."""
    now = workspace.now()
    waiting_on, owner = _Codes(workspace).told(entry)
    parts = [entry.title or "…", *filter(None, (waiting_on,)), *entry.functions]
    parts += [f"+{tag}" for tag in entry.tags]
    parts += [f"{entry.severity.upper()} {_(SEVERITIES[entry.severity])}"] if entry.severity else []
    if entry.due:
        year = f" {entry.due.year}" if entry.due.year != now.year else ""
        parts.append(f"{dates.day_and_month(entry.due)}{year} {entry.due:%H:%M}")
    parts += [_("since {when}").format(when=dates.moment(entry.since, now))] if entry.since else []
    parts += [owner] if owner else []
    parts += [f"SLA {_promise(workspace, entry)}"] if entry.sla else []
    parts += [f"→ {entry.next_step}"] if entry.next_step else []
    parts += [_("file {name}").format(name=entry.case)] if entry.case else []
    parts += [_("conf. {n}").format(n=entry.confidentiality)] if entry.confidentiality is not None else []
    parts += [_("blocks {codes}").format(codes=", ".join(entry.blocks))] if entry.blocks else []
    parts += [_("{n} min").format(n=entry.spent_minutes)] if entry.spent_minutes else []
    parts += [f"// {entry.note}"] if entry.note else []
    return " · ".join(parts)


def _promise(workspace: Workspace, entry: Entry) -> str:
    from cockpit.services.promises.promise_words import promise_words

    code = _Codes(workspace)
    waiting_on = tuple(code.shown(name, *WAITED_FOR) for name in entry.waiting_on)
    function = code.shown(entry.functions[0], "function") if entry.functions else ""
    return promise_words(workspace, entry, waiting_on, function)


def explain(workspace: Workspace, entry: Entry, kind: str = "blocker") -> list[str]:
    """The warnings, in words, and what would be refused."""
    found = [_("“{words}” goes to the note").format(words=words) for words in without_place(kind, entry)]
    try:
        values_of(workspace, kind, entry)
    except Refusal as refused:
        found.append(str(refused))
    for warning in entry.warnings:
        code, _colon, detail = warning.partition(":")
        if code == "ambiguous" and any(detail in said for said in found):
            continue  # told with the names that it fits
        if code == "duplicate":
            detail = _label(detail)
        found.append(_(WARNINGS.get(code, _NOT_UNDERSTOOD)).format(detail=detail or code))
    if isinstance(entry.sla, PolicyTarget) and not _is_promise(workspace, entry.sla.name):
        found.append(_("“{detail}” is no target, such as 4ho or J+1 18h").format(detail=entry.sla.name))
    return found


def _is_promise(workspace: Workspace, name: str) -> bool:
    from cockpit.services.promises.promises import named_policy

    return named_policy(workspace, name) is not None


def _label(name: str) -> str:
    """A field of an entry by the name that a person reads."""
    labels = {field.name: field.label for field in REGISTERS["blocker"].fields}
    return _(labels.get(name, name)).lower()


def complete(line: str, cursor: int, names: KnownNames) -> tuple[int, int, tuple[str, ...]] | None:
    """What may stand between two places of the line, best first; None where no name is being typed."""
    found = completion_at(line, cursor, names)
    return (found.start, found.end, tuple(map(as_typed, found.candidates))) if found else None


def refuse_last(workspace: Workspace, line: str, names: KnownNames) -> str | None:
    """The line with its last understood mark made literal by a backslash; None when there is none."""
    chips = understand(workspace, line, names).chips
    if not chips:
        return None
    last = max(chips, key=lambda chip: chip.start)
    return f"{line[: last.start]}\\{line[last.start :]}"


def duplicate(workspace: Workspace, entry: Entry) -> str | None:
    """The code of an open blocker that says nearly the same."""
    rows = workspace.conn.execute(
        "SELECT blocker.code, title, coalesce(function.name, '') AS function FROM blocker"
        " LEFT JOIN function ON function.code = blocker.function"
        " WHERE blocker.closed_at IS NULL AND blocker.archived_at IS NULL ORDER BY blocker.number DESC LIMIT ?",
        (_RECENT,),
    )
    return near_duplicate(
        entry.title, entry.functions, ((r["code"], r["title"], r["function"]) for r in rows)
    )


def _used(workspace: Workspace) -> dict[str, int]:
    """How often each code stands in the newest blockers."""
    import json

    used: dict[str, int] = {}
    rows: Iterable[tuple[str | None, str | None, str | None]] = workspace.conn.execute(
        "SELECT waiting_on, owner, function FROM blocker ORDER BY number DESC LIMIT ?", (_RECENT,)
    )
    for waiting_on, owner, function in rows:
        for code in (*json.loads(waiting_on or "[]"), owner, function):
            if code:
                used[code] = used.get(code, 0) + 1
    return used


def _target_text(entry: Entry) -> str:
    """The target as the record keeps it: short, and read again by `parse_target`."""
    target = entry.sla
    if isinstance(target, BusinessSeconds):
        hours, rest = divmod(target.seconds // 60, 60)
        return f"{hours}ho{rest:02}" if rest else f"{hours}ho"
    if isinstance(target, BusinessDays):
        return f"J+{target.n} {target.at}"
    return target.name if isinstance(target, PolicyTarget) else ""
