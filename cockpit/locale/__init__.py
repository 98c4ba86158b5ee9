"""What a person reads, in their language: gettext over the catalogues beside this file.

Source strings are English; the French catalogue is complete (a test holds it). A catalogue that is missing or
damaged leaves the program in English.
"""

from __future__ import annotations

import os
from pathlib import Path

from cockpit.locale.compiled import Catalogue

DOMAIN = "cockpit"
LANGUAGES = ("fr", "en")
DEFAULT = "fr"

_translations = Catalogue()
_language = "en"
_asked = False


def N_(message: str) -> str:
    """Mark a string for the catalogues without translating it yet."""
    return message


def NC_(context: str, message: str) -> tuple[str, str]:
    """Mark a string and its context for the catalogues; `pgettext(*marked)` translates it."""
    return context, message


def _(message: str) -> str:
    """The message in the current language; the source string when it has no translation."""
    return _translations.gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message that fits `n`, in the current language."""
    return _translations.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message in the current language where its words alone have several meanings: `context` says which."""
    return _translations.pgettext(context, message)


def catalogue(language: str) -> Catalogue:
    """The messages of one of LANGUAGES; English has none, its messages are those of the sources."""
    return Catalogue.read(Path(__file__).parent / language / "LC_MESSAGES" / f"{DOMAIN}.mo")


def use(language: str) -> None:
    """Switch every later message to `language`: one of LANGUAGES, others fall back to DEFAULT."""
    global _translations, _language  # noqa: PLW0603 - one language a process, as gettext has it
    _language = language if language in LANGUAGES else DEFAULT
    _translations = catalogue(_language)


def ask(language: str) -> None:
    """Use the language that the command line asks for: no configuration changes it."""
    global _asked  # noqa: PLW0603 - one language a process, as gettext has it
    _asked = True
    use(language)


def asked() -> bool:
    """Whether the command line asked for a language."""
    return _asked


def current() -> str:
    """The language in use, `fr` or `en`."""
    return _language


def from_environment() -> str | None:
    """The language that LANGUAGE, LC_ALL, LC_MESSAGES or LANG asks for, if it is one of ours."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in os.environ.get(name, "").split(":"):
            if wanted[:2].lower() in LANGUAGES:
                return wanted[:2].lower()
    return None
