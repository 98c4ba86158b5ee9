"""Compiles the catalogues when the package is built or installed for development; hatch runs it by its path.

It is not part of the wheel. `tests/conftest.py` runs it as well, where a catalogue is older than its source.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TYPED = "typed"
"""The context of messages that stand in the line as if a person had typed them."""
_SPACED = re.compile(r"(?<=\S) (?=[:;!?»](?:\s|$|[).,…]))|(?<=«) ")


def compile_catalogue(source: Path) -> Path:
    """Write the `.mo` beside a `.po`, whole or not at all; returns its path."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    if source.parts[-3] == "fr":
        _keep_together(catalogue)
    _join_contexts(catalogue)
    compiled = source.with_suffix(".mo")
    fresh = compiled.with_suffix(f".{os.getpid()}.tmp")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(compiled)
    return compiled


def compile_stale(folder: Path) -> list[Path]:
    """Compile each catalogue under `folder` that is missing or older than its source; returns those."""
    return [
        compile_catalogue(source)
        for source in sorted(folder.rglob("*.po"))
        if not (compiled := source.with_suffix(".mo")).exists()
        or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns
    ]


def _keep_together(catalogue: Catalog) -> None:
    """Make the spaces of French that no line may break at unbreakable; what a person would type keeps its own."""
    for message in catalogue:
        if not message.id or message.context == TYPED:
            continue
        if isinstance(message.string, str):
            message.string = no_break(message.string)
        elif message.string is not None:
            message.string = tuple(no_break(each) for each in message.string)


def no_break(text: str) -> str:
    """French text with a no-break space before `: ; ! ? »` and behind `«`, where it has a space."""
    return _SPACED.sub("\u00a0", text)


def _join_contexts(catalogue: Catalog) -> None:
    """Put each context into its key: Babel orders the table without it, and a reader halves the table."""
    for message in list(catalogue):
        if message.context:
            both = message.id if isinstance(message.id, tuple) else (message.id,)
            first = f"{message.context}\x04{both[0]}"
            catalogue.delete(message.id, context=message.context)
            catalogue.add((first, *both[1:]) if len(both) > 1 else first, message.string)


class Catalogues(BuildHookInterface):  # type: ignore[type-arg] # which kind of builder is of no matter
    """What hatch calls before it gathers the files of a wheel, of an editable one too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue, and have them travel although no commit holds them."""
        for source in sorted((Path(self.root) / "cockpit" / "locale").rglob("*.po")):
            compiled = compile_catalogue(source)
            build_data["artifacts"].append(f"/{compiled.relative_to(self.root).as_posix()}")
