"""What keys do about spreadsheets: read one into a register, write a register into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.records.record import Register
from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions, on_part
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.rights import while_veiled

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place
    from cockpit.ui.spreadsheets.screen import RegisterImportScreen

here = Actions()


def closed_to_import(cockpit: Cockpit, target: Target) -> str:
    """What is never edited is not imported; what is hidden is not compared with."""
    if isinstance(target.data, Register) and not target.data.editable:
        return _("these records are never edited, so none is imported")
    return veiled(cockpit, target)


def veiled(cockpit: Cockpit, _target: Target) -> str:
    """What is hidden is not compared with."""
    return while_veiled(cockpit.workspace, _("an import shows what it compares with: v lifts the veil first"))


@here(
    "register.import", "i", on={Kind.TABLE}, title=N_("import"), why_not=closed_to_import,
    help=N_("Read a spreadsheet (CSV, XLSX) into this register, after a look at it"),
)  # fmt: skip
def read(cockpit: Cockpit, place: Place) -> None:
    """Ask which file, and show what it would do."""
    from cockpit.ui.spreadsheets import questions

    register = place.target().data
    if not isinstance(register, Register):
        return

    def opened(path: Path) -> None:
        from cockpit.ui.spreadsheets.screen import RegisterImportScreen

        cockpit.push_screen(RegisterImportScreen(register, path))

    place.ask(questions.read_which(register, opened))


@here(
    "file.import", "I, shift+i", title=N_("import a file"), shown=False, why_not=veiled,
    help=N_("Read a spreadsheet (CSV, XLSX) of blockers, priorities or any register, after a look at it"),
)  # fmt: skip
def read_any(cockpit: Cockpit, place: Place) -> None:
    """Ask which file; what it holds says which register it is for."""
    from cockpit.ui.spreadsheets import questions

    def opened(path: Path) -> None:
        from cockpit.ui.spreadsheets.screen import RegisterImportScreen

        cockpit.push_screen(RegisterImportScreen(None, path))

    place.ask(questions.read_which(None, opened))


@here(
    "register.export", "o", on={Kind.TABLE}, title=N_("export"),
    help=N_("Write this register into a file: .xlsx, .csv or .json"),
)  # fmt: skip
def write(cockpit: Cockpit, place: Place) -> None:
    """Ask into which file."""
    from cockpit.ui.spreadsheets import questions

    register = place.target().data
    if isinstance(register, Register):
        place.ask(questions.write_which(cockpit.workspace, register))


@on_part
def _on_import(place: Place) -> RegisterImportScreen | None:
    from cockpit.ui.spreadsheets.screen import RegisterImportScreen

    return place if isinstance(place, RegisterImportScreen) else None


def not_ready(cockpit: Cockpit, target: Target) -> str:
    """A plan is written once it is compared, has no fault, and changes something."""
    from cockpit.ui.spreadsheets.screen import RegisterImportScreen

    if Kind.IMPORT_READY in target.kinds or not isinstance(cockpit.screen, RegisterImportScreen):
        return ""
    return cockpit.screen.why_not_yet()


@here(
    "import.write", "w", on={Kind.IMPORT}, title=N_("write"), why_not=not_ready,
    help=N_("Write what the plan says, as one change"),
)  # fmt: skip
@_on_import
def write_plan(screen: RegisterImportScreen) -> None:
    """Write the plan."""
    screen.write()


@here(
    "import.create", "c", on={Kind.IMPORT_MISSING}, title=N_("create missing"),
    help=N_("Make, by their name, the records that references miss"),
)  # fmt: skip
@_on_import
def create(screen: RegisterImportScreen) -> None:
    """Make what references miss."""
    screen.create()


@here(
    "import.reason", "r", on={Kind.IMPORT_REASON}, title=N_("reason"),
    help=N_("Why functions leave the house before their map is complete"),
)  # fmt: skip
@_on_import
def reason(screen: RegisterImportScreen) -> None:
    """Ask for the reason."""
    screen.give_reason()


@here(
    "import.sheet", "t", on={Kind.IMPORT_SHEETS}, title=N_("next sheet"),
    help=N_("Read the next sheet of the workbook"),
)  # fmt: skip
@_on_import
def sheet(screen: RegisterImportScreen) -> None:
    """The next sheet of the workbook."""
    screen.next_sheet()


@here(
    "import.into", "g", on={Kind.IMPORT}, title=N_("another register"),
    help=N_("Say into which register this file goes"),
)  # fmt: skip
@_on_import
def into(screen: RegisterImportScreen) -> None:
    """Ask which register the file is for."""
    screen.choose_register()
