"""One figure read from an address: its values are written where they differ from what is known."""

from __future__ import annotations

import asyncio
from pathlib import Path

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers import polling
from cockpit.domain.registers.figure import ADDRESS, Figure
from cockpit.domain.settings import FigureSource
from cockpit.domain.text import fold
from cockpit.domain.time import cadences
from cockpit.locale import _, ngettext
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.figures import scorecard, values
from cockpit.services.reading import tries
from cockpit.services.reading.report import SourceReport
from cockpit.services.reading.tries import Tools
from cockpit.sources import numbers, secrets
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import NotModified, Outcome, Request
from cockpit.store.outside.sources import SourceState, save_source_state

INTERVAL_S = 6 * 3600
"""Between two readings: a figure of a week or month is not urgent."""


async def read_figure(tools: Tools, source: FigureSource, state: SourceState) -> SourceReport:
    """Read one address and keep what it says; the report names what was new."""
    state = tries.for_reader(state, tries.digest(source.url, source.at), tools.now())
    outcome = await _fetch(tools, source, state)
    async with tools.writing:
        return await asyncio.to_thread(_keep, tools, source, state, outcome)


async def _fetch(tools: Tools, source: FigureSource, state: SourceState) -> Outcome:
    try:
        secret = await asyncio.to_thread(secrets.authorization, source.user, source.secret)
    except secrets.SecretMissing as error:
        return Failed("auth", str(error))
    return await tools.fetcher.fetch(
        Request(
            url=source.url, wants="any", validators=tries.validators(state), authorization=secret,
            internal=source.internal,
        )
    )  # fmt: skip


def _keep(tools: Tools, source: FigureSource, state: SourceState, outcome: Outcome) -> SourceReport:
    """Write what came, and how the reading went."""
    interval_s, at = source.interval_s or INTERVAL_S, tools.now()
    count = 0
    if not isinstance(outcome, Failed | NotModified):
        try:
            count = _write(tools, source, numbers.read(outcome.body, source.at))
        except (numbers.NoNumber, _NoFigure) as error:
            outcome = Failed("broken_body", str(error))
    if isinstance(outcome, Failed):
        state = tries.failed(state, outcome, at, interval_s=interval_s, longest_s=polling.AGENDA_BACK_OFF_S)
        said, message = "failed", outcome.message
    else:
        state = tries.answered(
            state, outcome, at, interval_s=interval_s, body_sha="read", longest_s=polling.AGENDA_BACK_OFF_S
        )
        said = "ok" if count else "unchanged"
        message = ngettext("{n} value", "{n} values", count).format(n=count) if count else ""
    save_source_state(tools.conn, state)
    return SourceReport.of(source.name, state, outcome=said, message=message, at=at)  # type: ignore[arg-type]


class _NoFigure(Exception):
    """No figure is named like the source."""


def _write(tools: Tools, source: FigureSource, found: tuple[numbers.DatedValue, ...]) -> int:
    """The values that are new or different, signed by the program; how many there were."""
    workspace = Workspace(
        tools.conn,
        Path(),
        replace(tools.settings, me=PROGRAM),
        lambda: tools.now(),  # noqa: PLW0108
    )
    record = next(
        (
            each
            for each in workspace.select(Figure, "figure", "archived_at IS NULL")
            if fold(each.name) == fold(source.name)
        ),
        None,
    )
    if record is None:
        raise _NoFigure(
            _('no figure is called “{name}”: cockpit figure --new "{name}" --from address').format(
                name=source.name
            )
        )
    if record.source != ADDRESS:
        raise _NoFigure(
            _(
                "{name} is not read from an address: change where it comes from, or take the section out"
            ).format(name=record.name)
        )
    line = scorecard.line_of(workspace, record.code)
    assert line is not None
    known = {cell.period: cell.value for cell in line.figures.cells}
    today = workspace.today()
    latest = {
        cadences.first_day(each.day or today, record.cadence): each
        for each in sorted(found, key=lambda each: each.day or today)
        if (each.day or today) <= today
    }
    changed = [
        (first, each.value) for first, each in latest.items() if first in known and known[first] != each.value
    ]
    for first, value in changed:
        values.write(workspace, record, value, on=first, by=_("read from its address"))
    return len(changed)
