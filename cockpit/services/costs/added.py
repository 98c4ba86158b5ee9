"""What one more provider, tool or ritual costs a year, in words: when it is added, and on its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from cockpit.domain.costs import price
from cockpit.domain.costs.items import CostSources
from cockpit.domain.costs.price import YearlyPrice
from cockpit.domain.meetings import ritual_plan
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.tool import Tool
from cockpit.locale import _, ngettext
from cockpit.services.costs.gathering import CostGathering
from cockpit.services.desk import dates, forms
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force
from cockpit.store import records

YEAR = timedelta(days=365)
PRICED = frozenset({"provider", "tool", "ritual"})
"""Registers of which one more is one more to keep in tune."""
BEARING = {
    "tool": frozenset({"usage", "yearly_cost"}), "ritual": frozenset({"rule", "minutes", "members"}),
    "contract": frozenset({"amount"}),
}  # fmt: skip
"""The fields that move the price: it is said again when one of them is changed."""


def said(workspace: Workspace, record: Record) -> str:
    """The yearly price of a provider, a tool or a ritual, and what it is worked out of; empty for anything else."""
    if isinstance(record, Ritual):
        return _of_ritual(workspace, record)
    if isinstance(record, Provider):
        return _of_provider(workspace, record)
    if isinstance(record, Tool):
        return " · ".join(filter(None, (_of_tool(record), one_use(workspace, record))))
    return ""


def notice(workspace: Workspace, register: str, code: str, changed: str = "") -> str:
    """What is told once one was added, or once a field that moves its price was changed; else empty."""
    if changed and changed not in BEARING.get(register, ()):
        return ""
    if register == "contract":
        row = workspace.conn.execute("SELECT provider FROM contract WHERE code = ?", (code,)).fetchone()
        register, code = "provider", (row["provider"] or "") if row else ""
    if register not in PRICED or not code:
        return ""
    found = records.get(workspace.conn, REGISTERS[register], code)
    words = said(workspace, found) if found is not None else ""
    return _("price of one more: {what}").format(what=words) if words else ""


def one_use(workspace: Workspace, tool: Tool) -> str:
    """Which other tools do the same; empty for none."""
    others = price.of_one_use(tool, _tools(workspace))
    if not others:
        return ""
    count = ngettext("{n} tool for “{use}”", "{n} tools for “{use}”", len(others) + 1)
    names = ", ".join(each.name for each in others)
    return _("{tools}, with {names}").format(
        tools=count.format(n=len(others) + 1, use=tool.usage), names=names
    )


def crowded(workspace: Workspace, found: Sequence[Tool]) -> dict[str, str]:
    """A sign beside each of the tools of which there are too many for one use, by its code."""
    every = _tools(workspace)
    many = {each.code: len(price.of_one_use(each, every)) + 1 for each in found}
    return {code: f"⚠ {n}× " for code, n in many.items() if n >= price.MANY_FOR_ONE_USE}


def _tools(workspace: Workspace) -> tuple[Tool, ...]:
    return workspace.select(Tool, "tool", "archived_at IS NULL ORDER BY number")


def _of_ritual(workspace: Workspace, ritual: Ritual) -> str:
    try:
        rule = ritual_plan.parse_rule(ritual.rule)
    except ValueError:
        return ""
    today = workspace.today()
    times = len(list(ritual_plan.occurrences(rule, today, today + YEAR, company_calendar(workspace))))
    people = workspace.select(Person, "person")
    found = price.of_ritual(ritual.minutes, times, ritual.members, CostSources(people=people))
    worked_out = ngettext(
        "{n} meeting of {minutes} min a year", "{n} meetings of {minutes} min a year", times
    )
    parts = [worked_out.format(n=times, minutes=ritual.minutes)]
    if not found.people:
        return parts[0] + " · " + _("name its members to know what it costs")
    parts.append(ngettext("{n} person paid by the hour", "{n} people paid by the hour", found.people).format(
        n=found.people))  # fmt: skip
    return _in_words(found) + " (" + " × ".join(parts) + ")"


def _of_provider(workspace: Workspace, provider: Provider) -> str:
    amounts = [each.amount for each in in_force.contracts(workspace) if each.provider == provider.code]
    known = [amount for amount in amounts if amount is not None]
    others = records.count(workspace.conn, "provider", "archived_at IS NULL AND code != ?", (provider.code,))
    outside = frozenset(
        row["code"]
        for row in workspace.conn.execute(
            "SELECT code FROM function WHERE archived_at IS NULL AND mode != 'internal'"
        )
    )
    items = CostGathering(workspace).items() if others else ()
    found = price.of_provider(sum(known) if known else None, items, outside, others)
    words = [_in_words(found, missing=_("no contract says its amount yet"))]
    if found.minutes:
        mean = ngettext(
            "what your other provider takes over twelve months",
            "what each of your {n} other providers takes over twelve months",
            others,
        )
        words.append(mean.format(n=others))
    return f"{words[0]} ({words[1]})" if len(words) > 1 else words[0]


def _of_tool(tool: Tool) -> str:
    return _in_words(YearlyPrice(invoiced=tool.yearly_cost), missing=_("its yearly cost is not written down"))


def _in_words(found: YearlyPrice, missing: str = "") -> str:
    """`€12,000 invoiced + €1,300 of coordination a year`; time alone, where it has no price."""
    parts = []
    if found.invoiced is not None:
        parts.append(_("{amount} a year").format(amount=_euros(found.invoiced)))
    elif missing:
        parts.append(missing)
    if found.coordination:
        parts.append(_("{amount} of coordination a year").format(amount=_euros(found.coordination)))
    elif found.minutes:
        spent = dates.business_duration(found.minutes * 60)
        parts.append(_("{time} of coordination a year, without a rate").format(time=spent))
    return " + ".join(parts)


def _euros(cents: int) -> str:
    """Whole euros: a year says no more."""
    return forms.money(round(cents / 100) * 100)
