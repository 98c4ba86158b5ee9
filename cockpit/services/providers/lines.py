"""Every provider on one line: what its page says, what we say of it, and what is open with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.flapping import LOOK_BACK, is_flapping
from cockpit.domain.providers.state import FINE, Freshness, State, freshness, shown
from cockpit.domain.records.identities import candidates, key
from cockpit.domain.registers.provider import Provider
from cockpit.domain.settings import StatusSource
from cockpit.domain.text import fold
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers import our_words
from cockpit.services.providers.our_words import About, Words
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.sources import engines
from cockpit.store.outside import readings, sources


def provider_lines(
    workspace: Workspace, now: datetime, deadlines: Sequence[SlaRow] = ()
) -> tuple[ProviderLine, ...]:
    """The status sources of the settings, then the providers of the register that have none."""
    register = workspace.select(Provider, "provider", "archived_at IS NULL ORDER BY name")
    stored = {row.key: row for row in sources.providers(workspace.conn)}
    said = our_words.live(workspace, now)
    changes = readings.recent_changes(workspace.conn, now - LOOK_BACK)
    last = our_words.exchanges(workspace)
    lines, published = [], set()
    for source in workspace.settings.statuses:
        provider = spoken_for(source, register)
        code = provider.code if provider else ""
        published.add(code)
        row = stored.get(source.key)
        fresh = freshness(row.last_ok, now, row.interval_s) if row else Freshness.LOST
        line = ProviderLine(
            key=source.key,
            name=source.name,
            criticality=source.criticality,
            url=source.url,
            state=shown(row.state, fresh) if row else State.UNKNOWN,
            fresh=fresh,
            row=row,
            code=code,
            unstable=is_flapping(changes.get(source.key, ()), now),
            limit=engines.limit(_engine(source, row)),
            exchange=last.get(code),
            **_promised(code, deadlines, now),
        )
        lines.append(_with_words(workspace, line, our_words.words(workspace, said, About(source.key, code))))
    for provider in register:
        if provider.code not in published:
            ours = our_words.words(workspace, said, About(provider=provider.code))
            lines.append(_unpublished(provider, ours, last.get(provider.code), deadlines, now))
    return tuple(lines)


def notes(line: ProviderLine, now: datetime) -> list[str]:
    """What stands beside the state of a provider, in a word each: ours first."""
    ours, found = line.ours, []
    if ours.problem is not None:
        found.append(_("we see: {what}").format(what=ours.problem.reason))
    if ours.manual is not None and ours.manual.until is not None and not line.has_page:
        found.append(_("by hand until {when}").format(when=dates.moment(ours.manual.until, now)))
    if ours.muted is not None and ours.muted.until is not None:
        found.append(_("muted until {when}").format(when=dates.moment(ours.muted.until, now)))
    elif line.muted_parts:
        found.append(_("muted"))
    if ours.acknowledged is not None:
        found.append(_("seen: {reason}").format(reason=ours.acknowledged.reason))
    if line.unstable:
        found.append(_("unstable"))
    days = line.certificate_days(now)
    if days is not None:
        said = ngettext("certificate: {n} day left", "certificate: {n} days left", days)
        found.append(said.format(n=days))
    # Where a page speaks, what it says is told: promises have a pane, and the provider's page, of their own.
    if not line.has_page:
        found += _between_us(line, now)
    if line.limit:
        found.append(line.limit)
    return found


def _between_us(line: ProviderLine, now: datetime) -> list[str]:
    """What runs between a provider without a page and us."""
    found = []
    if line.slas_passed:
        found.append(
            ngettext("{n} SLA passed", "{n} SLAs passed", line.slas_passed).format(n=line.slas_passed)
        )
    elif line.slas:
        found.append(ngettext("{n} SLA runs", "{n} SLAs run", line.slas).format(n=line.slas))
    if line.exchange is not None:
        found.append(_("spoke {ago}").format(ago=dates.ago(line.exchange, now)))
    return found


def _engine(source: StatusSource, row: sources.ProviderRow | None) -> str:
    """The engine that reads a source: the one it names, else the one that was detected or that shows."""
    detected = row.engine.rpartition(":")[2] if row else ""
    return source.engine or detected or engines.named(source.url)


def spoken_for(source: StatusSource, register: Sequence[Provider]) -> Provider | None:
    """The provider that a source speaks for: the one it names, else the one that names it, else its namesake."""
    by_code = {provider.code: provider for provider in register}
    names = {code: provider.name for code, provider in by_code.items()}
    named = candidates(names, source.provider) if source.provider else ()
    if len(named) == 1:
        return by_code[named[0]]
    own = {key(source.name), key(source.key)}
    naming = (each for each in register if each.status_source and key(each.status_source) in own)
    return next(naming, None) or next((each for each in register if key(each.name) == key(source.name)), None)


def _with_words(workspace: Workspace, line: ProviderLine, ours: Words) -> ProviderLine:
    """The line with our words; trouble of muted components alone counts as muted."""
    line = replace(line, ours=ours)
    if ours.muted_components and not line.incidents:
        muted = {fold(name) for name in ours.muted_components}
        ill = {
            fold(part.name)
            for part in readings.components(workspace.conn, line.key)
            if part.state not in FINE
        }
        line = replace(line, muted_parts=bool(ill) and ill <= muted)
    return line


def _unpublished(
    provider: Provider, ours: Words, exchange: datetime | None, deadlines: Sequence[SlaRow], now: datetime
) -> ProviderLine:
    """A provider without a page: the state given by hand while it holds, else only what we know of it."""
    return ProviderLine(
        key=provider.code,
        name=provider.name,
        criticality="important",
        url="",
        state=State(ours.manual.state) if ours.manual else State.UNKNOWN,
        fresh=Freshness.FRESH if ours.manual else Freshness.LOST,
        row=None,
        code=provider.code,
        ours=ours,
        has_page=False,
        exchange=exchange,
        **_promised(provider.code, deadlines, now),
    )


class _Promised(TypedDict):
    slas: int
    slas_passed: int


def _promised(code: str, deadlines: Sequence[SlaRow], now: datetime) -> _Promised:
    """The promises of a provider that run, and those that are broken."""
    running = [row for row in deadlines if code and row.record.provider == code]
    return {"slas": len(running), "slas_passed": sum(left.has_passed(row.record, now) for row in running)}
