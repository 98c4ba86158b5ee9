"""Lengths of time as contracts and spreadsheets write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.time.periods import Period, PeriodUnit, read, stored


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("3", "3m"), ("3,0", "3m"), ("3 mois", "3m"), ("3mois", "3m"), ("trois mois", "3m"), ("un mois", "1m"),
        ("3 months", "3m"), ("1 an", "12m"), ("2 ans", "24m"), ("1 trimestre", "3m"), ("60 jours", "60d"),
        ("90 j", "90d"), ("90j.", "90d"), ("préavis : 90 j", "90d"), ("Préavis de 3 mois", "3m"),
        ("notice: 6 weeks", "6w"), ("6 sem.", "6w"), ("six semaines", "6w"), ("une quinzaine", "15d"),
        ("30 jours calendaires", "30d"), ("30 jours francs", "30d"), ("3 mois (LRAR)", "3m"), ("aucun", "0m"),
        ("3 mois avant l’échéance", "3m"), ("90 days before the end of the term", "90d"),
        ("sans préavis", "0m"), ("none", "0m"), ("3\u00a0mois", "3m"),
    ],
)  # fmt: skip
def test_a_period_keeps_the_unit_that_was_written(text: str, kept: str) -> None:
    found = read(text)
    assert found is not None
    assert found.stored == kept
    assert stored(kept) == found


@pytest.mark.parametrize(
    "text",
    ["", "bientôt", "3 mois ou 90 jours", "2,5 mois", "3/4", "mois", "préavis", "12 heures", "99999 j"],
)
def test_what_is_not_one_period_is_not_guessed(text: str) -> None:
    assert read(text) is None


def test_a_number_alone_counts_in_the_unit_of_its_column() -> None:
    assert read("60", PeriodUnit.DAYS) == Period(60, PeriodUnit.DAYS)
    assert read("60 jours", PeriodUnit.MONTHS) == Period(60, PeriodUnit.DAYS)
    assert read("60", None) is None


@given(st.integers(0, 6_000), st.sampled_from(list(PeriodUnit)))
def test_what_is_kept_is_read_back(count: int, unit: PeriodUnit) -> None:
    period = Period(count, unit)
    assert stored(period.stored) == period
    assert read(period.stored) == period


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_none(text: str) -> None:
    found = read(text)
    assert found is None or found.count >= 0
