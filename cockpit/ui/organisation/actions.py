"""What the actions of the Organisation place do on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from cockpit.locale import _, ngettext
from cockpit.services.organisation import flows
from cockpit.ui.kit.place import Place
from cockpit.ui.organisation.views import VIEWS

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


def look_at(name: str, app: CockpitApp, place: Place) -> None:
    """Open the organisation on that view."""
    from cockpit.ui.organisation.screen import OrganisationScreen

    if isinstance(place, OrganisationScreen):
        # Said at once, so that keys pressed quickly are each counted.
        place.wanted = name

    async def open_view() -> None:
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        await app.switch_mode("organisation")
        if isinstance(app.screen, OrganisationScreen):
            await app.screen.look_at(name)

    app.run_worker(open_view(), exit_on_error=True)


def _beside(by: int, app: CockpitApp, place: Place) -> None:
    from cockpit.ui.organisation.screen import OrganisationScreen

    if isinstance(place, OrganisationScreen):
        look_at(place.beside(by), app, place)


def _go(app: CockpitApp, place: Place) -> None:
    """To the place; to its next view when one is there already."""
    from cockpit.ui.organisation.screen import OrganisationScreen

    if isinstance(place, OrganisationScreen):
        _beside(1, app, place)
        return
    while len(app.screen_stack) > 1:
        app.pop_screen()
    app.switch_mode("organisation")


def _what_if(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.organisation import questions

    target = place.target()
    known = (target.code, str(getattr(target.data, "code", "")))
    code = next((each for each in known if each.startswith(("PE-", "PR-"))), "")
    if code:
        open_what_if(app, code)
    else:
        place.ask(questions.who_leaves(app.workspace, partial(open_what_if, app)))


def open_what_if(app: CockpitApp, code: str) -> None:
    """Show what would break without somebody."""
    from cockpit.services.desk import refusal
    from cockpit.ui.organisation.what_if import WhatIfScreen

    try:
        app.push_screen(WhatIfScreen(app.workspace.shown, code))
    except refusal.UnknownCode:
        app.tell(_("only a person or a provider of the registers can leave"))


def _exchange(app: CockpitApp, place: Place) -> None:
    count = flows.note_exchange(app.workspace, place.target().code.split(","))
    app.done(ngettext("{n} exchange noted today · u undoes", "{n} exchanges noted today · u undoes", count).format(
        n=count) if count else _("noted today already"))  # fmt: skip


DEEDS: Mapping[str, Callable[[CockpitApp, Place], None]] = {
    "go.organisation": _go,
    "what_if": _what_if,
    "flow.exchange": _exchange,
    "org.next": partial(_beside, 1),
    "org.previous": partial(_beside, -1),
    **{f"org.{name}": partial(look_at, name) for name in VIEWS},
}
