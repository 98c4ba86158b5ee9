"""The text of a configuration file, checked value by value, each fault with its line and the way to mend it."""

from __future__ import annotations

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from cockpit.domain.dataclasses import fields
from cockpit.domain.settings import (
    AGENDA_KINDS,
    CRITICALITIES,
    ENGINES,
    AgendaSource,
    Channel,
    Company,
    Settings,
    StatusSource,
)
from cockpit.domain.text import slug
from cockpit.locale import _
from cockpit.services.settings import channels
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.lines import line_in

_Source = TypeVar("_Source", AgendaSource, StatusSource, Channel)
_TOP = {
    "language", "theme", "me", "emails", "weeks_back", "weeks_ahead", "company", "agenda", "status", "channel",
    "alerts", "inbox", "rituals", "keys",
}  # fmt: skip


def parse(text: str, path: Path) -> Settings:
    """The settings in the text of a configuration file; `path` is for messages only."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ConfigError(
            path, int(found[1]) if found else 0, "", _("this is not valid TOML: {error}").format(error=error),
            _("texts go between double quotes, one key a line: name = \"value\""),
        ) from error  # fmt: skip
    return Reader(text, path).settings(raw)


class Reader:
    """Checks values one by one and knows the line of each for its messages."""

    def __init__(self, text: str, path: Path) -> None:
        self.lines = text.splitlines()
        self.path = path

    def settings(self, raw: dict[str, Any]) -> Settings:
        self.known(raw, _TOP, "")
        company = self.table(raw, "company")
        return Settings(
            language=self.one_of(raw, "language", ("fr", "en", ""), ""),
            theme=self.text(raw, "theme", "cockpit-dark"),
            me=self.text(raw, "me", ""),
            emails=self.texts(raw, "emails"),
            weeks_back=self.number(raw, "weeks_back", "", 1) or Settings.weeks_back,
            weeks_ahead=self.number(raw, "weeks_ahead", "", 1) or Settings.weeks_ahead,
            company=self.company(company),
            agendas=self.unique("agenda", [self.agenda(t, n) for t, n in self.tables(raw, "agenda")]),
            statuses=self.unique("status", [self.status(t, n) for t, n in self.tables(raw, "status")]),
            channels=self.unique(
                "channel", [channels.channel(self, t, n) for t, n in self.tables(raw, "channel")]
            ),
            alerting=channels.alerting(self, self.table(raw, "alerts")),
            inbox=channels.inbox(self, self.table(raw, "inbox")),
            minutes_folder=channels.minutes_folder(self, self.table(raw, "rituals")),
            keys=self.keys(self.table(raw, "keys")),
        )

    def keys(self, raw: dict[str, Any]) -> dict[str, str]:
        """Keys for actions; which actions there are and which keys clash is told by the screen that has them."""
        chosen = {action_id: self.text(raw, action_id, "", "keys") for action_id in raw}
        for action_id, keys in chosen.items():
            self.check(
                bool(keys.strip(" ,")), action_id, "keys", _("this key is missing"), f'"{action_id}" = "x"'
            )
        return chosen

    def company(self, raw: dict[str, Any]) -> Company:
        self.known(raw, {f.name for f in fields(Company)}, "company")
        default = Company()
        zone = self.text(raw, "timezone", default.timezone, "company")
        self.check(_is_zone(zone), "timezone", "company", _("“{value}” is not a time zone").format(value=zone),
                   _("write an IANA name such as Europe/Paris"))  # fmt: skip
        hours = self.text(raw, "hours", default.hours, "company")
        exceptions = self.text(raw, "exceptions", "", "company")
        from cockpit.domain.time.business_time import parse_hours
        from cockpit.domain.time.opening_hours import parse_exceptions

        try:
            parse_hours(hours, zone)
        except ValueError as error:
            self.fail("hours", "company", str(error), _("write for example: {example}").format(
                example='hours = "mon-fri 09:00-12:30 14:00-18:00"'))  # fmt: skip
        try:
            parse_exceptions(exceptions)
        except ValueError as error:
            self.fail("exceptions", "company", str(error), _("write for example: {example}").format(
                example='exceptions = "2026-12-24 09:00-12:00; 2026-08-03..2026-08-14 closed"'))  # fmt: skip
        return Company(
            name=self.text(raw, "name", "", "company"),
            timezone=zone,
            holidays=self.text(raw, "holidays", default.holidays, "company"),
            hours=hours,
            exceptions=exceptions,
            day_start=self.clock(raw, "day_start", default.day_start),
            day_end=self.clock(raw, "day_end", default.day_end),
        )

    def agenda(self, raw: dict[str, Any], index: int) -> AgendaSource:
        place = f"agenda.{index + 1}"
        self.known(raw, {f.name for f in fields(AgendaSource)}, place)
        name = self.required(raw, "name", place)
        return AgendaSource(
            key=slug(self.text(raw, "key", name, place)),
            name=name,
            url=self.required(raw, "url", place),
            kind=self.one_of(raw, "kind", AGENDA_KINDS, "ical", place),
            owner=self.text(raw, "owner", "", place),
            colour=self.text(raw, "colour", "", place),
            interval_s=self.number(raw, "interval_s", place, 60),
            user=self.text(raw, "user", "", place),
            secret=self.secret(raw, place),
            user_agent=self.text(raw, "user_agent", "", place),
            internal=self.flag(raw, "internal", place),
        )

    def status(self, raw: dict[str, Any], index: int) -> StatusSource:
        place = f"status.{index + 1}"
        self.known(raw, {f.name for f in fields(StatusSource)}, place)
        name = self.required(raw, "name", place)
        engine = self.text(raw, "engine", "", place)
        self.check(not engine or engine in ENGINES, "engine", place,
                   _("“{value}” is not one of the choices").format(value=engine),
                   _("choose one of: {choices}").format(choices=", ".join(sorted(ENGINES))))  # fmt: skip
        self.check(self.text(raw, "url", "https://", place).startswith(("https://", "http://")), "url", place,
                   _("an address that begins with https:// is expected"), 'url = "https://…"')  # fmt: skip
        return StatusSource(
            key=slug(self.text(raw, "key", name, place)),
            name=name,
            url=self.required(raw, "url", place),
            engine=engine,
            components=self.texts(raw, "components", place),
            criticality=self.one_of(raw, "criticality", CRITICALITIES, "important", place),
            provider=self.text(raw, "provider", "", place),
            interval_s=self.number(raw, "interval_s", place, 30),
            internal=self.flag(raw, "internal", place),
            expect=self.codes(raw, place),
            contains=self.text(raw, "contains", "", place),
            page_id=self.text(raw, "page_id", "", place),
            user=self.text(raw, "user", "", place),
            secret=self.secret(raw, place),
            tenant=self.text(raw, "tenant", "", place),
            user_agent=self.text(raw, "user_agent", "", place),
        )

    def secret(self, raw: dict[str, Any], place: str) -> str:
        value = self.text(raw, "secret", "", place)
        self.check(not value or value.startswith(("env:", "keyring:")), "secret", place,
                   _("a secret is never written here"), _("write env:NAME or keyring:NAME"))  # fmt: skip
        return value

    def codes(self, raw: dict[str, Any], place: str) -> tuple[int, ...]:
        value = raw.get("expect", [])
        good = isinstance(value, list) and all(isinstance(v, int) and 100 <= v <= 599 for v in value)
        self.check(good, "expect", place, _("expected a list of HTTP codes"), "expect = [200, 204]")
        return tuple(value)

    def clock(self, raw: dict[str, Any], key: str, default: time) -> time:
        value = raw.get(key, default)
        if isinstance(value, time):
            return value
        if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
            return time.fromisoformat(value.zfill(5))
        return self.fail(key, "company", _("expected a time of day"), f'{key} = "09:00"')

    def text(self, raw: dict[str, Any], key: str, default: str, place: str = "") -> str:
        value = raw.get(key, default)
        if not isinstance(value, str):
            self.fail(key, place, _("expected a text"), f'{key} = "…"')
        return str(value).strip()

    def required(self, raw: dict[str, Any], key: str, place: str) -> str:
        value = self.text(raw, key, "", place)
        self.check(bool(value), key, place, _("this key is missing"), f'{key} = "…"')
        return value

    def texts(self, raw: dict[str, Any], key: str, place: str = "") -> tuple[str, ...]:
        value = raw.get(key, [])
        good = isinstance(value, list) and all(isinstance(v, str) for v in value)
        self.check(good, key, place, _("expected a list of texts"), f'{key} = ["…", "…"]')
        return tuple(value)

    def one_of(
        self, raw: dict[str, Any], key: str, allowed: tuple[str, ...], default: str, place: str = ""
    ) -> str:
        value = self.text(raw, key, default, place)
        self.check(value in allowed, key, place, _("“{value}” is not one of the choices").format(value=value),
                   _("choose one of: {choices}").format(choices=", ".join(filter(None, allowed))))  # fmt: skip
        return value

    def number(self, raw: dict[str, Any], key: str, place: str, low: int) -> int | None:
        value = raw.get(key)
        good = value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= low)
        self.check(
            good, key, place, _("expected a number of at least {low}").format(low=low), f"{key} = {low}"
        )
        return value

    def flag(self, raw: dict[str, Any], key: str, place: str) -> bool:
        value = raw.get(key, False)
        self.check(isinstance(value, bool), key, place, _("expected true or false"), f"{key} = true")
        return bool(value)

    def table(self, raw: dict[str, Any], key: str) -> dict[str, Any]:
        value = raw.get(key, {})
        if not isinstance(value, dict):
            self.fail(key, "", _("expected a section"), f"[{key}]")
        return dict(value)

    def tables(self, raw: dict[str, Any], key: str) -> list[tuple[dict[str, Any], int]]:
        value = raw.get(key, [])
        good = isinstance(value, list) and all(isinstance(v, dict) for v in value)
        self.check(good, key, "", _("expected a list of sections"), f"[[{key}]]")
        return [(table, index) for index, table in enumerate(value)]

    def unique(self, key: str, sources: list[_Source]) -> tuple[_Source, ...]:
        seen: set[str] = set()
        for index, source in enumerate(sources):
            if source.key in seen:
                self.fail("name", f"{key}.{index + 1}",
                          _("two sources are called “{name}”").format(name=source.name),
                          _("give each its own name"))  # fmt: skip
            seen.add(source.key)
        return tuple(sources)

    def known(self, raw: dict[str, Any], names: set[str], place: str) -> None:
        for key in raw:
            if key not in names:
                import difflib

                close = difflib.get_close_matches(key, sorted(names), 1)
                self.fail(key, place, _("this key is unknown"), _("did you mean {name}?").format(
                    name=close[0]) if close else _("known keys: {names}").format(
                    names=", ".join(sorted(names))))  # fmt: skip

    def check(self, good: bool, key: str, place: str, what: str, fix: str) -> None:
        if not good:
            self.fail(key, place, what, fix)

    def fail(self, key: str, place: str, what: str, fix: str) -> NoReturn:
        name = f"{place}.{key}" if place else key
        raise ConfigError(self.path, self.line(key, place), name, what, fix)

    def line(self, key: str, place: str) -> int:
        """The line of `key` in its section, or of the section, or 0."""
        return line_in(self.lines, key, place)


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
