"""A value in one line: `tresorerie 182k // the big customer paid`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers.figure import Figure
from cockpit.domain.text import fold, typed
from cockpit.locale import _
from cockpit.services.desk import forms, identities
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures.scorecard import MEASURE


class LineNotUnderstood(Refusal):
    """The line names no figure, or holds no number; the message says what was expected."""


@dataclass(frozen=True)
class SaidValue:
    """What a line says: a value of a figure, the day it is of (None: today), and a word on it."""

    record: Figure
    value: float
    note: str
    on: date | None = None


def understand(workspace: Workspace, line: str) -> SaidValue:
    """The figure, its value and a word on it. Stores nothing. Raises NotUnderstood.

    A figure is named by its code, its name or how its name begins; its value stands after the name.
    """
    said, slashes, note = typed(line).partition("//")
    words = said.split()
    found = {each.code: each for each in workspace.select(Figure, "figure", "archived_at IS NULL")}
    names = {code: each.name for code, each in found.items()}
    for cut in range(len(words), 0, -1):
        code = identities.resolve(names, ("figure",), " ".join(words[:cut]))
        if code is not None:
            return value_of(workspace, found[code], " ".join(words[cut:]) + slashes + note)
    raise LineNotUnderstood(_unknown(said, list(names.values())))


def named(said: str, known: Sequence[Figure]) -> Figure | None:
    """The figure of those that a code, a name or its beginning means; None for none, or for several."""
    names = {each.code: each.name for each in known}
    try:
        code = identities.resolve(names, ("figure",), said) if said else None
    except identities.SeveralNames:
        return None
    return next((each for each in known if each.code == code), None)


def value_of(workspace: Workspace, record: Figure, text: str) -> SaidValue:
    """The value of a known figure, the day it is of before an equals sign, a word on it behind two slashes.

    Stores nothing. Raises NotUnderstood.
    """
    said, _slashes, note = typed(text).partition("//")
    day, equals, number = said.rpartition("=")
    number = number.strip()
    if record.unit and fold(number).endswith(fold(record.unit)):
        number = number[: -len(record.unit)].strip()
    if not number:
        raise LineNotUnderstood(
            _("{name}: write its value behind, such as 12,5 or 182k").format(name=record.name)
        )
    try:
        value = forms.read(workspace, MEASURE.field("value"), number, {})
        on = forms.read(workspace, MEASURE.field("period"), day.strip(), {}) if equals else None
    except forms.WrongValue as error:
        raise LineNotUnderstood(f"{record.name}: {error}") from error
    assert isinstance(value, float)
    assert on is None or isinstance(on, date)
    return SaidValue(record, value, note.strip(), on)


def _unknown(said: str, names: list[str]) -> str:
    by_fold = {fold(name): name for name in names}
    words = said.split()
    tried = {fold(" ".join(words[:cut])) for cut in range(1, len(words) + 1)}
    near = {name for one in tried for name in difflib.get_close_matches(one, by_fold, 2, 0.6)}
    if near:
        return _("no figure is named so; perhaps {names}").format(
            names=", ".join(sorted(by_fold[name] for name in near))
        )
    return _("no figure is named so; `cockpit figure --new NAME` makes one")
