"""A meeting while it is led, up to its minutes: one class for each kind of step, with what keys do in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import wrap

from textual.content import Content

from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings import minutes as text
from cockpit.domain.meetings.facilitation import LedMeeting
from cockpit.domain.records.record import Record
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import goals
from cockpit.services.meetings import facilitation, live, minutes
from cockpit.services.meetings.live import Live
from cockpit.services.meetings.minutes import Filed
from cockpit.services.meetings.timekeeper import Timekeeper
from cockpit.store.state.live import MeetingOvertaken
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.meetings import lists, page, questions
from cockpit.ui.meetings.screen import AFTER, LiveScreen, Stage
from cockpit.ui.meetings.share import ask_where
from cockpit.ui.widgets.key_bar import Hint

MIDDLE = 3
"""The mark from which each vote begins."""


class Led:
    """The meeting that is led, as its last event left it; all of its steps share this one."""

    def __init__(self, screen: LiveScreen, seen: Live) -> None:
        self.screen, self.seen = screen, seen

    def keep_time(self) -> None:
        """Have the clock of the meeting run on when its screen is left, and tell others that it is led here."""
        app = self.screen.cockpit
        app.be_in(self.seen.ritual.name)
        if self.seen.code not in app.pulses:
            app.pulses[self.seen.code] = Timekeeper(self.screen.workspace, self.seen.code, app.monotonic)

    def read(self) -> None:
        """Read the meeting again as it is stored."""
        self.seen = live.view(self.screen.workspace, self.seen.code)

    def apply(self, change: Callable[[Live], Live]) -> None:
        """Change the meeting as of this second, and show the step it is at then. Raises what the service raises.

        Where another process changed it meanwhile, what that one left is shown before MeetingOvertaken is raised.
        """
        self.screen.tick()
        try:
            self.seen = change(self.seen)
        except MeetingOvertaken:
            self.read()
            self.screen.turn(step_of(self, self.screen.stage))
            raise
        self.screen.turn(step_of(self, self.screen.stage))

    def attempt(self, change: Callable[[Live], Live]) -> None:
        """As `apply`; what is refused is told in the banner, not raised."""
        try:
            self.apply(change)
        except refusal.ORDINARY as error:
            self.screen.cockpit.done(refusal.explain(error))

    def filed(self, filed: Filed) -> ClosedStage:
        """The step after the last one: the meeting is closed, its clock stopped."""
        self.screen.cockpit.pulses.pop(self.seen.code, None)
        return ClosedStage(self.screen, self, filed)


class StepStage(Stage):
    """A step of a meeting that is led. This class serves the steps that are only read and talked about."""

    also: Kind | None = None
    """What keys take the lines of this step for."""

    def __init__(self, led: Led) -> None:
        super().__init__(led.screen)
        self.led = led
        self.position = led.seen.meeting.position
        self.name = led.seen.meeting.step.kind
        self.kinds = frozenset({Kind.LIVE_RUNNING} | ({self.also} if self.also is not None else set()))

    @property
    def seen(self) -> Live:
        """The meeting as of its last event."""
        return self.led.seen

    @property
    def meeting(self) -> LedMeeting:
        """The meeting at this second."""
        return live.now_of(self.workspace, self.seen)

    def opened(self) -> None:
        """The meeting is on this screen now: its clock runs here too."""
        self.led.keep_time()

    def read_again(self) -> Stage:
        """The step to show after another process wrote: it may have gone on, or closed or undone the meeting."""
        try:
            self.led.read()
        except refusal.UnknownCode:
            self.screen.cockpit.pulses.pop(self.seen.code, None)
            self.screen.cockpit.be_in("")
            return self.screen.begin_again()
        if self.seen.meeting.closed_at is not None:
            return self.led.filed(minutes.stored(self.workspace, self.seen.code))
        return step_of(self.led, self)

    def tick(self) -> None:
        """Once a second: read what other screens of this meeting wrote."""
        pulse = self.screen.cockpit.pulses.get(self.seen.code)
        if pulse is not None and pulse.tick():
            self.led.read()

    def rows(self) -> list[page.MeetingRow]:
        """The lines of this step, to choose from or to read."""
        return lists.rows(self.workspace, self.seen, self.screen.cockpit.board, self.screen.veiled)

    def head(self, width: int) -> list[Content]:
        """The lines at the top: who leads, who is there, where the meeting is."""
        return page.head(self.seen, self.meeting, self.names, width)

    @property
    def title(self) -> str:
        """The name of this part of the meeting."""
        return self.meeting.step.title

    def subject(self, width: int) -> list[Content]:
        """What one does in this part, in large."""
        return page.purpose(self.meeting.step)

    def talk(self) -> list[Content]:
        """What was said for later in this part (`parking`)."""
        return page.written(self.seen, self.meeting, self.screen.veiled)

    def foot(self, width: int) -> list[Content]:
        """The lines at the bottom: what is next, and who is there."""
        return page.foot(self.meeting, self.screen.veiled, self.names, width)

    def moves(self) -> list[Hint]:
        """The keys that go on and back, and close near the end; for who only follows, the one that takes the lead."""
        if facilitation.why_not_lead(self.workspace, self.seen.meeting):
            return [Hint("t", _("lead"), "app.do('live.take')")]
        if self.closes:
            return [Hint("tab", _("next"), "screen.go(1)"), Hint("c", _("close"), "app.do('live.close')")]
        return [Hint("→", _("next"), "screen.go(1)"), Hint("←", _("back"), "screen.go(-1)")]

    def enter(self) -> None:
        """Enter goes on to the next step."""
        self.go(1)

    def go(self, by: int) -> None:
        """Go on by one step, or back by one (-1)."""
        self.led.attempt(lambda seen: facilitation.go(self.workspace, seen, by))

    def decide(self, kind: str) -> None:
        """Ask for what was decided (`decision`) or is to be done (`priority`), in one line."""
        self.screen.ask(questions.decide(self.workspace, self.seen, kind, self.led.apply))

    def park(self) -> None:
        """Ask for a word about what is left for later."""
        self.screen.ask(questions.park(self.workspace, self.seen, self.led.apply))

    def extra(self) -> None:
        """Give this part one more minute; that is done once."""
        self.led.attempt(lambda seen: facilitation.one_more_minute(self.workspace, seen))

    def take_over(self) -> None:
        """Whoever is at this keyboard leads the meeting from now on."""
        self.led.attempt(lambda seen: facilitation.take_over(self.workspace, seen))

    def close(self) -> None:
        """Close the meeting, after a preview of its minutes."""
        self.screen.tick()
        found, seen = minutes.build(self.workspace, self.seen), self.seen

        def shown(channel: Channel | None) -> str:
            level = text.SHARED if channel is None else min(text.SHARED, channel.conf)
            parts = list(text.blocks(found, level))
            return text.to_markdown(parts) if channel is None else text.to_text(parts)

        def go(chosen: tuple[str, ...] | None) -> None:
            if chosen is None:
                return
            self.screen.tick()
            try:
                filed = minutes.close(self.workspace, seen.code, chosen)
            except refusal.ORDINARY as error:
                self.screen.cockpit.done(refusal.explain(error))
                return
            self.screen.stage = self.led.filed(filed)
            self.screen.cockpit.done(filed.fault or _("closed: minutes filed"))

        leaves = seen.ritual.channels
        title = (
            _("Close: these minutes are filed and posted") if leaves else _("Close: these minutes are filed")
        )
        ask_where(self.screen, title, leaves, shown, go)

    def on_line(self, change: Callable[[Workspace, Live, str], Live]) -> None:
        """Change the meeting by what the line under the cursor is about, which `change` is given the code of."""
        about = self.screen.about
        if about:
            self.led.attempt(lambda seen: change(self.workspace, seen, about))


class AttendanceStage(StepStage):
    """The step at which one says who is there."""

    also = Kind.LIVE_PEOPLE

    def there(self) -> None:
        """The person under the cursor is there, or not after all."""
        self.on_line(facilitation.attend)

    def late(self) -> None:
        """The person under the cursor comes late, now."""
        self.on_line(lambda workspace, seen, who: facilitation.attend(workspace, seen, who, late=True))

    def person(self) -> None:
        """Ask who is there that was not expected."""
        self.screen.ask(questions.person(self.workspace, self.led.apply))


class CommitmentsStage(StepStage):
    """The step that goes through what was promised last time."""

    also = Kind.LIVE_COMMITMENTS

    def kept(self) -> None:
        """The commitment under the cursor was kept, or not after all."""
        self.on_line(facilitation.check)


class FiguresStage(StepStage):
    """The step that goes through the goals of the quarter and the figures in red."""

    also = Kind.LIVE_FIGURES

    def track(self) -> None:
        """The goal under the cursor is on track this week; again: it is not."""
        code = self.screen.about
        if code:
            state = goals.flip(self.workspace, code)
            word = _(goals.GOAL.field("state").choices[state])
            self.screen.cockpit.done(_("{code}: {state} · u undoes").format(code=code, state=word))


class _Completed(StepStage):
    """A step whose lines may lack a person or a date: Enter asks for what is missing."""

    def enter(self) -> None:
        """Ask for what the line under the cursor lacks; where there is none, go on to the next step."""
        if self.screen.about:
            self.screen.ask(questions.complete(self.workspace, self.screen.about, self.led.apply))
        else:
            self.go(1)


class PrioritiesStage(_Completed):
    """The step that chooses the three priorities of the week."""

    also = Kind.LIVE_PRIORITIES

    def choose(self) -> None:
        """Make the priority under the cursor one of the three, or no longer; on a goal, make a priority of it first."""
        code = self.screen.about
        if code.startswith(f"{goals.GOAL.prefix}-"):
            # Refused before anything is written: a fourth is not chosen.
            if len(self.seen.meeting.chosen) < facilitation.CHOOSE:
                made = goals.to_priority(self.workspace, code)
                self.led.attempt(lambda seen: facilitation.choose(self.workspace, seen, made))
            return
        self.on_line(facilitation.choose)


class ReadbackStage(_Completed):
    """The step in which the decisions of the meeting are read out."""

    closes = True


class SubjectStage(StepStage):
    """The step of one subject, which stands alone on the screen."""

    also = Kind.LIVE_SUBJECT

    @property
    def record(self) -> Record | None:
        """The blocker that is talked about."""
        return self.seen.subject()

    def subject(self, width: int) -> list[Content]:
        """The title of the subject, whom it waits for, by when."""
        return page.subject(self.seen, self.meeting, self.screen.cockpit.board, self.screen.veiled, width)

    def talk(self) -> list[Content]:
        """The question to settle, what was prepared of it, what is being decided."""
        prepared = lists.note(self.workspace, self.record, self.names)
        board, veiled = self.screen.cockpit.board, self.screen.veiled
        lines = page.question(self.seen, self.meeting, board, veiled, prepared)
        said = super().talk()
        return [*lines, Content(""), *said] if said else lines

    def solve(self) -> None:
        """Close the blocker: it is settled."""
        self.led.attempt(lambda seen: facilitation.solve(self.workspace, seen))

    def wait(self) -> None:
        """Ask whom it waits for."""
        self.screen.ask(questions.wait(self.workspace, self.seen, self.led.apply))

    def escalate(self) -> None:
        """Ask who is to settle it at the next level, and what they are asked."""
        self.screen.ask(questions.escalate(self.workspace, self.seen, self.led.apply))


class VotesStage(StepStage):
    """The step in which each person in turn marks what the meeting was worth."""

    closes = True

    def __init__(self, led: Led) -> None:
        super().__init__(led)
        self.marks = [MIDDLE] * len(page.VOTES)

    def rows(self) -> list[page.MeetingRow]:
        """The three questions, with the marks of the one who votes now."""
        return list(page.votes(tuple(self.marks), self.seen.meeting.votes))

    def aside(self, by: int) -> None:
        """Give the question under the cursor a better mark, or a worse one."""
        self.mark(self.marks[self._row] + by)

    def mark(self, mark: int) -> None:
        """Give the question under the cursor that mark."""
        self.marks[self._row] = max(1, min(page.BEST, mark))
        self.screen.show()

    def enter(self) -> None:
        """Note this vote; the next person begins with marks in the middle."""
        roti, outward, inward = self.marks
        self.marks = [MIDDLE] * len(self.marks)
        self.screen.to_the_top()
        self.led.attempt(lambda seen: facilitation.vote(self.workspace, seen, (roti, inward, outward)))

    @property
    def _row(self) -> int:
        return min(self.screen.cursor, len(self.marks) - 1)


class ClosedStage(Stage):
    """The last page: the minutes of a meeting that is over."""

    name = AFTER
    kinds = frozenset({Kind.LIVE_AFTER})

    def __init__(self, screen: LiveScreen, led: Led, filed: Filed) -> None:
        super().__init__(screen)
        self.led, self.filed = led, filed

    def read_again(self) -> Stage:
        """The step to show after another process wrote: an undo may have opened the meeting again."""
        self.led.read()
        return step_of(self.led) if self.led.seen.meeting.running else self

    def rows(self) -> list[page.MeetingRow]:
        """The file that the minutes are in, and their lines."""
        filed = self.filed
        where = _("filed: {path}").format(path=filed.path) if filed.path else filed.fault
        width = max(20, self.screen.size.width - 6)
        said = [where or _("minutes kept in the cockpit"), "", *filed.markdown.splitlines()]
        return list(page.texts([part for line in said for part in wrap(line, width) or [""]]))

    def head(self, width: int) -> list[Content]:
        """The line at the top: which meeting this was."""
        seen = self.led.seen
        return page.head(seen, live.now_of(self.workspace, seen), self.names, width)

    @property
    def title(self) -> str:
        """The name of this page."""
        return _("Minutes of the meeting")

    def file_again(self) -> None:
        """Write the minutes into the folder again."""
        self.filed = minutes.file_again(self.workspace, self.led.seen.code)
        self.screen.cockpit.done(self.filed.fault or _("filed: {path}").format(path=self.filed.path))


STEPS: Mapping[str, type[StepStage]] = {
    rules.ATTENDANCE: AttendanceStage,
    rules.COMMITMENTS: CommitmentsStage,
    rules.FIGURES: FiguresStage,
    rules.PRIORITIES: PrioritiesStage,
    rules.SUBJECT: SubjectStage,
    rules.READBACK: ReadbackStage,
    rules.VOTES: VotesStage,
}
"""The steps that have keys of their own; all others are only read."""


def step_of(led: Led, now: Stage | None = None) -> StepStage:
    """The step at which the meeting is; `now`, the one on the screen, where it is still that one."""
    if isinstance(now, StepStage) and now.led is led and now.position == led.seen.meeting.position:
        return now
    return STEPS.get(led.seen.meeting.step.kind, StepStage)(led)
