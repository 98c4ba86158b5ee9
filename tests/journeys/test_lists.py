"""Any list by keys: narrowed as one types, its rows selected, one key for all of them, one undo for the whole."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.journeys.conftest import LANGUAGES, SIZES, Drive, Driver


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """Five blockers and two priorities."""
    for line in (
        "Écarts de paie @Paie+ p1 owner:Sophie",
        "VPN down @InfoSud p2 owner:Sophie",
        "Printer p4 owner:Marc",
        "Paie d’octobre @Paie+ p3",
        "Bank access",
    ):
        capture.save(workspace, "blocker", entry.understand(workspace, line))
    for line in ("Sign the amendment p1", "Forecast of the quarter"):
        capture.save(workspace, "priority", entry.understand(workspace, line))
    return workspace


def shown(driver: Driver, pane: str) -> list[str]:
    return [item.key for item in driver.app.screen.query_one(f"#{pane}").items]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_list_is_narrowed_as_one_types_and_stays_so(
    company: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    of, nothing = ("sur", "Rien ne répond") if language == "fr" else ("of", "Nothing fits")
    async with drive(size) as driver:
        await driver.press("2", "slash")
        await driver.type("paie")
        assert shown(driver, "blockers") == ["B-1", "B-4"]
        assert f"2 {of} 5" in driver.screen()
        await driver.type(" !ecart")
        assert shown(driver, "blockers") == ["B-4"]
        await driver.press("escape")
        assert len(shown(driver, "blockers")) == 5, "what was only tried is over"
        await driver.press("slash")
        await driver.type("@paie p1")
        await driver.press("enter")
        assert shown(driver, "blockers") == ["B-1"]
        assert ("filtre : @paie p1" if language == "fr" else "filter: @paie p1") in driver.screen()
        await driver.press("enter", "escape")
        assert shown(driver, "blockers") == ["B-1"], "it stays when one comes back"
        await driver.press("slash", "ctrl+u")
        await driver.type("%prntr !qui:sophie")
        await driver.press("enter")
        assert shown(driver, "blockers") == ["B-3"]
        await driver.press("slash")
        await driver.type("zzz")
        await driver.press("enter")
        assert nothing in driver.screen()
        await driver.press("escape")
        assert len(shown(driver, "blockers")) == 5
