"""One line of what is new."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class News:
    """What became of one record."""

    group: str
    code: str
    """What opens: the blocker behind a clock, else the record itself."""
    entity: str
    id: str
    seq: int
    title: str
    severity: str
    actor: str
    why: tuple[str, ...]
    conf: int
    seen: bool = False
    note: str = ""
    """What more there is to say, in words."""
