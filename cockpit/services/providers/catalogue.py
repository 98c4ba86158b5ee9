"""Where to begin for usual tools: a starter list that is searched while one types."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold
from cockpit.locale import N_, _

NOTES = {
    "": "",
    "public": N_("public notices only, never the faults of one company"),
    "secret": N_("needs tenant, user (client id) and secret in config.toml"),
    "probe": N_("no status page that can be read: only whether its address answers"),
    "unsure": N_("this address is known from one public list alone: see what it says before adding it"),
    "world": N_(
        "every customer's incidents: give the address of your instance, or choose among its components"
    ),
}


@dataclass(frozen=True)
class UsualTool:
    """A tool and the address to try first. `engine` is what it was last seen to be; empty is found out."""

    name: str
    url: str
    engine: str = ""
    words: str = ""
    components: tuple[str, ...] = ()
    """Parts that most companies use, for a page that lists many."""
    note: str = ""

    @property
    def remark(self) -> str:
        """What to know before choosing it, in a few words; often empty."""
        return _(NOTES[self.note]) if self.note else ""


@cache
def tools() -> tuple[UsualTool, ...]:
    """Every tool of the list, in its order."""
    text = Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8")
    found = []
    for raw in tomllib.loads(text)["tool"]:
        parts = tuple(part.strip() for part in raw.pop("components", "").split(",") if part.strip())
        found.append(UsualTool(**raw, components=parts))
    return tuple(found)


def search(text: str, limit: int = 8) -> tuple[UsualTool, ...]:
    """The tools that answer to every word of `text`, without regard to case and accents.

    Names that begin with it come first, then names with a word that does, then other words, then any part.
    """
    wanted = fold(text).split()
    if not wanted:
        return ()
    ranked = [
        (rank, index, tool) for index, tool in enumerate(tools()) if (rank := _rank(tool, wanted)) is not None
    ]
    ranked.sort(key=lambda each: each[:2])
    return tuple(tool for _rank, _index, tool in ranked[:limit])


def named(text: str) -> UsualTool | None:
    """The tool that a name means, as people type it: `Box` is not `Dropbox`. None when none begins so."""
    found = search(text, 1)
    rank = _rank(found[0], fold(text).split()) if found else None
    return found[0] if rank is not None and rank <= _SURE else None


_SURE = 3
"""A name or a word that begins so; what merely holds the letters is another thing."""


def _rank(tool: UsualTool, wanted: list[str]) -> int | None:
    name, words = fold(tool.name), fold(tool.words).split()
    typed = " ".join(wanted)
    if name == typed:
        return -1
    if name.startswith(typed) and (len(name) == len(typed) or not name[len(typed)].isalnum()):
        return 0
    if name.startswith(typed):
        return 1
    ranks = []
    for word in wanted:
        if any(part.startswith(word) for part in name.replace("(", " ").split()):
            ranks.append(2)
        elif any(part.startswith(word) for part in words):
            ranks.append(3)
        elif word in name or any(word in part for part in words):
            ranks.append(4)
        else:
            return None
    return max(ranks)
