"""What keys do to the registers: to their table, to its selection, to one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import replace
from cockpit.domain.records.identities import in_short
from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import register_of
from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions, on_part
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place
    from cockpit.ui.records.registers import RegistersView
    from cockpit.ui.records.screen import DetailScreen

here = Actions()
ROW = frozenset({Kind.ROW})
TABLE = frozenset({Kind.TABLE})


def has_no_name(_cockpit: Cockpit, target: Target) -> str:
    """Only what has a name is copied under another one."""
    if isinstance(target.data, Register) and target.data.subject != "name":
        return _("records of this kind are not copied")
    return ""


def leads_nowhere(_cockpit: Cockpit, target: Target) -> str:
    """A record that is known here and names no address."""
    record = target.record
    if record is None or target.kinds & {Kind.LINKED, Kind.EVENT, Kind.PROVIDER}:
        return ""
    named = any("://" in value for value in texts_of(record))
    return "" if named else _("there is no link to open here")


def texts_of(record: Record) -> list[str]:
    """The texts of a record."""
    register = register_of(record.code)
    fields = register.fields if register is not None else ()
    return [value for field in fields if isinstance(value := getattr(record, field.name), str)]


def all_archived(cockpit: Cockpit, target: Target) -> str:
    """What is archived is read, and brought back before it is changed."""
    # Asked at each row of any place: only a table's is worth loading tables for.
    table = _table(cockpit.screen) if Kind.TABLE in target.kinds else None
    if table is not None and not table.chosen():
        return _("it is archived: bring it back first (z)")
    return ""


def _table(place: object) -> RegistersView | None:
    """The table that is looked at, when there is one."""
    from cockpit.ui.records.registers import RegistersView

    view = getattr(place, "view", None)
    return view if isinstance(view, RegistersView) else None


_on_table = on_part(_table)


@on_part
def _on_record(place: Place) -> DetailScreen | None:
    from cockpit.ui.records.screen import DetailScreen

    return place if isinstance(place, DetailScreen) else None


@here("field.edit", "enter", on={Kind.FIELD}, title=N_("edit"), help=N_("Change this field"))
@_on_record
def edit_field(screen: DetailScreen) -> None:
    """As Enter does on its row."""
    screen.edit_field()


@here(
    "note.edit", "e", on={Kind.NOTE}, title=N_("editor"), leads=True,
    help=N_("Write this text in your editor (VISUAL, EDITOR)"),
)  # fmt: skip
@_on_record
def edit_this_note(screen: DetailScreen) -> None:
    """The text under the cursor."""
    screen.edit_note()


@here(
    "note.open", "N, shift+n", on={Kind.NOTED}, title=N_("note"), shown=False,
    help=N_("Write the long text of this record in your editor, from any of its lines"),
)  # fmt: skip
@_on_record
def edit_its_note(screen: DetailScreen) -> None:
    """The note, wherever the cursor is."""
    screen.edit_note()


@here(
    "record.unfold", "D, shift+d", on={Kind.FOLDED}, title=N_("all fields"), shown=False,
    help=N_("Show the fields that are empty too; again: fold them"),
)  # fmt: skip
@_on_record
def unfold(screen: DetailScreen) -> None:
    """As Enter does on their line."""
    screen.fold()


@here("record.create", "c", on={Kind.REGISTER}, title=N_("create"), help=N_("A new record in this register"))
def create(cockpit: Cockpit, place: Place) -> None:
    """Ask for what it cannot do without; where the cursor stands is known already."""
    register = place.target().data
    if not isinstance(register, Register):
        return
    if register.name == "decision":
        from cockpit.ui.work import questions as work_questions

        place.ask(work_questions.new_record(cockpit.workspace, "decision", register))
        return
    from cockpit.ui.records import questions

    known = place.view.given() if place.view is not None else {}
    place.ask(questions.create(cockpit.workspace, register, cockpit.open_code, known=known))


@here(
    "document.open", "O, shift+o", on={Kind.LINKED}, title=N_("open link"),
    help=N_("Open the document that this record leads to"),
)  # fmt: skip
def open_document(cockpit: Cockpit, place: Place) -> None:
    """That of the line under the cursor, where it names one, else that of the record."""
    _open_link(cockpit, place)


@here(
    "link.follow", "O, shift+o", title=N_("open link"), why_not=leads_nowhere, shown=False,
    on={Kind.RECORD, Kind.EVENT, Kind.PROVIDER, Kind.STATEMENT},
    help=N_("Open where this leads: its document, its call, its page, the first address that it names"),
)  # fmt: skip
def follow(cockpit: Cockpit, place: Place) -> None:
    """The same, of any other row."""
    _open_link(cockpit, place)


def _open_link(cockpit: Cockpit, place: Place) -> None:
    """That of the line under the cursor, where it names one, else that of the record."""
    from cockpit.services.boards import copied
    from cockpit.services.boards.copied import Copied
    from cockpit.services.desk.links import open_in_browser
    from cockpit.services.documents import links
    from cockpit.services.records.find import find
    from cockpit.services.records.related import Related
    from cockpit.ui.lists.copy_screen import link_of

    target, shown = place.target(), cockpit.workspace.shown
    address = link_of(target)
    named = target.data.code if isinstance(target.data, Related) else ""
    if not address:
        register, record = find(shown, target.code)
        if named and not links.link_of(record):
            register, record = find(shown, named)
        if links.link_of(record):
            cockpit.tell(links.follow(record))
            return
        address = copied.link_of(shown, Copied(record.code, ""), (register, record))
    host = open_in_browser(address)
    cockpit.tell(_("opened {host}").format(host=host) if host else _("there is no link to open here"))


@here(
    "row.edit", "e", on=ROW, title=N_("edit"), why_not=all_archived, several=True,
    help=N_("Change one field of the selected rows, or of this one"),
)  # fmt: skip
def edit_rows(cockpit: Cockpit, place: Place) -> None:
    """Ask which field, then its value."""
    from cockpit.ui.records import questions

    table = _table(place)
    codes = table.chosen() if table is not None else []
    if table is not None and codes:
        place.ask(questions.edit_several(cockpit.workspace, table.register, codes))


@here(
    "record.copy", "j", on={Kind.ENTERED}, title=N_("duplicate"), why_not=has_no_name,
    help=N_("A copy of this record under another name"),
)  # fmt: skip
def copy(cockpit: Cockpit, place: Place) -> None:
    """Ask for the other name."""
    from cockpit.ui.records import questions

    place.ask(questions.copy(cockpit.workspace, place.target().code, lambda _code: None))


@here(
    "table.sort", "t", on=TABLE, title=N_("sort"),
    help=N_("Sort by this column the other way round, then by the next one"),
)  # fmt: skip
@_on_table
def sort(table: RegistersView) -> None:
    """The next order."""
    from cockpit.services.records import tables

    table.look_so(tables.next_sort(table.register, table.look))


@here(
    "table.sort_by", "T, shift+t", on=TABLE, title=N_("sort by"), shown=False,
    help=N_("Sort by the column that you name"),
)  # fmt: skip
def sort_by(cockpit: Cockpit, place: Place) -> None:
    """Ask for the column."""
    from cockpit.ui.records import table_questions

    table = _table(place)
    if table is not None:
        place.ask(table_questions.sorted_by(table.register, table.look, table.look_so))


@here(
    "table.columns", "h", on=TABLE, title=N_("columns"),
    help=N_("Choose the columns of this table and their order"),
)  # fmt: skip
def columns(cockpit: Cockpit, place: Place) -> None:
    """Ask for the columns."""
    from cockpit.ui.records import table_questions

    table = _table(place)
    if table is not None:
        place.ask(table_questions.columns(table.register, table.look, table.look_so))


@here(
    "table.archived", "a", on=TABLE, title=N_("archived"),
    help=N_("Show the archived ones too; again: hide them"),
)  # fmt: skip
@_on_table
def archived(table: RegistersView) -> None:
    """With what was archived, or without."""
    table.look_so(replace(table.look, archived=not table.look.archived))


@here(
    "record.as_text", "Y", on={Kind.RECORD}, title=N_("copy"), shown=False,
    help=N_("This record in one line, as the shell prints it, for wherever it is pasted"),
)  # fmt: skip
def as_text(cockpit: Cockpit, place: Place) -> None:
    """Its line into the clipboard, veiled as it is shown."""
    from cockpit.services.boards import listing
    from cockpit.services.records import find

    workspace = cockpit.workspace.shown
    register, record = find.find(workspace, place.target().code)
    text = listing.row(workspace, register, record, workspace.names()).printed
    cockpit.copy_to_clipboard(text)
    cockpit.tell(_("copied: {text}").format(text=text))


@here(
    "record.archive", "delete", on={Kind.RECORD}, title=N_("archive"), why_not=all_archived, several=True,
    help=N_("Out of every list; its history stays"),
)  # fmt: skip
def archive(cockpit: Cockpit, place: Place) -> None:
    """The selection of a table, else the record under the cursor; asks what would lose its hold."""
    from cockpit.services.changes import bulk
    from cockpit.ui.records import questions

    table = _table(place)
    codes = table.chosen() if table is not None else place.codes()
    if not codes:
        return
    unmark = table.unmark if table is not None else place.unmark
    question = questions.archive(cockpit.workspace, codes, unmark)
    if question is not None:
        place.ask(question)
        return
    bulk.archive_all(cockpit.workspace, codes)
    unmark()
    cockpit.done(_("{code} archived · u undoes").format(code=in_short(codes)))


@here(
    "record.restore", "z", on={Kind.ARCHIVED}, title=N_("bring back"), several=True,
    help=N_("This archived record is back in the lists"),
)  # fmt: skip
def restore(cockpit: Cockpit, place: Place) -> None:
    """The archived ones of the selection, else the one under the cursor."""
    from cockpit.services.changes import bulk

    table = _table(place)
    codes = table.chosen(archived=True) if table is not None else place.codes()
    bulk.restore_all(cockpit.workspace, codes)
    cockpit.done(_("{what} brought back · u undoes").format(what=in_short(codes)))
