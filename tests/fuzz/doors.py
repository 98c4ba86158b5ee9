"""The doors by which text comes in: how an input of each is made, how it is taken, and what would be lost."""

from __future__ import annotations

import io
import json
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import xlsxwriter

from cockpit.domain.messages import mail_statement, statement
from cockpit.domain.settings import StatusSource
from cockpit.domain.spreadsheets import cells
from cockpit.domain.text import clean
from cockpit.domain.time.dates import DayContext
from cockpit.domain.work.known_names import KnownName, KnownNames, completion_at
from cockpit.domain.work.quick_entry import parse, to_json
from cockpit.services.agenda.check import check
from cockpit.sources import numbers, status
from cockpit.sources.ical.decode import FeedRefused
from cockpit.sources.table import separated, workbook
from cockpit.sources.table.sheet import UnreadableFile
from tests.places import DATA

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
SIGNS = (
    "\x00", "\x1b]52;c;eA==\x07", "\x1b[31m", "\u202e", "\u200b", "\u200f", "\ufeff", "²", "é", "œ", "€", "’", "“",
    "🧨",    "\x85", "\x9f", "\ud7ff", "ﷺ", "e\u0301", "\u2028", "\t", "\r\n", "\n", "'", '"', "\\", "[/]", "{}",
    "%s", "=1+1",
    "-1", "0", "9" * 30, "1e999", "NaN", "null", "true", "", " ", "\u00a0", "\u202f", ",", ";", ":", "//", "@", "+",
    "#",
)  # fmt: skip
BYTES = (
    b"\xff",
    b"\xfe\xff",
    b"\x00",
    b"\x85",
    b"\x9f",
    b"\x1b",
    b"\xc3",
    b"\xe9",
    b"\r",
    b"\n",
    b" ",
    b'"',
    b";",
    b"=",
)


@dataclass(frozen=True)
class Door:
    """How one kind of input is made, taken and refused."""

    make: Callable[[random.Random], Any]
    take: Callable[[Any], str]
    """Returns what was lost of it, empty for nothing."""
    refusals: tuple[type[Exception], ...] = ()
    share: float = 1.0
    """How many of its inputs are tried, against those that cost least."""


def damaged(chance: random.Random, text: str) -> str:
    """A text with some of its places cut, doubled, moved, or filled with signs that break programs."""
    for _turn in range(chance.randrange(4)):
        at, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        end = min(end, at + chance.choice((0, 1, 3, 20, 200)))
        put = chance.choice(
            ("", text[at:end] * 2, chance.choice(SIGNS), chance.choice(SIGNS) * chance.randrange(1, 40))
        )
        text = text[:at] + put + text[end:]
    return text


def damaged_bytes(chance: random.Random, raw: bytes) -> bytes:
    """The same for bytes."""
    for _turn in range(chance.randrange(4)):
        at, end = sorted((chance.randrange(len(raw) + 1), chance.randrange(len(raw) + 1)))
        end = min(end, at + chance.choice((0, 1, 3, 20, 200)))
        put = chance.choice((b"", raw[at:end] * 2, chance.choice(BYTES), bytes([chance.randrange(256)])))
        raw = raw[:at] + put + raw[end:]
    return raw


# The line that is typed.

_WORDS = (
    "@Silae", '@"Cabinet Dupont"', "+rh", "#x", "p1", "!haute", "!zz", "pour:demain", "^bientôt", "12h", "<hier",
    "qui:Sophie", "sla:J+1", "18h", "=>", "puis:voir", "conf:1", "15m", "//", '"', "\\@home", "\\", "Paie", "de",
    "dossier:X",
    "bloque:B-1", "fin", "du", "mois", "en", "huit", "@", "pour:", 'pour:"x y"', "qui :", "sla:", "2", "jours",
    "ouvrés",
    "2h15", "midi", "et", "demi", "d'ici", "48h", "échéance:demain", "p5", "the", "day", "after", "tomorrow",
    "due:31/02",
    "by", "next", "friday", "vendredi", "-3", "sla:4ho", "sla:Gold", "in", "3", "weeks", "29/02/2027", "99:99",
    "since:1/1",
)  # fmt: skip
_KNOWN = KnownNames(
    functions=(KnownName("Ressources humaines", "rh"), KnownName("Paie", "paye")),
    people=(KnownName("Sophie Martin"), KnownName("Sylvie Roux")),
    providers=(KnownName("Silae"), KnownName("Cabinet Dupont"), KnownName("Paie+")), policies=(KnownName("Gold"),),
)  # fmt: skip


