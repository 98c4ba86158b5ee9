"""Chapter 10: what each function costs in full, against what it would cost in-house."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.costs.ledger import Nature
from cockpit.domain.documents.publication import (
    ChapterPart,
    DataTable,
    Passage,
    Points,
    TableCell,
    ToComplete,
)
from cockpit.locale import _
from cockpit.services.costs import rows as cost_rows
from cockpit.services.costs.accounts import CostLine
from cockpit.services.documents.sale_file.source import SaleSource, few
from cockpit.services.documents.sale_file.telling import Telling

_NATURES = tuple(Nature)


def costs(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Invoiced, and all that no invoice says, by function, provider and month."""
    total = source.costs.total
    whole = total.total
    if not whole and not any(line.baseline for line in source.costs.functions):
        return
    if telling.disclosure.shows_amounts:
        yield Passage(cost_rows.total(source.costs))
    if total.share is not None:
        yield Passage(
            _("For one euro invoiced, {n} cents are coordination, tools and work done again.").format(
                n=round(100 * total.share)
            )
        )
    if not telling.disclosure.shows_amounts:
        yield Points((_("Amounts are told as shares of the full cost of the twelve months."),))
    yield DataTable(
        "costs", _("Full cost by function, twelve months"),
        (_("Function"), *(_(cost_rows.NATURES[nature]).capitalize() for nature in _NATURES), _("In all"),
         _("In-house, a year"), _("Hidden for 100 invoiced")),
        tuple(_line(source, telling, line, whole) for line in source.costs.functions),
        source=_("register of costs, meetings, time spent, reminders, tools"),
    )  # fmt: skip
    if source.costs.providers:
        yield DataTable(
            "costs-by-provider", _("Cost by provider, twelve months"),
            (_("Provider"), _("Invoiced"), _("In all")),
            tuple(
                (
                    telling.provider(line.code), _euros(telling, line.account.invoiced, whole),
                    _euros(telling, line.account.total, whole),
                )
                for line in source.costs.providers if line.code in source.providers
            ),
            source=_("register of costs"),
        )  # fmt: skip
    yield DataTable(
        "costs-by-month", _("Month by month"),
        (_("Month"), _("Invoiced"), _("In all")),
        tuple(
            (
                f"{month:%m/%Y}", _euros(telling, total.by_month.get(month, {}).get(Nature.INVOICE, 0), whole),
                _euros(telling, total.month(month), whole),
            )
            for month in source.costs.months
        ),
        source=_("register of costs"),
    )  # fmt: skip


def _euros(telling: Telling, cents: int | None, whole: int) -> TableCell:
    """Whole euros: the cents of a year say nothing."""
    return telling.amount(None if cents is None else round(cents, -2), whole)


def _line(source: SaleSource, telling: Telling, line: CostLine, whole: int) -> tuple[TableCell, ...]:
    account = line.account
    share = round(100 * account.share) if account.share is not None else None
    return (
        telling.function(line.code) if line.code else _("the company as a whole"),
        *(_euros(telling, account.of(nature), whole) for nature in _NATURES), _euros(telling, account.total,
        whole),
        _euros(telling, line.baseline, whole), share,
    )  # fmt: skip


def cost_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Invoices, baselines and expected benefits that are not written down; months without a cost."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    owners = {card.record.code: card.record.owner for card in source.cards}
    yield from few(
        [
            ToComplete(
                _("{name}: {value}").format(name=telling.function(line.code), value=", ".join(line.missing)),
                telling.person(owners.get(line.code, "")) or chief, due, line.code,
            )
            for line in source.costs.functions if line.missing and line.code
        ],
        "cockpit costs",
    )  # fmt: skip
    months = source.costs.total
    bare = sum(not months.month(month) for month in source.costs.months[:-1])
    if bare:
        yield ToComplete(
            _("the costs of {n} of the last {all} months").format(n=bare, all=len(source.costs.months) - 1),
            chief,
            due, "cockpit costs",
        )  # fmt: skip
