"""The self-audit: begun from what is known, kept at each answer, ended as one change that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from cockpit.domain.audits import self_audit as rules
from cockpit.domain.audits import self_audit_text
from cockpit.domain.audits.questionnaire import NO, PARTLY, UNKNOWN, YES
from cockpit.domain.audits.self_audit import AuditedPart, SelfAuditProgress
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.records.record import Value
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.selfaudit import Selfaudit
from cockpit.domain.text import fold, typed
from cockpit.locale import _
from cockpit.services.audits import unfinished
from cockpit.services.changes import outsourcing_gate
from cockpit.services.changes.batch import Coming
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation.function_facts import FunctionFacts, codes, facts, is_recent
from cockpit.store.transaction import transaction

JOB = "selfaudit"
YEARLY = 365


@dataclass(frozen=True)
class EndedSelfAudit:
    """A self-audit that was ended: its record, how much it made, and what differs from the last one."""

    code: str
    made: int
    changed: int


def begin(workspace: Workspace) -> SelfAuditProgress:
    """The self-audit as it was left, else a new one from what the registers and the last one know."""
    found = self_audit_text.load(unfinished.state(workspace, JOB))
    if found is not None:
        return caught_up(workspace, found)
    known, before = _functions(workspace), _before(workspace)
    parts = [_known(workspace, each, before) for each in known]
    for part, beginnings in rules.USUAL:
        if not any(_is_like(each.name, beginnings) for each in known):
            # Who comes back has said before what the company does not have.
            parts.append(replace(part, name=_(part.name), kept=not known).untouched)
    return SelfAuditProgress(started_at=workspace.clock(), parts=tuple(parts), row=parts[0].key)


def caught_up(workspace: Workspace, progress: SelfAuditProgress) -> SelfAuditProgress:
    """The same over what the registers hold by now: what somebody said stays, all else is as it became.

    A function that was archived since is left out; one that was entered since under a name is that function.
    """
    known, before = {each.code: each for each in _functions(workspace)}, _before(workspace)
    named = {fold(each.name): each for each in known.values()}
    taken = {part.code for part in progress.parts}
    parts = []
    for part in progress.parts:
        now = known.get(part.code) if part.code else named.get(fold(part.name))
        if now is not None and (part.code or now.code not in taken):
            parts.append(_over(_known(workspace, now, before), part))
        elif not part.code and now is None:
            parts.append(part)
    return replace(progress, parts=tuple(parts))


def _over(now: AuditedPart, part: AuditedPart) -> AuditedPart:
    given = {question: answer for question, answer in part.answers.items() if question not in part.sources}
    sources = {question: source for question, source in now.sources.items() if question not in given}
    said = {name: value for name, value in part.said.items() if name != "name"}
    return replace(
        now, key=part.key, kept=part.kept, answers={**now.answers, **given}, sources=sources, **said
    )


def save(workspace: Workspace, progress: SelfAuditProgress) -> bool:
    """Keep where it stands; False when the database is busy: the next key tries again."""
    return unfinished.save(workspace, JOB, self_audit_text.dump(progress))


def last_of(workspace: Workspace, before: str = "") -> Selfaudit | None:
    """The last self-audit that was ended; with `before`, the one before that record."""
    where = "archived_at IS NULL AND (? = '' OR number < ?) ORDER BY number DESC LIMIT 1"
    number = int(before.rpartition("-")[2]) if before else 0
    found = workspace.select(Selfaudit, "selfaudit", where, (before, number))
    return found[0] if found else None


def exists(workspace: Workspace, code: str) -> bool:
    """Whether a self-audit still stands: an undo may have taken it back."""
    return bool(workspace.select(Selfaudit, "selfaudit", "code = ? AND archived_at IS NULL", (code,)))


def add_own(progress: SelfAuditProgress, name: str) -> SelfAuditProgress:
    """A function of the company's own, after the others; one of that name is kept again instead."""
    name = typed(name)
    same = next((part for part in progress.parts if fold(part.name) == fold(name)), None)
    if not name:
        return progress
    if same is not None:
        return replace(progress.with_part(replace(same, kept=True)), row=same.key)
    taken = {part.key for part in progress.parts}
    key = next(key for n in range(1, len(taken) + 2) if (key := f"own-{n}") not in taken)
    return replace(progress.with_part(AuditedPart(key=key, name=name).untouched), row=key)


