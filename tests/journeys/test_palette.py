"""Finding by typing: what is not there is said too, in the person's language."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.ui.everywhere.palette import Palette
from tests.journeys.conftest import Drive


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Rien ne porte ce nom"), ("en", "Nothing is called that")]
)
async def test_the_palette_says_that_nothing_is_called_so_in_the_language_of_the_screen(
    drive: Drive, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setattr(Palette, "_NO_MATCHES_COUNTDOWN", 0.001)
    locale.use(language)
    async with drive() as driver:
        await driver.press("ctrl+p")
        await driver.type("zzqqzz")
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        assert said in driver.screen()
        assert "No matches found" not in driver.screen()
