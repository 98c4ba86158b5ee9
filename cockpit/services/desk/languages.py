"""One message in every language of the program: files come from people of either."""

from __future__ import annotations

from functools import cache

from cockpit import locale
from cockpit.domain.text import fold
from cockpit.locale.compiled import Catalogue


@cache
def in_each_language(message: str) -> tuple[str, ...]:
    """The message in every language, itself first, each once."""
    said = (catalogue.gettext(message) for catalogue in _catalogues())
    return tuple(dict.fromkeys((message, *said))) if message else ()


@cache
def folded(message: str) -> frozenset[str]:
    """The same, for matching: case and accents folded."""
    return frozenset(map(fold, in_each_language(message)))


@cache
def _catalogues() -> tuple[Catalogue, ...]:
    return tuple(locale.catalogue(language) for language in locale.LANGUAGES)
