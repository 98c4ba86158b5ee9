"""Whether an event of an agenda says that somebody is away, and who."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cockpit.domain.text import fold

_LEAVE = re.compile(
    r"\b(?:conges?|vacances|absent\w*|absences?|rtt|ooo|out of (?:the )?office|(?:annual |on )?leave|day off|"
    r"holidays?|off)\b"
)
_NOT = re.compile(
    r"\b(?:demande|planning|point|reunion|valider|poser|solde|bank|public|jours? feries?|kick.?off)\b"
)
"""Words of an event that speaks of leave and is none: a meeting about it, a public holiday."""


def says_away(title: str) -> bool:
    """Whether the title of an event that takes whole days says that somebody is away: `Congés`, `Out of office`."""
    said = fold(title)
    return _LEAVE.search(said) is not None and _NOT.search(said) is None


def whose(title: str, people: Mapping[str, str]) -> str | None:
    """The code of the one person, of code to name, whom the title names by name or first name.

    None when it names nobody, or several people: then it is the owner of the agenda who is away.
    """
    said = f" {' '.join(re.findall(r'[a-z0-9]+', fold(title)))} "
    found = {code for code, name in people.items() if name and f" {_plain(name)} " in said}
    found = found or {
        code for code, name in people.items() if name and f" {_plain(name).partition(' ')[0]} " in said
    }
    return found.pop() if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))
