"""What parts of the screen may ask of the running app. None of them imports the app itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual.app import App

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.records.record import Record
from cockpit.domain.settings import Settings
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from textual.command import Provider

    from cockpit.services.meetings.timekeeper import Timekeeper
    from cockpit.services.seats.presence import Present


@dataclass(frozen=True)
class Target:
    """What the cursor is on: the kinds of action it takes, its code, and the object itself."""

    kinds: frozenset[Kind] = frozenset()
    code: str = ""
    data: object = None
    title: str = field(default="", compare=False)
    record: Record | None = field(default=None, compare=False)
    """The record of that code, where the row was made of it."""


@dataclass(frozen=True)
class Offered:
    """An action as a person reads it in the key bar, the help and the palette."""

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    works: bool
    """Whether it applies to what the cursor is on."""
    everywhere: bool
    """Whether it applies to any row."""
    why_not: str = ""
    """Why it is off now."""
    shown: bool = True
    leads: bool = False


class Cockpit(App[None]):
    """The app as its parts know it; `ui.app` makes one."""

    workspace: Workspace
    board: Board
    """The snapshot that every place shows."""
    command: tuple[str, ...]
    """What runs this very program with the same options; empty when nothing may be run."""
    is_demo: bool
    monotonic: Callable[[], float]
    pulses: dict[str, Timekeeper]
    """One for each live meeting that was opened here: it goes on when its screen is left."""
    place_titles: Sequence[str]
    typed_veiled: set[str]
    told: str
    """What was said last, until it is forgotten."""
    standing_note: str
    """What must stay in view until it is mended."""
    seal_note: str
    """What is known of the journal's seal."""
    others: Sequence[Present]
    """Whoever else has the cockpit open."""
    sync_note: str
    sync_failed: bool

    def be_in(self, meeting: str) -> None:
        """Tell the others which meeting is on this screen; empty: none."""
        raise NotImplementedError

    @property
    def present(self) -> Workspace:
        """The cockpit as it is, while it may be shown as it stood."""
        raise NotImplementedError

    def stand_at(self, at: datetime | None) -> None:
        """Show the cockpit as it stood at a past moment; None: as it is. Raises OSError or sqlite3.Error."""
        raise NotImplementedError

    def tell(self, text: str) -> None:
        """Say something for a few seconds, in the banner."""
        raise NotImplementedError

    def done(self, text: str) -> None:
        """Read a new snapshot, show it, and say what was done."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read a new snapshot and show it at once."""
        raise NotImplementedError

    def reload_beside(self) -> None:
        """Have a new snapshot read by a thread, so that no key waits for it."""
        raise NotImplementedError

    def keep_in_view(self, text: str, *, instead_of: str) -> None:
        """Have a note stay in the banner in place of one's own former one; it covers no note of another."""
        raise NotImplementedError

    def refresh_banner(self) -> None:
        """Draw the banner of the place on top again."""
        raise NotImplementedError

    def action_do(self, action_id: str) -> None:
        """Run an action on what the cursor is on."""
        raise NotImplementedError

    def offered(self, target: Target, *, everything: bool = False) -> Sequence[Offered]:
        """The actions that apply to a target, or every one, in the order in which they are shown."""
        raise NotImplementedError

    def jobs(self) -> Mapping[str, str]:
        """By the id of each action, what it belongs to, in words."""
        raise NotImplementedError

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of mine to take back, as of the snapshot."""
        raise NotImplementedError

    @property
    def can_redo(self) -> bool:
        """Whether there is one to do again, as of the snapshot."""
        raise NotImplementedError

    def draft(self, place: str) -> str:
        """The draft of a place: what was typed there and not saved."""
        raise NotImplementedError

    def keep_draft(self, place: str, text: str) -> None:
        """Keep what is being typed."""
        raise NotImplementedError

    def seen_when_begun(self, place: str) -> int:
        """The last entry of the journal when what is typed there was begun; now where nothing is."""
        raise NotImplementedError

    def open_target(self, target: Target) -> None:
        """Open the page of what a row is about."""
        raise NotImplementedError

    def open_code(self, code: str) -> None:
        """Open the page of a record."""
        raise NotImplementedError

    def search_with(self, providers: list[type[Provider]], placeholder: str) -> None:
        """Open the palette over those providers."""
        raise NotImplementedError

    def sync_now(self) -> bool:
        """Read every source at once; False when there is none."""
        raise NotImplementedError

    def read_days(self, lo: date, hi: date) -> None:
        """Have the agendas of these days read beside the screen."""
        raise NotImplementedError

    def judge_keys(self, keys: Mapping[str, str]) -> None:
        """Raises ConfigError where the keys that a person wants for actions clash, or move the cursor."""
        raise NotImplementedError

    def follow_settings(self, settings: Settings) -> None:
        """Go on with what the configuration says now."""
        raise NotImplementedError
