"""Figures are measured when they are asked for: no ordinary run builds ten thousand items for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the benchmarks before any of their fixtures is made; ratios that always hold are plain tests."""
    if config.getoption("benchmark_only"):
        return
    unasked = pytest.mark.skip(reason="measured with --benchmark-only")
    for item in items:
        named = getattr(item, "fixturenames", ())
        if Path(__file__).parent in item.path.parents and "benchmark" in named:
            item.add_marker(unasked)
