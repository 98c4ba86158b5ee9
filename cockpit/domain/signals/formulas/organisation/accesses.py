"""S16, accesses of those who left, shared ones, and those that nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.registers.access import Access
from cockpit.domain.registers.contract import Contract
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: all open accesses."""
    every = [each for each in facts.of(Access) if each.revoked_on is None or each.revoked_on > facts.today]
    if not every:
        yield SIGNAL.unknown(facts, "access")
        return
    whys = {each.code: why(each, facts) for each in every}
    left = sum(each == "left" for each in whys.values())
    others = sum(bool(each) and each != "left" for each in whys.values())
    state = SignalState.DANGER if left else SignalState.WATCH if others else SignalState.CALM
    order = ("left", "shared", "one_admin", "old", "")
    rows = sorted((each for each in every if whys[each.code]), key=lambda each: order.index(whys[each.code]))
    yield SIGNAL.score(
        facts, left, 1, n=len(every), state=state, figures={"others": float(others)},
        rows=[Evidence(each.code, why=whys[each.code]) for each in rows],
    )  # fmt: skip


def why(access: Access, facts: Facts) -> str:
    """What is wrong with an open access; empty when nothing is."""
    if access.holder in facts.gone or access.holder in _ended(facts):
        return "left"
    if access.shared:
        return "shared"
    if access.level != "admin":
        return ""
    if not access.second_admin or access.second_admin in facts.gone:
        return "one_admin"
    age = facts.days_since(access.reviewed_on or access.granted_on)
    return "old" if age is None or age > facts.limits.s16_days else ""


def _ended(facts: Facts) -> frozenset[str]:
    """Providers whose last contract is over."""
    bound = {
        each.provider for each in facts.of(Contract) if each.ended_on is None or each.ended_on >= facts.today
    }
    known = {each.provider for each in facts.of(Contract)}
    return frozenset(known - bound)


SIGNAL = Signal(
    id="S16",
    name=N_("Accesses"),
    text=N_("Accesses still open of those who left: {value}; others to look at: {others}"),
    formula=N_("open accesses of those whose mission or last contract is over"),
    source=N_("accesses, people, contracts"),
    minimum=N_("one access"),
    next=N_("Close them today, then write the day on the access"),
    unit=SignalUnit.COUNT,
    weight=9,
    measure=measure,
    at_once=True,
    raised_from=SignalState.DANGER,
    figures={"others": N_("shared, one administrator only, or not looked at in time")},
    whys={"left": N_("its holder left"), "shared": N_("a shared account"), "one_admin": N_("no second administrator"),
          "old": N_("administrator, not looked at in time")},
    missing={"access": N_("the accesses: who enters which system, in the registers of Organisation (F3)")},
)  # fmt: skip
