"""S7, involvement in steering meetings: who comes, in time, prepared, and with something to say. Never by person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.quality import tally
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

STEERING = ("kickoff", "flash", "review", "providers")
LAST, EARLIER = 4, 8
INVITED = 24
"""Invitations of the last four meetings under which a share of those who came says nothing."""
LEAST = 3
VOTES = 5


@dataclass(frozen=True)
class Held:
    """One meeting as sums: nobody's name is in it."""

    code: str
    expected: int
    present: int
    in_time: int
    prepared: bool
    heard: int
    """Of those expected, how many brought a subject or an action."""


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each steering ritual of three people or more."""
    if not facts.is_team_told:
        yield SIGNAL.unknown(facts, "told")
        return
    for ritual in facts.of(Ritual):
        if ritual.kind in STEERING:
            held = meetings(facts, ritual)
            yield judge(facts, ritual, held)


def judge(facts: Facts, ritual: Ritual, held: Sequence[Held]) -> SignalScore:
    """One ritual, by its meetings that were held, oldest first."""
    limits = facts.limits
    last, earlier = held[-LAST:], held[-LAST - EARLIER : -LAST]
    invited = sum(each.expected for each in last)
    if len(last) < LAST or invited < INVITED:
        return SIGNAL.unknown(facts, "few", subject=ritual.code, n=invited, least=INVITED)
    came = 100 * sum(each.present for each in last) / invited
    now = index(last)
    then = index(earlier) if len(earlier) >= LAST else None
    roti = return_on_time(facts, [each.code for each in last])
    faults = int(came < limits.s7_present)
    faults += int(then is not None and round(then - now, 4) >= limits.s7_fall)
    faults += int(roti is not None and roti <= limits.s7_roti)
    figures = {"index": round(now, 2)} | ({} if then is None else {"then": round(then, 2)})
    figures |= {} if roti is None else {"roti": round(roti, 1)}
    return SIGNAL.score(
        facts, came, limits.s7_present, n=invited, subject=ritual.code, figures=figures,
        state=of_faults(faults),
        rows=[Evidence(each.code, 100 * each.present / each.expected, "came") for each in reversed(last)],
    )  # fmt: skip


def meetings(facts: Facts, ritual: Ritual) -> list[Held]:
    """Its meetings that were held and in which somebody was asked who is there, oldest first."""
    seats: dict[str, list[Attendance]] = {}
    for seat in facts.of(Attendance):
        if seat.expected:
            seats.setdefault(seat.occurrence, []).append(seat)
    said: dict[str, set[str]] = {}
    brought: tuple[Blocker | Priority | Decision, ...] = (
        *facts.of(Blocker), *facts.of(Priority), *facts.of(Decision),
    )  # fmt: skip
    for each in brought:
        said.setdefault(each.origin, set()).add(each.owner)
    found = []
    for held in sorted(facts.of(Occurrence), key=lambda each: str(each.planned_at)):
        mine = seats.get(held.code, [])
        if held.ritual != ritual.code or held.status != "held" or len(mine) < LEAST:
            continue
        if not any(seat.present for seat in mine):
            continue  # Attendance was not taken.
        found.append(
            Held(
                held.code, len(mine), sum(seat.present for seat in mine),
                sum(seat.present and not seat.late_minutes for seat in mine),
                held.agenda_shared_at is not None,
                sum(seat.person in said.get(held.code, ()) for seat in mine),
            )
        )  # fmt: skip
    return found


def index(held: Sequence[Held]) -> float:
    """0.4 there + 0.2 in time + 0.2 agenda shared before + 0.2 with a contribution, from 0 to 1."""
    invited = sum(each.expected for each in held) or 1
    return (
        0.4 * sum(each.present for each in held) / invited
        + 0.2 * sum(each.in_time for each in held) / invited
        + 0.2 * sum(each.prepared for each in held) / max(1, len(held))
        + 0.2 * sum(each.heard for each in held) / invited
    )


def return_on_time(facts: Facts, codes: Sequence[str]) -> float | None:
    """The mean mark of those meetings, of which only sums are kept; None for fewer than five votes."""
    total = count = 0
    for each in facts.of(Occurrence):
        if each.code in codes:
            marks = tally(each.roti).get("roti", (0, 0))
            total, count = total + marks[0], count + marks[1]
    return total / count if count >= VOTES else None


SIGNAL = Signal(
    id="S7",
    name=N_("Involvement in steering meetings"),
    text=N_("{value} of those invited came to the last four meetings"),
    formula=N_(
        "present ÷ invited over four meetings; 0.4 present + 0.2 in time + 0.2 agenda shared before + 0.2 with a"
        " subject or action, against the eight before; mean return on time"
    ),
    source=N_("attendance, agendas, what meetings brought, votes as sums: never names"),
    minimum=N_("4 meetings and 24 invitations; the team was told"),
    next=N_("Shorten it, share the agenda before, or ask what it is for"),
    unit=SignalUnit.PERCENT,
    weight=5,
    measure=measure,
    is_low_bad=True,
    figures={"index": N_("index of the last four"), "then": N_("index of the eight before"),
             "roti": N_("mean return on time"), "known": N_("invitations so far")},
    whys={"came": N_("came")},
    missing={
        "told": N_("that the team was told: t in Signals (F4) notes it; until then nothing of teams is measured"),
        "few": N_("meetings led here, with who was there"),
    },
)  # fmt: skip
