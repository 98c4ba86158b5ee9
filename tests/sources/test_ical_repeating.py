"""Rules of repetition against counting day by day, and where the reading of a long series begins."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from itertools import count, product, takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import DAILY, HOURLY, MINUTELY, MONTHLY, SECONDLY, WEEKLY, YEARLY, rrule  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event

from cockpit.domain.agenda.events import Span
from cockpit.sources.ical import expand, skip
from cockpit.sources.ical.expand import first, sought
from cockpit.sources.ical.rules import PART_IGNORED, SafeRule, safe_rule
from cockpit.sources.ical.until import Start

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)


def moved(year: int, month: int, day: int, way: str) -> date:
    """A day of a month that may not have it: one back or one forward until there is one."""
    length = calendar.monthrange(year, month)[1]
    nth = day if day > 0 else length + 1 + day
    if 1 <= nth <= length:
        return date(year, month, nth)
    if nth > length:
        return date(year, month, length) + (DAY if way == "FORWARD" else 0 * DAY)
    return date(year, month, 1) - (DAY if way == "BACKWARD" else 0 * DAY)


def counted(parts: dict[str, Any], start: date) -> list[date]:
    """The days of a rule with SKIP until 2100, month by month from that of the start."""
    found = [start]
    seen = {start}
    days, months = parts.get("BYMONTHDAY", [start.day]), parts.get("BYMONTH")
    for n in count():
        year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
        if year > 2100:
            break
        if parts["FREQ"] == "MONTHLY":
            held = [month + 1] if n % parts["INTERVAL"] == 0 and month + 1 in (months or [month + 1]) else []
        else:
            # A year is looked at once, in the month of the start.
            held = (months or [start.month]) if n % (12 * parts["INTERVAL"]) == 0 else []
        placed = sorted({moved(year, each, day, parts["SKIP"]) for each in held for day in days})
        if "BYDAY" in parts:
            placed = [day for day in placed if WEEKDAYS[day.weekday()] in parts["BYDAY"]]
        if "BYSETPOS" in parts:
            wanted = [each - 1 if each > 0 else len(placed) + each for each in parts["BYSETPOS"]]
            placed = [day for n, day in enumerate(placed) if n in wanted]
        found += [day for day in placed if day > start and day not in seen]
        seen |= set(placed)
    return found


def some(*values: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


RULES = st.fixed_dictionaries(
    {
        "FREQ": st.sampled_from(["MONTHLY", "YEARLY"]), "INTERVAL": st.sampled_from([1, 2, 3, 5, 7]),
        "SKIP": st.sampled_from(["FORWARD", "BACKWARD"]),
    },
    optional={
        "BYMONTHDAY": some(1, 5, 28, 29, 30, 31, -1, -28, -29, -30, -31), "BYMONTH": some(1, 2, 3, 4, 11, 12),
        "BYDAY": some(*WEEKDAYS), "BYSETPOS": some(1, 2, -1, -2),
    },
)  # fmt: skip


@given(
    RULES, st.dates(date(2060, 1, 1), date(2099, 12, 31)), st.sampled_from([None, 1, 2, 7, 40]), st.booleans()
)
@settings(deadline=None, max_examples=60)
def test_a_day_that_a_month_lacks_moves_as_the_rule_says(
    parts: dict[str, Any], start: date, most: int | None, until: bool
) -> None:
    if "BYMONTHDAY" not in parts:
        parts.pop("BYDAY", None)
    if parts["FREQ"] == "YEARLY" and "BYMONTHDAY" in parts and "BYDAY" in parts:
        parts.setdefault("BYMONTH", [start.month])
    if not any(abs(day) > 28 for day in parts.get("BYMONTHDAY", [start.day])):
        return
    expected = counted(parts, start)
    written = {name: ",".join(map(str, value)) if isinstance(value, list) else str(value)
               for name, value in parts.items()}  # fmt: skip
    if most:
        expected = expected[:most]
        written["COUNT"] = str(most)
    if until:
        last = start + timedelta(days=1_500)
        expected = [day for day in expected if day <= last]
        written["UNTIL"] = f"{last:%Y%m%d}"
    rule = safe_rule(";".join(f"{name}={value}" for name, value in written.items()), Start(start))
    assert rule == SafeRule(days=tuple(expected[:2_001]))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4", "01-31 02-28 03-31 04-30"),
        ("FREQ=MONTHLY;SKIP=FORWARD;COUNT=4", "01-31 03-01 03-31 05-01"),
        ("FREQ=MONTHLY;SKIP=FORWARD;COUNT=1", "01-31"),
        ("FREQ=YEARLY;BYMONTH=2;SKIP=BACKWARD;COUNT=2", "01-31 02-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=30,31;SKIP=BACKWARD;COUNT=4", "01-31 02-28 03-30 03-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD;COUNT=5", "01-31 02-01 03-01 03-31 04-01"),
        ("FREQ=MONTHLY;BYMONTHDAY=31,-1;SKIP=FORWARD;COUNT=5", "01-31 02-28 03-01 03-31 04-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=BACKWARD;COUNT=4", "01-31 03-01 03-31 05-01"),
        ("FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=FORWARD;COUNT=4", "01-31 02-01 03-01 04-01"),
        ("FREQ=MONTHLY;SKIP=BACKWARD;UNTIL=20260430", "01-31 02-28 03-31 04-30"),
        ("FREQ=MONTHLY;SKIP=BACKWARD;UNTIL=20260429", "01-31 02-28 03-31"),
        ("FREQ=MONTHLY;INTERVAL=3;SKIP=BACKWARD;COUNT=5", "01-31 04-30 07-31 10-31 01-31"),
    ],
)  # fmt: skip
def test_the_31st_goes_back_to_the_last_day_or_on_to_the_first(rule: str, days: str) -> None:
    found = safe_rule(rule, Start(date(2026, 1, 31)))
    assert " ".join(f"{day:%m-%d}" for day in found.days) == days
    assert (found.text, found.said) == ("", "")


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        # Nothing moves.
        ("FREQ=MONTHLY;SKIP=OMIT", "FREQ=MONTHLY", ""), ("FREQ=DAILY;SKIP=FORWARD", "FREQ=DAILY", ""),
        ("FREQ=WEEKLY;BYMONTHDAY=31;SKIP=FORWARD", "FREQ=WEEKLY;BYMONTHDAY=31", ""),
        ("FREQ=MONTHLY;BYMONTHDAY=28,-28;SKIP=FORWARD", "FREQ=MONTHLY;BYMONTHDAY=28,-28", ""),
        ("FREQ=MONTHLY;BYDAY=MO;SKIP=FORWARD", "FREQ=MONTHLY;BYDAY=MO", ""),
        ("FREQ=YEARLY;BYYEARDAY=366;SKIP=FORWARD", "FREQ=YEARLY;BYYEARDAY=366", ""),
        # What is not counted with is said.
        ("FREQ=MONTHLY;BYHOUR=9;SKIP=FORWARD", "FREQ=MONTHLY;BYHOUR=9", PART_IGNORED),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO;SKIP=FORWARD", "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO", PART_IGNORED),
    ],
)  # fmt: skip
def test_a_rule_that_meets_no_missing_day_stays_a_rule(rule: str, text: str, said: str) -> None:
    at = Start(datetime(2026, 1, 31, 10), ZoneInfo("Europe/Paris"))  # noqa: DTZ001 - its zone is beside it
    assert safe_rule(rule, at) == SafeRule(text, said)


@pytest.mark.parametrize(
    ("zone", "until", "last"),
    [
        (ZoneInfo("Europe/Paris"), "20260430T080000Z", 30), (ZoneInfo("Europe/Paris"), "20260430T075959Z", 31),
        (None, "20260430T100000", 30), (None, "20260430T095959", 31),
    ],
)  # fmt: skip
def test_moved_days_end_with_the_last_one_that_begins_in_time(
    zone: ZoneInfo | None, until: str, last: int
) -> None:
    at = Start(datetime(2026, 1, 31, 10), zone)  # noqa: DTZ001 - its zone is beside it
    assert safe_rule(f"FREQ=MONTHLY;SKIP=BACKWARD;UNTIL={until}", at).days[-1].day == last


def test_moved_days_are_shown_from_1970_to_2100_and_counted_from_the_start() -> None:
    def days(rule: str, start: date) -> tuple[date, ...]:
        return safe_rule(f"{rule};SKIP=BACKWARD", Start(start)).days

    old = days("FREQ=MONTHLY;COUNT=5", date(1969, 10, 31))
    assert old == tuple(map(date, (1969, 1970, 1970), (10, 1, 2), (31, 31, 28)))
    assert days("FREQ=YEARLY;BYMONTH=2", date(2096, 2, 29))[-1] == date(2100, 2, 28)
    assert days("FREQ=MONTHLY", date(2100, 12, 31)) == (date(2100, 12, 31),)
    assert days("FREQ=MONTHLY", date(2101, 1, 31)) == (date(2101, 1, 31),)
    assert (skip.FIRST_YEAR, skip.LAST_YEAR) == (1970, 2100)


# -- where a series is begun again

STEPS = {SECONDLY: timedelta(seconds=1), MINUTELY: timedelta(minutes=1), HOURLY: timedelta(hours=1),
         DAILY: DAY, WEEKLY: 7 * DAY}  # fmt: skip
UNTIL = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)


def repeating(freq: int, start: datetime, *, last: datetime | None = None, **more: Any) -> Any:
    """A rule as the expander makes it."""
    rule = rrule(freq, start, **more)
    rule.until = last
    return rule


@pytest.mark.parametrize("freq", STEPS)
@pytest.mark.parametrize("interval", [1, 3])
def test_a_series_is_begun_again_two_days_and_one_to_two_steps_before_what_is_asked(
    freq: int, interval: int
) -> None:
    step = STEPS[freq] * interval
    asked = UNTIL.replace(tzinfo=None) - 2 * DAY
    for past, beside in product((0, 1, 2, 3, 4, 100), (-1, 0, 1)):
        start = asked - past * step + timedelta(seconds=beside)
        begun = sought(repeating(freq, start, interval=interval), UNTIL)._dtstart
        assert (begun - start) % step == timedelta()
        if begun != start:
            assert step <= asked - begun < 2 * step
        else:
            assert asked - start < 2 * step


@pytest.mark.parametrize("start", [(2020, 1, 1), (2019, 12, 28), (2020, 2, 28), (2019, 11, 15)])
@pytest.mark.parametrize(("freq", "months"), [(MONTHLY, 1), (MONTHLY, 5), (YEARLY, 12), (YEARLY, 36)])
def test_a_series_of_months_or_years_is_begun_again_as_if_each_month_had_31_days(
    start: tuple[int, int, int], freq: int, months: int
) -> None:
    first = datetime(*start, 9, tzinfo=UTC)
    for past, beside in product((0, 1, 2, 3, 14), (-1, 0)):
        asked = first + 2 * DAY + past * months * 31 * DAY + timedelta(seconds=beside)
        rule = repeating(freq, first.replace(tzinfo=None), interval=months // (12 if freq == YEARLY else 1))
        begun = sought(rule, asked)._dtstart
        year, month = start[0], start[1]
        for _each in range(months * max(past - 1 + beside, 0)):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        assert begun == datetime(year, month, start[2], 9)  # noqa: DTZ001 - as the library gives it


@pytest.mark.parametrize(("freq", "start"), [(MONTHLY, (2005, 1, 29)), (YEARLY, (2004, 2, 29))])
def test_a_series_from_the_29th_on_is_read_from_its_first_since_a_month_may_lack_the_day(
    freq: int, start: tuple[int, int, int]
) -> None:
    rule = repeating(freq, datetime(*start, 9))  # noqa: DTZ001 - as the library wants it
    assert sought(rule, UNTIL) is rule


@given(
    st.sampled_from([DAILY, WEEKLY, MONTHLY, YEARLY]), st.integers(1, 7),
    st.dates(date(2010, 1, 1), date(2026, 6, 1)), st.dates(date(2015, 1, 1), date(2027, 1, 1)),
)  # fmt: skip
@settings(deadline=None, max_examples=40)
def test_what_is_asked_of_a_series_is_in_it_wherever_it_is_begun(
    freq: int, interval: int, start: date, asked: date
) -> None:
    rule = repeating(freq, datetime(start.year, start.month, start.day, 9), interval=interval)  # noqa: DTZ001 - as above
    at = datetime(asked.year, asked.month, asked.day, tzinfo=UTC)
    again = sought(rule, at)
    edge = at.replace(tzinfo=None) - DAY
    if start.day > 28 and freq in (MONTHLY, YEARLY):
        assert again is rule
    assert list(takewhile(lambda day: day < edge + 400 * DAY, again.xafter(edge, inc=True))) == list(
        takewhile(lambda day: day < edge + 400 * DAY, rule.xafter(edge, inc=True))
    )


def test_a_series_that_counts_or_chooses_among_its_days_is_read_from_its_first() -> None:
    start = datetime(2001, 1, 1, 9)  # noqa: DTZ001 - as the library wants it
    last = datetime(2030, 1, 1)  # noqa: DTZ001 - as above
    for rule in (
        repeating(DAILY, start, count=9_999),
        repeating(MONTHLY, start, bysetpos=1, byweekday=(0, 1)),
    ):
        assert sought(rule, UNTIL) is rule
    again = sought(repeating(DAILY, start, last=last), UNTIL)
    assert (again._dtstart > start, again.until) == (True, last)


# -- instances

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def component(*lines: str) -> Event:
    made = Event.from_ical("\n".join(("BEGIN:VEVENT", "UID:u", *lines, "END:VEVENT", "")))
    assert isinstance(made, Event)
    return made


def shown(*events: Event, windows: tuple[tuple[date, date], ...] = (MARCH,)) -> list[str]:
    """The instances of a series in order, each with the number of what tells it."""
    spans, _cut = expand.expand(events, windows)
    return [f"{n} {written(span)}" for n, span in sorted(spans, key=lambda each: each[1].starts)]


def written(span: Span) -> str:
    lo, hi = (datetime(1970, 1, 1) + timedelta(seconds=at) for at in (span.starts, span.ends))  # noqa: DTZ001
    return f"{span.kind} {lo:%m-%d %H:%M} {hi:%m-%d %H:%M}"


PARIS = ";TZID=Europe/Paris"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        # A day more is read on each side of the window, so that it holds its days in every zone.
        (("DTSTART:20260226T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=16;COUNT=9"),
         ["0 timed 03-14 10:00 03-14 11:00", "0 timed 03-30 10:00 03-30 11:00"]),
        (("DTSTART:20260227T230000Z", "DURATION:PT2H", "RRULE:FREQ=MONTHLY"),
         ["0 timed 02-27 23:00 02-28 01:00", "0 timed 03-27 23:00 03-28 01:00"]),
        (("DTSTART:20260401T230000Z", "RRULE:FREQ=DAILY"), ["0 timed 04-01 23:00 04-01 23:00"]),
        (("DTSTART;VALUE=DATE:20260330", "RRULE:FREQ=DAILY;COUNT=3"), [
            "0 day 03-30 00:00 03-31 00:00", "0 day 03-31 00:00 04-01 00:00", "0 day 04-01 00:00 04-02 00:00"]),
        (("DTSTART:20260310T100000", "DTEND:20260310T113000", "RRULE:FREQ=DAILY;COUNT=2"), [
            "0 floating 03-10 10:00 03-10 11:30", "0 floating 03-11 10:00 03-11 11:30"]),
        # What is left out of it, by hour or by day; and what is added, once.
        (("DTSTART:20260310T100000Z", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20260311T100000Z",
          "EXDATE;VALUE=DATE:20260312", "EXDATE:20260313T110000Z"), [
            "0 timed 03-10 10:00 03-10 10:00", "0 timed 03-13 10:00 03-13 10:00"]),
        ((f"DTSTART{PARIS}:20260310T100000", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260311T090000Z"), [
            "0 timed 03-10 09:00 03-10 09:00"]),
        (("DTSTART;VALUE=DATE:20260310", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260311"), [
            "0 day 03-10 00:00 03-11 00:00", "0 day 03-12 00:00 03-13 00:00"]),
        (("DTSTART:20260310T100000Z", "RRULE:FREQ=DAILY;COUNT=2", "RDATE:20260311T100000Z",
         "RDATE:20260320T100000Z"), [
            "0 timed 03-10 10:00 03-10 10:00", "0 timed 03-11 10:00 03-11 10:00", "0 timed 03-20 10:00 03-20 10:00"]),
        # A period that lasts longer than the event itself.
        (("DTSTART:20260210T100000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20260220T100000Z/P9D"), [
            "0 timed 02-20 10:00 03-01 10:00"]),
        # Hours are of the clock and exact, days are of the calendar, in the night that lacks an hour.
        ((f"DTSTART{PARIS}:20260328T100000", "DURATION:PT23H", "RRULE:FREQ=YEARLY"), [
         "0 timed 03-28 09:00 03-29 08:00"]),
        ((f"DTSTART{PARIS}:20260328T100000", "DURATION:P1D", "RRULE:FREQ=YEARLY"), [
         "0 timed 03-28 09:00 03-29 08:00"]),
        ((f"DTSTART{PARIS}:20260328T100000", "DURATION:P1DT1H", "RRULE:FREQ=YEARLY"), [
            "0 timed 03-28 09:00 03-29 09:00"]),
    ],
)  # fmt: skip
def test_a_series_is_told_instance_by_instance(lines: tuple[str, ...], found: list[str]) -> None:
    assert shown(component(*lines)) == found


def test_a_changed_instance_is_told_by_what_changed_it_and_a_window_twice_tells_nothing_twice() -> None:
    master = component("DTSTART:20260310T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    changed = component(
        "RECURRENCE-ID:20260311T100000Z", "DTSTART:20260311T150000Z", "DTEND:20260311T153000Z"
    )
    days = [
        "0 timed 03-10 10:00 03-10 11:00", "1 timed 03-11 15:00 03-11 15:30", "0 timed 03-12 10:00 03-12 11:00",
    ]  # fmt: skip
    assert shown(master, changed) == days
    assert shown(master, changed, windows=(MARCH, MARCH)) == days
    assert shown(master, windows=((date(2026, 3, 1), date(2026, 3, 2)), (date(2026, 3, 12), date(2026, 3, 13)))) == [
        "0 timed 03-11 10:00 03-11 11:00", "0 timed 03-12 10:00 03-12 11:00",
    ]  # fmt: skip


def test_of_one_series_two_thousand_instances_are_read_and_more_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert expand.MAX_INSTANCES == 2_000
    monkeypatch.setattr(expand, "MAX_INSTANCES", 3)
    for last, number, cut in ((1, 2, False), (2, 3, False), (3, 3, True)):
        event = component("DTSTART:20260101T100000Z", f"RRULE:FREQ=DAILY;UNTIL=2026030{last}T100000Z")
        spans, more = expand.expand([event], [MARCH, (date(2027, 1, 1), date(2027, 1, 2))])
        assert (len(spans), more) == (number, cut)


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (("DTSTART:20260310T100000Z", "DTEND:20260310T113000Z"), "timed 03-10 10:00 03-10 11:30"),
        (("DTSTART:20260310T100000Z", "DURATION:PT30M"), "timed 03-10 10:00 03-10 10:30"),
        (("DTSTART:20260310T100000Z", "DTEND:20260310T113000Z", "DURATION:PT30M"), "timed 03-10 10:00 03-10 11:30"),
        (("DTSTART:20260310T100000Z",), "timed 03-10 10:00 03-10 10:00"),
        (("DTSTART:20260310T100000", "DURATION:P1D"), "floating 03-10 10:00 03-11 10:00"),
        (("DTSTART;VALUE=DATE:20260310",), "day 03-10 00:00 03-11 00:00"),
        (("DTSTART;VALUE=DATE:20260310", "DURATION:P2D"), "day 03-10 00:00 03-12 00:00"),
        (("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260310"), "day 03-10 00:00 03-11 00:00"),
        ((f"DTSTART{PARIS}:20260328T100000", "DURATION:PT24H"), "timed 03-28 09:00 03-29 08:00"),
        ((f"DTSTART{PARIS}:20260328T100000", "DURATION:PT23H59M"), "timed 03-28 09:00 03-29 08:59"),
        ((f"DTSTART{PARIS}:20260328T100000", "DTEND:20260329T083000Z"), "timed 03-28 09:00 03-29 08:30"),
        ((f"DTSTART{PARIS}:20260328T100000", "DTEND;TZID=Asia/Tokyo:20260329T100000"),
         "timed 03-28 09:00 03-29 01:00"),
    ],
)  # fmt: skip
def test_an_event_takes_place_from_its_start_to_its_end_or_as_long_as_it_says(
    lines: tuple[str, ...], when: str
) -> None:
    assert written(first(component(*lines))) == when


def test_an_event_of_one_time_is_told_where_it_touches_one_of_several_windows() -> None:
    event = component("DTSTART:20260310T100000Z", "DTEND:20260312T100000Z")

    def told(*windows: tuple[tuple[int, int], tuple[int, int]]) -> bool:
        return expand.single(event, [(date(2026, *lo), date(2026, *hi)) for lo, hi in windows]) is not None

    assert told(((3, 10), (3, 11)))
    assert told(((1, 1), (1, 2)), ((3, 11), (3, 12)))
    assert told(((3, 13), (3, 14)))
    assert told(((3, 8), (3, 10)))
    assert not told(((3, 14), (3, 15)))
    assert not told(((3, 8), (3, 9)))
    assert not told()
