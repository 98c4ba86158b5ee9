"""What may be loaded where start-up counts: lists of modules, never wall-clock time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.places import ROOT

HEAVY = {
    "arrow", "dateutil", "defusedxml", "holidays", "httpx", "icalendar", "keyring", "msgspec", "platformdirs",
    "recurring_ical_events", "sqlite_utils", "truststore", "tzlocal", "urllib.request", "xml",
}  # fmt: skip


SLOW = {"click", "textual", "rich", "asyncio", "dataclasses", "inspect", "uuid", "platform"}
"""What a line at the prompt does without, beside what is heavy."""


LATER = {
    "cockpit.domain.signals.every", "cockpit.domain.time.dates", "cockpit.services.changes.edit",
    "cockpit.services.desk.forms", "cockpit.services.figures.scorecard", "cockpit.services.messages.outbox",
    "cockpit.services.promises.clocks", "cockpit.services.work.moves", "hashlib", "statistics",
}  # fmt: skip
"""What only writes, types or measures: a first sight of things does without."""


def loaded(code: str, tmp_path: Path) -> set[str]:
    """The modules that a new interpreter holds after `code`."""
    env = {
        **os.environ,
        "COCKPIT_DB": str(tmp_path / "a.db"),
        "COCKPIT_CONFIG": str(tmp_path / "config.toml"),
    }
    (tmp_path / "config.toml").touch()
    program = f"{code}\nimport json, sys\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    # The database is made, and the holidays of the years to come are known before they are needed.
    first = [sys.executable, "-m", "cockpit", "sync", "--holidays"]
    subprocess.run(first, check=True, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=env
    )
    return set(json.loads(said.stdout.splitlines()[-1]))


def heavy(modules: set[str], also: set[str] = frozenset()) -> set[str]:  # type: ignore[assignment]
    unwanted = HEAVY | also
    return {m for m in modules if m in unwanted or m.partition(".")[0] in unwanted}


def test_a_blocker_from_the_shell_loads_neither_click_nor_textual(tmp_path: Path) -> None:
    code = """
import sys
sys.argv = ["cockpit", "block", "VPN", "down", "pour:demain"]
from cockpit.__main__ import main
main()
"""
    modules = loaded(code, tmp_path)
    assert "cockpit.services.work.entry" in modules
    assert heavy(modules, SLOW) == set()


def test_the_brief_loads_neither_click_nor_textual(tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['cockpit', 'brief']\nfrom cockpit.__main__ import main\nmain()"
    modules = loaded(code, tmp_path)
    assert "cockpit.services.boards.brief" in modules
    assert heavy(modules, SLOW) == set()
    assert modules & LATER == set()


def test_first_paint_loads_nothing_that_a_sync_needs(tmp_path: Path) -> None:
    code = """
import asyncio, os
from pathlib import Path
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.app import CockpitApp

async def main():
    workspace = Workspace.open(Path(os.environ["COCKPIT_DB"]), Settings())
    async with CockpitApp(workspace).run_test(size=(150, 45)) as pilot:
        await pilot.pause()

asyncio.run(main())
"""
    modules = loaded(code, tmp_path)
    assert "cockpit.ui.cockpit.screen" in modules
    # Textual itself loads platformdirs.
    assert heavy(modules, {"click"}) - {m for m in modules if m.startswith("platformdirs")} == set()
    assert modules & LATER == set()


def test_the_rules_load_nothing_from_outside(tmp_path: Path) -> None:
    names = sorted(p.stem for p in (ROOT / "cockpit" / "domain").glob("*.py") if p.stem != "__init__")
    code = "\n".join(f"import cockpit.domain.{name}" for name in names)
    assert heavy(loaded(code, tmp_path), {"sqlite3", "asyncio", "socket", "textual", "click"}) == set()
