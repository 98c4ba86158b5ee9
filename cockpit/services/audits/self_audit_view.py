"""What a self-audit comes to: the first map, the zones of dependency, the next entries, what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.domain.audits import self_audit as rules
from cockpit.domain.audits import self_audit_text
from cockpit.domain.audits.questionnaire import PARTLY, UNKNOWN
from cockpit.domain.audits.self_audit import Advice, AuditedPart, Comparison, Zone
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.function import MODES
from cockpit.domain.registers.selfaudit import Selfaudit
from cockpit.locale import N_, _, ngettext
from cockpit.services.audits import self_audit
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace

ADVISED: Mapping[str, str] = {
    "backup": N_("Continuity plan of {function}: name who takes over"),
    "written": N_("Document on {function}: its link, who keeps it"),
    "two_weeks": N_("Process of {function}: who does it, who answers for it"),
    "notice": N_("Contract of {function}: its notice date will be watched"),
    "access": N_("Access of {function}: name a second administrator"),
    "decider": N_("Circuit of {function}: who decides, up to what amount"),
    "cost": N_("Cost of {function}: the last invoice"),
}
_NAMES: Mapping[str, str] = {
    "backup": N_("Plan: {function}"),
    "written": N_("How it is done: {function}"),
    "two_weeks": N_("{function}: what must not stop"),
    "notice": N_("{function}"),
    "access": N_("{function}"),
    "decider": N_("{function}"),
    "cost": N_("Invoice: {function}"),
}


@dataclass(frozen=True)
class Result:
    """Everything that the last screen shows. `known` gives each part by the key that the rest refers to."""

    parts: tuple[AuditedPart, ...]
    known: Mapping[str, AuditedPart]
    zones: tuple[Zone, ...]
    advice: tuple[Advice, ...]
    comparison: Comparison | None
    before: str
    """The day of the self-audit that it is compared with."""


def result(workspace: Workspace, parts: Sequence[AuditedPart], code: str = "") -> Result:
    """What those functions come to, against the self-audit before `code` (empty: the last one)."""
    kept = tuple(part for part in parts if part.kept)
    earlier = self_audit.last_of(workspace, before=code)
    compared = None
    if earlier is not None:
        compared = rules.compare(
            self_audit_text.load_result(earlier.answers), {part.code or part.key: part for part in kept}
        )
    return Result(
        kept,
        {part.code or part.key: part for part in kept} | {part.key: part for part in kept},
        rules.zones(kept),
        rules.advice(kept, self_audit.unproven(workspace, kept)),
        compared,
        dates.day_and_month(earlier.held_on) if earlier and earlier.held_on else "",
    )


def ended(workspace: Workspace) -> tuple[Selfaudit, Result] | None:
    """The last self-audit and what it came to; None when none was ended."""
    record = self_audit.last_of(workspace)
    return None if record is None else (record, of_record(workspace, record))


def of_record(workspace: Workspace, record: Selfaudit) -> Result:
    """What a self-audit came to, against the one before it; functions go by the names that they have now.

    What was entered since is advised no more.
    """
    names = workspace.names()
    parts = [
        replace(part, name=names.get(part.code, part.name))
        for part in self_audit_text.load_result(record.answers).values()
    ]
    found = result(workspace, parts, record.code)
    since = [self_audit.as_entered(workspace, part) for part in parts]
    return replace(found, advice=rules.advice(since, self_audit.unproven(workspace, tuple(since))))


def zone_text(found: Result, zone: Zone, names: Mapping[str, str]) -> tuple[str, str]:
    """What a zone of fragility is about and why, the heaviest reasons first."""
    part = found.known.get(zone.key)
    if part is None:
        carried = [each.name for each in found.parts if each.provider == zone.key]
        return names.get(zone.key, zone.key), ngettext(
            "carries {n} function: {names}", "carries {n} functions: {names}", len(carried)
        ).format(n=len(carried), names=", ".join(carried))
    unsaid = [each for each in zone.reasons if each in rules.QUESTIONS and part.answer(each) == UNKNOWN]
    in_part = _("{reason} (in part)")
    said = [
        in_part.format(reason=_(rules.REASONS[reason]))
        if reason in rules.QUESTIONS and part.answer(reason) == PARTLY
        else _(rules.REASONS[reason])
        for reason in zone.reasons
        if reason not in unsaid
    ]
    if unsaid:
        said.append(
            ngettext("{n} answer not known", "{n} answers not known", len(unsaid)).format(n=len(unsaid))
        )
    return part.name, ", ".join(said)


def advice_text(found: Result, each: Advice) -> str:
    """What to enter next, in a line."""
    return _(ADVISED[each.question]).format(function=found.known[each.key].name)


def creation(found: Result, each: Advice) -> tuple[str, dict[str, Value]]:
    """What the form of that entry begins with: the words of its first field, and what else is known."""
    part = found.known[each.key]
    register = REGISTERS[each.register]
    fields = {field.name for field in register.fields}
    known: dict[str, Value] = {}
    if "function" in fields:
        known["function"] = part.code
    if "functions" in fields:
        known["functions"] = (part.code,)
    if each.register == "contract" and part.provider:
        known["provider"] = part.provider
    if each.register == "process" and part.owner.startswith("PE-"):
        known["accountable"] = part.owner
    return _(_NAMES[each.question]).format(function=part.name), known


def difference(found: Result) -> list[str]:
    """One line a change against the self-audit before."""
    compared = found.comparison
    if compared is None:
        return []

    def named(code: str) -> str:
        part = found.known.get(code)
        return part.name if part is not None else code

    lines = [
        f"{sign} {named(code)} · {_(rules.QUESTIONS[question])}"
        for sign, pairs in (("▲", compared.better), ("▼", compared.worse))
        for code, question in pairs
    ]
    new = _("new")
    return lines + [f"+ {named(code)} · {new}" for code in compared.new]


def to_text(workspace: Workspace, found: Result, record: Selfaudit) -> list[str]:
    """The result as lines: the map by mode, the zones, the next entries, what differs."""
    names = workspace.names()
    lines = [f"{record.code} · {record.name}", ""]
    for mode, word in MODES.items():
        mine = [part for part in found.parts if part.mode == mode]
        lines += [_(word).capitalize()] if mine else []
        lines += [f"  {map_line(part, names)}" for part in mine]
    lines += ["", _("Zones of dependency, worst first")]
    lines += [
        f"  {number}. {title}: {why}"
        for number, zone in enumerate(found.zones, 1)
        for title, why in (zone_text(found, zone, names),)
    ] or ["  " + _("none: every function has its backup, its document and a second person")]
    lines += ["", _("The most useful next entries")]
    lines += [f"  {number}. {advice_text(found, each)}" for number, each in enumerate(found.advice, 1)]
    if found.comparison is not None:
        lines += ["", _("Since {day}").format(day=found.before)]
        lines += [f"  {line}" for line in difference(found)] or ["  " + _("nothing has changed")]
    return lines


def map_line(part: AuditedPart, names: Mapping[str, str]) -> str:
    """`Payroll ◆ 3/4 · Sophie · backup Marc · Paie+`."""

    def name(who: str) -> str:
        return names.get(who, who)

    facts = [name(part.owner) if part.owner else _("no owner")]
    facts.append(_("backup {who}").format(who=name(part.backup)) if part.backup else _("no backup"))
    if part.provider and part.mode != "internal":
        facts.append(name(part.provider))
    core = " ◆" if part.core else ""
    return f"{part.name}{core} {part.criticality}/4 · {' · '.join(facts)}"


def to_json(workspace: Workspace, found: Result, record: Selfaudit) -> dict[str, object]:
    """With stable keys."""
    names = workspace.names()
    compared = found.comparison
    return {
        "code": record.code,
        "held_on": record.held_on.isoformat() if record.held_on else None,
        "minutes": record.spent_minutes,
        "functions": [
            {"code": p.code, "name": p.name, "mode": p.mode, "core_value": p.core, "criticality": p.criticality,
             "owner": names.get(p.owner, p.owner), "backup": names.get(p.backup, p.backup),
             "provider": names.get(p.provider, p.provider), "answers": dict(p.answers)}
            for p in found.parts
        ],
        "zones": [
            {"key": zone.key, "name": zone_text(found, zone, names)[0], "weight": zone.weight,
             "reasons": list(zone.reasons)}
            for zone in found.zones
        ],
        "next": [
            {"register": each.register, "function": each.key, "question": each.question,
             "text": advice_text(found, each)}
            for each in found.advice
        ],
        "comparison": None if compared is None else {
            "better": [{"function": code, "question": question} for code, question in compared.better],
            "worse": [{"function": code, "question": question} for code, question in compared.worse],
            "new": list(compared.new),
            "gone": list(compared.gone),
        },
    }  # fmt: skip
