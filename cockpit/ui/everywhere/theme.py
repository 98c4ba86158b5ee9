"""Colours: a dark theme, a light one, a warm one of dusk, and one of high contrast. State never rests on colour
alone.

Red is late or down now, amber will be unless somebody acts; where the keys are is blue, like what is chosen.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from cockpit.domain import settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import look, themes
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.themes import COLOURS, OwnTheme

DARK = Theme(
    name="cockpit-dark",
    primary="#6CA8E8",
    secondary="#8FB8C8",
    accent="#8CC4FF",
    warning="#E8B45A",
    error="#F07F7C",
    success="#7FC08A",
    foreground="#DDE3EA",
    background="#12161C",
    surface="#171C24",
    panel="#202733",
    dark=True,
)
LIGHT = Theme(
    name="cockpit-light",
    primary="#174F91",
    secondary="#285567",
    accent="#0F4C94",
    warning="#7A4F00",
    error="#A8201A",
    success="#1F652B",
    foreground="#1B222B",
    background="#F6F4EF",
    surface="#FFFFFF",
    panel="#E7E4DC",
    dark=False,
)
DUSK = Theme(
    name="cockpit-dusk",
    primary="#B79CF0",
    secondary="#9DBFB4",
    accent="#8FD0E8",
    warning="#EDB35E",
    error="#FF8A7A",
    success="#93C47D",
    foreground="#EBE3DA",
    background="#211B22",
    surface="#282129",
    panel="#332A35",
    dark=True,
)
CONTRAST = Theme(
    name="cockpit-contrast",
    primary="#66CCFF",
    secondary="#FFFFFF",
    accent="#66CCFF",
    warning="#FFD400",
    error="#FF9C9C",
    success="#66FF88",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1A1A1A",
    dark=True,
)
_QUIET = 0.76
THEMES = (DARK, LIGHT, DUSK, CONTRAST)


def quiet(foreground: str, background: str) -> str:
    """The colour of what is beside the point: weaker than the foreground, and still clear to read."""
    return Color.parse(background).blend(Color.parse(foreground), _QUIET).hex


def made(own: OwnTheme) -> Theme:
    """A theme of one's own; what its file leaves out is that of the dark or of the light theme."""
    base = DARK if own.dark else LIGHT
    colours = {colour: getattr(base, colour) for colour in COLOURS} | dict(own.colours)
    return Theme(name=own.name, dark=own.dark, **colours)


def faint(theme: Theme) -> str:
    """The first colour that is hard to read on its ground, as `warning / panel 2.1`; empty when all are clear."""
    found = themes.faint({colour: str(getattr(theme, colour)) for colour in COLOURS})
    return next((f"{ink} / {ground} {ratio:.1f}" for ink, ground, ratio in found), "")


def worn(workspace: Workspace) -> tuple[Theme | None, str]:
    """The theme of one's own that was chosen, if one was, or why it cannot be worn: then the dark one is."""
    wanted = look.theme(workspace)
    if wanted in settings.THEMES or wanted not in themes.names(workspace):
        return None, ""
    try:
        return made(themes.read(workspace, wanted)), ""
    except ConfigError as error:
        return None, str(error)
