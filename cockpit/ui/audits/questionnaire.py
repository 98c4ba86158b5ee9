"""Questions in a list, one key an answer, and under them what an answer relies on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from cockpit.domain.dataclasses import dataclass, field
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows

_MUTED = "$quiet"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as it is shown. `kind` is what its answer is: the keys of the screen look at it."""

    key: str
    text: str
    kind: Kind = Kind.ASK_ANSWER
    glyph: str = "·"
    style: str = _MUTED
    answer: str = ""
    source: str = ""
    """What an answer that nobody gave now was taken from."""
    about: str = field(default="", compare=False)
    """What an answer relies on, in a sentence."""
    group: str = ""
    """The heading above it."""
    done: bool = False


class Questionnaire(Vertical):
    """The list and the note under it; the cursor goes on by itself once something is answered."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)

    def compose(self) -> ComposeResult:
        """Questions, then what the one under the cursor relies on."""
        yield Rows(self._paint, id="asked")
        yield Panel(self._about, id="about")

    @property
    def rows(self) -> Rows[Asked | str]:
        """The list."""
        return self.query_one("#asked", Rows)

    @property
    def current(self) -> Asked | None:
        """The question under the cursor."""
        selected = self.rows.selected
        return selected.data if selected is not None and isinstance(selected.data, Asked) else None

    def show(self, questions: Sequence[Asked]) -> None:
        """Show other questions, or other answers."""
        items: list[Item[Asked | str]] = []
        group = ""
        for each in questions:
            if each.group and each.group != group:
                group = each.group
                items.append(Item(f"group:{each.key}", group, heading=True))
            items.append(Item(each.key, each))
        self.rows.show(items)
        self.turn()

    def forward(self) -> bool:
        """On to the next question; False on the last one."""
        before = self.rows.cursor
        self.rows.action_move(1)
        return self.rows.cursor != before

    def turn(self) -> None:
        """The note follows the cursor."""
        self.query_one("#about", Panel).refresh()

    def _about(self, width: int) -> list[Content]:
        current = self.current
        if current is None:
            return []
        said = f"{current.group} · {current.text}" if current.group else current.text
        lines = [*Content.styled(said, "bold").wrap(max(1, width - 2))]
        if current.about:
            lines += Content.styled(current.about, _MUTED).wrap(max(1, width - 2))
        return [Content(" ") + line for line in lines]

    @staticmethod
    def _paint(data: Asked | str, width: int) -> list[Content]:
        if not isinstance(data, Asked):
            return [Content.styled(f"── {data} ", "bold")]
        said = Content.styled(data.answer, data.style)
        if data.source:
            said = Content.styled(f"{data.source}  ", _MUTED) + said
        room = max(8, width - said.cell_length - 5)
        left = Content.assemble((f" {data.glyph} ", data.style), data.text)
        return [left.truncate(room + 3, ellipsis=True, pad=True) + " " + said]
