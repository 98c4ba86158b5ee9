"""Every action of the screen, wing by wing, with the keys that a person chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from cockpit.domain.dataclasses import replace
from cockpit.locale import N_, _
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.lines import line_of
from cockpit.ui.kit.actions import Action, Actions, split
from cockpit.ui.kit.kinds import meet

WINGS: Mapping[str, str] = {
    "work": N_("Blockers, priorities, decisions"),
    "approvals": N_("Approvals"),
    "morning": N_("The morning review"),
    "promises": N_("Promises of service"),
    "meetings": N_("Rituals and live meetings"),
    "alerts": N_("Alerts"),
    "providers": N_("Providers"),
    "messages": N_("What comes in and goes out"),
    "records": N_("Records and tables"),
    "spreadsheets": N_("Spreadsheets"),
    "audits": N_("Audits and handovers"),
    "organisation": N_("The organisation"),
    "signals": N_("Signals"),
    "figures": N_("Figures and goals"),
    "costs": N_("Costs"),
    "documents": N_("Documents"),
    "week": N_("The week"),
    "beginning": N_("The first hour"),
    "cockpit": N_("The cockpit"),
    "everywhere": N_("Everywhere"),
    "lists": N_("In any list"),
    "settings": N_("Settings"),
}
"""The wings that have actions, in the order in which the key bar and the help show them, each by its job."""
RESERVED = frozenset(
    {
        "tab", "shift+tab", "enter", "escape", "up", "down", "left", "right", "home", "end", "pageup",
        "pagedown",
    }
)  # fmt: skip
"""Keys that move; no configuration may give them to an action."""


class UnknownAction(ConfigError):
    """The configuration gives keys to an action that there is not."""


class KeyClash(ConfigError):
    """The configuration gives one key to two actions that can meet, or to one what moves the cursor."""


def every() -> tuple[Action, ...]:
    """All of them. This loads no screen: a deed imports what it opens."""
    return tuple(action for wing in WINGS for action in _of(wing).all)


def jobs() -> Mapping[str, str]:
    """By the id of each action, what it belongs to, in the person's language."""
    return {action.id: _(title) for wing, title in WINGS.items() for action in _of(wing).all}


def with_keys(remapped: Mapping[str, str], path: Path) -> tuple[Action, ...]:
    """All of them, with the keys of the configuration at `path` (`id = "key, key"`).

    Raises UnknownAction and KeyClash, which name the file and the line.
    """
    actions = every()
    if not remapped:
        return actions
    known = {action.id for action in actions}
    for action_id, keys in remapped.items():
        if action_id not in known:
            raise UnknownAction(
                path, line_of(path, "keys", action_id), f"keys.{action_id}",
                _("there is no action “{name}”").format(name=action_id), _("the help (?) lists them all"),
            )  # fmt: skip
        for key in RESERVED.intersection(split(keys)):
            raise _clash(path, key, _("moving between rows and panes"), action_id)
    chosen = tuple(
        replace(action, keys=split(remapped[action.id])) if action.id in remapped else action
        for action in actions
    )
    for key, one, other in clashes(chosen):
        first, last = (one, other) if other.id in remapped else (other, one)
        raise _clash(path, key, first.id, last.id)
    return chosen


def _clash(path: Path, key: str, one: str, other: str) -> KeyClash:
    return KeyClash(
        path, line_of(path, "keys", other), f"keys.{other}",
        _("“{key}” is given to {one} and to {other}").format(key=key, one=one, other=other),
        _("give one of them another key"),
    )  # fmt: skip


def clashes(actions: Sequence[Action]) -> Iterable[tuple[str, Action, Action]]:
    """Each key that two actions would answer to on one row."""
    taken: list[tuple[str, Action]] = []
    for action in actions:
        for key in action.keys:
            for other_key, other in taken:
                if key == other_key and other.id != action.id and meet(action.on, other.on):
                    yield key, other, action
            taken.append((key, action))


def _of(wing: str) -> Actions:
    found: Actions = import_module(f"cockpit.ui.{wing}.actions").here
    return found
