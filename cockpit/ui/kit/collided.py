"""What an answer is told that somebody else overtook."""

from __future__ import annotations

from cockpit.domain.refusal import Refusal
from cockpit.locale import _


class Collided(Refusal):
    """Somebody else wrote the same field while one was typing: what stands there, and the choice."""

    def __str__(self) -> str:
        return _("{what} · ⏎ writes yours over it · esc keeps theirs").format(what=self.args[0])
