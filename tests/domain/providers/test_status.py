"""The vocabulary of states: worst-of, hysteresis, freshness, absence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.providers.state import Freshness, State, Try, freshness, our_connection, shown
from cockpit.domain.providers.status import (
    OFFICIAL,
    PROBE,
    Component,
    Hysteresis,
    Incident,
    IncidentAbsence,
    Maintenance,
    ProviderStanding,
    StatusReading,
    absent,
    better,
    missing,
    provider_state,
    settle,
    worst,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
STATES = st.sampled_from(list(State))
KNOWN = [state for state in State if state is not State.UNKNOWN]
UP, DOWN, SLOW, PARTIAL = State.OPERATIONAL, State.MAJOR_OUTAGE, State.DEGRADED, State.PARTIAL_OUTAGE


def after(*reported: State, rule: Hysteresis = OFFICIAL) -> ProviderStanding:
    standing = None
    for n, state in enumerate(reported):
        standing = settle(standing, state, NOW + timedelta(minutes=n), rule)
    assert standing is not None
    return standing


@given(st.lists(STATES))
def test_green_needs_every_one_to_be_green(states: list[State]) -> None:
    assert (worst(states) is UP) == (bool(states) and set(states) == {UP})


@given(st.lists(STATES, min_size=1), STATES)
def test_one_more_state_never_makes_it_better(states: list[State], more: State) -> None:
    assert not better(worst([*states, more]), worst(states))


@given(st.lists(STATES))
def test_a_known_fault_is_never_hidden_by_not_knowing(states: list[State]) -> None:
    faults = [state for state in states if state in (SLOW, PARTIAL, DOWN)]
    if faults:
        assert worst(states) is worst(faults)


def component(name: str, state: State = UP, group: str = "") -> Component:
    return Component(id=f"id-{name}", name=name, state=state, group=group)


PAGE = StatusReading(state=PARTIAL, components=(component("Paie", group="RH"), component("Congés", DOWN)))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [((), PARTIAL), (("paie",), UP), (("ID-PAIE",), UP), (("rh",), UP), (("conges",), DOWN),
     (("Paie", "Congés"), DOWN), (("Paie", "Absent"), State.UNKNOWN), (("Congés", "Absent"), DOWN)],
)  # fmt: skip
def test_only_watched_components_count(wanted: tuple[str, ...], expected: State) -> None:
    assert provider_state(PAGE, wanted) is expected


def test_what_is_not_on_the_page_is_told() -> None:
    assert missing(PAGE, ("Paie", "Absent")) == ("Absent",)


def test_a_page_that_names_only_troubles_is_fine_when_silent() -> None:
    quiet = StatusReading(state=UP, exhaustive=False)
    assert provider_state(quiet, ("ec2-eu-west-3",)) is UP
    assert provider_state(StatusReading(state=UP, exhaustive=False, complete=False), ("x",)) is State.UNKNOWN
    assert provider_state(StatusReading(state=State.UNKNOWN, exhaustive=False), ("x",)) is State.UNKNOWN


def test_an_open_incident_raises_and_never_lowers() -> None:
    incident = Incident(key="1", title="x", impact=SLOW)
    over = Incident(key="2", title="x", impact=DOWN, phase="resolved")
    assert provider_state(StatusReading(state=UP, incidents=(incident,))) is SLOW
    assert provider_state(StatusReading(state=DOWN, incidents=(incident,))) is DOWN
    assert provider_state(StatusReading(state=UP, incidents=(over,))) is UP
    elsewhere = Incident(key="3", title="x", impact=DOWN, components=("Congés",))
    good = StatusReading(
        state=UP, components=(component("Paie"), component("Congés")), incidents=(elsewhere,)
    )
    assert provider_state(good, ("Paie",)) is UP
    assert provider_state(good, ("Congés",)) is SLOW


def test_a_maintenance_counts_only_while_it_runs() -> None:
    for phase, expected in (("scheduled", UP), ("in_progress", State.MAINTENANCE)):
        planned = Maintenance(key="m", title="x", phase=phase)  # type: ignore[arg-type]
        assert provider_state(StatusReading(state=UP, maintenances=(planned,))) is expected


def test_an_unreadable_document_says_nothing() -> None:
    assert provider_state(StatusReading(state=UP, readable=False)) is State.UNKNOWN


def test_official_pages_open_at_once_and_close_at_the_second_reading() -> None:
    assert after(UP, DOWN).state is DOWN
    assert after(UP, DOWN, UP).state is DOWN
    assert after(UP, DOWN, UP, UP).state is UP
    assert after(UP, DOWN, UP, DOWN, UP).state is DOWN
    assert after(DOWN, PARTIAL, UP).state is PARTIAL
    assert after(DOWN, PARTIAL, UP, UP).state is UP


def test_probes_need_three_failures_and_two_successes() -> None:
    assert after(UP, DOWN, DOWN, rule=PROBE).state is UP
    assert after(UP, DOWN, DOWN, DOWN, rule=PROBE).state is DOWN
    assert after(UP, DOWN, DOWN, UP, DOWN, DOWN, rule=PROBE).state is UP
    assert after(UP, SLOW, DOWN, DOWN, rule=PROBE).state is SLOW
    assert after(DOWN, DOWN, rule=PROBE).state is State.UNKNOWN
    assert after(UP, *[DOWN] * 3, UP, rule=PROBE).state is DOWN
    assert after(UP, *[DOWN] * 3, UP, UP, rule=PROBE).state is UP


def test_not_knowing_shows_at_once_and_ends_with_good_news_at_once() -> None:
    for rule in (OFFICIAL, PROBE):
        assert after(UP, State.UNKNOWN, rule=rule).state is State.UNKNOWN
        assert after(UP, State.UNKNOWN, UP, rule=rule).state is UP


def test_since_is_when_the_shown_state_began() -> None:
    assert after(UP, UP, DOWN, UP, DOWN).since == NOW + timedelta(minutes=2)


def test_readings_that_said_more_count_for_the_next_step() -> None:
    degraded, outage = State.DEGRADED, State.MAJOR_OUTAGE
    assert after(UP, degraded, outage, outage, rule=PROBE).state is degraded
    assert after(UP, degraded, outage, outage, outage, rule=PROBE).state is outage


@settings(max_examples=2_000)
@given(st.lists(STATES, min_size=1, max_size=12), st.sampled_from([OFFICIAL, PROBE]))
def test_green_is_never_shown_while_the_last_reading_is_worse_and_believed(
    states: list[State], rule: Hysteresis
) -> None:
    standing = after(*states, rule=rule)
    assert 0 <= standing.streak < max(rule.to_open, rule.to_close)
    if standing.state is UP and states[-1] is not UP:
        assert rule is PROBE
        assert states[-1] is not State.UNKNOWN
    if len(states) >= 3 and len(set(states[-3:])) == 1:
        assert standing.state is states[-1]


@pytest.mark.parametrize(
    ("minutes", "interval", "expected"),
    [(0, 120, Freshness.FRESH), (15, 120, Freshness.FRESH), (16, 120, Freshness.DIMMED),
     (40, 900, Freshness.FRESH), (46, 900, Freshness.DIMMED), (120, 120, Freshness.DIMMED),
     (121, 120, Freshness.LOST), (-60, 120, Freshness.DIMMED)],
)  # fmt: skip
def test_freshness(minutes: int, interval: int, expected: Freshness) -> None:
    assert freshness(NOW - timedelta(minutes=minutes), NOW, interval) is expected


def test_what_was_never_read_or_is_too_old_is_unknown() -> None:
    assert freshness(None, NOW, 60) is Freshness.LOST
    assert shown(UP, Freshness.LOST) is State.UNKNOWN
    assert shown(UP, Freshness.DIMMED) is UP


def tries(*said: tuple[int, str | None]) -> list[Try]:
    """Minutes ago, and how each went."""
    return [Try(NOW - timedelta(minutes=minutes), failure) for minutes, failure in said]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([(0, "offline"), (0, "dns"), (1, "timeout")], "offline"),
        ([(0, "untrusted"), (3, "untrusted"), (5, None)], "untrusted"),
        ([(0, "reset"), (0, "reset")], "reset"),
        ([(0, "html"), (0, "portal")], "portal"),
        ([(0, "offline"), (0, None)], ""),
        ([(2, "timeout"), (0, "timeout"), (1, None)], ""),
        ([(0, "timeout"), (14, "timeout"), (3, None)], ""),
        ([(0, "timeout"), (0, "untrusted")], ""),
        ([(0, "offline")], ""),
        ([], ""),
        ([(0, "server"), (0, "server")], ""),
        ([(0, "timeout"), (45, "timeout")], ""),
    ],
)
def test_like_failures_with_no_answer_since_are_our_own_connection(
    said: list[tuple[int, str | None]], expected: str
) -> None:
    assert our_connection(tries(*said), NOW) == expected


def test_an_absent_incident_closes_at_its_second_absence_and_dates_from_the_first() -> None:
    once, closes = absent(IncidentAbsence(), NOW)
    assert not closes
    twice, closes = absent(once, NOW + timedelta(minutes=2))
    assert closes
    assert twice.since == NOW
