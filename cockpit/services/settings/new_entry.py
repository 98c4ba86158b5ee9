"""A new entry of a list as it is written: only what differs from the default of its key."""

from __future__ import annotations

from typing import Any

from cockpit.domain.settings import AgendaSource
from cockpit.services.settings import values
from cockpit.services.settings.change import AddEntry, SettingPlace, TomlValue


def agenda(source: AgendaSource) -> AddEntry:
    """The change that adds an agenda."""
    return entry("agenda", source)


def entry(section: str, source: Any) -> AddEntry:
    """The change that adds an entry, made as the record that its section is read into."""
    found: dict[str, TomlValue] = {}
    declared = values.section_of(SettingPlace(section=section))
    for field in values.settable(declared) if declared else ():
        value = getattr(source, field.name)
        if value != field.default and value is not None:
            found[field.name] = list(value) if isinstance(value, tuple) else value
    return AddEntry(section=section, values=found)
