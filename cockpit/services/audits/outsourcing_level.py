"""The half-yearly review of how far a function is outsourced: what is known, what is missing, the verdict."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.audits import outsourcing_level as rules
from cockpit.domain.audits.answer_sheet import AnswerSheet
from cockpit.domain.audits.questionnaire import UNKNOWN
from cockpit.domain.costs.ledger import Account, Nature, by_function
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.text import TYPED_LIMIT, clean
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import N_, _, ngettext
from cockpit.services.audits import answer_sheets
from cockpit.services.changes.batch import Coming
from cockpit.services.costs.gathering import CostGathering
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.store.transaction import transaction

VALUE, SKILL, FULL_COST, BASELINE, BENEFIT = "value", "skill", "full_cost", "baseline", "benefit"
TEXTS: Mapping[str, str] = {
    VALUE: N_(
        "What is it worth for the company, from 1 (any company does the same) to 4 (what clients pay for)?"
    ),
    SKILL: N_(
        "How well could it be done in-house today, from 1 (nobody knows how) to 4 (better than outside)?"
    ),
    FULL_COST: N_("What does it cost in full, a year?"),
    BASELINE: N_("What would it cost in-house, a year?"),
    BENEFIT: N_("Was the expected benefit obtained?"),
}
MISSING: Mapping[str, str] = {
    VALUE: N_("its value"), SKILL: N_("the skill in-house"), FULL_COST: N_("its full cost"),
    BASELINE: N_("what it would cost in-house"), BENEFIT: N_("whether the benefit was obtained"),
}  # fmt: skip


@dataclass(frozen=True)
class LevelFigures:
    """What is known: the full cost of the twelve months that ended, when whole, the baseline, what was expected."""

    full_cost: int | None
    months: int
    so_far: int
    """Cents, over the months that are there: invoiced and hidden."""
    invoiced: int
    hidden: int
    """Coordination, tools, work done again: what no invoice says."""
    unpriced: int
    """Minutes that have no price, since no hourly rate is known."""
    baseline: int | None
    expected: str
    outside: bool
    may_group: bool


def known(workspace: Workspace, function: str) -> LevelFigures:
    """What the registers hold of the function with that code. Raises UnknownCode."""
    found = answer_sheets.function_of(workspace, function)
    gathering = CostGathering(workspace, add_months(workspace.today(), -1))
    account = by_function(gathering.items()).get(found.code, Account())
    months = sum(bool(month.get(Nature.INVOICE)) for month in account.by_month.values())
    others = workspace.conn.execute(
        "SELECT count(*) FROM function WHERE archived_at IS NULL AND mode = 'external' AND code != ?",
        (function,),
    ).fetchone()[0]
    return LevelFigures(
        full_cost=account.total if months >= rules.COST_MONTHS else None,
        months=months,
        so_far=account.total,
        invoiced=account.invoiced,
        hidden=account.hidden,
        unpriced=account.minutes if gathering.sources.usual is None else 0,
        baseline=found.baseline_cost,
        expected=found.expected_benefit,
        outside=found.mode != "internal",
        may_group=others > 0,
    )


def begin(workspace: Workspace, function: str) -> AnswerSheet:
    """The review of a function as it was left, else a new one. Raises UnknownCode."""
    answer_sheets.function_of(workspace, function)
    day = answer_sheets.next_day(workspace, rules.MONTHS)
    return answer_sheets.kept(workspace, answer_sheets.LEVEL, function) or AnswerSheet(
        function=function, started_at=workspace.clock(), next_on=day, row=VALUE
    )


def understood(sheet: AnswerSheet, found: LevelFigures) -> rules.LevelFacts:
    """The figures of the registers, replaced by what was answered where something was."""
    cost, baseline = sheet.number(FULL_COST), sheet.number(BASELINE)
    return rules.LevelFacts(
        value=sheet.number(VALUE),
        skill=sheet.number(SKILL),
        full_cost=found.full_cost if cost is None else cost,
        baseline=found.baseline if baseline is None else baseline,
        benefit=sheet.answers.get(BENEFIT, UNKNOWN),
    )


def verdict(sheet: AnswerSheet, found: LevelFigures) -> str:
    """The one that was chosen, else the one that is proposed."""
    return sheet.verdict or rules.proposed(
        understood(sheet, found), outside=found.outside, may_group=found.may_group
    )


def cost_note(found: LevelFigures) -> str:
    """What the full cost of the last year is made of, and what it lacks."""
    parts = []
    if found.full_cost is None:
        n = rules.COST_MONTHS - found.months
        parts.append(
            ngettext("{n} month of costs is missing", "{n} months of costs are missing", n).format(n=n)
        )
        if found.months:
            parts.append(_("{amount} so far").format(amount=forms.money(found.so_far)))
    else:
        parts.append(_("twelve months of costs"))
    if found.hidden:
        parts.append(made_of(found))
    if found.unpriced:
        parts.append(_("{n} min without an amount").format(n=found.unpriced))
    return ", ".join(parts)


def made_of(found: LevelFigures) -> str:
    """`€1,200 invoiced + €300 hidden (25 %)`."""
    said = _("{invoiced} invoiced + {hidden} hidden").format(
        invoiced=forms.money(found.invoiced), hidden=forms.money(found.hidden)
    )
    return f"{said} ({round(100 * found.hidden / found.invoiced)} %)" if found.invoiced else said


def against(said: rules.LevelFacts) -> str:
    """`€1,500 in full, against €1,400 in-house: 107 %`; empty while one of the two is missing."""
    if said.cost_percent is None or said.full_cost is None or said.baseline is None:
        return ""
    return _("{full} in full against {baseline} in-house: {n} %").format(
        full=forms.money(said.full_cost), baseline=forms.money(said.baseline), n=said.cost_percent
    )


def missing(sheet: AnswerSheet, found: LevelFigures) -> str:
    """What a verdict would need and does not have, in words; empty when nothing."""
    return ", ".join(_(MISSING[name]) for name in understood(sheet, found).missing)


def finish(workspace: Workspace, sheet: AnswerSheet) -> tuple[str, int]:
    """Write the review, and on the function when the next one is due: one change. Its code, and the actions."""
    function = answer_sheets.function_of(workspace, sheet.function)
    with transaction(workspace.conn):
        found = known(workspace, function.code)
        said = understood(sheet, found)
        coming = Coming(workspace)
        today = workspace.today()
        values: dict[str, Value] = {
            "name": _("Level of {function} {month}").format(function=function.name, month=f"{today:%m/%Y}"),
            "function": function.code,
            "held_on": today,
            "core_value": said.value,
            "skill": said.skill,
            "full_cost": said.full_cost,
            "benefit": said.benefit,
            "verdict": verdict(sheet, found),
            "next_on": sheet.next_on,
            "note": clean(sheet.note, TYPED_LIMIT, lines=True),
            "conf": function.conf,
        }
        code = coming.add("level", values)
        changed: dict[str, Value] = {"review_due": sheet.next_on}
        if sheet.number(BASELINE) is not None:
            changed["baseline_cost"] = said.baseline
        coming.change("function", function.code, changed)
        answer_sheets.add_actions(workspace, coming, sheet, code, function.conf)
        workspace.change_all(coming.puts, "level.done")
        answer_sheets.end(workspace, answer_sheets.LEVEL, sheet, code)
    return code, len(sheet.actions)
