"""One identity for each name, at every door of the shell, on the company that was made through a person's doors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

BOTH_HERE = "2026-11-20T09:00"
"""Julie Caradec's last day: on the next one Julie is Julie Roux."""


def last(run: Run, kind: str = "blockers") -> dict[str, Any]:
    """The newest record of a kind."""
    found: list[dict[str, Any]] = run("list", kind, "--all", "--json").json
    return max(found, key=lambda each: int(each["code"].partition("-")[2]))


@pytest.mark.parametrize(
    ("line", "waiting_on", "owner"),
    [
        ("x @iroise", ["PR-2"], "PE-1"),
        ('x @"Iroise Informatique" qui:sophie', ["PR-2"], "PE-2"),
        ("x @Cabinet Dupont qui: Nguyen", ["PR-1"], "PE-2"),
        ("x @moi", ["PE-1"], "PE-1"),
        ("x @me qui:moi", ["PE-1"], "PE-1"),
        ("x @Le Bihan qui:PE-5", ["PE-3"], "PE-5"),
        ("x @Kiné", ["Kiné"], "PE-1"),
    ],
)
def test_a_line_holds_the_codes_of_those_it_names(
    kerlann_run: Run, line: str, waiting_on: list[str], owner: str
) -> None:
    assert kerlann_run("block", line).code == 0
    found = last(kerlann_run)
    assert (found["waiting_on"], found["owner"]) == (waiting_on, owner)


def test_a_name_that_no_record_has_says_so_with_a_sign_and_a_word(kerlann_run: Run) -> None:
    assert "? Kiné (sans fiche)" in kerlann_run("block", "Rendez-vous @Kiné", lang="fr").out


@pytest.mark.parametrize("command", ["block", "priority"])
def test_a_name_of_two_is_refused_with_both_and_nothing_is_lost(kerlann_run: Run, command: str) -> None:
    said = kerlann_run(command, "Clés à rendre qui:Julie", lang="fr", now=BOTH_HERE)
    assert said.code == 2
    assert "Julie Roux" in said.err
    assert "Julie Caradec" in said.err
    assert "Clés à rendre qui:Julie" in said.err
    assert last(kerlann_run)["title"] != "Clés à rendre"


def test_delegate_understands_who_and_when_as_the_screen_does(kerlann_run: Run) -> None:
    said = kerlann_run("delegate", "B-2", "Sophie vendredi", lang="fr")
    assert said.code == 0
    assert "Sophie Nguyen" in said.out
    found = next(
        each for each in kerlann_run("list", "blockers", "--all", "--json").json if each["code"] == "B-2"
    )
    assert (found["owner"], found["delegated_to"]) == ("PE-2", "PE-2")
    assert found["remind_at"].startswith("2026-11-27T")
    assert kerlann_run("delegate", "B-2", "Julie", now=BOTH_HERE).code == 2
    assert "Julie Roux" in kerlann_run("delegate", "B-2", "Julie").out, "the other one has left since"


def test_wait_takes_names_as_they_are_said(kerlann_run: Run) -> None:
    assert kerlann_run("wait", "B-7", "iroise, moi, Kerbrat").code == 0
    found = next(each for each in kerlann_run("list", "blockers", "--json").json if each["code"] == "B-7")
    assert found["waiting_on"] == ["PR-2", "PE-1", "PE-4"]


def test_who_decides_is_a_record_too(kerlann_run: Run) -> None:
    assert kerlann_run("decide", "Garder le bail", "--decider", "sophie").code == 0
    assert last(kerlann_run, "decisions")["decider"] == "PE-2"
    assert kerlann_run("decide", "Garder le bail").code == 0
    assert last(kerlann_run, "decisions")["decider"] == "PE-1"


def test_a_sensitive_file_that_is_not_made_is_refused_with_the_nearest(kerlann_run: Run) -> None:
    said = kerlann_run("block", "Data room dossier:Cesion", lang="fr")
    assert said.code == 2
    assert "Cession" in said.err
    assert kerlann_run("block", "Data room dossier:cess").code == 0
    assert last(kerlann_run)["case"] == "Cession"


