"""What needs somebody now: each rule on rows that raise it and on rows that do not; taken up, muted, over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cockpit.domain.alerts.alerts import BUDGET, Alert, AlertLevel, in_quiet_hours, together
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.clock import Clock
from cockpit.domain.settings import InboxSettings
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.alerts import day_rules, gather, promise_rules, provider_rules, rows
from cockpit.services.alerts.endings import is_over
from cockpit.services.boards import brief
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import ways_in
from cockpit.services.promises import kept
from cockpit.services.promises import rows as promises_rows
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.upkeep.housekeeping import tidy
from cockpit.services.work import capture, entry, escalation, moves
from cockpit.store.outside import outbox
from cockpit.store.outside.sources import ProviderRow, SourceState
from tests.conftest import MONDAY, TickingClock


def add(workspace: Workspace, line: str, kind: str = "blocker") -> str:
    return capture.save(workspace, kind, entry.understand(workspace, line))


def raised(workspace: Workspace) -> dict[str, Alert]:
    return {each.kind: each for each in board(workspace).alerts.loud}


def kinds(workspace: Workspace) -> set[str]:
    return set(raised(workspace))


def person(workspace: Workspace, days: int) -> None:
    gone = workspace.today() + timedelta(days=days)
    workspace.add(REGISTERS["person"], {"name": "Julie", "ends_on": gone})


def contract(workspace: Workspace, **values: object) -> str:
    provider = workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    return workspace.add(REGISTERS["contract"], {"name": "Payroll", "provider": provider} | values)  # type: ignore[arg-type]


RAISES: dict[str, tuple[Callable[[Workspace], object], Callable[[Workspace], object]]] = {
    "no_next_step": (lambda w: add(w, "VPN p1"), lambda w: add(w, "VPN p1 next:call")),
    "old": (
        lambda w: add(w, "VPN p2 next:call since:1/11"),
        lambda w: add(w, "VPN p3 next:call since:1/11"),
    ),
    "revoke": (lambda w: person(w, 0), lambda w: person(w, 1)),
    "certificate": (
        lambda w: contract(w, vigilance_expiry=date(2026, 12, 23)),
        lambda w: contract(w, vigilance_expiry=date(2026, 12, 24)),
    ),
    "undelivered": (
        lambda w: outbox.put(
            w.conn, "team", "a", {"title": "x"}, "2026-11-23T08:00:00+00:00", state="failed"
        ),
        lambda w: outbox.put(w.conn, "team", "b", {"title": "x"}, "2026-11-23T08:00:00+00:00", state="sent"),
    ),
}


@pytest.mark.parametrize("kind", RAISES)
def test_each_rule_is_raised_by_what_it_names_and_by_nothing_else(workspace: Workspace, kind: str) -> None:
    guilty, innocent = RAISES[kind]
    innocent(workspace)
    assert kind not in kinds(workspace)
    guilty(workspace)
    assert kind in kinds(workspace)


def test_a_blocker_past_its_date_is_one_line_with_what_else_is_wrong_with_it(
    workspace: Workspace, clock: TickingClock
) -> None:
    chairs = add(workspace, "Chairs p3 due:today @Sophie")
    add(workspace, "VPN p1 due:today 12h @InfoSud sla:4ho")
    add(workspace, "Bank p1 due:today 12h @InfoSud sla:12ho")
    put_off = add(workspace, "Lease p2 due:today next:call")
    moves.snooze(workspace, put_off, clock.at + timedelta(days=3))
    assert "past_due" not in kinds(workspace)
    clock.forward(days=1)
    found = board(workspace).alerts.loud
    assert [(each.level, each.line()) for each in found] == [
        (AlertLevel.RED, "Past its date: Bank · SLA 50 % used"), (AlertLevel.RED, "SLA passed: VPN"),
        (AlertLevel.ORANGE, "Past its date: Chairs"),
    ]  # fmt: skip
    assert found[2].next({}, "Claire") == "Claire: ask Sophie (l), solve it (x) or put it off (r)"
    moves.done(workspace, [chairs])
    clock.forward(days=3)
    assert "Past its date by 4 days: Lease" in [each.text() for each in board(workspace).alerts.loud]


def test_nobody_is_told_to_ask_themselves_where_nobody_else_is_named(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "Chairs p3 due:today")
    clock.forward(days=2)
    found = raised(workspace)["past_due"]
    assert "ask" not in found.next({}, "Claire")


def test_many_blockers_past_their_date_are_one_line(workspace: Workspace, clock: TickingClock) -> None:
    for n in range(5):
        add(workspace, f"Number {n} p3 due:today next:call")
    clock.forward(days=1)
    (alert,) = board(workspace).alerts.loud
    assert alert.line() == "5 blockers are past their date"


def test_a_priority_carried_three_times_asks_for_a_choice(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "Sign the lease", "priority")
    for day in range(4):
        assert ("carried" in kinds(workspace)) is (day >= 3), "before it is chosen once more"
        moves.pick(workspace, code)
        clock.forward(days=1)
    assert "carried 4 times" in raised(workspace)["carried"].text()


def test_thresholds_are_each_worse_than_the_one_before_and_a_breach_is_the_worst(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "VPN down @InfoSud sla:4ho p1")
    seen = []
    for _third in range(20):
        alert = next((a for a in board(workspace).alerts.loud if a.kind.startswith("sla")), None)
        if alert is not None and (alert.kind, alert.key, alert.weight) not in seen:
            seen.append((alert.kind, alert.key, alert.weight))
        clock.forward(minutes=20)
    assert [kind for kind, _key, _weight in seen] == [*["sla_at_risk"] * 3, "sla_breached"]
    assert len({key for _kind, key, _weight in seen}) == 1
    assert [weight for _kind, _key, weight in seen] == sorted(weight for _kind, _key, weight in seen)


def test_an_alert_says_who_does_what_next(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "VPN down @InfoSud sla:4ho p1 owner:Sophie")
    clock.forward(hours=3, minutes=45)
    alert = raised(workspace)["sla_at_risk"]
    assert alert.next({}, "Claire") == "Claire: escalate to level 1, ask Sophie (e)"
    for _level in range(2):
        escalation.escalate(workspace, code)
    clock.forward(minutes=5)
    assert "where it stands" in raised(workspace)["sla_at_risk"].next({}, "Claire")
    clock.forward(hours=2)
    assert "decide" in raised(workspace)["sla_breached"].next({}, "Claire")


def test_whoever_was_asked_and_did_not_answer_is_named(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "VPN down @InfoSud p1 next:call")
    escalation.escalate(workspace, code, "Who decides?")
    assert "no_answer" not in kinds(workspace)
    clock.forward(hours=2)
    assert raised(workspace)["no_answer"].text() == "No answer from InfoSud: Who decides?"
    add(workspace, f"We change provider blocks:{code}", "decision")
    assert "no_answer" not in kinds(workspace)


def test_what_was_taken_up_is_quiet_until_it_is_worse(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "VPN down @InfoSud sla:4ho p1 next:call")
    clock.forward(hours=3, minutes=30)
    gather.acknowledge(workspace, raised(workspace)["sla_at_risk"], "Sophie calls")
    assert "sla_at_risk" not in kinds(workspace)
    clock.forward(hours=2)
    assert "sla_at_risk" in kinds(workspace)
    workspace.undo()
    clock.at -= timedelta(hours=2)
    assert "sla_at_risk" in kinds(workspace)


def test_what_was_taken_up_and_is_over_is_news_the_next_time(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "VPN p1")
    tidy(workspace)
    gather.acknowledge(workspace, raised(workspace)["no_next_step"], "")
    tidy(workspace)
    assert kinds(workspace) == set()
    moves.next_step(workspace, code, "call")
    tidy(workspace)
    moves.next_step(workspace, code, "")
    assert kinds(workspace) == {"no_next_step"}


def test_a_mute_ends(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "VPN p1")
    gather.mute(workspace, raised(workspace)["no_next_step"], "", clock() + timedelta(hours=1))
    assert kinds(workspace) == set()
    clock.forward(hours=1)
    assert kinds(workspace) == {"no_next_step"}


def test_the_screen_shows_a_handful_and_counts_the_rest(workspace: Workspace) -> None:
    for number in range(BUDGET + 3):
        add(workspace, f"Blocker {number} p1")
    found = board(workspace)
    assert (len(found.alerts.urgent.lines), found.alerts.urgent.rest) == (BUDGET - 1, 4)
    assert rows.count(found.alerts.urgent) == "6 shown of 10"
    assert [row.printed for _key, row in rows.folds(found.alerts.urgent)] == ["… 4 other alerts"]
    assert rows.count(found.alerts.urgent, 2) == "6 shown of 12, 2 told on their own rows"
    assert [key for key, _row in rows.folds(found.alerts.urgent, 2)] == ["rest", "told"]


@pytest.mark.parametrize(
    ("quiet", "loud", "silent"),
    [("19:00-08:00", ["08:00", "18:59"], ["19:00", "00:00", "07:59"]), ("12:00-13:00", ["13:00"], ["12:00"])],
)
def test_quiet_hours_may_run_over_midnight(quiet: str, loud: list[str], silent: list[str]) -> None:
    from datetime import time

    start, end = (time.fromisoformat(text) for text in quiet.split("-"))
    for text in loud:
        assert not in_quiet_hours(time.fromisoformat(text), (start, end))
    for text in silent:
        assert in_quiet_hours(time.fromisoformat(text), (start, end))


def test_an_answer_news_and_a_resolution_that_are_late_on_one_blocker_are_one_line(
    workspace: Workspace, clock: TickingClock
) -> None:
    provider = workspace.add(REGISTERS["provider"], {"name": "InfoSud"})
    bound = workspace.add(REGISTERS["contract"], {"name": "IT", "provider": provider})
    for metric in ("acknowledgement", "update", "resolution"):
        values: dict[str, Value] = {"name": metric, "contract": bound, "metric": metric, "target": "1ho"}
        workspace.add(REGISTERS["policy"], values)
    add(workspace, "VPN down @InfoSud p1 next:call")
    clock.forward(hours=1, minutes=18)
    clock.forward(hours=3)
    late = [each for each in board(workspace).alerts.loud if each.kind == "sla_breached"]
    assert [each.text() for each in late] == ["SLA passed (first answer, next news, resolution): VPN down"]


def test_a_new_p1_is_not_hidden_by_a_hundred_clocks_that_are_late(
    workspace: Workspace, clock: TickingClock
) -> None:
    for number in range(102):
        add(workspace, f"Old {number} @InfoSud sla:1ho p4 next:call")
    clock.forward(days=1, hours=1)
    add(workspace, "Payroll is down @Paie+ sla:1ho p1 next:call")
    clock.forward(hours=2)
    found = board(workspace)
    assert found.alerts.urgent.lines[0].subject == "Payroll is down"
    assert len(found.alerts.urgent.lines) + found.alerts.urgent.rest == 103


def test_what_is_dear_comes_before_what_is_cheap_at_the_same_severity(workspace: Workspace) -> None:
    for name, amount in (("Cheap", 100_00), ("Dear", 90_000_00)):
        contract(workspace, name=name, amount=amount, vigilance_expiry=workspace.today())
    found = [each.subject for each in board(workspace).alerts.loud if each.kind == "certificate"]
    assert found == ["Dear", "Cheap"]


def test_taking_up_one_certificate_never_silences_the_next(workspace: Workspace) -> None:
    code = contract(workspace, vigilance_expiry=date(2026, 12, 1))
    gather.acknowledge(workspace, raised(workspace)["certificate"], "asked")
    assert "certificate" not in kinds(workspace)
    edit.edit(workspace, code, {"vigilance_expiry": date(2026, 12, 10)})
    assert "certificate" in kinds(workspace)


def test_what_gets_better_stays_taken_up(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "VPN down @InfoSud sla:4ho p1 next:call")
    clock.forward(hours=6)
    gather.acknowledge(workspace, raised(workspace)["sla_breached"], "Sophie calls")
    clock.at -= timedelta(minutes=30)
    assert kinds(workspace) == {"clock_behind"}, "what a test does with its clock a person is told"


def test_a_contract_that_nothing_renews_is_told_before_it_ends(workspace: Workspace) -> None:
    contract(workspace, starts_on=date(2026, 1, 1), initial_months=12, renewal="none")
    assert raised(workspace)["contract_ends"].text() == "Ends on 31 Dec 2026, nothing follows: Payroll"


@pytest.mark.parametrize(("cents", "asked"), [(900_000, True), (500_000, True), (499_999, False)])
def test_a_provider_above_the_threshold_needs_a_certificate(
    workspace: Workspace, cents: int, asked: bool
) -> None:
    contract(workspace, amount=cents)
    assert ("certificate_missing" in kinds(workspace)) is asked


def test_on_its_first_day_a_company_has_a_list_to_complete_and_a_handful_of_alerts(
    workspace: Workspace, clock: TickingClock
) -> None:
    for number in range(12):
        provider = workspace.add(REGISTERS["provider"], {"name": f"Provider {number}"})
        values: dict[str, Value] = {"name": f"C{number}", "provider": provider, "amount": 900_000}
        workspace.add(REGISTERS["contract"], values)
        review: dict[str, Value] = {"name": f"R{number}", "review_on": date(2026, 1, 1)}
        workspace.add(REGISTERS["risk"], review)
    shown = board(workspace).alerts.urgent
    assert (shown.lines, shown.rest, shown.to_complete) == ((), 0, 2)
    clock.forward(days=7, seconds=-1)
    assert board(workspace).alerts.urgent.to_complete == 2
    clock.forward(seconds=1)
    shown = board(workspace).alerts.urgent
    assert (len(shown.lines), shown.to_complete) == (2, 0), "a week old to the second"


def test_the_agenda_of_monday_is_asked_for_on_friday(workspace: Workspace, clock: TickingClock) -> None:
    values: dict[str, Value] = {"name": "Kick-off", "rule": "mon 08:30", "kind": "kickoff"}
    workspace.add(REGISTERS["ritual"], values)
    clock.at = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
    assert "not_shared" not in kinds(workspace), "Friday at eight"
    clock.forward(minutes=31)
    assert "not_shared" in kinds(workspace)


def test_a_ritual_that_nobody_mentions_is_asked_about_until_somebody_does(
    workspace: Workspace, clock: TickingClock
) -> None:
    values: dict[str, Value] = {"name": "Close", "rule": "fri 16:00", "kind": "close"}
    workspace.add(REGISTERS["ritual"], values)
    clock.at = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert raised(workspace)["unsaid"].text() == "Was it held, Fri 27 Nov? Close"


def test_half_of_the_time_of_a_promise_is_the_first_step_of_the_ladder(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "VPN down @InfoSud sla:4ho p1 owner:Sophie next:call")
    clock.forward(hours=2, minutes=20)
    half = raised(workspace)["sla_at_risk"]
    assert half.text() == "SLA 50 % used: VPN down"
    assert half.next({}, "Claire") == "Claire: escalate to level 1, ask Sophie (e)"


def test_a_way_in_that_cannot_be_read_for_a_day_is_told(
    workspace: Workspace, clock: TickingClock, tmp_path: Path
) -> None:
    workspace.settings = replace(workspace.settings, inbox=InboxSettings(folder=str(tmp_path / "gone")))
    ways_in.remember(workspace, "the folder is not there")
    clock.forward(hours=23)
    ways_in.remember(workspace, "the folder is not there")
    assert "inbox_unread" not in kinds(workspace)
    clock.forward(hours=1)
    assert "for 24 h:" in raised(workspace)["inbox_unread"].text()
    clock.forward(hours=5, minutes=59)
    assert "for 29 h:" in raised(workspace)["inbox_unread"].text()
    ways_in.remember(workspace, "")
    assert "inbox_unread" not in kinds(workspace)


def line(key: str, **row: object) -> ProviderLine:
    """A status page with what was read of it."""
    known: dict[str, object] = {
        "key": key, "state": State.OPERATIONAL, "since": None, "reported": State.OPERATIONAL,
        "last_ok": MONDAY, "last_error": "", "fails": 0, "interval_s": 300, "next_try": None,
        "confidence": "", "incidents": (), "maintenance": None, "certificate_expiry": None, **row,
    }  # fmt: skip
    read = ProviderRow(**known)  # type: ignore[arg-type]
    return ProviderLine(key, key, "vital", "", read.state, Freshness.FRESH, read)


@pytest.mark.parametrize(
    ("days", "level"), [(22, None), (21, AlertLevel.ORANGE), (8, AlertLevel.ORANGE), (7, AlertLevel.RED)]
)
def test_the_certificate_of_a_page_is_told_at_21_and_at_7_days(days: int, level: AlertLevel | None) -> None:
    page = line("paie", certificate_expiry=MONDAY + timedelta(days=days))
    found = list(provider_rules.of_providers([page], MONDAY, {}, offline=False))
    assert [each.level for each in found] == ([level] if level else [])


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (timedelta(days=5, hours=3), "5 days"),
        (timedelta(days=1, hours=3), "1 day"),
        (timedelta(hours=-30), "0 days"),
    ],
)
def test_the_days_left_of_a_certificate_are_said_and_never_below_none(left: timedelta, days: str) -> None:
    page = line("paie", certificate_expiry=MONDAY + left)
    (found,) = provider_rules.of_providers([page], MONDAY, {}, offline=False)
    assert found.text() == f"Certificate of paie ends within {days}"


def test_a_page_that_answers_and_says_nothing_is_told() -> None:
    page = line("paie", state=State.UNKNOWN, last_failure="not_understood")
    (found,) = provider_rules.of_providers([page], MONDAY, {}, offline=False)
    assert found.text() == "Status page not understood: paie"


@pytest.mark.parametrize(
    ("last_ok", "said"),
    [
        (
            MONDAY - timedelta(hours=5),
            "Status not read since today 02:42, what broke since then is missed: paie",
        ),
        (
            MONDAY - timedelta(days=9),
            "Status not read since 14 Nov 07:42, what broke since then is missed: paie",
        ),
        (None, "Status never read, all of its outages are missed: paie"),
    ],
)
def test_a_page_that_is_not_read_is_told_with_since_when_and_what_is_missed(
    last_ok: datetime | None, said: str
) -> None:
    page = line("paie", state=State.UNKNOWN, last_failure="server", last_ok=last_ok)
    page = replace(page, fresh=Freshness.LOST)
    (found,) = provider_rules.of_providers([page], MONDAY, {}, offline=False)
    assert (found.text(), found.kind) == (said, "stale_status")


@pytest.mark.parametrize(
    ("kind", "page", "over"),
    [
        ("provider", line("paie"), True),
        ("provider", line("paie", state=State.UNKNOWN, last_failure="server"), False),
        ("provider", line("other"), False),
        ("stale_status", line("paie"), True),
        ("stale_status", line("paie", last_failure="offline"), False),
        ("name_lost", line("other"), False),
        ("unstable", line("paie", last_failure="timeout"), False),
        ("certificate_ends", line("paie", certificate_expiry=MONDAY + timedelta(days=60)), True),
        ("certificate_ends", line("paie", certificate_expiry=MONDAY + timedelta(days=10)), False),
        ("certificate_ends", line("paie"), False),
        ("sla_breached", line("other"), True),
    ],
)
def test_only_a_good_word_of_a_source_ends_its_trouble(kind: str, page: ProviderLine, over: bool) -> None:
    assert is_over(kind, "status:paie", providers=[page], feeds=[], now=MONDAY) is over


def test_an_agenda_that_was_removed_is_not_read_again() -> None:
    read = SourceState(kind="agenda", key="mine", last_ok=MONDAY)
    feed = FeedLine("mine", "Mine", read, 0)
    assert is_over("stale", "feed:mine", providers=[], feeds=[feed], now=MONDAY)
    assert not is_over("stale", "feed:mine", providers=[], feeds=[], now=MONDAY)
    failing = FeedLine("mine", "Mine", replace(read, last_failure="server"), 0)
    assert not is_over("stale", "feed:mine", providers=[], feeds=[failing], now=MONDAY)


def test_what_is_over_is_said_for_the_rest_of_the_day(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "VPN down @InfoSud sla:4ho p1 next:call")
    clock.forward(hours=6)
    tidy(workspace)
    moves.done(workspace, [code])
    tidy(workspace)
    found = board(workspace)
    assert [rows.over(each, found.at).printed for each in found.alerts.over] == [
        "✓ No longer late: VPN down · 14:42"
    ]
    assert "No longer late" in brief.to_text(found)
    assert board(workspace.behind(1)).alerts.over == ()
    clock.forward(days=1)
    assert board(workspace).alerts.over == ()


def test_a_promise_that_was_kept_is_shown_kept_however_long_ago(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "VPN down @InfoSud sla:4ho p1 next:call")
    clock.forward(hours=1)
    moves.done(workspace, [code])
    clock.forward(days=30)
    (ended,) = workspace.select(Clock, "clock", "1")
    row = SlaRow(ended, Calendars(workspace).version(ended.calendar))
    assert promises_rows.sla(row, workspace.now(), {}).printed.endswith("kept → 23 Nov 14:30")


def test_the_share_of_kept_promises_is_the_same_at_home_and_by_provider(
    workspace: Workspace, clock: TickingClock
) -> None:
    done, _late = (add(workspace, f"{name} @InfoSud sla:4ho next:call") for name in ("VPN", "Printer"))
    moves.done(workspace, [done])
    clock.forward(days=2)
    at_home = board(workspace).promises.kept
    (by_provider,) = [each.over[90] for each in kept.respect(workspace) if each.kind == "provider"]
    assert (at_home.kept, at_home.count, at_home.late_open) == (1, 2, 1)
    assert kept.in_words(at_home) == kept.in_words(by_provider) == "1/2"


def test_of_what_a_ritual_would_have_been_before_it_was_written_down_nobody_is_asked(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=1)
    ritual = {"name": "Flash", "kind": "flash", "rule": "mon-fri 07:00"}
    workspace.add(REGISTERS["ritual"], {**ritual})
    assert "unsaid" not in kinds(workspace)
    clock.forward(days=2)
    assert "unsaid" in kinds(workspace), "the first one after it was"


def test_all_that_is_wrong_with_one_blocker_is_one_line_that_says_so(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "VPN down @InfoSud p1 sla:4ho next:call owner:Sophie")
    escalation.escalate(workspace, code, "Who decides?")
    clock.forward(hours=9)
    (line,) = board(workspace).alerts.loud
    assert line.line() == "SLA passed: VPN down · no answer from Sophie"
    assert [each.kind for each in line.parts] == ["sla_breached", "no_answer"]
    assert rows.count(board(workspace).alerts.urgent) == "1 alert"
    gather.acknowledge(workspace, line, "Sophie calls")
    assert not board(workspace).alerts.loud, "the line was taken up whole"
    clock.forward(days=8)
    assert raised(workspace)["old"].line() == "Decide or escalate, 8 days: VPN down"


def test_what_is_asked_of_somebody_or_was_decided_is_not_asked_for_again(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "VPN p2 next:call since:1/11")
    add(workspace, f"We change provider blocks:{code}", "decision")
    assert "old" not in kinds(workspace)
    clock.forward(days=8)
    assert "old" in kinds(workspace), "a week later it is still open"


def test_a_page_that_is_lost_and_a_problem_that_we_see_are_one_line() -> None:
    seen = provider_rules.SeenProblem(
        level=AlertLevel.RED, subject="Paie+", target="status:p", what="down", mark="MK-1"
    )
    lost = provider_rules.StatusLost(
        level=AlertLevel.ORANGE, subject="Paie+", target="status:p", last="08:42"
    )
    ends = provider_rules.CertificateEnds(
        level=AlertLevel.ORANGE, subject="Paie+", target="status:p", on=date(2026, 12, 1), days=8
    )
    lines = [each.line() for each in together([seen, lost, ends])]
    assert lines == [
        "We see a problem at Paie+: down · its page is not read", "Certificate of Paie+ ends within 8 days",
    ]  # fmt: skip


def test_nothing_is_cut_before_it_is_counted(workspace: Workspace) -> None:
    for n in range(600):
        workspace.add(REGISTERS["blocker"], {"title": f"b{n}", "severity": "p2", "owner": "Sophie"})
    assert rows.count(board(workspace).alerts.urgent) == "6 shown of 600"


@pytest.mark.parametrize(("owner", "decider"), [("Sophie", "Claire"), ("Sophie", ""), ("", "Sophie")])
def test_a_decision_to_look_at_again_names_who_carries_it_or_else_who_decided(
    workspace: Workspace, owner: str, decider: str
) -> None:
    said: dict[str, Value] = {
        "title": "We wait",
        "owner": owner,
        "decider": decider,
        "review_on": workspace.today(),
    }
    workspace.add(REGISTERS["decision"], said)
    (alert,) = day_rules.of_decisions(workspace, workspace.today())
    assert "Sophie" in alert.text() + alert.next({}, "Claire")


@pytest.mark.parametrize(
    ("away", "said"), [(-2, "within 0 days"), (0, "within 0 days"), (7, "within 7 days"), (8, "")]
)
def test_a_decision_is_to_be_looked_at_again_from_a_week_before_its_day(
    workspace: Workspace, away: int, said: str
) -> None:
    on = workspace.today() + timedelta(days=away)
    workspace.add(REGISTERS["decision"], {"title": "We wait", "review_on": on})
    found = [each.text() for each in day_rules.of_decisions(workspace, workspace.today())]
    assert len(found) == bool(said)
    assert all(said in each for each in found)


@pytest.mark.parametrize(
    ("triage", "severity", "kind", "level"),
    [
        ("alert", "p1", "partner", 2), ("alert", "p2", "partner", 1), ("alert", "p4", "partner", 1),
        ("left", "p1", "statement_refused", 2), ("left", "p3", "statement_refused", 2),
        ("left", "p4", "statement_refused", 1),
    ],
)  # fmt: skip
def test_what_a_partner_sent_is_as_bad_as_it_says_and_wakes_nobody_up_when_anybody_may_send_it(
    workspace: Workspace, triage: str, severity: str, kind: str, level: int
) -> None:
    sent: dict[str, Value] = {"title": "Late", "sender": "Paie+", "triage": triage, "severity": severity}
    workspace.add(REGISTERS["statement"], sent)
    assert raised(workspace)[kind].level == level


def test_who_was_asked_and_did_not_answer_is_told_to_decide_not_to_ask_themselves() -> None:
    late = promise_rules.NoAnswer(
        level=AlertLevel.ORANGE, subject="Who?", target="B-1", who="PE-1", escalation="ES-1"
    )
    assert late.next({"PE-1": "Claire"}, "Claire") == "Claire: decide it (o)"
    assert late.next({"PE-1": "Sophie"}, "Claire").startswith("Claire: ask Sophie again")
