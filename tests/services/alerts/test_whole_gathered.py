"""Alerts gathered: approvals and signals whole, what is ranked, folded, taken up, kept from rooms, and over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.settings import Company
from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.score import ScoreProof, SignalScore, SignalState
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.alerts import approval_rules, gather, organisation_rules, signal_rules
from cockpit.services.alerts.gather import AlertsNow
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.rituals import PlannedMeeting, Weeks
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.store.outside import link_checks
from cockpit.store.outside.link_checks import LinkCheck
from cockpit.store.outside.sources import SourceState
from cockpit.store.records import instant
from cockpit.store.state import alert_log, scores
from cockpit.store.state.alert_log import Raised
from cockpit.store.state.scores import Kept
from tests.conftest import MONDAY, TickingClock
from tests.services.alerts.told import wholes

SECOND, HOUR, DAY = (timedelta(seconds=n) for n in (1, 3600, 86_400))
NO_MEETINGS = Weeks((), (), ())


def add(workspace: Workspace, register: str, /, **values: Any) -> str:
    subject = REGISTERS[register].subject
    return workspace.add(REGISTERS[register], {subject: register.capitalize(), **values})


def test_approvals_ask_whoever_can_do_something_now(workspace: Workspace) -> None:
    assert list(approval_rules.of_approvals(workspace)) == []
    claire, ines = (add(workspace, "person", name=name) for name in ("Claire", "Ines"))
    marc = add(workspace, "person", name="Marc", kind="external")
    gone = add(workspace, "person", name="Zoe", ends_on=workspace.today() - DAY)
    later, past = MONDAY + HOUR, MONDAY - SECOND
    rows: dict[str, dict[str, Any]] = {
        "Mine": {
            "approver": claire,
            "answer_by": later,
            "amount": 90_00,
            "waiting_since": MONDAY - HOUR,
            "conf": 2,
        },
        "Theirs": {"approver": ines, "answer_by": later},
        "Mine, late": {"approver": claire, "answer_by": past},
        "Theirs, late": {"approver": ines, "answer_by": past},
        "On the instant": {"approver": ines, "answer_by": MONDAY},
        "Unsent": {"approver": marc, "answer_by": past},
        "Sent": {"approver": marc, "answer_by": later, "sent_at": MONDAY},
        "Sent, late": {"approver": marc, "answer_by": past, "sent_at": MONDAY},
        "Gone": {"approver": gone},
        "Asked of me": {"state": "asked", "approver": ines, "submitted_by": claire, "answer_by": past},
        "Asked of her": {"state": "asked", "approver": claire, "submitted_by": ines, "answer_by": past},
        "Answered": {"approver": claire, "closed_at": MONDAY},
    }
    for title, values in rows.items():
        add(
            workspace,
            "approval",
            **{"title": title, "submitted_by": ines, "submitted_at": MONDAY - DAY, **values},
        )
    found = sorted(approval_rules.of_approvals(workspace), key=lambda each: int(each.target[3:]))
    told = wholes(found, workspace.names()).replace(" | severity 3", "")
    assert told == (
        "ORANGE approval_waits [approval:AP-1:2026-11-23T06:42:00+00:00 1000] To approve: Mine"
        " | Claire: approve (a), refuse (x), ask (p) or hand on (g) | on AP-1 | by PE-1 | 9000 cents"
        " | since 2026-11-23T08:42:00+00:00 | level 2\n"
        "RED approval_late [approval:AP-3:2026-11-22T07:42:00+00:00 2001] Approval late, Claire: Mine, late"
        " | Claire: approve (a), refuse (x), ask (p) or hand on (g) | on AP-3 | by PE-1 | 0 cents"
        " | since 2026-11-23T07:41:59+00:00 | level 1\n"
        "RED approval_late [approval:AP-4:2026-11-22T07:42:00+00:00 2001] Approval late, Ines: Theirs, late"
        " | Claire: remind Ines (l), or hand it on (g) | on AP-4 | by PE-2 | 0 cents"
        " | since 2026-11-23T07:41:59+00:00 | level 1\n"
        "ORANGE approval_unsent [approval_unsent:AP-6:2026-11-22T07:42:00+00:00 1000]"
        " Request for approval not sent to Marc: Unsent | Claire: read it and send it (l) | on AP-6 | by PE-3 | 0 cents"
        " | since 2026-11-23T07:41:59+00:00 | level 1\n"
        "RED approval_late [approval:AP-8:2026-11-22T07:42:00+00:00 2001] Approval late, Marc: Sent, late"
        " | Claire: remind Marc (l), or hand it on (g) | on AP-8 | by PE-3 | 0 cents"
        " | since 2026-11-23T07:41:59+00:00 | level 1\n"
        "RED approval_late [approval:AP-9:2026-11-22T07:42:00+00:00 2001] Approval late, Zoe: Gone"
        " | Claire: remind Zoe (l), or hand it on (g) | on AP-9 | by PE-4 | 0 cents | since - | level 1\n"
        "ORANGE approval_question [approval_question:AP-10:2026-11-22T07:42:00+00:00 1000]"
        " Question before approval: Asked of me | Claire: answer it (r) | on AP-10 | by PE-1 | 0 cents"
        " | since 2026-11-23T07:41:59+00:00 | level 1"
    )


def kept(signal: str, subject: str, state: SignalState = SignalState.DANGER, **said: Any) -> Kept:
    monday = MONDAY.date() - 7 * DAY
    score = SignalScore(
        signal=signal, subject=subject, week=monday, value=4.0, threshold=2.5, n=9, state=state,
        proof=ScoreProof(figures={}, rows=(), missing=""),
    )  # fmt: skip
    return Kept(**{
        "score": score, "raised": monday - 7 * DAY, "is_whole": True, "conf": 1, "at": instant(MONDAY), **said,
    })  # fmt: skip


def test_signals_in_danger_that_no_other_alert_tells(workspace: Workspace) -> None:
    assert list(signal_rules.of_signals(workspace)) == []
    monday = MONDAY.date() - 7 * DAY
    provider = add(workspace, "provider", name="Paie+")
    elsewhere = [kept(signal, provider) for signal in ("S16", "S21", "S23")]
    scores.save(workspace.conn, monday, elsewhere)
    assert list(signal_rules.of_signals(workspace)) == []
    number, watched = [each for each in SIGNALS if each not in {"S16", "S21", "S23"}][:2]
    scores.save(workspace.conn, monday, [
        *elsewhere, kept(watched, provider, SignalState.WATCH), kept(number, provider, conf=2),
    ])  # fmt: skip
    (found,) = signal_rules.of_signals(workspace)
    name = SIGNALS[number].name
    assert wholes([found]) == (
        f"RED signal_danger [signal_danger:signal:{number}:{provider} 2000] Signal {number} in danger: {name} · Paie+"
        f" | Claire: open it, a takes an action or r accepts it until a date | on signal:{number}:{provider} | by -"
        " | severity 3 | 0 cents | since 2026-11-09 | level 2"
    )
    assert list(signal_rules.of_signals(workspace.behind(1))) == []


def gathered(
    workspace: Workspace, *, providers: tuple[ProviderLine, ...] = (), meetings: Weeks = NO_MEETINGS,
    feeds: tuple[FeedLine, ...] = (), connection: str = "",
) -> AlertsNow:  # fmt: skip
    return gather.gather(
        workspace, slas=(), providers=providers, feeds=feeds, meetings=meetings, connection=connection
    )


def down(key: str, code: str = "") -> ProviderLine:
    return ProviderLine(key, key.capitalize(), "vital", "", State.MAJOR_OUTAGE, Freshness.FRESH, None, code)


def told(found: tuple[Alert, ...]) -> list[str]:
    return [f"{each.level.name} {each.line()}" for each in found]


def test_the_worst_comes_first_then_the_gravest_the_dearest_and_the_oldest(workspace: Workspace) -> None:
    paie = add(workspace, "provider", name="Paie+")
    add(workspace, "contract", name="Payroll", provider=paie, amount=100)
    rows: dict[str, dict[str, Any]] = {
        "Small": {"severity": "p4", "due": MONDAY - 2 * DAY}, "Nobody's": {"severity": "p1", "since": MONDAY - SECOND},
        "Older": {"severity": "p3", "due": MONDAY - 4 * DAY}, "Old": {"severity": "p3", "due": MONDAY - 3 * DAY},
    }  # fmt: skip
    for title, values in rows.items():
        add(workspace, "blocker", title=title, **values)
    found = gathered(workspace, providers=(down("dear", paie), down("cheap")), connection="")
    assert told(found.loud) == [
        "RED Dear: outage", "RED Name an owner: Nobody's", "RED Cheap: outage",
        "ORANGE Past its date by 4 days: Older", "ORANGE Past its date by 3 days: Old",
        "ORANGE Past its date by 2 days: Small",
    ]  # fmt: skip
    assert (found.taken_up, found.over) == ((), ())
    offline = gathered(workspace, providers=(down("dear", paie),), connection="offline")
    assert "Dear: outage" not in "".join(told(offline.loud))


def test_many_of_a_kind_are_one_line_and_three_that_are_past_their_date_are_not(workspace: Workspace) -> None:
    for n in range(3):
        add(workspace, "blocker", title=f"B{n}", severity="p3", due=MONDAY - 2 * DAY)
    assert [each.kind for each in gathered(workspace).loud] == ["past_due"] * 3
    add(workspace, "blocker", title="B3", severity="p3", due=MONDAY - 2 * DAY)
    (line,) = gathered(workspace).loud
    assert (line.line(), line.target) == ("4 blockers are past their date", "B-1")


def test_what_the_map_lacks_is_one_line_for_many(workspace: Workspace, clock: TickingClock) -> None:
    """Two of most kinds stand each on a line, of what is merely due there is one line for all."""
    function = add(workspace, "function", name="Sales", criticality=1)
    for n in range(2):
        plan = add(workspace, "continuity", name=f"Plan {n}", function=function, steps="call", backup="Yann",
                   review_on=workspace.today() - DAY, link=f"https://x.test/{n}")  # fmt: skip
        add(workspace, "drill", plan=plan, held_on=workspace.today() - DAY, verdict="failed")
        add(workspace, "risk", name=f"Risk {n}", review_on=workspace.today() - DAY)
        add(workspace, "process", name=f"Pay {n}", function=function, criticality=4,
            signed_at=clock.at - 400 * DAY)  # fmt: skip
        add(workspace, "trial", name=f"Trial {n}", ends_on=workspace.today() - DAY)
        add(
            workspace,
            "function",
            name=f"Late {n}",
            mode="external",
            criticality=1,
            review_due=workspace.today() - DAY,
        )
        link_checks.save(workspace.conn, LinkCheck(
            code=plan, link=f"https://x.test/{n}", state=LinkState.DEAD, checked_at=clock.at, next_try=clock.at,
        ))  # fmt: skip
    found = organisation_rules.gather(workspace, workspace.today())
    assert [each.kind for each in found] == [
        "level_late", "level_late", "trial_over", "trial_over", "link_dead_many", "signature_late_many",
        "drill_failed_many", "plan_review_many", "risk_review_many",
    ]  # fmt: skip


def ritual(code: str, status: str, at: Any, **said: Any) -> PlannedMeeting:
    return PlannedMeeting(
        Ritual(id=code, code=code, name=code, kind="flash", rule="mon 09:00"), at, status, None, None
    )


def test_rituals_of_last_week_are_past_but_for_those_of_which_nobody_spoke(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "risk", name="Fire")
    clock.forward(days=7)
    week_ago, tomorrow = MONDAY, MONDAY + 8 * DAY
    last = (
        ritual("RT-1", "missed", week_ago),
        ritual("RT-2", "unknown", week_ago),
        ritual("RT-3", "next", tomorrow),
    )
    this = (ritual("RT-4", "missed", week_ago),)
    found = gathered(workspace, meetings=Weeks(last, this, (ritual("RT-5", "missed", tomorrow),)))
    assert sorted(told(found.loud)) == [
        "ORANGE Ritual missed: RT-4", "ORANGE Ritual missed: RT-5", "ORANGE Was it held, Mon 23 Nov? RT-2",
    ]  # fmt: skip
    two = Weeks((*last, ritual("RT-6", "unknown", week_ago)), (), ())
    assert "ORANGE 2 rituals: was each held?" in told(gathered(workspace, meetings=two).loud)


def test_what_the_map_lacks_asks_for_nobody_in_the_first_week(
    workspace: Workspace, clock: TickingClock
) -> None:
    risk = add(workspace, "risk", name="Fire", review_on=workspace.today() - DAY)
    gone = add(workspace, "person", name="Julie", ends_on=workspace.today())
    levels = {}
    for span in (timedelta(), 7 * DAY - SECOND, 7 * DAY):
        clock.at = MONDAY + span
        levels[span] = {each.target: each.level.name for each in gathered(workspace).loud}
    young = {risk: "TO_COMPLETE", gone: "RED"}
    assert list(levels.values()) == [young, young, {risk: "ORANGE", gone: "RED"}]


def test_an_alert_is_as_confidential_as_what_it_opens_and_whom_it_names(workspace: Workspace) -> None:
    secret = add(workspace, "person", name="Zoe", conf=3)
    paie = add(workspace, "provider", name="Paie+", conf=2)
    add(workspace, "decision", title="We wait", owner=secret, review_on=workspace.today())
    add(workspace, "decision", title="We go", review_on=workspace.today())
    found = gathered(workspace, providers=(down("paie", paie), down("bank")))
    assert {each.subject: each.conf for each in found.loud} == {
        "We wait": 3,
        "We go": 1,
        "Paie": 2,
        "Bank": 1,
    }


def test_what_was_taken_up_is_quiet_until_it_is_worse_or_the_time_is_over(workspace: Workspace) -> None:
    for title in ("A", "B", "C"):
        add(workspace, "blocker", title=title, severity="p1", owner="Sophie")
    found = {each.subject: each for each in gathered(workspace).loud}
    assert gather.acknowledge(workspace, found["A"], "") == "MK-1"
    assert gather.mute(workspace, found["B"], "", MONDAY + SECOND) == "MK-2"
    gather.mute(workspace, found["C"], "holidays", MONDAY)
    marks = workspace.conn.execute(
        "SELECT kind, alert, reason, until, conf FROM mark ORDER BY number"
    ).fetchall()
    assert [tuple(row) for row in marks] == [
        ("acknowledged", "no_next_step:B-1@1000", "seen", None, 1),
        ("muted", "no_next_step:B-2@1000", "muted", "2026-11-23T07:42:01+00:00", 1),
        ("muted", "no_next_step:B-3@1000", "holidays", "2026-11-23T07:42:00+00:00", 1),
    ]
    now = gathered(workspace)
    assert ([each.subject for each in now.loud], [each.subject for each in now.taken_up]) == (
        ["C"],
        ["A", "B"],
    )
    for alert, weight in (
        ("no_next_step:B-3", 999),
        ("no_next_step:B-1", 12),
        ("", 2000),
        ("no_next_step:B-3", "x"),
    ):
        add(workspace, "mark", kind="acknowledged", alert=f"{alert}@{weight}", reason="seen")
    now = gathered(workspace)
    assert [each.subject for each in now.loud] == ["C"], (
        "it was less bad then; of two words the worse one counts"
    )
    gather.settle_over(workspace, ["no_next_step:B-1", "no_next_step:B-2", "no_next_step:B"])
    closed = workspace.conn.execute(
        "SELECT code FROM mark WHERE closed_at IS NOT NULL ORDER BY number"
    ).fetchall()
    assert [row["code"] for row in closed] == ["MK-1", "MK-5"], "what was muted stays muted"
    assert [each.subject for each in gathered(workspace).loud] == ["A", "C"]


def test_what_is_late_is_worse_than_what_was_taken_up_while_it_came_near(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "function", name="Sales", mode="external", review_due=workspace.today())
    (near,) = gathered(workspace).loud
    assert (near.kind, near.weight) == ("level_due", 0), "to complete, in the first week"
    gather.acknowledge(workspace, near, "")
    assert gathered(workspace).loud == ()
    clock.forward(days=1)
    assert [(each.kind, each.weight) for each in gathered(workspace).loud] == [("level_late", 1)]


def test_each_part_of_a_line_is_taken_up_by_itself(workspace: Workspace) -> None:
    add(workspace, "blocker", title="VPN", severity="p1", due=MONDAY - DAY, conf=2)
    (line,) = gathered(workspace).loud
    assert gather.acknowledge(workspace, line, " Sophie\tcalls ") == "MK-1"
    marks = workspace.conn.execute("SELECT alert, reason, conf FROM mark ORDER BY number").fetchall()
    assert [tuple(row) for row in marks] == [
        ("past_due:B-1:2026-11-22T07:42:00+00:00@2000", "Sophie calls", 2),
        ("no_owner:B-1@2000", "Sophie calls", 2),
    ]


def test_three_of_the_troubles_that_ended_today_are_told_the_latest_first(
    workspace: Workspace, clock: TickingClock
) -> None:
    workspace.settings = replace(workspace.settings, company=Company(name="Mistral"))
    midnight = MONDAY.replace(hour=23, minute=0, second=0) - DAY
    ended = {
        "yesterday": (midnight - SECOND, 1000), "midnight": (midnight, 1000), "quiet": (MONDAY - HOUR, 999),
        "one": (MONDAY - 3 * HOUR, 1000), "lost": (MONDAY - 2 * HOUR, 1000), "two": (MONDAY - HOUR, 2000),
    }  # fmt: skip
    for name, (_at, weight) in ended.items():
        kind, target = ("stale", "feed:lost") if name == "lost" else ("sla_breached", name)
        alert_log.update(
            workspace.conn, instant(MONDAY - 9 * DAY), [Raised(name, kind, weight, name, target)]
        )
    for name, (at, _weight) in ended.items():
        workspace.conn.execute("UPDATE alert SET over_at = ? WHERE key = ?", (instant(at), name))
    failing = FeedLine("lost", "Lost", SourceState(kind="agenda", key="lost", last_failure="server"), 0)
    answered = FeedLine("lost", "Lost", SourceState(kind="agenda", key="lost", last_ok=MONDAY), 0)
    found = {
        feed: [each.key for each in gather.over_today(workspace, (), (feed,))] for feed in (failing, answered)
    }
    assert list(found.values()) == [["two", "one", "midnight"], ["two", "lost", "one"]]
    assert gathered(workspace, feeds=(answered,)).over == gather.over_today(workspace, (), (answered,))
    assert gather.over_today(workspace.behind(1), (), ()) == ()


def test_a_new_company_is_quiet(workspace: Workspace) -> None:
    assert gathered(workspace) == AlertsNow((), (), ())
    assert AlertsNow((), (), ()).urgent.lines == ()
    assert AlertLevel.RED > AlertLevel.ORANGE > AlertLevel.TO_COMPLETE
