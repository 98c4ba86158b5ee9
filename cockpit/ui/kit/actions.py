"""An action: what a key does, declared beside its deed. Bindings, key bar, palette and help read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from cockpit.domain.dataclasses import dataclass
from cockpit.ui.kit.kinds import EVERYWHERE, WHOLE, Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

Deed = Callable[["Cockpit", "Place"], None]
"""What an action does, on what the cursor is on. May raise a refusal, which is told."""
WhyNot = Callable[["Cockpit", "Target"], str]
"""Why an action is off on this target now, in one sentence; empty when it works.

It is asked at each movement of the cursor: it looks at the target and the snapshot, never at the database.
"""
Named = TypeVar("Named", bound=Deed)
Part = TypeVar("Part")


def always(_cockpit: Cockpit, _target: Target) -> str:
    """The `why_not` of an action that is never off."""
    return ""


@dataclass(frozen=True)
class Action:
    """One thing a person can do by a key."""

    id: str
    title: str
    """Two words at most: it stands in the key bar."""
    help: str
    keys: tuple[str, ...]
    """Textual key names; the first is the one shown. Without one it is found in the palette."""
    on: frozenset[Kind]
    """Works where the cursor is on one of these."""
    deed: Deed
    why_not: WhyNot = always
    shown: bool = True
    """In the key bar, where it applies."""
    leads: bool = False
    """Before the others in the key bar: what one does most on such a row."""
    several: bool = False
    """Whether it is done to all the rows that are selected, as one change."""

    chooses: bool = False
    """Whether it only chooses rows, and does nothing to them."""

    @property
    def on_row(self) -> bool:
        """Whether it is done to a row, not to the place or to a whole list."""
        return not self.chooses and not self.on & WHOLE

    def works(self, kinds: frozenset[Kind]) -> bool:
        """Whether it applies to a target of these kinds, which are whole."""
        return bool(self.on & kinds)


class Actions:
    """The actions of one file, in the order in which the key bar and the help show them."""

    def __init__(self) -> None:
        self.all: list[Action] = []

    def __call__(
        self,
        id: str,
        keys: str = "",
        *,
        title: str,
        help: str,
        on: Iterable[Kind] = EVERYWHERE,
        why_not: WhyNot = always,
        shown: bool = True,
        leads: bool = False,
        several: bool = False,
        chooses: bool = False,
    ) -> Callable[[Named], Named]:
        """Declare the deed below as an action; `keys` are Textual key names, separated by commas."""

        def keep(deed: Named) -> Named:
            self.all.append(
                Action(
                    id, title, help, split(keys), frozenset(on), deed, why_not, shown, leads, several, chooses
                )
            )
            return deed

        return keep


def on_part(find: Callable[[Place], Part | None]) -> Callable[[Callable[[Part], None]], Deed]:
    """For deeds on a part of a place, such as a table: found when the key is pressed, else nothing is done."""

    def of(deed: Callable[[Part], None]) -> Deed:
        def run(_cockpit: Cockpit, place: Place) -> None:
            part = find(place)
            if part is not None:
                deed(part)

        return run

    return of


def split(keys: str) -> tuple[str, ...]:
    """`x, shift+x` as keys."""
    return tuple(key.strip() for key in keys.split(",") if key.strip())
