"""What the bar asks about spreadsheets: which file to read or to write, where a column goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.content import Content

from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.records.record import Register
from cockpit.domain.text import fold, slug
from cockpit.locale import _
from cockpit.services.desk import forms, paths
from cockpit.services.desk.workspace import Workspace
from cockpit.services.spreadsheets import columns, exporting
from cockpit.services.spreadsheets.columns import FileColumn, How
from cockpit.services.spreadsheets.meant import IMPORTED
from cockpit.ui.widgets.entry_bar import Offer, Question

READABLE = (".xlsx", ".csv", ".tsv", ".txt")


def read_which(register: Register | None, opened: Callable[[Path], None]) -> Question:
    """Which file to import, into that register or into the one that it turns out to be of?"""
    into = (
        _("import into {register}").format(register=_(register.title)) if register else _("import the file")
    )

    def accept(text: str) -> str:
        path = paths.expand(text)
        if not text.strip() or not path.is_file():
            raise forms.WrongValue(_("there is no file {path}").format(path=paths.short(path)))
        opened(path)
        return ""

    return Question(
        place=f"import:{register.name if register else ''}",
        title=into,
        accept=accept,
        hint=lambda _text: _muted(
            _("a .xlsx or .csv file, such as ~/Documents/list.xlsx; nothing is written yet")
        ),
        complete=_completer(READABLE),
        text="~/",
        gives_way=False,
    )


def write_which(workspace: Workspace, register: Register) -> Question:
    """Into which file to export?"""
    default = f"~/{slug(_(register.title))}.xlsx"

    def accept(text: str) -> str:
        path = paths.expand(text)
        shown = workspace.shown
        level = EVERYTHING if shown.room is None else shown.room
        try:
            exporting.write(shown, [register], path, level)
        except exporting.CannotExport as error:
            raise forms.WrongValue(str(error)) from error
        return _("{path} written").format(path=paths.short(path))

    return Question(
        place=f"export:{register.name}",
        title=_("export {register} to").format(register=_(register.title)),
        accept=accept,
        hint=lambda _text: _muted(_("the ending says how: .xlsx, .csv or .json; no file is written over")),
        complete=_completer(exporting.ENDINGS),
        text=default,
        gives_way=False,
        keeps_draft=False,
    )


def goes_where(register: Register, column: FileColumn, accepted: Callable[[str], None]) -> Question:
    """To which field does this column go?"""

    def accept(text: str) -> str:
        accepted(columns.field_named(register, text))
        return ""

    def hint(text: str) -> Content:
        if not text.strip():
            return _muted(_("empty: this column is not read"))
        try:
            field = columns.field_named(register, text)
        except columns.UnknownField:
            return _muted(", ".join(columns.suggestions(register, text)) or _("no such field"))
        return _muted(columns.help_of(register, field))

    def complete(text: str, cursor: int) -> Offer | None:
        found = columns.suggestions(register, text[:cursor])
        return Offer(0, len(text), found) if found else None

    now = column.guess if column.how is How.GUESS else column.field
    return Question(
        place=f"import:{register.name}:column",
        title=_("“{heading}” goes to").format(heading=column.heading),
        accept=accept,
        hint=hint,
        complete=complete,
        text=columns.label(register, now) if now else "",
        keeps_draft=False,
    )


def into_which(accepted: Callable[[Register], None]) -> Question:
    """Into which register does the file go?"""
    words = {_(register.title): register for register in IMPORTED}

    def beginning(text: str) -> list[str]:
        return [word for word in words if fold(word).startswith(fold(text).strip())]

    def accept(text: str) -> str:
        found = beginning(text)
        exact = [word for word in found if fold(word) == fold(text).strip()] or found
        if len(exact) != 1:
            raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(found or words)))
        accepted(words[exact[0]])
        return ""

    return Question(
        place="import:into",
        title=_("goes into"),
        accept=accept,
        hint=lambda text: _muted(", ".join(beginning(text)) or _("no such register")),
        complete=lambda text, _cursor: Offer(0, len(text), tuple(beginning(text))),
        keeps_draft=False,
    )


def create_as(accepted: Callable[[str], None], tables: tuple[Register, ...]) -> Question:
    """Of which register are the records that are missing?"""
    words = {_(register.singular): register.name for register in tables}

    def accept(text: str) -> str:
        found = [name for word, name in words.items() if word.startswith(text.strip().lower())]
        if len(found) != 1:
            raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(words)))
        accepted(found[0])
        return ""

    return Question(
        place="import:create",
        title=_("create them as"),
        accept=accept,
        hint=lambda _text: _muted(", ".join(words)),
        complete=lambda text, _cursor: Offer(0, len(text), tuple(w for w in words if w.startswith(text))),
        keeps_draft=False,
    )


def _completer(endings: tuple[str, ...]) -> Callable[[str, int], Offer | None]:
    def complete(text: str, cursor: int) -> Offer | None:
        found = paths.completions(text[:cursor], endings)
        return Offer(0, cursor, found) if found else None

    return complete


def _muted(text: str) -> Content:
    return Content.styled(text, "$quiet")
