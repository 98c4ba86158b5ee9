"""Choosing the three of the day: what is asked about a fourth, about one carried too often, about free time."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.registers.priority import Priority
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.agenda.feeds import Gap
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import holds, moves, priorities
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question
from cockpit.ui.work import questions

_AZERTY = {"&": "1", "é": "2", '"': "3"}
"""What the keys of the first three digits give without Shift."""


def which_to_drop(workspace: Workspace, code: str) -> Question:
    """Which of the three gives way to this priority or blocker."""
    taken = priorities.of_today(workspace)
    listed = " · ".join(f"{each.rank} {each.title}" for each in taken)

    def accept(text: str) -> str:
        other = priorities.named(taken, _AZERTY.get(text.strip(), text))
        if other is None:
            raise forms.WrongValue(_("say which one: {listed}").format(listed=listed))
        priorities.instead(workspace, code, other.code)
        return _("{code} in place of {other} · u undoes").format(code=code, other=other.code)

    return Question(
        place=f"drop:{code}", title=_("three priorities are chosen already, drop which"),
        accept=accept, keeps_draft=False, hint=lambda _text: Content.styled(listed, "$quiet"),
        complete=offers(lambda typed: _titles(taken, typed), several=False),
    )  # fmt: skip


def settle(workspace: Workspace, found: Priority) -> Question:
    """Do, delegate, date or drop: carried over three times, it is not merely chosen again."""
    words = choices()

    def accept(text: str) -> str | Question:
        wanted = fold(text.strip())
        means = [name for name, word in words.items() if wanted and fold(word).startswith(wanted)]
        if len(means) != 1:
            raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(words.values())))
        if means[0] == "delegate":
            return questions.delegate(workspace, [found.code])
        if means[0] == "date":
            return questions.snooze(workspace, [found.code])
        if means[0] == "drop":
            priorities.drop(workspace, found.code)
            return _("{code} dropped · u undoes").format(code=found.code)
        if priorities.is_full(workspace):
            return which_to_drop(workspace, found.code)
        moves.pick(workspace, found.code)
        return _("{code}: priorities of the day changed · u undoes").format(code=found.code)

    times = found.carries(workspace.today())
    title = _("carried over {n} times: {choices}").format(n=times, choices=", ".join(words.values()))
    return Question(
        place=f"settle:{found.code}", title=title, accept=accept, keeps_draft=False,
        hint=lambda _text: Content.styled(found.title, "$quiet"),
        complete=offers(lambda typed: tuple(w for w in words.values() if fold(w).startswith(fold(typed))),
                        several=False),
    )  # fmt: skip


def choices() -> dict[str, str]:
    """The four ways out, as they are typed in the current language."""
    return {
        "do": _("do today"),
        "delegate": _("delegate"),
        "date": _("set a date"),
        "drop": _("give up"),
    }


def hold(workspace: Workspace, gap: Gap) -> Question:
    """For which priority this time is kept."""
    today = priorities.of_today(workspace)
    open_ones = workspace.select(
        Priority, "priority", "closed_at IS NULL AND archived_at IS NULL AND status = 'open' ORDER BY number"
    )
    others = tuple(each for each in open_ones if each.code not in {top.code for top in today})

    def accept(text: str) -> str:
        answer = _AZERTY.get(text.strip(), text)
        found = priorities.named(today, answer) or priorities.named((*today, *others), answer)
        if found is None:
            raise forms.WrongValue(_("the code or the first words of one open priority"))
        code = holds.hold(workspace, gap, found.code)
        return _("{code}: time kept for “{title}”, in this cockpit only · u undoes").format(
            code=code, title=found.title
        )

    span = dates.duration((gap.end - gap.start).total_seconds())
    return Question(
        place=f"hold:{gap.start.isoformat()}", accept=accept, keeps_draft=False,
        title=_("{hour}, {span} free: keep an hour for").format(hour=f"{gap.start:%H:%M}", span=span),
        hint=lambda _text: Content.styled(
            _("a priority, by its code or its first words; nothing is written into an agenda"),
            "$quiet"),
        complete=offers(lambda typed: _titles((*today, *others), typed), several=False),
    )  # fmt: skip


def _titles(found: tuple[Priority, ...], typed: str) -> tuple[str, ...]:
    return tuple(each.title for each in found if fold(each.title).startswith(fold(typed.strip())))
