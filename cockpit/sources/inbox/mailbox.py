"""A mailbox to which partners write, read over IMAP: new mails only, from known senders, none deleted.

Who sent a mail is believed when the sender is on the list and, unless the configuration says otherwise,
when one's own server says that the sender's domain signed it (DKIM, in Authentication-Results, RFC 8601).
That server must itself remove the results that a sender forges in its name, as that RFC asks of it (5).
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Sequence
from contextlib import suppress

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.messages.mail_statement import mail_sender, parsed_mail
from cockpit.domain.messages.statement import SIZE_LIMIT, BadStatement, too_big
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.network.reach import Refused
from cockpit.sources import failure
from cockpit.sources.inbox.authentication import signed_by
from cockpit.sources.inbox.imap import Gibberish, Server, Session, WrongPassword, mailbox_name, server_of

PER_READ = 50
"""Mails of one read at most; the others wait for the next."""

_START = 16_384
"""Bytes of a mail that is too big which are read all the same: who sent it, and about what."""
_WHOLE = 6
_ROOM = 4 * 1024 * 1024
_LAST_UID = 2**32 - 1
_UID = re.compile(rb"\bUID ([0-9]{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE ([0-9]{1,19})\b")

# What imaplib lets through when a server does not answer as the protocol says.
_NOT_IMAP = (imaplib.IMAP4.error, Gibberish, ValueError, LookupError, TypeError, AttributeError)


class MailboxFailed(Exception):
    """The mailbox could not be read. The message says why, for a person, without the password."""


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """Where and how to read.

    `url` is `imaps://host`, `imap+starttls://host`, or `imap://host` when `internal`; a port may follow.
    `allowed` holds whole addresses or `@domain`, which is that domain alone. `authserv` is the name under
    which one's own server signs its Authentication-Results. `timeout_s` bounds the wait for each answer;
    the whole read takes six times that at most.
    """

    url: str = field(repr=False)
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    allowed: tuple[str, ...]
    authserv: str
    require_dkim: bool = True
    timeout_s: float = 20
    internal: bool = False


@dataclass(frozen=True)
class Cursor:
    """How far a mailbox was read. UIDs mean something for one `uidvalidity` only; 0 and 0 is the start."""

    uidvalidity: int = 0
    uid: int = 0


@dataclass(frozen=True)
class Mail:
    """A mail to believe: its bytes, its sender's address, and what one's own server confirmed of it."""

    uid: int
    raw: bytes
    sender: str
    proof: str


@dataclass(frozen=True)
class RefusedMail:
    """A mail that was left aside, and why. `sender` is what the mail claims, empty when not even that; `raw`
    holds its first bytes. One that is not `listed` comes from anybody.
    """

    uid: int
    sender: str
    reason: str
    raw: bytes = b""
    listed: bool = True


@dataclass(frozen=True)
class FetchedMails:
    """What one read gave, and the cursor to read from next."""

    mails: tuple[Mail, ...]
    cursor: Cursor
    refused: tuple[RefusedMail, ...] = ()


def read_new(box: Mailbox, cursor: Cursor) -> FetchedMails:
    """The mails after `cursor`, at most 50; those that are believed are marked as read there.

    Waits for the network: for a thread. A changed UIDVALIDITY reads from the start again. Raises
    MailboxFailed, after which nothing was lost: the same cursor reads the same mails.
    """
    if box.require_dkim and not box.authserv:
        raise MailboxFailed(_("authserv is missing: the name of the server whose checks of senders count"))
    try:
        server = server_of(box.url, internal=box.internal)
    except Refused as error:
        raise MailboxFailed(str(error)) from error
    # Raised outside of the handlers, so that no exception with what was sent stays attached.
    try:
        return _read(box, server, cursor)
    except Refused as error:
        message = str(error)
    except WrongPassword:
        message = _("{host} refuses the user or the password of the mailbox").format(host=server.host)
    except OSError as error:
        message = failure.of_exchange(error, server.host).message
    except _NOT_IMAP:
        sentence = _("{host} broke off the session or does not speak IMAP as it should")
        message = sentence.format(host=server.host)
    raise MailboxFailed(message)


def _read(box: Mailbox, server: Server, cursor: Cursor) -> FetchedMails:
    session = Session(
        server,
        internal=box.internal,
        wait_s=box.timeout_s,
        whole_s=box.timeout_s * _WHOLE,
        literal=SIZE_LIMIT + 1,
        total=PER_READ * SIZE_LIMIT + _ROOM,
    )
    try:
        session.enter(box.user, box.password)
        fetched = _after(session, box, cursor)
        with suppress(OSError, *_NOT_IMAP):
            session.logout()
        return fetched
    finally:
        session.shutdown()


def _after(session: Session, box: Mailbox, cursor: Cursor) -> FetchedMails:
    if session.select(mailbox_name(box.folder))[0] != "OK":
        raise MailboxFailed(_("the mailbox has no folder {folder}").format(folder=clean(box.folder)))
    validity = _number(session.response("UIDVALIDITY")[1])
    start = cursor.uid if cursor.uidvalidity == validity else 0
    uids = _uids_after(session, start)[:PER_READ]
    sizes = _sizes(session, uids) if uids else {}
    mails: list[Mail] = []
    refused: list[RefusedMail] = []
    for uid in uids:
        if sizes.get(uid, 0) > SIZE_LIMIT:
            refused.append(RefusedMail(uid, "", too_big(), _raw(session, uid, _START)))
            continue
        verdict = _judged(box, uid, _raw(session, uid))
        if isinstance(verdict, Mail):
            mails.append(verdict)
        else:
            refused.append(verdict)
    if mails:
        # A mailbox that does not let itself be marked is still one to read; the cursor does not need it.
        session.uid("STORE", _set_of([mail.uid for mail in mails]), "+FLAGS.SILENT", r"(\Seen)")
    return FetchedMails(tuple(mails), Cursor(validity, uids[-1] if uids else start), tuple(refused))


def _uids_after(session: Session, start: int) -> list[int]:
    lines = _checked(session.uid("SEARCH", "UID", f"{start + 1}:*"))
    found = {int(word) for line in lines if isinstance(line, bytes) for word in line.split()}
    # `*` is the last mail even when it is before `start`.
    return sorted(uid for uid in found if start < uid <= _LAST_UID)


def _sizes(session: Session, uids: Sequence[int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for line in _checked(session.uid("FETCH", _set_of(uids), "(UID RFC822.SIZE)")):
        if isinstance(line, bytes) and (uid := _UID.search(line)) and (size := _SIZE.search(line)):
            sizes[int(uid[1])] = int(size[1])
    return sizes


def _raw(session: Session, uid: int, most: int = SIZE_LIMIT + 1) -> bytes:
    """The bytes of a mail, `most` at most, one over the limit, whatever size the server gave before."""
    lines = _checked(session.uid("FETCH", str(uid), f"(UID BODY.PEEK[]<0.{most}>)"))
    return next((line[1] for line in lines if isinstance(line, tuple) and b"BODY[" in line[0].upper()), b"")


def _judged(box: Mailbox, uid: int, raw: bytes) -> Mail | RefusedMail:
    try:
        message = parsed_mail(raw)
        sender = mail_sender(message)
    except BadStatement as error:
        return RefusedMail(uid, "", str(error), raw)
    if not _is_allowed(sender, box.allowed):
        sentence = _("{sender} is not on the list of allowed senders")
        return RefusedMail(uid, sender, sentence.format(sender=sender), raw, listed=False)
    domain = sender.rpartition("@")[2]
    results = [v for name, v in message.raw_items() if name.lower() == "authentication-results"]
    signer = signed_by(results, box.authserv, domain) if box.authserv else ""
    if box.require_dkim and not signer:
        sentence = _("our mail server does not confirm that {domain} signed this mail (DKIM)")
        return RefusedMail(uid, sender, sentence.format(domain=domain), raw)
    return Mail(uid, raw, sender, f"dkim=pass header.d={signer}" if signer else "")


def _is_allowed(sender: str, allowed: Sequence[str]) -> bool:
    domain = "@" + sender.rpartition("@")[2]
    return any(entry.strip().lower() in (sender, domain) for entry in allowed)


def _set_of(uids: Sequence[int]) -> str:
    return ",".join(str(uid) for uid in uids)


def _number(lines: Sequence[object]) -> int:
    number = int(next((line for line in lines if isinstance(line, bytes)), b""))
    if not 0 < number <= _LAST_UID:
        raise Gibberish
    return number


def _checked(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    status, lines = answer
    if status != "OK":
        raise Gibberish
    return lines
