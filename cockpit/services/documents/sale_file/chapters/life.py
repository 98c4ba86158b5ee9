"""Chapters 11 to 13: the routines the company lives by, what it hears and learns, and how it is passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cockpit.domain.documents.publication import ChapterPart, DataTable, Passage, TableCell, ToComplete
from cockpit.domain.records.identities import is_code
from cockpit.domain.registers.handover import Handover
from cockpit.domain.registers.step import Step
from cockpit.domain.signals.score import COMPANY, SignalState
from cockpit.locale import _, ngettext
from cockpit.services.audits import handovers
from cockpit.services.documents.sale_file.source import SaleSource, few
from cockpit.services.documents.sale_file.telling import Telling, label
from cockpit.services.signals import rows as signal_rows
from cockpit.services.signals import words
from cockpit.services.signals.listing import SignalLine, history
from cockpit.services.signals.state_words import GAUGES, SIGNS, STATES, number

WEEKS = 53
_LEAST_WEEKS = 12
"""Weeks of signals under which there is no history to show."""


def rituals(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Each ritual, how often it was held of the times it is known of, what was decided in it."""
    if not source.rituals:
        return
    rows = []
    for each in source.rituals:
        found = source.meetings.get(each.code)
        known = found.held + found.missed if found else 0
        rows.append((
            telling.title(each), label("ritual", "kind", each.kind), each.minutes, len(each.members) or None,
            found.held if found else 0, found.missed if found else 0,
            f"{100 * found.held // known} %" if found and known else _("not enough data"),
            found.minuted if found else 0, found.decided if found else 0,
        ))  # fmt: skip
    yield DataTable(
        "rituals", _("Rituals over twelve months"),
        (_("Ritual"), _("Kind"), _("Minutes"), _("Members"), _("Meetings held"), _("Meetings missed"),
         _("Held, of those known"), _("With minutes"),
         _("Decisions taken")),
        tuple(rows), source=_("register of meetings and decisions"),
    )  # fmt: skip


def ritual_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """No ritual, or one that was never held."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    if not source.rituals:
        yield ToComplete(
            _("the rituals: kick-off, flash point, reviews"), chief, due, "cockpit ritual add kickoff"
        )
    yield from few(
        [
            ToComplete(
                _("{name}: no meeting of it is known to have been held").format(name=telling.title(each)),
                chief, due,
                each.code,
            )
            for each in source.rituals
            if each.kind != "informal" and not (each.code in source.meetings and source.meetings[each.code].held)
        ],
        "cockpit week",
    )  # fmt: skip


def signals(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Gauges and signals as measured last, how they moved, what was answered; trials and lessons."""
    board = source.signals
    if board.week is not None:
        by_state = Counter(line.score.state for line in board.lines)
        said = " · ".join(
            f"{SIGNS[state][0]} {_(STATES[state])} {by_state[state]}"
            for state in reversed(SignalState)
            if by_state[state]
        )
        yield Passage(_("Measured every week, the last time in the week of {day}: {states}").format(
            day=f"{board.week:%d/%m/%Y}", states=said or "–"))  # fmt: skip
        yield DataTable(
            "gauges", _("Gauges"), (_("Gauge"), _("Value, of 100"), _("State"), _("Signals known"),
            _("Thirteen weeks")),
            tuple(
                (
                    _(GAUGES[each.name]), number(each.score.value) if each.score.value is not None else None,
                    _(STATES[each.score.state]),
                    "/".join(number(each.score.proof.figures.get(name, 0)) for name in ("known", "parts")),
                    words.sparkline(each.trend),
                )
                for each in board.gauges
            ),
            source=_("the signals below, each by its weight"),
        )  # fmt: skip
        shown = [
            each for each in board.lines
            if each.score.subject == COMPANY or (each.is_raised and not telling.is_anonymous)
        ]  # fmt: skip
        yield DataTable(
            "signals", _("Weak signals"),
            (_("Signal"), _("About"), _("Value"), _("From where on it is watched"), _("State"),
             _("Thirteen weeks"),
             _("Weeks measured"), _("Answer")),
            tuple(_signal(source, telling, each) for each in shown),
            source=_("measured by Cockpit from the registers; its documentation has the formulas"),
        )  # fmt: skip
    if source.trials:
        yield DataTable(
            "trials", _("Trials"),
            (_("Trial"), _("Function"), _("Start"), _("End"), _("Verdict"), _("What was learned")),
            tuple(
                (
                    telling.title(each), telling.function(each.function), telling.day(each.starts_on),
                    telling.day(each.ends_on), label("trial", "verdict", each.verdict),
                    telling.words(each.learned),
                )
                for each in source.trials
            ),
            source=_("register of trials"),
        )  # fmt: skip
    if source.lessons:
        n = len(source.lessons)
        yield Passage(ngettext("{n} lesson was written down", "{n} lessons were written down", n).format(n=n))
        if not telling.is_anonymous:
            yield DataTable(
                "lessons", _("Lessons"), (_("Lesson"), _("Function"), _("Day")),
                tuple(
                    (telling.title(each), telling.function(each.function), telling.day(each.learned_on))
                    for each in source.lessons
                ),
                source=_("register of lessons"),
            )  # fmt: skip


