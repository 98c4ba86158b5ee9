"""The registers: one table and one form for all of them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.link_state import LINKED
from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import GROUPS, ORGANISATION, REGISTERS, register_of
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.tool import Tool
from cockpit.locale import _
from cockpit.services.costs import added
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import registers, tables
from cockpit.services.records.tables import Look, Table
from cockpit.services.work import decisions
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.records.table import Layout, heading, layout, row, subtitle, title
from cockpit.ui.widgets.rows import Item, Rows

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
    """A record of the table, and whether it is selected."""

    record: Record
    marked: bool


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
        self._found = self._total = 0
        self.marked: dict[str, None] = {}
        """Codes of the rows that are selected, in the order in which they were."""

    def compose(self) -> ComposeResult:
        """Two lists."""
        chooser = Rows(self._paint_register, id="registers")
        table = Rows(self._paint_record, id="records", empty=self._empty)
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
    def rows(self) -> Rows[RegisterLine | str]:
        """The table."""
        return self.query_one("#records", Rows)

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

    @property
    def current(self) -> Record | None:
        """The record under the cursor, when the keys go to the table."""
        selected = self.rows.selected
        if self._on("records") and selected is not None and isinstance(selected.data, RegisterLine):
            return selected.data.record
        return None

    def chosen(self, *, archived: bool = False) -> list[str]:
        """What a key acts on: the selected rows, else the one under the cursor."""
        if not self.marked:
            record = self.current
            return (
                [record.code] if record is not None and (record.archived_at is not None) == archived else []
            )
        lines = [item.data for item in self.rows.items if isinstance(item.data, RegisterLine)]
        gone = {line.record.code for line in lines if line.record.archived_at is not None}
        return [code for code in self.marked if (code in gone) == archived]

    def mark(self) -> None:
        """Select the row under the cursor, or no longer; the cursor goes on to the next."""
        if self.current is None:
            return
        code = self.current.code
        if code in self.marked:
            del self.marked[code]
        else:
            self.marked[code] = None
        self._show_records()
        self.rows.action_move(1)

    def mark_all(self) -> None:
        """Select every row that is shown; again: none."""
        every = [item.key for item in self.rows.items if isinstance(item.data, RegisterLine)]
        self.marked = {} if len(self.marked) == len(every) else dict.fromkeys(every)
        self._show_records()

    def unmark(self) -> None:
        """Nothing is selected any more."""
        self.marked = {}

    def look_so(self, chosen: Look) -> None:
        """Look at this register so from now on."""
        self._tried, self._kept = None, chosen
        tables.remember(self.cockpit.workspace, self.register, chosen)
        self._show_records()

    def try_look(self, tried: Look) -> tuple[int, int]:
        """Look so while a filter is typed; how many rows of how many."""
        self._tried = tried
        self._show_records()
        return self._found, self._total

    def settle(self) -> None:
        """The bar was left: what was only tried is over."""
        if self._tried is not None:
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
        self._say_border()

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
        self.marked = {}

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
        found = table.read(look)
        codes = {record.code for record in found}
        self.marked = {code: None for code in self.marked if code in codes}
        made = [each for each in found if isinstance(each, Decision)]
        tools = [each for each in found if isinstance(each, Tool)]
        self._notes = decisions.marks(self.shown, made) if made else {}
        self._notes |= added.crowded(self.shown, tools) if tools else {}
        self._found, self._total = len(found), table.total(look)
        rows = self.rows
        rows.repaint()
        lines: list[Item[RegisterLine | str]] = [
            Item(r.code, RegisterLine(r, r.code in self.marked)) for r in found[: tables.MOST]
        ]
        rows.show([Item(HEADING, HEADING, heading=True), *lines] if lines else [])
        if rows.selected is not None and rows.selected.heading:
            rows.cursor = 1
        self._say_border()

    def _say_border(self) -> None:
        register, look, rows = self.register, self.look, self.rows
        shape = self._shape(rows.scrollable_content_region.width)
        more = _("{n} shown, / finds the rest").format(n=tables.MOST) if self._found > tables.MOST else ""
        named = title(register, look, self._found, self._total, len(self.marked))
        rows.entitle(named, subtitle(register, shape, more))

    def _shape(self, width: int) -> Layout:
        return layout(tables.columns(self.register, self.look), width)

    def _empty(self) -> str:
        if self.look.words.strip() and self._total:
            return _("Nothing answers this filter; l then an empty line shows everything.")
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

    def _paint_record(self, data: RegisterLine | str, width: int) -> list[Content]:
        shape = self._shape(width)
        if isinstance(data, str) or self._table is None:
            return [heading(shape, self.look)]
        note = self._notes.get(data.record.code, "")
        return [row(shape, self._table, data.record, marked=data.marked, note=note)]
