"""What the first use of a key would wait for, loaded in small steps while nobody presses one."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable
from importlib import import_module

from cockpit import ui
from cockpit.assets import asset_dir
from cockpit.ui.speed.styles import Styles

TO_SETTLE = 0.2
REST = 0.005
"""Seconds before the first step, and between two: each takes a few milliseconds."""


_AT_THE_END = ("cockpit.services.desk.ground", "cockpit.services.upkeep.health")
"""What keeps what is typed and says why: another version may stand on the disk by then."""


async def warm_up(styles: Styles, make_bar: Callable[[], None]) -> None:
    """Make the first bar, parse the sheets of screens not opened yet, import every module of the screen and its end."""
    from pkgutil import walk_packages

    await asyncio.sleep(TO_SETTLE)
    make_bar()
    await asyncio.sleep(REST)
    for path in asset_dir("styles").glob("*.tcss"):
        styles.prepare(path)
        await asyncio.sleep(REST)
    for module in walk_packages(ui.__path__, f"{ui.__name__}."):
        if module.name not in sys.modules:
            import_module(module.name)
            await asyncio.sleep(REST)
    for name in _AT_THE_END:
        import_module(name)
        await asyncio.sleep(REST)
    # All of this stays: a collector that walks over it at the next key would find nothing.
    gc.freeze()
