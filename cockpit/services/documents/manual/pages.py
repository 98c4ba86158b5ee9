"""The pages of the manual as files: Markdown with one place kept for whoever adds by hand, an index, one HTML page.

Each file ends with a stamp: the page it is, and a digest of what was written outside the place that is kept. By it
a page that somebody changed is told from one that nobody touched, whatever program synchronised the folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.documents.publication import Chapter
from cockpit.domain.records.record import CONFIDENTIALITY
from cockpit.domain.text import digest, slug
from cockpit.locale import _, ngettext
from cockpit.services.documents import markdown, page
from cockpit.services.documents.manual.chapters import INDEX, Manual, ManualPage

HTML = "manual"
"""Key of the page that a browser opens."""
_OPEN, _CLOSE = "<!-- cockpit:notes -->", "<!-- cockpit:end -->"
_STAMP = re.compile(r"\n?<!-- cockpit ([A-Za-z0-9-]{1,40}) ([0-9a-f]{64}) -->\s*\Z")
_NOTES = re.compile(re.escape(_OPEN) + r"(.*?)" + re.escape(_CLOSE), re.DOTALL)
_LONGEST = 60
# Names that Windows keeps for devices, with any ending.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)


@dataclass(frozen=True)
class ManualFile:
    """A file of the manual before anything by hand is put back in: its name, and its text around the notes."""

    key: str
    name: str
    before: str
    after: str = ""
    has_notes: bool = True

    def text(self, notes: str = "") -> str:
        """The whole file, with its stamp."""
        kept = f"{_OPEN}\n{notes.strip()}\n{_CLOSE}\n" if self.has_notes else ""
        return f"{self.before}{kept}{self.after}\n<!-- cockpit {self.key} {self.sealed} -->\n"

    @property
    def sealed(self) -> str:
        """The digest of what is written outside of the notes."""
        kept = f"{_OPEN}{_CLOSE}\n" if self.has_notes else ""
        return digest(_normal(f"{self.before}{kept}{self.after}"))


@dataclass(frozen=True)
class FoundFile:
    """A file of the manual as it is in the folder."""

    key: str
    notes: str
    is_ours: bool
    """Whether nothing outside of the notes differs from what was written."""


def read(text: str) -> FoundFile | None:
    """What a file is; None for one that the manual did not write."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    stamp = _STAMP.search(text)
    if stamp is None:
        return None
    body = text[: stamp.start()]
    kept = _NOTES.findall(body)
    bare = _NOTES.sub(f"{_OPEN}{_CLOSE}", body)
    marks = body.count(_OPEN), body.count(_CLOSE)
    whole = digest(_normal(bare)) == stamp[2] and marks in ((1, 1), (0, 0))
    return FoundFile(stamp[1], kept[0].strip() if len(kept) == 1 and marks == (1, 1) else "", whole)


def html_name() -> str:
    """The file that a browser opens."""
    return _("manual") + ".html"


def names(manual: Manual) -> dict[str, str]:
    """The file of each page: readable, safe on every system, different whatever the case of letters."""
    taken: dict[str, str] = {}
    own = [(INDEX, "index"), *((each.key, slug(each.title)[:_LONGEST].strip("-")) for each in manual.pages)]
    used: set[str] = set()
    for key, wanted in own:
        # What is written in other letters than Latin ones leaves nothing readable.
        named = any(unicodedata.category(sign)[0] in "LN" for sign in wanted) and wanted != "source"
        name = wanted if named and wanted not in _RESERVED else f"page-{key.lower()}"
        if name in used:
            name = f"{name}-{key.lower()}"
        used.add(name)
        taken[key] = f"{name}.md"
    return taken


def files(manual: Manual, notes: Mapping[str, str]) -> list[ManualFile]:
    """Every file, the page that a browser opens last; `notes` by key are what people wrote, shown in that page too."""
    called = names(manual)
    found = [_index(manual, called)]
    found += [_page(each, manual, called) for each in manual.pages]
    found.append(_html(manual, notes))
    return found


