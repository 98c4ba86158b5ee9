"""The one way `config.toml` is written. What an editor did meanwhile is never lost, and the text before is kept."""

from __future__ import annotations

import re
import stat
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cockpit import files
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.refusal import Refusal
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.settings import sections
from cockpit.services.settings.change import (
    AddEntry,
    Change,
    NoSuchEntry,
    RemoveEntry,
    SetValue,
    entry_key,
    made,
    rewritten,
    value_at,
)
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.lines import line_of

BEFORE = ".before"
"""What the name of the copy of the text before ends with."""


class CannotChange(Refusal):
    """The configuration was not written; the message says why, where and what to do."""


class WrongSetting(CannotChange):
    """The value will not do: `what` is wrong, and what to write instead (`fix`), both translated."""

    def __init__(self, error: ConfigError) -> None:
        # As it is typed on the screen and in the shell: `key = "…"` is how a file has it.
        key = re.escape(error.key.rpartition(".")[2])
        self.fix = re.sub(rf'{key} = ("?)(.+?)\1$', r"\2", error.fix)
        self.key = error.key
        self.what = error.what
        super().__init__(f"{self.what} → {self.fix}")


class ChangedMeanwhile(CannotChange):
    """Another program wrote the same setting since it was read: nothing was written."""


@dataclass(frozen=True, kw_only=True)
class WrittenSettings:
    """What a change of the configuration gave."""

    path: Path
    before: str
    after: str
    settings: Settings
    meanwhile: bool = False
    """Whether another program had changed something else of it: both are there now."""


def text_of(path: Path) -> str:
    """The text of a configuration; empty when there is none. Raises CannotChange when it cannot be read."""
    try:
        return path.read_bytes().removeprefix(BOM_UTF8).decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        said = _("{path} cannot be read ({error}): nothing was written")
        raise CannotChange(said.format(path=path, error=error)) from error


def judge(path: Path, text: str, change: Change) -> Settings:
    """The settings that a change would give, while it is typed. Raises WrongSetting, CannotChange."""
    raw = _tables(text, path)
    return _checked(_made(raw, change), text, path)


def change(path: Path, *changes: Change, seen: str | None = None) -> WrittenSettings:
    """Make changes in the configuration at `path`, together, and keep the text before beside it.

    `seen` is the text on which they were decided: what another program wrote since is kept, unless it is the
    same setting. Raises CannotChange, OSError.
    """
    _may_write(path)
    before = text = text_of(path)
    raw = _tables(text, path)
    meanwhile = seen is not None and seen != text
    for each in changes:
        if meanwhile and seen is not None:
            _untouched(each, _tables(seen, path), raw, path)
        wanted = _made(raw, each)
        written = rewritten(text, raw, each)
        if written is None:
            raise _by_hand(path, each)
        text, raw = written, wanted
    settings = _checked(raw, text, path)
    if text != before:
        _replace(path, before, text)
    return WrittenSettings(path=path, before=before, after=text, settings=settings, meanwhile=meanwhile)


def put_back(path: Path, written: str, before: str) -> Settings:
    """The text before again, where the file still says what was `written`. Raises CannotChange, OSError."""
    _may_write(path)
    if text_of(path) != written:
        said = _("{path} was changed by another program since: nothing was taken back")
        raise CannotChange(said.format(path=path))
    settings = _checked(_tables(before, path), before, path)
    _replace(path, written, before)
    return settings


def swap(path: Path) -> Settings:
    """The copy of the text before in the place of the present one, which becomes the copy. Raises CannotChange."""
    copy = path.with_name(path.name + BEFORE)
    if not copy.exists():
        raise CannotChange(_("nothing was changed by Cockpit in {path} yet").format(path=path))
    return put_back(path, text_of(path), text_of(copy))


def put(path: Path, text: str) -> None:
    """Write a whole configuration, for its owner alone, or leave what is there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    files.write(path, text)
    # A file that was there kept its mode; this one may hold addresses that are passwords.
    path.chmod(files.PRIVATE)


def _replace(path: Path, before: str, text: str) -> None:
    marked = path.exists() and path.read_bytes().startswith(BOM_UTF8)
    if before:
        put(path.with_name(path.name + BEFORE), before)
    if text_of(path) != before:
        raise ChangedMeanwhile(_("{path} is being written by another program: do it again").format(path=path))
    put(path, ("\ufeff" if marked else "") + text)


def _may_write(path: Path) -> None:
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        said = _("{path} is read-only: make it writable first (chmod u+w), or change it where it comes from")
        raise CannotChange(said.format(path=path))


def _tables(text: str, path: Path) -> dict[str, Any]:
    try:
        return sections.tables(text, path)
    except ConfigError as error:
        said = _("nothing was written, since the file cannot be read as it is. {error}")
        raise CannotChange(said.format(error=error)) from error


def _made(raw: Mapping[str, Any], change: Change) -> dict[str, Any]:
    try:
        return made(raw, change)
    except NoSuchEntry as error:
        raise CannotChange(_("“{name}” is not there any more").format(name=error)) from error
    except (TypeError, AttributeError) as error:
        raise CannotChange(_("the file says something else there: change it by hand")) from error


def _checked(raw: Mapping[str, Any], text: str, path: Path) -> Settings:
    try:
        return sections.checked(raw, text, path)
    except ConfigError as error:
        raise WrongSetting(error) from error


def _untouched(change: Change, seen: Mapping[str, Any], now: Mapping[str, Any], path: Path) -> None:
    """Raises ChangedMeanwhile where another program wrote what the change is about."""
    if isinstance(change, AddEntry):
        return
    if isinstance(change, SetValue):
        one, other = value_at(seen, change.place), value_at(now, change.place)
        name = str(change.place)
    else:
        one, other = (_entry(tables, change) for tables in (seen, now))
        name = f"{change.section}.{change.entry}"
    if one != other:
        said = _("{name} was changed meanwhile in {path}: look at it, and do it again")
        raise ChangedMeanwhile(said.format(name=name, path=path.name))


def _entry(raw: Mapping[str, Any], change: RemoveEntry) -> Any:
    return next((each for each in raw.get(change.section, []) if entry_key(each) == change.entry), None)


def _by_hand(path: Path, change: Change) -> CannotChange:
    line = 0
    if isinstance(change, SetValue):
        line = line_of(path, change.place.section, change.place.key)
    where = f"{path}:{line}" if line else str(path)
    return CannotChange(
        _("{where} is written in a way that is not changed from here: by hand").format(where=where)
    )
