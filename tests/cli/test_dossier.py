"""The sale file from the shell: what is missing, three phases, level 3 by an explicit choice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_without_a_phase_it_tells_what_is_missing_and_writes_nothing(
    kerlann_run: Run, tmp_path: Path
) -> None:
    said = kerlann_run("dossier")
    assert said.code == 0
    assert "proofs are missing" in said.out
    assert "complete with: " in said.out
    assert "CT-1" in said.out
    assert not list(tmp_path.rglob("dossier-*"))
    assert kerlann_run("cession").out == said.out
    (first, *_others) = kerlann_run("dossier", "--json").json
    assert set(first) == {"chapter", "key", "what", "who", "due", "opens"}


@pytest.mark.parametrize("phase", ["teaser", "dd", "closing"])
def test_a_phase_writes_a_folder_and_says_that_nothing_was_sent(
    kerlann_run: Run, tmp_path: Path, phase: str
) -> None:
    out = tmp_path / "out"
    said = kerlann_run("dossier", "--phase", phase, "--to", "Groupe Ravel", "--out", str(out))
    assert said.code == 0
    assert "nothing was sent" in said.out
    folder = out / f"dossier-2026-11-23-{phase}"
    assert (folder / "SHA256SUMS").exists()
    again = kerlann_run("dossier", "--phase", phase, "--out", str(out))
    assert again.code == 1
    assert "exists already" in again.err
    assert "Groupe Ravel" in kerlann_run("dossier", "--issues").out


def test_without_a_place_it_goes_to_the_folder_of_documents(kerlann_run: Run, tmp_path: Path) -> None:
    said = kerlann_run("dossier", "--phase", "dd", "--mask", "people, montants", "--json").json
    assert said["folder"] == str(tmp_path / "kerlann" / "documents" / "dossier-2026-11-23-dd")
    assert said["masked"] == ["amounts", "people"]
    assert said["release"] == "IS-1"
    assert said["journal_holds"] is True
    assert {"INDEX.csv", "SHA256SUMS", "verify.py"} <= set(said["files"])
    assert all(each["opens"] for each in said["gaps"])


def test_level_3_is_shown_and_refused_until_somebody_agrees(kerlann_run: Run, tmp_path: Path) -> None:
    kerlann_run("block", "Départ de Maëlle à prévoir conf:3")
    out = ("--phase", "closing", "--level", "3", "--out", str(tmp_path / "out"))
    said = kerlann_run("dossier", *out)
    assert said.code == 4
    assert "Départ de Maëlle à prévoir" in said.err
    assert not (tmp_path / "out").exists()
    assert json.loads(kerlann_run("dossier", "--issues", "--json").out) == []
    agreed = kerlann_run("dossier", *out, "--yes")
    assert agreed.code == 0
    assert "Départ de Maëlle à prévoir" in agreed.err
    assert kerlann_run("dossier", "--phase", "teaser", "--level", "3").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--mask", "noms"), "“noms” is not known"),
        (("--since", "jadis"), "“jadis” is not a day"),
        (("--since", "last"), "no former issue"),
        (("--closing", "bientôt peut-être"), "“bientôt peut-être” is not a day"),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_written(
    kerlann_run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    found = kerlann_run("dossier", "--phase", "dd", "--out", str(tmp_path / "out"), *words)
    assert found.code == 2
    assert said in found.err
    assert not (tmp_path / "out").exists()


def test_since_the_last_issue_tells_what_changed(kerlann_run: Run, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "out"), "--to", "Ravel")
    kerlann_run("dossier", "--phase", "dd", *out)
    kerlann_run("decide", "Renouveler l'hébergement +info", now="2026-11-24T10:00")
    said = kerlann_run(
        "dossier", "--phase", "dd", *out, "--since", "last", "--json", now="2026-11-24T11:00"
    ).json
    assert said["changed"] == 1
    assert said["since"].startswith("2026-11-23T")


def test_the_legend_tells_the_chief_executive_who_is_who(kerlann_run: Run, tmp_path: Path) -> None:
    assert kerlann_run("dossier", "--legend").out == ""
    kerlann_run("dossier", "--phase", "teaser", "--out", str(tmp_path / "out"))
    found = kerlann_run("dossier", "--legend", "--json").json
    assert {"letter", "code", "name"} == set(found[0])
    assert "Nolwenn Le Goff" in {each["name"] for each in found}
