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
    "provider": (
        "fournisseur", "sous-traitant", "éditeur", "supplier", "vendor", "contractor", "prestataire", "employeur",
        "employer", "works at", "works for", "company", "société", "entreprise",
    ),
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
_MAIL = ("e-mail", "email", "mail", "courriel", "adresse mail", "mail address")
_SUPPLIER = ("fournisseur", "prestataire", "supplier", "vendor")
_CARRIES = ("responsable", "référent", "pilote", "porteur", "responsible", "in charge")
_CLEAR: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "contract": {
        "name": ("objet", "objet du contrat", "intitulé", "libellé", "titre", "title", "contrat", "contract"),
        "provider": (*_SUPPLIER, "sous-traitant", "contractor"),
        "reference": ("n° de contrat", "numéro de contrat", "contract number"),
        "starts_on": ("début", "date de début", "date d'effet", "prise d'effet", "start date"),
        "notice": ("délai de préavis", "durée du préavis", "notice period"),
        "renewal": ("tacite reconduction", "reconduction tacite", "automatic renewal"),
    },
    "function": {"owner": _CARRIES},
    "person": {
        "name": (
            "nom complet", "nom et prénom", "prénom et nom", "nom de famille", "full name", "last name", "lastname",
            "surname", "family name",
        ),
        "role": ("fonction", "poste", "métier", "job", "job title"),
        "contact": _MAIL,
    },
    "provider": {
        "name": (*_SUPPLIER, "raison sociale", "société", "entreprise", "company"),
        "contact": (*_MAIL, "interlocuteur"),
    },
    "tool": {
        "name": ("logiciel", "application", "software"),
        "provider": (*_SUPPLIER, "éditeur"),
        "owner": _CARRIES,
    },
}  # fmt: skip
"""Register to field to words that can mean nothing else there: read without being asked about, where no other
column says it better."""
_NAMES = ("nom", "name")
"""What the name of a record is called in every register."""
_LAST_NAMES = frozenset(("nom", "nom de famille", "name", "last name", "lastname", "surname", "family name"))
_FIRST_NAMES = frozenset(("prenom", "prenoms", "first name", "firstname", "given name", "forename"))
ENDS = frozenset((
    "fin", "date de fin", "fin de contrat", "terme", "echeance", "date d echeance", "end", "end date", "expiry",
))  # fmt: skip
"""Headings of the day on which a contract would end by itself: it is no termination, and beside a start it says
how long the first term is."""


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """A heading for matching: without case, accents, punctuation, what is in brackets, mark of a needed field, and
    without the words for "before taxes", in which all is counted.

    Units in brackets are kept, each by one word: `preavis (days)`.
    """
    text = re.sub(r"\([^)]*\)", " ", fold(clean(heading)))
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())
    words = re.sub(r"(?<=.) (?:h ?t|hors taxes?|excl(?:uding)? vat)$", "", words)
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
    if is_end_of_term(keys, register):
        return _("not read: the end of a contract is counted from its start, its term and its renewal")
    others = synonyms(register)
    for bare, units in map(parted, keys):
        short = register_units.without(bare)
        names = (known.get(bare), *others.get(bare, ()), known.get(short), *others.get(short, ()))
        for name in filter(None, names) if units else ():
            field = next((each for each in register.fields if each.name == name), None)
            if field is not None and not register_units.takes(field, units):
                words = _("not read: {field} is counted in {unit}; convert the column, then map it by hand")
                return words.format(field=_(field.label), unit=register_units.in_words(field))
    return ""


def is_end_of_term(keys: Sequence[str], register: Register) -> bool:
    """Whether a heading is of the day on which a contract would end by itself."""
    return register.name == "contract" and any(parted(key)[0] in ENDS for key in keys)


def is_first_name(keys: Sequence[str], register: Register) -> bool:
    """Whether a heading is of the first names of people."""
    return register.name == "person" and any(key in _FIRST_NAMES for key in keys)


def is_last_name(heading: str) -> bool:
    """Whether a heading is of names before which a first name may stand, and not of whole ones."""
    return heading_key(heading) in _LAST_NAMES


def word_key(said: str) -> str:
    """The key of one of our own words for a field, which holds whatever unit a heading has beside it."""
    return parted(heading_key(said))[0]


def own_words(register: Register) -> dict[str, str]:
    """Key of a heading to field, for the words that mean one field of this register alone."""
    words = OWN_WORDS.get(register.name, {})
    return {word_key(word): field for field, said in words.items() for word in said}


def clear_words(register: Register) -> dict[str, str]:
    """Key of a heading to field, for words that mean it where no other column says it better."""
    words = {**_CLEAR.get(register.name, {})}
    own = (*in_each_language(register.singular), *in_each_language(register.title))
    words[register.subject] = (*words.get(register.subject, ()), *_NAMES, *own)
    return {word_key(word): field for field, said in words.items() for word in said}


def synonyms(register: Register) -> dict[str, list[str]]:
    """What others call the fields of a register."""
    found: dict[str, list[str]] = {}
    for field in register.fields:
        for word in () if field.computed else SYNONYMS.get(field.name, ()):
            found.setdefault(word_key(word), []).append(field.name)
    return found
