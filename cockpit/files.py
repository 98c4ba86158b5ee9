"""The one way a file is written: beside its place, on the disk, then renamed. Whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

_SCRAP = ".partial"
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


def scraps(folder: Path) -> Iterator[Path]:
    """What somebody who was killed while writing left in a folder."""
    return folder.glob(f".*{_SCRAP}")


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
