"""The theme and the layout that a person chose on the screen: theirs, and there again at the next start."""

from __future__ import annotations

from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos

_THEME, _LAYOUT, _OWN = "theme", "layout", "layouts"


def theme(workspace: Workspace) -> str:
    """What whoever is at the keyboard chose last, unless the configuration was given another one since."""
    chosen, _end, configured = _kept(workspace, _THEME).partition("\n")
    said = workspace.settings.theme
    return chosen if chosen and configured in ("", said) else said


def keep_theme(workspace: Workspace, name: str) -> None:
    """It is there again at the next start."""
    _keep(workspace, _THEME, f"{name}\n{workspace.settings.theme}")


def layout(workspace: Workspace) -> str:
    """The layout of the cockpit that whoever is at the keyboard chose last; empty when none was."""
    return _kept(workspace, _LAYOUT)


def keep_layout(workspace: Workspace, name: str) -> None:
    """See keep_theme."""
    _keep(workspace, _LAYOUT, name)


def own_layouts(workspace: Workspace) -> dict[str, tuple[int, ...]]:
    """The layouts that this person made, by name: the numbers of their panes."""
    lines = (line.rpartition("\t") for line in _kept(workspace, _OWN).splitlines())
    return {name: tuple(map(int, numbers)) for name, _tab, numbers in lines if numbers.isdigit()}


def keep_own_layout(workspace: Workspace, name: str, numbers: tuple[int, ...]) -> None:
    """Keep a layout of one's own under its name; without a pane it goes."""
    found = {**own_layouts(workspace), name: numbers}
    lines = (f"{name}\t{''.join(map(str, panes))}" for name, panes in found.items() if panes)
    _keep(workspace, _OWN, "\n".join(lines))


def _kept(workspace: Workspace, what: str) -> str:
    return memos.get(workspace.conn, f"{what}:{workspace.actor}") or ""


def _keep(workspace: Workspace, what: str, name: str) -> None:
    if workspace.writes:
        memos.put(workspace.conn, f"{what}:{workspace.actor}", name)
