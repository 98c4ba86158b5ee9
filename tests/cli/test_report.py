"""`cockpit report`: whole folders, exit codes, what a program reads, and what each level may read."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SEPTEMBER, LATER = "2026-09-01T09:00", "2026-11-23T09:00"


@pytest.fixture
def company(run: Run, tmp_path: Path) -> Run:
    """A company kept since September, with an invoice and an expected report of October."""
    sheets = {
        "functions": "name,mode\nPayroll,external\n",
        "providers": "name\nPaie+\n",
        "contracts": "name,provider,functions,amount,starts_on\nPayroll run,Paie+,Payroll,12000,2026-01-01\n",
        "costs": "name,month,kind,function,contract,amount\nOctober,2026-10-31,invoice,Payroll,Payroll run,1050\n",
        "reports": "name,source,pillar,period,due\nHours,Paie+,time,month,2026-11-05\n",
    }
    for name, text in sheets.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(text)
        assert run("register", "import", name, str(path), now=SEPTEMBER).code == 0
    return run


def written(tmp_path: Path) -> list[str]:
    out = tmp_path / "out"
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())


def test_it_writes_a_folder_and_tells_a_program_of_each_file_and_gap(company: Run, tmp_path: Path) -> None:
    said = company("report", "october", "--out", str(tmp_path / "out"), "--json")
    assert said.code == 0
    found = said.json
    assert found["month"] == "2026-10"
    assert {Path(path).suffix for path in found["files"]} == {".md", ".html", ".xlsx", ".csv"}
    assert all(Path(path).is_file() for path in found["files"])
    assert len(written(tmp_path)) == len(found["files"])
    figures = {each["key"]: each for each in found["figures"]}
    assert (figures["invoiced"]["value"], figures["invoiced"]["complete"]) == (105_000, 100)
    assert any("Hours" in gap["what"] and gap["opens"] == "ER-1" for gap in found["gaps"])
    table = csv.reader(io.StringIO((tmp_path / "out/report-2026-10/csv/costs_by_function.csv").read_text()))
    assert [row[:2] for row in table][1:] == [["Payroll", "1050.00"], ["In all", "1050.00"]]


def test_in_french_it_is_a_rapport_and_says_what_is_missing(company: Run, tmp_path: Path) -> None:
    said = company("rapport", "octobre", "--out", str(tmp_path / "out"), lang="fr")
    assert "Rapport consolidé, octobre 2026" in said.out
    assert "« Hours » : non reçu, jamais relancé" in said.out
    assert "rapport-2026-10/rapport-2026-10.html" in written(tmp_path)


def test_what_was_written_is_never_written_over(company: Run, tmp_path: Path) -> None:
    for _time in range(2):
        assert company("report", "--out", str(tmp_path / "out")).code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "report-2026-10",
        "report-2026-10-2",
    ]


@pytest.mark.parametrize("args", [("foo",), ("2027-03",), ("november", "--close"), ("2026-05", "--close"),
                                  ("october", "--reopen", "why")])  # fmt: skip
def test_a_month_that_cannot_be_told_or_closed_is_refused_with_two(
    company: Run, tmp_path: Path, args: tuple[str, ...]
) -> None:
    said = company("report", *args, "--out", str(tmp_path / "out"))
    assert (said.code, said.out) == (2, "")
    assert said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_is_read_only_is_told_with_one_and_nothing_left(company: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    assert company("report", "--out", str(out)).code == 1
    assert not list(out.iterdir())


def test_a_place_that_cannot_be_a_folder_is_told_with_one(company: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = company("report", "--out", str(tmp_path / "file" / "below"))
    assert said.code == 1
    assert "nothing was kept" in said.err


def test_a_month_that_was_closed_and_could_not_be_written_says_both_and_how_to_go_on(
    company: Run, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    said = company("report", "october", "--close", "--out", str(tmp_path / "file" / "below"))
    assert said.code == 1
    closed, *_why, then = said.err.splitlines()
    assert (closed, then) == ("2026-10 is closed", "then: cockpit report 2026-10")
    assert "closed 23 Nov 2026" in company("report", "2026-10", "--out", str(tmp_path / "out")).out


def test_a_closed_month_says_what_changed_since(company: Run, tmp_path: Path) -> None:
    assert "closed 23 Nov 2026" in company("report", "october", "--close", "--out", str(tmp_path / "out")).out
    more = tmp_path / "more.csv"
    more.write_text("name,month,kind,function,amount\nForgotten,2026-10-31,invoice,Payroll,200\n")
    assert company("register", "import", "costs", str(more), now="2026-11-25T09:00").code == 0
    assert company("report", "october", "--out", str(tmp_path / "after"), now="2026-11-25T09:00").code == 0
    text = (tmp_path / "after/report-2026-10/report-2026-10.md").read_text()
    assert "## Since the close of 23 Nov 2026" in text
    table = (tmp_path / "after/report-2026-10/csv/since_the_close.csv").read_text()
    assert "Invoiced,1050.00,1250.00,200.00,100,100" in table
    assert (
        company(
            "report", "october", "--reopen", "an invoice was forgotten", "--out", str(tmp_path / "b")
        ).code
        == 0
    )


def test_no_level_reads_what_is_above_it(company: Run, tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("name,month,kind,function,amount,conf\nTakeover fees,2026-10-02,invoice,Payroll,7777,3\n")
    assert company("register", "import", "costs", str(path)).code == 0
    company("report", "october", "--close", "--out", str(tmp_path / "all"))
    for level in ("0", "1", "2"):
        out = tmp_path / f"level{level}"
        company("report", "october", "--level", level, "--out", str(out))
        for file in out.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                assert b"Takeover" not in content
                # Digests stand in the texts, and their digits may be any.
                assert b"7777" not in re.sub(rb"[0-9a-f]{16,}", b"", content)
                assert b"8 827" not in content
    assert b"8827.00" in (tmp_path / "all/report-2026-10/csv/costs_by_function.csv").read_bytes()


def test_killed_in_the_middle_it_leaves_no_folder(company: Run, tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from cockpit.services.documents import tables\n"
        "real, count = tables.csv_of, []\n"
        "def dying(table):\n"
        "    count.append(1)\n"
        "    if len(count) == 9: os.kill(os.getpid(), 9)\n"
        "    return real(table)\n"
        "tables.csv_of = dying\n"
        f"sys.argv = ['cockpit', '--now', '{LATER}', 'report', '--out', {str(tmp_path / 'out')!r}]\n"
        "from cockpit.__main__ import main\n"
        "main()\n"
    )
    died = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert died.returncode == -9
    assert not [path for path in (tmp_path / "out").rglob("*") if not path.name.startswith(".")]
    assert company("report", "--out", str(tmp_path / "out")).code == 0