def _line(chance: random.Random) -> str:
    line = " ".join(chance.choice(_WORDS) for _word in range(chance.randrange(14)))
    return damaged(chance, line) if chance.random() < 0.6 else line


def _read_line(line: str) -> str:
    line = clean(line, 10_000)
    found = parse(line, now=NOW, context=_context(), known=_KNOWN)
    json.dumps(to_json(found))
    completion_at(line, len(line), _KNOWN)
    kept = _bare(" ".join([found.title, *(chip.raw for chip in found.chips)])).split()
    return next((word for word in _bare(line).split() if word not in kept), "")


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\\", "")


@cache
def _context() -> DayContext:
    from cockpit.domain.time.business_time import calendar_from_mapping

    known = json.loads((DATA / "sla_vectors.json").read_text())["calendars"]["FR_35H"]
    return DayContext(time(9), time(18), calendar_from_mapping(known))


# Agendas.

_PROPERTIES = (
    "SUMMARY:Meeting", "DTSTART:20261124T090000Z", "DTSTART;VALUE=DATE:20261124",
    "DTSTART;TZID=Europe/Paris:20261124T090000",
    "DTEND:20261124T100000Z", "DURATION:PT1H", "DURATION:-P1W", "RRULE:FREQ=DAILY;COUNT=5", "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=MINUTELY;BYSETPOS=-1;BYDAY=MO,2TU",
    "EXDATE:20261125T090000Z",
    "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z;INTERVAL=0", "RDATE:20261201T090000Z", "RECURRENCE-ID:20261126T090000Z",
    "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.test", "SEQUENCE:²", "UID:other",
    "RRULE:FREQ=HOURLY;BYHOUR=25;BYYEARDAY=-366;WKST=XX", "DTSTAMP:20261101T000000Z", "URL:https://meet.test/x",
    "X-A;B=\"C:D",
)  # fmt: skip


def _feed(chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        return damaged_bytes(chance, chance.choice(_feeds()))
    events = []
    for number in range(chance.randrange(1, 5)):
        lines = [damaged(chance, chance.choice(_PROPERTIES)) if chance.random() < 0.2 else chance.choice(_PROPERTIES)
                 for _each in range(chance.randrange(1, 9))]  # fmt: skip
        events.append("\r\n".join(["BEGIN:VEVENT", f"UID:{number % 3}", *lines, "END:VEVENT"]))
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""])
    return damaged(chance, text).encode("utf-8", "surrogatepass")


@cache
def _feeds() -> tuple[bytes, ...]:
    return tuple(each.read_bytes() for each in sorted((DATA / "agenda_cases").glob("*.ics")))


def _read_feed(body: bytes) -> str:
    lo = date(2026, 11, 16)
    check(body, lo, lo + timedelta(weeks=5), zone="Europe/Paris")
    return ""


# Status pages.


@cache
def _shapes() -> tuple[Any, ...]:
    from tests.sources.status import test_other_dialects, test_vendor_dialects

    return (*test_other_dialects.SHAPES, *test_vendor_dialects.SHAPES)


def _page(chance: random.Random) -> tuple[str, tuple[bytes, ...]]:
    shape = chance.choice(_shapes())
    payloads = chance.choice((shape.trouble, shape.quiet))
    bodies = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in payloads]
    if chance.random() < 0.5:
        return shape.engine, tuple(damaged_bytes(chance, each) for each in bodies)
    return shape.engine, tuple(
        each if isinstance(given, bytes) else json.dumps(_warped(chance, given)).encode()
        for each, given in zip(bodies, payloads, strict=True)
    )


