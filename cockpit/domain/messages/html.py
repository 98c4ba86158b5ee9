"""The text of some HTML, without its links, scripts and styles."""

from __future__ import annotations

from html.parser import HTMLParser

LIMIT = 32_000
"""Characters of HTML that are read."""


def text_of(html: str) -> str:
    """The text, its blocks on lines of their own; a text without tags stays as it is."""
    html = html[:LIMIT]
    if "<" not in html and "&" not in html:
        return html
    parser = _TextOnly()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


class _TextOnly(HTMLParser):
    _BLOCKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"})
    _SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in self._SILENT
        if tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
