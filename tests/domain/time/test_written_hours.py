"""Rules and hours in the reader's language."""

from __future__ import annotations

import pytest

from cockpit.domain.meetings.ritual_plan import parse_rule
from cockpit.domain.time.written_hours import translated


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("mon-fri 11:45", "lun-ven 11:45"),
        ("every 2 weeks fri 16:30 from 2026-11-27", "toutes les 2 semaines ven 16:30 à partir du 2026-11-27"),
        ("monthly first tue 14:00", "mensuel premier mar 14:00"),
        ("monthly last business day 16:00", "mensuel dernier jour ouvré 16:00"),
    ],
)
def test_a_rule_is_the_same_in_both_languages(english: str, french: str) -> None:
    assert translated(english, "fr") == french
    assert translated(french, "en") == english
    assert translated(french, "fr") == french
    assert parse_rule(french) == parse_rule(english)


def test_hours_keep_their_figures() -> None:
    assert translated("tue,thu 09:00-12:30", "fr") == "mar,jeu 09:00-12:30"
    assert translated("2026-08-03..2026-08-14 closed", "fr") == "2026-08-03..2026-08-14 fermé"
    assert translated("24x7", "fr") == "24x7"
