"""What holds in every dialect, whatever its form: a page is never better than its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cockpit.domain.providers.state import FINE, TROUBLES
from cockpit.domain.providers.status import provider_state
from cockpit.sources import engines, status
from tests.sources.status import test_other_dialects, test_vendor_dialects
from tests.sources.status.hostile import places, read, replaced
from tests.sources.status.test_other_dialects import Shape

SHAPES = [*test_other_dialects.SHAPES, *test_vendor_dialects.SHAPES]


def half_mended(shape: Shape) -> Iterator[Any]:
    """The document of a trouble with one of its words as the vendor writes it when all is well."""
    yield shape.trouble[0]
    if isinstance(shape.trouble[0], bytes):
        return
    known = {path: value for path, value in walked(shape.quiet[0]) if path}
    for path, value in walked(shape.trouble[0]):
        fine = known.get(path)
        if fine is not None and fine != value and not isinstance(value, dict | list):
            yield replaced(shape.trouble[0], path, fine)


def walked(payload: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place of a document with its value."""
    for path in places(payload):
        value = payload
        for key in path:
            value = value[key]
        yield path, value


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_page_that_says_it_is_fine_is_not_while_one_of_its_parts_is_in_trouble(shape: Shape) -> None:
    for document in half_mended(shape):
        reading = read(shape.engine, document, *shape.trouble[1:])
        ill = [part.name for part in reading.components if part.state in TROUBLES]
        going = [each.title for each in reading.incidents if each.open and each.impact in TROUBLES]
        if ill or going:
            assert provider_state(reading) not in FINE, (document, ill, going)


SELDOM = {
    60: {"probe", "health", "healthz"},
    300: {
        "google",
        "azure",
        "aws",
        "graph",
        "oracle",
        "salesforce",
        "zendesk",
        "apple",
        "feed",
        "uptimerobot",
        "upptime",
    },
    600: {"microsoft", "statuscake"},
}
"""Seconds between two reads: a service of our own is asked each minute, what changes slowly or counts who asks is
asked seldom. All the others: two minutes."""


@pytest.mark.parametrize("engine", sorted(engines.DIALECTS))
def test_each_engine_is_read_as_often_as_it_is_worth(engine: str) -> None:
    wanted = next((seconds for seconds, names in SELDOM.items() if engine in names), 120)
    assert status.usual_interval(engine) == wanted


def test_every_engine_that_reads_a_document_has_its_shapes() -> None:
    alone = {
        "statuspage",
        "incidentio",
        "slack",
        "google",
        "azure",
        "feed",
        "probe",
        "healthz",
        "hund",
        "widget",
    }
    tried = {engines.dialect(shape.engine).name for shape in SHAPES} | alone | {"pagerduty"}
    assert set(engines.DIALECTS) <= tried
