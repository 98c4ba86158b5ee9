"""The vocabulary of date phrases: French and English words, translated to one small set of canonical words."""

from __future__ import annotations

import re

from cockpit.domain.text import fold
from cockpit.domain.time.weekdays import NUMBERS, SHORT

_SYNONYMS = {
    "today": "aujourd'hui aujourdhui auj",
    "tomorrow": "demain dem tom",
    "yesterday": "hier",
    "overmorrow": "apres-demain ad",
    "ereyesterday": "avant-hier",
    "morning": "matin matinee",
    "noon": "midi",
    "afternoon": "apres-midi aprem",
    "evening": "soir soiree",
    "today evening": "tonight eod",
    "end": "fin",
    "start": "debut beginning",
    "mid": "mi milieu",
    "end day": "fdj",
    "end week": "eow fds",
    "end month": "eom fdm",
    "end year": "eoy",
    "this": "ce cet cette",
    "next": "prochain prochaine",
    "last": "dernier derniere passe passee",
    "day": "days jour jours journee j",
    "bday": "jo bd",
    "work": "ouvre ouvres business working",
    "week": "weeks semaine semaines sem",
    "month": "months mois",
    "year": "annee year",
    "et": "and",
    "demi": "demie half",
    "quart": "quarter",
    "moins": "",
    "15 day": "quinzaine",
    "14 day": "fortnight",
    "8 day": "huitaine",
    "hour": "hours heure heures",
    "minute": "minutes min mn",
    "in": "dans sous",
    "by": "avant before until jusqu'a",
    "within": "",
    "by le": "jusqu'au",
    "a": "at vers",
    "le": "the au",
    "after": "apres",
    "il": "",
    "y": "",
    "ago": "",
    "en": "",
    "h": "",
    "am": "",
    "pm": "",
    "1": "un une one an",
    "2": "deux two",
    "3": "trois three",
    "4": "quatre four",
    "5": "cinq five",
    "6": "six",
    "7": "sept seven",
    "8": "huit eight",
    "9": "neuf nine",
    "10": "dix ten",
    "12": "douze twelve",
    "15": "quinze fifteen",
    # `mar` is March after a number and Tuesday elsewhere, `sept` September or seven: both stay as they are.
    "m1": "january janvier janv jan",
    "m2": "february feb fevrier fevr fev",
    "m3": "march mars",
    "m4": "april apr avril avr",
    "m5": "may mai",
    "m6": "june jun juin",
    "m7": "july jul juillet juil",
    "m8": "august aug aout",
    "m9": "september sep septembre",
    "m10": "october oct octobre",
    "m11": "november nov novembre",
    "m12": "december dec decembre",
}
_FILLERS = ("de", "du", "des", "d'", "la", "of", "on")
_UNITS = {"j": "day", "jo": "bday", "d": "day", "bd": "bday", "s": "week", "sem": "week", "w": "week"}
_UNITS |= {"mois": "month", "min": "minute", "mn": "minute", "er": "", "st": "", "nd": "", "rd": "", "th": ""}

CANONICAL = (
    {word: word for word in _SYNONYMS if not re.search(r" |[0-9]", word)}
    | {synonym: word for word, synonyms in _SYNONYMS.items() for synonym in synonyms.split()}
    | {name: SHORT[number] for name, number in NUMBERS.items()}
    | dict.fromkeys(_FILLERS, "")
    | {"within": "in"}
    | {"mar": "mar", "sept": "sept", "jusqu'en": "by", "d'ici": "within", "d'annee": "year"}
)
UNSUPPORTED = {"ouvrable", "ouvrables", "franc", "francs", "minuit", "midnight", "suivant", "suivante"}
"""Words that change what a date phrase means in ways we do not read."""


def canonical(word: str) -> str | None:
    """The canonical words that `word` stands for, empty for a filler such as `de`; None when unknown."""
    folded = fold(word).rstrip(".,;")
    known = CANONICAL.get(folded)
    if known is not None:
        return known
    if folded[:2] in ("l'", "d'") and folded[2:] in CANONICAL:
        return CANONICAL[folded[2:]]
    if re.fullmatch(r"[a-z']+(?:-[a-z']+)+", folded):
        parts = [CANONICAL.get(part) for part in folded.split("-")]
        return None if None in parts else " ".join(part for part in parts if part)
    return _number(folded)


def _number(folded: str) -> str | None:
    if quantity := re.fullmatch(r"(\+?)([0-9]{1,4})([a-z]*)", folded):
        sign, digits, unit = quantity.groups()
        lead = "in " if sign else ""
        if unit in _UNITS:
            return f"{lead}{digits} {_UNITS[unit]}".rstrip()
        return f"{lead}{digits}{unit}" if unit in ("", "h", "am", "pm") else None
    if re.fullmatch(r"\+[0-9]{1,3}h[0-9]{2}", folded):
        return f"in {folded[1:]}"
    if iso := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}:[0-9]{2})", folded):
        return f"{iso[1]} {iso[2]}"
    if re.fullmatch(r"[jd]\+[0-9]{1,3}", folded):
        return f"j+{folded[2:]}"
    # Shapes of dates and times; whether they are real ones is for the grammar to say.
    return folded if re.fullmatch(r"[0-9]{1,4}[0-9:/h-]*(?:am|pm)?", folded) else None
