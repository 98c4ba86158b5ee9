"""Rules and hours in words (`mon-fri 11:45`, `monthly last business day 16:00`) in one language or the other."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PAIRS = (
    ("business day", "jour ouvré"), ("every month", "tous les mois"), ("every", "toutes les"),
    ("weeks", "semaines"), ("week", "semaine"), ("monthly", "mensuel"), ("from", "à partir du"),
    ("first", "premier"), ("second", "deuxième"), ("third", "troisième"), ("fourth", "quatrième"),
    ("last", "dernier"), ("closed", "fermé"), ("two", "deux"),
    ("monday", "lundi"), ("tuesday", "mardi"), ("wednesday", "mercredi"), ("thursday", "jeudi"),
    ("friday", "vendredi"), ("saturday", "samedi"), ("sunday", "dimanche"),
    ("mon", "lun"), ("tue", "mar"), ("wed", "mer"), ("thu", "jeu"), ("fri", "ven"), ("sat", "sam"), ("sun", "dim"),
)  # fmt: skip
"""English and French, longer words before those that they begin with."""
_INTO: Mapping[str, Mapping[str, str]] = {
    "fr": dict(_PAIRS),
    "en": {french: english for english, french in _PAIRS},
}


def translated(text: str, language: str) -> str:
    """The same rule or hours with the words of `language`, which reads as the same; other words stay."""
    words = _INTO.get(language, {})
    if not words:
        return text
    found = "|".join(map(re.escape, words))
    return re.sub(rf"\b(?:{found})\b", lambda match: words[match[0].lower()], text, flags=re.IGNORECASE)
