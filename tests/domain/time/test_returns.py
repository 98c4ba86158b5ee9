"""When something that was put off comes back: in the morning, while somebody is there, and never in the past."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.time.business_time import Calendar, parse_hours
from cockpit.domain.time.dates import DayContext, first_present, parse_return, parse_time

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, 0, 37, tzinfo=PARIS)
OFFICE = parse_hours("mon-fri 09:00-12:30 14:00-18:00", "Europe/Paris")
NEW_YORK = parse_hours("mon-fri 09:00-17:00", "America/New_York")
NEVER = Calendar("never", "Europe/Paris", ((),) * 7)


def back(
    phrase: str, *, present: Calendar | None = OFFICE, now: datetime = NOW, start: time = time(9)
) -> str | None:
    """When it comes back, `2026-11-24 09:00`, and how many words said so if not all."""
    words = phrase.split()
    found = parse_return(words, now=now, context=DayContext(start, time(18), OFFICE), present=present)
    if found is None:
        return None
    assert found[0].tzinfo is PARIS
    left = f" of {found[1]} words" if found[1] != len(words) else ""
    return f"{found[0]:%Y-%m-%d %H:%M}{left}"


COMES_BACK: list[tuple[str, str | None]] = [
    ("demain", "2026-11-24 09:00"),
    ("demain appeler Paul", "2026-11-24 09:00 of 1 words"),
    ("demain 12h", "2026-11-24 12:00"),
    ("demain 12:29", "2026-11-24 12:29"),
    ("demain 12:30", "2026-11-24 14:00"),
    ("demain 13h", "2026-11-24 14:00"),
    ("demain 14h", "2026-11-24 14:00"),
    ("demain 18h", "2026-11-25 09:00"),
    ("demain 6h", "2026-11-24 09:00"),
    ("samedi", "2026-11-30 09:00"),
    ("vendredi 20h", "2026-11-30 09:00"),
    ("lundi", "2026-11-30 09:00"),
    ("auj 11h", "2026-11-23 11:00"),
    ("11h", "2026-11-23 11:00"),
    ("dans 1h", "2026-11-23 10:00"),
    ("dans 4h", "2026-11-23 14:00"),
    ("aujourd'hui", "2026-11-23 14:00"),
    ("hier", "2026-11-22 09:00"),
    ("hier 18h", "2026-11-22 18:00"),
    ("auj 8h", "2026-11-23 08:00"),
    ("bientôt", None),
]


def test_it_comes_back_in_the_morning_and_while_somebody_is_there() -> None:
    for phrase, comes in COMES_BACK:
        assert back(phrase) == comes


@pytest.mark.parametrize(
    ("phrase", "comes"),
    [
        ("demain", "2026-11-24 09:00"),
        ("samedi", "2026-11-28 09:00"),
        ("demain 13h", "2026-11-24 13:00"),
        ("aujourd'hui", "2026-11-23 18:00"),
        ("auj 8h", "2026-11-23 08:00"),
        ("hier", "2026-11-22 09:00"),
    ],
)
def test_where_no_hours_are_known_only_the_time_of_day_is_chosen(phrase: str, comes: str) -> None:
    assert back(phrase, present=None) == comes


def test_what_comes_back_today_on_the_very_second_of_the_opening_comes_at_the_next_one() -> None:
    nine = NOW.replace(second=0)
    assert back("aujourd'hui", now=nine) == "2026-11-23 14:00"
    assert back("auj 9h", now=nine) == "2026-11-23 09:00", "a time that is said, and past, is given as it is"
    assert back("aujourd'hui", now=nine, present=None) == "2026-11-23 18:00"
    assert back("aujourd'hui", now=nine.replace(hour=19)) == "2026-11-24 09:00"
    assert back("aujourd'hui", now=nine.replace(hour=19), present=None) == "2026-11-23 18:00"
    assert back("aujourd'hui", now=nine.replace(hour=6)) == "2026-11-23 09:00"


@pytest.mark.parametrize(
    ("start", "comes"),
    [
        (time(8), "2026-11-30 09:00"),
        (time(9), "2026-11-30 09:00"),
        (time(10), "2026-11-30 10:00"),
        (time(12, 30), "2026-11-30 09:00"),
        (time(14), "2026-11-30 14:00"),
        (time(18), "2026-11-30 09:00"),
    ],
)
def test_on_another_day_it_waits_for_the_start_of_the_companys_day_if_somebody_is_there_then(
    start: time, comes: str
) -> None:
    assert back("samedi", start=start) == comes


def test_hours_of_another_zone_are_told_in_that_of_the_reader() -> None:
    assert back("demain", present=NEW_YORK) == "2026-11-24 15:00"
    assert back("demain 16h", present=NEW_YORK) == "2026-11-24 16:00"
    assert back("demain 23h", present=NEW_YORK) == "2026-11-25 15:00"


def test_where_nobody_ever_is_there_the_moment_stays() -> None:
    assert back("demain", present=NEVER) == "2026-11-24 09:00"
    moment = NOW.replace(day=1)
    context = DayContext(time(9), time(18), OFFICE)
    assert first_present(moment, now=NOW, context=context, present=NEVER) == moment


TIMES_OF_DAY: list[tuple[str, str | None]] = [
    ("9h", "09:00 of 1"), ("0h", "00:00 of 1"), ("23h59", "23:59 of 1"), ("24h", None), ("9h60", None),
    ("9h75", None),
    ("9h5", None), ("9:05", "09:05 of 1"), ("9 h", "09:00 of 2"), ("9 h 05", "09:05 of 3"),
    ("9 heures", "09:00 of 2"),
    ("à 9h", "09:00 of 2"), ("matin", "08:30 of 1"), ("soir", "17:45 of 1"), ("après-midi", "14:00 of 1"),
    ("midi", "12:00 of 1"), ("fin de journée", "17:45 of 3"), ("fin de", None), ("9", None),
    ("midi et demi", "12:30 of 3"), ("midi et quart", "12:15 of 3"), ("midi moins le quart", "11:45 of 4"),
    ("9h et demie", "09:30 of 3"), ("9h30 et demie", "09:30 of 1"), ("0h moins quart", "00:00 of 1"),
    ("matin et demi", "08:30 of 1"), ("1h moins quart", "00:45 of 3"),
    ("matin 7h", "07:00 of 2"), ("7h matin", "07:00 of 2"), ("matin 11h59", "11:59 of 2"), ("matin 12h", None),
    ("12h matin", "12:00 of 1"), ("après-midi 12h", "12:00 of 2"), ("après-midi 6h59", "18:59 of 2"),
    ("après-midi 7h", None), ("après-midi 18h59", "18:59 of 2"), ("après-midi 19h", None),
    ("après-midi 0h", "12:00 of 2"), ("soir 4h", "16:00 of 2"), ("soir 11h", "23:00 of 2"), ("soir 12h", None),
    ("soir 3h59", None),
    ("soir 16h", "16:00 of 2"), ("soir 15h59", None), ("soir 23h59", "23:59 of 2"), ("soir à 19h", "19:00 of 3"),
    ("6pm", "18:00 of 1"), ("6 pm", "18:00 of 2"), ("12pm", "12:00 of 1"), ("12am", None), ("1am", "01:00 of 1"),
    ("11:59pm", "23:59 of 1"), ("13pm", None), ("0am", None), ("6:30pm", "18:30 of 1"), ("10am", "10:00 of 1"),
    ("11am demain", "11:00 of 1"), ("", None),
]  # fmt: skip


def test_a_time_of_day_is_the_one_that_is_said_or_none() -> None:
    for words, expected in TIMES_OF_DAY:
        found = parse_time(words.split(), DayContext(time(8, 30), time(17, 45), OFFICE))
        assert (found and f"{found[0]:%H:%M} of {found[1]}") == expected
