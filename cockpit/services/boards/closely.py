"""One blocker as a person decides on it: its clock, whom we wait for and how they are, who has it, what is next."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.text import fold
from cockpit.locale import N_, _
from cockpit.services.agenda import events as agenda_events
from cockpit.services.boards import once
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.promises import left
from cockpit.services.promises.left import ClockReading
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES
from cockpit.services.work.rows import waited

_DOWN = (State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE)
_SHORTEST = 4
"""Letters of a name from which an event that holds it is about whom it names."""


@dataclass(frozen=True)
class KnownFact:
    """One thing that is known of it, under its label."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Closely:
    """A blocker, drawn large."""

    row: Row
    """As the lists draw it."""
    said: ClockReading | None
    """What its clock says, where one runs on it."""
    facts: tuple[KnownFact, ...]


def closely(board: Board, record: Blocker) -> Closely:
    """All that `board` knows of a blocker; nothing is read."""
    clock = board.promises.of(record.code)
    said = left.reading(clock.record, clock.calendar, board.at) if clock is not None else None
    facts = tuple(KnownFact(_(label), pieces) for label, pieces in _facts(board, record, said) if pieces)
    return Closely(once.blocker(board, record), said, facts)


def waiting(board: Board, record: Blocker) -> tuple[Piece, ...]:
    """`Paie+ (outage 1 h 05), Julie Sabatier`: whom it waits for, and whether they are down now."""
    pieces: list[Piece] = []
    for code in record.waiting_on:
        pieces += [Piece(", ")] if pieces else []
        pieces.append(Piece(board.names.get(code, code), Role.OTHERS))
        line = next((each for each in board.outside.providers if each.code == code), None)
        trouble = "" if line is None or board.outside.offline else _trouble(board, line)
        pieces += [Piece(f" ({trouble})", Role.BAD)] if trouble else []
    return tuple(pieces)


def meetings(board: Board, record: Blocker) -> Iterator[Piece]:
    """The meetings still to come today whose title names whom it waits for."""
    named = [fold(board.names.get(code, code)) for code in record.waiting_on]
    for event in board.today.events:
        title = fold(event.title or "")
        about = any(len(name) >= _SHORTEST and name in title for name in named)
        if about and not event.all_day and not event.cancelled and event.end > board.at:
            yield Piece(f"{event.start:%H:%M} {agenda_events.label(event)}")


def _facts(
    board: Board, record: Blocker, said: ClockReading | None
) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    yield N_("We wait for"), waiting(board, record)
    owner = board.names.get(record.owner, record.owner)
    who = Piece(owner) if owner else Piece(_("no owner"), Role.WATCH)
    yield (
        N_("Carried by"),
        (who, Piece(" · " + _("for {span}").format(span=waited(record, board.at)), Role.QUIET)),
    )
    if record.due is not None:
        late = record.due < board.at
        when = dates.moment(record.due, board.at) + (" · " + _("late") if late else "")
        yield N_("Due"), (Piece(when, Role.BAD if late else Role.PLAIN),)
    step = Piece(record.next_step) if record.next_step else Piece(_("no next step"), Role.QUIET)
    yield N_("Next"), (step,)
    coming = list(meetings(board, record))
    yield N_("Today"), tuple(piece for each in coming for piece in (Piece(" · "), each))[1:]


def _trouble(board: Board, line: ProviderLine) -> str:
    """`outage 1 h 05`; empty where nothing is known to be wrong."""
    if line.fresh is Freshness.FRESH and line.state in _DOWN:
        since = line.row.since if line.row is not None else None
        word = _(STATES[line.state][1])
        if since is None:
            return word
        return f"{word} {dates.duration((board.at - since).total_seconds())}"
    return _("we see a problem") if line.ours.problem is not None else ""
