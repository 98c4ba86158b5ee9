"""Files agendas and minutes in a folder, whole files only; says in one sentence why it cannot."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path

from cockpit import files
from cockpit.domain.text import slug
from cockpit.locale import _
from cockpit.services.desk import own_files
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
    """Write a text as Markdown and as HTML. Returns what is wrong with the folder (empty if nothing), and the path.

    Files of that name that somebody else wrote, or wrote in, stay: the next free number is taken.
    """
    target = folder(workspace) / f"{stem}.md"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for number in count(2):
            content = {target: markdown.encode(), target.with_suffix(".html"): page.encode()}
            if all(own_files.may_write(workspace, *each) for each in content.items()):
                break
            target = target.with_name(f"{stem}-{number}.md")
        for path, text in content.items():
            files.write(path, text, mode=files.SHARED)
            own_files.left(workspace, path, text)
    except OSError as error:
        return _not_written(error, target.parent), ""
    return "", str(target)


def _not_written(error: OSError, place: Path) -> str:
    return _(
        "the minutes are kept here, but {folder} could not be written ({error}):"
        " mend it or change [rituals] folder, then: cockpit ritual minutes CODE --write"
    ).format(folder=place, error=files.why(error))
