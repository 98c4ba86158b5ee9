"""Themes of one's own: files `themes/NAME.toml` beside the configuration, one colour a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.domain.colours import READABLE, contrast, rgb
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.lines import line_in

FOLDER = "themes"
SUFFIX = ".toml"
GROUNDS = ("background", "surface", "panel")
"""What text stands on."""
INKS = ("foreground", "primary", "secondary", "accent", "warning", "error", "success")
"""What text is written in: plain; foreseen, others, where the keys are; late soon, late now, fine."""
COLOURS = (*INKS, *GROUNDS)
_MOST_BYTES = 65_536


@dataclass(frozen=True)
class OwnTheme:
    """The colours that a file gives; those it leaves out are those of the dark or the light theme."""

    name: str
    dark: bool
    colours: Mapping[str, str]


def names(workspace: Workspace) -> list[str]:
    """The themes of one's own, by name, readable or not."""
    if workspace.config_path is None:
        return []
    found = (workspace.config_path.parent / FOLDER).glob(f"*{SUFFIX}")
    return sorted(path.stem for path in found if not path.name.startswith("."))


def read(workspace: Workspace, name: str) -> OwnTheme:
    """The theme of that name. Raises ConfigError, which names the file, the line and what to write instead."""
    import tomllib

    assert workspace.config_path is not None
    path = workspace.config_path.parent / FOLDER / f"{name}{SUFFIX}"
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            path, 0, "", _("the file cannot be read ({error})").format(error=error),
            _("check that it is a UTF-8 text file that you may read"),
        ) from error  # fmt: skip
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, *_broken(text, str(error))) from error
    for key, value in given.items():
        line = line_in(text.splitlines(), key, "")
        if key == "dark":
            if not isinstance(value, bool):
                raise ConfigError(path, line, key, _("yes or no is expected"), "dark = true")
        elif key not in COLOURS:
            raise ConfigError(
                path, line, key, _("a theme has no such colour"),
                _("choose one of: {choices}").format(choices=", ".join(("dark", *COLOURS))),
            )  # fmt: skip
        elif not _is_colour(value):
            raise ConfigError(
                path, line, key, _("“{value}” is not a colour").format(value=value),
                _("write it as {example}").format(example=f'{key} = "#1A2B3C"'),
            )  # fmt: skip
    colours = {key: str(value) for key, value in given.items() if key != "dark"}
    return OwnTheme(name, bool(given.get("dark", True)), colours)


def faint(colours: Mapping[str, str]) -> Sequence[tuple[str, str, float]]:
    """The colours of a whole theme that are hard to read as text, each with its ground and their contrast."""
    pairs = [
        (ink, ground, contrast(rgb(colours[ink]), rgb(colours[ground]))) for ink in INKS for ground in GROUNDS
    ]
    return [pair for pair in pairs if pair[2] < READABLE]


def _is_colour(value: object) -> bool:
    try:
        rgb(str(value))
    except ValueError:
        return False
    return True


def _broken(text: str, said: str) -> tuple[int, str, str, str]:
    """Where a text stops being TOML, by what its reader said, and what to do."""
    _before, _at, where = said.partition("(at line ")
    line = int(where.split(",")[0]) if where[:1].isdigit() else len(text.splitlines())
    return line, "", _("this is not TOML"), _("write it as {example}").format(example='accent = "#8CC4FF"')
