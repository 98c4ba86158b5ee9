"""Lines of `--help` that break where a French reader lets a line break, and in which no word is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from cockpit.locale import NC_, pgettext

_PLACES = frozenset(
    message
    for _context, message in (
        NC_("metavar", "ADDRESS"), NC_("metavar", "ARGS"), NC_("metavar", "CODE"), NC_("metavar", "CODES"),
        NC_("metavar", "COLUMN"), NC_("metavar", "COMMAND"), NC_("metavar", "DATE"), NC_("metavar", "DAYS"),
        NC_("metavar", "DIRECTORY"), NC_("metavar", "FEED"), NC_("metavar", "FIELD"), NC_("metavar", "FILE"),
        NC_("metavar", "FOLDER"),
        NC_("metavar", "FROM"), NC_("metavar", "GROUP"), NC_("metavar", "HASH"), NC_("metavar", "HOST"),
        NC_("metavar", "HOW"), NC_("metavar", "INTEGER"), NC_("metavar", "KEY"), NC_("metavar", "KEYS"),
        NC_("metavar", "KIND"), NC_("metavar", "LINE"), NC_("metavar", "MINUTES"), NC_("metavar", "MOMENT"),
        NC_("metavar", "MONTH"), NC_("metavar", "NAME"), NC_("metavar", "NAMES"), NC_("metavar", "NAME_OR_FILE"),
        NC_("metavar", "NOTE"), NC_("metavar", "NUMBER"), NC_("metavar", "PATH"), NC_("metavar", "PERSON"),
        NC_("metavar", "PHASE"), NC_("metavar", "PUBLIC_KEY"), NC_("metavar", "QUESTION"), NC_("metavar", "RANGE"),
        NC_("metavar", "REASON"), NC_("metavar", "RECORD"), NC_("metavar", "RIGHT"), NC_("metavar", "RITUAL"),
        NC_("metavar", "SECRET"),
        NC_("metavar", "SECTION"), NC_("metavar", "STATEMENT"), NC_("metavar", "STEP"), NC_("metavar", "SUBJECT"),
        NC_("metavar", "TARGET"), NC_("metavar", "TEMPLATE"), NC_("metavar", "TEXT"), NC_("metavar", "TIME"),
        NC_("metavar", "TO"), NC_("metavar", "UNTIL"), NC_("metavar", "URL"), NC_("metavar", "URL_OR_FILE"),
        NC_("metavar", "URL_OR_NAME"), NC_("metavar", "VALUE"), NC_("metavar", "WHAT"), NC_("metavar", "WHEN"),
        NC_("metavar", "WHO"), NC_("metavar", "WHOM"), NC_("metavar", "WHY"), NC_("metavar", "WORDS"),
    )
)  # fmt: skip
"""What stands in a usage for a word of one's own."""
_PLACE = re.compile(r"(?<![\w-])[A-Z][A-Z_]+(?!\w)")

_KEPT = "\u00a0"
_BEFORE_A_SIGN = re.compile(r" (?=[:;?!»](?:\s|$))|(?<=«) ")


def _held(text: str) -> str:
    return _BEFORE_A_SIGN.sub(_KEPT, text)


def in_own_words(usage: str) -> str:
    """A usage such as `NAME [FILE]` with the words that stand for one's own in the current language."""
    return _PLACE.sub(lambda each: pgettext("metavar", each[0]) if each[0] in _PLACES else each[0], usage)


def whole_help(command: click.Command, limit: int = 0) -> str:
    """What a command does, in the list of a group: its first paragraph, never cut short."""
    return " ".join((command.short_help or command.help or "").partition("\n\n")[0].split())


class HelpLines(click.HelpFormatter):
    """Click's own, in which no line begins with the sign that ends a phrase.

    The space before it is held while lines are cut, and is a plain one again in what is printed.
    """

    def write_text(self, text: str) -> None:
        """A paragraph, cut into lines."""
        super().write_text(_held(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of words with what each means, cut into lines."""
        told = [(in_own_words(first), _held(second)) for first, second in rows]
        super().write_dl(told, col_max, col_spacing)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written."""
        super().write_usage(prog, in_own_words(args), prefix)

    def getvalue(self) -> str:
        """All of the help."""
        return super().getvalue().replace(_KEPT, " ")
