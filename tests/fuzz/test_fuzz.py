"""A few inputs at every door; many, at length: `python -m tests.fuzz`."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.__main__ import DOORS, REFUSED, TAKEN, tried


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.filterwarnings("ignore")
def test_any_input_is_taken_or_refused_in_a_sentence(name: str) -> None:
    door = DOORS[name]
    outcomes = {
        tried(door, random.Random(f"{name} {number}")) for number in range(max(5, int(150 * door.share)))
    }
    assert outcomes <= {TAKEN, REFUSED}
    assert TAKEN in outcomes, "or nothing would be tried"
