"""Colours: a dark theme, a light one, and one of high contrast. State never rests on colour alone.

Red is late or down now, amber will be unless somebody acts; where the keys are is blue, like what is chosen.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="cockpit-dark",
    primary="#6CA8E8",
    secondary="#8FB8C8",
    accent="#8CC4FF",
    warning="#E8B45A",
    error="#EF6F6C",
    success="#7FC08A",
    foreground="#DDE3EA",
    background="#12161C",
    surface="#171C24",
    panel="#202733",
    dark=True,
)
LIGHT = Theme(
    name="cockpit-light",
    primary="#1E5FA8",
    secondary="#35687C",
    accent="#0F4C94",
    warning="#8A5A00",
    error="#B3261E",
    success="#22702F",
    foreground="#1B222B",
    background="#F6F4EF",
    surface="#FFFFFF",
    panel="#E7E4DC",
    dark=False,
)
CONTRAST = Theme(
    name="cockpit-contrast",
    primary="#66CCFF",
    secondary="#FFFFFF",
    accent="#66CCFF",
    warning="#FFD400",
    error="#FF7A7A",
    success="#66FF88",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1A1A1A",
    dark=True,
)
THEMES = (DARK, LIGHT, CONTRAST)