def _warped(chance: random.Random, value: Any, depth: int = 0) -> Any:
    """A document some of whose values are others, of any type."""
    if chance.random() < 0.03:
        return chance.choice(
            (
                None,
                True,
                -1,
                1e308,
                10**40,
                "",
                "x",
                [],
                {},
                [[]],
                chance.choice(SIGNS),
                "9999-12-31T99:99:99Z",
            )
        )
    if isinstance(value, dict):
        return {
            damaged(chance, key) if chance.random() < 0.02 else key: _warped(chance, each, depth + 1)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_warped(chance, each, depth + 1) for each in value] * (
            chance.choice((0, 2, 50)) if chance.random() < 0.02 else 1
        )
    return damaged(chance, value) if isinstance(value, str) and chance.random() < 0.1 else value


def _read_page(given: tuple[str, tuple[bytes, ...]]) -> str:
    engine, bodies = given
    source = StatusSource(key="acme", name="Acme", url="https://status.acme.test", engine=engine)
    read = status.read(engine, bodies, now=NOW, source=source)
    json.dumps([str(read), [part.name for part in read.components]])
    return ""


# Tables.

_CELLS = (
    "Name",
    "Sophie",
    "1 234,50",
    "12/03/2026",
    "=SUM(A1)",
    "'+33 1",
    "1e9",
    "oui",
    "a;b",
    'say "x"',
    "l1\nl2",
    "31.02.26",
)


def _table(chance: random.Random) -> bytes:
    separator = chance.choice((",", ";", "\t", "|"))
    rows = [
        separator.join(
            _quoted(
                chance,
                damaged(chance, chance.choice(_CELLS)) if chance.random() < 0.3 else chance.choice(_CELLS),
            )
            for _cell in range(chance.randrange(1, 7))
        )
        for _row in range(chance.randrange(1, 9))
    ]
    text = chance.choice(("\n", "\r\n", "\r")).join(rows)
    encoding = chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16"))
    raw = text.encode(encoding, "replace")
    return damaged_bytes(chance, raw) if chance.random() < 0.4 else raw


