"""What keys do to signals."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.named_view import looking_at
from cockpit.ui.kit.rights import while_veiled
from cockpit.ui.signals.views import VIEWS

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()


def calm(_cockpit: Cockpit, target: Target) -> str:
    """Only what asks for somebody is answered."""
    # Asked on a signal only, where this is loaded: the formulas are no part of the first paint.
    from cockpit.services.signals.listing import SignalLine

    if isinstance(target.data, SignalLine) and (target.data.is_raised or target.data.is_waiting):
        return ""
    return _("it asks for nobody now")


@here(
    "signal.act", "a", on={Kind.SIGNAL}, title=N_("act"), leads=True, why_not=calm,
    help=N_("Answer this signal by an action, in one line: it is quiet until that is done, or it is worse"),
)  # fmt: skip
def act(cockpit: Cockpit, place: Place) -> None:
    """Ask for the action."""
    from cockpit.services.signals.listing import SignalLine
    from cockpit.ui.signals import questions

    data = place.target().data
    if isinstance(data, SignalLine):
        place.ask(questions.act(cockpit.workspace, data))


@here(
    "signal.accept", "r", on={Kind.SIGNAL}, title=N_("accept until"), leads=True, why_not=calm,
    help=N_("Accept this signal as it is until a date, with the reason"),
)  # fmt: skip
def accept(cockpit: Cockpit, place: Place) -> None:
    """Ask until when."""
    from cockpit.services.signals.listing import SignalLine
    from cockpit.ui.signals import questions

    data = place.target().data
    if isinstance(data, SignalLine):
        place.ask(questions.accept(cockpit.workspace, data))


@here(
    "signal.measure", "M", on={Kind.SIGNALS}, title=N_("measure"),
    help=N_("Measure the weeks that were not measured yet, and this one so far"),
)  # fmt: skip
def measure(cockpit: Cockpit, place: Place) -> None:
    """Measure beside the screen, then show."""
    cockpit.run_worker(_measure(cockpit), group="signals", exclusive=True, exit_on_error=False)


async def _measure(cockpit: Cockpit) -> None:
    from cockpit.services.signals import measure as job
    from cockpit.services.signals import text

    def run() -> str:
        with cockpit.workspace.beside() as beside:
            return text.measured(job.measure(beside))

    cockpit.tell(_("measuring…"))
    cockpit.done(await asyncio.to_thread(run))


@here(
    "signal.told", "t", on={Kind.SIGNALS}, title=N_("team told"), shown=False,
    help=N_("Note that the team knows of what is measured about teams: S5 to S7 begin then"),
)  # fmt: skip
def told(cockpit: Cockpit, place: Place) -> None:
    """Ask how it was told."""
    from cockpit.ui.signals import questions

    place.ask(questions.told(cockpit.workspace))


def restricted(cockpit: Cockpit, _target: Target) -> str:
    """While the screen is shared there is no phase."""
    return while_veiled(cockpit.workspace, _("not while the screen is shared: v lifts the veil"))


@here(
    "company.phase", "H", on={Kind.SIGNALS}, title=N_("phase of the company"), shown=False, why_not=restricted,
    help=N_("Say what the company goes through and the day it leads to: steady, growth, transformation, sale"),
)  # fmt: skip
def phase(cockpit: Cockpit, place: Place) -> None:
    """Ask which, then for when."""
    from cockpit.ui.signals import phase_questions

    place.ask(phase_questions.phase(cockpit.workspace, lambda: _open_gaps(cockpit)))


def _open_gaps(cockpit: Cockpit) -> None:
    """What the sale file lacks, over the place."""
    from cockpit.domain.registers.release import SALE_FILE
    from cockpit.services.documents import shelf
    from cockpit.ui.documents.gaps_screen import GapsScreen

    cockpit.push_screen(GapsScreen(shelf.kind_of(SALE_FILE)))


for _name, _view in VIEWS.items():
    here(f"signals.{_name}", title=_view.title, help=_view.help, shown=False)(looking_at("signals", _name))
