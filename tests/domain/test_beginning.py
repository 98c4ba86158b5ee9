"""The laws of the next five things: few, in one order, each gone by itself, none back that was put aside."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.beginning import MOST, THINGS, BeginningFacts, carried, listed, next_things
from cockpit.domain.dataclasses import asdict, replace

IDS = [each.id for each in THINGS]
COUNTS = [name for name in asdict(BeginningFacts()) if name not in ("named", "exposed")]
FACTS = st.builds(
    BeginningFacts, named=st.booleans(), exposed=st.integers(0, 2), **{n: st.integers(0, 2) for n in COUNTS}
)
ASIDE = st.frozensets(st.sampled_from(IDS))
FULL = BeginningFacts(named=True, exposed=0, **dict.fromkeys(COUNTS, 1))


@given(FACTS, ASIDE)
def test_there_are_never_more_than_five_and_each_of_them_lacks_and_was_not_put_aside(
    facts: BeginningFacts, aside: frozenset[str]
) -> None:
    found = next_things(facts, aside)
    assert len(found) <= MOST
    assert all(each.lacks(facts) and each.id not in aside for each in found)
    assert [each.id for each in found] == sorted((each.id for each in found), key=IDS.index)


@given(FACTS, ASIDE, st.sampled_from(IDS))
def test_what_is_put_aside_goes_and_only_makes_room_for_the_next_one(
    facts: BeginningFacts, aside: frozenset[str], one: str
) -> None:
    before = [each.id for each in next_things(facts, aside)]
    after = [each.id for each in next_things(facts, aside | {one})]
    assert [each for each in before if each != one] == after[: len(before) - (one in before)]


@given(FACTS, ASIDE, st.sampled_from(COUNTS))
def test_what_is_done_is_gone_by_itself(facts: BeginningFacts, aside: frozenset[str], done: str) -> None:
    before = {each.id for each in next_things(facts, aside)}
    one: Any = {done: 1}
    gone = before - {each.id for each in next_things(replace(facts, **one), aside)}
    # Naming the first provider asks for its contract: one thing may take the room of another, none more.
    assert len(gone) <= 1 + (done == "providers")


def test_each_thing_lacks_in_an_empty_company_but_those_that_need_another_first() -> None:
    empty = BeginningFacts()
    assert [each.id for each in THINGS if not each.lacks(empty)] == ["contract", "exposed"]
    assert [each.id for each in THINGS if each.lacks(FULL)] == []
    exposed = [each.id for each in THINGS if each.lacks(replace(FULL, exposed=1))]
    assert exposed == ["exposed"], "one function that nobody takes over is one too many"
    assert len(set(IDS)) == len(IDS)


def test_functions_are_named_in_one_line_with_who_carries_them() -> None:
    assert carried("Paie @Paie+,  IT@InfoSud ; Production\npaie") == (
        ("Paie", "Paie+"), ("IT", "InfoSud"), ("Production", ""),
    )  # fmt: skip
    assert carried(" , @Paie+ ;") == ()
    assert listed("@Slack, Orange ;slack\n FroidPlus  13,") == ("slack", "Orange", "FroidPlus 13")


@pytest.mark.parametrize("sign", [" @", "@", ": ", " : ", ": @", " = ", " -> ", " → ", "→@"])
def test_who_carries_a_function_is_read_as_people_write_it(sign: str) -> None:
    assert carried(f"Paie{sign}Paie+, Production") == (("Paie", "Paie+"), ("Production", ""))


def test_what_is_no_function_is_left_out_whatever_sign_it_has() -> None:
    assert carried(": Paie+, -> x") == ()


@given(st.text(max_size=40))
def test_any_line_of_names_is_read_and_gives_no_empty_name(text: str) -> None:
    assert all(name.strip() for name in listed(text))
    assert all(function.strip() for function, _provider in carried(text))


@pytest.mark.parametrize(
    ("thing", "lacking"),
    [
        ("company", {"named": False}), ("agenda", {"agendas": 0}), ("blockers", {"blockers": 0}),
        ("priorities", {"priorities": 0}), ("functions", {"functions": 0}), ("page", {"pages": 0}),
        ("ritual", {"rituals": 0}),
        ("review", {"reviews": 0}), ("contract", {"dated_contracts": 0}), ("backup", {"backups": 0}),
        ("exposed", {"exposed": 1}),
        ("exposed", {"exposed": 2}), ("audit", {"self_audits": 0}), ("channel", {"channels": 0}),
        ("providers", {"providers": 0, "dated_contracts": 0}),
    ],
)  # fmt: skip
def test_what_is_not_there_is_asked_for_by_itself(thing: str, lacking: dict[str, Any]) -> None:
    assert [each.id for each in next_things(replace(FULL, **lacking), ())] == [thing]


def test_with_the_first_provider_a_contract_is_asked_for() -> None:
    lacking = {each.id for each in THINGS if each.lacks(BeginningFacts(providers=1))}
    assert set(IDS) - lacking == {"providers", "exposed"}


def test_five_things_are_asked_of_a_new_company_at_once() -> None:
    first = [each.id for each in next_things(BeginningFacts(), ())]
    assert first == ["company", "agenda", "providers", "blockers", "priorities"]
    more = [each.id for each in next_things(BeginningFacts(), {"agenda", "blockers"})]
    assert more == ["company", "providers", "priorities", "functions", "page"]


def test_a_function_that_is_named_twice_keeps_its_first_name_and_who_was_said_last() -> None:
    assert carried("Paie @A, paie, PAIE @B, IT") == (("Paie", "B"), ("IT", ""))
    assert carried("Paie: A: B, IT @@C") == (("Paie", "A: B"), ("IT", "@C"))
    assert listed(" @ Slack ,@@x, a  b ,A B") == ("Slack", "@x", "A B")