def _quoted(chance: random.Random, cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if chance.random() < 0.5 else cell


def _read_table(raw: bytes) -> str:
    separated.read(raw)
    return ""


@cache
def _book() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in ("One", "Two"):
        page = book.add_worksheet(name)
        for row in range(6):
            page.write_row(row, 0, ["Name", f"Sophie {row}", row * 1.5, True])
            page.write_formula(row, 5, "=A1", value="Name")
    book.close()
    return out.getvalue()


def _workbook(chance: random.Random) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(_book())) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    if chance.random() < 0.8:
        # Damage behind the checksums, where the reader meets it.
        name = chance.choice(
            [each for each in parts if "sheet" in each or "shared" in each or "book" in each]
        )
        parts[name] = damaged_bytes(chance, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue() if chance.random() < 0.8 else damaged_bytes(chance, out.getvalue())


def _read_workbook(raw: bytes) -> str:
    workbook.read(raw)
    return ""


# What partners send.

_HEADERS = (
    "From: A <a@b.test>", "Subject: [P1] Panne", "Subject: =?iso-8859-1?Q?caf=E9?=",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Type: text/html; charset=windows-1252", "Content-Type: multipart/mixed; boundary=x", "MIME-Version: 1.0",
    "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable",
    "Date: Mon, 23 Nov 2026 08:00:00 +0100",
    "Date: yesterday", "Message-ID: <x@y>", "Content-Type: text/plain; charset=no-such",
    "Content-Type: text/plain; charset=utf-7",
)  # fmt: skip
_BODIES = (
    "Le serveur est en panne depuis 8 h.\nMerci", "<p>Le <b>serveur</b></p>", "--x\r\n\r\none\r\n--x--",
    "c2VydmV1cg==", "caf=E9",
    "title: VPN\n\nbody words", "---\nservice: VPN\nseverity: p9\nat: never\n---\nIl est tombé",
    '{"title": "VPN", "body": "down", "at": "2026-11-23T08:00:00Z"}', "# VPN\n\nIl est tombé\n- ici\n- là",
)  # fmt: skip


def _mail(chance: random.Random) -> bytes:
    headers = [damaged(chance, chance.choice(_HEADERS)) if chance.random() < 0.2 else chance.choice(_HEADERS)
               for _each in range(chance.randrange(1, 8))]  # fmt: skip
    sender = ["From: A <a@b.test>", "Subject: Panne"] if chance.random() < 0.8 else []
    text = "\r\n".join([*sender, *headers, "", chance.choice(_BODIES)])
    raw = text.encode(chance.choice(("utf-8", "cp1252")), "replace")
    return damaged_bytes(chance, raw) if chance.random() < 0.4 else raw


def _read_mail(raw: bytes) -> str:
    mail_statement.parse_mail(raw)
    return ""


def _statement(chance: random.Random) -> str:
    body = chance.choice(_BODIES)
    return damaged(chance, body) if chance.random() < 0.7 else body


def _read_statement(text: str) -> str:
    raw = text.encode("utf-8", "surrogatepass")
    if text.lstrip().startswith("{"):
        statement.parse_json(raw)
        return ""
    found = statement.parse_text(raw)
    said = f"{found.title} {found.body} {found.sender} {found.service}"
    # What is taken out between two letters joins them: a run of letters is still there.
    bare = _ESCAPES.sub("", unicodedata.normalize("NFC", text))
    # A field without a value says nothing, whatever it is called.
    bare = "\n".join(line for line in bare.splitlines() if not line.rstrip().endswith(":"))
    runs = (
        run for run in re.findall(r"[A-Za-z]{4,}", bare) if not any(run in name for name in _NAMES_OF_FIELDS)
    )
    return next((run for run in runs if run not in said), "")


_ESCAPES = re.compile(r"\x1b\][^\x07\x1b\n]*\x07|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-~]?")
_NAMES_OF_FIELDS = {"title", "service", "severity"}
"""They name a field, and are no words of it."""


# Numbers and days.


def _cell(chance: random.Random) -> str:
    digits = "".join(
        chance.choice("0123456789 .,'’\u00a0\u202f-+()%€kKM/janvsept²")
        for _sign in range(chance.randrange(14))
    )
    return damaged(chance, digits)


def _read_cell(text: str) -> str:
    cells.number(text)
    cells.day(text)
    return ""


def _figures(chance: random.Random) -> bytes:
    days = [damaged(chance, f"2026-11-{chance.randrange(1, 40):02}") for _row in range(chance.randrange(6))]
    made = chance.choice(
        (
            json.dumps([{"date": day, "value": chance.choice((1, 1e400, "x", None, True, 10**40))} for day in days]),
            "date;value\n" + "\n".join(f"{day};{chance.randrange(10**6)}" for day in days), _cell(chance),
            json.dumps({"a": {"b": [1, [2]]}, "value": chance.random()}), str(chance.randrange(10**9)),
        )
    )  # fmt: skip
    return damaged_bytes(chance, made.encode("utf-8", "surrogatepass"))


def _read_figures(body: bytes) -> str:
    numbers.read(body)
    return ""


DOORS = {
    "line": Door(_line, _read_line),
    "agenda": Door(_feed, _read_feed, (FeedRefused,), 0.5),
    "page": Door(_page, _read_page),
    "table": Door(_table, _read_table, (UnreadableFile,)),
    "workbook": Door(_workbook, _read_workbook, (UnreadableFile,), 0.1),
    "mail": Door(_mail, _read_mail, (statement.BadStatement,)),
    "statement": Door(_statement, _read_statement, (statement.BadStatement,)),
    "cell": Door(_cell, _read_cell),
    "figures": Door(_figures, _read_figures, (numbers.NoNumber,)),
}
