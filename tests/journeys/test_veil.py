"""The veil by keys: nothing of level 3 on any place, in any pane, on any page, in any picture."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from cockpit import __main__ as program
from cockpit import locale
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.everywhere.picture import picture
from cockpit.ui.organisation.views import VIEWS
from tests.cli.conftest import Result
from tests.journeys.conftest import LANGUAGES, SIZES, Drive, Driver
from tests.services.records import every_level
from tests.services.records.secrets_everywhere import ORDER, WORD, fill, is_told, secret_values

PREFIXES = tuple(register.prefix for register in REGISTERS.values())


@pytest.fixture
def secret(workspace: Workspace) -> Workspace:
    fill(workspace)
    return workspace


def shows(driver: Driver) -> bool:
    """Whether the word or the amount is on the screen or in a picture of it."""
    return is_told(driver.screen()) or is_told(html.unescape(picture(driver.app)))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_place_and_no_pane_shows_it(secret: Workspace, drive: Drive, size: tuple[int, int]) -> None:
    async with drive(size) as driver:
        assert shows(driver), "without the veil it is there"
        await driver.press("v")
        assert "VEIL" in driver.screen()
        for _pane in range(8):
            assert not shows(driver), driver.screen()
            await driver.press("tab")
        for place in ("f2", "f5", "f3"):
            await driver.press(place)
            assert not shows(driver), driver.screen()
        for view in VIEWS:
            assert not shows(driver), (view, driver.screen())
            await driver.press("tab", "semicolon")
        await driver.press("comma")
        for _register in ORGANISATION:
            await driver.press("down")
            assert not shows(driver), driver.screen()
        await driver.press("f1", "v")
        assert shows(driver), "it is back"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_page_shows_it(secret: Workspace, drive: Drive, size: tuple[int, int]) -> None:
    assert len(PREFIXES) == len(ORDER)
    async with drive(size) as driver:
        await driver.press("v")
        for prefix in PREFIXES:
            driver.app.open_code(f"{prefix}-1")
            await driver.pilot.pause()
            assert not shows(driver), (prefix, driver.screen())
            await driver.press("tab", "escape")
        driver.app.open_code("status:PR-1")
        await driver.pilot.pause()
        assert not shows(driver), driver.screen()


async def test_a_page_that_is_open_is_veiled_at_once(secret: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        for code in ("B-1", "CK-1", "status:PR-1"):
            driver.app.open_code(code)
            await driver.pilot.pause()
            assert shows(driver), code
            await driver.press("v")
            assert not shows(driver), (code, driver.screen())
            await driver.press("escape", "v")
            while len(driver.app.screen_stack) > 1:
                await driver.press("escape")


async def test_places_left_open_behind_are_veiled_too(secret: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("f5", "f3", "f2", "f1", "v")
        for place in ("f5", "f3", "f2"):
            await driver.press(place)
            assert not shows(driver), driver.screen()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_keys_on_what_is_hidden_tell_nothing(secret: Workspace, drive: Drive, language: str) -> None:
    locale.use(language)
    async with drive() as driver:
        await driver.press("v", "tab")
        app = driver.app
        offered = {each.id: each for each in app.offered(app.screen.target()) if each.works}  # type: ignore[attr-defined]
        assert "B-1" in offered["work.next"].why_not, "said before the key is pressed"
        assert not offered["work.done"].why_not
        for key in ("p", "w", "g", "e", "l", "i", "o", "h", "r"):
            await driver.press(key)
            assert not shows(driver), (key, driver.screen())
            assert not driver.app.screen.asking  # type: ignore[attr-defined]
        await driver.press("x")
        assert secret.select(Blocker, "blocker", "code = 'B-1'")[0].closed_at is not None
        assert secret.select(Blocker, "blocker", "code = 'B-1'")[0].title == f"{WORD} title"
        for key in ("u", "U", "u"):
            await driver.press(key)
            assert "B-1" in driver.screen()
            assert not shows(driver), (key, driver.screen())


async def test_names_that_are_hidden_are_not_offered(secret: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("v", "b")
        await driver.type("VPN @")
        for _offer in range(6):
            await driver.press("tab")
            assert not shows(driver)


async def test_a_handover_of_somebody_hidden_is_refused_by_name_and_by_code(
    secret: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.press("v", "ctrl+p")
        await driver.type("handover of somebody")
        await driver.press("enter")
        assert driver.app.screen.asking  # type: ignore[attr-defined]
        await driver.type("PE-1")
        await driver.press("enter")
        assert "v lifts the veil" in driver.screen()
        assert not shows(driver)
        assert driver.app.screen.asking, "the name is asked for again"  # type: ignore[attr-defined]


async def test_searching_a_hidden_word_shows_it_nowhere(secret: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("v", "f7")
        await driver.type("zorg")
        assert WORD not in driver.screen()
        await driver.press("escape", "v", "f7")
        await driver.type("zorg")
        assert WORD in driver.screen(), "it is found where nothing is veiled"


async def test_the_saved_picture_is_veiled(secret: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("v", "f12")
        folder = Path(secret.path).parent / "pictures"
        (saved,) = folder.glob("*.svg")
        text = saved.read_text(encoding="utf-8")
        assert WORD not in text
        assert "VEIL" in text


async def test_another_process_that_writes_shows_nothing_either(secret: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("v")
        with secret.beside() as other:
            other.add(REGISTERS["blocker"], secret_values(other, REGISTERS["blocker"]))
        driver.app.beat()
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        assert "B-3" in driver.screen()
        assert not shows(driver)


async def test_the_review_and_the_meetings_show_nothing_either(secret: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("v", "m")
        for _step in range(7):
            assert not shows(driver), driver.screen()
            await driver.press("tab")
        await driver.press("escape", "escape")
        for key in ("f", "k"):
            await driver.press(key)
            assert not shows(driver), driver.screen()
            await driver.press("enter")
            for _step in range(9):
                assert not shows(driver), driver.screen()
                await driver.press("right")
            await driver.press("escape")


async def test_no_place_and_no_picture_shows_more_than_the_room_may_see(
    workspace: Workspace, drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DB", str(workspace.path))
    every_level.fill(in_process(monkeypatch), tmp_path)
    for level in (0, 1, 2):
        secrets = every_level.secrets_above(level)
        for kind in ("blocker", "priority", "decision"):
            workspace.keep_draft(f"new:{kind}", f"{every_level.WORDS[3]} has it")
        workspace.draw_veil(level)
        async with drive() as driver:
            for place in ("1", "2", "3", "4", "5"):
                await driver.press(place)
                for _pane in range(8 if place == "1" else 2):
                    said = driver.screen() + html.unescape(picture(driver.app))
                    assert not secrets.search(said), (level, place, secrets.findall(said), driver.screen())
                    await driver.press("tab")
            for code in ("B-4", "P-4", "D-4", "PR-4", "CT-4", "RI-4"):
                driver.app.open_code(code)
                await driver.pilot.pause()
                assert not secrets.search(driver.screen()), (level, code, driver.screen())
                if len(driver.app.screen_stack) > 1:
                    await driver.press("escape")
            await nothing_is_said_on_the_way(driver, level)


async def nothing_is_said_on_the_way(driver: Driver, level: int) -> None:
    """In the palette, by finding, in the bar, by undo and redo, in notices and titles."""
    secrets = every_level.secrets_above(level)

    def said() -> str:
        app = driver.app
        notices = [f"{each.title} {each.message}" for each in app._notifications]
        titles = [app.title, app.sub_title, str(app.screen.title), str(app.screen.sub_title)]
        return "\n".join([driver.screen(), app.told, *notices, *titles])

    await driver.press("1")
    for door in ("ctrl+p", "slash"):
        await driver.press(door)
        await driver.type(every_level.WORDS[level + 1][:5])
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        assert not secrets.search(said()), (level, door, said())
        # One opens a screen of its own, the other asks in the bar and leaves the rows sifted.
        while len(driver.app.screen_stack) > 1:
            await driver.press("escape")
        await driver.press("escape", "escape")
    for key in ("b", "n", "d"):
        await driver.press(key)
        assert driver.app.screen.asking  # type: ignore[attr-defined]
        assert not secrets.search(said()), (level, key, said())
        await driver.type("seen")
        await driver.press("escape", key)
        assert "seen" in driver.screen(), "what is typed in the room is offered again"
        await driver.press("ctrl+u", "escape")
    for key in "uuuuUU":
        await driver.press(key)
        assert not secrets.search(said()), (level, key, said())


def in_process(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Commands run in this process, as the tests of the shell run them."""

    def run(*args: str, now: str | None = None) -> Result:
        frozen = ["--now", now] if now else []
        monkeypatch.setattr("sys.argv", ["cockpit", *frozen, "--lang", "en", *args])
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = program.main()
        return Result(code, out.getvalue(), err.getvalue())

    return run
