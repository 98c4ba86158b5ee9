"""The morning review by keys, from `m` to the line it leaves, at every size and in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cockpit import locale
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.hold import Hold
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.review import Review
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import review
from cockpit.services.work import capture, entry, holds, moves, priorities
from cockpit.store.outside import outbox
from cockpit.ui.morning.screen import MorningReview
from cockpit.ui.widgets.rows import Rows
from cockpit.ui.work.priority_questions import choices
from tests.conftest import TickingClock
from tests.journeys.conftest import LANGUAGES, SIZES, Drive, Driver


class Monotonic:
    """The clock of the seconds that are spent, moved by a test."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Monotonic:
    """Time goes by only where a test says so; the screen's own beat is out of the way."""
    watch = Monotonic()
    monkeypatch.setattr(review, "monotonic", watch)
    monkeypatch.setattr(MorningReview, "BEAT", 3600.0)
    return watch


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """A blocker with a deadline, one without, and four priorities of which one was carried over."""
    capture.save(workspace, "priority", entry.understand(workspace, "carried goal"))
    for _n in range(3):
        moves.pick(workspace, "P-1")
        clock.forward(days=1)
    clock.forward(minutes=40)
    for n in range(4):
        capture.save(workspace, "priority", entry.understand(workspace, f"goal {n}"))
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down @InfoSud p1 sla:4ho"))
    capture.save(workspace, "blocker", entry.understand(workspace, "paper p4"))
    return workspace


def name_of(driver: Driver) -> str:
    assert isinstance(driver.app.screen, MorningReview)
    return driver.app.screen.progress.name


def code_of(driver: Driver) -> str:
    assert isinstance(driver.app.screen, MorningReview)
    return driver.app.screen.target().code


def beat(driver: Driver) -> None:
    """What happens once a second."""
    assert isinstance(driver.app.screen, MorningReview)
    driver.app.screen.beat()


