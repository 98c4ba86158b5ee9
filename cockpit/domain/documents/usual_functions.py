"""Names of functions that any company may have: told before a promise of secrecy, since they betray nobody."""

from __future__ import annotations

import re

from cockpit.domain.text import fold

_USUAL = frozenset(
    re.findall(
        r"\w+",
        """
    accueil achats adherents administration administratif administrative adv amelioration apres
    approvisionnement approvisionnements assistanat assistance atelier bureau caisse chantier chantiers client
    clients clientele commerce commercial commerciale communication comptabilite comptable conception conformite
    continue controle courrier credit cybersecurite decisionnel deploiement developpement digital direction
    distribution documentation donnees durable editorial entrepot environnement etudes expedition export
    exploitation fabrication facturation finance finances financier financiere flotte formation fournisseurs
    general generale generaux gestion gouvernance hse humaines hygiene immobilier industrialisation informatique
    information informations infrastructure innovation installation interne internet international juridique
    laboratoire legal litiges livraison logistique magasin maintenance marketing methodes moyens notes numerique
    office operations ordonnancement organisation paie parc partenariats pilotage planification pose
    preparation prevention production produit produits projet projets qhse qse qualite reception recherche
    recouvrement recrutement regie relation relations reseau reseaux ressources rh risques sante sav secretariat
    securite service services site social sociale standard stock stocks strategie support systeme systemes
    technique techniques telephonie travaux transport transports tresorerie vente ventes web
    accounting and brand business cash collection communications compliance control controlling customer
    customers data delivery design digitalisation engineering executive facilities finances financial fleet
    fulfilment general governance health hr human information infrastructure innovation legal logistics
    management manufacturing operational operations payroll planning procurement product products project
    projects purchasing quality relations research resources risk safety sales security shipping steering
    strategy success supply support system systems tax technical technology training treasury warehouse workshop
    it r d et de des du la le les l a au aux en un une of the for to ou or
    """,
    )
)


def is_usual(name: str) -> bool:
    """Whether every word of a function's name is one that many companies use."""
    words = re.findall(r"[^\W\d_]+", fold(name))
    return bool(words) and not re.search(r"\d", name) and all(word in _USUAL for word in words)
