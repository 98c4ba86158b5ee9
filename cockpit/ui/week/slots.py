"""The times at which people can meet, best first: one is chosen, shown in the week and copied as a line."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from cockpit.domain.agenda.slots import Slot
from cockpit.locale import _
from cockpit.services.agenda.slots import FoundSlots
from cockpit.services.desk import dates
from cockpit.ui.kit import visuals
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows


class SlotsScreen(OverPlace[Slot | None]):
    """Opened by the free-slot finder; gives the slot chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", show=False)]

    def __init__(self, found: FoundSlots) -> None:
        super().__init__()
        self.found = found

    def compose(self) -> ComposeResult:
        """One list."""
        rows = Rows(
            self._paint, id="slots", empty=lambda: _("No time suits in the next days: try a shorter one.")
        )
        people = ", ".join(self.found.people) or _("me alone")
        minutes = int(self.found.length.total_seconds()) // 60
        rows.border_title = Content.styled(f" {minutes} min · {people} ", "bold")
        rows.border_subtitle = Content(_("⏎ show and copy · esc closes"))
        items: list[Item[Slot | str]] = [Item(slot.start.isoformat(), slot) for slot in self.found.slots]
        if self.found.presence_only and items:
            note = _("agenda not read, presence only: {people}").format(
                people=", ".join(self.found.presence_only)
            )
            items.append(Item("note", note, heading=True))
        rows.show(items)
        yield rows

    @on(Rows.Opened)
    def _chosen(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, Slot):
            self.dismiss(event.item.data)

    @staticmethod
    def _paint(data: object, width: int) -> list[Content]:
        if not isinstance(data, Slot):
            return [Content.styled(f" {data}", visuals.WARN)]
        when = f"{dates.long_date(data.start.date())} {data.start:%H:%M}–{data.end:%H:%M}"
        glyph, colour = ("▲", visuals.WARN) if data.missing else ("●", visuals.GOOD)
        note = (
            _("without {people}").format(people=", ".join(data.missing)) if data.missing else _("everybody")
        )
        left = Content.assemble((f" {glyph} ", colour), when)
        return [visuals.spread(width, left, Content.styled(f"{note} ", visuals.MUTED))]
