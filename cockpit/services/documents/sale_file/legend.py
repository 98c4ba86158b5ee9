"""Which letter or role stands for whom, from issue to issue: kept by identity, so that a new name changes nothing."""

from __future__ import annotations

import json

from cockpit.domain.documents.disclosure import letters
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos
from cockpit.store.transaction import transaction

_MEMO = "sale_file_legend"


class Legend:
    """Letters and roles as they were given out before, and those that this issue adds. One for each issue.

    A code is an identity: whoever is renamed,
    archived or leaves keeps the letter. The order in which letters are
    given follows the document, never the order in which records were made.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._loaded = memos.get(workspace.conn, _MEMO)
        self._letters, self._roles = _read(self._loaded)

    def letter(self, code: str) -> str:
        """The letter of a record; of a name that no record has, that of the name."""
        family, _dash, number = code.partition("-")
        key = code if number.isdigit() else f"PE:{fold(code)}"
        mine = self._letters.setdefault(family if number.isdigit() else "PE", {})
        return letters(mine.setdefault(key, len(mine) + 1))

    def role(self, code: str, role: str) -> str:
        """The role that stands for somebody: the same for nobody else, whoever comes and goes."""
        kept = self._roles.get(code)
        if kept is not None and kept[0] == role:
            return kept[1]
        taken = {label for who, (_role, label) in self._roles.items() if who != code}
        label, n = role, 1
        while label in taken:
            n += 1
            label = _("{role} no. {n}").format(role=role, n=n)
        self._roles[code] = (role, label)
        return label

    def meanings(self) -> tuple[tuple[str, str], ...]:
        """Each kept letter with the code or name that it stands for, by register."""
        return tuple(
            (letters(number), key.removeprefix("PE:"))
            for family in sorted(self._letters)
            for key, number in sorted(self._letters[family].items(), key=lambda pair: pair[1])
        )

    def keep(self) -> None:
        """Keep what this issue added. Raises NotPossible where another issue was written meanwhile."""
        conn = self._workspace.conn
        with transaction(conn):
            if memos.get(conn, _MEMO) != self._loaded:
                raise NotPossible(
                    _("sale file"), _("another issue was written meanwhile: write this one again")
                )
            self._loaded = json.dumps({"letters": self._letters, "roles": self._roles}, ensure_ascii=False)
            memos.put(conn, _MEMO, self._loaded)


def _read(text: str) -> tuple[dict[str, dict[str, int]], dict[str, tuple[str, str]]]:
    try:
        found = json.loads(text or "{}")
        given = {
            str(family): {str(key): int(number) for key, number in mine.items()}
            for family, mine in found.get("letters", {}).items()
        }
        roles = {str(who): (str(role), str(label)) for who, (role, label) in found.get("roles", {}).items()}
    except (ValueError, TypeError, AttributeError):
        return {}, {}
    return given, roles
