"""Alerts of the organisation: each on its day and not the day before; many of one kind are one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, get_type_hints

import pytest

from cockpit.domain.alerts import alerts
from cockpit.domain.alerts.alerts import BUDGET, Alert, AlertLevel
from cockpit.domain.providers.state import State
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.phase import SALE
from cockpit.domain.settings import LegalDate
from cockpit.services.alerts.contract_rules import CertificateDue
from cockpit.services.audits import self_audit
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase
from tests.conftest import MONDAY, TickingClock


def add(workspace: Workspace, register: str, /, **values: object) -> str:
    return workspace.add(REGISTERS[register], values)  # type: ignore[arg-type]


def day(workspace: Workspace, away: int) -> date:
    return workspace.today() + timedelta(days=away)


def kinds(workspace: Workspace) -> set[str]:
    return {each.kind for each in board(workspace).alerts.loud}


def the(workspace: Workspace, kind: str) -> Alert:
    (found,) = [each for each in board(workspace).alerts.loud if each.kind == kind]
    return found


def function(workspace: Workspace, **values: object) -> str:
    return add(workspace, "function", **{"name": "Payroll", "mode": "external", "criticality": 3, **values})


def audited(workspace: Workspace, held: int, due: int | None = None) -> None:
    next_on = day(workspace, due) if due is not None else None
    add(workspace, "audit", name="Audit", function=function(workspace), held_on=day(workspace, held),
        verdict="sound", next_on=next_on)  # fmt: skip


EDGES: dict[str, tuple[Callable[[Workspace], object], Callable[[Workspace], object]]] = {
    "audit_due": (lambda w: audited(w, -300, 30), lambda w: audited(w, -300, 31)),
    "audit_late": (lambda w: audited(w, -366), lambda w: audited(w, -365)),
    "level_due": (
        lambda w: function(w, review_due=day(w, 30)), lambda w: function(w, review_due=day(w, 31)),
    ),
    "level_late": (
        lambda w: function(w, review_due=day(w, -1)), lambda w: function(w, review_due=day(w, 0)),
    ),
    "handover_none": (
        lambda w: add(w, "person", name="Julie", ends_on=day(w, 45)),
        lambda w: add(w, "person", name="Julie", ends_on=day(w, 46)),
    ),
    "handover_late": (lambda w: step(w, -1), lambda w: step(w, 0)),
    "access_review": (
        lambda w: add(w, "access", name="Bank", level="admin", reviewed_on=day(w, -91)),
        lambda w: [
            add(w, "access", name="Bank", level="admin", reviewed_on=day(w, -90)),
            add(w, "access", name="Mail", level="user", reviewed_on=day(w, -500)),
            add(w, "access", name="Old", level="admin", reviewed_on=day(w, -500), revoked_on=day(w, -9)),
        ],
    ),
    "trial_over": (
        lambda w: add(w, "trial", name="Flash at noon", ends_on=day(w, -1)),
        lambda w: [
            add(w, "trial", name="Flash at noon", ends_on=day(w, 0)),
            add(w, "trial", name="Flash at noon", ends_on=day(w, -9), verdict="keep"),
        ],
    ),
    "report_owed": (
        lambda w: add(w, "report", name="Hours", source="PR-1", due=day(w, -1), received_on=day(w, -31)),
        lambda w: [
            add(w, "report", name="Hours", source="PR-1", due=day(w, 0)),
            add(w, "report", name="Costs", source="PR-1", due=day(w, -1), received_on=day(w, -3)),
        ],
    ),
    "revoke_open": (
        lambda w: leaver(w, 0, revoked=False), lambda w: [leaver(w, 0, revoked=True), leaver(w, 1, revoked=False)],
    ),
    "drill_failed": (lambda w: drilled(w, -1, "failed"), lambda w: drilled(w, -1, "partly")),
    "drill_old": (lambda w: drilled(w, -366, "passed"), lambda w: drilled(w, -365, "passed")),
    "plan_review": (lambda w: reviewed(w, "continuity", -1), lambda w: reviewed(w, "continuity", 0)),
    "risk_review": (lambda w: reviewed(w, "risk", -1), lambda w: reviewed(w, "risk", 0)),
    "revoke_contract": (lambda w: over(w, 0), lambda w: over(w, 1)),
}  # fmt: skip


def step(workspace: Workspace, due: int) -> None:
    handover = add(workspace, "handover", name="Departure", due=day(workspace, 20))
    add(workspace, "step", name="Write it down", handover=handover, due=day(workspace, due))
    add(workspace, "step", name="Done", handover=handover, due=day(workspace, -9), done_on=day(workspace, -9))


def leaver(workspace: Workspace, ends: int, *, revoked: bool) -> str:
    code = add(workspace, "person", name="Julie", ends_on=day(workspace, ends))
    add(workspace, "handover", name="Departure", giver=code, due=day(workspace, ends))
    gone = day(workspace, -1) if revoked else None
    return add(workspace, "access", name="Bank", holder=code, revoked_on=gone)


def drilled(workspace: Workspace, held: int, verdict: str) -> None:
    """A plan whose last drill that is; one that failed before it counts no more."""
    code = add(workspace, "function", name="Sales", criticality=1)
    plan = add(workspace, "continuity", name="Plan", function=code, steps="call the other")
    add(workspace, "drill", name="At first", plan=plan, held_on=day(workspace, held - 30), verdict="failed")
    add(workspace, "drill", name="One day", plan=plan, held_on=day(workspace, held), verdict=verdict)


def reviewed(workspace: Workspace, register: str, due: int) -> None:
    code = add(workspace, "function", name="Sales", criticality=1)
    add(workspace, register, name="To be read", function=code, review_on=day(workspace, due))


def over(workspace: Workspace, ended: int) -> None:
    code = add(workspace, "provider", name="Paie+")
    add(workspace, "contract", name="Payroll", provider=code, ended_on=day(workspace, ended))
    person = add(workspace, "person", name="Julie", provider=code)
    add(workspace, "access", name="Bank", holder=person)


@pytest.mark.parametrize("kind", EDGES)
def test_each_is_raised_on_its_day_and_by_nothing_else(workspace: Workspace, kind: str) -> None:
    guilty, innocent = EDGES[kind]
    innocent(workspace)
    assert kind not in kinds(workspace)
    guilty(workspace)
    assert kind in kinds(workspace)


def test_somebody_who_left_yesterday_is_not_hidden_by_all_who_are_gone(workspace: Workspace) -> None:
    for n in range(60):
        leaver(workspace, -100 - n, revoked=True)
    leaver(workspace, -1, revoked=False)
    assert kinds(workspace) == {"revoke_open"}


def test_a_report_that_is_owed_is_not_hidden_by_all_that_came(workspace: Workspace) -> None:
    for n in range(60):
        add(
            workspace,
            "report",
            name="Hours",
            source="PR-1",
            due=day(workspace, -9 - n),
            received_on=day(workspace, -9 - n),
        )
    add(workspace, "report", name="Costs", source="PR-1", due=day(workspace, -1))
    assert kinds(workspace) == {"report_owed"}


def test_an_outsourced_function_that_is_not_critical_is_told_once_its_audit_is_past(
    workspace: Workspace,
) -> None:
    code = function(workspace, criticality=1)
    audit = {"name": "Audit", "function": code, "verdict": "sound"}
    add(workspace, "audit", **audit, held_on=day(workspace, -300), next_on=day(workspace, 0))
    assert kinds(workspace) == set()
    add(workspace, "audit", **audit, held_on=day(workspace, -200), next_on=day(workspace, -1))
    assert kinds(workspace) == {"audit_late"}


def test_an_audit_under_way_was_not_held(workspace: Workspace, clock: TickingClock) -> None:
    code = function(workspace)
    add(workspace, "audit", name="Begun", function=code, held_on=workspace.today())
    clock.forward(days=30)
    assert "audit_never" in kinds(workspace)


def test_drills_and_reviews_of_one_kind_are_one_orange_line(
    workspace: Workspace, clock: TickingClock
) -> None:
    for _n in range(2):
        drilled(workspace, -1, "failed")
        reviewed(workspace, "risk", -1)
    found = {each.kind: each for each in board(workspace).alerts.loud}
    assert set(found) == {"drill_failed_many", "risk_review_many"}
    assert {each.level for each in found.values()} == {AlertLevel.TO_COMPLETE}, "entered today"
    clock.forward(days=8)
    assert {each.level for each in board(workspace).alerts.loud} == {AlertLevel.ORANGE}
    assert found["risk_review_many"].text() == "2 risks are to be looked at again"


def test_a_document_is_of_each_function_that_it_names_itself_or_by_a_live_process(
    workspace: Workspace, clock: TickingClock
) -> None:
    marc = add(workspace, "person", name="Marc")
    inside = add(workspace, "person", name="Claire", backup=marc)
    first, second = (
        function(workspace, name=name, core_value=True, mode="internal", criticality=1, owner=inside)
        for name in ("Sales", "Design")
    )
    process = add(workspace, "process", name="Sell", function=first)
    add(workspace, "document", name="Guide", process=process, function=second)
    clock.forward(days=30)
    assert kinds(workspace) == set()
    workspace.conn.execute("UPDATE process SET archived_at = created_at")
    assert the(workspace, "core_exposed").target == first


LACKING: dict[str, dict[str, object]] = {
    "audit_never": {},
    "plan_missing": {"mode": "internal"},
    "core_exposed": {"core_value": True, "criticality": 1},
}


@pytest.mark.parametrize("kind", LACKING)
def test_what_a_function_lacks_is_told_a_month_after_it_was_entered(
    workspace: Workspace, clock: TickingClock, kind: str
) -> None:
    function(workspace, **LACKING[kind])
    clock.forward(days=29)
    assert kinds(workspace) == set()
    clock.forward(days=1)
    assert kind in kinds(workspace)


def test_a_plan_that_says_nothing_is_missing_and_one_that_was_never_tried_is_told(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = function(workspace, mode="internal")
    plan = add(workspace, "continuity", name="Plan", function=code, backup="PE-1")
    clock.forward(days=30)
    assert kinds(workspace) == {"plan_missing"}
    written = add(workspace, "continuity", name="Plan", function=code, steps="call the other")
    assert kinds(workspace) == set()
    clock.forward(days=30)
    assert the(workspace, "plan_untried").target == written
    add(workspace, "drill", name="One day", plan=plan, held_on=workspace.today())
    assert kinds(workspace) == {"copy_untried"}


@pytest.mark.parametrize(("lacks", "said"), [
    ("outside", "carried outside only"), ("backup", "no backup"), ("document", "nothing written"),
])  # fmt: skip
def test_a_core_value_function_is_exposed_by_each_of_three_things(
    workspace: Workspace, clock: TickingClock, lacks: str, said: str
) -> None:
    inside, outside = (
        add(workspace, "person", name="Claire"),
        add(workspace, "person", name="X", kind="external"),
    )
    owner = outside if lacks == "outside" else inside
    code = function(workspace, core_value=True, mode="internal", criticality=2, owner=owner)
    if lacks != "backup":
        add(workspace, "continuity", name="Plan", function=code, backup=inside)
    if lacks != "document":
        add(workspace, "document", name="Guide", function=code)
    clock.forward(days=30)
    assert the(workspace, "core_exposed").text() == f"Core value exposed, {said}: Payroll"
    if lacks == "outside":
        add(workspace, "process", name="Pay", function=code, responsible=(inside,))
        assert kinds(workspace) == set()


def test_the_accesses_of_whoever_is_gone_are_counted_and_quiet_once_revoked(workspace: Workspace) -> None:
    code = add(workspace, "person", name="Julie", ends_on=workspace.today())
    assert kinds(workspace) == {"revoke"}, "nothing is known of the accesses: that is no proof"
    for name in ("Bank", "Mail"):
        add(workspace, "access", name=name, holder=code)
    alert = the(workspace, "revoke_open")
    assert alert.text() == "Take away the accesses of Julie: 2 still open"
    assert (alert.level, alert.target) == (2, code)
    assert "revoke" not in kinds(workspace)
    workspace.conn.execute("UPDATE access SET revoked_on = ?", (workspace.today().isoformat(),))
    assert kinds(workspace) == set()


def test_a_provider_with_another_contract_keeps_its_accesses(workspace: Workspace) -> None:
    over(workspace, -10)
    assert the(workspace, "revoke_contract").level == 2
    add(workspace, "contract", name="New", provider="PR-1")
    assert kinds(workspace) == set()


def test_more_than_two_of_a_kind_are_one_line_that_opens_the_worst(
    workspace: Workspace, clock: TickingClock
) -> None:
    for n in range(6):
        function(workspace, name=f"Function {n}", criticality=4 if n == 3 else 3)
    clock.forward(days=30)
    folded = the(workspace, "audit_never_many")
    assert folded.text() == "6 critical functions were never audited"
    assert folded.target == "FN-4"
    assert alerts.folded([folded, folded]) == [folded, folded]


def test_a_fresh_map_is_quiet_and_an_old_empty_one_keeps_to_the_budget(
    workspace: Workspace, clock: TickingClock
) -> None:
    self_audit.finish(workspace, self_audit.begin(workspace))
    assert kinds(workspace) == set()
    clock.forward(days=365)
    found = board(workspace).alerts.loud
    assert 0 < len(found) <= 5 < BUDGET
    assert all(each.level <= AlertLevel.ORANGE for each in found)


@pytest.mark.parametrize(("criticality", "late", "level"), [(4, 91, 2), (4, 90, 1), (3, 91, 1), (3, 900, 1)])
def test_a_vital_function_that_nobody_audits_for_long_is_red(
    workspace: Workspace, clock: TickingClock, criticality: int, late: int, level: int
) -> None:
    code = function(workspace, criticality=criticality)
    clock.forward(days=7)
    add(workspace, "audit", name="Audit", function=code, held_on=day(workspace, -1000), verdict="sound",
        next_on=day(workspace, -late))  # fmt: skip
    assert the(workspace, "audit_late").level == level


def test_a_function_of_ones_own_hides_no_outsourced_one_behind_it(
    workspace: Workspace, clock: TickingClock
) -> None:
    function(workspace, name="Ours", mode="internal", criticality=4)
    function(workspace, name="Theirs", criticality=3)
    clock.forward(days=30)
    assert the(workspace, "audit_never").subject == "Theirs"


@pytest.mark.parametrize(
    ("away", "kind", "level"), [(30, "legal_date", 1), (0, "legal_date", 1), (-1, "legal_date_late", 2)]
)
def test_a_date_of_the_law_is_told_from_a_month_before_and_late_the_day_after(
    workspace: Workspace, away: int, kind: str, level: int
) -> None:
    legal = LegalDate(key="staff", name="Tell the employees", phase="sale", ahead="30d")
    workspace.settings = replace(workspace.settings, legal_dates=(legal,))
    phase.begin(workspace, SALE, target=day(workspace, away + 30))
    assert (the(workspace, kind).level, kinds(workspace)) == (level, {kind})
    held = phase.current(workspace)
    assert held is not None
    workspace.change(REGISTERS["phase"], held, {"target_on": day(workspace, 61)})
    assert kinds(workspace) == set()


@pytest.mark.parametrize("kind", ["audit_never", "plan_missing"])
def test_what_a_vital_function_lacks_comes_before_what_a_critical_one_does(
    workspace: Workspace, clock: TickingClock, kind: str
) -> None:
    for criticality in (3, 4):
        function(workspace, name=f"Level {criticality}", criticality=criticality)
    clock.forward(days=30)
    found = [(each.subject, each.severity) for each in board(workspace).alerts.loud if each.kind == kind]
    assert found == [("Level 4", 1), ("Level 3", 2)]


def test_each_kind_that_follows_another_on_one_trouble_is_one_stage_further() -> None:
    stages: dict[str, list[int]] = {}
    for kind in every_kind(Alert):
        if kind is not alerts.Many and "KIND" in vars(kind):
            stages.setdefault(kind.CASE or kind.KIND, []).append(kind.STAGE)
    assert {case: sorted(each) for case, each in stages.items()} == {
        case: list(range(len(each))) for case, each in stages.items()
    }
    assert stages["notice"] == [0, 1, 2]


def test_every_alert_has_its_words_and_what_comes_next() -> None:
    examples: dict[type, object] = {
        bool: False, int: 3, str: "x", tuple[str, ...]: ("resolution",),
        date: date(2026, 12, 1), datetime: MONDAY, State: State.DEGRADED,
    }  # fmt: skip
    kinds = set()
    for kind in every_kind(Alert):
        if kind is alerts.Many or "KIND" not in vars(kind):
            continue
        hints = get_type_hints(kind)
        own: Any = {each.name: examples[hints[each.name]] for each in fields(kind) if each.name not in COMMON}
        made = kind(level=AlertLevel.RED, subject="Payroll", target="FN-1", who="PE-1", **own)
        many = alerts.Many(level=AlertLevel.RED, worst=made, n=3)
        said = (made.text({"PE-1": "Sophie"}), made.next({"PE-1": "Sophie"}, "Claire"), many.text())
        assert many.next({"PE-1": "Sophie"}, "Claire") == said[1], (
            "it opens on the worst: that one is done first"
        )
        assert all(said[:2])
        assert "{" not in "".join(said)
        kinds.add(made.kind)
    assert len(kinds) > 40


COMMON = {field.name for field in fields(Alert)}


def every_kind(kind: type[Alert]) -> Iterator[type[Alert]]:
    """A kind and all that the program makes of it: other tests make some of their own."""
    yield kind
    for each in kind.__subclasses__():
        if each.__module__.startswith("cockpit."):
            yield from every_kind(each)


def test_what_is_nearer_or_later_is_the_same_alert_at_another_stage() -> None:
    near = CertificateDue(level=AlertLevel.ORANGE, subject="Paie+", target="CT-1", until=date(2026, 12, 1))
    past, next_year = replace(near, level=AlertLevel.RED), replace(near, until=date(2027, 6, 1))
    assert (near.key, near.weight < past.weight) == (past.key, True)
    assert next_year.key != near.key
