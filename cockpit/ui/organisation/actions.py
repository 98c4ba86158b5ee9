"""What keys do in the Organisation place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cockpit.domain.records.identities import key
from cockpit.locale import N_, _, ngettext
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.named_view import looking_at
from cockpit.ui.organisation.views import VIEWS

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()


def not_chief(cockpit: Cockpit, _target: Target) -> str:
    """Only the chief executive vouches for a process; the configuration may name them by a first name alone."""
    named = cockpit.workspace.settings.company.chief
    wanted, mine = f" {key(named)} ", f" {key(cockpit.board.names.my_name)} "
    if not named or wanted in mine or mine in wanted:
        return ""
    return _("only {chief} signs").format(chief=named)


@here(
    "contract.decide", "p", on={Kind.CONTRACT}, title=N_("decided"),
    help=N_("What was decided of this contract: renewed on purpose, notice sent on a day, renegotiating"),
)  # fmt: skip
def decide(cockpit: Cockpit, place: Place) -> None:
    """Ask what was decided."""
    from cockpit.ui.organisation import contract_questions

    place.ask(contract_questions.decide(cockpit.workspace, place.target().code))


@here(
    "process.sign", "S, shift+s", on={Kind.PROCESS}, title=N_("sign"), why_not=not_chief,
    help=N_("The chief executive vouches for this process as it stands, for a year"),
)  # fmt: skip
def sign(cockpit: Cockpit, place: Place) -> None:
    """Sign it as it stands."""
    from cockpit.services.organisation import signatures

    code = place.target().code
    signatures.sign(cockpit.workspace, [code])
    cockpit.done(_("{code} signed for a year · u undoes").format(code=code))


@here(
    "what_if", "w", on={Kind.ORGANISATION, Kind.PERSON, Kind.PROVIDER}, title=N_("what if"),
    help=N_("What would break if this person or provider left, and what is ready"),
)  # fmt: skip
def what_if(cockpit: Cockpit, place: Place) -> None:
    """Of whoever the cursor is on, else of whoever is named."""
    from cockpit.ui.organisation import questions

    target = place.target()
    known = (target.code, str(getattr(target.data, "code", "")))
    code = next((each for each in known if each.startswith(("PE-", "PR-"))), "")
    if code:
        _open_what_if(cockpit, code)
    else:
        place.ask(questions.who_leaves(cockpit.workspace, partial(_open_what_if, cockpit)))


def _open_what_if(cockpit: Cockpit, code: str) -> None:
    """Show what would break without somebody."""
    from cockpit.services.desk import refusal
    from cockpit.ui.organisation.what_if import WhatIfScreen

    try:
        cockpit.push_screen(WhatIfScreen(cockpit.workspace.shown, code))
    except refusal.UnknownCode:
        cockpit.tell(_("only a person or a provider of the registers can leave"))


@here("flow.exchange", "e", on={Kind.FLOW}, title=N_("took place"), help=N_("This exchange took place today"))
def exchange(cockpit: Cockpit, place: Place) -> None:
    """Note it on each of the flows under the cursor."""
    from cockpit.services.organisation import flows

    count = flows.note_exchange(cockpit.workspace, place.target().code.split(","))
    cockpit.done(ngettext("{n} exchange noted today · u undoes", "{n} exchanges noted today · u undoes",
                          count).format(n=count) if count else _("noted today already"))  # fmt: skip


@here(
    "flow.feedback", "a", on={Kind.FLOW, Kind.INTERFACE}, title=N_("feedback"),
    help=N_("How it is to work with them, from 1 to 5; or what they say of us"),
)  # fmt: skip
def feedback(cockpit: Cockpit, place: Place) -> None:
    """Ask for a mark on the interface under the cursor, the first of its cell."""
    from cockpit.ui.organisation import questions

    code = place.target().code.partition(",")[0]
    place.ask(questions.feedback(cockpit.workspace, code))


for _name, _view in VIEWS.items():
    here(f"org.{_name}", title=_view.title, help=_view.help, shown=False)(looking_at("organisation", _name))
