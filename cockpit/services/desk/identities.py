"""Whom the names mean that a person types: the one resolver of every door, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.records.identities import ME, candidates, is_code, key
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import fold, typed
from cockpit.locale import _
from cockpit.services.desk.refusal import WrongValue
from cockpit.services.desk.workspace import Names


class SeveralNames(WrongValue):
    """A name that several records have; `names` are theirs."""

    def __init__(self, text: str, names: tuple[str, ...]) -> None:
        words = _("“{text}” may be {names}: write the whole name, or the code")
        super().__init__(words.format(text=text, names=_(" or ").join(names)))
        self.text, self.names = text, names


def meant(names: Mapping[str, str], tables: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The codes of the records that a text may name, as `identities.candidates` says.

    One that is archived, has left or has ended is found when nothing else is meant: what may be done with it is
    judged elsewhere.
    """
    me = names.me if isinstance(names, Names) and "person" in tables else ""
    known, gone = _of(names, tables), _gone(names)
    found = candidates(known, text, gone=gone, me=me)
    bare = text.strip().removeprefix("@").strip('"')
    return found or candidates(known, bare, gone=gone, me=me)


def resolve(names: Mapping[str, str], tables: tuple[str, ...], text: str) -> str | None:
    """The code of the one record that `text` names, by its code, words of its name or its beginning."""
    found = meant(names, tables, text)
    return found[0] if len(found) == 1 else None


def identity(names: Mapping[str, str], tables: tuple[str, ...], text: str) -> str:
    """What stands for a name in a record: the code of its record, else the name itself.

    Raises SeveralNames.
    """
    found = meant(names, tables, text)
    if len(found) > 1:
        raise SeveralNames(text, tuple(f"{names[code]} ({code})" for code in found))
    if found:
        return found[0]
    bare = text.strip().removeprefix("@").strip('"')
    return names.me if isinstance(names, Names) and "person" in tables and key(bare) in ME else bare


def one(names: Mapping[str, str], tables: tuple[str, ...], text: str) -> str:
    """The code of the one record that a name means. Raises WrongValue, SeveralNames when two are meant."""
    found = identity(names, tables, text)
    if found not in names:
        raise WrongValue(_("“{text}” is not known; create it first").format(text=text.strip()))
    return found


def listed(names: Mapping[str, str], tables: tuple[str, ...], text: str) -> tuple[str, ...]:
    """What stands for each name of a list with commas, each once. Raises SeveralNames."""
    words = [typed(word) for word in text.split(",") if word.strip()]
    return tuple(dict.fromkeys(identity(names, tables, word) for word in words))


def called(names: Mapping[str, str], *found: str) -> str:
    """The names of identities; one that no record has is told by a sign and words, but not the reader's own."""
    me = names.me if isinstance(names, Names) else ""
    told = (
        names.get(each, each)
        if each in names or is_code(each) or each == me
        else "? " + _("{name} (no record)").format(name=each)
        for each in found
    )
    return ", ".join(told)


def _gone(names: Mapping[str, str]) -> frozenset[str]:
    return names.gone if isinstance(names, Names) else frozenset()


def _of(names: Mapping[str, str], tables: tuple[str, ...]) -> dict[str, str]:
    prefixes = tuple(f"{REGISTERS[name].prefix}-" for name in tables)
    return {code: name for prefix in prefixes for code, name in names.items() if code.startswith(prefix)}


def named(names: Mapping[str, str], tables: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    """The names of those registers that begin with `prefix`, in alphabetical order: who left or is archived is not."""
    wanted, gone = fold(prefix).strip(), _gone(names)
    known = {name for code, name in _of(names, tables).items() if code not in gone}
    return tuple(sorted(name for name in known if fold(name).startswith(wanted)))
