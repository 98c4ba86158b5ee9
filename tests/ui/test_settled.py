"""A screen that never comes to rest fails its test and says what keeps it busy; it does not merely slow it."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.settled import Unsettled, settled


class Restless(Static):
    """Asks for another repaint at each repaint, once it was told to."""

    def turn(self) -> None:
        self.call_after_refresh(self.turn)


class Unquiet(App[None]):
    def compose(self) -> ComposeResult:
        yield Restless("…", id="restless")


async def test_a_widget_that_posts_to_itself_without_end_is_named() -> None:
    app = Unquiet()
    async with app.run_test() as pilot:
        await settled()
        app.query_one(Restless).turn()
        with pytest.raises(Unsettled, match="restless"):
            await settled()
        app.query_one(Restless).turn = lambda: None  # type: ignore[method-assign]
        await pilot.pause()
