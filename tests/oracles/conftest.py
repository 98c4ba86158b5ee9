"""The comparison fetches packages and takes minutes: it runs when it is asked for, `pytest tests/oracles`."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder alone unless the command names it."""
    asked = (arg for arg in config.invocation_params.args if not arg.startswith("-"))
    return None if any(Path(__file__).parent.name in arg for arg in asked) else True
