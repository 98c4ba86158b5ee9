"""Approvals in the shell, with their exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from tests.cli.conftest import Run

LATER = "2026-11-27T12:00"


@pytest.fixture
def as_(run: Run, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`as_("Yanis", "approvals")`: a command at the keyboard of somebody of a workshop."""
    for name in ("Claire", "Yanis", "Karim", "Ines"):
        workspace.add(REGISTERS["person"], {"name": name})
    workspace.add(REGISTERS["function"], {"name": "Workshop"})
    workspace.add(REGISTERS["circuit"], {
        "name": "Purchases", "functions": ("FN-1",), "threshold": 150_000, "decider": "Yanis", "deputy": "Karim",
        "max_delay": "8ho",
    })  # fmt: skip
    monkeypatch.setenv("COCKPIT_DB", str(workspace.path))

    def as_(who: str, *words: str, now: str = "2026-11-23T09:00"):  # type: ignore[no-untyped-def]
        config = tmp_path / f"{who}.toml"
        config.write_text(f'me = "{who}"\n[company]\nname = "A"\nchief = "Claire"\n', encoding="utf-8")
        monkeypatch.setenv("COCKPIT_CONFIG", str(config))
        return run(*words, now=now)

    return as_


def test_the_queue_is_worked_through_by_commands(as_: Run) -> None:
    assert "Submit with" in as_("Ines", "approvals").out
    made = as_("Ines", "approvals", "submit", "Glue", "90", "€", "+Workshop")
    assert made.out == "AP-1 submitted to Yanis · undo: cockpit undo\n"
    assert as_("Ines", "approvals", "--mine").out.startswith("Nothing waits")
    (waiting,) = as_("Yanis", "approvals", "--json").json["waiting"]
    assert (waiting["code"], waiting["mine"], waiting["late"], waiting["amount"]) == (
        "AP-1",
        True,
        False,
        9000,
    )
    assert as_("Yanis", "approvals", "ask", "AP-1", "Which?").code == 0
    assert as_("Ines", "approvals", "answer", "AP-1", "White").code == 0
    assert (
        as_("Yanis", "approvals", "delegate", "AP-1", "Karim").out == "AP-1 handed on · undo: cockpit undo\n"
    )
    refused = as_("Ines", "approvals", "approve", "AP-1")
    assert (refused.code, refused.err) == (
        2, "AP-1: who submitted it does not approve it, unless its circuit says so (DC-1)\n",
    )  # fmt: skip
    assert as_("Karim", "validations", "approve", "AP-1").out == "AP-1 approved · undo: cockpit undo\n"
    assert "approved · Karim" in as_("Ines", "approvals").out
    assert as_("Karim", "approvals", "refuse", "AP-1", "No").code == 2
    assert as_("Karim", "approvals", "approve", "AP-9").code == 2


def test_check_ends_with_four_when_a_delay_has_passed(as_: Run) -> None:
    as_("Ines", "approvals", "submit", "Glue 90 € +Workshop")
    assert as_("Ines", "approvals", "--check").code == 0
    late = as_("Ines", "approvals", "--check", now=LATER)
    assert late.code == 4
    assert "delay passed" in late.out
    assert as_("Ines", "approvals", now=LATER).code == 0


def test_a_record_is_submitted_by_its_code_alone_and_its_page_says_so(as_: Run) -> None:
    as_("Ines", "decide", "We buy the saw 900 € +Workshop")
    assert as_("Ines", "approvals", "submit", "D-1").out.startswith("AP-1 submitted to Yanis")
    assert "Approval: AP-1" in as_("Ines", "show", "D-1").out
    twice = as_("Ines", "approvals", "submit", "--about", "D-1")
    assert (twice.code, "submitted already: AP-1" in twice.err) == (2, True)
    assert as_("Ines", "approvals", "submit", "D-9").code == 2


def test_a_dry_run_says_to_whom_and_stores_nothing(as_: Run) -> None:
    said = as_("Yanis", "approvals", "submit", "--dry-run", "Glue 90 € +Workshop")
    assert said.out == "It would be submitted to Karim.\n  ! Yanis submitted it\n"
    assert as_("Yanis", "approvals", "--json").json["waiting"] == []
    lost = as_("Claire", "approvals", "submit", "Car 30 000 €")
    assert lost.code == 2
    assert "Not saved: Car 30 000 €" in lost.err


def test_a_level_hides_what_is_above_it(as_: Run) -> None:
    as_("Ines", "approvals", "submit", "Sell the annex conf:3 +Workshop")
    assert "annex" not in as_("Ines", "approvals", "--level", "1").out
    assert as_("Ines", "approvals", "--level", "1", "--json").json["waiting"] == []


def test_the_review_names_what_waits_for_a_yes(as_: Run) -> None:
    as_("Ines", "approvals", "submit", "Glue 90 € +Workshop")
    assert "── Waits for your yes\n" in as_("Yanis", "review").out
    assert as_("Yanis", "review", "--json").json["approvals"][0]["code"] == "AP-1"
    assert as_("Karim", "review", "--json").json["approvals"] == []


def test_the_request_to_an_external_is_read_and_noted_as_sent(as_: Run) -> None:
    as_("Ines", "approvals", "submit", "Glue 90 € +Workshop")
    said = as_("Ines", "approvals", "request", "AP-1")
    assert said.out.startswith("To: Yanis\nFor your approval: Glue 90 € [AP-1-")
    assert as_("Ines", "approvals", "request", "AP-1", "--sent").code == 0
    assert as_("Ines", "approvals", "means", "IN-1", "perhaps").code == 2
    assert as_("Ines", "approvals", "means", "IN-1", "yes").code == 2
