"""What the actions on clocks, alerts, statements and messages do on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.alerts.alerts import Alert
from cockpit.locale import _
from cockpit.services.messages import inbox
from cockpit.services.promises import engagements, reminder
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit.place import Place
from cockpit.ui.messages import questions as about_inbox
from cockpit.ui.promises import questions

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


def escalate(app: CockpitApp, place: Place) -> None:
    """Ask what is asked of whom at the next level."""
    code = place.target().code
    question = questions.escalate(app.workspace, code)
    if question is None:
        app.tell(
            _("{code} is at the top of the ladder: d records the decision that ends it").format(code=code)
        )
        return
    place.ask(question)


def answer(app: CockpitApp, place: Place) -> None:
    """The provider answered, or delivered."""
    code = _clock_code(place)
    engagements.answer(app.workspace, code)
    app.done(_("{code}: answered · u undoes").format(code=code))


def pause(app: CockpitApp, place: Place) -> None:
    """Stop a clock with its reason, or let it go on."""
    code = _clock_code(place)
    if any(clock.pause for clock in engagements.open_clocks(app.workspace, code)):
        engagements.resume(app.workspace, code)
        app.done(_("{code} goes on · u undoes").format(code=code))
        return
    place.ask(questions.pause(app.workspace, code))


def remind(app: CockpitApp, place: Place) -> None:
    """Show the reminder; noted when it is taken."""
    from cockpit.ui.kit.letter import LetterScreen

    code = place.target().code
    letter = reminder.reminder(app.workspace, code)

    def taken(sent: bool | None) -> None:
        if sent:
            reminder.note_reminder(app.workspace, code)
            app.done(_("reminder to {who} noted · u undoes").format(who=letter.who))

    app.push_screen(LetterScreen(letter), taken)


def _clock_code(place: Place) -> str:
    data = place.target().data
    return data.record.code if isinstance(data, SlaRow) else place.target().code


def seen(app: CockpitApp, place: Place) -> None:
    """Somebody takes care of the alert."""
    data = place.target().data
    if isinstance(data, Alert):
        place.ask(about_inbox.acknowledge(app.workspace, data))


def mute(app: CockpitApp, place: Place) -> None:
    """No word of the alert until later."""
    data = place.target().data
    if isinstance(data, Alert):
        place.ask(about_inbox.mute(app.workspace, data))


def make_blocker(app: CockpitApp, place: Place) -> None:
    """A statement becomes a blocker."""
    code = place.target().code
    made = inbox.make_blocker(app.workspace, code)
    app.done(_("{blocker} made of {code} · u undoes").format(blocker=made, code=code))


def make_alert(app: CockpitApp, place: Place) -> None:
    """A statement stands among the alerts."""
    code = place.target().code
    inbox.raise_alert(app.workspace, code)
    app.done(_("{code} stands among the alerts · u undoes").format(code=code))


def thank(app: CockpitApp, place: Place) -> None:
    """Show the line of thanks."""
    from cockpit.ui.kit.letter import LetterScreen

    app.push_screen(LetterScreen(inbox.thanks(app.workspace, place.target().code)))


def outbox(app: CockpitApp, place: Place) -> None:
    """Show what left and what is to leave."""
    from cockpit.ui.messages.outbox_screen import OutboxScreen

    app.push_screen(OutboxScreen(app.workspace, tuple(app.command)))
