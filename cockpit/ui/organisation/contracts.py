"""The contracts of the next two years on a timeline, and what is to be decided by when."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.organisation import contract_timeline
from cockpit.services.organisation.contract_timeline import (
    MONTHS,
    ContractDay,
    ContractLine,
    ContractTimeline,
)
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.rows import Item, Rows

YEARS, HEAD, LEGEND = "years", "head", "legend"
_NOTE = 12
"""Cells for the word at the end of a line."""


@dataclass(frozen=True)
class ContractDoubt:
    """A contract whose dates call for a word."""

    line: ContractLine


class ContractsView(View):
    """The timeline above, the days to come below."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.found: ContractTimeline | None = None

    def compose(self) -> ComposeResult:
        """Two lists."""
        lines = Rows(self._paint_line, id="timeline", empty=self._empty)
        lines.entitle(Content(_("The next 24 months")))
        days = Rows(self._paint_day, id="days", empty=lambda: _("Nothing to decide in the next two years."))
        days.entitle(Content(_("To decide, and what comes by itself")))
        yield lines
        yield days

    def show(self) -> None:
        """Every contract in force."""
        self.found = contract_timeline.timeline(self.shown)
        lines = self.query_one("#timeline", Rows)
        head = [Item(name, name, heading=True) for name in (YEARS, HEAD)] if self.found.lines else []
        lines.repaint()
        foot = [Item(LEGEND, LEGEND, heading=True)] if self.found.lines else []
        lines.show([*head, *(Item(line.contract.code, line) for line in self.found.lines), *foot])
        self._fit()
        if lines.selected is not None and lines.selected.heading:
            lines.action_move(1)
        doubts = [line for line in self.found.lines if contract_timeline.in_doubt(line)]
        days = self.query_one("#days", Rows)
        days.repaint()
        days.show([
            *(Item(f"doubt:{line.contract.code}", ContractDoubt(line)) for line in doubts),
            *(Item(f"{day.contract.code}:{day.kind}:{day.on}", day) for day in self.found.days),
        ])  # fmt: skip

    def on_resize(self) -> None:
        """As long as it needs, as far as there is room now."""
        self._fit()

    def _fit(self) -> None:
        lines = self.query_one("#timeline", Rows)
        lines.styles.height = 1 + max(4, min(len(lines.items), self.size.height // 2))

    def target(self) -> Target:
        """The contract under the cursor."""
        focused = self.screen.focused
        data = focused.selected.data if isinstance(focused, Rows) and focused.selected else None
        contract = data.line.contract if isinstance(data, ContractDoubt) else None
        if isinstance(data, ContractLine | ContractDay):
            contract = data.contract
        kinds = {Kind.REGISTER}
        if contract is None:
            return Target(frozenset(kinds), "", REGISTERS["contract"])
        return Target(frozenset({*kinds, Kind.RECORD, Kind.CONTRACT}), contract.code, REGISTERS["contract"])

    def follow(self, code: str) -> None:
        """Put the cursor on a contract."""
        self.query_one("#timeline", Rows).select(code)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        code = self.target().code or event.item.key
        self.cockpit.open_code(code)

    def _empty(self) -> str:
        return _("No contract yet: its start, term and notice give the days to decide. c creates one.")

    def _paint_line(self, data: ContractLine | str, width: int) -> list[Content]:
        assert self.found is not None
        each = max(1, min(4, (width - 22 - _NOTE) // MONTHS))
        label = max(16, width - each * MONTHS - _NOTE)
        if data == YEARS:
            return [Content.styled(" " * label + contract_timeline.years(self.found, each), "bold")]
        if data == LEGEND:
            return [Content.styled(f" {contract_timeline.legend()}", visuals.MUTED)]
        if isinstance(data, str):
            return [rows.months(self.found, label, each)]
        return [rows.contract(self.found, data, label, each, width)]

    def _paint_day(self, data: ContractDoubt | ContractDay, width: int) -> list[Content]:
        assert self.found is not None
        if isinstance(data, ContractDoubt):
            return [rows.in_a_line(contract_timeline.doubt_row(data.line, self.found.today), width)]
        provider = next(
            (line.provider for line in self.found.lines if line.contract.code == data.contract.code), ""
        )
        return [rows.in_a_line(contract_timeline.day_row(data, self.found.today, provider), width)]
