"""What keys do to the statements of partners, and to what leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.records.identities import in_short
from cockpit.domain.registers.statement import LEFT, Statement
from cockpit.locale import N_, _
from cockpit.services.desk import refusal
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()
STATEMENT = frozenset({Kind.STATEMENT})


def sorted_already(_cockpit: Cockpit, target: Target) -> str:
    """Something became of it already."""
    record = target.record
    if isinstance(record, Statement) and record.closed_at is not None:
        return str(refusal.NotPossible(record.code, _("it is sorted already")))
    return ""


def taken(cockpit: Cockpit, target: Target) -> str:
    """It was taken, or sorted, already."""
    record = target.record
    if isinstance(record, Statement) and record.triage != LEFT:
        return str(refusal.NotPossible(record.code, _("it was taken already")))
    return sorted_already(cockpit, target)


@here(
    "statement.take", "g", on=STATEMENT, title=N_("take anyway"), why_not=taken, several=True,
    help=N_("Take what could not be taken: it is sorted like the others"),
)  # fmt: skip
def take(cockpit: Cockpit, place: Place) -> None:
    """A statement that was left aside is to be sorted."""
    from cockpit.services.messages import inbox

    codes = place.codes()
    with cockpit.workspace.together():
        for code in codes:
            inbox.take_anyway(cockpit.workspace, code)
    place.unmark()
    cockpit.done(_("{code} taken · u undoes").format(code=in_short(codes)))


@here(
    "statement.block", "c", on=STATEMENT, title=N_("blocker"), help=N_("Make this statement a blocker"),
    why_not=sorted_already, several=True,
)  # fmt: skip
def make_blocker(cockpit: Cockpit, place: Place) -> None:
    """A statement becomes a blocker."""
    from cockpit.services.messages import inbox

    codes = place.codes()
    with cockpit.workspace.together():
        made = [inbox.make_blocker(cockpit.workspace, code) for code in codes]
    place.unmark()
    cockpit.done(
        _("{blocker} made of {code} · u undoes").format(blocker=in_short(made), code=in_short(codes))
    )


@here(
    "statement.alert", "a", on=STATEMENT, title=N_("alert"), help=N_("Put this statement among the alerts"),
    why_not=sorted_already, several=True,
)  # fmt: skip
def make_alert(cockpit: Cockpit, place: Place) -> None:
    """A statement stands among the alerts."""
    from cockpit.services.messages import inbox

    codes = place.codes()
    with cockpit.workspace.together():
        for code in codes:
            inbox.raise_alert(cockpit.workspace, code)
    place.unmark()
    cockpit.done(_("{code} stands among the alerts · u undoes").format(code=in_short(codes)))


@here(
    "statement.note", "p", on=STATEMENT, title=N_("note on"), why_not=sorted_already,
    help=N_("Add this statement to the note of a record"),
)  # fmt: skip
def note(cockpit: Cockpit, place: Place) -> None:
    """Ask on which record."""
    from cockpit.ui.messages import questions

    place.ask(questions.note(cockpit.workspace, place.target().code))


@here(
    "statement.refuse", "x", on=STATEMENT, title=N_("refuse"), why_not=sorted_already, several=True,
    help=N_("Nothing becomes of this statement, and why"),
)  # fmt: skip
def refuse(cockpit: Cockpit, place: Place) -> None:
    """Ask why."""
    from cockpit.ui.messages import questions

    place.ask(questions.refuse(cockpit.workspace, place.codes(), place.unmark))


@here(
    "statement.thank", "l", on=STATEMENT, title=N_("thank"),
    help=N_("A line of thanks, ready to copy or to send"),
)  # fmt: skip
def thank(cockpit: Cockpit, place: Place) -> None:
    """Show the line of thanks."""
    from cockpit.services.messages import inbox
    from cockpit.ui.promises.letter import LetterScreen

    cockpit.push_screen(LetterScreen(inbox.thanks(cockpit.workspace, place.target().code)))


@here(
    "flow.ask", "l", on={Kind.FLOW, Kind.INTERFACE}, title=N_("ask them"),
    help=N_("Ask the other side how it is to work with us: a letter ready to send"),
)  # fmt: skip
def ask_partner(cockpit: Cockpit, place: Place) -> None:
    """Show the letter; noted when it is taken."""
    from cockpit.services.messages import feedback
    from cockpit.services.organisation import feedback as marks
    from cockpit.ui.promises.letter import LetterScreen

    code = place.target().code.partition(",")[0]
    letter = feedback.letter(cockpit.workspace, code)

    def noted(taken: bool | None) -> None:
        if taken:
            marks.note_asked(cockpit.workspace, code)
            cockpit.done(_("{who} was asked: noted · u undoes").format(who=letter.who))

    cockpit.push_screen(LetterScreen(letter), noted)


@here(
    "figure.remind", "l", on={Kind.FIGURE}, title=N_("ask for it"),
    help=N_("Ask the owner of this figure for its value: a letter ready to copy or to send"),
)  # fmt: skip
def remind_figure(cockpit: Cockpit, place: Place) -> None:
    """Show what asks its owner."""
    from cockpit.services.desk.refusal import UnknownCode
    from cockpit.services.figures import reports, scorecard
    from cockpit.ui.promises.letter import LetterScreen

    code = place.target().code
    found = scorecard.line_of(cockpit.workspace, code)
    if found is None:
        raise UnknownCode(code)
    cockpit.push_screen(LetterScreen(reports.figure_letter(cockpit.workspace, found)))


@here(
    "outbox", "K, shift+k", title=N_("outbox"), shown=False,
    help=N_("What left, what is to leave, what was not delivered"),
)  # fmt: skip
def outbox(cockpit: Cockpit, place: Place) -> None:
    """Show what left and what is to leave."""
    from cockpit.ui.messages.outbox_screen import OutboxScreen

    cockpit.push_screen(OutboxScreen(cockpit.workspace, cockpit.command))
