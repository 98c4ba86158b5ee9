"""Words that people write over columns: how they are compared, and what others than us call a field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cockpit.domain.records.record import Register
from cockpit.domain.text import clean, fold
from cockpit.locale import _
from cockpit.services.desk.languages import in_each_language
from cockpit.services.spreadsheets import units as register_units

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "intitulé", "libellé", "désignation", "dénomination", "raison sociale", "objet", "titre", "title",
        "label", "subject", "nom complet", "nom et prénom", "full name", "company", "société",
    ),
    "provider": ("fournisseur", "sous-traitant", "éditeur", "supplier", "vendor", "contractor", "prestataire"),
    "contact": ("e-mail", "mail", "courriel", "email", "téléphone", "phone", "adresse mail", "interlocuteur"),
    "owner": ("responsable", "porteur", "pilote", "référent", "en charge", "in charge", "responsible"),
    "holder": ("utilisateur", "bénéficiaire", "user", "détenteur"),
    "figure": ("chiffre", "indicateur", "kpi", "metric", "indicator"),
    "value": ("valeur", "montant", "réel", "amount", "actual"),
    "function": ("service", "domaine", "département", "department", "fonction"),
    "functions": ("services", "fonction", "fonctions concernées", "périmètre"),
    "due": ("échéance", "date limite", "pour le", "deadline", "due date", "à faire avant"),
    "starts_on": ("date de début", "début", "date d'effet", "prise d'effet", "depuis", "start date", "signature"),
    "ends_on": ("date de fin", "fin", "échéance", "terme", "end date", "end"),
    "amount": ("montant annuel", "montant", "prix", "tarif", "coût", "coût annuel", "price", "cost", "budget"),
    "yearly_cost": ("coût", "montant", "prix", "abonnement", "price", "cost"),
    "baseline_cost": ("coût", "coût annuel", "budget", "cost"),
    "notice": ("délai de préavis", "notice period", "durée du préavis", "notice_months"),
    "initial_months": ("durée", "durée (mois)", "durée initiale", "engagement", "term", "duration"),
    "renewal": ("reconduction", "tacite reconduction", "renouvellement"),
    "reference": ("n° de contrat", "numéro", "réf", "ref", "contract number"),
    "recovery_hours": ("rto", "délai de reprise", "reprise", "dmia"),
    "criticality": ("importance", "niveau de criticité", "priorité"),
    "review_due": ("prochaine revue", "revue", "next review"),
    "level": ("droits", "profil", "rôle", "rights", "role"),
    "month": ("date", "période", "period"),
    "kind": ("type", "nature", "catégorie", "category"),
    "link": ("url", "adresse", "chemin", "path"),
    "document": ("lien", "url", "link"),
    "backup": ("suppléant", "remplaçant", "binôme", "deputy"),
}  # fmt: skip
"""Field to words that others use for it; the fields of a register are tried in its own order."""
_OF_WORK: Mapping[str, tuple[str, ...]] = {
    "waiting_on": (
        "prestataire", "prestataires", "fournisseur", "partenaire", "attend", "attend qui", "on attend", "qui bloque",
        "bloqué par", "provider", "supplier", "vendor", "waiting for", "waits for", "blocked by",
    ),
    "function": ("service", "domaine", "département", "department", "fonctions"),
    "owner": (
        "porteur", "pilote", "référent", "qui", "en charge", "assigné à", "responsible", "in charge", "who", "assignee",
        "assigned to",
    ),
    "severity": (
        "sévérité", "urgence", "criticité", "importance", "niveau", "niveau de gravité", "urgency", "criticality",
    ),
    "status": ("état", "avancement", "state"),
    "due": (
        "pour le", "pour quand", "date limite", "date d'échéance", "à faire avant", "avant le", "deadline", "due date",
        "due on", "due by",
    ),
    "next_step": ("prochaine étape", "prochaine action", "à faire", "suite", "next action", "next", "to do"),
    "note": (
        "notes", "commentaire", "commentaires", "remarque", "remarques", "détail", "détails", "description",
        "comment", "comments", "remarks", "details",
    ),
    "tags": ("mots clés", "mot clé", "étiquette", "tag", "keywords", "labels"),
}  # fmt: skip
OWN_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "blocker": {
        **_OF_WORK,
        "title": (
            "blocage", "blocages", "sujet", "objet", "intitulé", "libellé", "problème", "point bloquant", "blocker",
            "subject", "issue", "problem", "what",
        ),
        "since": ("depuis le", "depuis quand", "ouvert le", "signalé le", "date d'ouverture", "opened", "opened on"),
        "severity": (*_OF_WORK["severity"], "priorité", "priority"),
        "next_step": (*_OF_WORK["next_step"], "action", "actions"),
    },
    "priority": {
        **_OF_WORK,
        "title": ("sujet", "objet", "intitulé", "libellé", "tâche", "action", "subject", "task", "what"),
        "day": ("jour", "jour choisi", "chosen for"),
    },
}  # fmt: skip
"""Register to field to what people call it in a list of what they have to do, where that means nothing else: read
without being asked about, unlike SYNONYMS."""
ENDS = frozenset((
    "fin", "date de fin", "fin de contrat", "terme", "echeance", "date d echeance", "end", "end date", "expiry",
))  # fmt: skip
"""Headings of the day on which a contract would end by itself: no field holds it, and it is no termination."""


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """A heading for matching: without case, accents, punctuation, what is in brackets, mark of a needed field.

    Units in brackets are kept, each by one word: `preavis (days)`.
    """
    text = re.sub(r"\([^)]*\)", " ", fold(clean(heading)))
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())
    units = register_units.named(heading)
    return f"{words} ({units})" if words and units else words


def parted(key: str) -> tuple[str, str]:
    """A heading's key without the units in it, and those units."""
    words, _bracket, units = key.partition(" (")
    return words, units.rstrip(")")


