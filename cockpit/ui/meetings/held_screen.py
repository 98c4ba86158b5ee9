"""A meeting that is over, and of which nobody said whether it was held: said with one key."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.meetings import rituals
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Cockpit
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows

ANSWERS = (
    ("✓", visuals.GOOD, N_("It was held"), True),
    ("✗", visuals.BAD, N_("It was not held"), False),
)


class HeldScreen(OverPlace[None]):
    """Enter gives the answer under the cursor; Escape says nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", show=False)]

    def __init__(self, cockpit: Cockpit, meeting: PlannedMeeting) -> None:
        super().__init__()
        self.cockpit = cockpit
        self.meeting = meeting

    def compose(self) -> ComposeResult:
        """The two answers."""
        with Vertical():
            rows = Rows(self._paint, id="held")
            day = dates.day_and_month(self.meeting.planned.date())
            rows.border_title = Content(f" {self.meeting.ritual.name} · {day} {self.meeting.planned:%H:%M} ")
            rows.border_subtitle = Content(_("⏎ says it · u undoes afterwards · esc closes"))
            rows.show([Item(str(held), held) for _sign, _colour, _words, held in ANSWERS])
            yield rows

    @staticmethod
    def _paint(data: bool, _width: int) -> list[Content]:
        sign, colour, words, _held = next(each for each in ANSWERS if each[3] is data)
        return [Content.assemble((f" {sign} ", colour), _(words))]

    @on(Rows.Opened, "#held")
    def _say(self, event: Rows.Opened) -> None:
        held = bool(event.item.data)
        rituals.say_held(self.cockpit.workspace, self.meeting, held=held)
        said = _("held") if held else _("missed")
        self.dismiss()
        self.cockpit.done(_("{name}: {said} · u undoes").format(name=self.meeting.ritual.name, said=said))
