"""A text that is ready to send."""

from __future__ import annotations

from urllib.parse import quote

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.services.desk.workspace import Workspace


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


def address(workspace: Workspace, code: str) -> str:
    """The e-mail address in the contact of a provider, of its people, or of a person; empty when none is."""
    rows = workspace.conn.execute(
        "SELECT contact FROM provider WHERE code = :code UNION ALL"
        " SELECT contact FROM person WHERE code = :code OR provider = :code",
        {"code": code},
    )
    for row in rows:
        for word in clean(row["contact"] or "").replace(",", " ").replace(";", " ").split():
            if "@" in word.strip("<>") and "." in word.rpartition("@")[2]:
                return word.strip("<>()")
    return ""
