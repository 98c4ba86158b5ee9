"""A database in a folder that another program copies is told, whichever program, system, language or link."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.domain.settings import Settings
from cockpit.services.desk import synced
from cockpit.services.desk.workspace import Workspace

FOLDERS = {
    "Dropbox": ("Dropbox", "Dropbox (Atelier Mistral)"),
    "OneDrive": ("OneDrive", "OneDrive - Atelier Mistral", "SharePoint", "Atelier Mistral - SharePoint"),
    "Google Drive": (
        "Google Drive",
        "My Drive",
        "Mon Drive",
        "GoogleDrive-claire@mistral.test",
        "Shared drives",
    ),
    "iCloud": ("Mobile Documents", "iCloudDrive", "com~apple~CloudDocs"),
    "Nextcloud": ("Nextcloud", "Nextcloud2"),
    "ownCloud": ("ownCloud", "owncloud2"),
    "kDrive": ("kDrive", "kDrive2"),
    "pCloud": ("pCloud Drive", "pCloudDrive"),
    "Proton Drive": ("Proton Drive", "ProtonDrive-claire@proton.test"),
    "Box": ("Box", "Box Sync", "Box-Box"),
    "MEGA": ("MEGA", "MEGAsync"),
    "Seafile": ("Seafile",),
    "Synology Drive": ("SynologyDrive",),
}


@pytest.mark.parametrize(("client", "name"), [(c, n) for c, names in FOLDERS.items() for n in names])
def test_the_usual_folders_are_known(client: str, name: str, tmp_path: Path) -> None:
    assert synced.client_of(tmp_path / name / "company" / "cockpit.db") == client
    assert synced.client_of(tmp_path / name.upper() / "cockpit.db") == client


@pytest.mark.parametrize(
    "name", ["company", "boxes", "megaphone", "drive", "My documents", "dropped", "kdrives", "sandbox"]
)
def test_other_folders_are_not_suspected(name: str, tmp_path: Path) -> None:
    assert synced.client_of(tmp_path / name / "cockpit.db") == ""


def test_on_a_mac_every_client_has_its_folder_in_one_place(tmp_path: Path) -> None:
    path = tmp_path / "Library" / "CloudStorage" / "Whatever-claire@mistral.test" / "cockpit.db"
    assert synced.client_of(path) == "Whatever"


def test_a_link_into_such_a_folder_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "kDrive" / "company"
    real.mkdir(parents=True)
    (tmp_path / "data").symlink_to(real)
    assert synced.client_of(tmp_path / "data" / "cockpit.db") == "kDrive"
    (tmp_path / "cockpit.db").symlink_to(real / "cockpit.db")
    assert synced.client_of(tmp_path / "cockpit.db") == "kDrive"


def test_a_folder_under_another_name_is_told_by_its_marker(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert synced.client_of(tmp_path / "company" / "cockpit.db") == "Syncthing"


def test_it_is_told_once(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "Mon Drive" / "cockpit.db", Settings())
    assert "Google Drive" in synced.once(workspace)
    assert synced.once(workspace) == ""
    workspace.conn.close()
