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
    watched,
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


@settings(max_examples=300)
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


QUIET, WORK, UNSEEN = State.QUIET, State.MAINTENANCE, State.UNKNOWN
FROM_FINE_TO_WORST = (UP, QUIET, WORK, UNSEEN, SLOW, PARTIAL, DOWN)


def test_of_two_states_the_one_further_on_is_worse_and_only_known_ones_are_milder() -> None:
    for n, one in enumerate(FROM_FINE_TO_WORST):
        for m, other in enumerate(FROM_FINE_TO_WORST):
            assert worst([one, other]) is FROM_FINE_TO_WORST[max(n, m)]
            assert better(one, other) is (n < m and UNSEEN not in (one, other)), (one, other)
    assert worst([]) is UNSEEN


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (("  paie ",), ["Paie"]), (("ID-CONGES",), ["Congés"]), (("id-congés", "rh"), ["Paie", "Congés"]), (("",), []),
        ((), []), (("Congés", "absent"), ["Congés"]),
    ],
)  # fmt: skip
def test_a_component_is_watched_by_its_id_its_name_or_its_group(
    wanted: tuple[str, ...], names: list[str]
) -> None:
    page = StatusReading(
        state=UP,
        components=(
            Component(id="1", name="Paie", state=UP, group="RH"),
            Component(id="id-congés", name="Congés", state=UP),
        ),
    )
    assert [each.name for each in watched(page, wanted)] == names
    assert missing(page, (" absent ", "PAIE", "rh", "1")) == (" absent ",)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (StatusReading(state=UP, exhaustive=False), UP),
        (StatusReading(state=QUIET, exhaustive=False), QUIET),
        (StatusReading(state=SLOW, exhaustive=False), UNSEEN),
        (StatusReading(state=WORK, exhaustive=False), UNSEEN),
        (StatusReading(state=SLOW, exhaustive=False, components=(component("Autre", SLOW),)), UP),
        (StatusReading(state=UNSEEN, exhaustive=False, components=(component("Autre"),)), UNSEEN),
        (StatusReading(state=UP, exhaustive=False, complete=False), UNSEEN),
        (StatusReading(state=UP), UNSEEN),
        (StatusReading(state=UP, components=(component("Autre"),)), UNSEEN),
    ],
)
def test_what_is_watched_and_not_named_is_fine_only_where_every_trouble_is_named_and_none_was_lost(
    reading: StatusReading, expected: State
) -> None:
    assert provider_state(reading, ("Paie",)) is expected


@pytest.mark.parametrize(
    ("incident", "whole", "of_paie"),
    [
        (Incident(key="1", title="x", impact=DOWN), SLOW, SLOW),
        (Incident(key="1", title="x", impact=UP), SLOW, SLOW),
        (Incident(key="1", title="x", impact=UNSEEN), UNSEEN, UNSEEN),
        (Incident(key="1", title="x", impact=WORK), UP, UP),
        (Incident(key="1", title="x", impact=DOWN, phase="resolved"), UP, UP),
        (Incident(key="1", title="x", impact=DOWN, phase="monitoring"), SLOW, SLOW),
        (Incident(key="1", title="x", impact=DOWN, phase="scheduled"), SLOW, SLOW),
        (Incident(key="1", title="x", impact=DOWN, components=("id-Congés",)), SLOW, UP),
        (Incident(key="1", title="x", impact=DOWN, components=("id-Congés", "PAIE")), SLOW, SLOW),
        (Incident(key="1", title="x", impact=DOWN, components=("rh",)), SLOW, SLOW),
        (Incident(key="1", title="x", impact=DOWN, components=("id-paie",)), SLOW, SLOW),
    ],
)
def test_an_open_incident_slows_what_it_names_or_all_where_it_names_nothing(
    incident: Incident, whole: State, of_paie: State
) -> None:
    page = StatusReading(
        state=UP, components=(component("Paie", group="RH"), component("Congés")), incidents=(incident,)
    )
    assert provider_state(page) is whole
    assert provider_state(page, ("Paie",)) is of_paie


def test_an_incident_is_told_of_a_watched_name_that_the_page_does_not_list() -> None:
    about = Incident(key="1", title="x", impact=DOWN, components=("Paie",))
    assert provider_state(StatusReading(state=UP, exhaustive=False, incidents=(about,)), (" paie",)) is SLOW
    planned = Maintenance(key="m", title="x", phase="in_progress", components=("Paie",))
    page = StatusReading(
        state=UP, components=(component("Paie"), component("Congés")), maintenances=(planned,)
    )
    assert [provider_state(page, (name,)) for name in ("Paie", "Congés")] == [WORK, UP]


def told(standing: ProviderStanding) -> str:
    """State, minute since when; then, where readings contradict it, how many and the nearest; the run of the last."""
    since = (standing.since - NOW) // timedelta(minutes=1)
    against = f" {standing.streak}x{standing.nearest}" if standing.nearest or standing.streak else ""
    return f"{standing.state} {since}{against} ({standing.run} {standing.last})"


