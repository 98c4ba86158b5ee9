"""The map: functions in columns by mode, and the flows of the one under the cursor."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.flows import Flow, FlowCell
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.boards import health
from cockpit.services.organisation import flows, function_map
from cockpit.services.organisation.flows import FlowMap
from cockpit.services.organisation.function_map import COLUMNS, FunctionCard
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.rows import Item, Rows

IN, OUT = "←", "→"


@dataclass(frozen=True)
class Arrow:
    """A flow of the selected function, seen from it."""

    flow: Flow
    arrow: str
    other: str


@dataclass(frozen=True)
class Missing:
    """An exchange of the selected function that nobody declared."""

    cell: FlowCell
    ends: str


class MapView(View):
    """Three columns of functions, flows below."""

    def compose(self) -> ComposeResult:
        """A list for each column, one for the flows."""
        with Horizontal(id="functions"):
            for at, title in enumerate(COLUMNS):
                rows = Rows(self._paint, row_height=3, id=f"mode-{at}", empty=self._empty)
                rows.entitle(Content(_(title)))
                yield rows
        yield Rows(self._paint_flow, id="flows", empty=self._no_flow)

    @property
    def card(self) -> FunctionCard | None:
        """The function that is looked at: under the cursor of the column that had the keys last."""
        data = self._column().selected
        return data.data if data is not None and isinstance(data.data, FunctionCard) else None

    def show(self) -> None:
        """Every function in its column."""
        columns = function_map.in_columns(health.cards(self.shown))
        self._flows = flows.flow_map(self.shown)
        for at, (title, column) in enumerate(zip(COLUMNS, columns.values(), strict=True)):
            rows = self.query_one(f"#mode-{at}", Rows)
            rows.show([Item(card.record.code, card) for card in column])
            rows.entitle(Content(_(title)), Content(str(len(column)) if column else ""))
        self._fit()
        if self._column().selected is None:
            self._at = next(
                (at for at in range(len(COLUMNS)) if self.query_one(f"#mode-{at}", Rows).items), 0
            )
        self._show_flows()

    _at = 0
    """The column that had the keys last."""
    _flows: FlowMap | None = None
    """Read with the functions: the cursor only picks from it."""

    def enter(self) -> None:
        """On the first column with a function."""
        self._column().focus()

    def target(self) -> Target:
        """The function, or the flow under the cursor."""
        focused = self.screen.focused
        kinds = {Kind.REGISTER, Kind.MAP}
        if isinstance(focused, Rows) and focused.id == "flows":
            data = focused.selected.data if focused.selected else None
            if isinstance(data, Arrow):
                return Target(frozenset({Kind.FLOW}), data.flow.record.code, REGISTERS["interface"])
            return Target(frozenset({Kind.REGISTER}), "", REGISTERS["interface"])
        if self.card is None:
            return Target(frozenset(kinds), "", REGISTERS["function"])
        record = self.card.record
        return Target(frozenset({*kinds, Kind.FUNCTION}), record.code, REGISTERS["function"], record=record)

    def given(self) -> Mapping[str, Value]:
        """A function is created in its column; a flow goes out of the function."""
        focused = self.screen.focused
        if focused is not None and focused.id == "flows":
            return {"source": self.card.record.code} if self.card else {}
        return {"mode": list(COLUMNS.values())[self._at][0]}

    def follow(self, code: str) -> None:
        """Put the cursor on a function."""
        for at in range(len(COLUMNS)):
            if self.query_one(f"#mode-{at}", Rows).select(code):
                self._at = at

    def on_descendant_focus(self) -> None:
        """The flows are those of the column that has the keys."""
        focused = self.screen.focused
        if focused is not None and (focused.id or "").startswith("mode-"):
            self._at = int((focused.id or "0").rpartition("-")[2])
            self._show_flows()

    def on_resize(self) -> None:
        """As long as before, as far as there is room now."""
        self._fit()

    def _fit(self) -> None:
        """Columns as long as they need."""
        longest = max(len(self.query_one(f"#mode-{at}", Rows).items) for at in range(len(COLUMNS)))
        self.query_one("#functions").styles.height = max(8, min(3 * longest + 1, self.size.height * 3 // 5))

    @on(Rows.Moved)
    def _moved(self) -> None:
        focused = self.screen.focused
        if focused is None or focused.id != "flows":
            self._show_flows()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        data = event.item.data
        if isinstance(data, Missing):
            self.cockpit.open_code(data.cell.undeclared[0])
        else:
            self.cockpit.open_code(data.flow.record.code if isinstance(data, Arrow) else event.item.key)

    def _column(self) -> Rows[FunctionCard]:
        return self.query_one(f"#mode-{self._at}", Rows)

    def _show_flows(self) -> None:
        rows, card = self.query_one("#flows", Rows), self.card
        if card is None or self._flows is None:
            rows.entitle(Content(_("Flows")))
            rows.show([])
            return
        into, out, missing = flows.of_party(self._flows, card.record.code)
        names = self._flows.names
        items: list[Item[Missing | Arrow | str]] = [
            Item(f"in:{each.record.code}", Arrow(each, IN, names.get(each.record.source, each.record.source)))
            for each in into
        ]
        items += [
            Item(
                f"out:{each.record.code}", Arrow(each, OUT, names.get(each.record.target, each.record.target))
            )
            for each in out
        ]
        for cell in missing:
            ends = " → ".join(names.get(code, code) for code in cell.pair)
            items.append(Item(f"missing:{ends}", Missing(cell, ends)))
        count = _("{into} in · {out} out").format(into=len(into), out=len(out)) if into or out else ""
        rows.entitle(Content(_("Flows of {name}").format(name=card.record.name)), Content(count))
        pairs = {each.pair for each in flows.to_mend(self._flows) if card.record.code not in each.pair}
        rest = [each for each in flows.to_mend(self._flows) if each.pair in pairs]
        if rest and not items:
            words = visuals.wrapped(self._no_flow(), self.app.size.width - 2)
            items += [Item(f"none:{number}", line, heading=True) for number, line in enumerate(words)]
        if rest:
            items.append(Item("elsewhere", _("Elsewhere, to mend"), heading=True))
        for cell in rest:
            ends = " → ".join(names.get(code, code) for code in cell.pair)
            items += [Item(f"mend:{each.record.code}", Arrow(each, "", ends)) for each in cell.flows]
            if cell.undeclared:
                items.append(Item(f"missing:{ends}", Missing(cell, ends)))
        rows.repaint()
        rows.show(items)
        if items and not rows.has_focus:
            # Those of the function first, whatever was under the cursor for the one before.
            rows.cursor = next((at for at, item in enumerate(items) if not item.heading), 0)

    def _empty(self) -> str:
        return _("No function here. c creates one; t begins the self-audit, which proposes the usual ones.")

    def _no_flow(self) -> str:
        if self.card is None:
            return _(
                "Here stand the flows of the function under the cursor: what it gives and what it receives."
            )
        return _(
            "No flow of this function is declared: what does it give, what does it receive? c creates one."
        )

    def _paint(self, data: FunctionCard, width: int) -> list[Content]:
        return rows.card(data, width)

    def _paint_flow(self, data: Missing | Arrow | str, width: int) -> list[Content]:
        if isinstance(data, str):
            return [Content.styled(f" {data}", visuals.MUTED)]
        if isinstance(data, Missing):
            return [rows.in_a_line(flows.undeclared_row(data.cell, data.ends), width)]
        said = self._flows.said.get(data.flow.record.code) if self._flows else None
        shown = flows.row(data.flow, data.arrow, data.other, self.shown.today(), said)
        return [rows.in_a_line(shown, width)]
