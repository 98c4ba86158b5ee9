"""All that the work itself asks for today, whole: blockers, priorities, promises, what comes in, copies, months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.clock import Clock
from cockpit.domain.settings import InboxSettings
from cockpit.domain.time.business_time import parse_hours
from cockpit.services.alerts import (
    copy_rules,
    day_rules,
    figure_rules,
    month_rules,
    outside_rules,
    promise_rules,
)
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import ways_in
from cockpit.services.promises.open import SlaRow
from cockpit.store.outside import outbox
from cockpit.store.records import instant
from cockpit.store.state import memos, restore_drills
from cockpit.store.state.memos import CLOCK_OFFSET
from cockpit.store.state.restore_drills import BACKUP, REPLICA, Tried
from tests.conftest import MONDAY, TickingClock
from tests.services.alerts.told import whole, wholes

TODAY = date(2026, 11, 23)
ALWAYS = parse_hours("24x7", "Europe/Paris")
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86_400))


def add(workspace: Workspace, register: str, /, **values: Any) -> str:
    subject = REGISTERS[register].subject
    return workspace.add(REGISTERS[register], {subject: register.capitalize(), **values})


def brief(found: Iterable[Alert]) -> list[str]:
    """How bad, the sentence, what it opens."""
    return [f"{each.level.name} {each.text()} · {each.target}" for each in found]


def in_order(found: Iterable[Alert]) -> list[Alert]:
    """By the number of what they open, where the rule gives no order: they are ranked later."""
    return sorted(found, key=lambda each: int(each.target.partition("-")[2]))


def test_what_is_past_its_date_is_told_unless_it_sleeps_or_its_promise_says_so(workspace: Workspace) -> None:
    add(workspace, "blocker", title="VPN", severity="p1", owner="Sophie", waiting_on=("InfoSud", "Paie+"), conf=2,
        due=MONDAY - SECOND)  # fmt: skip
    add(workspace, "blocker", title="Bank", severity="p3", owner="Sophie", due=MONDAY - 36 * HOUR)
    rows: dict[str, dict[str, Any]] = {
        "Chairs": {"severity": "p2", "due": MONDAY - 24 * HOUR},
        "Now": {"due": MONDAY},
        "Promised": {"due": MONDAY - HOUR, "sla_due": MONDAY},
        "Promised later": {"due": MONDAY - HOUR, "sla_due": MONDAY + SECOND},
        "Asleep": {"due": MONDAY - HOUR, "snoozed_until": MONDAY + SECOND},
        "Awake": {"due": MONDAY - HOUR, "snoozed_until": MONDAY},
        "Solved": {"due": MONDAY - HOUR, "closed_at": MONDAY},
    }
    for title, values in rows.items():
        add(workspace, "blocker", title=title, **values)
    found = in_order(day_rules.past_due(workspace, MONDAY))
    assert wholes(found[:2]) == (
        "RED past_due [past_due:B-1:2026-11-23T07:41:59+00:00 2000] Past its date: VPN"
        " | Claire: ask InfoSud (l), solve it (x) or put it off (r) | on B-1 | by InfoSud | severity 1 | 0 cents"
        " | since 2026-11-23T07:41:59+00:00 | level 2\n"
        "ORANGE past_due [past_due:B-2:2026-11-21T19:42:00+00:00 1000] Past its date by 2 days: Bank"
        " | Claire: ask Sophie (l), solve it (x) or put it off (r) | on B-2 | by Sophie | severity 3 | 0 cents"
        " | since 2026-11-21T19:42:00+00:00 | level 1"
    )
    assert [each.briefly() for each in found[:2]] == ["past its date", "late by 2 days"]
    assert brief(found[2:]) == [
        "RED Past its date by 1 day: Chairs · B-3", "ORANGE Past its date: Promised later · B-6",
        "ORANGE Past its date: Awake · B-8",
    ]  # fmt: skip


def test_urgent_blockers_that_nobody_moves(workspace: Workspace) -> None:
    week = MONDAY - 7 * DAY
    owned: dict[str, Any] = {"severity": "p2", "owner": "Sophie", "next_step": "call", "since": week}
    add(workspace, "blocker", title="Nobody's", severity="p1", conf=2)
    add(workspace, "blocker", title="No step", severity="p1", owner="Sophie")
    add(workspace, "blocker", title="Waits", severity="p1", owner="Sophie", waiting_on=("Paie+",))
    add(workspace, "blocker", title="A week", **owned)
    add(workspace, "blocker", title="Less", **{**owned, "since": week + SECOND})
    add(workspace, "blocker", title="Small", **{**owned, "severity": "p3"})
    asked = [add(workspace, "blocker", title=f"Asked {n}", **owned) for n in range(4)]
    for code, answer_by, ended in (
        (asked[0], None, None), (asked[1], MONDAY, None), (asked[2], MONDAY - SECOND, None), (asked[3], None, MONDAY),
    ):  # fmt: skip
        add(workspace, "escalation", blocker=code, answer_by=answer_by, ended_at=ended)
    decided = add(workspace, "blocker", title="Decided", **owned)
    add(workspace, "decision", blocks=(decided, "B-99"))
    found = in_order(day_rules.of_blockers(workspace, MONDAY))
    assert wholes(found[:3]).replace(" | 0 cents", "") == (
        "RED no_owner [no_owner:B-1 2000] Name an owner: Nobody's | Claire: give it to somebody (g) | on B-1 | by -"
        " | severity 1 | since 2026-11-23T07:42:00+00:00 | level 2\n"
        "ORANGE no_next_step [no_next_step:B-2 1000] Say what is next: No step | Sophie: say what comes next (p)"
        " | on B-2 | by Sophie | severity 1 | since 2026-11-23T07:42:00+00:00 | level 1\n"
        "ORANGE old [old:B-4 1000] Decide or escalate, 7 days: A week"
        " | Sophie: decide (d), escalate (e) or date it (r) | on B-4 | by Sophie | severity 2"
        " | since 2026-11-16T07:42:00+00:00 | level 1"
    )
    assert [each.subject for each in found[3:]] == ["Asked 2", "Asked 3"]
    later = [each.subject for each in day_rules.of_blockers(workspace, MONDAY + 7 * DAY)]
    assert "Decided" in later, "what was decided a week ago moves nothing any more"


def test_a_priority_that_is_carried_again_and_again(workspace: Workspace) -> None:
    yesterday = TODAY - DAY
    rows: dict[str, dict[str, Any]] = {
        "Three nights": {"carried": 3, "severity": "p1", "conf": 2},
        "The third is over": {"carried": 2, "day": yesterday},
        "Chosen today": {"carried": 9, "day": TODAY},
        "Chosen for tomorrow": {"carried": 2, "day": TODAY + DAY},
        "Twice": {"carried": 2},
        "Asleep": {"carried": 4, "snoozed_until": MONDAY + SECOND},
        "Awake": {"carried": 4, "snoozed_until": MONDAY},
        "Dropped": {"carried": 4, "status": "dropped"},
        "For ever": {"carried": 1200},
    }
    for title, values in rows.items():
        add(workspace, "priority", title=title, **values)
    found = list(day_rules.of_priorities(workspace, TODAY))
    assert wholes(found[:2]) == (
        "ORANGE carried [carried:P-1 1003] Decide, carried 3 times: Three nights"
        " | Claire: choose it for today (⏎, space), delegate (g), date (r) or drop it | on P-1 | by - | severity 1"
        " | 0 cents | since - | level 2\n"
        "ORANGE carried [carried:P-2 1003] Decide, carried 3 times: The third is over"
        " | Claire: choose it for today (⏎, space), delegate (g), date (r) or drop it | on P-2 | by - | severity 3"
        " | 0 cents | since 2026-11-22 | level 1"
    )
    assert [(each.subject, each.weight) for each in found[2:]] == [("Awake", 1004), ("For ever", 1999)]
    assert found[0].briefly() == "carried 3 times"


def test_what_was_handed_out_comes_back_when_it_was_to_be_asked_about(workspace: Workspace) -> None:
    add(workspace, "blocker", title="VPN", delegated_to="Zoe", remind_at=MONDAY, conf=2)
    add(workspace, "blocker", title="Later", delegated_to="Zoe", remind_at=MONDAY + SECOND)
    add(workspace, "blocker", title="Solved", delegated_to="Zoe", remind_at=MONDAY, closed_at=MONDAY)
    add(workspace, "priority", title="Sign", delegated_to=workspace.me, remind_at=MONDAY - DAY)
    found = list(day_rules.of_reminders(workspace, MONDAY))
    assert wholes(found).replace(" | severity 3 | 0 cents | since -", "") == (
        "ORANGE reminder [reminder:B-1:2026-11-23T07:42:00+00:00 1000] Ask Zoe: VPN | Claire: ask Zoe (l) | on B-1"
        " | by Zoe | level 2\n"
        "ORANGE reminder [reminder:P-1:2026-11-22T07:42:00+00:00 1000] Comes back: Sign"
        " | Claire: it waits for you: do it, or record what you decide (d) | on P-1 | by Claire | level 1"
    )
    assert [each.briefly() for each in found] == ["to be asked about", "comes back"]
    add(workspace, "blocker", title="Bank", delegated_to="Ana", remind_at=MONDAY)
    assert "Ask Ana: Bank" in [each.text() for each in day_rules.of_reminders(workspace, MONDAY)]
    told = day_rules.Reminder(level=AlertLevel.ORANGE, subject="VPN", at="x", who="Zoe")
    assert told.text() == "Ask Zoe: VPN", "theirs, unless it is said to be one's own"


def test_decisions_to_look_at_again_and_what_meetings_decided_and_nobody_kept(workspace: Workspace) -> None:
    for away in (-3, 0, 1, 7, 8):
        add(
            workspace,
            "decision",
            title=f"In {away}",
            review_on=TODAY + away * DAY,
            owner="Sophie",
            conf=1 + (away == 0),
        )
    add(workspace, "decision", title="Anew", supersedes="D-3", decider="Yann", review_on=TODAY)
    assert wholes(day_rules.of_decisions(workspace, TODAY)).replace(
        " | severity 3 | 0 cents | since -", ""
    ) == (
        "ORANGE review [review:D-1:2026-11-20 1000] Look again at a decision within 0 days: In -3"
        " | Sophie: does it still hold? Say so (x), or decide anew (r) | on D-1 | by Sophie | level 1\n"
        "ORANGE review [review:D-2:2026-11-23 1000] Look again at a decision within 0 days: In 0"
        " | Sophie: does it still hold? Say so (x), or decide anew (r) | on D-2 | by Sophie | level 2\n"
        "ORANGE review [review:D-4:2026-11-30 1000] Look again at a decision within 7 days: In 7"
        " | Sophie: does it still hold? Say so (x), or decide anew (r) | on D-4 | by Sophie | level 1\n"
        "ORANGE review [review:D-6:2026-11-23 1000] Look again at a decision within 0 days: Anew"
        " | Yann: does it still hold? Say so (x), or decide anew (r) | on D-6 | by Yann | level 1"
    )
    assert list(day_rules.of_commitments(workspace)) == []
    for title, due in (("Second", MONDAY - DAY), ("Not yet", MONDAY + DAY), ("First", MONDAY - 2 * DAY)):
        add(workspace, "decision", title=title, due=due)
    assert wholes(day_rules.of_commitments(workspace)) == (
        "ORANGE commitments [commitments:commitments:D-7,D-9 1000] Commitments of meetings late: 2"
        " | Claire: open the list, ask each (⏎) | on commitments | by - | severity 3 | 0 cents | since - | level 1"
    )


def running(code: str, blocker: str, used: float, **values: Any) -> Clock:
    """A clock of ten working hours in a calendar that never closes, of which that share is used."""
    due = MONDAY + (1 - used) * 10 * HOUR
    said = {
        "title": f"Case {code}", "provider": "PR-1", "metric": "resolution", "warn": "60,80", "due": due, "until": due,
        "target_s": 36_000, **values,
    }  # fmt: skip
    return Clock(id=code, code=code, blocker=blocker, **said)


def promised(workspace: Workspace, *clocks: Clock, costs: dict[str, int] | None = None) -> list[Alert]:
    rows = [SlaRow(each, ALWAYS) for each in clocks]
    return list(promise_rules.of_slas(workspace, rows, MONDAY, costs or {}))


def test_each_case_is_told_once_by_the_worst_of_its_promises(workspace: Workspace) -> None:
    for n in range(1, 5):
        add(
            workspace,
            "blocker",
            title=f"B{n}",
            severity="p1" if n == 1 else "p2",
            owner=f"Owner {n}",
            level=3,
        )
    found = promised(
        workspace,
        running("CK-1", "B-1", 0.65),
        running("CK-2", "B-1", 1.2, metric="acknowledgement", cycle=2, conf=2, title="First answer"),
        running("CK-3", "B-2", 0.59),
        running("CK-4", "B-3", 0.6),
        running("CK-5", "B-4", 0.85, provider="PR-2"),
        running("CK-6", "", 1.1, metric="delivery", provider=""),
        running("CK-7", "B-3", 1.1, metric="update"),
        running("CK-8", "B-3", 1.2),
        costs={"PR-1": 7, "PR-2": 9},
    )
    names = {"PR-1": "Paie+", "PR-2": "InfoSud"}
    assert wholes(found, names) == (
        "RED sla_breached [sla:B-1:2 2280] SLA passed: First answer"
        " | Claire: remind Paie+ (l), record the decision that ends it (d) | on B-1 | by PR-1 | severity 1 | 7 cents"
        " | since 2026-11-23T05:42:00+00:00 | level 2\n"
        "RED sla_breached [sla:B-3:1 2480] SLA passed (next news, resolution): Case CK-7"
        " | Claire: remind Paie+ (l), record the decision that ends it (d) | on B-3 | by PR-1 | severity 2 | 7 cents"
        " | since 2026-11-23T06:42:00+00:00 | level 1\n"
        "ORANGE sla_at_risk [sla:B-4:1 1080] SLA 80 % used: Case CK-5 | Claire: ask InfoSud where it stands (l)"
        " | on B-4 | by PR-2 | severity 2 | 9 cents | since 2026-11-23T09:12:00+00:00 | level 1\n"
        "RED report_late [sla:CK-6:1 2280] Report late: Case CK-6"
        " | Claire: it waits for you: do it, or record what you decide (d) | on CK-6 | by - | severity 3 | 0 cents"
        " | since 2026-11-23T06:42:00+00:00 | level 1"
    )


@pytest.mark.parametrize(
    ("used", "level", "said"),
    [
        (0.49, 0, ""),
        (0.5, 0, "SLA 50 % used: Claire: escalate to level 1, ask Sophie (e)"),
        (0.59, 0, "SLA 50 % used: Claire: escalate to level 1, ask Sophie (e)"),
        (0.5, 1, ""),
        (0.6, 1, "SLA 60 % used: Claire: ask Paie+ where it stands (l)"),
        (0.75, 0, "SLA 75 % used: Claire: escalate to level 1, ask Sophie (e)"),
        (0.75, 1, "SLA 75 % used: Claire: escalate to level 2, ask Paie+ (e)"),
        (0.85, 0, "SLA 80 % used: Claire: escalate to level 1, ask Sophie (e)"),
        (0.85, 2, "SLA 80 % used: Claire: ask Paie+ where it stands (l)"),
    ],
)
def test_the_next_step_of_the_ladder_is_proposed_when_its_share_of_the_time_is_used(
    workspace: Workspace, used: float, level: int, said: str
) -> None:
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    add(workspace, "blocker", title="VPN", owner="Sophie", waiting_on=("PR-1",), level=level)
    found = promised(workspace, running("CK-1", "B-1", used))
    told = [f"{each.text().partition(':')[0]}: {each.next({'PR-1': 'Paie+'}, 'Claire')}" for each in found]
    assert told == ([said] if said else [])


def test_a_circuit_may_propose_its_first_step_earlier_or_later_than_the_others(workspace: Workspace) -> None:
    functions = [add(workspace, "function", name=name) for name in ("Early", "Late", "Usual")]
    add(workspace, "circuit", name="Early", functions=(functions[0],), steps="30,90")
    add(workspace, "circuit", name="Late", functions=(functions[1],), steps="80,90")
    cases = [add(workspace, "blocker", title=code, owner="Sophie", function=code) for code in functions]
    told = {}
    for used in (0.29, 0.3, 0.49, 0.5, 0.79, 0.81):
        clocks = [running(f"CK-{case}", case, used, warn="95") for case in cases]
        told[used] = [(each.target, getattr(each, "percent", 0)) for each in promised(workspace, *clocks)]
    early, usual = ("B-1", 30), ("B-3", 50)
    late = [early, ("B-2", 80), ("B-3", 75)]
    assert list(told.values()) == [[], [early], [early], [early, usual], [early, ("B-3", 75)], late]
    workspace.conn.execute("UPDATE circuit SET archived_at = created_at WHERE name = 'Early'")
    usual_first = promised(workspace, *(running(f"CK-{case}", case, 0.5, warn="95") for case in cases))
    assert [each.target for each in usual_first] == ["B-1", "B-3"]


def test_a_calm_promise_of_ones_own_asks_for_nothing(workspace: Workspace) -> None:
    assert promised(workspace, running("CK-1", "", 0.55, provider=workspace.me)) == []


def test_a_promise_that_is_broken_is_worse_than_one_that_ends_now(workspace: Workspace) -> None:
    add(workspace, "blocker", title="VPN", level=3)
    ends = running("CK-1", "B-1", 1.0, until=MONDAY + HOUR, title="Ends at a closing")
    (found,) = promised(workspace, ends, running("CK-2", "B-1", 1.1, title="Broken"))
    assert (found.subject, found.kind) == ("Broken", "sla_breached")


def test_where_everybody_else_was_asked_what_remains_is_to_decide(workspace: Workspace) -> None:
    add(workspace, "blocker", title="Mine", owner=workspace.me)
    found = promised(workspace, running("CK-1", "B-1", 0.5))
    assert [whole(each).split(" | ")[:2] for each in found] == [[
        "ORANGE sla_at_risk [sla:B-1:1 1050] SLA 50 % used: Case CK-1",
        "Claire: it waits for you: do it, or record what you decide (d)",
    ]]  # fmt: skip
    paused = running("CK-1", "B-1", 0.5, pause="client", consumed_s=20_000)
    assert promised(workspace, paused) == [], "what stands still asks for nothing"


def test_whoever_was_asked_is_named_once_the_time_to_answer_is_over(workspace: Workspace) -> None:
    for n, answer_by in enumerate([MONDAY - SECOND, MONDAY, MONDAY - HOUR, None], 1):
        add(workspace, "blocker")
        add(workspace, "escalation", question=f"Who {n}?", blocker=f"B-{n}", asked_of="Sophie", answer_by=answer_by,
            conf=1 + (n == 3))  # fmt: skip
    asked = promise_rules.NoAnswer(level=AlertLevel.ORANGE, target="B-1", who="Ana", escalation="ES-9")
    assert asked.next({}, "Claire") == "Claire: ask Ana again (l), or go one level up (e)"
    add(workspace, "escalation", question="Over", blocker="B-4", answer_by=MONDAY - HOUR, ended_at=MONDAY)
    assert wholes(promise_rules.of_escalations(workspace, MONDAY)).replace(
        " | severity 3 | 0 cents | since -", ""
    ) == (
        "ORANGE no_answer [no_answer:B-3:ES-3 1000] No answer from Sophie: Who 3?"
        " | Claire: ask Sophie again (l), or go one level up (e) | on B-3 | by Sophie | level 2\n"
        "ORANGE no_answer [no_answer:B-1:ES-1 1000] No answer from Sophie: Who 1?"
        " | Claire: ask Sophie again (l), or go one level up (e) | on B-1 | by Sophie | level 1"
    )


def test_what_partners_sent_and_what_could_not_be_read_of_it(workspace: Workspace) -> None:
    rows: dict[str, dict[str, Any]] = {
        "Late": {"triage": "alert", "severity": "p1"}, "Small": {"triage": "alert", "severity": "p2", "conf": 2},
        "Sorted": {"triage": "alert", "closed_at": MONDAY},
        "Huge": {"triage": "left", "severity": "p4", "reason": "too long"},
        "Odd": {"triage": "left", "severity": "p3", "reason": "no sender", "sender": ""}, "New": {"triage": "new"},
    }  # fmt: skip
    for title, values in rows.items():
        add(workspace, "statement", **{"title": title, "sender": "Paie+", **values})
    assert wholes(outside_rules.of_inbox(workspace)).replace(" | severity 3 | 0 cents | since -", "") == (
        "RED partner [partner:IN-1 2000] Paie+ says: Late | Claire: open it and say what becomes of it | on IN-1"
        " | by Paie+ | level 1\n"
        "ORANGE partner [partner:IN-2 1000] Paie+ says: Small | Claire: open it and say what becomes of it | on IN-2"
        " | by Paie+ | level 2"
    )
    aside = (
        "RED statement_refused [statement_refused:IN-5 2000] Could not be taken from Odd: no sender"
        " | Claire: read it (⏎), take it all the same (g) or refuse it (x) | on IN-5 | by - | level 1\n"
        "ORANGE statement_refused [statement_refused:IN-4 1000] Could not be taken from Paie+: too long"
        " | Claire: read it (⏎), take it all the same (g) or refuse it (x) | on IN-4 | by - | level 1"
    )
    ways_in.remember(workspace, "the folder is not there")
    clock = workspace.clock
    assert isinstance(clock, TickingClock)
    clock.forward(days=2)
    assert (
        wholes(outside_rules.of_ways_in(workspace)).replace(" | severity 3 | 0 cents | since -", "") == aside
    )
    workspace.settings = replace(workspace.settings, inbox=InboxSettings(folder="/gone"))
    assert wholes(outside_rules.of_ways_in(workspace)).replace(" | severity 3 | 0 cents | since -", "") == (
        "ORANGE inbox_unread [inbox_unread:inbox 1000]"
        " What partners send was not read for 48 h: the folder is not there"
        f" | Claire: look at [inbox] in the configuration, then read again (s) | on inbox | by - | level 1\n{aside}"
    )
    seen = []
    for at in (DAY - SECOND, DAY, 2 * DAY - SECOND):
        clock.at = MONDAY + at
        seen.append([each.text().partition(": the")[0] for each in outside_rules.of_ways_in(workspace)][:1])
    told = "What partners send was not read for"
    assert seen == [["Could not be taken from Odd: no sender"], [f"{told} 24 h"], [f"{told} 47 h"]]


def test_messages_that_could_not_be_delivered_are_counted(workspace: Workspace) -> None:
    assert list(outside_rules.of_outbox(workspace)) == []
    for n, state in enumerate(["failed", "sent", "failed", "held"]):
        outbox.put(workspace.conn, "team", str(n), {"title": "x"}, instant(MONDAY), state=state)
    assert wholes(outside_rules.of_outbox(workspace)) == (
        "ORANGE undelivered [undelivered:outbox 1002] Messages not delivered: 2 | Claire: look at the outbox (K)"
        " | on outbox | by - | severity 3 | 0 cents | since - | level 1"
    )


def test_what_is_wrong_with_our_own_network(workspace: Workspace) -> None:
    found = {
        family: brief(outside_rules.of_network(workspace, family))
        for family in ("", "offline", "portal", "reset", "untrusted")
    }
    assert found == {
        "": [], "offline": [],
        "portal": ["RED Every source answers with a web page: sign in to this network? · "],
        "reset": ["ORANGE our connection: it is cut everywhere · reset"],
        "untrusted": ["ORANGE our connection: certificates of an unknown authority everywhere, a proxy on the way?"
                      " · untrusted"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("offset", "said"), [(119, []), (120, [2]), (-120, [2]), (-119, []), (239, [3]), (-3600, [60])]
)
def test_a_clock_that_is_two_minutes_off_is_told_whichever_way(
    workspace: Workspace, offset: int, said: list[int]
) -> None:
    memos.put(workspace.conn, CLOCK_OFFSET, str(offset))
    assert brief(outside_rules.of_network(workspace, "")) == [
        f"ORANGE This machine's clock is {minutes} min off: set it, deadlines depend on it · "
        for minutes in said
    ]


def test_a_clock_behind_the_last_entry_is_told_with_who_wrote_it(
    workspace: Workspace, clock: TickingClock
) -> None:
    assert brief(outside_rules.of_network(workspace, "")) == [], "nothing was written yet"
    add(workspace, "risk", name="Fire")
    add(workspace, "risk", name="Flood")
    seen = {}
    for behind in (timedelta(), 2 * MINUTE - SECOND, 2 * MINUTE, 3 * MINUTE - SECOND, 3 * MINUTE):
        clock.at = MONDAY - behind
        seen[behind] = [getattr(each, "minutes", 0) for each in outside_rules.of_network(workspace, "")]
    assert list(seen.values()) == [[], [], [2], [2], [3]]
    (last,) = outside_rules.of_network(workspace, "")
    written = workspace.conn.execute("SELECT host FROM journal ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert last.text() == "3 min from now, says the last entry: one clock is wrong, deadlines depend on it"
    assert last.next({}, "Claire") == (
        f"Claire: set the clock of this machine, or of the one that wrote it ({written or '?'})"
    )
    memos.put(workspace.conn, CLOCK_OFFSET, "600")
    assert len(brief(outside_rules.of_network(workspace, "portal"))) == 2, "a clock that is off is told once"


def test_copies_are_tried_each_month_and_a_copy_that_is_no_good_is_told(
    workspace: Workspace, clock: TickingClock
) -> None:
    assert list(copy_rules.of_copies(workspace)) == [], "nothing was written yet"
    add(workspace, "risk", name="Fire")
    clock.forward(days=1)
    add(workspace, "risk", name="Flood")
    clock.at = MONDAY + 35 * DAY
    assert list(copy_rules.of_copies(workspace)) == []
    clock.forward(seconds=1)
    assert wholes(copy_rules.of_copies(workspace)) == (
        "ORANGE copy_untried [copy_untried:copies 1000] No copy of the cockpit was restored for a trial in 35 days"
        " | Claire: cockpit backup, then cockpit drill | on copies | by - | severity 3 | 0 cents"
        " | since 2026-11-23T07:42:00+00:00 | level 1"
    )
    tried = Tried(at=MONDAY + 30 * DAY, kind=BACKUP, entries=9, missing=0, beyond=0, seconds=1.0, fault="")
    restore_drills.add(workspace.conn, [replace(tried, at=MONDAY), tried])
    assert list(copy_rules.of_copies(workspace)) == []
    clock.at = MONDAY + 66 * DAY
    assert [each.since for each in copy_rules.of_copies(workspace)] == ["2026-12-23T07:42:00+00:00"]
    at = tried.at + DAY
    restore_drills.add(
        workspace.conn, [replace(tried, at=at, fault="damaged"), replace(tried, at=at, kind=REPLICA)]
    )
    clock.forward(days=90)
    no_good = (
        "RED copy_no_good [copy_no_good:copies 2000] The restore drill failed: the backup"
        " | Claire: cockpit doctor says why; make a new one (cockpit backup), then cockpit drill | on copies | by -"
        " | severity 3 | 0 cents | since 2026-12-24T07:42:00+00:00 | level 1"
    )
    assert wholes(copy_rules.of_copies(workspace)) == no_good, "and of its age nothing is said"
    restore_drills.add(workspace.conn, [replace(tried, at=at, kind=REPLICA, fault="damaged")])
    assert (
        wholes(copy_rules.of_copies(workspace))
        == f"{no_good}\n{no_good.replace('the backup', 'the copy elsewhere', 1)}"
    )


def test_a_month_is_to_be_closed_ten_days_after_its_end(workspace: Workspace, clock: TickingClock) -> None:
    clock.at = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)
    add(workspace, "report", name="Hours", source="Paie+")
    seen = {}
    for day in (date(2026, 11, 10), date(2026, 11, 11)):
        clock.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        seen[day] = wholes(month_rules.of_months(workspace))
    assert list(seen.values()) == [
        "",
        "ORANGE month_to_close [month_to_close:report:2026-10 1000] October 2026 can be closed: its report is read,"
        " then frozen | Claire: Enter reads it, x closes it (cockpit report 2026-10 --close) | on report:2026-10"
        " | by Claire | severity 3 | 0 cents | since 2026-11-11 | level 1",
    ]


def test_figures_that_did_not_come_or_are_red_and_goals_that_nobody_speaks_of(
    workspace: Workspace, clock: TickingClock
) -> None:
    assert (figure_rules.of_figures(workspace), figure_rules.of_goals(workspace)) == ((), ())
    clock.at = MONDAY - 60 * DAY
    weekly: dict[str, Any] = {
        "cadence": "week", "aim": "at_least", "target": 100.0, "unit": "k€", "owner": "Sophie",
    }  # fmt: skip
    for name, conf in (("Cash", 2), ("Late", 1), ("Before", 1), ("Good", 1), ("Taken", 1)):
        add(workspace, "figure", name=name, conf=conf, **weekly)
    for figure, weeks, value in (
        ("FG-1", 0, 90.0), ("FG-2", 3, 20.0), ("FG-3", 2, 9.5), ("FG-4", 0, 100.0), ("FG-5", 0, 1.0),
    ):  # fmt: skip
        add(workspace, "measure", figure=figure, period=TODAY - weeks * 7 * DAY, value=value)
    add(workspace, "blocker", tags=("FG-5",))
    clock.at = MONDAY
    assert wholes(figure_rules.of_figures(workspace)).replace(" | severity 3 | 0 cents | since -", "") == (
        "ORANGE figure_red [figure_red:FG-3:2026-11-09 1000] Before is red: 9.5 k€ in W46, at least 100 k€ is expected"
        " | Sophie: make a blocker of it (B), or acknowledge it (space) | on FG-3 | by Sophie | level 1\n"
        "ORANGE figure_red [figure_red:FG-1:2026-11-23 1000] Cash is red: 90 k€ in W48, at least 100 k€ is expected"
        " | Sophie: make a blocker of it (B), or acknowledge it (space) | on FG-1 | by Sophie | level 2\n"
        "ORANGE figure_late [figure_late:FG-2:2026-11-09 1000] Late: the value of W46 did not come"
        " | Sophie: give it (a), or ask for it (l) | on FG-2 | by Sophie | level 1"
    )
    rows: dict[str, dict[str, Any]] = {
        "Past": {"quarter": date(2026, 7, 1), "conf": 2, "said_on": TODAY},
        "Unsaid": {"quarter": date(2026, 10, 1), "said_on": TODAY - 7 * DAY},
        "Said": {"quarter": date(2026, 10, 1), "said_on": TODAY - 6 * DAY},
        "Reached": {"quarter": date(2026, 7, 1), "state": "reached"},
        "Never": {"quarter": date(2026, 10, 1), "state": "unsaid"},
    }
    for name, values in rows.items():
        add(workspace, "goal", **{"name": name, "owner": "Sophie", "state": "on_track", **values})
    assert wholes(figure_rules.of_goals(workspace)).replace(" | severity 3 | 0 cents | since -", "") == (
        "ORANGE goal_past [goal_past:GO-1 1000] The quarter is over, the goal is not: Past"
        " | Sophie: reached or given up (a), or another quarter (Enter) | on GO-1 | by Sophie | level 2\n"
        "to complete goal_unsaid [goal_unsaid:GO-2 0] Say how the goal stands: Unsaid"
        " | Sophie: on track, off track or reached (a) | on GO-2 | by Sophie | level 1\n"
        "to complete goal_unsaid [goal_unsaid:GO-5 0] Say how the goal stands: Never"
        " | Sophie: on track, off track or reached (a) | on GO-5 | by Sophie | level 1"
    )
