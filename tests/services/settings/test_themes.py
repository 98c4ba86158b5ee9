"""A theme of one's own: what its file may say, and what is told of one that will not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import themes
from cockpit.services.settings.fault import ConfigError


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    workspace.config_path = tmp_path / "config.toml"
    mine = tmp_path / themes.FOLDER
    mine.mkdir()
    return mine


def test_a_theme_says_whether_it_is_dark_and_the_colours_it_changes(
    workspace: Workspace, folder: Path
) -> None:
    (folder / "night.toml").write_text('dark = true\naccent = "#ABC"\n# mine\nbackground = "#101010"\n')
    assert themes.names(workspace) == ["night"]
    found = themes.read(workspace, "night")
    assert (found.dark, found.colours) == (True, {"accent": "#ABC", "background": "#101010"})


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('dark = true\n\nerror = "rouge"\n', 3, "“rouge” is not a colour"),
        ('accent = "#12345"\n', 1, "“#12345” is not a colour"),
        ("accent = 12\n", 1, "“12” is not a colour"),
        ('dark = "yes"\n', 1, "yes or no"),
        ('\naccents = "#FFFFFF"\n', 2, "no such colour"),
        ('[accent]\nred = 1\n', 1, "is not a colour"),
        ('accent = "#FFF"\nerror = #FFF\n', 2, "not TOML"),
        ('accent = "#FFF', 1, "not TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(
    workspace: Workspace, folder: Path, text: str, line: int, told: str
) -> None:
    (folder / "mine.toml").write_text(text)
    with pytest.raises(ConfigError) as refused:
        themes.read(workspace, "mine")
    assert refused.value.line == line
    assert told in str(refused.value)


def test_bytes_that_are_no_text_are_told_too(workspace: Workspace, folder: Path) -> None:
    (folder / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        themes.read(workspace, "mine")


def test_a_demonstration_has_none(workspace: Workspace) -> None:
    assert themes.names(workspace) == []
