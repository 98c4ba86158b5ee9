"""What other people's spreadsheets say where a field takes one of a few words: all folded, without accents or case."""

from __future__ import annotations

from collections.abc import Mapping

_ENDED = ("termine", "terminee", "clos", "close", "cloture", "cloturee", "fini", "finie", "traite", "traitee", "ok",
          "closed", "finished", "completed", "complete")  # fmt: skip
_GIVEN_UP = ("annule", "annulee", "rejete", "rejetee", "sans suite", "cancelled", "canceled", "rejected")
OTHERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "renewal": {
        "tacit": ("oui", "yes", "tacite", "auto", "automatic"),
        "express": ("expresse", "explicite", "explicit"),
        "none": ("non", "no", "sans", "aucune"),
    },
    "severity": {
        "p1": ("1", "urgent", "urgente", "tres urgent", "tres haute", "bloquant", "bloquante", "immediat", "highest"),
        "p2": ("2", "haut", "haute", "elevee", "important", "importante", "majeur", "majeure", "major"),
        "p3": ("3", "moyenne", "normal", "normale", "modere", "moderee"),
        "p4": ("4", "bas", "basse", "mineur", "mineure", "minor", "lowest"),
    },
    "status": {
        "open": ("ouvert", "ouverte", "a faire", "a traiter", "nouveau", "nouvelle", "actif", "new", "to do", "todo",
                 "in progress", "ongoing", "active"),
        "waiting": ("attend", "attente", "bloque", "suspendu", "on hold", "blocked", "pending"),
        "to_decide": ("a arbitrer", "a decider", "to decide"),
        "solved": ("resolue", "regle", "reglee", "fait", "done", "fixed", "resolved", *_ENDED),
        "refused": ("refusee", *_GIVEN_UP),
        "delegated": ("deleguee",),
        "done": ("faite", "realise", "realisee", *_ENDED),
        "dropped": ("abandonnee", *_GIVEN_UP),
    },
}  # fmt: skip
"""Field to token to words; a token that a register does not have counts for nothing there."""
NUMBERS: Mapping[str, Mapping[str, int]] = {
    "criticality": {
        word: number
        for number, words in (
            (4, "vital vitale critique critical maximale maximal"),
            (3, "fort forte haut haute eleve elevee important importante high major majeure"),
            (2, "moyen moyenne normal normale medium moderate moderee"),
            (1, "faible bas basse mineure low minor"),
        )
        for word in words.split()
    },
}
"""Field counted from 1 to 4 to the words that lists say it by."""
