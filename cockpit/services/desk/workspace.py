"""One opened cockpit: the database, the settings, the clock and the person at the keyboard."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cockpit.assets import program_file
from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.records.confidentiality import EVERYTHING, is_above, restricted
from cockpit.domain.records.identities import ME, candidates, is_code, key
from cockpit.domain.records.record import FieldKind, Record, Register, Value, defaults
from cockpit.domain.registers import REGISTERS
from cockpit.domain.seats.rights import Right, asked_for
from cockpit.domain.seats.seat import AboveSeat, NotAllowed, Seat
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.desk.now import Clock, system_clock
from cockpit.services.desk.standing import Ground
from cockpit.store import journal, people, records, undo, veil
from cockpit.store.connection import SCHEMA_VERSION, HeldElsewhere, connect, place_of, schema_of
from cockpit.store.state import drafts, heat, lease, memos
from cockpit.store.transaction import transaction

FILE_NAME = "cockpit.db"
PROGRAM = journal.PROGRAM
_ZONE = "zone"
_NAMING = (FieldKind.TEXT, FieldKind.NAMES)
"""Kinds of fields that hold a name where no record is known."""
NAMED = (*(register.name for register in REGISTERS.values() if register.unique), "interface")
"""Registers whose records are shown by name where another record holds their code. Two interfaces may have one
name: there the code is asked for."""

_PROGRAM_FILE = program_file()
"""Of the version that runs: what it loads later must be of the same one."""

R = TypeVar("R", bound=Record)


class Names(dict[str, str]):
    """Code to name of everything that records refer to, archived ones too: others may still refer to them."""

    archived: frozenset[str] = frozenset()
    """Codes that are not proposed any more."""
    over: frozenset[str] = frozenset()
    """Codes of who has left and of what has ended: meant when nothing that is in force is."""
    me: str = ""
    """Whom `moi` and `me` mean: the code of the one at the keyboard, else their name."""

    @property
    def gone(self) -> frozenset[str]:
        """Codes that are not proposed: archived, or over."""
        return self.archived | self.over

    @property
    def my_name(self) -> str:
        """What the one at the keyboard is called on every screen and in every text."""
        return self.get(self.me, self.me)


def default_path() -> Path:
    """The database in the platform's data directory."""
    from platformdirs import user_data_path

    return user_data_path("cockpit", appauthor=False) / FILE_NAME