def unproven(workspace: Workspace, parts: tuple[AuditedPart, ...]) -> Mapping[str, frozenset[str]]:
    """By part, the questions answered with a yes of which the registers hold no proof yet."""
    found = {}
    for part in parts:
        said = {question for question in part.asked if part.answer(question) == YES}
        function = workspace.select(Function, "function", "code = ?", (part.code,)) if part.code else ()
        proven = _answers(facts(workspace, function[0])) if function else {}
        found[part.key] = frozenset(q for q in said if proven.get(q, (UNKNOWN, ""))[0] != YES)
    return found


def as_entered(workspace: Workspace, part: AuditedPart) -> AuditedPart:
    """The same, with a yes to every question that the registers prove by now."""
    function = workspace.select(Function, "function", "code = ?", (part.code,))
    proven = _answers(facts(workspace, function[0])) if function else {}
    return replace(
        part, answers={**part.answers, **{q: YES for q, (a, _source) in proven.items() if a == YES}}
    )


def finish(workspace: Workspace, progress: SelfAuditProgress, reason: str = "") -> EndedSelfAudit:
    """Write the map, all at once. What exists is changed, never doubled.

    Raises `gate.MapIncomplete` for a function that leaves the house too early, unless a reason is given.
    """
    with transaction(workspace.conn):
        # Others may have written since it was begun.
        progress = caught_up(workspace, progress)
        coming = Coming(workspace)
        # Providers first: the one who takes over here may be the provider that is named there.
        for part in progress.kept:
            if part.mode != "internal":
                coming.named("provider", part.provider)
        settled = tuple(_settled(coming, part) for part in progress.kept)
        for part in settled:
            _carry(coming, part)
        functions = [function for part in settled if (function := coming.record("function", part.code))]
        values: dict[str, Value] = {
            "name": _("Self-audit of {day}").format(day=dates.long_date(workspace.today())),
            "held_on": workspace.today(),
            "spent_minutes": max(1, round(timedelta(seconds=progress.spent) / timedelta(minutes=1))),
            "functions": len(settled),
            "zones": len(rules.zones(settled)),
            "answers": self_audit_text.dump_result(settled),
            "conf": max([1, *(each.conf for each in functions)]),
        }
        code = coming.add("selfaudit", values)
        made = sum(found is None for _register, found, _values in coming.puts) - 1
        outsourcing_gate.check(workspace, coming.puts, reason)
        entries = workspace.change_all(coming.puts, "selfaudit.done", reason)
        unfinished.end(workspace, JOB, self_audit_text.dump(progress), code)
    return EndedSelfAudit(code, made, len(entries) - made - 1)


def _functions(workspace: Workspace) -> tuple[Function, ...]:
    return workspace.select(Function, "function", "archived_at IS NULL ORDER BY number")


def _before(workspace: Workspace) -> tuple[Mapping[str, AuditedPart], str]:
    """What the last self-audit came to, by code, and its day."""
    record = last_of(workspace)
    if record is None:
        return {}, ""
    return self_audit_text.load_result(record.answers), dates.day_and_month(
        record.held_on
    ) if record.held_on else ""


def _known(
    workspace: Workspace, function: Function, last: tuple[Mapping[str, AuditedPart], str]
) -> AuditedPart:
    """A function that exists, with what is known of it and what was answered the last time."""
    known, (parts, day) = facts(workspace, function), last
    before = parts.get(function.code)
    answers: dict[str, str] = {}
    sources: dict[str, str] = {}
    for question, answer in (before.answers if before else {}).items():
        answers[question] = answer
        sources[question] = _("as on {day}").format(day=day)
    for question, (answer, source) in _answers(known).items():
        answers[question], sources[question] = answer, source
    return AuditedPart(
        key=function.code, name=function.name, code=function.code, kind=function.kind, mode=function.mode,
        core=function.core_value, criticality=function.criticality, owner=function.owner,
        backup=known.backup, provider=known.provider, answers=answers, sources=sources,
    ).untouched  # fmt: skip


