"""The scorecard: the goals of the quarter above, each figure with its last thirteen periods below."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.figures.scorecard import PERIODS
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.figures import goals, rows, scorecard
from cockpit.services.figures.goals import GoalLine
from cockpit.services.figures.scorecard import FigureLine
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.widgets.rows import Item, Rows

CELL = 7
"""Cells of a period: its sign, five digits and a blank."""
_EMPTY = 3
"""Lines that say what goals are for, in the smallest terminal."""


class ScorecardView(View):
    """Two lists: what we mean to reach, what we count."""

    def compose(self) -> ComposeResult:
        """Goals above, figures below."""
        quarter: Rows[GoalLine] = Rows(self._paint_goal, row_height=2, id="goals", empty=_no_goal)
        figures: Rows[FigureLine] = Rows(self._paint_figure, row_height=3, id="figures", empty=_no_figure)
        figures.entitle(Content(_("Figures")))
        yield quarter
        yield figures

    def show(self) -> None:
        """Read both again."""
        open_goals, lines = goals.goals(self.shown), scorecard.scorecard(self.shown)
        quarter, figures = self.query_one("#goals", Rows), self.query_one("#figures", Rows)
        quarter.repaint()
        quarter.show([Item(line.record.code, line) for line in open_goals])
        lines_needed = 2 * len(open_goals) or _EMPTY
        quarter.styles.height = min(lines_needed, max(4, self.size.height // 2)) + 2
        quarter.entitle(Content(_("Goals")), Content(scorecard.period_name(self.shown.today(), "quarter")))
        figures.repaint()
        figures.show([Item(line.record.code, line) for line in lines])
        red = sum(line.figures.is_red for line in lines)
        figures.entitle(Content(_("Figures")), Content(rows.count(len(lines), red)))

    def enter(self) -> None:
        """On the figures, or on the goals where there is none yet."""
        figures = self.query_one("#figures", Rows)
        (figures if figures.items else self.query_one("#goals", Rows)).focus()

    def target(self) -> Target:
        """The goal or figure under the cursor; new ones are made in the list that has the focus."""
        focused = self.screen.focused
        is_goals = focused is not None and focused.id == "goals"
        register, kind = (REGISTERS["goal"], Kind.GOAL) if is_goals else (REGISTERS["figure"], Kind.FIGURE)
        selected = focused.selected if isinstance(focused, Rows) else None
        if selected is None:
            return Target(frozenset({Kind.REGISTER}), "", register)
        return Target(frozenset({Kind.REGISTER, Kind.RECORD, kind}), selected.key, register)

    def follow(self, code: str) -> None:
        """Put the cursor on a figure or a goal."""
        for each in ("#figures", "#goals"):
            self.query_one(each, Rows).select(code)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_code(event.item.key)

    def _paint_goal(self, line: GoalLine, width: int) -> list[Content]:
        return painted.lines(goals.row(line, self.shown.names()), width)

    def _paint_figure(self, line: FigureLine, width: int) -> list[Content]:
        fitting = max(1, min(PERIODS, (width - painted.INDENT) // CELL))
        cells = [painted.piece(rows.cell(each)) for each in line.figures.cells[-fitting:]]
        history = Content("").join([Content(" " * max(0, CELL - each.cell_length)) + each for each in cells])
        first = scorecard.period_name(line.figures.cells[-fitting].period, line.record.cadence)
        left = Content.styled(f" {first}…".ljust(painted.INDENT)[: painted.INDENT], visuals.MUTED)
        return [*painted.lines(rows.figure(line, self.shown.names()), width), left + history]


def _no_goal() -> str:
    return _(
        "No goal of the quarter yet: what, whose, and by what one sees that it is reached. c creates one."
    )


def _no_figure() -> str:
    return _("No figure yet: what you count every week, and from which number on it is red. c creates one.")
