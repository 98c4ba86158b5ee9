"""The chapter *finances*: invoiced, hidden and in all against budget and baseline, and what contracts commit to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property

from cockpit.domain.costs.ledger import Account, CostItem, Nature, by_function
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Amount, Chapter, DataTable, TableCell, ToComplete
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import _
from cockpit.services.costs.accounts import missing_rates
from cockpit.services.costs.gathering import CostGathering
from cockpit.services.desk import dates
from cockpit.services.documents.report.lines import MonthView, Pieces, ReportLine, ReportPart, ReportUnit
from cockpit.services.organisation import standings

COMMITTED_MONTHS = 12
_HIDDEN = (Nature.COORDINATION, Nature.TOOLS, Nature.REWORK)
_ValueOf = Callable[[ReportMonth], float | None]


class Finances:
    """The money of a month. `items` are the costs of the months that are compared, read by `gathering`."""

    def __init__(self, view: MonthView, items: tuple[CostItem, ...], gathering: CostGathering) -> None:
        self.view, self.items, self.unpriced = view, items, missing_rates(gathering)
        self.rates = Pieces(len(gathering.priced), len(gathering.priced) + len(gathering.unpriced))
        found = view.workspace.select(Function, "function", "archived_at IS NULL ORDER BY number")
        self.functions = {each.code: each for each in found if not view.workspace.hides(each)}
        self.accounts = {
            code: account
            for code, account in by_function(items).items()
            if not code or code in self.functions
        }

    def part(self) -> ReportPart:
        """The chapter and its figures."""
        lines = (*self._spent(), *self._compared(), self._committed_line())
        tables = (self._by_function(), self._commitments())
        return ReportPart(lines, Chapter("finances", _("Finances"), tables, tuple(self._gaps())))

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Those with an amount that bound the company in the month."""
        month = self.view.month
        found = self.view.workspace.select(
            Contract, "contract",
            "archived_at IS NULL AND amount > 0 AND (ended_on IS NULL OR ended_on >= ?)"
            " AND (starts_on IS NULL OR starts_on <= ?) ORDER BY number",
            (month.first.isoformat(), month.last.isoformat()),
        )  # fmt: skip
        return tuple(each for each in found if not self.view.workspace.hides(each))

    @cached_property
    def invoiced(self) -> frozenset[str]:
        """The contracts of which an invoice of the month is known: one that names it, or none and its function."""
        codes = [
            each.code for each in self.items
            if each.month == self.view.month.first and each.nature is Nature.INVOICE and each.cents
        ]  # fmt: skip
        rows = self.view.workspace.conn.execute(
            "SELECT contract, function FROM cost WHERE code IN (SELECT value FROM json_each(?))",
            (json.dumps(codes),),
        ).fetchall()
        of_contract = {row["contract"] for row in rows if row["contract"]}
        of_function = {row["function"] for row in rows if row["function"] and not row["contract"]}
        return frozenset(
            each.code
            for each in self.contracts
            if each.code in of_contract or of_function & set(each.functions)
        )

    @property
    def pieces(self) -> Pieces:
        """Invoices that were expected, one a contract, and those that are known."""
        return Pieces(len(self.invoiced), len(self.contracts))

    def _spent(self) -> Iterator[ReportLine]:
        view, complete = self.view, self.pieces.percent
        yield view.line(
            "invoiced", _("Invoiced"), ReportUnit.MONEY, self._sum(Nature.INVOICE), complete=complete,
            source=_("register of costs"), rule=_("contracts with an amount that have an invoice of the month"),
        )  # fmt: skip
        yield view.line(
            "hidden", _("Hidden: coordination, tools, rework"), ReportUnit.MONEY, self._sum(*_HIDDEN),
            complete=self.rates.percent, source=_("time at its rate, tools, rework"),
            rule=_("people whose time counts and whose rate is known"),
        )  # fmt: skip
        yield view.line(
            "total", _("In all"), ReportUnit.MONEY, self._sum(*Nature), complete=complete,
            source=_("invoiced and hidden"), rule=_("as invoiced"),
        )  # fmt: skip

    def _compared(self) -> Iterator[ReportLine]:
        for key, label, column, natures in (
            ("against_budget", _("Invoiced less a twelfth of the budget"), "budget", (Nature.INVOICE,)),
            ("against_baseline", _("In all less a twelfth of the cost in-house"), "baseline_cost", tuple(Nature)),
        ):  # fmt: skip
            with_one = frozenset(code for code, each in self.functions.items() if getattr(each, column))
            limit = sum(getattr(self.functions[code], column) for code in with_one) / 12
            known = Pieces(len(with_one & self._costing), len(self._costing))
            yield self.view.line(
                key, label, ReportUnit.MONEY, self._against(self._sum(*natures, only=with_one), limit),
                complete=known.percent,
                source=_("functions that have one, and what they cost"),
                rule=_("functions that cost something this month and have one"),
            )  # fmt: skip

    @property
    def _costing(self) -> frozenset[str]:
        """The functions that cost something in the month."""
        return frozenset(code for code in self.functions if self._month(code).get(self.view.month.first))

    def _month(self, code: str) -> dict[date, int]:
        account = self.accounts.get(code, Account())
        return {month: sum(found.values()) for month, found in account.by_month.items()}

    def _sum(self, *natures: Nature, only: frozenset[str] | None = None) -> _ValueOf:
        def of(month: ReportMonth) -> float | None:
            found = [
                account.by_month[month.first]
                for code, account in self.accounts.items()
                if month.first in account.by_month and (only is None or code in only)
            ]
            if not found and (only == frozenset() or self.view.span(month) is None):
                return None
            return sum(each.get(nature, 0) for each in found for nature in natures)

        return of

    @staticmethod
    def _against(value_of: _ValueOf, limit: float) -> _ValueOf:
        def of(month: ReportMonth) -> float | None:
            value = value_of(month)
            return value - limit if value is not None and limit else None

        return of

    def _by_function(self) -> DataTable:
        month, before, year_ago = self.view.months
        rows: list[tuple[TableCell, ...]] = []
        for code in sorted(
            self.accounts, key=lambda code: (not code, -self._month(code).get(month.first, 0))
        ):
            by_nature = self.accounts[code].by_month.get(month.first, {})
            total, function = self._month(code), self.functions.get(code)
            invoiced = by_nature.get(Nature.INVOICE, 0)
            rows.append((
                self.view.name(code) or _("the company as a whole"),
                Amount(invoiced), Amount(sum(by_nature.get(nature, 0) for nature in _HIDDEN)),
                Amount(total.get(month.first, 0)), _amount(total.get(before.first)),
                _amount(total.get(year_ago.first)), _twelfth(function.budget if function else None),
                _twelfth(function.baseline_cost if function else None),
            ))  # fmt: skip
        if rows:
            rows.append(_totals(rows))
        columns = (
            _("Function"), _("Invoiced"), _("Hidden"), _("In all"), dates.whole_month(before.first),
            dates.whole_month(year_ago.first), _("A twelfth of the budget"), _("A twelfth of the cost in-house"),
        )  # fmt: skip
        return DataTable(
            "costs_by_function", _("Costs by function"), columns, tuple(rows), _("`cockpit costs`")
        )

    @cached_property
    def _bound(self) -> dict[str, date]:
        return standings.bound_until(self.view.workspace)

    @property
    def _horizon(self) -> tuple[date, date]:
        first = self.view.month.next.first
        return first, add_months(first, COMMITTED_MONTHS)

    def committed(self, contract: Contract) -> int | None:
        """Cents that a contract commits to over the twelve months after the month, by the days until it can end
        at the earliest; None while its start is not known."""
        first, end = self._horizon
        bound = self._bound.get(contract.code)
        if bound is None:
            return 0 if contract.ended_on else None
        first_day = max(first, contract.starts_on or first)
        days = (min(bound + timedelta(days=1), end) - first_day).days
        return round((contract.amount or 0) * max(0, days) / (end - first).days)

    def _committed_line(self) -> ReportLine:
        found = [self.committed(each) for each in self.contracts]
        known = [each for each in found if each is not None]
        total = sum(known) if known else None
        return self.view.line(
            "committed", _("Committed for the next twelve months"), ReportUnit.MONEY,
            lambda month: total if month == self.view.month else None,
            complete=Pieces(len(known), len(found)).percent,
            source=_("contracts as they bind today, by days"), rule=_("contracts whose start is known"),
            as_of=self.view.today,
        )  # fmt: skip

    def _commitments(self) -> DataTable:
        first, end = self._horizon
        rows: list[tuple[TableCell, ...]] = [
            (
                each.code, each.name, self.view.name(each.provider), _amount(each.amount),
                self._bound.get(each.code) or each.ended_on, _amount(self.committed(each)),
            )
            for each in sorted(self.contracts, key=lambda each: (-(self.committed(each) or 0), each.code))
        ]  # fmt: skip
        title = _("Commitments from {first} to {last}").format(
            first=dates.whole_day(first), last=dates.whole_day(end - timedelta(days=1))
        )
        columns = (
            _("Code"), _("Contract"), _("Provider"), _("Yearly amount"), _("Can end at the earliest"),
            _("Committed"),
        )  # fmt: skip
        return DataTable("commitments", title, columns, tuple(rows), _("contracts"))

    def _gaps(self) -> Iterator[ToComplete]:
        due = self.view.month.closes_on
        for each in self.contracts:
            if each.code not in self.invoiced:
                what = _("invoice of {month} under “{contract}”").format(
                    month=dates.whole_month(self.view.month.first), contract=each.name
                )
                yield ToComplete(what, self.view.name(each.provider), due, each.code)
            if self.committed(each) is None:
                what = _("start of “{contract}”: what it commits to is not known").format(contract=each.name)
                yield ToComplete(what, self.view.workspace.my_name, due, each.code)
        for what in self.unpriced:
            yield ToComplete(what, self.view.workspace.my_name, due, "cockpit costs")
        lacking = [each for code, each in self.functions.items() if code in self._costing and not each.budget]
        if lacking:
            names = ", ".join(each.name for each in lacking[:5]) + ("…" if len(lacking) > 5 else "")
            what = _("yearly budget of {names}").format(names=names)
            yield ToComplete(what, self.view.workspace.my_name, due, lacking[0].code)


def _amount(cents: int | None) -> Amount | None:
    return None if cents is None else Amount(cents)


def _twelfth(cents: int | None) -> Amount | None:
    return Amount(round(cents / 12)) if cents else None


def _totals(rows: Iterable[tuple[TableCell, ...]]) -> tuple[TableCell, ...]:
    columns = list(zip(*rows, strict=True))[1:]
    sums = [[cell.cents for cell in column if isinstance(cell, Amount)] for column in columns]
    return (_("In all"), *(Amount(sum(each)) if each else None for each in sums))
