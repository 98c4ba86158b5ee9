"""How the lines of a column are shared among its panes: each by what it holds, what lacks by what matters least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TITLE = 1
"""The line of a pane's title: it stays whatever is folded."""


def shared(
    room: int, wants: Mapping[str, int], turns: Sequence[tuple[str, int]], step: Mapping[str, int]
) -> dict[str, int]:
    """The height of each pane, title included, in a column of `room` lines.

    `wants` says how many lines each would take, in the order of the column. Every pane keeps its title as long
    as there are lines; `turns` then gives out what is left, a pane and up to how many rows each, in their order
    (0: all that it wants). Rows of a pane take `step` lines, and none is cut in two.
    """
    given = dict.fromkeys(wants, 0)
    left = room - TITLE * len(given)
    for name, rows in turns:
        if name not in given or left <= 0:
            continue
        each = step.get(name, 1)
        most = min(wants[name], rows * each) if rows else wants[name]
        more = min(most - given[name], left - left % each)
        if more > 0:
            given[name] += more
            left -= more
    heights: dict[str, int] = {}
    for name, lines in given.items():
        heights[name] = min(lines + TITLE, max(0, room - sum(heights.values())))
    return heights
