"""All that is told of sources: agendas and the pages of providers, whole, at and beside each bound."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.agenda.events import ONLY_BUSY
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers.mark import ACKNOWLEDGED, MUTED, PROBLEM, Mark
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.alerts import agenda_rules, provider_rules
from cockpit.services.alerts.endings import is_over
from cockpit.services.providers.our_words import NOTHING, Words
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.store.outside.sources import ProviderRow, SourceState
from tests.conftest import MONDAY
from tests.services.alerts.told import wholes

PARIS = MONDAY.astimezone(ZoneInfo("Europe/Paris"))
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def feed(key: str, *, doubted: bool = False, remark: str = "", **state: Any) -> FeedLine:
    known = SourceState(kind="agenda", key=key, **{"interval_s": 900, "last_ok": MONDAY, **state})
    return FeedLine(key, key.capitalize(), known, 0, doubted, (remark,) if remark else ())


def test_agendas_are_told_one_by_one_as_they_are_moved_lost_shrunk_or_never_read() -> None:
    found = agenda_rules.of_feeds(
        [
            feed("read"),
            FeedLine("new", "New", None, 0),
            FeedLine("shrank", "Shrank", None, 0, doubted=True),
            feed("moved", moved_to="b.test", last_failure="redirect", last_ok=None, fails=3, doubted=True),
            feed("settled", moved_to="b.test"),
            feed("never", last_ok=None, fails=1),
            feed("waits", last_ok=None),
            feed("busy", remark=ONLY_BUSY, last_ok=MONDAY - 7 * HOUR),
            feed("six", last_ok=MONDAY - 6 * HOUR),
            feed("later", last_ok=MONDAY - 6 * HOUR - SECOND),
            feed("slow", last_ok=MONDAY - 8 * HOUR, interval_s=4 * 3600),
            feed("slower", last_ok=MONDAY - 8 * HOUR - SECOND, interval_s=4 * 3600),
            feed("old", last_ok=MONDAY - 50 * HOUR + SECOND),
        ],
        MONDAY,
    )
    assert [line.partition(" | severity")[0] for line in wholes(found).splitlines()] == [
        "ORANGE doubted [doubted:feed:shrank 1000] Agenda shrank, old one kept: Shrank"
        " | Claire: look at the agenda (i), accept it or mend the feed | on feed:shrank | by -",
        "ORANGE doubted [doubted:feed:moved 1000] Agenda shrank, old one kept: Moved"
        " | Claire: look at the agenda (i), accept it or mend the feed | on feed:moved | by -",
        "ORANGE agenda_moved [agenda_moved:feed:moved:b.test 1000] Agenda sent on to b.test: Moved"
        " | Claire: take the new address (h) if you know b.test, else ask who keeps the agenda"
        " | on feed:moved | by -",
        "ORANGE never_read [never_read:feed:never 1000] Agenda never read, all of its meetings are missed: Never"
        " | Claire: look at the reason, then read again (s) | on feed:never | by -",
        "ORANGE no_meetings [no_meetings:feed:busy 1000]"
        " Agenda without any meeting to read, whatever the day holds: Busy"
        " | Claire: look at the reason (i), then give the address that has its meetings | on feed:busy | by -",
        "ORANGE stale [stale:feed:busy 1000] Agenda not read for 7 h, what moved since is missed: Busy"
        " | Claire: look at the reason, then read again (s) | on feed:busy | by -",
        "ORANGE stale [stale:feed:later 1000] Agenda not read for 6 h, what moved since is missed: Later"
        " | Claire: look at the reason, then read again (s) | on feed:later | by -",
        "ORANGE stale [stale:feed:slower 1000] Agenda not read for 8 h, what moved since is missed: Slower"
        " | Claire: look at the reason, then read again (s) | on feed:slower | by -",
        "ORANGE stale [stale:feed:old 1000] Agenda not read for 49 h, what moved since is missed: Old"
        " | Claire: look at the reason, then read again (s) | on feed:old | by -",
    ]


def page(key: str, criticality: str = "vital", *, ours: Words = NOTHING, **said: Any) -> ProviderLine:
    """A provider, by what its line says and what was last read of its page."""
    of_line = {
        name: said.pop(name) for name in ("unstable", "has_page", "code", "muted_parts") if name in said
    }
    fresh = said.pop("fresh", Freshness.FRESH)
    state = said.get("state", State.OPERATIONAL)
    read = ProviderRow(**{
        "key": key, "state": state, "since": None, "reported": state, "last_ok": MONDAY, "last_error": "",
        "fails": 0, "interval_s": 300, "next_try": None, "confidence": "", "incidents": (), "maintenance": None,
        "certificate_expiry": None, **said,
    })  # fmt: skip
    name = key.capitalize()
    return ProviderLine(key, name, criticality, "", state, fresh, read, ours=ours, **of_line)


def unread(key: str, state: State, **said: Any) -> ProviderLine:
    """A provider of which no row is stored: it has no page, or it was never asked."""
    return ProviderLine(key, key.capitalize(), "vital", "", state, Freshness.LOST, None, **said)


def mark(kind: str, state: State = State.UNKNOWN) -> Mark:
    return Mark(id="1", code="MK-1", kind=kind, state=state.value, reason="no payslips")


def told(*lines: ProviderLine, offline: bool = False, costs: dict[str, int] | None = None) -> list[str]:
    return wholes(provider_rules.of_providers(lines, PARIS, costs or {}, offline=offline)).splitlines()


def brief(*lines: ProviderLine) -> list[str]:
    """How bad, which kind, of whom."""
    return [each.partition(":")[0] for each in told(*lines)]


def test_a_fault_is_told_whole_with_what_it_costs_and_since_when() -> None:
    down = page(
        "paie", state=State.MAJOR_OUTAGE, since=MONDAY - timedelta(minutes=5), code="PR-3"
    )  # fmt: skip
    assert told(down, costs={"PR-3": 12_000_00, "PR-4": 1}) == [
        "RED provider [provider:status:paie 2002] Paie: outage"
        " | Claire: tell those who use it, say who follows it (space) | on status:paie | by - | severity 1"
        " | 1200000 cents | since 2026-11-23T07:37:00+00:00 | level 1"
    ]


@pytest.mark.parametrize(
    ("criticality", "state", "lasts", "said"),
    [
        ("vital", State.DEGRADED, 30 * 60 - 1, "ORANGE 1 1000"),
        ("vital", State.DEGRADED, 30 * 60, "RED 1 2000"),
        ("vital", State.PARTIAL_OUTAGE, 0, "RED 1 2001"),
        ("important", State.PARTIAL_OUTAGE, 4 * 3600 - 1, "ORANGE 2 1001"),
        ("important", State.PARTIAL_OUTAGE, 4 * 3600, "RED 2 2001"),
        ("important", State.DEGRADED, 0, "ORANGE 2 1000"),
        ("important", State.MAJOR_OUTAGE, 0, "RED 2 2002"),
        ("important", State.MAINTENANCE, 0, ""),
        ("vital", State.UNKNOWN, 0, ""),
        ("vital", State.QUIET, 0, ""),
        ("comfort", State.MAJOR_OUTAGE, 0, ""),
    ],
)
def test_a_fault_is_as_bad_as_it_is_vital_and_lasts(
    criticality: str, state: State, lasts: int, said: str
) -> None:
    line = page("paie", criticality, state=state, since=MONDAY - timedelta(seconds=lasts))
    found = [
        f"{each.level.name} {each.severity} {each.weight}"
        for each in provider_rules.of_providers([line], PARIS, {}, offline=False)
    ]
    assert found == ([said] if said else [])


def test_a_fault_of_which_nobody_knows_since_when_begins_now() -> None:
    (line,) = told(page("paie", state=State.DEGRADED))
    assert line.startswith("ORANGE provider ")
    assert "since 2026-11-23T07:42:00+00:00" in line


def test_what_we_see_ourselves_is_told_even_while_nothing_can_be_reached() -> None:
    slow, down = (Words(problem=mark(PROBLEM, state)) for state in (State.DEGRADED, State.MAJOR_OUTAGE))
    seen = [page("slow", ours=slow, state=State.DEGRADED), page("down", "comfort", ours=down)]
    assert told(*seen, offline=True) == [
        "ORANGE provider_seen [provider_seen:status:slow:MK-1 1000] We see a problem at Slow: no payslips"
        " | Claire: ask the provider, settle it when it is over (⏎, p) | on status:slow | by - | severity 1"
        " | 0 cents | since - | level 1",
        "RED provider_seen [provider_seen:status:down:MK-1 2000] We see a problem at Down: no payslips"
        " | Claire: ask the provider, settle it when it is over (⏎, p) | on status:down | by - | severity 4"
        " | 0 cents | since - | level 1",
    ]
    assert brief(*seen) == [
        "ORANGE provider_seen [provider_seen", "ORANGE provider [provider", "RED provider_seen [provider_seen",
    ]  # fmt: skip


def test_of_what_we_see_only_what_is_down_is_red() -> None:
    levels = {}
    for state in State:
        line = page("paie", ours=Words(problem=mark(PROBLEM, state)))
        levels[state] = [
            each.level.name for each in provider_rules.of_providers([line], PARIS, {}, offline=True)
        ]
    assert levels == {state: ["RED" if state is State.MAJOR_OUTAGE else "ORANGE"] for state in State}


def test_what_was_muted_or_acknowledged_is_quiet_and_hides_nobody_behind_it() -> None:
    broken: dict[str, Any] = {"state": State.MAJOR_OUTAGE, "last_failure": "redirect", "moved_to": "b.test"}
    problem = mark(PROBLEM, State.DEGRADED)
    lines = [
        page("muted", ours=Words(muted=mark(MUTED), problem=problem), **broken),
        page("known", ours=Words(acknowledged=mark(ACKNOWLEDGED), problem=problem), **broken),
        page("parts", muted_parts=True, **broken),
        page("other", state=State.MAJOR_OUTAGE),
    ]
    assert [each.split(" | on ")[1].partition(" |")[0] for each in told(*lines)] == [
        "status:known",
        "status:other",
    ]
    assert [each.split()[1] for each in told(*lines)] == ["provider_seen", "provider"]


def test_a_source_that_goes_back_and_forth_says_so_and_nothing_of_its_state() -> None:
    lines = [page("paie", state=State.DEGRADED, unstable=True), page("chat", "comfort", unstable=True)]
    assert told(*lines) == [
        "ORANGE unstable [unstable:status:paie 1000] Paie is unstable: it goes back and forth"
        " | Claire: ask the provider for an explanation | on status:paie | by - | severity 1 | 0 cents | since -"
        " | level 1"
    ]


def test_a_provider_without_a_page_or_without_a_reading_raises_no_fault_of_a_page() -> None:
    assert told(unread("bank", State.MAJOR_OUTAGE, has_page=False), unread("new", State.UNKNOWN)) == []
    (fault,) = told(unread("new", State.MAJOR_OUTAGE))
    assert "since 2026-11-23T07:42:00+00:00" in fault
    assert told(page("bank", state=State.MAJOR_OUTAGE, has_page=False, last_failure="not_understood")) == []


def test_what_is_wrong_with_the_reading_of_a_page_is_told_once_and_the_first_that_holds() -> None:
    lost: dict[str, Any] = {"fresh": Freshness.LOST, "state": State.UNKNOWN, "last_ok": MONDAY - 5 * HOUR}
    lines = [
        page("moved", last_failure="redirect", moved_to="b.test", last_error="moved to b.test", **lost),
        page("astray", last_failure="redirect", last_error="in circles", **lost),
        page("twice", last_failure="dns", fails=2, last_error="no such name", **lost),
        page("named", "important", last_failure="dns", fails=3, last_error="no such name", **lost),
        page("strange", last_failure="not_understood", **lost),
        page("body", "important", last_failure="broken_body", fails=3, **lost),
        page("html", last_failure="html", fails=4, **lost),
        page("lost", last_failure="server", fails=9, **lost),
        page("never", "comfort", last_failure="server", **{**lost, "last_ok": None}),
    ]
    assert [line.partition(" | 0 cents")[0] for line in told(*lines)] == [
        "ORANGE moved [moved:status:moved 1000] Moved: moved to b.test"
        " | Claire: take the new address (h), or remove the source from the configuration"
        " | on status:moved | by - | severity 1",
        "ORANGE astray [astray:status:astray 1000] Astray: in circles"
        " | Claire: correct the address in the configuration, or remove the source"
        " | on status:astray | by - | severity 1",
        "RED name_lost [name_lost:status:twice 2000] Twice: no such name"
        " | Claire: ask the provider, or correct the address in the configuration"
        " | on status:twice | by - | severity 1",
        "ORANGE name_lost [name_lost:status:named 1000] Named: no such name"
        " | Claire: ask the provider, or correct the address in the configuration"
        " | on status:named | by - | severity 2",
        "ORANGE not_understood [not_understood:status:strange 1000] Status page not understood: Strange"
        " | Claire: see on its page what was seen, then change its address or its engine"
        " | on status:strange | by - | severity 1",
        "ORANGE not_understood [not_understood:status:body 1000] Status page not understood: Body"
        " | Claire: see on its page what was seen, then change its address or its engine"
        " | on status:body | by - | severity 2",
        "ORANGE not_understood [not_understood:status:html 1000] Status page not understood: Html"
        " | Claire: see on its page what was seen, then change its address or its engine"
        " | on status:html | by - | severity 1",
        "ORANGE stale_status [stale_status:status:lost 1000]"
        " Status not read since today 03:42, what broke since then is missed: Lost"
        " | Claire: look at the reason, then read again (s) | on status:lost | by - | severity 1",
        "ORANGE stale_status [stale_status:status:never 1000] Status never read, all of its outages are missed: Never"
        " | Claire: look at the reason, then read again (s) | on status:never | by - | severity 4",
    ]
    assert told(lines[-2])[0].endswith("since 2026-11-23T02:42:00+00:00 | level 1")
    once = [
        page("once", last_failure="dns", fails=1), page("body", last_failure="broken_body", fails=2),
        page("html", last_failure="html", fails=2), page("down", last_failure="server", fails=9),
        page("dim", fresh=Freshness.DIMMED, last_failure="server", last_ok=MONDAY - HOUR),
    ]  # fmt: skip
    assert told(*once) == [], "a try or two that failed is not told yet"


def test_a_certificate_is_told_by_its_day_in_the_company_and_never_of_what_is_only_comfort() -> None:
    late = datetime(2026, 12, 10, 23, 30, tzinfo=PARIS.tzinfo)
    found = list(
        provider_rules.of_providers([page("paie", certificate_expiry=late.astimezone(MONDAY.tzinfo))], PARIS, {},
                                    offline=False)
    )  # fmt: skip
    assert wholes(found) == (
        "ORANGE certificate_ends [certificate_ends:status:paie:2026-12-10 1000]"
        " Certificate of Paie ends within 17 days | Claire: have the provider renew it | on status:paie | by -"
        " | severity 1 | 0 cents | since - | level 1"
    )
    assert isinstance(found[0], provider_rules.CertificateEnds)
    assert found[0].on == date(2026, 12, 10)
    near = MONDAY + timedelta(days=7)
    assert brief(page("paie", certificate_expiry=near)) == ["RED certificate_ends [certificate_ends"]
    assert brief(page("paie", certificate_expiry=near + SECOND)) == [
        "ORANGE certificate_ends [certificate_ends"
    ]
    assert brief(page("paie", certificate_expiry=MONDAY + timedelta(days=21) + SECOND)) == []
    assert told(page("chat", "comfort", certificate_expiry=near)) == []


ENDED = [
    ("provider", page("p", state=State.OPERATIONAL), True),
    ("provider", page("p", state=State.QUIET), True),
    ("provider", page("p", state=State.MAINTENANCE), False),
    ("provider", page("p", fresh=Freshness.DIMMED), False),
    ("stale_status", unread("p", State.UNKNOWN), False),
    ("stale_status", page("p", last_ok=None), False),
    ("stale_status", page("p", last_failure="server"), False),
    ("stale_status", page("p", state=State.MAJOR_OUTAGE), True),
    ("name_lost", page("p"), True),
    ("name_lost", page("p", last_failure="dns"), False),
    ("unstable", page("p"), True),
    ("unstable", page("p", unstable=True), False),
    ("certificate_ends", unread("p", State.UNKNOWN), False),
    ("certificate_ends", page("p", certificate_expiry=MONDAY + timedelta(days=21)), False),
    ("certificate_ends", page("p", certificate_expiry=MONDAY + timedelta(days=21) + SECOND), True),
    ("provider", page("q"), False),
    ("moved", page("q"), True),
    ("undelivered", page("q"), True),
]


@pytest.mark.parametrize(("kind", "line", "over"), ENDED)
def test_a_trouble_of_a_page_is_over_by_a_good_word_of_that_page_alone(
    kind: str, line: ProviderLine, over: bool
) -> None:
    others = [page("o"), line, page("r")]
    assert is_over(kind, "status:p", providers=others, feeds=[], now=MONDAY) is over


def test_an_agenda_is_read_again_once_its_own_last_try_was_answered() -> None:
    others = [feed("a", last_failure="server"), feed("mine"), feed("z", last_failure="server")]
    silent = FeedLine("new", "New", None, 0)
    assert is_over("stale", "feed:mine", providers=[], feeds=others, now=MONDAY)
    assert not is_over("stale", "feed:gone", providers=[], feeds=others, now=MONDAY)
    assert not is_over("stale", "feed:z", providers=[], feeds=others, now=MONDAY)
    assert not is_over("stale", "feed:new", providers=[], feeds=[*others, silent], now=MONDAY)
