"""The other side of an interface is asked for its word, and its answer is known when it comes in."""

from __future__ import annotations

import re
from typing import NamedTuple

from cockpit.domain.registers.feedback import HIGHEST, LOWEST, OUTSIDE
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.statement import Statement
from cockpit.locale import _
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import feedback as marks
from cockpit.services.organisation.feedback import SaidMark
from cockpit.services.promises import letter as letters
from cockpit.services.promises.letter import Letter

_LINE = re.compile(
    r"\b(?P<code>IF-\d{1,9})\W{0,3}(?P<mark>\d{1,2})(?:\s*/\s*5)?(?!\d)\s*(?://|:|-)?\s*(?P<note>.*)", re.I
)

_NAMED = re.compile(r"\bIF-\d{1,9}\b", re.IGNORECASE)
_ANSWERS = re.compile(r"\b(?:IF|ER)-\d|[=:]\s*[-\d{]", re.IGNORECASE)
"""A line that answers: it names what was asked, or gives a number."""


class FeedbackAnswer(NamedTuple):
    """What a partner answered of an interface."""

    code: str
    said: SaidMark


def letter(workspace: Workspace, code: str) -> Letter:
    """What asks the other side, ready to send. Raises UnknownCode, NotPossible when nobody stands outside."""
    record = marks.interface(workspace, code)
    whom = marks.partner(workspace, record)
    if not whom:
        raise NotPossible(record.code, _("nobody outside stands at one end of it"))
    names = workspace.names()
    lines = [
        _("Hello,"), "",
        _("How is it to work with us on “{name}”? From 1, hard, to 5, easy; and what would make it one better?").format(
            name=record.name),
        "",
        # Without a mark in it: a quoted letter must not be read as its own answer.
        _("Answer in one line that begins with {code}, the mark, then a word on why behind two slashes.").format(
            code=record.code),
        "", _("Thank you,"), workspace.my_name,
    ]  # fmt: skip
    subject = _("How is it to work with us: {name} ({code})").format(name=record.name, code=record.code)
    return Letter(
        record.code, names.get(whom, whom), letters.address(workspace, whom), subject, "\n".join(lines)
    )


def answers_in(text: str) -> tuple[FeedbackAnswer, ...]:
    """What a text answers, a line for each interface: `IF-3: 4 // quicker since spring`. Quoted lines are not read."""
    found: dict[str, FeedbackAnswer] = {}
    for line in text.splitlines():
        if line.lstrip().startswith((">", "|")):
            continue
        told = _LINE.search(line)
        if told and LOWEST <= int(told["mark"]) <= HIGHEST:
            code = told["code"].upper()
            found.setdefault(
                code, FeedbackAnswer(code, SaidMark(OUTSIDE, int(told["mark"]), told["note"].strip()))
            )
    return tuple(found.values())


def words_beside(text: str) -> int:
    """How many words a text says beside its answers and the lines that it quotes."""
    lines = [each for each in text.splitlines() if not each.lstrip().startswith((">", "|"))]
    return sum(len(each.split()) for each in lines if not _ANSWERS.search(each))


def take(workspace: Workspace, statement: Statement, sender: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keep what a statement answers of interfaces at whose end its sender stands: the codes of the marks, and of
    those interfaces that it names without a mark that can be read.

    `sender` is the code of who sent it. Whatever names another's interface is left to be sorted by somebody.
    """
    homes = {each.code: each.provider for each in workspace.select(Person, "person") if each.provider}
    mine = {sender, homes.get(sender, sender)}
    text = f"{statement.title}\n{statement.body}"
    said = {each.code: each.said for each in answers_in(text)}
    kept, unread = [], []
    for named in dict.fromkeys(code.upper() for code in _NAMED.findall(text)):
        records = workspace.select(Interface, "interface", "code = ? AND archived_at IS NULL", (named,))
        ends = {homes.get(code, code) for one in records for code in (one.source, one.target)}
        if not mine & ends:
            continue
        if named in said:
            kept.append(marks.note(workspace, named, said[named], by=sender))
        else:
            unread.append(named)
    return tuple(kept), tuple(unread)
