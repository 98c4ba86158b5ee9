"""Entries of the journal by who, what, which kind, when and words: `who:Sophie what:B-12 kind:blocker since:monday`.

SQL finds what may fit, newest first; words are then judged by what a person reads, accents folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records import row_words
from cockpit.domain.records.identities import ME, is_code
from cockpit.domain.records.row_words import FoundSpan, RowText, RowWord
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.review import Review
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk.date_phrases import understand_date
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import finding, history, rows
from cockpit.services.records.history import JournalLine
from cockpit.store import journal
from cockpit.store.journal import JournalEntry
from cockpit.store.records import instant

MARKS = {
    "qui": "who", "who": "who", "quoi": "what", "what": "what", "genre": "kind", "kind": "kind",
    "depuis": "since", "since": "since", "jusqu'a": "until", "jusqua": "until", "jusque": "until", "until": "until",
}  # fmt: skip
"""What stands before a colon, folded, in both languages."""
LONGEST = 5
"""Words of a date at most."""
PAGE = 500
_REVIEW = ("ma derniere revue", "derniere revue", "revue", "my last review", "last review", "review")
_HAS_HOUR = re.compile(r"\d\s*[:h]|midi|noon|min")
# One letter in SQL, for LIKE folds no accent.
_ACCENTED = re.compile("[aceinouyæœ]")
_NAMED = 20
"""Records that a word names at most."""


@dataclass(frozen=True)
class JournalSearch:
    """What an entry must be and say."""

    line: str = ""
    where: str = "1"
    args: tuple[object, ...] = ()
    words: tuple[RowWord, ...] = ()

    def kept(self, rows: Sequence[RowText]) -> list[RowText]:
        """Those that fit, of rows that were found by the rest of it."""
        found = list(rows)
        for word in self.words:
            found = word.kept(found)
        return found

    def spans(self, text: str) -> list[FoundSpan]:
        """The parts of a text that its words ask for."""
        return row_words.spans_shown(text, self.words)


def understood(workspace: Workspace, line: str) -> JournalSearch:
    """What a line asks for; a date takes as many words as it needs. Raises ValueError for what is not known."""
    asked: dict[str, str] = {}
    words: list[str] = []
    typed = line.split()
    at = 0
    while at < len(typed):
        head, colon, value = typed[at].partition(":")
        mark = MARKS.get(fold(head).replace("’", "'"), "") if colon else ""
        taken = 1
        if mark and not value and at + 1 < len(typed):
            value, taken = typed[at + 1], 2
        if not mark:
            words.append(typed[at])
        elif mark in ("since", "until"):
            value, more = _longest_date(workspace, value, typed[at + taken :])
            asked[mark], taken = value, taken + more
        else:
            asked[mark] = value.strip('"')
        at += taken
    return search(workspace, words=" ".join(words), line=line.strip(), **asked)


def search(
    workspace: Workspace,
    *,
    who: str = "",
    what: str = "",
    kind: str = "",
    since: str = "",
    until: str = "",
    words: str = "",
    line: str = "",
) -> JournalSearch:
    """What the marks ask for, each as it was typed. Raises ValueError for what is not known."""
    parts: list[tuple[str, list[object]]] = []
    if who:
        parts.append(_among("actor", _actors(workspace, who)))
    if what:
        parts.append(_among("code", _codes(workspace, what)))
    if kind:
        parts.append(_of_kind(kind))
    if since:
        parts.append(("at >= ?", [instant(_moment(workspace, since))]))
    if until:
        last = _moment(workspace, until)
        # A day is meant whole; the end of a review is a moment.
        last += timedelta(days=int(last.time() == time(0)))
        parts.append(("at < ?", [instant(last)]))
    found = row_words.words(words)
    parts += [_that_may_say(workspace, word) for word in found if not word.without and word.loosely is None]
    return JournalSearch(
        line or words,
        " AND ".join(f"({sql})" for sql, _args in parts) or "1",
        tuple(arg for _sql, args in parts for arg in args),
        found,
    )


def read(workspace: Workspace, asked: JournalSearch, limit: int) -> list[tuple[JournalEntry, JournalLine]]:
    """The newest entries that fit, as they are kept and in words, newest first."""
    found: list[tuple[JournalEntry, JournalLine]] = []
    before: int | None = None
    page = PAGE if asked.words else limit
    while len(found) < limit:
        entries = journal.entries(
            workspace.conn, limit=page, before_seq=before, where=asked.where, args=asked.args
        )
        lines = history.in_words(workspace, entries)
        texts = [
            RowText(fold(f"{rows.change(each, coded=True).printed} {each.actor}"), None, at)
            for at, each in enumerate(lines)
        ]
        found += [(entries[row.at], lines[row.at]) for row in asked.kept(texts)]
        if len(entries) < page:
            break
        before = entries[-1].seq
    return found[:limit]


def _longest_date(workspace: Workspace, value: str, more: Sequence[str]) -> tuple[str, int]:
    """The most words that are a moment together, and how many of them were taken of those that follow."""
    for taken in range(min(LONGEST, len(more)), 0, -1):
        text = " ".join([value, *more[:taken]])
        if not any(":" in word and MARKS.get(fold(word.partition(":")[0])) for word in more[:taken]):
            try:
                _moment(workspace, text)
            except ValueError:
                continue
            return text, taken
    return value, 0


def _moment(workspace: Workspace, text: str) -> datetime:
    """The instant that a phrase means, looking back; `my last review` too."""
    if fold(text.strip('"')) in _REVIEW:
        where = '"by" = ? AND ended_at IS NOT NULL AND archived_at IS NULL ORDER BY ended_at DESC LIMIT 1'
        ended = [each.ended_at for each in workspace.select(Review, "review", where, (workspace.actor,))]
        if not ended or ended[0] is None:
            raise ValueError(_("you have ended no review yet"))
        return ended[0]
    found = understand_date(workspace, text.strip('"'), backwards=True)
    if found is None:
        raise ValueError(
            _("“{text}” is not a moment, such as yesterday, monday, 23/11 or my last review").format(
                text=text
            )
        )
    # A day without an hour begins at midnight here, not when the company opens.
    return (
        found
        if _HAS_HOUR.search(fold(text))
        else datetime.combine(found.date(), time(0), tzinfo=found.tzinfo)
    )


def _actors(workspace: Workspace, who: str) -> list[str]:
    if fold(who) in ME:
        return [workspace.actor]
    found = [actor for actor in journal.actors(workspace.conn) if fold(who) in fold(actor)]
    if not found:
        raise ValueError(_("“{who}” has written nothing").format(who=who))
    return found


def _codes(workspace: Workspace, what: str) -> list[str]:
    if is_code(what.upper()):
        return [what.upper()]
    found = [record.code for _register, record in finding.find(workspace, what)]
    if not found:
        raise ValueError(_("no record is called “{what}”").format(what=what))
    return found


def _of_kind(kind: str) -> tuple[str, list[object]]:
    """A register by its name, or what was done by its word: `blocker`, `archived`."""
    wanted = fold(kind)
    registers = [
        name
        for name, each in REGISTERS.items()
        if any(fold(word).startswith(wanted) for word in (name, _(each.title), _(each.singular)))
    ]
    deeds = [
        deed for deed, word in history.VERBS.items() if fold(_(word)).startswith(wanted) or deed == wanted
    ]
    if not registers and not deeds:
        raise ValueError(_("“{kind}” is no kind of record and nothing that is done to one").format(kind=kind))
    in_register, names = _among("entity", registers)
    done, words = _among("substr(action, instr(action, '.') + 1)", deeds)
    return f"{in_register} OR {done}", [*names, *words]


def _that_may_say(workspace: Workspace, word: RowWord) -> tuple[str, list[object]]:
    """Entries that may say a word: in what was written, or by the name of a record that it names."""
    pattern = "%" + _ACCENTED.sub("_", re.sub(r"([%_\\])", r"\\\1", word.text)).replace("oe", "%") + "%"
    columns = ("code", "actor", "reason", "before", "after", "action")
    sql = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
    args: list[object] = [pattern] * len(columns)
    named = [code for code, name in workspace.names().items() if word.text in fold(name)][:_NAMED]
    for code in named:
        sql += " OR instr(after, ?) OR instr(before, ?)"
        args += [code, code]
    verbs = [deed for deed, verb in history.VERBS.items() if word.text in fold(_(verb))]
    of_verbs, words = _among("substr(action, instr(action, '.') + 1)", verbs)
    fields = [f.name for each in REGISTERS.values() for f in each.fields if word.text in fold(_(f.label))]
    for name in dict.fromkeys(fields):
        sql += " OR instr(after, ?)"
        args.append(f'"{name}":')
    return f"{sql} OR {of_verbs}", [*args, *words]


def _among(column: str, values: Sequence[str]) -> tuple[str, list[object]]:
    return f"{column} IN ({', '.join('?' * len(values))})", list(values)
