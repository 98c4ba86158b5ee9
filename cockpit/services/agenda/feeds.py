"""The agendas of the settings, each with how fresh it is."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import agenda, sources


@dataclass(frozen=True)
class FeedLine:
    """An agenda of the settings, with how fresh it is."""

    key: str
    name: str
    state: sources.SourceState | None
    repairs: int
    doubted: bool = False
    """Whether its last answer lost so much that the agenda was kept."""
    remarks: tuple[str, ...] = ()
    """What is to be known of it as a whole, as English messages: read in part, without events..."""

    @property
    def last_ok(self) -> datetime | None:
        """When it was last read."""
        return self.state.last_ok if self.state else None

    @property
    def moved_to(self) -> str:
        """The host to which it says that it has moved; empty for most."""
        return self.state.moved_to if self.state else ""


@dataclass(frozen=True)
class Gap:
    """A free stretch of the day."""

    start: datetime
    end: datetime


def feed_lines(workspace: Workspace) -> tuple[FeedLine, ...]:
    """Every agenda of the settings, with what is stored about it."""
    states = sources.source_states(workspace.conn, "agenda")
    rows = workspace.conn.execute("SELECT feed, repairs, suspect FROM agenda_feed")
    known = {row["feed"]: (row["repairs"], row["suspect"] != "") for row in rows}
    return tuple(
        FeedLine(
            s.key,
            s.name,
            states.get(s.key),
            *known.get(s.key, (0, False)),
            remarks=agenda.remarks(workspace.conn, s.key) if s.key in known else (),
        )
        for s in workspace.settings.agendas
    )
