"""The demonstration at each present, read and never changed by the tests that share it."""

from __future__ import annotations

import pytest

from tests.services.demo.demo_shown import NOWS, Shown, seeded


@pytest.fixture(scope="session", params=list(NOWS.values()), ids=list(NOWS))
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What the demonstration holds at that present."""
    return seeded(request.param, tmp_path_factory.mktemp("demo") / "demo.db")
