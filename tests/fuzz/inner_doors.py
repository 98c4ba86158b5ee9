"""More doors: answers to requests, marks, filters, what is kept in pages, the configuration and its settings."""

from __future__ import annotations

import random
import tempfile
import tomllib
from functools import cache
from pathlib import Path

from cockpit.domain.approvals import replies
from cockpit.domain.configuration import SECTIONS
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Settings
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.manual import pages
from cockpit.services.organisation import feedback
from cockpit.services.settings import change, checks, sections, values
from cockpit.services.settings.fault import ConfigError
from cockpit.services.work import filtering
from tests.fuzz.doors import NOW, SIGNS, Door, damaged
from tests.services.settings.test_config import WHOLE

# Answers to a request.

_TOKEN = "AP-12-ABCDEFGHIJ"
_ANSWERS = (
    "oui", "Oui, d'accord", "non : trop cher", "question: et la TVA ?", "Bonjour,", "I approve", "refusé",
    f"Re: [{_TOKEN}] Contrat", _TOKEN, "[AP-1-ABCDEFGHIJ]", "> oui", "Le lun. 23 nov. Claire a écrit :",
    "On Monday Claire wrote:", "-- ", "Cordialement", "Jean", "----- Message d'origine -----", "De : Claire",
    "________________", "PS: non", "yes", "", "oui mais non",
)  # fmt: skip


def _reply(chance: random.Random) -> tuple[str, str]:
    lines = [chance.choice(_ANSWERS) for _line in range(chance.randrange(9))]
    return damaged(chance, chance.choice(_ANSWERS)), damaged(chance, "\n".join(lines))


def _read_reply(given: tuple[str, str]) -> str:
    title, body = given
    named = replies.token_in(title, body)
    said = replies.read_reply(title, body)
    if named is not None and "-".join(named) not in f"{title}\n{body}".upper():
        return f"a token that nobody wrote: {named}"
    signs = iter(f"{title}{body}")
    # In their order, and no other: the reference is left out, and what is quoted.
    added = "".join(sign for sign in said.words if not sign.isspace() and sign not in signs)
    return f"added: {added!r}" if added else ""


# Marks on an interface.


def _mark(chance: random.Random) -> str:
    line = chance.choice(
        ("4 // why", "them 3 // why", "eux 2/5 // tard", "5", "them", "6", "0 // x", "dehors 1 / 5")
    )
    return damaged(chance, line)


def _read_mark(text: str) -> str:
    said = feedback.understand(text)
    return "" if 1 <= said.mark <= 5 else f"a mark of {said.mark}"


# Filters of a list.

_ASKED = (
    "@Silae", "+rh", "p1", "owner:Sophie", "qui:Sophie", "due:demain", "pour:vendredi", "#x", "VPN", "down", ":", "@",
    "p9", "conf:3", "sla:4h", "=>", "//", '"', "waiting:", "pour:31/02",
)  # fmt: skip


def _filter(chance: random.Random) -> str:
    line = " ".join(chance.choice(_ASKED) for _word in range(chance.randrange(6)))
    return damaged(chance, line)


@cache
def _cockpit() -> Workspace:
    folder = tempfile.mkdtemp(prefix="fuzz-")
    workspace = Workspace.open(Path(folder, "cockpit.db"), Settings(), lambda: NOW)
    for name in ("Silae", "Paie+"):
        workspace.add(REGISTERS["provider"], {"name": name})
    workspace.add(REGISTERS["person"], {"name": "Sophie Martin"})
    workspace.add(REGISTERS["blocker"], {"title": "VPN down", "owner": "PE-1", "tags": ("x",), "since": NOW})
    return workspace


def _read_filter(line: str) -> str:
    wanted = filtering.understood(_cockpit(), line)
    for record in _cockpit().select(REGISTERS["blocker"].type, "blocker"):
        wanted.fits(record, "VPN down\nSophie")
    return ""


# What people write in a page of the manual.

_NOTES = (
    "Clé chez Anne",
    "- un\n- deux",
    "# Titre",
    "<b>gras</b>",
    "`code`",
    "<!-- -->",
    "| a | b |",
    "[x](y)",
)


def _page(chance: random.Random) -> tuple[str, str]:
    notes = damaged(chance, "\n".join(chance.choice(_NOTES) for _line in range(chance.randrange(5))))
    return notes, damaged(
        chance, pages.ManualFile("FN-1", "fn-1.md", "# Paie\n\nTexte\n\n", "\n*fin*").text(notes)
    )


def _read_page(given: tuple[str, str]) -> str:
    notes, page = given
    pages.read(page)
    found = pages.read(pages.ManualFile("FN-1", "fn-1.md", "# Paie\n\n", "\n*fin*").text(notes))
    if found is None:
        return "a page of ours that is not known again"
    # A page whose notes hold the marks themselves is put aside whole: it is none of ours any more.
    kept = notes.replace("\r\n", "\n").strip()
    return "" if found.notes == kept or not found.is_ours else f"{notes!r} read as {found.notes!r}"


# The configuration, and one setting of it.


def _config(chance: random.Random) -> str:
    return damaged(chance, WHOLE)


def _read_config(text: str) -> str:
    sections.parse(text, Path("config.toml"))
    return ""


_TYPED = (
    "fr", "08:30", "yes", "oui", "3", "-1", "1e9", "1.5", "Europe/Paris", "a, b", "", "-", "~/drop", "env:SLACK",
    "https://a.test", "20:00-07:30", '"', "'''", "\\", "#", "[x]", "a = 1", "dark", "2026-12-24",
)  # fmt: skip


@cache
def _places() -> tuple[change.SettingPlace, ...]:
    found = []
    for section in SECTIONS:
        for field in values.settable(section):
            entry = {"agenda": "mon-agenda", "status": "slack", "channel": "team"}.get(section.name, "x")
            found.append(
                change.SettingPlace(
                    section=section.name, entry=entry if section.is_list else "", key=field.name
                )
            )
    return tuple(found)


def _setting(chance: random.Random) -> tuple[change.SettingPlace, str]:
    typed = chance.choice(_TYPED) + (chance.choice(SIGNS) if chance.random() < 0.4 else "")
    return chance.choice(_places()), damaged(chance, typed)


def _read_setting(given: tuple[change.SettingPlace, str]) -> str:
    place, typed = given
    value = values.read(place, typed)
    raw = tomllib.loads(WHOLE)
    written = change.rewritten(WHOLE, raw, change.SetValue(place=place, value=value))
    if written is None:
        return f"{place} cannot be given {value!r}"
    says = tomllib.loads(written)
    # An entry is called by its name: with another one it stands elsewhere.
    if place.key != "name" and change.value_at(says, place) != value:
        return f"{place}: {value!r} reads as {change.value_at(says, place)!r}"
    sections.parse(written, Path("config.toml"))
    return ""


INNER_DOORS = {
    "reply": Door(_reply, _read_reply),
    "mark": Door(_mark, _read_mark, (forms.WrongValue,)),
    "filter": Door(_filter, _read_filter, (ValueError,), 0.5),
    "notes": Door(_page, _read_page),
    "config": Door(_config, _read_config, (ConfigError,), 0.3),
    "setting": Door(_setting, _read_setting, (checks.Wrong, change.NoSuchEntry, ConfigError), 0.3),
}
