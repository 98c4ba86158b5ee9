"""The audit of a function on the screen: twenty questions, then the scores, the verdict and the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cockpit.domain.audits import function_audit as rules
from cockpit.domain.audits.answer_sheet import QUESTIONS, AnswerSheet
from cockpit.domain.audits.questionnaire import ANSWERS
from cockpit.domain.registers.audit import AXES, VERDICTS
from cockpit.locale import N_, _
from cockpit.services.audits import answer_sheets, function_audit
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation.function_facts import facts
from cockpit.ui.audits import conclusion
from cockpit.ui.audits.guided import Guided, shown_answer
from cockpit.ui.audits.questionnaire import Asked
from cockpit.ui.widgets.rows import Item

STAGES = (N_("Questions"), N_("Verdict"))


class AuditForm(conclusion.SheetForm):
    """Kept after each key."""

    KIND = answer_sheets.AUDIT

    def __init__(self, workspace: Workspace, function: str) -> None:
        super().__init__(workspace, function_audit.begin(workspace, function))
        self._known = function_audit.relied_on(facts(workspace, self.function))

    stages: Sequence[str] = STAGES

    def heading(self) -> str:
        """`Audit · Payroll · 12/20 · 4 min`."""
        given = function_audit.answers(self.sheet, self._known)
        shown = f"{len(given)}/{len(rules.QUESTIONS)}"
        return " · ".join((_("Audit"), self.function.name, shown, dates.duration(self.sheet.spent)))

    def questions(self) -> Sequence[Asked] | None:
        """Four axes of five; what the registers know is answered already, and may be changed."""
        if self.stage != QUESTIONS:
            return None
        return [self._asked(question) for question in rules.QUESTIONS]

    def items(self) -> Sequence[Item[Any]]:
        """A score an axis, the verdict, the actions, the next date, the end."""
        given = function_audit.answers(self.sheet, self._known)
        rows: list[Item[Any]] = [Item("axes", _("By axis"), heading=True)]
        for axis, score in rules.scores(given).items():
            rows.append(Item(f"axis:{axis}", conclusion.Axis(_(AXES[axis]), score)))
        chosen = function_audit.verdict(self.sheet, self._known)
        note = "" if chosen == rules.proposed(given) else _("chosen")
        rows += conclusion.verdict_items(VERDICTS[chosen], note or _("proposed"))
        return rows + conclusion.end_items(self.sheet, _("⏎ ends the audit"))

    def answer(self, answer: str, place: Guided) -> None:
        """The answer to the question under the cursor."""
        self.keep(self.sheet.answered(place.cursor_key, answer))
        place.answered()

    def next_verdict(self) -> str:
        """The verdict after the one that holds."""
        given = function_audit.verdict(self.sheet, self._known)
        return rules.VERDICTS[(rules.VERDICTS.index(given) + 1) % len(rules.VERDICTS)]

    def finish(self, sheet: AnswerSheet) -> tuple[str, int]:
        """Write it."""
        closed = function_audit.finish(self.workspace, sheet)
        return closed.code, closed.actions

    def read_again(self) -> None:
        """The registers may know more than before."""
        super().read_again()
        self._known = function_audit.relied_on(facts(self.workspace, self.function))

    def _asked(self, question: rules.AuditQuestion) -> Asked:
        said = self.sheet.answers.get(question.key, "")
        known, source = self._known.get(question.key, ("", ""))
        answer = said or known
        glyph, colour = shown_answer(answer) if answer else conclusion.OPEN
        return Asked(
            key=question.key, text=_(question.text), group=_(AXES[question.axis]).capitalize(), glyph=glyph,
            style=colour, answer=_(ANSWERS[answer]) if answer else "—", source=source if not said else "",
            about=_(question.relies), done=bool(answer),
        )  # fmt: skip
