"""Who has a seat at this cockpit, what they read and what they may do."""

from __future__ import annotations

import getpass
import platform
import shlex
from collections.abc import Iterator, Sequence

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.seats.rights import ALL, Right
from cockpit.domain.seats.seat import READING, Door, Seat, all_of
from cockpit.domain.settings import SeatSetting
from cockpit.locale import _
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace


@dataclass(frozen=True)
class SeatLine:
    """A seat, and how one comes to it."""

    seat: Seat
    user: str
    signed_in: str
    is_here: bool
    """Whether it is the one from which this is asked."""


def seats(workspace: Workspace) -> tuple[SeatLine, ...]:
    """Every seat that the configuration gives, in its order."""
    here = workspace.seat.person if workspace.seat else ""
    return tuple(
        SeatLine(seat, said.user, said.signed_in, seat.person == here)
        for seat, said in zip(all_of(workspace.settings), workspace.settings.seats, strict=True)
    )


def row(line: SeatLine) -> Row:
    """Who, in which role, what they read and what they may do."""
    seat = line.seat
    more = [_("user {name}").format(name=line.user)] if line.user else []
    more += [_("signs in as {name}").format(name=line.signed_in)] if line.signed_in else []
    return Row(
        (
            Piece("▸ " if line.is_here else "· ", Role.NOW),
            Piece(seat.person, Role.STRONG, column=24),
            Piece(" " + seat.role.label, column=22),
            Piece(" " + _("level {n}").format(n=seat.level), Role.QUIET, column=10),
            Piece(" " + may(seat), Role.QUIET),
            Piece("".join(f" · {each}" for each in more), Role.QUIET),
        )
    )


def may(seat: Seat) -> str:
    """What one may do from there, in words."""
    if seat.may == ALL:
        return _("everything")
    if seat.may == READING:
        return _("reads, and writes nothing")
    return ", ".join(right.label for right in Right if right in seat.may)


def what_it_is_worth() -> str:
    """Whether these rights are kept from whoever wants to get around them; said wherever they are shown."""
    return _(
        "Behind a forced ssh command or a reverse proxy this is access control. For whoever has the file itself it"
        " is a filter: they can read all of it with other tools."
    )


def to_json(line: SeatLine) -> dict[str, object]:
    """The same for a program."""
    seat = line.seat
    return {
        "person": seat.person,
        "role": str(seat.role),
        "level": seat.level,
        "may": [str(right) for right in Right if right in seat.may],
        "user": line.user,
        "signed_in": line.signed_in,
        "here": line.is_here,
    }


def here_json(workspace: Workspace) -> dict[str, object]:
    """Who sits here now, and how that was found out."""
    seat = workspace.seat
    return {
        "person": workspace.actor,
        "role": str(seat.role) if seat else "chief",
        "level": 3 if seat is None else seat.level,
        "door": str(seat.door if seat else Door.OWN),
        "enforced": seat is not None and seat.door.is_enforced,
        "read_only": not workspace.writes,
    }


def here(workspace: Workspace) -> str:
    """The same in a sentence."""
    seat = workspace.seat
    if seat is None:
        return _("You sit here as {who}: everything is shown, and may be done.").format(who=workspace.actor)
    how = {
        Door.FORCED: _("given by the command"),
        Door.SIGNED_IN: _("signed in"),
        Door.SYSTEM: _("by the system's user"),
        Door.OWN: _("by the configuration"),
    }[seat.door]
    return _("You sit here as {who} ({role}), {how}.").format(who=seat.person, role=seat.role.label, how=how)


def how_to_come_in(said: SeatSetting, files: Sequence[str]) -> Iterator[str]:
    """What is typed to sit down there, on this machine and from another one."""
    mine = shlex.join(("cockpit", *files, "--seat", said.name))
    yield _("here: {command}").format(command=mine)
    yield _("by ssh, with the key that they send you:")
    key = shlex.join(("cockpit", *files, "seats", "key", said.name, "id_ed25519.pub"))
    yield f"  {key} >> ~/.ssh/authorized_keys"
    yield _("  then they type: ssh -t {user}@{host}").format(
        user=getpass.getuser(), host=platform.node() or "HOST"
    )