def on(driver: Driver, key: str) -> None:
    assert driver.app.screen.query_one("#review", Rows).select(key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_from_the_first_key_to_the_line_it_leaves(
    company: Workspace, seconds: Monotonic, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await driver.press("m")
        assert name_of(driver) == "news"
        assert "1/6" in driver.screen()
        assert "VPN down" in driver.screen()
        await driver.press("space")
        assert "✓ B-1" in driver.screen()
        await driver.press("t", "tab")
        assert name_of(driver) == "slas", "an empty day is skipped"
        assert _("Nothing in the agenda today, and no ritual.") in driver.screen()
        assert "3/6" in driver.screen()
        await driver.press("l", "c", "right")
        assert name_of(driver) == "blockers"
        on(driver, "B-2")
        await driver.press("x", "tab")
        assert name_of(driver) == "priorities"
        for n in range(2, 5):
            on(driver, f"P-{n}")
            await driver.press("space")
        seconds.at += 8
        beat(driver)
        on(driver, "P-5")
        await driver.press("space")
        await driver.answer("2")
        on(driver, "P-3")
        await driver.press("g")
        await driver.answer("Sophie")
        seconds.at += 4
        await driver.press("enter")
        (kept,) = company.select(Review, "review")
        assert kept.summary in driver.screen()
        await driver.press("escape")
        assert not isinstance(driver.app.screen, MorningReview)
    assert [each.code for each in priorities.of_today(company)] == ["P-2", "P-5", "P-4"]
    (paper,) = company.select(Blocker, "blocker", "code = 'B-2'")
    (given,) = company.select(Priority, "priority", "code = 'P-3'")
    assert (paper.status, given.delegated_to) == ("solved", "Sophie")
    assert (kept.by, kept.spent_s) == ("Claire", 12)
    said = ("3 priorit", "1 ", "1 ", "1 ", "12 s")
    assert all(part.startswith(word) for part, word in zip(kept.summary.split(" · "), said, strict=True))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_is_left_at_any_key_and_resumed_on_the_same_row_and_second(
    company: Workspace, seconds: Monotonic, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.press("m", "tab", "tab", "down")
        seconds.at += 7
        beat(driver)
        seconds.at += 3_600
        await driver.press("escape")
        driver.app.told = ""
        driver.app.refresh_banner()
        await driver.pilot.pause()
        assert "m goes on with the review (4/6)" in driver.screen()
        await driver.press("m")
        assert name_of(driver) == "blockers"
        assert "0:07 / 5:00" in driver.screen(), "an hour between two beats was a sleep"
        assert code_of(driver) == "B-2"


async def test_a_killed_session_goes_on_where_it_stood(
    company: Workspace, seconds: Monotonic, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.press("m", "tab", "tab", "down")
        seconds.at += 7
        beat(driver)
        # From here on nothing is written any more, as after kill -9.
        assert isinstance(driver.app.screen, MorningReview)
        driver.app.screen.over = True
    async with drive() as driver:
        assert "m goes on with the review (4/6)" in driver.screen()
        await driver.press("m")
        assert name_of(driver) == "blockers"
        assert "4/6 Blockers " in driver.screen()
        assert "0:07 / 5:00" in driver.screen()
        assert code_of(driver) == "B-2"


async def test_back_and_forth_and_what_is_opened_comes_back(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("m", "tab", "left")
        assert name_of(driver) == "news"
        await driver.press("shift+tab")
        assert name_of(driver) == "news"
        await driver.press("enter")
        assert not isinstance(driver.app.screen, MorningReview)
        await driver.press("escape")
        assert name_of(driver) == "news"
        await driver.press("f2")
        await driver.press("m")
        assert name_of(driver) == "news"


async def test_one_blocker_stands_large_and_those_after_it_below(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("m", "tab", "tab")
        assert "▸ 1/2 ■ VPN down" in driver.screen()
        assert "We wait for  InfoSud" in driver.screen()
        assert "The next ones · 1" in driver.screen()
        assert driver.screen().count("VPN down") == 2, "once here, once in the trouble of the header"
        assert driver.screen().splitlines()[-1].startswith(" o decide it  l remind  e escalate")
        await driver.press("down")
        assert "▸ 2/2 · paper" in driver.screen()
        assert "This is the last one" in driver.screen()
        await driver.press("x")
        assert "▸ 1/1 ■ VPN down" in driver.screen()


async def test_the_three_stand_in_the_order_in_which_they_were_chosen(
    company: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.press("m", *["tab"] * 4)
        for code in ("P-4", "P-2"):
            on(driver, code)
            await driver.press("space")
        rows = driver.app.screen.query_one("#review", Rows)
        keys = [item.key for item in rows.items if not item.key.startswith("word:")]
        assert keys[:3] == ["P-4", "P-2", "slot:3"]
        assert code_of(driver) == "P-3", "whoever chooses goes on below"


async def test_the_reason_of_a_rank_and_what_another_process_solved(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("m", "tab", "tab", "i")
        assert "severity and criticality" in driver.screen()
        other = Workspace.open(company.path, replace(company.settings, me="Sophie"), company.clock)
        moves.done(other, ["B-1", "B-2"])
        other.conn.close()
        driver.app.reload()
        await driver.pilot.pause()
        assert name_of(driver) == "blockers"
        assert "No blocker is open. ⇥ goes on." in driver.screen()
        await driver.press("tab")
        assert name_of(driver) == "priorities"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("choice", ["do", "delegate", "date", "drop"])
async def test_carried_three_times_it_is_done_delegated_dated_or_dropped(
    company: Workspace, drive: Drive, choice: str, language: str
) -> None:
    locale.use(language)
    async with drive() as driver:
        await driver.press("m", *["tab"] * 4)
        assert name_of(driver) == "priorities"
        assert "↻3" in driver.screen()
        on(driver, "P-1")
        await driver.press("space")
        assert not priorities.of_today(company), "space alone does not choose it a fourth time"
        await driver.answer(choices()[choice].replace("é", "e").replace("’", "'"))
        if choice == "delegate":
            await driver.answer("Sophie")
        elif choice == "date":
            await driver.answer("+3j")
        (found,) = company.select(Priority, "priority", "code = 'P-1'")
    assert {
        "do": found.day == company.today(),
        "delegate": found.delegated_to == "Sophie",
        "date": found.snoozed_until is not None,
        "drop": found.status == "dropped",
    }[choice]


async def test_a_gap_is_kept_for_a_priority(workspace: Workspace, drive: Drive) -> None:
    capture.save(workspace, "priority", entry.understand(workspace, "Sign it"))
    gap, _afternoon = board(workspace).today.gaps
    holds.hold(workspace, gap, "P-1")
    async with drive() as driver:
        assert "▣ Sign it" in driver.screen(), "the pane of today shows it"
        await driver.press("m", "tab")
        assert name_of(driver) == "today"
        rows = driver.app.screen.query_one("#review", Rows)
        rows.select(next(item.key for item in rows.items if item.key.startswith("gap:")))
        await driver.press("enter")
        await driver.answer("sign")
        assert len(workspace.select(Hold, "hold")) == 2
        await driver.press("escape", "f2")
        assert "▣ Sign it" in driver.screen(), "the week shows it"


async def test_the_assistant_prepares_by_a_key_and_the_line_stands_under_its_item(
    company: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.press("tab", "j")
        await driver.type("they call at noon")
        await driver.press("enter", "m")
        assert "✎ they call at noon" in driver.screen()
        assert "prepared by Claire at 09:22" in driver.screen()


async def test_the_rest_after_a_leave_is_one_key_away(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    review.finish_from_outside(workspace)
    clock.forward(days=1)
    for n in range(14):
        capture.save(workspace, "blocker", entry.understand(workspace, f"news {n}"))
    clock.forward(days=4)
    async with drive() as driver:
        await driver.press("m")
        assert "and the rest: 4 more" in driver.screen()
        await driver.press("end", "enter")
        assert "and the rest" not in driver.screen()
        await driver.press("t")
        assert driver.screen().count("✓ B-") == 14


async def test_the_text_for_the_assistant_is_queued_by_a_channel(company: Workspace, drive: Drive) -> None:
    team = Channel(key="team", name="Team", kind="slack", url="env:NOT_SET")
    company.settings = replace(company.settings, channels=(team,))
    async with drive() as driver:
        await driver.press("m", *["tab"] * 4, "enter")
        assert "send by Team" in driver.screen()
        await driver.press("enter")
        assert outbox.count(company.conn, "held") == 1


async def test_a_review_that_was_ended_from_the_shell_closes(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("m")
        other = Workspace.open(company.path, company.settings, company.clock)
        review.finish_from_outside(other)
        other.conn.close()
        driver.app.reload()
        await driver.pilot.pause()
        assert not isinstance(driver.app.screen, MorningReview)
    assert board(company).review is None
    assert len(company.select(Review, "review")) == 1


async def test_an_empty_cockpit_opens_on_the_last_step(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("m")
        assert name_of(driver) == "priorities"
        assert "Nothing new since 20 Nov. No blocker is open." in driver.screen()
        await driver.press("enter")
        assert len(workspace.select(Review, "review")) == 1


async def test_space_on_a_blocker_that_is_proposed_makes_it_a_priority(
    workspace: Workspace, drive: Drive
) -> None:
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down p1"))
    async with drive() as driver:
        await driver.press("m", *["tab"] * 5)
        assert "The hottest blockers" in driver.screen()
        await driver.press("home", "space")
        assert "P-1 made of B-1" in driver.screen()
    assert [each.title for each in workspace.select(Priority, "priority", "day IS NOT NULL")] == ["VPN down"]
