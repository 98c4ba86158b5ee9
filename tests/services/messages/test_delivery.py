"""What leaves is still true, wanted and allowed when it leaves; what was sent is said, and never sent twice unsaid."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from cockpit.domain.settings import Channel
from cockpit.services.alerts import gather
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import allowed_addresses, outbox, rows
from cockpit.services.records import find, keyed
from cockpit.services.upkeep import notify
from cockpit.services.upkeep.notify import Notified
from cockpit.services.upkeep.watch import in_words
from cockpit.services.work import capture, entry, moves
from cockpit.sharing.message import Message
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, RefusedRecipient, failed
from cockpit.store.outside import outbox as store
from tests.conftest import TickingClock

TEAM = Channel(key="team", name="Team", kind="webhook", url="https://hooks.example/in", level="orange")
MAIL = Channel(
    key="mail", name="Mail", kind="email", url="smtps://mail.example", sender="cockpit@mistral.example",
    to=("claire@mistral.example", "adele@mistral.example"), level="orange",
)  # fmt: skip


class Outside:
    """Stands for the outside: what came there, and what it answers next."""

    def __init__(self) -> None:
        self.answers: list[Delivery | Callable[[], Awaitable[Delivery]]] = []
        self.came: list[tuple[ChannelTarget, Message]] = []

    async def __call__(self, target: ChannelTarget, message: Message, **_rest: Any) -> Delivery:
        self.came.append((target, message))
        answer = self.answers.pop(0) if self.answers else DELIVERED
        return answer if isinstance(answer, Delivery) else await answer()

    async def pause(self, _seconds: float) -> None:
        return

    @property
    def titles(self) -> list[str]:
        return [message.title for _target, message in self.came]


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """One channel that was let go, at 10:00 on a Monday."""
    clock.forward(hours=1, minutes=18)
    return with_channels(workspace, TEAM)


def with_channels(workspace: Workspace, *channels: Channel) -> Workspace:
    workspace.settings = replace(workspace.settings, channels=channels)
    for each in channels:
        outbox.approve(workspace, each)
    return workspace


def add(workspace: Workspace, line: str) -> str:
    return capture.save(workspace, "blocker", entry.understand(workspace, line))


def turn(workspace: Workspace, outside: Outside) -> Notified:
    return asyncio.run(notify.notify(workspace, deliver=outside, pause=outside.pause))


def states(workspace: Workspace) -> list[tuple[str, str]]:
    rows = workspace.conn.execute("SELECT state, error FROM outbox ORDER BY id").fetchall()
    return [(row["state"], row["error"]) for row in rows]


def text(workspace: Workspace, id: str, channel: Channel = TEAM, **more: Any) -> None:
    message = Message(id=id, event="minutes", title=f"Minutes {id}", level=0, **more)
    outbox.queue(workspace, channel, message)


# What goes together


def test_minutes_and_agendas_always_leave_alone(company: Workspace, outside: Outside) -> None:
    for n in range(8):
        text(company, f"m{n}")
    for n in range(8):
        add(company, f"Blocker {n} p1")
    turn(company, outside)
    assert sorted(outside.titles) == sorted(["8 alerts", *(f"Minutes m{n}" for n in range(8))])


def test_a_bundle_keeps_its_key_when_a_seventh_alert_joins_after_a_crash(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    for n in range(6):
        add(company, f"Blocker {n} p1")

    async def dies() -> Delivery:
        raise KeyboardInterrupt

    outside.answers = [dies]
    with pytest.raises(KeyboardInterrupt):
        turn(company, outside)
    add(company, "Seventh p1")
    turn(company, outside)
    clock.forward(minutes=2)
    turn(company, outside)
    (_t, cut_off), (_t, seventh), (_t, again) = outside.came
    assert cut_off.id == again.id
    assert len(cut_off.items) == len(again.items) == 6
    assert seventh.title == "Say what is next: Seventh"
    assert {state for state, _why in states(company)} == {"sent"}
    # That it may be a second time is said to whoever reads it.
    assert [name for name, _value in again.facts] == ["Repeated"]
    assert cut_off.facts == ()


def test_what_left_alone_before_a_crash_does_not_join_a_bundle_after_it(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    add(company, "VPN p1")
    outside.answers = [failed("no answer", may_have_come=True)]
    turn(company, outside)
    clock.forward(minutes=1)
    for n in range(7):
        add(company, f"Blocker {n} p1")
    turn(company, outside)
    first, *rest = (message for _target, message in outside.came)
    assert sorted(message.title for message in rest) == ["7 alerts", "Say what is next: VPN"]
    (again,) = [message for message in rest if message.title != "7 alerts"]
    assert again.id == first.id
    assert "Repeated" in dict(again.facts)


def test_a_definite_refusal_is_no_repetition(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    add(company, "VPN p1")
    outside.answers = [failed("refuses connections")]
    turn(company, outside)
    clock.forward(minutes=1)
    turn(company, outside)
    assert "Repeated" not in dict(outside.came[1][1].facts)


def test_two_processes_at_one_message_send_it_once(company: Workspace, outside: Outside) -> None:
    add(company, "VPN p1")

    async def meanwhile() -> Delivery:
        with company.beside() as other:
            parcel = store.due(other.conn, "team", "2999-01-01T00:00:00+00:00")[0]
            now = parcel.next_at
            assert not store.claim(other.conn, [parcel.id], "other", now, "2999-01-01T00:00:00+00:00")
        return DELIVERED

    outside.answers = [meanwhile]
    assert turn(company, outside).sent == 1
    assert states(company) == [("sent", "")]


def test_a_process_that_slept_through_its_claim_does_not_settle_for_the_other(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    add(company, "VPN p1")

    async def asleep() -> Delivery:
        clock.forward(hours=1)
        with company.beside() as other:
            await notify.notify(other, deliver=outside, pause=outside.pause)
        return failed("the network is down")

    outside.answers = [asleep]
    turn(company, outside)
    assert [state for state, _why in states(company)] == ["sent"]
    assert len(outside.came) == 2


# The limit of an hour


def test_the_limit_counts_messages_not_alerts(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    for n in range(30):
        add(company, f"Blocker {n} p1")
    turn(company, outside)
    add(company, "One more p1")
    turn(company, outside)
    assert outside.titles == ["30 alerts", "Say what is next: One more"]


def test_a_red_one_passes_the_limit_and_what_waits_says_why(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    add(company, "Late report @InfoSud sla:1ho p1 next:call")
    clock.forward(minutes=30)
    for n in range(20):
        text(company, f"m{n}")
    turn(company, outside)
    clock.forward(minutes=40)
    text(company, "late")
    add(company, "Orange p1")
    assert turn(company, outside).sent == 1
    assert "SLA passed" in outside.titles[-1]
    waits = [why for state, why in states(company) if state == "queued"]
    assert waits == ["waits: 20 messages left by this channel within the hour"] * 3
    clock.forward(minutes=21)
    turn(company, outside)
    assert {state for state, _why in states(company)} == {"sent"}


# Judged at the door


def test_what_is_over_when_it_would_leave_is_dropped_and_says_so(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    code = add(company, "VPN p1")
    outside.answers = [failed("no answer")]
    turn(company, outside)
    moves.next_step(company, code, "call")
    clock.forward(minutes=1)
    turn(company, outside)
    assert len(outside.came) == 1
    assert states(company) == [("dropped", "it was over before this left")]


def test_what_somebody_took_up_is_dropped_and_says_so(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    add(company, "VPN p1")
    outside.answers = [failed("no answer")]
    turn(company, outside)
    (alert,) = board(company).alerts.loud
    gather.acknowledge(company, alert, "Sophie calls")
    clock.forward(minutes=1)
    turn(company, outside)
    assert states(company) == [("dropped", "somebody took it up before this left")]


def test_what_became_more_confidential_is_held_with_the_reason(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    code = add(company, "Dismissal p1")
    text(company, "m1", body=f"{code} was discussed")
    outside.answers = [failed("no answer"), failed("no answer")]
    turn(company, outside)
    register, record = find.find(company, code)
    company.change(register, record, {"conf": 3}, "blocker.edit")
    clock.forward(minutes=1)
    turn(company, outside)
    assert len(outside.came) == 2
    assert [state for state, _why in states(company)] == ["held", "held"]
    assert all("level 3" in why for _state, why in states(company))
    veiled = company.behind(1)
    shown = " ".join(outbox.shown(veiled, each) for each in store.latest(veiled.conn))
    veiled.conn.close()
    assert "Dismissal" not in shown
    assert "discussed" not in shown
    for parcel in store.latest(company.conn):
        assert outbox.release(company, parcel.id)
    turn(company, outside)
    assert {state for state, _why in states(company)} == {"sent"}


def test_it_leaves_in_the_words_of_now(company: Workspace, clock: TickingClock, outside: Outside) -> None:
    code = add(company, "VPN p1")
    outside.answers = [failed("no answer")]
    turn(company, outside)
    register, record = find.find(company, code)
    company.change(register, record, {"title": "VPN of Lyon"}, "blocker.edit")
    clock.forward(minutes=1)
    turn(company, outside)
    assert outside.titles == ["Say what is next: VPN", "Say what is next: VPN of Lyon"]


def test_what_was_said_again_since_is_not_said_twice(
    workspace: Workspace, clock: TickingClock, outside: Outside
) -> None:
    clock.forward(hours=1, minutes=18)
    workspace.settings = replace(workspace.settings, channels=(TEAM,))
    add(workspace, "Late report @InfoSud sla:1ho p1 next:call")
    clock.forward(hours=2)
    for _day in range(3):
        turn(workspace, outside)
        clock.forward(days=1)
    outbox.approve(workspace, TEAM)
    turn(workspace, outside)
    assert len(outside.came) == 1
    assert sorted(states(workspace))[:2] == [("dropped", "a later message says more")] * 2


def test_an_approval_of_today_does_not_send_the_minutes_of_three_days_ago(
    workspace: Workspace, clock: TickingClock, outside: Outside
) -> None:
    clock.forward(hours=1, minutes=18)
    workspace.settings = replace(workspace.settings, channels=(TEAM,))
    text(workspace, "old")
    clock.forward(days=3)
    text(workspace, "new")
    outbox.approve(workspace, TEAM)
    turn(workspace, outside)
    assert outside.titles == ["Minutes new"]
    old = states(workspace)[0]
    assert old[0] == "dropped"
    assert old[1].startswith("it waited 3 d")
    assert outbox.release(workspace, 1)
    turn(workspace, outside)
    assert outside.titles == ["Minutes new", "Minutes old"]
    assert not outbox.release(workspace, 1)


# Where its beginning was


def test_the_end_goes_where_the_beginning_went_and_only_there(
    workspace: Workspace, clock: TickingClock, outside: Outside
) -> None:
    clock.forward(hours=1, minutes=18)
    other = replace(TEAM, key="other", name="Other", url="https://hooks.example/other")
    with_channels(workspace, TEAM, MAIL, other)
    code = add(workspace, "Late report @InfoSud sla:1ho p1 next:call")
    clock.forward(hours=2)
    gone = RefusedRecipient("adele@mistral.example", "is not known there (550)", permanent=True)
    outside.answers = [
        DELIVERED,
        Delivery(False, "refuses", permanent=True, took=("claire@mistral.example",), refused=(gone,)),
        failed("no such address", permanent=True),
    ]
    turn(workspace, outside)
    workspace.settings = replace(
        workspace.settings, channels=(TEAM, replace(MAIL, to=(*MAIL.to, "new@mistral.example")), other)
    )
    outbox.approve(workspace, workspace.settings.channels[1])
    came = len(outside.came)
    moves.done(workspace, [code])
    clock.forward(minutes=5)
    turn(workspace, outside)
    ends = [each for each in outside.came[came:] if each[1].event == "alert.resolved"]
    assert [(target.kind, target.left or target.recipients) for target, _message in ends] == [
        ("webhook", ()), ("email", ("claire@mistral.example",)),
    ]  # fmt: skip
    for _target, message in ends:
        assert message.title == "No longer late: Late report"
        assert message.thread == outside.came[0][1].thread
    turn(workspace, outside)
    assert sum(message.event == "alert.resolved" for _target, message in outside.came) == 2


# Recipients


def test_each_recipient_has_its_own_state_and_the_others_do_not_get_the_mail_again(
    workspace: Workspace, clock: TickingClock, outside: Outside
) -> None:
    clock.forward(hours=1, minutes=18)
    with_channels(workspace, MAIL)
    add(workspace, "VPN p1")
    busy = RefusedRecipient("adele@mistral.example", "cannot take mail now (450)", permanent=False)
    partly = Delivery(False, "refuses", took=("claire@mistral.example",), refused=(busy,))
    outside.answers = [partly, failed("no answer"), replace(partly, took=())]
    turn(workspace, outside)
    (parcel,) = store.latest(workspace.conn)
    assert parcel.state == "queued"
    assert rows.told_of(workspace, parcel)[1:] == [
        "claire@mistral.example: has it",
        "adele@mistral.example: does not have it yet (cannot take mail now (450))",
    ]
    for minutes in (1, 4, 15):
        clock.forward(minutes=minutes)
        turn(workspace, outside)
    assert [target.left or target.recipients for target, _m in outside.came] == [
        MAIL.to, ("adele@mistral.example",), ("adele@mistral.example",), ("adele@mistral.example",),
    ]  # fmt: skip
    assert states(workspace) == [("sent", "")]


def test_a_recipient_that_is_refused_for_good_is_not_said_to_have_it(
    workspace: Workspace, clock: TickingClock, outside: Outside
) -> None:
    clock.forward(hours=1, minutes=18)
    with_channels(workspace, MAIL)
    add(workspace, "VPN p1")
    gone = RefusedRecipient("adele@mistral.example", "is not known there (550)", permanent=True)
    outside.answers = [Delivery(False, "refuses", permanent=True, took=MAIL.to[:1], refused=(gone,))]
    assert turn(workspace, outside).given_up == 1
    assert states(workspace) == [("failed", "adele@mistral.example is not known there (550)")]
    assert outbox.release(workspace, 1)
    turn(workspace, outside)
    assert outside.came[-1][0].left == ("adele@mistral.example",)
    assert states(workspace) == [("sent", "")]


def test_what_is_dropped_says_why_and_who_has_it_all_the_same(
    workspace: Workspace, clock: TickingClock, outside: Outside
) -> None:
    clock.forward(hours=1, minutes=18)
    with_channels(workspace, MAIL)
    code = add(workspace, "VPN p1")
    busy = RefusedRecipient("adele@mistral.example", "cannot take mail now (450)", permanent=False)
    outside.answers = [Delivery(False, "refuses", took=("claire@mistral.example",), refused=(busy,))]
    turn(workspace, outside)
    moves.next_step(workspace, code, "call")
    clock.forward(minutes=1)
    turn(workspace, outside)
    (parcel,) = store.latest(workspace.conn)
    assert rows.reasons(workspace, parcel) == [
        "dropped: it was over before this left",
        "claire@mistral.example: has it",
        "adele@mistral.example: does not have it yet (cannot take mail now (450))",
    ]


# Approvals


def test_an_approval_is_of_an_address_and_ends_when_it_changes(
    workspace: Workspace, clock: TickingClock, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.forward(hours=1, minutes=18)
    named = replace(TEAM, url="env:HOOK")
    monkeypatch.setenv("HOOK", "https://hooks.example/room-1")
    with_channels(workspace, named)
    add(workspace, "VPN p1")
    outside.answers = [failed("no answer")]
    turn(workspace, outside)
    monkeypatch.setenv("HOOK", "https://hooks.example/room-2")
    assert not allowed_addresses.is_approved(workspace, named)
    clock.forward(minutes=1)
    assert "1 message waits for a preview: cockpit outbox" in in_words(turn(workspace, outside))
    assert len(outside.came) == 1
    ((state, why),) = states(workspace)
    assert (state, "address of this channel changed" in why) == ("held", True)
    # Even back at the first room: what ended has ended.
    monkeypatch.setenv("HOOK", "https://hooks.example/room-1")
    assert not allowed_addresses.is_approved(workspace, named)
    assert outbox.release(workspace, 1)
    turn(workspace, outside)
    assert len(outside.came) == 1
    outbox.approve(workspace, named)
    turn(workspace, outside)
    assert len(outside.came) == 2


def test_an_approval_is_for_these_recipients_in_any_order(workspace: Workspace) -> None:
    outbox.approve(workspace, MAIL)
    assert allowed_addresses.is_approved(workspace, replace(MAIL, to=MAIL.to[::-1]))
    assert not allowed_addresses.is_approved(workspace, replace(MAIL, to=(*MAIL.to, "new@mistral.example")))
    assert not allowed_addresses.is_approved(workspace, replace(MAIL, to=MAIL.to[:1]))


def test_an_approval_tells_no_address_and_cannot_be_written_by_who_has_the_database_alone(
    company: Workspace,
) -> None:
    assert allowed_addresses.is_approved(company, TEAM)
    dump = "\n".join(company.conn.iterdump())
    assert "hooks.example" not in dump
    assert keyed.key_path(company).stat().st_mode & 0o777 == 0o600
    keyed.key_path(company).unlink()
    assert not allowed_addresses.is_approved(company, TEAM)
    assert not allowed_addresses.stands(company, TEAM, allowed_addresses.target_of(TEAM))
    outbox.approve(company, TEAM)
    assert allowed_addresses.is_approved(company, TEAM)


# Channels of this computer


def test_a_channel_that_this_computer_lacks_is_said_once_and_nothing_is_not_delivered(
    workspace: Workspace, clock: TickingClock, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.forward(hours=1, minutes=18)
    monkeypatch.setenv("PATH", "")
    desktop = Channel(key="desk", name="Desk", kind="desktop", level="orange")
    with_channels(workspace, TEAM)
    workspace.settings = replace(workspace.settings, channels=(TEAM, desktop))
    add(workspace, "VPN p1")
    (said,) = turn(workspace, outside).unusable
    assert said.startswith("Desk: ")
    add(workspace, "Printer p1")
    assert turn(workspace, outside).unusable == ()
    assert {parcel.channel for parcel in store.latest(workspace.conn)} == {"team"}
    assert [each.kind for each in board(workspace).alerts.loud if each.kind == "undelivered"] == []


def test_confidential_titles_do_not_pass_the_veil_by_the_name_of_their_record(company: Workspace) -> None:
    code = add(company, "Dismissal p1")
    text(company, "m1", body=f"{code} Dismissal")
    register, record = find.find(company, code)
    company.change(register, record, {"conf": 3}, "blocker.edit")
    veiled = company.behind(1)
    assert "Dismissal" not in str([dict(each.message) for each in store.latest(veiled.conn)])
    veiled.conn.close()


def test_that_a_channel_fails_is_told_by_the_others(
    workspace: Workspace, clock: TickingClock, outside: Outside
) -> None:
    clock.forward(hours=1, minutes=18)
    with_channels(workspace, TEAM, replace(TEAM, key="other", url="https://hooks.example/other"))
    add(workspace, "VPN p1")
    outside.answers = [failed("no such address", permanent=True)]
    for _turn in range(3):
        turn(workspace, outside)
        clock.forward(minutes=5)
    rows = workspace.conn.execute(
        "SELECT channel, state FROM outbox WHERE about LIKE 'undelivered%'"
    ).fetchall()
    assert [tuple(row) for row in rows] == [("other", "sent")]


def test_what_waits_for_a_channel_that_is_gone_says_so(company: Workspace, outside: Outside) -> None:
    text(company, "m1")
    company.settings = replace(company.settings, channels=())
    turn(company, outside)
    assert states(company) == [("dropped", "its channel is not in the configuration any more")]


def test_of_a_case_that_is_over_in_part_the_rest_leaves(
    company: Workspace, clock: TickingClock, outside: Outside
) -> None:
    code = add(company, "VPN p1")
    outside.answers = [failed("no answer")]
    turn(company, outside)
    (parcel,) = store.latest(company.conn)
    company.conn.execute(
        "UPDATE outbox SET about = ? WHERE id = ?", (f"over:{code}\n{parcel.about[0]}", parcel.id)
    )
    clock.forward(minutes=1)
    assert turn(company, outside).sent == 1
