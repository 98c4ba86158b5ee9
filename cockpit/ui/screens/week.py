"""The week: a time grid of what is planned, moved through by day and by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.opening_hours import parse_week
from cockpit.locale import N_, _
from cockpit.services import dates
from cockpit.services import week as service
from cockpit.services.board import Board
from cockpit.services.week import DAYS, Day, Week
from cockpit.ui import visuals, week_page
from cockpit.ui.panes.today import Shown
from cockpit.ui.screens.place import Place, Target
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.time_grid import TimeGrid

NARROW_DAYS = 3
"""Days shown at a time in a small terminal."""
FIRST_HOUR = 8 * 60
EMPTY = N_("Nothing in the agenda this week. Feeds are listed in config.toml under [[agenda]]; s reads them.")


class WeekScreen(Place):
    """Place 2."""

    CSS_PATH = asset_dir("styles") / "week.tcss"
    NAME = "week"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup,comma", "weeks(-1)", show=False),
        Binding("pagedown,semicolon", "weeks(1)", show=False),
        Binding("home,t", "this_week", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.found: Week | None = None
        self.monday: date | None = None
        self.first = 0
        """First day shown, where only some are."""

    def body(self) -> list[Widget]:
        """What lasts all day, then the hours."""
        return [Panel(self._header, id="days"), TimeGrid(id="hours")]

    def on_mount(self) -> None:
        """On today, at the opening hours."""
        self.monday = self.cockpit.workspace.monday()
        super().on_mount()
        self.query_one(TimeGrid).focus()
        self.call_after_refresh(self._to_today)

    def show_board(self, board: Board) -> None:
        """Read the week again."""
        super().show_board(board)
        assert self.monday is not None
        self.found = service.week(self.cockpit.workspace, self.monday)
        self._show()
        if not self.found.stored:
            self.cockpit.read_days(self.monday, self.monday + timedelta(days=DAYS))

    def on_resize(self, _event: events.Resize) -> None:
        """More days, or fewer."""
        self.call_after_refresh(self._show)

    def target(self) -> Target:
        """The event under the cursor."""
        block = self.query_one(TimeGrid).selected
        kinds = {"week", "agenda"}
        if block is not None and isinstance(block.data, Shown) and block.data.event.occurrence.link:
            kinds.add("event")
        return Target(frozenset(kinds), "", block.data if block else None)

    def whereabouts(self) -> Content:
        """Which week, and how to move."""
        if self.found is None:
            return Content("")
        text = dates.week_number(self.found.monday)
        if not self.found.stored:
            text += " · " + _("reading the agendas for these days…")
        hint = _("← → day · , ; week · t today")
        return Content.assemble((text, "bold"), (f" · {hint}", visuals.MUTED))

    def action_weeks(self, by: int) -> None:
        """Another week, on the same day of it."""
        assert self.monday is not None
        self._open_week(self.monday + timedelta(weeks=by))

    def action_this_week(self) -> None:
        """Back to today."""
        self._open_week(self.cockpit.workspace.monday())
        self._to_today()

    def show_day(self, day: date, minute: int | None = None) -> None:
        """Open the week of `day`, on it."""
        self._open_week(day - timedelta(days=day.weekday()))
        self._to(day, minute)

    @on(TimeGrid.Left)
    def _other_week(self, event: TimeGrid.Left) -> None:
        assert self.monday is not None
        days = self._count()
        if self.first + event.by >= 0 and self.first + event.by + days <= DAYS:
            self.first += event.by
            self._show()
            self.query_one(TimeGrid).go(0 if event.by < 0 else days - 1)
            return
        self.first = DAYS - days if event.by < 0 else 0
        self._open_week(self.monday + timedelta(weeks=event.by))
        self.query_one(TimeGrid).go(days - 1 if event.by < 0 else 0)

    @on(TimeGrid.Moved)
    def _moved(self) -> None:
        self.show_keys()

    @on(TimeGrid.Opened)
    def _open(self, event: TimeGrid.Opened) -> None:
        if isinstance(event.block.data, Shown):
            self.cockpit.open_target(Target(code=event.block.key, data=event.block.data))
        else:
            self.cockpit.open_code(event.block.key.partition(":")[0])

    def _open_week(self, monday: date) -> None:
        self.monday = monday
        self.show_board(self.cockpit.board)

    def _to_today(self) -> None:
        at = self.cockpit.workspace.now()
        self._to(at.date(), at.hour * 60 + at.minute)

    def _to(self, day: date, minute: int | None) -> None:
        assert self.monday is not None
        days, wanted = self._count(), (day - self.monday).days
        self.first = max(0, min(wanted, DAYS - days)) if days < DAYS else 0
        self._show()
        grid = self.query_one(TimeGrid)
        grid.reveal(FIRST_HOUR)
        grid.go(wanted - self.first, minute)

    def _count(self) -> int:
        return NARROW_DAYS if self.has_class("-narrow") else DAYS

    def _days(self) -> tuple[Day, ...]:
        assert self.found is not None
        self.first = max(0, min(self.first, DAYS - self._count()))
        return self.found.days[self.first : self.first + self._count()]

    def _header(self, width: int) -> list[Content]:
        return week_page.header(self.found, self._days(), width) if self.found else []

    def _show(self) -> None:
        if self.found is None:
            return
        try:
            hours = parse_week(self.cockpit.workspace.settings.company.hours)
        except ValueError:
            hours = ((),) * DAYS
        self.query_one(TimeGrid).show(week_page.grid(self.found, self._days(), hours))
        panel = self.query_one("#days", Panel)
        empty = self.found.stored and not any(day.events or day.meetings for day in self.found.days)
        panel.border_title = Content(
            _(EMPTY) if empty else _("Week of {day}").format(day=dates.long_date(self.found.monday))
        )  # fmt: skip
        panel.styles.height = len(self._header(80)) + 1
        panel.refresh()
        self.cockpit.refresh_banner()
