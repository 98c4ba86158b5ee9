"""When a function turns outside."""

from __future__ import annotations

import pytest

from cockpit.domain.organisation.mapping import turns_outside
from cockpit.domain.registers.function import Function


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
