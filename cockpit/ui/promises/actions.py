"""What keys do to the clock of a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.priority import Priority
from cockpit.locale import N_, _
from cockpit.services.desk import refusal
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()


def ended(_cockpit: Cockpit, target: Target) -> str:
    """A clock that stopped for good is not started again."""
    record = target.data.record if isinstance(target.data, SlaRow) else target.record
    if isinstance(record, Clock) and record.ended_at is not None:
        return str(refusal.NotPossible(record.code, _("no clock of it is running")))
    return ""


def nobody(cockpit: Cockpit, target: Target) -> str:
    """A reminder goes to somebody."""
    record = target.record
    if isinstance(record, Priority) and not record.delegated_to:
        return str(refusal.NotPossible(record.code, _("it was delegated to nobody")))
    if not isinstance(record, Blocker) or record.waiting_on or record.sla or record.delegated_to:
        return ""
    if any(row.record.blocker == record.code for row in cockpit.board.promises.slas):
        return ""
    return str(refusal.NotPossible(record.code, _("it waits for nobody: say first for whom")))


@here(
    "clock.answer", "a", on={Kind.OWED, Kind.REPORT}, title=N_("answered"), leads=True, why_not=ended,
    help=N_("The provider answered, or the report came: its clock ends"),
)  # fmt: skip
def answer(cockpit: Cockpit, place: Place) -> None:
    """The provider answered, or delivered."""
    from cockpit.services.promises import engagements

    code = _clock_code(place)
    engagements.answer(cockpit.workspace, code)
    words = (
        _("{code}: came · u undoes")
        if Kind.REPORT in place.target().kinds
        else _("{code}: answered · u undoes")
    )
    cockpit.done(words.format(code=code))


@here(
    "clock.pause", "h", on={Kind.CLOCK}, title=N_("pause"), leads=True, why_not=ended,
    help=N_("Stop the clock, with the reason; again: it goes on"),
)  # fmt: skip
def pause(cockpit: Cockpit, place: Place) -> None:
    """Stop a clock with its reason, or let it go on."""
    from cockpit.services.promises import engagements
    from cockpit.ui.promises import questions

    code = _clock_code(place)
    if any(clock.pause for clock in engagements.open_clocks(cockpit.workspace, code)):
        engagements.resume(cockpit.workspace, code)
        cockpit.done(_("{code} goes on · u undoes").format(code=code))
        return
    place.ask(questions.pause(cockpit.workspace, code))


@here(
    "priority.remind", "l", on={Kind.PRIORITY}, title=N_("remind"), why_not=nobody, shown=False,
    help=N_("A reminder ready to copy or to send, to whom it was delegated"),
)  # fmt: skip
@here(
    "clock.remind", "l", on={Kind.CLOCK, Kind.BLOCKER, Kind.REPORT}, title=N_("remind"), leads=True, why_not=nobody,
    help=N_("A reminder ready to copy or to send"),
)  # fmt: skip
def remind(cockpit: Cockpit, place: Place) -> None:
    """Show the reminder; noted when it is taken."""
    from cockpit.services.work import reminder
    from cockpit.ui.promises.letter import LetterScreen

    code = place.target().code
    letter = reminder.reminder(cockpit.workspace, code)

    def taken(sent: bool | None) -> None:
        if sent:
            reminder.note_reminder(cockpit.workspace, code)
            cockpit.done(_("reminder to {who} noted · u undoes").format(who=letter.who))

    cockpit.push_screen(LetterScreen(letter), taken)


def _clock_code(place: Place) -> str:
    target = place.target()
    return target.data.record.code if isinstance(target.data, SlaRow) else target.code
