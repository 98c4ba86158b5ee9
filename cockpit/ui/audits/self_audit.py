"""The self-audit on the screen: the functions, the questions on each, the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from cockpit.domain.audits import self_audit as rules
from cockpit.domain.audits.questionnaire import ANSWERS
from cockpit.domain.audits.self_audit import FUNCTIONS, QUESTIONS_STAGE, RESULT, Part, Progress
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.function import MODES
from cockpit.locale import _, ngettext
from cockpit.services.audits import self_audit, self_audit_view
from cockpit.services.audits.self_audit import Ended
from cockpit.services.audits.self_audit_view import Result
from cockpit.services.changes import outsourcing_gate
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning.review import Stopwatch
from cockpit.ui.audits import questions as about_guided
from cockpit.ui.audits import self_audit_rows as page
from cockpit.ui.audits.guided import Guided, shown_answer
from cockpit.ui.kit import visuals
from cockpit.ui.kit.questions import why_now
from cockpit.ui.records import questions as about_records
from cockpit.ui.widgets.entry_bar import Question
from cockpit.ui.widgets.questionnaire import Asked
from cockpit.ui.widgets.rows import Item

CARRIER = "provider"
"""The row on which the provider is named, before the questions of a function."""
_MARKS = {f"ask.{n}": n for n in range(1, 5)}


class SelfAuditForm:
    """Kept after each key."""

    stages: Sequence[str] = rules.STAGES

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.progress: Progress = self_audit.begin(workspace)
        self.ended: Ended | None = None
        self.found: Result | None = None
        self._watch = Stopwatch()
        self._before: list[Progress] = []
        """The progress before each answer of this sitting."""
        self._names = workspace.names()

    @property
    def stage(self) -> int:
        """Functions, questions, result."""
        return self.progress.stage

    @property
    def row(self) -> str:
        """Where it was left."""
        return self.progress.row

    @property
    def parting(self) -> str:
        """Nothing is lost; once it is ended there is nothing to lose."""
        if self.ended is not None:
            return ""
        return _("the self-audit is kept: it goes on where it was left (^p self-audit)")

    def heading(self) -> str:
        """`Self-audit · 12/56 · 4 min`."""
        kept = self.progress.kept
        asked = sum(len(part.asked) for part in kept)
        done = sum(question in part.answers for part in kept for question in part.asked)
        counted = ngettext("{n} function", "{n} functions", len(kept)).format(n=len(kept))
        shown = counted if self.stage == FUNCTIONS else f"{done}/{asked}"
        return " · ".join((_("Self-audit"), shown, dates.duration(self.progress.spent)))

    def stand(self, stage: int, row: str) -> None:
        """Keep where one stands; once it is ended there is no way back into it."""
        if self.ended is not None and stage != RESULT:
            return
        if stage == RESULT and self.ended is None:
            self.found = None
        self._keep(replace(self.progress, stage=stage, row=row))

    def questions(self) -> Sequence[Asked] | None:
        """Of each function that is kept: who carries it outside, then its questions."""
        if self.stage != QUESTIONS_STAGE:
            return None
        found: list[Asked] = []
        for part in self.progress.kept:
            mode = _(MODES[part.mode])
            group = f"{part.name} · {mode}"
            if part.mode != "internal":
                found.append(self._carrier(part, group))
            found += [self._asked(part, question, group) for question in part.asked]
        return found

    def items(self) -> Sequence[Item]:
        """The functions; or the map, the zones and the next entries."""
        if self.stage == FUNCTIONS:
            return [Item("columns", page.Columns(), heading=True)] + [
                Item(part.key, part) for part in self.progress.parts
            ]
        if self.found is None:
            self.found = self_audit_view.result(self.workspace, self.progress.parts)
        return page.result_items(self.found, self.progress, self.ended, self._names)

    def paint(self, data: object, width: int) -> Sequence[Content]:
        """One row."""
        return [page.draw(data, width, self._names)]

    def kinds(self, item: Item | None) -> frozenset[str]:
        """A function takes its keys, the rest only Enter."""
        is_function = item is not None and self.stage == FUNCTIONS
        return frozenset({"ask-function" if is_function else "ask-none"})

    def perform(self, action_id: str, place: Guided) -> None:
        """One key."""
        if self.stage == FUNCTIONS:
            self._on_function(action_id, place)
            return
        key, _slash, question = place.cursor_key.partition("/")
        answer = action_id.partition(".")[2]
        if self.stage == QUESTIONS_STAGE and answer in ANSWERS and question in rules.QUESTIONS:
            self._keep(self.progress.answered(key, question, answer))
            part = self.progress.part(key)
            place.answered()
            if question == "backup" and answer in ("yes", "partly") and part is not None and not part.backup:
                place.ask(self._who(part, "backup"))

    def chosen(self, item: Item, place: Guided) -> None:
        """Enter: the owner, the provider or the backup by its name; the end; the next entry."""
        if isinstance(item.data, Part):
            place.ask(self._who(item.data, "owner"))
        elif isinstance(item.data, Asked):
            key, _slash, question = item.key.partition("/")
            part = self.progress.part(key)
            if part is not None and question in (CARRIER, "backup"):
                place.ask(self._who(part, question, place.go_on))
        elif isinstance(item.data, page.Way) and self.ended is None:
            try:
                self._end(place)
            except outsourcing_gate.MapIncomplete as error:
                place.ask(why_now("gate:selfaudit", lambda reason: self._end(place, reason), error.listed))
        elif isinstance(item.data, page.Line) and self.ended is not None and self.found is not None:
            part = self.found.known.get(item.key.partition(":")[2])
            if part is not None:
                place.cockpit.open_code(part.code)
        elif isinstance(item.data, page.Next):
            self._enter(item.data, place)

    def read_again(self) -> None:
        """Taken back by an undo, it is there again as it was, to be gone on with."""
        self._names = self.workspace.names()
        if self.ended is not None and not self_audit.exists(self.workspace, self.ended.code):
            self.ended, self.found = None, None
            self._keep(self.progress)

    def _on_function(self, action_id: str, place: Guided) -> None:
        if action_id == "ask.add":
            place.ask(about_guided.own_function(self.workspace, self._add))
            return
        part = self.progress.part(place.cursor_key)
        if part is None:
            return
        if action_id == "ask.keep":
            part = replace(part, kept=not part.kept)
        elif action_id == "ask.mode":
            modes = list(MODES)
            part = replace(part, mode=modes[(modes.index(part.mode) + 1) % len(modes)], kept=True)
        elif action_id == "ask.core":
            part = replace(part, core=not part.core, kept=True)
        elif action_id in _MARKS:
            part = replace(part, criticality=_MARKS[action_id], kept=True)
        self._keep(self.progress.with_part(part))
        place.refresh_rows()

    def _add(self, name: str) -> None:
        self._keep(self_audit.add_own(self.progress, name))

    def _who(self, part: Part, field: str, then: Callable[[], object] = bool) -> Question:
        def put(name: str) -> None:
            changed = replace(self.progress.part(part.key) or part, **{field: name}, kept=True)  # type: ignore[arg-type]
            progress = self.progress.with_part(changed)
            if field == "backup" and name:
                progress = progress.answered(part.key, "backup", "yes")
            self._keep(progress)
            then()

        return about_guided.who(self.workspace, part, field, put)

    def _end(self, place: Guided, reason: str = "") -> str:
        self.ended = self_audit.finish(self.workspace, self.progress, reason)
        self.found = None
        found = self_audit_view.ended(self.workspace)
        if found is not None:
            self.found = found[1]
        self._names = self.workspace.names()
        made = ngettext("{n} record made", "{n} records made", self.ended.made).format(n=self.ended.made)
        said = _("{code} saved: {made} · u takes it all back").format(code=self.ended.code, made=made)
        place.cockpit.done(said)
        return said

    def _enter(self, entry: page.Next, place: Guided) -> None:
        if self.ended is None or self.found is None:
            place.cockpit.tell(_("end the self-audit first: ⏎ on its line writes the functions"))
            return
        text, known = self_audit_view.creation(self.found, entry.advice)
        register = REGISTERS[entry.advice.register]
        place.ask(about_records.create(self.workspace, register, place.cockpit.open_code, text, known))

    def _carrier(self, part: Part, group: str) -> Asked:
        name = self._names.get(part.provider, part.provider)
        return Asked(
            key=f"{part.key}/{CARRIER}", text=_("Who carries it outside?"), kind="ask-typed", group=group,
            glyph="→" if name else "·", answer=name or _("⏎ names the provider"),
            style="" if name else visuals.MUTED, done=bool(name),
            about=_("The provider by its name, completed by ⇥; a new name becomes a provider."),
        )  # fmt: skip

    def _asked(self, part: Part, question: str, group: str) -> Asked:
        given = part.answers.get(question, "")
        glyph, colour = shown_answer(given) if given else ("·", visuals.MUTED)
        word = _(ANSWERS[given]) if given else "—"
        if question == "backup" and part.backup:
            word += f" · {self._names.get(part.backup, part.backup)}"
        return Asked(
            key=f"{part.key}/{question}", text=_(rules.QUESTIONS[question]), group=group, glyph=glyph,
            style=colour, answer=word, source=part.sources.get(question, ""), done=bool(given),
            about=page.about(question),
        )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Until its end is written."""
        return self.ended is None

    def take_back(self) -> bool:
        """As it was before the last answer, one's place included."""
        if not self._before:
            return False
        before = self._before.pop()
        self._keep(replace(before, spent=self.progress.spent))
        self._before.pop()
        self.found = None
        return True

    def _keep(self, progress: Progress) -> None:
        if progress.parts != self.progress.parts:
            self._before.append(self.progress)
        self.progress = progress.spend(self._watch.lap())
        if self.ended is None:
            self_audit.save(self.workspace, self.progress)
