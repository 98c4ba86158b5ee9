"""How a key of the configuration is declared: its label and help, its default, and what may be written there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Any

from cockpit.domain.dataclasses import field


class Check(StrEnum):
    """What a value must be beside its type; the name of a function in `services/settings/checks.py`."""

    SECRET = auto()
    """Where a secret is (`env:NAME`, `keyring:NAME`), never the secret itself."""
    WEB_ADDRESS = auto()
    ENGINE = auto()
    REGION = auto()
    ZONE = auto()
    HOURS = auto()
    EXCEPTIONS = auto()
    PERIOD = auto()
    RIGHTS = auto()
    COPY = auto()
    FOLDER = auto()
    """Of this machine: an address would be made into one, wherever a command runs."""


def setting(
    default: Any = "",
    *,
    label: str = "",
    help: str = "",
    required: bool = False,
    choices: tuple[str, ...] | Mapping[str, str] = (),
    known: Mapping[str, str] | None = None,
    low: int | None = None,
    high: int | None = None,
    check: Check | None = None,
    hidden: bool = False,
    strict: float | None = None,
) -> Any:
    """A key of the configuration. `label` and `help` are English messages to translate; a mapping of choices gives
    the words of each. `known` gives the words of some values where others may be written too.

    `hidden` keeps the value out of what is printed of the record, and masks it on every screen.
    `strict` is the strictest that a limit may be: tightened, it goes that way.
    """
    meta = {
        "label": label, "help": help, "required": required, "choices": tuple(choices),
        "words": known or (choices if isinstance(choices, Mapping) else {}), "known": tuple(known or ()),
        "low": low, "high": high, "check": check, "hidden": hidden, "strict": strict,
    }  # fmt: skip
    return field(default=default, repr=not hidden, metadata=meta)


def named(*, label: str, help: str) -> Any:
    """The key by which an entry of a list is told from the others; there is no entry without one."""
    return field(metadata={"label": label, "help": help, "required": True})
