"""What a partner declares about a service: one file or mail, read the same way whatever its form.

A statement is what somebody says, never the official state. It comes as JSON, as Markdown with a front
matter of `key: value` lines, or as a mail. What in a field is not understood is kept word for word at the
top of the body, so that nothing a partner wrote is lost.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.errors import MessageError
from typing import TYPE_CHECKING, Literal

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import BODY_LIMIT, clean, safe_link
from cockpit.domain.time.business_time import FIRST_YEAR, LAST_YEAR
from cockpit.locale import _

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

SIZE_LIMIT = 256 * 1024
"""Bytes of a file or mail at most."""
TITLE_LIMIT = 200
NAME_LIMIT = 80
ADDRESS_LIMIT = 254
"""Characters of a mail address, as SMTP has it: one that is cut would be somebody else's."""
ID_LIMIT = 200
VERSION = 1

_SEVERITIES = {"info": "p4", "minor": "p3", "major": "p2", "critical": "p1"}
_UNKNOWN_SEVERITY = "p3"
_FRONT_MATTER_LINES = 60
_TAG = re.compile(r"\[\s*p([1-4])\s*\]", re.IGNORECASE)
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

# What the standard library's mail parser is known to raise on hostile input.
_FAULTS = (
    MessageError, LookupError, ValueError, TypeError, AttributeError, RuntimeError, AssertionError, ArithmeticError,
)  # fmt: skip

WayIn = Literal["folder", "mail"]


class BadStatement(Exception):
    """A file or mail that is no statement. The message says in one sentence what is wrong, and where."""


@dataclass(frozen=True, kw_only=True)
class ReceivedStatement:
    """One statement, its texts cleaned and bounded.

    `digest` is the sha256 of the raw bytes; with `origin_id` it tells two statements apart. `severity` is
    p1 to p4. `at` is in UTC, None when it was not said with its offset. `link` is http(s) or empty. `proof`
    says what a server of ours confirmed of the sender (`dkim=pass ...`); empty when nothing did.
    """

    origin_id: str
    digest: str
    sender: str
    service: str
    severity: str
    title: str
    body: str
    at: datetime | None
    link: str
    proof: str
    way: WayIn


