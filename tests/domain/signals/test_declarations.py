"""What each signal says of itself: docs/signals.md as a table, and what every score of it is counted in."""

from __future__ import annotations

from cockpit.domain.registers.phase import GROWTH, SALE, STEADY, Phase
from cockpit.domain.signals.every import SIGNALS, signals_in
from cockpit.domain.signals.score import SignalState, of_faults

DECLARED = """
S1 ratio, rows in hours
S2 ratio, rows in days
S3 percent, rows in count
S4 percent, rows in count, a low one is bad, resilience
S5 ratio, a low one is bad
S6 percent, alignment
S7 percent, a low one is bad
S8 percent, a low one is bad, steering
S9 percent, rows in count
S10 mark, from control, resilience
S11 percent, rows in count, resilience
S12 percent
S13 percent, rows in hours, a low one is bad, steering
S14 count
S15 count
S16 count, from danger, at once
S17 percent, rows in count, a low one is bad, resilience
S18 percent, rows in hours, a low one is bad, steering
S19 percent, a low one is bad
S20 count
S21 count
S22 percent, rows in count, alignment
S23 days, a low one is bad
S24 days
S25 mark
S26 mark, a low one is bad, alignment
S27 days
"""


def test_each_signal_says_its_unit_when_it_asks_for_somebody_and_of_which_gauge_it_is() -> None:
    lines = []
    for number, signal in SIGNALS.items():
        assert signal.id == number
        words = [signal.unit.value]
        words += [f"rows in {signal.row_unit.value}"] if signal.row_unit else []
        words += [f"from {signal.raised_from.word}"] if signal.raised_from is not SignalState.WATCH else []
        words += ["at once"] if signal.at_once else []
        words += ["a low one is bad"] if signal.is_low_bad else []
        words += [signal.gauge.value] if signal.gauge else []
        lines.append(f"{number} {', '.join(words)}")
    assert "\n".join(lines) == DECLARED.strip()


def test_with_a_sale_in_view_continuity_counts_twice_and_nothing_else_changes() -> None:
    for phase in (None, Phase(code="PH-1", phase=STEADY), Phase(code="PH-1", phase=GROWTH)):
        assert signals_in(phase) == SIGNALS
    sold = signals_in(Phase(code="PH-1", phase=SALE))
    assert {
        name: (each.weight, SIGNALS[name].weight) for name, each in sold.items() if each != SIGNALS[name]
    } == {"S17": (16, 8)}
    assert list(sold) == list(SIGNALS)


def test_no_fault_is_calm_one_is_watched_and_more_are_controlled() -> None:
    assert [of_faults(n).word for n in range(5)] == ["calm", "watch", "control", "control", "control"]
