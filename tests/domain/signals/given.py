"""Facts for a week, made of the records that a test names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cockpit.domain.records.record import Record
from cockpit.domain.settings import Limits
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore
from cockpit.domain.time.business_time import parse_hours

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 16)
END = datetime(2026, 11, 23, tzinfo=PARIS)
"""The week of 16 November 2026 ends here: its last day is Sunday 22."""


def facts(*records: Record, **more: Any) -> Facts:
    """The week of 16 November, judged when it has ended."""
    by_register: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_register[type(record).__name__.lower()].append(record)
    return Facts(
        week=more.pop("week", MONDAY),
        at=more.pop("at", END),
        limits=more.pop("limits", Limits()),
        calendar=parse_hours("mon-fri 09:00-12:30 14:00-18:00", "Europe/Paris"),
        records=by_register,
        **more,
    )


def ago(days: float = 0, hours: float = 0) -> datetime:
    """A moment before the end of the week."""
    return END - timedelta(days=days, hours=hours)


def told(scores: SignalScore | Iterable[SignalScore]) -> str:
    """All that scores say, a line each: signal, subject, value of threshold, how many, state, figures and rows."""
    each = [scores] if isinstance(scores, SignalScore) else list(scores)
    return "\n".join(_line(score) for score in each)


def _line(score: SignalScore) -> str:
    assert score.week == MONDAY
    value = "?" if score.value is None else _number(score.value)
    parts = [
        f"{score.signal} {score.subject or 'company'}: {value} of {_number(score.threshold)}",
        f"n {score.n}",
        f"{score.state.word} {score.proof.missing}".strip(),
        ", ".join(f"{name} {_number(figure)}" for name, figure in score.proof.figures.items()),
        ", ".join(_row(row) for row in score.proof.rows),
    ]
    return " | ".join(parts).rstrip(" |")


def _row(row: Evidence) -> str:
    number = "" if row.value is None else _number(row.value)
    return " ".join(filter(None, (row.code, number, row.why)))


def _number(number: float) -> str:
    return f"{number:.10g}"
