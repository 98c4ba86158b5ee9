"""Forgetting a person from the shell: shown, asked once, in no answer of any command afterwards."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

READING = (
    ("list",), ("list", "people"), ("journal",), ("brief",), ("review",), ("week",), ("agenda",), ("map",), ("flash",),
    ("kickoff",), ("alerts",), ("show", "PE-2"), ("show", "PE-3"), ("commitments",), ("sla",), ("contracts",),
    ("raci",), ("costs",), ("interfaces",), ("dossier",), ("absence",), ("signals",),
)  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_that_is_read_names_whoever_was_erased(kerlann_run: Run, lang: str) -> None:
    shown = kerlann_run("person", "erase", "Maëlle Le Bihan", "--dry-run", "--json", lang=lang)
    assert shown.json["code"] == "PE-3"
    assert shown.json["entries"] > 0
    before = "".join(kerlann_run(*words, lang=lang).out for words in READING)
    assert "Bihan" in before
    done = kerlann_run("personne", "effacer", "PE-3", "--yes", "--also", "Maëlle", lang=lang)
    assert done.code == 0, done.err
    after = "".join(kerlann_run(*words, lang=lang).out for words in READING if words != ("agenda",))
    assert "Bihan" not in after
    assert "maelle@" not in after
    assert kerlann_run("journal", "verify", "--all", lang=lang).code == 0
    assert "PE-3" in kerlann_run("show", "PE-3", lang=lang).out


def test_it_asks_once_and_no_keeps_everything(kerlann_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.prompt", lambda *_args, **_more: False)
    said = kerlann_run("person", "erase", "Maëlle Le Bihan")
    assert said.code == 130
    assert "entries of the journal" in said.out
    assert "Bihan" in kerlann_run("list", "people").out
    assert kerlann_run("person", "erase", "Nobody").code == 2
    assert "this is you" in kerlann_run("person", "erase", "PE-1", "--yes").err
