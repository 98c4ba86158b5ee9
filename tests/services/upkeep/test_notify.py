"""Alerts leave once, after a preview, in waking hours; what was not delivered is tried again and stays visible."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cockpit.domain.registers.phase import SALE
from cockpit.domain.settings import Channel, LegalDate
from cockpit.services.alerts import gather
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import allowed_addresses, outbox
from cockpit.services.organisation import phase
from cockpit.services.upkeep import notify
from cockpit.services.upkeep.notify import Notified
from cockpit.services.work import capture, entry, moves
from cockpit.sharing.message import Message
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, failed
from cockpit.store.outside import outbox as store
from tests.conftest import TickingClock

TEAM = Channel(
    key="team", name="Team", kind="slack", url="https://hooks.slack.example/T/B/secret", level="orange"
)


class Receiver:
    """Stands for the outside: answers what it is told to, and remembers what came."""

    def __init__(self) -> None:
        self.answers: list[Delivery] = []
        self.came: list[Message] = []
        self.pauses: list[float] = []

    async def __call__(self, target: ChannelTarget, message: Message, **_rest: Any) -> Delivery:
        self.came.append(message)
        return self.answers.pop(0) if self.answers else DELIVERED

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """A company with one channel that was previewed, at 10:00 on a Monday."""
    clock.forward(hours=1, minutes=18)
    workspace.settings = replace(workspace.settings, channels=(TEAM,))
    outbox.approve(workspace, TEAM)
    return workspace


def add(workspace: Workspace, line: str) -> str:
    return capture.save(workspace, "blocker", entry.understand(workspace, line))


def turn(workspace: Workspace, receiver: Receiver) -> Notified:
    return asyncio.run(notify.notify(workspace, deliver=receiver, pause=receiver.pause))


def test_an_alert_is_told_once_and_again_when_it_comes_back(
    company: Workspace, clock: TickingClock, receiver: Receiver
) -> None:
    code = add(company, "VPN p1")
    assert turn(company, receiver).sent == 1
    assert turn(company, receiver).sent == 0
    (message,) = receiver.came
    assert message.title == "Say what is next: VPN"
    assert ("Next", "Claire: say what comes next (p)") in message.facts
    moves.next_step(company, code, "call")
    turn(company, receiver)
    clock.forward(hours=1)
    moves.next_step(company, code, "")
    assert turn(company, receiver).sent == 1
    assert receiver.came[0].id != receiver.came[1].id


def test_two_processes_tell_once(company: Workspace, receiver: Receiver) -> None:
    add(company, "VPN p1")
    with company.beside() as other:
        turn(other, receiver)
    turn(company, receiver)
    assert len(receiver.came) == 1


def test_a_red_one_that_nobody_took_up_is_told_again_a_day_later(
    company: Workspace, clock: TickingClock, receiver: Receiver
) -> None:
    add(company, "Late report @InfoSud sla:1ho p1 next:call")
    clock.forward(hours=2)
    turn(company, receiver)
    clock.forward(hours=23)
    assert turn(company, receiver).sent == 0
    clock.forward(hours=1)
    turn(company, receiver)
    assert [message.event for message in receiver.came] == ["alert.opened", "alert.updated"]


def test_nothing_leaves_before_a_preview_nor_to_another_address(
    workspace: Workspace, clock: TickingClock, receiver: Receiver
) -> None:
    clock.forward(hours=2)
    workspace.settings = replace(workspace.settings, channels=(TEAM,))
    add(workspace, "VPN p1")
    assert turn(workspace, receiver).sent == 0
    assert [parcel.state for parcel in store.latest(workspace.conn)] == ["held"]
    outbox.approve(workspace, TEAM)
    assert turn(workspace, receiver).sent == 1
    moved = replace(TEAM, url="https://hooks.slack.example/T/B/other")
    assert not allowed_addresses.is_approved(workspace, moved)


def test_what_is_more_confidential_than_its_channel_waits_for_its_own_preview(
    company: Workspace, receiver: Receiver
) -> None:
    add(company, "Dismissal p1 conf:3")
    assert turn(company, receiver).sent == 0
    (parcel,) = store.latest(company.conn)
    assert parcel.state == "held"
    outbox.approve(company, TEAM)
    assert turn(company, receiver).sent == 0
    outbox.release(company, parcel.id)
    assert turn(company, receiver).sent == 1


@pytest.mark.parametrize("hours", [12, 120], ids=["at night", "on Saturday"])
def test_nobody_is_told_when_people_rest(
    company: Workspace, clock: TickingClock, receiver: Receiver, hours: int
) -> None:
    clock.forward(hours=hours)
    add(company, "VPN p1")
    assert turn(company, receiver).quiet
    assert receiver.came == []
    clock.forward(days=7, hours=-hours)
    turn(company, receiver)
    assert len(receiver.came) == 1


def test_five_tries_in_an_hour_then_it_is_visible(
    company: Workspace, clock: TickingClock, receiver: Receiver
) -> None:
    add(company, "VPN p1")
    receiver.answers = [failed("no answer")] * 5
    turn(company, receiver)
    for minutes in (1, 4, 15, 40):
        clock.forward(minutes=minutes - 0.1)
        assert turn(company, receiver).put_off == 0
        clock.forward(minutes=0.1)
        turn(company, receiver)
    (parcel,) = store.latest(company.conn)
    assert (parcel.state, parcel.attempts, parcel.error) == ("failed", 5, "no answer")
    clock.forward(hours=2)
    assert len(receiver.came) == 5
    outbox.release(company, parcel.id)
    turn(company, receiver)
    assert store.get(company.conn, parcel.id).state == "sent"  # type: ignore[union-attr]


def test_a_refusal_for_good_is_not_tried_again(company: Workspace, receiver: Receiver) -> None:
    add(company, "VPN p1")
    receiver.answers = [failed("archived", permanent=True)]
    assert turn(company, receiver).given_up == 1


def test_a_server_that_asks_to_wait_is_left_alone_as_long(
    company: Workspace, clock: TickingClock, receiver: Receiver
) -> None:
    add(company, "VPN p1")
    receiver.answers = [failed("busy", retry_after_s=600)]
    turn(company, receiver)
    clock.forward(minutes=9)
    assert turn(company, receiver).sent == 0
    clock.forward(minutes=1)
    assert turn(company, receiver).sent == 1


def test_a_few_go_one_by_one_with_a_breath_and_many_as_one(company: Workspace, receiver: Receiver) -> None:
    for number in range(3):
        add(company, f"Blocker {number} p1")
    turn(company, receiver)
    assert (len(receiver.came), receiver.pauses) == (3, [1.0, 1.0])
    for number in range(12):
        add(company, f"Other {number} p1")
    turn(company, receiver)
    assert len(receiver.came) == 4
    assert receiver.came[3].title == "12 alerts"
    assert [item.partition("Other ")[2] for item in receiver.came[3].items] == [str(n) for n in range(12)]


def test_twenty_an_hour_are_enough(company: Workspace, clock: TickingClock, receiver: Receiver) -> None:
    for number in range(20):
        store.put(
            company.conn, "team", str(number), {"title": "x", "id": str(number)},
            "2026-11-23T08:50:00+00:00", state="queued",
        )  # fmt: skip
        at, until = "2026-11-23T08:50:00+00:00", "2026-11-23T08:52:00+00:00"
        assert store.claim(company.conn, [number + 1], str(number), at, until)
        store.settle(company.conn, number + 1, until, "sent", attempts=1, next_at=at, sent_at=at)
    add(company, "VPN p1")
    assert turn(company, receiver).sent == 0
    clock.forward(minutes=60)
    assert turn(company, receiver).sent == 1


def test_a_missing_secret_is_said_and_nothing_is_lost(
    company: Workspace, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = replace(TEAM, url="env:NOT_SET")
    company.settings = replace(company.settings, channels=(secret,))
    monkeypatch.setenv("NOT_SET", TEAM.url)
    outbox.approve(company, secret)
    monkeypatch.delenv("NOT_SET")
    add(company, "VPN p1")
    assert turn(company, receiver).put_off == 1
    (parcel,) = store.latest(company.conn)
    assert (parcel.state, "NOT_SET" in parcel.error) == ("queued", True)


def test_a_crash_while_sending_gives_the_message_back(
    company: Workspace, clock: TickingClock, receiver: Receiver
) -> None:
    add(company, "VPN p1")

    async def dies(*_args: Any, **_rest: Any) -> Delivery:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(notify.notify(company, deliver=dies, pause=receiver.pause))
    assert turn(company, receiver).sent == 0
    clock.at += timedelta(minutes=2)
    assert turn(company, receiver).sent == 1


def test_no_secret_is_stored(company: Workspace, receiver: Receiver) -> None:
    add(company, "VPN p1")
    receiver.answers = [failed("refused")]
    turn(company, receiver)
    dump = "\n".join(company.conn.iterdump())
    assert "hooks.slack.example" not in dump


def test_what_was_taken_up_is_not_told_again_while_it_lasts(
    company: Workspace, clock: TickingClock, receiver: Receiver
) -> None:
    add(company, "VPN p1")
    turn(company, receiver)
    (alert,) = board(company).alerts.loud
    gather.acknowledge(company, alert, "Sophie calls")
    for _turn in range(3):
        clock.forward(days=1)
        turn(company, receiver)
    assert len(receiver.came) == 1
    assert board(company).alerts.loud == ()


def test_what_the_phase_of_the_company_asks_leaves_by_no_channel_of_a_lower_level(
    company: Workspace, receiver: Receiver
) -> None:
    legal = LegalDate(key="staff", name="Tell the employees", phase=SALE, ahead="1d")
    company.settings = replace(company.settings, legal_dates=(legal,))
    phase.begin(company, SALE, target=company.today(), note="the buyer")
    add(company, "VPN down p1")
    turn(company, receiver)
    said = repr(receiver.came)
    assert "VPN" in said, "the others leave"
    below = company.behind(2)
    told = said + repr(store.latest(below.conn)) + repr(board(below))
    for word in (phase.word(SALE), "Tell the employees", "the buyer"):
        assert word not in told, word
    assert "Tell the employees" in repr(board(company))
