"""What parts of the screen tell one another, in the past tense."""

from __future__ import annotations

from textual.message import Message

from cockpit.domain.dataclasses import dataclass


@dataclass
class SyncMoved(Message):
    """The background sync began, read one more source, or ended."""

    running: bool
    line: str = ""
    failed: bool = False