def source(manual: Manual, notes: Mapping[str, str]) -> str:
    """The whole manual as one Markdown text, without marks."""
    parts = [_heading(manual.title, 1), "", markdown.line(manual.lead), *_held_back(manual), ""]
    for each in manual.pages:
        parts += [_heading(each.title), "", _sections(each, 3)]
        if notes.get(each.key):
            parts += [_heading(_("Added by hand"), 3), "", notes[each.key], ""]
    return "\n".join(parts)


def _page(each: ManualPage, manual: Manual, called: Mapping[str, str]) -> ManualFile:
    index = _("Index")
    head = [_heading(each.title, 1), "", f"[{index}]({called[INDEX]})", ""]
    before = "\n".join([*head, _sections(each, 2), *_by_hand()])
    after = "\n".join(["", "---", "", _foot(manual), ""])
    return ManualFile(each.key, called[each.key], before + "\n", after)


def _sections(each: ManualPage, depth: int) -> str:
    return "\n".join(markdown.of_chapter(_uncoded(section), depth) for section in each.sections)


def _uncoded(section: Chapter) -> Chapter:
    """The same without codes, which say nothing to whoever reads without the cockpit."""
    return replace(section, gaps=tuple(replace(gap, opens="") for gap in section.gaps))


def _index(manual: Manual, called: Mapping[str, str]) -> ManualFile:
    lines = [_heading(manual.title, 1), "", markdown.line(manual.lead), *_held_back(manual), ""]
    functions = [each for each in manual.pages if each.summary]
    if functions:
        columns = (_("Function"), _("Mode"), _("Owner"), _("Backup"), _("To complete"))
        lines += [_heading(_("Functions")), "", _row(columns), _row(["---"] * len(columns))]
        for each in functions:
            mode, owner, backup = each.summary
            count = len(each.gaps)
            missing = (
                ngettext("{n} point", "{n} points", count).format(n=count) if count else markdown.UNKNOWN
            )
            said = [markdown.literal(text or _("nobody")) for text in (owner, backup)]
            lines.append(_row([_link(each, called), markdown.literal(mode), *said, missing]))
        lines.append("")
    else:
        lines += [_("No function yet: cockpit audit proposes the usual ones, in twenty minutes."), ""]
    lines += [_heading(_("For everybody")), ""]
    lines += [f"- {_link(each, called)}" for each in manual.pages if not each.summary]
    lines += ["", *_by_hand()]
    return ManualFile(
        INDEX, called[INDEX], "\n".join(lines) + "\n", "\n".join(["", "---", "", _foot(manual), ""])
    )


def _html(manual: Manual, notes: Mapping[str, str]) -> ManualFile:
    whole = page.of_markdown(manual.title, source(manual, notes))
    return ManualFile(HTML, html_name(), whole, has_notes=False)


def _link(each: ManualPage, called: Mapping[str, str]) -> str:
    return f"[{markdown.literal(each.title)}]({called[each.key]})"


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _by_hand() -> list[str]:
    """The heading of what people add, and what becomes of it."""
    said = _("What is written between the two marks below is kept when the manual is written again.")
    return [_heading(_("Added by hand")), "", f"*{said}*", ""]


def _heading(title: str, depth: int = 2) -> str:
    return f"{'#' * depth} {markdown.literal(title)}"


def _held_back(manual: Manual) -> list[str]:
    if not manual.held_back:
        return []
    return ["", _("Restricted records are left out of it: what seems to be missing may exist.")]


def _foot(manual: Manual) -> str:
    said = _(
        "Written from the records of Cockpit, nothing above “{level}”: the records are changed, not this page."
    )
    return f"*{said.format(level=_(CONFIDENTIALITY[str(manual.level)]))}*"


def _normal(text: str) -> str:
    """The text as every editor and every synchronisation leaves it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
