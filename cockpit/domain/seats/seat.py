"""A seat: one person at the cockpit, with a role. How it is found out who sits there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.refusal import Refusal
from cockpit.domain.seats.rights import ALL, Right
from cockpit.domain.settings import SeatSetting, Settings
from cockpit.locale import N_, _


class SeatRole(StrEnum):
    """Few and plain."""

    CHIEF = "chief"
    ASSISTANT = "assistant"
    MEMBER = "member"
    READER = "reader"

    @property
    def label(self) -> str:
        """What it is called."""
        return _(_LABELS[self])


_LABELS = {
    SeatRole.CHIEF: N_("chief executive"),
    SeatRole.ASSISTANT: N_("assistant"),
    SeatRole.MEMBER: N_("member"),
    SeatRole.READER: N_("reader"),
}
ROLES: Mapping[SeatRole, tuple[int, frozenset[Right]]] = {
    SeatRole.CHIEF: (3, ALL),
    SeatRole.ASSISTANT: (2, frozenset({Right.READ, Right.WORK, Right.LEAD, Right.ORGANISE, Right.SEND})),
    SeatRole.MEMBER: (1, frozenset({Right.READ, Right.WORK, Right.LEAD})),
    SeatRole.READER: (1, frozenset({Right.READ})),
}
"""The level that each role reads, and what it may do, unless the configuration says otherwise."""


class Door(StrEnum):
    """How it was found out who sits there, the surest first."""

    FORCED = "forced"
    """`--seat`, in a forced command of ssh."""
    SIGNED_IN = "signed in"
    """A reverse proxy said who signed in."""
    SYSTEM = "system"
    """The user of the operating system."""
    OWN = "own"
    """The `me` of the configuration."""

    @property
    def is_enforced(self) -> bool:
        """Whether whoever comes by it has nothing but the program: what it refuses, they cannot do."""
        return self in (Door.FORCED, Door.SIGNED_IN)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who sits at the cockpit now."""

    person: str
    role: SeatRole
    level: int
    """The highest level of confidentiality that they read."""
    may: frozenset[Right]
    door: Door = Door.OWN

    @property
    def writes(self) -> bool:
        """Whether anything at all may be written."""
        return self.may != READING

    def has(self, *rights: Right) -> bool:
        """Whether one of these is among what they may do."""
        return not self.may.isdisjoint(rights)


READING = frozenset({Right.READ})
SIGNED_IN = "COCKPIT_SIGNED_IN"
"""The variable in which the process of a browser is told who signed in."""


class UnknownSeat(Refusal):
    """The configuration has no such seat."""

    def __str__(self) -> str:
        return _(
            "there is no seat “{name}”: whoever keeps the cockpit adds it with cockpit seats add"
        ).format(name=self.args[0])


class NotAllowed(Refusal):
    """Whoever sits here may not do that."""

    def __init__(self, seat: Seat, rights: Collection[Right]) -> None:
        super().__init__(seat.person)
        self.seat, self.rights = seat, tuple(rights)

    def __str__(self) -> str:
        if self.seat.may == READING:
            return _("read only: nothing can be changed from here")
        return _(
            "{who} ({role}) may not do this: it asks for the right to {right}; cockpit seats tells"
        ).format(who=self.seat.person or "?", role=self.seat.role.label, right=self.rights[0].label)


class AboveSeat(Refusal):
    """A record that this seat may not read is not to be changed from it."""

    def __init__(self, code: str, level: int) -> None:
        super().__init__(code)
        self.code, self.level = code, level

    def __str__(self) -> str:
        return _("{code} is above level {level}, which is what this seat reads").format(
            code=self.code or "?", level=self.level
        )


def why_not(seat: Seat | None, rights: Collection[Right]) -> str:
    """Why whoever sits there may do none of these; empty when they may. Without a seat all may be done."""
    return "" if seat is None or seat.has(*rights) else str(NotAllowed(seat, rights))


def who(settings: Settings, *, given: str = "", signed_in: str = "", user: str = "") -> Seat | None:
    """Who sits there: who the forced command says, else who signed in, else the system's user, else `me`.

    None where the configuration gives `me` no seat: everything is shown then, and may be done. Raises
    UnknownSeat for a name that is said and has no seat.
    """
    for name, door in ((given, Door.FORCED), (signed_in, Door.SIGNED_IN)):
        if name:
            return _seat(settings, _named(settings.seats, name, door), door)
    found = next((each for each in settings.seats if user and each.user == user), None)
    if found is not None:
        return _seat(settings, found, Door.SYSTEM)
    mine = next((each for each in settings.seats if _same(each.name, settings.me)), None)
    return None if mine is None else _seat(settings, mine, Door.OWN)


def all_of(settings: Settings) -> tuple[Seat, ...]:
    """Every seat that the configuration gives."""
    return tuple(_seat(settings, each, Door.OWN) for each in settings.seats)


def read_only(seat: Seat | None, me: str) -> Seat:
    """The same, who may only read."""
    if seat is None:
        return Seat(person=me, role=SeatRole.CHIEF, level=ROLES[SeatRole.CHIEF][0], may=READING)
    return replace(seat, may=READING)


def _named(seats: Sequence[SeatSetting], name: str, door: Door) -> SeatSetting:
    """The seat of that name; one that has a name to sign in with is found by that alone."""
    for each in seats:
        if each.signed_in == name if door is Door.SIGNED_IN and each.signed_in else _same(each.name, name):
            return each
    # Who else may come is told to nobody who comes from outside.
    raise UnknownSeat(name)


def _seat(settings: Settings, said: SeatSetting, door: Door) -> Seat:
    role = SeatRole(said.role)
    level, may = ROLES[role]
    words: tuple[str, ...] = said.may or getattr(settings.roles, role)
    return Seat(
        person=said.name,
        role=role,
        level=level if said.level is None else said.level,
        may=frozenset(map(Right, words)) | READING if words else may,
        door=door,
    )


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and one.casefold().split() == other.casefold().split()
