"""All settings as they are read: by group, each with its value and with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cockpit.domain.configuration import GROUPS, KEYS, SECTIONS, SettingsGroup, SettingsSection
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.settings import sections, values
from cockpit.services.settings.change import SettingPlace, place_of, value_at
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.lines import line_in

NOT_FOR_A_ROOM = frozenset({"date", "figure"})
"""Groups that are for the chief executive alone: what a phase asks, and which figures are watched."""


@dataclass(frozen=True, kw_only=True)
class SettingLine:
    """One key, with what it says now."""

    place: SettingPlace
    label: str
    help: str
    value: str
    """As it may stand on a screen; empty where there is none."""
    line: int
    """Of the file; 0 where it does not say, and the default holds."""
    wanted: bool = False
    """Whether nothing works without a value."""


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One entry of a list: an agenda, a channel."""

    place: SettingPlace
    name: str
    value: str
    """What tells most of it: where it is read, or of which kind it is."""
    line: int


@dataclass(frozen=True, kw_only=True)
class GroupLines:
    """A group with what it holds, entries before keys."""

    group: SettingsGroup
    lines: tuple[SettingLine | EntryLine, ...]

    @property
    def is_list(self) -> bool:
        """Whether entries can be added to it."""
        return bool(self.group.one)


def groups(settings: Settings, text: str, path: Path, *, for_a_room: bool = False) -> tuple[GroupLines, ...]:
    """Every group, read from the settings in force; `text` is that of the file, and tells the lines.

    `for_a_room` leaves out what is for the chief executive alone.
    """
    raw = _raw(text, path)
    lines = text.splitlines()
    return tuple(
        GroupLines(group=group, lines=tuple(_of_group(group, settings, raw, lines)))
        for group in GROUPS
        if not (for_a_room and group.name in NOT_FOR_A_ROOM)
    )


def entry(settings: Settings, text: str, path: Path, place: SettingPlace) -> tuple[SettingLine, ...]:
    """The keys of one entry of a list; empty when it is not there any more."""
    raw = _raw(text, path)
    section = values.section_of(place)
    if section is None:
        return ()
    number, found = _numbered(settings, section, place.entry)
    if found is None:
        return ()
    where = f"{section.name}.{number}"
    return tuple(
        _line(
            SettingPlace(section=section.name, entry=place.entry, key=field.name),
            field, getattr(found, field.name), raw=raw, lines=text.splitlines(), where=where,
        )
        for field in values.settable(section)
    )  # fmt: skip


def one(settings: Settings, place: SettingPlace) -> Any:
    """The value in force at a place; None where there is none."""
    section = values.section_of(place)
    if place.section == KEYS:
        return settings.keys.get(place.key)
    if section is None:
        return None
    if section.is_list:
        return getattr(_numbered(settings, section, place.entry)[1], place.key, None)
    return getattr(getattr(settings, section.attribute) if section.attribute else settings, place.key, None)


def to_json(
    found: tuple[GroupLines, ...], settings: Settings, text: str, path: Path
) -> list[dict[str, object]]:
    """Every setting for a program; addresses that may be passwords are masked."""
    said: list[dict[str, object]] = []
    for group in found:
        for line in group.lines:
            inner = entry(settings, text, path, line.place) if isinstance(line, EntryLine) else (line,)
            said += [
                {
                    "name": str(each.place), "group": group.group.name, "label": each.label,
                    "value": values.plain(each.place, one(settings, each.place)),
                    "from": "file" if each.line else "default",
                    "line": each.line or None,
                }
                for each in inner
            ]  # fmt: skip
    return said


def _raw(text: str, path: Path) -> Mapping[str, Any]:
    try:
        return sections.tables(text, path)
    except ConfigError:
        # The settings in force are those of before; the fault is told elsewhere.
        return {}


def _of_group(
    group: SettingsGroup, settings: Settings, raw: Mapping[str, Any], lines: list[str]
) -> Iterator[SettingLine | EntryLine]:
    by_name = {section.name: section for section in SECTIONS if section.name}
    for name in group.holds:
        if name == KEYS:
            for action in settings.keys:
                yield SettingLine(
                    place=SettingPlace(section=KEYS, key=action), label=action, help="",
                    value=settings.keys[action], line=line_in(lines, action, KEYS),
                )  # fmt: skip
            continue
        section = by_name.get(name)
        if section is None:
            place = place_of(name)
            yield _line(
                place, values.declared(place), one(settings, place), raw=raw, lines=lines, where=place.section
            )
        elif section.is_list:
            for number, each in enumerate(getattr(settings, section.attribute), 1):
                yield EntryLine(
                    place=SettingPlace(section=section.name, entry=each.key), name=each.name,
                    value=_summary(section, each), line=line_in(lines, "name", f"{section.name}.{number}"),
                )  # fmt: skip
        else:
            for field in values.settable(section):
                place = SettingPlace(section=section.name, key=field.name)
                yield _line(place, field, one(settings, place), raw=raw, lines=lines, where=section.name)


def _line(
    place: SettingPlace, field: Any, value: Any, *, raw: Mapping[str, Any], lines: list[str], where: str
) -> SettingLine:
    label = _(field.metadata["label"])
    if place.section == "signals":
        # `s12_alone` is a threshold of S12.
        label = f"{place.key.partition('_')[0].upper()} · {label}"
    return SettingLine(
        place=place,
        label=label,
        help=_(field.metadata["help"]) if field.metadata["help"] else "",
        value=values.shown(place, value),
        line=line_in(lines, place.key, where) if value_at(raw, place) is not None else 0,
        wanted=bool(field.metadata.get("required")),
    )


def _numbered(settings: Settings, section: SettingsSection, key: str) -> tuple[int, Any]:
    for number, each in enumerate(getattr(settings, section.attribute), 1):
        if each.key == key:
            return number, each
    return 0, None


def _summary(section: SettingsSection, each: Any) -> str:
    """What tells most of an entry."""
    place = SettingPlace(section=section.name, entry=each.key)
    parts = [
        values.shown(
            SettingPlace(section=place.section, entry=place.entry, key=key), getattr(each, key, None)
        )
        for key in ("kind", "url", "owner", "provider", "phase", "ahead")
    ]
    if section.name == "agenda":
        del parts[0]
    return " · ".join(filter(None, parts))
