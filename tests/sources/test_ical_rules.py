"""Rules of repetition on the edges of what is read: RFC 5545 3.3.10 says how far each part goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cockpit.sources.ical.read import seconds
from cockpit.sources.ical.repair import duration
from cockpit.sources.ical.rules import FIRST_ONLY, NEVER, OTHER_SCALE, PART_IGNORED, TOO_MANY, safe_rule
from cockpit.sources.ical.until import Start, in_utc, last_day

MONDAY = Start(datetime(2026, 3, 2, 10, 0), ZoneInfo("Europe/Paris"))  # noqa: DTZ001 - its zone is beside it
WHOLE_DAY = Start(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("part", "lowest", "highest"),
    [
        ("BYSECOND", 0, 59), ("BYMINUTE", 0, 59), ("BYHOUR", 0, 23), ("BYMONTHDAY", -31, 31),
        ("BYYEARDAY", -366, 366), ("BYWEEKNO", -53, 53), ("BYMONTH", 1, 12),
    ],
)  # fmt: skip
def test_a_part_is_read_from_its_lowest_value_to_its_highest(part: str, lowest: int, highest: int) -> None:
    for value in (lowest, highest):
        assert safe_rule(f"FREQ=YEARLY;{part}={value}", MONDAY).said == ""
    for value in (lowest - 1, highest + 1):
        assert safe_rule(f"FREQ=YEARLY;{part}={value}", MONDAY).said == FIRST_ONLY


@pytest.mark.parametrize("part", ["BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"])
def test_no_day_week_or_position_is_the_zeroth(part: str) -> None:
    assert safe_rule(f"FREQ=YEARLY;BYDAY=MO;{part}=0", MONDAY).said == FIRST_ONLY


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY;COUNT=1", ""), ("FREQ=DAILY;COUNT=0", FIRST_ONLY), ("FREQ=DAILY;COUNT=20000", ""),
        ("FREQ=DAILY;COUNT=20001", PART_IGNORED), ("FREQ=DAILY;COUNT=-1", PART_IGNORED),
        ("FREQ=DAILY;COUNT=999999", PART_IGNORED), ("FREQ=DAILY;INTERVAL=0", FIRST_ONLY),
        ("FREQ=DAILY;INTERVAL=0007", ""), ("FREQ=DAILY;INTERVAL=100000", FIRST_ONLY), ("COUNT=2", FIRST_ONLY),
        ("FREQ=FORTNIGHTLY", FIRST_ONLY), ("FREQ=DAILY;FREQ=DAILY", FIRST_ONLY), ("FREQ=DAILY;WKST", FIRST_ONLY),
        ("FREQ=DAILY;X=1", PART_IGNORED), ("FREQ=DAILY;;", ""), ("freq=daily; count=2", ""),
        ("RSCALE=HEBREW;FREQ=DAILY", OTHER_SCALE), ("FREQ=DAILY;UNTIL=20261301", FIRST_ONLY),
        ("FREQ=DAILY;WKST=XX", FIRST_ONLY), ("FREQ=YEARLY;BYDAY=53MO", ""), ("FREQ=YEARLY;BYDAY=54MO", FIRST_ONLY),
        ("FREQ=YEARLY;BYDAY=-53MO", ""), ("FREQ=YEARLY;BYDAY=0MO", FIRST_ONLY),
        ("FREQ=YEARLY;BYDAY=1MO,XX", FIRST_ONLY),
    ],
)  # fmt: skip
def test_a_rule_is_read_whole_or_said_to_be_not(rule: str, said: str) -> None:
    found = safe_rule(rule, MONDAY)
    assert found.said == said
    assert bool(found.text) is (said in ("", PART_IGNORED))
    assert ("COUNT" in found.text) is ("COUNT" in rule.upper() and said == "")


FEW = ",".join(map(str, range(48)))


@pytest.mark.parametrize(
    ("rule", "few"),
    [
        # Every quarter of an hour is the most that a day has.
        ("FREQ=MINUTELY;INTERVAL=15", True), ("FREQ=MINUTELY;INTERVAL=14", False),
        ("FREQ=SECONDLY;INTERVAL=900", True), ("FREQ=SECONDLY;INTERVAL=890", False),
        ("FREQ=HOURLY;BYMINUTE=0,15,30,45", True), ("FREQ=HOURLY;BYMINUTE=0,15,30,45,50", False),
        ("FREQ=HOURLY;INTERVAL=2;BYMINUTE=1,2,3,4,5,6,7,8", True),
        ("FREQ=HOURLY;INTERVAL=2;BYMINUTE=1,2,3,4,5,6,7,8,9", False),
        (f"FREQ=HOURLY;BYHOUR=9,10;BYMINUTE={FEW}", True), (f"FREQ=HOURLY;BYHOUR=9,10;BYMINUTE={FEW},48", False),
        (f"FREQ=HOURLY;BYHOUR=9,9;BYMINUTE={FEW},48", True),
        ("FREQ=HOURLY;INTERVAL=30;BYSECOND=1,2", True),
        (f"FREQ=DAILY;BYHOUR=9,10;BYMINUTE={FEW}", True), (f"FREQ=DAILY;BYHOUR=9,10;BYSECOND={FEW},48", False),
        (f"FREQ=MINUTELY;INTERVAL=8;BYHOUR={','.join(map(str, range(12)))}", True),
        (f"FREQ=MINUTELY;INTERVAL=8;BYHOUR={','.join(map(str, range(13)))}", False),
        (f"FREQ=HOURLY;INTERVAL=3;BYMINUTE={','.join(map(str, range(12)))}", True),
        (f"FREQ=HOURLY;INTERVAL=3;BYMINUTE={','.join(map(str, range(13)))}", False),
        ("FREQ=MINUTELY;BYHOUR=9", True), ("FREQ=MINUTELY;BYHOUR=9,10", False),
        # What a rule counts itself, it may have close to one another.
        ("FREQ=MINUTELY;COUNT=500", True), ("FREQ=MINUTELY;COUNT=501", False),
        ("FREQ=HOURLY;COUNT=9;BYMINUTE=0,15,30,45,50", False),
        # What would be walked through only to be dropped again is not.
        ("FREQ=MINUTELY;INTERVAL=15;BYHOUR=9;BYDAY=MO", True), ("FREQ=MINUTELY;INTERVAL=15;BYMONTH=3", False),
        ("FREQ=SECONDLY;INTERVAL=3600;BYHOUR=9", False), ("FREQ=HOURLY;BYMONTH=3", True),
        ("FREQ=MINUTELY;INTERVAL=15;WKST=MO;UNTIL=20260303", True),
    ],
)  # fmt: skip
def test_more_than_a_quarter_of_an_hour_each_is_too_many_unless_it_soon_ends(rule: str, few: bool) -> None:
    assert safe_rule(rule, MONDAY).said == ("" if few else TOO_MANY)


def test_a_whole_day_does_not_repeat_within_the_day() -> None:
    assert safe_rule("FREQ=HOURLY", WHOLE_DAY).said == TOO_MANY
    assert safe_rule("FREQ=DAILY;BYHOUR=9;BYMINUTE=5;BYSECOND=1", WHOLE_DAY).text == "FREQ=DAILY"


@pytest.mark.parametrize(
    ("rule", "matches"),
    [
        # No position beyond what one period holds.
        ("FREQ=DAILY;BYHOUR=9,14;BYSETPOS=2", True), ("FREQ=DAILY;BYHOUR=9,14;BYSETPOS=3", False),
        ("FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0,30;BYSETPOS=-4", True), ("FREQ=DAILY;BYHOUR=9,14;BYSETPOS=-3", False),
        ("FREQ=DAILY;BYHOUR=9,14;BYSETPOS=3,1", True),
        ("FREQ=HOURLY;BYHOUR=9,14;BYMINUTE=0,30;BYSETPOS=2", True),
        ("FREQ=HOURLY;BYHOUR=9,14;BYMINUTE=0,30;BYSETPOS=3", False),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=9;BYSETPOS=2", True), ("FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=9;BYSETPOS=3", False),
        ("FREQ=WEEKLY;BYDAY=TU,SU;BYHOUR=9;BYSETPOS=2", True), ("FREQ=WEEKLY;BYDAY=1MO,2MO;BYHOUR=9;BYSETPOS=2", False),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", True), ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", False),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=2", True), ("FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=3", False),
        ("FREQ=YEARLY;BYDAY=MO;BYSETPOS=53", True), ("FREQ=YEARLY;BYDAY=MO;BYSETPOS=54", False),
        ("FREQ=MONTHLY;BYSETPOS=35", True), ("FREQ=MONTHLY;BYSETPOS=36", False),
        # No sixth Monday of a month.
        ("FREQ=MONTHLY;BYDAY=5MO", True), ("FREQ=MONTHLY;BYDAY=6MO", False), ("FREQ=MONTHLY;BYDAY=6MO,1TU", True),
        ("FREQ=YEARLY;BYMONTH=1;BYDAY=-6MO", False), ("FREQ=YEARLY;BYDAY=6MO", True), ("FREQ=MONTHLY;BYDAY=MO", True),
        # No day that a month never has, from its begin or from its end.
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", True), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", False),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-29", True), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30", False),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31", False), ("FREQ=YEARLY;BYMONTH=4,5;BYMONTHDAY=31", True),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-30", True), ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-31", False),
        # Days of the year, common or leap.
        ("FREQ=YEARLY;BYYEARDAY=366", True), ("FREQ=YEARLY;BYYEARDAY=-366", True),
        ("FREQ=YEARLY;BYMONTH=12;BYYEARDAY=366", True), ("FREQ=YEARLY;BYMONTH=1;BYYEARDAY=366", False),
        ("FREQ=YEARLY;BYMONTH=12;BYYEARDAY=335", True), ("FREQ=YEARLY;BYMONTH=12;BYYEARDAY=334", False),
        ("FREQ=YEARLY;BYMONTH=1;BYYEARDAY=31", True), ("FREQ=YEARLY;BYMONTH=1;BYYEARDAY=32", False),
        ("FREQ=YEARLY;BYMONTH=12;BYYEARDAY=-1", True), ("FREQ=YEARLY;BYMONTH=11;BYYEARDAY=-1", False),
        ("FREQ=YEARLY;BYMONTH=1;BYYEARDAY=-365", True), ("FREQ=YEARLY;BYMONTH=2;BYYEARDAY=-366", False),
        # Weeks, to one week more or less.
        ("FREQ=YEARLY;BYMONTH=1;BYWEEKNO=6;BYDAY=MO", True), ("FREQ=YEARLY;BYMONTH=1;BYWEEKNO=7;BYDAY=MO", False),
        ("FREQ=YEARLY;BYMONTH=12;BYWEEKNO=47;BYDAY=MO", True), ("FREQ=YEARLY;BYMONTH=12;BYWEEKNO=46;BYDAY=MO", False),
        ("FREQ=YEARLY;BYMONTH=12;BYWEEKNO=1;BYDAY=MO", True), ("FREQ=YEARLY;BYMONTH=12;BYWEEKNO=2;BYDAY=MO", False),
        ("FREQ=YEARLY;BYMONTH=1;BYWEEKNO=52;BYDAY=MO", True), ("FREQ=YEARLY;BYMONTH=1;BYWEEKNO=51;BYDAY=MO", False),
        ("FREQ=YEARLY;BYMONTH=12;BYWEEKNO=-1;BYDAY=MO", True), ("FREQ=YEARLY;BYMONTH=6;BYWEEKNO=-1;BYDAY=MO", False),
        ("FREQ=YEARLY;BYMONTH=1;BYWEEKNO=-53;BYDAY=MO", True),
    ],
)  # fmt: skip
def test_a_rule_that_no_day_can_satisfy_is_not_looked_for_until_the_year_9999(
    rule: str, matches: bool
) -> None:
    assert safe_rule(rule, MONDAY).said == ("" if matches else NEVER)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_of_the_year_is_looked_for_in_a_month_that_has_it_in_a_common_or_a_leap_year(
    month: int,
) -> None:
    held = set[int]()
    for year, length in ((2023, 365), (2024, 366)):
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(length))
        places = [n for n, day in enumerate(days, 1) if day.month == month]
        held |= {*places, *(n - length - 1 for n in places)}
    for edge in (min(n for n in held if n > 0), max(held), min(held), max(n for n in held if n < 0)):
        for day in (edge - 1, edge, edge + 1):
            if day and abs(day) <= 366:
                said = safe_rule(f"FREQ=YEARLY;BYMONTH={month};BYYEARDAY={day}", MONDAY).said
                assert said == ("" if day in held else NEVER), (month, day)


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
        ("FREQ=YEARLY;BYMONTHDAY=25", "FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=3"),
        ("FREQ=YEARLY;BYMONTHDAY=25;BYYEARDAY=84", "FREQ=YEARLY;BYMONTHDAY=25;BYYEARDAY=84"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("FREQ=WEEKLY;BYSETPOS=1", "FREQ=WEEKLY;BYDAY=MO"), ("FREQ=WEEKLY;BYSETPOS=-1", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;BYDAY=1MO,+2WE,-1FR;BYSETPOS=-1,2", "FREQ=WEEKLY;BYDAY=WE,FR"),
        ("FREQ=WEEKLY;BYDAY=SU,MO;BYSETPOS=1;WKST=SU", "FREQ=WEEKLY;BYDAY=SU;WKST=SU"),
        ("FREQ=WEEKLY;BYDAY=SU,MO;BYSETPOS=1", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=9;BYSETPOS=1", "FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=9;BYSETPOS=1"),
        ("COUNT=2;FREQ=DAILY", "FREQ=DAILY;COUNT=2"),
        ("FREQ=DAILY;UNTIL=20260305", "FREQ=DAILY;UNTIL=20260305T225959Z"),
    ],
)  # fmt: skip
def test_a_rule_is_written_as_the_expander_reads_what_is_meant(rule: str, written: str) -> None:
    assert safe_rule(rule, MONDAY).text == written


@pytest.mark.parametrize(
    ("until", "start", "last"),
    [
        ("00010101T000000", MONDAY, "00010101T000000Z"), ("00020101T000000", MONDAY, "00011231T235039Z"),
        ("99990101T000000", MONDAY, "99990101T000000Z"), ("99981231T000000", MONDAY, "99981230T230000Z"),
        ("20260305T100000+0130", MONDAY, "20260305T083000Z"), ("20260305T100000-01:30", MONDAY, "20260305T113000Z"),
        ("20260305T1000", MONDAY, "20260305T090000Z"), ("00010101T000000+0100", MONDAY, ""),
        # Midnight of the 22nd where it is latest, in Hawaii, and earliest, in New Zealand.
        ("20260322T100000Z", WHOLE_DAY, "20260322"), ("20260321T110000Z", WHOLE_DAY, "20260322"),
        # The last second of the 22nd in New Zealand, of the 21st in Hawaii.
        ("20260322T105959Z", WHOLE_DAY, "20260322"), ("20260322T095959Z", WHOLE_DAY, "20260321"),
        ("99991231T230000Z", WHOLE_DAY, "99991231"), ("99991231T235959Z", WHOLE_DAY, "99991231"),
    ],
)  # fmt: skip
def test_the_end_of_a_series_is_told_in_the_type_of_its_start(until: str, start: Start, last: str) -> None:
    written = safe_rule(f"FREQ=DAILY;UNTIL={until}", start)
    assert written.text == (f"FREQ=DAILY;UNTIL={last}" if last else "")
    assert written.said == ("" if last else FIRST_ONLY)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("99910101T230000Z", "99910101T230000"), ("99900101T230000Z", "99900102T000000"),
        ("20260322T000000Z", "20260322T000000"), ("20260321T220000Z", "20260322T000000"),
        ("20260321T210000Z", "20260322T100000"), ("20260321T220100Z", "20260322T110100"),
        ("20260322T215959Z", "20260322T235959"), ("20260322T090000", "20260322T090000"),
    ],
)  # fmt: skip
def test_the_end_of_a_floating_series_in_utc_is_the_wall_time_that_was_meant(until: str, last: str) -> None:
    floating = Start(datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001 - it has none
    assert safe_rule(f"FREQ=DAILY;UNTIL={until}", floating).text == f"FREQ=DAILY;UNTIL={last}"


def test_the_last_second_of_a_day_ends_that_day_and_the_last_of_all_days_ends_there() -> None:
    assert last_day(datetime(2026, 3, 22, 23, 59, 59)) == date(2026, 3, 22)  # noqa: DTZ001 - in UTC
    assert last_day(datetime(9998, 12, 31, 23, 59, 59)) == date(9998, 12, 31)  # noqa: DTZ001 - in UTC
    assert last_day(datetime(9999, 12, 31, 23, 59, 59)) == date(9999, 12, 31)  # noqa: DTZ001 - in UTC


@pytest.mark.parametrize(
    ("zone", "instant"),
    [("+0130", "20260305T083000Z"), ("-05:30", "20260305T153000Z"), ("+1200", "20260304T220000Z")],
)
def test_a_time_ahead_of_utc_is_told_in_utc(zone: str, instant: str) -> None:
    assert in_utc("20260305T100000", zone) == instant
    assert in_utc("00010101T000000", "+0100") is None


@pytest.mark.parametrize(
    ("longest", "meant"),
    [("P999W", "P6993D"), ("P9999D", "P9999D"), ("PT99999H", "P0DT99999H"), ("PT999999M", "P0DT999999M"),
     ("PT99999999S", "P0DT99999999S")],
)  # fmt: skip
def test_a_length_has_as_many_digits_as_a_meeting_may_need(longest: str, meant: str) -> None:
    assert duration(longest) == meant
    assert duration(longest.replace("9", "99", 1)) == ""
    assert duration("P1W2DT3H4M5S") == "P9DT3H4M5S"
    assert duration("PT1H2H") == ""


def test_a_window_in_seconds_has_a_day_more_on_each_side() -> None:
    assert seconds((date(1970, 1, 2), date(1970, 1, 3))) == (0, 3 * 86_400)
    for lo, hi in ((date(1969, 12, 30), date(1970, 1, 5)), (date(2026, 3, 1), date(2026, 4, 1))):
        first, last = (datetime.combine(day, time.min, UTC) for day in (lo, hi))
        assert seconds((lo, hi)) == (
            (first - timedelta(days=1)).timestamp(), (last + timedelta(days=1)).timestamp(),
        )  # fmt: skip
