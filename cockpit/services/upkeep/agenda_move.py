"""The new address of an agenda that has moved, taken into the configuration once a person says so.

An address may hold a secret: it is asked of the server again at that moment, and stands nowhere else.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cockpit.domain.settings import AgendaSource
from cockpit.locale import _
from cockpit.services.settings import sections, starter
from cockpit.sources.address import local_path
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import FEED_DEADLINE_S, FEED_LIMIT, Fetched, Fetcher, Request


class AddressStays(Exception):
    """The address stays. The message says why, for a person."""


async def new_address(
    source: AgendaSource,
    authorization: str,
    *,
    now: Callable[[], datetime],
    tls: ssl.SSLContext | None = None,
) -> str:
    """Where the server of `source` says that it has moved. Raises CannotMove when it does not."""
    if local_path(source.url) is not None:
        raise AddressStays(
            _("“{name}” is read from this machine: nobody can say where it went").format(name=source.name)
        )
    request = Request(
        url=source.url, wants="calendar", authorization=authorization, user_agent=source.user_agent,
        internal=source.internal, limit=FEED_LIMIT, deadline_s=FEED_DEADLINE_S,
    )  # fmt: skip
    async with Fetcher(now=now, tls=tls) as fetcher:
        outcome = await fetcher.fetch(request)
    if isinstance(outcome, Failed) and outcome.moved_to:
        return outcome.moved_to
    if isinstance(outcome, Fetched) and outcome.moved:
        return outcome.final_url
    raise AddressStays(
        outcome.message
        if isinstance(outcome, Failed)
        else _("“{name}” has not moved: its address is still right").format(name=source.name)
    )


def host_of(url: str) -> str:
    """What may be shown of an address."""
    return urlsplit(url).hostname or ""


def save(path: Path, source: AgendaSource, url: str) -> None:
    """Put `url` in the place of the address of `source` in the configuration, which keeps every other word.

    Raises CannotMove where the address does not stand there once, as it is read.
    """
    before = path.read_text(encoding="utf-8")
    written = [
        quoted
        for quoted in (json.dumps(source.url, ensure_ascii=False), f"'{source.url}'")
        if quoted in before
    ]
    by_hand = AddressStays(
        _("the address does not stand once in {path}: change it by hand").format(path=path)
    )
    if len(written) != 1 or before.count(written[0]) != 1:
        raise by_hand
    text = before.replace(written[0], json.dumps(url, ensure_ascii=False))
    found = next((each for each in sections.parse(text, path).agendas if each.key == source.key), None)
    if found is None or found.url != url:
        raise by_hand
    starter.write(path, text)
