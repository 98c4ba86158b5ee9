"""What partners without an account send in: taken from the folder and the mailbox, then sorted with one key.

What arrives is their word: it never changes an official state by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.messages.left_aside import left_file
from cockpit.domain.messages.mail_statement import left_mail, parse_mail
from cockpit.domain.messages.statement import BadStatement, parse_json, parse_text
from cockpit.domain.messages.statement import ReceivedStatement as Said
from cockpit.domain.records.identities import candidates
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.statement import LEFT, NEW, Statement
from cockpit.domain.text import BODY_LIMIT, clean, fold, typed
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.messages import ways_in
from cockpit.services.promises import clocks
from cockpit.services.promises.letter import Letter
from cockpit.services.records.find import find
from cockpit.store import records
from cockpit.store.journal import next_code
from cockpit.store.outside import inbox_files
from cockpit.store.state import memos
from cockpit.store.transaction import transaction

if TYPE_CHECKING:
    from cockpit.sources.inbox.mailbox import RefusedMail

_STATEMENT = REGISTERS["statement"]
_CURSOR = "mail_cursor"
_PROBLEM = "inbox_problem"
MOST_PROBLEMS = 3
MOST_STRANGERS = 20
"""Mails of unknown senders that wait here at once: the mailbox keeps the others."""


@dataclass
class Received:
    """What one turn took in, and what went wrong, a sentence each."""

    taken: int = 0
    refused: int = 0
    codes: list[str] = field(default_factory=list)
    """Of the statements that were taken, those that came before among them."""
    problems: list[str] = field(default_factory=list)
    unread: str = ""
    """Why the folder or the mailbox could not be read at all."""
    growing: int = 0
    """Files that were not there unchanged for five seconds yet, and are taken at the next turn."""
    later: int = 0
    """Files that this turn did not look at: a hundred are."""
    values: int = 0
    """Figures that came in by spreadsheets."""
    approvals: int = 0
    """Answers to what was submitted for approval."""
    tables: TableReader | None = None


TableReader = Callable[[Workspace, bytes, str], int]
"""Takes in the values of a spreadsheet by its content and name; how many. Raises BadStatement."""


async def receive(workspace: Workspace, tables: TableReader | None = None) -> Received:
    """Take what is new in the folder and in the mailbox. One that fails does not disturb the other.

    `tables` takes in spreadsheets of the folder; without it they are left aside.
    """
    found = Received(tables=tables)
    settings = workspace.settings.inbox
    if settings.folder:
        _receive_files(workspace, settings.folder, found)
    if settings.mail:
        await _receive_mails(workspace, found)
    found.problems = found.problems[:MOST_PROBLEMS]
    memos.put(workspace.conn, _PROBLEM, "\n".join(found.problems))
    ways_in.remember(workspace, found.unread)
    return found


def problem(workspace: Workspace) -> str:
    """Why the last turn could not take something in; empty when it could."""
    return memos.get(workspace.conn, _PROBLEM)


def _receive_files(workspace: Workspace, place: str, found: Received) -> None:
    from cockpit.sources.inbox.folder import CannotMove, CannotRead, FileStamp, scan, settle, take

    folder = Path(place).expanduser()
    now = workspace.clock()
    seen = {name: FileStamp(*values) for name, values in inbox_files.seen(workspace.conn).items()}
    try:
        listed = scan(folder, seen, now)
    except CannotRead as error:
        found.problems.append(str(error))
        found.unread = str(error)
        return
    pending = {name: (stamp.size, stamp.mtime_ns, stamp.at) for name, stamp in listed.pending.items()}
    inbox_files.keep(workspace.conn, pending)
    found.growing, found.later = len(pending), listed.later
    for path in (*listed.ready, *listed.too_big):
        try:
            reason = _take_file(workspace, take(path), path, found)
        except CannotRead as error:
            reason = str(error)
        found.taken += not reason
        found.refused += bool(reason)
        try:
            settle(path, folder, reason=reason)
        except CannotMove as error:
            found.problems.append(str(error))


def _take_file(workspace: Workspace, raw: bytes, path: Path, found: Received) -> str:
    """Keep what a file says; the reason when it cannot be understood, empty when it was kept."""
    ending = path.suffix.lower()
    try:
        if ending in TABLES and found.tables is not None:
            found.values += found.tables(workspace, raw, path.name)
            return ""
        parse = _PARSERS.get(ending)
        if parse is None:
            raise BadStatement(_("only text, Markdown, JSON, mail and spreadsheets (CSV, XLSX) can be read"))
        found.codes.append(keep(workspace, parse(raw)))
    except BadStatement as error:
        why = _("{reason} (the file is in {folder}/)").format(reason=error, folder="rejected")
        left = left_mail(raw, why, way="folder") if ending == ".eml" else left_file(raw, path.name, why)
        keep(workspace, left)
        return str(error)
    return ""


TABLES = frozenset({".csv", ".tsv", ".xlsx"})
"""Spreadsheets: they hold figures, and no statement."""
_PARSERS: Mapping[str, Callable[[bytes], Said]] = {
    ".json": parse_json,
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ""), parse_text),
    ".eml": lambda raw: parse_mail(raw, way="folder"),
}


async def _receive_mails(workspace: Workspace, found: Received) -> None:
    from cockpit.sources.inbox.mailbox import Cursor, Mailbox, MailboxFailed, RefusedMail, read_new
    from cockpit.sources.secrets import SecretMissing, resolve

    settings = workspace.settings.inbox
    validity, _colon, uid = memos.get(workspace.conn, _CURSOR).partition(":")
    cursor = Cursor(int(validity or 0), int(uid or 0))
    try:
        box = Mailbox(
            url=settings.mail,
            user=settings.user,
            password=resolve(settings.secret) if settings.secret else "",
            folder=settings.mailbox,
            allowed=settings.allowed,
            authserv=settings.authserv,
            require_dkim=settings.require_dkim,
            internal=settings.internal,
        )
        fetched = await asyncio.to_thread(read_new, box, cursor)
    except (MailboxFailed, SecretMissing) as error:
        found.problems.append(str(error))
        found.unread = str(error)
        return
    for mail in fetched.mails:
        try:
            found.codes.append(keep(workspace, parse_mail(mail.raw, proof=mail.proof), sender=mail.sender))
            found.taken += 1
        except BadStatement as error:
            _leave_mail(workspace, RefusedMail(mail.uid, mail.sender, str(error), mail.raw), found)
    for refusal in fetched.refused:
        _leave_mail(workspace, refusal, found)
    memos.put(workspace.conn, _CURSOR, f"{fetched.cursor.uidvalidity}:{fetched.cursor.uid}")


def _leave_mail(workspace: Workspace, mail: RefusedMail, found: Received) -> None:
    """Keep what could not be taken where somebody sees it; of what anybody may send, so much at once."""
    found.refused += 1
    found.problems.append(_("mail of {who}: {reason}").format(who=mail.sender or "?", reason=mail.reason))
    said = left_mail(mail.raw, mail.reason, sender=mail.sender)
    if not mail.listed:
        said = replace(said, severity="p4")
        waiting = "triage = ? AND severity = 'p4' AND closed_at IS NULL AND archived_at IS NULL"
        if records.count(workspace.conn, "statement", waiting, (LEFT,)) >= MOST_STRANGERS:
            found.problems[-1] = _("mails of strangers wait in the mailbox: sort those that are here first")
            return
    keep(workspace, said)


def keep(workspace: Workspace, said: Said, sender: str = "") -> str:
    """Write a statement down, once; its code, that of the first when it came twice, by whichever way."""
    with transaction(workspace.conn):
        known = workspace.select(
            Statement, "statement", "origin = ? AND digest = ? LIMIT 1", (said.origin_id, said.digest)
        )
        if known:
            _came_again(workspace, known[0], said)
            return known[0].code
        values: dict[str, Value] = {
            "title": said.title,
            "sender": said.sender or sender,
            "service": said.service,
            "severity": said.severity,
            "body": said.body,
            "link": said.link,
            "said_at": said.at,
            "way": said.way,
            "proof": said.proof,
            "origin": said.origin_id,
            "digest": said.digest,
            "triage": LEFT if said.left_aside else NEW,
            "reason": said.left_aside,
        }
        kept = {name: value for name, value in values.items() if value not in ("", None)}
        action = "statement.leave" if said.left_aside else "statement.receive"
        added = workspace.change_all([(_STATEMENT, None, kept)], action, by=PROGRAM)
        return added[0].code


def _came_again(workspace: Workspace, known: Statement, said: Said) -> None:
    """What came by another way may prove who sent it, or be what could not be taken before."""
    values: dict[str, Value] = {}
    if said.proof and not known.proof:
        values |= {"proof": said.proof, "sender": said.sender, "way": said.way}
    if known.triage == LEFT and known.closed_at is None and not said.left_aside:
        values |= {"triage": NEW, "reason": "", "severity": said.severity}
    if values:
        workspace.change_all([(_STATEMENT, known, values)], "statement.receive", by=PROGRAM)


def take_anyway(workspace: Workspace, code: str) -> None:
    """What could not be taken is to be sorted like the others. Raises NotPossible when it is already."""
    found = _open(workspace, code)
    if found.triage != LEFT:
        raise NotPossible(code, _("it was taken already"))
    workspace.change(_STATEMENT, found, {"triage": NEW}, "statement.take")


def make_blocker(workspace: Workspace, code: str) -> str:
    """The statement becomes a blocker that waits for its sender, when that is somebody known; its code."""
    with transaction(workspace.conn):
        found = _open(workspace, code)
        who = _known_sender(workspace, found)
        values: dict[str, Value] = {
            "title": found.title,
            "severity": found.severity,
            "since": found.said_at or found.created_at or workspace.clock(),
            "waiting_on": (who,) if who else (),
            "status": "waiting" if who else "open",
            "owner": workspace.me,
            "note": _quoted(workspace, found),
            "conf": found.conf,
        }
        blocker = next_code(workspace.conn, clocks.BLOCKER.prefix)
        changes = clocks.with_new(workspace, blocker, values)
        workspace.change_all([*changes, _sorted(workspace, found, "blocker", blocker)], "statement.blocker")
        return blocker


def raise_alert(workspace: Workspace, code: str) -> None:
    """The statement stands among the alerts until something becomes of it."""
    found = _open(workspace, code)
    workspace.change(_STATEMENT, found, {"triage": "alert"}, "statement.alert")


def note_on(workspace: Workspace, code: str, target: str) -> None:
    """The statement goes to the note of a blocker or a priority. Raises UnknownCode, NotPossible."""
    with transaction(workspace.conn):
        found = _open(workspace, code)
        register, record = find(workspace, target)
        if not isinstance(record, Blocker | Priority):
            raise NotPossible(target, _("a note goes to a blocker or a priority"))
        text = "\n".join(filter(None, (record.note, _quoted(workspace, found))))
        changes: list[clocks.RecordChange] = [
            (register, record, {"note": text[-BODY_LIMIT:]}),
            _sorted(workspace, found, "note", record.code),
        ]
        workspace.change_all(changes, "statement.note")


def answered(workspace: Workspace, code: str, became: str, by: str = "") -> None:
    """The statement was an answer, which was kept as `became`. Raises NotPossible when it is sorted already."""
    workspace.change_all(
        [_sorted(workspace, _open(workspace, code), "answer", became)], "statement.answer", by=by
    )


def say_why(workspace: Workspace, code: str, why: str) -> None:
    """The statement is still to be sorted, and says what is to be known of it."""
    workspace.change(_STATEMENT, _open(workspace, code), {"reason": typed(why)}, "statement.receive")


def known_sender(workspace: Workspace, code: str) -> str:
    """The code of the provider or person who sent it; empty for somebody unknown. Raises UnknownCode."""
    return _known_sender(workspace, _open(workspace, code))


def statement(workspace: Workspace, code: str) -> Statement:
    """The statement of that code, while it is to be sorted. Raises UnknownCode, NotPossible."""
    return _open(workspace, code)


def refuse(workspace: Workspace, code: str, reason: str) -> None:
    """Nothing becomes of it, and why. Raises NotPossible without a reason."""
    found = _open(workspace, code)
    if not clean(reason):
        raise NotPossible(code, _("say why nothing becomes of it"))
    register, record, values = _sorted(workspace, found, "refused", "")
    workspace.change_all(
        [(register, record, {**values, "reason": typed(reason)})], "statement.refuse", typed(reason)
    )


def thanks(workspace: Workspace, code: str) -> Letter:
    """A line of thanks that says what becomes of it, ready to send."""
    found = records.get(workspace.conn, _STATEMENT, code)
    if not isinstance(found, Statement):
        raise UnknownCode(code)
    became = {
        "blocker": _("It is followed as {code}; we come back to you.").format(code=found.became),
        "note": _("It was added to {code}, which is under way.").format(code=found.became),
        "alert": _("Those concerned have been told."),
        "answer": _("Your answer is noted on {code}.").format(code=found.became),
        "refused": _("We will not act on it: {reason}.").format(reason=found.reason.rstrip(".")),
        NEW: _("We have read it and come back to you."),
        LEFT: _("We have read it and come back to you."),
    }[found.triage]
    body = "\n".join(
        [_("Hello,"), "", _("Thank you for letting us know: “{title}”.").format(title=found.title), became,
         "", workspace.my_name]
    )  # fmt: skip
    address = found.sender if "@" in found.sender else ""
    return Letter(found.code, found.sender, address, _("Thank you: {title}").format(title=found.title), body)


def _open(workspace: Workspace, code: str) -> Statement:
    found = records.get(workspace.conn, _STATEMENT, code)
    if not isinstance(found, Statement):
        raise UnknownCode(code)
    if found.closed_at is not None:
        raise NotPossible(code, _("it is sorted already"))
    return found


def _sorted(workspace: Workspace, found: Statement, triage: str, became: str) -> clocks.RecordChange:
    values: dict[str, Value] = {"triage": triage, "became": became, "closed_at": workspace.clock()}
    return _STATEMENT, found, values


def _known_sender(workspace: Workspace, found: Statement) -> str:
    """The provider or person that the sender or the service names; by a mail address, by its domain."""
    rows = workspace.conn.execute(
        "SELECT code, name, coalesce(contact, '') AS contact FROM provider WHERE archived_at IS NULL"
        " UNION ALL SELECT code, name, coalesce(contact, '') FROM person WHERE archived_at IS NULL"
    ).fetchall()
    names = {str(row["code"]): str(row["name"]) for row in rows}
    for said in (found.sender, found.service):
        known = candidates(names, said)
        if len(known) == 1:
            return known[0]
    sender = fold(found.sender)
    if "@" not in sender:
        return ""
    for part in (sender, "@" + sender.rpartition("@")[2].rstrip(">")):
        for row in rows:
            if part in fold(row["contact"]):
                return str(row["code"])
    return ""


def _quoted(workspace: Workspace, found: Statement) -> str:
    """Whose word it is and when, then the words: a partner's statement stays theirs."""
    at: datetime = (found.said_at or found.created_at or workspace.clock()).astimezone(workspace.zone)
    head = _("Stated by {who}, {when}:").format(
        who=found.sender or _("somebody"), when=f"{dates.day_and_month(at)} {at:%H:%M}"
    )
    return "\n".join(filter(None, (head, found.title, found.body, found.link)))
