"""S26, the quality of an interface: what both sides say of working with each other, by provider."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cockpit.domain.organisation import quality
from cockpit.domain.organisation.quality import Quality, SideMarks
from cockpit.domain.registers.feedback import Feedback
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.provider import Provider
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import COMPANY, Evidence, GaugeName, SignalScore, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

VOTES = 3


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each provider with an interface; of the company, by the meetings that belong to no provider."""
    found = qualities(facts)
    for provider in facts.of(Provider):
        if provider.code in found:
            yield judge(facts, provider.code, found[provider.code])
    yield judge(facts, COMPANY, found.get(COMPANY, Quality()))


def judge(facts: Facts, subject: str, said: Quality) -> SignalScore:
    """One provider, or the company."""
    limits = facts.limits
    if said.low is None or said.count < VOTES:
        missing = "few" if said.count else "meetings" if subject == COMPANY else "none"
        return SIGNAL.unknown(facts, missing, subject=subject, n=said.count, least=VOTES)
    faults = int(said.low < limits.s26_mark) + int(said.gap is not None and said.gap > limits.s26_gap)
    figures = {"inside": said.inside.mean, "outside": said.outside.mean, "gap": said.gap}
    rows: dict[str, list[SideMarks]] = {}
    for each in said.counted:
        rows.setdefault(each.code, []).append(each)
    return SIGNAL.score(
        facts, said.low, limits.s26_mark, n=said.count, subject=subject,
        state=of_faults(faults),
        figures={name: round(mark, 1) for name, mark in figures.items() if mark is not None},
        rows=[
            Evidence(code, round(min(each.total / each.votes for each in both), 1),
                     both[0].side if len(both) == 1 else "mark")
            for code, both in rows.items()
        ],
    )  # fmt: skip


def qualities(facts: Facts) -> Mapping[str, Quality]:
    """By provider that an interface names; the company for the marks of meetings that belong to no provider."""
    marks: dict[str, list[SideMarks]] = {}
    by_interface: dict[str, str] = {}
    by_ritual: dict[str, set[str]] = {}
    for each in facts.of(Interface):
        ends = {facts.homes.get(code, code) for code in (each.source, each.target)}
        provider = next((code for code in sorted(ends) if code.startswith("PR-")), COMPANY)
        by_interface[each.code] = provider
        if provider:
            marks.setdefault(provider, [])
            if each.ritual:
                by_ritual.setdefault(each.ritual, set()).add(provider)
    for given in facts.of(Feedback):
        if given.mark is not None and given.given_on is not None and given.given_on <= facts.today:
            subject = by_interface.get(given.interface)
            if subject is not None:
                told = SideMarks(given.given_on, given.side, given.mark, 1, given.code)
                marks.setdefault(subject, []).append(told)
    for held in facts.of(Occurrence):
        if held.planned_at is not None and held.roti:
            day = held.planned_at.astimezone(facts.at.tzinfo).date()
            for subject in by_ritual.get(held.ritual, {COMPANY}):
                marks.setdefault(subject, []).extend(quality.of_meeting(day, held.code, held.roti))
    return {subject: quality.quality(said) for subject, said in marks.items()}


SIGNAL = Signal(
    id="S26",
    name=N_("Quality of an interface"),
    text=N_("The side that is less content gives {value} of 5"),
    formula=N_("the lower of the two sides' means over their last five occasions; and the gap between them"),
    source=N_("marks given on the interfaces with a provider, and at the end of the meetings that belong to them"),
    minimum=N_("3 marks"),
    next=N_("Ask both sides what would make it one better"),
    unit=SignalUnit.MARK,
    weight=5,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.ALIGNMENT,
    figures={"inside": N_("those inside give"), "outside": N_("those outside give"), "gap": N_("gap"),
             "known": N_("marks so far")},
    whys={"mark": N_("the lower mark"), "inside": N_("those inside"), "outside": N_("those outside")},
    missing={"none": N_("marks: a on an interface in Organisation (F3) gives one, l asks the partner for theirs"),
             "meetings": N_("marks: the last step of a meeting that is led here asks for them"),
             "few": N_("marks on its interfaces, or at the end of its meetings")},
)  # fmt: skip
