"""All that is read of a page, dialect by dialect: each word of a document where it belongs, and what is left out.

A reading that is meant is accepted with `pytest tests/sources/status --snapshot-update`, then read in the diff.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

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


def with_junk(payload: Any) -> Iterator[tuple[str, Any]]:
    """The document with one more item, of no kind, in each of its lists."""
    for path in places(payload):
        inside = payload
        for key in path:
            inside = inside[key]
        if isinstance(inside, list):
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
