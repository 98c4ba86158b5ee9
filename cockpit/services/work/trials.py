"""Trials end with a verdict: keep or stop, and what was learned, which goes to the register of lessons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.trial import Trial
from cockpit.domain.text import TITLE_LIMIT, clean, fold, typed
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work.lessons import LESSON
from cockpit.store.transaction import transaction

TRIAL = REGISTERS["trial"]
KEEP, STOP = "keep", "stop"


def verdicts() -> Mapping[str, str]:
    """The verdicts there are, with their words."""
    return {name: _(word) for name, word in TRIAL.field("verdict").choices.items() if name in (KEEP, STOP)}


def understand(text: str) -> tuple[str, str]:
    """`keep // what was learned`: the verdict and the lesson. Raises WrongValue."""
    said, _slashes, learned = typed(text).partition("//")
    wanted = fold(said).strip()
    words = verdicts()
    found = [
        name for name, word in words.items() if wanted and (fold(word).startswith(wanted) or name == wanted)
    ]
    if len(found) != 1:
        raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(words.values())))
    return found[0], learned.strip()


def say(workspace: Workspace, code: str, verdict: str, learned: str = "") -> str:
    """End a trial; what was learned goes to the lessons too; its code. Raises UnknownCode."""
    record = trial(workspace, code)
    values: dict[str, Value] = {"verdict": verdict}
    if learned:
        values["learned"] = learned
    with transaction(workspace.conn):
        changes = [(TRIAL, record, values)]
        if learned:
            name = clean(learned, TITLE_LIMIT)
            lesson: dict[str, Value] = {
                "name": name, "function": record.function or None, "origin": record.code,
                "learned_on": workspace.today(), "conf": record.conf,
            }  # fmt: skip
            lesson |= {"note": learned} if name != learned else {}
            workspace.change_all([*changes, (LESSON, None, lesson)], "trial.verdict")
        else:
            workspace.change_all(changes, "trial.verdict")
    return record.code


def trial(workspace: Workspace, code: str) -> Trial:
    """The trial of that code. Raises UnknownCode."""
    found = workspace.select(Trial, "trial", "code = ? AND archived_at IS NULL", (code.upper(),))
    if not found:
        raise UnknownCode(code)
    return found[0]


def row(record: Trial, names: Mapping[str, str], today: date) -> Row:
    """`Payroll by upload · Inès   over since 3 Nov: keep or stop?`."""
    owner = names.get(record.owner, record.owner) or _("no owner")
    role = Role.QUIET
    if record.verdict != "open":
        said = _(TRIAL.field("verdict").choices[record.verdict])
    elif record.ends_on is not None and record.ends_on < today:
        said, role = (
            _("over since {when}: keep or stop?").format(when=dates.long_date(record.ends_on)),
            Role.WATCH,
        )
    else:
        said = (
            _("until {when}").format(when=dates.long_date(record.ends_on)) if record.ends_on else _("no end")
        )
    return Row((Piece(record.name), Piece(f" · {owner}", Role.QUIET)), (Piece(said, role),), code=record.code)
