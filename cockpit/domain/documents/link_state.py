"""Whether a document is still at its address, by what its server answers, and when to ask again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

LINKED: Mapping[str, str] = {"document": "link", "continuity": "link", "contract": "document"}
"""The registers whose records lead to a document, and the field of each that says where it is."""
MOST_FAILS = 3
"""So many tries in a row without an answer, and a link is dead."""
MONTH, WEEK, DAY = timedelta(days=30), timedelta(days=7), timedelta(days=1)


class LinkState(StrEnum):
    """What is known of an address. Only an answer of its own host says that a document is there."""

    THERE = "there"
    SIGN_IN = "sign_in"
    """Somebody answers and asks who one is: only a person can tell whether the document is there."""
    DEAD = "dead"
    SILENT = "silent"
    """No answer that says anything: tried again."""
    REFUSED = "refused"
    """On the local network, or no address that may be asked."""
    UNCHECKED = "unchecked"


_GONE = frozenset({404, 410})
_SIGN_IN = frozenset({401, 402, 403, 407, 451})
_CANNOT_HEAR = frozenset({"offline"})
"""Failures of our own connection, which say nothing of a document."""


def judge(status: int | None, failure: str, *, elsewhere: bool, fails: int) -> LinkState | None:
    """What one try says: the status of the answer, else the kind of failure (`sources.failure`).

    `elsewhere`: it sends to another host, as what asks for a sign-in does. `fails` tries in a row before this
    one gave no answer. None where nothing can be heard at all.
    """
    if failure in _CANNOT_HEAR:
        return None
    if failure == "refused":
        return LinkState.REFUSED
    if elsewhere or status in _SIGN_IN:
        return LinkState.SIGN_IN
    if status in _GONE:
        return LinkState.DEAD
    if failure == "too_big" or (status is not None and 200 <= status < 400):
        return LinkState.THERE
    return LinkState.DEAD if fails + 1 >= MOST_FAILS else LinkState.SILENT


def is_silence(state: LinkState, status: int | None) -> bool:
    """Whether a try that was judged so had no answer that says anything."""
    return state is LinkState.SILENT or (state is LinkState.DEAD and status not in _GONE)


def again_in(state: LinkState) -> timedelta:
    """How long until it is asked again."""
    return {LinkState.SILENT: DAY, LinkState.DEAD: WEEK}.get(state, MONTH)
