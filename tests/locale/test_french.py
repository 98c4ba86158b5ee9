"""Every French message: its spaces, and no English word left in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cockpit import locale
from cockpit.locale.build import TYPED, no_break

SOURCE = Path(locale.__file__).parent / "fr" / "LC_MESSAGES" / "cockpit.po"
KEPT = "\u00a0"
BREAKABLE = re.compile(r"[^\s] [:;!?»](?=\s|$)|« ")
MISSING = re.compile(r"[^\W\d_][;!?](?=\s|$)|[^\W\d_]:(?= [^\W\d_])|«[^\u00a0\u202f]|[^\s\u00a0\u202f]»")
CODE = re.compile(
    r"\{\w*\}|`[^`]*`|\[\[?[^\]]*\]\]?|--\w+|\$\(.*?\)|<[^>]*>|\bcockpit( [a-z]+)+|[\w.]*[/_=@.][\w.]+|\w+:(?=\S)"
)
"""What a computer reads: names of commands, options, fields and files."""
MARKS = re.compile(r"\b(env|keyring|qui|pour|quoi|genre|depuis|jusqu'à):")
"""What is typed as it stands, without a space."""
ENGLISH = re.compile(
    r"\b(the|and|with|without|not|this|that|which|every|each|from|when|of|is|are|no|found|search|press)\b"
)


def messages() -> Iterator[tuple[str, str, str]]:
    """Each message as its context, its English and its French, plurals one by one."""
    for message in read_po(io.BytesIO(SOURCE.read_bytes()), locale="fr"):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        french = (message.string,) if isinstance(message.string, str) else (message.string or ())
        for said, shown in zip(english, french, strict=False):
            yield message.context or "", str(said), shown


def test_no_line_breaks_before_double_punctuation() -> None:
    french = locale.catalogue("fr")
    wrong = [
        shown
        for context, english, _shown in messages()
        if context != TYPED
        and BREAKABLE.search(
            shown := french.pgettext(context, english) if context else french.gettext(english)
        )
    ]
    assert wrong == []


def test_double_punctuation_has_its_space() -> None:
    said = (MARKS.sub("", no_break(shown)) for context, _said, shown in messages() if context != TYPED)
    assert [each for each in said if MISSING.search(each)] == []


def test_the_apostrophe_is_the_typographic_one() -> None:
    said = (MARKS.sub("", CODE.sub("", shown)) for context, _said, shown in messages() if context != TYPED)
    assert [each for each in said if re.search(r"[^\W\d_]'[^\W\d_]", each)] == []


def test_no_english_word_is_left() -> None:
    words = ((shown, CODE.sub(" ", shown)) for _context, _said, shown in messages())
    left = [(shown, found[0]) for shown, said in words if (found := ENGLISH.search(said))]
    assert left == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Bloqué : qui ?", f"Bloqué{KEPT}: qui{KEPT}?"),
        ("« Paie » ; fin", f"«{KEPT}Paie{KEPT}»{KEPT}; fin"),
        ("à 08:42, https://x.test ?", f"à 08:42, https://x.test{KEPT}?"),
        (" : seul", " : seul"),
        ("déjà" + KEPT + ":", "déjà" + KEPT + ":"),
    ],
)
def test_spaces_that_are_there_are_kept_together(written: str, shown: str) -> None:
    assert no_break(written) == shown
