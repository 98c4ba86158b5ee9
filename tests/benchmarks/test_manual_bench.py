"""The administration manual of ten thousand records of the organisation: composed, written, and found unchanged."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Company, Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.manual import chapters, writing
from cockpit.store import journal
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from tests.benchmarks.big_company import NOW
from tests.benchmarks.test_promises import tell

FUNCTIONS, PEOPLE, PROVIDERS, PROCESSES = 60, 600, 300, 1_500


@pytest.fixture(autouse=True)
def _only_when_asked(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("benchmark_only"):
        pytest.skip("measured with --benchmark-only")


@pytest.fixture
def organisation(tmp_path: Path) -> Workspace:
    """Sixty functions with all that belongs to them."""
    path, chance = tmp_path / "cockpit.db", random.Random(1)
    conn = connect(path)
    conn.execute("PRAGMA synchronous = OFF")

    def one(prefix: str, of: int) -> str:
        return f"{prefix}-{chance.randrange(of) + 1}"

    def enter(name: str, count: int, values: Callable[[int], dict[str, Any]]) -> None:
        stamp = Stamp(at=NOW.isoformat(), actor="Claire", action=f"{name}.add")
        prefix = REGISTERS[name].prefix
        puts = [
            Put(name, f"{name}{n}", {"name": f"{name} {n}", "conf": 1, **values(n)}, prefix)
            for n in range(count)
        ]
        journal.write(conn, stamp, puts)

    enter("provider", PROVIDERS, lambda n: {"contact": "01 02"})
    enter("person", PEOPLE, lambda n: {"kind": "internal", "contact": "a@b.example"})
    enter("function", FUNCTIONS, lambda n: {
        "mode": "external", "criticality": n % 4 + 1, "owner": one("PE", PEOPLE),
    })  # fmt: skip
    enter("contract", 500, lambda n: {
        "provider": one("PR", PROVIDERS), "functions": json.dumps([one("FN", FUNCTIONS)]), "starts_on": "2024-05-01",
        "initial_months": 12, "renewal": "tacit", "notice": "3m",
    })  # fmt: skip
    enter("process", PROCESSES, lambda n: {
        "function": one("FN", FUNCTIONS), "criticality": 3, "accountable": one("PE", PEOPLE),
        "responsible": json.dumps([one("PE", PEOPLE), one("PR", PROVIDERS)]), "steps": "a\nb\nc",
    })  # fmt: skip
    enter("document", 2_500, lambda n: {"process": one("PS", PROCESSES), "link": f"https://docs.example/{n}"})
    enter(
        "access",
        2_000,
        lambda n: {"holder": one("PE", PEOPLE), "level": "admin", "function": one("FN", FUNCTIONS)},
    )
    enter("interface", 1_500, lambda n: {
        "source": one("FN", FUNCTIONS), "target": one("PR", PROVIDERS), "channel": "mail", "cadence_days": 7,
    })  # fmt: skip
    enter(
        "continuity",
        500,
        lambda n: {"function": one("FN", FUNCTIONS), "steps": "x\ny", "scenario": "provider"},
    )
    enter("risk", 500, lambda n: {"function": one("FN", FUNCTIONS), "review_on": "2027-02-01"})
    conn.close()
    return Workspace.open(path, Settings(me="Claire", company=Company(name="Big")), lambda: NOW)


def test_the_manual_of_ten_thousand_records(
    benchmark: object, organisation: Workspace, tmp_path: Path
) -> None:
    tell("what the manual says, 10,000 records", _spent(lambda: chapters.compose(organisation)), "≤ 10 s")
    folder = tmp_path / "manual"
    tell("the manual written", _spent(lambda: writing.write(organisation, folder)), "≤ 10 s")
    tell("the manual unchanged", _spent(lambda: writing.write(organisation, folder)), "≤ 0.3 s")


def _spent(job: Callable[[], object]) -> str:
    """Seconds of the processor."""
    begun = time.process_time()
    job()
    return f"{time.process_time() - begun:.2f} s"
