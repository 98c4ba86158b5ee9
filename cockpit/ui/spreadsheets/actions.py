"""What the keys about spreadsheets do: read one into a register, write a register into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.records.record import Register
from cockpit.locale import _
from cockpit.ui.kit.place import Place
from cockpit.ui.spreadsheets import questions

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp
    from cockpit.ui.spreadsheets.screen import RegisterImportScreen


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
        from cockpit.ui.spreadsheets.screen import RegisterImportScreen

        app.push_screen(RegisterImportScreen(register, path))

    place.ask(questions.read_which(register, opened))


def _export(app: CockpitApp, place: Place) -> None:
    register = place.target().data
    if isinstance(register, Register):
        place.ask(questions.write_which(app.workspace, register))


def _on_import(do: Callable[[RegisterImportScreen], None]) -> Callable[[CockpitApp, Place], None]:
    def deed(app: CockpitApp, place: Place) -> None:
        from cockpit.ui.spreadsheets.screen import RegisterImportScreen

        if isinstance(place, RegisterImportScreen):
            do(place)

    return deed


DEEDS: Mapping[str, Callable[[CockpitApp, Place], None]] = {
    "register.import": _import,
    "register.export": _export,
    "import.write": _on_import(lambda screen: screen.write()),
    "import.create": _on_import(lambda screen: screen.create()),
    "import.reason": _on_import(lambda screen: screen.give_reason()),
    "import.sheet": _on_import(lambda screen: screen.next_sheet()),
}
