"""The app: one snapshot, one heartbeat, one dispatcher of actions, a sync that runs beside it."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.events import Event, Key
from textual.screen import Screen
from textual.widget import AwaitMount

from cockpit.assets import asset_dir
from cockpit.domain.settings import Settings
from cockpit.locale import N_, _
from cockpit.services.boards.board import Board, board
from cockpit.services.desk import refusal
from cockpit.services.desk.standing import Ground
from cockpit.services.desk.unfinished import Unfinished
from cockpit.services.desk.workspace import Workspace
from cockpit.services.seats import presence
from cockpit.services.settings import look
from cockpit.store.connection import data_version
from cockpit.store.state import lease
from cockpit.ui import registry, routes
from cockpit.ui.everywhere import first_words, veil
from cockpit.ui.everywhere.configuration import Configuration
from cockpit.ui.everywhere.theme import THEMES, quiet, worn
from cockpit.ui.kit import rights, selection
from cockpit.ui.kit.actions import Action
from cockpit.ui.kit.background import Sync, SyncMoved, end_children, extend_agenda
from cockpit.ui.kit.host import Cockpit, Offered, Target
from cockpit.ui.kit.kinds import Kind, whole
from cockpit.ui.kit.moving import that_moved
from cockpit.ui.kit.place import Place
from cockpit.ui.speed.styles import Styles
from cockpit.ui.speed.terminal import SparingApp
from cockpit.ui.speed.warm_up import warm_up
from cockpit.ui.widgets.entry_bar import EntryBar

_READ = ("agendas", "statuses", "figures", "inbox", "emails")
"""Settings that say what is read from outside: when one of them changes, everything is read at once."""
PUT_OFF = 2
"""How many seconds a change of somebody else is held back while a line is typed here."""
BUSY_MS = 800
"""Milliseconds that a key may wait for another process that writes."""

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.timer import Timer

    from cockpit.services.meetings.timekeeper import Timekeeper


PLACES = {
    "cockpit": "cockpit.ui.cockpit.screen",
    "week": "cockpit.ui.week.screen",
    "organisation": "cockpit.ui.organisation.screen",
    "signals": "cockpit.ui.signals.screen",
    "journal": "cockpit.ui.records.journal",
    "documents": "cockpit.ui.documents.screen",
}
"""Where the screen of each place is, imported when the place is first opened."""


def _place(name: str) -> Callable[[], Screen[None]]:
    def make() -> Screen[None]:
        found: type[Screen[None]] = getattr(import_module(PLACES[name]), f"{name.capitalize()}Screen")
        return found()

    return make


class CockpitApp(SparingApp, Cockpit):
    """Opened by `cockpit` and by `cockpit demo`."""

    CSS_PATH = asset_dir("styles") / "base.tcss"
    MODES: ClassVar[dict[str, Callable[[], Screen[None]]]] = {  # type: ignore[assignment]
        name: _place(name) for name in PLACES
    }
    DEFAULT_MODE = "cockpit"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Cockpit"
    PLACE_TITLES = (
        N_("Cockpit"),
        N_("Week"),
        N_("Organisation"),
        N_("Signals"),
        N_("Journal"),
        N_("Documents"),
    )
    HEARTBEAT = 1.0
    LEFT_BEHIND = 129
    """The exit code when the terminal window is gone, that of its signal (SIGHUP)."""
    TOLD_FOR = 6.0

    def __init__(
        self, workspace: Workspace, *, command: Sequence[str] = (), is_demo: bool = False, first: str = ""
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.is_demo = is_demo
        actions = registry.with_keys(workspace.settings.keys, workspace.config_path or Path())
        self.registry = {action.id: action for action in actions}
        self.place_titles = self.PLACE_TITLES
        # Read before the first widget is made: each draws what is known the first time it is drawn.
        self.board: Board = board(workspace.shown)
        self.others: Sequence[presence.Present] = ()
        self._others_at = 0
        self._here = presence.OpenScreen()
        self._present: Workspace | None = None
        """The cockpit of now while a past moment is shown; None: the present is shown."""
        self._past = ExitStack()
        """Removes the copy of the database that a past moment is shown from."""
        self.told = ""
        self.seal_note = ""
        self.standing_note = ""
        """What must stay in view until it is mended."""
        self.sync_note = ""
        self.sync_failed = False
        self.sync = Sync(self, command)
        self.program = tuple(command)
        """What runs this program for work of its own, which is done for nobody's seat."""
        seat = workspace.seat
        # What somebody asks for is asked from their seat, in another process too.
        self.command = (*command, "--seat", seat.person) if command and seat is not None else tuple(command)
        self.first = first
        """An action to do once the first screen is there."""
        self._seen_version = data_version(workspace.conn)
        self._put_off = 0
        self._read_days: set[tuple[date, date]] = set()
        self._unfinished = Unfinished()
        self.typed_veiled: set[str] = set()
        """Places in which something was typed since the veil was drawn."""
        self._taken_back: tuple[Board, tuple[bool, bool]] | None = None
        """The snapshot at which it was last asked whether there is something to undo and to redo; both answers."""
        # Another process may be writing: better told at once than a screen that stands still.
        workspace.conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        # Before the style sheets are read: a theme chosen later has them read again.
        self._theme_fault = self._wear(workspace)
        self.stylesheet: Styles = Styles(variables=self.get_css_variables())
        self.ground_note = ""
        self.config = Configuration(self)
        self._unkept_note = ""
        self._told_timer: Timer | None = None
        self.monotonic: Callable[[], float] = time.monotonic
        self._said_open = -lease.RENEW.total_seconds()
        self.pulses: dict[str, Timekeeper] = {}
        """The clock of each live meeting that was opened here: it runs on when the meeting's screen is left."""

    def _wear(self, workspace: Workspace) -> str:
        """Put on the theme that was chosen; what is wrong with it, empty for nothing."""
        for theme in THEMES:
            self.register_theme(theme)
        own, fault = worn(workspace)
        if own is not None:
            self.register_theme(own)
        wanted = look.theme(workspace)
        if wanted not in self.available_themes and not fault:
            fault = _("no theme is called “{name}”: F9 shows those there are").format(name=wanted)
        self.theme = wanted if wanted in self.available_themes else THEMES[0].name
        return fault

    def get_css_variables(self) -> dict[str, str]:
        """The variables of the theme, and `quiet`: the colour of what is beside the point."""
        variables = super().get_css_variables()
        # The very dictionary that Textual keeps for the styles of texts.
        variables["quiet"] = quiet(variables["foreground"], variables["background"])
        return variables

    def on_mount(self) -> None:
        """First paint from what is stored; everything that may wait, waits."""
        for action in self.registry.values():
            if action.keys:
                self.bind(
                    ",".join(action.keys), f"do({action.id!r})", description=_(action.title), show=False
                )
        self.sync_note = self.sync.note(self.board)
        self.set_interval(self.HEARTBEAT, self.beat)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        gc.enable()
        gc.freeze()
        self.be_in("")
        if self.workspace.writes:
            self.sync.start()
        # A key may have opened something else already.
        bars = () if self.is_headless else self.screen.query(EntryBar)
        for bar in bars:
            self.run_worker(warm_up(self.stylesheet, bar.make), group="warm-up", exit_on_error=False)
        if self._theme_fault:
            self.tell(self._theme_fault)
        first_words.tell_limits(self)
        if self.first:
            self.action_do(self.first)
        if self.command and self.workspace.writes:
            self.run_worker(first_words.check_seal(self, self.program), group="seal", exit_on_error=False)
            self.run_worker(first_words.notice(self), group="zone", exit_on_error=False)

    def beat(self) -> None:
        """Once a second: has another process written, has the minute changed?"""
        if not self.has_terminal:
            self.leave(self.LEFT_BEHIND)
        if self.workspace.must_not_write:
            self._stop_writing()
            return
        if self.ground_note:
            # It is back in its place, the very file.
            self.ground_note = self.standing_note = ""
            self.refresh_banner()
        self.config.look()
        if not self.is_demo and self.monotonic() - self._said_open > lease.RENEW.total_seconds():
            self._say_open()
        for pulse in self.pulses.values():
            pulse.tick()
        if (moved := presence.changed_at(self.present)) != self._others_at:
            self._others_at = moved
            self.others = self._here.others(self.present)
            self.refresh_banner()
        version = data_version(self.workspace.conn)
        minute = self.workspace.now().replace(second=0, microsecond=0)
        shown = self.board.at.replace(second=0, microsecond=0)
        if version == self._seen_version and minute == shown:
            return
        if self._put_off < PUT_OFF and any(bar.is_typed_in for bar in self.screen.query(EntryBar)):
            self._put_off += 1
            return
        self._put_off = 0
        self.reload_beside()

    def _say_open(self) -> None:
        """Renew what the file says: that this host has it open, so that another one keeps off."""
        self._said_open = self.monotonic()
        self.workspace.hold()

    def _stop_writing(self) -> None:
        """The file is not ours to write any more: keep what is typed, say why and what can be done.

        What was saved in a file that was removed or replaced is copied out of it.
        """
        from cockpit.services.desk import ground

        if self.ground_note:
            return
        self.sync.stop()
        mine = self.workspace
        if mine.ground is Ground.UPGRADED:
            self.ground_note = ground.upgraded()
        elif mine.ground is Ground.TAKEN:
            self.ground_note = ground.taken(lease.read(mine.conn), mine.now())
        else:
            rescued = ground.rescue(mine.conn, mine.path, mine.now())
            self.ground_note = ground.in_words(mine.path, rescued)
        self.standing_note = self.ground_note
        self.refresh_banner()
        for bar in self.screen.query(EntryBar):
            bar.flush()

    def reload(self) -> None:
        """A new snapshot at once, shown by the place on top: what a key just did."""
        self._show(board(self.workspace.shown), data_version(self.workspace.conn))

    def reload_beside(self) -> None:
        """A new snapshot, read by a thread so that no key waits for it: what another process or the minute did."""
        if not any(worker.group == "board" and not worker.is_finished for worker in self.workers):
            self.run_worker(self._read_beside(), group="board", exit_on_error=False)

    async def _read_beside(self) -> None:
        version, before = data_version(self.workspace.conn), self.board
        found = await asyncio.to_thread(_board_beside, self.workspace.shown)
        # What a key did meanwhile is newer than what the thread read.
        if self.board is before:
            self._show(found, version)

    def _show(self, found: Board, version: int) -> None:
        self._seen_version = version
        self.board = found
        self.sync_note = self.sync.note(self.board)
        # Those under it take it up when they come back.
        on_top = next((each for each in reversed(self.screen_stack) if isinstance(each, Place)), None)
        if on_top is not None and on_top.is_mounted:
            on_top.show_board(self.board)

    def be_in(self, meeting: str) -> None:
        """Tell the others which meeting is on this screen."""
        if self.command:
            self._here.say(self.present, meeting)

    @property
    def present(self) -> Workspace:
        """The cockpit of now, also while a past moment is shown."""
        return self._present or self.workspace

    def stand_at(self, at: datetime | None) -> None:
        """Show the cockpit as it stood at a past moment; None: as it is. Raises OSError or sqlite3.Error."""
        from cockpit.services.upkeep import replay

        present, before = self.present, self._past
        with ExitStack() as stack:
            self.workspace = present if at is None else stack.enter_context(replay.replayed(present, at))
            self._present = None if at is None else present
            self._past = stack.pop_all()
        if at is not None and present.is_drawn and present.shown.room is not None:
            self.workspace.draw_veil(present.shown.room)
        before.close()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._taken_back = None
        self.reload()
        for opened in self._screen_stacks.values():
            for screen in opened:
                if isinstance(screen, Place) and screen.is_mounted:
                    screen.show_board(self.board)
        self.tell(_("this is now") if at is None else _("f10 asks for another moment; agendas are today's"))

    def tell(self, text: str) -> None:
        """Say something for a few seconds, in the banner: toasts cover what one reads."""
        self.told = text
        self.refresh_banner()
        if self._told_timer is not None:
            self._told_timer.stop()
        self._told_timer = self.set_timer(self.TOLD_FOR, self._forget_told)

    def done(self, text: str) -> None:
        """Say what was done, and show it."""
        self.reload()
        if text:
            self.tell(text)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of mine to undo. The journal is asked once a snapshot, not at each move."""
        return self._can_take_back()[0]

    @property
    def can_redo(self) -> bool:
        """Whether there is one to do again, as of the same snapshot."""
        return self._can_take_back()[1]

    def _can_take_back(self) -> tuple[bool, bool]:
        if self._taken_back is None or self._taken_back[0] is not self.board:
            self._taken_back = (self.board, (self.workspace.can_undo, self.workspace.can_redo))
        return self._taken_back[1]

    def draft(self, place: str) -> str:
        """What was typed there and not saved.

        Under the veil only what was typed under it: nobody said how confidential an older draft is, so that one
        is set aside, and offered when the veil is lifted.
        """
        if not self.workspace.is_veiled or place in self.typed_veiled:
            return self._unfinished.text(self.workspace, place)
        self._unfinished.set_aside(self.workspace, place)
        return ""

    def keep_draft(self, place: str, text: str) -> None:
        """Keep what is being typed."""
        if self.workspace.is_veiled:
            self.typed_veiled.add(place)
        self._unfinished.keep(self.workspace, place, text)
        text = ""
        if self.unsaved:
            text = _(
                "what is typed is kept by this screen alone until it is saved: nothing can be written in {path}"
            )
            text = text.format(path=f"{self.workspace.path}.typing")
        self.keep_in_view(text, instead_of=self._unkept_note)
        self._unkept_note = text

    def seen_when_begun(self, place: str) -> int:
        """The last entry of the journal when what is typed there was begun; now where nothing is."""
        return self._unfinished.seen(self.workspace, place)

    @property
    def unsaved(self) -> Mapping[str, str]:
        """What is typed here and could be kept nowhere, by place."""
        return self._unfinished.lost

    async def action_quit(self) -> None:
        """Leave; what stands in the bar is kept."""
        self.leave()

    def action_suspend_process(self) -> None:
        """ctrl+z goes back to the shell, where there is one: who came in by SSH or a browser has this program alone."""
        if self.workspace.opens_here:
            super().action_suspend_process()

    def keep_what_is_typed(self) -> None:
        """Keep what stands in the bar of each open place as its draft."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                for bar in screen.query(EntryBar):
                    bar.flush()

    def hand_over(self) -> None:
        """What is typed here becomes drafts that the next start offers: this screen is about to end."""
        self._unfinished.hand_over(self.present)

    def end_at_once(self) -> None:
        """End now as after `q`: keep what is typed, end what runs beside, let the database go."""
        self.hand_over()
        self._here.leave()
        end_children()
        self.workspace.let_go()
        self.workspace.conn.close()

    def _forget_told(self) -> None:
        self.told = ""
        self.refresh_banner()

    def keep_in_view(self, text: str, *, instead_of: str) -> None:
        """Have a note stay in the banner in place of one's own former one; it covers no note of another."""
        if text != instead_of and self.standing_note in ("", instead_of):
            self.standing_note = text
            self.refresh_banner()

    def refresh_banner(self) -> None:
        """Draw the banner of the place on top again."""
        # What ended beside may say so while the app is being left, when there is no screen any more.
        if self.screen_stack and isinstance(self.screen, Place) and self.screen.is_mounted:
            self.screen.show_banner(self.board)

    async def on_event(self, event: Event) -> None:
        """A key that comes while its place is being made waits for it: no letter is lost, or taken for a key."""
        place = self.screen if isinstance(event, Key) and self.screen_stack else None
        if isinstance(place, Place) and not place.is_mounted:
            await AwaitMount(place, [place])
        await super().on_event(event)

    def action_do(self, action_id: str) -> None:
        """Run an action of the registry on what the cursor is on; say why when it is off."""
        place, action = self.screen, self.registry[action_id]
        if not isinstance(place, Place) or place.asking:
            return
        target = place.target()
        if not action.works(self._kinds(target)):
            return
        reason = self._why_not(action, target) or veil.why_not(self, action, veil.hidden_code(self, target))
        if reason:
            self.tell(reason)
            return
        try:
            action.deed(self, place)
        except refusal.ORDINARY as error:
            self.done(refusal.explain(error))

    def offered(self, target: Target, *, everything: bool = False) -> Sequence[Offered]:
        """The actions that apply to a target, or every one, in the order of the registry."""
        kinds, hidden = self._kinds(target), veil.hidden_code(self, target)
        return [
            Offered(
                id=action.id,
                keys=action.keys,
                title=_(action.title),
                help=_(action.help),
                works=works,
                everywhere=Kind.PLACE in action.on,
                why_not=(self._why_not(action, target) or veil.why_not(self, action, hidden))
                if works
                else "",
                shown=action.shown,
                leads=action.leads,
            )
            for action in self.registry.values()
            if (works := action.works(kinds)) or everything
        ]

    def jobs(self) -> Mapping[str, str]:
        """By the id of each action, what it belongs to, in words."""
        return registry.jobs()

    def _why_not(self, action: Action, target: Target) -> str:
        """Why an action is off now: from this seat, on what the cursor is on, or on one of the rows selected."""
        if refused := rights.why_not(self.workspace.seat, action.id, target.code):
            return refused
        place = self.screen
        if action.on_row and isinstance(place, Place) and place.has_selection:
            return selection.why_not(self, place, action)
        return action.why_not(self, target)

    def _kinds(self, target: Target) -> frozenset[Kind]:
        """The kinds by which keys apply to a row; Kind.MOVED with them where its source gave a new address."""
        kinds = whole(target.kinds)
        return kinds | {Kind.MOVED} if Kind.PLACE in kinds and that_moved(self.board, target) else kinds

    def on_key(self, event: Key) -> None:
        """What is typed right behind the key that opens the bar is meant for the bar."""
        if isinstance(self.screen, Place) and any(bar.catch_up(event) for bar in self.screen.query(EntryBar)):
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One key may mean two things on two kinds of rows: only the one that applies answers."""
        if action != "do" or not isinstance(self.screen, Place):
            return True
        found = self.registry.get(str(parameters[0]))
        return found is None or found.works(self._kinds(self.screen.target()))

    def search_with(self, providers: list[type[Provider]], placeholder: str) -> None:
        """Open the palette over those providers."""
        from cockpit.ui.everywhere.palette import Palette

        self.push_screen(Palette(providers, placeholder=placeholder))

    def sync_now(self) -> bool:
        """Read every source at once; False when there is none."""
        return self.sync.now()

    def judge_keys(self, keys: Mapping[str, str]) -> None:
        """Raises ConfigError where the keys that a person wants for actions clash, or move the cursor."""
        registry.with_keys(keys, self.workspace.config_path or Path())

    def follow_settings(self, settings: Settings) -> None:
        """Go on with what the configuration says now; keys and language at the next start."""
        before = self.workspace.settings
        self.workspace.follow(settings)
        self.config.is_followed()
        wanted = look.theme(self.workspace)
        if wanted in self.available_themes and wanted != self.theme:
            self.theme = wanted
        self.reload()
        self.refresh_banner()
        if any(getattr(before, name) != getattr(settings, name) for name in _READ):
            self.sync.now()

    def read_days(self, lo: date, hi: date) -> None:
        """Have the agendas of these days read by a process of its own; they show when it has written them."""
        if self.program and self.workspace.writes and (lo, hi) not in self._read_days:
            self._read_days.add((lo, hi))
            self.run_worker(extend_agenda(self.program, lo, hi), group="days", exit_on_error=False)

    def open_target(self, target: Target) -> None:
        """Open what a row is about: a record, or the details of an event or a provider."""
        screen = routes.screen_of(self, target)
        if screen is not None:
            self.push_screen(screen)
        else:
            self.tell(_("there is nothing more to show here"))

    def open_code(self, code: str) -> None:
        """Open a record."""
        self.open_target(Target(code=code))

    def on_sync_moved(self, event: SyncMoved) -> None:
        """Progress of the background sync, in the banner."""
        self.sync_failed = event.failed
        self.sync_note = event.line if event.running else self.sync.note(self.board)
        if not event.running:
            self.refresh_banner()
            self.reload_beside()
            if event.line:
                self.tell(event.line)
        else:
            self.refresh_banner()

    async def on_unmount(self) -> None:
        """End what runs beside the screen; what is typed is kept."""
        self.hand_over()
        self.sync.stop()
        self._here.leave()
        self._past.close()
        end_children()

    def _handle_exception(self, error: Exception) -> None:
        """The last resort: the fault goes to a file, the person reads one sentence, no locals are shown."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        from cockpit.services.desk import ground
        from cockpit.services.upkeep.health import log_fault

        self.keep_what_is_typed()
        if self.workspace.ground is Ground.UPGRADED:
            # What was loaded just now is of another version than what runs.
            self.exit(return_code=70, message=ground.upgraded())
            return
        path = log_fault(error)
        self.exit(
            return_code=70,
            message=Content(
                _(
                    "Cockpit stopped on a fault of its own: {error}. Nothing you saved is lost. Details: {path}"
                ).format(error=type(error).__name__, path=path)
            ).plain,
        )


def _board_beside(workspace: Workspace) -> Board:
    with workspace.beside() as mine:
        return board(mine)


def run(workspace: Workspace, *, command: Sequence[str] = (), is_demo: bool = False, first: str = "") -> int:
    """Open the screen and stay until the person leaves; returns the exit code."""
    app = CockpitApp(workspace, command=command, is_demo=is_demo, first=first)
    app.run()
    app.hand_over()
    workspace.let_go()
    if unsaved := app.unsaved:
        # The database took none of it: it waits elsewhere, and is said where it can be read and copied.
        from cockpit.services.desk import ground

        place = ground.leave_drafts(workspace.path, unsaved)
        print(
            _("not saved, kept in {path}:").format(path=place) if place else _("not saved:"), file=sys.stderr
        )
        print(*unsaved.values(), sep="\n", file=sys.stderr)
    if app.ground_note:
        # Said again where it can be read whole and copied.
        print(app.ground_note, file=sys.stderr)
    return app.return_code or 0
