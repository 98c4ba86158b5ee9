"""S2, an interface that fell silent: cadences that went by since its last known exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cockpit.domain.registers.feedback import OUTSIDE, Feedback
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.mark import EXCHANGE, Mark
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, ScoreProof, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each interface."""
    heard = heard_of(facts)
    for each in facts.of(Interface):
        yield judge(facts, each, heard)


def judge(facts: Facts, interface: Interface, heard: dict[str, tuple[date, str]]) -> SignalScore:
    """One interface, by the last day on which anything shows that it is alive."""
    limits = facts.limits
    days = [(interface.last_on, interface.code)] if interface.last_on else []
    days += [heard[code] for code in shown_alive_by(interface) if code in heard]
    known = [(day, code) for day, code in days if day is not None and day <= facts.today]
    if not interface.cadence_days or not known:
        missing = "exchange" if interface.cadence_days else "cadence"
        return SignalScore(
            signal=SIGNAL.id, subject=interface.code, week=facts.week, threshold=limits.s2_watch,
            n=len(known), proof=ScoreProof(missing=missing, rows=(Evidence(interface.code),)),
        )  # fmt: skip
    last, shown_by = max(known)
    away = (facts.today - last).days
    value = round(away / interface.cadence_days, 2)
    state = SignalState.CALM
    if value >= limits.s2_watch:
        state = SignalState.CONTROL if value >= limits.s2_control else SignalState.WATCH
    return SignalScore(
        signal=SIGNAL.id, subject=interface.code, week=facts.week, value=value, threshold=limits.s2_watch,
        n=len(known), state=state,
        proof=ScoreProof(
            figures={"days": float(away), "cadence": float(interface.cadence_days)},
            rows=(Evidence(shown_by, float(away), "last"),),
        ),
    )  # fmt: skip


def shown_alive_by(interface: Interface) -> tuple[str, ...]:
    """The codes under which an exchange is known that shows it alive."""
    return interface.code, interface.source, interface.target, interface.ritual


def heard_of(facts: Facts) -> dict[str, tuple[date, str]]:
    """By provider, ritual and interface, the last day on which they spoke to us, and the record that shows it."""
    found: dict[str, tuple[date, str]] = {}

    def keep(code: str, day: date, shown_by: str) -> None:
        if code and (code not in found or found[code][0] < day):
            found[code] = (day, shown_by)

    for mark in facts.of(Mark):
        if mark.kind == EXCHANGE and mark.created_at is not None:
            keep(mark.provider, mark.created_at.astimezone(facts.at.tzinfo).date(), mark.code)
    for held in facts.of(Occurrence):
        if held.status == "held" and held.planned_at is not None:
            keep(held.ritual, held.planned_at.astimezone(facts.at.tzinfo).date(), held.code)
    for said in facts.of(Feedback):
        if said.side == OUTSIDE and said.mark is not None and said.given_on is not None:
            keep(said.interface, said.given_on, said.code)
    return found


SIGNAL = Signal(
    id="S2",
    name=N_("An interface fell silent"),
    text=N_("No exchange for {value} the agreed cadence"),
    formula=N_("days since the last exchange ÷ agreed days from one to the next"),
    source=N_("interfaces, exchanges noted, meetings held"),
    minimum=N_("a cadence, and one exchange"),
    next=N_("Get in touch, then note the exchange"),
    unit=SignalUnit.RATIO,
    row_unit=SignalUnit.DAYS,
    weight=5,
    measure=measure,
    figures={"days": N_("days since the last exchange"), "cadence": N_("agreed every, in days")},
    whys={"last": N_("the last exchange")},
    missing={
        "cadence": N_("how often it takes place: write its cadence on the interface"),
        "exchange": N_("a first exchange: note it by e on the interface, in Organisation (F3)"),
    },
)
