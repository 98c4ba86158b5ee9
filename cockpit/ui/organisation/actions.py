"""What keys do in the Organisation place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cockpit.locale import N_, _, ngettext
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.named_view import looking_at
from cockpit.ui.organisation.views import VIEWS

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place

here = Actions()


@here(
    "contract.decide", "p", on={Kind.CONTRACT}, title=N_("decided"),
    help=N_("What was decided of this contract: renewed on purpose, notice sent on a day, renegotiating"),
)  # fmt: skip
def decide(cockpit: Cockpit, place: Place) -> None:
    """Ask what was decided."""
    from cockpit.ui.organisation import contract_questions

    place.ask(contract_questions.decide(cockpit.workspace, place.target().code))


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


for _name, _view in VIEWS.items():
    here(f"org.{_name}", title=_view.title, help=_view.help, shown=False)(looking_at("organisation", _name))
