"""Paths as a person types them: `~` is the home folder, and what begins so far is offered."""

from __future__ import annotations

import os
from pathlib import Path

_MOST = 40


def expand(text: str) -> Path:
    """The path that a text means; one that is not whole stands in the home folder."""
    # A whole path typed or pasted behind what was offered, `~//srv/list.csv`, is the path that is meant.
    text = text.strip()
    behind = max(text.rfind("//") + 1, text.rfind("/~") + 1)
    path = Path(os.path.expanduser(text[behind:]))
    return path if path.is_absolute() else Path.home() / path


def short(path: Path) -> str:
    """The path as a person would type it: `~` for the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def completions(text: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    """What goes on from `text`: folders, and files that end so, in alphabetical order."""
    folder_text, slash, begun = text.rpartition("/")
    folder = expand(folder_text or "/") if slash else Path.home()
    try:
        found = sorted(folder.iterdir(), key=lambda path: path.name.lower())
    except OSError:
        return ()
    offered: list[str] = []
    for path in found:
        name = path.name
        hidden = name.startswith(".") and not begun.startswith(".")
        if hidden or not name.isprintable() or not name.lower().startswith(begun.lower()):
            continue
        if path.is_dir():
            offered.append(f"{folder_text}{slash}{name}/")
        elif name.lower().endswith(endings):
            offered.append(f"{folder_text}{slash}{name}")
    return tuple(offered[:_MOST])
