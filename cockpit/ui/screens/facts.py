"""What is known of something that has no form: an event of the agenda, a feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from cockpit.assets import asset_dir
from cockpit.locale import _
from cockpit.services import dates, links
from cockpit.services.board import Board
from cockpit.services.rows import FeedLine
from cockpit.services.workspace import Workspace
from cockpit.ui import visuals
from cockpit.ui.panes.today import Shown
from cockpit.ui.screens.place import Target
from cockpit.ui.widgets.rows import Item, Rows

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Fact:
    """One line: its label, empty when it goes on from the line above, and its text."""

    label: str
    text: str


class FactsScreen(ModalScreen[None]):
    """Labels and values; Escape closes, o opens the link."""

    CSS_PATH = asset_dir("styles") / "over.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", show=False),
        Binding("o", "join", show=False),
    ]

    def __init__(self, title: str, facts: Facts, address: str) -> None:
        super().__init__()
        self.subject = title
        self.facts = facts
        self.address = address

    def compose(self) -> ComposeResult:
        """One list."""
        rows = Rows(self._paint, id="facts")
        rows.border_title = Content.styled(f" {self.subject} ", "bold")
        rows.border_subtitle = Content(
            _("o opens {host} · esc closes").format(host=links.host(self.address))
            if self.address
            else _("esc closes")
        )
        items = []
        for label, value in self.facts:
            for index, line in enumerate(value.splitlines() or [""]):
                items.append(Item(f"{label}:{index}", Fact(label if index == 0 else "", line)))
        rows.show(items)
        yield rows

    def action_join(self) -> None:
        """Open the link in the browser."""
        if self.address:
            links.open_in_browser(self.address)
            self.dismiss()

    @staticmethod
    def _paint(data: object, width: int) -> list[Content]:
        assert isinstance(data, Fact)
        label = Content.styled(f" {data.label}", visuals.MUTED).truncate(18, ellipsis=True, pad=True)
        return [label + data.text]


def facts_of(workspace: Workspace, target: Target, board: Board) -> tuple[str, Facts, str] | None:
    """Title, facts and link of an event or a feed; None for what has a page of its own."""
    if isinstance(target.data, Shown):
        return _event(target.data, board)
    feed = next((each for each in board.feeds if f"feed:{each.key}" == target.code), None)
    return _feed(workspace, feed) if feed else None


def _feed(workspace: Workspace, feed: FeedLine) -> tuple[str, Facts, str]:
    facts = [(_("Last read"), dates.ago(feed.last_ok, workspace.now()))]
    if feed.state is not None and feed.state.last_error:
        facts.append((_("Last failure"), feed.state.last_error))
    return feed.name, facts, ""


def _event(shown: Shown, board: Board) -> tuple[str, Facts, str]:
    event = shown.event
    card = event.occurrence
    names = {feed.key: feed.name for feed in board.feeds}
    when = dates.long_date(event.start.date())
    if not event.all_day:
        when += f" {event.start:%H:%M}–{event.end:%H:%M}"
    facts = [
        (_("When"), when),
        (_("Where"), card.location),
        (_("Link"), card.link),
        (_("Organiser"), card.organizer),
        (_("Attendees"), ", ".join(card.attendees)),
        (_("Agendas"), ", ".join(names.get(feed, feed) for feed in event.feeds)),
        (_("Repaired"), _("something in the feed was mended to read it") if card.repaired else ""),
        (_("Notes"), card.notes),
    ]
    return event.title, [fact for fact in facts if fact[1]], card.link
