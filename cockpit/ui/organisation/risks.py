"""The risks on two 5x5 heat maps, before and after measures, with the list behind the cell."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from cockpit.domain.organisation import risk_matrix as rules
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.risk import Risk
from cockpit.locale import N_, _
from cockpit.services.organisation import risks
from cockpit.services.organisation.risks import GROSS, NET, SHORT, SIDES, RiskMap
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.matrix import Matrix, MatrixContent
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows

LIKELIHOODS = (N_("rare"), N_("unlikely"), N_("possible"), N_("likely"), N_("certain"))
"""1 to 5."""


class RisksView(View):
    """Gross beside net, what was never assessed, and a list."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.found: RiskMap | None = None
        self._side = NET

    def compose(self) -> ComposeResult:
        """Two matrices, a line, a list."""
        with Horizontal(id="heat-maps"):
            for side, title in SIDES.items():
                matrix = Matrix(id=f"heat-{side}")
                matrix.entitle(Content(_(title)))
                yield matrix
        yield Panel(self._grey, id="never")
        yield Rows(self._paint, id="risks", empty=self._empty)

    def enter(self) -> None:
        """On what is left of the risks."""
        self._matrix(self._side).focus()

    def show(self) -> None:
        """Every risk."""
        first, self.found = self.found is None, risks.risk_map(self.shown)
        label = 16 if self.size.width >= 100 else 3
        width = max(6, min(13, (self.size.width // 2 - label - 4) // rules.SIDE))
        height = max(1, min(3, (self.size.height - 14) // (2 * rules.SIDE)))
        for side in SIDES:
            cells = {
                (rules.SIDE - likelihood, impact - 1): rows.risk_cell(
                    (likelihood, impact),
                    [each.code for each in self.found.at(side, (likelihood, impact))], width - 1, height,
                )
                for likelihood in range(1, rules.SIDE + 1)
                for impact in range(1, rules.SIDE + 1)
            }  # fmt: skip
            self._matrix(side).show(MatrixContent(
                rows=tuple(
                    Content(f" {n} {_(LIKELIHOODS[n - 1])}" if label > 3 else f" {n}")
                    for n in range(rules.SIDE, 0, -1)
                ),
                columns=tuple(Content(f" {n}") for n in range(1, rules.SIDE + 1)),
                cells=cells, cell=width, height=height, label=label,
            ))  # fmt: skip
            self._matrix(side).styles.height = rules.SIDE * height + 2
        self.query_one("#heat-maps").styles.height = rules.SIDE * height + 2
        if first:
            self._go_to_worst()
        self.query_one("#never", Panel).refresh()
        self._show_cell()

    def target(self) -> Target:
        """The risk under the cursor of the list."""
        focused = self.screen.focused
        if isinstance(focused, Rows) and focused.selected is not None:
            return Target(frozenset({Kind.REGISTER, Kind.RECORD}), focused.selected.key, REGISTERS["risk"])
        return Target(frozenset({Kind.REGISTER}), "", REGISTERS["risk"])

    def given(self) -> Mapping[str, Value]:
        """How likely and how bad: the cell."""
        row, column = self._matrix(self._side).at
        return {f"{self._side}_likelihood": rules.SIDE - row, f"{self._side}_impact": column + 1}

    def follow(self, code: str) -> None:
        """Put the cursor on the cell of a risk."""
        risk = next((each for each in self.found.risks if each.code == code), None) if self.found else None
        where = rules.net(risk) if risk is not None else None
        if where is not None:
            self._side = NET
            self._matrix(NET).go((rules.SIDE - where[0], where[1] - 1))
            self._show_cell()

    @on(Matrix.Moved)
    def _moved(self, event: Matrix.Moved) -> None:
        if not isinstance(event, Matrix.Opened) and event.matrix.has_focus:
            self._show_cell()

    @on(Matrix.Opened)
    def _into(self) -> None:
        if self.query_one("#risks", Rows).items:
            self.query_one("#risks", Rows).focus()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_code(event.item.key)

    def on_descendant_focus(self) -> None:
        """The list is that of the matrix that has the keys."""
        focused = self.screen.focused
        if isinstance(focused, Matrix) and self.found is not None:
            self._side = (focused.id or "").rpartition("-")[2]
            self._show_cell()

    def on_resize(self) -> None:
        """Larger cells, or smaller ones."""
        if self.found is not None:
            self.show()

    def _matrix(self, side: str) -> Matrix:
        return self.query_one(f"#heat-{side}", Matrix)

    def _go_to_worst(self) -> None:
        assert self.found is not None
        for side, where in ((GROSS, rules.gross), (NET, rules.net)):
            worst = max(
                (cell for each in self.found.risks if (cell := where(each))), key=rules.weight, default=None
            )
            if worst is not None:
                self._matrix(side).go((rules.SIDE - worst[0], worst[1] - 1))

    def _show_cell(self) -> None:
        assert self.found is not None
        row, column = self._matrix(self._side).at
        where = (rules.SIDE - row, column + 1)
        rows = self.query_one("#risks", Rows)
        glyph, word = risks.ZONES[rules.zone(where)]
        rows.entitle(Content(
            _("{side}, likelihood {n} × impact {m} = {weight}").format(
                side=_(SHORT[self._side]), n=where[0], m=where[1],
                weight=rules.weight(where),
            )
            + f" {glyph} {_(word)}"
        ))  # fmt: skip
        rows.repaint()
        behind = self.found.at(self._side, where)
        rest = [each for each in self.found.risks if each not in behind]
        heading = [Item("elsewhere", _("Elsewhere, the worst first"), heading=True)] if rest else []
        rows.show(
            [*(Item(each.code, each) for each in behind), *heading, *(Item(each.code, each) for each in rest)]
        )
        if rows.items and not rows.has_focus:
            rows.cursor = 0 if behind else 1

    def _empty(self) -> str:
        if self.found is None:
            # A view may be painted before it has read.
            return ""
        if not self.found.risks:
            return _(
                "No risk yet: what may go wrong, for which function, how likely, how bad. c creates one."
            )
        return _("No risk here. Arrows go to another cell, c creates a risk.")

    def _grey(self, width: int) -> list[Content]:
        if self.found is None:
            return []
        if self.found.held_back:
            return [Content.styled(" ? " + risks.held_back_words(), visuals.MUTED)]
        if not self.found.not_assessed:
            return [Content.styled(" " + risks.axes(), visuals.MUTED)]
        names = ", ".join(each.name for each in self.found.not_assessed)
        return [Content.styled(" ? " + _("never assessed: {names}").format(names=names), visuals.MUTED)]

    def _paint(self, data: object, width: int) -> list[Content]:
        if not isinstance(data, Risk):
            return [Content.styled(f" {data}", visuals.MUTED)]
        assert self.found is not None
        return [rows.in_a_line(risks.row(self.found, data), width)]
