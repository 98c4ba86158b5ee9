"""Two parties: the flows between them both ways, what shows them, and their history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.flows import Flow, Pair
from cockpit.domain.organisation.quality import Quality
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.organisation import between as service
from cockpit.services.organisation import flows
from cockpit.services.organisation.between import Between
from cockpit.services.records import rows as records_rows
from cockpit.services.records.history import JournalLine
from cockpit.services.records.related import Related
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Page
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.rows import Item, Rows


@dataclass(frozen=True)
class PairFlow:
    """A flow, the sign of its direction, and what both sides say of it."""

    flow: Flow
    arrow: str
    other: str
    said: Quality | None


def flows_of(found: Between, arrow: str, other: str, those: Iterable[Flow]) -> Iterator[PairFlow]:
    """The flows of one direction."""
    return (PairFlow(flow, arrow, other, found.said.get(flow.record.code)) for flow in those)


class PairScreen(Page):
    """Opened by Enter on a cell of the interfaces; Escape goes back."""

    CSS_PATH = asset_dir("styles") / "detail.tcss"
    NAME = "pair"

    def __init__(self, pair: Pair) -> None:
        super().__init__()
        self.pair = pair

    def body(self) -> list[Widget]:
        """What passes, then its history."""
        fields = Rows(self._paint, id="fields", empty=self._empty)
        past = Rows(self._paint_change, id="history", empty=lambda: _("No history yet."))
        past.entitle(Content(_("History")))
        return [fields, past]

    def show_board(self, board: Board) -> None:
        """Read the pair again."""
        super().show_board(board)
        found = service.between(self.cockpit.workspace.shown, self.pair)
        names = board.names
        there, back = names.get(self.pair[1], self.pair[1]), names.get(self.pair[0], self.pair[0])
        fields = self.query_one("#fields", Rows)
        fields.entitle(Content.styled(f" {found.title} ", "bold"))
        fields.repaint()
        fields.show([
            *(Item(each.flow.record.code, each) for each in flows_of(found, "→", there, found.there)),
            *(Item(each.flow.record.code, each) for each in flows_of(found, "←", back, found.back)),
            *(Item(f"related:{each.code}", each) for each in found.related),
        ])  # fmt: skip
        self.query_one("#history", Rows).show([Item(str(change.seq), change) for change in found.changes])

    def target(self) -> Target:
        """The flow under the cursor."""
        selected = self.query_one("#fields", Rows).selected
        if selected is not None and isinstance(selected.data, PairFlow):
            return Target(frozenset({Kind.FLOW, Kind.REGISTER}), selected.key, REGISTERS["interface"])
        return Target(frozenset({Kind.REGISTER}), "", REGISTERS["interface"])

    @on(Rows.Opened, "#fields")
    def _open(self, event: Rows.Opened) -> None:
        data = event.item.data
        self.cockpit.open_code(data.code if isinstance(data, Related) else event.item.key)

    def _empty(self) -> str:
        return _("Nothing is known to pass between these two. c creates an interface.")

    def _paint(self, data: Related | PairFlow, width: int) -> list[Content]:
        if isinstance(data, Related):
            label = Content.styled(f" {data.label}", visuals.MUTED).truncate(18, ellipsis=True, pad=True)
            return [label + Content.styled(f" {data.code} ", "$accent") + data.text]
        today = self.cockpit.workspace.shown.today()
        return [rows.in_a_line(flows.row(data.flow, data.arrow, data.other, today, data.said), width)]

    def _paint_change(self, data: JournalLine, width: int) -> list[Content]:
        return [painted.line(records_rows.change(data, coded=True), width)]
