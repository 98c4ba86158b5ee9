"""The text of a configuration file, read by the declarations of `domain/settings`; each fault has its line."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import time
from pathlib import Path
from typing import Any, NoReturn

from cockpit.domain.configuration import KEYS, SECTIONS
from cockpit.domain.dataclasses import fields
from cockpit.domain.settings import Channel, InboxSettings, SeatSetting, Settings
from cockpit.domain.text import BODY_LIMIT, clean, is_plain, slug
from cockpit.locale import _
from cockpit.services.desk.workspace import PROGRAM
from cockpit.services.settings.checks import CHECKS, Wrong
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.lines import line_in

_GONE: Mapping[str, tuple[str, ...]] = {"agenda": ("colour",)}
"""By section, keys of earlier versions: a file that still has one is read, and the key says nothing any more."""


MOST_SIGNS = 128_000
"""Of a configuration: what names tables within tables costs the square of its length."""


def parse(text: str, path: Path) -> Settings:
    """The settings in the text of a configuration file; `path` is for messages only. Raises ConfigError."""
    return checked(tables(text, path), text, path)


def checked(raw: Mapping[str, Any], text: str, path: Path) -> Settings:
    """The settings in the tables of a configuration; `text` tells the lines of its faults. Raises ConfigError."""
    return _Reader(text, path).settings(raw)


def tables(text: str, path: Path) -> dict[str, Any]:
    """What a configuration file says, its TOML read and nothing checked. Raises ConfigError."""
    if len(text) > MOST_SIGNS:
        raise ConfigError(
            path, 0, "", _("the file has more than {n} characters").format(n=MOST_SIGNS),
            _("a configuration has some hundreds of lines: is it the right file?"),
        )  # fmt: skip
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        raise ConfigError(
            path, int(found[1]) if found else 0, "", _("this is not valid TOML: {error}").format(error=error),
            _("texts go between double quotes, one key a line: name = \"value\""),
        ) from error  # fmt: skip


class _Reader:
    """Reads each section by its declaration, and knows the line of each key for its messages."""

    def __init__(self, text: str, path: Path) -> None:
        self.lines = text.splitlines()
        self.path = path

    def settings(self, raw: Mapping[str, Any]) -> Settings:
        names = [section.name for section in SECTIONS if section.name]
        own = [f for f in fields(Settings) if f.metadata]
        self._known(raw, (*(f.name for f in own), *names, KEYS), "")
        found: dict[str, Any] = {f.name: self._value(f, raw, "") for f in own}
        for section in SECTIONS:
            if section.is_list:
                found[section.attribute] = self._sources(section.kind, raw, section.name)
            elif section.name:
                table = self._table(raw, section.name)
                found[section.attribute] = self._judged(
                    self._section(section.kind, table, section.name), section.name
                )
        return Settings(**found, keys=self._keys(self._table(raw, KEYS)))

    def _section(self, kind: Any, raw: Mapping[str, Any], place: str, **given: str) -> Any:
        """A section by the fields of `kind`; those in `given` are not read."""
        declared = fields(kind)
        self._known(raw, [f.name for f in declared], place)
        values: dict[str, Any] = {f.name: self._value(f, raw, place) for f in declared if f.name not in given}
        return kind(**values | given)

    def _sources(self, kind: Any, raw: Mapping[str, Any], key: str) -> tuple[Any, ...]:
        """The sections of one name, each with a name of its own and a key that is made of it."""
        found: dict[str, Any] = {}
        for number, table in enumerate(self._tables(raw, key), 1):
            place = f"{key}.{number}"
            # A channel may go by its kind.
            name = self._text(table, "name", place) or self._text(table, "kind", place) * (kind is Channel)
            if not name:
                self._fail("name", place, _("this key is missing"), 'name = "…"')
            given = {"name": name, "key": slug(self._text(table, "key", place) or name)}
            source = self._section(kind, table, place, **given)
            if source.key in found:
                self._fail("name", place, _("two sources are called “{name}”").format(name=name),
                           _("give each its own name"))  # fmt: skip
            found[source.key] = self._judged(source, place)
        return tuple(found.values())

    def _judged(self, found: Any, place: str) -> Any:
        """The same, once what its keys ask of each other is there."""
        if isinstance(found, Channel):
            self._channel(found, place)
        elif isinstance(found, SeatSetting) and found.name.casefold() == PROGRAM:
            self._fail("name", place, _("that is how the program signs"), _("write the name of a person"))
        elif isinstance(found, InboxSettings) and found.mail and not found.allowed:
            self._fail("allowed", "inbox", _("this key is missing"), 'allowed = ["@partner.example"]')
        return found

    def _channel(self, channel: Channel, place: str) -> None:
        """Which keys a channel needs depends on its kind."""
        from cockpit.sharing.kinds import KINDS

        kind = KINDS.get(channel.kind)
        if kind is None:
            self._not_a_choice("kind", place, channel.kind, KINDS)
        if kind.needs_address and not channel.url:
            self._fail("url", place, _("this key is missing"), 'url = "env:COCKPIT_WEBHOOK"')
        if kind.secret_address and not channel.url.startswith(("env:", "keyring:")):
            self._fail("url", place, _("the address of such a channel is its password: it is never written here"),
                       _("write env:NAME or keyring:NAME"))  # fmt: skip
        if kind.needs_recipients and not channel.to:
            self._fail("to", place, _("this key is missing"), 'to = ["…@…"]')

    def _keys(self, raw: dict[str, Any]) -> dict[str, str]:
        """Keys for actions; which actions there are and which keys clash is told by the screen that has them."""
        chosen = {action_id: self._text(raw, action_id, "keys") for action_id in raw}
        for action_id, keys in chosen.items():
            if not keys.strip(" ,"):
                self._fail(action_id, "keys", _("this key is missing"), f'"{action_id}" = "x"')
        return chosen

    def _value(self, declared: Any, raw: Mapping[str, Any], place: str) -> Any:
        """One value by its declaration; the default where the key is absent."""
        key, says = declared.name, declared.metadata
        default = "" if declared.default is None else declared.default
        value = _READERS[declared.type](self, raw, key, place) if key in raw else declared.default
        if says.get("required") and not value:
            self._fail(key, place, _("this key is missing"), f'{key} = "…"')
        if value and says.get("choices") and value not in says["choices"]:
            self._not_a_choice(key, place, value, says["choices"])
        if value and says.get("known") and value not in says["known"]:
            # A theme may be written by its title, as the settings and F9 show it. Loaded for those that are.
            from cockpit.services.settings.values import named

            value = named(says["words"], value)
        low, high = says.get("low"), says.get("high")
        if low is not None and value is not None and (value < low or (high is not None and value > high)):
            self._fail(key, place, _expected_number(low, high), f"{key} = {default or low}")
        if says.get("check"):
            try:
                return CHECKS[says["check"]](value)
            except Wrong as wrong:
                self._fail(key, place, wrong.what, wrong.fix)
        return value

    def _text(self, raw: Mapping[str, Any], key: str, place: str) -> str:
        value = raw.get(key, "")
        if not isinstance(value, str):
            self._fail(key, place, _("expected a text"), f'{key} = "…"')
        return self._plain(value, key, place)

    def _texts(self, raw: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        value = raw[key]
        if not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            self._fail(key, place, _("expected a list of texts"), f'{key} = ["…", "…"]')
        return tuple(self._plain(each, key, place) for each in value)

    def _plain(self, value: str, key: str, place: str) -> str:
        """A value goes to terminals, messages and addresses: what is not seen in it is refused, not dropped."""
        if not is_plain(value.strip()):
            self._fail(key, place, _("it holds a line end, or characters that are not seen"),
                       f'{key} = "…"')  # fmt: skip
        return value.strip()

    def _codes(self, raw: Mapping[str, Any], key: str, place: str) -> tuple[int, ...]:
        value = raw[key]
        if not (isinstance(value, list) and all(isinstance(v, int) and 100 <= v <= 599 for v in value)):
            self._fail(key, place, _("expected a list of HTTP codes"), f"{key} = [200, 204]")
        return tuple(value)

    def _number(self, raw: Mapping[str, Any], key: str, place: str) -> int:
        value = raw[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self._fail(key, place, _("expected a number"), f"{key} = 1")
        return value

    def _decimal(self, raw: Mapping[str, Any], key: str, place: str) -> float:
        value = raw[key]
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            self._fail(key, place, _("expected a number"), f"{key} = 1.5")
        return float(value)

    def _flag(self, raw: Mapping[str, Any], key: str, place: str) -> bool:
        value = raw[key]
        if not isinstance(value, bool):
            self._fail(key, place, _("expected true or false"), f"{key} = true")
        return value

    def _clock(self, raw: Mapping[str, Any], key: str, place: str) -> time:
        value = raw[key]
        if isinstance(value, time):
            return value
        if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
            return time.fromisoformat(value.zfill(5))
        return self._fail(key, place, _("expected a time of day"), f'{key} = "09:00"')

    def _span(self, raw: Mapping[str, Any], key: str, place: str) -> tuple[time, time] | None:
        """Two times of day such as 08:00-19:00; None for an empty text."""
        text = self._text(raw, key, place)
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})", text)
        try:
            if found:
                return time.fromisoformat(found[1].zfill(5)), time.fromisoformat(found[2].zfill(5))
        except ValueError:
            pass
        return self._fail(key, place, _("expected two times of day"), f'{key} = "19:00-08:00"')

    def _table(self, raw: Mapping[str, Any], key: str) -> dict[str, Any]:
        value = raw.get(key, {})
        if not isinstance(value, dict):
            self._fail(key, "", _("expected a section"), f"[{key}]")
        return dict(value)

    def _tables(self, raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        value = raw.get(key, [])
        if not (isinstance(value, list) and all(isinstance(v, dict) for v in value)):
            self._fail(key, "", _("expected a list of sections"), f"[[{key}]]")
        return list(value)

    def _known(self, raw: Mapping[str, Any], names: Iterable[str], place: str) -> None:
        gone = _GONE.get(place.partition(".")[0], ())
        for key in raw:
            if key not in (known := sorted(names)) and key not in gone:
                import difflib

                close = difflib.get_close_matches(key, known, 1)
                self._fail(key, place, _("this key is unknown"), _("did you mean {name}?").format(
                    name=close[0]) if close else _("known keys: {names}").format(
                    names=", ".join(known)))  # fmt: skip

    def _not_a_choice(self, key: str, place: str, value: str, choices: Iterable[str]) -> NoReturn:
        self._fail(key, place, _("“{value}” is not one of the choices").format(value=value),
                   _("choose one of: {choices}").format(choices=", ".join(choices)))  # fmt: skip

    def _fail(self, key: str, place: str, what: str, fix: str) -> NoReturn:
        name = f"{place}.{key}" if place else key
        raise ConfigError(
            self.path, line_in(self.lines, key, place), clean(name), clean(what, BODY_LIMIT), fix
        )


def _expected_number(low: int, high: int | None) -> str:
    if high is None:
        return _("expected a number of at least {low}").format(low=low)
    return _("expected a number from {low} to {high}").format(low=low, high=high)


_READERS: Mapping[Any, Callable[[_Reader, Mapping[str, Any], str, str], Any]] = {
    "str": _Reader._text,
    "tuple[str, ...]": _Reader._texts,
    "tuple[int, ...]": _Reader._codes,
    "int": _Reader._number,
    "int | None": _Reader._number,
    "float": _Reader._decimal,
    "bool": _Reader._flag,
    "time": _Reader._clock,
    "tuple[time, time] | None": _Reader._span,
}
"""By the type of the declaration, as it is written there."""
