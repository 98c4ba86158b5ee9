"""What is known of an event or of an agenda."""

from __future__ import annotations

from cockpit.services.agenda import feed_facts
from cockpit.services.boards import event_facts
from cockpit.ui.kit.facts import FactsScreen
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.moving import that_moved
from cockpit.ui.week.day_rows import DayEvent


class EventScreen(FactsScreen):
    """Opened by Enter on an event, or on an alert about an agenda."""

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> EventScreen | None:
        """The facts of what the cursor is on; None for what has a page of its own."""
        if isinstance(target.data, DayEvent):
            event = target.data.event
            facts = event_facts.of_event(cockpit.workspace.shown, event)
            return cls(event.title, facts, event.occurrence.link)
        feed = next((each for each in cockpit.board.outside.feeds if f"feed:{each.key}" == target.code), None)
        if feed is None:
            return None
        facts = feed_facts.of_feed(cockpit.workspace.shown, feed)
        return cls(feed.name, facts, "", that_moved(cockpit.board, target))
