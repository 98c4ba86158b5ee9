"""Due diligence names roles, the closing names everybody; each folder can be checked without the program."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from cockpit.domain.documents.disclosure import Disclosure, SalePhase
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import shelf
from cockpit.services.documents.folder import CannotWrite
from cockpit.services.documents.sale_file import compose, gaps, on_shelf, seal
from cockpit.services.documents.sale_file.compose import SaleRequest
from cockpit.services.documents.sale_file.legend import Legend
from cockpit.services.documents.sale_file.releases import last_release, releases
from cockpit.store import journal
from tests.conftest import MONDAY, TickingClock
from tests.services.documents.sale_file.conftest import Issue, amounts, everything_in, holds


def people(workspace: Workspace) -> list[str]:
    """The names of everybody."""
    return [row["name"] for row in workspace.conn.execute("SELECT name FROM person")]


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the program of the folder, which knows nothing of this one."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / seal.CHECK)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("phase", "masks"), [("dd", ()), ("closing", ("people",))])
def test_people_go_by_their_roles(
    any_company: Workspace, issued: Issue, phase: str, masks: tuple[str, ...]
) -> None:
    texts = everything_in(issued(any_company, phase, masks).folder)
    betrayed = [(name, said) for name, text in texts.items() for said in people(any_company) if said in text]
    assert betrayed == []
    assert "Office manager" in texts["sale-file.md"]


def test_two_people_of_one_role_are_told_apart_and_stay_so(
    kerlann: Workspace, issued: Issue, clock: TickingClock
) -> None:
    first = (issued(kerlann, "dd").folder / "sale-file.md").read_text("utf-8")
    clock.forward(days=1)
    again = (issued(kerlann, "dd").folder / "sale-file.md").read_text("utf-8")
    for text in (first, again):
        row = next(line for line in text.splitlines() if line.startswith("| Paie | "))
        assert "Comptable" in row
        assert "Comptable no. 2" not in row


@pytest.mark.parametrize("phase", ["dd", "closing"])
def test_a_masked_amount_is_nowhere(any_company: Workspace, issued: Issue, phase: str) -> None:
    any_company.add(
        REGISTERS["risk"], {"name": "Impayé de 12 345 €", "function": "FN-1", "measures": "caution de 9 k€"}
    )
    texts = everything_in(issued(any_company, phase, ("amounts",)).folder)
    texts = {name: text for name, text in texts.items() if ".xlsx:xl/styles" not in name}
    wanted = {said for said in amounts(any_company) if not said.isdigit()} | {"12 345", "9 k€"}
    assert [(name, said) for name, text in texts.items() for said in wanted if holds(text, said)] == []
    assert not [name for name, text in texts.items() if "€" in text]


@pytest.mark.parametrize("phase", ["dd", "closing"])
def test_masked_amounts_are_told_as_shares(any_company: Workspace, issued: Issue, phase: str) -> None:
    folder = issued(any_company, phase, ("amounts",)).folder
    text = (folder / next(path.name for path in folder.iterdir() if path.name.startswith("04.2"))).read_text()
    assert " %" in text
    assert not re.search(r"\d{4,}\.\d\d", text)


def test_the_closing_names_people_providers_and_amounts(any_company: Workspace, issued: Issue) -> None:
    text = everything_in(issued(any_company, "closing").folder)["sale-file.md"]
    owner = any_company.conn.execute(
        "SELECT p.name FROM function AS f JOIN person AS p ON p.code = f.owner WHERE p.conf < 3 LIMIT 1"
    ).fetchone()["name"]
    assert owner in text
    assert "€" in text
    assert any_company.settings.company.name in text


@pytest.mark.parametrize("phase", ["teaser", "dd", "closing"])
def test_a_folder_is_numbered_indexed_and_sealed(any_company: Workspace, issued: Issue, phase: str) -> None:
    written = issued(any_company, phase)
    names = {path.name for path in written.folder.iterdir()}
    rows = list(csv.DictReader((written.folder / "INDEX.csv").read_text("utf-8").splitlines()))
    assert {row["File"] for row in rows} == names - {"INDEX.csv"}
    numbers = [row["No."] for row in rows]
    tables = [said for said in numbers if "." in said]
    assert tables == sorted(tables, key=lambda said: [int(part) for part in said.split(".")])
    assert all(
        row["File"].startswith(f"{int(row['No.'].split('.')[0]):02}.") for row in rows if "." in row["No."]
    )
    sums = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"],
        cwd=written.folder,
        capture_output=True,
        check=False,
    )
    assert sums.returncode == 0
    found = check(written.folder)
    assert found.returncode == 0, found.stderr
    assert "all files are as they were issued" in found.stdout


def test_a_file_that_was_changed_is_named(kerlann: Workspace, issued: Issue) -> None:
    folder = issued(kerlann, "dd").folder
    changed = next(path for path in folder.iterdir() if path.name.startswith("04.2"))
    changed.write_bytes(changed.read_bytes() + b" ")
    found = check(folder)
    assert found.returncode == 1
    assert changed.name in found.stderr


def test_the_program_of_the_folder_is_twenty_lines_and_stands_in_the_documentation() -> None:
    page = (Path(__file__).parents[4] / "docs" / "sale-file.md").read_text("utf-8")
    assert len(seal.PROGRAM.splitlines()) <= 20
    assert f"```python\n{seal.PROGRAM}```" in page


def test_the_chain_reaches_the_seal_and_hides_what_is_confidential(kerlann: Workspace, issued: Issue) -> None:
    kerlann.add(REGISTERS["blocker"], {"title": "Projet Tempête", "conf": 3})
    kerlann.add(REGISTERS["phase"], {"phase": "sale", "since": MONDAY.date()})
    entries, head = journal.head(kerlann.conn)
    folder = issued(kerlann, "closing").folder
    (chain,) = folder.glob("*-journal.jsonl")
    text = chain.read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert (len(lines), lines[-1]["hash"]) == (entries, head)
    assert "Tempête" not in text
    assert '"phase"' not in text
    assert sum("text" not in line for line in lines) >= 2
    assert f"{entries} entries" in check(folder).stdout
    # A text that was changed breaks the chain, whatever the sums say.
    chain.write_text(text.replace("Paie+", "Paie-"), encoding="utf-8")
    sums = folder / "SHA256SUMS"
    sums.write_text("".join(line + "\n" for line in sums.read_text().splitlines() if chain.name not in line))
    assert "breaks at entry" in check(folder).stderr


def test_a_journal_that_was_changed_is_told_in_the_file(kerlann: Workspace, issued: Issue) -> None:
    kerlann.conn.execute("DROP TRIGGER journal_never_changes")
    kerlann.conn.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 5")
    text = (issued(kerlann, "dd").folder / "sale-file.md").read_text("utf-8")
    assert "broken at entry 5" in text
    assert "to complete: the journal does not hold" in text


def test_what_is_above_the_level_is_left_out_and_counted(kerlann: Workspace, issued: Issue) -> None:
    kerlann.add(REGISTERS["risk"], {"name": "Litige prud’homal Caradec", "function": "FN-1", "conf": 3})
    low = everything_in(issued(kerlann, "dd").folder)
    assert not [name for name, text in low.items() if "prud" in text]
    assert "more confidential than this issue" in low["sale-file.md"]
    out = issued(kerlann, "closing", level=3).folder
    assert "prud’homal" in (out / "sale-file.md").read_text("utf-8")


def test_an_issue_is_recorded_for_the_chief_executive_alone(kerlann: Workspace, issued: Issue) -> None:
    written = issued(kerlann, "dd", ("amounts",), to="Groupe Ravel")
    (found,) = releases(kerlann)
    assert (found.code, found.phase, found.recipient, found.masked) == (
        written.code,
        "dd",
        "Groupe Ravel",
        "amounts",
    )
    assert (found.digest, found.folder, found.files) == (
        written.digest,
        written.folder.name,
        len(written.files),
    )
    assert found.issued_at == kerlann.clock()
    assert journal.holds(kerlann.conn, (found.head_seq, found.head))
    for level in (0, 1, 2):
        room = kerlann.behind(level)
        assert releases(room) == ()
        assert room.conn.execute("SELECT count(*) FROM journal WHERE entity = 'release'").fetchone()[0] == 0
        room.conn.close()


def test_an_issue_is_not_undone_and_says_who_handed_it_out(kerlann: Workspace, issued: Issue) -> None:
    code = kerlann.add(REGISTERS["risk"], {"name": "Gel"})
    issued(kerlann, "dd")
    (entry,) = (each for each in journal.entries(kerlann.conn) if each.entity == "release")
    assert entry.reason == f"handed out by {kerlann.my_name}"
    assert {each.code for each in kerlann.undo()} == {code}
    assert len(releases(kerlann)) == 1


def test_two_issues_at_once_do_not_give_one_letter_twice(kerlann: Workspace, issued: Issue) -> None:
    late = Legend(kerlann)
    issued(kerlann, "teaser")
    late.letter("PR-999")
    with pytest.raises(NotPossible, match="written meanwhile"):
        late.keep()


def test_a_folder_that_is_there_stays_and_nothing_is_recorded_twice(
    kerlann: Workspace, issued: Issue
) -> None:
    written = issued(kerlann, "dd")
    before = {path.name: path.read_bytes() for path in written.folder.iterdir()}
    with pytest.raises(CannotWrite, match="exists already"):
        issued(kerlann, "dd")
    assert {path.name: path.read_bytes() for path in written.folder.iterdir()} == before
    assert len(releases(kerlann)) == 1


def test_a_folder_that_refuses_leaves_neither_files_nor_a_record(
    kerlann: Workspace, issued: Issue, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    seen = journal.head(kerlann.conn)
    with pytest.raises(CannotWrite, match="cannot be written"):
        issued(kerlann, "teaser", out=tmp_path / "file")
    assert journal.head(kerlann.conn) == seen
    assert Legend(kerlann).meanings() == ()


def test_who_is_killed_while_writing_leaves_no_issue_and_the_next_one_is_whole(
    kerlann: Workspace, issued: Issue, tmp_path: Path
) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from cockpit import __main__ as program, files\n"
        "real = files.to_disk\n"
        "def dies(path):\n"
        "    if path.name == 'verify.py':\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    real(path)\n"
        "files.to_disk = dies\n"
        "sys.argv = ['cockpit', *sys.argv[1:]]\n"
        "program.main()\n"
    )
    given = ["--now", "2026-11-23T08:42", "dossier", "--phase", "dd", "--out", str(tmp_path / "out")]
    command = [sys.executable, "-c", script, *given, "--db", str(kerlann.path)]
    dead = subprocess.run(command, capture_output=True, check=False)
    assert dead.returncode == -9, dead.stderr
    assert not list((tmp_path / "out").glob("dossier-*"))
    assert releases(kerlann) == ()
    assert check(issued(kerlann, "dd", out=tmp_path / "out").folder).returncode == 0
    assert len(releases(kerlann)) == 1


HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:1) | `=cmd()` \x1b]52;c;x\x07 ../../etc"


def test_hostile_words_stay_words_in_every_format(kerlann: Workspace, issued: Issue) -> None:
    kerlann.add(REGISTERS["risk"], {"name": HOSTILE, "function": "FN-1", "measures": "=1+1"})
    kerlann.add(REGISTERS["provider"], {"name": "=HYPERLINK(1)/../x", "category": HOSTILE})
    folder = issued(kerlann, "closing").folder
    page = (folder / "sale-file.html").read_text("utf-8")
    assert "<img" not in page
    assert "<script" not in page
    assert "javascript:" not in re.findall(r'href="([^"]*)"', page)
    for path in folder.glob("*.csv"):
        cells = [cell for row in csv.reader(path.read_text("utf-8").splitlines()) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@" and cell]
    assert {path.parent for path in folder.rglob("*")} == {folder}


def test_what_changed_since_a_day_is_told_by_record(
    kerlann: Workspace, issued: Issue, clock: TickingClock
) -> None:
    clock.forward(days=1)
    since = clock() - timedelta(hours=1)
    kerlann.add(REGISTERS["risk"], {"name": "Grand froid", "function": "FN-1"})
    (contract,) = kerlann.select(REGISTERS["contract"].type, "contract", "name = 'Hébergement'")
    kerlann.change(REGISTERS["contract"], contract, {"change_of_control": "consent"})
    clock.forward(hours=1)
    text = (issued(kerlann, "closing", since=since).folder / "sale-file.md").read_text("utf-8")
    changed = text.split("Which records changed")[1].split("## 1.")[0]
    assert "Grand froid | record made" in changed
    assert "Hébergement | record changed" in changed
    assert changed.count("| record") == 2
    nothing = compose.compose(
        kerlann, SaleRequest(disclosure=Disclosure(SalePhase.CLOSING, level=2), since=clock())
    )
    assert nothing.changed == 0


def test_consents_stand_in_the_order_of_the_days_to_ask(kerlann: Workspace, issued: Issue) -> None:
    for name, days in (("Hébergement", 90), ("Infogérance", 20)):
        (contract,) = kerlann.select(REGISTERS["contract"].type, "contract", "name = ?", (name,))
        kerlann.change(
            REGISTERS["contract"], contract, {"change_of_control": "consent", "consent_days": days}
        )
    folder = issued(kerlann, "closing", closing=date(2027, 6, 30)).folder
    (path,) = folder.glob("04.*consents*.csv")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [(row["Contract"], row["Ask by"]) for row in rows] == [
        ("Hébergement", "2027-03-31"), ("Infogérance", "2027-06-09"),
    ]  # fmt: skip
    calendar = Calendar.from_ical((folder / "04-consents.ics").read_bytes())
    kept = {
        (str(each["summary"]).rpartition(": ")[2], each.decoded("dtstart"))
        for each in calendar.walk("VEVENT")
    }
    assert len(kept) == 6
    assert ("Hébergement (OVH)", date(2027, 3, 31)) in kept
    assert not (issued(kerlann, "teaser", closing=date(2027, 6, 30)).folder / "04-consents.ics").exists()


def test_each_gap_says_what_opens_it_and_by_when_once_a_day_is_set(any_company: Workspace) -> None:
    found = gaps.gap_list(any_company, date(2027, 6, 30))
    assert len(found) > 10
    assert all(each.gap.opens and each.gap.who and each.gap.due for each in found)
    names = any_company.names()
    for each in found:
        code = each.gap.opens
        assert code.startswith("cockpit ") or code in names or code.partition("-")[0] in {
            register.prefix for register in REGISTERS.values()
        }  # fmt: skip
    assert all(
        each.gap.due is None for each in gaps.gap_list(any_company) if each.chapter.number in (1, 2, 4)
    )


def test_an_empty_company_is_all_gaps_and_still_a_file(workspace: Workspace, issued: Issue) -> None:
    found = gaps.gap_list(workspace)
    assert {each.chapter.number for each in found} == set(range(1, 14)), "what is not known is not complete"
    for phase in ("teaser", "dd", "closing"):
        assert check(issued(workspace, phase).folder).returncode == 0


def test_the_shelf_tells_the_last_issue_and_reads_the_file_by_names(
    any_company: Workspace, issued: Issue
) -> None:
    kind = shelf.kind_of("sale_file")
    assert shelf.standing(any_company, kind).written_at is None
    issued(any_company, "teaser", to="Groupe Ravel", out=shelf.folder(any_company))
    found = shelf.standing(any_company, kind)
    assert found.written_at == any_company.clock()
    assert found.note == "teaser · Groupe Ravel"
    assert found.page is not None
    assert found.page.exists()
    publication = on_shelf.composed(any_company)
    assert len(publication.chapters) == 14
    assert any(gap.opens for gap in publication.gaps)
    room = any_company.behind(1)
    assert shelf.standing(room, kind).written_at is None
    assert len(shelf.composed(room, kind).chapters) == 14
    room.conn.close()


def test_the_last_issue_is_that_of_whom_it_is_for(
    kerlann: Workspace, issued: Issue, clock: TickingClock
) -> None:
    issued(kerlann, "teaser", to="Ravel")
    clock.forward(days=1)
    issued(kerlann, "teaser", to="Autre")
    found = last_release(kerlann, "Ravel")
    assert found is not None
    assert found.issued_at == MONDAY
    assert last_release(kerlann, "Personne") is None
