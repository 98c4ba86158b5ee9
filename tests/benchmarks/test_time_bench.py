"""What business time and the one-line entry cost, against a plain day loop and against splitting a line.

Each ratio is taken in one run on one machine; no wall time is asserted.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import thread_time
from zoneinfo import ZoneInfo

from cockpit.domain.time.business_time import Calendar, parse_hours
from cockpit.domain.time.dates import DayContext
from cockpit.domain.work.quick_entry import KnownName, KnownNames, parse

OFFICE = parse_hours("mon-fri 09:00-12:00 14:00-18:00", "Europe/Paris", [date(2026, 5, 1), date(2026, 5, 8)])
STARTS = [
    datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=random.Random(7).randrange(86_400) + day * 86_400)
    for day in range(200)
]
LONG = 400 * 3_600


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """The shortest of several runs, in seconds of this thread: a busy machine changes nothing."""
    times = []
    for _round in range(rounds):
        began = thread_time()
        work()
        times.append(thread_time() - began)
    return min(times)


def day_loop(calendar: Calendar, start: datetime, seconds: int) -> datetime:
    """`add` as most trackers write it: day after day, span after span."""
    local = start.astimezone(calendar.zone)
    day = local.date()
    while True:
        for begin, end in calendar.spans(day):
            midnight = datetime.combine(day, time(), calendar.zone)
            opening = max(local, midnight + timedelta(minutes=begin))
            closing = midnight + timedelta(minutes=end)
            if opening < closing:
                room = int((closing - opening).total_seconds())
                if seconds <= room:
                    return opening + timedelta(seconds=seconds)
                seconds -= room
        day += timedelta(days=1)


def test_long_durations_cost_far_less_than_a_day_loop() -> None:
    assert [OFFICE.add(start, LONG) for start in STARTS] == [day_loop(OFFICE, s, LONG) for s in STARTS]
    ours = best(lambda: [OFFICE.add(start, LONG) for start in STARTS])
    loop = best(lambda: [day_loop(OFFICE, start, LONG) for start in STARTS])
    assert ours < loop / 10


def test_the_length_of_a_duration_hardly_matters() -> None:
    short = best(lambda: [OFFICE.between(s, s + timedelta(hours=8)) for s in STARTS * 5])
    long = best(lambda: [OFFICE.between(s, s + timedelta(days=150)) for s in STARTS * 5])
    assert long < short * 3


def test_a_line_costs_little_more_than_its_length() -> None:
    context = DayContext(time(9), time(18), OFFICE)
    known = KnownNames(people=(KnownName("Sophie Martin"),), providers=(KnownName("Silae"),))
    now = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
    line = "Paie juillet bloquée @Silae +rh p2 pour:demain 12h qui:Sophie "

    def reading(times: int) -> Callable[[], object]:
        text = line * times
        return lambda: parse(text, now=now, context=context, known=known)

    assert best(reading(160)) < 20 * best(reading(16))
