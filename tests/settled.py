"""Waiting until the screen has nothing left to do, exactly, where Textual's pilot guesses it from CPU time.

Textual sleeps at least 20 ms after each key, three times, and takes a process that the machine gives no turn
for one that is idle. Here the loop itself is asked: a key is dealt with when no call is ready to run and no
timer is about to. What a worker waits for (a thread, a process, the network) cannot be seen so: while one
runs, the pilot also waits as Textual does.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual import _wait, app, constants, pilot, screen
from textual._context import active_app

SOON_S = 0.004
"""A timer that is due within this is waited for: several of the frame below."""
FRAME_S = 0.001
"""Between two repaints, in place of a sixtieth of a second."""
ROUNDS = 3
"""Turns of the loop without anything to do before it counts as settled."""
TURNS = 2000
"""Turns after which it never will: the longest key takes a hundred, however slow the machine."""
_guess = _wait.wait_for_idle


class Unsettled(AssertionError):
    """The screen never had nothing left to do: something repaints, or posts to itself, without end."""


async def settled(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Stands in for Textual's `wait_for_idle`. Raises Unsettled where the loop never comes to rest."""
    await _nothing_to_do()
    if _has_workers():
        await _guess(min_sleep, max_sleep)
        await _nothing_to_do()


async def _nothing_to_do() -> None:
    loop: Any = asyncio.get_running_loop()
    quiet = 0
    for _turn in range(TURNS):
        await asyncio.sleep(0)
        now = loop.time()
        due = [timer.when() - now for timer in loop._scheduled if not timer.cancelled()]
        if loop._ready:
            quiet = 0
        elif due and min(due) < SOON_S:
            await asyncio.sleep(max(0.0, min(due)))
            quiet = 0
        elif _is_to_be_drawn():
            await asyncio.sleep(FRAME_S)
            quiet = 0
        else:
            quiet += 1
            if quiet == ROUNDS:
                return
    if not _has_workers():
        raise Unsettled(_pending(loop))


async def _until_settled(of: pilot.Pilot[Any], _longest: float = 0.0) -> bool:
    """Stands in for what asks every widget in turn whether its messages are read: a loop at rest has none left."""
    await settled()
    return of.app._exception is None


def _is_to_be_drawn() -> bool:
    """Whether the screen on top waits for its next frame, which a timer of its own may hold back."""
    shown = active_app.get(None)
    if shown is None or not shown.screen_stack:
        return False
    top = shown.screen
    return top.is_running and bool(top._layout_required or top._repaint_required or top._dirty_widgets)


def _has_workers() -> bool:
    shown = active_app.get(None)
    return shown is not None and any(not worker.is_finished for worker in shown.workers)


def _pending(loop: Any) -> str:
    """What is still to run, by how often it stands in the queue."""
    now = loop.time()
    soon = [timer for timer in loop._scheduled if not timer.cancelled() and timer.when() - now < SOON_S]
    said = [f"  {handle!r}" for handle in (*loop._ready, *soon)]
    shown = active_app.get(None)
    widgets = [] if shown is None else [shown, *shown.screen.walk_children()]
    said += [
        f"  {widget!r}: {list(widget._next_callbacks)} {widget._message_queue!r}"
        for widget in widgets
        if widget._next_callbacks or not widget._message_queue.empty()
    ]
    return f"still busy after {TURNS} turns of the loop:\n" + "\n".join(said)


def settle_exactly(patch: pytest.MonkeyPatch) -> None:
    """From here on the pilot waits exactly, nothing is animated, and what is dirty is painted at once."""
    for module in (pilot, app):
        patch.setattr(module, "wait_for_idle", settled)
    patch.setattr(pilot.Pilot, "_wait_for_screen", _until_settled)
    patch.setattr(screen, "UPDATE_PERIOD", FRAME_S)
    # Read from the environment when Textual is first imported, which a plugin of pytest does.
    patch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
