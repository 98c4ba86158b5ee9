"""All that the map of the organisation asks for: each rule whole, on rows at and beside its bounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.registers import REGISTERS
from cockpit.services.alerts import document_rules, organisation_rules, people_rules, plan_rules
from cockpit.services.alerts.organisation_rules import CoreExposed
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import link_checks
from cockpit.store.outside.link_checks import LinkCheck
from cockpit.store.records import instant
from tests.conftest import MONDAY, TickingClock
from tests.services.alerts.told import wholes

TODAY = date(2026, 11, 23)
OLD = instant(MONDAY - timedelta(days=30))


def add(workspace: Workspace, register: str, /, **values: Any) -> str:
    return workspace.add(REGISTERS[register], {"name": register.capitalize(), **values})


def day(away: int) -> date:
    return TODAY + timedelta(days=away)


def brief(found: Iterable[Alert]) -> list[str]:
    """How bad, the sentence, what it opens."""
    return [f"{each.level.name} {each.text()} · {each.target}" for each in found]


def function(**values: Any) -> Any:
    """A function as the rules read it: outsourced, critical, older than a month."""
    return {
        "code": "FN-1", "name": "Payroll", "conf": 1, "mode": "external", "owner": "", "criticality": 3,
        "core_value": 0, "review_due": None, "created_at": OLD, "audited_on": None, "next_on": None, "plan": None,
        "plan_at": None, "drilled": 0, "backup": 0, **values,
    }  # fmt: skip


def test_an_audit_that_was_never_held_is_to_complete_and_opens_the_function() -> None:
    found = organisation_rules.of_audits(
        [function(), function(code="FN-2", criticality=4, conf=2)], TODAY, OLD
    )
    assert wholes(found) == (
        "to complete audit_never [audit_never:FN-1 0] Audit Payroll: it was never done"
        " | Claire: open it, A begins the audit (20 min) | on FN-1 | by - | severity 2 | 0 cents | since - | level 1\n"
        "to complete audit_never [audit_never:FN-2 0] Audit Payroll: it was never done"
        " | Claire: open it, A begins the audit (20 min) | on FN-2 | by - | severity 1 | 0 cents | since - | level 2"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"mode": "internal"}, []),
        ({"mode": "mixed"}, ["TO_COMPLETE Audit Payroll: it was never done · FN-1"]),
        ({"criticality": 2}, []),
        ({"created_at": instant(MONDAY - timedelta(days=30, seconds=-1))}, []),
        ({"audited_on": "2025-12-23"}, ["ORANGE Audit Payroll within 30 days · FN-1"]),
        ({"audited_on": "2025-12-24"}, []),
        ({"audited_on": "2025-11-23"}, ["ORANGE Audit Payroll within 0 days · FN-1"]),
        ({"audited_on": "2025-11-22"}, ["ORANGE Audit Payroll: 1 day late · FN-1"]),
        (
            {"audited_on": "2025-11-22", "next_on": "2026-12-01"},
            ["ORANGE Audit Payroll within 8 days · FN-1"],
        ),
        (
            {"audited_on": "2026-11-22", "next_on": "2026-08-25"},
            ["ORANGE Audit Payroll: 90 days late · FN-1"],
        ),
        ({"audited_on": "2025-11-23", "criticality": 2}, []),
        ({"audited_on": "2025-12-01", "criticality": 2}, []),
        ({"audited_on": "2025-11-22", "criticality": 2}, ["ORANGE Audit Payroll: 1 day late · FN-1"]),
        ({"audited_on": "2024-01-01", "mode": "internal"}, []),
    ],
)
def test_when_a_function_is_to_be_audited(row: dict[str, Any], said: list[str]) -> None:
    assert brief(organisation_rules.of_audits([function(**row)], TODAY, OLD)) == said


def test_none_of_those_that_ask_for_nothing_hides_another_one() -> None:
    rows = [
        function(mode="internal"), function(code="FN-2"), function(code="FN-3", audited_on="2026-11-01"),
        function(code="FN-4"),
    ]  # fmt: skip
    assert [each.target for each in organisation_rules.of_audits(rows, TODAY, OLD)] == ["FN-2", "FN-4"]


def test_functions_are_looked_at_again_by_their_day() -> None:
    dues = [None, "2026-12-24", "2026-12-23", "2026-11-23", "2026-11-22"]
    rows = [function(code=f"FN-{n}", review_due=due) for n, due in enumerate(dues)]
    assert wholes(organisation_rules.of_levels(rows, TODAY)).replace(" | severity 3 | 0 cents", "") == (
        "ORANGE level_due [level_due:FN-2:2026-12-23 1000] Look again at how far Payroll is outsourced, within 30 days"
        " | Claire: open it, L begins the review | on FN-2 | by - | since - | level 1\n"
        "ORANGE level_due [level_due:FN-3:2026-11-23 1000] Look again at how far Payroll is outsourced, within 0 days"
        " | Claire: open it, L begins the review | on FN-3 | by - | since - | level 1\n"
        "ORANGE level_late [level_due:FN-4:2026-11-22 1001] Look again at how far Payroll is outsourced: 1 day late"
        " | Claire: open it, L begins the review | on FN-4 | by - | since - | level 1"
    )


def test_a_critical_function_wants_a_plan_and_a_plan_wants_to_be_tried_a_month_later() -> None:
    later = instant(MONDAY)
    rows = [
        function(criticality=2), function(code="FN-2", criticality=3), function(code="FN-3", criticality=4),
        function(code="FN-4", created_at=later), function(code="FN-5", plan="CP-5", plan_at=OLD, owner="PE-1"),
        function(code="FN-6", plan="CP-6", plan_at=later), function(code="FN-7", plan="CP-7", plan_at=OLD, drilled=1),
        function(code="FN-8", plan="CP-8", plan_at=OLD), function(code="FN-9", mode="internal"),
    ]  # fmt: skip
    found = plan_rules.of_plans(rows, OLD)
    assert wholes(found, {"PE-1": "Sophie"}).replace(" | 0 cents | since - | level 1", "") == (
        "to complete plan_missing [plan_missing:FN-2 0] Write the continuity plan of Payroll"
        " | Claire: write who takes over, in which steps, within how many hours (c) | on FN-2 | by - | severity 2\n"
        "to complete plan_missing [plan_missing:FN-3 0] Write the continuity plan of Payroll"
        " | Claire: write who takes over, in which steps, within how many hours (c) | on FN-3 | by - | severity 1\n"
        "to complete plan_missing [plan_missing:FN-9 0] Write the continuity plan of Payroll"
        " | Claire: write who takes over, in which steps, within how many hours (c) | on FN-9 | by - | severity 2\n"
        "to complete plan_untried [plan_untried:CP-5 0] Try out the continuity plan of Payroll"
        " | Claire: choose a day with Sophie, try it out and write the drill down (c) | on CP-5 | by PE-1"
        " | severity 3\n"
        "to complete plan_untried [plan_untried:CP-8 0] Try out the continuity plan of Payroll"
        " | Claire: it waits for you: do it, or record what you decide (d) | on CP-8 | by - | severity 3"
    )
    assert [each.made for each in found] == [("continuity", "function")] * 3 + [("drill", "plan")] * 2


def test_who_could_lose_what_the_company_lives_by(workspace: Workspace, clock: TickingClock) -> None:
    """Each function on its own: outside only, without a backup, without a word written, or nothing of these."""
    ours = add(workspace, "person", name="Claire")
    hired = add(workspace, "person", name="Zoe", kind="external")
    lent = add(workspace, "person", name="Yann", provider=add(workspace, "provider"))
    code = [
        add(workspace, "function", name=f"F{n}", core_value=n != 8, mode=mode, owner=owner)
        for n, (mode, owner) in enumerate([
            ("internal", ours), ("external", ours), ("internal", hired), ("internal", lent), ("internal", "PR-1"),
            ("internal", hired), ("internal", ""), ("internal", hired), ("external", hired),
        ])
    ]  # fmt: skip
    add(workspace, "process", function=code[5], responsible=(ours, hired))
    add(workspace, "process", function=code[7], responsible=("PR-1", lent))
    written = add(workspace, "process", name="Sell", function=code[7])
    add(workspace, "document", process=written)
    for each in code[:7]:
        add(workspace, "continuity", function=each, backup=ours)
    for each in code[1:6]:
        add(workspace, "document", name=f"Guide {each}", function=each)
    clock.forward(days=30)
    lacking = organisation_rules.gather(workspace, workspace.today())
    assert [each.text() for each in lacking if "core" in each.kind] == ["7 core-value functions are exposed"]
    functions = [
        function(code=each, name=f"F{n}", core_value=n != 8, mode="external" if n in (1, 8) else "internal",
                 owner=(ours, ours, hired, lent, "PR-1", hired, "", hired, hired)[n], backup=n < 7)
        for n, each in enumerate(code)
    ]  # fmt: skip
    found = organisation_rules.of_core(workspace.conn, functions, OLD)
    exposed = [each for each in found if isinstance(each, CoreExposed)]
    assert [(each.text(), each.made) for each in exposed] == [
        ("Core value exposed, nothing written: F0", ("document", "function")),
        ("Core value exposed, carried outside only: F1", ("", "")),
        ("Core value exposed, carried outside only: F2", ("", "")),
        ("Core value exposed, carried outside only: F3", ("", "")),
        ("Core value exposed, carried outside only: F4", ("", "")),
        ("Core value exposed, nothing written: F6", ("document", "function")),
        ("Core value exposed, carried outside only, no backup: F7", ("continuity", "function")),
    ]
    both = CoreExposed(level=exposed[0].level, reasons="", lacks=("backup", "document"))
    assert both.made == ("continuity", "function"), "the first of what can be written down"
    assert wholes(found[:1]) == (
        f"to complete core_exposed [core_exposed:{code[0]} 0] Core value exposed, nothing written: F0"
        f" | Claire: name a backup in-house, and have it written down (c) | on {code[0]} | by - | severity 3"
        " | 0 cents | since - | level 1"
    )
    young = [function(core_value=1, created_at=instant(MONDAY - timedelta(days=30, seconds=-1)))]
    assert organisation_rules.of_core(workspace.conn, young, OLD) == []


def test_trials_and_reports_that_are_owed_are_told_the_oldest_first(workspace: Workspace) -> None:
    add(workspace, "trial", name="Noon", ends_on=day(-1), owner="Sophie")
    add(workspace, "trial", name="Today", ends_on=day(0))
    add(workspace, "trial", name="Kept", ends_on=day(-9), verdict="keep")
    add(workspace, "trial", name="Older", ends_on=day(-2), conf=2)
    assert wholes(organisation_rules.of_trials(workspace.conn, TODAY)) == (
        "ORANGE trial_over [trial_over:TL-4 1000] Say keep or stop: Older"
        " | Claire: keep or stop, and what was learned (a)"
        " | on TL-4 | by - | severity 3 | 0 cents | since - | level 2\n"
        "ORANGE trial_over [trial_over:TL-1 1000] Say keep or stop: Noon"
        " | Sophie: keep or stop, and what was learned (a)"
        " | on TL-1 | by Sophie | severity 3 | 0 cents | since - | level 1"
    )
    for name, due, received, period in (
        ("Hours", -1, None, "month"), ("Today", 0, None, "month"), ("Came", -1, -15, "month"),
        ("Costs", -2, -17, "month"), ("Weekly", -4, -7, "week"), ("Came too", -4, -6, "week"),
    ):  # fmt: skip
        add(workspace, "report", name=name, source="Paie+", due=day(due), period=period,
            received_on=day(received) if received is not None else None)  # fmt: skip
    assert wholes(organisation_rules.of_reports(workspace.conn, TODAY)).replace(
        " | severity 3 | 0 cents | since -", ""
    ) == (
        "ORANGE report_owed [report_owed:ER-5:2026-11-19 1000] Report late from Paie+, 4 days: Weekly"
        " | Claire: remind Paie+ (l), or note that it came (a) | on ER-5 | by Paie+ | level 1\n"
        "ORANGE report_owed [report_owed:ER-4:2026-11-21 1000] Report late from Paie+, 2 days: Costs"
        " | Claire: remind Paie+ (l), or note that it came (a) | on ER-4 | by Paie+ | level 1\n"
        "ORANGE report_owed [report_owed:ER-1:2026-11-22 1000] Report late from Paie+, 1 day: Hours"
        " | Claire: remind Paie+ (l), or note that it came (a) | on ER-1 | by Paie+ | level 1"
    )


def test_people_who_leave_within_six_weeks_hand_over(workspace: Workspace) -> None:
    for away in (0, 1, 15, 16, 45, 46):
        add(workspace, "person", name=f"In {away}", ends_on=day(away))
    begun = add(workspace, "person", name="Begun", ends_on=day(9))
    add(workspace, "handover", giver=begun, due=day(9))
    given_up = add(workspace, "person", name="Given up", ends_on=day(40))
    add(workspace, "handover", giver=given_up, due=day(9))
    workspace.conn.execute("UPDATE handover SET archived_at = created_at WHERE giver = ?", (given_up,))
    found = people_rules.of_missions(workspace.conn, TODAY)
    assert brief(found) == [
        "RED Prepare the handover of In 1: 1 day left · PE-2",
        "RED Prepare the handover of In 15: 15 days left · PE-3",
        "ORANGE Prepare the handover of In 16: 16 days left · PE-4",
        f"ORANGE Prepare the handover of Given up: 40 days left · {given_up}",
        "ORANGE Prepare the handover of In 45: 45 days left · PE-5",
    ]
    assert wholes(found[:1]) == (
        "RED handover_none [handover_none:PE-2:2026-11-24 2000] Prepare the handover of In 1: 1 day left"
        " | Claire: open it, p begins the handover | on PE-2 | by - | severity 3 | 0 cents | since - | level 1"
    )


def test_steps_that_are_late_are_red_once_the_handover_itself_is(workspace: Workspace) -> None:
    for name, due in (("Later", 9), ("Today", 0), ("Over", -1)):
        handover = add(workspace, "handover", name=name, due=day(due))
        for late in (-2, -1, 0):
            add(workspace, "step", handover=handover, due=day(late))
        add(workspace, "step", handover=handover, due=day(-5), done_on=day(-1))
    assert wholes(people_rules.of_steps(workspace.conn, TODAY)).replace(
        " | by - | severity 3 | 0 cents | since -", ""
    ) == (
        "RED handover_late [handover_late:HO-3 2002] Steps late: 2, Over"
        " | Claire: open it, x ticks a step off | on HO-3 | level 1\n"
        "ORANGE handover_late [handover_late:HO-2 1002] Steps late: 2, Today"
        " | Claire: open it, x ticks a step off | on HO-2 | level 1\n"
        "ORANGE handover_late [handover_late:HO-1 1002] Steps late: 2, Later"
        " | Claire: open it, x ticks a step off | on HO-1 | level 1"
    )


def test_whoever_is_gone_holds_no_access(workspace: Workspace) -> None:
    names = {"Tomorrow": 1, "Today": 0, "Unknown": -1, "Clean": -2, "Both": -3}
    code = {name: add(workspace, "person", name=name, ends_on=day(away)) for name, away in names.items()}
    for holder in ("Tomorrow", "Today", "Both", "Both"):
        add(workspace, "access", holder=code[holder])
    for holder in ("Clean", "Both"):
        add(workspace, "access", holder=code[holder], revoked_on=day(-1))
    assert wholes(people_rules.of_gone(workspace.conn, TODAY)).replace(
        " | by - | severity 3 | 0 cents | since -", ""
    ) == (
        "RED revoke_open [revoke_open:PE-5 2002] Take away the accesses of Both: 2 still open"
        " | Claire: have each access revoked today, and note it in the register | on PE-5 | level 1\n"
        "RED revoke [revoke:PE-3 2000] Unknown has left, with no access written down: does any remain?"
        " | Claire: have each access that remains revoked today, then archive the person | on PE-3 | level 1\n"
        "RED revoke_open [revoke_open:PE-2 2001] Take away the accesses of Today: 1 still open"
        " | Claire: have each access revoked today, and note it in the register | on PE-2 | level 1"
    )


def test_a_provider_whose_last_contract_ended_keeps_no_access_nor_do_its_people(workspace: Workspace) -> None:
    ends = {"Over": (-5, 0), "Goes on": (-5, 1), "Open": (-5, None), "Nothing held": (-5,), "Gone": (-9,)}
    code = {name: add(workspace, "provider", name=name) for name in ends}
    for name, days in ends.items():
        for away in days:
            ended = day(away) if away is not None else None
            add(workspace, "contract", name=f"{name} {away}", provider=code[name], ended_on=ended)
        if name != "Nothing held":
            add(workspace, "access", holder=add(workspace, "person", name=f"Of {name}", provider=code[name]))
    add(workspace, "access", holder=code["Over"])
    gone = add(workspace, "person", name="Left", provider=code["Over"], ends_on=day(0))
    stays = add(workspace, "person", name="Stays", provider=code["Over"], ends_on=day(1))
    for holder in (gone, stays, stays):
        add(workspace, "access", holder=holder)
    add(workspace, "access", holder=stays, revoked_on=day(-1))
    assert wholes(people_rules.of_ended_contracts(workspace.conn, TODAY)).replace(
        " | by - | severity 3 | 0 cents | since -", ""
    ) == (
        "RED revoke_contract [revoke_contract:PR-1 2004] Contract ended, accesses of Over still open: 4"
        " | Claire: have each access revoked today, and note it in the register | on PR-1 | level 1\n"
        "RED revoke_contract [revoke_contract:PR-5 2001] Contract ended, accesses of Gone still open: 1"
        " | Claire: have each access revoked today, and note it in the register | on PR-5 | level 1"
    )


def test_administrators_are_looked_at_each_three_months(workspace: Workspace) -> None:
    for name, seen in (("Ninety", {"reviewed_on": day(-90)}), ("Older", {"reviewed_on": day(-91)}),
                       ("Granted", {"granted_on": day(-200)}), ("Today", {}),
                       ("Seen since", {"granted_on": day(-200), "reviewed_on": day(-1)})):  # fmt: skip
        add(workspace, "access", name=name, level="admin", holder="Paie+", **seen)
    add(workspace, "access", name="User", granted_on=day(-200))
    assert wholes(people_rules.of_accesses(workspace.conn, TODAY)).replace(
        " | severity 3 | 0 cents | since -", ""
    ) == (
        "ORANGE access_review [access_review:AC-3 1000] Review the administrator access Granted"
        " | Claire: check level and holder with Paie+, then note the day of the review | on AC-3 | by Paie+ | level 1\n"
        "ORANGE access_review [access_review:AC-2 1000] Review the administrator access Older"
        " | Claire: check level and holder with Paie+, then note the day of the review | on AC-2 | by Paie+ | level 1"
    )


def test_drills_that_failed_or_prove_nothing_any_more_and_what_is_to_be_read_again(
    workspace: Workspace,
) -> None:
    for n, (criticality, held, verdict) in enumerate([
        (2, -365, "passed"), (2, -366, "passed"), (4, -1, "failed"), (2, -400, "failed"), (2, -1, "partly"),
    ]):  # fmt: skip
        of = add(workspace, "function", name=f"F{n}", criticality=criticality)
        plan = add(workspace, "continuity", name=f"Plan {n}", function=of, owner="Sophie", review_on=day(-n))
        add(workspace, "drill", plan=plan, held_on=day(held), verdict=verdict, conf=1 + n % 2)
        add(workspace, "risk", name=f"Risk {n}", review_on=day(n - 2))
    found = plan_rules.of_drills(workspace.conn, TODAY)
    assert wholes(found).replace(" | severity 3 | 0 cents | since -", "") == (
        "ORANGE drill_failed [drill_failed:CP-3:2026-11-22 1000] The last drill failed: Plan 2"
        " | Claire: mend what failed, then try it out again and write the drill down (c) | on CP-3 | by Sophie"
        " | level 1\n"
        "ORANGE drill_failed [drill_failed:CP-4:2025-10-19 1000] The last drill failed: Plan 3"
        " | Claire: mend what failed, then try it out again and write the drill down (c) | on CP-4 | by Sophie"
        " | level 2\n"
        "ORANGE drill_old [drill_old:CP-2:2025-11-22 1000] Try out again, the last drill is 366 days old: Plan 1"
        " | Claire: choose a day with Sophie, try it out and write the drill down (c) | on CP-2 | by Sophie | level 2"
    )
    assert brief(plan_rules.of_reviews(workspace.conn, TODAY)) == [
        "ORANGE Read the continuity plan again, 4 days late: Plan 4 · CP-5",
        "ORANGE Read the continuity plan again, 3 days late: Plan 3 · CP-4",
        "ORANGE Read the continuity plan again, 2 days late: Plan 2 · CP-3",
        "ORANGE Read the continuity plan again, 1 day late: Plan 1 · CP-2",
        "ORANGE Look at the risk again, 2 days late: Risk 0 · RK-1",
        "ORANGE Look at the risk again, 1 day late: Risk 1 · RK-2",
    ]


def test_dead_links_of_what_is_in_force_are_told_with_whom_to_ask(workspace: Workspace) -> None:
    at = "https://x.test/"
    provider = add(workspace, "provider", name="Paie+")
    made = [
        (add(workspace, "document", link=f"{at}1", owner="Sophie"), f"{at}1", LinkState.DEAD),
        (add(workspace, "document", link=f"{at}2", conf=2), f"{at}2", LinkState.DEAD),
        (add(workspace, "document", link=f"{at}new"), f"{at}old", LinkState.DEAD),
        (add(workspace, "document", link=f"{at}3"), f"{at}3", LinkState.SILENT),
        (add(workspace, "continuity", link=f"{at}4", owner="Yann"), f"{at}4", LinkState.DEAD),
        (add(workspace, "contract", provider=provider, document=f"{at}5"), f"{at}5", LinkState.DEAD),
        (add(workspace, "contract", provider=provider, document=f"{at}6", ended_on=day(-1)), f"{at}6", LinkState.DEAD),
    ]  # fmt: skip
    for code, link, state in made:
        link_checks.save(
            workspace.conn, LinkCheck(code=code, link=link, state=state, checked_at=MONDAY, next_try=MONDAY)
        )
    found = list(document_rules.of_links(workspace.conn))
    assert wholes(found).replace(" | severity 3 | 0 cents | since -", "") == (
        "ORANGE link_dead [link_dead:DO-1 1000] Dead link: Document | Claire: ask Sophie where the document is now,"
        " and write its address (O tries it) | on DO-1 | by Sophie | level 1\n"
        "ORANGE link_dead [link_dead:DO-2 1000] Dead link: Document"
        " | Claire: it waits for you: do it, or record what you decide (d) | on DO-2 | by - | level 2\n"
        "ORANGE link_dead [link_dead:CP-1 1000] Dead link: Continuity | Claire: ask Yann where the document is now,"
        " and write its address (O tries it) | on CP-1 | by Yann | level 1\n"
        "ORANGE link_dead [link_dead:CT-1 1000] Dead link: Contract | Claire: ask PR-1 where the document is now,"
        " and write its address (O tries it) | on CT-1 | by PR-1 | level 1"
    )
    assert [each.checked for each in found] == [instant(MONDAY)] * 4


def test_key_processes_are_signed_each_year(workspace: Workspace, clock: TickingClock) -> None:
    of = add(workspace, "function")
    company = replace(workspace.settings.company, chief="Zoe")
    workspace.settings = replace(workspace.settings, company=company)
    # The company's day counts: half past eleven in the evening of the 22nd in UTC is the 23rd in Paris.
    for name, signed, values in (
        ("Never", None, {"criticality": 3}), ("No key", None, {"criticality": 2}),
        ("Core", None, {"core_value": True}), ("Year", datetime(2025, 11, 22, 23, 30, tzinfo=UTC), {"criticality": 4}),
        ("Soon", datetime(2025, 12, 23, 12, 0, tzinfo=UTC), {"criticality": 3}),
        ("Later", datetime(2025, 12, 24, 12, 0, tzinfo=UTC), {"criticality": 3}),
        ("Past", datetime(2025, 11, 22, 22, 30, tzinfo=UTC), {"criticality": 4}),
        ("Long past", datetime(2025, 8, 24, 12, 0, tzinfo=UTC), {"criticality": 4}),
    ):  # fmt: skip
        add(workspace, "process", name=name, function=of, signed_at=signed, **values)
    made = instant(MONDAY)
    found = document_rules.of_signatures(workspace, TODAY, made)
    assert wholes(found).replace(" | 0 cents | since - | level 1", "") == (
        "ORANGE signature_due [signature_due:PS-4:2026-11-23 1000] Sign Year again within 0 days"
        " | Zoe: open it, read it, S signs it for a year | on PS-4 | by Zoe | severity 3\n"
        "ORANGE signature_late [signature_due:PS-7:2026-11-22 1001] Signature of Past: older than a year, by 1 day"
        " | Zoe: open it, read it, S signs it for a year | on PS-7 | by Zoe | severity 3\n"
        "RED signature_late [signature_due:PS-8:2026-08-24 2001]"
        " Signature of Long past: older than a year, by 91 days"
        " | Zoe: open it, read it, S signs it for a year | on PS-8 | by Zoe | severity 3\n"
        "to complete process_unsigned [process_unsigned:PS-1 0] Sign Never: nobody vouched for it yet"
        " | Zoe: open it, read it, S signs it for a year | on PS-1 | by Zoe | severity 3\n"
        "ORANGE signature_due [signature_due:PS-5:2026-12-23 1000] Sign Soon again within 30 days"
        " | Zoe: open it, read it, S signs it for a year | on PS-5 | by Zoe | severity 3\n"
        "to complete process_unsigned [process_unsigned:PS-3 0] Sign Core: nobody vouched for it yet"
        " | Zoe: open it, read it, S signs it for a year | on PS-3 | by Zoe | severity 3"
    )
    younger = document_rules.of_signatures(workspace, TODAY, instant(MONDAY - timedelta(seconds=1)))
    assert [each.kind for each in younger if each.kind == "process_unsigned"] == []
