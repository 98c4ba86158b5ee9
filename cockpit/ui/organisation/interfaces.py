"""The interfaces as a matrix: who gives what to whom, how alive it is, where nobody answers for it."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import flows as rules
from cockpit.domain.organisation.flows import Flow, FlowCell
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, ngettext
from cockpit.services.organisation import flows
from cockpit.services.organisation.flows import FlowMap
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.matrix import Matrix, MatrixContent, heading
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows

HEAD_LINES = 2
"""Lines of the names above the columns."""
_LABEL = 26
"""Cells of the names before the rows."""


@dataclass(frozen=True)
class FlowLine:
    """A flow of the cell, or the cell when nothing is declared in it."""

    cell: FlowCell
    flow: Flow | None


class InterfacesView(View):
    """The matrix, and the flows of the cell under the cursor."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.found: FlowMap | None = None
        self._givers: tuple[str, ...] = ()
        self._takers: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """A matrix above a list."""
        yield Matrix(
            id="pairs",
            empty=_(
                "No interface yet: each says what passes from whom to whom, how often, who answers. c creates one."
            ),
        )
        yield Panel(self._legend, id="legend")
        yield Rows(self._paint, id="cell", empty=self._empty)

    @property
    def cell(self) -> FlowCell | None:
        """The cell under the cursor, when something passes there."""
        pair = self.pair
        return self.found.by_pair.get(pair) if self.found and pair else None

    @property
    def pair(self) -> rules.Pair | None:
        """From whom to whom the cursor stands."""
        if self.found is None or not self.found.parties:
            return None
        row, column = self.query_one(Matrix).at
        return self._givers[row], self._takers[column]

    def show(self) -> None:
        """Every pair."""
        before, self.found = self.found, flows.flow_map(self.shown)
        found, by_pair = self.found, self.found.by_pair
        # Who gives nothing has no row, who receives nothing no column.
        self._givers = tuple(code for code in found.parties if any(pair[0] == code for pair in by_pair))
        self._takers = tuple(code for code in found.parties if any(pair[1] == code for pair in by_pair))
        cells = {
            (row, column): self._cell(found, by_pair[giver, taker])
            if (giver, taker) in by_pair
            else Content.styled("╲", "$foreground 30%")
            for row, giver in enumerate(self._givers)
            for column, taker in enumerate(self._takers)
            if giver == taker or (giver, taker) in by_pair
        }
        matrix = self.query_one(Matrix)
        share = rules.grey_share(found.cells)
        said = [] if share is None else [_("{n} % grey zones").format(n=round(100 * share))]
        folded = 2 * len(found.parties) - len(self._givers) - len(self._takers)
        if folded:
            said.append(
                ngettext(
                    "{n} empty row or column folded", "{n} empty rows and columns folded", folded
                ).format(n=folded)
            )
        matrix.entitle(Content(_("From (row) to (column)")), Content(" · ".join(said)))
        room = self.size.width - _LABEL - 2
        cell = max(4, min(8, room // max(1, len(self._takers))))
        names = [heading(found.name(code), cell, HEAD_LINES) for code in self._takers]
        matrix.show(MatrixContent(
            rows=tuple(Content(f" {found.name(code)}") for code in self._givers),
            columns=tuple(name.stylize(visuals.MUTED) for name in names), cells=cells, cell=cell, label=_LABEL,
        ))  # fmt: skip
        matrix.styles.height = max(6, min(len(self._givers) + HEAD_LINES + 1, self.size.height - 7))
        if before is None and found.cells:
            worst = min(found.cells, key=lambda each: (not each.undeclared, not each.is_grey, each.pair))
            matrix.go((self._givers.index(worst.pair[0]), self._takers.index(worst.pair[1])))
        self.query_one("#legend", Panel).refresh()
        self._show_cell()

    @staticmethod
    def _cell(found: FlowMap, cell: FlowCell) -> Content:
        return rows.cell(cell, found.low(cell))

    def target(self) -> Target:
        """The flow under the cursor of the list; in the matrix, the cell."""
        kinds = {Kind.REGISTER}
        focused = self.screen.focused
        if isinstance(focused, Rows) and focused.selected is not None:
            line = focused.selected.data
            if isinstance(line, FlowLine) and line.flow is not None:
                return Target(
                    frozenset({Kind.REGISTER, Kind.FLOW}), line.flow.record.code, REGISTERS["interface"]
                )
        if self.cell is not None and self.cell.flows:
            codes = ",".join(flow.record.code for flow in self.cell.flows)
            return Target(frozenset({*kinds, Kind.FLOW}), codes, REGISTERS["interface"])
        return Target(frozenset(kinds), "", REGISTERS["interface"])

    def given(self) -> Mapping[str, Value]:
        """From whom to whom: the cell."""
        pair = self.pair
        return {"source": pair[0], "target": pair[1]} if pair and pair[0] != pair[1] else {}

    def on_resize(self) -> None:
        """Wider cells, or narrower ones."""
        if self.found is not None:
            self.show()

    @on(Matrix.Moved)
    def _moved(self) -> None:
        self._show_cell()
        self.screen.show_keys()  # type: ignore[attr-defined]

    @on(Matrix.Opened)
    def _open_pair(self) -> None:
        from cockpit.ui.organisation.pair import PairScreen

        if self.pair is not None:
            self.app.push_screen(PairScreen(self.pair))

    @on(Rows.Opened, "#cell")
    def _open(self, event: Rows.Opened) -> None:
        line: FlowLine = event.item.data
        self.cockpit.open_code(line.flow.record.code if line.flow else line.cell.undeclared[0])

    def _show_cell(self) -> None:
        rows, cell, pair = self.query_one("#cell", Rows), self.cell, self.pair
        if self.found is None or pair is None:
            rows.show([])
            return
        rows.entitle(
            Content(" → ".join(map(self.found.name, pair))),
            Content(_("Enter on the cell: both ways, with their history")),
        )
        lines = [FlowLine(cell, flow) for flow in cell.flows] if cell else []
        if cell is not None and cell.undeclared:
            lines.append(FlowLine(cell, None))
        here = [Item(line.flow.record.code if line.flow else "undeclared", line) for line in lines]
        rest = [
            Item(f"{flow.record.code if flow else each.pair}", FlowLine(each, flow))
            for each in flows.to_mend(self.found)
            if each is not cell
            for flow in each.flows or (None,)
        ]
        heading = [Item("elsewhere", _("Elsewhere, to mend"), heading=True)] if rest else []
        rows.repaint()
        rows.show([*here, *heading, *rest])
        if rows.items and not rows.has_focus:
            rows.cursor = 0 if here else 1

    def _legend(self, _width: int) -> list[Content]:
        return (
            [Content.styled(f" {flows.legend()}", visuals.MUTED)] if self.found and self.found.cells else []
        )

    def _empty(self) -> str:
        return _("Nothing is declared from this one to that one. c creates an interface.")

    def _paint(self, data: object, width: int) -> list[Content]:
        if not isinstance(data, FlowLine):
            return [Content.styled(f" {data}", visuals.MUTED)]
        assert self.found is not None
        ends = " → ".join(map(self.found.name, data.cell.pair))
        if data.flow is None:
            return [rows.in_a_line(flows.undeclared_row(data.cell, ends), width)]
        said = self.found.said.get(data.flow.record.code)
        return [rows.in_a_line(flows.row(data.flow, "", ends, self.shown.today(), said), width)]
