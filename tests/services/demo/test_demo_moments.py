"""Moments relative to the present, as the demo's fixtures write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cockpit.domain.time.business_time import parse_hours
from cockpit.services.demo.moments import Moments, fill
from tests.services.demo.demo_shown import PARIS

CALENDAR = parse_hours("lun-ven 09:00-18:00", "Europe/Paris", holidays=[date(2026, 12, 25)])


def moments(text: str) -> Moments:
    now = datetime.fromisoformat(text).replace(tzinfo=PARIS)
    return Moments(now, now.date(), CALENDAR)


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-11-25T17:30", "now-65min", "2026-11-25T16:25+01:00"),
        ("2026-11-25T17:30", "08:30", "2026-11-25T08:30+01:00"),
        ("2026-11-25T17:30", "mon+2d 17:00", "2026-11-25T17:00+01:00"),
        ("2026-11-25T17:30", "-3bd 10:15", "2026-11-20T10:15+01:00"),
        ("2026-11-28T10:00", "-1bd 10:15", "2026-11-27T10:15+01:00"),
        ("2026-12-28T10:00", "-1bd 10:15", "2026-12-24T10:15+01:00"),
        ("2026-11-28T10:00", "workday 10:30", "2026-11-30T10:30+01:00"),
        ("2026-11-25T17:30", "+3mo+5d", "2027-03-02T00:00+01:00"),
        ("2026-11-30T17:30", "+3mo", "2027-02-28T00:00+01:00"),
        ("2026-12-31T09:15", "+1w", "2027-01-07T00:00+01:00"),
        ("2026-10-25T12:00", "now-1d", "2026-10-24T12:00+02:00"),
        ("2026-10-25T12:00", "now-24h", "2026-10-24T13:00+02:00"),
        ("2026-03-29T03:10", "now-20min", "2026-03-29T01:50+01:00"),
    ],
)
def test_moments_are_read_against_the_present(now: str, text: str, expected: str) -> None:
    assert moments(now).at(text).isoformat(timespec="minutes") == expected


def test_a_moment_may_be_anchored_elsewhere() -> None:
    since = datetime(2026, 11, 20, 16, 0, tzinfo=PARIS)
    assert moments("2026-11-25T17:30").at("since+1bd 09:40", since=since) == datetime(
        2026, 11, 23, 9, 40, tzinfo=PARIS
    )


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "mon+2", "mon+2y", "25/11", "mon 9:00", "mon+2d  17:00", "mon 25:00"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        moments("2026-11-25T17:30").at(text)


def test_forms_are_those_of_each_producer() -> None:
    forms = ("mon 08:30|local", "mon 08:30|utc", "mon|date", "now|iso", "now|pacific", "now|pacific-s",
             "now|rfc3339", "now|zulu")  # fmt: skip
    template = " ".join(f"{{{{{form}}}}}" for form in forms)
    assert fill(template, moments("2026-11-25T17:30")).split() == [
        "20261123T083000", "20261123T073000Z", "20261123", "2026-11-25T17:30:00.000+01:00",
        "2026-11-25T08:30:00.000-08:00", "2026-11-25T08:30:00-08:00", "2026-11-25T16:30:00+00:00",
        "2026-11-25T16:30:00.000Z",
    ]  # fmt: skip


def test_a_form_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        fill("{{now|french}}", moments("2026-11-25T17:30"))
