"""Files agendas and minutes in a folder, whole files only; says in one sentence why it cannot."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cockpit import files
from cockpit.domain.text import slug
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace


def folder(workspace: Workspace) -> Path:
    """Where agendas and minutes are filed."""
    given = workspace.settings.rituals.folder
    return Path(given).expanduser() if given else workspace.path.parent / "minutes"


def stem(workspace: Workspace, at: datetime, name: str) -> str:
    """The name of a file: when, then what."""
    local = at.astimezone(workspace.zone)
    return f"{local:%Y-%m-%d-%H%M}-{slug(name)}"


def put(workspace: Workspace, stem: str, markdown: str, page: str) -> tuple[str, str]:
    """Write a text as Markdown and as HTML. Returns what is wrong with the folder (empty if nothing), and the path."""
    target = folder(workspace) / f"{stem}.md"
    try:
        _write(target, markdown)
        _write(target.with_suffix(".html"), page)
    except OSError as error:
        return _not_written(error, target.parent), ""
    return "", str(target)


def _not_written(error: OSError, place: Path) -> str:
    return _(
        "the minutes are kept here, but {folder} could not be written ({error}):"
        " mend it or change [rituals] folder, then: cockpit ritual minutes CODE --write"
    ).format(folder=place, error=error.strerror or type(error).__name__)


def _write(target: Path, content: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write(target, content, mode=files.SHARED)
