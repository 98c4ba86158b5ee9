"""Promises of service from the shell: what is owed, what a target would give, what happens to a clock."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.places import DATA

VECTORS = json.loads((DATA / "sla_vectors.json").read_text())
LATER = "2026-11-23T11:00"


@pytest.fixture
def served(run: Run, tmp_path: Path) -> Run:
    """B-1 at nine, waiting for Paie+: a first answer in one hour, a resolution in four."""
    for register, rows in {
        "providers": "name\nPaie+\n",
        "contracts": 'name,provider,hours,sla\nPayroll,Paie+,"mon-fri 09:00-12:00 14:00-18:00",4ho\n',
        "policies": "name,contract,metric,target\nAnswer,Payroll,first answer,1ho\n",
    }.items():
        sheet = tmp_path / f"{register}.csv"
        sheet.write_text(rows)
        said = run("register", "import", register, str(sheet))
        assert said.code == 0, said.err
    assert run("block", "Payslips wrong", "@Paie+").code == 0
    return run


def test_what_is_owed_as_text_and_as_json(served: Run) -> None:
    first, second = served("sla").out.splitlines()
    assert "B-1" in first
    assert "Paie+        Payslips wrong · first answer · 1 h left → today 10:00" in first
    assert "resolution · 4 h left → today 15:00" in second
    answer, resolution = served("sla", "--json", now="2026-11-23T10:30").json
    assert (answer["clock"], answer["code"], answer["state"], answer["remaining_s"]) == (
        "CK-2", "B-1", "breached", -1800,
    )  # fmt: skip
    assert (resolution["state"], resolution["remaining_s"], resolution["waiting_on"]) == (
        "running", 9000, ["Paie+"],
    )  # fmt: skip
    assert resolution["last_on_time"] == resolution["due"] == "2026-11-23T14:00:00+00:00"


def test_an_empty_cockpit_says_how_to_begin(run: Run) -> None:
    assert "sla:4ho" in run("sla").out
    assert run("sla", "--json").json == []
    assert run("sla", "report", "--json").json == []
    assert "No promise has ended yet" in run("sla", "report").out


def test_french_names(served: Run) -> None:
    assert served("engagements", lang="fr").out.count("B-1") == 2
    assert served("engagements", "due", "4ho", "--json", lang="fr").json["target_s"] == 4 * 3600


# What a target would give.


@pytest.mark.parametrize("name", ["D14", "D40", "D44", "D57", "D63", "D70", "D74"])
def test_vectors_from_the_shell(run: Run, tmp_path: Path, name: str) -> None:
    (vector,) = (each for each in VECTORS["due"] if each["id"] == name)
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps(VECTORS["calendars"][vector["calendar"]]))
    target = vector["target"]
    text = f"J+{target['n']} {target['at']}" if "n" in target else f"{target['seconds'] // 3600}h"
    text += f" cutoff {target['cutoff']}" if "cutoff" in target else ""
    pauses = [part for p in vector["pauses"] for part in ("--pause", f"{p['from']}/{p['to']}")]
    said = run("sla", "due", text, "--from", vector["start"], "--calendar", str(path), *pauses, "--json").json
    assert (said["due_utc"], said["last_on_time_utc"]) == (vector["due_utc"], vector["last_on_time_utc"])


def test_a_what_if_in_words(run: Run) -> None:
    said = run("sla", "due", "7h30", "--from", "2026-11-23T09:00", now=LATER).out.splitlines()
    assert [line.split(maxsplit=1)[1] for line in said[:2]] == [
        "Monday 23 November 2026 09:00", "Monday 23 November 2026 18:00",
    ]  # fmt: skip
    assert said[2].endswith("Tuesday 24 November 2026 09:00")
    assert said[3].split()[-2:] == ["2", "h"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (("soon",), "target"),
        (("4ho", "--from", "someday"), "from"),
        (("4ho", "--calendar", "nobody"), "calendar"),
        (("4ho", "--calendar", "missing.json"), "calendar"),
        (("4ho", "--pause", "now"), "pause"),
    ],
)
def test_what_cannot_be_answered_names_its_part(run: Run, asked: tuple[str, ...], field: str) -> None:
    said = run("sla", "due", *asked)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{field}: ")
    told = run("sla", "due", *asked, "--json")
    assert (told.code, told.json["field"]) == (2, field)
    assert told.json["error"]


# What happens to a clock.


def test_answer_pause_resume_and_undo(served: Run) -> None:
    assert "B-1: answered" in served("sla", "answer", "b-1", now="2026-11-23T09:30").out
    assert [each["metric"] for each in served("sla", "--json").json] == ["resolution"]
    said = served("sla", "pause", "B-1", "--reason", "waiting_us", "our", "figures", now="2026-11-23T10:00")
    assert "B-1 paused · undo: cockpit undo" in said.out
    (held,) = served("sla", "--json", now=LATER).json
    assert (held["state"], held["pause"], held["due"], held["remaining_s"]) == (
        "paused", "waiting_us", None, 3 * 3600,
    )  # fmt: skip
    assert served("sla", "resume", "B-1", "--at", "10:30", now=LATER).code == 0
    (free,) = served("sla", "--json", now=LATER).json
    assert free["due"] == "2026-11-23T14:30:00+00:00"
    assert served("undo", now=LATER).code == 0
    assert served("sla", "--json", now=LATER).json == [held]
    assert "our figures" in served("sla", "show", "B-1", now=LATER).out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("pause", "B-1", "--reason", "tired"), "waiting_us"),
        (("pause", "B-1"), "--reason"),
        (("pause", "B-1", "--reason", "agreed"), "what was agreed"),
        (("pause", "B-1", "--reason", "waiting_us", "--at", "sometime"), "is not a date"),
        (("pause", "B-9", "--reason", "waiting_us"), "B-9"),
        (("resume", "B-1"), "B-1"),
        (("answer", "CK-9"), "CK-9"),
        (("waive", "CK-2", "storm"), "CK-2"),
        (("recount", "CK-9", "--mode", "restart"), "CK-9"),
        (("recount", "CK-1", "--mode", "twice"), "twice"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(served: Run, asked: tuple[str, ...], words: str) -> None:
    before = served("sla", "--json").json
    said = served("sla", *asked)
    assert said.code == 2
    assert words in said.err
    assert "Traceback" not in said.err
    assert served("sla", "--json").json == before


def test_an_excuse_and_the_report(served: Run) -> None:
    assert served("sla", "waive", "CK-2", "storm", "in", "Lille", now=LATER).code == 0
    assert served("done", "B-1", now=LATER).code == 0
    (found,) = served("sla", "report", "--json", now=LATER).json
    figures = found["over"]["90"]
    assert (found["kind"], found["name"]) == ("provider", "Paie+")
    assert (figures["kept"], figures["broken"], figures["excused"], figures["percent"]) == (1, 1, 1, None)
    assert "1/2 (1 excused)" in served("sla", "report", now=LATER).out


def test_a_clock_tells_its_story(served: Run) -> None:
    served("sla", "answer", "B-1", now="2026-11-23T09:30")
    story = served("sla", "show", "CK-2", "--json", now=LATER).json
    assert story["clock"] == "CK-2"
    assert [(each["what"], each["at"]) for each in story["story"]] == [
        ("opened: 1ho", "2026-11-23T08:00:00+00:00"), ("done", "2026-11-23T08:30:00+00:00"),
    ]  # fmt: skip
    shown = served("sla", "show", "B-1", now=LATER)
    assert "75 % used" in shown.out
    missing = served("sla", "show", "B-9", now=LATER)
    assert (missing.code, missing.err) == (1, "B-9 has no clock\n")


def test_a_recount_from_the_shell(served: Run) -> None:
    assert served("sla", "recount", "CK-1", "--mode", "restart", now=LATER).code == 0
    (_answer, resolution) = served("sla", "--json", now=LATER).json
    assert resolution["remaining_s"] == 4 * 3600
