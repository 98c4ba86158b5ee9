"""Date phrases: each one is the right instant, or is not understood."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.time.business_time import parse_hours
from cockpit.domain.time.date_words import CANONICAL
from cockpit.domain.time.dates import LONGEST, DayContext, parse_date, parse_time

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, 0, 37, tzinfo=PARIS)
OFFICE = parse_hours("mon-fri 09:00-12:30 14:00-18:00", "Europe/Paris", [NOW.replace(day=11).date()])
CONTEXT = DayContext(time(9), time(18), OFFICE)


def understood(phrase: str, *, backwards: bool = False, now: datetime = NOW) -> str | None:
    """The instant of the whole phrase, `2026-11-24 12:00`; None when any of its words is left."""
    words = phrase.split()
    found = parse_date(words, now=now, context=CONTEXT, backwards=backwards)
    return f"{found[0]:%Y-%m-%d %H:%M}" if found and found[1] == len(words) else None


PHRASES = {
    "2026-11-23 11:45": "midi moins le quart|midi moins quart",
    "2026-11-23 12:15": "midi et quart",
    "2026-11-23 12:30": "midi et demi|ce midi et demi",
    "2026-11-23 16:15": "16h et quart",
    "2026-11-23 22:45": "23h moins quart",
    "2026-11-23 23:30": "23h et demie",
    "2026-11-23 19:00": "ce soir 19h|ce soir à 19h|19h ce soir|ce soir 7h|tonight 7pm|soir 19h",
    "2026-11-24 09:30": "demain matin 9h30|demain 9h et demie",
    "2026-11-24 15:00": "demain après-midi 15h|demain après-midi 3h",
    "2026-11-21 18:00": "avant-hier|2 days ago",
    "2026-11-22 18:00": "hier|yesterday|Hier|il y a 1 jour",
    "2026-11-22 09:00": "hier matin",
    "2026-11-23 09:01": "in a minute|dans 1 min",
    "2026-11-23 09:30": "9h30|à 9h30|9 h 30|auj 9:30|9:30am",
    "2026-11-23 10:00": "dans une heure|in an hour|dans 60 min|+1h",
    "2026-11-23 10:30": "dans 1h30|+1h30|dans 90 minutes",
    "2026-11-23 12:00": "ce midi|midi|noon|12h|12:00|12pm|avant midi|dans 3 heures|in 3 hours|dans 3 h",
    "2026-11-23 18:00": "aujourd'hui|aujourd’hui|AUJ|auj.|ce soir|soir|tonight|eod|today|6pm|fin de journée",
    "2026-11-24 08:00": "8h|demain 8h|8am tomorrow",
    "2026-11-24 09:00": "demain matin|tomorrow morning|dans 24h",
    "2026-11-24 12:00": "demain 12h|demain midi|demain à 12h|tomorrow noon|12h demain|mardi 12:00",
    "2026-11-24 14:00": "demain après-midi|demain 14h|mar 14h00|tomorrow 2pm|tomorrow 2:00 pm",
    "2026-11-24 18:00": "demain|dem|tomorrow|mardi|mar|mar.|tuesday|mar 24|mardi 24 novembre|24/11|J+1|+1j",
    "2026-11-25 09:00": "sous 48h|within 48h|d'ici 48h|d’ici 48h",
    "2026-11-25 18:00": "après-demain|après demain|dans 2 jours|in 2 days|J+2|j+2|D+2|wed|the 25th|le 25",
    "2026-11-26 18:00": "+3j|+3jo|dans 3 jours ouvrés|in 3 business days|avant jeudi|jeu.|3 jours|J+3",
    "2026-11-27 18:00": "fin de semaine|fin-semaine|eow|end of week|d'ici vendredi|by friday|ce vendredi"
    "|next friday|d'ici la fin de la semaine|cette semaine",
    "2026-11-30 18:00": "lundi|lun|lundi prochain|monday|fin du mois|fin de mois|fin novembre|eom|30/11"
    "|lundi 30|lundi 30 novembre|lundi 30/11|semaine prochaine|next week|début de semaine|dans sept jours"
    "|dans une semaine|in a week|lundi de la semaine prochaine|avant la fin du mois|2026-11-30",
    "2026-12-01 14:00": "2026-12-01 14:00|2026-12-01T14:00|1er décembre 14h|mardi 1er décembre 14h",
    "2026-12-01 18:00": "1er décembre|le 1er|le 1er décembre|dec 1st|début décembre|mois prochain|01/12|1/12"
    "|sous huitaine",
    "2026-12-03 09:00": "3 déc. 9h|3 dec 9am|le 3 décembre à 9h|jeudi 3 décembre 9h",
    "2026-12-04 11:00": "vendredi en huit 11h|vendredi en 8 11h|vendredi prochain en huit 11h",
    "2026-12-04 18:00": "fin de semaine prochaine|end of next week",
    "2026-12-07 18:00": "+2s|dans deux semaines|2 semaines|2 sem|in 2 weeks|in a fortnight|a fortnight",
    "2026-12-08 18:00": "quinze jours|dans quinze jours|15 jours|d'ici 15 jours|sous quinzaine|dans une quinzaine"
    "|d'ici une quinzaine|quinzaine|dans une quinzaine de jours",
    "2026-12-14 18:00": "lundi en quinze",
    "2026-12-15 18:00": "le 15|mi-décembre|avant le 15|jusqu'au 15|by the 15th|15 décembre",
    "2026-12-31 18:00": "avant la fin de l'année|d'ici la fin de l’année|fin de l'année|before end of the year"
    "|le 31|fin d'année|fin décembre|fin du mois prochain|eoy",
    "2027-01-15 10:30": "15/01 10h30|15 janvier 2027 10h30|15/1/27 10:30",
    "2027-02-26 18:00": "fin février",
    "2027-03-12 18:00": "12/03|12 mars|12 mar|12/03/2027|march 12",
    "2027-09-12 18:00": "12 sept|12 sept.|sept 12|12 septembre",
    "2027-11-11 18:00": "11/11",
    "2028-02-29 18:00": "29/02",
}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [(phrase, expected) for expected, phrases in PHRASES.items() for phrase in phrases.split("|")],
)
def test_phrases(phrase: str, expected: str) -> None:
    assert understood(phrase) == expected


BACKWARDS = {
    "2025-12-24 09:00": "24/12",
    "2026-03-12 09:00": "12/03|12 mars",
    "2026-10-30 09:00": "fin octobre",
    "2026-11-15 09:00": "le 15",
    "2026-11-16 09:00": "lundi|lundi dernier|last monday|semaine dernière|une semaine|il y a une semaine",
    "2026-11-20 09:00": "vendredi|3 jours|3 days ago|il y a 3 jours|1 jo",
    "2026-11-20 15:00": "vendredi 15h|ven 15:00",
    "2026-11-22 10:00": "10h|hier 10h",
    "2026-11-23 06:00": "il y a 3 heures|3 hours ago",
    "2026-11-23 08:00": "8h|auj 8h",
    "2026-11-22 12:00": "midi|hier midi",
    "2026-11-23 09:00": "il y a 0 heure|0 min ago|aujourd'hui|ce matin|début de semaine|23/11",
}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [(phrase, expected) for expected, phrases in BACKWARDS.items() for phrase in phrases.split("|")],
)
def test_phrases_that_look_back(phrase: str, expected: str) -> None:
    assert understood(phrase, backwards=True) == expected


@pytest.mark.parametrize(
    "phrase", ["demain", "dans 3 jours", "J+2", "lundi prochain", "auj 17h", "12/03/2028", "dans 2h"]
)
def test_what_began_did_not_begin_in_the_future(phrase: str) -> None:
    assert parse_date(phrase.split(), now=NOW, context=CONTEXT, backwards=True) is None


def test_today_before_the_day_starts_began_now() -> None:
    early = NOW.replace(hour=7)
    assert understood("aujourd'hui", backwards=True, now=early) == "2026-11-23 07:00"


REFUSED = (
    "bientôt|12/13|31/02|31 novembre|30/02/2027|2026-13-01|mardi 30/11|mardi 30 novembre|lundi 3 décembre"
    "|demain 25h|demain 24h|demain minuit|minuit|demain 12am|9h75|dans 3 jours ouvrables|dans 3 jours francs"
    "|demain lundi le|dans 3 jours francs après la réception|demain minuit au plus tard"
    "|fin du mois suivant|lundi dans 15 jours|le 15 du mois prochain|demain 14/12|demain lundi|heure|3 heures"
    "|ce dossier|ce|le|du|fin|3|30|de|à|dans|dans 99999 jours|dans 9999 mois|le 32|le 0|00/12|J+|+"
    "|vendredi 3 jours|demain en huit|lundi dernier en huit|janvier|12/03/20277"
)


@pytest.mark.parametrize("phrase", REFUSED.split("|"))
def test_not_understood_rather_than_another_date(phrase: str) -> None:
    assert parse_date(phrase.split(), now=NOW, context=CONTEXT) is None


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("demain 12h relancer tout le monde", 2),
        ("demain de la paie", 1),
        ("fin du mois pour la compta", 3),
        ("d'ici la fin de la semaine voir Paul", 6),
        ("lundi, appeler", 1),
        ("vendredi 3 devis à signer", 1),
        ("demain appeler avant minuit", 1),
    ],
)
def test_the_longest_prefix_is_taken_and_no_filler_after_it(words: str, taken: int) -> None:
    found = parse_date(words.split(), now=NOW, context=CONTEXT)
    assert found is not None
    assert found[1] == taken


def test_last_business_days_avoid_weekends_and_holidays() -> None:
    eve = DayContext(
        time(9), time(18), parse_hours("mon-fri 09:00-18:00", "Europe/Paris", [NOW.replace(day=27).date()])
    )
    found = parse_date(["eow"], now=NOW, context=eve)
    assert found is not None
    assert found[0].day == 26
    saturday = datetime(2026, 10, 31, 10, tzinfo=PARIS)
    assert understood("fin du mois", now=saturday) == "2026-10-31 18:00"
    assert understood("fin de semaine", now=saturday) == "2026-11-06 18:00"


def test_a_time_that_is_now_is_that_of_tomorrow_ahead_and_of_today_behind() -> None:
    nine = NOW.replace(second=0)
    assert understood("9h", now=nine) == "2026-11-24 09:00"
    assert understood("9h01", now=nine) == "2026-11-23 09:01"
    assert understood("9h", now=nine, backwards=True) == "2026-11-23 09:00"
    assert understood("9h01", now=nine, backwards=True) == "2026-11-22 09:01"
    assert understood("auj 9h", now=nine, backwards=True) == "2026-11-23 09:00"
    assert understood("auj 9h01", now=nine, backwards=True) is None


def test_durations_are_elapsed_time_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=PARIS)
    found = parse_date(["dans", "2h"], now=before, context=CONTEXT)
    assert found is not None
    assert found[0].isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_wall_that_the_clocks_skip_becomes_a_real_one() -> None:
    assert understood("29/03 2h30", now=datetime(2026, 3, 1, 9, tzinfo=PARIS)) == "2026-03-29 03:30"


def test_an_empty_calendar_does_not_count_business_days() -> None:
    empty = DayContext(time(9), time(18), parse_hours("mon 09:00-10:00", "Europe/Paris"))
    object.__setattr__(empty.calendar, "week", ((),) * 7)
    assert parse_date(["J+2"], now=NOW, context=empty) is None
    assert parse_date(["demain"], now=NOW, context=empty) is not None


@pytest.mark.parametrize(
    ("words", "expected"), [("18h", (18, 0, 1)), ("9 h 30 x", (9, 30, 3)), ("midi", (12, 0, 1)), ("x", None)]
)
def test_times_of_day(words: str, expected: tuple[int, int, int] | None) -> None:
    found = parse_time(words.split(), CONTEXT)
    assert (found and (found[0].hour, found[0].minute, found[1])) == expected


vocabulary = st.sampled_from(
    [*CANONICAL, "12h", "9h30", "18:00", "le", "15", "31", "30/11", "J+2", "+3j", "2027"]
)
moments = st.integers(1_577_836_800, 2_051_222_400).map(lambda second: datetime.fromtimestamp(second, PARIS))


@given(st.lists(vocabulary | st.text(max_size=8), max_size=9), moments, st.booleans())
def test_any_words_are_understood_or_not(words: list[str], now: datetime, backwards: bool) -> None:
    found = parse_date(words, now=now, context=CONTEXT, backwards=backwards)
    if found is None:
        return
    moment, taken = found
    assert 1 <= taken <= LONGEST
    assert moment.utcoffset() == moment.astimezone(PARIS).utcoffset()
    assert not backwards or moment <= now


@given(moments, st.integers(0, 6))
def test_a_weekday_is_strictly_after_today_and_within_a_week(now: datetime, number: int) -> None:
    name = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[number]
    found = parse_date([name], now=now, context=CONTEXT)
    assert found is not None
    assert found[0].weekday() == number
    assert timedelta(days=1) <= found[0].date() - now.date() <= timedelta(days=7)


@given(moments, st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_day_and_month_is_the_next_one(now: datetime, day: date) -> None:
    found = parse_date([f"{day.day}/{day.month:02}"], now=now, context=CONTEXT)
    assert found is not None
    assert (found[0].day, found[0].month) == (day.day, day.month)
    assert found[0].date() >= now.date()
    assert (day.day, day.month) == (29, 2) or (found[0].date() - now.date()).days < 366
