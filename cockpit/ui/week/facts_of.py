"""The page of facts of an event or an agenda."""

from __future__ import annotations

from cockpit.services.agenda import feed_facts as facts
from cockpit.services.agenda.feed_facts import Facts
from cockpit.services.boards import event_facts
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.cockpit.today import Shown
from cockpit.ui.kit.place import Target


def facts_of(workspace: Workspace, target: Target, board: Board) -> tuple[str, Facts, str] | None:
    """Title, facts and link of an event or a feed; None for what has a page of its own."""
    if isinstance(target.data, Shown):
        event = target.data.event
        return event.title, event_facts.of_event(workspace, event), event.occurrence.link
    feed = next((each for each in board.feeds if f"feed:{each.key}" == target.code), None)
    return (feed.name, facts.of_feed(workspace, feed), "") if feed else None
