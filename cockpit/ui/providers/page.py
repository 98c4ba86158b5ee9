"""The page of a provider as lines of styled text: its state and ninety days, its story, what binds us to it."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.providers.state import Freshness, State
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.providers.lines import notes
from cockpit.services.providers.page import ProviderView, windows
from cockpit.ui.kit import visuals

STEPS = {
    State.OPERATIONAL: "▁",
    State.QUIET: "_",
    State.MAINTENANCE: "◆",
    State.DEGRADED: "▃",
    State.PARTIAL_OUTAGE: "▅",
    State.MAJOR_OUTAGE: "█",
    State.UNKNOWN: "·",
}
"""The worse the day, the higher its cell."""


def summary(found: ProviderView, width: int) -> list[Content]:
    """Its state, since when and how fresh; the strip of days; the uptimes."""
    line = found.line
    silent = not line.has_page and line.ours.manual is None
    glyph, word, colour = visuals.STATES[line.state]
    said = Content.assemble((f" {glyph} ", colour), (_("no page") if silent else _(word), f"bold {colour}"))
    since = line.row.since if line.row and line.state is not State.UNKNOWN else None
    if since:
        span = dates.duration((found.at - since).total_seconds())
        said += Content.styled(" · " + _("for {span}").format(span=span), visuals.MUTED)
    said += Content.styled("".join(f" · {note}" for note in notes(line, found.at)), visuals.WARN)
    if not line.has_page:
        hint = Content.styled(" " + _("c gives it a state by hand, e notes an exchange"), visuals.MUTED)
        return [said, Content(""), hint]
    return [
        visuals.spread(width, said, _heard(found)),
        *_strip(found, width),
        _footer(found, width),
    ]


def _heard(found: ProviderView) -> Content:
    line = found.line
    heard = _("not read yet")
    if line.last_ok:
        heard = _("seen {ago}").format(ago=dates.ago(line.last_ok, found.at))
    if line.row is not None and line.row.last_error:
        return Content.styled(f"{heard} · {line.row.last_error} ", visuals.WARN)
    stale = line.fresh is not Freshness.FRESH
    return Content.styled(f"{heard} · {found.engine} ", visuals.WARN if stale else visuals.MUTED)


def _strip(found: ProviderView, width: int) -> list[Content]:
    shown = found.strip[-max(10, width - 2) :]
    cells = Content("").join(Content.styled(STEPS[day.worst], visuals.STATES[day.worst][2]) for day in shown)
    first, last = dates.day_and_month(shown[0].day), _("today")
    between = " " * max(1, len(shown) - len(first) - len(last))
    return [Content(" ") + cells, Content.styled(f" {first}{between}{last}", visuals.MUTED)]


def _footer(found: ProviderView, width: int) -> Content:
    """The uptimes; what the cells of the strip mean where there is room for it."""
    said, legend = _uptimes(found), _legend()
    fits = said.cell_length + legend.cell_length + 2 <= width
    return visuals.spread(width, said, legend if fits else "")


def _legend() -> Content:
    words = (f"{STEPS[state]} {_(visuals.STATES[state][1])}" for state in STEPS)
    return _muted("  ".join(words) + " ")


def _uptimes(found: ProviderView) -> Content:
    return Content.assemble((" " + _("available") + " ", visuals.MUTED), (" · ".join(windows(found)), "bold"))


def _muted(text: str) -> Content:
    return Content.styled(text, visuals.MUTED)
