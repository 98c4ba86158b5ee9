"""S6, silos: functions that turn inward, interfaces that are dead, work that all passes by one desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cockpit.domain.organisation import flows
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.priority import Priority
from cockpit.domain.signals.facts import RECENT, Facts
from cockpit.domain.signals.formulas.together import teams
from cockpit.domain.signals.formulas.together.silence import heard_of, shown_alive_by
from cockpit.domain.signals.score import COMPANY, Evidence, GaugeName, SignalScore, SignalState, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

_KINDS = frozenset({"blocker", "priority", "decision"})


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: dead interfaces and what passes by the chief executive; of each team: its links."""
    if not facts.is_team_told:
        yield SIGNAL.unknown(facts, "told")
        return
    known = teams.teams(facts)
    yield _company(facts) if COMPANY in known else SIGNAL.unknown(facts, "team")
    for function, members in known.items():
        if function != COMPANY:
            yield _function(facts, function, members)


def _company(facts: Facts) -> SignalScore:
    limits = facts.limits
    drawn = [each for each in facts.of(Interface) if each.cadence_days]
    if len(drawn) < limits.s6_least:
        return SIGNAL.unknown(facts, "few", n=len(drawn), least=limits.s6_least)
    dead = [each for each in drawn if _is_dead(each, facts)]
    share = 100 * len(dead) / len(drawn)
    lo = facts.at - RECENT
    work: tuple[Blocker | Priority, ...] = (*facts.of(Blocker), *facts.of(Priority))
    items = [each for each in work if each.closed_at is None or each.closed_at >= lo]
    mine = sum(
        bool(facts.chief.intersection((each.owner, each.delegated_to, *each.waiting_on))) for each in items
    )
    hub = 100 * mine / len(items) if len(items) >= limits.s6_least else None
    faults = int(share >= limits.s6_dead) + int(hub is not None and hub >= limits.s6_hub)
    state = of_faults(faults)
    figures = {"dead": float(len(dead))} | ({} if hub is None else {"hub": round(hub)})
    return SIGNAL.score(
        facts, share, limits.s6_dead, n=len(drawn), state=state, figures=figures,
        rows=[Evidence(each.code, why="dead") for each in dead],
    )  # fmt: skip


def _is_dead(interface: Interface, facts: Facts) -> bool:
    """No event in two cadences; what was entered since then has time to be heard of."""
    heard = heard_of(facts)
    days: list[date] = [heard[code][0] for code in shown_alive_by(interface) if code in heard]
    days += [interface.last_on] if interface.last_on else []
    if not days and interface.created_at is not None:
        days = [interface.created_at.date()]
    last = max((day for day in days if day <= facts.today), default=None)
    return flows.pulse(interface.cadence_days, last, facts.today) is not flows.FlowPulse.KEPT


def _function(facts: Facts, function: str, members: frozenset[str]) -> SignalScore:
    """How much a team works with others, now and before: (E − I) ÷ (E + I), Krackhardt and Stern."""
    limits = facts.limits
    now, n = _index(facts, function, members, RECENT)
    then, m = _index(facts, function, members, 3 * RECENT, before=RECENT)
    if min(n, m) < limits.s6_least:
        return SIGNAL.unknown(facts, "links", subject=function, n=min(n, m), least=limits.s6_least)
    fall = round(then - now, 4)
    return SIGNAL.score(
        facts, max(0.0, 100 * fall), 100 * limits.s6_fall, n=n + m, subject=function,
        state=SignalState.WATCH if fall >= limits.s6_fall else SignalState.CALM,
        figures={"now": round(now, 2), "then": round(then, 2)},
    )  # fmt: skip


def _index(
    facts: Facts, function: str, members: frozenset[str], span: timedelta, before: timedelta = timedelta()
) -> tuple[float, int]:
    """From -1, all within, to 1, all with others; 0 without any link; and how many links there are."""
    inside = outside = 0
    for deed in facts.done(span, before=before):
        if not deed.is_new or deed.register not in _KINDS or deed.after.get("function") != function:
            continue
        told = str(deed.after.get("waiting_on") or "")
        parties = set(_codes(told)) | {str(deed.after.get("owner") or "")}
        for party in parties - {""}:
            if party in members:
                inside += 1
            else:
                outside += 1
    whole = inside + outside
    return ((outside - inside) / whole if whole else 0.0), whole


def _codes(stored: str) -> list[str]:
    return [word.strip(' "[]') for word in stored.split(",") if word.strip(' "[]')]


SIGNAL = Signal(
    id="S6",
    name=N_("Silos"),
    text=N_("{value} of what should pass from one to another does not, or passes less than before"),
    formula=N_(
        "interfaces without an event in two cadences ÷ all; work that passes by the chief executive ÷ all; by team:"
        " the fall of (outer − inner links) ÷ all links, in points"
    ),
    source=N_("interfaces, open work, links between cases and people, for teams of three or more"),
    minimum=N_("10 interfaces with a cadence, 10 links; the team was told"),
    next=N_("Bring the two ends together, in the next ritual"),
    unit=SignalUnit.PERCENT,
    weight=5,
    measure=measure,
    gauge=GaugeName.ALIGNMENT,
    figures={"dead": N_("dead interfaces"), "hub": N_("percent of open work that passes by the chief executive"),
             "now": N_("index in four weeks"), "then": N_("index in the twelve before")},
    whys={"dead": N_("no event in two cadences")},
    missing={
        "told": N_("that the team was told: t in Signals (F4) notes it; until then nothing of teams is measured"),
        "team": N_("a team of three or more: people of the company, by their functions and processes"),
        "few": N_("interfaces with a cadence: Organisation (F3)"), "links": N_("links between its cases and people"),
    },
)  # fmt: skip
