"""What meetings decided and handed out with a date: who, what, by when, from which meeting, late first."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from cockpit.domain.records.confidentiality import restricted
from cockpit.locale import _
from cockpit.services.desk import refusal
from cockpit.services.desk.date_phrases import due_in_words
from cockpit.services.meetings import commitments
from cockpit.services.meetings.commitments import Commitment
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows


class CommitmentsScreen(OverPlace[None]):
    """Space says that one was kept; Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
        Binding("space,x", "kept", show=False),
    ]

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit = cockpit

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> CommitmentsScreen | None:
        """Where the alert about late commitments opens."""
        return cls(cockpit)

    def compose(self) -> ComposeResult:
        """One list."""
        with Vertical():
            rows = Rows(self._paint, id="commitments", empty=_nothing)
            rows.border_title = Content(_("Commitments of meetings"))
            rows.border_subtitle = Content(_("space: kept · u undoes afterwards · esc closes"))
            yield rows

    def on_mount(self) -> None:
        """Show what waits."""
        self._show()

    def action_kept(self) -> None:
        """The one under the cursor was kept."""
        selected: Item[Commitment] | None = self.query_one("#commitments", Rows).selected
        if selected is None:
            return
        code = selected.data.record.code
        try:
            commitments.keep(self.cockpit.workspace, [code])
        except refusal.ORDINARY as error:
            self.cockpit.done(refusal.explain(error))
            return
        self.cockpit.done(_("{code} kept · u undoes").format(code=code))
        self._show()

    def _show(self) -> None:
        rows = self.query_one("#commitments", Rows)
        rows.repaint()
        rows.show(
            [Item(each.record.code, each) for each in commitments.commitments(self.cockpit.workspace.shown)]
        )

    def _paint(self, data: Commitment, width: int) -> list[Content]:
        shown, record = self.cockpit.workspace.shown, data.record
        names = shown.names()
        colour = visuals.BAD if data.late else visuals.MUTED
        title = restricted() if shown.hides(record) else record.title
        who = names.get(record.owner, record.owner) or _("nobody")
        by = due_in_words(shown, data.due)
        left = Content.assemble(
            (" ■ " if data.late else " ○ ", colour), (f"{record.code} ", visuals.MUTED), title
        )
        word = " " + _("late") if data.late else ""
        return [
            visuals.spread(width, left, Content.styled(f"{who} · {by}{word} ", colour)),
            Content.styled(f"   {commitments.origin(data)}", visuals.MUTED),
        ]


def _nothing() -> str:
    return _("No commitment waits: what a meeting decides with a date comes here.")
