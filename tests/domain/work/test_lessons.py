"""When a case asks for a lesson, and which lesson a new case recalls."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit.domain.work import lessons

KNOWN = [
    ("LE-1", "Demander le fichier des heures avant le 5 Paie de mars bloquée : fichier des heures absent"),
    ("LE-2", "Appeler l’astreinte, jamais le standard Panne du réseau de l’atelier"),
]


@pytest.mark.parametrize(
    ("days", "cases", "asked"), [(10, 1, False), (11, 1, True), (1, 2, False), (1, 3, True), (0, 1, False)]
)
def test_a_long_case_and_a_repeated_one_ask(days: int, cases: int, asked: bool) -> None:
    assert lessons.is_asked(timedelta(days=days), cases) is asked


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Paie d’avril : le fichier des heures n’est pas là", "LE-1"),
        ("panne reseau atelier", "LE-2"),
        ("Réseau de l'atelier coupé", "LE-2"),
        ("Devis du serveur", None),
        ("", None),
        ("La paie", None),
    ],
)
def test_a_like_case_recalls_its_lesson(title: str, code: str | None) -> None:
    assert lessons.recalled(title, KNOWN) == code


@pytest.mark.parametrize(
    ("age", "cases", "asked"),
    [
        (timedelta(days=10), 1, False), (timedelta(days=10, seconds=1), 1, True), (timedelta(), 2, False),
        (timedelta(), 3, True), (timedelta(), 4, True), (timedelta(days=11), 9, True),
    ],
)  # fmt: skip
def test_more_than_ten_days_or_the_third_case_asks(age: timedelta, cases: int, asked: bool) -> None:
    assert lessons.is_asked(age, cases) is asked
    assert timedelta(days=60) == lessons.WITHIN


@pytest.mark.parametrize(
    ("title", "text", "recalls"),
    [
        ("aaaa bbbb", "aaaa bbbb", True), ("aaaa", "aaaa", False), ("aaaa bbbb", "aaaa cccc", False),
        ("aaa bbb", "aaa bbb", False), ("aaaaa bbbb", "AAAAA, bbbb!", True), ("été aaaa bbbb", "aaaa bbbb", True),
        # Two of the five of the shorter one are enough, two of its six are not.
        ("aaaa bbbb cccc dddd eeee", "aaaa bbbb 1111 2222 3333", True),
        ("aaaa bbbb cccc dddd eeee", "aaaa bbbb 1111 2222 3333 4444 5555 6666", True),
        ("aaaa bbbb cccc dddd eeee ffff", "aaaa bbbb 1111 2222 3333 4444", False),
        ("aaaa bbbb", "", False), ("", "", False),
    ],
)  # fmt: skip
def test_two_words_of_four_letters_and_two_in_five_are_the_same(title: str, text: str, recalls: bool) -> None:
    assert lessons.recalled(title, [("LE-1", text)]) == ("LE-1" if recalls else None)


def test_the_lesson_that_says_most_is_recalled_and_of_two_alike_the_first() -> None:
    title = "aaaa bbbb cccc dddd"
    half, most, all_of_it = ("LE-1", "aaaa bbbb 1111 2222"), ("LE-2", "aaaa bbbb cccc 1111"), ("LE-3", title)
    assert lessons.recalled(title, [half, most]) == lessons.recalled(title, [most, half]) == "LE-2"
    assert lessons.recalled(title, [half, all_of_it, most]) == "LE-3"
    assert lessons.recalled(title, [most, ("LE-9", most[1])]) == "LE-2"
    assert lessons.recalled(title, [("LE-9", most[1]), most, half]) == "LE-9"
