"""Business time: the oracle's vectors, the laws, and hours as people write them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.time.business_time import (
    Calendar,
    NoBusinessTime,
    Pause,
    calendar_from_mapping,
    calendar_to_mapping,
    parse_hours,
)
from tests.places import DATA

REFERENCE = DATA
VECTORS: dict[str, Any] = json.loads((REFERENCE / "sla_vectors.json").read_text())
CALENDARS = {key: calendar_from_mapping(data) for key, data in VECTORS["calendars"].items()}
OPEN = [calendar for key, calendar in CALENDARS.items() if key != "EMPTY"]
OFFICE = parse_hours(
    "mon-fri 09:00-12:30 14:00-18:00",
    "Europe/Paris",
    [date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25)],
)

calendars = st.sampled_from(OPEN)
instants = st.integers(
    int(datetime(2025, 12, 1, tzinfo=UTC).timestamp()), int(datetime(2027, 2, 1, tzinfo=UTC).timestamp())
).map(lambda second: datetime.fromtimestamp(second, UTC))
durations = st.integers(0, 400 * 3_600)
pause_lists: st.SearchStrategy[list[Pause]] = st.lists(
    st.builds(lambda at, s: (at, at + timedelta(seconds=s)), instants, st.integers(0, 20 * 86_400)),
    max_size=5,
)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE.zone)


def pauses_of(vector: dict[str, Any]) -> list[Pause]:
    return [(datetime.fromisoformat(p["from"]), datetime.fromisoformat(p["to"])) for p in vector["pauses"]]


@pytest.mark.parametrize("vector", VECTORS["due"], ids=lambda vector: vector["id"])
def test_due_of_the_oracle(vector: dict[str, Any]) -> None:
    calendar, target, pauses = CALENDARS[vector["calendar"]], vector["target"], pauses_of(vector)
    start = datetime.fromisoformat(vector["start"])
    if target["kind"] == "business_seconds":
        due = calendar.due(start, target["seconds"], pauses)
        last = calendar.last_on_time(start, target["seconds"], pauses)
    else:
        at = target["at"] if target["at"] in ("open", "close") else time.fromisoformat(target["at"])
        cutoff = time.fromisoformat(target["cutoff"]) if "cutoff" in target else None
        due = last = calendar.due_in_days(start, target["n"], at, cutoff, pauses)
    assert due == datetime.fromisoformat(vector["due"])
    assert last == datetime.fromisoformat(vector["last_on_time"])


@pytest.mark.parametrize("vector", VECTORS["between"], ids=lambda vector: vector["id"])
def test_between_of_the_oracle(vector: dict[str, Any]) -> None:
    a, b = datetime.fromisoformat(vector["a"]), datetime.fromisoformat(vector["b"])
    assert CALENDARS[vector["calendar"]].between(a, b) == vector["seconds"]


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02 10:00", 4, "2026-03-02 15:30"),
        ("2026-03-06 17:00", 4, "2026-03-09 12:00"),
        ("2026-04-30 16:00", 7.5, "2026-05-04 16:00"),
        ("2026-05-13 15:00", 8, "2026-05-15 15:30"),
        ("2026-03-27 17:00", 2, "2026-03-30 10:00"),
        ("2026-03-07 11:00", 1, "2026-03-09 10:00"),
        ("2026-03-02 12:29", 2 / 60, "2026-03-02 14:01"),
    ],
    ids=["G1", "G2", "G3", "G4", "G5", "G7", "G8"],
)
def test_golden_cases(start: str, hours: float, due: str) -> None:
    assert OFFICE.add(paris(start), round(hours * 3_600)) == paris(due)


def test_golden_case_with_a_pause() -> None:
    pause = (paris("2026-03-02 11:00"), paris("2026-03-03 15:00"))
    assert OFFICE.due(paris("2026-03-02 10:00"), 4 * 3_600, [pause]) == paris("2026-03-03 18:00")


@given(calendars, instants, durations, durations)
def test_add_is_inverse_additive_and_minimal(calendar: Calendar, a: datetime, x: int, y: int) -> None:
    end = calendar.add(a, x)
    assert calendar.between(a, end) == x
    assert calendar.add(end, y) == calendar.add(a, x + y) if x else end == a
    assert end - a >= timedelta(seconds=x)
    if x:
        assert calendar.between(a, end - timedelta(seconds=1)) == x - 1


@given(calendars, instants, instants, durations, durations)
def test_add_is_monotone(calendar: Calendar, a: datetime, b: datetime, x: int, y: int) -> None:
    low, high = sorted((a, b))
    if x:
        assert calendar.add(low, x) <= calendar.add(high, x)
    assert calendar.add(a, min(x, y)) <= calendar.add(a, max(x, y))


@given(calendars, instants, instants, instants)
def test_between_is_additive_antisymmetric_and_bounded(
    calendar: Calendar, a: datetime, m: datetime, b: datetime
) -> None:
    assert calendar.between(a, m) + calendar.between(m, b) == calendar.between(a, b)
    assert calendar.between(a, b) == -calendar.between(b, a)
    assert abs(calendar.between(a, b)) <= abs((b - a).total_seconds())


@given(calendars, instants, durations, pause_lists)
def test_pauses_give_back_exactly_what_they_took(
    calendar: Calendar, a: datetime, d: int, pauses: list[Pause]
) -> None:
    due = calendar.due(a, d, pauses)
    assert due is not None
    lost = calendar.between(a, due) - calendar.elapsed(a, due, pauses)
    assert calendar.between(a, due) - lost == d
    assert due >= calendar.add(a, d)
    if d and not any(b is not None and begin < due <= b for begin, b in pauses):
        assert due == calendar.add(a, d + lost)


@given(calendars, instants, durations, pause_lists, st.randoms())
def test_pauses_are_a_set(calendar: Calendar, a: datetime, d: int, pauses: list[Pause], random: Any) -> None:
    shuffled = pauses * 2
    random.shuffle(shuffled)
    assert calendar.due(a, d, shuffled) == calendar.due(a, d, pauses)


@given(calendars, instants, durations, instants, pause_lists)
def test_the_verdict_is_by_consumed_time(
    calendar: Calendar, a: datetime, d: int, end: datetime, pauses: list[Pause]
) -> None:
    last = calendar.last_on_time(a, d, pauses)
    assert last is not None
    assert (end <= last) == (calendar.elapsed(a, max(a, end), pauses) <= d)


@given(calendars, instants, st.integers(1, 72 * 3_600), instants)
def test_a_pause_over_the_start_is_a_later_start(
    calendar: Calendar, a: datetime, d: int, end: datetime
) -> None:
    assert calendar.due(a, d, [(a - timedelta(days=1), end)]) == calendar.add(max(a, end), d)


@given(instants, durations)
def test_round_the_clock_time_is_plain_time(a: datetime, d: int) -> None:
    assert CALENDARS["H24_PARIS"].add(a, d) == a + timedelta(seconds=d)


@given(instants, durations, st.dates(date(2025, 12, 1), date(2027, 2, 1)))
def test_one_more_holiday_never_hastens(a: datetime, d: int, day: date) -> None:
    base = CALENDARS["FR_35H"]
    more = Calendar("more", base.tz, base.week, base.holidays | {day})
    assert more.add(a, d) >= base.add(a, d)


@given(st.lists(instants, min_size=2, max_size=6), st.sampled_from(sorted(CALENDARS)))
def test_what_was_compiled_first_changes_nothing(moments: list[datetime], name: str) -> None:
    far = [moments[0].replace(year=2031, day=1), *moments, moments[-1].replace(year=2019, day=1)]
    used, fresh = (calendar_from_mapping(VECTORS["calendars"][name]) for _ in range(2))
    for a in far:
        used.open_seconds(int(a.timestamp()))
    assert [used.between(far[-1], b) for b in far] == [fresh.between(far[-1], b) for b in far]


@given(calendars, instants)
def test_the_next_opening_is_where_the_door_moves(calendar: Calendar, at: datetime) -> None:
    second = timedelta(seconds=1)
    if calendar.id == "H24_PARIS":
        with pytest.raises(NoBusinessTime):
            calendar.next_opening(at)
        return
    opening = calendar.next_opening(at)
    assert opening > at
    assert calendar.is_open(opening)
    assert not calendar.is_open(opening - second)
    if not calendar.is_open(at):
        assert calendar.between(at, opening) == 0


def test_an_open_pause_hides_the_due_instant_only_when_it_began_before() -> None:
    start = paris("2026-03-02 10:00")
    assert OFFICE.due(start, 3_600, [(paris("2026-03-02 10:30"), None)]) is None
    assert OFFICE.due(start, 3_600, [(paris("2026-03-02 11:00"), None)]) == paris("2026-03-02 11:00")
    assert OFFICE.due_in_days(start, 1, "close", None, [(paris("2026-03-02 11:00"), None)]) is None
    assert OFFICE.elapsed(start, paris("2026-03-02 15:00"), [(paris("2026-03-02 10:30"), None)]) == 1_800


def test_a_calendar_that_never_opens_says_so_at_once() -> None:
    empty = CALENDARS["EMPTY"]
    with pytest.raises(NoBusinessTime):
        empty.add(paris("2026-03-02 10:00"), 1)
    with pytest.raises(NoBusinessTime):
        empty.next_opening(paris("2026-03-02 10:00"))
    with pytest.raises(NoBusinessTime):
        empty.add_business_days(date(2026, 3, 2), 1)


def test_more_time_than_a_calendar_has_is_refused() -> None:
    with pytest.raises(NoBusinessTime):
        parse_hours("mon 09:00-10:00", "Europe/Paris").add(paris("2026-03-02 10:00"), 10**12)


def test_walls_that_the_clocks_skip_or_repeat() -> None:
    calendar = parse_hours("sun 02:15-02:45", "Europe/Paris")
    assert calendar.between(paris("2026-03-28 00:00"), paris("2026-03-30 00:00")) == 0
    assert calendar.between(paris("2026-10-24 00:00"), paris("2026-10-26 00:00")) == 5_400
    assert calendar.next_opening(paris("2026-03-28 00:00")) == paris("2026-04-05 02:15")
    for hours in ("sun 01:00-02:30", "sun 02:30-04:00"):
        around = parse_hours(hours, "Europe/Paris")
        assert around.between(paris("2026-03-28 00:00"), paris("2026-03-30 00:00")) == 3_600
    joined = parse_hours("sun 01:00-02:30 02:30-04:00", "Europe/Paris")
    assert joined.between(paris("2026-10-24 00:00"), paris("2026-10-26 00:00")) == 4 * 3_600


def test_business_days_go_both_ways() -> None:
    assert OFFICE.add_business_days(date(2026, 4, 30), 1) == date(2026, 5, 4)
    assert OFFICE.add_business_days(date(2026, 5, 4), -1) == date(2026, 4, 30)
    assert OFFICE.first_business_day(date(2026, 5, 1)) == date(2026, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00",
        "lun-ven 9h-12h30 14h-18h ; sam 9h-12h",
        "Lundi-Vendredi 14:00–18:00 09:00–12:30\nsamedi 09:00-12:00",
    ],
)
def test_hours_in_french_and_english(text: str) -> None:
    office = ((540, 750), (840, 1080))
    assert parse_hours(text, "Europe/Paris").week == (*[office] * 5, ((540, 720),), ())


@pytest.mark.parametrize("text", ["24x7", "24/7", "mon-sun 00:00-24:00"])
def test_hours_round_the_clock(text: str) -> None:
    assert parse_hours(text, "Europe/Paris").week == (((0, 1440),),) * 7


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "no opening hours"),
        ("mon-fry 09:00-12:00", "fry"),
        ("mon", "mon"),
        ("mon 09:00", "09:00"),
        ("mon 09:00-25:00", "25:00"),
        ("mon 09:61-12:00", "09:61"),
        ("mon 12:00-09:00", "12:00-09:00"),
        ("mon 09:00-12:00 11:00-14:00", "overlap"),
        ("mon-fri 09:00-12:00; wed 09:00-10:00", "wed"),
    ],
)
def test_wrong_hours_name_the_wrong_part(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_hours(text, "Europe/Paris")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_an_unknown_zone_is_a_readable_error(zone: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        parse_hours("mon 09:00-12:00", zone)


@given(st.text())
def test_hours_are_understood_or_refused(text: str) -> None:
    try:
        week = parse_hours(text, "Europe/Paris").week
    except ValueError:
        return
    assert any(week)


# -- at and beside each edge


DATED = Calendar(
    "dated", "Europe/Paris", OFFICE.week, OFFICE.holidays,
    {date(2026, 3, 3): (), date(2026, 5, 1): ((600, 660),), date(2026, 3, 7): ((0, 1440),)},
)  # fmt: skip


@pytest.mark.parametrize(
    ("week", "refused"),
    [
        (((),) * 6, "a week has seven days, not 6"), (((),) * 8, "a week has seven days, not 8"),
        (((),) * 6 + (((540, 540),),), "not in order: 09:00-09:00"),
        (((),) * 6 + (((600, 540),),), "not in order: 10:00-09:00"),
        (((),) * 6 + (((540, 600), (599, 700)),), "not in order: 09:00-10:00, 09:59-11:40"),
        (((),) * 6 + (((-1, 600),),), "not in order"), (((),) * 6 + (((0, 1441),),), "not in order"),
        (((),) * 6 + (((540, 600), (600, 700)),), ""), (((),) * 6 + (((0, 1440),),), ""), (((),) * 7, ""),
    ],
)  # fmt: skip
def test_the_hours_of_a_calendar_follow_one_another_within_each_day(week: Any, refused: str) -> None:
    if not refused:
        assert Calendar("x", "UTC", week).exceptions == {}
        return
    with pytest.raises(ValueError, match=refused):
        Calendar("x", "UTC", week)
    with pytest.raises(ValueError, match="not in order"):
        Calendar("x", "UTC", ((),) * 7, exceptions={date(2026, 1, 1): ((600, 540),)})


@pytest.mark.parametrize(
    ("day", "business", "holiday"),
    [
        ("2026-03-02", True, False), ("2026-03-03", False, True), ("2026-05-01", True, False),
        ("2026-05-08", False, True),
        ("2026-03-07", True, False), ("2026-03-08", False, False),
    ],
)  # fmt: skip
def test_a_day_is_worked_or_closed_for_a_reason(day: str, business: bool, holiday: bool) -> None:
    on = date.fromisoformat(day)
    assert (DATED.is_business_day(on), DATED.is_holiday(on)) == (business, holiday)
    assert bool(DATED.open_on(on)) is business


def test_the_hours_of_a_day_are_instants() -> None:
    assert OFFICE.open_on(date(2026, 3, 2)) == [
        (paris("2026-03-02 09:00"), paris("2026-03-02 12:30")),
        (paris("2026-03-02 14:00"), paris("2026-03-02 18:00")),
    ]  # fmt: skip
    assert OFFICE.open_on(date(2026, 3, 1)) == []
    ((start, end),) = DATED.open_on(date(2026, 3, 7))
    assert (start.isoformat(), end.isoformat()) == ("2026-03-06T23:00:00+00:00", "2026-03-07T23:00:00+00:00")


OPEN_OR_NOT: list[tuple[str, bool, str]] = [
    ("2026-03-02 08:59:59", False, "2026-03-02 09:00"), ("2026-03-02 09:00", True, "2026-03-02 14:00"),
    ("2026-03-02 12:29:59", True, "2026-03-02 14:00"), ("2026-03-02 12:30", False, "2026-03-02 14:00"),
    ("2026-03-02 13:59:59", False, "2026-03-02 14:00"), ("2026-03-02 14:00", True, "2026-03-03 09:00"),
    ("2026-03-06 18:00", False, "2026-03-09 09:00"), ("2026-04-30 18:00", False, "2026-05-04 09:00"),
    ("2026-03-02 08:59:59.9", False, "2026-03-02 09:00"), ("2026-12-31 18:00", False, "2027-01-01 09:00"),
]  # fmt: skip


def test_it_is_open_from_the_opening_up_to_the_closing() -> None:
    for at, is_open, following in OPEN_OR_NOT:
        assert OFFICE.is_open(paris(at)) is is_open
        assert OFFICE.next_opening(paris(at)) == paris(following)


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        ("2026-05-02", 0, "2026-05-02"), ("2026-05-02", 1, "2026-05-04"), ("2026-05-02", -1, "2026-04-30"),
        ("2026-05-07", 1, "2026-05-11"), ("2026-05-11", -1, "2026-05-07"), ("2026-05-11", -2, "2026-05-06"),
        ("2026-05-11", 5, "2026-05-19"), ("2026-03-06", 1, "2026-03-09"),
    ],
)  # fmt: skip
def test_business_days_are_counted_one_by_one(day: str, n: int, found: str) -> None:
    assert OFFICE.add_business_days(date.fromisoformat(day), n) == date.fromisoformat(found)
    first = OFFICE.first_business_day(date.fromisoformat(day))
    assert first == next(
        each
        for ahead in range(9)
        if OFFICE.is_business_day(each := date.fromisoformat(day) + timedelta(days=ahead))
    )


def test_no_day_is_counted_outside_of_the_years_of_a_calendar() -> None:
    with pytest.raises(NoBusinessTime):
        OFFICE.add_business_days(date(1969, 12, 31), 1)
    with pytest.raises(NoBusinessTime):
        OFFICE.add_business_days(date(2200, 1, 1), 1)
    assert OFFICE.add_business_days(date(1970, 1, 1), 1) == date(1970, 1, 2)
    assert OFFICE.add_business_days(date(2199, 12, 30), 1) == date(2199, 12, 31)
    always = parse_hours("24x7", "UTC")
    assert always.between(datetime(1969, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)) == 86_400
    always = parse_hours("24x7", "UTC")
    assert always.between(datetime(2199, 12, 31, tzinfo=UTC), datetime(2205, 1, 1, tzinfo=UTC)) == 86_400
    with pytest.raises(NoBusinessTime):
        parse_hours("mon 09:00-10:00", "UTC").next_opening(datetime(2199, 12, 31, 12, tzinfo=UTC))


def test_an_opening_is_looked_for_ten_years_ahead() -> None:
    def once(year: int) -> Calendar:
        return Calendar("once", "UTC", ((),) * 7, exceptions={date(year, 6, 1): ((540, 600),)})

    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert once(2036).next_opening(at) == datetime(2036, 6, 1, 9, tzinfo=UTC)
    with pytest.raises(NoBusinessTime, match="has no open hour left"):
        once(2037).next_opening(at)
    assert once(2080).add(at, 3_600) == datetime(2080, 6, 1, 10, tzinfo=UTC)
    with pytest.raises(NoBusinessTime):
        once(2020).add(at, 1)


@pytest.mark.parametrize(
    ("start", "seconds", "end"),
    [
        ("2026-03-02 08:00", 0, "2026-03-02 08:00"), ("2026-03-02 08:00", 1, "2026-03-02 09:00:01"),
        ("2026-03-02 09:00", 12_600, "2026-03-02 12:30"), ("2026-03-02 09:00", 12_601, "2026-03-02 14:00:01"),
        ("2026-03-02 12:30", 14_400, "2026-03-02 18:00"), ("2026-12-31 17:59:59", 2, "2027-01-01 09:00:01"),
    ],
)  # fmt: skip
def test_time_is_added_up_to_a_closing_and_never_to_an_opening(start: str, seconds: int, end: str) -> None:
    found = OFFICE.add(paris(start), seconds)
    assert (found, found.tzinfo) == (paris(end), UTC)
    assert OFFICE.between(paris(start), paris(end)) == seconds
    assert OFFICE.between(paris(end), paris(start)) == -seconds


def test_time_is_never_taken_away() -> None:
    with pytest.raises(ValueError, match="is not negative"):
        OFFICE.add(paris("2026-03-02 08:00"), -1)


@pytest.mark.parametrize(
    ("pauses", "due", "elapsed"),
    [
        ("", "11:00", 7_200), ("10:00-10:30", "11:30", 5_400), ("09:00-10:00", "12:00", 3_600),
        ("08:00-10:00", "12:00", 3_600),
        ("08:00-09:00", "11:00", 7_200), ("07:00-08:00", "11:00", 7_200), ("10:00-10:00", "11:00", 7_200),
        ("10:00-10:30 10:15-10:45", "11:45", 4_500), ("10:15-10:45 10:00-10:30", "11:45", 4_500),
        ("10:00-10:45 10:15-10:30", "11:45", 4_500), ("10:00-10:15 10:15-10:30", "11:30", 5_400),
        ("10:00-10:15 10:16-10:30", "11:29", 5_460), ("11:00-11:30", "11:00", 7_200), ("10:59-11:30", "11:31", 7_140),
        ("10:00- ", None, 3_600), ("11:00- ", "11:00", 7_200), ("10:30- 10:00-10:15", None, 4_500),
        ("10:00-10:30 10:15- ", None, 3_600), ("10:00- 10:15-10:30", None, 3_600), ("08:00- ", None, 0),
        ("10:00-10:15 10:20- ", None, 4_800 - 900), ("12:00- ", "11:00", 7_200), ("12:00-13:00", "11:00", 7_200),
    ],
)  # fmt: skip
def test_what_pauses_take_is_given_back(pauses: str, due: str | None, elapsed: int) -> None:
    def at(clock: str) -> datetime:
        return paris(f"2026-03-02 {clock}")

    given = [(at(a), at(b) if b else None) for a, _, b in (each.partition("-") for each in pauses.split())]
    start = at("09:00")
    assert OFFICE.due(start, 7_200, given) == (at(due) if due else None)
    assert OFFICE.elapsed(start, at("11:00"), given) == elapsed
    last = OFFICE.last_on_time(start, 7_199, given)
    assert last == (at(due) - timedelta(seconds=1) if due else None)


@pytest.mark.parametrize(
    ("start", "n", "at", "cutoff", "due"),
    [
        ("2026-03-02 10:00", 0, "close", None, "2026-03-02 18:00"),
        ("2026-03-02 10:00", 1, "open", None, "2026-03-03 09:00"),
        ("2026-03-02 16:00", 1, "close", time(16), "2026-03-03 18:00"),
        ("2026-03-02 16:00:01", 1, "close", time(16), "2026-03-04 18:00"),
        ("2026-03-07 10:00", 0, "open", None, "2026-03-09 09:00"),
        ("2026-03-06 17:00", 1, time(12), time(16), "2026-03-10 12:00"),
        ("2026-03-06 16:00", 1, time(12, 15), time(16), "2026-03-09 12:15"),
        ("2026-04-30 10:00", 1, time(0), None, "2026-05-04 00:00"),
    ],
)  # fmt: skip
def test_so_many_days_later_counts_from_the_day_of_the_start_or_the_next_one(
    start: str, n: int, at: time | str, cutoff: time | None, due: str
) -> None:
    assert OFFICE.due_in_days(paris(start), n, at, cutoff) == paris(due)


def test_a_day_closes_with_the_last_of_its_hours() -> None:
    broken = parse_hours("mon 9h-10h; tue 9h-10h 11h-12h 13h-14h", "Europe/Paris")
    monday = paris("2026-03-02 08:00")
    assert [broken.due_in_days(monday, n, "close") for n in (0, 1, 2)] == [
        paris("2026-03-02 10:00"), paris("2026-03-03 14:00"), paris("2026-03-09 10:00"),
    ]  # fmt: skip
    assert broken.due_in_days(monday, 1, "open") == paris("2026-03-03 09:00")


def test_days_later_are_put_off_by_the_open_time_that_pauses_took() -> None:
    def due(*pauses: tuple[str, str | None]) -> datetime | None:
        given = [(paris(f"2026-03-{a}"), paris(f"2026-03-{b}") if b else None) for a, b in pauses]
        return OFFICE.due_in_days(paris("2026-03-02 10:00"), 1, "close", None, given)

    assert due() == paris("2026-03-03 18:00")
    assert due(("02 11:00", "02 12:00")) == paris("2026-03-04 10:00")
    assert due(("02 19:00", "03 08:00")) == paris("2026-03-03 18:00")
    assert due(("03 18:00", None)) == paris("2026-03-03 18:00")
    assert due(("03 17:59", None)) is None
    for word in ("noon", "at", ""):
        with pytest.raises(ValueError, match=f"'{word}' is neither open, close nor a time"):
            OFFICE.due_in_days(paris("2026-03-02 10:00"), 1, word)


def test_a_calendar_is_frozen_as_plain_values() -> None:
    found = parse_hours(
        "mon 9h-12h; sun 20:00-24:00", "Europe/Paris", [date(2026, 5, 8), date(2026, 5, 1)],
        exceptions="2026-12-24 closed; 2026-12-23 9h05-10h",
    )  # fmt: skip
    told = {
        "id": "mon 9h-12h; sun 20:00-24:00", "tz": "Europe/Paris",
        "week": {"mon": [["09:00", "12:00"]], "sun": [["20:00", "24:00"]]}, "holidays": ["2026-05-01", "2026-05-08"],
        "exceptions": {"2026-12-23": [["09:05", "10:00"]], "2026-12-24": []},
    }  # fmt: skip
    assert calendar_to_mapping(found) == told
    assert list(calendar_to_mapping(found)["exceptions"]) == ["2026-12-23", "2026-12-24"]
    assert calendar_from_mapping(told) == found
    assert calendar_from_mapping({"id": "x", "tz": "UTC", "week": {}}) == Calendar("x", "UTC", ((),) * 7)
    assert parse_hours("24x7", "UTC", id="always").id == "always"


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Africa/Casablanca"]
)
@pytest.mark.parametrize(
    "hours", ["mon-sun 00:30-03:30; tue 09:00-24:00", "sat 22:00-24:00; sun 00:00-06:00"]
)
def test_open_time_is_what_a_clock_on_the_wall_shows_minute_by_minute(zone: str, hours: str) -> None:
    hours = hours if not hours.startswith("mon-sun") else "mon,wed-sun 00:30-03:30; tue 09:00-24:00"
    calendar = parse_hours(hours, zone)
    for month, day in ((3, 27), (3, 7), (10, 23), (10, 31), (4, 3), (9, 25), (12, 30), (2, 13), (3, 20)):
        start = datetime(2026, month, day, 12, tzinfo=UTC)
        minutes = [start + timedelta(minutes=10 * n) for n in range(6 * 24 * 4)]
        walls = [at.astimezone(calendar.zone) for at in minutes]
        is_open = [any(a <= w.hour * 60 + w.minute < b for a, b in calendar.spans(w.date())) for w in walls]
        assert [calendar.is_open(at) for at in minutes] == is_open
        assert calendar.between(start, minutes[-1] + timedelta(minutes=10)) == 600 * sum(is_open)
