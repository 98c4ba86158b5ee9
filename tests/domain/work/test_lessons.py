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
