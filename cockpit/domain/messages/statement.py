"""What a partner declares about a service: one file or mail, read the same way whatever its form.

A statement is what somebody says, never the official state. It comes as plain text or Markdown, whose first
line is its subject, as Markdown with a front matter of `key: value` lines, as JSON, or as a mail
(`mail_statement`). What in a field is not understood, or does not fit in it, is kept word for word at the
top of the body, so that nothing a partner wrote is lost.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.messages.decoding import decoded, once
from cockpit.domain.text import BODY_LIMIT, TYPED_LIMIT, clean, fold, safe_link
from cockpit.domain.time.business_time import FIRST_YEAR, LAST_YEAR
from cockpit.locale import _

SIZE_LIMIT = 256 * 1024
"""Bytes of a file or mail at most."""
TITLE_LIMIT = 200
NAME_LIMIT = 80
ID_LIMIT = 200
VERSION = 1
UNKNOWN_SEVERITY = "p3"
TAG = re.compile(r"\[\s*p([1-4])\s*\]", re.IGNORECASE)
"""How a subject says how bad it is: [P1] to [P4]."""

_SEVERITIES = {
    "info": "p4", "minor": "p3", "major": "p2", "critical": "p1",
    "mineur": "p3", "mineure": "p3", "majeur": "p2", "majeure": "p2", "critique": "p1", "urgent": "p1",
    "urgente": "p1", "p1": "p1", "p2": "p2", "p3": "p3", "p4": "p4",
}  # fmt: skip
_NAMES = {
    "de": "from", "expediteur": "from", "sender": "from", "objet": "title", "titre": "title",
    "sujet": "title", "subject": "title", "gravite": "severity", "texte": "body", "corps": "body",
    "message": "body", "text": "body", "lien": "link", "url": "link", "date": "at", "le": "at",
}  # fmt: skip
"""Other names under which a field comes."""
_FIELDS = frozenset({"id", "from", "service", "severity", "title", "body", "at", "link"})
_FRONT_MATTER_LINES = 60
# What stands before the words of a first line: the signs of a title or a list, or the name of the field.
_BEFORE = re.compile(r"(?:[#>*=-]+\s+)?(?:(?:objet|sujet|subject|titre|title)\s*:\s*)?", re.IGNORECASE)
_RULE = re.compile(r"[-=*_#\s]*")
_FROM = re.compile(r"(?:de|from|expéditeur|sender)\s*:\s*(\S.*)", re.IGNORECASE)

WayIn = Literal["folder", "mail"]


class BadStatement(Exception):
    """A file or mail that is no statement. The message says in one sentence what is wrong, and where."""


@dataclass(frozen=True, kw_only=True)
class ReceivedStatement:
    """One statement, its texts cleaned and bounded.

    `digest` with `origin_id` tells two statements apart: the sha256 of a file's bytes, or of what a mail
    says. `severity` is p1 to p4. `at` is in UTC, None when it was not said with its offset. `link` is http(s)
    or empty. `proof` says what a server of ours confirmed of the sender (`dkim=pass ...`); empty when nothing
    did. `left_aside` says why it was not taken; empty when it was.
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
    left_aside: str = ""


def parse_json(raw: bytes) -> ReceivedStatement:
    """The statement of a JSON file. Raises BadStatement."""
    check_size(raw)
    try:
        fields = json.loads(decoded(raw), parse_constant=_no_constant, object_pairs_hook=_Said)
    except (ValueError, RecursionError) as error:
        raise BadStatement(_("the file is not valid JSON")) from error
    if not isinstance(fields, dict):
        raise BadStatement(_("the file must hold one JSON object"))
    # Every name that was said, and were it twice.
    said = fields.pairs if isinstance(fields, _Said) else fields.items()
    return _of_fields(raw, [(str(name), _once(value)) for name, value in said])


def parse_text(raw: bytes) -> ReceivedStatement:
    """The statement of a text or Markdown file: its first line, then the rest; or fields between two lines of
    `---`, then the body. Raises BadStatement for one that is too large or says nothing.
    """
    check_size(raw)
    text = decoded(raw)
    if "\x00" in text:
        raise BadStatement(_("the file holds no text"))
    lines = text.lstrip().splitlines()
    fields = _front_matter(lines)
    if fields is not None:
        return _of_fields(raw, fields)
    sender = next((found[1] for line in lines[:4] if (found := _FROM.fullmatch(line.strip()))), "")
    told = [line for line in lines if not _FROM.fullmatch(line.strip())] if sender else lines
    return _of_fields(raw, [("from", sender), ("body", "\n".join(told))])


