"""A change of the configuration: one key, a new entry of a list, one that goes; made on plain tables or on text.

The text keeps every byte that the change is not about: comments, order, spaces, line ends. What was made of it is
read again, and taken only where it says what the change means, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from cockpit.domain.configuration import KEYS, SECTIONS
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import slug
from cockpit.services.settings.lines import line_in

TomlValue = str | int | float | bool | list[str] | list[int]
"""What a key may be given; a time of day is a text."""


@dataclass(frozen=True, kw_only=True)
class SettingPlace:
    """Where a value stands: `company.hours`, `language`, `agenda.mine.url`, `keys.work.done`."""

    section: str = ""
    entry: str = ""
    """The key of an entry, in the sections that are lists."""
    key: str = ""

    def __str__(self) -> str:
        return ".".join(filter(None, (self.section, self.entry, self.key)))


@dataclass(frozen=True, kw_only=True)
class SetValue:
    """Another value for a key; None takes the key away, so that its default holds again."""

    place: SettingPlace
    value: TomlValue | None


@dataclass(frozen=True, kw_only=True)
class AddEntry:
    """One more entry of a list."""

    section: str
    values: Mapping[str, TomlValue]


@dataclass(frozen=True, kw_only=True)
class RemoveEntry:
    """An entry of a list that goes, with the comments that stand in it."""

    section: str
    entry: str


Change = SetValue | AddEntry | RemoveEntry


class NoSuchEntry(LookupError):
    """The change is about an entry that is not there."""


def place_of(text: str) -> SettingPlace:
    """The place that a dotted name means. Whether such a key is declared is not looked at here."""
    first, dot, rest = text.partition(".")
    lists = {section.name for section in SECTIONS if section.is_list}
    if not dot:
        sections = {section.name for section in SECTIONS if section.name} | {KEYS}
        return SettingPlace(section=first) if first in sections else SettingPlace(key=first)
    if first in lists:
        entry, _dot, key = rest.rpartition(".")
        return SettingPlace(section=first, entry=slug(entry or key), key=key if entry else "")
    return SettingPlace(section=first, key=rest)


def entry_key(table: Mapping[str, Any]) -> str:
    """The key by which an entry is told from the others of its list, as the reader makes it."""
    return slug(str(table.get("key") or table.get("name") or table.get("kind") or ""))


def value_at(raw: Mapping[str, Any], place: SettingPlace) -> Any:
    """What the tables say there; None where they say nothing."""
    table: Any = raw
    if place.section:
        table = raw.get(place.section, {})
    if place.entry:
        table = next((each for each in table if entry_key(each) == place.entry), {})
    return table.get(place.key) if isinstance(table, Mapping) else None


def made(raw: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """The tables with the change made on them. Raises NoSuchEntry."""
    new = deepcopy(dict(raw))
    _make(new, change)
    return new


def rewritten(text: str, raw: Mapping[str, Any], change: Change) -> str | None:
    """The text of a configuration whose tables are `raw`, with the change made in it.

    None where it cannot be made without touching something else. Raises NoSuchEntry.
    """
    import tomllib

    wanted = made(raw, change)
    ends = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    for candidate in _candidates(plain, raw, change):
        try:
            says = tomllib.loads(candidate)
        except tomllib.TOMLDecodeError:
            continue
        if says == wanted:
            return candidate.replace("\n", ends)
    return None


def section_text(section: str, values: Mapping[str, TomlValue]) -> str:
    """An entry of a list as it is written."""
    return "\n".join((f"[[{section}]]", *(_line(key, value) for key, value in values.items()))) + "\n"


def _make(tables: Any, change: Change) -> None:
    """Make the change on tables, plain ones or those of a document."""
    if isinstance(change, AddEntry):
        tables.setdefault(change.section, []).append(dict(change.values))
        return
    if isinstance(change, RemoveEntry):
        entries = tables.get(change.section, [])
        del entries[_index(entries, change.entry)]
        if not entries:
            del tables[change.section]
        return
    place = change.place
    table = tables
    if place.entry:
        entries = tables.get(place.section, [])
        table = entries[_index(entries, place.entry)]
    elif place.section:
        if place.section not in tables:
            if change.value is None:
                return
            tables[place.section] = {}
        table = tables[place.section]
    if change.value is None:
        table.pop(place.key, None)
    else:
        table[place.key] = change.value


def _index(entries: Any, entry: str) -> int:
    for index, table in enumerate(entries):
        if entry_key(table) == entry:
            return index
    raise NoSuchEntry(entry)


def _candidates(text: str, raw: Mapping[str, Any], change: Change) -> Iterator[str]:
    """Ways to write it, the one that touches least first."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        yield from _spliced(text, document, raw, change)
        # Dotted keys, tables in one line: what has no line of its own.
        _make(document, change)
        written = tomlkit.dumps(document)
        if isinstance(change, RemoveEntry) or _keeps_order(text, written):
            yield written
    except (TOMLKitError, TypeError, AttributeError):
        return


