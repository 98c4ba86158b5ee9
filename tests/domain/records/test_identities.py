"""Whom a name means."""

from __future__ import annotations

import pytest

from cockpit.domain.records.identities import candidates, in_short, is_code, key

NAMES = {
    "PE-1": "Claire Martin", "PE-2": "Julie", "PE-3": "Julie Roux", "PE-4": "Juliette Blanc",
    "PE-5": "Jean-Pierre Le Goff", "PR-1": "Iroise Informatique", "PR-2": "Cabinet Dupont",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("claire", "PE-1"), ("Martin", "PE-1"), ("claire  MARTIN", "PE-1"), ("pe-1", "PE-1"), ("Clai", "PE-1"),
        ("le goff", "PE-5"), ("Jean Pierre", "PE-5"), ("jean_pierre", "PE-5"),
        ("iroise", "PR-1"), ("Iroise Informatique", "PR-1"), ("Dupont", "PR-2"),
        ("Julie", "PE-2"), ("julie roux", "PE-3"), ("Juliett", "PE-4"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_code_its_words_and_its_beginning(typed: str, code: str) -> None:
    assert candidates(NAMES, typed) == (code,)


def test_who_is_in_force_comes_before_an_archived_namesake_even_one_of_that_whole_name() -> None:
    assert candidates(NAMES, "Julie", gone={"PE-2"}) == ("PE-3",)
    assert candidates(NAMES, "Julie", gone={"PE-2", "PE-3", "PE-4"}) == ("PE-2",)


def test_me_is_the_one_at_the_keyboard() -> None:
    assert candidates(NAMES, "moi", me="PE-1") == ("PE-1",)
    assert candidates(NAMES, "Me", me="Claire") == ("PE-1",)
    assert candidates(NAMES, "moi") == ()
    assert candidates(NAMES, "moi", me="somebody else") == ()


def test_two_that_a_word_fits_are_both_told() -> None:
    assert candidates({"PE-1": "Anne Roux", "PE-2": "Julie Roux"}, "roux") == ("PE-1", "PE-2")


def test_nobody_is_meant_by_a_part_of_a_word_or_by_nothing() -> None:
    assert candidates(NAMES, "artin") == ()
    assert candidates(NAMES, " ") == ()


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, ""), (1, "B-1"), (4, "B-1, B-2, B-3, B-4"), (5, "B-1, B-2, B-3, B-4 and 1 more"),
        (7, "B-1, B-2, B-3, B-4 and 3 more"),
    ],
)  # fmt: skip
def test_a_few_codes_are_told_and_how_many_more(count: int, told: str) -> None:
    codes = [f"B-{n}" for n in range(1, count + 1)]
    assert in_short(codes) == told
    assert in_short(codes, count) == ", ".join(codes)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("PE-1", True), ("B-123", True), ("ABC-0", True), ("ABCD-1", False), ("pe-1", False), ("PE-", False),
        ("-1", False),
        ("PE-1a", False),
    ],
)  # fmt: skip
def test_a_code_is_up_to_three_capitals_and_a_number(text: str, is_one: bool) -> None:
    assert is_code(text) is is_one


def test_of_one_name_in_two_registers_the_first_is_meant_and_of_two_in_one_both() -> None:
    both = {"PE-1": "Iroise", "PR-1": "Iroise"}
    assert candidates(both, "iroise") == ("PE-1",)
    assert candidates({"PR-1": "Iroise", "PE-1": "iroise"}, "Iroise") == ("PR-1",)
    namesakes = {"PE-1": "Anne", "PE-2": "Anne", "PR-1": "Anne"}
    assert candidates(namesakes, "anne") == ("PE-1", "PE-2", "PR-1")
    assert candidates({"PE-1": "Anne Roux", "PR-1": "Anne SARL"}, "anne") == ("PE-1", "PR-1"), "no whole name"
    assert candidates(both, "iroise", gone={"PE-1"}) == ("PR-1",)
    assert candidates(both, "pe-1", gone={"PE-1"}) == ("PE-1",), "a code is a code"


def test_a_whole_name_comes_before_its_words_and_words_before_a_beginning() -> None:
    names = {"PE-1": "Jules Roux", "PE-2": "Rouxel", "PE-3": "roux", "PE-4": "Le Roux-Martin"}
    assert candidates(names, "Roux") == ("PE-3",)
    assert candidates({code: name for code, name in names.items() if code != "PE-3"}, "roux") == (
        "PE-1",
        "PE-4",
    )
    assert candidates(names, "rouxe") == ("PE-2",)
    assert candidates(names, "moi", me="PE-2") == ("PE-2",)
    assert candidates({"PE-9": "Moi"}, "moi", me="") == ("PE-9",)
    assert candidates(names, "roux", gone={"PE-3"}) == ("PE-1", "PE-4")


def test_blanks_hyphens_underscores_case_and_accents_do_not_tell_names_apart() -> None:
    assert key("  Jean-Pierre_LE   Goff ") == key("jean pierre le goff") == "jean pierre le goff"
    assert key(" - ") == ""
