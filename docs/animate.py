"""Draws the three jobs as they are done, by keys, on the demo: `python docs/animate.py` writes docs/*-animated.svg.

Each picture is one SVG of the screens one after the other, shown by its own style sheet: no script, no network.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from textual.pilot import Pilot  # noqa: E402

from cockpit import locale  # noqa: E402
from cockpit.services.demo import company  # noqa: E402
from cockpit.services.demo.server import serve  # noqa: E402
from cockpit.services.desk.workspace import Workspace  # noqa: E402
from cockpit.services.upkeep.sync import sync  # noqa: E402
from cockpit.ui.app import CockpitApp  # noqa: E402
from cockpit.ui.everywhere.picture import picture  # noqa: E402

SIZE = (100, 30)
NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
"""A Monday, 08:42 in Paris."""


class Scene(NamedTuple):
    """Keys that are pressed, or a text that is typed, and how long what they lead to is looked at."""

    keys: str = ""
    text: str = ""
    seconds: float = 1.6


JOBS: dict[str, Sequence[Scene]] = {
    "quick-entry": (
        Scene(seconds=1.5),
        Scene("b", seconds=0.8),
        Scene(text="Paie octobre", seconds=0.6),
        Scene(text=" écarts @Paie+", seconds=0.8),
        Scene(text=" +rh p1", seconds=0.6),
        Scene(text=" pour:demain 12h", seconds=0.8),
        Scene(text=" qui:Sophie", seconds=1.6),
        Scene("enter", seconds=2.5),
        Scene("u", seconds=2.5),
    ),
    "morning-review": (
        Scene(seconds=1.5),
        Scene("m", seconds=2.5),
        Scene("tab", seconds=2.0),
        Scene("tab", seconds=2.0),
        Scene("tab", seconds=3.0),
        Scene("down", seconds=1.5),
        Scene("tab", seconds=2.0),
        Scene("tab", seconds=2.5),
    ),
    "flash-point": (
        Scene(seconds=1.5),
        Scene("f", seconds=2.5),
        Scene("enter", seconds=2.0),
        Scene("right right", seconds=3.0),
        Scene("d", seconds=0.8),
        Scene(text="Acompte de 80 %", seconds=0.8),
        Scene(text=" versé vendredi", seconds=1.2),
        Scene("enter", seconds=2.0),
        Scene("a", seconds=0.8),
        Scene(text="Relever les heures qui:Sophie pour:mercredi", seconds=1.4),
        Scene("enter", seconds=2.0),
        Scene("right", seconds=2.5),
    ),
}
"""The three jobs, scene by scene."""


async def frames(workspace: Workspace, scenes: Sequence[Scene]) -> list[str]:
    """The screen behind each scene, as SVG."""
    app = CockpitApp(workspace, is_demo=True)
    found = []
    async with app.run_test(size=SIZE) as pilot:
        await _settle(pilot)
        for scene in scenes:
            for key in scene.keys.split():
                await pilot.press(key)
            for sign in scene.text:
                await pilot.press(_NAMES.get(sign, sign))
            await _settle(pilot)
            found.append(picture(app))
    return found


_NAMES = {
    " ": "space",
    "@": "at",
    "+": "plus",
    ":": "colon",
    "%": "percent_sign",
    ".": "full_stop",
    ",": "comma",
}


async def _settle(pilot: Pilot[None]) -> None:
    for _turn in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()


def animated(shots: Sequence[str], scenes: Sequence[Scene]) -> str:
    """One SVG in which the shots follow one another, each as long as its scene, round and round."""
    total = sum(scene.seconds for scene in scenes)
    box = re.search(r'viewBox="([^"]+)"', shots[0])
    assert box is not None
    at, rules, groups = 0.0, [], []
    for n, (shot, scene) in enumerate(zip(shots, scenes, strict=True)):
        begins, ends = 100 * at / total, 100 * (at + scene.seconds) / total
        hidden = "0% { visibility: hidden } " if n else ""
        after = f"{ends:.2f}% {{ visibility: hidden }} " if n < len(shots) - 1 else ""
        rules.append(f"@keyframes s{n} {{ {hidden}{begins:.2f}% {{ visibility: visible }} {after}}}")
        rules.append(f".s{n} {{ animation: s{n} {total:.1f}s step-end infinite }}")
        groups.append(f'<g class="s{n}">\n{shot}\n</g>')
        at += scene.seconds
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}">\n<style>\n'
        + "\n".join(rules) + "\n</style>\n" + "\n".join(groups) + "\n</svg>\n"
    )  # fmt: skip


def main() -> None:
    """Write the three pictures."""
    locale.use("fr")
    for name, scenes in JOBS.items():
        with tempfile.TemporaryDirectory() as folder, serve(lambda: NOW) as base_url:
            settings = company.settings(base_url)
            workspace = Workspace.open(Path(folder) / "demo.db", settings, lambda: NOW)
            company.seed(workspace)
            asyncio.run(sync(workspace.conn, settings, now=lambda: NOW, progress=lambda _report: None))
            shots = asyncio.run(frames(workspace, scenes))
            workspace.conn.close()
        path = HERE / f"{name}-animated.svg"
        path.write_text(animated(shots, scenes), encoding="utf-8")
        print(f"docs/{path.name} written, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
