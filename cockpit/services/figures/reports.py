"""An expected report that came: how complete it is, what it took, and the figures it carries."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises import expected as rules
from cockpit.domain.records.record import Value
from cockpit.domain.registers.figure import COMPUTED, Figure
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.statement import Statement
from cockpit.domain.text import typed
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates, forms
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import line, scorecard, values
from cockpit.services.figures.line import SaidValue
from cockpit.services.figures.values import GivenValue
from cockpit.services.promises import expected
from cockpit.services.promises import letter as letters
from cockpit.services.promises.letter import Letter
from cockpit.store.transaction import transaction

_FACTS = re.compile(r"(?:(?P<complete>\d{1,3})\s*%)?\s*(?:(?P<minutes>\d{1,4})\s*(?:m|min)\b)?")
_CODE = re.compile(r"\b(?P<code>ER-\d{1,9})\b[\s:,-]*(?P<said>.*)", re.IGNORECASE)


@dataclass(frozen=True)
class SaidReport:
    """What is said of a report that came."""

    complete: int | None = None
    """Percent of what was expected; None where nobody said."""
    minutes: int | None = None
    """What putting it together took."""
    figures: tuple[SaidValue, ...] = ()


def understand(workspace: Workspace, text: str) -> SaidReport:
    """`90 % 20m ; cash 182k ; unpaid 12`: how complete, how long, then a figure each. Stores nothing.

    Raises WrongValue, and LineNotUnderstood for a figure that is not known or has no number.
    """
    first, *rest = [part.strip() for part in typed(text).split(";")]
    facts = _FACTS.fullmatch(first)
    if facts is None:
        rest.insert(0, first)
    complete = int(facts["complete"]) if facts and facts["complete"] else None
    if complete is not None and complete > 100:
        raise forms.WrongValue(_("a report is complete at 100 % at most"))
    minutes = int(facts["minutes"]) if facts and facts["minutes"] else None
    return SaidReport(complete, minutes, tuple(line.understand(workspace, part) for part in rest if part))


def receive(workspace: Workspace, code: str, said: SaidReport, *, by: str = "") -> str:
    """The report came today, with its figures, as one change; its code. Raises UnknownCode, NotPossible.

    `by` gave the figures: whoever owes the report, unless said. A second time on one day adds to the first.
    """
    record = expected.named(workspace, code)
    today = workspace.today()
    came: dict[str, Value] = {
        "received_on": today, "completeness": said.complete, "spent_minutes": said.minutes,
    }  # fmt: skip
    given = [GivenValue(each.record, each.value, each.on or _of_period(record, each.record, today), each.note)
             for each in said.figures]  # fmt: skip
    with transaction(workspace.conn):
        names = workspace.names()
        puts = values.changes(workspace, given, by=names.get(by or record.source, by or record.source))
        changes = expected.with_changed(workspace, record, came)
        workspace.change_all([*changes, *puts], "report.came")
    return record.code


def _of_period(record: Report, figure: Figure, today: date) -> date | None:
    """The day that a figure of a report is of: of the period that ended, where the report is of a longer one."""
    if record.due is None or figure.cadence == "week":
        return None
    # A report of a month that comes within the next one speaks of the month that ended.
    return min(today, rules.stepped(record.due, record.period, -1))


def row(workspace: Workspace, record: Report, names: Mapping[str, str]) -> Row:
    """`Monthly accounts · Compta+   due in 6 d · came on 4 Nov, 100 %`."""
    today = workspace.today()
    parts: list[Piece] = []
    if record.due is not None:
        days = (record.due - today).days
        is_late = days < 0 and not rules.covers(record.received_on, record.due, record.period)
        words = (
            _("{n} d late").format(n=-days)
            if is_late
            else _("due {when}").format(when=dates.long_date(record.due))
        )
        parts.append(Piece(words, Role.BAD if is_late else Role.QUIET))
    came = _("never came") if record.received_on is None else _("came {when}").format(
        when=dates.long_date(record.received_on))  # fmt: skip
    if record.received_on is not None and record.completeness is not None:
        came += f", {record.completeness} %"
    parts.append(Piece(f" · {came}" if parts else came, Role.QUIET))
    if record.reminders:
        asked = ngettext("{n} reminder", "{n} reminders", record.reminders).format(n=record.reminders)
        parts.append(Piece(f" · {asked}", Role.WATCH))
    owed_by = names.get(record.source, record.source)
    return Row((Piece(record.name), Piece(f" · {owed_by}", Role.QUIET)), tuple(parts), code=record.code)


def take(workspace: Workspace, statement: Statement, sender: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take in what a statement carries of reports that its sender owes: `ER-2: 100 %`, then `cash = 182k` a line.

    Figures are taken of those that the sender gives. The codes of the reports, and the lines that look like a
    figure and are none of theirs. Raises LineNotUnderstood for a figure whose value is no number.
    """
    homes = {each.code: each.provider for each in workspace.select(Person, "person") if each.provider}
    mine = {sender, homes.get(sender, sender)}
    text = [
        each
        for each in f"{statement.title}\n{statement.body}".splitlines()
        if not each.lstrip().startswith(">")
    ]
    named = {told["code"].upper(): told["said"] for each in text if (told := _CODE.search(each))}
    owed = [each for each in workspace.select(Report, "report", "archived_at IS NULL")
            if each.code in named and homes.get(each.source, each.source) in mine | {sender}]  # fmt: skip
    if not owed:
        return (), ()
    figures, strange = _figures(workspace, text, mine)
    taken = []
    for place, each in enumerate(owed):
        facts = _FACTS.match(named[each.code])
        complete = int(facts["complete"]) if facts and facts["complete"] else None
        minutes = int(facts["minutes"]) if facts and facts["minutes"] else None
        said = SaidReport(complete, minutes, figures if place == 0 else ())
        taken.append(receive(workspace, each.code, said, by=sender))
    return tuple(taken), strange


