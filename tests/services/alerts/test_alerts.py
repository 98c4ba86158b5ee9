"""What needs somebody now: each rule on rows that raise it and on rows that do not; taken up, muted, over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cockpit.domain.alerts.alerts import BUDGET, Alert, in_quiet_hours
from cockpit.domain.registers import REGISTERS
from cockpit.services.alerts import gather
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep.housekeeping import tidy
from cockpit.services.work import capture, entry, escalation, moves
from cockpit.store import outbox
from tests.conftest import TickingClock


def add(workspace: Workspace, line: str, kind: str = "blocker") -> str:
    return capture.save(workspace, kind, entry.understand(workspace, line))


def raised(workspace: Workspace) -> dict[str, Alert]:
    return {each.kind: each for each in board(workspace).alerts}


def kinds(workspace: Workspace) -> set[str]:
    return set(raised(workspace))


def person(workspace: Workspace, days: int) -> None:
    gone = workspace.today() + timedelta(days=days)
    workspace.add(REGISTERS["person"], {"name": "Julie", "ends_on": gone})


def contract(workspace: Workspace, **values: object) -> str:
    provider = workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    return workspace.add(REGISTERS["contract"], {"name": "Payroll", "provider": provider, **values})  # type: ignore[dict-item]


RAISES: dict[str, tuple[Callable[[Workspace], object], Callable[[Workspace], object]]] = {
    "no_next_step": (lambda w: add(w, "VPN p1"), lambda w: add(w, "VPN p1 next:call")),
    "old": (
        lambda w: add(w, "VPN p2 next:call since:1/11"),
        lambda w: add(w, "VPN p3 next:call since:1/11"),
    ),
    "revoke": (lambda w: person(w, 0), lambda w: person(w, 1)),
    "certificate": (
        lambda w: contract(w, vigilance_expiry=date(2026, 12, 23)),
        lambda w: contract(w, vigilance_expiry=date(2026, 12, 24)),
    ),
    "undelivered": (
        lambda w: outbox.put(
            w.conn, "team", "a", {"title": "x"}, "2026-11-23T08:00:00+00:00", state="failed"
        ),
        lambda w: outbox.put(w.conn, "team", "b", {"title": "x"}, "2026-11-23T08:00:00+00:00", state="sent"),
    ),
}


@pytest.mark.parametrize("kind", RAISES)
def test_each_rule_is_raised_by_what_it_names_and_by_nothing_else(workspace: Workspace, kind: str) -> None:
    guilty, innocent = RAISES[kind]
    innocent(workspace)
    assert kind not in kinds(workspace)
    guilty(workspace)
    assert kind in kinds(workspace)


def test_a_priority_carried_three_times_asks_for_a_choice(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "Sign the lease", "priority")
    for day in range(4):
        assert ("carried" in kinds(workspace)) is (day > 3)
        moves.pick(workspace, code)
        clock.forward(days=1)
    assert raised(workspace)["carried"].days == 3


def test_thresholds_are_news_each_and_a_breach_is_another(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "VPN down @InfoSud sla:4ho p1")
    seen = []
    for _third in range(20):
        alert = next((a for a in board(workspace).alerts if a.kind.startswith("sla")), None)
        if alert is not None and alert.key not in seen:
            seen.append(alert.key)
        clock.forward(minutes=20)
    stages = [key.rpartition(":")[2] for key in seen]
    assert [stage for stage in stages if stage] == ["75", "90"]
    assert [key.split(":")[0] for key in seen] == ["sla_at_risk", "sla_at_risk", "sla_breached"]


def test_an_alert_says_who_does_what_next(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "VPN down @InfoSud sla:4ho p1 owner:Sophie")
    clock.forward(hours=3, minutes=45)
    alert = raised(workspace)["sla_at_risk"]
    assert gather.next_step(alert, {}, "Claire") == "Claire: escalate to level 1, ask Sophie (e)"
    for _level in range(3):
        escalation.escalate(workspace, code)
    clock.forward(minutes=5)
    assert "where it stands" in gather.next_step(raised(workspace)["sla_at_risk"], {}, "Claire")


def test_whoever_was_asked_and_did_not_answer_is_named(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "VPN down @InfoSud p1 next:call")
    escalation.escalate(workspace, code, "Who decides?")
    assert "no_answer" not in kinds(workspace)
    clock.forward(hours=2)
    assert gather.alert_text(raised(workspace)["no_answer"]) == "No answer from Claire: Who decides?"
    add(workspace, f"We change provider blocks:{code}", "decision")
    assert "no_answer" not in kinds(workspace)


def test_what_was_taken_up_is_quiet_until_it_is_worse(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "VPN down @InfoSud sla:4ho p1 next:call")
    clock.forward(hours=3, minutes=30)
    gather.acknowledge(workspace, raised(workspace)["sla_at_risk"], "Sophie calls")
    assert "sla_at_risk" not in kinds(workspace)
    clock.forward(hours=2)
    assert "sla_at_risk" in kinds(workspace)
    workspace.undo()
    clock.at -= timedelta(hours=2)
    assert "sla_at_risk" in kinds(workspace)


def test_what_was_taken_up_and_is_over_is_news_the_next_time(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "VPN p1")
    tidy(workspace)
    gather.acknowledge(workspace, raised(workspace)["no_next_step"], "")
    tidy(workspace)
    assert kinds(workspace) == set()
    moves.next_step(workspace, code, "call")
    tidy(workspace)
    moves.next_step(workspace, code, "")
    assert kinds(workspace) == {"no_next_step"}


def test_a_mute_ends(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "VPN p1")
    gather.mute(workspace, raised(workspace)["no_next_step"], "", clock() + timedelta(hours=1))
    assert kinds(workspace) == set()
    clock.forward(hours=1)
    assert kinds(workspace) == {"no_next_step"}


def test_the_screen_shows_a_handful_and_counts_the_rest(workspace: Workspace) -> None:
    for number in range(BUDGET + 3):
        add(workspace, f"Blocker {number} p1")
    found = board(workspace)
    assert (len(found.urgent), found.alerts_more) == (BUDGET, 3)


@pytest.mark.parametrize(
    ("quiet", "loud", "silent"),
    [("19:00-08:00", ["08:00", "18:59"], ["19:00", "00:00", "07:59"]), ("12:00-13:00", ["13:00"], ["12:00"])],
)
def test_quiet_hours_may_run_over_midnight(quiet: str, loud: list[str], silent: list[str]) -> None:
    from datetime import time

    start, end = (time.fromisoformat(text) for text in quiet.split("-"))
    for text in loud:
        assert not in_quiet_hours(time.fromisoformat(text), (start, end))
    for text in silent:
        assert in_quiet_hours(time.fromisoformat(text), (start, end))
