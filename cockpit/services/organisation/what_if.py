"""What if somebody leaves: everything that would break, and what is ready there."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import what_if as rules
from cockpit.domain.organisation.what_if import Break, CompanyFacts
from cockpit.domain.records.identities import is_code
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.scope import Scope
from cockpit.domain.registers.tool import Tool
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk import dates, identities, refusal
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import standings
from cockpit.services.records import find, in_force

WHO = ("person", "provider")
"""Registers whose records may leave."""
_WHY: Mapping[str, str] = {
    rules.OWNS: N_("owns it"),
    rules.CARRIES: N_("carries it by contract"),
    rules.ANSWERS: N_("answers for it"),
    rules.ALONE: N_("does it alone"),
    rules.AMONG: N_("does it with others"),
    rules.HOLDS: N_("holds the access"),
    rules.LAST_ADMIN: N_("the only administrator"),
    rules.GIVES: N_("gives"),
    rules.TAKES: N_("receives"),
    rules.KEEPS: N_("keeps it going"),
    rules.BOUND: N_("bound by it"),
    rules.ATTENDS: N_("takes part"),
    rules.DECIDES: N_("decides"),
    rules.DEPUTY: N_("stands in for who decides"),
    rules.BACKS_UP: N_("loses the backup"),
    rules.FILLS: N_("fills the post"),
    rules.SELLS: N_("provides it"),
    rules.WROTE: N_("keeps it up to date"),
    rules.COUNTED_ON: N_("the plan counts on them"),
    rules.IN_HAND: N_("has it in hand"),
    rules.WAITED_FOR: N_("is waited for"),
}
_READY: Mapping[str, str] = {
    rules.EXIT_PLAN: N_("reversibility clause"),
    rules.WRITTEN: N_("the post is written down"),
    rules.EXPORT: N_("data can be taken along"),
}


@dataclass(frozen=True)
class WhatIfGone:
    """The answer about one person or provider."""

    record: Record
    name: str
    breaks: tuple[Break, ...]
    work: tuple[Break, ...]
    """What is open and would be left undone: blockers, priorities, decisions to carry out."""
    names: Mapping[str, str]

    @property
    def ready(self) -> int:
        """For how many of them something is ready."""
        return sum(bool(each.ready) for each in self.breaks)

    @property
    def verdict(self) -> str:
        """One sentence about the whole."""
        n = len(self.work)
        undone = ngettext("{n} open case to hand over", "{n} open cases to hand over", n).format(n=n)
        return f"{self._broken} · {undone}" if n else self._broken

    @property
    def _broken(self) -> str:
        if not self.breaks:
            return _("Nothing that is written down would break without {name}.").format(name=self.name)
        count = len(self.breaks)
        first = ngettext("{n} thing would break", "{n} things would break", count).format(n=count)
        bad = sum(each.critical and not each.ready for each in self.breaks)
        worst = ngettext("{n} critical and not ready", "{n} critical and not ready", bad).format(n=bad)
        return f"{first} · " + _("{n} ready").format(n=self.ready) + (f" · {worst}" if bad else "")

    def ready_words(self, each: Break) -> str:
        """What is ready, in words."""
        if not each.ready:
            return _("to hand over") if each in self.work else _("nothing ready")
        if each.ready in _READY:
            return _(_READY[each.ready])
        return _("ready: {what}").format(what=self.names.get(each.ready, each.ready))


def who(workspace: Workspace, text: str) -> str | None:
    """The code of the person or provider that a text names; None when nobody is. Raises identities.SeveralNames."""
    found = identities.identity(workspace.names(), WHO, text)
    return found if is_code(found) else None


def what_if(workspace: Workspace, code: str) -> WhatIfGone:
    """What would break without that person or provider. Raises work.UnknownCode."""
    register, record = find.find(workspace, code)
    if register.name not in WHO:
        raise refusal.UnknownCode(code)
    everything = company(workspace)
    names = {**workspace.names(), **{each.code: each.name for each in everything.documents}}
    broken, work = rules.breaks(everything, code), rules.open_work(everything, code)
    return WhatIfGone(record, names.get(code, code), broken, work, names)


def company(workspace: Workspace) -> CompanyFacts:
    """The records that the answer is worked out of."""
    live = "archived_at IS NULL ORDER BY number"
    functions = workspace.select(Function, "function", live)
    return CompanyFacts(
        functions=functions,
        people=workspace.select(Person, "person", live),
        processes=workspace.select(Process, "process", live),
        accesses=workspace.select(Access, "access", live),
        interfaces=workspace.select(Interface, "interface", live),
        contracts=in_force.contracts(workspace),
        bound_until=standings.bound_until(workspace),
        rituals=workspace.select(Ritual, "ritual", live),
        circuits=workspace.select(Circuit, "circuit", live),
        plans=workspace.select(Continuity, "continuity", live),
        scopes=workspace.select(Scope, "scope", live),
        tools=workspace.select(Tool, "tool", live),
        documents=workspace.select(Document, "document", live),
        blockers=workspace.select(Blocker, "blocker", f"closed_at IS NULL AND {live}"),
        priorities=workspace.select(Priority, "priority", f"closed_at IS NULL AND {live}"),
        decisions=workspace.select(Decision, "decision", f"done_at IS NULL AND owner != '' AND {live}"),
        criticality={each.code: each.criticality for each in functions},
        left=in_force.gone(workspace),
    )


def kind_title(kind: str) -> str:
    """The register of a break, as a heading."""
    return _(REGISTERS[kind].title)


def why(each: Break) -> str:
    """Why it would break: what the person or provider is to it."""
    if each.until is not None:
        return _("bound until {day}").format(day=dates.whole_day(each.until))
    return _(_WHY[each.why])


def sign(each: Break) -> str:
    """Ready, not ready, or not ready and critical."""
    return "●" if each.ready else "■" if each.critical else "▲"


_ROLES = {"●": Role.GOOD, "▲": Role.WATCH, "■": Role.BAD}


def row(found: WhatIfGone, each: Break) -> Row:
    """What would break, why, and what is ready."""
    glyph = sign(each)
    return Row(
        (
            Piece(f"{glyph} ", _ROLES[glyph]),
            Piece(f"{each.code:<6} ", Role.NOW),
            Piece(each.name, Role.STRONG if each.critical else Role.PLAIN),
            Piece(f" · {why(each)}", Role.QUIET),
        ),
        (Piece(found.ready_words(each), _ROLES[glyph]),),
    )


def lines(found: WhatIfGone) -> list[str]:
    """The answer as text, one register after the other."""
    text = [_("If {name} leaves").format(name=found.name), found.verdict]
    kind = ""
    for each in (*found.breaks, *found.work):
        if each.kind != kind:
            kind = each.kind
            text += ["", kind_title(kind)]
        text.append(f"  {row(found, each).printed}")
    return text


def to_json(found: WhatIfGone) -> dict[str, object]:
    """With stable keys."""
    return {
        "code": found.record.code, "name": found.name, "breaks": len(found.breaks), "ready": found.ready,
        "items": [
            {
                "kind": each.kind, "code": each.code, "name": each.name, "why": each.why,
                "critical": each.critical, "ready": each.ready or None,
                "ready_name": found.names.get(each.ready, each.ready) or None,
            }
            for each in found.breaks
        ],
        "open_work": [
            {"kind": each.kind, "code": each.code, "name": each.name, "why": each.why, "ready": each.ready or None}
            for each in found.work
        ],
    }  # fmt: skip
