"""A page of labels and values, for what has no form to edit: an event of the agenda, a feed."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _
from cockpit.services.agenda.feed_facts import Facts
from cockpit.services.desk import links
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Cockpit
from cockpit.ui.kit.moving import MovedSource, take
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows

LABEL = 20
"""Cells of the labels."""


@dataclass(frozen=True)
class Fact:
    """One line: its label, empty when it goes on from the line above, and its text."""

    label: str
    text: str


class FactsScreen(OverPlace[None]):
    """Labels and values; Escape closes, o opens the link, h takes the new address of what has moved."""

    cockpit = getters.app(Cockpit)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", show=False),
        Binding("o", "join", show=False),
        Binding("h", "take", show=False),
    ]

    def __init__(self, title: str, facts: Facts, address: str, moved: MovedSource | None = None) -> None:
        super().__init__()
        self.moved = moved
        self.subject = title
        self.facts = facts
        self.address = address

    def compose(self) -> ComposeResult:
        """The facts as one list."""
        rows = Rows(self._paint, id="facts")
        rows.border_title = Content.styled(f" {self.subject} ", "bold")
        ways = [_("o opens {host}").format(host=links.host(self.address))] if self.address else []
        ways += [_("h takes the new address")] if self.moved is not None else []
        rows.border_subtitle = Content(" · ".join([*ways, _("esc closes")]))
        width = min(100, self.app.size.width * 9 // 10) - LABEL - 4
        items = []
        for number, (label, value) in enumerate(self.facts):
            lines = [piece for line in value.splitlines() for piece in wrap(line, width) or [""]]
            items += [
                Item(f"{number}:{index}", Fact(label if index == 0 else "", line))
                for index, line in enumerate(lines or [""])
            ]
        rows.show(items)
        yield rows

    def action_join(self) -> None:
        """Open the link in the browser."""
        if self.address and self.cockpit.workspace.opens_here:
            links.open_in_browser(self.address)
            self.dismiss()

    def action_take(self) -> None:
        """Take the new address, where there is one."""
        if self.moved is not None:
            self.dismiss()
            take(self.cockpit, self.moved)

    @staticmethod
    def _paint(data: Fact, width: int) -> list[Content]:
        label = Content.styled(f" {data.label}", visuals.MUTED).truncate(LABEL, ellipsis=True, pad=True)
        return [label + data.text]