def field_of(words: Mapping[str, str], key: str, register: Register) -> str | None:
    """Where these words say that a heading goes: as it stands, or without units that the field takes."""
    if key in words:
        return words[key]
    bare, units = parted(key)
    field = words.get(bare) if units else None
    if field is None:
        return None
    declared = next((each for each in register.fields if each.name == field), None)
    return None if declared is not None and not register_units.takes(declared, units) else field


def why_unread(keys: Sequence[str], known: Mapping[str, str], register: Register) -> str:
    """Why a heading that looks like a field's is not read, and the way out; empty when it does not."""
    if register.name == "contract" and any(parted(key)[0] in ENDS for key in keys):
        return _("not read: the end of a contract is counted from its start, its term and its renewal")
    others = synonyms(register)
    for bare, units in map(parted, keys):
        for name in filter(None, (known.get(bare), *others.get(bare, ()))) if units else ():
            field = next((each for each in register.fields if each.name == name), None)
            if field is not None and not register_units.takes(field, units):
                words = _("not read: {field} is counted in {unit}; convert the column, then map it by hand")
                return words.format(field=_(field.label), unit=register_units.in_words(field))
    return ""


def own_words(register: Register) -> dict[str, str]:
    """Key of a heading to field, for the words that mean one field of this register alone."""
    words = OWN_WORDS.get(register.name, {})
    return {heading_key(word): field for field, said in words.items() for word in said}


def synonyms(register: Register) -> dict[str, list[str]]:
    """What others call the fields of a register; its own name stands for the field that names a record."""
    found: dict[str, list[str]] = {}
    own = (*in_each_language(register.singular), *in_each_language(register.title))
    for field in register.fields:
        words = SYNONYMS.get(field.name, ()) + (own if field.name == register.subject else ())
        for word in () if field.computed else words:
            found.setdefault(heading_key(word), []).append(field.name)
    return found