@dataclass
class Workspace:
    """What a job needs to read and to change records. One per process and database."""

    conn: sqlite3.Connection
    path: Path
    settings: Settings = field(default_factory=Settings)
    clock: Clock = system_clock
    config_path: Path | None = None
    stands_at: datetime | None = None
    """The past moment at which this copy of the cockpit stands; None: it is the cockpit itself."""
    room: int | None = None
    """The level above which this workspace reads no words; None: it reads everything."""
    seat: Seat | None = None
    """Who sits here; None: nobody was given a seat, and everything may be done."""
    _veiled: Workspace | None = field(default=None, repr=False)
    _place: tuple[int, int] | None = None
    """What tells the file that was opened from one that took its name; None: not asked."""
    _lifts: bool = False
    """Whether this is the connection of a seat that writes behind a veil of its own."""
    _is_held: bool = False
    """Whether this connection was told to write nothing."""
    _stays: bool = False
    """Whether this process said in the file that it has it open."""
    _seen: int | None = None
    """The last entry of the journal that whoever writes now has seen; None: not asked."""
    _batch: int | None = None
    """The batch in which everything is written that makes one change; None: each by itself."""

    @classmethod
    def open(
        cls,
        path: Path,
        settings: Settings,
        clock: Clock = system_clock,
        config_path: Path | None = None,
        seat: Seat | None = None,
        *,
        take_over: bool = False,
    ) -> Workspace:
        """Open the database at `path`, which is made when absent. Raises `store.connection.StoreError`.

        A seat that does not read everything reads through a veil that nothing lifts; one that only reads has
        a connection that writes nothing. A file that another host has open is refused, unless `take_over`: that
        host writes nothing more then.
        """
        writes = seat is None or seat.writes
        conn = connect(path, create=writes)
        other = None if take_over else lease.elsewhere(conn, clock())
        if other is not None:
            conn.close()
            raise HeldElsewhere(path, other)
        opened = cls(conn, path, settings, clock, config_path, seat=seat, _place=place_of(path))
        if seat is not None and seat.level < EVERYTHING:
            veil.draw(conn, seat.level, writing=True)
            opened.room, opened._lifts = seat.level, writes
        if not writes:
            conn.execute("PRAGMA query_only = ON")
            return opened
        if os.path.exists(f"{path}.typing"):
            from cockpit.store.state import typed

            # Busy, full, or another user's folder: they wait for a start that can read them.
            with suppress(sqlite3.OperationalError, OSError):
                typed.take_in(conn, path)
        if os.path.exists(f"{path}.drafts"):
            from cockpit.services.desk import ground

            # Busy, full, or another account's: they wait for a start that can read them.
            with suppress(sqlite3.OperationalError, OSError):
                ground.take_in(conn, path, records.instant(clock()))
        return opened

    @contextmanager
    def beside(self) -> Iterator[Workspace]:
        """The same cockpit on a connection of its own, for a thread that reads. Raises `StoreError`."""
        with closing(connect(self.path, create=False)) as conn:
            if self.room is not None:
                veil.draw(conn, self.room)
            yield replace(self, conn=conn, _veiled=None, _lifts=False)

    def behind(self, level: int) -> Workspace:
        """The same cockpit, read-only, without the words of what is above that level. Raises `StoreError`.

        What this one does not read, that one does not read either.
        """
        if level >= (EVERYTHING if self.room is None else self.room):
            return self
        conn = connect(self.path, create=False)
        veil.draw(conn, level)
        return replace(self, conn=conn, room=level, _veiled=None, _lifts=False)

    @property
    def shown(self) -> Workspace:
        """What may be shown now: all that screens read, they read through this."""
        if self._veiled is None:
            return self
        self._veiled.settings = self.settings
        self._veiled.__dict__["zone"] = self.zone
        return self._veiled

    def draw_veil(self, level: int) -> None:
        """Show nothing above `level` from now on, in this session alone. Raises `StoreError`."""
        self.lift_veil()
        veiled = self.behind(level)
        self._veiled = veiled if veiled is not self else None

    def lift_veil(self) -> None:
        """Show everything again."""
        if self._veiled is not None:
            self._veiled.conn.close()
        self._veiled = None

    @property
    def must_not_write(self) -> bool:
        """Whether the file is not this program's to write any more (`ground` says why): nothing is written then.

        Cheap: asked once a second and before each change.
        """
        off = self.ground is not Ground.STANDS
        if off != self._is_held:
            self.conn.execute(f"PRAGMA query_only = {int(off or not self.writes)}")
            self._is_held = off
        return off

    @property
    def ground(self) -> Ground:
        """Whether the file that was opened is still there, of the schema that was opened, and this host's."""
        if self._place is None:
            return Ground.STANDS
        if place_of(self.path) != self._place:
            return Ground.MOVED
        if schema_of(self.conn) > SCHEMA_VERSION or program_file() != _PROGRAM_FILE:
            return Ground.UPGRADED
        if self._stays and lease.elsewhere(self.conn, self.clock()) is not None:
            return Ground.TAKEN
        return Ground.STANDS

    def hold(self) -> None:
        """This process stays open, and says so in the file now and then: another host keeps off."""
        if self.stands_at is not None:
            return
        self._stays = True
        # Busy or full: said the next time.
        with suppress(sqlite3.OperationalError):
            if not self.must_not_write:
                lease.hold(self.conn, self.clock())

    def take_over(self) -> None:
        """From now on this host has the file; another one that had it open writes nothing more."""
        lease.hold(self.conn, self.clock())
        self._stays = True

    def let_go(self) -> None:
        """This process is about to end."""
        with suppress(sqlite3.Error):
            if self._stays and not self.must_not_write:
                lease.let_go(self.conn)

    def follow(self, settings: Settings) -> None:
        """Go on with other settings: what was worked out of the former ones is worked out anew."""
        self.settings = settings
        for name in ("zone", "actor"):
            self.__dict__.pop(name, None)

    @property
    def written(self) -> int:
        """The number of the journal's last entry: how far whoever looks now has seen."""
        return journal.head(self.conn)[0]

    @contextmanager
    def as_of(self, seen: int) -> Iterator[None]:
        """What is written inside was decided when `seen` was the last entry.

        Raises `store.journal.Overtaken` where somebody else wrote the same field of a record since.
        """
        outer, self._seen = self._seen, seen
        try:
            yield
        finally:
            self._seen = outer

    @property
    def is_drawn(self) -> bool:
        """Whether the veil was drawn here, and can be lifted."""
        return self._veiled is not None

    @property
    def writes(self) -> bool:
        """Whether anything at all may be written from here."""
        return self.seat is None or self.seat.writes

    @property
    def opens_here(self) -> bool:
        """Whether a page may be opened by a program of this machine: not by who came from elsewhere."""
        return self.seat is None or not self.seat.door.is_enforced or self.seat.has(Right.FILES)

    def why_not(self, *rights: Right) -> str:
        """Why who sits here may do none of these, in one sentence; empty when they may."""
        return "" if self.seat is None or self.seat.has(*rights) else str(NotAllowed(self.seat, rights))

    def require(self, *rights: Right) -> None:
        """Raises NotAllowed unless who sits here may do one of these."""
        if self.seat is not None and not self.seat.has(*rights):
            raise NotAllowed(self.seat, rights)

    @contextmanager
    def as_program(self) -> Iterator[None]:
        """What the program works out by itself inside reads everything, whoever sits here.

        Nothing of it is shown: what is shown is read after it.
        """
        room = self.room
        if room is None or not self._lifts:
            yield
            return
        self.room = None
        veil.set_level(self.conn, EVERYTHING)
        try:
            yield
        finally:
            self.room = room
            veil.set_level(self.conn, room)

    @property
    def is_veiled(self) -> bool:
        """Whether something is held back from what is shown."""
        return self._veiled is not None or self.room is not None

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which days and hours are shown: the one chosen while travelling, else the company's."""
        try:
            return ZoneInfo(memos.get(self.conn, self.my(_ZONE)) or self.settings.company.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(self.settings.company.timezone)

    def travel(self, zone: str) -> None:
        """Show days and hours in `zone` (an IANA name) from now on; empty: back in the company's.

        Working hours and deadlines stay in the zones of their calendars. Raises ZoneInfoNotFoundError.
        """
        if zone:
            ZoneInfo(zone)
        if not self.writes:
            self.__dict__["zone"] = ZoneInfo(zone or self.settings.company.timezone)
            return
        memos.put(self.conn, self.my(_ZONE), zone)
        self.__dict__.pop("zone", None)

    @property
    def is_travelling(self) -> bool:
        """Whether another zone than the company's is shown."""
        return self.zone.key != self.settings.company.timezone

    @cached_property
    def actor(self) -> str:
        """Who signs changes: who sits here, else the person of the settings, else the system's user."""
        if self.seat is not None and self.seat.person:
            return self.seat.person
        return self.settings.me or os.environ.get("USER") or os.environ.get("USERNAME") or "me"

    @property
    def own(self) -> str:
        """Whose own things are kept and read here: empty for the chief executive, else who is at the keyboard."""
        return "" if key(self.actor) == key(self.chief_name) else self.actor

    @property
    def picker(self) -> str:
        """What stands in a priority of the day for whoever chose it: empty for the chief executive."""
        return self.me if self.own else ""

    def my(self, name: str) -> str:
        """The name of a memo that each person has their own of."""
        return f"{name}:{self.own}" if self.own else name

    @property
    def me(self) -> str:
        """What stands for me in a record: my code, where the register of people has me, else my name."""
        return people.code_of(self.conn, self.actor)

    @property
    def chief(self) -> str:
        """What stands for the chief executive in a record: me, unless the settings name somebody else."""
        return people.code_of(self.conn, self.chief_name)

    @property
    def chief_name(self) -> str:
        """What the chief executive is called in the settings: whoever sits here, it is the same one."""
        named = self.settings.company.chief
        return named or (self.settings.me if self.seat is not None else "") or self.actor

    @property
    def my_name(self) -> str:
        """What I am called on every screen and in every text: my name in the register, else in the settings."""
        return people.name_of(self.conn, self.actor)

    def now(self) -> datetime:
        """The current instant, in the zone that is shown."""
        return self.clock().astimezone(self.zone)

    def today(self) -> date:
        """The current day in the zone that is shown."""
        return self.now().date()

    def monday(self) -> date:
        """The first day of the current week."""
        today = self.today()
        return today - timedelta(days=today.weekday())

    def stamp(self, action: str, reason: str = "", by: str = "") -> journal.Stamp:
        """Who, when and why, for a change made now; `by` somebody else than the person at the keyboard."""
        return journal.Stamp(
            at=records.instant(self.clock()),
            actor=by or self.actor,
            action=action,
            host=lease.host(),
            reason=reason,
        )

    def add(self, register: Register, values: Mapping[str, Value], action: str = "", reason: str = "") -> str:
        """Make a record and journal it; returns its code."""
        return self.change_all([(register, None, values)], action or f"{register.name}.add", reason)[0].code

    def change(
        self,
        register: Register,
        found: Record,
        values: Mapping[str, Value],
        action: str = "",
        reason: str = "",
    ) -> list[journal.JournalEntry]:
        """Give a record other values and journal what differs; an empty list when nothing does."""
        kept = records.values(register, self._identified(register, values))
        put = journal.Put(register.name, found.id, kept)
        return self._write(self.stamp(action or f"{register.name}.edit", reason), [put])

    def change_all(
        self,
        puts: Sequence[tuple[Register, Record | None, Mapping[str, Value]]],
        action: str,
        reason: str = "",
        by: str = "",
    ) -> list[journal.JournalEntry]:
        """Several changes that are undone together; None in place of a record makes a new one.

        A record without a code is made as well, under its own id: a later change of the same call may
        give it what refers to others that are made after it.
        What the program notes by itself is signed `by` PROGRAM, so that no one's undo takes it back.
        """
        rows = [
            journal.Put(
                register.name,
                found.id if found else new_id(),
                records.values(
                    register,
                    self._identified(
                        register, values if found and found.code else {**defaults(register), **values}
                    ),
                ),
                "" if found and found.code else register.prefix,
            )
            for register, found, values in puts
        ]
        return self._write(self.stamp(action, reason, by), rows)

    def _identified(self, register: Register, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The same, with the code of each record that is named in a text: one identity, whatever door it came by.

        A name that no record has, or that several may mean, stays as it was written.
        """
        found: dict[str, Value] = {}
        for each in register.fields:
            tables = tuple(table for table in each.ref if table in NAMED) if each.kind in _NAMING else ()
            value = values.get(each.name) if tables else None
            words = value if isinstance(value, tuple) else (value,)
            if any(isinstance(word, str) and word and not is_code(word) for word in words):
                codes = tuple(dict.fromkeys(self._identity(tables, str(word)) for word in words))
                found[each.name] = codes if isinstance(value, tuple) else codes[0]
        return {**values, **found} if found else values

    def _identity(self, tables: tuple[str, ...], word: str) -> str:
        if is_code(word):
            return word
        known, archived = records.names(self.conn, tables)
        me = self.me if "person" in tables else ""
        gone = archived | records.over(self.conn, self.today())
        codes = candidates(known, word, gone=gone, me=me)
        return codes[0] if len(codes) == 1 else me if me and key(word) in ME else word

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside is one change: all of it or nothing, taken back by one undo."""
        self._stand()
        outer = self._batch
        try:
            with transaction(self.conn):
                self._batch = outer or journal.head(self.conn)[0] + 1
                yield
        finally:
            self._batch = outer

    def undo(self) -> list[journal.JournalEntry]:
        """Take back my last change, however old. Raises `store.undo.UndoConflict`."""
        self._stand()
        self._permit(undo.next_undone(self.conn, self.actor))
        with transaction(self.conn):
            self._stand()
            return self._written(undo.undo(self.conn, self.stamp("undo")))

    def redo(self) -> list[journal.JournalEntry]:
        """Do again what I last took back. Raises `store.undo.UndoConflict`."""
        self._stand()
        self._permit(undo.next_redone(self.conn, self.actor))
        with transaction(self.conn):
            self._stand()
            return self._written(undo.redo(self.conn, self.stamp("redo")))

    def restore_row(self, register: Register, code: str) -> list[journal.JournalEntry]:
        """Make a record what the journal says of it. Raises `store.proof.CannotRestore`."""
        from cockpit.store import proof

        self.require(Right.ORGANISE)
        if self.seat is not None and self.room is not None:
            raise AboveSeat(code, self.room)
        with transaction(self.conn):
            return self._written(proof.restore(self.conn, self.stamp(journal.PUT_BACK), register, code))

    def _stand(self) -> None:
        """Raises `ground.DatabaseMoved` when the file is not this program's to write any more, `refusal.in_the_past` in
        a past one.
        """
        if self.stands_at is not None:
            from cockpit.services.desk import refusal

            raise refusal.in_the_past(self.stands_at)
        if self.must_not_write:
            from cockpit.services.desk.ground import DatabaseMoved

            raise DatabaseMoved(self.ground)

    @property
    def can_undo(self) -> bool:
        """Whether I have a change to take back."""
        return undo.can_undo(self.conn, self.actor)

    @property
    def can_redo(self) -> bool:
        """Whether I have something to do again."""
        return undo.can_redo(self.conn, self.actor)

    def _permit(self, entries: Sequence[journal.JournalEntry]) -> None:
        """Raises what `_write` does, for changes that are taken back."""
        if self.seat is not None:
            for each in entries:
                self.require(*asked_for(each.action, each.entity))
                self._see(each.entity, each.entity_id)

    def may_change(self, record: Record) -> None:
        """Raises AboveSeat for a record whose words this seat does not read: nothing is worked out of blanks."""
        if self.seat is not None and self.room is not None and is_above(record.conf, self.room):
            raise AboveSeat(record.code, self.room)

    def _see(self, table: str, id: str) -> None:
        """Raises AboveSeat for a record that this seat does not read: it would write over words that it lacks."""
        if self.room is not None:
            code = veil.hides(self.conn, table, id)
            if code is not None:
                raise AboveSeat(code, self.room)

    def _write(self, stamp: journal.Stamp, puts: Sequence[journal.Put]) -> list[journal.JournalEntry]:
        """Every change of business data. Raises NotAllowed and AboveSeat for what this seat may not do."""
        self._stand()
        if self.seat is not None and stamp.actor != PROGRAM:
            for put in puts:
                self.require(*asked_for(stamp.action, put.table))
                self._see(put.table, put.id)
                if self.room is not None and is_above(int(put.values.get("conf") or 0), self.room):
                    raise AboveSeat(_("what is so confidential"), self.room)
        with transaction(self.conn):
            # Again, inside: from here on nobody else migrates the file or takes it over.
            self._stand()
            ours = stamp.actor != PROGRAM
            entries = journal.write(
                self.conn, stamp, puts, self._seen if ours else None, self._batch if ours else None
            )
            if self._seen is not None and entries:
                self._seen = entries[-1].seq
            return self._written(entries)

    def _written(self, entries: list[journal.JournalEntry]) -> list[journal.JournalEntry]:
        blockers = {entry.code for entry in entries if entry.entity == "blocker"}
        if blockers:
            with self.as_program():
                heat.refresh(self.conn, now=self.now(), me=self.chief_name, codes=blockers)
        return entries

    def draft(self, place: str) -> str:
        """What was typed there and not saved."""
        if self.must_not_write:
            from cockpit.services.desk import ground

            return ground.kept_drafts(self.path).get(ground.place_of(place, self.own), "")
        try:
            return drafts.offer(self.conn, place, self.own)
        except sqlite3.OperationalError:  # busy or full: it waits where it is
            return drafts.get(self.conn, place, self.own)

    def keep_draft(self, place: str, text: str) -> None:
        """Keep what is being typed; an empty text forgets it. Where nothing is written, nothing is kept."""
        if not self.writes:
            return
        if self.must_not_write:
            from cockpit.services.desk import ground

            ground.keep_drafts(self.path, {ground.place_of(place, self.own): text})
            return
        drafts.keep(self.conn, place, text, records.instant(self.clock()), self.own)

    def leave_draft(self, place: str, text: str, at: str) -> None:
        """Keep for later what was typed on a screen that ends; what waits there stays.

        Raises sqlite3.Error and OSError.
        """
        if self.must_not_write:
            from cockpit.services.desk import ground

            ground.keep_drafts(self.path, {ground.place_of(place, self.own): text})
            return
        drafts.leave(self.conn, place, text, at, self.own)

    def set_draft_aside(self, place: str) -> None:
        """Have what was typed there wait by itself, as a line that was refused does; it is offered later."""
        if self.must_not_write or not self.writes:
            return
        with suppress(sqlite3.OperationalError):  # busy or full: it waits where it is
            drafts.set_aside(self.conn, place, self.own)

    def forget_line(self, place: str, text: str) -> None:
        """That line was saved: it waits no more, had it been refused before."""
        with suppress(sqlite3.OperationalError):
            drafts.forget(self.conn, place, text, self.own)

    def names(self) -> Names:
        """Code to name of everything that records refer to; what a room may not see goes by its code."""
        found, archived = records.names(self.conn, NAMED)
        title = restricted() if self.room is not None else None
        names = Names((code, code if name == title else name) for code, name in found.items())
        names.archived, names.over = archived, records.over(self.conn, self.today())
        names.me = self.me
        return names

    def hides(self, record: Record) -> bool:
        """Whether the words of a record that this workspace read were taken out."""
        return self.room is not None and is_above(record.conf, self.room)

    def holds_back(self, *tables: str) -> bool:
        """Whether this room sees records of those registers without their words: what is missing may exist."""
        if self.room is None:
            return False
        return any(records.count(self.conn, table, "conf > ?", (self.room,)) for table in tables)

    def select(
        self, record_type: type[R], table: str, where: str = "1", args: Sequence[object] = ()
    ) -> tuple[R, ...]:
        """Records of a table, see `store.records.select`."""
        return records.select(self.conn, record_type, table, where, args)


def new_id() -> str:
    """A random UUID of version 4. The module of that name loads `platform`, and is as slow as what it makes."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    return "-".join((raw[:4].hex(), raw[4:6].hex(), raw[6:8].hex(), raw[8:10].hex(), raw[10:].hex()))
