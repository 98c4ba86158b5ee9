"""What partners write becomes statements, and whatever else they write is refused in one sentence."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields as fields_of
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.messages.left_aside import left_file
from cockpit.domain.messages.mail_statement import left_mail, parse_mail
from cockpit.domain.messages.statement import (
    SIZE_LIMIT,
    BadStatement,
    ReceivedStatement,
    parse_json,
    parse_text,
)

GIVEN: dict[str, object] = {
    "version": 1,
    "id": "INC-42",
    "from": "Infosud",
    "service": "Paie",
    "severity": "critical",
    "title": "La paie ne part pas",
    "body": "Le lot de novembre est bloqué.\nNous cherchons.",
    "at": "2026-11-20T09:00:00+01:00",
    "link": "https://status.infosud.test/42",
}
MARKDOWN = """---
version: 1
id: INC-42
from: "Infosud"
service: Paie
severity: major
title: La paie : retard
at: 2026-11-20T08:00:00Z
---
Le lot est **bloqué**.

---
Suite.
"""
MAIL = (
    "From: Infosud <Alertes@Infosud.test>\r\nTo: alerts@mistral.test\r\nMessage-ID: <m1@infosud.test>\r\n"
    "Subject: {subject}\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "\r\n{text}"
)
PARSERS = (parse_json, parse_text, parse_mail)


def with_fields(**changes: object) -> bytes:
    """The file above with some fields changed; None takes one away."""
    changed = {**GIVEN, **{name.rstrip("_"): value for name, value in changes.items()}}
    return json.dumps({name: value for name, value in changed.items() if value is not None}).encode()


def mail(subject: str = "Panne", text: str = "Rien ne part.") -> bytes:
    return MAIL.format(subject=subject, text=text).encode()


def refused(parse: Callable[[bytes], ReceivedStatement], raw: bytes) -> str:
    with pytest.raises(BadStatement) as caught:
        parse(raw)
    return str(caught.value)


def assert_harmless(statement: ReceivedStatement) -> None:
    for field in fields_of(statement):
        value = getattr(statement, field.name)
        if isinstance(value, str):
            bad = {c for c in value if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
            assert not bad, field.name
            assert "\n" not in value or field.name == "body"
    assert len(statement.title) <= 200
    assert len(statement.body) <= 8_000
    assert len(statement.service) <= 80
    assert len(statement.sender) <= 254
    assert statement.title
    assert statement.origin_id
    assert statement.severity in ("p1", "p2", "p3", "p4")
    assert statement.at is None or statement.at.utcoffset() is not None
    assert statement.link == "" or statement.link.startswith(("http://", "https://"))


def assert_refused_or_harmless(parse: Callable[[bytes], ReceivedStatement], raw: bytes) -> None:
    with suppress(BadStatement):
        assert_harmless(parse(raw))


def test_a_json_file_gives_each_of_its_fields() -> None:
    raw = with_fields()
    assert parse_json(raw) == ReceivedStatement(
        origin_id="INC-42",
        digest=hashlib.sha256(raw).hexdigest(),
        sender="Infosud",
        service="Paie",
        severity="p1",
        title="La paie ne part pas",
        body="Le lot de novembre est bloqué.\nNous cherchons.",
        at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
        link="https://status.infosud.test/42",
        proof="",
        way="folder",
    )


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_json(b"\xef\xbb\xbf" + with_fields()).title == "La paie ne part pas"
    assert parse_text(b"\xef\xbb\xbf" + MARKDOWN.encode()).origin_id == "INC-42"


@pytest.mark.parametrize(
    ("word", "severity"), [("info", "p4"), ("minor", "p3"), ("Major", "p2"), (" critical ", "p1")]
)
def test_their_severities_are_ours(word: str, severity: str) -> None:
    assert parse_json(with_fields(severity=word)).severity == severity


def test_what_a_field_does_not_say_clearly_is_kept_in_the_body() -> None:
    statement = parse_json(
        with_fields(severity="urgentissime", at="2026-11-20 09:00", link="javascript:alert(1)")
    )
    assert (statement.severity, statement.at, statement.link) == ("p3", None, "")
    assert statement.body.split("\n")[:4] == [
        "severity: urgentissime",
        "at: 2026-11-20 09:00",
        "link: javascript:alert(1)",
        "Le lot de novembre est bloqué.",
    ]


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00", "demain", "2026-02-30"]
)
def test_a_date_that_no_calendar_has_is_none(at: str) -> None:
    assert parse_json(with_fields(at=at)).at is None


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"{", "JSON"),
        (b'{"version": NaN}', "JSON"),
        (b'{"version": 1, "id": ' + b"9" * 5_000 + b"}", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"a":' * 40_000, "JSON"),
        (b"[]", "one JSON object"),
        (b" " * (SIZE_LIMIT + 1), "256 kB"),
        (b"{}", "says nothing"),
        (with_fields(title=" \u200b\x1b[2J ", body=""), "says nothing"),
    ],
    ids=lambda value: repr(value[-25:]),
)
def test_a_json_file_is_refused_with_its_fault(raw: bytes, part: str) -> None:
    said = refused(parse_json, raw)
    assert part in said
    assert "\n" not in said


def test_the_last_of_two_equal_keys_counts() -> None:
    raw = with_fields()[:-1] + b', "title": "Retard"}'
    assert parse_json(raw).title == "Retard"


def test_markdown_has_the_same_fields_before_its_body() -> None:
    statement = parse_text(MARKDOWN.encode())
    assert (statement.origin_id, statement.sender, statement.service) == ("INC-42", "Infosud", "Paie")
    assert (statement.severity, statement.title) == ("p2", "La paie : retard")
    assert statement.at == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert statement.body == "Le lot est **bloqué**.\n\n---\nSuite."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_of_any_program_is_read_whole(encoding: str) -> None:
    text = "L’œuvre doit 500 €…\nŽivot et Ÿ : tout est là.\n"
    found = parse_text(text.encode(encoding))
    assert (found.title, found.body) == ("L’œuvre doit 500 €…", "Život et Ÿ : tout est là.")
    marked = MARKDOWN.replace("bloqué", "bloqué, 500 € d’écart").replace("\n", "\r\n")
    assert parse_text(marked.encode(encoding)).body.startswith("Le lot est **bloqué, 500 € d’écart**.")


def test_what_was_encoded_twice_is_read_as_it_was_meant() -> None:
    twice = "L’accès coûte 500 € : cœur".encode().decode("cp1252")
    assert parse_json(with_fields(title=twice)).title == "L’accès coûte 500 € : cœur"
    assert parse_text("Ã nous de jouer, Ãa va".encode()).title == "Ã nous de jouer, Ãa va"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Le VPN est tombé\nDepuis midi.\n", "Le VPN est tombé", "Depuis midi."),
        ("\n\n# Le VPN est tombé #1\n\nDepuis midi.", "Le VPN est tombé #1", "Depuis midi."),
        ("Objet : Le VPN est tombé\nDepuis midi.", "Le VPN est tombé", "Depuis midi."),
        ("---\nLe VPN est tombé\n---\nDepuis midi.", "Le VPN est tombé", "---\nDepuis midi."),
        ("---\ntitre: Le VPN est tombé\n---\nDepuis midi.", "Le VPN est tombé", "Depuis midi."),
        ("---\nid: 4\n---\nLe VPN est tombé\nDepuis midi.", "Le VPN est tombé", "Depuis midi."),
        ("---\nversion: 1\nid: 4\n", "version: 1", "id: 4"),
    ],
)
def test_a_text_needs_no_ceremony(text: str, title: str, body: str) -> None:
    found = parse_text(text.encode())
    assert (found.title, found.body) == (title, body)
    assert found.severity == "p3"


def test_a_text_may_say_how_bad_it_is_and_who_speaks() -> None:
    found = parse_text("De : InfoSud\n[P1] Le VPN est tombé\nDepuis midi.".encode())
    assert (found.sender, found.severity, found.title) == ("InfoSud", "p1", "Le VPN est tombé")
    french = parse_text(
        "---\nde: InfoSud\ngravité: majeure\nobjet: VPN\ntéléphone: 0102\n---\nTexte".encode()
    )
    assert (french.sender, french.severity, french.title) == ("InfoSud", "p2", "VPN")
    assert french.body == "téléphone: 0102\nTexte"


def test_nothing_that_is_too_long_shrinks_unsaid() -> None:
    long = "mot " * 100
    found = parse_text(f"{long}\nReste.".encode())
    assert found.title.endswith("…")
    assert found.body == f"{long.strip()}\nReste."
    endless = parse_text(b"Subject\n" + b"word " * 4_000)
    assert endless.body.endswith("(cut here: all of it is where it came from)")
    fields = parse_json(with_fields(from_="InfoSud " * 20, version=3, surprise={"a": 1}))
    assert fields.body.startswith('version: 3\nsurprise: {"a": 1}\nfrom: InfoSud InfoSud')


@pytest.mark.parametrize(
    ("raw", "part"), [(b"", "nothing"), (b"\n---\n \n", "nothing"), (b"PK\x03\x04\x00\x00", "no text")]
)
def test_a_text_is_refused_when_it_says_nothing(raw: bytes, part: str) -> None:
    assert part in refused(parse_text, raw)


@given(raw=st.binary(max_size=400), name=st.text(min_size=1, max_size=40))
def test_what_was_left_aside_is_harmless(raw: bytes, name: str) -> None:
    for left in (left_file(raw, name, "why"), left_mail(raw, "why"), left_mail(mail() + raw, "why")):
        assert left.left_aside == "why"
        assert_harmless(left)


def test_of_what_was_left_aside_all_that_can_be_read_is_kept() -> None:
    html = left_mail(multipart(HTML), "HTML alone")
    assert (html.sender, html.title, html.body) == ("a@infosud.test", "Panne", "riche")
    broken = left_file(b'{"title": "VPN",', "panne.json", "not JSON")
    assert (broken.title, broken.body) == ("panne.json", '{"title": "VPN",')
    picture = left_file(b"\x89PNG\r\n\x1a\n\x00\x00", "capture.png", "no text")
    assert (picture.title, picture.body) == ("capture.png", "")


def test_one_mail_by_two_ways_is_one_and_another_with_its_number_is_not() -> None:
    first = parse_mail(mail())
    second = parse_mail(b"Received: from a by b\r\n" + mail(), way="folder", proof="dkim=pass")
    assert (first.origin_id, first.digest) == (second.origin_id, second.digest)
    assert parse_mail(mail(text="Autre chose.")).digest != first.digest


def test_a_mail_gives_its_subject_text_and_sender() -> None:
    raw = mail("[P1] =?utf-8?q?La_paie_est_bloqu=C3=A9e?=", "Bonjour,\r\nrien ne part.\r\n")
    assert parse_mail(raw, proof="dkim=pass") == ReceivedStatement(
        origin_id="<m1@infosud.test>",
        digest=parse_mail(raw).digest,
        sender="alertes@infosud.test",
        service="",
        severity="p1",
        title="La paie est bloquée",
        body="Bonjour,\nrien ne part.",
        at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
        link="",
        proof="dkim=pass",
        way="mail",
    )


@pytest.mark.parametrize(
    ("subject", "severity", "title"),
    [
        ("[P1] Panne", "p1", "Panne"),
        ("Re: [p2] Panne", "p2", "Re: Panne"),
        ("Panne [ P4 ]", "p4", "Panne"),
        ("[P5] Panne", "p3", "[P5] Panne"),
        ("Panne", "p3", "Panne"),
        ("[P1]", "p1", "Rien ne part."),
        ("", "p3", "Rien ne part."),
    ],
)
def test_the_tag_of_the_subject_is_the_severity(subject: str, severity: str, title: str) -> None:
    statement = parse_mail(mail(subject))
    assert (statement.severity, statement.title) == (severity, title)


def multipart(*parts: str, kind: str = "alternative") -> bytes:
    joined = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return (
        f"From: a@infosud.test\r\nSubject: Panne\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n{joined}--b--\r\n"
    ).encode()


HTML = "Content-Type: text/html\r\n\r\n<p>riche</p>"
PLAIN = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nbloqu=E9"
ATTACHED = 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\njoint'


def test_only_the_plain_text_of_a_mail_is_read() -> None:
    assert parse_mail(multipart(PLAIN, HTML)).body == "bloqué"
    assert parse_mail(multipart(HTML, PLAIN, ATTACHED, kind="mixed")).body == "bloqué"


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (multipart(HTML), "HTML"),
        (multipart("Content-Type: text/plain\r\n\r\n \r\n", HTML), "HTML"),
        (mail().replace(b"text/plain", b"text/html"), "HTML"),
        (multipart(ATTACHED, kind="mixed"), "no text"),
        (mail(text="").replace(b"Panne", b""), "neither"),
        (mail().replace(b"From:", b"X-From:"), "From"),
        (b"From: b@infosud.test\r\n" + mail(), "From"),
        (mail().replace(b"Infosud <Alertes@Infosud.test>", b"a@infosud.test, b@infosud.test"), "From"),
        (mail().replace(b"Alertes@Infosud.test", b"nobody"), "From"),
        (mail(text="x" * SIZE_LIMIT), "256 kB"),
        (b"From: a@b.test\r\n" + b"From: a@b.test\r\n" * 15_000, "From"),
        (
            b"From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\n\n" * 45_000,
            "parts",
        ),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(900)),
            "parts",
        ),
    ],
)
def test_a_mail_is_refused_with_its_fault(raw: bytes, part: str) -> None:
    assert part in refused(parse_mail, raw)


def test_a_mail_labelled_latin_1_that_is_windows_1252_loses_nothing() -> None:
    raw = mail(text="L’œuvre doit 500 €").decode().encode("cp1252").replace(b"utf-8", b"iso-8859-1")
    assert parse_mail(raw).body == "L’œuvre doit 500 €"


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "zlib", "nonsense", "utf-8"])
def test_an_encoding_that_is_none_of_mail_still_gives_the_text(charset: str) -> None:
    raw = mail(text="Été").replace(b"charset=utf-8", b"charset=" + charset.encode())
    assert parse_mail(raw).body == "Été"


def test_a_mail_without_an_id_is_known_by_its_bytes() -> None:
    statement = parse_mail(mail().replace(b"Message-ID", b"X-Other"))
    assert statement.origin_id == statement.digest


def test_what_a_mail_claims_to_be_proof_is_none() -> None:
    raw = b"Authentication-Results: mx.mistral.test; dkim=pass header.d=infosud.test\r\n" + mail()
    assert parse_mail(raw, way="folder").proof == ""


@pytest.mark.parametrize("name", [b"From", b"Subject", b"Content-Type", b"Date", b"Message-ID"])
@pytest.mark.parametrize("filling", [b"(", b"a@b,", b"=?utf-8?q?a?= ", b"a=b;", b'"', b"<", b"\\"])
def test_a_header_as_long_as_a_mail_is_read_at_once(name: bytes, filling: bytes) -> None:
    raw = name + b": x " + filling * (250_000 // len(filling)) + b"\r\n" + mail()
    # Without a bound on headers some of these take minutes.
    assert_refused_or_harmless(parse_mail, raw)


TEXTS = st.text(max_size=300)
VALUES = TEXTS | st.integers() | st.floats() | st.none() | st.lists(TEXTS, max_size=2) | st.booleans()


@pytest.mark.parametrize("parse", PARSERS)
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_refused_or_harmless(parse: Callable[[bytes], ReceivedStatement], raw: bytes) -> None:
    assert_refused_or_harmless(parse, raw)


@given(changes=st.dictionaries(st.sampled_from(list(GIVEN)), VALUES))
def test_any_values_in_a_file_are_refused_or_harmless(changes: dict[str, object]) -> None:
    assert_refused_or_harmless(parse_json, json.dumps({**GIVEN, **changes}).encode())


@given(pairs=st.lists(st.tuples(st.sampled_from(list(GIVEN)), TEXTS)), body=TEXTS)
def test_any_front_matter_is_refused_or_harmless(pairs: list[tuple[str, str]], body: str) -> None:
    head = "".join(f"{key}: {value}\n" for key, value in (("version", "1"), *pairs))
    assert_refused_or_harmless(parse_text, f"---\n{head}---\n{body}".encode("utf-8", "replace"))


@given(
    subject=st.binary(max_size=120),
    kind=st.binary(max_size=80),
    date=st.binary(max_size=40),
    text=st.binary(),
)
def test_any_headers_of_a_mail_are_refused_or_harmless(
    subject: bytes, kind: bytes, date: bytes, text: bytes
) -> None:
    head = b"From: a@infosud.test\r\nSubject: %s\r\nDate: %s\r\nContent-Type: text/plain%s\r\n\r\n"
    assert_refused_or_harmless(parse_mail, head % (subject, date, kind) + text)


@pytest.mark.parametrize(
    "raw",
    [
        b"---\ntitle: VPN\nseverity: soonish\nseverity: p1\n---\nIt is down",
        b'{"title": "VPN", "severity": "soonish", "severity": "p1", "body": "It is down"}',
        b'{"title": "VPN", "severity": "p1", "gravite": "soonish", "body": "It is down"}',
    ],
)
def test_what_is_said_twice_is_kept_twice(raw: bytes) -> None:
    found = parse_json(raw) if raw.startswith(b"{") else parse_text(raw)
    assert found.title == "VPN"
    assert "soonish" in found.body
    assert "It is down" in found.body


@pytest.mark.parametrize("start", ["\x1b]", "\x1bP", "\x1b_", "\x1b]52;c;"])
def test_a_control_string_that_never_ends_takes_no_words_along(start: str) -> None:
    found = parse_text(f"Panne {start}du routeur\nIl est tombé à 8 h".encode())
    assert "du routeur" in found.title
    assert "Il est tombé à 8 h" in found.body
    assert "\x1b" not in found.title + found.body
