"""Folders that another program copies while we write: a copy of half a database is a damaged one.

Known by the names that the usual clients give their folders on Windows, macOS and Linux, and by the markers
that they leave in them. Links are followed: a folder may be synchronised under another name.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path

from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos

_NAMES = (
    ("Dropbox", r"dropbox( \(.+\))?"),
    ("OneDrive", r"onedrive( ?- ?.+)?|.+ - sharepoint|sharepoint( - .+)?|sharepoint\..+"),
    ("Google Drive", r"(google ?drive|googledrive(-.+)?|my drive|mon drive|mi unidad|meine ablage|drivefs|"
                     r"shared drives|drive partagés|disques partagés|insync)"),
    ("iCloud", r"icloud ?drive( \(.+\))?|icloud~.+|mobile documents|com~apple~clouddocs|iclouddrive"),
    ("Nextcloud", r"nextcloud\d*"),
    ("ownCloud", r"owncloud\d*( - .+)?"),
    ("kDrive", r"kdrive\d*"),
    ("pCloud", r"pcloud ?drive|pclouddrive|pcloud sync|pcloud"),
    ("Proton Drive", r"proton ?drive(-.+)?|my files \(proton\)"),
    ("Box", r"box|box sync|box-box"),
    ("MEGA", r"mega( ?sync)?|megasync.*"),
    ("Syncthing", r"syncthing"),
    ("Seafile", r"seafile|seadrive(_.+)?"),
    ("Tresorit", r"(my )?tresorit|my tresors"),
    ("Synology Drive", r"synologydrive|synology ?drive|cloudstation"),
    ("Yandex.Disk", r"yandex\.?disk"),
    ("hubiC", r"hubic"),
    ("Jottacloud", r"jottacloud"),
    ("Resilio Sync", r"resilio ?sync"),
    ("Cozy Drive", r"cozy drive|twake drive"),
    ("Filen", r"filen(-.+)?"),
    ("Koofr", r"koofr"),
    ("Nutstore", r"nutstore"),
)  # fmt: skip
_HINT = re.compile(
    r"drive|cloud|box|share|sync|mega|seafile|tres|disk|hubic|filen|koofr|nut|unidad|ablage|partag|mobile doc",
    re.IGNORECASE,
)
"""What every such name holds: a path without any of it is judged in no time, at each start."""
_MARKERS = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".sync": "Resilio Sync",
    ".owncloudsync.log": "ownCloud", ".nextcloudsync.log": "Nextcloud", ".seafile-data": "Seafile",
    ".SynologyWorkingDirectory": "Synology Drive", ".tmp.drivedownload": "Google Drive", ".megasync": "MEGA",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}  # fmt: skip
_CLOUD_STORAGE = "cloudstorage"
"""Where macOS keeps the folders of every client, each under its name and the account."""
_TOLD = "synced_told"


def client_of(path: Path) -> str:
    """The program that synchronises the folder of `path`, by its usual name; empty when none is known to."""
    seen: list[Path] = []
    for each in (path.absolute(), Path(os.path.realpath(path))):
        seen += [parent for parent in each.parents if parent not in seen]
    for folder in seen:
        found = _by_name(folder)
        if found:
            return found
    for folder in seen:
        for marker, client in _MARKERS.items():
            if os.path.lexists(folder / marker):
                return client
    # The variables by which Windows says where its own client keeps its folders.
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(variable)
        if root and Path(root) in seen:
            return "OneDrive"
    return ""


def _by_name(folder: Path) -> str:
    name = folder.name
    if folder.parent.name.lower() == _CLOUD_STORAGE:
        return name.partition("-")[0] or name
    if not _HINT.search(name):
        return ""
    return next((client for client, known in _NAMES if re.fullmatch(known, name, re.IGNORECASE)), "")


def in_words(client: str) -> str:
    """Why a database there will be damaged one day, and what to do."""
    return _(
        "in a folder that {client} synchronises: a copy made while it is written is damaged; move it with --db"
    ).format(client=client)


def once(workspace: Workspace) -> str:
    """The same about the database that is open, the first time it is asked for that place; then empty."""
    if workspace.must_not_write:
        return ""
    client = client_of(workspace.path)
    told = f"{client} {workspace.path.absolute()}" if client else ""
    if not told or memos.get(workspace.conn, _TOLD) == told:
        return ""
    with suppress(sqlite3.OperationalError):  # busy or full: told again next time
        memos.put(workspace.conn, _TOLD, told)
    return _("the database is {what}").format(what=in_words(client))
