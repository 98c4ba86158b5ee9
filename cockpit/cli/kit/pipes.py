"""A reader of a pipe that leaves (`| head`) ends what is said to it, and never what is being done."""

from __future__ import annotations

import io
import os
import stat
import sys
from typing import TextIO

_left: list[int] = []


class _Pipe(io.FileIO):
    """A pipe whose reader may leave: what is said afterwards goes nowhere, and nothing fails for it."""

    def write(self, data: object, /) -> int:
        try:
            return super().write(data)  # type: ignore[arg-type]
        except BrokenPipeError:
            _left.append(self.fileno())
            # Programs that are started later write there too.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return super().write(data)  # type: ignore[arg-type]


def outlive_readers() -> None:
    """Have standard output and error, where they are pipes, outlive their readers."""
    sys.stdout, sys.stderr = _outliving(sys.stdout, 1), _outliving(sys.stderr, 2)


def reader_left() -> bool:
    """Whether somebody left who was told something: what was said is not what was read."""
    return bool(_left)


def _outliving(stream: TextIO, descriptor: int) -> TextIO:
    try:
        mode = os.fstat(descriptor).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)) or stream.fileno() != descriptor:
            return stream
        stream.flush()
    except (OSError, ValueError, AttributeError):
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(_Pipe(descriptor, "w", closefd=False)), encoding=stream.encoding,
        errors="replace", line_buffering=descriptor == 2,
    )  # fmt: skip
