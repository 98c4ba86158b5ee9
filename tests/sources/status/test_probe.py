"""Probes: what one answer of the service itself says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.providers.state import State
from cockpit.sources import status
from cockpit.sources.failure import Failed, FailureKind
from cockpit.sources.fetch import NO_VALIDATORS, Fetched
from tests.sources.status.hostile import NOW, source

UP, DOWN, SLOW, UNKNOWN = State.OPERATIONAL, State.MAJOR_OUTAGE, State.DEGRADED, State.UNKNOWN


def answer(code: int = 200, body: bytes = b"hello", ms: int = 80, expiry: datetime | None = None) -> Fetched:
    return Fetched(
        body=body,
        status=code,
        content_type="",
        validators=NO_VALIDATORS,
        final_url="",
        certificate_expiry=expiry,
        elapsed_ms=ms,
    )


def state(outcome: Fetched | Failed, engine: str = "probe", **options: Any) -> State:
    return status.read_outcome(engine, outcome, now=NOW, source=source(engine, **options)).state


@pytest.mark.parametrize(
    ("code", "expected"),
    [(200, UP), (204, UP), (302, UP), (399, UP), (199, DOWN), (400, DOWN), (401, UNKNOWN), (402, DOWN), (403, UNKNOWN),
     (405, UP), (406, UP), (407, UNKNOWN), (418, UP), (429, UNKNOWN), (451, UP), (404, DOWN), (410, DOWN),
     (500, DOWN), (503, DOWN)],
)  # fmt: skip
def test_each_code(code: int, expected: State) -> None:
    assert state(answer(code)) is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("timeout", DOWN), ("tls", DOWN), ("server", DOWN), ("broken_body", DOWN), ("offline", UNKNOWN),
     ("dns", UNKNOWN), ("refused", UNKNOWN), ("rate_limited", UNKNOWN), ("auth", UNKNOWN), ("too_big", UNKNOWN),
     ("redirect", UNKNOWN)],
)  # fmt: skip
def test_each_failure(kind: FailureKind, expected: State) -> None:
    assert state(Failed(kind, "x")) is expected


def test_what_was_expected_decides() -> None:
    assert state(answer(401), expect=(401,)) is UP
    assert state(answer(200), expect=(204,)) is DOWN
    assert state(answer(), contains="hello") is UP
    assert state(answer(), contains="bye") is DOWN
    assert state(answer(405), expect=(200,)) is DOWN
    assert state(answer(ms=5_000)) is UP
    assert state(answer(ms=5_001)) is SLOW


@pytest.mark.parametrize(("days", "warned"), [(22, False), (21, True), (6, True), (-1, True)])
def test_the_certificate_is_watched(days: int, warned: bool) -> None:
    outcome = answer(expiry=NOW + timedelta(days=days))
    reading = status.read_outcome("probe", outcome, now=NOW, source=source("probe"))
    assert reading.warnings == ((f"the certificate expires in {max(days, 0)} days",) if warned else ())
    assert reading.certificate_expiry == outcome.certificate_expiry


@pytest.mark.parametrize(
    ("code", "body", "expected"),
    [(200, b'{"status":"pass"}', UP), (503, b'{"status":"fail","output":"db"}', DOWN),
     (200, b'{"status":"warn"}', SLOW), (503, b'{"status":"UP"}', DOWN), (200, b'{"status":"DOWN"}', DOWN),
     (200, b"<html>", UNKNOWN), (500, b"<html>", DOWN), (200, b"ok", UP), (500, b"[-]etcd failed", DOWN),
     (200, b'{"status":"new"}', UNKNOWN), (401, b'{"status":"pass"}', UP), (401, b"<html>", UNKNOWN)],
)  # fmt: skip
def test_health_is_the_worse_of_code_and_body(code: int, body: bytes, expected: State) -> None:
    assert state(answer(code, body), "health") is expected
