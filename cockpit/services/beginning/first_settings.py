"""What the first questions write into the configuration, which is begun where there was none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.seats.rights import Right
from cockpit.domain.settings import Settings
from cockpit.domain.text import slug
from cockpit.locale import _, current
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load, starter, writer

if TYPE_CHECKING:
    from cockpit.services.settings.change import Change

_COUNTRIES = {
    "Europe/Paris": "FR", "Europe/Brussels": "BE", "Europe/Luxembourg": "LU", "Europe/Zurich": "CH",
    "Europe/Monaco": "MC", "Europe/London": "GB", "Europe/Dublin": "IE", "Europe/Berlin": "DE",
    "Europe/Madrid": "ES", "Europe/Rome": "IT", "America/Montreal": "CA-QC", "America/New_York": "US",
}  # fmt: skip
"""Zone to the country whose holidays are proposed; elsewhere those of France."""


def write_anew(path: Path, zone: str) -> Settings:
    """A configuration with nothing in it but the language, this zone and their defaults, each key explained.

    Raises OSError.
    """
    answers = starter.Answers(
        language=current(), company="", timezone=zone, holidays=_COUNTRIES.get(zone, Settings().company.holidays)
    )  # fmt: skip
    writer.put(path, starter.render(answers))
    return load.load(path)


def written_path(workspace: Workspace) -> Path:
    """The configuration, begun where there was none. Raises OSError."""
    path = workspace.config_path or load.default_path()
    if not path.exists():
        workspace.settings = write_anew(path, starter.local_zone(current()))
    workspace.config_path = path
    return path


def set_value(workspace: Workspace, section: str, key: str, value: str) -> None:
    """Write one value of the configuration; `section` is empty for those at its top. Raises as `change`."""
    from cockpit.services.settings.change import SettingPlace, SetValue

    change(workspace, SetValue(place=SettingPlace(section=section, key=key), value=value))


def change(workspace: Workspace, change: Change) -> None:
    """Change the configuration, and have the workspace follow. Raises Refusal, OSError."""
    workspace.require(Right.SETTINGS)
    workspace.settings = writer.change(written_path(workspace), change).settings
    for name in ("zone", "actor"):
        workspace.__dict__.pop(name, None)


def free_key(workspace: Workspace) -> str:
    """A key for one more agenda, which no other has."""
    taken, name = {each.key for each in workspace.settings.agendas}, slug(_("My agenda"))
    return next(
        each for n in range(1, len(taken) + 2) if (each := f"{name}-{n}" if n > 1 else name) not in taken
    )
