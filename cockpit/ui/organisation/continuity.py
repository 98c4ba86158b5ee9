"""Continuity: for each function the plan, who takes over, and the last drill; then what if somebody leaves."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.organisation import continuity
from cockpit.services.organisation.continuity import Readiness
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.rows import Item, Rows


class ContinuityView(View):
    """One list, the critical functions first."""

    def compose(self) -> ComposeResult:
        """The list."""
        rows = Rows(self._paint, row_height=2, id="readiness", empty=self._empty)
        yield rows

    _names = 0
    """Cells of the longest name: what is said of each stands right behind it."""

    def show(self) -> None:
        """Every function by each of its plans."""
        found = continuity.readiness(self.shown)
        rows = self.query_one("#readiness", Rows)
        self._names = max((len(each.function.name) for each in found), default=0)
        rows.repaint()
        rows.show([Item(self._key(each), each) for each in found])
        asks = continuity.summary(found) if found else ""
        rows.entitle(Content(_("Would it be back in time?")), Content(asks))

    def target(self) -> Target:
        """The function under the cursor; `c` makes a plan."""
        selected: Item[Readiness] | None = self.query_one("#readiness", Rows).selected
        kinds = frozenset({Kind.REGISTER, Kind.MAP})
        if selected is None:
            return Target(kinds, "", REGISTERS["continuity"])
        function = selected.data.function
        return Target(kinds | {Kind.FUNCTION}, function.code, REGISTERS["continuity"], record=function)

    def given(self) -> Mapping[str, Value]:
        """A plan is made for the function under the cursor."""
        code = self.target().code
        return {"function": code} if code else {}

    def follow(self, code: str) -> None:
        """Put the cursor on the plan, or on the function."""
        rows = self.query_one("#readiness", Rows)
        for item in rows.items:
            if code in item.key.split("/"):
                rows.select(item.key)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        found: Readiness = event.item.data
        self.cockpit.open_code(found.plan.code if found.plan else found.function.code)

    @staticmethod
    def _key(each: Readiness) -> str:
        return f"{each.function.code}/{each.plan.code if each.plan else ''}"

    def _empty(self) -> str:
        return _("No function yet. t begins the self-audit, which proposes the usual ones; c creates a plan.")

    def _paint(self, data: Readiness, width: int) -> list[Content]:
        first, second = continuity.rows(data, self._names)
        return [rows.in_a_line(first, width), Content("     ") + painted.line(second, width - 5)]
