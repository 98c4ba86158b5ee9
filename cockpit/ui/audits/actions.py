"""What keys do about audits: open a guided form and answer in it, begin a handover, tick a step off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cockpit.domain.audits.questionnaire import NO, PARTLY, UNKNOWN, YES
from cockpit.domain.registers.function import Function
from cockpit.locale import N_, _
from cockpit.ui.kit.actions import Actions, Deed, on_part
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.rights import while_veiled

if TYPE_CHECKING:
    from cockpit.ui.audits.guided import Form, Guided
    from cockpit.ui.audits.self_audit import SelfAuditForm
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()
_AUDIT_HELP = N_("Audit this function on four axes; goes on where it was left")
_SELF_AUDIT_HELP = N_("The self-audit: twenty minutes to a first map; goes on where it was left")
ANSWER = frozenset({Kind.ASK_ANSWER})
MARKED = frozenset({Kind.ASK_SCALE, Kind.ASK_FUNCTION})
FUNCTION = frozenset({Kind.ASK_FUNCTION})


def veiled(cockpit: Cockpit, _target: Target) -> str:
    """What is asked in a form may be above the level of the room."""
    return while_veiled(cockpit.workspace, _("what is asked here may be restricted: v lifts the veil"))


def carried_inside(cockpit: Cockpit, target: Target) -> str:
    """An audit is about what others carry."""
    if isinstance(target.record, Function) and target.record.mode == "internal":
        return _("carried inside: an audit is for what others carry; L looks at its level")
    return veiled(cockpit, target)


@here("selfaudit", title=N_("self-audit"), help=_SELF_AUDIT_HELP, shown=False, why_not=veiled)
@here("map.selfaudit", "t", on={Kind.MAP}, title=N_("self-audit"), help=_SELF_AUDIT_HELP, why_not=veiled)
def self_audit(cockpit: Cockpit, place: Place) -> None:
    """Begin the self-audit, or go on where it was left."""
    from cockpit.ui.audits.self_audit import SelfAuditForm

    _open(cockpit, SelfAuditForm(cockpit.workspace))


@here(
    "audit.start", title=N_("audit"), shown=False, why_not=veiled,
    help=N_("Audit an outsourced function on four axes; goes on where it was left"),
)  # fmt: skip
@here(
    "function.audit", "A, shift+a", on={Kind.FUNCTION}, title=N_("audit"), help=_AUDIT_HELP,
    why_not=carried_inside,
)  # fmt: skip
def audit(cockpit: Cockpit, place: Place) -> None:
    """Audit the function under the cursor, else the one that is named."""
    from cockpit.services.audits import answer_sheets
    from cockpit.ui.audits.audit import AuditForm

    def begin(code: str) -> None:
        _open(cockpit, AuditForm(cockpit.workspace, code))

    code = place.target().code
    if code.startswith("FN-") and answer_sheets.function_of(cockpit.workspace, code).mode == "internal":
        cockpit.tell(_("carried inside: an audit is for what others carry; L looks at its level"))
    elif code.startswith("FN-"):
        begin(code)
    else:
        _ask_which(cockpit, place, _("audit which function"), begin)


@here(
    "level.start", title=N_("right level"), shown=False, why_not=veiled,
    help=N_("Review how far a function is outsourced; goes on where it was left"),
)  # fmt: skip
@here(
    "function.level", "L, shift+l", on={Kind.FUNCTION}, title=N_("right level"), why_not=veiled,
    help=N_("Review how far this function is outsourced"),
)  # fmt: skip
def level(cockpit: Cockpit, place: Place) -> None:
    """Review the level of the function under the cursor, else of the one that is named."""
    from cockpit.ui.audits.level import LevelForm

    def begin(code: str) -> None:
        _open(cockpit, LevelForm(cockpit.workspace, code))

    code = place.target().code
    if code.startswith("FN-"):
        begin(code)
    else:
        _ask_which(cockpit, place, _("review which function"), begin)


def _ask_which(cockpit: Cockpit, place: Place, title: str, begin: Callable[[str], None]) -> None:
    from cockpit.services.audits import answer_sheets
    from cockpit.ui.audits import questions

    found = answer_sheets.due_functions(cockpit.workspace.shown)
    if not found:
        cockpit.tell(
            _("no function is carried outside yet: F3 opens the organisation, ^p self-audit begins the map")
        )
        return
    place.ask(questions.which(cockpit.workspace, title, found, begin))


def _open(cockpit: Cockpit, form: Form) -> None:
    """Show a form, over whatever is shown now."""
    from cockpit.ui.audits.guided import Guided

    cockpit.push_screen(Guided(form))


@here(
    "handover.start", title=N_("handover"), help=N_("A handover from a template, of somebody by name"),
    shown=False,
)  # fmt: skip
@here(
    "person.handover", "p", on={Kind.PERSON}, title=N_("handover"),
    help=N_("A handover from a template: arrival, departure, end of mission"),
)  # fmt: skip
def hand_over(cockpit: Cockpit, place: Place) -> None:
    """Of the person under the cursor, else of whoever is named."""
    from cockpit.ui.audits import handover_questions

    code = place.target().code
    if code.startswith(("PE-", "PR-")):
        place.ask(handover_questions.kind_of(cockpit.workspace, code, cockpit.open_code))
    else:
        place.ask(handover_questions.whose(cockpit.workspace, cockpit.open_code))


@here(
    "step.done", "x", on={Kind.STEP}, title=N_("done"),
    help=N_("This step of the handover is done today; again: it is not"),
)  # fmt: skip
def step_done(cockpit: Cockpit, place: Place) -> None:
    """Tick a step off, or no longer."""
    from cockpit.services.audits import handovers

    code = place.target().code
    done = handovers.toggle_step(cockpit.workspace, code)
    said = _("{code} done · u undoes") if done else _("{code}: not done after all · u undoes")
    cockpit.done(said.format(code=code))


@on_part
def _in_form(place: Place) -> Guided | None:
    from cockpit.ui.audits.guided import Guided

    return place if isinstance(place, Guided) else None


@on_part
def _in_self_audit(place: Place) -> tuple[SelfAuditForm, Guided] | None:
    from cockpit.ui.audits.guided import Guided
    from cockpit.ui.audits.self_audit import SelfAuditForm

    if isinstance(place, Guided) and isinstance(place.form, SelfAuditForm):
        return place.form, place
    return None


@here("ask.yes", "o, y", on=ANSWER, title=N_("yes"), help=N_("Answer yes"))
@_in_form
def yes(guided: Guided) -> None:
    """Yes."""
    guided.form.answer(YES, guided)


@here("ask.partly", "p", on=ANSWER, title=N_("partly"), help=N_("Answer partly"))
@_in_form
def partly(guided: Guided) -> None:
    """Partly."""
    guided.form.answer(PARTLY, guided)


@here("ask.no", "n", on=ANSWER, title=N_("no"), help=N_("Answer no"))
@_in_form
def no(guided: Guided) -> None:
    """No."""
    guided.form.answer(NO, guided)


@here("ask.unknown", "i", on=ANSWER, title=N_("not known"), help=N_("Answer that it is not known"))
@_in_form
def unknown(guided: Guided) -> None:
    """Nobody knows: never the same as no."""
    guided.form.answer(UNKNOWN, guided)


@here(
    "ask.keep", "space", on=FUNCTION, title=N_("keep or drop"),
    help=N_("The company has this function, or it has not"),
)  # fmt: skip
@_in_self_audit
def keep(part: tuple[SelfAuditForm, Guided]) -> None:
    """The company has it, or not."""
    form, guided = part
    form.keep_or_drop(guided)


@here(
    "ask.mode", "m", on=FUNCTION, title=N_("mode"),
    help=N_("Internal, external, time-shared, mixed: the next one"),
)  # fmt: skip
@_in_self_audit
def mode(part: tuple[SelfAuditForm, Guided]) -> None:
    """The next way to carry it."""
    form, guided = part
    form.next_mode(guided)


@here(
    "ask.core", "c", on=FUNCTION, title=N_("core value"),
    help=N_("Core value, to be kept in-house, or not"),
)  # fmt: skip
@_in_self_audit
def core(part: tuple[SelfAuditForm, Guided]) -> None:
    """Core value, or not."""
    form, guided = part
    form.core_or_not(guided)


@here(
    "ask.add", "a", on={Kind.ASK_FUNCTION, Kind.ASK_END}, title=N_("add"),
    help=N_("A function of your own, an action that follows of an audit"),
)  # fmt: skip
@_in_form
def add(guided: Guided) -> None:
    """Ask for the function, or for the action."""
    guided.form.add(guided)


def _mark(mark: int) -> Deed:
    @_in_form
    def give(guided: Guided) -> None:
        guided.form.mark(mark, guided)

    return give


here(
    "ask.1", "1, ampersand", on=MARKED, title=N_("– 4 mark"),
    help=N_("A mark from 1 to 4: criticality, value, skill"),
)(_mark(1))  # fmt: skip
here("ask.2", "2, é", on=MARKED, title=N_("2 of 4"), help=N_("The second of four marks"), shown=False)(
    _mark(2)
)
here("ask.3", "3, quotation_mark", on=MARKED, title=N_("3 of 4"), help=N_("The third of four marks"),
     shown=False)(_mark(3))  # fmt: skip
here("ask.4", "4, apostrophe", on=MARKED, title=N_("4 of 4"), help=N_("The highest of four marks"),
     shown=False)(_mark(4))  # fmt: skip


@here(
    "ask.remove", "x", on={Kind.ASK_ACTION}, title=N_("take off"), help=N_("Take this action off again"),
)  # fmt: skip
@_in_form
def remove(guided: Guided) -> None:
    """The action under the cursor is none after all."""
    guided.form.remove(guided)
