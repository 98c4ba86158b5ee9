"""One registry of actions: each resolves, none takes the key of another, and none loads a screen before its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load
from cockpit.services.settings.fault import ConfigError
from cockpit.ui import registry, routes
from cockpit.ui.app import CockpitApp
from cockpit.ui.kit import keys
from cockpit.ui.kit.kinds import EVERYWHERE, Kind, meet, whole
from cockpit.ui.organisation.views import VIEWS
from tests.places import ROOT

WINGS = sorted(path.parent.name for path in (ROOT / "cockpit" / "ui").glob("*/actions.py"))


def loaded_by(code: str) -> set[str]:
    """The modules that a new interpreter holds after `code`."""
    program = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(json.loads(said.stdout))


def test_every_wing_that_declares_actions_is_in_the_registry() -> None:
    assert sorted([*registry.WINGS, "kit"]) == WINGS


def test_loading_every_action_loads_no_screen_and_no_textual() -> None:
    modules = loaded_by("from cockpit.ui.registry import every\nassert every()")
    assert {f"cockpit.ui.{wing}.actions" for wing in registry.WINGS} <= modules
    assert not {name for name in modules if name.partition(".")[0] in ("textual", "rich")}
    beside = {name for name in modules if name.startswith("cockpit.ui.") and not name.endswith(".actions")}
    packages = {f"cockpit.ui.{wing}" for wing in (*registry.WINGS, "kit")}
    assert beside - packages == {
        "cockpit.ui.registry", "cockpit.ui.kit.kinds", "cockpit.ui.kit.rights", "cockpit.ui.meetings.reasons",
        "cockpit.ui.organisation.views", "cockpit.ui.signals.views",
            "cockpit.ui.kit.named_view",
    }  # fmt: skip


def test_every_action_says_what_it_is_and_has_a_deed() -> None:
    actions = registry.every()
    assert len({action.id for action in actions}) == len(actions)
    for action in actions:
        assert action.title, action.id
        assert action.help, action.id
        assert action.on, action.id
        assert callable(action.deed), action.id
        # What the key bar shows has a key to show.
        assert action.keys or not action.shown, action.id


def test_no_key_means_two_things_on_one_row() -> None:
    assert list(registry.clashes(registry.every())) == []


def test_kinds_that_never_meet_may_share_a_key() -> None:
    assert not meet(frozenset({Kind.NEWS}), frozenset({Kind.LIVE_RUNNING}))
    assert meet(EVERYWHERE, frozenset({Kind.NEWS}))
    # A meeting that is led keeps the keys for itself.
    assert not meet(EVERYWHERE, frozenset({Kind.LIVE_RUNNING}))
    assert whole({Kind.LIVE_AFTER}) == {Kind.LIVE_AFTER, Kind.MODAL}
    assert whole({Kind.NEWS}) == {Kind.NEWS, Kind.PLACE}


@pytest.mark.parametrize("where", [*routes.ROUTES.values(), *(view.where for view in VIEWS.values())])
def test_every_page_and_view_is_where_it_is_said_to_be(where: str) -> None:
    assert isinstance(routes.page(where), type)


def with_keys(tmp_path: Path, *lines: str) -> ConfigError | dict[str, tuple[str, ...]]:
    """The keys of each action as a configuration of these lines gives them, or what is wrong in it."""
    path = tmp_path / "config.toml"
    path.write_text("\n".join(('me = "Claire"', "", "[keys]", *lines)), encoding="utf-8")
    try:
        return {each.id: each.keys for each in registry.with_keys(load.load(path).keys, path)}
    except ConfigError as error:
        return error


def test_keys_of_the_configuration_take_the_place_of_those_declared(tmp_path: Path) -> None:
    chosen = with_keys(
        tmp_path, '"work.done" = "f14, X"', '"blocker.add" = "x"', '"provider.acknowledge" = "f11"'
    )
    assert isinstance(chosen, registry.KeyClash), "x refuses a statement, among others"
    chosen = with_keys(tmp_path, '"work.done" = "f14, X"')
    assert isinstance(chosen, dict)
    assert chosen["work.done"] == ("f14", "X")
    assert chosen["work.snooze"] == ("r",)


@pytest.mark.parametrize(
    ("lines", "kind", "line", "said"),
    [
        (['"work.done" = "x"', '"work.doen" = "y"'], registry.UnknownAction, 5, "“work.doen”"),
        (['"work.done" = "r"'], registry.KeyClash, 4, "“r” is given to work.snooze and to work.done"),
        (['"work.next" = "tab"'], registry.KeyClash, 4, "“tab” is given to moving between rows and panes"),
        (['"find" = "b"'], registry.KeyClash, 4, "“b” is given to blocker.add and to find"),
    ],
)
def test_what_is_wrong_with_keys_is_said_with_its_line(
    tmp_path: Path, lines: list[str], kind: type[ConfigError], line: int, said: str
) -> None:
    locale.use("en")
    error = with_keys(tmp_path, *lines)
    assert isinstance(error, kind)
    assert f"config.toml:{line} [keys." in str(error)
    assert said in str(error)


async def test_a_key_that_is_off_is_dimmed_explained_and_says_why(workspace: Workspace) -> None:
    locale.use("en")
    app = CockpitApp(workspace)
    async with app.run_test(size=(150, 60)) as pilot:
        await pilot.pause()
        offered = {each.id: each for each in app.offered(app.screen.target())}  # type: ignore[attr-defined]
        assert offered["undo"].why_not == "nothing to undo"
        assert offered["blocker.add"].why_not == ""
        await pilot.press("u")
        await pilot.pause()
        assert app.told == "nothing to undo"
        await pilot.press("question_mark")
        shown = ""
        for _page in range(3):
            await pilot.pause()
            lines = app.screen._compositor.render_strips()
            shown += "\n".join("".join(segment.text for segment in line) for line in lines)
            await pilot.press("pagedown")
        assert "nothing to undo · Take back the last change" in shown
        await pilot.press("escape", "b", *"VPN", "enter", "tab")
        await pilot.pause()
        offered = {each.id: each for each in app.offered(app.screen.target())}  # type: ignore[attr-defined]
        assert offered["undo"].why_not == ""
        assert offered["clock.remind"].why_not == "B-1: it waits for nobody: say first for whom"
        hints, _pinned = keys.bar(list(offered.values()))
        assert {hint.title: hint.off for hint in hints}["remind"]
        assert not {hint.title: hint.off for hint in hints}["done"]
