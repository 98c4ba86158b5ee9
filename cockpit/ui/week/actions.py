"""What keys do about time: the agendas, a free slot, another zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.domain.agenda.slots import Slot
    from cockpit.services.agenda.slots import FoundSlots
    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place

here = Actions()


@here(
    "agenda.feeds", "i", on={Kind.AGENDA}, title=N_("agendas"),
    help=N_("Every agenda: how fresh it is, what was repaired, what is doubted"),
)  # fmt: skip
def feeds(cockpit: Cockpit, place: Place) -> None:
    """Show them, one under the other."""
    from cockpit.services.agenda import feed_facts
    from cockpit.ui.kit.facts import FactsScreen
    from cockpit.ui.kit.moving import that_moved

    listed = [
        fact
        for feed in cockpit.board.outside.feeds
        for fact in ((feed.name, feed.key), *feed_facts.of_feed(cockpit.workspace, feed), ("", ""))
    ]
    moved = that_moved(cockpit.board, place.target())
    cockpit.push_screen(FactsScreen(_("Agendas"), listed or [("", _("No agenda yet."))], "", moved))


@here(
    "slots.find", "l", on={Kind.WEEK}, title=N_("free slot"),
    help=N_("When people are free together, for a flash point"),
)  # fmt: skip
def free_slot(cockpit: Cockpit, place: Place) -> None:
    """Ask who and how long; then show what is free, and copy what is chosen."""
    from cockpit.services.agenda import slots
    from cockpit.services.desk import dates
    from cockpit.ui.week import questions
    from cockpit.ui.week.screen import WeekScreen
    from cockpit.ui.week.slots import SlotsScreen

    def show(found: FoundSlots) -> None:
        def chosen(slot: Slot | None) -> None:
            if slot is None:
                return
            when = f"{dates.long_date(slot.start.date())} {slot.start:%H:%M}"
            text = slots.in_one_line(slot, when, found.people)
            cockpit.copy_to_clipboard(text)
            if isinstance(place, WeekScreen):
                place.propose(slot)
            cockpit.tell(_("copied: {text}").format(text=text))

        cockpit.push_screen(SlotsScreen(found), chosen)

    place.ask(questions.free_slot(cockpit.workspace, show))


@here(
    "zone", "z", on={Kind.WEEK}, title=N_("zone"),
    help=N_("Show days and hours of another time zone, while travelling"),
)  # fmt: skip
def zone(cockpit: Cockpit, place: Place) -> None:
    """Ask for the zone."""
    from cockpit.ui.week import questions

    place.ask(questions.zone(cockpit.workspace))
