"""What the one-line bar asks about approvals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from cockpit.domain.approvals.replies import ReplyKind, read_reply
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers.approval import KINDS
from cockpit.locale import _
from cockpit.services.approvals import answering, from_inbox, submitting
from cockpit.services.approvals.submitting import Submission
from cockpit.services.desk import dates, forms, identities
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import entry
from cockpit.ui.kit.questions import offers, who_is_meant
from cockpit.ui.widgets.entry_bar import Offer, Question

_FAINT = "$quiet"


def submit(workspace: Workspace, about: str = "") -> Question:
    """What is submitted, in one line of the grammar; a record needs no word more."""
    known = entry.known(workspace.shown)

    def understood(text: str) -> Submission:
        begins, rest = ("", text) if about else submitting.subject_of(text)
        return Submission(entry.understand(workspace, rest, known), about or begins)

    def accept(text: str) -> str:
        code = submitting.submit(workspace, understood(text))
        who = _who(workspace, code)
        return _("{code} submitted to {who} · u undoes").format(code=code, who=who)

    def hint(text: str) -> Content:
        if not text.strip() and not about:
            return Content.styled(
                _("what is to be approved, 1200 € +function due:thursday owner:name"), _FAINT
            )
        try:
            found = submitting.prepared(workspace, understood(text))
        except Refusal as refused:
            return Content.styled(f"! {refused}", "$warning")
        values = found.values
        amount = values["amount"]
        parts = [_(KINDS[str(values["kind"])]), str(values["title"])]
        parts += [forms.money(amount)] if isinstance(amount, int) else []
        parts.append(_("to {who}").format(who=workspace.names().get(found.who, found.who)))
        by = values["answer_by"]
        if isinstance(by, datetime):
            parts.append(_("by {when}").format(when=dates.moment(by, workspace.now())))
        shown = Content.styled("→ ", "$accent") + Content(" · ".join(parts))
        return shown + Content.styled(f" · {found.why}", _FAINT) if found.why else shown

    def complete(text: str, cursor: int) -> Offer | None:
        found = entry.complete(text, cursor, known)
        return Offer(*found) if found else None

    title = _("submit {code}").format(code=about) if about else _("to be approved")
    return Question(
        place=f"submit:{about}", title=title, accept=accept, hint=hint, complete=complete, gives_way=False,
        refuse=lambda text: entry.refuse_last(workspace, text, known),
    )  # fmt: skip


def _who(workspace: Workspace, code: str) -> str:
    found = answering.open_of(workspace, code)
    return workspace.names().get(found.approver, found.approver)


def refuse(workspace: Workspace, code: str) -> Question:
    """Why it is not approved."""

    def accept(text: str) -> str:
        answering.refuse(workspace, code, text)
        return _("{code} not approved · u undoes").format(code=code)

    return _words(f"disapprove:{code}", _("{code} is not approved: why").format(code=code), accept)


def ask(workspace: Workspace, code: str) -> Question:
    """Which question."""

    def accept(text: str) -> str:
        answering.ask(workspace, code, text)
        return _("{code}: question put · u undoes").format(code=code)

    return _words(f"question:{code}", _("question about {code}").format(code=code), accept)


def reply(workspace: Workspace, code: str) -> Question:
    """The answer to the question that was put."""
    question = answering.open_of(workspace, code).question

    def accept(text: str) -> str:
        answering.reply(workspace, code, text)
        return _("{code} answered · u undoes").format(code=code)

    return _words(f"reply:{code}", _("answer to {code}").format(code=code), accept, hint=f"? {question}")


def delegate(workspace: Workspace, code: str) -> Question:
    """To whom."""
    names = workspace.shown.names()

    def accept(text: str) -> str:
        answering.delegate(workspace, code, text)
        return _("{code} handed on to {who} · u undoes").format(code=code, who=_who(workspace, code))

    return Question(
        place=f"hand:{code}", title=_("hand {code} on to").format(code=code), accept=accept, keeps_draft=False,
        hint=lambda text: who_is_meant(names, ("person",), text),
        complete=offers(lambda prefix: identities.named(names, ("person",), prefix), several=False),
    )  # fmt: skip


def means(workspace: Workspace, statement: str) -> Question:
    """What an answer says that somebody read: yes, no and why, or a question."""

    def accept(text: str) -> str:
        found = read_reply("", text)
        if found.kind is ReplyKind.UNCLEAR:
            raise forms.WrongValue(_("write yes, no: why, or question: which one"))
        code = from_inbox.means(workspace, statement, found.kind, found.words)
        return _("{code}: the answer is noted · u undoes").format(code=code)

    said = from_inbox.said_in(workspace, statement)
    wanted = _("write yes, no: why, or question: which one")
    title = _("{code} means").format(code=statement)
    return _words(f"means:{statement}", title, accept, hint=f"{said} · {wanted}")


def _words(place: str, title: str, accept: Callable[[str], str], *, hint: str = "") -> Question:
    return Question(place=place, title=title, accept=accept, hint=lambda _text: Content.styled(hint, _FAINT))
