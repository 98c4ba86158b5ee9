"""What each function and each provider cost over twelve months, against what was expected, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.costs.ledger import CONTROL, WATCH, Account, by_function, by_provider
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.locale import N_, _, ngettext
from cockpit.services.costs.gathering import CostGathering
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force

RECENT_MONTHS = 3
"""Months without an invoice under a contract with an amount, after which one is missing."""


@dataclass(frozen=True)
class CostLine:
    """One function, one provider, or the company where the code is empty."""

    code: str
    name: str
    account: Account
    baseline: int | None = None
    """What a function would cost in-house over a year, in cents."""
    benefit: str = ""
    """What was expected of having it outside."""
    missing: tuple[str, ...] = ()
    """What is not written down, in words."""
    conf: int = 1

    @property
    def level(self) -> str:
        """`calm`, `watch` or `control`, by what is hidden for one euro invoiced; empty where that says nothing."""
        share = self.account.share
        if share is None:
            return ""
        return "control" if share >= CONTROL else "watch" if share >= WATCH else "calm"


@dataclass(frozen=True)
class Costs:
    """The costs of the company, by function, provider and month."""

    months: tuple[date, ...]
    functions: tuple[CostLine, ...]
    providers: tuple[CostLine, ...]
    missing: tuple[str, ...]
    """What is missing of the company as a whole, in words."""

    @property
    def total(self) -> Account:
        """What the company paid and did not see, over all functions."""
        every = [line.account for line in self.functions]
        months = {
            month: {
                nature: sum(account.by_month.get(month, {}).get(nature, 0) for account in every)
                for nature in {n for account in every for n in account.by_month.get(month, {})}
            }
            for month in self.months
        }
        return Account(months, sum(account.minutes for account in every))


LEVELS: Mapping[str, str] = {"calm": N_("calm"), "watch": N_("watch"), "control": N_("control")}


def costs(workspace: Workspace) -> Costs:
    """Twelve months that end with this one; the dearest first."""
    gathering = CostGathering(workspace)
    items = list(gathering.items())
    functions = {each.code: each for each in workspace.select(Function, "function", "archived_at IS NULL")}
    contracts = in_force.contracts(workspace)
    by_code, of_provider = by_function(items), by_provider(items)
    conf = {row["code"]: row["conf"] for row in workspace.conn.execute("SELECT code, conf FROM provider")}
    names = workspace.names()
    lines = [
        CostLine(
            code, each.name, by_code.get(code, Account()), each.baseline_cost, each.expected_benefit,
            _missing(gathering, each, by_code.get(code, Account()), contracts), each.conf,
        )
        for code, each in functions.items()
        if code in by_code or each.baseline_cost or each.mode != "internal"
    ]  # fmt: skip
    if "" in by_code:
        lines.append(CostLine("", _("the company as a whole"), by_code[""]))
    providers = [
        CostLine(code, names.get(code, code), account, conf=conf.get(code, 1))
        for code, account in of_provider.items()
        if code
    ]
    return Costs(
        gathering.months,
        tuple(sorted(lines, key=_dearest)),
        tuple(sorted(providers, key=_dearest)),
        missing_rates(gathering),
    )


def _dearest(line: CostLine) -> tuple[bool, int, str]:
    return not line.code, -line.account.total, line.name.casefold()


def _missing(
    gathering: CostGathering, function: Function, account: Account, contracts: tuple[Contract, ...]
) -> tuple[str, ...]:
    found = []
    theirs = [each for each in contracts if function.code in each.functions and each.amount]
    last = gathering.months[-RECENT_MONTHS - 1 : -1]
    if theirs and not any(account.by_month.get(month) for month in last):
        found.append(_("no invoice of the last three months"))
    if function.mode != "internal":
        if function.baseline_cost is None:
            found.append(_("what it would cost in-house"))
        if not function.expected_benefit:
            found.append(_("what is expected of having it outside"))
    return tuple(found)


def missing_rates(gathering: CostGathering) -> tuple[str, ...]:
    """Whose time has no price of its own, in words; after the items were read."""
    if not gathering.unpriced:
        return ()
    who = ", ".join(sorted(gathering.unpriced)[:5])
    if gathering.sources.usual is None:
        return (_("no hourly rate is known: the time of {who} is counted, not priced").format(who=who),)
    count = len(gathering.unpriced)
    return (
        ngettext(
            "the rate of {who} is not known: the median is used",
            "the rates of {who} are not known: the median is used",
            count,
        ).format(who=who),
    )  # fmt: skip
