"""What each place shows, at three sizes and in two languages, as the text a person reads.

A change that is meant is accepted with `pytest tests/ui --snapshot-update`, then read in the diff. Textual draws
them: a failure says by which version they were drawn.
"""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import review
from cockpit.ui.app import CockpitApp
from tests.locked import written_for

SIZES = ((150, 45), (100, 30), (80, 24))
PLACES: dict[str, tuple[str, ...]] = {
    "cockpit": (),
    "week": ("f2",),
    "organisation": ("f3", "comma", "down", "down", "down"),
    "map": ("f3", "right"),
    "interfaces": ("f3", "semicolon"),
    "risks": ("f3", "semicolon", "semicolon"),
    "continuity": ("f3", "f3", "f3", "f3"),
    "contracts": ("f3", "f3", "f3", "f3", "f3"),
    "raci": ("f3", "comma", "comma", "comma"),
    "approvals": ("f3", "comma", "comma"),
    "what-if": ("f3", "w", "P", "a", "i", "e", "enter"),
    "event": ("tab", "tab", "tab", "tab", "enter"),
    "provider": ("tab", "tab", "tab", "tab", "tab", "tab", "enter"),
    "clock": ("tab", "tab", "enter"),
    "reminder": ("tab", "tab", "l"),
    "outbox": ("K",),
    "help": ("question_mark",),
    "typing": ("b", "V", "P", "N", "space", "at", "I", "n", "f", "o"),
}


@pytest.fixture(autouse=True)
def no_second_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn does not tell how busy the machine is."""
    monkeypatch.setattr(review, "monotonic", lambda: 0.0)


async def shown(workspace: Workspace, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    app = CockpitApp(workspace, is_demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        lines = app.screen._compositor.render_strips()
        assert len(lines) <= size[1]
        assert max(line.cell_length for line in lines) <= size[0], "no line is wider than the terminal"
        text = "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)
        # A space is a space to the eye, whether a line may break there or not.
        return text.replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_cockpit(
    mistral: Workspace, snapshot: SnapshotAssertion, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    assert await shown(mistral, size, ()) == snapshot, written_for("textual")


LARGE: dict[str, tuple[str, ...]] = {
    "review": ("m", "tab", "tab", "tab", "down"),
    "flash": ("f", "enter", "right", "right"),
    "detail": ("tab", "enter"),
}
"""What is drawn otherwise at each size."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("place", LARGE)
async def test_what_each_size_draws_its_own_way(
    mistral: Workspace, snapshot: SnapshotAssertion, place: str, size: tuple[int, int]
) -> None:
    locale.use("fr")
    assert await shown(mistral, size, LARGE[place]) == snapshot, written_for("textual")


@pytest.mark.parametrize("place", [place for place in PLACES if place != "cockpit"])
async def test_each_place(mistral: Workspace, snapshot: SnapshotAssertion, place: str) -> None:
    locale.use("fr")
    assert await shown(mistral, (100, 30), PLACES[place]) == snapshot, written_for("textual")


async def test_an_empty_cockpit_says_what_each_pane_is_for(
    workspace: Workspace, snapshot: SnapshotAssertion
) -> None:
    locale.use("fr")
    assert await shown(workspace, (150, 45), ()) == snapshot, written_for("textual")


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("place", [place for place in PLACES if place != "cockpit"])
async def test_no_line_is_wider_than_the_terminal(
    mistral: Workspace, size: tuple[int, int], place: str
) -> None:
    """Nor at the sizes at which no picture of the place is kept."""
    assert await shown(mistral, size, PLACES[place])
