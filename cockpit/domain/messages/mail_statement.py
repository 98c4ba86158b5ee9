"""The statement of a mail: its text alone, whatever its sender's program made of it."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.errors import MessageError
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import replace
from cockpit.domain.messages.decoding import decoded, once, windows
from cockpit.domain.messages.html import text_of
from cockpit.domain.messages.statement import (
    ID_LIMIT,
    SIZE_LIMIT,
    TAG,
    TITLE_LIMIT,
    BadStatement,
    ReceivedStatement,
    WayIn,
    body_of,
    check_size,
    in_utc,
    split_subject,
    subject_of,
)
from cockpit.domain.text import TYPED_LIMIT, clean
from cockpit.locale import _

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

ADDRESS_LIMIT = 254
"""Characters of a mail address, as SMTP has it: one that is cut would be somebody else's."""
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)

# A mail within the size limit could still take minutes: these keep its reading under two seconds.
_HEADER_LIMIT = 2_000
_PARTS = 50
_BOUNDARIES = 1_000
# Others, such as punycode or idna, are slow on purpose-made input, or are no encodings of mail at all.
_CHARSETS = re.compile(
    r"utf-?8|utf-16(?:le|be)?|(?:us-)?ascii|latin-?[19]|iso[-_]?8859[-_][0-9]{1,2}|(?:windows-|cp)125[0-8]"
    r"|koi8-[ru]|shift_jis|iso-2022-jp|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5",
    re.IGNORECASE,
)

_LATIN = re.compile(r"(?:us-)?ascii|latin-?1|iso[-_]?8859[-_]1|(?:windows-|cp)1252", re.IGNORECASE)

# What the standard library's mail parser is known to raise on hostile input.
_FAULTS = (
    MessageError, LookupError, ValueError, TypeError, AttributeError, RuntimeError, AssertionError, ArithmeticError,
)  # fmt: skip


def parse_mail(raw: bytes, *, way: WayIn = "mail", proof: str = "") -> ReceivedStatement:
    """The statement of a mail: its text/plain part alone, never its HTML. Raises BadStatement.

    A tag [P1] to [P4] in the subject is the severity. Without a subject the first line of the text stands
    for it. `way` and `proof` are what the caller knows of how the mail came.
    """
    message = parsed_mail(raw)
    sender = mail_sender(message)
    text, html = _texts(message)
    if not text and html:
        raise BadStatement(_("the mail is in HTML alone: send it as plain text"))
    return _said(message, sender, text, way=way, proof=proof)


def left_mail(raw: bytes, why: str, *, sender: str = "", way: WayIn = "mail") -> ReceivedStatement:
    """As much of a mail that could not be taken as can be read, and why it was left aside."""
    raw = raw[:SIZE_LIMIT]
    try:
        message = parsed_mail(raw)
        text, html = _texts(message)
        said = _said(
            message, sender or _claimed(message), text or html, way=way, proof="", subject=_("(no subject)")
        )
    except (BadStatement, *_FAULTS):
        text = decoded(raw)
        severity, title, whole = subject_of(split_subject(text)[0] or _("(no subject)"))
        digest = hashlib.sha256(raw).hexdigest()
        said = ReceivedStatement(
            origin_id=digest, digest=digest, sender=clean(sender, ADDRESS_LIMIT), service="", severity=severity,
            title=title or _("(no subject)"), body=body_of([whole, text]), at=None, link="", proof="", way=way,
        )  # fmt: skip
    return replace(said, left_aside=why)


def _said(
    message: EmailMessage, sender: str, text: str, *, way: WayIn, proof: str, subject: str = ""
) -> ReceivedStatement:
    header = _header(message, "subject")
    severity, title, whole = subject_of(header)
    if not title:
        told, title, whole = subject_of(split_subject(text)[0] or subject)
        severity = severity if TAG.search(header) else told
    if not title:
        raise BadStatement(_("the mail has neither a subject nor a text"))
    body = body_of([whole, text])
    identity = clean(_header(message, "message-id"), ID_LIMIT)
    # The same mail comes with other headers by another way: what it says is what it is.
    digest = hashlib.sha256("\0".join((identity, sender, title, body)).encode()).hexdigest()
    return ReceivedStatement(
        origin_id=identity or digest,
        digest=digest,
        sender=sender,
        service="",
        severity=severity,
        title=title,
        body=body,
        at=_mail_date(message),
        link="",
        proof=clean(proof, TITLE_LIMIT),
        way=way,
    )


def _claimed(message: EmailMessage) -> str:
    """What a mail says of its sender, whether or not that is one address."""
    return clean(_header(message, "from"), ADDRESS_LIMIT)


def parsed_mail(raw: bytes) -> EmailMessage:
    """The mail in its parts, its headers cut to a length that can be read quickly. Raises BadStatement."""
    from email import policy
    from email.headerregistry import HeaderRegistry
    from email.parser import BytesParser

    check_size(raw)
    if raw.lower().count(b"content-type") > _PARTS or len(re.findall(rb"(?m)^--", raw)) > _BOUNDARIES:
        raise BadStatement(_("the mail has too many parts"))
    known = HeaderRegistry()
    bounded = policy.default.clone(header_factory=lambda name, value: known(name, value[:_HEADER_LIMIT]))
    try:
        return BytesParser(policy=bounded).parsebytes(raw)
    except _FAULTS as error:
        raise BadStatement(_("the mail cannot be read")) from error


def mail_sender(message: EmailMessage) -> str:
    """The address of the one From header, in lower case. Raises BadStatement when there is not exactly one."""
    # Counted before any is parsed: a mail may hold thousands.
    if sum(name.lower() == "from" for name, _value in message.raw_items()) != 1:
        raise BadStatement(_("From: the mail must name one sender, once"))
    try:
        addresses = [address.addr_spec for address in message["from"].addresses]
    except _FAULTS:
        addresses = []
    address = addresses[0].lower() if len(addresses) == 1 else ""
    if len(address) > ADDRESS_LIMIT or not _ADDRESS.fullmatch(address):
        raise BadStatement(_("From: the mail must name one sender, once"))
    return address


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except _FAULTS:
        return ""


def _mail_date(message: EmailMessage) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        at = parsedate_to_datetime(_header(message, "date"))
        # `-0000` is UTC by a machine that does not say where it stands.
        return in_utc(at if at.tzinfo else at.replace(tzinfo=UTC))
    except _FAULTS:
        return None


def _texts(message: EmailMessage) -> tuple[str, str]:
    """The plain text of a mail, and the text of its HTML. Raises BadStatement when it has neither."""
    try:
        parts = [message.get_body(preferencelist=(kind,)) for kind in ("plain", "html")]
        plain, html = (_decoded(part) if part is not None else "" for part in parts)
    except _FAULTS as error:
        raise BadStatement(_("the text of the mail cannot be read")) from error
    if parts == [None, None]:
        raise BadStatement(_("the mail has no text"))
    return clean(plain, TYPED_LIMIT, lines=True), clean(text_of(html), TYPED_LIMIT, lines=True)


def _decoded(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_param("charset", "utf-8"))
    if _LATIN.fullmatch(charset):
        # Who says Latin-1 means Windows-1252: the same letters, and those that it lacks.
        return once(windows(payload))
    try:
        if _CHARSETS.fullmatch(charset):
            return once(payload.decode(charset))
    except (LookupError, UnicodeDecodeError):
        pass
    return decoded(payload)
