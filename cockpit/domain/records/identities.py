"""Whom a name means: one person or provider, however it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from cockpit.domain.text import fold
from cockpit.locale import ngettext

ME = frozenset({"me", "moi"})
"""Words for the one at the keyboard."""
_CODE = re.compile(r"[A-Z]{1,3}-[0-9]+")


def in_short(codes: Sequence[str], most: int = 4) -> str:
    """A few codes, then how many more."""
    shown = ", ".join(codes[:most])
    more = len(codes) - most
    if more <= 0:
        return shown
    return ngettext("{codes} and {n} more", "{codes} and {n} more", more).format(codes=shown, n=more)


@lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """`name` for matching: folded, with hyphens and underscores read as blanks."""
    return " ".join(re.split(r"[\s_-]+", fold(name))).strip()


def is_code(text: str) -> bool:
    """Whether it is the code of a record, such as `PE-1`."""
    return _CODE.fullmatch(text) is not None


def candidates(
    names: Mapping[str, str], text: str, *, gone: Set[str] = frozenset(), me: str = ""
) -> tuple[str, ...]:
    """The codes of `names` (code to name) that `text` may mean: those of the first way of naming that fits.

    The ways are the code, the whole name, words of it (a first name, a surname), its beginning. Who is in
    force comes before who is `gone`, whatever the way; of one name in several registers the first of
    `names` is meant. `me`, the code or name of the one at the
    keyboard, is what `moi` and `me` mean.
    """
    wanted = key(text)
    if not wanted:
        return ()
    if coded := tuple(code for code in names if key(code) == wanted):
        return coded
    if wanted in ME and me:
        return candidates(names, me, gone=gone)
    live = [(code, key(name)) for code, name in names.items() if code not in gone]
    others = [(code, key(name)) for code, name in names.items() if code in gone]
    for known in (live, others):
        whole = tuple(code for code, name in known if name == wanted)
        words = tuple(code for code, name in known if f" {wanted} " in f" {name} ")
        begun = tuple(code for code, name in known if name.startswith(wanted))
        if found := whole or words or begun:
            return _in_first_register(found) if found == whole else found
    return ()


def _in_first_register(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Of namesakes in several registers, such as a freelance who is a provider too, that of the first."""
    registers = [code.partition("-")[0] for code in codes]
    return codes[:1] if len(set(registers)) == len(codes) else codes
