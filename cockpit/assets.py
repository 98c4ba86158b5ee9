"""Where styles and fixtures are: inside an installed package, or beside it in a source tree."""

from __future__ import annotations

import os
from pathlib import Path

_WHO = frozenset({"COCKPIT_SIGNED_IN", "SSH_ORIGINAL_COMMAND"})
_HERE = Path(__file__).parent


def asset_dir(name: str) -> Path:
    """The folder of assets called `name`. Raises FileNotFoundError when the installation is not whole."""
    for folder in (_HERE / name, _HERE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder “{name}” is missing beside {_HERE}: reinstall cockpit")


def program_file() -> tuple[int, int] | None:
    """What tells the program on the disk from another version that took its place; None while it is being replaced."""
    try:
        found = os.stat(_HERE / "__init__.py")
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def environment() -> dict[str, str]:
    """The environment of a process of ours: it finds this very package, wherever it is started from.

    It does the program's own work, for nobody who signed in or called by ssh.
    """
    others = os.environ.get("PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name not in _WHO}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (str(_HERE.resolve().parent), others)))}
