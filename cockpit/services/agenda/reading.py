"""One calendar feed read and handed to the agenda."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers import polling
from cockpit.domain.settings import AgendaSource
from cockpit.locale import _, ngettext
from cockpit.services.reading import tries
from cockpit.services.reading.report import SourceReport
from cockpit.services.reading.tries import Tools
from cockpit.sources import secrets
from cockpit.sources.address import local_path
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import (
    FEED_DEADLINE_S,
    FEED_LIMIT,
    Fetched,
    NotModified,
    Outcome,
    Request,
    Validators,
)
from cockpit.store.outside.agenda import remarks
from cockpit.store.outside.sources import SourceState, save_source_state

if TYPE_CHECKING:
    from cockpit.services.agenda.intake import FeedOutcome

_LONGEST_S = polling.AGENDA_BACK_OFF_S
_PASSING = frozenset({"server", "timeout", "broken_body"})
"""Failures that may be gone a second later."""
_PATIENCE_S = 20.0
"""A server that stumbles for longer is asked again at the next turn: the other sources wait for this one."""


async def read_agenda(tools: Tools, source: AgendaSource, state: SourceState) -> SourceReport:
    """Read one feed, from the network or from this machine, and keep what it says."""
    from cockpit.sources.ical.read import PARSER_VERSION

    reader = tries.digest(source.url, str(PARSER_VERSION), *tools.settings.emails)
    state = tries.for_reader(state, reader, tools.now())
    path = local_path(source.url)
    outcome = await (_fetch(tools, source, state) if path is None else asyncio.to_thread(_load, path))
    async with tools.writing:
        # Whatever came, and were it nothing: what a former reading left is stored here.
        await asyncio.to_thread(_finish, tools, source)
        return await _keep(tools, source, state, outcome)


def _finish(tools: Tools, source: AgendaSource) -> None:
    from cockpit.services.agenda.windows import finish

    finish(tools.conn, source.key, apart=True)


async def _fetch(tools: Tools, source: AgendaSource, state: SourceState) -> Outcome:
    """The feed, asked up to three times while its server stumbles."""
    try:
        secret = await asyncio.to_thread(secrets.authorization, source.user, source.secret)
    except secrets.SecretMissing as error:
        return Failed("auth", str(error))
    if source.kind == "caldav":
        return await _collect(tools, source, state)
    request = Request(
        url=source.url,
        wants="calendar",
        validators=tries.validators(state),
        authorization=secret,
        user_agent=source.user_agent,
        internal=source.internal,
        limit=FEED_LIMIT,
        deadline_s=FEED_DEADLINE_S,
    )
    clock = asyncio.get_running_loop().time
    began = clock()
    outcome = await tools.fetcher.fetch(request)
    for delay in polling.retry_delays(source.key):
        stumbles = isinstance(outcome, Failed) and outcome.kind in _PASSING and not outcome.retry_after
        if not stumbles or clock() - began > _PATIENCE_S:
            break
        await tools.pause(delay)
        outcome = await tools.fetcher.fetch(request)
    return outcome


async def _collect(tools: Tools, source: AgendaSource, state: SourceState) -> Outcome:
    """The events of a CalDAV collection as one stream."""
    from cockpit.sources import caldav_source

    try:
        password = await asyncio.to_thread(secrets.resolve, source.secret) if source.secret else ""
    except secrets.SecretMissing as error:
        return Failed("auth", str(error))
    return await caldav_source.collect(
        source.url, source.user, password, known=state.etag, internal=source.internal
    )


def _load(path: Path) -> Outcome:
    from cockpit.services.agenda.check import load_path
    from cockpit.sources.ical.decode import FeedRefused

    try:
        body = load_path(path)
    except FeedRefused as error:
        return Failed("not_found", str(error))
    return Fetched(
        body=body,
        status=200,
        content_type="text/calendar",
        validators=Validators(),
        final_url="",
        certificate_expiry=None,
    )


async def _keep(tools: Tools, source: AgendaSource, state: SourceState, outcome: Outcome) -> SourceReport:
    from cockpit.sources.ical.decode import FeedRefused

    if isinstance(outcome, Failed):
        return _report_failure(tools, source, state, outcome)
    if isinstance(outcome, NotModified):
        return _report_unchanged(tools, source, state, outcome)
    sha = tries.digest(outcome.body)
    if sha == state.body_sha:
        return _report_unchanged(tools, source, state, outcome)
    try:
        taken = await asyncio.to_thread(_apply, tools, source, outcome.body)
    except FeedRefused as error:
        return _report_failure(tools, source, state, Failed("broken_body", str(error)))
    at = tools.now()
    wished = max(polling.wished_interval(outcome.body) or 0, outcome.max_age_s)
    interval = polling.agenda_interval(source.interval_s, wished or None)
    # A doubtful body is asked for whole again: coming twice is what confirms it.
    sha = "" if taken.quarantined else sha
    state = tries.answered(state, outcome, at, interval_s=interval, body_sha=sha, longest_s=_LONGEST_S)
    save_source_state(tools.conn, state)
    message = " · ".join(filter(None, (_told(taken), _moved(state))))
    return SourceReport.of(
        source.name, state, outcome="unchanged" if taken.unchanged else "ok", message=message, at=at
    )


def _apply(tools: Tools, source: AgendaSource, body: bytes) -> FeedOutcome:
    from cockpit.services.agenda.intake import apply_body

    return apply_body(
        tools.conn,
        source.key,
        body,
        now=tools.now(),
        zone=tools.settings.company.timezone,
        emails=tools.settings.emails,
        weeks=(tools.settings.weeks_back, tools.settings.weeks_ahead),
        apart=True,
    )


def _report_unchanged(
    tools: Tools, source: AgendaSource, state: SourceState, outcome: Fetched | NotModified
) -> SourceReport:
    at = tools.now()
    interval = source.interval_s or state.interval_s or polling.AGENDA_INTERVAL_S
    state = tries.answered(
        state, outcome, at, interval_s=interval, body_sha=state.body_sha, longest_s=_LONGEST_S
    )
    save_source_state(tools.conn, state)
    found = (_(remark) for remark in remarks(tools.conn, source.key))
    message = " · ".join(filter(None, (*found, _moved(state))))
    return SourceReport.of(source.name, state, outcome="unchanged", message=message, at=at)


def _report_failure(tools: Tools, source: AgendaSource, state: SourceState, failure: Failed) -> SourceReport:
    at = tools.now()
    interval = source.interval_s or state.interval_s or polling.AGENDA_INTERVAL_S
    state = tries.failed(state, failure, at, interval_s=interval, longest_s=_LONGEST_S)
    save_source_state(tools.conn, state)
    if failure.moved_to:
        accept = _("cockpit agenda move {key} accepts it").format(key=source.key)
        failure = replace(failure, message=f"{failure.message} · {accept}")
        state = replace(state, last_error=failure.message)
        save_source_state(tools.conn, state)
    return SourceReport.of(source.name, state, outcome="failed", message=failure.message, at=at)


def _moved(state: SourceState) -> str:
    """That its server says that it is elsewhere from now on."""
    if not state.moved_to:
        return ""
    moved = _("its address has moved for good, at {host}; cockpit agenda move {key} takes the new one")
    return moved.format(host=state.moved_to, key=state.key)


def _told(taken: FeedOutcome) -> str:
    parts = [ngettext("{n} event", "{n} events", taken.events).format(n=taken.events)]
    if taken.added or taken.removed:
        parts.append(_("+{added} −{removed}").format(added=taken.added, removed=taken.removed))
    if taken.repairs:
        parts.append(ngettext("{n} repair", "{n} repairs", taken.repairs).format(n=taken.repairs))
    return " · ".join([*parts, taken.note] if taken.note else parts)
