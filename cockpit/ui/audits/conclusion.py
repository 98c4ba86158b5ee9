"""What an audit and a review of a level share on the screen: the sheet, and the rows that conclude it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.content import Content

from cockpit.domain.audits.answer_sheet import AnswerSheet
from cockpit.domain.audits.questionnaire import AnswerScore
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.locale import _, ngettext
from cockpit.services.audits import answer_sheets
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning.review import Stopwatch
from cockpit.services.work import entry
from cockpit.ui.audits import questions
from cockpit.ui.audits.guided import Guided
from cockpit.ui.kit import visuals
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.widgets.rows import Item

OPEN = ("·", visuals.MUTED)
"""Symbol and colour of what has no answer yet."""
BAR = 10
LOW, HIGH = 40, 70
"""Percent below which a score is red, and from which it is green."""


@dataclass(frozen=True)
class Axis:
    """The score of one axis."""

    name: str
    score: AnswerScore


@dataclass(frozen=True)
class AuditFact:
    """Something that is known, or missing."""

    label: str
    text: str
    is_missing: bool = False


@dataclass(frozen=True)
class VerdictLine:
    """The verdict that holds."""

    text: str
    note: str


@dataclass(frozen=True)
class FollowUp:
    """An action that becomes a priority at the end."""

    number: int
    text: str


@dataclass(frozen=True)
class NextDay:
    """When the next one is due."""

    text: str


@dataclass(frozen=True)
class ConclusionLink:
    """A line whose Enter does something."""

    text: str


class SheetForm:
    """A sheet, kept after each key; sub-classes ask the questions and write the end."""

    KIND: ClassVar[str] = ""

    def __init__(self, workspace: Workspace, sheet: AnswerSheet) -> None:
        self.workspace, self.sheet = workspace, sheet
        self.function = answer_sheets.function_of(workspace, sheet.function)
        self.ended = False
        self._watch = Stopwatch()
        self._before: list[AnswerSheet] = []
        """The sheet before each answer of this sitting."""

    @property
    def stage(self) -> int:
        """Questions, conclusion."""
        return self.sheet.stage

    @property
    def row(self) -> str:
        """Where it was left."""
        return self.sheet.row

    @property
    def parting(self) -> str:
        """It goes on by the same key."""
        name = self.function.name
        return "" if self.ended else _("kept: {function} goes on where it was left").format(function=name)

    def stand(self, stage: int, row: str) -> None:
        """Keep where one stands."""
        self.keep(replace(self.sheet, stage=stage, row=row))

    def keep(self, sheet: AnswerSheet) -> None:
        """The sheet as it is now."""
        if sheet.said != self.sheet.said:
            self._before.append(self.sheet)
        self.sheet = sheet.spend(self._watch.lap())
        if not self.ended:
            answer_sheets.save(self.workspace, self.KIND, self.sheet)

    @property
    def is_open(self) -> bool:
        """Until its end is written."""
        return not self.ended

    def take_back(self) -> bool:
        """As it was before the last answer, one's place included."""
        if not self._before:
            return False
        before = self._before.pop()
        self.keep(replace(before, spent=self.sheet.spent))
        self._before.pop()
        return True

    def read_again(self) -> None:
        """The function may have another name."""
        self.function = answer_sheets.function_of(self.workspace, self.sheet.function)

    def kinds(self, item: Item[Any] | None) -> frozenset[Kind]:
        """An action can be taken off, one can be added everywhere."""
        is_action = item is not None and isinstance(item.data, FollowUp)
        return frozenset({Kind.ASK_END, Kind.ASK_ACTION} if is_action else {Kind.ASK_END})

    def paint(self, data: Any, width: int) -> Sequence[Content]:
        """One row of the conclusion."""
        return [draw(data, width, self.workspace)]

    def answer(self, answer: str, place: Guided) -> None:
        """To a question; sub-classes know which ones they ask."""

    def mark(self, mark: int, place: Guided) -> None:
        """On a scale; sub-classes know which ones they have."""

    def add(self, place: Guided) -> None:
        """Ask for an action that follows."""
        place.ask(questions.action(self.workspace, _("action"), self._add))

    def remove(self, place: Guided) -> None:
        """The action under the cursor is none after all."""
        at = int(place.cursor_key.partition(":")[2])
        self.keep(replace(self.sheet, actions=self.sheet.actions[:at] + self.sheet.actions[at + 1 :]))
        place.refresh_rows()

    def next_verdict(self) -> str:
        """The verdict after the one that holds."""
        return self.sheet.verdict

    def finish(self, sheet: AnswerSheet) -> tuple[str, int]:
        """Write it; its code, and how many actions follow."""
        return sheet.function, 0

    def chosen(self, item: Item[Any], place: Guided) -> None:
        """Enter: another verdict, another date, one more action, or the end."""
        if isinstance(item.data, VerdictLine):
            self.keep(replace(self.sheet, verdict=self.next_verdict()))
            place.refresh_rows()
        elif isinstance(item.data, NextDay):
            place.ask(questions.day(self.workspace, _("next one"), self.sheet.next_on, self._put_day))
        elif item.key == "add":
            self.add(place)
        elif item.key == "end":
            self._end(place)

    def _end(self, place: Guided) -> None:
        code, actions = self.finish(self.sheet)
        self.ended = True
        app = place.cockpit
        place.leave()
        said = ngettext("{n} action", "{n} actions", actions).format(n=actions)
        app.done(_("{code} saved: {actions} · u takes it all back").format(code=code, actions=said))
        app.open_code(code)

    def _add(self, line: str) -> None:
        self.keep(replace(self.sheet, actions=(*self.sheet.actions, line)))

    def _put_day(self, day: object) -> None:
        self.keep(replace(self.sheet, next_on=day))  # type: ignore[arg-type]


