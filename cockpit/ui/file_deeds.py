"""What the keys about spreadsheets do: read one into a register, write a register into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.record import Register
from cockpit.locale import _
from cockpit.ui import about_files
from cockpit.ui.screens.place import Place

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp
    from cockpit.ui.screens.register_import import RegisterImportScreen


def _import(app: CockpitApp, place: Place) -> None:
    register = place.target().data
    if not isinstance(register, Register):
        return
    if not register.editable:
        app.tell(_("these records are never edited, so none is imported"))
        return
    if app.workspace.is_veiled:
        app.tell(_("an import shows what it compares with: v lifts the veil first"))
        return

    def opened(path: Path) -> None:
        from cockpit.ui.screens.register_import import RegisterImportScreen

        app.push_screen(RegisterImportScreen(register, path))

    place.ask(about_files.read_which(register, opened))


def _export(app: CockpitApp, place: Place) -> None:
    register = place.target().data
    if isinstance(register, Register):
        place.ask(about_files.write_which(app.workspace, register))


def _on_import(do: Callable[[RegisterImportScreen], None]) -> Callable[[CockpitApp, Place], None]:
    def deed(app: CockpitApp, place: Place) -> None:
        from cockpit.ui.screens.register_import import RegisterImportScreen

        if isinstance(place, RegisterImportScreen):
            do(place)

    return deed


DEEDS: Mapping[str, Callable[[CockpitApp, Place], None]] = {
    "register.import": _import,
    "register.export": _export,
    "import.write": _on_import(lambda screen: screen.write()),
    "import.create": _on_import(lambda screen: screen.create()),
    "import.sheet": _on_import(lambda screen: screen.next_sheet()),
}
