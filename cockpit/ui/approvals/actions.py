"""What keys do to what waits for a yes: submit it, answer it, hand it on, ask outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.alerts.alerts import Many
from cockpit.domain.registers import register_of
from cockpit.domain.registers.approval import ABOUT, ASKED, Approval
from cockpit.locale import N_, _
from cockpit.services.desk import refusal
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()
APPROVAL = frozenset({Kind.APPROVAL})


def _record(target: Target) -> Approval | None:
    return target.record if isinstance(target.record, Approval) else None


def answered(_cockpit: Cockpit, target: Target) -> str:
    """It has its answer; or the row stands for several."""
    if isinstance(target.data, Many):
        return _("several wait: open them one by one (⏎)")
    found = _record(target)
    return str(refusal.closed(found.code)) if found is not None and found.closed_at is not None else ""


def not_mine(cockpit: Cockpit, target: Target) -> str:
    """It waits for somebody else, or for the answer to its question."""
    if why := answered(cockpit, target):
        return why
    found = _record(target)
    if found is not None and found.state == ASKED:
        return str(refusal.NotPossible(found.code, _("its question waits for an answer first")))
    why = getattr(target.data, "why_not", "")
    return str(refusal.NotPossible(target.code, why)) if isinstance(why, str) and why else ""


def no_question(cockpit: Cockpit, target: Target) -> str:
    """No question was put."""
    if why := answered(cockpit, target):
        return why
    found = _record(target)
    if found is not None and found.state != ASKED:
        return str(refusal.NotPossible(found.code, _("no question waits for an answer")))
    return ""


@here(
    "approval.submit", "V, shift+v", title=N_("submit"), shown=False,
    help=N_("Submit this record, or a line, to whoever approves it; on an answer from outside, say what it means"),
)  # fmt: skip
def submit(cockpit: Cockpit, place: Place) -> None:
    """Ask for the line; of an answer that names an approval, what it means; of what was answered, ask again."""
    from cockpit.services.approvals import from_inbox, submitting
    from cockpit.ui.approvals import questions

    target, workspace = place.target(), cockpit.workspace
    if target.code.startswith("IN-") and from_inbox.names_approval(workspace, target.code):
        place.ask(questions.means(workspace, target.code))
        return
    found = _record(target)
    if found is not None and found.closed_at is not None:
        made = submitting.again(workspace, found.code)
        cockpit.done(_("{code} asked again as {again} · u undoes").format(code=found.code, again=made))
        return
    register = register_of(target.code) if "-" in target.code else None
    about = target.code if register is not None and register.name in ABOUT else ""
    place.ask(questions.submit(workspace, about))


@here(
    "approval.approve", "a", on=APPROVAL, title=N_("approve"), leads=True, why_not=not_mine,
    help=N_("Yes, to what it says now"),
)  # fmt: skip
def approve(cockpit: Cockpit, place: Place) -> None:
    """Yes, to what the row shows."""
    from cockpit.services.approvals import answering

    target = place.target()
    answering.approve(cockpit.workspace, target.code, str(getattr(target.data, "content", "") or ""))
    cockpit.done(_("{code} approved · u undoes").format(code=target.code))


@here(
    "approval.refuse", "x", on=APPROVAL, title=N_("refuse"), leads=True, why_not=not_mine,
    help=N_("No, and why"),
)  # fmt: skip
def refuse(cockpit: Cockpit, place: Place) -> None:
    """Ask why."""
    from cockpit.ui.approvals import questions

    place.ask(questions.refuse(cockpit.workspace, place.target().code))


@here(
    "approval.ask", "p", on=APPROVAL, title=N_("ask"), leads=True, why_not=not_mine,
    help=N_("A question back to whoever submitted it: the delay stands still"),
)  # fmt: skip
def ask(cockpit: Cockpit, place: Place) -> None:
    """Ask for the question."""
    from cockpit.ui.approvals import questions

    place.ask(questions.ask(cockpit.workspace, place.target().code))


@here(
    "approval.delegate", "g", on=APPROVAL, title=N_("hand on"), leads=True, why_not=not_mine,
    help=N_("Somebody else answers, within what they may decide"),
)  # fmt: skip
def delegate(cockpit: Cockpit, place: Place) -> None:
    """Ask to whom."""
    from cockpit.ui.approvals import questions

    place.ask(questions.delegate(cockpit.workspace, place.target().code))


@here(
    "approval.reply", "r", on=APPROVAL, title=N_("answer"), why_not=no_question,
    help=N_("Answer the question that was put before an approval"),
)  # fmt: skip
def reply(cockpit: Cockpit, place: Place) -> None:
    """Ask for the answer."""
    from cockpit.ui.approvals import questions

    place.ask(questions.reply(cockpit.workspace, place.target().code))


@here(
    "approval.request", "l", on=APPROVAL, title=N_("request"), why_not=answered,
    help=N_("The request to somebody who has no cockpit, ready to copy or to send"),
)  # fmt: skip
def request(cockpit: Cockpit, place: Place) -> None:
    """Show it; that it left is noted once it was taken."""
    from cockpit.services.approvals import answering, requests
    from cockpit.ui.promises.letter import LetterScreen

    code = place.target().code

    def taken(left: bool | None) -> None:
        if left:
            answering.note_sent(cockpit.workspace, code)
            cockpit.done(_("{code}: request sent · u undoes").format(code=code))

    cockpit.push_screen(LetterScreen(requests.request(cockpit.workspace, code)), taken)


@here(
    "approval.withdraw", "o", on=APPROVAL, title=N_("withdraw"), why_not=answered,
    help=N_("It is not asked any more"),
)  # fmt: skip
def withdraw(cockpit: Cockpit, place: Place) -> None:
    """Take it back."""
    from cockpit.services.approvals import answering

    code = place.target().code
    answering.withdraw(cockpit.workspace, code)
    cockpit.done(_("{code} withdrawn · u undoes").format(code=code))
