"""A picture of the screen that asks nothing of the network."""

from __future__ import annotations

import re

from textual.app import App

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")


def picture(app: App[None]) -> str:
    """The screen as SVG, without the web fonts that its style sheet would fetch."""
    return _FONT_FACE.sub("", app.export_screenshot(title="Cockpit"))
