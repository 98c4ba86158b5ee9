"""Who sits at the cockpit, and what each change asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.registers import REGISTERS
from cockpit.domain.seats.rights import BY_REGISTER, Right, asked_for
from cockpit.domain.seats.seat import READING, ROLES, Door, SeatRole, UnknownSeat, read_only, who, why_not
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
