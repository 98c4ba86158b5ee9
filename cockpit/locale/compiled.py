"""A compiled catalogue (`.mo`), of which only what is asked for is read.

The format is that of GNU gettext: a header of seven numbers, then two tables of (length, offset), one of the
original strings in the order of their bytes, one of their translations. A message is found by halving the
first table; the standard library reads all of them at once, which a command that prints ten cannot afford.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path

CONTEXT = "\x04"
"""What stands between the context of a message and the message."""
_MAGIC = 0x950412DE


class Catalogue:
    """The messages of one language; a message that it does not hold is returned as it is."""

    def __init__(self, compiled: bytes = b"") -> None:
        """Over the bytes of a `.mo` file. What is no such file, or is cut short, holds no message."""
        self._bytes = compiled
        self._said: dict[str, tuple[str, ...]] = {}
        self._form: Callable[[int], int] | None = None
        self._pair = struct.Struct("<II")
        self._originals = self._translations = self._count = 0
        for order in "<>":
            if compiled[:4] == struct.pack(order + "I", _MAGIC):
                self._pair = struct.Struct(order + "II")
                self._open(order)

    @classmethod
    def read(cls, path: Path) -> Catalogue:
        """The catalogue of that file; one without messages when it is missing or cannot be read."""
        try:
            return cls(path.read_bytes())
        except OSError:
            return cls()

    def gettext(self, message: str) -> str:
        """The translation of `message`."""
        return next(iter(self._find(message)), "") or message

    def pgettext(self, context: str, message: str) -> str:
        """The translation of `message` where `context` says which of its meanings is wanted."""
        return next(iter(self._find(context + CONTEXT + message)), "") or message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The translation that fits `n`."""
        forms = self._find(singular)
        which = self._form_of(n) if len(forms) > 1 else 0
        if 0 <= which < len(forms) and forms[which]:
            return forms[which]
        return singular if n == 1 else plural

    def _open(self, order: str) -> None:
        if len(self._bytes) < 28:
            return
        count, originals, translations = struct.unpack_from(order + "III", self._bytes, 8)
        end = len(self._bytes) - 8 * count
        if count and max(originals, translations) <= end:
            self._originals, self._translations, self._count = originals, translations, count

    def _find(self, key: str) -> tuple[str, ...]:
        """The translations of a key, one for each plural form; none when it is not there."""
        if (said := self._said.get(key)) is None:
            said = self._said[key] = self._look_up(key.encode("utf-8", "replace"))
        return said

    def _look_up(self, key: bytes) -> tuple[str, ...]:
        at = bisect_left(range(self._count), key, key=self._original)
        if at == self._count or self._original(at) != key:
            return ()
        try:
            return tuple(self._string(self._translations, at).decode().split("\0"))
        except UnicodeDecodeError:
            return ()

    def _original(self, at: int) -> bytes:
        """The key in that place of the table: of a message with a plural, the singular alone."""
        return self._string(self._originals, at).partition(b"\0")[0]

    def _string(self, table: int, at: int) -> bytes:
        length, offset = self._pair.unpack_from(self._bytes, table + 8 * at)
        return self._bytes[offset : offset + length]

    def _form_of(self, n: int) -> int:
        """Which plural form fits `n`, by the rule in the catalogue's header; -1 when the rule makes no sense."""
        try:
            if self._form is None:
                self._form = self._rule()
            return self._form(n)
        except (ValueError, ArithmeticError):
            return -1

    def _rule(self) -> Callable[[int], int]:
        from gettext import c2py

        for line in "".join(self._find("")).splitlines():
            name, _colon, value = line.partition(":")
            if name.lower() == "plural-forms":
                rule: Callable[[int], int] = c2py(value.partition("plural=")[2].rstrip(" ;"))
                return rule
        return lambda n: int(n != 1)
