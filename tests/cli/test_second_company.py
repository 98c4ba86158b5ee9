"""What the shell says of a company that was made through the doors a person has."""

from __future__ import annotations

import pytest

from cockpit.locale import LANGUAGES
from tests.cli.conftest import Run


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "command", ["brief", "list", "alerts", "providers", "flash", "kickoff", "week", "map"]
)
def test_what_is_told_names_people_and_providers_never_codes(
    kerlann_run: Run, command: str, language: str
) -> None:
    said = kerlann_run(command, lang=language)
    assert said.code == 0
    assert "PE-" not in said.out
    assert "PR-" not in said.out


def test_a_status_source_and_a_provider_of_one_name_are_one_line(kerlann_run: Run) -> None:
    lines = kerlann_run("providers", "--json").json
    assert [(each["key"], each["provider"]) for each in lines if each["name"] == "OVH"] == [("ovh", "PR-4")]
    assert kerlann_run("brief").out.count("OVH") == 1 + kerlann_run("brief").out.count("read: OVH")
    for name in ("ovh", "PR-4", "OVH"):
        assert "PR-4" in kerlann_run("provider", "show", name).out
    assert "Cabinet Dupont" in kerlann_run("provider", "show", "dupont").out


@pytest.mark.parametrize(
    "word",
    [
        "prestataires",
        "Prestataire",
        "providers",
        "presta",
        "engagements",
        "accès",
        "circuits de décision",
        "doss",
    ],
)
def test_a_register_is_named_in_either_language_one_or_many(run: Run, word: str) -> None:
    assert run("register", "fields", word).code == 0


def test_a_register_that_is_not_known_is_answered_with_the_nearest(run: Run) -> None:
    said = run("register", "import", "prestatiares", "-", lang="fr")
    assert said.code == 2
    assert "prestataires" in said.err
    assert run("list", "blocages", lang="fr").code == 0
