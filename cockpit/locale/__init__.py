"""What a person reads, in their language: gettext over the catalogues beside this file.

Source strings are English; the French catalogue is complete (a test holds it).
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "cockpit"
LANGUAGES = ("fr", "en")
DEFAULT = "fr"

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_asked = False


def N_(message: str) -> str:
    """Mark a string for the catalogues without translating it yet."""
    return message


def _(message: str) -> str:
    """The message in the current language; the source string when it has no translation."""
    return _translations.gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message that fits `n`, in the current language."""
    return _translations.ngettext(singular, plural, n)


def use(language: str) -> None:
    """Switch every later message to `language`: one of LANGUAGES, others fall back to DEFAULT."""
    global _translations, _language  # noqa: PLW0603 - one language a process, as gettext has it
    _language = language if language in LANGUAGES else DEFAULT
    _translations = gettext.translation(
        DOMAIN, localedir=Path(__file__).parent, languages=[_language], fallback=True
    )


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
