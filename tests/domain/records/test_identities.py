"""Whom a name means."""

from __future__ import annotations

import pytest

from cockpit.domain.records.identities import candidates

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