def _signal(source: SaleSource, telling: Telling, line: SignalLine) -> tuple[TableCell, ...]:
    score = line.score
    answer = ""
    if line.answer is not None:
        answer = _("yes") if telling.is_anonymous else telling.words(signal_rows.answered(line))
    return (
        f"{line.signal.id} {_(line.signal.name)}",
        _about(line, telling),
        words.value(score.value, line.signal.unit), words.limit(score, line.signal), _(STATES[score.state]),
        words.sparkline(line.trend), sum(each.score.value is not None for each in history(source.workspace,
        line, WEEKS)),
        answer,
    )  # fmt: skip


def _named(line: SignalLine, telling: Telling) -> str:
    name = f"{line.signal.id} {_(line.signal.name)}"
    return f"{name} · {_about(line, telling)}" if line.score.subject != COMPANY else name


def _about(line: SignalLine, telling: Telling) -> str:
    code = line.score.subject
    if not code:
        return _("the company")
    return (
        telling.party(code) if code.startswith(("PE-", "PR-", "FN-")) else telling.named(code, line.subject)
    )


def signal_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Nothing measured, too short a history, signals that nobody answered, trials without a verdict."""
    chief, due, board = telling.person(source.workspace.chief), source.wanted(), source.signals
    if board.week is None:
        yield ToComplete(_("the weak signals: never measured"), chief, due, "cockpit signals --measure")
    elif board.gauges:
        weeks = len(history(source.workspace, board.gauges[0], WEEKS))
        if weeks < _LEAST_WEEKS:
            yield ToComplete(
                _("a history of the signals: {n} weeks are measured, {least} show a trend").format(
                    n=weeks, least=_LEAST_WEEKS
                ),
                chief, due, "cockpit signals",
            )  # fmt: skip
    yield from few(
        [
            ToComplete(
                _("an answer to the signal {name}").format(name=_named(each, telling)),
                chief, due,
                f"cockpit signals show {each.signal.id}",
            )
            for each in board.raised
        ],
        "cockpit signals",
    )  # fmt: skip
    for each in source.trials:
        if each.verdict == "open" and each.ends_on is not None and each.ends_on < source.today:
            yield ToComplete(_("{name}: its verdict").format(name=telling.title(each)),
            telling.person(each.owner) or chief,
                             due, each.code)  # fmt: skip


def passing_on(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Handovers and their steps, and who the company would miss most."""
    if source.handovers:
        yield DataTable(
            "handovers", _("Handovers"),
            (_("Handover"), _("Kind"), _("From"), _("To"), _("Function"), _("Ends"), _("Steps done"),
             _("Steps"), _("Late")),
            tuple(_handover(source, telling, each) for each in source.handovers),
            source=_("register of handovers"),
        )  # fmt: skip
    steps = [(each, step) for each in source.handovers for step in _steps(source, each)]
    if steps and not telling.is_anonymous:
        yield DataTable(
            "steps", _("Steps of the handovers"),
            (_("Handover"), _("Step"), _("Owner"), _("Due"), _("Done")),
            tuple(
                (telling.title(each), telling.title(step), telling.person(step.owner), step.due, step.done_on)
                for each, step in steps
            ),
            source=_("register of handover steps"),
        )  # fmt: skip
    rows = [
        (
            telling.person(found.person.code),
            len(found.stops),
            len(found.waiting),
            f"{len(found.alone)}/{found.decided}",
        )
        for found in source.absences
    ]
    if rows:
        yield DataTable(
            "key-people", _("Key people"),
            (_("Who"), _("Critical, nothing ready"), _("Blockers that wait for them"),
             _("Decided by themselves in 90 days")),
            tuple(rows), source=_("absence test"),
        )  # fmt: skip


def _steps(source: SaleSource, handover: Handover) -> tuple[Step, ...]:
    found = handovers.steps(source.workspace, handover.code)
    return tuple(each for each in found if not source.workspace.hides(each))


def _handover(source: SaleSource, telling: Telling, each: Handover) -> tuple[TableCell, ...]:
    found = handovers.standing(source.workspace, each)
    return (
        telling.title(each), label("handover", "kind", each.kind), telling.party(each.giver),
        telling.party(each.taker),
        telling.function(each.function), telling.day(each.due), found.done, found.every, found.late,
    )  # fmt: skip


def passing_on_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """No handover of the chief executive, steps that are late."""
    chief = telling.person(source.workspace.chief)
    if not any(each.giver == source.workspace.chief for each in source.handovers):
        yield ToComplete(
            _("the handover of the chief executive: the hundred days after the sale"), chief, source.wanted(),
            f"cockpit handover {source.workspace.chief}" if is_code(source.workspace.chief) else "cockpit handover",
        )  # fmt: skip
    late = [
        (each, step)
        for each in source.handovers for step in _steps(source, each)
        if step.done_on is None and step.due is not None and step.due < source.today
    ]  # fmt: skip
    yield from few(
        [
            ToComplete(
                _("{name}: a step is late").format(name=telling.title(each))
                if telling.is_anonymous
                else _("{name}: {value}").format(name=telling.title(each), value=telling.title(step)),
                telling.person(step.owner) or chief, source.today, step.code,
            )
            for each, step in late
        ],
        "cockpit handover",
    )  # fmt: skip
