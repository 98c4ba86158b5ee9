"""What the weeks say before anybody does: the gauges, then every signal, those that ask for somebody first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.registers.phase import Phase
from cockpit.domain.signals.score import SignalState
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.row import Heading
from cockpit.services.organisation import phase, phase_rows
from cockpit.services.signals import listing
from cockpit.services.signals import rows as signal_rows
from cockpit.services.signals.gauge_lines import GaugeLine
from cockpit.services.signals.listing import SignalBoard, SignalLine
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.signals import page
from cockpit.ui.widgets.rows import Item, Rows

Shown = SignalLine | GaugeLine | Phase | Heading


class SignalsView(View):
    """One list; Enter opens the proof."""

    found: SignalBoard | None = None

    def compose(self) -> ComposeResult:
        """The list."""
        rows: Rows[Shown] = Rows(self._paint, row_height=2, id="signals", empty=self._empty)
        rows.entitle(Content(_("Signals")))
        yield rows

    def show(self) -> None:
        """Read them again."""
        self.found = found = listing.read(self.shown, whole=False)
        rows = self.query_one("#signals", Rows)
        rows.show([*_of_phase(phase.current(self.shown)), *_items(found)])
        rows.entitle(Content(_("Signals")), Content(_measured(found, self.shown.now())))

    def target(self) -> Target:
        """The signal under the cursor."""
        selected: Item[Shown] | None = self.query_one("#signals", Rows).selected
        kinds = frozenset({Kind.SIGNALS})
        if selected is None or isinstance(selected.data, Heading):
            return Target(kinds)
        if isinstance(selected.data, SignalLine):
            kinds |= {Kind.SIGNAL}
        return Target(kinds, selected.key, selected.data)

    @on(Rows.Opened, "#signals")
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_target(Target(code=event.item.key, data=event.item.data))

    def _empty(self) -> str:
        return _(
            "Each week is measured here by itself: delays, silences, dependence, promises… M measures now;"
            " what is written down since the beginning is read back from the journal."
        )

    def _paint(self, data: Shown, width: int) -> list[Content]:
        if isinstance(data, Heading):
            return [Content(""), Content.styled(f"── {data.text} ", visuals.MUTED)]
        if isinstance(data, SignalLine):
            return painted.lines(signal_rows.signal(data), width)
        if isinstance(data, Phase):
            return painted.lines(phase_rows.row(data, self.shown.today()), width)
        return [painted.line(signal_rows.gauge(data), width), page.parts(data, width)]


_GROUPS = (
    N_("They ask for somebody"),
    N_("Answered"),
    N_("True once: told if it is true again next week"),
    N_("Calm"),
    N_("Not enough data"),
)


def _of_phase(found: Phase | None) -> Iterator[Item[Shown]]:
    if found is not None:
        yield Item(found.code, found)


def _items(found: SignalBoard) -> Iterator[Item[Shown]]:
    for gauge in found.gauges:
        yield Item(gauge.key, gauge)
    last = -1
    for line in found.lines:
        group = listing.group(line)
        if group != last:
            count = sum(listing.group(each) == group for each in found.lines)
            yield Item(f"group:{group}", Heading(f"{_(_GROUPS[group])} · {count}"), heading=True)
            last = group
        yield Item(line.key, line)


def _measured(found: SignalBoard, now: datetime) -> str:
    if found.week is None or found.at is None:
        return ""
    at = dates.moment(found.at.astimezone(now.tzinfo), now)
    said = [_("measured {when}").format(when=at)]
    unknown = sum(line.score.state is SignalState.UNKNOWN for line in found.lines)
    if unknown:
        said.append(ngettext("{n} without enough data", "{n} without enough data", unknown).format(n=unknown))
    if found.held_back:
        said.append(_("{n} above this level").format(n=found.held_back))
    return " · ".join(said)
