"""Which promises count for a case: of its contract, of its function, or its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises.sla_target import parse_target
from cockpit.domain.registers.policy import RESOLUTION, WARNINGS, Policy
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace

LINE_POLICIES = "archived_at IS NULL AND coalesce(period, 'none') = 'none'"
"""The promises that a line may name after `sla:`: not those of reports, which come by the calendar."""


@dataclass(frozen=True)
class Promise:
    """The promise that holds for one case: its target, and the name of the calendar in which it counts."""

    metric: str
    target: str
    calendar: str
    provider: str = ""
    policy: str = ""
    warn: str = WARNINGS


def promises(workspace: Workspace, calendars: Calendars, case: Mapping[str, Any]) -> dict[str, Promise]:
    """The promise for each metric of a blocker with those values; the most particular policy wins.

    What a blocker says itself, a target or the name of a promise, goes before every policy; what its contract
    says counts where no policy promises a resolution. A target that cannot be read is passed over.
    """
    waiting = case.get("waiting_on") or ()
    contract = calendars.contract(waiting, case.get("function") or "")
    provider = contract.provider if contract else next(iter(waiting), "")
    found: dict[str, Promise] = {}

    def promise(metric: str, target: str, hours: str = "", policy: str = "", warn: str = "") -> None:
        if parse_target(target) is None:
            return
        name = calendars.name(waiting, contract, hours)
        found[metric] = Promise(metric, target, name, provider, policy, warn or WARNINGS)

    if contract and contract.sla:
        promise(RESOLUTION, contract.sla)
    for policy in _policies(workspace, contract.code if contract else "", case):
        promise(policy.metric, policy.target, policy.hours, policy.code, policy.warn)
    own = str(case.get("sla") or "")
    if parse_target(own) is not None:
        promise(RESOLUTION, own)
    elif own and (named := named_policy(workspace, own)) is not None:
        promise(named.metric, named.target, named.hours, named.code, named.warn)
    return found


def named_policy(workspace: Workspace, name: str) -> Policy | None:
    """The promise of that name that a case may be given; None where there is none."""
    where = f"{LINE_POLICIES} AND name = ? ORDER BY number LIMIT 1"
    return next(iter(workspace.select(Policy, "policy", where, (name,))), None)


def _policies(workspace: Workspace, contract: str, case: Mapping[str, Any]) -> list[Policy]:
    """Those that bind the case, the most particular last."""
    fits = [
        policy
        for policy in workspace.select(Policy, "policy", LINE_POLICIES)
        if policy.contract in ("", contract)
        and policy.function in ("", case.get("function") or "")
        and (policy.contract or policy.function)
        and policy.severity in ("all", case.get("severity") or "p3")
    ]
    return sorted(fits, key=lambda p: (p.contract != "", p.function != "", p.severity != "all"))
