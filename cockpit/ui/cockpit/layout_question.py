"""What the bar asks about a layout of one's own: which panes, by their numbers, and its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.content import Content

from cockpit.domain.text import clean, fold
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.ui.widgets.entry_bar import Question

LONGEST = 24
"""Characters of a name."""


def own_layout(
    now: str, titles: Mapping[int, str], taken: frozenset[str], own: frozenset[str],
    keep: Callable[[str, tuple[int, ...]], str],
) -> Question:  # fmt: skip
    """`1 2 5 7 Friday`: the numbers of its panes, then its name; a name of one's own alone lets it go.

    `now` is offered; `titles` are those of the panes; `taken` are the names of the layouts that come ready,
    `own` those of one's own that there are.
    """

    def understood(text: str) -> tuple[str, tuple[int, ...]]:
        words = clean(text).split()
        numbers = [word for word in words if word.isdigit()]
        name = " ".join(word for word in words if not word.isdigit())[:LONGEST]
        panes = tuple(sorted({int(digit) for word in numbers for digit in word}))
        if not name or not set(panes) <= titles.keys() or not (panes or name in own):
            numbered = ", ".join(f"{number} {title}" for number, title in titles.items())
            raise forms.WrongValue(_("write numbers of panes, then a name: {panes}").format(panes=numbered))
        if fold(name) in taken:
            raise forms.WrongValue(_("a layout that comes ready is called so"))
        return name, panes

    def accept(text: str) -> str:
        return keep(*understood(text))

    def hint(text: str) -> Content:
        try:
            name, panes = understood(text)
        except forms.WrongValue as error:
            return Content.styled(str(error), "$quiet")
        told = " · ".join(titles[number] for number in panes) or _("it goes")
        return Content.styled("→ ", "$accent") + Content(f"{name} · {told}")

    return Question(
        place="layout", title=_("layout"), accept=accept, hint=hint, text=f"{now} ", gives_way=False,
        keeps_draft=False,
    )  # fmt: skip
