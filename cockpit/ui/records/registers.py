"""The registers: one table and one form for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.documents.link_state import LINKED
from cockpit.domain.records import row_words
from cockpit.domain.records.record import Field, Record, Register
from cockpit.domain.registers import GROUPS, ORGANISATION, REGISTERS, register_of
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.tool import Tool
from cockpit.locale import _
from cockpit.services.costs import added
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import registers, tables
from cockpit.services.records.tables import Look, Table
from cockpit.services.work import decisions, filtering
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.records.table import Layout, heading, layout, row, subtitle, title
from cockpit.ui.widgets.rows import Item, RowFilter, Rows

HEADING = "heading"
OWN_KEYS = {
    kind.value: kind
    for kind in (Kind.CONTRACT, Kind.DECISION, Kind.FUNCTION, Kind.PERSON, Kind.PROCESS, Kind.STEP)
}
"""Registers whose records take keys of their own in the table."""


@dataclass(frozen=True)
class Choice:
    """A register and how many records it has."""

    register: Register
    count: int


@dataclass(frozen=True)
class RegisterLine:
    """A record of the table."""

    record: Record


class RegisterRows(Rows[RegisterLine | str]):
    """The table. Its filter is remembered for each register, and judged where the whole register is read."""

    TELLS_CHOICE = True

    def __init__(self, view: RegistersView) -> None:
        super().__init__(view.paint_record, id="records", empty=view.said_of_nothing)
        self._view = view

    @property
    def counted(self) -> tuple[int, int]:
        """Of the whole register, not only of what is shown of it."""
        return self._view.found, self._view.total

    @property
    def order(self) -> str:
        """The column that gives the order, behind a minus when it is turned round."""
        look = self._view.look
        return f"{'-' if look.backwards else ''}{look.sort}"

    def put_in_order(self, order: str) -> None:
        """By that column, where the register has it."""
        name = order.removeprefix("-")
        if any(field.name == name for field in self._view.register.fields):
            self._view.look_so(replace(self._view.look, sort=name, backwards=order.startswith("-")))

    def common_part(self, line: str) -> str:
        """What of a line is no `field:word`."""
        return tables.field_words(self._view.register, line)[1]

    def narrow(self, wanted: RowFilter | None, *, trying: bool = False) -> None:
        """Have the table read again."""
        self.filter = wanted
        if not trying:
            self._kept_filter = wanted
        self._view.narrowed(wanted.line if wanted is not None else "", trying=trying)
        self.repaint()
        self.post_message(self.Narrowed())

    def mark(self, keys: Iterable[str]) -> None:
        """The title says how many are selected."""
        super().mark(keys)
        self._view.say_border()

    def take_up(self, wanted: RowFilter | None) -> None:
        """The filter that is remembered of the register."""
        self.filter = self._kept_filter = wanted

    def _let_through(self) -> tuple[Item[RegisterLine | str], ...]:
        return self.every


class RegistersView(View):
    """Registers on the left, their records on the right."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._notes: dict[str, str] = {}
        """What is worth saying beside a record, by its code."""
        self._table: Table | None = None
        self._reader: Workspace | None = None
        self._tried: Look | None = None
        """A filter that is being typed."""
        self._kept: Look | None = None
        self._columns: tuple[tuple[Field, ...], tuple[Field, ...]] = ((), ())
        """Those of the rows, and those that follow where there is room."""
        self.found = self.total = 0
        """How many records fit, of how many."""

    def compose(self) -> ComposeResult:
        """Two lists."""
        chooser = Rows(self._paint_register, id="registers")
        table = RegisterRows(self)
        chooser.entitle(Content(_("Registers")))
        yield chooser
        yield table

    @property
    def register(self) -> Register:
        """The register under the left cursor."""
        selected = self.query_one("#registers", Rows).selected
        return REGISTERS[selected.key if selected else ORGANISATION[0]]

    @property
    def look(self) -> Look:
        """How it is looked at now."""
        if self._kept is None:
            self._kept = tables.look(self.cockpit.workspace, self.register)
        return self._tried or self._kept

    @property
    def rows(self) -> RegisterRows:
        """The table."""
        return self.query_one(RegisterRows)

    def show(self) -> None:
        """The registers with how many records each has, and the records of the chosen one."""
        counts = registers.counts(self.shown, ORGANISATION)
        items: list[Item[Choice | str]] = []
        for group, names in GROUPS.items():
            items.append(Item(group, group, heading=True))
            items += [Item(name, Choice(REGISTERS[name], counts[name])) for name in names]
        chooser = self.query_one("#registers", Rows)
        chooser.show(items)
        if chooser.selected is not None and chooser.selected.heading:
            chooser.action_move(1)
        self._show_records()

    def target(self) -> Target:
        """The record under the right cursor; the register itself can always take a new one."""
        kinds = {Kind.REGISTER, Kind.TABLE}
        record = self.current
        if record is None:
            return Target(frozenset(kinds), "", self.register)
        kinds |= {Kind.ROW, Kind.ARCHIVED} if record.archived_at is not None else {Kind.ROW, Kind.RECORD}
        if self.register.editable:
            kinds.add(Kind.ENTERED)
        if self.register.name in OWN_KEYS:
            kinds.add(OWN_KEYS[self.register.name])
        if self.register.name in LINKED:
            kinds.add(Kind.LINKED)
        return Target(frozenset(kinds), record.code, self.register, record=record)

    def target_of(self, item: Item[RegisterLine | str]) -> Target | None:
        """The record of a row."""
        if not isinstance(item.data, RegisterLine):
            return None
        record = item.data.record
        kinds = {Kind.ROW, Kind.ARCHIVED if record.archived_at is not None else Kind.RECORD}
        return Target(frozenset(kinds), record.code, self.register, record=record)

    @property
    def current(self) -> Record | None:
        """The record under the cursor, when the keys go to the table."""
        selected = self.rows.selected
        if self._on("records") and selected is not None and isinstance(selected.data, RegisterLine):
            return selected.data.record
        return None

    def chosen(self, *, archived: bool = False) -> list[str]:
        """What a key acts on: the selected rows, else the one under the cursor."""
        if not self._on("records"):
            return []
        lines = [item.data for item in self.rows.chosen if isinstance(item.data, RegisterLine)]
        return [each.record.code for each in lines if (each.record.archived_at is not None) == archived]

    def unmark(self) -> None:
        """Nothing is selected any more."""
        self.rows.mark(())

    def look_so(self, chosen: Look) -> None:
        """Look at this register so from now on."""
        self._tried, self._kept = None, chosen
        tables.remember(self.cockpit.workspace, self.register, chosen)
        self._show_records()

    def narrowed(self, line: str, *, trying: bool) -> None:
        """Show only the rows that fit a line, from now on or while it is typed."""
        chosen = replace(self.look, words=line)
        if trying:
            self._tried = chosen
            self._show_records()
        elif chosen != self._kept:
            self.look_so(chosen)
        elif self._tried is not None:
            # What was only tried is over.
            self._tried = None
            self._show_records()

    def follow(self, code: str) -> None:
        """Put the cursor on a record that was just written."""
        register = register_of(code)
        if register is not None and register.name in ORGANISATION and register.name != self.register.name:
            self.query_one("#registers", Rows).select(register.name)
            self._forget()
            self._show_records()
        self.rows.select(code)

    def on_resize(self) -> None:
        """Other columns fit now."""
        self.say_border()

    def _on(self, name: str) -> bool:
        focused = self.screen.focused
        return focused is not None and focused.id == name

    @on(Rows.Moved)
    def _other_register(self) -> None:
        if self._on("registers"):
            self._forget()
            self._show_records()

    def _forget(self) -> None:
        self._tried = self._kept = None
        self.unmark()
        self.rows.take_up(None)

    @on(Rows.Opened, "#records")
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_target(Target(code=event.item.key))

    @on(Rows.Opened, "#registers")
    def _enter(self) -> None:
        self.rows.focus()

    def _read(self) -> Table:
        """The table of this register, read by whoever may see it now."""
        shown = self.shown
        if self._table is None or self._reader is not shown or self._table.register is not self.register:
            self._table, self._reader = Table(shown, self.register), shown
        self._table.names = shown.names()
        return self._table

    def _show_records(self) -> None:
        table, look = self._read(), self.look
        wanted = self._wanted(look)
        found = table.read(look, wanted)
        made = [each for each in found if isinstance(each, Decision)]
        tools = [each for each in found if isinstance(each, Tool)]
        self._notes = decisions.marks(self.shown, made) if made else {}
        self._notes |= added.crowded(self.shown, tools) if tools else {}
        self._columns = tables.columns_of(self.register, look, found[: tables.MOST])
        self.found, self.total = len(found), table.total(look)
        rows = self.rows
        if self._tried is None:
            rows.take_up(wanted)
        rows.repaint()
        lines: list[Item[RegisterLine | str]] = [Item(r.code, RegisterLine(r)) for r in found[: tables.MOST]]
        rows.show([Item(HEADING, HEADING, heading=True), *lines] if lines else [])
        if rows.selected is not None and rows.selected.heading:
            rows.cursor = 1
        self.say_border()

    def say_border(self) -> None:
        """What the table is of, what is chosen of it, and what has no room."""
        register, look, rows = self.register, self.look, self.rows
        shape = self._shape(rows.scrollable_content_region.width)
        more = _("{n} shown, / finds the rest").format(n=tables.MOST) if self.found > tables.MOST else ""
        named = title(register, look, rows.told_of_choice())
        rows.entitle(named, subtitle(register, shape, more))

    def _wanted(self, look: Look) -> filtering.Filter | None:
        """The filter of a look, but for the words of one field."""
        line = look.words.strip()
        if not line:
            return None
        _fields, rest = tables.field_words(self.register, line)
        try:
            return replace(filtering.understood(self.shown, rest), line=line)
        except ValueError:
            # It named what is not there any more: nothing of it is judged but its words.
            return filtering.Filter(line, row_words.words(rest))

    def _shape(self, width: int) -> Layout:
        columns, more = self._columns
        return layout(columns or tables.columns(self.register, self.look), width, more)

    def said_of_nothing(self) -> str:
        """What the register is for, and how its first record is made."""
        if self.register.name == "function":
            return _(
                "{help} The self-audit draws a first map in twenty minutes: ^p, then self-audit."
                " Or c creates the first one."
            ).format(help=_(self.register.help))
        return _("{help} c creates the first; i reads them from a spreadsheet (CSV, XLSX).").format(
            help=_(self.register.help)
        )

    def _paint_register(self, data: Choice | str, width: int) -> list[Content]:
        if isinstance(data, str):
            return [Content.styled(f" {_(data)}", "bold")]
        count = Content.styled(f"{data.count} ", visuals.MUTED)
        return [visuals.spread(width, Content(f"  {_(data.register.title)}"), count)]

    def paint_record(self, data: RegisterLine | str, width: int) -> list[Content]:
        shape = self._shape(width)
        if isinstance(data, str) or self._table is None:
            return [heading(shape, self.look)]
        note = self._notes.get(data.record.code, "")
        marked = data.record.code in self.rows.marked
        return [row(shape, self._table, data.record, marked=marked, note=note)]
