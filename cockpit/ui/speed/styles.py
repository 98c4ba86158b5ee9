"""Style sheets that are parsed once."""

from __future__ import annotations

from pathlib import Path

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

SHEETS = 256
"""More than the widgets and screens that bring one: each that was parsed is kept."""


class Styles(Stylesheet):
    """Textual's own parses every sheet again for each screen that brings one: before the first paint, thrice."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(SHEETS)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Other colours, for which all is parsed again; the same ones change nothing."""
        if variables != self._variables:
            super().set_variables(variables)

    def prepare(self, path: Path) -> None:
        """Take in a sheet that a screen will bring: opening it styles no widget of the others again."""
        if not self.has_source(str(path)):
            self.read(path)
            self.reparse()

    def reparse(self) -> None:
        """Parse only the style sheets that were not parsed yet."""
        self.parse()
