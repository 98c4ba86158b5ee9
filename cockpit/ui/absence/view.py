"""The absence test: a verdict for each person who is tested, what rests on them, their absences and the next ones."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.absence import preparation, proof, rows
from cockpit.services.absence.proof import AbsenceTest
from cockpit.services.desk.row import Heading, Row
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.widgets.rows import Item, Rows

Shown = Row | Heading


class AbsenceView(View):
    """One list; Enter opens the record of a row."""

    def compose(self) -> ComposeResult:
        """The list."""
        found: Rows[Shown] = Rows(self._paint, row_height=2, id="absence", empty=_nobody)
        found.entitle(Content(_("Absence test")))
        yield found

    def show(self) -> None:
        """Test again."""
        shown = self.shown
        items: list[Item[Shown]] = []
        for code in proof.tested(shown):
            items += self._items(proof.test(shown, code))
        self.query_one("#absence", Rows).show(items)

    def target(self) -> Target:
        """The record of the row; a new absence is made here."""
        selected = self.query_one("#absence", Rows).selected
        kinds = {Kind.REGISTER}
        code = selected.data.code if selected is not None and isinstance(selected.data, Row) else ""
        if code:
            kinds.add(Kind.RECORD)
        return Target(frozenset(kinds), code, REGISTERS["absence"])

    def follow(self, code: str) -> None:
        """Put the cursor on an absence."""
        self.query_one("#absence", Rows).select(code)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, Row) and event.item.data.code:
            self.cockpit.open_code(event.item.data.code)

    def _items(self, found: AbsenceTest) -> Iterator[Item[Shown]]:
        person, names = found.person.code, self.shown.names()
        yield Item(person, rows.verdict(found))
        for number, row in enumerate(rows.dependence(found)):
            yield Item(f"{person}:{number}", row)
        if found.to_come:
            yield Item(f"{person}:come", Heading(_("To come, and what to hand over before")), heading=True)
        for record in found.to_come:
            yield Item(record.code, rows.absence(record, names))
            for one in preparation.to_prepare(self.shown, record):
                yield Item(f"{record.code}:{one.code}", rows.to_prepare(one))
        if found.absences:
            yield Item(f"{person}:were", Heading(_("Over the last year")), heading=True)
        for each in reversed(found.absences):
            yield Item(each.record.code, rows.meanwhile(each))

    def _paint(self, data: Shown, width: int) -> list[Content]:
        if isinstance(data, Heading):
            return [Content(""), Content.styled(f"── {data.text} ", visuals.MUTED)]
        return painted.lines(data, width)


def _nobody() -> str:
    return _(
        "Nobody to test yet: enter the chief executive among the people (register People), then their absences:"
        " those of the agendas come by themselves, c adds one."
    )