@pytest.mark.parametrize(
    ("rule", "reported", "standing"),
    [
        (OFFICIAL, [UP], "operational 0 (1 operational)"),
        (OFFICIAL, [UP, UP], "operational 0 (2 operational)"),
        (OFFICIAL, [QUIET], "nothing_published 0 (1 nothing_published)"),
        (OFFICIAL, [UNSEEN, UNSEEN], "unknown 0 (2 unknown)"),
        (OFFICIAL, [DOWN], "major_outage 0 (1 major_outage)"),
        (OFFICIAL, [UP, UNSEEN], "unknown 1 (1 unknown)"),
        (OFFICIAL, [UP, DOWN, UP], "major_outage 1 1xoperational (1 operational)"),
        (OFFICIAL, [UP, DOWN, UP, UP], "operational 3 (2 operational)"),
        (OFFICIAL, [UP, DOWN, UP, DOWN], "major_outage 1 (1 major_outage)"),
        (OFFICIAL, [UP, DOWN, UP, UNSEEN, UP], "operational 4 (1 operational)"),
        # Of two milder readings in a row the nearer one is taken; the other counts for the next step.
        (OFFICIAL, [DOWN, SLOW, UP], "degraded 2 1xoperational (1 operational)"),
        (OFFICIAL, [DOWN, UP, SLOW], "degraded 2 (1 degraded)"),
        (OFFICIAL, [DOWN, SLOW, UP, UP], "operational 3 (2 operational)"),
        (OFFICIAL, [DOWN, PARTIAL, SLOW, UP], "degraded 3 1xoperational (1 operational)"),
        (PROBE, [DOWN], "unknown 0 1xmajor_outage (1 major_outage)"),
        (PROBE, [DOWN, DOWN, DOWN], "major_outage 2 (3 major_outage)"),
        (PROBE, [UP, DOWN, DOWN], "operational 0 2xmajor_outage (2 major_outage)"),
        (PROBE, [UP, DOWN, SLOW], "operational 0 2xdegraded (1 degraded)"),
        (PROBE, [UP, SLOW, DOWN], "operational 0 2xdegraded (1 major_outage)"),
        (PROBE, [UP, SLOW, DOWN, DOWN], "degraded 3 2xmajor_outage (2 major_outage)"),
        (PROBE, [UP, DOWN, DOWN, SLOW], "degraded 3 (1 degraded)"),
        # A turn to the other side begins the count anew.
        (PROBE, [*[SLOW] * 3, DOWN, DOWN, UP], "degraded 2 1xoperational (1 operational)"),
        (PROBE, [*[SLOW] * 3, UP, DOWN], "degraded 2 1xmajor_outage (1 major_outage)"),
    ],
)  # fmt: skip
def test_what_stands_after_each_row_of_readings(
    rule: Hysteresis, reported: list[State], standing: str
) -> None:
    assert told(after(*reported, rule=rule)) == standing


def test_an_incident_stays_absent_and_dates_from_its_first_absence() -> None:
    counted = IncidentAbsence()
    closes = []
    for minute in range(3):
        counted, over = absent(counted, NOW + timedelta(minutes=minute))
        closes.append((counted.times, over))
        assert counted.since == NOW
    assert closes == [(1, False), (2, True), (3, True)]


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("age", "interval_s", "expected"),
    [
        (timedelta(minutes=15), 300, Freshness.FRESH), (timedelta(minutes=15) + SECOND, 300, Freshness.DIMMED),
        (timedelta(minutes=15) + SECOND, 301, Freshness.FRESH), (timedelta(seconds=904), 301, Freshness.DIMMED),
        (timedelta(hours=2), 300, Freshness.DIMMED), (timedelta(hours=2), 7_200, Freshness.FRESH),
        (timedelta(hours=2) + SECOND, 7_200, Freshness.LOST),
        (-timedelta(minutes=15), 300, Freshness.FRESH), (-timedelta(minutes=15) - SECOND, 300, Freshness.DIMMED),
        (-timedelta(hours=3), 300, Freshness.DIMMED),
    ],
)  # fmt: skip
def test_a_state_is_dimmed_after_three_intervals_and_a_quarter_of_an_hour_and_lost_after_two_hours(
    age: timedelta, interval_s: float, expected: Freshness
) -> None:
    assert freshness(NOW - age, NOW, interval_s) is expected


def at(ago: timedelta, failure: str | None = None) -> Try:
    return Try(NOW - ago, failure)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([at(timedelta(minutes=20), "dns"), at(timedelta(minutes=20), "timeout")], "offline"),
        ([at(timedelta(minutes=20) + SECOND, "dns"), at(SECOND, "timeout")], ""),
        ([at(SECOND, "dns"), at(SECOND, "dns"), at(2 * SECOND)], "offline"),
        ([at(SECOND, "dns"), at(SECOND, "dns"), at(SECOND)], ""),
        ([at(3 * SECOND, "dns"), at(SECOND, "dns"), at(2 * SECOND)], ""),
        ([at(SECOND, "dns"), at(SECOND, "server")], ""),
        ([at(SECOND, "dns"), at(SECOND, "dns"), at(SECOND, "html")], ""),
        ([at(SECOND, "dns"), at(SECOND, "dns"), at(timedelta(minutes=21), "html")], "offline"),
        ([at(SECOND), at(SECOND)], ""),
    ],
)
def test_our_connection_is_judged_by_the_tries_of_twenty_minutes(said: list[Try], expected: str) -> None:
    assert our_connection(said, NOW) == expected
    assert our_connection(reversed(said), NOW) == expected
