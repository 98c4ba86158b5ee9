"""`cockpit register` at the shell: a spreadsheet is explained before it is written, columns are said once."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Result, Run


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    """A list of contracts as somebody keeps it: a column of their own words, a provider nobody knows."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "2026"
    for row in (
        ["Our contracts"],
        ["Objet", "Éditeur", "Colour", "Début"],
        ["Paie", "Paie+", "blue", "1.12.26"],
    ):
        sheet.append(row)
    path = tmp_path / "contracts.xlsx"
    made.save(path)
    return path


def test_a_spreadsheet_is_explained_mapped_once_then_written_with_what_it_misses(
    run: Run, contracts: Path
) -> None:
    said = run("register", "import", "contracts", str(contracts), "--dry-run")
    assert said.code == 1
    assert 'is it Provider? Then add --map "Éditeur=provider"' in said.out
    assert "line 2, the column “Provider” is missing" in said.err
    assert "columns ignored: Éditeur, Colour" in said.out

    said = run(
        "register", "import", "contracts", str(contracts), "--map", "Éditeur=provider", "--map", "Colour="
    )
    assert said.code == 1
    assert "line 3, Éditeur: “Paie+” is not known → --create makes this provider" in said.err
    assert run("register", "export", "contracts", "--json").json == []

    said = run("register", "import", "contracts", str(contracts), "--create", "--json")
    assert said.code == 0, "what was said of the columns is remembered"
    assert said.json["imported"]
    assert said.json["created"] == [{"register": "provider", "name": "Paie+"}]
    assert [(c["heading"], c["how"]) for c in said.json["columns"][1:3]] == [
        ("Éditeur", "remembered"), ("Colour", "remembered"),
    ]  # fmt: skip
    (contract,) = run("register", "export", "contracts", "--json").json
    assert (contract["name"], contract["starts_on"], contract["provider"]) == ("Paie", "2026-12-01", "PR-1")
    assert run("undo").code == 0
    assert run("register", "export", "all", "--json").json["provider"] == []

    assert "2 columns forgotten" in run("register", "import", "contracts", "--forget-map").err
    assert run("register", "import", "contracts", str(contracts), "--create").code == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "Éditeur"), "write COLUMN=FIELD"),
        (("--map", "Éditeur=nothing"), "“nothing” is no field"),
        (("--sheet", "2027"), "there are: 2026"),
    ],
)
def test_what_was_typed_wrong_says_what_to_type(
    run: Run, contracts: Path, options: tuple[str, str], said: str
) -> None:
    found = run("register", "import", "contracts", str(contracts), *options)
    assert found.code == 2
    assert said in found.err


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("fournisseurs", "Providers"),
        ("Salariés", "People"),
        ("suppliers", "Providers"),
        ("PCA", "Continuity plans"),
    ],
)
def test_a_register_goes_by_the_words_that_others_have_for_it(run: Run, word: str, title: str) -> None:
    said = run("list", word)
    assert (said.code, said.out.partition(":")[0]) == (0, title)


def test_without_a_file_and_with_one_that_is_none_a_sentence_is_said(run: Run, tmp_path: Path) -> None:
    assert "give the file" in run("register", "import", "people").err
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no zip")
    said = run("register", "import", "people", str(tmp_path / "x.xlsx"))
    assert (said.code, "damaged" in said.err) == (2, True)


def test_standard_input_is_a_file_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Nom;Rôle\nÉlise;RH\n".encode("cp1252"))))
    assert run("register", "import", "people", "-").code == 0
    assert run("register", "export", "people", "--json").json[0]["name"] == "Élise"


def test_the_library_that_is_missing_is_named(
    run: Run, contracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A workbook is read in a process of its own: it finds a library that is as good as none.
    (contracts.parent / "openpyxl.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(contracts.parent))
    said = run("register", "import", "contracts", str(contracts))
    assert said.code == 2
    assert "pip install 'cockpit[xlsx]'" in said.err


def test_everything_goes_into_a_folder_or_one_file_never_over_another(run: Run, tmp_path: Path) -> None:
    run("register", "import", "people", _csv(tmp_path, "name\nSophie\n"))
    for name in ("all.xlsx", "all.json", "folder"):
        assert run("register", "export", "all", "--output", str(tmp_path / name)).code == 0
        assert run("register", "export", "all", "--output", str(tmp_path / name)).code == 2
    assert "Sophie" in (tmp_path / "folder" / "person.csv").read_text()
    assert json.loads((tmp_path / "all.json").read_text())["person"][0]["name"] == "Sophie"
    (tmp_path / "file").touch()
    said = run("register", "export", "all", "--output", str(tmp_path / "file"))
    assert (said.code, "exists already" in said.err) == (2, True)
    assert run("register", "export", "all").code == 2, "several registers are no one CSV"
    assert run("register", "import", "people", str(tmp_path / "all.xlsx"), "--json").json["unchanged"] == 1


def test_the_schema_is_printed_for_one_register_or_all(run: Run) -> None:
    assert run("register", "schema", "contract", "--json").json["items"]["properties"]["amount"]["title"]
    assert "contract" in run("register", "schema").json["$defs"]


def _csv(folder: Path, text: str) -> str:
    path = folder / "list.csv"
    path.write_text(text)
    return str(path)


def test_thirty_lines_are_told_and_nothing_to_change_is_no_import(run: Run, tmp_path: Path) -> None:
    file = _csv(tmp_path, "name\n" + "".join(f"P{n}\n" for n in range(40)))
    said = run("register", "import", "people", file)
    assert said.out.count("line ") == 30
    assert "… and 10 more" in said.out
    again = run("register", "import", "people", file)
    assert (again.code, "Nothing to write: all is there already." in again.out) == (0, True)
    assert "undo" not in again.out


def test_a_field_that_is_none_is_met_with_labels(run: Run, tmp_path: Path) -> None:
    said = run("register", "import", "contracts", _csv(tmp_path, "name\na\n"), "--map", "x=Notic")
    assert said.code == 2
    assert "there are: Notice, " in said.err
    assert said.err.rstrip().endswith("…")
    assert "notice_months" not in said.err


def test_an_import_that_cuts_a_promise_says_what_becomes_of_the_open_deadlines(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "promises.csv"

    def imported(target: str) -> Result:
        file.write_text(f"name,function,target\nGold,Payroll,{target}\n")
        said = run("register", "import", "policy", str(file), "--create")
        assert said.code == 0, said.err
        return said

    imported("8ho")
    assert run("block", "VPN", "+Payroll").code == 0
    said = imported("2ho").out
    assert "Gold: 1 open deadline stays as it was promised" in said
    assert "cockpit sla recount PO-1" in said
    due = run("sla", "--json").json[0]["due"]
    assert run("sla", "recount", "PO-1", "--mode", "retroactive").code == 0
    assert run("sla", "--json").json[0]["due"] < due
