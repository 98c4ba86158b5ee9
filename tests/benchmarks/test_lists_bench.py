"""A key in a filter over ten thousand open blockers, and a search through 300,000 entries of the journal."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from cockpit.domain.settings import Company, Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import journal_search
from cockpit.services.work import entry
from cockpit.ui.cockpit.blockers import Blockers
from cockpit.ui.lists.questions import filter_of
from cockpit.ui.widgets.rows import Item
from tests.benchmarks import big_company
from tests.benchmarks.test_promises import big, tell

__all__ = ["big"]
TYPED = ("p", "pa", "pay", "pay ", "pay !", "pay !x", "pay !xy", "@", "@a", "%pyrl", "owner:so", "p1")
ENTRIES = 300_000


def spent(work: Callable[[], object]) -> float:
    """Processor time of this thread, in milliseconds."""
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


async def test_a_key_in_a_filter_over_ten_thousand_rows(benchmark: object, big: Path, tmp_path: Path) -> None:
    from cockpit.ui.app import CockpitApp

    shutil.copyfile(big, tmp_path / "mine.db")
    workspace = Workspace.open(
        tmp_path / "mine.db", Settings(company=Company(name="Big")), lambda: big_company.NOW
    )
    app = CockpitApp(workspace)
    async with app.run_test(size=(150, 45)) as pilot:
        await pilot.press("2", "slash")
        pane = app.screen.query_one(Blockers)
        pane.narrow(filter_of(workspace, pane, "a"), trying=True)
        await app.workers.wait_for_complete()
        # As many again, so that there are ten thousand.
        pane.show([*pane.every, *(Item(f"{item.key}b", item.data) for item in pane.every)])
        rows = len(pane.every)
        known = entry.known(workspace)
        keys = []
        for line in TYPED:

            def key(line: str = line) -> None:
                pane.narrow(filter_of(workspace, pane, line, known), trying=True)

            keys.append(spent(key))
            await pilot.pause()
    keys.sort()
    tell(
        f"a key in a filter over {rows:,} blockers", f"{keys[-2]:.1f} ms, longest {keys[-1]:.1f} ms", "20 ms"
    )
    assert rows == 10_000


def test_a_search_through_the_journal(benchmark: object, big: Path, tmp_path: Path) -> None:
    shutil.copyfile(big, tmp_path / "mine.db")
    workspace = Workspace.open(
        tmp_path / "mine.db", Settings(company=Company(name="Big")), lambda: big_company.NOW
    )
    workspace.conn.execute(
        "WITH RECURSIVE n(i) AS (SELECT coalesce(max(seq), 0) + 1 FROM journal"
        " UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " INSERT INTO journal (seq, batch, at, actor, host, action, entity, entity_id, code, before, after, reason,"
        " conf, undoes, prev_hash, hash) SELECT i, i, '2026-01-01T00:00:00+00:00', 'Claire', '',"
        " 'priority.edit', 'priority',"
        " 'x' || i, 'P-' || (i % 5000), '{\"title\": \"a\"}', '{\"title\": \"b\"}', '', 1, NULL, '', i FROM n",
        (ENTRIES,),
    )
    first = workspace.conn.execute("SELECT code FROM blocker ORDER BY number LIMIT 1").fetchone()["code"]
    for line in (f"what:{first}", "kind:blocker", "who:claire since:2026-01-01", "nothing that is written"):
        asked = journal_search.understood(workspace, line)
        took = spent(lambda asked=asked: journal_search.read(workspace, asked, 300))  # type: ignore[misc]
        tell(f"“{line}” in {ENTRIES:,} entries", f"{took:.0f} ms, beside the screen", "no stall")
