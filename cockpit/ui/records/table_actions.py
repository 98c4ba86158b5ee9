"""What the actions of the registers do on the screen: on the table, on its selection, on one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import replace
from cockpit.domain.organisation.mapping import in_short
from cockpit.locale import _
from cockpit.services.changes import bulk
from cockpit.services.records import tables
from cockpit.ui.kit.place import Place
from cockpit.ui.records import questions, table_questions
from cockpit.ui.records.registers import Registers

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


def _view(place: Place) -> Registers | None:
    """The table that is looked at, when there is one."""
    from cockpit.ui.organisation.screen import OrganisationScreen

    view = place.view if isinstance(place, OrganisationScreen) else None
    return view if isinstance(view, Registers) else None


def _on_table(deed: Callable[[CockpitApp, Place, Registers], None]) -> Callable[[CockpitApp, Place], None]:
    def run(app: CockpitApp, place: Place) -> None:
        view = _view(place)
        if view is not None:
            deed(app, place, view)

    return run


def _sort(app: CockpitApp, place: Place, view: Registers) -> None:
    view.look_so(tables.next_sort(view.register, view.look))


def _sort_by(app: CockpitApp, place: Place, view: Registers) -> None:
    place.ask(table_questions.sorted_by(view.register, view.look, view.look_so))


def _filter(app: CockpitApp, place: Place, view: Registers) -> None:
    place.ask(table_questions.filtered(view.register, view.look, view.try_look, view.look_so))


def _columns(app: CockpitApp, place: Place, view: Registers) -> None:
    place.ask(table_questions.columns(view.register, view.look, view.look_so))


def _archived(app: CockpitApp, place: Place, view: Registers) -> None:
    view.look_so(replace(view.look, archived=not view.look.archived))


def _select(app: CockpitApp, place: Place, view: Registers) -> None:
    view.mark()


def _select_all(app: CockpitApp, place: Place, view: Registers) -> None:
    view.mark_all()


def _edit(app: CockpitApp, place: Place, view: Registers) -> None:
    codes = view.chosen()
    if codes:
        place.ask(questions.edit_several(app.workspace, view.register, codes))


def _codes(place: Place, *, archived: bool = False) -> list[str]:
    """What the key acts on: the selection of a table, else the record under the cursor."""
    view = _view(place)
    return view.chosen(archived=archived) if view is not None else [place.target().code]


def _copy(app: CockpitApp, place: Place) -> None:
    place.ask(questions.copy(app.workspace, place.target().code, lambda _code: None))


def _archive(app: CockpitApp, place: Place) -> None:
    codes = _codes(place)
    if not codes:
        return
    view = _view(place)
    question = questions.archive(app.workspace, codes, view.unmark if view is not None else _nothing)
    if question is not None:
        place.ask(question)
        return
    bulk.archive_all(app.workspace, codes)
    if view is not None:
        view.unmark()
    app.done(_("{code} archived · u undoes").format(code=in_short(codes)))


def _restore(app: CockpitApp, place: Place) -> None:
    codes = _codes(place, archived=True)
    bulk.restore_all(app.workspace, codes)
    app.done(_("{what} brought back · u undoes").format(what=in_short(codes)))


def _nothing() -> None:
    return


DEEDS: Mapping[str, Callable[[CockpitApp, Place], None]] = {
    "table.sort": _on_table(_sort),
    "table.sort_by": _on_table(_sort_by),
    "table.filter": _on_table(_filter),
    "table.columns": _on_table(_columns),
    "table.archived": _on_table(_archived),
    "row.select": _on_table(_select),
    "row.select_all": _on_table(_select_all),
    "row.edit": _on_table(_edit),
    "record.copy": _copy,
    "record.archive": _archive,
    "record.restore": _restore,
}
