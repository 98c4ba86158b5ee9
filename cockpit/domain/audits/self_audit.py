"""The self-audit: functions, seven questions each, and what follows of the answers. Nobody is scored.

A function is a zone of dependency when the company would not know how to go on without one person or one
provider. What is not known counts like a no where much depends on the function.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cockpit.domain.audits.answer_sheet import with_lap
from cockpit.domain.audits.questionnaire import ANSWERS, NO, UNKNOWN, YES, worth
from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.locale import N_

FUNCTIONS, QUESTIONS_STAGE, RESULT = range(3)
STAGES = (N_("Functions"), N_("Questions"), N_("Result"))
MANY = 3
"""Functions of one provider from which it is a zone of its own."""
MOST_ENTRIES = 5

QUESTIONS: Mapping[str, str] = {
    "backup": N_("Is there a named backup?"),
    "written": N_("Is it written down how it is done?"),
    "two_weeks": N_("Would it run two weeks without you?"),
    "notice": N_("Is there a written contract, its notice date known?"),
    "access": N_("Does a second person hold the accesses?"),
    "decider": N_("Is it known who decides, and up to what amount?"),
    "cost": N_("Do you know what it costs in full?"),
}
"""In the order they are asked."""
OUTSIDE = frozenset({"notice"})
"""Asked only of what is carried outside, at least in part."""
REASONS: Mapping[str, str] = {
    "backup": N_("no named backup"),
    "written": N_("not written down"),
    "two_weeks": N_("stops without you"),
    "notice": N_("notice date not known"),
    "access": N_("one person holds the accesses"),
    "decider": N_("nobody knows who decides"),
    "cost": N_("full cost not known"),
    "core": N_("core value carried outside"),
    "many": N_("one provider carries several functions"),
}
_WEIGHT: Mapping[str, int] = {
    "backup": 3, "two_weeks": 3, "access": 3, "written": 2, "notice": 2, "decider": 2, "cost": 1,
}  # fmt: skip
_DEPENDS = ("backup", "written", "two_weeks", "access")
"""The questions whose answers make a zone; the others only add to it."""
ENTRIES: Mapping[str, str] = {
    "backup": "continuity", "written": "document", "two_weeks": "process", "notice": "contract",
    "access": "access", "decider": "circuit", "cost": "cost",
}  # fmt: skip
"""The register in which a gap is closed."""
FACTS = ("name", "kind", "mode", "core", "criticality", "owner", "backup", "provider")
"""What a function is, beside the answers."""


@dataclass(frozen=True, kw_only=True)
class AuditedPart:
    """One function in a self-audit."""

    key: str
    name: str
    code: str = ""
    """Of the record, for one that exists already."""
    kind: str = "support"
    kept: bool = True
    mode: str = "internal"
    core: bool = False
    criticality: int = 2
    owner: str = ""
    """Code of a person, or the name as it was typed; so are `backup` and `provider`."""
    backup: str = ""
    provider: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    """By question, what an answer that nobody gave now was taken from."""
    before: Mapping[str, str | int] = field(default_factory=dict)
    """What FACTS were before anybody touched them: only what differs is somebody's word."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that apply to it."""
        return tuple(each for each in QUESTIONS if self.mode != "internal" or each not in OUTSIDE)

    @property
    def untouched(self) -> AuditedPart:
        """A copy whose present facts count as the starting point that `said` compares with."""
        return replace(self, before={name: getattr(self, name) for name in FACTS})

    @property
    def said(self) -> dict[str, Any]:
        """The facts that differ from the starting point: those a person entered."""
        now = {name: getattr(self, name) for name in FACTS}
        return {
            name: value
            for name, value in now.items()
            if name not in self.before or self.before[name] != value
        }

    def answer(self, question: str) -> str:
        """The answer to one question; unknown when it was not answered."""
        return self.answers.get(question, UNKNOWN)


USUAL: tuple[tuple[AuditedPart, tuple[str, ...]], ...] = (
    (AuditedPart(key="management", name=N_("Management"), kind="managerial", core=True, criticality=3),
     ("direction", "management", "pilotage")),
    (AuditedPart(key="assistance", name=N_("Assistance"), mode="time_shared"),
     ("assistan", "secretar", "office")),
    (AuditedPart(key="hr", name=N_("HR and payroll"), mode="external", criticality=3),
     ("rh", "hr", "paie", "payroll", "ressources humaines", "human")),
    (AuditedPart(key="finance", name=N_("Finance and accounting"), mode="external", criticality=3),
     ("financ", "compta", "account", "daf")),
    (AuditedPart(key="it", name=N_("IT"), mode="external", criticality=3), ("it", "informatique", "si", "dsi")),
    (AuditedPart(key="legal", name=N_("Legal"), mode="external"), ("juridi", "legal", "droit")),
    (AuditedPart(key="sales", name=N_("Sales administration"), criticality=3), ("adv", "sales", "commerc", "vente")),
    (AuditedPart(key="production", name=N_("Production"), kind="operational", core=True, criticality=4),
     ("production", "fabrication", "atelier", "exploitation")),
)  # fmt: skip
"""The eight functions that are proposed, each with what other names for it begin with."""


