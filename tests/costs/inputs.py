"""Inputs that cost as much of a processor as their kind can, at the size up to which each is read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cockpit.domain.settings import Settings, StatusSource
from cockpit.services.desk.workspace import Workspace
from cockpit.sources.ical.split import MAX_EVENTS

MB = 1024 * 1024
NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)


@dataclass(frozen=True)
class Costly:
    """One input: which door takes it, what it is made of, and how it is read."""

    door: str
    name: str
    make: Callable[[int], Any]
    """Of about so many bytes."""
    read: Callable[[Any], object]
    size: int
    """Bytes up to which that door reads."""


# Agendas, as the sync stores them.

_HEAD, _TAIL = "BEGIN:VCALENDAR\nVERSION:2.0\n", "END:VCALENDAR\n"
_EVENT = "BEGIN:VEVENT\nUID:{n}\nDTSTART:20261124T090000Z\nSUMMARY:M\n{more}END:VEVENT\n"
_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Z{n}\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0{d}00\n"
    "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE\n"
)


def _feed(part: Callable[[int], str], before: str = "", after: str = "") -> Callable[[int], bytes]:
    """A calendar filled with parts up to a size, and up to the most events that are read."""

    def make(size: int) -> bytes:
        made = io.BytesIO()
        made.write((_HEAD + before).encode())
        n, most = 0, MAX_EVENTS - 2 if "BEGIN:VEVENT" in part(1) else size
        while made.tell() < size - len(after) - 64 and n < most:
            made.write(part(n).encode())
            n += 1
        made.write((after + _TAIL).encode())
        return made.getvalue()

    return make


def _one_event(line: Callable[[int], str]) -> Callable[[int], bytes]:
    begin, _more, end = _EVENT.partition("{more}")
    return _feed(line, begin.format(n=1), end)


def _dates(count: int, first: int = 0) -> str:
    return ",".join(
        f"{2000 + n // 336:04}{n // 28 % 12 + 1:02}{n % 28 + 1:02}T090000Z"
        for n in range(first, first + count)
    )


AGENDAS: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    ("single events", _feed(lambda n: _EVENT.format(n=n, more=""))),
    (
        "events of 400 kinds of text",
        _feed(lambda n: _EVENT.format(n=n, more=f"DESCRIPTION:{'é&amp; ' * 99}\n")),
    ),
    ("definitions of zones", _feed(lambda n: _ZONE.format(n=n, d=n % 10), after=_EVENT.format(n=1, more=""))),
    (
        "one zone, defined anew each time",
        _feed(lambda n: _ZONE.format(n=0, d=n % 10) + f"X-{n}:1\n", after=_EVENT.format(n=1, more="")),
    ),
    ("an event for each zone", _feed(lambda n: _ZONE.format(n=0, d=n % 10) + _EVENT.format(n=n, more=""))),
    ("components within components", _feed(lambda _n: "BEGIN:X\n")),
    (
        "components opened, and closed from within",
        _feed(lambda n: f"BEGIN:X{n}\n" if n < 1_000_000 else f"END:X{2_000_000 - n}\n"),
    ),
    ("components of a few letters", _feed(lambda _n: "BEGIN:A\nEND:A\n")),
    ("empty events", _feed(lambda _n: "BEGIN:VEVENT\nEND:VEVENT\n")),
    ("events within events", _feed(lambda n: f"BEGIN:VEVENT\nUID:{n}\n")),
    ("alarms", _one_event(lambda _n: "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\n")),
    ("a line folded at each sign", _one_event(lambda _n: "DESCRIPTION:" + "a\n " * 9_000 + "\n")),
    ("one line without an end", lambda size: (_HEAD + "X:" + "a" * size).encode()[:size]),
    ("a description of eight megabytes", _one_event(lambda _n: f"DESCRIPTION:{'a' * (8 * MB - 100)}\n")),
    (
        "a description with line breaks that are not escaped",
        _one_event(lambda n: "x y\n" if n else "DESCRIPTION:z\n"),
    ),
    ("lines that are no property", _one_event(lambda _n: "§\n")),
    ("properties that appear again and again", _one_event(lambda _n: "SUMMARY:again\n")),
    (
        "people who were asked",
        _one_event(lambda n: f'ATTENDEE;CN="P {n}";PARTSTAT=ACCEPTED:mailto:p{n}@a.test\n'),
    ),
    (
        "a parameter without an end",
        _one_event(lambda _n: f"ATTENDEE;CN={'a;b=' * 200_000}:mailto:a@b.test\n"),
    ),
    ("quotes that are not closed", _one_event(lambda _n: 'ATTENDEE;CN="' * 50_000 + "\n")),
    (
        "a person of a hundred thousand names",
        _feed(
            lambda n: _EVENT.format(
                n=n,
                more="ATTENDEE;MEMBER=" + ",".join(['"mailto:a@b.test"'] * 100_000) + ":mailto:a@b.test\n",
            )
        ),
    ),
    (
        "lists of a hundred thousand exceptions",
        _feed(lambda n: _EVENT.format(n=n, more=f"RRULE:FREQ=DAILY\nEXDATE:{_dates(100_000)}\n")),
    ),
    (
        "lists of a hundred thousand dates",
        _feed(lambda n: _EVENT.format(n=n, more=f"RDATE:{_dates(100_000)}\n")),
    ),
    ("an exception a line", _one_event(lambda n: f"EXDATE:{_dates(1, n)}\n")),
    (
        "rules with long lists",
        _feed(
            lambda n: _EVENT.format(
                n=n,
                more="RRULE:FREQ=SECONDLY;"
                + ";".join(
                    f"{part}={','.join(map(str, range(most)))}"
                    for part, most in (("BYSECOND", 60), ("BYMINUTE", 60), ("BYHOUR", 24))
                )
                + "\n",
            )
        ),
    ),
    (
        "rules that never meet",
        _feed(lambda n: _EVENT.format(n=n, more="RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n")),
    ),
    (
        "a rule of a megabyte",
        _feed(lambda n: _EVENT.format(n=n, more=f"RRULE:FREQ=DAILY;BYMONTHDAY={'1,' * (MB // 2)}1\n")),
    ),
    ("daily for ever", _feed(lambda n: _EVENT.format(n=n, more="RRULE:FREQ=DAILY\n"))),
    ("each second for ever", _feed(lambda n: _EVENT.format(n=n, more="RRULE:FREQ=SECONDLY\n"))),
    (
        "replaced instances of one series",
        _feed(
            lambda n: _EVENT.format(
                n=1, more="RRULE:FREQ=DAILY\n" if not n else f"RECURRENCE-ID:{_dates(1, n)}\n"
            )
        ),
    ),
    ("one identity for all", _feed(lambda n: _EVENT.format(n=1, more=f"RRULE:FREQ=DAILY\nX-N:{n}\n"))),
    (
        "names of zones that nobody knows",
        _feed(
            lambda n: (
                f"BEGIN:VEVENT\nUID:{n}\nDTSTART;TZID=(UTC+01:00) {'x, ' * 40}{n}:20261124T090000\nEND:VEVENT\n"
            )
        ),
    ),
    ("line ends of an old machine", lambda size: _feed(lambda _n: "\n")(size).replace(b"\n", b"\r")),
    ("blank lines before blanks", _feed(lambda _n: "\n\n ")),
)


def _stored(body: bytes) -> object:
    """A first reading, as the sync keeps it."""
    from cockpit.services.agenda.intake import apply_body
    from cockpit.sources.ical.decode import FeedRefused

    with TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "cockpit.db", Settings(), clock=lambda: NOW)
        with suppress(FeedRefused):
            apply_body(workspace.conn, "a", body, now=NOW, zone="Europe/Paris", apart=True)
        workspace.conn.close()
    return None


# Pages of status.


def _page(key: str, item: str) -> Callable[[int], bytes]:
    """A page of which one list is filled with as many items as there is room for."""
    head = '{"page":{"id":"x","name":"A"},"status":{"indicator":"none","description":""},"'

    def make(size: int) -> bytes:
        count = size // (len(item) + 1)
        return f'{head}{key}":[{",".join([item] * count)}]}}'.encode()

    return make


_ITEM = '{"id":"1","name":"A","title":"A","status":"investigating","impact":"major","body":"<p>x</p>","components":[]}'
_TEXT = '"' + "<a b='" * 20_000 + '"'
PAGES: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    ("numbers", lambda size: b"[" + b"1," * (size // 2 - 2) + b"1]"),
    ("empty lists", lambda size: b"[" + b"[]," * (size // 3 - 2) + b"[]]"),
    ("empty objects", lambda size: b"[" + b"{}," * (size // 3 - 2) + b"{}]"),
    ("lists within lists", lambda size: b"[" * (size // 2) + b"]" * (size // 2)),
    ("objects within objects", lambda size: b'{"a":' * (size // 6) + b"1" + b"}" * (size // 6)),
    *(
        (f"{key}, {kind}", _page(key, item))
        for key in (
            "components",
            "incidents",
            "scheduled_maintenances",
            "data",
            "result",
            "services",
            "monitors",
            "events",
            "entries",
            "results",
            "messages",
            "archive",
            "current",
        )
        for kind, item in (("items", _ITEM), ("numbers", "1"), ("nothing", "{}"), ("long texts", _TEXT))
    ),
    ("one string", lambda size: b'"' + b"a" * (size - 2) + b'"'),
    ("one number", lambda size: b"9" * size),
    ("escapes", lambda size: b'"' + b"\\u00e9" * (size // 6 - 1) + b'"'),
    ("entities", lambda size: b"<rss>" + b"&amp;" * (size // 5) + b"</rss>"),
    ("attributes", lambda size: b"<rss " + b" ".join(b'a%d="1"' % n for n in range(size // 12)) + b"/>"),
    ("elements within elements", lambda size: b"<a>" * (size // 7) + b"</a>" * (size // 7)),
    (
        "entries of a feed",
        lambda size: (
            b"<feed xmlns='http://www.w3.org/2005/Atom'>"
            + b"<entry><id>1</id><title>Down</title><content>&lt;b&gt;</content></entry>" * (size // 72)
            + b"</feed>"
        ),
    ),
    (
        "items of a feed",
        lambda size: (
            b"<rss><channel>"
            + b"<item><title>x</title><description>&lt;a b='</description></item>" * (size // 62)
            + b"</channel></rss>"
        ),
    ),
    (
        "one text of a feed",
        lambda size: (
            b"<rss><channel><item><title>x</title><description>"
            + b"&lt;a b=" * (size // 9)
            + b"</description></item></channel></rss>"
        ),
    ),
    (
        "name spaces",
        lambda size: (
            b"<rss>" + b"".join(b"<a xmlns:n%d='u%d'/>" % (n, n) for n in range(size // 26)) + b"</rss>"
        ),
    ),
    ("comments", lambda size: b"<rss>" + b"<!---->" * (size // 7) + b"</rss>"),
    ("tags of a page", lambda size: b"<script>" * (size // 8)),
    ("brackets", lambda size: b"a(" + b") " * (size // 2)),
    ("blanks", lambda size: b" " * size),
    ("bytes that are no text", lambda size: b"\xff" * size),
)


def _every_engine(body: bytes) -> object:
    """The slowest of all engines: what each makes of the page, one after the other, and the worst is told."""
    import time

    from cockpit.sources import status
    from cockpit.sources.engines import ENGINES

    worst = (0.0, "")
    for engine in ENGINES:
        if status.is_probe(engine):
            continue
        began = time.process_time()
        source = StatusSource(key="a", name="Acme", url="https://status.acme.test", engine=engine)
        status.read(engine, (body,) * 8, now=NOW, source=source)
        worst = max(worst, (time.process_time() - began, engine))
    return worst


# Spreadsheets, mail, statements, figures, configuration, the line.


def _read_table(body: bytes) -> object:
    from cockpit.sources import table
    from cockpit.sources.table.sheet import UnreadableFile

    with suppress(UnreadableFile):
        return table.read(body)
    return None


TABLES: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    ("empty lines", lambda size: b"\n" * size),
    ("empty lines, of another machine", lambda size: b"\r" * size),
    ("lines of separators", lambda size: (b";" * 9 + b"\n") * (size // 10)),
    ("one line of separators", lambda size: b";" * size),
    ("a cell a line", lambda size: b"a\n" * (size // 2)),
    ("quotes", lambda size: b'"' * size),
    ("quotes within quotes", lambda size: b'"' + b'""' * (size // 2 - 1) + b'"'),
    ("one cell", lambda size: b"a" * size),
    ("lines of blanks", lambda size: b" ; ; \n" * (size // 6)),
    ("records of ten fields", lambda size: b"name;" * 9 + b"x\n" + b"a;b;c;d;e;f;g;h;i;j\n" * (size // 20)),
)


def _read_mail(body: bytes) -> object:
    from cockpit.domain.messages.mail_statement import parse_mail
    from cockpit.domain.messages.statement import BadStatement

    with suppress(BadStatement):
        return parse_mail(body)
    return None


MAILS: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    ("parts", lambda size: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * (size // 7)),
    (
        "parts within parts",
        lambda size: b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(size // 60)
        ),
    ),
    ("headers", lambda size: b"".join(b"X-%d: a\n" % n for n in range(size // 12)) + b"\nx"),
    ("one header", lambda size: b"Subject: " + b"a" * size + b"\n\nx"),
    ("encoded words", lambda size: b"Subject: " + b"=?utf-8?q?a?= " * (size // 14) + b"\n\nx"),
    ("folded header", lambda size: b"Subject: a\n" + b" b\n" * (size // 3) + b"\nx"),
    ("addresses", lambda size: b"From: " + b"a@b.test, " * (size // 10) + b"\n\nx"),
    ("comments in an address", lambda size: b"From: " + b"(" * size + b"\n\nx"),
    ("quoted text", lambda size: b"Subject: a\n\n" + b"> " * (size // 2)),
    ("a page", lambda size: b"Content-Type: text/html\n\n" + b"<a b='" * (size // 6)),
    ("base64", lambda size: b"Content-Transfer-Encoding: base64\n\n" + b"YQ==" * (size // 4)),
    (
        "quoted-printable",
        lambda size: b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=3D" * (size // 3),
    ),
    (
        "a parameter in many pieces",
        lambda size: (
            b"Content-Type: text/plain; " + b"; ".join(b"n*%d=a" % n for n in range(size // 9)) + b"\n\nx"
        ),
    ),
)


def _read_statement(body: bytes) -> object:
    from cockpit.domain.messages.statement import BadStatement, parse_json, parse_text

    for parse in (parse_json, parse_text):
        with suppress(BadStatement):
            parse(body)
    return None


STATEMENTS: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    ("lines", lambda size: b"a\n" * (size // 2)),
    ("pairs", lambda size: b"from: a\n" * (size // 8)),
    ("signs that are not seen", lambda size: "\u200b".encode() * (size // 3)),
    ("accents", lambda size: "e\u0301".encode() * (size // 3)),
    ("escape sequences", lambda size: b"\x1b]" * (size // 2)),
    ("lists within lists", lambda size: b"[" * size),
    ("objects", lambda size: b'{"title":"a","body":[' + b"{}," * (size // 3 - 10) + b"1]}"),
    ("bytes that are no text", lambda size: b"\xff\x9d" * (size // 2)),
)


def _read_figures(body: bytes) -> object:
    from cockpit.sources import numbers

    for where in ("", "a.b", "*.a", "1", "x"):
        with suppress(numbers.NoNumber):
            numbers.read(body, where)
    return None


def _read_configuration(text: str) -> object:
    from cockpit.services.settings import load
    from cockpit.services.settings.fault import ConfigError

    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(text, encoding="utf-8")
        with suppress(ConfigError):
            load.load(path)
    return None


CONFIGURATIONS: tuple[tuple[str, Callable[[int], str]], ...] = (
    (
        "agendas",
        lambda size: "".join(
            f'[[agenda]]\nname = "{n}"\nurl = "https://a.test/{n}"\n' for n in range(size // 50)
        ),
    ),
    ("keys that are not known", lambda size: "".join(f"k{n} = 1\n" for n in range(size // 10))),
    ("tables within tables", lambda size: "[" + ".".join("a" * (size // 2)) + "]\n"),
    ("lists within lists", lambda size: "a = " + "[" * size),
    ("one text", lambda size: '[company]\nname = "' + "a" * size + '"\n'),
    ("one key", lambda size: "a" * size + " = 1\n"),
    ("blanks", lambda size: " " * size),
)


def _read_line(line: str) -> object:
    from tests.fuzz.doors import _read_line as read

    return read(line)


LINES: tuple[tuple[str, Callable[[int], str]], ...] = tuple(
    (f"“{word.strip()}”", lambda size, word=word: word * (size // len(word)))  # type: ignore[misc]
    for word in (
        "@a ",
        "+a ",
        "p1 ",
        "pour:demain ",
        "qui:a ",
        "sla:2h ",
        '"',
        "\\",
        "// ",
        "conf:1 ",
        "=> ",
        "le 1/1 ",
        "a",
        "é",
        "lundi ",
        "12h ",
        "@",
        "pour:",
        "J+1 ",
        "\u200b",
        "12",
        "dans 2 semaines ",
        '@"',
        "since:1/1 ",
    )
)


def every() -> Iterator[Costly]:
    """All that is measured."""
    doors: tuple[tuple[str, Any, Callable[[Any], object], int], ...] = (
        ("agenda", AGENDAS, _stored, 63 * MB),
        ("status", PAGES, _every_engine, 2 * MB),
        ("spreadsheet", TABLES, _read_table, 20 * MB),
        ("mail", MAILS, _read_mail, 255 * 1000),
        ("statement", STATEMENTS, _read_statement, 255 * 1000),
        ("figures", TABLES, _read_figures, 2 * MB),
        ("figures", PAGES[:5], _read_figures, 2 * MB),
        ("configuration", CONFIGURATIONS, _read_configuration, 127_000),
        ("line", LINES, _read_line, 10_000),
    )
    for door, kinds, read, size in doors:
        for name, make in kinds:
            yield Costly(door, name, make, read, size)
