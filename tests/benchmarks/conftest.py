"""Figures are measured when they are asked for: no ordinary run builds ten thousand items for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what stands in this folder before any of its fixtures is made."""
    if config.getoption("benchmark_only"):
        return
    unasked = pytest.mark.skip(reason="measured with --benchmark-only")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(unasked)
