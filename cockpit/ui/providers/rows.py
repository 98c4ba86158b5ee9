"""A provider as one painted line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from cockpit.domain.providers.state import Freshness, State
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.providers.lines import notes
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.ui.kit.visuals import MUTED, STATES, WARN, spread

if TYPE_CHECKING:
    pass


def provider(line: ProviderLine, width: int, now: datetime) -> Content:
    """State in a glyph and a word, since when, open incidents; dimmed with its age when it is not fresh."""
    if not line.has_page:
        return _unpublished(line, width, now)
    ours = "".join(f" · {note}" for note in notes(line, now))
    if line.last_ok is None or line.row is None:
        why = line.row.last_error if line.row else ""
        said = " · ".join((_("unknown"), why or _("not read yet")))
        name = Content.styled(f"? {line.name} ", MUTED)
        said_of_it = Content.styled(said, WARN if why else MUTED)
        if ours:
            said_of_it = Content.styled(f"{ours[3:]} · ", WARN) + said_of_it
        return (name + said_of_it).truncate(width, ellipsis=True)
    glyph, word, colour = STATES[line.state]
    calm = line.state in (State.OPERATIONAL, State.UNKNOWN) or line.row.since is None
    since = "" if calm else f" {dates.duration((now - (line.row.since or now)).total_seconds())}"
    stale = line.fresh is not Freshness.FRESH
    right = Content.styled(f"{_(word)}{since}", MUTED if stale else colour)
    if stale:
        right += Content.styled(" · " + _("seen {ago}").format(ago=dates.ago(line.last_ok, now)), MUTED)
    left = Content.assemble((f"{glyph} ", MUTED if stale else colour), line.name)
    left += Content.styled(ours, WARN)
    if line.incidents:
        left += Content.styled(f" · {line.incidents[0]}", MUTED)
    return spread(width, left, right)


def _unpublished(line: ProviderLine, width: int, now: datetime) -> Content:
    """A provider without a page: the colour given by hand, else a word that there is none."""
    glyph, word, colour = STATES[line.state] if line.ours.manual else ("·", _("no page"), MUTED)
    ours = "".join(f" · {note}" for note in notes(line, now))
    left = Content.assemble((f"{glyph} ", colour), line.name)
    left += Content.styled(ours, WARN if line.slas_passed or line.ours.problem else MUTED)
    return spread(width, left, Content.styled(_(word), colour))
