"""Finds apostrophes that the shell removed from a line: it takes two of them for a quotation.

`l'accès n'est pas ouvert` arrives as the words `laccès nest`, `pas`, `ouvert`: the first argument holds a blank,
and an elision without its apostrophe at each end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cockpit.domain.text import fold

_AFTER: dict[str, str] = {
    "n": "est a ai as avons avez ont y en etait etaient arrive avance avait",
    "c": "est etait etaient",
    "j": "ai avais attends etais arrive appelle",
    "qu": "il ils elle elles on un une est en au aux elles",
    "jusqu": "a au aux en ici",
    "lorsqu": "il elle on un une",
    "puisqu": "il elle on un une",
    "s": "il ils est agit en y etait",
    "aujourd": "hui",
    "d": "un accord abord ici avance apres autre autres acces achat appel avocat eau entree envoi equipe etat"
    " expert heure huissier identite impot informatique inventaire octobre avril aout ouverture urgence usine",
    "l": "acces accord achat acompte adresse affaire agence agent aide analyse annee annonce appel application"
    " argent assistant assistante assurance atelier attestation audit avance avenant avis avocat eau echeance"
    " ecart ecran electricite employe employeur enquete ensemble entree entreprise entretien envoi equipe erreur"
    " espace etat etude exercice expert expertise export facture heure horaire hotel huissier identifiant"
    " immeuble import imprimante impot incident infogerance information infrastructure inspection installation"
    " interim internet intervention inventaire objectif office offre onduleur operation ordinateur organisme"
    " outil ouverture ouvrage ouvrier un une urgence urssaf usine utilisateur",
}
_EATEN = frozenset(head + tail for head, tails in _AFTER.items() for tail in tails.split())
_REAL = frozenset({"lune", "lun", "qua", "den", "sen", "sest", "na", "nas", "lavis"})
"""Words of their own, which no apostrophe was taken from."""
_MARKED = re.compile(r"[@+#>~^<!]|=>|[A-Za-z]{3,7}:")


def eaten(arguments: Sequence[str]) -> tuple[str, ...]:
    """The words of a command line that lost their apostrophe; empty when none seems to have."""
    found: list[str] = []
    for argument in arguments:
        words = argument.split()
        # Apostrophes are eaten in pairs, with what stands between them kept as one argument.
        if len(words) > 1 and not _MARKED.match(argument):
            found += [word for word in words if fold(word).strip(".,;:!?") in _EATEN - _REAL]
    return tuple(found) if len(arguments) > 1 or len(found) > 1 else ()
