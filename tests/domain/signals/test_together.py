"""S5 to S7, S13, S18, S20, S22, S26, S27: how people work together. Golden cases worked by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.organisation import quality
from cockpit.domain.registers.approval import Approval
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.feedback import Feedback
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.statement import Statement
from cockpit.domain.settings import Limits
from cockpit.domain.signals.facts import Deed, Facts
from cockpit.domain.signals.formulas.organisation import grey_zones
from cockpit.domain.signals.formulas.together import (
    feedback,
    initiative,
    involvement,
    outside_alerts,
    silos,
    teams,
)
from cockpit.domain.signals.formulas.work import (
    arbitration,
    priorities,
    promises_kept,
    recurrence,
    reporting,
)
from cockpit.domain.signals.score import SignalState
from cockpit.domain.signals.statistics import short_of
from tests.domain.signals.given import END, ago, facts
from tests.domain.signals.test_work import one

TEAM = tuple(Person(code=f"PE-{n}", name=name) for n, name in enumerate(("Ana", "Ben", "Cy"), 1))
CHIEF = frozenset({"Claire", "PE-9"})


def entry(days: float, by: str = "Ana", **after: object) -> Deed:
    return Deed(at=ago(days), by=by, action="blocker.add", register="blocker", code="B-1", before={},
                after={"title": "x", **after}, is_new=True)  # fmt: skip


def of_team(recent: int, earlier: int, *more: Deed) -> Facts:
    deeds = [entry(29 + n % 50) for n in range(earlier)] + [entry(1 + n % 20) for n in range(recent)]
    others = [entry(5, by="Claire"), entry(5, origin="RO-1")]
    deeds = sorted([*deeds, *more], key=lambda deed: deed.at)
    return facts(*TEAM, Person(code="PE-9", name="Claire"), deeds=[*deeds, *others], is_team_told=True,
                 since=ago(200), chief=CHIEF)  # fmt: skip


def test_nothing_of_teams_is_measured_before_they_were_told() -> None:
    for signal in (initiative, silos, involvement):
        assert one(signal.measure(facts(*TEAM))).proof.missing == "told"


def test_two_entries_in_four_weeks_after_twenty_in_eight_are_less_initiative() -> None:
    found = one(initiative.measure(of_team(2, 20)))
    # (2 / 4) / (20 / 8) = 0.2, and P(X <= 2; 22, 1/3) = 0.0093.
    assert (found.value, found.state, found.n) == (0.2, SignalState.WATCH, 22)
    assert found.proof.figures["chance"] == pytest.approx(0.0093, abs=0.001)
    assert found.proof.rows == (), "no entry is shown: it would be somebody's"
    assert one(initiative.measure(of_team(8, 20))).state is SignalState.CALM
    changed = Deed(ago(5), "Ana", "blocker.edit", "blocker", "B-1", {"title": "x"}, {"title": "y"})
    assert one(initiative.measure(of_team(8, 20, changed))).n == 28, "who changes a record enters none"
    assert one(initiative.measure(of_team(3, 15))).proof.missing == "few"


def test_two_people_are_no_team_and_neither_are_the_chief_executive_nor_the_assistant() -> None:
    staff = (
        *TEAM[:2],
        Person(code="PE-9", name="Claire"),
        Person(code="PE-4", name="Sophie", role="Assistante"),
    )
    assert one(initiative.measure(facts(*staff, is_team_told=True, chief=CHIEF))).proof.missing == "team"
    left = Person(code="PE-3", name="Cy", ends_on=date(2026, 11, 1))
    assert teams.teams(facts(*TEAM[:2], left)) == {}
    external = Person(code="PE-3", name="Cy", kind="external")
    assert teams.teams(facts(*TEAM[:2], external)) == {}
    process = Process(
        code="PS-1", name="a", function="FN-1", accountable="PE-1", responsible=("PE-2", "PE-3")
    )
    assert set(teams.teams(facts(*TEAM, process))) == {"", "FN-1"}


def interfaces(dead: int, alive: int) -> list[Interface]:
    last = {True: date(2026, 11, 8), False: date(2026, 11, 9)}
    return [
        Interface(
            code=f"IF-{n}", name="a", source="FN-1", target="PR-1", cadence_days=7, last_on=last[n < dead]
        )
        for n in range(dead + alive)
    ]


def test_three_dead_interfaces_of_ten_are_watched_and_a_hub_controlled() -> None:
    told = {"is_team_told": True, "chief": CHIEF}
    found = one(silos.measure(facts(*TEAM, *interfaces(3, 7), **told)))
    assert (found.value, found.state) == (30.0, SignalState.WATCH)
    assert one(silos.measure(facts(*TEAM, *interfaces(2, 8), **told))).state is SignalState.CALM
    mine = [Priority(code=f"P-{n}", title="a", owner="PE-9" if n < 6 else "PE-1") for n in range(10)]
    worse = one(silos.measure(facts(*TEAM, *interfaces(3, 7), *mine, **told)))
    assert (worse.proof.figures["hub"], worse.state) == (60, SignalState.CONTROL)


def test_a_team_that_turns_inward_is_seen_by_the_fall_of_its_index() -> None:
    process = Process(
        code="PS-1", name="a", function="FN-1", accountable="PE-1", responsible=("PE-2", "PE-3")
    )
    before = [entry(40, function="FN-1", waiting_on='["PR-1"]') for _n in range(8)]
    before += [entry(40, function="FN-1", waiting_on='["PE-1"]') for _n in range(2)]
    now = [entry(5, function="FN-1", waiting_on='["PR-1"]') for _n in range(5)]
    now += [entry(5, function="FN-1", waiting_on='["PE-1"]') for _n in range(5)]
    known = facts(*TEAM, Function(code="FN-1", name="a"), process, deeds=[*before, *now], is_team_told=True)
    (found,) = [each for each in silos.measure(known) if each.subject == "FN-1"]
    # Before (8 - 2) / 10 = 0.6, now (5 - 5) / 10 = 0: a fall of 60 points.
    assert (found.value, found.state) == (60.0, SignalState.WATCH)


def meeting(
    n: int, present: int, invited: int = 6, roti: tuple[int, int] = (0, 0)
) -> list[Occurrence | Attendance]:
    held = Occurrence(code=f"RO-{n}", ritual="RT-1", planned_at=ago(days=100 - n), status="held",
                      roti=json.dumps({"roti": roti}))  # fmt: skip
    seats = [
        Attendance(code=f"AT-{n}-{who}", occurrence=held.code, person=f"PE-{who}", present=who < present)
        for who in range(invited)
    ]
    return [held, *seats]


def of_ritual(*meetings: list[Occurrence | Attendance]) -> Facts:
    records = [record for each in meetings for record in each]
    return facts(
        Ritual(code="RT-1", name="Kick-off", kind="kickoff", rule="mon"), *records, is_team_told=True
    )


def test_seventeen_of_twenty_four_invited_are_less_than_three_quarters() -> None:
    found = one(involvement.measure(of_ritual(*(meeting(n, (4, 4, 4, 5)[n]) for n in range(4)))))
    assert (found.value, found.n, found.state) == (70.83, 24, SignalState.WATCH)
    # 0.4 x 17/24 + 0.2 x 17/24, no agenda, nothing brought.
    assert found.proof.figures["index"] == pytest.approx(0.43, abs=0.01)
    assert one(involvement.measure(of_ritual(*(meeting(n, 5) for n in range(4))))).state is SignalState.CALM
    few = one(involvement.measure(of_ritual(*(meeting(n, 4, 5) for n in range(4)))))
    assert few.proof.missing == "few"
    bored = one(involvement.measure(of_ritual(*(meeting(n, 6, roti=(4, 2)) for n in range(4)))))
    assert (bored.proof.figures["roti"], bored.state) == (2.0, SignalState.WATCH)


def test_a_meeting_in_which_nobody_was_marked_is_one_where_attendance_was_not_taken() -> None:
    assert involvement.meetings(of_ritual(meeting(1, 0)), Ritual(code="RT-1", name="a", rule="mon")) == []


@given(st.text(max_size=40))
def test_votes_that_cannot_be_read_are_no_votes(stored: str) -> None:
    assert all(len(pair) == 2 for pair in quality.tally(stored).values())


def asked(n: int, hours: float, *, late: bool, ended: bool = True) -> Escalation:
    at = ago(days=10, hours=-10)  # A Friday, 10:00.
    end = at + timedelta(hours=hours)
    return Escalation(
        code=f"ES-{n}", question="a", blocker=f"B-{n}", asked_at=at, decision="D-1" if ended else "",
        ended_at=end if ended else None, answer_by=end - timedelta(hours=1) if late else end,
    )  # fmt: skip


def test_three_of_five_decided_in_time_are_under_four_fifths() -> None:
    kept = [asked(n, 2, late=False) for n in range(3)]
    late = [asked(4, 2, late=True), asked(5, 1, late=True, ended=False)]
    found = one(arbitration.measure(facts(*kept, *late)))
    assert (found.value, found.n, found.state) == (60.0, 5, SignalState.WATCH)
    # Decided from 10:00 to 12:00: two business hours.
    assert found.proof.figures["median"] == 2.0
    assert [row.code for row in found.proof.rows] == ["B-5", "B-4", "B-0", "B-1", "B-2"], (
        "what is late first, the longest before"
    )
    # Nine of the ten took a quarter to nine quarters of an hour, and five or six of them what is around 1.375.
    figures = one(
        arbitration.measure(facts(*(asked(n, n / 4, late=False) for n in range(1, 11))))
    ).proof.figures
    assert (figures["p90"], figures["median"]) == (2.2, 1.4)
    assert one(arbitration.measure(facts(*kept))).proof.missing == "few"


def test_approvals_count_with_escalations_and_what_passed_to_the_deputy_is_late() -> None:
    at = ago(days=10, hours=-10)
    made = [
        Approval(
            code=f"AP-{n}", title="a", submitted_at=at, closed_at=at + timedelta(hours=2), state="approved",
            answer_by=at + timedelta(hours=3), passed_at=at if n == 1 else None,
        )
        for n in range(4)
    ]  # fmt: skip
    withdrawn = Approval(code="AP-9", title="a", submitted_at=at, closed_at=at, state="withdrawn")
    found = one(arbitration.measure(facts(*made, withdrawn, asked(1, 2, late=False))))
    assert (found.value, found.n) == (80.0, 5)


def promise(n: int, state: str, provider: str = "PR-1") -> Clock:
    return Clock(code=f"CK-{n}", title="a", blocker=f"B-{n}", provider=provider, state=state, ended_at=ago(n + 1),
                 overrun_s=3600 if state == "breached" else 0)  # fmt: skip


def test_two_broken_of_eighteen_are_fewer_than_promised_and_may_be_chance() -> None:
    clocks = [Clock(code=f"CK-{n}", title="a", provider="PR-1", ended_at=ago(days=n),
                    state="met" if n >= 2 else "breached") for n in range(18)]  # fmt: skip
    company, _provider = list(promises_kept.measure(facts(*clocks)))
    # 16 of 18 are 88 %; 16.2 were to be kept, give or take 1.27: z is 0.16.
    assert (company.value, company.state) == (88, SignalState.CALM)
    assert company.proof.figures["sure"] == 0.16


def test_what_is_just_as_sure_as_it_must_be_counts() -> None:
    clocks = [promise(n, "breached" if n < 2 else "met") for n in range(10)]
    late = [asked(n, 2, late=n < 2) for n in range(5)]
    reports = [Report(code=f"ER-{n}", name="a", source="PR-1", due=date(2026, 11, 1)) for n in range(3)]
    cases = [Blocker(code=f"B-{n}", title="a", owner="PE-1" if n else "") for n in range(6)]
    for signal, name, records, sure in (
        (promises_kept, "s18_sure", clocks, short_of(8, 10, 0.9)),
        (arbitration, "s13_sure", late, short_of(3, 5, 0.8)),
        (reporting, "s8_sure", reports, short_of(0, 3, 0.9)),
        (grey_zones, "s3_sure", cases, short_of(5, 6, 1 - 15 / 100)),
    ):
        for least, is_raised in ((sure, True), (sure + 0.001, False)):
            limits = Limits(**{name: least})  # type: ignore[arg-type]
            company = next(iter(signal.measure(facts(*records, limits=limits))))
            assert (company.state >= SignalState.WATCH) is is_raised, (name, least)


def test_eight_of_ten_promises_kept_are_watched_for_all_and_for_the_provider() -> None:
    clocks = [promise(n, "breached" if n < 2 else "met") for n in range(10)]
    company, provider = list(promises_kept.measure(facts(*clocks)))
    assert (company.subject, company.value, company.state) == ("", 80, SignalState.WATCH)
    assert (provider.subject, provider.value) == ("PR-1", 80)
    assert [row.code for row in provider.proof.rows] == ["B-0", "B-1"]
    late = Clock(code="CK-50", title="a", provider="PR-1", until=ago(1), due=ago(1))
    assert promises_kept.judged_of(facts(late)) == {"PR-1": [late]}


def case(n: int, title: str, days: float = 10, **more: object) -> Blocker:
    return Blocker(code=f"B-{n}", title=title, function="FN-1", since=ago(days), **more)  # type: ignore[arg-type]


def test_a_case_that_came_three_times_in_two_months_is_a_recurrence() -> None:
    cases = [case(1, "VPN down again"), case(2, "VPN down"), case(3, "The VPN is down"), case(4, "Printer")]
    found = one(recurrence.measure(facts(*cases)))
    assert (found.value, found.state, found.n) == (3, SignalState.WATCH, 4)
    old = [case(1, "VPN down", 61), case(2, "VPN down", 3)]
    assert list(recurrence.measure(facts(*old))) == [], "one of them is too long ago"


def test_only_what_opens_a_case_again_within_the_days_looked_at_counts() -> None:
    def deed(days: float, closed_before: str | None, register: str = "blocker") -> Deed:
        return Deed(at=ago(days), by="Ana", action="undo", register=register, code="B-1",
                    before={"closed_at": closed_before}, after={"closed_at": None})  # fmt: skip

    deeds = [deed(61, "2026-09-01"), deed(3, None), deed(3, "2026-11-01", "priority")]
    assert list(recurrence.measure(facts(case(1, "VPN down"), deeds=deeds))) == []


def test_a_reopened_case_counts_each_time_it_came_back() -> None:
    def reopened(days: float) -> Deed:
        return Deed(at=ago(days), by="Ana", action="undo", register="blocker", code="B-1",
                    before={"closed_at": "2026-10-01"}, after={"closed_at": None})  # fmt: skip

    found = one(recurrence.measure(facts(case(1, "VPN", 90), deeds=[reopened(9), reopened(2)])))
    assert (found.value, found.state) == (3, SignalState.WATCH)
    assert [row.code for row in found.proof.rows] == ["B-1"]


def pick(n: int, days: float, *, on: bool = True) -> Deed:
    day = ago(days).date().isoformat()
    before: dict[str, str | None] = {} if on else {"day": day}
    after: dict[str, str | None] = {"day": day if on else None}
    return Deed(at=ago(days), by="Claire", action="priority.pick" if on else "priority.unpick", register="priority",
                code=f"P-{n}", before=before, after=after)  # fmt: skip


def test_five_of_ten_priorities_taken_off_the_same_day_are_unstable() -> None:
    deeds = [pick(n, 5) for n in range(10)] + [pick(n, 5, on=False) for n in range(5)]
    found = one(priorities.measure(facts(deeds=deeds)))
    assert (found.value, found.state) == (50.0, SignalState.WATCH)
    urgent = [Priority(code=f"P-{n}", title="a", severity="p1") for n in range(4)]
    assert one(priorities.measure(facts(*urgent, deeds=deeds))).state is SignalState.CONTROL
    assert one(priorities.measure(facts(deeds=deeds[:9]))).proof.missing == "few"


def marked(n: int, inward: tuple[int, int], outward: tuple[int, int]) -> Occurrence:
    return Occurrence(code=f"RO-{n}", ritual="RT-1", planned_at=ago(days=30 - n), status="held",
                      roti=json.dumps({"inward": inward, "outward": outward}))  # fmt: skip


def test_the_lower_side_of_the_last_five_meetings_is_what_counts() -> None:
    ritual = Ritual(code="RT-1", name="a", rule="mon")
    found = one(feedback.measure(facts(ritual, marked(1, (8, 2), (4, 2)), marked(2, (5, 1), (3, 1)))))
    # Outside 13 / 3, inside 7 / 3: the lower is 2.3, and the gap 2.0 is too wide.
    assert (found.value, found.n, found.state) == (2.33, 6, SignalState.CONTROL)
    assert found.proof.figures == {"inside": 2.3, "outside": 4.3, "gap": 2.0}
    assert one(feedback.measure(facts(ritual, marked(1, (4, 1), (0, 0))))).proof.missing == "few"
    assert one(feedback.measure(facts())).proof.missing == "meetings"


def word(n: int, side: str, mark: int, interface: str = "IF-1") -> Feedback:
    return Feedback(
        code=f"FB-{n}", interface=interface, side=side, mark=mark, given_on=(END - timedelta(days=n)).date()
    )


def test_the_quality_of_an_interface_is_the_providers_and_a_meeting_of_its_own_counts() -> None:
    known = [
        Provider(code="PR-1", name="a"), Provider(code="PR-2", name="b"), Ritual(code="RT-1", name="a", rule="mon"),
        Interface(code="IF-1", name="a", source="FN-1", target="PR-1", ritual="RT-1"),
        Interface(code="IF-2", name="b", source="FN-1", target="PR-2"),
    ]  # fmt: skip
    given = [word(1, "inside", 2), word(2, "inside", 4), word(3, "outside", 5)]
    by_subject = {
        each.subject: each for each in feedback.measure(facts(*known, *given, marked(1, (8, 2), (4, 2))))
    }
    found = by_subject["PR-1"]
    # Inside (2 + 4 + 4) / 4 = 2.5; outside (5 + 8) / 3 = 4.33: too low, and too far apart.
    assert (found.value, found.n, found.state) == (2.5, 7, SignalState.CONTROL)
    assert found.proof.figures == {"inside": 2.5, "outside": 4.3, "gap": 1.8}
    assert [(row.code, row.value) for row in found.proof.rows] == [
        ("FB-1", 2),
        ("FB-2", 4),
        ("FB-3", 5),
        ("RO-1", 2.0),
    ]
    assert by_subject["PR-2"].proof.missing == "none"
    assert by_subject[""].proof.missing == "meetings"


def said(n: int, days: float, sorted_after: float | None) -> Statement:
    came = ago(days)
    closed = came + timedelta(days=sorted_after) if sorted_after is not None else None
    return Statement(code=f"IN-{n}", title="a", sender="InfoSud", created_at=came, closed_at=closed,
                     triage="new" if closed is None else "refused")  # fmt: skip


def test_statements_that_wait_more_than_a_day_are_watched() -> None:
    found = one(outside_alerts.measure(facts(said(1, 20, 0.5), said(2, 10, 2), said(3, 4, None))))
    assert (found.value, found.state) == (2.0, SignalState.WATCH)
    assert [(row.code, row.value) for row in found.proof.rows] == [("IN-3", 4.0), ("IN-2", 2.0)]
    assert one(outside_alerts.measure(facts(said(1, 20, 0.5)))).proof.missing == "few"


def test_two_broken_promises_without_a_word_are_a_doubtful_silence() -> None:
    broken = [promise(n, "breached") for n in range(2)]
    quiet = Provider(code="PR-1", name="Paie+")
    found = one(outside_alerts.measure(facts(quiet, *broken)))
    assert (found.state, found.proof.rows[0].why) == (SignalState.WATCH, "silent")
    warned = Statement(code="IN-1", title="a", sender="Paie+ support", created_at=END - timedelta(days=3),
                       closed_at=END - timedelta(days=3))  # fmt: skip
    assert one(outside_alerts.measure(facts(quiet, *broken, warned))).proof.missing == "few"
