"""The manual page `cockpit.1`, from the commands themselves: one page for all of them, in each language.

Ours, since click-man writes a page a command, in English alone, with the day it was made, and without exit codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

from cockpit import __version__
from cockpit.cli.kit.exit_codes import MEANINGS
from cockpit.cli.kit.help_lines import in_own_words
from cockpit.cli.main import COMMANDS, cli
from cockpit.locale import _

MACROS = frozenset((".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE"))
"""The macros of man(7) that the page uses; every other line is text."""


def man_page(words: Mapping[str, str]) -> str:
    """The page as troff. `words` has the headings and the paragraphs that no command says of itself."""
    lines = [
        '.\\" -*- coding: UTF-8 -*-',
        f'.TH COCKPIT 1 "" "Cockpit {__version__}" "{words["manual"]}"',
        *_section(words["name"], f"cockpit \\- {_text(words['what'])}"),
        *_section(words["synopsis"], "\\fBcockpit\\fR [\\fIOPTIONS\\fR] [\\fI" + words["command"] + "\\fR]"),
        *_section(words["description"], *_paragraphs(words["about"])),
        f".SH {words['options']}",
        *_options(cli, click.Context(cli, info_name="cockpit")),
        f".SH {words['commands']}",
        *(line for name in COMMANDS for line in _command(name)),
        f".SH {words['codes']}",
        *(
            line
            for code, meaning in MEANINGS.items()
            for line in (".TP", f"\\fB{int(code)}\\fR", _text(_(meaning)))
        ),
        f".SH {words['files']}",
        *(
            line
            for name in ("config", "database")
            for line in (".TP", f"\\fI{_text(words[f'{name} path'])}\\fR", _text(words[f"{name} file"]))
        ),
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, *lines: str) -> Iterator[str]:
    yield f".SH {title}"
    yield from lines


def _paragraphs(text: str) -> Iterator[str]:
    for n, paragraph in enumerate(text.split("\n\n")):
        if n:
            yield ".PP"
        yield _text(paragraph)


def _command(name: str) -> Iterator[str]:
    context = click.Context(cli, info_name="cockpit")
    command = cli.get_command(context, name)
    assert command is not None
    alias = COMMANDS[name][1]
    yield f".SS {name}, {alias}"
    yield from _usage(command, context, name)


def _usage(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    words = [
        in_own_words(part.make_metavar(context))
        for part in command.params
        if isinstance(part, click.Argument)
    ]
    yield ".PP"
    yield f"\\fB{_text(context.command_path)}\\fR {_text(' '.join(words))}".rstrip()
    yield ".RS"
    yield _text(command.help or "")
    yield from _options(command, context)
    yield ".RE"
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            if found is not None and not found.hidden:
                yield from _usage(found, context, part)


COMMON = frozenset(("config", "db", "now", "lang", "at"))
"""Options that every command takes: the page says them once."""


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for option in command.params:
        said = isinstance(option, click.Option) and not option.hidden and option.help
        if isinstance(option, click.Option) and said and not (context.parent and option.name in COMMON):
            value = (
                ""
                if option.is_flag or option.count
                else f" \\fI{_text(in_own_words(option.make_metavar(context)))}\\fR"
            )
            yield ".TP"
            yield f"\\fB{_text(', '.join((*option.opts, *option.secondary_opts)))}\\fR{value}"
            yield _text(option.help or "")


def _text(text: str) -> str:
    """A text in one line, in which nothing is a command of troff."""
    plain = re.sub(r"\s+", " ", text).strip().replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain[:1] in (".", "'") else plain
