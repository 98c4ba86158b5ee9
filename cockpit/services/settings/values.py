"""The value of a setting as a person types and reads it, by the declaration of its key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cockpit.domain.configuration import KEYS, SECTIONS, SettingsSection
from cockpit.domain.dataclasses import fields
from cockpit.domain.setting import Check
from cockpit.domain.settings import Channel
from cockpit.domain.text import clean, fold
from cockpit.domain.time.written_hours import translated
from cockpit.locale import N_, _, current
from cockpit.services.desk.forms import NO, WRITTEN_HOURS, YES
from cockpit.services.desk.languages import folded
from cockpit.services.settings.change import SettingPlace, TomlValue
from cockpit.services.settings.checks import Wrong
from cockpit.sources.address import local_path

_NO_VALUE = ("", "-", "—")


def section_of(place: SettingPlace) -> SettingsSection | None:
    """The section that a place is in; None when there is none of that name."""
    return next((section for section in SECTIONS if section.name == place.section), None)


def settable(section: SettingsSection) -> tuple[Any, ...]:
    """The fields of a section that a person may change, in the order of their declaration."""
    return tuple(field for field in fields(section.kind) if field.metadata.get("label"))


def declared(place: SettingPlace) -> Any | None:
    """The field of a place; None when no such key is declared. Keys of actions have no field of their own."""
    section = section_of(place)
    if section is None or section.is_list != bool(place.entry):
        return None
    return next((field for field in settable(section) if field.name == place.key), None)


def is_known(place: SettingPlace) -> bool:
    """Whether something may be written there."""
    return declared(place) is not None or (place.section == KEYS and bool(place.key))


def choices(place: SettingPlace) -> dict[str, str]:
    """What may be chosen there, each with its translated words; empty where anything may be written."""
    return {token: _(words) for token, words in _offered(place).items()}


def _offered(place: SettingPlace) -> dict[str, str]:
    """The same, with words that are not translated yet."""
    field = declared(place)
    if field is None:
        return {}
    if place.section == "channel" and place.key == "kind":
        from cockpit.sharing.kinds import KINDS

        return {name: kind.title for name, kind in KINDS.items()}
    if field.type == "bool":
        return {"true": N_("yes"), "false": N_("no")}
    words: Mapping[str, str] = field.metadata.get("words", {})
    return {
        each: words.get(each, each)
        for each in field.metadata.get("choices") or field.metadata.get("known", ())
    }


def read(place: SettingPlace, text: str) -> TomlValue | None:
    """What is to be written for what was typed; None takes the key away. Raises Wrong.

    Only the form is looked at here: whether the value will do is told by the whole configuration.
    """
    text = clean(text, 10_000).strip()
    field = declared(place)
    if field is None:
        return text or None
    if place.key in WRITTEN_HOURS:
        # Kept in one language, whoever typed it: each reader is shown their own.
        text = translated(text, "en")
    if text in _NO_VALUE:
        # An empty text says something where the default says something else.
        return "" if field.type in _EMPTY_SAYS and field.default else None
    if field.metadata.get("check") is Check.FOLDER and "://" not in text:
        # Whole, from where it is typed: read elsewhere, a part of a path would be another folder.
        return text if text.startswith("~") else str(Path(text).absolute())
    offered = _offered(place)
    if field.metadata.get("known"):
        return named(offered, text)
    if offered and field.type != "bool":
        return _chosen(offered, text)
    return _READERS.get(field.type, _plain)(text)


def shown(place: SettingPlace, value: Any) -> str:
    """A value as it may stand on a screen: translated, and masked where it may be a password. Empty for none."""
    field = declared(place)
    if value is None or value in ("", ()):
        return ""
    if field is not None and field.metadata.get("hidden"):
        return masked(str(value))
    return as_typed(place, value)


def plain(place: SettingPlace, value: Any) -> object:
    """A value for a program: as the file takes it, whatever the reader's language; masked where it may be a password.

    None where nothing is set.
    """
    if value is None or value in ("", ()):
        return None
    field = declared(place)
    if field is not None and field.metadata.get("hidden"):
        return masked(str(value))
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple | list) and not (value and isinstance(value[0], time)):
        return list(value)
    return typed(value)


def as_typed(place: SettingPlace, value: Any) -> str:
    """A value as whoever reads it would type it at that place."""
    said = typed(value)
    if not isinstance(value, bool) and said in (offered := choices(place)):
        return offered[said]
    return translated(said, current()) if place.key in WRITTEN_HOURS else said


def typed(value: Any) -> str:
    """A value as one would type it; reading it again gives the value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple | list):
        between = "-" if value and isinstance(value[0], time) else ", "
        return between.join(typed(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def masked(address: str) -> str:
    """An address without what may be a secret in it: its host alone. A file and a reference are shown whole."""
    if address.startswith(("env:", "keyring:")) or local_path(address) is not None:
        return address
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "…"
    more = "/…" if parts.path.strip("/") or parts.query else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{more}"


def is_secret(place: SettingPlace) -> bool:
    """Whether what is typed there may be a password: it is not shown, and kept nowhere while it is typed."""
    field = declared(place)
    return field is not None and (place.key == "secret" or bool(field.metadata.get("hidden")))


def goes_to_keyring(place: SettingPlace, text: str, channel_kind: str = "") -> bool:
    """Whether what was typed is a password itself, rather than where one is: it belongs into the keyring."""
    text = text.strip()
    if not text or text.startswith(("env:", "keyring:")):
        return False
    if place.key == "secret":
        return True
    section = section_of(place)
    if section is None or section.kind is not Channel or place.key != "url":
        return False
    from cockpit.sharing.kinds import KINDS

    kind = KINDS.get(channel_kind)
    return kind is not None and kind.secret_address


def keyring_name(place: SettingPlace) -> str:
    """Under which name the secret of a place is kept: `cockpit-agenda-mine`."""
    parts = ("cockpit", place.section, place.entry, "" if place.key == "secret" else place.key)
    return "-".join(filter(None, parts))


def _chosen(offered: Mapping[str, str], text: str) -> str:
    wanted = fold(text)
    for fits in (str.__eq__, str.startswith):
        found = {
            token
            for token, words in offered.items()
            if any(fits(each, wanted) for each in {fold(token), *folded(words)})
        }
        if len(found) == 1:
            return found.pop()
    raise Wrong(
        _("“{value}” is not one of the choices").format(value=text),
        _("choose one of: {choices}").format(choices=", ".join(map(_, offered.values()))),
    )


def named(offered: Mapping[str, str], text: str) -> str:
    """The value that goes by those words, in any language; the text itself where none does: others may be written.

    `offered` has the words of each value as they stand in the code.
    """
    return next((token for token, words in offered.items() if fold(text) in folded(words)), text)


def _plain(text: str) -> str:
    return text


def _texts(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(",")) if part]


def _codes(text: str) -> list[int]:
    return [_number(part) for part in _texts(text)]


def _number(text: str) -> int:
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"-?\d{1,9}", digits):
        raise Wrong(_("expected a number"), "15")
    return int(digits)


