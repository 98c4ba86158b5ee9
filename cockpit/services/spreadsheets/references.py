"""Names in somebody's spreadsheet as codes of records: known ones, those the file itself makes, those to be made."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Collection, Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.identities import ME, candidates, is_code, key
from cockpit.domain.records.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk import forms, identities
from cockpit.services.desk.workspace import NAMED, Workspace
from cockpit.store import records

_SEARCHES = 200
"""Names to which the nearest are looked for in one file: in a column that is all wrong, more would say no more."""


class ToCome(str):
    """Stands for the code of a record that the same import makes: `person/sophie martin`."""

    __slots__ = ()

    @classmethod
    def of(cls, table: str, name: str) -> ToCome:
        """What stands for the record of that register and name until it is made."""
        return cls(f"{table}/{fold(name)}")

    @property
    def table(self) -> str:
        """The register in which the record is made."""
        return self.partition("/")[0]


class Unknown(forms.WrongValue):
    """A reference that names nothing. `tables` says of what it may be one, `near` what is called almost so."""

    def __init__(self, text: str, tables: tuple[str, ...], near: tuple[str, ...]) -> None:
        super().__init__(_("“{text}” is not known").format(text=text))
        self.text, self.tables, self.near = text, tables, near


@dataclass(frozen=True)
class FoundReference:
    """What a text refers to."""

    code: str
    by_beginning: str = ""
    """The whole name, when only its beginning was written."""


class References:
    """Finds codes by dictionaries: ten thousand lines ask for the same few names."""

    def __init__(
        self,
        workspace: Workspace,
        own: Mapping[str, Collection[str]],
        *,
        create: bool,
        create_as: str,
        tables: Collection[str] = (),
        usual: bool = False,
    ) -> None:
        """`own` has the folded names that the file itself gives; `create` makes what a reference misses.

        `tables` are the registers that the file refers to: also those in which two may have one name. `usual` makes
        what may be of several registers in the first of them: who carries is a person, who is waited for a provider.
        """
        self.workspace, self.own = workspace, own
        self.create, self.create_as, self.usual = create, create_as, usual
        self.names = workspace.names()
        self._gone = self.names.gone
        shared = [name for name in tables if name not in NAMED and REGISTERS[name].subject == "name"]
        found, archived = records.names(workspace.conn, shared)
        self.names.update(found)
        self.names.archived |= archived
        # Blockers that others stop are written by their code: a title is a sentence.
        self.coded = frozenset(
            row["code"]
            for name in tables
            if REGISTERS[name].subject == "title"
            for row in workspace.conn.execute(f"SELECT code FROM {name}")
        )
        self.coming: dict[ToCome, tuple[Register, str]] = {}
        """What is to be made so that references hold."""
        self._indexes: dict[tuple[str, ...], dict[str, list[str]]] = {}
        self._sorted: dict[tuple[str, ...], list[str]] = {}
        self._by_word: dict[tuple[str, ...], dict[str, list[str]]] = {}
        self._searched = 0

    def find(self, tables: tuple[str, ...], text: str) -> FoundReference | None:
        """By code, whole name, words or beginning of one; else what the file makes.

        Raises forms.WrongValue when several have that name.
        """
        if text.upper() in self.coded:
            return FoundReference(text.upper())
        if text.upper() in self.names and text.upper().startswith(_prefixes(tables)):
            return FoundReference(text.upper())
        index = self._index(tables)
        wanted = fold(text)
        exact = self._live(index.get(wanted, []))
        if len(exact) > 1:
            raise forms.WrongValue(
                _("“{text}” names several: {codes}; write the code").format(text=text, codes=", ".join(exact))
            )
        if exact:
            return FoundReference(exact[0])
        for table in tables:
            if wanted in self.own.get(table, ()):
                return FoundReference(ToCome.of(table, text))
        if named := self._by_words(tables, text):
            return FoundReference(named, self.names[named])
        names = self._sorted[tables]
        at = bisect_left(names, wanted)
        begin = [name for name in names[at : at + 2] if name.startswith(wanted)]
        if len(begin) == 1 and len(index[begin[0]]) == 1:
            code = index[begin[0]][0]
            return FoundReference(code, self.names[code])
        return None

    def _by_words(self, tables: tuple[str, ...], text: str) -> str:
        """The code of the one in whose name these words stand; `moi` is the one at the keyboard.

        Raises forms.WrongValue when several are.
        """
        if key(text) in ME and "person" in tables:
            return self.names.me if is_code(self.names.me) else ""
        first = key(text).partition(" ")[0]
        codes = self._words(tables).get(first, ())
        live = [code for code in codes if code not in self._gone] or codes
        found = candidates({code: self.names[code] for code in live}, text)
        if len(found) > 1:
            raise identities.SeveralNames(text, tuple(f"{self.names[code]} ({code})" for code in found))
        return found[0] if found else ""

    def _words(self, tables: tuple[str, ...]) -> dict[str, list[str]]:
        """Each word of a name to the codes of those who have it."""
        known = self._by_word.get(tables)
        if known is None:
            known = self._by_word[tables] = {}
            prefixes = _prefixes(tables)
            for code, name in self.names.items():
                if code.startswith(prefixes):
                    for word in key(name).split():
                        known.setdefault(word, []).append(code)
        return known

    def is_several(self, tables: tuple[str, ...], text: str) -> bool:
        """Whether a text that is no name known holds several: of people, or one of which is known.

        A company may well have a comma or an “and” in its name.
        """
        words = forms.several(text)
        people = tables == ("person",) or (self.create_as == "person" and "person" in tables)
        return len(words) > 1 and (
            people or ";" in text or any(self.knows(tables, word) for word in words)
        )  # fmt: skip

    def knows(self, tables: tuple[str, ...], text: str) -> bool:
        """Whether the whole text is a name, whatever signs it holds."""
        wanted = fold(text)
        return wanted in self._index(tables) or any(wanted in self.own.get(table, ()) for table in tables)

    def near(self, tables: tuple[str, ...], text: str) -> tuple[str, ...]:
        """At most three names that are almost the text."""
        self._searched += 1
        if self._searched > _SEARCHES:
            return ()
        index = self._index(tables)
        close = difflib.get_close_matches(fold(text), index, 3, 0.6)
        return tuple(self.names[index[name][0]] for name in close)

    def made(self, tables: tuple[str, ...], text: str) -> FoundReference | None:
        """What is made so that a reference holds, when that is wanted and it is clear of which register."""
        chosen = (self.create_as,) if self.create_as in tables else tables[:1] if self.usual else tables
        if self.usual and key(text) == key(self.workspace.actor):
            return None  # Who signs the changes needs no record to be named.
        if not self.create or len(chosen) != 1 or not creatable(REGISTERS[chosen[0]]):
            return None
        token = ToCome.of(chosen[0], text)
        self.coming.setdefault(token, (REGISTERS[chosen[0]], text))
        return FoundReference(token)

    def _live(self, codes: list[str]) -> list[str]:
        """Of several records of one name, those that are neither archived nor over."""
        return [code for code in codes if code not in self._gone] or codes

    def _index(self, tables: tuple[str, ...]) -> dict[str, list[str]]:
        known = self._indexes.get(tables)
        if known is None:
            known = self._indexes[tables] = {}
            prefixes = _prefixes(tables)
            for code, name in self.names.items():
                if code.startswith(prefixes):
                    known.setdefault(fold(name), []).append(code)
            self._sorted[tables] = sorted(known)
        return known


def creatable(register: Register) -> bool:
    """Whether a record of that register needs nothing but its name."""
    return register.editable and [f.name for f in register.fields if f.required] == [register.subject]


def _prefixes(tables: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{REGISTERS[table].prefix}-" for table in tables)
