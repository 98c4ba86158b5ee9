"""What is under the cursor, copied in one line."""

from __future__ import annotations

from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.journeys.conftest import Drive


async def test_a_record_is_copied_in_the_line_that_the_shell_prints(
    workspace: Workspace, drive: Drive
) -> None:
    line = "Payslips: gaps @Paie+ p1 owner:Claire next:call conf:3"
    capture.save(workspace, "blocker", entry.understand(workspace, line))
    async with drive() as driver:
        await driver.press("2", "Y")
        assert driver.app.clipboard.startswith("B-1")
        assert "Payslips: gaps" in driver.app.clipboard
        assert "→ call" in driver.app.clipboard
        driver.app.copy_to_clipboard("")
        await driver.press("v", "Y")
        assert "Payslips" not in driver.app.clipboard, "under the veil, what is hidden is not copied either"
