"""Once a month: is each document still at its address? HEAD, then GET; the local network is not asked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.documents import link_state as rules
from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.text import safe_link
from cockpit.locale import _, ngettext
from cockpit.services.desk.workspace import Workspace
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched, Fetcher, NotModified, Outcome, Request
from cockpit.store.outside import link_checks
from cockpit.store.outside.link_checks import KnownLink, LinkCheck

AT_ONCE = 30
"""Links tried in one turn: what is left is tried at the next one, so that no sync takes long."""
_LIMIT = 64 * 1024
_DEADLINE_S = 10.0


@dataclass(frozen=True)
class LinksTried:
    """What one turn tried."""

    tried: int
    dead: int
    left: int
    """Links whose time has come too, for the next turn."""

    def __str__(self) -> str:
        said = ngettext("{n} link of documents tried", "{n} links of documents tried", self.tried).format(
            n=self.tried
        )
        if self.dead:
            said += ", " + ngettext("{n} dead", "{n} dead", self.dead).format(n=self.dead)
        return said


def due(workspace: Workspace) -> tuple[KnownLink, ...]:
    """The links whose time has come: never tried at this address first, then the longest due."""
    if not workspace.settings.documents.check_links:
        return ()
    now = workspace.clock()
    known = link_checks.checks(workspace.conn)
    waiting: list[tuple[datetime | None, KnownLink]] = []
    for each in link_checks.links(workspace.conn):
        check = known.get(each.code)
        if check is None or check.link != each.address:
            waiting.append((None, each))
        elif check.next_try <= now:
            waiting.append((check.next_try, each))
    waiting.sort(key=lambda pair: pair[0].isoformat() if pair[0] else "")
    return tuple(link for _at, link in waiting)


async def check_due(workspace: Workspace, *, tls: ssl.SSLContext | None = None) -> LinksTried | None:
    """Try the links whose time has come; None when there is none. Nothing of it fails: what fails is kept as said."""
    waiting = due(workspace)
    if not waiting:
        return None
    chosen = waiting[:AT_ONCE]
    known = link_checks.checks(workspace.conn, [each.code for each in chosen])
    async with Fetcher(now=workspace.clock, tls=tls) as fetcher:
        found = await asyncio.gather(*(_tried(workspace, fetcher, each, known) for each in chosen))
    checked = [each for each in found if each is not None]
    link_checks.forget_others(workspace.conn, link_checks.links(workspace.conn))
    for each in checked:
        link_checks.save(workspace.conn, each)
    dead = sum(each.state is LinkState.DEAD for each in checked)
    return LinksTried(len(checked), dead, len(waiting) - len(chosen))


async def _tried(
    workspace: Workspace, fetcher: Fetcher, link: KnownLink, known: Mapping[str, LinkCheck]
) -> LinkCheck | None:
    now = workspace.clock()
    before = known.get(link.code)
    if before is not None and before.link != link.address:
        before = None
    fails = before.fails if before else 0
    address = safe_link(link.address)
    if address is None:
        outcome: Outcome = Failed("refused", _("this is no address that may be opened"))
    else:
        outcome = await _asked(fetcher, address, internal=workspace.settings.documents.internal)
    status = None if isinstance(outcome, NotModified) else outcome.status
    failure, error = (outcome.kind, outcome.message) if isinstance(outcome, Failed) else ("", "")
    state = rules.judge(
        status,
        failure,
        elsewhere=not isinstance(outcome, NotModified) and bool(outcome.moved_to),
        fails=fails,
    )
    if state is None:
        return None
    return LinkCheck(
        code=link.code, link=link.address, state=state, checked_at=now,
        ok_at=now if state is LinkState.THERE else before.ok_at if before else None,
        next_try=now + rules.again_in(state), fails=fails + 1 if rules.is_silence(state, status) else 0,
        error="" if state is LinkState.THERE else error,
    )  # fmt: skip


async def _asked(fetcher: Fetcher, address: str, *, internal: bool) -> Outcome:
    """What stands before the body; the whole where a server does not answer that, or not well."""
    whole = Request(
        url=address, wants="any", internal=internal, limit=_LIMIT, deadline_s=_DEADLINE_S, any_status=True
    )
    outcome = await fetcher.fetch(replace(whole, head=True))
    if isinstance(outcome, Fetched) and outcome.status < 400:
        return outcome
    if isinstance(outcome, Failed) and outcome.kind in ("refused", "offline", "dns"):
        return outcome
    return await fetcher.fetch(whole)
