"""The editor that a person chose, for a text that is longer than a line: which one, and the file it works on."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from cockpit import files
from cockpit.domain.refusal import Refusal
from cockpit.locale import _

MOST = 1_000_000
"""Bytes that are read back at most: what is longer is no note."""


class NoEditor(Refusal):
    """Neither VISUAL nor EDITOR names a program that is there."""


class EditorFailed(Refusal):
    """The editor ended with an error, or left something that is no text; the file is kept."""


def chosen(environ: Mapping[str, str]) -> list[str]:
    """The command of the editor, by VISUAL then EDITOR. Raises NoEditor."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environ.get(name, ""))
        except ValueError:
            raise NoEditor(
                _("{name} cannot be read as a command: {text}").format(name=name, text=environ[name])
            ) from None
        if words:
            return words
    raise NoEditor(_("no editor is chosen: set EDITOR, such as EDITOR=nano, and start again"))


def left_over(database: Path) -> list[Path]:
    """The texts that an editor left and that nothing has taken yet, beside the database."""
    return sorted(file_for(database, "", "").parent.glob("*.md"))


def file_for(database: Path, code: str, field: str) -> Path:
    """Where a text stands while it is in the editor, beside the database: what is found there was not taken."""
    return database.parent / "drafts" / f"{code}-{field}.md"


def begin(path: Path, text: str) -> str:
    """Have the file there, with `text` unless one was left there; gives what stands in it. Raises OSError."""
    left = leftover(path)
    if left is not None:
        return left
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write(path, text + ("\n" if text and not text.endswith("\n") else ""))
    return text


def leftover(path: Path) -> str | None:
    """What a crash, an error or somebody else's change left in the file; None where there is none."""
    return read(path) if path.exists() else None


def run(command: list[str], path: Path) -> None:
    """Have the editor open the file, and wait for it. Raises NoEditor, EditorFailed."""
    try:
        # What the person chose for this, on a file of ours; no shell reads it.
        code = subprocess.run([*command, os.fspath(path)], check=False).returncode  # noqa: S603
    except (FileNotFoundError, PermissionError) as error:
        raise NoEditor(
            _("the editor {name} cannot be started: {why}").format(name=command[0], why=files.why(error))
        ) from error
    if code:
        raise EditorFailed(
            _("{name} ended with the error {code}; what was written stays in {path}").format(
                name=command[0], code=code, path=path
            )
        )


def read(path: Path) -> str:
    """The text of the file, without the line feed at its end. Raises EditorFailed, OSError."""
    with path.open("rb") as opened:
        found = opened.read(MOST + 1)
    try:
        if len(found) > MOST:
            raise ValueError
        return found.decode("utf-8").replace("\r\n", "\n").rstrip("\n")
    except ValueError:
        raise EditorFailed(
            _("what the editor left is no text of a note: it stays in {path}").format(path=path)
        ) from None


def done_with(path: Path) -> None:
    """The text is taken: its file goes."""
    path.unlink(missing_ok=True)