def _answers(known: FunctionFacts) -> dict[str, tuple[str, str]]:
    """What the registers answer by themselves, each with the records that say so."""
    found: dict[str, tuple[str, str]] = {}
    if known.backup:
        found["backup"] = (YES, known.backup_source)
    if known.documents:
        fresh = tuple(d for d in known.documents if is_recent(d.reviewed_on, known.today, YEARLY))
        found["written"] = (YES, codes(fresh)) if fresh else (PARTLY, codes(known.documents))
    dated = tuple(each for each in known.contracts if each.starts_on is not None)
    if dated:
        found["notice"] = (YES, codes(dated))
    if known.accesses:
        admins = tuple(each for each in known.accesses if each.level == "admin")
        alone = tuple(each for each in admins if not each.second_admin)
        if admins:
            found["access"] = (YES, codes(admins)) if not alone else (NO, codes(alone))
    decided = tuple(each for each in known.circuits if each.decider)
    if decided:
        found["decider"] = (YES, codes(decided))
    if known.costs:
        found["cost"] = (YES if known.months >= 12 else PARTLY, codes(known.costs))
    return found


def _settled(coming: Coming, part: AuditedPart) -> AuditedPart:
    """The same with codes in place of names: who is new becomes a person, a provider, a function."""
    outside = part.mode != "internal"
    owner = coming.named("person", part.owner)
    backup = coming.named("person", part.backup, ("person", "provider"))
    provider = coming.named("provider", part.provider) if outside else ""
    values: dict[str, Value] = {
        "name": typed(part.name), "kind": part.kind, "mode": part.mode, "core_value": part.core,
        "criticality": part.criticality, "owner": owner,
    }  # fmt: skip
    code = part.code or coming.known("function", part.name)
    if code:
        coming.change("function", code, values)
    else:
        code = coming.add("function", values)
    return replace(part, code=code, owner=owner, backup=backup, provider=provider)


def _carry(coming: Coming, part: AuditedPart) -> None:
    """Who does the work outside, as a process with its RACI; who takes over, as a plan."""
    if "provider" in part.said and part.provider and part.mode != "internal":
        _process(coming, part)
    if "backup" in part.said and part.backup not in ("", part.owner, part.provider):
        _plan(coming, part)


def _process(coming: Coming, part: AuditedPart) -> None:
    mine = [each for each in coming.of("process", "function", part.code) if isinstance(each, Process)]
    if any(part.provider in each.responsible for each in mine):
        return
    same = next((each for each in mine if fold(each.name) == fold(part.name)), None)
    if same is not None:
        coming.change("process", same.code, {"responsible": (*same.responsible, part.provider)})
    elif not coming.of_contract(part.code, part.provider):
        values: dict[str, Value] = {
            "name": typed(part.name), "function": part.code, "criticality": part.criticality,
            "core_value": part.core, "responsible": (part.provider,), "conf": _conf(coming, part),
        }  # fmt: skip
        if part.owner.startswith("PE-"):
            values["accountable"] = part.owner
        coming.add("process", values)


def _plan(coming: Coming, part: AuditedPart) -> None:
    plans = [each for each in coming.of("continuity", "function", part.code) if isinstance(each, Continuity)]
    if any(each.backup == part.backup for each in plans):
        return
    away = next((each for each in plans if each.scenario == "person"), None)
    if away is not None:
        coming.change("continuity", away.code, {"backup": part.backup})
        return
    values: dict[str, Value] = {
        "name": _("{function}: who takes over").format(function=part.name), "function": part.code,
        "scenario": "person", "backup": part.backup, "owner": part.owner, "conf": _conf(coming, part),
    }  # fmt: skip
    coming.add("continuity", values)


def _conf(coming: Coming, part: AuditedPart) -> int:
    """What bears the name of a function is as confidential as it."""
    function = coming.record("function", part.code)
    return function.conf if function is not None else 1


def _is_like(name: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a function that exists is a usual one under its own name: a word of it begins so, or is so."""
    words = fold(name)
    return any(f" {each}" in f" {words}" if len(each) > 3 else each in words.split() for each in beginnings)