def _figures(
    workspace: Workspace, text: Sequence[str], mine: set[str]
) -> tuple[tuple[SaidValue, ...], tuple[str, ...]]:
    """The values in these lines, of figures that the sender gives; and what else has a number behind a sign."""
    known = [
        each for each in workspace.select(Figure, "figure", "archived_at IS NULL")
        if each.owner in mine and each.source not in COMPUTED
    ]  # fmt: skip
    told: list[tuple[str, str]] = []
    for each in text:
        name, sign, number = each.partition("=") if "=" in each else each.partition(":")
        if sign and name.strip().lower() == "figures" and number.strip().startswith("{"):
            try:
                told += [(str(key), str(value)) for key, value in json.loads(number).items()]
            except (ValueError, AttributeError):
                continue
        elif sign and not _CODE.search(each):
            told.append((name.strip(" -*•"), number.strip()))
    found, strange = [], []
    for name, number in told:
        record = line.named(name, known)
        if record is not None:
            found.append(line.value_of(workspace, record, number))
        elif number:
            strange.append(f"{name} = {number}")
    return tuple(found), tuple(strange)


def figure_letter(workspace: Workspace, found: scorecard.FigureLine) -> Letter:
    """What asks the owner of a figure for its value, ready to send. Raises NotPossible where nobody gives it."""
    record = found.record
    values.refuse_computed(record)
    if not record.owner:
        raise NotPossible(record.code, _("nobody gives it: say first who does"))
    missing = found.figures.late or found.figures.cells[-1].period
    lines = [_("Hello,"), "", _("We are waiting for the figure “{name}” of {period}.").format(
        name=record.name, period=scorecard.period_name(missing, record.cadence))]  # fmt: skip
    subject = _("Reminder: {title} ({code})").format(title=record.name, code=record.code)
    return _signed(workspace, record.code, record.owner, subject, lines)


def _signed(workspace: Workspace, code: str, whom: str, subject: str, lines: Sequence[str]) -> Letter:
    body = "\n".join([*lines, "", _("Thank you,"), workspace.my_name])
    name = workspace.names().get(whom, whom)
    return Letter(code, name, letters.address(workspace, whom), subject, body)
