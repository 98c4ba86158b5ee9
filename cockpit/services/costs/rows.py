"""The costs of a function or provider as a row, and all of them as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.costs.ledger import Account, Nature
from cockpit.locale import N_, _
from cockpit.services.costs.accounts import LEVELS, CostLine, Costs
from cockpit.services.desk import dates, forms
from cockpit.services.desk.row import Piece, Role, Row

NATURES: Mapping[Nature, str] = {
    Nature.INVOICE: N_("invoiced"),
    Nature.COORDINATION: N_("coordination"),
    Nature.TOOLS: N_("tools"),
    Nature.REWORK: N_("rework"),
}
_ROLES: Mapping[str, tuple[str, Role]] = {
    "calm": ("● ", Role.GOOD),
    "watch": ("▲ ", Role.WATCH),
    "control": ("■ ", Role.BAD),
    "": ("· ", Role.QUIET),
}


def cost(line: CostLine) -> Row:
    """`▲ Payroll   18 600 € + 3 100 € hidden (17 %) watch`, then each nature, the baseline, what is missing."""
    account, (sign, role) = line.account, _ROLES[line.level]
    left = (Piece(sign, role), Piece(line.name, Role.STRONG))
    right = [
        Piece(euros(account.invoiced), column=-11),
        Piece(" + " + _("{amount} hidden").format(amount=euros(account.hidden)), column=-20),
    ]
    if account.share is not None:
        share = f" {round(account.share * 100)} %"
        right.append(Piece(share, role, column=-7))
        right.append(Piece(f" {_(LEVELS[line.level])}", role, column=12))
    facts = [
        Piece(f"{_(NATURES[nature])} {euros(account.of(nature))}")
        for nature in Nature
        if nature is not Nature.INVOICE and account.of(nature)
    ]
    if account.minutes:
        facts.append(Piece(dates.business_duration(account.minutes * 60)))
    if line.baseline is not None:
        facts.append(Piece(_("in-house {amount}").format(amount=euros(line.baseline)), Role.QUIET))
    facts += [Piece(_("missing: {what}").format(what=what), Role.WATCH) for what in line.missing]
    return Row(left, tuple(right), tuple(facts), line.code)


def months(found: Costs, account: Account) -> tuple[Piece, ...]:
    """What each month cost, in thousands."""
    return tuple(Piece(_thousands(account.month(first))) for first in found.months)


def _thousands(cents: int) -> str:
    if not cents:
        return "·"
    return forms.decimal(round(cents / 100_000, 1)) + "k"


def euros(cents: int) -> str:
    """Whole euros: the cents of a year say nothing."""
    return forms.money(round(cents / 100) * 100)


def total(found: Costs) -> str:
    """`Twelve months: 82 400 € invoiced, 9 300 € hidden, 91 700 € in all`."""
    account = found.total
    return _("Twelve months: {invoiced} invoiced, {hidden} hidden, {total} in all").format(
        invoiced=euros(account.invoiced), hidden=euros(account.hidden), total=euros(account.total)
    )


def to_json(found: Costs) -> dict[str, object]:
    """With stable keys; amounts in cents."""
    return {
        "months": [first.isoformat() for first in found.months],
        "functions": [_line(found, line) for line in found.functions],
        "providers": [_line(found, line) for line in found.providers],
        "missing": list(found.missing),
    }


def _line(found: Costs, line: CostLine) -> dict[str, object]:
    account = line.account
    return {
        "code": line.code or None, "name": line.name, "invoiced": account.invoiced, "hidden": account.hidden,
        "total": account.total, "share": round(account.share, 3) if account.share is not None else None,
        "state": line.level or None, "minutes": account.minutes, "baseline": line.baseline,
        "natures": {nature.value: account.of(nature) for nature in Nature},
        "by_month": [account.month(first) for first in found.months],
        "missing": list(line.missing), "proof": list(account.codes),
    }  # fmt: skip
