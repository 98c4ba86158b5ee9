"""What a person can do with the clocks of a case: answer, pause, resume, deliver, excuse, count again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from cockpit.domain.promises import sla_clock
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.clock import PAUSES, Clock
from cockpit.domain.registers.policy import ACKNOWLEDGEMENT, DELIVERY, UPDATE
from cockpit.domain.text import clean, typed
from cockpit.locale import _, ngettext
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks, expected, left
from cockpit.services.promises.clocks import CLOCK, RecordChange, moved, refresh_blocker
from cockpit.services.promises.promises import Promise, promises
from cockpit.services.records.find import find
from cockpit.store import records
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction

REASONS = tuple(reason for reason in PAUSES if reason != sla_clock.RESOLVED)
"""The reasons that a person may give for a pause."""


_POLICY = REGISTERS["policy"]


class CannotPause(Refusal):
    """A clock cannot be paused; the message is one sentence that says why."""


def open_clocks(workspace: Workspace, code: str) -> tuple[Clock, ...]:
    """The running and paused clocks of a blocker, or the one of that code. Raises UnknownCode, NotPossible."""
    code = code.upper()
    _register, one = find(workspace, code)
    found = (one,) if isinstance(one, Clock) else clocks.of_blocker(workspace, code)
    live = tuple(clock for clock in found if clock.ended_at is None and clock.archived_at is None)
    if not live:
        raise NotPossible(code, _("no clock of it is running"))
    return live


def answer(workspace: Workspace, code: str) -> list[JournalEntry]:
    """The provider answered or delivered: ends the first answer, and starts the wait for the next news anew.

    Of an expected report: it came.
    """
    if code.upper().startswith(f"{expected.REPORT.prefix}-"):
        return expected.came(workspace, code)
    with transaction(workspace.conn):
        live = open_clocks(workspace, code)
        ends = [clock for clock in live if clock.metric in (ACKNOWLEDGEMENT, UPDATE, DELIVERY)]
        if not ends:
            raise NotPossible(code, _("neither an answer nor a report is owed: what remains is to solve it"))
        changes = moved(workspace, ends, "fulfilled")
        for clock in ends:
            if clock.metric == UPDATE:
                changes += _next_cycle(workspace, clock)
            changes += expected.of_clock(workspace, clock)
        return _write(workspace, ends, changes, "clock.answer")


def pause(
    workspace: Workspace, code: str, reason: str, note: str = "", at: datetime | None = None
) -> list[JournalEntry]:
    """Stop the clocks of a case, but for its first answer. Raises CannotPause with the reason."""
    at = at or workspace.clock()
    if reason not in REASONS:
        raise CannotPause(
            _("choose one of: {choices}").format(choices=", ".join(_(PAUSES[r]) for r in REASONS))
        )
    if reason == sla_clock.AGREED and not clean(note):
        raise CannotPause(_("what was agreed, and with whom, must be said"))
    with transaction(workspace.conn):
        live = [
            c for c in open_clocks(workspace, code) if c.metric != ACKNOWLEDGEMENT or c.code == code.upper()
        ]
        if not live:
            raise CannotPause(_("a first answer is not paused: pause its own clock to do so"))
        _check_moment(workspace, live, at)
        live = [clock for clock in live if not _is_held(workspace, clock, reason, at)]
        if not live:
            raise CannotPause(_("{code} is paused already").format(code=code.upper()))
        changes = moved(workspace, live, "paused", at, reason=reason, note=typed(note))
        return _write(workspace, live, changes, "clock.pause", typed(note))


def resume(workspace: Workspace, code: str, at: datetime | None = None) -> list[JournalEntry]:
    """The clocks of a case go on. Raises CannotPause when that is before they stopped."""
    at = at or workspace.clock()
    with transaction(workspace.conn):
        live = [clock for clock in open_clocks(workspace, code) if clock.pause]
        if not live:
            raise NotPossible(code, _("no clock of it is paused"))
        _check_moment(workspace, live, at)
        for clock in live:
            halted = clocks.state_of(workspace, clock).halted
            if halted is not None and at < halted.since:
                raise CannotPause(_("a pause cannot end before it starts"))
            if halted is not None:
                # Of one second, what stops a clock comes after what lets it go on.
                at = max(at, halted.since + timedelta(seconds=1))
        return _write(workspace, live, moved(workspace, live, "resumed", at), "clock.resume")


def waive(workspace: Workspace, code: str, why: str) -> list[JournalEntry]:
    """Excuse a passed promise; it stays counted, and so does the excuse."""
    found = records.get(workspace.conn, CLOCK, code)
    if not isinstance(found, Clock):
        raise UnknownCode(code)
    if not clean(why):
        raise NotPossible(code, _("say why it is excused"))
    if not left.has_passed(found, workspace.clock()):
        raise NotPossible(code, _("its time is not over: there is nothing to excuse"))
    with transaction(workspace.conn):
        return workspace.change_all(
            moved(workspace, [found], "waived", why=typed(why)), "clock.waive", typed(why)
        )


def bound_by(workspace: Workspace, policy: str) -> tuple[Clock, ...]:
    """The open clocks that a promise opened: its change leaves them as they were, unless they are counted again."""
    where = "policy = ? AND ended_at IS NULL AND archived_at IS NULL AND coalesce(blocker, '') != ''"
    return workspace.select(Clock, "clock", f"{where} ORDER BY number", (policy,))


def follow(workspace: Workspace, policy: str, mode: str) -> int:
    """Apply a promise as it is now to the clocks that it opened, as one change; how many there were.

    `mode` is PROSPECTIVE (what was used stays used), RETROACTIVE (from the start) or RESTART.
    """
    with transaction(workspace.conn):
        live = bound_by(workspace, policy)
        calendars = Calendars(workspace, freeze=True)
        changes: list[RecordChange] = []
        for clock in live:
            promise = _promise_of(workspace, calendars, clock)
            if promise is not None:
                changes += moved(
                    workspace, [clock], "policy_changed", calendars=calendars, mode=mode,
                    target=promise.target, calendar=str(calendars.keep(promise.calendar)),
                )  # fmt: skip
        if changes:
            _write(workspace, live, changes, "clock.recompute", mode)
        return len(live)


def stay(workspace: Workspace, policies: Iterable[str]) -> list[str]:
    """What becomes of the open deadlines of promises that were changed, in words, with the way out."""
    names, found = workspace.names(), []
    for code in policies:
        n = len(bound_by(workspace, code))
        if n:
            said = ngettext(
                "{name}: {n} open deadline stays as it was promised · count it anew: cockpit sla recount {code}",
                "{name}: {n} open deadlines stay as they were promised · count them anew: cockpit sla recount {code}",
                n,
            )
            found.append(said.format(name=names.get(code, code), n=n, code=code))
    return found


def count_again(workspace: Workspace, code: str, mode: str) -> list[JournalEntry]:
    """Apply today's promise and calendar to the running clocks of a case, or to those that a promise opened.

    `mode` is RETROACTIVE (as if it had always been so), RESTART (from zero, now) or, for a promise, PROSPECTIVE
    (from now on). The first is the one thing that changes a verdict: who mistyped a target needs it.
    """
    with transaction(workspace.conn):
        is_promise = code.upper().startswith(f"{_POLICY.prefix}-")
        live = bound_by(workspace, code.upper()) if is_promise else open_clocks(workspace, code)
        calendars = Calendars(workspace, freeze=True)
        changes: list[RecordChange] = []
        for clock in live:
            if (promise := _promise_of(workspace, calendars, clock)) is not None:
                changes += moved(
                    workspace, [clock], "policy_changed", calendars=calendars, mode=mode,
                    target=promise.target, calendar=str(calendars.keep(promise.calendar)),
                )  # fmt: skip
        if not changes:
            raise NotPossible(code, _("no promise covers it any more: there is nothing to count again"))
        return _write(workspace, live, changes, "clock.recompute", mode)


def _promise_of(workspace: Workspace, calendars: Calendars, clock: Clock) -> Promise | None:
    if not clock.blocker:
        return None
    found = records.get(workspace.conn, clocks.BLOCKER, clock.blocker)
    if found is None:
        return None
    case = {field.name: getattr(found, field.name) for field in clocks.BLOCKER.fields}
    return promises(workspace, calendars, case).get(clock.metric)


def _next_cycle(workspace: Workspace, clock: Clock) -> list[RecordChange]:
    calendars = Calendars(workspace, freeze=True)
    promise = _promise_of(workspace, calendars, clock)
    if promise is None:
        return []
    held = clocks.held_now(workspace, clocks.of_blocker(workspace, clock.blocker), promise)
    opened = clocks.opened_with(
        workspace, calendars, promise, workspace.clock(), held=held, blocker=clock.blocker,
        title=clock.title, function=clock.function, cycle=clock.cycle + 1, conf=clock.conf,
    )  # fmt: skip
    return [opened] if opened else []


def _check_moment(workspace: Workspace, live: Sequence[Clock], at: datetime) -> None:
    if at > workspace.clock():
        raise CannotPause(_("that moment is still to come"))
    for clock in live:
        if clock.started_at is not None and at < clock.started_at:
            raise CannotPause(_("the clock of {code} had not started then").format(code=clock.code))


def _is_held(workspace: Workspace, clock: Clock, reason: str, at: datetime) -> bool:
    """Whether that reason holds it already. Raises CannotPause where it went on later than `at`."""
    halts = clocks.state_of(workspace, clock).halts
    if any(at < (halt.until or halt.since) for halt in halts):
        raise CannotPause(_("{code} was paused after that moment").format(code=clock.code))
    return any(halt.until is None and halt.reason == reason for halt in halts)


def _write(
    workspace: Workspace, touched: Sequence[Clock], changes: list[RecordChange], action: str, reason: str = ""
) -> list[JournalEntry]:
    blockers = {clock.blocker for clock in touched if clock.blocker}
    for code in sorted(blockers):
        changes = [*changes, *refresh_blocker(workspace, code, changes)]
    return workspace.change_all(changes, action, reason)
