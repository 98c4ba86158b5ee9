"""The week: a time grid of what is planned, moved through by day and by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.agenda.slots import Slot
from cockpit.domain.registers.hold import Hold
from cockpit.domain.time.opening_hours import Span, parse_week
from cockpit.locale import N_, _
from cockpit.services.agenda.presence import DAYS
from cockpit.services.audits.due import Due
from cockpit.services.boards import week as service
from cockpit.services.boards.board import Board
from cockpit.services.boards.week import Week, WeekDay
from cockpit.services.desk import dates
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.store.outside.provider_history import PlannedWork
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Place
from cockpit.ui.week import page
from cockpit.ui.week.day_rows import DayEvent
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.time_grid import TimeGrid

SHOWN = {"-narrow": 3, "-medium": 5}
"""Days at a time in a terminal that has no room for seven."""
UNDER = 5
"""Lines at most under the grid; one where the hours need the room."""
HEAD = 7
"""Lines of the grid that are no hours: its border, the days, what lasts, what is due, who is there."""
EMPTY = N_(
    "Nothing in the agenda this week. R opens the settings: an agenda is added there; s reads them all."
)


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
        self.monday = self.current = date.min
        """The weeks that are shown, and in which we are."""
        self.first = 0
        """First day shown, where only some are."""
        self.proposed: Slot | None = None
        """The free slot that was chosen last."""

    def body(self) -> list[Widget]:
        """The hours; then, in words, what the cursor is on."""
        return [TimeGrid(id="hours"), Panel(self._under, id="under")]

    def begin(self) -> None:
        """In the hours."""
        self.query_one(TimeGrid).focus()

    def show_board(self, board: Board) -> None:
        """Read the week again; who was on the current week stays on it when a new one begins."""
        super().show_board(board)
        now = self.cockpit.workspace.shown.monday()
        if self.monday == self.current:
            self.monday = now
        self.current = now
        self.found = service.week(self.cockpit.workspace.shown, self.monday)
        self._show()

    def on_resize(self, _event: events.Resize) -> None:
        """More days, or fewer; the first time, on today."""
        self.call_after_refresh(self._share_room)

    def target(self) -> Target:
        """The entry under the cursor."""
        entry = self.query_one(TimeGrid).selected
        kinds, data = {Kind.WEEK, Kind.AGENDA}, entry.data if entry else None
        if isinstance(data, DayEvent) and data.event.occurrence.link:
            kinds.add(Kind.EVENT)
        elif isinstance(data, PlannedMeeting):
            kinds.add(Kind.MEETING)
        return Target(frozenset(kinds), "", data)

    def day(self) -> date | None:
        """The day of the column under the cursor."""
        if self.found is None:
            return None
        return self._days()[self.query_one(TimeGrid).column].day

    def whereabouts(self) -> Content:
        """Which week, and how to move."""
        if self.found is None:
            return Content("")
        text = dates.week_number(self.found.monday)
        if not self.found.stored:
            text += " · " + _("reading the agendas for these days…")
        hint = "" if self.has_class("-narrow") else " · " + _("← → day · , ; week · t today")
        return Content.assemble((text, "bold"), (hint, visuals.MUTED))

    def action_weeks(self, by: int) -> None:
        """Another week, on the same day of it."""
        self._open_week(self.monday + timedelta(weeks=by))

    def action_this_week(self) -> None:
        """Back to today."""
        at = self.cockpit.workspace.shown.now()
        self._open_week(self.current)
        self._to(at.date(), None)
        self.query_one(TimeGrid).go_home()

    def propose(self, slot: Slot) -> None:
        """Show a free slot in its week."""
        self.proposed = slot
        day = slot.start.date()
        self._open_week(day - timedelta(days=day.weekday()))
        self._show()
        self._to(day, slot.start.hour * 60 + slot.start.minute)

    @on(TimeGrid.Left)
    def _other_week(self, event: TimeGrid.Left) -> None:
        days = self._count()
        if self.first + event.by >= 0 and self.first + event.by + days <= DAYS:
            self.first += event.by
            self._show()
        else:
            self.first = DAYS - days if event.by < 0 else 0
            self._open_week(self.monday + timedelta(weeks=event.by))
            event.by = -event.by
        self.query_one(TimeGrid).go(0 if event.by < 0 else days - 1)

    @on(TimeGrid.Moved)
    def _moved(self) -> None:
        self.query_one("#under", Panel).refresh()
        self.show_keys()

    @on(TimeGrid.Opened)
    def _open(self, event: TimeGrid.Opened) -> None:
        data = event.entry.data
        if isinstance(data, DayEvent):
            self.cockpit.open_target(Target(frozenset({Kind.AGENDA}), event.entry.key, data))
        elif isinstance(data, PlannedMeeting):
            self.cockpit.open_code(data.ritual.code)
        elif isinstance(data, Hold):
            self.cockpit.open_code(data.priority)
        elif isinstance(data, Due):
            self.cockpit.open_code(data.code)
        elif isinstance(data, PlannedWork):
            self.cockpit.open_code(f"status:{data.source}")

    def _open_week(self, monday: date) -> None:
        self.monday = monday
        if self.found is None or self.found.monday != monday:
            self.show_board(self.cockpit.board)
        if self.found is not None and not self.found.stored:
            self.cockpit.read_days(monday, monday + timedelta(days=DAYS))

    def _to(self, day: date, minute: int | None) -> None:
        days, wanted = self._count(), (day - self.monday).days
        first, self.first = self.first, max(0, min(wanted, DAYS - days))
        if self.first != first:
            self._show()
        self.query_one(TimeGrid).go(wanted - self.first, minute)

    def _count(self) -> int:
        return next((days for name, days in SHOWN.items() if self.has_class(name)), DAYS)

    def _days(self) -> tuple[WeekDay, ...]:
        assert self.found is not None
        self.first = max(0, min(self.first, DAYS - self._count()))
        return self.found.days[self.first : self.first + self._count()]

    def _share_room(self) -> None:
        """What the hours leave is for the words under them; the grid is drawn once that is settled."""
        start, end = page.span(self._hours())
        spare = self.query_one("#body").size.height - HEAD - (end - start) // 30
        self.query_one("#under").styles.height = max(1, min(UNDER, spare))
        self.call_after_refresh(self._fit)

    def _hours(self) -> Sequence[tuple[Span, ...]]:
        try:
            return parse_week(self.cockpit.workspace.shown.settings.company.hours)
        except ValueError:
            return ((),) * DAYS

    def _fit(self) -> None:
        is_first = not self.query_one(TimeGrid).grid.columns
        self._show()
        if is_first:
            self.action_this_week()

    def _show(self) -> None:
        if self.found is None or not self.query_one("#body").size:
            return
        days, grid = self._days(), self.query_one(TimeGrid)
        named = dates.day_and_month if self.has_class("-narrow") else dates.long_date
        title = _("Week of {day}").format(day=named(self.found.monday))
        known = _("agendas as they are known now") if self.cockpit.workspace.stands_at is not None else ""
        grid.border_title = Content(" · ".join(filter(None, (title, known, page.beyond(self.found, days)))))
        grid.show(page.grid(self.found, days, self._hours(), self.proposed))
        self.query_one("#under").refresh()
        self.cockpit.refresh_banner()

    def _under(self, width: int) -> list[Content]:
        if self.found is None:
            return []
        if self.found.stored and not any(
            day.events or day.meetings or day.works or day.due for day in self.found.days
        ):
            return list(Content.styled(_(EMPTY), visuals.MUTED).wrap(max(1, width - 1)))
        entry = self.query_one(TimeGrid).selected
        return page.under(self.found, entry.data, width) if entry else []
