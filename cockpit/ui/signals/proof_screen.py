"""The proof of a signal or of a gauge: opened by Enter on it; Escape goes back."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk.row import PagePart
from cockpit.services.signals import listing, proof, proof_rows
from cockpit.services.signals.listing import SignalLine
from cockpit.services.signals.proof import ProofView
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.page import draw, items
from cockpit.ui.kit.place import Page
from cockpit.ui.signals import page
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Rows


class ProofScreen(Page):
    """What it says on top; its records on the left; what was done and its weeks on the right."""

    CSS_PATH = asset_dir("styles") / "signals.tcss"
    NAME = "signals"

    def __init__(self, found: ProofView) -> None:
        super().__init__()
        self.found = found

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> ProofScreen | None:
        """The proof of a signal by its key, `signal:S1:PR-3`; of the worst subject where none is named."""
        workspace = cockpit.workspace.shown
        board = listing.read(workspace)
        line = board.of(target.code) or next(
            (each for each in board.lines if each.key.startswith(f"{target.code}:")), None
        )
        return cls(proof.read(workspace, line)) if line is not None else None

    def body(self) -> list[Widget]:
        """The three parts."""
        summary = Panel(lambda width: page.summary(self.found, width), id="summary")
        records: Rows[PagePart] = Rows(draw, id="records", empty=lambda: _("No record is behind it."))
        records.entitle(Content(_("Proof")))
        story: Rows[PagePart] = Rows(draw, id="story")
        story.entitle(Content(_("Story")))
        return [summary, records, story]

    def show_board(self, board: Board) -> None:
        """Read it again: what was done may have changed."""
        super().show_board(board)
        workspace = self.cockpit.workspace.shown
        line = listing.read(workspace).of(self.found.line.key)
        if line is None:
            if self.is_current:
                self.cockpit.tell(_("it is not measured any more"))
                self.app.pop_screen()
            return
        self.found = proof.read(workspace, line)
        panel = self.query_one("#summary", Panel)
        panel.entitle(Content.styled(page.title(line), "bold $accent"))
        panel.refresh()
        for name, parts in (
            ("#records", proof_rows.records(self.found)),
            ("#story", proof_rows.story(self.found)),
        ):
            rows = self.query_one(name, Rows)
            rows.repaint()
            rows.show(items(parts))

    def target(self) -> Target:
        """The signal, whatever the line."""
        line = self.found.line
        kinds = frozenset({Kind.SIGNALS, Kind.SIGNAL} if isinstance(line, SignalLine) else {Kind.SIGNALS})
        return Target(kinds, line.key, line)
