"""What keys do to a provider: what we say of it, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.registers.mark import Mark
from cockpit.locale import N_, _
from cockpit.services.providers import our_words
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place
    from cockpit.ui.providers.questions import OnProvider

here = Actions()
PROVIDER = frozenset({Kind.PROVIDER})
"""A provider, with or without a page."""


def unwatched(cockpit: Cockpit, target: Target) -> str:
    """Only of what stands in the list of providers something is said."""
    if _line(cockpit, target) is None:
        return _("{code} is not in the list of providers of the cockpit").format(code=target.code)
    return ""


def speaks_for_itself(cockpit: Cockpit, target: Target) -> str:
    """A provider with a page says its state there."""
    line = _line(cockpit, target)
    if line is not None and line.has_page:
        return _("{name} says its own state; p says that we see a problem").format(name=line.name)
    return unwatched(cockpit, target)


def _line(cockpit: Cockpit, target: Target) -> ProviderLine | None:
    """The provider under the cursor, by its line or by its record."""
    lines = cockpit.board.outside.providers
    if isinstance(target.data, ProviderLine):
        return next((line for line in lines if line.key == target.data.key), target.data)
    return next((line for line in lines if target.code and line.code == target.code), None)


def _say(question: OnProvider, said: str, cockpit: Cockpit, place: Place) -> None:
    """Ask for the words; a word that holds already no longer does."""
    line = _line(cockpit, place.target())
    if line is None:
        return
    mark = getattr(line.ours, said, None)
    if isinstance(mark, Mark):
        our_words.settle(cockpit.workspace, mark)
        cockpit.done(_("{name}: no longer “{what}” · u undoes").format(name=line.name, what=mark.reason))
    else:
        place.ask(question(cockpit.workspace, line))


@here(
    "provider.acknowledge", "x", on=PROVIDER, title=N_("seen"), why_not=unwatched,
    help=N_("Somebody takes care of this trouble; said again, nobody does"),
)  # fmt: skip
def acknowledge(cockpit: Cockpit, place: Place) -> None:
    """Ask who takes care of it."""
    from cockpit.ui.providers import questions

    _say(questions.acknowledge, "acknowledged", cockpit, place)


@here(
    "provider.mute", "r", on=PROVIDER, title=N_("mute"), why_not=unwatched,
    help=N_("No alert about it until a date; said again, alerts are back"),
)  # fmt: skip
def mute(cockpit: Cockpit, place: Place) -> None:
    """Ask until when."""
    from cockpit.ui.providers import questions

    _say(questions.mute, "muted", cockpit, place)


@here(
    "provider.problem", "p", on=PROVIDER, title=N_("we see it"), why_not=unwatched,
    help=N_("We see a problem, whatever its page says; again: it is settled"),
)  # fmt: skip
def problem(cockpit: Cockpit, place: Place) -> None:
    """Ask what is seen."""
    from cockpit.ui.providers import questions

    _say(questions.problem, "problem", cockpit, place)


@here(
    "provider.exchange", "e", on=PROVIDER, title=N_("spoke"), why_not=unwatched,
    help=N_("Note that we spoke with this provider, about what"),
)  # fmt: skip
def exchange(cockpit: Cockpit, place: Place) -> None:
    """Ask about what."""
    from cockpit.ui.providers import questions

    line = _line(cockpit, place.target())
    if line is not None:
        place.ask(questions.exchange(cockpit.workspace, line))


@here(
    "provider.colour", "c", on=PROVIDER, title=N_("by hand"), why_not=speaks_for_itself,
    help=N_("The state of a provider without a page, given by hand until a date"),
)  # fmt: skip
def colour(cockpit: Cockpit, place: Place) -> None:
    """Ask for the state."""
    from cockpit.ui.providers import questions

    line = _line(cockpit, place.target())
    if line is not None:
        place.ask(questions.by_hand(cockpit.workspace, line))


@here(
    "provider.add", "a", on={Kind.PROVIDER, Kind.PROVIDERS}, title=N_("add"),
    help=N_("Add a status page, by the name of a usual tool or by its address"),
)  # fmt: skip
def add(cockpit: Cockpit, place: Place) -> None:
    """Ask which status page to add."""
    from cockpit.ui.providers import questions
    from cockpit.ui.providers.add_screen import ProviderAddScreen

    place.ask(questions.add(lambda text: cockpit.push_screen(ProviderAddScreen(text))))


@here(
    "provider.watch", title=N_("watch a page"), shown=False,
    help=N_("Add a status page, by the name of a usual tool or by its address"),
)  # fmt: skip
def watch(cockpit: Cockpit, place: Place) -> None:
    """The same question, wherever one is."""
    add(cockpit, place)
