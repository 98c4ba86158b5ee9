"""The manual in its folder: only what changed is written, and nothing that a person wrote there is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import shelf
from cockpit.services.documents.folder import CannotWrite
from cockpit.services.documents.manual import on_shelf, pages, writing
from cockpit.services.records.find import find
from tests.conftest import TickingClock

OPEN, CLOSE = "<!-- cockpit:notes -->", "<!-- cockpit:end -->"


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """Two functions and who owns them."""
    person = workspace.add(REGISTERS["person"], {"name": "Claire", "contact": "claire@mistral.example"})
    for name in ("Payroll", "IT"):
        workspace.add(REGISTERS["function"], {"name": name, "owner": person})
    return workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shared" / "manual"


def _rename(workspace: Workspace, code: str, name: str) -> None:
    register, found = find(workspace, code)
    workspace.change(register, found, {"name": name})


def _add_by_hand(page: Path, text: str) -> None:
    written = page.read_text(encoding="utf-8")
    page.write_text(written.replace(OPEN, f"{OPEN}\n{text}"), encoding="utf-8")


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_page_a_function_an_index_and_one_page_for_a_browser(company: Workspace, folder: Path) -> None:
    done = writing.write(company, folder)
    assert _names(folder) == {
        "index.md", "payroll.md", "it.md", "directory.md", "calendar-of-the-company.md",
        "what-every-function-shares.md", "manual.html",
    }  # fmt: skip
    assert len(done.written) == 7
    assert "[Payroll](payroll.md)" in (folder / "index.md").read_text(encoding="utf-8")
    assert done.page.is_file()


def test_what_did_not_change_is_not_written_again(
    company: Workspace, folder: Path, clock: TickingClock
) -> None:
    writing.write(company, folder)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert writing.write(company, folder).written == []
    clock.forward(hours=1)
    company.add(REGISTERS["process"], {"name": "Pay", "function": "FN-1", "steps": "1. Count\n2. Pay"})
    done = writing.write(company, folder)
    assert {"payroll.md", "manual.html"} <= set(done.written) <= {"payroll.md", "index.md", "manual.html"}
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in after if after[name] != before[name]} == set(done.written)


def test_the_same_records_give_the_same_files_anywhere(company: Workspace, folder: Path) -> None:
    writing.write(company, folder)
    other = folder.with_name("other")
    writing.write(company, other)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        p.name: p.read_bytes() for p in other.iterdir()
    }


def test_what_a_person_adds_between_the_marks_is_kept_and_read_in_the_browser(
    company: Workspace, folder: Path
) -> None:
    writing.write(company, folder)
    _add_by_hand(folder / "payroll.md", "The payslips are in **the blue folder**.")
    company.add(REGISTERS["process"], {"name": "Pay", "function": "FN-1"})
    done = writing.write(company, folder)
    assert done.set_aside == []
    assert "The payslips are in **the blue folder**." in (folder / "payroll.md").read_text(encoding="utf-8")
    assert "<strong>the blue folder</strong>" in done.page.read_text(encoding="utf-8")


def test_notes_follow_a_function_that_is_renamed(company: Workspace, folder: Path) -> None:
    writing.write(company, folder)
    _add_by_hand(folder / "payroll.md", "Blue folder.")
    _rename(company, "FN-1", "Wages")
    done = writing.write(company, folder)
    assert "payroll.md" not in _names(folder)
    assert done.removed == ["payroll.md"]
    assert "Blue folder." in (folder / "wages.md").read_text(encoding="utf-8")


def test_functions_that_exchange_their_names_lose_no_notes(company: Workspace, folder: Path) -> None:
    writing.write(company, folder)
    _add_by_hand(folder / "payroll.md", "Blue folder.")
    _add_by_hand(folder / "it.md", "Grey cupboard.")
    _rename(company, "FN-1", "Elsewhere")
    _rename(company, "FN-2", "Payroll")
    _rename(company, "FN-1", "IT")
    done = writing.write(company, folder)
    assert "Grey cupboard." in (folder / "payroll.md").read_text(encoding="utf-8")
    assert "Blue folder." in (folder / "it.md").read_text(encoding="utf-8")
    assert done.removed == []


def test_a_page_changed_outside_of_the_marks_is_kept_aside_whole_and_told(
    company: Workspace, folder: Path
) -> None:
    writing.write(company, folder)
    page = folder / "payroll.md"
    mine = page.read_text(encoding="utf-8").replace("# Payroll", "# Payroll, as I see it")
    page.write_text(mine, encoding="utf-8")
    _add_by_hand(page, "Blue folder.")
    mine = page.read_text(encoding="utf-8")
    done = writing.write(company, folder)
    assert done.set_aside == ["set-aside/payroll-2026-11-23.md"]
    assert (folder / done.set_aside[0]).read_text(encoding="utf-8") == mine
    fresh = page.read_text(encoding="utf-8")
    assert "as I see it" not in fresh
    assert "Blue folder." in fresh


def test_marks_that_are_broken_lose_nothing(company: Workspace, folder: Path) -> None:
    writing.write(company, folder)
    page = folder / "payroll.md"
    mine = page.read_text(encoding="utf-8").replace(CLOSE, "my words, and the mark is gone")
    page.write_text(mine, encoding="utf-8")
    done = writing.write(company, folder)
    assert (folder / done.set_aside[0]).read_text(encoding="utf-8") == mine


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text,
                                    lambda text: text + "\n\n"])  # fmt: skip
def test_what_editors_and_synchronisations_do_to_line_ends_is_no_change_by_hand(
    company: Workspace, folder: Path, change: object
) -> None:
    writing.write(company, folder)
    page = folder / "payroll.md"
    page.write_bytes(change(page.read_text(encoding="utf-8")).encode())  # type: ignore[operator]
    assert writing.write(company, folder).set_aside == []


def test_the_page_of_a_function_that_is_no_more_goes_and_its_notes_do_not(
    company: Workspace, folder: Path, clock: TickingClock
) -> None:
    writing.write(company, folder)
    _add_by_hand(folder / "it.md", "Grey cupboard.")
    for code in ("FN-1", "FN-2"):
        register, found = find(company, code)
        company.change(register, found, {"archived_at": clock()})
    done = writing.write(company, folder)
    assert sorted(done.removed) == ["it.md", "payroll.md"]
    (kept,) = done.set_aside
    assert "Grey cupboard." in (folder / kept).read_text(encoding="utf-8")
    assert "No function yet" in (folder / "index.md").read_text(encoding="utf-8")


def test_files_of_others_are_left_alone_even_under_the_name_of_a_page(
    company: Workspace, folder: Path
) -> None:
    folder.mkdir(parents=True)
    (folder / "Payroll.md").write_text("# Ours since 2019", encoding="utf-8")
    done = writing.write(company, folder)
    assert (folder / "Payroll.md").read_text(encoding="utf-8") == "# Ours since 2019"
    assert "payroll-fn-1.md" in done.written
    assert writing.write(company, folder).written == []


def test_a_conflicting_copy_of_a_synchronisation_is_told_and_left(company: Workspace, folder: Path) -> None:
    writing.write(company, folder)
    copy = folder / "payroll (conflicted copy).md"
    copy.write_bytes((folder / "payroll.md").read_bytes())
    done = writing.write(company, folder)
    assert done.copies == [copy.name]
    assert copy.is_file()


@pytest.mark.parametrize(
    "name", ["HR/payroll", "../../etc", "CON", "Index", "人事", "a" * 200, "payroll", "PAYROLL"]
)
def test_any_name_of_a_function_makes_a_safe_file(company: Workspace, folder: Path, name: str) -> None:
    company.add(REGISTERS["function"], {"name": name})
    writing.write(company, folder)
    names = [path.name for path in folder.iterdir()]
    assert len({each.casefold() for each in names}) == len(names) == 8
    assert all(len(each) < 80 and each.isascii() for each in names)
    assert {each.partition(".")[0] for each in names}.isdisjoint({"con", "nul", "aux"})


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_takes_nothing_is_told_with_the_way_out(company: Workspace, folder: Path) -> None:
    writing.write(company, folder)
    company.add(REGISTERS["function"], {"name": "Sales"})
    folder.chmod(0o500)
    try:
        with pytest.raises(CannotWrite, match="--out"):
            writing.write(company, folder)
    finally:
        folder.chmod(0o700)
    assert "sales.md" in writing.write(company, folder).written


def test_a_file_in_place_of_the_folder_is_told(company: Workspace, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("no folder", encoding="utf-8")
    with pytest.raises(CannotWrite, match="cannot be written"):
        writing.write(company, folder)


def test_stale_pages_are_said_before_anything_is_written(
    company: Workspace, folder: Path, clock: TickingClock
) -> None:
    writing.write(company, folder)
    assert writing.stale(company, folder) == ()
    clock.forward(hours=1)
    company.add(REGISTERS["process"], {"name": "Pay", "function": "FN-1"})
    assert {"payroll.md", "manual.html"} <= set(writing.stale(company, folder))
    assert "it.md" not in writing.stale(company, folder)


def test_the_shelf_says_when_it_was_written_and_where(company: Workspace, folder: Path) -> None:
    kind = shelf.kind_of("manual")
    assert shelf.standing(company, kind).written_at is None
    done = writing.write(company, folder)
    standing = shelf.standing(company, kind)
    assert standing.written_at == company.clock()
    assert standing.entries == company.written
    assert standing.page == done.page
    assert on_shelf.composed(company).gaps
    assert shelf.can_write(kind)


def test_a_text_of_the_manual_is_read_back_as_it_was_written() -> None:
    file = pages.ManualFile("FN-1", "a.md", "# A\n\n", "\n---\n\nfoot\n")
    found = pages.read(file.text("by hand"))
    assert found == pages.FoundFile("FN-1", "by hand", True)
    assert pages.read("# Somebody else's") is None
