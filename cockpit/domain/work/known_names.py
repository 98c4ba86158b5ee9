"""Names that the registers know: matching and completing them, and finding near duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.identities import ME, candidates, key
from cockpit.domain.text import fold

SAME_WORDS = 0.6
"""Share of the words of the longer title from which two titles are near duplicates."""


@dataclass(frozen=True)
class KnownName:
    """A name as it is shown, and the short code that stands for it too."""

    name: str
    code: str = ""


@dataclass(frozen=True)
class KnownNames:
    """The names of the registers, most used first, for that is the order in which they are proposed."""

    functions: tuple[KnownName, ...] = ()
    people: tuple[KnownName, ...] = ()
    providers: tuple[KnownName, ...] = ()
    policies: tuple[KnownName, ...] = ()
    me: str = ""
    """The name of the one at the keyboard, whether or not the register of people has it."""

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        lists = {
            "waiting_on": self.providers + self.people,
            "tags": self.functions,
            "owner": self.people,
            "sla": self.policies,
        }
        return {
            # What has no code of its own is told apart by a key that nobody can type.
            field: {known.code or f" {n}": known.name for n, known in enumerate(names)}
            for field, names in lists.items()
        }

    def matching(self, field: str, typed: str) -> tuple[str, ...]:
        """The names that `typed` may mean in `field`, as `identities.candidates` says."""
        if field in ("waiting_on", "owner") and self.me and key(typed) in ME:
            return (self.me,)
        names = self._names.get(field, {})
        return tuple(dict.fromkeys(names[code] for code in candidates(names, typed)))

    def called(self, field: str, typed: str) -> str | None:
        """The one name or code that is `typed`, whole; or the one in which its several words stand in a row."""
        wanted, names = key(typed), self._names.get(field, {})
        found = {name for code, name in names.items() if wanted in (key(name), key(code))}
        if not found and " " in wanted:
            found = {name for name in names.values() if f" {wanted} " in f" {key(name)} "}
        return found.pop() if len(found) == 1 else None

    def completing(self, field: str, typed: str) -> tuple[str, ...]:
        """The names to propose, those that `typed` begins first, then those with a word that it begins."""
        wanted = key(typed)
        names = [
            (key(text), name) for code, name in self._names.get(field, {}).items() for text in (name, code)
        ]
        first = [name for known, name in names if known.startswith(wanted)]
        return tuple(dict.fromkeys(first + [name for known, name in names if f" {wanted}" in known]))


@dataclass(frozen=True)
class Completion:
    """What is being typed from `start` to `end` of the line, and the names that it may become."""

    field: str
    prefix: str
    start: int
    end: int
    candidates: tuple[str, ...]


_FIELDS = {"@": "waiting_on", "+": "tags", "#": "tags", ">": "owner", "~": "sla"}
_FIELDS |= {"qui:": "owner", "owner:": "owner", "sla:": "sla"}


def completion_at(line: str, cursor: int, known: KnownNames) -> Completion | None:
    """What the marker that ends at `cursor` may become; None outside a marker or when nothing fits."""
    typed = re.search(
        r"(?:^|(?<=\s))([@+#>~]|[A-Za-z]{3,5} ?:(?: +(?=\S))?)(\"[^\"]*|[^\s\"]*)$", line[: max(cursor, 0)]
    )
    if typed is None:
        return None
    field = _FIELDS.get(fold(typed[1]).replace(" ", ""), "")
    prefix = typed[2].removeprefix('"')
    candidates = known.completing(field, prefix)
    return Completion(field, prefix, typed.start(2), typed.end(2), candidates) if candidates else None


_PLAIN = re.compile(r"[^\W\d_][\w'’&/+-]*(?: [^\W\d_][\w'’&/+-]*)*")


def as_typed(name: str) -> str:
    """`name` as it is typed after a marker: in quotes where it holds more than words, for it would be read in part."""
    return name if _PLAIN.fullmatch(name) else '"' + name.replace('"', "") + '"'


def near_duplicate(
    title: str, functions: Sequence[str], existing: Iterable[tuple[str, str, str]]
) -> str | None:
    """The code of the `(code, title, function)` most like `title`, among those of the same function.

    Titles are alike when they share at least SAME_WORDS of the words of the longer one.
    """
    words = _words(title)
    wanted = {key(function) for function in functions} or {""}
    best: tuple[float, str] | None = None
    for code, other_title, function in existing:
        if key(function) not in wanted:
            continue
        other = _words(other_title)
        share = len(words & other) / max(len(words), len(other), 1)
        if share >= SAME_WORDS and (best is None or share > best[0]):
            best = share, code
    return best and best[1]


def _words(title: str) -> set[str]:
    return set(re.findall(r"\w+", fold(title)))
