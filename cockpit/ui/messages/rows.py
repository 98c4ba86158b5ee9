"""What a partner sent in, as one painted line."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.registers.statement import Statement
from cockpit.ui.kit.visuals import BAD, MUTED, WARN


def statement(item: Statement, width: int) -> Content:
    """How bad they say it is, who says what."""
    colour = {"p1": BAD, "p2": WARN}.get(item.severity, MUTED)
    said = Content.assemble((f"{item.severity.upper()} ", colour), (item.sender, "bold"), f" {item.title}")
    return said.truncate(width, ellipsis=True)
