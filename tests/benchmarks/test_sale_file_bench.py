"""The sale file of ten thousand records and a hundred thousand entries, against reading the journal once."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cockpit.domain.documents.disclosure import MOST_CONFIDENTIAL, Disclosure, SalePhase
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Company, Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file import compose, issue
from cockpit.services.documents.sale_file.compose import SaleRequest
from cockpit.store import journal
from tests.benchmarks import big_company
from tests.benchmarks.big_company import NOW

AGAINST = 12
"""Times what it takes to verify the journal: about ten seconds where that takes one."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The big company, with as many contracts, processes, accesses and risks as it may have by then."""
    path = tmp_path_factory.mktemp("grown") / "cockpit.db"
    big_company.build(path)
    workspace = Workspace.open(path, Settings(me="Claire", company=Company(name="Grande")), lambda: NOW)
    started = (NOW - timedelta(days=300)).date()
    made: dict[str, list[dict[str, Value]]] = {
        "person": [{"name": f"Prénom{n} Nom{n}", "role": f"Rôle {n % 40}"} for n in range(300)],
        "provider": [{"name": f"Société {n}"} for n in range(200)],
        "contract": [
            {"name": f"Contrat de Nom{n % 300}", "provider": f"PR-{n % 200 + 1}", "functions": (f"FN-{n % 8 + 1}",),
             "starts_on": started, "amount": n * 100}
            for n in range(1_000)
        ],
        "process": [
            {"name": f"Processus {n}", "function": f"FN-{n % 8 + 1}", "accountable": f"PE-{n % 300 + 1}"}
            for n in range(1_000)
        ],
        "access": [{"name": f"Système {n}", "holder": f"PE-{n % 300 + 1}"} for n in range(1_500)],
        "risk": [{"name": f"Risque vu par Prénom{n % 300}", "function": f"FN-{n % 8 + 1}"} for n in range(1_000)],
    }  # fmt: skip
    for name, rows in made.items():
        workspace.change_all([(REGISTERS[name], None, row) for row in rows], f"{name}.import")
    return workspace


@pytest.mark.parametrize("phase", list(SalePhase))
def test_a_phase_of_ten_thousand_records(
    grown: Workspace, tmp_path: Path, phase: SalePhase, benchmark: BenchmarkFixture
) -> None:
    begun = time.perf_counter()
    journal.verify(grown.conn)
    once = time.perf_counter() - begun
    request = SaleRequest(disclosure=Disclosure(phase, level=MOST_CONFIDENTIAL[phase]), since=NOW)

    def written() -> None:
        issue.issue(grown, compose.compose(grown, request), tmp_path)

    begun = time.perf_counter()
    benchmark.pedantic(written, rounds=1)  # type: ignore[no-untyped-call]
    assert time.perf_counter() - begun <= AGAINST * once
