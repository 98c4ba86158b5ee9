"""The right level of outsourcing on the screen: five questions, then where they put the function."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from cockpit.domain.audits import outsourcing_level as rules
from cockpit.domain.audits.answer_sheet import QUESTIONS, AnswerSheet
from cockpit.domain.audits.questionnaire import ANSWERS, UNKNOWN
from cockpit.domain.registers.level import VERDICTS
from cockpit.locale import N_, _
from cockpit.services.audits import answer_sheets, outsourcing_level
from cockpit.services.audits.outsourcing_level import BASELINE, BENEFIT, FULL_COST, SKILL, VALUE
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.audits import conclusion, questions
from cockpit.ui.audits.conclusion import AuditFact
from cockpit.ui.audits.guided import Guided, shown_answer
from cockpit.ui.audits.questionnaire import Asked
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.widgets.rows import Item

STAGES = (N_("Questions"), N_("Verdict"))
_CHOICES = tuple(name for name in VERDICTS if name != "open")
_ABOUT = {
    VALUE: N_("1 to 4. What sets the company apart is to be kept in your hands."),
    SKILL: N_("1 to 4. People, time and tools that are there now, not what could be hired."),
    FULL_COST: N_("Invoices, coordination, tools, rework. ⏎ types an amount."),
    BASELINE: N_("Wages and charges, tools, training for the same work. ⏎ types an amount."),
    BENEFIT: N_("What was expected when it went outside: time, skill, price."),
}


class LevelForm(conclusion.SheetForm):
    """Kept after each key."""

    KIND = answer_sheets.LEVEL
    stages: Sequence[str] = STAGES

    def __init__(self, workspace: Workspace, function: str) -> None:
        super().__init__(workspace, outsourcing_level.begin(workspace, function))
        self._known = outsourcing_level.known(workspace, function)

    def heading(self) -> str:
        """`Right level · Payroll · 1 min`."""
        return " · ".join((_("Right level"), self.function.name, dates.duration(self.sheet.spent)))

    def questions(self) -> Sequence[Asked] | None:
        """Two marks, two amounts, one answer."""
        if self.stage != QUESTIONS:
            return None
        return [self._mark(VALUE), self._mark(SKILL), self._amount(FULL_COST), self._amount(BASELINE),
                self._benefit()]  # fmt: skip

    def items(self) -> Sequence[Item[Any]]:
        """Where it stands, what is missing, the verdict, the actions, the next date, the end."""
        said = outsourcing_level.understood(self.sheet, self._known)
        rows: list[Item[Any]] = [Item("h:place", _("Where it stands"), heading=True)]
        rows.append(Item("place", AuditFact(_("Quadrant"), _(rules.QUADRANTS[rules.quadrant(said)]))))
        if self._known.invoiced or self._known.hidden:
            rows.append(Item("made", AuditFact(_("Twelve months"), outsourcing_level.made_of(self._known))))
        if against := outsourcing_level.against(said):
            rows.append(Item("cost", AuditFact(_("Full cost"), against)))
        if self._known.expected:
            benefit = self.sheet.answers.get(BENEFIT, "")
            became = _(ANSWERS[benefit]) if benefit in ANSWERS else _("not judged")
            rows.append(
                Item("benefit", AuditFact(_("Expected benefit"), f"{self._known.expected} · {became}"))
            )
        lacking = outsourcing_level.missing(self.sheet, self._known)
        if lacking:
            rows.append(Item("missing", AuditFact(_("Missing"), lacking, is_missing=True)))
        chosen = outsourcing_level.verdict(self.sheet, self._known)
        note = _("chosen") if self.sheet.verdict else _("proposed")
        rows += conclusion.verdict_items(VERDICTS[chosen], note)
        return rows + conclusion.end_items(self.sheet, _("⏎ ends the review"))

    def answer(self, answer: str, place: Guided) -> None:
        """What became of the benefit that was expected."""
        self.keep(self.sheet.answered(place.cursor_key, answer))
        place.answered()

    def mark(self, mark: int, place: Guided) -> None:
        """Value, or skill."""
        self.answer(str(mark), place)

    def chosen(self, item: Item[Any], place: Guided) -> None:
        """Enter on an amount asks for it."""
        if item.key in (FULL_COST, BASELINE):
            said = outsourcing_level.understood(self.sheet, self._known)
            now = said.full_cost if item.key == FULL_COST else said.baseline
            title = _("full cost") if item.key == FULL_COST else _("cost in-house")
            place.ask(questions.amount(self.workspace, title, now, partial(self._put, item.key, place)))
            return
        super().chosen(item, place)

    def next_verdict(self) -> str:
        """The verdict after the one that holds."""
        now = outsourcing_level.verdict(self.sheet, self._known)
        return _CHOICES[(_CHOICES.index(now) + 1) % len(_CHOICES)] if now in _CHOICES else _CHOICES[0]

    def finish(self, sheet: AnswerSheet) -> tuple[str, int]:
        """Write it."""
        return outsourcing_level.finish(self.workspace, sheet)

    def read_again(self) -> None:
        """The registers may know more than before."""
        super().read_again()
        self._known = outsourcing_level.known(self.workspace, self.function.code)

    def _put(self, key: str, place: Guided, cents: int | None) -> None:
        self.keep(self.sheet.answered(key, "" if cents is None else str(cents)))
        place.go_on()

    def _mark(self, key: str) -> Asked:
        given = self.sheet.answers.get(key, "")
        return self._row(key, Kind.ASK_SCALE, f"{given}/4" if given else "", "")

    def _amount(self, key: str) -> Asked:
        said = outsourcing_level.understood(self.sheet, self._known)
        cents = said.full_cost if key == FULL_COST else said.baseline
        source = outsourcing_level.cost_note(self._known) if key == FULL_COST else ""
        shown = forms.money(cents) if cents is not None else ""
        return self._row(key, Kind.ASK, shown, "" if self.sheet.number(key) is not None else source)

    def _benefit(self) -> Asked:
        answer = self.sheet.answers.get(BENEFIT, "")
        glyph, colour = shown_answer(answer) if answer else conclusion.OPEN
        about = _(_ABOUT[BENEFIT])
        if self._known.expected:
            about = _("Expected: {benefit}").format(benefit=self._known.expected)
        return Asked(
            key=BENEFIT, text=_(outsourcing_level.TEXTS[BENEFIT]), glyph=glyph, style=colour,
            answer=_(ANSWERS[answer]) if answer else "—", about=about, done=answer not in ("", UNKNOWN),
        )  # fmt: skip

    def _row(self, key: str, kind: Kind, answer: str, source: str) -> Asked:
        return Asked(
            key=key, text=_(outsourcing_level.TEXTS[key]), kind=kind, glyph="✓" if answer else "·",
            style="$success" if answer else conclusion.OPEN[1], answer=answer or "—", source=source,
            about=_(_ABOUT[key]), done=bool(answer),
        )  # fmt: skip