def split_subject(text: str) -> tuple[str, str]:
    """The first line that says something, without the signs of a title, and what stands after it."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not _RULE.fullmatch(line):
            return _BEFORE.sub("", line.strip(), count=1), "\n".join(lines[number + 1 :])
    return "", text


def subject_of(text: str) -> tuple[str, str, str]:
    """How bad the tag of a subject says it is, the subject within its limit, and all of it when it is longer."""
    tag = TAG.search(text)
    bare = clean(TAG.sub(" ", text, count=1), TYPED_LIMIT)
    title = clean(bare, TITLE_LIMIT)
    return f"p{tag[1]}" if tag else UNKNOWN_SEVERITY, title, bare if title != bare else ""


def body_of(parts: Iterable[str]) -> str:
    """The body, which says so where it had to be cut."""
    text = clean("\n".join(part for part in parts if part), TYPED_LIMIT, lines=True)
    if len(text) <= BODY_LIMIT:
        return text
    cut = "\n" + _("… (cut here: all of it is where it came from)")
    return text[: BODY_LIMIT - len(cut)].rstrip() + cut


def check_size(raw: bytes) -> None:
    """Raises BadStatement for a file or mail over the limit."""
    if len(raw) > SIZE_LIMIT:
        raise BadStatement(too_big())


def too_big() -> str:
    """Why a file or mail over the limit is refused."""
    return _("larger than {size} kB").format(size=SIZE_LIMIT // 1024)


def in_utc(at: datetime) -> datetime | None:
    """The instant in UTC; None without an offset, since nobody knows which instant that is."""
    if at.tzinfo is None or not FIRST_YEAR < at.year < LAST_YEAR:
        return None
    return at.astimezone(UTC)


class _Said(dict[str, object]):
    """An object of JSON that remembers what it said twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def _front_matter(lines: list[str]) -> list[tuple[str, object]] | None:
    """The fields between two lines of `---` and the body after them; None when there are none."""
    if not lines or lines[0].rstrip() != "---":
        return None
    fields: list[tuple[str, object]] = []
    for number, line in enumerate(lines[1:_FRONT_MATTER_LINES], start=2):
        if line.rstrip() == "---":
            after = "\n".join(lines[number:])
            return fields + ([("body", after)] if after.strip() else []) if fields else None
        key, colon, value = line.partition(":")
        if line.strip() and not colon:
            return None
        if line.strip():
            fields.append((key.strip(), _unquoted(value.strip())))
    return None


def _no_constant(word: str) -> object:
    raise ValueError(word)


def _once(value: object) -> object:
    return once(value) if isinstance(value, str) else value


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _of_fields(raw: bytes, given: Iterable[tuple[str, object]]) -> ReceivedStatement:
    """The statement of what was given, each name with what it says; of one that says several
    things the last counts, and the others are kept in the text.

    Only something to say is asked for.
    """
    fields: dict[str, str] = {}
    kept: list[str] = []
    given = list(given)
    last = {key: at for at, (key, _value) in enumerate(given)}
    for number, (key, value) in enumerate(given):
        name = fold(key.strip())
        name = _NAMES.get(name, name)
        said = _text(value)
        if name == "version" and said == str(VERSION):
            continue
        if name in _FIELDS and said and name not in fields and last[key] == number:
            fields[name] = said
        elif value not in (None, "", [], {}):
            kept.append(f"{key}: {said if said is not None else json.dumps(value, ensure_ascii=False)}")
    severity, at, link = (fields.get(name, "") for name in ("severity", "at", "link"))
    known_severity = _SEVERITIES.get(fold(severity.strip()))
    known_at, known_link = _instant(at), safe_link(link)
    understood = {"severity": (severity, known_severity), "at": (at, known_at), "link": (link, known_link)}
    kept += [f"{name}: {said}" for name, (said, known) in understood.items() if said and not known]
    limits = {"id": ID_LIMIT, "from": NAME_LIMIT, "service": NAME_LIMIT}
    short = {name: clean(fields.get(name, ""), limit) for name, limit in limits.items()}
    kept += [f"{name}: {fields[name]}" for name, text in short.items() if text.endswith("…")]
    body = fields.get("body", "")
    subject = fields.get("title", "")
    tagged, title, whole = subject_of(subject)
    if not title:
        first, body = split_subject(body)
        told, title, whole = subject_of(first)
        tagged = tagged if TAG.search(subject) else told
    if not title:
        raise BadStatement(_("it says nothing: neither a subject nor a text"))
    digest = hashlib.sha256(raw).hexdigest()
    return ReceivedStatement(
        origin_id=short["id"] or digest,
        digest=digest,
        sender=short["from"],
        service=short["service"],
        severity=known_severity or tagged,
        title=title,
        body=body_of([*(clean(line, TYPED_LIMIT) for line in kept), whole, body]),
        at=known_at,
        link=known_link or "",
        proof="",
        way="folder",
    )


def _text(value: object) -> str | None:
    """What a value says as text; None for a structure."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)


def _instant(text: str) -> datetime | None:
    try:
        return in_utc(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None
