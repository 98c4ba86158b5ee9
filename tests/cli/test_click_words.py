"""What click says itself comes from the catalogue too: the words of the version in the lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo

from cockpit import locale
from cockpit.cli.kit import click_words
from cockpit.cli.records import register_names
from cockpit.services.desk import languages
from tests.cli.conftest import Run
from tests.locked import written_for


@pytest.fixture(autouse=True)
def others_read_the_catalogue_itself() -> Iterator[None]:
    """What was remembered of a catalogue of these tests is forgotten: it is kept for the whole process."""
    yield
    languages._catalogues.cache_clear()
    languages.in_each_language.cache_clear()
    languages.folded.cache_clear()
    register_names._words.cache_clear()


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A French catalogue in which what click says ends with a mark."""
    catalogue = Catalog(locale="fr")
    keywords = {"N_": None, "ngettext": (1, 2)}
    for _line, message, _comments, _context in extract_from_file(
        "python", click_words.__file__, keywords=keywords
    ):
        said = message if isinstance(message, tuple) else (message,)
        marks = tuple(f"{each}¤" for each in said)
        catalogue.add(message, marks if len(said) > 1 else marks[0])
    folder = tmp_path / "words" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "cockpit.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(locale, "__file__", str(tmp_path / "words" / "__init__.py"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("register import people /", "is a directory.¤"), ("register import people /nope", "does not exist.¤"),
        ("map --lang de", "is not one of"), ("map --levl 1", "No such option '--levl'.¤"),
        ("map --levl 1", "--level'?)¤"), ("map x", "extra argument (x)¤"),
        ("map --level 9", "0<=x<=3.¤"), ("map --level", "requires an argument.¤"),
        ("map --json=3", "does not take a value.¤"), ("register import", "Missing argument¤"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("marked")
def test_what_click_refuses_is_said_by_the_catalogue(run: Run, typed: str, said: str) -> None:
    found = run(*typed.split(), lang="fr")
    assert found.code == 2
    assert said in found.err, written_for("click")
    assert found.err.rstrip().endswith("¤"), written_for("click")


@pytest.mark.parametrize(
    "damaged", [b"", b"\xde\x12\x04\x95", b"no catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40]
)
def test_a_damaged_catalogue_leaves_the_shell_in_english(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bytes
) -> None:
    folder = tmp_path / "words" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "cockpit.mo").write_bytes(damaged)
    monkeypatch.setattr(locale, "__file__", str(tmp_path / "words" / "__init__.py"))
    assert run("list", "foo", lang="fr").code == 2
    assert "Nothing here." in run("list", lang="fr").out


@pytest.mark.parametrize("typed", ["--help", "report --help", "block --help", "dossier --help"])
def test_no_line_of_help_begins_with_the_sign_that_ends_a_phrase(run: Run, typed: str) -> None:
    said = run(*typed.split(), lang="fr").written
    assert " ; " in said or " : " in said
    assert [
        line for line in said.splitlines() if line.lstrip().startswith((": ", "; ", "» ", "?", "!"))
    ] == []
    assert "Options :\n" in said
    assert "\u00a0" not in said
