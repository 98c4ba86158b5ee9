"""`cockpit init` and `cockpit next` at the prompt: answered, stopped, gone on with; the first things and their end."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Run
from tests.services.agenda.test_trial import FEED

Answer = Callable[..., Result]


@pytest.fixture
def answer(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """`answer("Martin", "", "FR", "init")`: those lines are typed at the command."""
    monkeypatch.setenv("COCKPIT_CONFIG", str(tmp_path / "config.toml"))

    def answer(*lines: str, command: tuple[str, ...] = ("init",), lang: str = "fr") -> Result:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return run(*command, lang=lang)

    return answer


def config(tmp_path: Path) -> dict[str, object]:
    return tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))


def test_a_company_begins_in_eight_answers_each_tried(answer: Answer, run: Run, tmp_path: Path) -> None:
    feed = tmp_path / "claire.ics"
    feed.write_bytes(FEED)
    said = answer(
        "fr", "Boulangerie Martin", "Claire Martin", "Atlantis", "FR-57",
        "https://calendar.google.com/calendar/u/0/r", "claire@boulangerie.example", str(feed),
        "Paie @Paie+, Informatique @InfoSud, Production", "FroidPlus",
        "Signer le bail pour:vendredi", "Recruter un vendeur", "",
        "Four en panne @FroidPlus p2 depuis:jeudi", "",
    )  # fmt: skip
    assert said.code == 0
    for words in (
        "est-ce", "une page à regarder", "Adresse secrète au format iCal", "c’est une adresse e-mail",
        "3 événements", "Claire, direction", "Banque", "3 fonctions créées", "aucune page d’état de ce nom",
        "P-1 Signer le bail", "B-1 Four en panne · FroidPlus",
    ):  # fmt: skip
        assert words in said.out, words
    kept = config(tmp_path)
    assert kept["company"]["name"] == "Boulangerie Martin"  # type: ignore[index]
    assert [each["url"] for each in kept["agenda"]] == [str(feed)]  # type: ignore[attr-defined]
    assert "status" not in kept, "what is no address of a page is not written as one"
    listed = run("list", "--json").json
    assert {each["title"] for each in listed} >= {"Four en panne"}
    # All was asked: init says how to ask one question again.
    again = answer()
    assert again.code == 2
    assert "cockpit init QUESTION" in again.err
    assert answer("Vente", command=("init", "functions")).code == 0
    assert len(run("list", "functions", "--json").json) == 4


def test_init_stops_at_any_question_and_goes_on_there(answer: Answer, tmp_path: Path) -> None:
    answer("en", "Martin Bakery", lang="en")
    assert config(tmp_path)["company"]["name"] == "Martin Bakery"  # type: ignore[index]
    said = answer("Claire", "", lang="en")
    assert "2/9" not in said.out, "the language was the first"
    assert "3/9 Your name" in said.out
    assert config(tmp_path)["me"] == "Claire"
    # Beginning anew keeps the configuration of before.
    assert answer("en", "Other", command=("init", "--force"), lang="en").code == 0
    assert config(tmp_path)["company"]["name"] == "Other"  # type: ignore[index]
    assert list(tmp_path.glob("config.toml.*.old"))


def test_the_next_things_are_told_put_aside_and_proposed_again(run: Run) -> None:
    assert [each["id"] for each in run("next", "--json").json][:2] == ["company", "agenda"]
    said = run("suite", lang="fr")
    assert "Les cinq choses suivantes" in said.out
    assert "cockpit init agenda" in said.out
    assert "agenda" not in {each["id"] for each in run("next", "--skip", "agenda", "--json").json}
    assert run("next", "--skip", "nothing").code == 2
    assert run("next", "--skip", "all", "--json").json == []
    assert "Nothing is left" in run("next").out
    assert len(run("next", "--again", "--json").json) == 5


def test_with_a_code_next_says_what_happens_next_of_it(run: Run) -> None:
    run("block", "VPN down")
    assert run("next", "B-1", "call", "them").code == 0
    assert run("show", "B-1", "--json").json["next_step"] == "call them"
    assert run("next", "B-1").code == 2


def test_a_list_of_blockers_is_imported_by_its_name_and_headings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "blocages.csv"
    path.write_text("Titre;Prestataire;Gravité\nFour en panne;FroidPlus;urgent\n", encoding="utf-8")
    assert "FroidPlus" in run("import", str(path), "--dry-run", "--create").out
    assert run("list", "--json").json == []
    assert run("importer", str(path), "--create").code == 0
    (made,) = run("list", "--json").json
    assert (made["severity"], made["status"]) == ("p1", "waiting")
    assert run("import", str(path), "--json").json["unchanged"] == 1
    vague = tmp_path / "liste.csv"
    vague.write_text("Ville;Pays\nNancy;FR\n", encoding="utf-8")
    refused = run("import", str(vague))
    assert refused.code == 2
    assert "--into" in refused.err
