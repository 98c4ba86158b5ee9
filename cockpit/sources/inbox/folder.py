"""A shared folder in which partners drop one file per statement.

The folder is listed, since watchers miss network drives. Names, kinds and sizes of what lies there are
somebody else's: nothing is followed, nothing is overwritten, nothing is deleted.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from cockpit import files
from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.messages.statement import SIZE_LIMIT, too_big
from cockpit.domain.text import clean
from cockpit.locale import _

_UNFINISHED = frozenset({".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".lock", ".swp"})
_SYSTEM = frozenset({"desktop.ini", "thumbs.db", "icon\r"})
PER_SCAN = 100
"""Files of one scan at most; the others wait for the next."""
STABLE_FOR = timedelta(seconds=5)
PROCESSED, REJECTED = "processed", "rejected"

_LISTED = 10_000
_NUMBERS = 10_000
_NAME_BYTES = 180
"""Of a moved file's stem, so that the number and `.reason.txt` still fit in the 255 of most systems."""
_SAFELY = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


class CannotRead(Exception):
    """The folder or a file in it cannot be read. The message says why, for a person."""


class CannotMove(Exception):
    """A file stays where it is. The message says why, for a person."""


@dataclass(frozen=True)
class FileStamp:
    """What a file looked like when it was first seen so: size in bytes, time of change, instant of the scan."""

    size: int
    mtime_ns: int
    at: datetime


@dataclass(frozen=True)
class Scan:
    """What one listing found. `pending` is by file name, for the next scan; `too_big` are complete, to reject.

    `later` counts the files that this scan has not looked at.
    """

    ready: tuple[Path, ...] = ()
    pending: Mapping[str, FileStamp] = field(default_factory=dict)
    too_big: tuple[Path, ...] = ()
    later: int = 0


def scan(folder: Path, seen: Mapping[str, FileStamp], now: datetime) -> Scan:
    """The files that have not changed for 5 s, those that may still grow, and those that are too big.

    `seen` is the `pending` of the scan before. Raises CannotRead when `folder` is no readable folder.
    """
    ready: list[Path] = []
    large: list[Path] = []
    pending: dict[str, FileStamp] = {}
    names = _names(folder)
    for name in names[:PER_SCAN]:
        try:
            found = (folder / name).lstat()
        except OSError:
            continue  # gone meanwhile
        stamp = FileStamp(found.st_size, found.st_mtime_ns, now)
        before = seen.get(name)
        # A stamp of the future is that of a clock that has since been set back.
        if before is None or before.at > now or replace(stamp, at=before.at) != before:
            pending[name] = stamp
        elif now - before.at < STABLE_FOR:
            pending[name] = before
        else:
            (large if found.st_size > SIZE_LIMIT else ready).append(folder / name)
    return Scan(tuple(ready), pending, tuple(large), len(names[PER_SCAN:]))


def take(path: Path) -> bytes:
    """The bytes of a file that is ready. Raises CannotRead when it is no regular file, gone or too big."""
    try:
        # Asked before and after opening: where a system cannot refuse links, they still are not followed.
        named = path.lstat()
        if not stat.S_ISREG(named.st_mode):
            raise CannotRead(_not_regular(path))
        descriptor = os.open(path, _SAFELY)
        try:
            opened = os.fstat(descriptor)
            if not stat.S_ISREG(opened.st_mode) or not os.path.samestat(named, opened):
                raise CannotRead(_not_regular(path))
            with open(descriptor, "rb", closefd=False) as file:
                raw = file.read(SIZE_LIMIT + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise CannotRead(_unreadable(path)) from error
    if len(raw) > SIZE_LIMIT:
        raise CannotRead(_("{name}: {reason}").format(name=_shown(path), reason=too_big()))
    return raw


def settle(path: Path, folder: Path, *, reason: str = "") -> Path:
    """Move a file of `folder` to `processed/`, or with a `reason` to `rejected/` beside a `.reason.txt`.

    Gives its new place, numbered when the name is taken. Raises CannotMove, with the file where it was,
    when the folder does not let itself be written, as a read-only share does not.
    """
    made: list[Path] = []
    try:
        target = _reserved(path, _own_folder(folder / (REJECTED if reason else PROCESSED)))
        made.append(target)
        if reason:
            files.write(_reason_file(target), clean(reason, lines=True) + "\n", mode=files.SHARED, new=True)
            made.append(_reason_file(target))
        os.replace(path, target)
    except OSError as error:
        for ours in made:
            with suppress(OSError):
                ours.unlink()
        sentence = _("{name} cannot be moved out of the folder: {cause}")
        raise CannotMove(sentence.format(name=_shown(path), cause=clean(files.why(error)))) from error
    return target


def _names(folder: Path) -> list[str]:
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise CannotRead(_("{name} is not a folder (links are not followed)").format(name=_shown(folder)))
        with os.scandir(folder) as entries:
            files = (entry.name for entry in islice(entries, _LISTED) if entry.is_file(follow_symlinks=False))
            return sorted(name for name in files if _wanted(name))
    except OSError as error:
        raise CannotRead(_unreadable(folder)) from error


def _wanted(name: str) -> bool:
    """Whether somebody may have put it there to be read, and no program for itself."""
    ending = os.path.splitext(name)[1].lower()
    return not (
        name.startswith((".", "~"))
        or name.endswith(("~", "#"))
        or ending in _UNFINISHED
        or name.lower() in _SYSTEM
    )


def _own_folder(place: Path) -> Path:
    """`place` as a real folder. A partner who can write in the share could have put a link there."""
    with suppress(FileExistsError):
        place.mkdir()
    if not stat.S_ISDIR(place.lstat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    return place


def _reserved(path: Path, place: Path) -> Path:
    """An empty file of our own in `place` for the move to replace: nobody else's is ever overwritten."""
    stem, suffix = path.stem, path.suffix
    while len(os.fsencode(stem)) > _NAME_BYTES:
        stem = stem[:-1]
    for number in range(1, _NUMBERS):
        target = place / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
        if not os.path.lexists(_reason_file(target)):
            with suppress(FileExistsError):
                target.open("x").close()
                return target
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _reason_file(target: Path) -> Path:
    return target.with_name(f"{target.name}.reason.txt")


def _shown(path: Path) -> str:
    return clean(path.name)


def _unreadable(path: Path) -> str:
    return _("{name} cannot be read").format(name=_shown(path))


def _not_regular(path: Path) -> str:
    return _("{name} is not a regular file").format(name=_shown(path))