def test_what_if_is_asked_of_who_is_in_force(kerlann_run: Run) -> None:
    assert "Nolwenn" in kerlann_run("what-if", "moi").out
    two = kerlann_run("what-if", "Julie", now=BOTH_HERE)
    assert two.code != 0
    assert "Julie Roux (PE-5)" in two.err


def test_slots_count_me_once_and_take_names_as_they_are_said(kerlann_run: Run) -> None:
    said = kerlann_run("slots", "moi, sophie", "--for", "30")
    assert said.code == 0
    assert "Nolwenn" not in said.out.partition("presence only")[2]
    assert "Sophie Nguyen" in said.out
    assert kerlann_run("slots", "Julie", now=BOTH_HERE).code == 2


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nobody_is_told_to_ask_themselves(kerlann_run: Run, language: str) -> None:
    for line in kerlann_run("alerts", lang=language).out.splitlines():
        assert line.count("Nolwenn Le Goff") < 2, line


def test_a_provider_that_is_imported_takes_its_names_when_it_is_asked_for(
    kerlann_run: Run, tmp_path: Path
) -> None:
    kerlann_run("block", "Bulletins faux @Kiné")
    sheet = tmp_path / "kine.csv"
    sheet.write_text("Nom\nKiné du Port\n", encoding="utf-8")
    said = kerlann_run("register", "import", "prestataires", str(sheet), lang="fr")
    assert "lier 1 blocage à Kiné du Port" in said.out
    linked = kerlann_run("register", "link", "--yes", lang="fr")
    assert "Kiné du Port" in linked.out
    assert last(kerlann_run)["waiting_on"] == ["PR-6"]
    kerlann_run("block", "Autre @Infirmière")
    sheet.write_text("Nom\nInfirmière libérale\n", encoding="utf-8")
    assert kerlann_run("register", "import", "prestataires", str(sheet), "--link").code == 0
    assert last(kerlann_run)["waiting_on"] == ["PR-7"]


def test_the_cells_of_a_spreadsheet_name_people_as_they_are_said(kerlann_run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "r.csv"
    sheet.write_text("Risque;Responsable\nPanne longue;sophie\nVol;moi\nFuite;Le Bihan\n", encoding="utf-8")
    assert kerlann_run("register", "import", "risques", str(sheet), "--map", "Responsable=owner").code == 0
    owners = [each["owner"] for each in kerlann_run("list", "risks", "--json").json]
    assert owners == ["PE-2", "PE-1", "PE-3"]
    sheet.write_text("Risque;Responsable\nGrêle;Julie\n", encoding="utf-8")
    said = kerlann_run("register", "import", "risques", str(sheet), now=BOTH_HERE)
    assert said.code == 1
    assert "Julie Roux" in said.err
    assert "Julie Caradec" in said.err


def test_what_if_tells_the_open_work_of_the_chief_executive(kerlann_run: Run) -> None:
    kerlann_run("decide", "Refaire le site", "qui:moi")
    found = kerlann_run("what-if", "moi", "--json").json["open_work"]
    assert {("B-5", "in_hand"), ("P-1", "in_hand"), ("D-2", "in_hand")} <= {
        (w["code"], w["why"]) for w in found
    }
    waited = kerlann_run("what-if", "iroise", "--json").json["open_work"]
    assert [(w["code"], w["why"], w["ready"]) for w in waited] == [("B-1", "waited_for", "PE-1")]


def test_a_name_of_two_asks_for_an_absence_too_and_is_not_nobodys(kerlann_run: Run) -> None:
    said = kerlann_run("absence", "Julie", now=BOTH_HERE)
    assert (said.code, "Julie Roux" in said.err) == (2, True)
    assert "nobody is called" in kerlann_run("absence", "Zoe").err
