"""Each kind of alert, with the deed that it asks for: what it opens can satisfy it, and then it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.approvals.replies import ReplyKind
from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.messages.statement import parse_text
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.contract import NOTICE, RENEWED
from cockpit.domain.registers.mark import Mark
from cockpit.domain.settings import LegalDate
from cockpit.domain.signals.score import SignalState
from cockpit.services.approvals import answering, from_inbox, requests, submitting
from cockpit.services.approvals.submitting import Submission
from cockpit.services.audits import handovers
from cockpit.services.boards.board import board
from cockpit.services.changes import bulk, edit
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import goals, scorecard, values
from cockpit.services.figures import line as line_of_figures
from cockpit.services.meetings import commitments, rituals
from cockpit.services.messages import inbox
from cockpit.services.organisation import contract_decision, phase, signatures
from cockpit.services.promises import engagements
from cockpit.services.providers import our_words
from cockpit.services.signals import acknowledgement, measure
from cockpit.services.upkeep import backups, drill
from cockpit.services.work import capture, decisions, entry, escalation, moves, reminder
from cockpit.store.outside import link_checks, outbox
from cockpit.store.outside.link_checks import LinkCheck
from tests.conftest import TickingClock

W, A = Workspace, Alert
Act = Callable[[Workspace, TickingClock], object]
Deed = Callable[[Workspace, Alert], object]


def add(workspace: Workspace, register: str, /, **values: Any) -> str:
    return workspace.add(REGISTERS[register], values)


def line(workspace: Workspace, text: str, kind: str = "blocker") -> str:
    return capture.save(workspace, kind, entry.understand(workspace, text))


def day(workspace: Workspace, away: int) -> date:
    return workspace.today() + timedelta(days=away)


def later(_made: object, clock: TickingClock, **span: float) -> None:
    """What was just made is so much older."""
    clock.forward(**span)


def of(code: str, **given: Any) -> Deed:
    """A field of the record that the alert opens is filled in, as its form does."""
    return lambda w, alert: edit.edit(w, code or alert.target, {k: v(w) for k, v in given.items()})


def contract(workspace: Workspace, **values: Any) -> str:
    provider = add(workspace, "provider", name="Paie+")
    return add(workspace, "contract", name="Payroll", provider=provider, **values)


def term(workspace: Workspace, last: int, **values: Any) -> str:
    """A contract of twelve months of which the last day is so many days away."""
    start = day(workspace, last + 1)
    start = start.replace(year=start.year - 1)
    return contract(workspace, starts_on=start, initial_months=12, **values)


def old_function(workspace: Workspace, clock: TickingClock, **values: Any) -> str:
    code = add(workspace, "function", **{"name": "Payroll", "criticality": 4, "mode": "internal", **values})
    clock.forward(days=31)
    return code


def key_process(workspace: Workspace) -> str:
    function = add(workspace, "function", name="Payroll")
    return add(workspace, "process", name="Pay", function=function, core_value=True)


def sign(workspace: Workspace, alert: Alert) -> object:
    return signatures.sign(workspace, [alert.target])


def dead_link(workspace: Workspace, clock: TickingClock) -> None:
    address = "https://docs.example/gone"
    code = add(workspace, "document", name="Payslips", link=address)
    now = clock()
    link_checks.save(
        workspace.conn,
        LinkCheck(code=code, link=address, state=LinkState.DEAD, checked_at=now, next_try=now),
    )


def add_old_plan(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "function", name="Payroll", criticality=4)
    add(workspace, "continuity", name="Plan", function=code, steps="call")
    clock.forward(days=31)


def tried(workspace: Workspace, held: int, verdict: str) -> str:
    plan = add(
        workspace, "continuity", name="Plan", function=add(workspace, "function", name="Sales"), steps="call"
    )
    add(workspace, "drill", name="One day", plan=plan, held_on=day(workspace, held), verdict=verdict)
    return plan


def escalated(workspace: Workspace, clock: TickingClock) -> str:
    code = line(workspace, "VPN down @InfoSud p1 next:call owner:Sophie")
    escalation.escalate(workspace, code, "Who decides?")
    clock.forward(hours=2)
    return code


def delegated(workspace: Workspace, clock: TickingClock, text: str, kind: str) -> None:
    code = line(workspace, text, kind)
    moves.delegate(workspace, code, "Sophie", workspace.now() + timedelta(hours=2))
    clock.forward(hours=3)


def ritual(workspace: Workspace, kind: str, rule: str) -> str:
    return add(workspace, "ritual", name="Meeting", kind=kind, rule=rule, minutes=15)


def meeting(workspace: Workspace, alert: Alert) -> rituals.PlannedMeeting:
    found = rituals.of_key(workspace, alert.target.removeprefix("meeting:"))
    assert found is not None
    return found


def say(status: str) -> Deed:
    return lambda w, alert: rituals.say_held(w, meeting(w, alert), held=status == "held")


def missed(workspace: Workspace, clock: TickingClock) -> None:
    code = ritual(workspace, "flash", "mon 09:00")
    clock.forward(hours=1)
    (found,) = (each for each in board(workspace).meetings.planned if each.ritual.code == code)
    rituals.say_held(workspace, found, held=False)


def unclosed(workspace: Workspace, clock: TickingClock) -> None:
    from cockpit.services.meetings import facilitation, running_order

    code = ritual(workspace, "flash", "mon 09:00")
    clock.forward(minutes=20)
    facilitation.start(workspace, running_order.prepare(workspace, code))
    clock.forward(hours=2)


def close(workspace: Workspace, alert: Alert) -> None:
    from cockpit.services.meetings import live, minutes

    minutes.close(workspace, live.running(workspace, "flash"))


def promised(workspace: Workspace, clock: TickingClock) -> None:
    held = add(workspace, "occurrence", ritual=ritual(workspace, "flash", "fri 09:00"), status="held",
               planned_at=workspace.now())  # fmt: skip
    add(
        workspace,
        "decision",
        title="We change provider",
        due=workspace.now() + timedelta(days=1),
        origin=held,
    )
    clock.forward(days=2)


def settle_mark(workspace: Workspace, alert: Alert) -> None:
    (mark,) = workspace.select(Mark, "mark", "kind = 'problem'")
    our_words.settle(workspace, mark)


def delivery(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "report", name="Hours", source="PR-1", contract=contract(workspace), target="J+1 12:00")
    clock.forward(days=12)
    from cockpit.services.promises import sweep

    sweep.sweep(workspace)
    clock.forward(days=3)


def leaver(workspace: Workspace, clock: TickingClock) -> None:
    julie = add(workspace, "person", name="Julie", ends_on=day(workspace, 0))
    add(workspace, "access", name="Bank", holder=julie)


def gone_provider(workspace: Workspace, clock: TickingClock) -> None:
    code = contract(workspace, ended_on=day(workspace, 0))
    provider = str(
        workspace.conn.execute("SELECT provider FROM contract WHERE code = ?", (code,)).fetchone()[0]
    )
    add(workspace, "access", name="Bank", holder=provider)


def revoke_all(workspace: Workspace, alert: Alert) -> None:
    for row in workspace.conn.execute("SELECT code FROM access").fetchall():
        edit.edit(workspace, row["code"], {"revoked_on": workspace.today()})


def audited(workspace: Workspace, held: int) -> str:
    code = add(workspace, "function", name="Payroll", mode="external", criticality=3)
    add(workspace, "audit", name="Audit", function=code, held_on=day(workspace, held), verdict="sound")
    return code


def audit_again(workspace: Workspace, alert: Alert) -> None:
    add(workspace, "audit", name="Again", function=alert.target, held_on=workspace.today(), verdict="sound")


def write(**values: Any) -> Deed:
    """The record that `c` on the alert makes, filled in."""

    def deed(workspace: Workspace, alert: Alert) -> None:
        register, field = alert.made
        add(workspace, register, **{field: alert.target}, **{k: v(workspace) for k, v in values.items()})

    return deed


def core(workspace: Workspace, alert: Alert) -> None:
    for _each in range(2):
        found = next(each for each in board(workspace).alerts.loud if each.kind == alert.kind)
        write(
            name=lambda _w: "Written",
            **({"backup": lambda _w: "PE-1"} if found.made[0] == "continuity" else {}),
        )(workspace, found)


def cash(workspace: Workspace) -> str:
    found = workspace.conn.execute("SELECT code FROM figure").fetchone()
    return (
        found["code"]
        if found
        else values.make(workspace, {"name": "Cash", "unit": "€", "aim": "at_least", "target": "150k"})
    )


def give(workspace: Workspace, text: str, on: date) -> str:
    said = line_of_figures.understand(workspace, text)
    return values.write(workspace, said.record, said.value, on=on)


def goal(workspace: Workspace, away: int) -> str:
    return add(
        workspace,
        "goal",
        name="Two contracts",
        quarter=day(workspace, away),
        done_when="signed",
        state="unsaid",
    )


def drop_all(workspace: Workspace, alert: Alert) -> None:
    from cockpit.services.messages import outbox as service

    for row in workspace.conn.execute("SELECT id FROM outbox").fetchall():
        service.drop(workspace, row["id"])


def invoiced(workspace: Workspace, clock: TickingClock) -> None:
    clock.at = clock.at.replace(month=9)
    add(workspace, "function", name="Payroll")
    clock.at = clock.at.replace(month=11)
    add(workspace, "cost", name="October", month=date(2026, 10, 31), function="FN-1", amount=100_000)


def close_month(workspace: Workspace, alert: Alert) -> None:
    from cockpit.domain.documents.month import ReportMonth
    from cockpit.services.documents.report import closing

    assert alert.target == "report:2026-10"
    closing.close(workspace, ReportMonth(date(2026, 10, 1)))


CASES: dict[str, tuple[Act, Deed]] = {
    "month_to_close": (invoiced, close_month),
    "no_owner": (
        lambda w, c: edit.edit(w, line(w, "VPN p1"), {"owner": ""}),
        lambda w, a: moves.delegate(w, a.target, "Sophie", None) and moves.next_step(w, a.target, "call"),
    ),
    "no_next_step": (lambda w, c: line(w, "VPN p1"), lambda w, a: moves.next_step(w, a.target, "call")),
    "past_due": (
        lambda w, c: later(line(w, "VPN p3 due:today"), c, hours=24),
        lambda w, a: edit.edit(w, a.target, {"due": w.clock() + timedelta(days=2)}),
    ),
    "old": (
        lambda w, c: line(w, "VPN p2 next:call since:1/11 qui:Sophie"),
        lambda w, a: escalation.escalate(w, a.target),
    ),
    "carried": (
        lambda w, c: add(w, "priority", title="Lease", carried=3, status="open", severity="p2"),
        lambda w, a: moves.pick(w, a.target),
    ),
    "reminder": (
        lambda w, c: delegated(w, c, "Payslips next:call", "blocker"),
        lambda w, a: reminder.note_reminder(w, a.target),
    ),
    "review": (
        lambda w, c: add(w, "decision", title="Keep Paie+", review_on=day(w, 1)),
        lambda w, a: decisions.holds(w, a.target, day(w, 200)),
    ),
    "commitments": (promised, lambda w, a: commitments.keep(w, commitments.late(w))),
    "sla_at_risk": (
        lambda w, c: later(line(w, "VPN down @InfoSud sla:4ho p1"), c, hours=4),
        lambda w, a: moves.done(w, [a.target]),
    ),
    "sla_breached": (
        lambda w, c: later(line(w, "VPN down @InfoSud sla:4ho p1"), c, hours=9),
        lambda w, a: moves.done(w, [a.target]),
    ),
    "report_late": (delivery, lambda w, a: engagements.answer(w, a.target)),
    "no_answer": (escalated, lambda w, a: reminder.note_reminder(w, a.target)),
    "missed": (missed, say("held")),
    "not_shared": (
        lambda w, c: ritual(w, "flash", "mon 10:00"), lambda w, a: rituals.toggle_shared(w, meeting(w, a)),
    ),
    "unsaid": (lambda w, c: later(ritual(w, "flash", "mon 10:00"), c, days=2), say("held")),
    "unclosed": (unclosed, close),
    "notice": (
        lambda w, c: term(w, 120, renewal="tacit", renewal_months=12, notice="3m"),
        lambda w, a: contract_decision.decide(w, a.target, RENEWED),
    ),
    "notice_by_hand": (
        lambda w, c: contract(w, starts_on=date(2025, 2, 24), initial_months=12, renewal="tacit", notice="3m"),
        lambda w, a: contract_decision.decide(w, a.target, NOTICE, w.today()),
    ),
    "notice_missed": (
        lambda w, c: term(w, 30, renewal="tacit", renewal_months=12, notice="3m"),
        lambda w, a: contract_decision.decide(w, a.target, RENEWED),
    ),
    "renewal_ask": (
        lambda w, c: term(w, 40, renewal="express"), lambda w, a: contract_decision.decide(w, a.target, RENEWED),
    ),
    "contract_ends": (
        lambda w, c: term(w, 20, renewal="none"),
        lambda w, a: add(w, "contract", name="Next", provider="PR-1", starts_on=day(w, 21)),
    ),
    "contract_over": (lambda w, c: term(w, -5, renewal="none"), of("", ended_on=lambda w: day(w, -5))),
    "certificate": (
        lambda w, c: contract(w, vigilance_expiry=day(w, 9)), of("", vigilance_expiry=lambda w: day(w, 190)),
    ),
    "certificate_missing": (
        lambda w, c: contract(w, amount=600_000), of("", vigilance_expiry=lambda w: day(w, 190)),
    ),
    "provider_seen": (
        lambda w, c: our_words.report_problem(w, our_words.About(provider=add(w, "provider", name="Paie+")), "slow"),
        settle_mark,
    ),
    "partner": (
        lambda w, c: add(w, "statement", title="Late", sender="Paie+", triage="alert"),
        lambda w, a: edit_statement(w, a.target),
    ),
    "undelivered": (
        lambda w, c: outbox.put(w.conn, "team", "a", {"title": "x"}, "2026-11-23T08:00:00+00:00", state="failed"),
        drop_all,
    ),
    "audit_never": (
        lambda w, c: old_function(w, c, mode="external"), audit_again,
    ),
    "audit_due": (lambda w, c: audited(w, -350), audit_again),
    "audit_late": (lambda w, c: audited(w, -400), audit_again),
    "level_due": (
        lambda w, c: add(w, "function", name="IT", review_due=day(w, 9)), of("", review_due=lambda w: day(w, 180)),
    ),
    "level_late": (
        lambda w, c: add(w, "function", name="IT", review_due=day(w, -9)), of("", review_due=lambda w: day(w, 180)),
    ),
    "core_exposed": (
        lambda w, c: old_function(w, c, core_value=True, criticality=1, owner=add(w, "person", name="Ana")), core,
    ),
    "trial_over": (
        lambda w, c: add(w, "trial", name="Noon", ends_on=day(w, -1)), of("", verdict=lambda _w: "keep"),
    ),
    "report_owed": (
        lambda w, c: add(w, "report", name="Hours", source="PR-1", due=day(w, -1)),
        of("", received_on=lambda w: w.today()),
    ),
    "handover_none": (
        lambda w, c: add(w, "person", name="Julie", ends_on=day(w, 20)),
        lambda w, a: add(w, "handover", name="Departure", giver=a.target, due=day(w, 20)),
    ),
    "handover_late": (
        lambda w, c: add(w, "step", name="Write", handover=add(w, "handover", name="Departure", due=day(w, 20)),
                         due=day(w, -1)),
        lambda w, a: [handovers.toggle_step(w, each.code) for each in handovers.steps(w, a.target)],
    ),
    "revoke": (lambda w, c: add(w, "person", name="Julie", ends_on=day(w, 0)),
               lambda w, a: bulk.archive_all(w, [a.target])),
    "revoke_open": (leaver, revoke_all),
    "revoke_contract": (gone_provider, revoke_all),
    "access_review": (
        lambda w, c: add(w, "access", name="Bank", level="admin", reviewed_on=day(w, -100)),
        of("", reviewed_on=lambda w: w.today()),
    ),
    "plan_missing": (
        old_function, write(name=lambda _w: "Plan", steps=lambda _w: "Call\nTell the clients"),
    ),
    "plan_untried": (
        add_old_plan, write(name=lambda _w: "At noon", held_on=lambda w: w.today()),
    ),
    "drill_failed": (
        lambda w, c: tried(w, -9, "failed"), write(name=lambda _w: "Again", held_on=lambda w: w.today()),
    ),
    "drill_old": (lambda w, c: tried(w, -400, "passed"), write(name=lambda _w: "Again", held_on=lambda w: w.today())),
    "plan_review": (
        lambda w, c: add(w, "continuity", name="Plan", review_on=day(w, -1)), of("", review_on=lambda w: day(w, 90)),
    ),
    "link_dead": (dead_link, of("", link=lambda w: "https://docs.example/new")),
    "process_unsigned": (lambda w, c: later(key_process(w), c, days=31), sign),
    "signature_due": (lambda w, c: later(signatures.sign(w, [key_process(w)]), c, days=340), sign),
    "signature_late": (lambda w, c: later(signatures.sign(w, [key_process(w)]), c, days=400), sign),
    "risk_review": (
        lambda w, c: add(w, "risk", name="Leak", review_on=day(w, -1)), of("", review_on=lambda w: day(w, 90)),
    ),
}  # fmt: skip


def in_danger(workspace: Workspace, clock: TickingClock) -> None:
    """A provider that threatens the company, measured three weeks later."""
    add(workspace, "provider", name="Paie+", dependence=4, penetration=4, maturity=1, trust=1)
    clock.forward(days=21)
    measure.measure(workspace)


def sale(workspace: Workspace, away: int | None) -> None:
    """A sale in view, so many days away, of which something must be done thirty days before."""
    legal = LegalDate(key="staff", name="Tell the employees", phase="sale", ahead="30d")
    workspace.settings = replace(workspace.settings, legal_dates=(legal,))
    if away is not None or phase.current(workspace) is None:
        phase.begin(workspace, "sale", target=None if away is None else day(workspace, away))


CASES |= {
    "figure_late": (
        lambda w, c: later(cash(w), c, days=10), lambda w, a: give(w, "cash 200k", w.today() - timedelta(days=7)),
    ),
    "figure_red": (
        lambda w, c: [cash(w), give(w, "cash 142k", w.today())],
        lambda w, a: values.to_blocker(w, scorecard.scorecard(w)[0].record, a.text()),
    ),
    "goal_unsaid": (lambda w, c: goal(w, 8), lambda w, a: goals.say(w, a.target, "on_track")),
    "signal_danger": (
        in_danger, lambda w, a: acknowledgement.act(w, a.target, SignalState.DANGER, "Find another"),
    ),
    "legal_date": (lambda w, c: sale(w, 39), of("", target_on=lambda w: day(w, 400))),
    "legal_date_late": (lambda w, c: sale(w, 20), of("", target_on=lambda w: day(w, 400))),
    "phase_day": (lambda w, c: sale(w, None), of("", target_on=lambda w: day(w, 400))),
    "goal_past": (lambda w, c: goal(w, -120), lambda w, a: goals.say(w, a.target, "dropped")),
}  # fmt: skip


def submitted(workspace: Workspace, kind: str = "internal", line: str = "Glue 90 €") -> str:
    """Something that somebody else submitted, of whom whoever is at the keyboard is asked."""
    me = add(workspace, "person", name=workspace.actor)
    asked = add(workspace, "person", name="Marc", kind=kind) if kind == "external" else me
    add(workspace, "circuit", name="All", decider=asked, max_delay="8ho")
    other = replace(workspace, settings=replace(workspace.settings, me="Ines"))
    return submitting.submit(other, Submission(entry.understand(other, line)))


def answered_unclearly(workspace: Workspace, _clock: TickingClock) -> None:
    code = submitted(workspace, "external")
    token = requests.reference(workspace, answering.open_of(workspace, code))
    inbox.keep(workspace, parse_text(f"De: Marc\nRe: [{token}]\nOk".encode()))


def question(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "person", name=workspace.actor)
    add(workspace, "circuit", name="All", decider=add(workspace, "person", name="Marc"))
    marc = replace(workspace, settings=replace(workspace.settings, me="Marc"))
    asked = submitting.submit(workspace, Submission(entry.understand(workspace, "Glue 90 €")))
    answering.ask(marc, asked, "Which?")


def no_good_backup(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "function", name="Payroll")
    backups.make(workspace)[0].write_bytes(b"")
    drill.hold(workspace)
    clock.forward(minutes=1)


def backed_up(workspace: Workspace, _alert: Alert) -> object:
    backups.make(workspace)
    return drill.hold(workspace)


CASES |= {
    "copy_untried": (lambda w, c: later(add(w, "function", name="Payroll"), c, days=36), backed_up),
    "copy_no_good": (no_good_backup, backed_up),
    "approval_waits": (lambda w, c: submitted(w), lambda w, a: answering.approve(w, a.target)),
    "approval_late": (
        lambda w, c: later(submitted(w), c, days=3), lambda w, a: answering.refuse(w, a.target, "No"),
    ),
    "approval_question": (question, lambda w, a: answering.reply(w, a.target, "White")),
    "approval_unsent": (lambda w, c: submitted(w, "external"), lambda w, a: answering.note_sent(w, a.target)),
    "approval_unclear": (
        answered_unclearly, lambda w, a: from_inbox.means(w, a.target, ReplyKind.NO, "not this year"),
    ),
}  # fmt: skip
OF_SOURCES = {
    "provider", "unstable", "stale_status", "not_understood", "moved", "name_lost", "certificate_ends", "stale",
    "never_read", "no_meetings",
    "doubted", "agenda_moved", "astray", "portal", "clock", "clock_behind", "connection", "inbox_unread",
    "statement_refused",
}  # fmt: skip
"""What comes from outside, and goes when the next reading says otherwise."""


def edit_statement(workspace: Workspace, code: str) -> None:
    from cockpit.services.messages import inbox

    inbox.refuse(workspace, code, "by phone")


def every_kind(kind: type[Alert]) -> Iterator[type[Alert]]:
    yield kind
    for each in kind.__subclasses__():
        if each.__module__.startswith("cockpit."):
            yield from every_kind(each)


@pytest.mark.parametrize("kind", CASES)
def test_what_it_asks_for_makes_it_go(workspace: Workspace, clock: TickingClock, kind: str) -> None:
    raised, deed = CASES[kind]
    raised(workspace, clock)
    found = [part for each in board(workspace).alerts.loud for part in each.parts if part.kind == kind]
    assert found, [each.kind for each in board(workspace).alerts.loud]
    deed(workspace, found[0])
    assert kind not in {part.kind for each in board(workspace).alerts.loud for part in each.parts}


def test_what_was_begun_last_week_and_never_closed_is_still_told(
    workspace: Workspace, clock: TickingClock
) -> None:
    unclosed(workspace, clock)
    clock.forward(days=7)
    (alert,) = (each for each in board(workspace).alerts.loud if each.kind == "unclosed")
    assert alert.text() == "Started at 09:02, not closed: Meeting"
