"""The self-audit on the screen: the functions, the questions on each, the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.content import Content

from cockpit.domain.audits import self_audit as rules
from cockpit.domain.audits.questionnaire import ANSWERS
from cockpit.domain.audits.self_audit import (
    FUNCTIONS,
    QUESTIONS_STAGE,
    RESULT,
    AuditedPart,
    SelfAuditProgress,
)
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.function import MODES
from cockpit.locale import _, ngettext
from cockpit.services.audits import self_audit, self_audit_view
from cockpit.services.audits.self_audit import EndedSelfAudit
from cockpit.services.audits.self_audit_view import Result
from cockpit.services.changes import outsourcing_gate
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning.review import Stopwatch
from cockpit.ui.audits import questions, self_audit_rows
from cockpit.ui.audits.guided import Guided, shown_answer
from cockpit.ui.audits.questionnaire import Asked
from cockpit.ui.kit import visuals
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.questions import why_now
from cockpit.ui.records.questions import create
from cockpit.ui.widgets.entry_bar import Question
from cockpit.ui.widgets.rows import Item

CARRIER = "provider"
"""The row on which the provider is named, before the questions of a function."""


class SelfAuditForm:
    """Kept after each key."""

    stages: Sequence[str] = rules.STAGES

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.progress: SelfAuditProgress = self_audit.begin(workspace)
        self.ended: EndedSelfAudit | None = None
        self.found: Result | None = None
        self._watch = Stopwatch()
        self._before: list[SelfAuditProgress] = []
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

    def items(self) -> Sequence[Item[Any]]:
        """The functions; or the map, the zones and the next entries."""
        if self.stage == FUNCTIONS:
            return [Item("columns", self_audit_rows.Columns(), heading=True)] + [
                Item(part.key, part) for part in self.progress.parts
            ]
        if self.found is None:
            self.found = self_audit_view.result(self.workspace, self.progress.parts)
        return self_audit_rows.result_items(self.found, self.progress, self.ended, self._names)

    def paint(self, data: Any, width: int) -> Sequence[Content]:
        """One row."""
        return [self_audit_rows.draw(data, width, self._names)]

    def kinds(self, item: Item[Any] | None) -> frozenset[Kind]:
        """A function takes its keys, the rest only Enter."""
        is_function = item is not None and self.stage == FUNCTIONS
        return frozenset({Kind.ASK_FUNCTION}) if is_function else frozenset()

    def answer(self, answer: str, place: Guided) -> None:
        """The answer to the question under the cursor; a backup that exists has a name."""
        key, _slash, question = place.cursor_key.partition("/")
        self._keep(self.progress.answered(key, question, answer))
        part = self.progress.part(key)
        place.answered()
        if question == "backup" and answer in ("yes", "partly") and part is not None and not part.backup:
            place.ask(self._who(part, "backup"))

    def mark(self, mark: int, place: Guided) -> None:
        """How critical the function under the cursor is."""
        self._change(place, lambda part: replace(part, criticality=mark, kept=True))

    def keep_or_drop(self, place: Guided) -> None:
        """The company has the function under the cursor, or not."""
        self._change(place, lambda part: replace(part, kept=not part.kept))

    def next_mode(self, place: Guided) -> None:
        """Another way to carry it."""
        modes = list(MODES)
        self._change(
            place,
            lambda part: replace(part, mode=modes[(modes.index(part.mode) + 1) % len(modes)], kept=True),
        )

    def core_or_not(self, place: Guided) -> None:
        """Core value, or not."""
        self._change(place, lambda part: replace(part, core=not part.core, kept=True))

    def add(self, place: Guided) -> None:
        """Ask for a function of one's own."""
        place.ask(questions.own_function(self.workspace, self._add))

    def remove(self, place: Guided) -> None:
        """A function is dropped, never removed."""

    def _change(self, place: Guided, change: Callable[[AuditedPart], AuditedPart]) -> None:
        part = self.progress.part(place.cursor_key)
        if part is not None:
            self._keep(self.progress.with_part(change(part)))
            place.refresh_rows()

    def chosen(self, item: Item[Any], place: Guided) -> None:
        """Enter: the owner, the provider or the backup by its name; the end; the next entry."""
        if isinstance(item.data, AuditedPart):
            place.ask(self._who(item.data, "owner"))
        elif isinstance(item.data, Asked):
            key, _slash, question = item.key.partition("/")
            part = self.progress.part(key)
            if part is not None and question in (CARRIER, "backup"):
                place.ask(self._who(part, question, place.go_on))
        elif isinstance(item.data, self_audit_rows.ResultLink) and self.ended is None:
            try:
                self._end(place)
            except outsourcing_gate.MapIncomplete as error:
                place.ask(why_now("gate:selfaudit", lambda reason: self._end(place, reason), error.listed))
        elif (
            isinstance(item.data, self_audit_rows.ResultLine)
            and self.ended is not None
            and self.found is not None
        ):
            part = self.found.known.get(item.key.partition(":")[2])
            if part is not None:
                place.cockpit.open_code(part.code)
        elif isinstance(item.data, self_audit_rows.Next):
            self._enter(item.data, place)

    def read_again(self) -> None:
        """Taken back by an undo, it is there again as it was, to be gone on with."""
        self._names = self.workspace.names()
        if self.ended is not None and not self_audit.exists(self.workspace, self.ended.code):
            self.ended, self.found = None, None
            self._keep(self.progress)

    def _add(self, name: str) -> None:
        self._keep(self_audit.add_own(self.progress, name))

    def _who(self, part: AuditedPart, field: str, then: Callable[[], object] = bool) -> Question:
        def put(name: str) -> None:
            changed = replace(self.progress.part(part.key) or part, **{field: name}, kept=True)  # type: ignore[arg-type]
            progress = self.progress.with_part(changed)
            if field == "backup" and name:
                progress = progress.answered(part.key, "backup", "yes")
            self._keep(progress)
            then()

        return questions.who(self.workspace, part, field, put)

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

    def _enter(self, entry: self_audit_rows.Next, place: Guided) -> None:
        if self.ended is None or self.found is None:
            place.cockpit.tell(_("end the self-audit first: ⏎ on its line writes the functions"))
            return
        text, known = self_audit_view.creation(self.found, entry.advice)
        register = REGISTERS[entry.advice.register]
        place.ask(create(self.workspace, register, place.cockpit.open_code, text, known))

    def _carrier(self, part: AuditedPart, group: str) -> Asked:
        name = self._names.get(part.provider, part.provider)
        return Asked(
            key=f"{part.key}/{CARRIER}", text=_("Who carries it outside?"), kind=Kind.ASK, group=group,
            glyph="→" if name else "·", answer=name or _("⏎ names the provider"),
            style="" if name else visuals.MUTED, done=bool(name),
            about=_("The provider by its name, completed by ⇥; a new name becomes a provider."),
        )  # fmt: skip

    def _asked(self, part: AuditedPart, question: str, group: str) -> Asked:
        given = part.answers.get(question, "")
        glyph, colour = shown_answer(given) if given else ("·", visuals.MUTED)
        word = _(ANSWERS[given]) if given else "—"
        if question == "backup" and part.backup:
            word += f" · {self._names.get(part.backup, part.backup)}"
        return Asked(
            key=f"{part.key}/{question}", text=_(rules.QUESTIONS[question]), group=group, glyph=glyph,
            style=colour, answer=word, source=part.sources.get(question, ""), done=bool(given),
            about=self_audit_rows.about(question),
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

    def _keep(self, progress: SelfAuditProgress) -> None:
        if progress.parts != self.progress.parts:
            self._before.append(self.progress)
        self.progress = progress.spend(self._watch.lap())
        if self.ended is None:
            self_audit.save(self.workspace, self.progress)
