"""What the map of a function lacks, and when it turns outside."""

from __future__ import annotations

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.organisation.mapping import Mapped, missing, turns_outside
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.process import Process


@pytest.mark.parametrize(
    ("before", "after", "turns"),
    [
        ("internal", "external", True), ("internal", "mixed", True), ("internal", "time_shared", True),
        ("mixed", "external", True), ("time_shared", "external", True), ("external", "external", False),
        ("mixed", "time_shared", False), ("external", "mixed", False), ("external", "internal", False),
        ("internal", "internal", False), ("internal", None, False),
    ],
)  # fmt: skip
def test_a_function_turns_outside_partly_from_internal_and_wholly_from_partly(
    before: str, after: str | None, turns: bool
) -> None:
    assert turns_outside(Function(code="FN-1", name="a", mode=before), after) is turns


BARE = Function(code="FN-1", name="a", criticality=2)
KNOWN = Mapped(
    Function(code="FN-1", name="a", owner="PE-1", criticality=2),
    interfaces=[
        Interface(
            code="IF-1", name="b", source="FN-1", target="PR-1", owner="PE-1", cadence_days=7, channel="mail"
        ),
    ],
    processes=[Process(code="PS-1", name="c", function="FN-1", accountable="PE-1", responsible=("PE-2",))],
    documents=1,
)  # fmt: skip
CRITICAL = replace(KNOWN.function, criticality=3)


def interfaces(count: int, **known: object) -> list[Interface]:
    return [
        Interface(code=f"IF-{n}", name="b", source="FN-1", target="PR-1", **known)  # type: ignore[arg-type]
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("known", "lacks"),
    [
        (KNOWN, ()),
        (Mapped(BARE), ("an owner", "an interface from it or to it", "a process", "a document")),
        (
            Mapped(replace(BARE, criticality=3)),
            (
                "an owner",
                "an interface from it or to it",
                "a process",
                "a document",
                "a continuity plan with a backup",
            ),
        ),
        (replace(KNOWN, function=CRITICAL), ("a continuity plan with a backup",)),
        (replace(KNOWN, function=replace(CRITICAL, criticality=4)), ("a continuity plan with a backup",)),
        (
            replace(KNOWN, function=CRITICAL, plans=[Continuity(code="CP-1", name="d", function="FN-1")]),
            ("a continuity plan with a backup",),
        ),
        (
            replace(
                KNOWN,
                function=replace(CRITICAL, criticality=4),
                plans=[
                    Continuity(code="CP-1", name="d", function="FN-1"),
                    Continuity(code="CP-2", name="e", function="FN-1", backup="PE-2"),
                ],
            ),
            (),
        ),
        (
            replace(KNOWN, interfaces=interfaces(2)),
            ("an owner of IF-1, IF-2", "a cadence of IF-1, IF-2", "a channel of IF-1, IF-2"),
        ),
        (
            replace(KNOWN, interfaces=interfaces(4, owner="PE-1", channel="m")),
            ("a cadence of IF-1, IF-2, IF-3, IF-4",),
        ),
        (
            replace(KNOWN, interfaces=interfaces(5, owner="PE-1", cadence_days=1)),
            ("a channel of IF-1, IF-2, IF-3, IF-4 and 1 more",),
        ),
        (
            replace(KNOWN, interfaces=interfaces(6, channel="m", cadence_days=1)),
            ("an owner of IF-1, IF-2, IF-3, IF-4 and 2 more",),
        ),
        (
            replace(KNOWN, processes=[Process(code="PS-1", name="c", function="FN-1"), *KNOWN.processes]),
            ("an A for PS-1", "an R for PS-1"),
        ),
        (
            replace(KNOWN, processes=[Process(code="PS-2", name="c", function="FN-1", accountable="PE-1")]),
            ("an R for PS-2",),
        ),
        (replace(KNOWN, documents=0), ("a document",)),
    ],
)
def test_what_the_map_of_a_function_lacks_is_said_in_the_order_in_which_it_is_filled_in(
    known: Mapped, lacks: tuple[str, ...]
) -> None:
    assert missing(known) == lacks
