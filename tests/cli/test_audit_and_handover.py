"""`cockpit audit` and `cockpit handover`: what they print, as text and as JSON, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.audits.questionnaire import NO, YES
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Settings
from cockpit.services.audits import self_audit
from cockpit.services.desk.workspace import Workspace
from tests.cli.conftest import Run


@pytest.fixture
def audited(tmp_path: Path) -> None:
    """Two self-audits of IT: documented, then no longer."""
    now = datetime(2026, 5, 20, 8, tzinfo=UTC)
    workspace = Workspace.open(tmp_path / "cockpit.db", Settings(me="Claire"), lambda: now)
    for answer in (YES, NO):
        progress = self_audit.begin(workspace)
        for part in progress.kept:
            progress = progress.with_part(replace(part, kept=part.name == "IT", owner="Claire"))
        (part,) = progress.kept
        self_audit.finish(workspace, progress.answered(part.key, "written", answer))
    workspace.conn.close()


def test_before_the_first_one_it_says_how_to_begin(run: Run) -> None:
    said = run("audit", "--text")
    assert said.code == 2
    assert "cockpit audit" in said.err
    assert (run("audit", "--json").code, run("audit", "--json").json) == (0, None)


def test_the_last_result_and_what_changed(audited: None, run: Run) -> None:
    found = run("audit", "--json").json
    assert (found["code"], found["held_on"]) == ("SA-2", "2026-05-20")
    (it,) = found["functions"]
    assert (it["name"], it["owner"], it["answers"]["written"]) == ("IT", "Claire", "no")
    assert found["comparison"] == {
        "better": [], "worse": [{"function": "FN-1", "question": "written"}], "new": [], "gone": [],
    }  # fmt: skip
    assert [zone["key"] for zone in found["zones"]] == ["FN-1"]
    assert len(found["next"]) == 5
    text = run("audit", "--text").out
    assert "IT 3/4 · Claire · no backup" in text
    assert "▼ IT · Is it written down how it is done?" in text
    assert run("autodiagnostic", "--text").out == text


def test_a_room_reads_no_confidential_self_audit(tmp_path: Path, run: Run) -> None:
    workspace = Workspace.open(tmp_path / "cockpit.db", Settings(me="Claire"))
    workspace.add(REGISTERS["function"], {"name": "Sale", "conf": 3})
    self_audit.finish(workspace, self_audit.begin(workspace))
    workspace.conn.close()
    assert "Sale" in run("audit", "--text").out
    for way in ("--text", "--json"):
        assert "Sale" not in run("audit", way, "--level", "1").out


def test_a_handover_is_begun_listed_and_undone(tmp_path: Path, run: Run) -> None:
    workspace = Workspace.open(tmp_path / "cockpit.db", Settings(me="Claire"))
    for name in ("Julie", "Marc"):
        workspace.add(REGISTERS["person"], {"name": name})
    workspace.conn.close()
    made = run("handover", "julie", "--kind", "departure", "--due", "31/12", "--to", "Marc", "--json").json
    assert (made["code"], made["giver"], made["taker"], made["due"]) == ("HO-1", "PE-1", "PE-2", "2026-12-31")
    assert made["progress"] == {"done": 0, "all": 10, "late": 0, "days_left": 38}
    assert made["steps"][0]["due"] == "2026-12-03"
    assert [each["code"] for each in run("passation", "--json").json] == ["HO-1"]
    assert "0/10 done" in run("handover").out


def test_a_room_reads_no_confidential_handover(tmp_path: Path, run: Run) -> None:
    workspace = Workspace.open(tmp_path / "cockpit.db", Settings(me="Claire"))
    workspace.add(REGISTERS["person"], {"name": "Julie"})
    workspace.add(REGISTERS["access"], {"name": "Vault", "holder": "PE-1", "conf": 3})
    workspace.conn.close()
    assert "Vault" not in run("handover", "Julie", "--kind", "departure", "--level", "1").out
    assert "Vault" in run("handover").out
    for way in ((), ("--json",)):
        said = run("handover", "--level", "1", *way).out
        assert "Julie" in said
        assert "Vault" not in said


@pytest.mark.parametrize(
    "words",
    [("nobody",), ("Julie", "--to", "nobody"), ("Julie", "--due", "blue"), ("Julie", "--to", "Julie")],
)
def test_what_is_not_known_is_said_and_nothing_is_made(
    tmp_path: Path, run: Run, words: tuple[str, ...]
) -> None:
    workspace = Workspace.open(tmp_path / "cockpit.db", Settings(me="Claire"))
    workspace.add(REGISTERS["person"], {"name": "Julie"})
    workspace.conn.close()
    said = run("handover", *words)
    assert said.code == 2
    assert said.err
    assert run("handover", "--json").json == []
