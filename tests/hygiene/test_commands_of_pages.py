"""What the pages tell somebody to type is a command that exists, with options that it has."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cockpit.cli.main import cli
from tests.places import ROOT

GENERATED = {"commands.md", "commandes.md"}
PAGES = sorted(
    path for path in (*ROOT.joinpath("docs").rglob("*.md"), ROOT / "README.md") if path.name not in GENERATED
)
_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(cockpit [^`]+)`")
_LINE = re.compile(r"^(?:[A-Z_]+=\S+ )?(cockpit [^\n#→|>]+)", re.MULTILINE)
_TAKES_A_WORD = {"--config", "--db", "--now", "--lang", "--seat", "--at"}


def typed(text: str) -> Iterator[list[str]]:
    """The commands of a page, as words."""
    blocks = _BLOCK.findall(text)
    said = [line for block in blocks for line in _LINE.findall(block)]
    for line in (*said, *_INLINE.findall(_BLOCK.sub("", text))):
        try:
            yield shlex.split(line)[1:]
        except ValueError:
            yield line.split()[1:]


def fault(words: list[str]) -> str:
    """The word that no command or option is; empty when all is well."""
    command: click.Command = cli
    left = iter(words)
    for word in left:
        if word in _TAKES_A_WORD:
            next(left, None)
        elif word.startswith("--"):
            known = {name for each in (cli, command) for param in each.params for name in param.opts}
            if word.split("=")[0] not in {*known, "--help", "--version"}:
                return word
        elif isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return word if command is cli or not command.invoke_without_command else ""
            command = found
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_exists(page: Path) -> None:
    every = list(typed(page.read_text(encoding="utf-8")))
    assert [(words, wrong) for words in every if (wrong := fault(words))] == []


def test_a_command_that_is_none_would_be_seen() -> None:
    (words,) = typed("```sh\ncockpit rituel inventer drill\n```")
    assert fault(words) == "inventer"
    assert fault(["backup", "--nowhere"]) == "--nowhere"
