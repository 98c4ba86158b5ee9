"""The due instant that a target would give, from a start, in a calendar, with pauses. Nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises.sla_target import SlaTarget, parse_target
from cockpit.domain.text import fold
from cockpit.domain.time.business_time import (
    FIRST_YEAR,
    LAST_YEAR,
    Calendar,
    NoBusinessTime,
    Pause,
    calendar_from_mapping,
    parse_hours,
)
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.date_phrases import understand_date
from cockpit.services.desk.workspace import Workspace

LIMIT = 1024 * 1024
"""Bytes of a calendar file."""


@dataclass
class CannotAnswer(Exception):
    """What was asked cannot be answered: which part of it, and why."""

    field: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WhatIfAnswer:
    """The answer. `consumed_s` is the business time from the start to now, or to the due instant if earlier."""

    start: datetime
    calendar: Calendar
    due: datetime
    last_on_time: datetime
    target_s: int
    consumed_s: int
    paused_s: int
    """Business seconds that the pauses hold before it is due."""


def what_if(
    workspace: Workspace, target: str, start: str, calendar: str, pauses: Iterable[str]
) -> WhatIfAnswer:
    """The answer for a target as text. Raises Refused, which names the field."""
    wanted = parse_target(target)
    if wanted is None:
        raise CannotAnswer("target", _("business hours or days are expected, such as 4ho or J+1 18h"))
    begins = _moment(workspace, "from", start) if start else workspace.clock()
    counts = _calendar(workspace, calendar)
    held = [_pause(workspace, text) for text in pauses]
    try:
        return _answer(wanted, begins, counts, held, workspace.clock())
    except NoBusinessTime as error:
        raise CannotAnswer("calendar", _("this calendar never opens long enough")) from error


def to_json(found: WhatIfAnswer) -> dict[str, object]:
    """With stable keys; instants in UTC, durations in seconds of business time."""
    zone = found.calendar.zone
    return {
        "from": found.start.isoformat(),
        "calendar": found.calendar.id,
        "due": found.due.astimezone(zone).isoformat(),
        "due_utc": int(found.due.timestamp()),
        "last_on_time": found.last_on_time.astimezone(zone).isoformat(),
        "last_on_time_utc": int(found.last_on_time.timestamp()),
        "target_s": found.target_s,
        "consumed_s": found.consumed_s,
        "paused_s": found.paused_s,
    }


def in_words(workspace: Workspace, found: WhatIfAnswer) -> list[tuple[str, str]]:
    """Label and value of each line."""

    def moment(at: datetime) -> str:
        local = at.astimezone(workspace.zone)
        return f"{dates.long_date(local.date())} {local:%H:%M}"

    return [
        (_("from"), moment(found.start)),
        (_("due"), moment(found.due)),
        (_("kept until"), moment(found.last_on_time)),
        (_("used now"), dates.business_duration(found.consumed_s)),
        (_("paused"), dates.business_duration(found.paused_s)),
    ]


def _answer(
    target: SlaTarget, start: datetime, calendar: Calendar, pauses: list[Pause], now: datetime
) -> WhatIfAnswer:
    due, last = target.due(calendar, start, pauses), target.last_on_time(calendar, start, pauses)
    # No pause here is without an end.
    assert due is not None
    assert last is not None
    allowed = target.seconds
    if allowed is None:
        plain = target.due(calendar, start, [])
        assert plain is not None
        allowed = max(0, calendar.between(start, plain))
    return WhatIfAnswer(
        start=start,
        calendar=calendar,
        due=due,
        last_on_time=last,
        target_s=allowed,
        consumed_s=max(0, calendar.elapsed(start, min(max(now, start), due), pauses)),
        paused_s=calendar.between(start, due) - calendar.elapsed(start, due, pauses),
    )


def _calendar(workspace: Workspace, text: str) -> Calendar:
    calendars = Calendars(workspace, ask=True)
    if fold(text) in ("company", "entreprise", ""):
        return calendars.company
    path = Path(text)
    if text.endswith(".json"):
        return _from_file(path)
    names = workspace.names()
    code = next((c for c, name in names.items() if text.upper() == c or fold(name) == fold(text)), "")
    if code.startswith("PR-"):
        contract = calendars.contract((code,))
        code = contract.code if contract else ""
        return calendars.named(code) if code else calendars.company
    if code.startswith(("CT-", "PE-")):
        return calendars.named(code)
    try:
        company = workspace.settings.company
        return parse_hours(text, company.timezone, calendars.company.holidays)
    except ValueError as error:
        raise CannotAnswer("calendar", _("“{text}” is no contract, provider, person, hours or .json file").format(
            text=text)) from error  # fmt: skip


def _from_file(path: Path) -> Calendar:
    try:
        if path.stat().st_size > LIMIT:
            raise CannotAnswer("calendar", _("the file is too large"))
        data = json.loads(path.read_text(encoding="utf-8"))
        found = calendar_from_mapping(data)
        found.zone  # noqa: B018 - a zone that does not exist is refused here
    except OSError as error:
        raise CannotAnswer("calendar", str(error)) from error
    except RecursionError as error:
        raise CannotAnswer("calendar", _("the file is not a calendar")) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise CannotAnswer("calendar", _("{key} is missing or of another form").format(key=error)) from error
    except ValueError as error:
        raise CannotAnswer("calendar", str(error)) from error
    return found


def _pause(workspace: Workspace, text: str) -> Pause:
    first, slash, last = text.partition("/")
    if not slash:
        raise CannotAnswer("pause", _("a pause is written FROM/TO"))
    begin, end = _moment(workspace, "pause", first), _moment(workspace, "pause", last)
    if end < begin:
        raise CannotAnswer("pause", _("a pause cannot end before it starts"))
    return begin, end


def _moment(workspace: Workspace, field: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        understood = understand_date(workspace, text)
        if understood is None:
            raise CannotAnswer(field, _("“{text}” is not a date; write for example 2026-11-23T09:00").format(
                text=text)) from None  # fmt: skip
        return understood
    if not FIRST_YEAR < found.year < LAST_YEAR:
        raise CannotAnswer(field, _("“{text}” is too far away").format(text=text))
    return found if found.tzinfo else found.replace(tzinfo=workspace.zone)
