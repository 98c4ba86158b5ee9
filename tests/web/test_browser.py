"""The three jobs in a real browser, by its keys, to the rows that they leave."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cockpit.web.visitors import DoorRules
from tests.companies import made
from tests.web.browser import PROGRAM, browser
from tests.web.door import KEY, free_port, opened


@pytest.mark.skipif(PROGRAM is None, reason="no browser is installed")
async def test_the_three_jobs_are_done_in_a_browser(kerlann_files: made.Files, tmp_path: Path) -> None:
    port = free_port()
    rules = DoorRules(address=f"http://127.0.0.1:{port}", key=KEY)
    command = (
        sys.executable, "-P", "-m", "cockpit", "--config", str(kerlann_files.config),
        "--db", str(kerlann_files.database), "--now", "2026-11-23T08:42", "--lang", "fr",
    )  # fmt: skip
    async with opened(rules, port, command), browser(tmp_path / "profile") as page:
        await page.open(f"{rules.address}/?key={KEY}")
        await page.until("document.activeElement.classList.contains('xterm-helper-textarea')")
        await page.shows("Blocages")
        await page.press("b")
        await page.shows("blocage")
        await page.type("Noté dans un navigateur @Paie+ p1")
        await page.shows("P1 critique")
        await page.press("Enter")
        await page.shows("enregistré")
        await page.press("m")
        await page.shows("tout vu")
        await page.press("Escape")
        await page.shows("j préparer")
        await page.press("f")
        await page.shows("commencer")
        assert (await page.picture()).startswith(b"\x89PNG")
        assert await page.value("location.search") == ""
    with closing(sqlite3.connect(kerlann_files.database)) as conn:
        (found,) = conn.execute(
            "SELECT severity FROM blocker WHERE title = 'Noté dans un navigateur'"
        ).fetchone()
    assert found == "p1"
