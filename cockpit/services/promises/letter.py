"""A text that is ready to send."""

from __future__ import annotations

from urllib.parse import quote

from cockpit.domain.dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """A text that is ready: to whom (a name, and an address if one is known), its subject and its body."""

    about: str
    """Code of the record."""
    who: str
    address: str
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """The link that opens it in the mail program."""
        return f"mailto:{quote(self.address, safe='@')}?subject={quote(self.subject)}&body={quote(self.body)}"
