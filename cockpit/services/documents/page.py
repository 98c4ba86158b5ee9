"""Markdown as one HTML page that needs nothing else: it reads on a screen and prints well.

A page runs no script and loads nothing, so that opening one tells nobody and cannot be used against a reader.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import current

if TYPE_CHECKING:
    from jinja2 import Template
    from markdown_it import MarkdownIt


@dataclass(frozen=True)
class ContentsLine:
    """One heading in the contents of a page: what it says and the anchor it has."""

    text: str
    anchor: str


def of_markdown(title: str, source: str) -> str:
    """The page of a document, with its contents where it has three chapters or more. HTML in `source` stays text."""
    tokens = _reader().parse(source)
    contents = [
        ContentsLine(
            "".join(part.content for part in tokens[n + 1].children or ()), str(token.attrs.get("id", ""))
        )
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]
    body = _reader().renderer.render(tokens, _reader().options, {})
    return _template().render(
        title=title, language=current(), contents=contents if len(contents) > 2 else (), body=body
    )


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.anchors import anchors_plugin

    return MarkdownIt("commonmark", {"html": False}).enable("table").use(anchors_plugin, max_level=2)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((files(__package__) / "page.html").read_text("utf-8"))
