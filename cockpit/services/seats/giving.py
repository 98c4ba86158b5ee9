"""Giving somebody a seat, and taking it away: one section of the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cockpit.domain.seats.rights import Right
from cockpit.domain.settings import SeatSetting, Settings
from cockpit.domain.text import slug
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import writer
from cockpit.services.settings.change import AddEntry, RemoveEntry, TomlValue


def give(
    workspace: Workspace,
    path: Path,
    name: str,
    *,
    role: str,
    level: int | None = None,
    may: Sequence[str] = (),
    user: str = "",
    signed_in: str = "",
) -> SeatSetting:
    """Write a seat for that person into the configuration at `path`. Raises CannotChange, NotAllowed, OSError.

    Whoever of the register of people is meant is written as they are called there.
    """
    workspace.require(Right.SETTINGS)
    values: dict[str, TomlValue] = {"name": called(workspace, name), "role": role}
    if level is not None:
        values["level"] = level
    more: dict[str, TomlValue] = {"may": list(may), "user": user, "signed_in": signed_in}
    values |= {key: value for key, value in more.items() if value}
    settings = writer.change(path, AddEntry(section="seat", values=values)).settings
    return next(each for each in settings.seats if each.key == slug(str(values["name"])))


def take_away(workspace: Workspace, path: Path, name: str) -> Settings:
    """Take away the seat of that person. What they wrote stays theirs. Raises as `give`, NoSuchEntry."""
    workspace.require(Right.SETTINGS)
    return writer.change(path, RemoveEntry(section="seat", entry=slug(called(workspace, name)))).settings


def called(workspace: Workspace, name: str) -> str:
    """The name in the register of people that a name or a code means; else the name itself."""
    from cockpit.domain.records.identities import candidates, is_code
    from cockpit.store import records

    known, archived = records.names(workspace.conn, ("person",))
    if is_code(name):
        return known.get(name, name)
    found = candidates(known, name, gone=archived | records.over(workspace.conn, workspace.today()))
    return known[found[0]] if len(found) == 1 else name
