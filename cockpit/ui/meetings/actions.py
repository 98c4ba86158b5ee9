"""What keys do about meetings: prepare one, lead it, close it; say that one was held."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from cockpit.locale import N_, _
from cockpit.services.meetings import rituals
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.ui.kit.actions import Actions, on_part
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.meetings import reasons

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place
    from cockpit.ui.meetings import preparing, stages
    from cockpit.ui.meetings.screen import LiveScreen, Stage

here = Actions()
S = TypeVar("S")
BEFORE = frozenset({Kind.LIVE_BEFORE})
RUNNING = frozenset({Kind.LIVE_RUNNING})
PEOPLE = frozenset({Kind.LIVE_PEOPLE})
SUBJECT = frozenset({Kind.LIVE_SUBJECT})


@here(
    "ritual.held", "space", on={Kind.MEETING}, title=N_("held or not"),
    help=N_("Say whether this meeting was held"),
)  # fmt: skip
def held(cockpit: Cockpit, place: Place) -> None:
    """Say that a meeting was held; again, that it was missed."""
    meeting = place.target().data
    if isinstance(meeting, PlannedMeeting):
        status = rituals.toggle_held(cockpit.workspace, meeting)
        said = _("held") if status == "held" else _("missed")
        cockpit.done(_("{name}: {said} · u undoes").format(name=meeting.ritual.name, said=said))


@here(
    "ritual.shared", "g", on={Kind.MEETING}, title=N_("agenda sent"), why_not=reasons.informal,
    help=N_("The agenda of this meeting was shared; again: it was not"),
)  # fmt: skip
def shared(cockpit: Cockpit, place: Place) -> None:
    """Say that the agenda of a meeting was shared; again, that it was not."""
    meeting = place.target().data
    if isinstance(meeting, PlannedMeeting):
        is_shared = rituals.toggle_shared(cockpit.workspace, meeting)
        said = _("agenda shared") if is_shared else _("agenda to share")
        cockpit.done(_("{name}: {said} · u undoes").format(name=meeting.ritual.name, said=said))


@here(
    "flash", "f", title=N_("flash point"), help=N_("The flash point: prepare it, lead it, take it up again")
)
def flash(cockpit: Cockpit, place: Place) -> None:
    """Open the flash point."""
    _meeting("flash", cockpit, place)


@here(
    "kickoff", "k", title=N_("kick-off"), shown=False,
    help=N_("The weekly kick-off: prepare it, lead it, take it up again"),
)  # fmt: skip
def kickoff(cockpit: Cockpit, place: Place) -> None:
    """Open the kick-off."""
    _meeting("kickoff", cockpit, place)


@here("commitments", "", title=N_("commitments"), shown=False,
      help=N_("What meetings decided and handed out with a date, late first"))  # fmt: skip
def commitments(cockpit: Cockpit, place: Place) -> None:
    """Show what waits."""
    from cockpit.ui.meetings.commitments_screen import CommitmentsScreen

    cockpit.push_screen(CommitmentsScreen(cockpit))


@here("lead", "", title=N_("lead a ritual"), shown=False,
      help=N_("Prepare or lead any ritual, by its name: priority review, provider review…"))  # fmt: skip
def lead(cockpit: Cockpit, place: Place) -> None:
    """Ask which ritual, and open it."""
    from cockpit.ui.meetings import questions

    place.ask(questions.which(cockpit.workspace, "", lambda code: _open(code, cockpit)))


def _meeting(kind: str, cockpit: Cockpit, place: Place) -> None:
    """Open the ritual of that kind; of several, the one of the row or the one that is asked for."""
    from cockpit.services.meetings import live, running_order
    from cockpit.ui.meetings import questions

    known = [each.code for each in running_order.rituals_of(cockpit.workspace, kind)]
    going_on = [code for code in known if live.running(cockpit.workspace, code)]
    pointed = [code for code in known if code == place.target().code]
    if len(known) > 1 and not pointed and len(going_on) != 1:
        place.ask(questions.which(cockpit.workspace, kind, lambda code: _open(code, cockpit)))
    else:
        _open(next(iter((*pointed, *going_on)), kind), cockpit)


def _open(which: str, cockpit: Cockpit) -> None:
    from functools import partial

    from cockpit.ui.meetings import preparing
    from cockpit.ui.meetings.screen import LiveScreen

    cockpit.push_screen(LiveScreen(cockpit.workspace, partial(preparing.begin, which)))


def _screen(place: Place) -> LiveScreen | None:
    from cockpit.ui.meetings.screen import LiveScreen

    return place if isinstance(place, LiveScreen) else None


def _stage(place: Place, kind: type[S]) -> S | None:
    """The stage of the meeting on the screen, when it is one of that kind."""
    screen = _screen(place)
    stage: Stage | None = screen.stage if screen is not None else None
    return stage if isinstance(stage, kind) else None


@on_part
def _before(place: Place) -> preparing.PreparingStage | None:
    from cockpit.ui.meetings import preparing

    return _stage(place, preparing.PreparingStage)


@on_part
def _step(place: Place) -> stages.StepStage | None:
    from cockpit.ui.meetings import stages

    return _stage(place, stages.StepStage)


@on_part
def _attendance(place: Place) -> stages.AttendanceStage | None:
    from cockpit.ui.meetings import stages

    return _stage(place, stages.AttendanceStage)


@on_part
def _subject(place: Place) -> stages.SubjectStage | None:
    from cockpit.ui.meetings import stages

    return _stage(place, stages.SubjectStage)


@on_part
def _commitments(place: Place) -> stages.CommitmentsStage | None:
    from cockpit.ui.meetings import stages

    return _stage(place, stages.CommitmentsStage)


@on_part
def _priorities(place: Place) -> stages.PrioritiesStage | None:
    from cockpit.ui.meetings import stages

    return _stage(place, stages.PrioritiesStage)


@on_part
def _closed(place: Place) -> stages.ClosedStage | None:
    from cockpit.ui.meetings import stages

    return _stage(place, stages.ClosedStage)


@here("live.share", "o", on=BEFORE, title=N_("share"), help=N_("Share the agenda, after a preview"))
@_before
def share(stage: preparing.PreparingStage) -> None:
    """Share it."""
    stage.share()


@here("live.add", "b", on=BEFORE, title=N_("add"), help=N_("Put a blocker on the agenda, by its code"))
@_before
def add(stage: preparing.PreparingStage) -> None:
    """Ask which one."""
    stage.add()


@here("live.up", "plus, equals_sign", on=BEFORE, title=N_("up"), help=N_("This subject earlier"))
@_before
def up(stage: preparing.PreparingStage) -> None:
    """Earlier."""
    stage.move(-1)


@here("live.down", "minus", on=BEFORE, title=N_("down"), help=N_("This subject later"))
@_before
def down(stage: preparing.PreparingStage) -> None:
    """Later."""
    stage.move(1)


@here("live.remove", "x", on=BEFORE, title=N_("remove"), help=N_("Take this subject off the agenda"))
@_before
def remove(stage: preparing.PreparingStage) -> None:
    """Not this time."""
    stage.remove()


@here(
    "live.there",
    "space",
    on=PEOPLE,
    why_not=reasons.follows,
    title=N_("there"),
    help=N_("This person is there, or not after all"),
)
@_attendance
def there(stage: stages.AttendanceStage) -> None:
    """There, or not."""
    stage.there()


@here(
    "live.late",
    "z",
    on=PEOPLE,
    why_not=reasons.follows,
    title=N_("late"),
    help=N_("This person comes late, now"),
)
@_attendance
def late(stage: stages.AttendanceStage) -> None:
    """Late."""
    stage.late()


@here(
    "live.person",
    "b",
    on=PEOPLE,
    why_not=reasons.follows,
    title=N_("somebody"),
    help=N_("Somebody who was not expected is there"),
)
@_attendance
def person(stage: stages.AttendanceStage) -> None:
    """Ask who."""
    stage.person()


@here(
    "live.kept", "space", on={Kind.LIVE_COMMITMENTS}, why_not=reasons.follows, title=N_("kept"),
    help=N_("This commitment was kept, or not after all"),
)  # fmt: skip
@_commitments
def kept(stage: stages.CommitmentsStage) -> None:
    """Kept, or not."""
    stage.kept()


@on_part
def _figures(place: Place) -> stages.FiguresStage | None:
    from cockpit.ui.meetings import stages

    return _stage(place, stages.FiguresStage)


@here(
    "live.track", "space", on={Kind.LIVE_FIGURES}, why_not=reasons.follows, title=N_("on track"),
    help=N_("This goal is on track this week; again: it is not"),
)  # fmt: skip
@_figures
def track(stage: stages.FiguresStage) -> None:
    """On track, or not."""
    stage.track()


@here(
    "live.choose", "space", on={Kind.LIVE_PRIORITIES}, title=N_("choose"),
    why_not=reasons.where_one_leads(reasons.three_chosen),
    help=N_("One of the three priorities of the week, or no longer"),
)  # fmt: skip
@_priorities
def choose(stage: stages.PrioritiesStage) -> None:
    """Chosen, or no longer."""
    stage.choose()


@here(
    "live.decide",
    "d",
    on=RUNNING,
    why_not=reasons.follows,
    title=N_("decision"),
    help=N_("Write down a decision, in one line"),
)
@_step
def decide(stage: stages.StepStage) -> None:
    """Ask for the line."""
    stage.decide("decision")


@here(
    "live.action",
    "a, n",
    on=RUNNING,
    why_not=reasons.follows,
    title=N_("action"),
    help=N_("Write down an action, in one line"),
)
@_step
def action(stage: stages.StepStage) -> None:
    """Ask for the line."""
    stage.decide("priority")


@here("live.park", "p", on=RUNNING, why_not=reasons.follows, title=N_("parking"), help=N_("A word for later"))
@_step
def park(stage: stages.StepStage) -> None:
    """Ask for the word."""
    stage.park()


@here(
    "live.solve",
    "x",
    on=SUBJECT,
    why_not=reasons.follows,
    title=N_("solved"),
    help=N_("The subject is settled"),
)
@_subject
def solve(stage: stages.SubjectStage) -> None:
    """Settled."""
    stage.solve()


@here(
    "live.wait", "w", on=SUBJECT, title=N_("waits for"), help=N_("The subject waits for somebody"),
    why_not=reasons.where_one_leads(reasons.settled),
)  # fmt: skip
@_subject
def wait(stage: stages.SubjectStage) -> None:
    """Ask on whom."""
    stage.wait()


@here("live.escalate", "e", on=SUBJECT, title=N_("escalate"), help=N_("One step up the ladder"),
      why_not=reasons.where_one_leads(reasons.at_the_top))  # fmt: skip
@_subject
def escalate(stage: stages.SubjectStage) -> None:
    """Ask what is asked of whom."""
    stage.escalate()


@here(
    "live.extra", "plus, equals_sign", on=RUNNING, title=N_("+1 min"),
    why_not=reasons.where_one_leads(reasons.extended),
    help=N_("One more minute for this part, once"),
)  # fmt: skip
@_step
def extra(stage: stages.StepStage) -> None:
    """One minute."""
    stage.extra()


@on_part
def _on_screen(place: Place) -> LiveScreen | None:
    return _screen(place)


@here("live.veil", "v", on=BEFORE | RUNNING, title=N_("veil"), help=N_("Show or hide what is restricted"))
@_on_screen
def veil(screen: LiveScreen) -> None:
    """Show it, or hide it."""
    screen.toggle_veil()


@here(
    "live.take", "t", on=RUNNING, title=N_("lead"), help=N_("I lead this meeting from now on"), shown=False,
    why_not=reasons.leading,
)  # fmt: skip
@_step
def take_over(stage: stages.StepStage) -> None:
    """Lead it."""
    stage.take_over()


@here(
    "live.close", "c", on=RUNNING, why_not=reasons.follows, title=N_("close"),
    help=N_("Close the meeting: its minutes, after a preview"),
)  # fmt: skip
@_step
def close(stage: stages.StepStage) -> None:
    """Close it."""
    stage.close()


@here(
    "live.file", "c", on={Kind.LIVE_AFTER}, title=N_("file again"),
    help=N_("Write the minutes into the folder again"),
)  # fmt: skip
@_closed
def file_again(stage: stages.ClosedStage) -> None:
    """Write them again."""
    stage.file_again()


@here(
    "ritual.template", title=N_("plan a ritual"), shown=False,
    help=N_("Plan a meeting that comes back, from a template: kick-off, flash point, reviews"),
)  # fmt: skip
def from_template(cockpit: Cockpit, place: Place) -> None:
    """Ask which template."""
    from cockpit.ui.meetings import questions

    place.ask(questions.which_template(cockpit.workspace))
