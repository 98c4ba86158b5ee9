"""An alert as one painted line."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.services.alerts.gather import alert_text
from cockpit.ui.kit.visuals import BAD, WARN


def alert(item: Alert, width: int, names: Mapping[str, str]) -> Content:
    """What is wrong and what to do next, red or orange, by glyph too."""
    glyph, colour = ("■", BAD) if item.level >= 2 else ("▲", WARN)
    return Content.assemble((f"{glyph} ", colour), alert_text(item, names)).truncate(width, ellipsis=True)
