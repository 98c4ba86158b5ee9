"""The one way a file is written: beside its place, on the disk, then renamed. Whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from cockpit.locale import N_, _

_SCRAP = ".partial"
_OURS = re.compile(rf"\.(?:.{{1,80}}\.)?[0-9a-f]{{12}}{re.escape(_SCRAP)}(?:-wal|-shm|-journal)?", re.DOTALL)
"""Names that are made here while something is written: others end in the same word."""
_WHOLE = ".cockpit-whole"
"""Files that belong together stand here, whole, until each has its name in the folder above."""
_GROUP_WRITES = stat.S_IRGRP | stat.S_IWGRP
PRIVATE, SHARED = 0o600, 0o644
"""Modes of new files, under the umask: for their owner alone, or for whoever may read the folder."""

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


def write(path: Path, content: bytes | str, *, mode: int = PRIVATE, new: bool = False) -> None:
    """Have `path` hold `content` (text as UTF-8). A reader, a crash or a full disk never meets half of it.

    A file that is there keeps its mode, and a link leads on to what it means. Raises OSError, with what was
    there untouched; FileExistsError when `new` and something is.
    """
    with beside(path, mode=mode, new=new) as fresh:
        fresh.write_bytes(content.encode() if isinstance(content, str) else content)


def write_among_others(path: Path, content: bytes, *, mode: int = SHARED) -> None:
    """The same in a folder where others write too: a link that stands there is replaced, and leads nowhere."""
    with scratch(path, mode=mode) as fresh:
        fresh.write_bytes(content)
        to_disk(fresh)
        os.replace(fresh, path)
        to_disk(path.parent)


@contextmanager
def beside(path: Path, *, mode: int = PRIVATE, new: bool = False) -> Iterator[Path]:
    """An empty file beside `path`, for libraries that write to a name; filled, it takes the place of `path`.

    It does so when the block ends without an error, and is removed otherwise. For the rest as `write`.
    """
    if new and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with scratch(path if new else path.resolve(), mode=mode) as fresh:
        yield fresh
        take_place(fresh, path, new=new)


@contextmanager
def scratch(path: Path, *, mode: int = PRIVATE) -> Iterator[Path]:
    """An empty file in the folder of `path` that is gone after the block, unless it took a place."""
    fresh = path.with_name(f".{path.name[:80]}.{os.urandom(6).hex()}{_SCRAP}")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    try:
        yield fresh
    finally:
        with suppress(OSError):
            fresh.unlink()


def take_place(fresh: Path, path: Path, *, new: bool = False) -> None:
    """Give a whole file of the same folder the name `path`, once it is on the disk. As `write` otherwise."""
    target = path if new else path.resolve()
    if not new and target.exists():
        os.chmod(fresh, stat.S_IMODE(target.stat().st_mode))
    to_disk(fresh)
    if new:
        _take_free_place(fresh, target)
    else:
        os.replace(fresh, target)
    to_disk(target.parent)


def folder_beside(path: Path, like: Path) -> None:
    """Have the folder `path` for what stands beside the file `like`: for those who may write that. Raises OSError."""
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
        open_to_group(path, like)


def open_to_group(made: Path, like: Path) -> None:
    """Let the group of `like` have what was made here, where it may write that: two accounts may share one file.

    What cannot be, because it is another's or the system has no groups, is left as it is.
    """
    with suppress(OSError, AttributeError):
        theirs, ours = like.stat(), made.stat()
        if theirs.st_mode & _GROUP_WRITES != _GROUP_WRITES:
            return
        if ours.st_gid != theirs.st_gid:
            os.chown(made, -1, theirs.st_gid)
        mode = stat.S_IMODE(made.stat().st_mode)
        os.chmod(made, mode | (stat.S_IRWXG if stat.S_ISDIR(ours.st_mode) else _GROUP_WRITES))


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder beside `path`, to be filled; it becomes `path`, whole and on the disk, when the block ends.

    The folders above it are made. Raises OSError with nothing left, FileExistsError when something has the name.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name[:80]}.{os.urandom(6).hex()}{_SCRAP}")
    fresh.mkdir(mode=0o700)
    try:
        yield fresh
        for each in (*sorted(fresh.rglob("*"), reverse=True), fresh):
            to_disk(each)
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        fresh.rename(path)
        to_disk(path.parent)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def added_to(folder: Path) -> Iterator[Path]:
    """An empty folder, to be filled; when the block ends, its files have their names in `folder`, all of them or none.

    A kill leaves none while they are filled, and what `finish_adding` ends from the moment they are whole. Raises
    OSError with nothing left, FileExistsError when something in `folder` has one of the names.
    """
    fresh = folder / f".{os.urandom(6).hex()}{_SCRAP}"
    fresh.mkdir(mode=0o700)
    try:
        yield fresh
        for scrap in scraps(fresh):
            scrap.unlink()
        names = sorted(each.name for each in fresh.iterdir())
        for name in names:
            if os.path.lexists(folder / name):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / name))
            to_disk(fresh / name)
        to_disk(fresh)
        fresh.rename(folder / _WHOLE)
        to_disk(folder)
        try:
            finish_adding(folder)
        except OSError:
            for name in names:
                ours, target = folder / _WHOLE / name, folder / name
                if not ours.exists() or (target.exists() and target.samefile(ours)):
                    target.unlink(missing_ok=True)
            shutil.rmtree(folder / _WHOLE, ignore_errors=True)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def finish_adding(folder: Path) -> list[Path]:
    """Give the files that were added and are whole the names that a kill kept from them. Returns these files.

    Raises FileExistsError when somebody took one of the names meanwhile: both files are kept, and it can be tried
    again.
    """
    whole = folder / _WHOLE
    added: list[Path] = []
    for each in sorted(whole.iterdir()) if whole.is_dir() else ():
        target = folder / each.name
        # Killed between the two: it has its name, and its first one still.
        if not (target.exists() and target.samefile(each)):
            _take_free_place(each, target)
        each.unlink(missing_ok=True)
        added.append(target)
    if whole.is_dir():
        to_disk(folder)
        whole.rmdir()
    return added


def scraps(folder: Path) -> Iterator[Path]:
    """What a program of ours that was killed while writing left in a folder, and what SQLite left beside that."""
    return (each for each in folder.glob(f".*{_SCRAP}*") if _OURS.fullmatch(each.name))


def no_room(error: BaseException) -> bool:
    """Whether an error of the system or of SQLite says that a disk is full, or a quota of it is."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


_WHY = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), N_("the disk is full")),
    **dict.fromkeys((errno.EACCES, errno.EPERM), N_("this account has no right to it")),
    errno.EROFS: N_("that disk can only be read"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a file stands where a folder is needed"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("something has that name already"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EADDRINUSE: N_("another program has it"),
    errno.EIO: N_("the disk has a fault"),
}


def why(error: OSError) -> str:
    """What the system answered, in the reader's language where it is a usual answer; else as it was said."""
    number, said = error.errno or 0, error.strerror or type(error).__name__
    return _(_WHY[number]) if number in _WHY and said == os.strerror(number) else said


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut. Raises OSError for a file."""
    folder = path.is_dir()
    if folder and os.name != "posix":
        return
    # Some network shares cannot do it for a folder, and a name that was given is given.
    with suppress(OSError) if folder else nullcontext():
        handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _take_free_place(fresh: Path, target: Path) -> None:
    """Give the name to the file unless somebody took it meanwhile."""
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A folder without hard links: looked at once more, then renamed.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        os.replace(fresh, target)
