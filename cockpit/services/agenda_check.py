"""Reading a feed once, from an address, a file or a folder, without storing anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from cockpit.services.agenda import FeedRefused, load_path


async def read_source(source: str, *, now: datetime) -> tuple[bytes | None, str]:
    """The body of a feed and an empty text, or None and what went wrong."""
    path = local_path(source)
    if path is not None:
        try:
            return load_path(path), ""
        except FeedRefused as refusal:
            return None, str(refusal)
    from cockpit.sources.fetch import FEED_DEADLINE_S, FEED_LIMIT, Fetched, Fetcher, Request

    request = Request(
        url=source, wants="calendar", internal=True, limit=FEED_LIMIT, deadline_s=FEED_DEADLINE_S
    )
    async with Fetcher(now=lambda: now) as fetcher:
        outcome = await fetcher.fetch(request)
    if isinstance(outcome, Fetched):
        return outcome.body, ""
    return None, getattr(outcome, "message", "")


def local_path(source: str) -> Path | None:
    """The file or folder that an address means; None when it is on the network."""
    parts = urlsplit(source)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path))
    return None if "://" in source else Path(source).expanduser()