def _decimal(text: str) -> float:
    digits = re.sub(r"\s", "", text).replace(",", ".").removesuffix("%")
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", digits):
        raise Wrong(_("expected a number"), "1,5")
    return float(digits)


def _flag(text: str) -> bool:
    word = fold(text)
    if word not in YES | NO:
        raise Wrong(_("answer yes or no"), _("yes"))
    return word in YES


def _clock(text: str) -> str:
    found = re.fullmatch(r"([01]?\d|2[0-3])\s*[:hH]?\s*([0-5]\d)?", text)
    if found is None:
        raise Wrong(_("expected a time of day"), "09:00")
    return f"{int(found[1]):02}:{found[2] or '00'}"


def _span(text: str) -> str:
    first, dash, last = re.sub(r"\s*[–—]\s*|\s+(?:à|to)\s+", "-", text).partition("-")
    if not dash:
        raise Wrong(_("expected two times of day"), "19:00-08:00")
    return f"{_clock(first.strip())}-{_clock(last.strip())}"


_READERS: Mapping[Any, Callable[[str], TomlValue]] = {
    "str": _plain,
    "tuple[str, ...]": _texts,
    "tuple[int, ...]": _codes,
    "int": _number,
    "int | None": _number,
    "float": _decimal,
    "bool": _flag,
    "tuple[time, time] | None": _span,
}
_EMPTY_SAYS = frozenset({"str", "tuple[time, time] | None"})
