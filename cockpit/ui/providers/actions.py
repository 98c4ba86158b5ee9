"""What the actions on providers do on the screen: what we say of one, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.registers.mark import Mark
from cockpit.locale import _
from cockpit.services.providers import our_words
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.ui.kit.place import Place
from cockpit.ui.providers import questions

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


def _provider(app: CockpitApp, place: Place) -> ProviderLine | None:
    """The provider under the cursor, by its line or by its record."""
    target = place.target()
    if isinstance(target.data, ProviderLine):
        return next((line for line in app.board.providers if line.key == target.data.key), target.data)
    return next((line for line in app.board.providers if target.code and line.code == target.code), None)


def say(question: questions.OnProvider, kind: str, app: CockpitApp, place: Place) -> None:
    """Ask for the words; a word that holds already no longer does."""
    line = _provider(app, place)
    if line is None:
        return
    said = getattr(line.ours, kind, None)
    if isinstance(said, Mark):
        our_words.settle(app.workspace, said)
        app.done(_("{name}: no longer “{what}” · u undoes").format(name=line.name, what=said.reason))
    else:
        place.ask(question(app.workspace, line))


def colour(app: CockpitApp, place: Place) -> None:
    """Ask for the state of a provider without a page."""
    line = _provider(app, place)
    if line is not None and line.has_page:
        app.tell(_("{name} says its own state; p says that we see a problem").format(name=line.name))
    elif line is not None:
        place.ask(questions.by_hand(app.workspace, line))


def add(app: CockpitApp, place: Place) -> None:
    """Ask which status page to add."""
    from cockpit.ui.providers.add_screen import ProviderAddScreen

    place.ask(questions.add(lambda text: app.push_screen(ProviderAddScreen(text))))
