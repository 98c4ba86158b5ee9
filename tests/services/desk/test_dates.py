"""Days as a person reads them."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit import locale
from cockpit.domain.time.elapsed import whole_days
from cockpit.services.desk import dates


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("fr", date(2026, 12, 1), "mar. 1er déc.|1er déc. 2026|mardi 1er décembre 2026|1er déc."),
        ("fr", date(2026, 12, 21), "lun. 21 déc.|21 déc. 2026|lundi 21 décembre 2026|21 déc."),
        ("en", date(2026, 12, 1), "Tue 1 Dec|1 Dec 2026|Tuesday 1 December 2026|1 Dec"),
    ],
)
def test_the_first_of_a_month_is_1er_in_french_alone(language: str, day: date, said: str) -> None:
    locale.use(language)
    today = date(2026, 11, 23)
    assert said.split("|") == [
        dates.day_and_month(day), dates.whole_day(day), dates.long_date(day), dates.day_label(day, today)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.4, "24 min"),
        (6.67, "6 h 40"),
        (23.9, "23 h 54"),
        (24, "1 d"),
        (35, "1 d"),
        (47, "2 d"),
        (75, "3 d"),
    ],
)
def test_a_span_has_two_figures_and_the_age_of_a_thing_is_one_in_every_place(hours: float, said: str) -> None:
    locale.use("en")
    assert dates.duration(hours * 3600) == said
    if hours >= 24:
        assert dates.age(hours * 3600) == said
        assert _n(said) == whole_days(hours * 3600)


def _n(said: str) -> int:
    return int(said.partition(" ")[0])