def _keeps_order(before: str, after: str) -> bool:
    """Whether every heading and comment stands there still, in the same order."""
    left = iter(_landmarks(after))
    return all(mark in left for mark in _landmarks(before))


def _landmarks(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [
        line[line.find("#") :] if "#" in line else line for line in lines if line[:1] == "[" or "#" in line
    ]


def _spliced(text: str, document: Any, raw: Mapping[str, Any], change: Change) -> Iterator[str]:
    if isinstance(change, AddEntry):
        written = section_text(change.section, change.values)
        entries = raw.get(change.section, [])
        if entries:
            at = _end_of_entry(text, document, change.section, len(entries))
            yield text[:at] + ("" if text[:at].endswith("\n") else "\n") + "\n" + written + text[at:]
        yield _after_all(text, written)
    elif isinstance(change, RemoveEntry):
        number = _index(raw.get(change.section, []), change.entry) + 1
        start, end = _span(text, document, change.section, number)
        yield text[:start] + text[end:].removeprefix("\n")
    else:
        yield from _set(text, document, raw, change)


def _set(text: str, document: Any, raw: Mapping[str, Any], change: SetValue) -> Iterator[str]:
    place, table, where = change.place, document, change.place.section
    if place.entry:
        number = _index(raw.get(place.section, []), place.entry)
        table, where = document[place.section][number], f"{place.section}.{number + 1}"
    elif place.section:
        if place.section not in raw:
            if change.value is not None:
                yield _after_all(text, f"[{place.section}]\n{_line(place.key, change.value)}\n")
            return
        table = document[place.section]
    if place.key in table:
        found = _value_span(text, table, place.key, where)
        if found is None:
            return
        start, end = found
        if change.value is None:
            first = text.rfind("\n", 0, start) + 1
            yield text[:first] + text[_line_end(text, end) :]
        else:
            yield text[:start] + _written(change.value) + text[end:]
    elif change.value is not None:
        at = _end_of_values(text, table, where)
        if at is not None:
            line = _line(place.key, change.value) + "\n"
            yield text[:at] + ("" if not at or text[:at].endswith("\n") else "\n") + line + text[at:]


def _span(text: str, document: Any, section: str, number: int) -> tuple[int, int]:
    """Where the entry of that number begins and ends in the text."""
    header = line_in(text.splitlines(), section, f"{section}.{number}")
    return _offset(text, header), _end_of_entry(text, document, section, number)


def _end_of_entry(text: str, document: Any, section: str, number: int) -> int:
    """Behind its last key, and behind the comments that stand right under it: after a blank line they are others'."""
    table = document[section][number - 1]
    at = _end_of_values(text, table, f"{section}.{number}") or len(text)
    while text[at : at + 1] == "#" or text[at:].lstrip(" \t")[:1] == "#":
        at = _line_end(text, at)
    return at


def _end_of_values(text: str, table: Any, where: str) -> int | None:
    """Behind the last key of a table, or behind its header; at the head of the text for keys without a section."""
    ends = [
        found[1]
        for key in table
        if not isinstance(table[key], Mapping) and not _is_list_of_tables(table[key])
        if (found := _value_span(text, table, str(key), where)) is not None
    ]
    if ends:
        return _line_end(text, max(ends))
    if not where:
        return 0
    header = line_in(text.splitlines(), where.partition(".")[0], where)
    return _line_end(text, _offset(text, header)) if header else None


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _value_span(text: str, table: Any, key: str, where: str) -> tuple[int, int] | None:
    """Where the value of a key stands in the text; None when it has no line of its own."""
    lines = text.splitlines()
    number = line_in(lines, key, where)
    if not number:
        return None
    found = re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=[ \t]*""", lines[number - 1])
    if found is None:
        return None
    start = _offset(text, number) + found.end()
    written = str(table[key].as_string() if hasattr(table[key], "as_string") else "")
    return (start, start + len(written)) if written and text.startswith(written, start) else None


def _offset(text: str, number: int) -> int:
    """Where the line of that number begins."""
    return sum(len(line) for line in text.splitlines(keepends=True)[: number - 1])


def _line_end(text: str, at: int) -> int:
    """Behind the end of the line that `at` is in."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _after_all(text: str, written: str) -> str:
    return text.rstrip("\n") + ("\n\n" if text.strip() else "") + written


def _line(key: str, value: TomlValue) -> str:
    import tomlkit

    return f"{tomlkit.key(key).as_string()} = {_written(value)}"


def _written(value: TomlValue) -> str:
    import tomlkit

    return tomlkit.item(value).as_string()
