"""What keys do to blockers, priorities and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.records.identities import in_short
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.locale import N_, _, pgettext
from cockpit.services.desk import refusal
from cockpit.services.work import ladder
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()
WORK = frozenset({Kind.BLOCKER, Kind.PRIORITY})
"""What is solved, put off, handed on."""
PREPARED = WORK | {Kind.STATEMENT}
"""What an assistant may write a line about."""


def closed(_cockpit: Cockpit, target: Target) -> str:
    """Nothing more is done to what is solved or done."""
    record = target.record
    if isinstance(record, Blocker | Priority) and record.closed_at is not None:
        return str(refusal.closed(record.code))
    return ""


def at_the_top(cockpit: Cockpit, target: Target) -> str:
    """There is no step above the last one of the ladder."""
    record = target.record
    if isinstance(record, Blocker) and record.closed_at is None and record.level >= ladder.TOP:
        return _("{code} is at the top of the ladder: d records the decision that ends it").format(
            code=record.code
        )
    return closed(cockpit, target)


@here("blocker.add", "b", title=N_("blocker"), help=N_("Write down a blocker, in one line"))
def add_blocker(cockpit: Cockpit, place: Place) -> None:
    """Ask for the line."""
    _add("blocker", cockpit, place)


@here("priority.add", "n", title=N_("priority"), help=N_("Write down a priority, in one line"))
def add_priority(cockpit: Cockpit, place: Place) -> None:
    """Ask for the line."""
    _add("priority", cockpit, place)


@here("decision.add", "d", title=N_("decision"), help=N_("Write down a decision, in one line"))
def add_decision(cockpit: Cockpit, place: Place) -> None:
    """Ask for the line. A decision made on an escalated blocker is the one that ends its escalation."""
    code = place.target().code
    settles = code.startswith("B-") and bool(ladder.open_of(cockpit.workspace, code))
    text = pgettext("typed", "blocks:{code} ").format(code=code) if settles else ""
    _add("decision", cockpit, place, text)


def _add(kind: str, cockpit: Cockpit, place: Place, text: str = "") -> None:
    from cockpit.services.work import entry
    from cockpit.ui.work import questions

    day = place.day()
    mark = entry.due_on(cockpit.workspace, day) if day is not None else ""
    draft = cockpit.draft(f"new:{kind}")
    if mark and draft and entry.understand(cockpit.workspace, draft).due is None:
        # What was begun elsewhere is for this day too, unless it says another one.
        cockpit.keep_draft(f"new:{kind}", f"{draft.rstrip()} {mark}")
    place.ask(questions.new_record(cockpit.workspace, kind, REGISTERS[kind], text + mark))


@here("work.done", "x", on=WORK, title=N_("done"), help=N_("Solved or done"), why_not=closed, several=True)
def done(cockpit: Cockpit, place: Place) -> None:
    """It is over, at once."""
    from cockpit.services.work import lessons, moves

    codes = place.codes()
    moves.done(cockpit.workspace, codes)
    place.unmark()
    cockpit.done(_("{code} done · u undoes").format(code=in_short(codes)))
    if len(codes) == 1 and lessons.is_asked(cockpit.workspace, codes[0]):
        from cockpit.ui.work import questions

        place.ask(questions.lesson(cockpit.workspace, codes[0]))


@here(
    "work.snooze", "r", on=WORK, title=N_("snooze"), why_not=closed, several=True,
    help=N_("Out of sight until a date; comes back at its rank"),
)  # fmt: skip
def snooze(cockpit: Cockpit, place: Place) -> None:
    """Ask until when."""
    from cockpit.ui.work import questions

    place.ask(questions.snooze(cockpit.workspace, place.codes(), place.unmark))


@here(
    "work.delegate", "g", on=WORK, title=N_("delegate"), why_not=closed, several=True,
    help=N_("Somebody else carries it, with a reminder"),
)  # fmt: skip
def delegate(cockpit: Cockpit, place: Place) -> None:
    """Ask to whom."""
    from cockpit.ui.work import questions

    place.ask(questions.delegate(cockpit.workspace, place.codes(), place.unmark))


@here(
    "work.wait", "w", on=WORK, title=N_("waiting on"), help=N_("Who we wait for"), why_not=closed, several=True
)  # fmt: skip
def wait(cockpit: Cockpit, place: Place) -> None:
    """Ask on whom."""
    from cockpit.ui.work import questions

    place.ask(questions.wait(cockpit.workspace, place.codes(), place.unmark))


@here(
    "work.severity", "G, shift+g", on=WORK, title=N_("severity"), why_not=closed, several=True, shown=False,
    help=N_("How severe it is: p1 to p4"),
)  # fmt: skip
def severity(cockpit: Cockpit, place: Place) -> None:
    """Ask for one of the four."""
    from cockpit.ui.work import questions

    place.ask(questions.severity(cockpit.workspace, place.codes(), place.unmark))


@here("work.next", "p", on=WORK, title=N_("next step"), help=N_("What happens next"), why_not=closed)
def next_step(cockpit: Cockpit, place: Place) -> None:
    """Ask for the step."""
    from cockpit.ui.work import questions

    place.ask(questions.next_step(cockpit.workspace, place.target().code))


@here(
    "work.escalate", "e", on={Kind.BLOCKER}, title=N_("escalate"), why_not=at_the_top,
    help=N_("One step up: what is asked of whom at the next level"),
)  # fmt: skip
def escalate(cockpit: Cockpit, place: Place) -> None:
    """Ask what is asked of whom at the next level."""
    from cockpit.ui.work import questions

    code = place.target().code
    question = questions.escalate(cockpit.workspace, code)
    if question is not None:
        place.ask(question)
        return
    cockpit.tell(
        _("{code} is at the top of the ladder: d records the decision that ends it").format(code=code)
    )


@here(
    "decision.arbitrate", "o", on={Kind.BLOCKER}, title=N_("decide it"), why_not=closed,
    help=N_("Decide what this blocker waits for, in one line"),
)  # fmt: skip
def arbitrate(cockpit: Cockpit, place: Place) -> None:
    """Ask what is decided."""
    from cockpit.ui.work import decision_questions

    place.ask(decision_questions.arbitrate(cockpit.workspace, place.target().code))


@here(
    "decision.supersede", "r", on={Kind.DECISION}, title=N_("replace"),
    help=N_("Decide anew: a decision is superseded, never edited"),
)  # fmt: skip
def supersede(cockpit: Cockpit, place: Place) -> None:
    """Ask what is decided instead."""
    from cockpit.ui.work import decision_questions

    place.ask(decision_questions.supersede(cockpit.workspace, place.target().code))


@here(
    "decision.holds", "x", on={Kind.DECISION}, title=N_("still holds"),
    help=N_("This decision was looked at again and holds: until when"),
)  # fmt: skip
def holds(cockpit: Cockpit, place: Place) -> None:
    """Ask when to look at it again."""
    from cockpit.ui.work import decision_questions

    place.ask(decision_questions.holds(cockpit.workspace, place.target().code))


@here(
    "prepare.line", "j", on=PREPARED, title=N_("prepare"),
    help=N_("A line about it for the chief executive's review of today"),
)  # fmt: skip
def prepare(cockpit: Cockpit, place: Place) -> None:
    """Ask for the line."""
    from cockpit.ui.work import questions

    place.ask(questions.line_about(cockpit.workspace, place.target().code))


@here(
    "priority.of_blocker", "space", on={Kind.CANDIDATE}, title=N_("of the day"), leads=True,
    help=N_("This blocker, or a step towards this goal, is one of the three of today; again: no longer"),
    why_not=closed,
)  # fmt: skip
def of_blocker(cockpit: Cockpit, place: Place) -> None:
    """A priority of today comes of it."""
    from cockpit.services.figures import goals
    from cockpit.services.work import priorities
    from cockpit.ui.work import priority_questions

    code, workspace = place.target().code, cockpit.workspace
    is_goal = Kind.GOAL in place.target().kinds
    is_new = is_goal or priorities.of_the_day(workspace, code) is None
    if not is_goal and is_new and priorities.is_full(workspace):
        place.ask(priority_questions.which_to_drop(workspace, code))
        return
    made = goals.pick(workspace, code) if is_goal else priorities.toggle_blocker(workspace, code)
    told = (
        _("{priority} made of {code} · u undoes")
        if is_new
        else _("{code}: priorities of the day changed · u undoes")
    )
    cockpit.done(told.format(priority=made, code=code))


@here(
    "priority.pick", "space", on={Kind.PRIORITY}, title=N_("of the day"), why_not=closed,
    help=N_("One of the three priorities of today, or no longer"),
)  # fmt: skip
def pick(cockpit: Cockpit, place: Place) -> None:
    """One of the day's three, or no longer; asks where a plain choice is not enough."""
    from cockpit.services.records import find
    from cockpit.services.work import moves, priorities
    from cockpit.ui.work import priority_questions

    code, workspace = place.target().code, cockpit.workspace
    _register, found = find.find(workspace, code)
    today = workspace.today()
    if isinstance(found, Priority) and found.day != today:
        if priorities.must_be_settled(found, today):
            place.ask(priority_questions.settle(workspace, found))
            return
        if priorities.is_full(workspace):
            place.ask(priority_questions.which_to_drop(workspace, code))
            return
    moves.pick(workspace, code)
    cockpit.done(_("{code}: priorities of the day changed · u undoes").format(code=code))


@here(
    "trial.verdict", "a", on={Kind.TRIAL}, title=N_("verdict"), leads=True,
    help=N_("Keep or stop what was tried out, and what was learned"),
)  # fmt: skip
def verdict(cockpit: Cockpit, place: Place) -> None:
    """Ask for the verdict."""
    from cockpit.ui.work import questions

    place.ask(questions.verdict(cockpit.workspace, place.target().code))
