"""How long something lasts, in the days that a person counts."""

from __future__ import annotations

_DAY, _HOUR = 24, 3600


def whole_days(seconds: float) -> int:
    """The nearest number of days, from one day on; 0 below. 47 hours are two days, in every place the same."""
    hours = int(abs(seconds)) // _HOUR
    return (hours + _DAY // 2) // _DAY if hours >= _DAY else 0
