"""Screens that open over another one, which shows behind them."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.events import ScreenResume
from textual.screen import ModalScreen, Screen

from cockpit.assets import asset_dir

Answer = TypeVar("Answer")


class StyledOnce(Screen[Answer]):
    """A screen whose widgets are styled when they are made; Textual styles all of them again whenever it is shown.

    Another theme styles every screen anew by itself, and nothing else changes the looks of one that waits.
    """

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Style the screen itself: its sheet may have been read after it was made, before its widgets were."""
        event.refresh_styles = False
        self.app.stylesheet.apply(self)


class OverPlace(ModalScreen[Answer], StyledOnce[Answer]):
    """A sheet over a place. Sub-classes say what closes it, and with which answer."""

    CSS_PATH: ClassVar = asset_dir("styles") / "over.tcss"
