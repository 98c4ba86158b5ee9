"""`config.toml`: read, checked with the line of each fault, and written commented by `cockpit init`."""

from __future__ import annotations

from pathlib import Path

from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.settings.fault import ConfigError

FILE_NAME = "config.toml"


def directory() -> Path:
    """The platform's configuration directory for Cockpit."""
    from platformdirs import user_config_path

    return user_config_path("cockpit", appauthor=False)


def default_path() -> Path:
    """Where `cockpit init` writes and `cockpit` looks."""
    return directory() / FILE_NAME


def load(path: Path, *, required: bool = False) -> Settings:
    """The settings in `path`; the defaults when it does not exist and is not `required`.

    Raises ConfigError, which names file, line and key.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        if not required:
            return Settings()
        raise ConfigError(
            path, 0, "", _("the file does not exist"), _("create it with: cockpit init")
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            path, 0, "", _("the file cannot be read ({error})").format(error=error),
            _("check that it is a UTF-8 text file that you may read"),
        ) from error  # fmt: skip
    # Reading TOML is what a cockpit without a configuration need not load.
    from cockpit.services.settings.sections import parse

    return parse(text, path)
