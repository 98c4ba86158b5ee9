"""Costs: functions and providers over twelve months, with what no invoice says."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.costs.ledger import MONTHS
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.costs import accounts, rows
from cockpit.services.costs.accounts import CostLine, Costs
from cockpit.services.desk import dates
from cockpit.services.desk.row import Heading
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.widgets.rows import Item, Rows

Shown = CostLine | Heading
_CELL = 7


class CostsView(View):
    """One list; Enter opens the function or the provider."""

    found: Costs | None = None
    _read: tuple[int, date, int | None] | None = None
    """Up to which entry of the journal, on which day and at which level they were added up."""

    def compose(self) -> ComposeResult:
        """The list."""
        found: Rows[Shown] = Rows(self._paint, row_height=3, id="costs", empty=_nothing)
        found.entitle(Content(_("Costs")))
        yield found

    def show(self) -> None:
        """Add up again, where something was written since."""
        now = (self.shown.written, self.shown.today(), self.shown.room)
        if now == self._read:
            return
        self._read = now
        self.found = accounts.costs(self.shown)
        items: list[Item[Shown]] = []
        for title, lines in ((_("Functions"), self.found.functions), (_("Providers"), self.found.providers)):
            if lines:
                items.append(Item(title, Heading(title), heading=True))
            items += [Item(f"{title}:{line.code}", line) for line in lines]
        listed = self.query_one("#costs", Rows)
        listed.repaint()
        listed.show(items)
        missing = " · ".join(self.found.missing)
        title = _("Costs")
        listed.entitle(Content(f"{title} · {rows.total(self.found)}"), Content(missing))

    def target(self) -> Target:
        """The function or provider of the row; a cost is entered here."""
        selected = self.query_one("#costs", Rows).selected
        code = selected.data.code if selected is not None and isinstance(selected.data, CostLine) else ""
        kinds = {Kind.REGISTER} | ({Kind.RECORD} if code else set())
        return Target(frozenset(kinds), code, REGISTERS["cost"])

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, CostLine) and event.item.data.code:
            self.cockpit.open_code(event.item.data.code)

    def _paint(self, data: Shown, width: int) -> list[Content]:
        if isinstance(data, Heading):
            return [Content(""), Content(""), Content.styled(f"── {data.text} ", visuals.MUTED)]
        assert self.found is not None
        fitting = max(1, min(MONTHS, (width - painted.INDENT) // _CELL))
        cells = [painted.piece(each) for each in rows.months(self.found, data.account)[-fitting:]]
        history = Content("").join([Content(" " * max(0, _CELL - each.cell_length)) + each for each in cells])
        first = f" {dates.short_month(self.found.months[-fitting])}…"
        left = Content.styled(first.ljust(painted.INDENT)[: painted.INDENT], visuals.MUTED)
        return [*painted.lines(rows.cost(data), width), left + history]


def _nothing() -> str:
    return _(
        "No cost yet: c enters an invoice; meetings, time spent, reminders and tools are added by themselves."
    )
