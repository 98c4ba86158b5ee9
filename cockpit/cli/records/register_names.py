"""The registers as an argument of a command: by their name, one or many, in either language or by its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

import click
from click.shell_completion import CompletionItem

from cockpit.domain.records.record import Register
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.domain.text import fold
from cockpit.locale import _

_OWN = ("person", "policy", "process", "access", "continuity", "priority")
"""Registers whose plural is not the name and an s."""
PLURALS = {
    "blockers": "blocker",
    "priorities": "priority",
    "people": "person",
    "policies": "policy",
    **{f"{name}s": name for name in ORGANISATION if name not in _OWN},
    "processes": "process",
    "accesses": "access",
    "continuities": "continuity",
}
_USUAL = {
    word: name
    for name, words in {
        "provider": "fournisseur supplier vendor partenaire partner sous-traitant",
        "person": "collaborateur salarie employe employee collegue colleague contact",
        "blocker": "probleme problem issue sujet", "priority": "tache task", "ritual": "reunion meeting",
        "process": "procedure", "access": "habilitation droit", "continuity": "pca bcp", "policy": "sla",
    }.items()
    for one in words.split()
    for word in (one, f"{one}s")
}  # fmt: skip
"""What others call the same, folded: taken whole, never by its beginning."""
ALL = "all"
_ALL_WORDS = frozenset({ALL, "tout", "tous", "toutes"})


class RegisterName(click.ParamType[str]):
    """The name of a register, whatever a person calls it; converted to the name that the program has for it."""

    name = "register"

    def __init__(self, names: Iterable[str] = ORGANISATION, *, takes_all: bool = False) -> None:
        self.names, self.takes_all = tuple(names), takes_all

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The register that `value` names, or `ALL`."""
        if self.takes_all and fold(value) in _ALL_WORDS:
            return ALL
        known = {word: name for word, name in _words().items() if name in self.names}
        wanted = _key(value)
        if wanted in known:
            return known[wanted]
        if (usual := _USUAL.get(wanted)) in self.names:
            return str(usual)
        begun = {name for word, name in known.items() if wanted and word.startswith(wanted)}
        if len(begun) == 1:
            return begun.pop()
        return self.fail(self._refusal(value, begun or _near(wanted, known)), param, ctx)

    def _refusal(self, value: str, near: Iterable[str]) -> str:
        meant = [_(REGISTERS[name].title).lower() for name in near]
        if meant:
            words = _("“{text}” is no register; do you mean: {names}?")
            return words.format(text=value, names=", ".join(meant))
        titles = ", ".join(_(REGISTERS[name].title).lower() for name in self.names)
        return _("“{text}” is no register; they are: {names}").format(text=value, names=titles)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that `incomplete` begins."""
        wanted = _key(incomplete)
        return [
            CompletionItem(w) for w, name in _words().items() if name in self.names and w.startswith(wanted)
        ]


LISTED = ("blocker", "priority", *ORGANISATION)
NAMES = RegisterName(LISTED)
NAMES_OR_ALL = RegisterName(LISTED, takes_all=True)


def named(name: str) -> Register:
    """The register of that name."""
    return REGISTERS[name]


def several(name: str) -> list[Register]:
    """The same, or every register of the organisation."""
    return [REGISTERS[each] for each in ORGANISATION] if name == ALL else [named(name)]


@cache
def _words() -> Mapping[str, str]:
    """What people call each register, its own name first."""
    from cockpit.services.desk.languages import in_each_language

    found = {name: name for name in REGISTERS} | PLURALS
    for register in REGISTERS.values():
        for said in (*in_each_language(register.singular), *in_each_language(register.title)):
            for word in (said, _plural(said)):
                found.setdefault(_key(word), register.name)
    return found


def _plural(said: str) -> str:
    """The words before the first one that keeps its form (`étape de passation`), each with an s."""
    head, *rest = re.split(r"(?= (?:de|sur|du|des|on|a) | d[’'])", said, maxsplit=1)
    many = " ".join(word if word.endswith(("s", "x")) else f"{word}s" for word in head.split())
    return many + "".join(rest)


def _key(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def _near(wanted: str, known: Mapping[str, str]) -> list[str]:
    """The registers whose words are most like `wanted`, best first."""
    return list(dict.fromkeys(known[word] for word in get_close_matches(wanted, known, n=4, cutoff=0.6)))
