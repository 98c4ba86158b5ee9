"""From the registry of actions to key bindings and to what the key bar and the help print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import App

from cockpit.locale import _
from cockpit.ui.kit.actions import ANY, IN_LIVE, MODAL, Action

Hint = tuple[str, str, str]
"""A key as printed, a title, and the action that a click runs."""

PRINTED = {
    "slash": "/",
    "question_mark": "?",
    "space": "␣",
    "enter": "⏎",
    "delete": "Del",
    "ctrl+p": "^p",
    "ctrl+q": "^q",
    "ampersand": "&",
    "quotation_mark": '"',
    "left_parenthesis": "(",
    "shift+u": "U",
    "shift+a": "A",
    "shift+l": "L",
    "shift+t": "T",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "apostrophe": "'",
    "comma": ",",
    "asterisk": "*",
    "semicolon": ";",
}


def bind(app: App[None], actions: Iterable[Action]) -> None:
    """Give the app every key of every action."""
    for action in actions:
        if not action.keys:
            continue
        app.bind(",".join(action.keys), f"do({action.id!r})", description=_(action.title), show=False)


def works(action: Action, kinds: frozenset[str]) -> bool:
    """Whether an action applies where the cursor is."""
    if action.scope == ANY and any(kind.startswith(MODAL) for kind in kinds):
        return action.id in IN_LIVE
    return action.scope == ANY or bool(action.scope & kinds)


PINNED = ("blocker.add", "undo", "find", "help")
"""What the key bar shows whatever its width."""


def bar(actions: Sequence[Action], kinds: frozenset[str]) -> tuple[list[Hint], list[Hint]]:
    """What the key bar shows: what works on the item then elsewhere, as many as fit; and what always stands."""
    shown = [action for action in actions if action.shown and works(action, kinds)]
    shown.sort(key=lambda action: action.scope == ANY)
    hints = {
        action.id: (printed(action.keys[0]), _(action.title), f"app.do({action.id!r})") for action in shown
    }
    pinned = [hints.pop(action_id) for action_id in PINNED if action_id in hints]
    return list(hints.values()), pinned


def printed(key: str) -> str:
    """A key as a person reads it."""
    return PRINTED.get(key, key)
