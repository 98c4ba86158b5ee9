"""The faults of a RACI grid: exactly one is accountable, somebody is responsible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.domain.registers.process import Process
from cockpit.domain.text import fold

NO_A, TWO_A, NO_R, UNCOORDINATED = "no_a", "two_a", "no_r", "uncoordinated"


def roles(process: Process) -> dict[str, str]:
    """The letters of each party of a process, such as `AR`, by its code."""
    named = (
        ("A", (process.accountable,)), ("R", process.responsible), ("C", process.consulted),
        ("I", process.informed),
    )  # fmt: skip
    found: dict[str, str] = {}
    for letter, codes in named:
        for code in codes:
            if code and letter not in found.get(code, ""):
                found[code] = found.get(code, "") + letter
    return found


def faults(processes: Sequence[Process]) -> Mapping[str, tuple[str, ...]]:
    """What is wrong with each process, by its code; one without fault is left out.

    Two records of one process (same function, same name) that name two people are one process with two A.
    """
    answers: dict[tuple[str, str], set[str]] = {}
    for each in processes:
        if each.accountable:
            answers.setdefault(_same(each), set()).add(each.accountable)
    found = {}
    for each in processes:
        wrong = []
        if len(answers.get(_same(each), ())) > 1:
            wrong.append(TWO_A)
        if not each.accountable:
            wrong.append(NO_A)
        if not each.responsible:
            wrong.append(NO_R)
        if len(each.responsible) > 1 and not each.coordinator:
            wrong.append(UNCOORDINATED)
        if wrong:
            found[each.code] = tuple(wrong)
    return found


def _same(process: Process) -> tuple[str, str]:
    return process.function, fold(process.name)