def parse_json(raw: bytes) -> ReceivedStatement:
    """The statement of a JSON file. Raises BadStatement."""
    _check_size(raw)
    try:
        fields = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadStatement(_("the file is not in UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise BadStatement(_("the file is not valid JSON")) from error
    if not isinstance(fields, dict):
        raise BadStatement(_("the file must hold one JSON object"))
    return _of_fields(raw, fields)


def parse_markdown(raw: bytes) -> ReceivedStatement:
    """The statement of a Markdown file: fields between two lines of `---`, then the body.

    Raises BadStatement.
    """
    _check_size(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    lines = text.lstrip().splitlines()
    if not lines or lines[0].rstrip() != "---":
        raise BadStatement(_("the file must start with its fields between two lines of ---"))
    fields: dict[str, object] = {}
    for number, line in enumerate(lines[1:_FRONT_MATTER_LINES], start=2):
        if line.rstrip() == "---":
            after = "\n".join(lines[number:])
            return _of_fields(raw, fields | ({"body": after} if after.strip() else {}))
        key, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise BadStatement(_("line {number} is not of the form key: value").format(number=number))
        fields[key.strip().lower()] = _unquoted(value.strip())
    raise BadStatement(_("the line of --- that closes the fields is missing"))


def parse_mail(raw: bytes, *, way: WayIn = "mail", proof: str = "") -> ReceivedStatement:
    """The statement of a mail: its text/plain part alone, never its HTML. Raises BadStatement.

    A tag [P1] to [P4] in the subject is the severity. Without a subject the first line of the text is the
    title. `way` and `proof` are what the caller knows of how the mail came.
    """
    message = parsed_mail(raw)
    sender = mail_sender(message)
    body = _mail_text(message)
    subject = _header(message, "subject")
    tag = _TAG.search(subject)
    title = clean(_TAG.sub(" ", subject, count=1), TITLE_LIMIT)
    title = title or clean(next((line for line in body.splitlines() if line.strip()), ""), TITLE_LIMIT)
    if not title:
        raise BadStatement(_("the mail has neither a subject nor a text"))
    digest = hashlib.sha256(raw).hexdigest()
    return ReceivedStatement(
        origin_id=clean(_header(message, "message-id"), ID_LIMIT) or digest,
        digest=digest,
        sender=sender,
        service="",
        severity=f"p{tag[1]}" if tag else _UNKNOWN_SEVERITY,
        title=title,
        body=body,
        at=_mail_date(message),
        link="",
        proof=clean(proof, TITLE_LIMIT),
        way=way,
    )


def parsed_mail(raw: bytes) -> EmailMessage:
    """The mail in its parts, its headers cut to a length that can be read quickly. Raises BadStatement."""
    from email import policy
    from email.headerregistry import HeaderRegistry
    from email.parser import BytesParser

    _check_size(raw)
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


def _check_size(raw: bytes) -> None:
    if len(raw) > SIZE_LIMIT:
        raise BadStatement(too_big())


def too_big() -> str:
    """Why a file or mail over the limit is refused."""
    return _("larger than {size} kB").format(size=SIZE_LIMIT // 1024)


def _no_constant(word: str) -> object:
    raise ValueError(word)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _of_fields(raw: bytes, fields: Mapping[str, object]) -> ReceivedStatement:
    version = fields.get("version")
    if isinstance(version, bool) or version not in (VERSION, str(VERSION)):
        raise BadStatement(_("version: only version {known} is understood").format(known=VERSION))
    severity, at, link = (_text(fields, name) for name in ("severity", "at", "link"))
    known_severity = _SEVERITIES.get(severity.strip().lower())
    known_at, known_link = _instant(at), safe_link(link)
    understood = {"severity": (severity, known_severity), "at": (at, known_at), "link": (link, known_link)}
    kept = [f"{name}: {clean(said)}" for name, (said, known) in understood.items() if said and not known]
    return ReceivedStatement(
        origin_id=_required(fields, "id", ID_LIMIT),
        digest=hashlib.sha256(raw).hexdigest(),
        sender=_required(fields, "from", NAME_LIMIT),
        service=clean(_text(fields, "service"), NAME_LIMIT),
        severity=known_severity or _UNKNOWN_SEVERITY,
        title=_required(fields, "title", TITLE_LIMIT),
        body=clean("\n".join([*kept, _text(fields, "body")]), BODY_LIMIT, lines=True),
        at=known_at,
        link=known_link or "",
        proof="",
        way="folder",
    )


def _required(fields: Mapping[str, object], name: str, limit: int) -> str:
    text = clean(_text(fields, name), limit)
    if not text:
        raise BadStatement(_("{field}: this field is missing or empty").format(field=name))
    return text


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadStatement(_("{field}: this field must be a text").format(field=name))
    return str(value)


def _instant(text: str) -> datetime | None:
    try:
        return _in_utc(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None


def _in_utc(at: datetime) -> datetime | None:
    # Without an offset nobody knows which instant it is.
    if at.tzinfo is None or not FIRST_YEAR < at.year < LAST_YEAR:
        return None
    return at.astimezone(UTC)


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
        return _in_utc(at if at.tzinfo else at.replace(tzinfo=UTC))
    except _FAULTS:
        return None


def _mail_text(message: EmailMessage) -> str:
    try:
        part = message.get_body(preferencelist=("plain",))
        text = _decoded(part) if part is not None else ""
        has_html = message.get_body(preferencelist=("html",)) is not None
    except _FAULTS as error:
        raise BadStatement(_("the text of the mail cannot be read")) from error
    text = clean(text, BODY_LIMIT, lines=True)
    if not text and has_html:
        raise BadStatement(_("the mail is in HTML alone: send it as plain text"))
    if part is None:
        raise BadStatement(_("the mail has no text"))
    return text


def _decoded(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_param("charset", "utf-8"))
    for encoding in (charset, "utf-8"):
        try:
            if _CHARSETS.fullmatch(encoding):
                return payload.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return payload.decode("latin-1")
