"""What keys do while a meeting is prepared, led and closed; what is shown of it stands in `live`."""

from __future__ import annotations

from collections.abc import Callable

from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings import minutes as text
from cockpit.domain.meetings.facilitation import Meeting
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import facilitation, live, minutes, minutes_folder, running_order
from cockpit.services.meetings.live import Live
from cockpit.services.meetings.minutes import Filed
from cockpit.services.meetings.running_order import Before
from cockpit.services.meetings.timekeeper import Pulse
from cockpit.store.live import Overtaken
from cockpit.ui.kit.place import Place, Target
from cockpit.ui.meetings import page, questions
from cockpit.ui.meetings.share import ShareScreen
from cockpit.ui.widgets.rows import Rows

BEFORE, AFTER = "before", "after"
MIDDLE = 3
"""The mark from which each vote begins."""


class LiveKeys(Place):
    """The state of the screen, and every change to it."""

    def __init__(self, workspace: Workspace, kind: str) -> None:
        super().__init__()
        self.workspace, self.kind = workspace, kind
        self.before: Before | None = None
        self.seen: Live | None = None
        self.filed: Filed | None = None
        self.veiled = True
        self.marks = [MIDDLE] * len(page.VOTES)
        code = live.running(workspace, kind)
        if code:
            self.seen = live.view(workspace, code)
        else:
            self.before = running_order.prepare(workspace, kind)

    @property
    def stage(self) -> str:
        """before, after, or the kind of the current step."""
        if self.filed is not None:
            return AFTER
        return self.seen.meeting.step.kind if self.seen else BEFORE

    @property
    def now(self) -> Meeting:
        """The meeting at this second."""
        return live.now_of(self.workspace, self.seen) if self.seen else Meeting()

    def target(self) -> Target:
        """What keys act on: the stage, and the line under the cursor."""
        selected = self.query_one("#items", Rows).selected if self.query("#items") else None
        about = selected.data.about if selected and isinstance(selected.data, page.Row) else ""
        stage = self.stage
        if stage in (BEFORE, AFTER):
            return Target(frozenset({f"live-{stage}"}), about)
        names = {rules.ATTENDANCE: "people"}
        return Target(frozenset({"live-running", f"live-{names.get(stage, stage)}"}), about)

    def show(self) -> None:
        """Show what changed."""

    def tick(self) -> None:
        """One second more."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is typed, every key is its own."""
        return not (self.asking and action in ("right", "left", "go", "enter", "mark", "back"))

    def perform(self, action_id: str) -> None:
        """An action of the registry."""
        deed: Callable[[], None] = getattr(self, f"_do_{action_id.partition('.')[2]}")
        deed()

    def apply(self, change: Callable[[Live], Live]) -> None:
        """Change the meeting as it stands at this second. Raises what the service raises."""
        assert self.seen is not None
        self.tick()
        try:
            self.seen = change(self.seen)
        except Overtaken:
            self.seen = live.view(self.workspace, self.seen.code)
            self.show()
            raise
        self.show()

    def _try(self, change: Callable[[Live], Live]) -> None:
        """The same, telling what cannot be done."""
        if self.seen is None or self.filed is not None:
            return
        try:
            self.apply(change)
        except refusal.ORDINARY as error:
            self.cockpit.done(refusal.explain(error))

    def action_back(self) -> None:
        """Where one came from; the meeting goes on."""
        self.app.pop_screen()

    def action_go(self, by: int) -> None:
        """Next, or back."""
        self.marks = [MIDDLE] * len(self.marks)
        self._try(lambda seen: facilitation.go(self.workspace, seen, by))

    def action_right(self) -> None:
        """Next; a better mark while one votes."""
        self._mark_by(1) if self.stage == rules.VOTES else self.action_go(1)

    def action_left(self) -> None:
        """Back; a worse mark while one votes."""
        self._mark_by(-1) if self.stage == rules.VOTES else self.action_go(-1)

    def _mark_by(self, by: int) -> None:
        row = min(self.query_one("#items", Rows).cursor, len(self.marks) - 1)
        self.action_mark(self.marks[row] + by)

    def action_mark(self, mark: int) -> None:
        """A mark for the question under the cursor."""
        if self.stage == rules.VOTES:
            row = min(self.query_one("#items", Rows).cursor, len(self.marks) - 1)
            self.marks[row] = max(1, min(page.BEST, mark))
            self.show()

    def action_enter(self) -> None:
        """Start, go on, note a vote, or complete the line in red."""
        if self.stage == BEFORE:
            self._start()
        elif self.stage == rules.VOTES:
            roti, outward, inward = self.marks
            self.marks = [MIDDLE] * len(self.marks)
            self.query_one("#items", Rows).action_move(-len(page.VOTES))
            self._try(lambda seen: facilitation.vote(self.workspace, seen, (roti, inward, outward)))
        elif self.stage in (rules.READBACK, rules.PRIORITIES) and self.target().code:
            self.ask(questions.complete(self.workspace, self.target().code, self.apply))
        elif self.stage != AFTER:
            self.action_go(1)

    def _start(self) -> None:
        assert self.before is not None
        self._join(facilitation.start(self.workspace, self.before))

    def _join(self, code: str) -> None:
        app = self.cockpit
        if code not in app.pulses:
            app.pulses[code] = Pulse(self.workspace, code, app.monotonic)
        self.seen, self.before = live.view(self.workspace, code), None
        self.show()

    def _done(self, filed: Filed) -> None:
        self.filed = filed
        if self.seen is not None:
            self.cockpit.pulses.pop(self.seen.code, None)

    def _keep_agenda(self, move: Callable[[list[rules.Step]], None]) -> None:
        assert self.before is not None
        subjects = list(self.before.subjects)
        move(subjects)
        self.before = facilitation.freeze(self.workspace, self.before, subjects)
        self.show()

    def _moved(self, by: int) -> None:
        code = self.target().code

        def move(subjects: list[rules.Step]) -> None:
            at = next((n for n, step in enumerate(subjects) if step.code == code), None)
            if at is not None and 0 <= at + by < len(subjects):
                subjects.insert(at + by, subjects.pop(at))

        self._keep_agenda(move)

    def _do_up(self) -> None:
        self._moved(-1)

    def _do_down(self) -> None:
        self._moved(1)

    def _do_remove(self) -> None:
        code = self.target().code
        self._keep_agenda(lambda subjects: subjects.__setitem__(
            slice(None), [step for step in subjects if step.code != code]))  # fmt: skip

    def _do_add(self) -> None:
        def take(code: str) -> None:
            found = running_order.subject(self.workspace, code)
            self._keep_agenda(
                lambda subjects: subjects.append(found) if all(s.code != code for s in subjects) else None
            )

        self.ask(questions.subject(self.workspace, take))

    def _do_share(self) -> None:
        before = self.before
        assert before is not None

        def shown(channel: Channel | None) -> str:
            level = text.SHARED if channel is None else min(text.SHARED, channel.conf)
            parts = minutes.agenda_blocks(self.workspace, before, level)
            return text.to_markdown(parts) if channel is None else text.to_text(parts)

        def go(chosen: tuple[str, ...] | None) -> None:
            if chosen is not None:
                self.before, fault = minutes.share_agenda(self.workspace, before, chosen)
                self.cockpit.done(
                    fault or _("agenda shared; what was never previewed waits in the outbox (y)")
                )

        self._preview(_("Share the agenda"), before.ritual.channels, shown, go)

    def _do_close(self) -> None:
        seen = self.seen
        assert seen is not None
        self.tick()
        found = minutes.build(self.workspace, seen)

        def shown(channel: Channel | None) -> str:
            level = text.SHARED if channel is None else min(text.SHARED, channel.conf)
            parts = list(text.blocks(found, level))
            return text.to_markdown(parts) if channel is None else text.to_text(parts)

        def go(chosen: tuple[str, ...] | None) -> None:
            if chosen is None:
                return
            self.tick()
            try:
                self._done(minutes.close(self.workspace, seen.code, chosen))
            except refusal.ORDINARY as error:
                self.cockpit.done(refusal.explain(error))
                return
            assert self.filed is not None
            self.cockpit.done(self.filed.fault or _("closed: minutes filed"))

        self._preview(_("Close: these minutes are filed and posted"), seen.ritual.channels, shown, go)

    def _preview(
        self, title: str, chosen: tuple[str, ...], shown: Callable[[Channel | None], str],
        go: Callable[[tuple[str, ...] | None], None],
    ) -> None:  # fmt: skip
        place = str(minutes_folder.folder(self.workspace))
        self.app.push_screen(ShareScreen(title, place, self.workspace.settings.channels, chosen, shown), go)

    def _do_file(self) -> None:
        assert self.seen is not None
        self.filed = minutes.file_again(self.workspace, self.seen.code)
        self.cockpit.done(self.filed.fault or _("filed: {path}").format(path=self.filed.path))

    def _do_there(self) -> None:
        self._on_line(facilitation.attend)

    def _do_kept(self) -> None:
        self._on_line(facilitation.check)

    def _do_choose(self) -> None:
        self._on_line(facilitation.choose)

    def _do_late(self) -> None:
        self._on_line(lambda ws, seen, who: facilitation.attend(ws, seen, who, late=True))

    def _on_line(self, change: Callable[[Workspace, Live, str], Live]) -> None:
        about = self.target().code
        if about:
            self._try(lambda seen: change(self.workspace, seen, about))

    def _do_person(self) -> None:
        self.ask(questions.person(self.workspace, self.apply))

    def _do_decide(self) -> None:
        if self.seen is not None:
            self.ask(questions.decide(self.workspace, self.seen, "decision", self.apply))

    def _do_action(self) -> None:
        if self.seen is not None:
            self.ask(questions.decide(self.workspace, self.seen, "priority", self.apply))

    def _do_park(self) -> None:
        if self.seen is not None:
            self.ask(questions.park(self.workspace, self.seen, self.apply))

    def _do_wait(self) -> None:
        if self.seen is not None:
            self.ask(questions.wait(self.workspace, self.seen, self.apply))

    def _do_escalate(self) -> None:
        if self.seen is not None:
            self.ask(questions.escalate(self.workspace, self.seen, self.apply))

    def _do_solve(self) -> None:
        self._try(lambda seen: facilitation.solve(self.workspace, seen))

    def _do_extra(self) -> None:
        self._try(lambda seen: facilitation.one_more_minute(self.workspace, seen))

    def _do_take(self) -> None:
        self._try(lambda seen: facilitation.take_over(self.workspace, seen))

    def _do_veil(self) -> None:
        self.veiled = not self.veiled
        self.show_banner(self.cockpit.board)
        self.show()
