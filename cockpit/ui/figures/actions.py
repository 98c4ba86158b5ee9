"""What keys do to figures and to goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.services.figures.scorecard import FigureLine
    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place

here = Actions()


def _line(cockpit: Cockpit, place: Place) -> FigureLine:
    """The figure under the cursor. Raises UnknownCode."""
    from cockpit.services.desk.refusal import UnknownCode
    from cockpit.services.figures import scorecard

    code = place.target().code
    found = scorecard.line_of(cockpit.workspace, code)
    if found is None:
        raise UnknownCode(code)
    return found


@here(
    "figure.value", "a", on={Kind.FIGURE}, title=N_("value"), leads=True,
    help=N_("The value of this week or month, with a word on it"),
)  # fmt: skip
def value(cockpit: Cockpit, place: Place) -> None:
    """Ask for the value."""
    from cockpit.services.figures import values
    from cockpit.ui.figures import questions

    line = _line(cockpit, place)
    values.refuse_computed(line.record)
    place.ask(questions.value(cockpit.workspace, line))


@here(
    "figure.block", "B", on={Kind.FIGURE}, title=N_("make a blocker"),
    help=N_("Make a blocker of this red figure, carried by its owner"),
)  # fmt: skip
def block(cockpit: Cockpit, place: Place) -> None:
    """A red figure becomes a blocker."""
    from cockpit.services.figures import rows, values

    line = _line(cockpit, place)
    made = values.to_blocker(cockpit.workspace, line.record, rows.in_words(line))
    cockpit.done(_("{blocker} made of {code} · u undoes").format(blocker=made, code=line.record.code))


@here(
    "goal.say", "a", on={Kind.GOAL}, title=N_("say"), leads=True,
    help=N_("Say how this goal stands: on track, off track, reached, given up"),
)  # fmt: skip
def say(cockpit: Cockpit, place: Place) -> None:
    """Ask how it stands."""
    from cockpit.ui.figures import questions

    code = place.target().code
    place.ask(questions.say(cockpit.workspace, code, cockpit.workspace.shown.names().get(code, code)))


@here(
    "goal.priority", "P", on={Kind.GOAL}, title=N_("make a priority"),
    help=N_("Make a priority of the next step towards this goal"),
)  # fmt: skip
def priority(cockpit: Cockpit, place: Place) -> None:
    """A goal feeds the priorities."""
    from cockpit.services.figures import goals

    code = place.target().code
    made = goals.to_priority(cockpit.workspace, code)
    cockpit.done(_("{priority} made of {code} · u undoes").format(priority=made, code=code))


@here(
    "report.part", "p", on={Kind.REPORT}, title=N_("with figures"),
    help=N_("This report came: how complete, what it took, and the figures it carries"),
)  # fmt: skip
def report_with_figures(cockpit: Cockpit, place: Place) -> None:
    """Ask how complete it is, and for its figures."""
    from cockpit.ui.figures import questions

    place.ask(questions.report(cockpit.workspace, place.target().code))
