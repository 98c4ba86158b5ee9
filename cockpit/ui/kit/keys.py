"""What the key bar shows, and how a key is printed."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.ui.kit.host import Cockpit, Offered, Target
from cockpit.ui.widgets.key_bar import Hint

PRINTED = {
    "slash": "/",
    "question_mark": "?",
    "space": "␣",
    "enter": "⏎",
    "delete": "Del",
    "ctrl+o": "^o",
    "ctrl+p": "^p",
    "ctrl+q": "^q",
    "ampersand": "&",
    "quotation_mark": '"',
    "left_parenthesis": "(",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "apostrophe": "'",
    "underscore": "_",
    "comma": ",",
    "asterisk": "*",
    "semicolon": ";",
}

PINNED = ("blocker.add", "undo", "list.filter", "help")
"""What the key bar shows whatever its width."""


def bar(offered: Sequence[Offered]) -> tuple[list[Hint], list[Hint]]:
    """What the key bar shows: what works on the item then elsewhere, as many as fit; and what always stands."""
    shown = [each for each in offered if each.shown and each.works]
    shown.sort(key=lambda each: (each.everywhere, not each.leads))
    hints = {
        each.id: Hint(printed(each.keys[0]), each.title, f"app.do({each.id!r})", bool(each.why_not))
        for each in shown
        if each.keys
    }
    pinned = [hints.pop(action_id) for action_id in PINNED if action_id in hints]
    return list(hints.values()), pinned


def of(cockpit: Cockpit, action_id: str) -> tuple[str, ...]:
    """The keys of an action, as Textual names them."""
    everything = cockpit.offered(Target(), everything=True)
    return next((each.keys for each in everything if each.id == action_id), ())


def printed(key: str) -> str:
    """A key as a person reads it."""
    if key.startswith("shift+") and len(key) == len("shift+") + 1:
        return key[-1].upper()
    return PRINTED.get(key, key)