def verdict_items(verdict: str, note: str) -> list[Item[Any]]:
    """The verdict, which Enter changes."""
    return [Item("h:verdict", _("Verdict"), heading=True), Item("verdict", VerdictLine(_(verdict), note))]


def end_items(sheet: AnswerSheet, end: str) -> list[Item[Any]]:
    """The actions, the next date, the end."""
    rows: list[Item[Any]] = [Item("h:actions", _("What is done about it"), heading=True)]
    rows += [Item(f"action:{at}", FollowUp(at + 1, line)) for at, line in enumerate(sheet.actions)]
    rows.append(Item("add", ConclusionLink(_("a adds an action: it becomes a priority with its date"))))
    rows += [
        Item("h:next", _("Next one"), heading=True),
        Item("next", NextDay(dates.long_date(sheet.next_on))),
    ]
    return [*rows, Item("end", ConclusionLink(end))]


def draw(data: object, width: int, workspace: Workspace) -> Content:
    """One row in one line."""
    match data:
        case Axis():
            return _axis(data)
        case AuditFact():
            colour = visuals.WARN if data.is_missing else ""
            return Content.styled(f"   {data.label}  ", visuals.MUTED) + Content.styled(data.text, colour)
        case VerdictLine():
            hint = Content.styled(_("⏎ another one"), visuals.MUTED)
            said = Content.assemble(("   ", ""), (data.text, "bold"), (f"  {data.note}", visuals.MUTED))
            return visuals.spread(width, said, hint)
        case FollowUp():
            summary = entry.summary(workspace, entry.understand(workspace, data.text))
            hint = Content.styled(_("x takes it off"), visuals.MUTED)
            return visuals.spread(width, Content(f"   {data.number} {summary}"), hint)
        case NextDay():
            return visuals.spread(
                width, Content(f"   {data.text}"), Content.styled(_("⏎ another day"), visuals.MUTED)
            )
        case ConclusionLink():
            return Content.styled(f" ▸ {data.text}", "$accent")
    return Content.styled(f" ── {data} ", "bold")


def _axis(axis: Axis) -> Content:
    percent = axis.score.percent
    name = Content(f"   {axis.name}").truncate(28, ellipsis=True, pad=True)
    if percent is None:
        return name + Content.styled("?" * BAR + " " + _("not enough data"), visuals.MUTED)
    colour = visuals.GOOD if percent >= HIGH else visuals.WARN if percent >= LOW else visuals.BAD
    filled = round(percent * BAR / 100)
    bar = Content.styled("█" * filled, colour) + Content.styled("·" * (BAR - filled), visuals.MUTED)
    unknown = axis.score.asked - axis.score.known
    said = Content(f" {percent:>3} %")
    if unknown:
        rest = ngettext("{n} answer not known", "{n} answers not known", unknown).format(n=unknown)
        said += Content.styled(f" · {rest}", visuals.MUTED)
    return name + bar + said
