"""A small file that one process writes again and again while it lives: its lock tells the others that it does.

The system gives the lock back when the process ends, however it ends: what stands on the slate is then anybody's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cockpit import files

_ROOM = 4096
"""Bytes that are taken at once: a disk that becomes full has room for a line all the same."""
_FAR = 1 << 30
_NAME = re.compile(r"[0-9a-f]{16}")


class Slate:
    """The slate of this process in a folder."""

    def __init__(self, folder: Path, like: Path) -> None:
        """Begin it, for those who may write the file `like`. Raises OSError where it cannot be made or locked."""
        files.folder_beside(folder, like)
        while True:
            self.path = folder / os.urandom(8).hex()
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _CLOEXEC, 0o600)
            # Whoever looks for slates that were left may have found it before it was locked.
            if lock(self._file) and self.path.exists():
                break
            os.close(self._file)
        try:
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, b"\n".ljust(_ROOM))
        except OSError:
            # Somebody tries again at the next letter: a full disk leaves neither a file nor an open one.
            self.wipe()
            raise
        files.open_to_group(self.path, like)

    def write(self, text: str) -> None:
        """Have it hold one line, and nothing of before; on the disk at once, unless it is empty. Raises OSError."""
        line = f"{text}\n".encode()
        # In one piece, up to the end of the line: what stands behind it is of an earlier, longer one.
        os.lseek(self._file, 0, os.SEEK_SET)
        if os.write(self._file, line) < len(line):
            raise OSError(f"{self.path} has no room")
        if text:
            os.fsync(self._file)

    def wipe(self) -> None:
        """It is not needed any more."""
        with suppress(OSError):
            self.path.unlink()
            self.path.parent.rmdir()
        self.leave()

    def leave(self) -> None:
        """What stands on it is anybody's from now on."""
        os.close(self._file)


def standing(folder: Path, mine: Path | None = None) -> Iterator[str]:
    """What stands on the slates of processes that live, `mine` left out; those of the others are wiped."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        with suppress(OSError):
            if path == mine or not _NAME.fullmatch(path.name):
                continue
            file = os.open(path, os.O_RDWR | _CLOEXEC)
            try:
                lives = not lock(file)
                if not lives and os.name == "posix":
                    # While it is locked: whoever begins a slate looks whether it is still there once it has its own.
                    path.unlink()
            finally:
                os.close(file)
            if lives:
                yield _line(path)
            elif os.name != "posix":
                path.unlink()


@contextmanager
def left(folder: Path) -> Iterator[list[str]]:
    """What stands on the slates of processes that are gone; they are wiped when the block ends without an error."""
    held: list[tuple[Path, int]] = []
    try:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            with suppress(OSError):
                file = os.open(path, os.O_RDWR | _CLOEXEC)
                if lock(file):
                    held.append((path, file))
                else:
                    os.close(file)
        yield [_line(path) for path, _file in held]
        for path, _file in held:
            path.unlink(missing_ok=True)
        if held:
            with suppress(OSError):
                folder.rmdir()
    finally:
        for _path, file in held:
            os.close(file)


def lock(file: int) -> bool:
    """Have an open file to oneself; False when another process has it."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            # Far behind what is written: nobody may read what is locked.
            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    except BlockingIOError:
        return False
    except OSError:
        # Windows says so of a byte that is locked; a file system without locks, that it has none.
        return os.name == "posix"
    return True


def _line(path: Path) -> str:
    return path.read_bytes().partition(b"\n")[0].decode("utf-8", "replace")


_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
