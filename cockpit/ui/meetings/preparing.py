"""A meeting before it begins: its running order, which keys change and share, and what Enter on its row opens."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings import minutes as text
from cockpit.domain.settings import Channel
from cockpit.locale import _, ngettext
from cockpit.services.alerts.meeting_rules import MEETING
from cockpit.services.desk.dates import duration
from cockpit.services.meetings import facilitation, live, minutes, rituals, running_order
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.meetings.running_order import PreparedMeeting
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.meetings import lists, page, questions
from cockpit.ui.meetings.held_screen import HeldScreen
from cockpit.ui.meetings.screen import BEFORE, LiveScreen, Stage
from cockpit.ui.meetings.share import ask_where
from cockpit.ui.meetings.stages import Led, step_of
from cockpit.ui.widgets.key_bar import Hint


def begin(which: str, screen: LiveScreen) -> Stage:
    """Of a ritual (its code) or a kind of meeting: the step of the one that goes on, else that before the next one."""
    code = live.running(screen.workspace, which)
    if code:
        return step_of(Led(screen, live.view(screen.workspace, code)))
    return PreparingStage(screen, running_order.prepare(screen.workspace, which))


class Opened:
    """What Enter opens on the row of a meeting: it is prepared, led or taken up; one that was, its record.

    From an alert, one that is over opens on the question whether it was held.
    """

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> LiveScreen | HeldScreen | None:
        """The screen to open for the row; None where it is of no meeting that is led."""
        asked = target.code.startswith(MEETING)
        meeting = (
            rituals.of_key(cockpit.workspace, target.code.removeprefix(MEETING)) if asked else target.data
        )
        if not isinstance(meeting, PlannedMeeting) or not meeting.has_agenda:
            return None
        if asked and meeting.status in ("held", "missed", "unknown"):
            return HeldScreen(cockpit, meeting)
        if meeting.status in ("held", "missed"):
            return None
        return LiveScreen(cockpit.workspace, partial(begin, meeting.ritual.code))


class PreparingStage(Stage):
    """The step before a meeting: its running order, which keys change and share."""

    name = BEFORE
    kinds = frozenset({Kind.LIVE_BEFORE})

    def __init__(self, screen: LiveScreen, before: PreparedMeeting) -> None:
        super().__init__(screen)
        self.before = before

    def read_again(self) -> Stage:
        """The step to show after another process wrote: other blockers may be hot by now."""
        self.before = running_order.prepare(self.workspace, self.before.which)
        return self

    @property
    def title(self) -> str:
        """How many subjects are listed, and how long they take in all."""
        total = sum(step.seconds for step in self.before.subjects)
        n = len(self.before.subjects)
        return ngettext("{n} subject in {span}", "{n} subjects in {span}", n).format(
            n=n, span=duration(total)
        )

    def rows(self) -> list[page.MeetingRow]:
        """The subjects, then what the plan of the week became."""
        return [
            *page.subject_lines(self.before, self.screen.cockpit.board, self.screen.veiled),
            *lists.plan(self.workspace, self.before),
        ]

    def head(self, width: int) -> list[Content]:
        """The lines at the top: which meeting, and who is expected."""
        return page.before_head(self.before, self.names, width)

    def empty(self) -> str:
        """What is said where there is no subject: the meeting may start without one."""
        return _("No open blocker: b puts one on the agenda by its code, ⏎ starts all the same.")

    def moves(self) -> list[Hint]:
        """The key that starts the meeting, Enter."""
        return [Hint("⏎", _("start"), "screen.enter")]

    def enter(self) -> None:
        """Start the meeting now."""
        code = facilitation.start(self.workspace, self.before)
        led = Led(self.screen, live.view(self.workspace, code))
        led.keep_time()
        self.screen.turn(step_of(led))
        self.screen.cockpit.done(facilitation.made_with_it(self.before, led.seen.ritual))

    def move(self, by: int) -> None:
        """Move the subject under the cursor: -1 is one earlier, 1 one later."""
        subjects, code = list(self.before.subjects), self.screen.about
        at = next((n for n, step in enumerate(subjects) if step.code == code), None)
        if at is not None and 0 <= at + by < len(subjects):
            subjects.insert(at + by, subjects.pop(at))
        self._keep(subjects)

    def remove(self) -> None:
        """Take the subject under the cursor off the running order."""
        code = self.screen.about
        self._keep([step for step in self.before.subjects if step.code != code])

    def add(self) -> None:
        """Ask which blocker to put on the running order."""

        def take(code: str) -> None:
            found = running_order.subject(self.workspace, code)
            listed = any(step.code == code for step in self.before.subjects)
            self._keep([*self.before.subjects, *(() if listed else (found,))])

        self.screen.ask(questions.subject(self.workspace, take))

    def share(self) -> None:
        """Share the running order, after a preview."""

        def shown(channel: Channel | None) -> str:
            level = text.SHARED if channel is None else min(text.SHARED, channel.conf)
            parts = minutes.agenda_blocks(self.workspace, self.before, level)
            return text.to_markdown(parts) if channel is None else text.to_text(parts)

        def go(chosen: tuple[str, ...] | None) -> None:
            if chosen is not None:
                before = self.before
                self.before, fault = minutes.share_agenda(self.workspace, before, chosen)
                told = fault or _("agenda shared; what was never previewed waits in the outbox (K)")
                made = facilitation.made_with_it(before, self.before.ritual)
                self.screen.cockpit.done(" · ".join(filter(None, (told, made))))

        ask_where(self.screen, _("Share the agenda"), self.before.ritual.channels, shown, go)

    def _keep(self, subjects: list[rules.MeetingStep]) -> None:
        before = self.before
        self.before = facilitation.freeze(self.workspace, before, subjects)
        self.screen.show()
        if told := facilitation.made_with_it(before, self.before.ritual):
            self.screen.cockpit.done(told)