@dataclass(frozen=True, kw_only=True)
class SelfAuditProgress:
    """A self-audit that is under way. It is immutable: each answer gives a new one, which is stored whole."""

    started_at: datetime
    parts: tuple[AuditedPart, ...]
    stage: int = FUNCTIONS
    row: str = ""
    """Key of the row on which one stands."""
    spent: float = 0.0

    @property
    def kept(self) -> tuple[AuditedPart, ...]:
        """The functions that the company has."""
        return tuple(part for part in self.parts if part.kept)

    def part(self, key: str) -> AuditedPart | None:
        """The function of that key."""
        return next((part for part in self.parts if part.key == key), None)

    def with_part(self, changed: AuditedPart) -> SelfAuditProgress:
        """The same with one function changed, or added at the end."""
        if self.part(changed.key) is None:
            return replace(self, parts=(*self.parts, changed))
        return replace(self, parts=tuple(changed if part.key == changed.key else part for part in self.parts))

    def answered(self, key: str, question: str, answer: str) -> SelfAuditProgress:
        """The same with one answer given now."""
        part = self.part(key)
        if part is None or question not in QUESTIONS or answer not in ANSWERS:
            return self
        sources = {name: source for name, source in part.sources.items() if name != question}
        backup = "" if question == "backup" and answer in (NO, UNKNOWN) else part.backup
        return self.with_part(
            replace(part, answers={**part.answers, question: answer}, sources=sources, backup=backup)
        )

    def spend(self, seconds: float) -> SelfAuditProgress:
        """Add seconds spent; time during which the laptop slept is not counted."""
        return replace(self, spent=with_lap(self.spent, seconds))


@dataclass(frozen=True)
class Zone:
    """Where the company depends: a function, or a provider that carries several, why, and how much."""

    key: str
    """Key of the part; the provider for one that is about a provider."""
    reasons: tuple[str, ...]
    """Keys of REASONS, the heaviest first."""
    weight: int


@dataclass(frozen=True)
class Advice:
    """One entry that would close a gap: in which register, for which function, by which question."""

    register: str
    key: str
    question: str


def weight(part: AuditedPart, question: str) -> int:
    """How heavy a gap is: twice as much for a no and for what is not known as for a partly."""
    gap = 2 - worth(part.answer(question))
    return gap * _WEIGHT[question] * part.criticality * (3 if part.core else 2)


def zone(part: AuditedPart) -> Zone | None:
    """The zone that a function is, or None. An answer that gets better never makes one, nor a heavier one."""
    critical = part.criticality >= CRITICAL
    depends = any(part.answer(each) == NO or (critical and part.answer(each) != YES) for each in _DEPENDS)
    given_away = part.core and part.mode == "external"
    if not (depends or given_away):
        return None
    gaps = sorted(
        (each for each in part.asked if weight(part, each) > 0), key=lambda each: -weight(part, each)
    )
    outside = ("core",) if given_away else ()
    total = sum(weight(part, each) for each in gaps) + (8 * part.criticality if given_away else 0)
    return Zone(part.key, (*outside, *gaps), total)


def zones(parts: Sequence[AuditedPart]) -> tuple[Zone, ...]:
    """Every zone of the functions that are kept, the worst first."""
    kept = [part for part in parts if part.kept]
    found = [each for part in kept if (each := zone(part)) is not None]
    carried = Counter(part.provider for part in kept if part.provider and part.mode != "internal")
    heavy = {
        name: sum(p.criticality for p in kept if p.provider == name)
        for name, n in carried.items()
        if n >= MANY
    }
    found += [Zone(name, ("many",), 6 * weighs) for name, weighs in heavy.items()]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.key)))


def advice(parts: Sequence[AuditedPart], missing: Mapping[str, frozenset[str]]) -> tuple[Advice, ...]:
    """The most useful next entries: the heaviest gaps, at most two of one register.

    `missing` names, by part, the questions answered with a yes of which the registers hold no proof: what
    exists and is not entered yet is worth half of what does not exist.
    """
    ranked: list[tuple[int, Advice]] = []
    for part in parts:
        if not part.kept:
            continue
        for question in part.asked:
            gap = weight(part, question)
            if not gap and question in missing.get(part.key, frozenset()):
                gap = _WEIGHT[question] * part.criticality * (3 if part.core else 2)
            if gap:
                ranked.append((gap, Advice(ENTRIES[question], part.key, question)))
    ranked.sort(key=lambda each: -each[0])
    chosen: list[Advice] = []
    for _gap, each in ranked:
        if sum(other.register == each.register for other in chosen) < 2 and len(chosen) < MOST_ENTRIES:
            chosen.append(each)
    return tuple(chosen)


@dataclass(frozen=True)
class Comparison:
    """What differs between two self-audits: by function, the questions that are better or worse."""

    better: tuple[tuple[str, str], ...]
    worse: tuple[tuple[str, str], ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def compare(before: Mapping[str, AuditedPart], after: Mapping[str, AuditedPart]) -> Comparison:
    """The functions of two self-audits, by the code of their record."""
    better: list[tuple[str, str]] = []
    worse: list[tuple[str, str]] = []
    for code, part in after.items():
        earlier = before.get(code)
        if earlier is None:
            continue
        for question in QUESTIONS:
            if question in part.asked and question in earlier.asked:
                moved = worth(part.answer(question)) - worth(earlier.answer(question))
                if moved:
                    (better if moved > 0 else worse).append((code, question))
    return Comparison(
        tuple(better),
        tuple(worse),
        tuple(code for code in after if code not in before),
        tuple(code for code in before if code not in after),
    )
