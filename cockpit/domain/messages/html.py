"""The text of some HTML, without its links, scripts and styles.

Read here, in time that grows with its length alone: what the standard library reads in the square of it, and ends
with an error on some of it, somebody else writes.
"""

from __future__ import annotations

import html as standard
import re
from collections.abc import Iterator

LIMIT = 32_000
"""Characters of HTML that are read."""
_BLOCKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"})
_SILENT = frozenset({"script", "style"})
_NAME = re.compile(r"</?([A-Za-z][\w:-]{0,40})")
_TOLD = re.compile(r"[>\"']")
"""What matters inside of a tag."""
_NO_SIGN = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{8,});?")
"""Numbers that no character has, and that cost the more the longer they are."""


def text_of(html: str) -> str:
    """The text, its blocks on lines of their own; a text without tags stays as it is."""
    html = html[:LIMIT]
    if "<" not in html and "&" not in html:
        return html
    parts = []
    for tag, words in tokens(html):
        parts.append("\n" if tag in _BLOCKS else "")
        parts.append(words)
    return "".join(parts)


def tokens(html: str) -> Iterator[tuple[str, str]]:
    """A tag (`p`, `/p`; empty before the first) and the words that follow it, again and again, to the end.

    Comments and declarations are left out, and the words in scripts and styles. What looks like a tag and is
    never closed is words.
    """
    places = _Places(html)
    name, words, at = "", "", 0
    while at < len(html):
        opened = html.find("<", at)
        opened = len(html) if opened < 0 else opened
        words += html[at:opened]
        at = places.end(opened)
        if at <= opened:
            words += html[opened : opened + 1]
            at = opened + 1
            continue
        found = _NAME.match(html, opened)
        if found is None:
            continue
        yield name, _said(words)
        slash = "/" if html.startswith("</", opened) else ""
        name, words = slash + found[1].lower(), ""
        if name in _SILENT:
            at = places.before(f"</{name}", at)
    yield name, _said(words)


def _said(words: str) -> str:
    return standard.unescape(_NO_SIGN.sub("\ufffd", words)) if "&" in words else words


class _Places:
    """Where things end in one text. What was sought to its end in vain is not sought again."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._folded = "".join(sign.lower() if sign.isascii() else sign for sign in html)
        self._missing: set[str] = set()
        self._heeds_quotes = True

    def end(self, at: int) -> int:
        """Where what begins at a `<` ends; 0 when it is no tag, or is never closed."""
        html = self._html
        if html.startswith("<!--", at):
            return self._after("-->", at + 4)
        if html.startswith(("<!", "<?"), at):
            return self._after(">", at)
        if html.startswith("</", at):
            return self._after(">", at)
        if not _NAME.match(html, at):
            return 0
        return self._after_attributes(at) or self._after(">", at)

    def before(self, sought: str, at: int) -> int:
        """Where `sought` begins, in either case; the end of the text when it does not."""
        found = self._after(sought, at)
        return found - len(sought) if found else len(self._html)

    def _after(self, sought: str, at: int) -> int:
        found = -1 if sought in self._missing else self._folded.find(sought, at)
        if found < 0:
            self._missing.add(sought)
            return 0
        return found + len(sought)

    def _after_attributes(self, at: int) -> int:
        """Behind the `>` that stands in no quotes; 0 when there is none, and from then on."""
        while self._heeds_quotes:
            found = _TOLD.search(self._html, at)
            if found is None:
                self._heeds_quotes = False
            elif found[0] == ">":
                return found.end()
            else:
                at = self._html.find(found[0], found.end()) + 1
                self._heeds_quotes = at > 0
        return 0
