"""Hostile variants of a true payload: what a vendor's bad day, or a bad person, may serve."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading, provider_state
from cockpit.domain.settings import StatusSource
from cockpit.sources import status

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

JUNK: tuple[Any, ...] = (
    None, True, -1, 1e308, 10**40, "", "nouveau", "\x1b]52;c;eA==\x07[/]\u202e", [], [None, [], 7],
    {}, {"id": None},
)  # fmt: skip

NOT_A_DOCUMENT = (
    b"", b"null", b"0", b'"ok"', b"[]", b"{}", b"{", b"<!doctype html><p>Sign in", b"NaN", b"[1e999]",
    b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe\x00", b"\xe9t\xe9", b"\x00" * 100, b"7" * 5_000,
)  # fmt: skip


def source(engine: str, url: str = "https://status.acme.test", **options: Any) -> StatusSource:
    """A source named Acme."""
    return StatusSource(key="acme", name="Acme", url=url, engine=engine, **options)


def read(engine: str, *payloads: Any, **options: Any) -> StatusReading:
    """The reading of payloads: bytes as they are, the rest as JSON."""
    bodies = tuple(p if isinstance(p, bytes) else json.dumps(p).encode() for p in payloads)
    return status.read(engine, bodies, now=NOW, source=source(engine, **options))


def state(engine: str, *payloads: Any, **options: Any) -> State:
    """The provider's state after the reading of payloads."""
    return provider_state(read(engine, *payloads, **options), options.get("components", ()))


def places(payload: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside `payload`, itself included."""
    yield path
    children = (
        payload.items()
        if isinstance(payload, dict)
        else enumerate(payload)
        if isinstance(payload, list)
        else ()
    )
    for key, value in children:
        yield from places(value, (*path, key))


def replaced(payload: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of `payload` with another value at `path`."""
    if not path:
        return value
    changed = copy.deepcopy(payload)
    inside = changed
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    return changed


def removed(payload: Any, path: tuple[Any, ...]) -> Any:
    """A copy of `payload` without what is at `path`."""
    changed = copy.deepcopy(payload)
    inside = changed
    for key in path[:-1]:
        inside = inside[key]
    del inside[path[-1]]
    return changed


def variants(
    payload: Any, but: Callable[[tuple[Any, ...]], bool] = lambda _path: False
) -> st.SearchStrategy[Any]:
    """`payload` with one value replaced by junk or one key removed, at any path but those that `but` names.

    Items are not removed from lists: that is news, not damage.
    """
    paths = [path for path in places(payload) if not but(path)]

    def damage(path: tuple[Any, ...], junk: Any, remove: bool) -> Any:
        if remove and path and isinstance(path[-1], str):
            return removed(payload, path)
        return replaced(payload, path, junk)

    return st.builds(damage, st.sampled_from(paths), st.sampled_from(JUNK), st.booleans())


def assert_clean(reading: StatusReading) -> None:
    """Nothing in a reading can hurt a terminal, whatever was served."""
    texts = [reading.page, reading.page_id, reading.indicator, *reading.warnings]
    texts += [text for c in reading.components for text in (c.id, c.name, c.group)]
    texts += [text for i in reading.incidents for text in (i.key, i.title, i.message, i.link, *i.components)]
    texts += [
        text for m in reading.maintenances for text in (m.key, m.title, m.message, m.link, *m.components)
    ]
    for text in texts:
        assert not {"\x1b", "\x07", "\u202e", "\x00"} & set(text), text
    times = [at for i in reading.incidents for at in (i.started, i.updated, i.resolved) if at]
    assert all(at.tzinfo is UTC for at in times)
