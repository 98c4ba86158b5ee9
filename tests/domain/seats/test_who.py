"""Who sits at the cockpit, and what each change asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.seats.rights import ALL, BY_REGISTER, Right, asked_for
from cockpit.domain.seats.seat import (
    READING,
    ROLES,
    AboveSeat,
    Door,
    NotAllowed,
    Seat,
    SeatRole,
    UnknownSeat,
    all_of,
    read_only,
    who,
    why_not,
)
from cockpit.domain.settings import RoleSettings, SeatSetting, Settings

SEATS = (
    SeatSetting(key="claire", name="Claire Morel", role="chief"),
    SeatSetting(key="sophie", name="Sophie Le Goff", role="assistant", user="sophie"),
    SeatSetting(key="marc", name="Marc", role="member", signed_in="marc@example.com"),
)
COMPANY = Settings(me="Claire Morel", seats=SEATS)


def test_what_a_forced_command_says_is_stronger_than_all_else() -> None:
    found = who(COMPANY, given="marc", signed_in="Sophie Le Goff", user="sophie")
    assert found is not None
    assert (found.person, found.door) == ("Marc", Door.FORCED)


def test_who_signed_in_is_stronger_than_the_user_of_the_system() -> None:
    found = who(COMPANY, signed_in="marc@example.com", user="sophie")
    assert found is not None
    assert (found.person, found.door) == ("Marc", Door.SIGNED_IN)


def test_the_user_of_the_system_is_stronger_than_the_name_of_the_configuration() -> None:
    found = who(COMPANY, user="sophie")
    assert found is not None
    assert (found.person, found.door, found.level) == ("Sophie Le Goff", Door.SYSTEM, 2)


def test_without_any_of_them_it_is_the_one_of_the_configuration() -> None:
    found = who(COMPANY)
    assert found is not None
    assert (found.person, found.role, found.door) == ("Claire Morel", SeatRole.CHIEF, Door.OWN)
    assert who(Settings(me="Claire Morel")) is None


@pytest.mark.parametrize(
    "said", [{"given": "Nobody"}, {"signed_in": "nobody@example.com"}, {"signed_in": "Marc"}]
)
def test_a_name_without_a_seat_opens_nothing(said: dict[str, str]) -> None:
    with pytest.raises(UnknownSeat):
        who(COMPANY, **said)


def test_the_configuration_overrides_the_level_and_the_rights_of_a_seat_and_of_a_role() -> None:
    settings = Settings(
        seats=(
            SeatSetting(key="a", name="A", role="member"),
            SeatSetting(key="b", name="B", role="member", level=3, may=("organise",)),
        ),
        roles=RoleSettings(member=("work", "send")),
    )
    one, other = who(settings, given="A"), who(settings, given="B")
    assert one is not None
    assert other is not None
    assert one.may == {Right.READ, Right.WORK, Right.SEND}
    assert other.level == 3
    assert other.may == {Right.READ, Right.ORGANISE}


@given(role=st.sampled_from(SeatRole), right=st.sampled_from(Right))
def test_a_role_has_a_right_or_a_reason_why_not(role: SeatRole, right: Right) -> None:
    found = who(Settings(seats=(SeatSetting(key="x", name="X", role=role),)), given="X")
    assert found is not None
    assert (why_not(found, (right,)) == "") is (right in ROLES[role][1])
    assert (why_not(read_only(found, ""), (right,)) == "") is (right is Right.READ)


def test_everybody_reads_and_a_reader_does_nothing_else() -> None:
    assert all(Right.READ in may for _level, may in ROLES.values())
    assert ROLES[SeatRole.READER][1] == READING


def test_each_register_says_what_its_changes_ask_for() -> None:
    assert BY_REGISTER.keys() == REGISTERS.keys()
    assert asked_for("thing.add", "no such register") == (Right.SETTINGS,)


CHIEF, ASSISTANT, MEMBER, READER = (
    Seat(person=name, role=role, level=ROLES[role][0], may=ROLES[role][1])
    for name, role in zip(("Claire", "Sophie", "Marc", "Ana"), SeatRole, strict=True)
)


def test_each_role_reads_up_to_a_level_and_may_so_much() -> None:
    def told(role: SeatRole) -> tuple[str, int, str]:
        level, may = ROLES[role]
        return role.label, level, " ".join(right for right in Right if right in may)

    assert [told(role) for role in SeatRole] == [
        ("chief executive", 3, "read work lead decide organise send settings files"),
        ("assistant", 2, "read work lead organise send"),
        ("member", 1, "read work lead"),
        ("reader", 1, "read"),
    ]
    assert [door for door in Door if door.is_enforced] == [Door.FORCED, Door.SIGNED_IN]
    assert (CHIEF.door, CHIEF.writes, MEMBER.writes, READER.writes) == (Door.OWN, True, True, False)
    only_sends = replace(READER, may=frozenset({Right.SEND}))
    assert only_sends.writes
    assert (MEMBER.has(Right.DECIDE, Right.LEAD), MEMBER.has(Right.DECIDE), MEMBER.has()) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("seat", "rights", "why"),
    [
        (None, (Right.SETTINGS,), ""),
        (CHIEF, (Right.SETTINGS,), ""),
        (MEMBER, (Right.DECIDE, Right.LEAD), ""),
        (MEMBER, (Right.DECIDE, Right.SEND),
         "Marc (member) may not do this: it asks for the right to decide and approve; cockpit seats tells"),
        (replace(MEMBER, person=""), (Right.FILES,),
         "? (member) may not do this: it asks for the right to read and write files of this "
         "machine; cockpit seats tells"),
        (READER, (Right.WORK,), "read only: nothing can be changed from here"),
        (replace(READER, may=frozenset()), (Right.WORK,),
         "Ana (reader) may not do this: it asks for the right to write blockers, priorities and "
         "notes; cockpit seats tells"),
    ],
)  # fmt: skip
def test_why_one_may_not_is_one_sentence(seat: Seat | None, rights: tuple[Right, ...], why: str) -> None:
    assert why_not(seat, rights) == why


def test_a_refusal_says_what_it_is_about() -> None:
    assert str(UnknownSeat("Zoé")) == (
        "there is no seat “Zoé”: whoever keeps the cockpit adds it with cockpit seats add"
    )
    assert str(AboveSeat("B-4", 2)) == "B-4 is above level 2, which is what this seat reads"
    assert str(AboveSeat("", 0)) == "? is above level 0, which is what this seat reads"
    refused = NotAllowed(MEMBER, [Right.SEND, Right.FILES])
    assert (refused.seat, refused.rights, refused.args) == (MEMBER, (Right.SEND, Right.FILES), ("Marc",))


def test_whoever_only_reads_keeps_their_level() -> None:
    assert read_only(MEMBER, "Claire") == replace(MEMBER, may=READING)
    assert read_only(None, "Claire") == Seat(person="Claire", role=SeatRole.CHIEF, level=3, may=READING)


def test_every_seat_of_the_configuration_is_told_in_its_order() -> None:
    settings = Settings(
        me="Claire  MOREL",
        seats=(
            SeatSetting(key="c", name="Claire Morel", role="chief", level=0),
            SeatSetting(key="m", name="Marc", role="reader", may=("send",)),
        ),
    )
    claire = Seat(person="Claire Morel", role=SeatRole.CHIEF, level=0, may=ALL)
    marc = Seat(person="Marc", role=SeatRole.READER, level=1, may=frozenset({Right.READ, Right.SEND}))
    assert all_of(settings) == (claire, marc)
    assert who(settings) == claire
    assert who(settings, given=" marc ") == replace(marc, door=Door.FORCED)
    assert who(settings, signed_in="MARC") == replace(marc, door=Door.SIGNED_IN)
    assert who(settings, user="marc") == claire, "who has no user of the system is found by none"
    assert who(Settings(me="", seats=settings.seats)) is None


ASKED_FOR: list[tuple[str, str, str]] = [
    ("blocker.add", "blocker", "work"), ("approval.submit", "approval", "work"),
    ("approval.close", "approval", "decide"),
    ("decision.add", "decision", "decide lead"), ("process.sign", "process", "decide"),
    ("process.add", "process", "organise"),
    ("cost.add", "cost", "work"), ("cost.edit", "cost", "organise"), ("review.go", "review", "read"),
    ("release.go", "release", "files"), ("occurrence.add", "occurrence", "lead"), ("x", "nothing", "settings"),
]  # fmt: skip


def test_what_a_change_asks_for() -> None:
    for action, register, rights in ASKED_FOR:
        assert " ".join(asked_for(action, register)) == rights
