"""The views of the organisation from the shell, as text and in JSON."""

from __future__ import annotations

import pytest

from cockpit.services.desk.workspace import Workspace
from tests.cli.conftest import Run
from tests.services.organisation.mapped import map_company

VIEWS = ("map", "interfaces", "risks", "continuity", "contracts", "raci")


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_company_is_told_what_a_view_is_for(run: Run, name: str, lang: str) -> None:
    said = run(name, lang=lang)
    assert said.code == 0
    assert len(said.out.strip()) > 20
    assert run(name, "--json").json is not None


@pytest.fixture
def company(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    map_company(workspace)
    return workspace


def test_each_view_as_text_and_in_json(run: Run, company: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DB", str(company.path))
    assert "● Payroll · criticality 4/4 · nothing open\n      Claire → Inès · Paie+" in run("map").out
    assert run("map", "--json").json[0]["health"] == "calm"
    assert "■░ Paie+ → Payroll · Payslips · gone silent · every 30 d · last 95 d ago" in run("interfaces").out
    assert run("interfaces", "--json").json["undeclared"] == [
        {"from": "IT", "to": "InfoSud", "seen_in": ["B-1"]}
    ]
    assert "? never assessed: Sales, IT" in run("risks").out
    assert run("risks", "--json").json["risks"][0]["net"] == [2, 4]
    assert "■ Payroll (4/4) · slower than allowed" in run("continuity").out
    shown = run("contracts").out
    assert "in 23 d · last day to post the notice · Payroll 2026 · Paie+ · sure until 17 Dec 2026" in shown
    assert "bound until 17 Mar 2028 · 16 Dec 2026" in shown
    assert run("contracts", "--json").json[0]["notice_by"] == "2026-12-17"
    assert "▲ nobody accountable" in run("raci").out
    assert run("raci", "--json").json["processes"][0]["roles"] == {"Claire": "A", "Paie+": "R"}


def test_what_if_by_a_part_of_the_name(run: Run, company: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DB", str(company.path))
    assert "If Paie+ leaves\n7 things would break" in run("what-if", "paie").out
    found = run("what-if", "Paie+", "--json").json
    assert (found["breaks"], found["ready"]) == (7, 2)
    unknown = run("what-if", "Nobody")
    assert unknown.code == 2
    assert "Claire" in unknown.err


def test_a_level_hides_what_is_above_it(
    run: Run, company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cockpit.services.changes import edit

    monkeypatch.setenv("COCKPIT_DB", str(company.path))
    edit.edit(company, "PR-1", {"conf": 3})
    for name in VIEWS:
        said = run(name, "--level", "1")
        assert "Paie+" not in said.out, name
        assert "may exist" in said.err
    edit.edit(company, "RK-1", {"conf": 3})
    edit.edit(company, "CP-1", {"conf": 3})
    assert "never assessed:" not in run("risks", "--level", "1").out
    assert run("risks", "--level", "1", "--json").json["not_assessed"] is None
    assert "no plan" not in run("continuity", "--level", "1").out
    assert "? Payroll (4/4) · above this level" in run("continuity", "--level", "1").out
    assert "no backup" not in run("map", "--level", "1").out
