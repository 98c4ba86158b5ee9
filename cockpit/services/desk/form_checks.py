"""What some fields of plain text must be: hours, a zone, a target. Each is told by the name of the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cockpit.locale import _


def _check_rule(text: str, zone: str) -> None:
    from cockpit.domain.meetings.ritual_plan import parse_rule

    parse_rule(text)


def _check_hours(text: str, zone: str) -> None:
    from cockpit.domain.time.business_time import parse_hours

    parse_hours(text, zone)


def _check_zone(text: str, zone: str) -> None:
    from zoneinfo import available_timezones

    if text not in available_timezones():
        raise ValueError(_("write an IANA name such as Europe/Paris"))


def _check_region(text: str, zone: str) -> None:
    from cockpit.services.desk import regions

    regions.check(text)


def _check_target(text: str, zone: str) -> None:
    from cockpit.domain.promises.sla_target import parse_target

    if parse_target(text) is None:
        raise ValueError(_("business hours or days are expected, such as 4ho or J+1 18h"))


def _check_exceptions(text: str, zone: str) -> None:
    from cockpit.domain.time.opening_hours import parse_exceptions

    parse_exceptions(text)


def _check_percentages(text: str, zone: str) -> None:
    words = [word.strip() for word in text.split(",")]
    if not all(word.isdigit() and 0 < int(word) <= 100 for word in words):
        raise ValueError(_("percentages from 1 to 100 are expected, such as 75,90"))


CHECKS: Mapping[str, Callable[[str, str], None]] = {
    "rule": _check_rule,
    "hours": _check_hours,
    "presence": _check_hours,
    "timezone": _check_zone,
    "holidays": _check_region,
    "sla": _check_target,
    "target": _check_target,
    "max_delay": _check_target,
    "exceptions": _check_exceptions,
    "warn": _check_percentages,
    "steps": _check_percentages,
}
"""By field: raises ValueError, with what is expected, for a text that is not one."""
