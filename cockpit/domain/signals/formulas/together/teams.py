"""Teams: who of the company's own people belong to a function. What is measured of them is never about one person."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.registers.function import Function
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.scope import Scope
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import COMPANY
from cockpit.domain.text import fold

LEAST = 3
"""People under which nothing is measured: it would be about somebody."""
_ASSISTANT = "assist"


def teams(facts: Facts) -> Mapping[str, frozenset[str]]:
    """The codes of the own people of the company, and of each function that has three or more."""
    people = {
        each.code
        for each in facts.of(Person)
        if each.kind == "internal" and each.code not in facts.gone and each.code not in facts.chief
        and _ASSISTANT not in fold(each.role)
    }  # fmt: skip
    found: dict[str, set[str]] = {each.code: {each.owner} for each in facts.of(Function)}
    for process in facts.of(Process):
        members = found.setdefault(process.function, set())
        members.update((process.accountable, process.coordinator, *process.responsible))
    for scope in facts.of(Scope):
        found.setdefault(scope.function, set()).add(scope.holder)
    teams = {COMPANY: frozenset(people)} | {
        code: frozenset(members & people) for code, members in found.items() if code
    }
    return {code: members for code, members in teams.items() if len(members) >= LEAST}


def called(facts: Facts, members: frozenset[str]) -> frozenset[str]:
    """What those people go by, folded: the journal is signed by names."""
    names = {fold(each.name) for each in facts.of(Person) if each.code in members}
    return frozenset(names | {fold(each) for each in members})
