"""The documents that leave the house, as the place of documents lists them: one line a kind.

A kind is one line of `KINDS` and a module with two functions: `standing`, cheap, of what was written last, and
`composed`, of the document as the records have it now, which may take seconds and is called beside the screen.
Where one key may write it without a question, a third one, `written`, does and says so in a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.publication import Publication
from cockpit.locale import N_
from cockpit.services.desk.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """A kind of document: what it is called, what it is for, the command that writes it, where its functions are."""

    key: str
    title: str
    about: str
    command: str
    """Without `cockpit`: what the place says of how to write it."""
    module: str
    """Below `cockpit.services.documents`."""


@dataclass(frozen=True, kw_only=True)
class WrittenLast:
    """What was written last of a kind of document, wherever it went."""

    written_at: datetime | None = None
    """None: never."""
    entries: int = 0
    """How many entries the journal had then: later ones are changes since."""
    page: Path | None = None
    """The page that a browser opens; None where none was written here, or it is not there any more."""
    note: str = ""
    """What else is worth a few words: the month, the phase, to whom it went."""


KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        key="manual", title=N_("Administration manual"), command=N_("manual"), module="manual.on_shelf",
        about=N_("How each function works, who carries it, and what is done when it stops: for whoever takes over."),
    ),
    DocumentKind(
        key="sale_file", title=N_("Sale file"),
        about=N_("What a buyer reads of the company, with what is missing first; in three phases."),
        command=N_("dossier --phase teaser"), module="sale_file.on_shelf",
    ),
    DocumentKind(
        key="report", title=N_("Consolidated report"), command=N_("report"), module="report.on_shelf",
        about=N_("Time, finances, risks, figures and decisions of a month, with what did not come."),
    ),
)  # fmt: skip
"""In the order in which they are shown."""


def kind_of(key: str) -> DocumentKind:
    """A kind by its key; KeyError for none."""
    return {each.key: each for each in KINDS}[key]


def standing(workspace: Workspace, kind: DocumentKind) -> WrittenLast:
    """What was written last of it. Cheap: asked at each snapshot."""
    found: WrittenLast = _functions(kind).standing(workspace)
    return found


def composed(workspace: Workspace, kind: DocumentKind) -> Publication:
    """The document as the records have it now, for whoever reads by this workspace. May take seconds."""
    found: Publication = _functions(kind).composed(workspace)
    return found


def can_write(kind: DocumentKind) -> bool:
    """Whether one key writes it, without a question: it goes where the configuration says."""
    return hasattr(_functions(kind), "written")


def written(workspace: Workspace, kind: DocumentKind) -> str:
    """Write it where the configuration says; what was done, in a line. Raises CannotWrite."""
    told: str = _functions(kind).written(workspace)
    return told


def standings(workspace: Workspace) -> Sequence[tuple[DocumentKind, WrittenLast]]:
    """Every kind with what was written last of it."""
    return [(kind, standing(workspace, kind)) for kind in KINDS]


def folder(workspace: Workspace) -> Path:
    """Where documents are written when nobody says: the folder of the configuration, else one beside the database."""
    given = workspace.settings.documents.folder
    return Path(given).expanduser() if given else workspace.path.parent / "documents"


def _functions(kind: DocumentKind) -> Any:
    return import_module(f"cockpit.services.documents.{kind.module}")
