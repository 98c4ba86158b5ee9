"""The registers: one table and one form for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.confidentiality import restricted
from cockpit.domain.record import Record, Register
from cockpit.domain.registers import GROUPS, ORGANISATION, REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.locale import _
from cockpit.services import decisions, forms, registers
from cockpit.ui import visuals
from cockpit.ui.screens.place import Target
from cockpit.ui.views.view import View
from cockpit.ui.widgets.rows import Item, Rows

HEADING = "heading"
OWN_KEYS = frozenset({"decision", "function", "person", "step"})
"""Registers whose records take keys of their own in the table."""
MOST = 500
"""Rows of a register on the screen."""


@dataclass(frozen=True)
class Choice:
    """A register and how many records it has."""

    register: Register
    count: int


class Registers(View):
    """Registers on the left, their records on the right."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._notes: dict[str, str] = {}
        """What is worth saying beside a record, by its code."""

    def compose(self) -> ComposeResult:
        """Two lists."""
        chooser = Rows(self._paint_register, id="registers")
        table = Rows(self._paint_record, id="records", empty=self._empty)
        chooser.border_title = Content(_("Registers"))
        yield chooser
        yield table

    @property
    def register(self) -> Register:
        """The register under the left cursor."""
        selected = self.query_one("#registers", Rows).selected
        return REGISTERS[selected.key if selected else ORGANISATION[0]]

    def show(self) -> None:
        """The registers with how many records each has, and the records of the chosen one."""
        counts = registers.counts(self.shown, ORGANISATION)
        items: list[Item] = []
        for title, names in GROUPS.items():
            items.append(Item(title, title, heading=True))
            items += [Item(name, Choice(REGISTERS[name], counts[name])) for name in names]
        chooser = self.query_one("#registers", Rows)
        chooser.show(items)
        if chooser.selected is not None and chooser.selected.heading:
            chooser.action_move(1)
        self._show_records()

    def target(self) -> Target:
        """The record under the right cursor; the register itself can always take a new one."""
        kinds = {"register"}
        selected = self.query_one("#records", Rows).selected
        if self._on("records") and selected and not selected.heading:
            own = {self.register.name} & OWN_KEYS
            return Target(frozenset({*kinds, *own, "record"}), selected.key, self.register)
        return Target(frozenset(kinds), "", self.register)

    def _on(self, name: str) -> bool:
        focused = self.screen.focused
        return focused is not None and focused.id == name

    @on(Rows.Moved)
    def _other_register(self) -> None:
        if self._on("registers"):
            self._show_records()

    @on(Rows.Opened, "#records")
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_target(Target(code=event.item.key))

    @on(Rows.Opened, "#registers")
    def _enter(self) -> None:
        self.query_one("#records", Rows).focus()

    def _show_records(self) -> None:
        register = self.register
        shown = self.shown
        found = registers.all_of(shown, register, limit=MOST)
        made = [each for each in found if isinstance(each, Decision)]
        self._notes = decisions.marks(shown, made) if made else {}
        table = self.query_one("#records", Rows)
        table.border_title = Content(_(register.title))
        more = _("{n} shown, / finds the rest").format(n=MOST) if len(found) == MOST else _(register.help)
        table.border_subtitle = Content(more)
        table.repaint()
        heading = [Item(HEADING, HEADING, heading=True)] if found else []
        table.show([*heading, *(Item(record.code, record) for record in found)])
        if table.selected is not None and table.selected.heading:
            table.cursor = 1

    def _empty(self) -> str:
        if self.register.name == "function":
            return _(
                "{help} The self-audit draws a first map in twenty minutes: ^p, then self-audit."
                " Or c creates the first one."
            ).format(help=_(self.register.help))
        return _("{help} c creates the first; cockpit register import reads them from a CSV file.").format(
            help=_(self.register.help)
        )

    def _paint_register(self, data: object, width: int) -> list[Content]:
        if not isinstance(data, Choice):
            return [Content.styled(f" {_(str(data))}", "bold")]
        count = Content.styled(f"{data.count} ", visuals.MUTED)
        return [visuals.spread(width, Content(f"  {_(data.register.title)}"), count)]

    def _paint_record(self, data: object, width: int) -> list[Content]:
        register, board = self.register, self.cockpit.board
        columns = [f for f in register.fields if f.column]
        fixed = sum(f.width + 1 for f in columns)
        while len(columns) > 1 and fixed > width - 20:
            fixed -= columns.pop().width + 1
        line = Content(" ")
        for field in columns:
            room = field.width or max(8, width - fixed - 2)
            if data == HEADING:
                cell = Content.styled(_(field.label), "bold")
            else:
                assert isinstance(data, Record)
                shown = self.shown
                cell = Content(forms.show(field, getattr(data, field.name), board.names, shown.zone))
                if shown.hides(data):
                    cell = Content(f"{restricted()} {data.code}" if field.name == register.subject else "")
                elif field.name == register.subject and data.code in self._notes:
                    cell = Content.styled(self._notes[data.code], visuals.WARN) + cell
            line += cell.truncate(room, ellipsis=True, pad=True) + " "
        return [line]
