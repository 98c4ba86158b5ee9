"""All that is read of a page, dialect by dialect: each word of a document where it belongs, and what is left out.

A reading that is meant is accepted with `pytest tests/sources/status --snapshot-update`, then read in the diff.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.status import StatusReading
from tests.sources.status.full_pages import FULL
from tests.sources.status.hostile import places, read, replaced
from tests.sources.status.test_every_dialect import SHAPES


def told(reading: StatusReading) -> str:
    """A reading as text, without what is empty."""
    marks = [word for word in ("readable", "complete", "exhaustive") if not getattr(reading, word)]
    head = (reading.state.value, f"{reading.confidence} confidence", *(f"not {word}" for word in marks))
    lines = [joined(*head, reading.page, reading.page_id, reading.indicator)]
    lines += [
        joined("  part", part.state.value, part.id, part.name, part.group) for part in reading.components
    ]
    for each in reading.incidents:
        times = (f"{name} {written(at)}" for name, at in (("from", each.started), ("updated", each.updated),
                                                          ("resolved", each.resolved)) if at)  # fmt: skip
        lines.append(joined("  incident", each.phase, each.impact.value, each.key, each.title, *times))
        lines += [joined("    touches", *each.components)] * bool(each.components)
        lines += [joined("    says", each.link, each.message)] * bool(each.link or each.message)
        lines += [joined("    update", written(u.at), u.key, u.phase or "", u.text) for u in each.updates]
    for work in reading.maintenances:
        lines.append(
            joined("  work", work.phase, work.key, work.title, written(work.starts), written(work.ends))
        )
        lines += [joined("    touches", *work.components)] * bool(work.components)
        lines += [joined("    says", work.link, work.message)] * bool(work.link or work.message)
    return "\n".join([*lines, *(f"  warning | {line}" for line in reading.warnings)])


def joined(first: str, *words: str) -> str:
    return " | ".join([first, *(word.replace("\n", " / ") for word in words if word)])


def written(at: datetime | None) -> str:
    return at.strftime("%m-%d %H:%M:%S") if at else "-"


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_page_in_trouble_is_read_to_its_last_word(shape: Any, snapshot: SnapshotAssertion) -> None:
    assert told(read(shape.engine, *shape.trouble)) == snapshot


@pytest.mark.parametrize(
    ("engine", "what", "bodies"), FULL, ids=[f"{name}: {what}" for name, what, _ in FULL]
)
def test_what_is_over_going_on_planned_or_nonsense_is_told_apart(
    engine: str, what: str, bodies: tuple[Any, ...], snapshot: SnapshotAssertion
) -> None:
    assert told(read(engine, *bodies)) == snapshot, what


def lists(payload: Any) -> Iterator[tuple[tuple[Any, ...], list[Any]]]:
    """The lists of a document, each by its place."""
    for path in places(payload):
        inside = payload
        for key in path:
            inside = inside[key]
        if isinstance(inside, list):
            yield path, inside


def with_junk(payload: Any) -> Iterator[tuple[str, Any]]:
    """The document with one more item, of no kind, in each of its lists."""
    for path, inside in lists(payload):
        yield ".".join(map(str, path)) or "the whole", replaced(payload, path, [*inside, 7])


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_an_item_that_cannot_be_read_is_told_with_what_it_leaves_unknown(
    shape: Any, snapshot: SnapshotAssertion
) -> None:
    lines = []
    for n, document in enumerate(shape.quiet):
        for where, damaged in () if isinstance(document, bytes) else with_junk(document):
            reading = read(shape.engine, *shape.quiet[:n], damaged, *shape.quiet[n + 1 :])
            absent = "" if reading.complete else "absence proves nothing"
            lines.append(joined(f"{n} {where}", reading.state.value, absent, *reading.warnings))
    assert "\n".join(lines) == snapshot


MEASURED = {"results"}
"""Measures of one part: where one cannot be read, the part itself is unknown."""
DOCUMENTS = [
    *((str(shape), shape.engine, shape.trouble) for shape in SHAPES),
    *((f"{engine}: {what}", engine, bodies) for engine, what, bodies in FULL),
]


@pytest.mark.parametrize(
    ("engine", "bodies"), [each[1:] for each in DOCUMENTS], ids=[each[0] for each in DOCUMENTS]
)
def test_what_cannot_be_read_in_a_page_in_trouble_changes_what_is_lost_and_nothing_else(
    engine: str, bodies: tuple[Any, ...], snapshot: SnapshotAssertion
) -> None:
    whole = read(engine, *bodies)
    lines, seen = [], set[tuple[Any, ...]]()
    for n, document in enumerate(bodies):
        for path, inside in () if isinstance(document, bytes) else lists(document):
            kind = (n, *(key for key in path if isinstance(key, str)))
            if kind in seen or kind[-1] in MEASURED or "heartbeatList" in kind:
                continue
            seen.add(kind)
            damaged = replaced(document, path, [*inside, [[]]])
            reading = read(engine, *bodies[:n], damaged, *bodies[n + 1 :])
            assert told(
                replace(reading, state=whole.state, complete=whole.complete, warnings=whole.warnings)
            ) == told(whole), path
            absent = "" if reading.complete else "absence proves nothing"
            new = (line for line in reading.warnings if line not in whole.warnings)
            lines.append(joined(".".join(map(str, path)) or "the whole", reading.state.value, absent, *new))
    assert "\n".join(lines) == snapshot
