"""The settings while somebody changes them: what was read, what was written, and the way back, step by step."""

from __future__ import annotations

from pathlib import Path

from cockpit.domain.refusal import Refusal
from cockpit.domain.settings import Settings
from cockpit.domain.text import slug
from cockpit.locale import _
from cockpit.services.settings import writer
from cockpit.services.settings.change import Change, SettingPlace, SetValue, TomlValue
from cockpit.services.settings.checks import Wrong
from cockpit.services.settings.values import read
from cockpit.services.settings.writer import WrittenSettings


def _keeping_identity(place: SettingPlace, value: TomlValue | None) -> tuple[Change, ...]:
    """What is stored of an entry goes by a key that was made of its name: renamed, it keeps that key."""
    if place.key != "name" or not place.entry or slug(str(value)) == place.entry:
        return ()
    return (
        SetValue(place=SettingPlace(section=place.section, entry=place.entry, key="key"), value=place.entry),
    )


class Editing:
    """One configuration in the hands of one person. Each change can be taken back, the last one first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = writer.text_of(path)
        """What is shown: the text as it was read last."""
        self._done: list[WrittenSettings] = []
        self._undone: list[WrittenSettings] = []

    def look_again(self) -> bool:
        """Read what another program wrote meanwhile; whether it did. What was written here before that stays:
        going back over it would take what the other wrote along.
        """
        try:
            now = writer.text_of(self.path)
        except writer.CannotChange:
            # It is told when something is to be written.
            return False
        if now == self.text:
            return False
        self.text = now
        self._done.clear()
        self._undone.clear()
        return True

    def took(self, written: WrittenSettings) -> None:
        """Something was written by another job of this screen: it is taken back like the rest."""
        self.text = written.after
        if written.before != written.after:
            self._done.append(written)
            self._undone.clear()

    def judge(self, place: SettingPlace, typed: str) -> str:
        """How what is typed would be refused, in one sentence; empty when it will do."""
        try:
            writer.judge(self.path, self.text, SetValue(place=place, value=read(place, typed)))
        except Wrong as error:
            return f"{error.what} → {error.fix}"
        except Refusal as error:
            return str(error)
        return ""

    def change(self, *changes: Change, seen: str | None = None) -> WrittenSettings:
        """Write it. `seen` is the text as of when it was asked, else what is shown.

        Raises CannotChange, OSError; what another program wrote is read anew then.
        """
        try:
            written = writer.change(self.path, *changes, seen=self.text if seen is None else seen)
        except writer.ChangedMeanwhile:
            self.look_again()
            raise
        self.took(written)
        return written

    def set(self, place: SettingPlace, typed: str, *, seen: str | None = None) -> WrittenSettings:
        """Write what was typed for one setting, see `change`. Raises CannotChange, OSError."""
        try:
            value = read(place, typed)
        except Wrong as error:
            raise writer.CannotChange(f"{error.what} → {error.fix}") from error
        return self.change(*_keeping_identity(place, value), SetValue(place=place, value=value), seen=seen)

    @property
    def can_take_back(self) -> bool:
        """Whether something was written here."""
        return bool(self._done)

    @property
    def can_do_again(self) -> bool:
        """Whether something was taken back here."""
        return bool(self._undone)

    def take_back(self) -> Settings:
        """The text before the last change again. Raises CannotChange, OSError."""
        if not self._done:
            raise writer.CannotChange(_("nothing was written here yet"))
        last = self._done[-1]
        found = writer.put_back(self.path, last.after, last.before)
        self._undone.append(self._done.pop())
        self.text = last.before
        return found

    def do_again(self) -> Settings:
        """The text that was taken back last again. Raises CannotChange, OSError."""
        if not self._undone:
            raise writer.CannotChange(_("nothing to do again here"))
        last = self._undone[-1]
        found = writer.put_back(self.path, last.before, last.after)
        self._done.append(self._undone.pop())
        self.text = last.after
        return found
