"""What a partner wrote, whole: every field of a file or mail, and what of it was kept when it did not fit."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.messages.decoding import decoded, once, windows
from cockpit.domain.messages.html import LIMIT, text_of, tokens
from cockpit.domain.messages.left_aside import left_file
from cockpit.domain.messages.mail_statement import (
    ADDRESS_LIMIT,
    left_mail,
    mail_sender,
    parse_mail,
    parsed_mail,
)
from cockpit.domain.messages.statement import (
    SIZE_LIMIT,
    BadStatement,
    ReceivedStatement,
    body_of,
    check_size,
    in_utc,
    parse_json,
    parse_text,
    split_subject,
    subject_of,
)

CUT = "\n… (cut here: all of it is where it came from)"


def of_json(**said: Any) -> ReceivedStatement:
    """The statement of those fields, with a title unless one is said; its digest and its id are left out."""
    found = parse_json(
        json.dumps({"title": "VPN", **{name.rstrip("_"): value for name, value in said.items()}}).encode()
    )
    return replace(found, digest="", origin_id="" if found.origin_id == found.digest else found.origin_id)


SAID = ReceivedStatement(
    origin_id="", digest="", sender="", service="", severity="p3", title="VPN", body="", at=None, link="", proof="",
    way="folder",
)  # fmt: skip


FILES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"id": "I-1", "service": "Paie"}, {"origin_id": "I-1", "service": "Paie"}),
    ({"expéditeur": "InfoSud"}, {"sender": "InfoSud"}),
    ({"version": 1, "body": "x"}, {"body": "x"}),
    ({"version": "", "body": "x"}, {"body": "x"}),
    ({"version": 2, "body": "x"}, {"body": "version: 2\nx"}),
    ({"version": True}, {"body": "version: true"}),
    ({"severity": "critique"}, {"severity": "p1"}), ({"gravité": "URGENT"}, {"severity": "p1"}),
    ({"severity": "majeure"}, {"severity": "p2"}), ({"severity": "p4"}, {"severity": "p4"}),
    ({"title": "[P2] VPN"}, {"severity": "p2"}), ({"title": "[P2] VPN", "severity": "info"}, {"severity": "p4"}),
    ({"severity": 1}, {"body": "severity: 1"}),
    ({"severity": ""}, {}), ({"link": ""}, {}), ({"at": ""}, {}),
    ({"link": "https://a.fr/"}, {"link": "https://a.fr/"}),
    ({"lien": "ftp://a.fr"}, {"body": "link: ftp://a.fr"}),
    ({"le": "2026-11-20T09:00:00+01:00"}, {"at": datetime(2026, 11, 20, 8, tzinfo=UTC)}),
    ({"at": "1970-12-31T23:00:00+00:00"}, {"body": "at: 1970-12-31T23:00:00+00:00"}),
    ({"at": "1971-01-01T00:00:00+00:00"}, {"at": datetime(1971, 1, 1, tzinfo=UTC)}),
    ({"at": "2198-12-31T00:00:00+00:00"}, {"at": datetime(2198, 12, 31, tzinfo=UTC)}),
    ({"at": "2199-01-01T00:00:00+00:00"}, {"body": "at: 2199-01-01T00:00:00+00:00"}),
    ({"a": [1, "é"], "b": None, "c": "", "d": [], "e": {}, "f": 0, "g": 1.5, "h": False},
     {"body": 'a: [1, "é"]\nf: 0\ng: 1.5\nh: false'}),
    ({"from": ["x"]}, {"body": 'from: ["x"]'}),
    ({"id": "x" * 200}, {"origin_id": "x" * 200}),
    ({"id": "x" * 201}, {"origin_id": "x" * 199 + "…", "body": "id: " + "x" * 201}),
    ({"from": "x" * 80, "service": "y" * 80}, {"sender": "x" * 80, "service": "y" * 80}),
    ({"from": "x" * 81}, {"sender": "x" * 79 + "…", "body": "from: " + "x" * 81}),
    ({"title": "x" * 200}, {"title": "x" * 200}),
    ({"title": "x" * 201, "body": "y"}, {"title": "x" * 199 + "…", "body": "x" * 201 + "\ny"}),
    ({"titre": "[P1] Retard", "title": ""}, {"title": "Retard", "severity": "p1"}),
]  # fmt: skip


def test_each_field_of_a_file_is_read_or_kept_in_the_text() -> None:
    for fields, said in FILES:
        assert of_json(**fields) == replace(SAID, **said)


def test_without_a_title_the_first_line_of_the_text_is_it() -> None:
    assert of_json(title="[P1]", body="[P2] VPN") == replace(SAID, severity="p1")
    assert of_json(title="[P3]", body="[P2] VPN") == replace(SAID, severity="p3")
    assert of_json(title="", body="[P1] VPN\nIt is down") == replace(SAID, severity="p1", body="It is down")
    assert of_json(title="", body="x" * 201) == replace(SAID, title="x" * 199 + "…", body="x" * 201)


def test_of_a_name_that_is_said_twice_the_last_counts_and_the_first_is_kept() -> None:
    raw = b'{"title": "a", "title": "b", "from": "X", "de": "Y", "body": "z"}'
    found = parse_json(raw)
    assert (found.title, found.sender, found.body) == ("b", "X", "title: a\nde: Y\nz")
    assert found.origin_id == found.digest == hashlib.sha256(raw).hexdigest()


FRONT_MATTERS: list[tuple[str, tuple[str, str]]] = [
    ("---\ntitle: VPN\nbody: 'x'\n---\n", ("VPN", "x")),
    ("---  \ntitle: \"VPN\"\n---\t\nx\n", ("VPN", "x")),
    ("---\ntitle: 'VPN\n---\n", ("'VPN", "")),
    ("---\ntitle: '\n---\nx", ("'", "x")),
    ("---\ntitle: \"VPN'\n---\nx", ("\"VPN'", "x")),
    ("---\ntitle: aVPNa\n---\nx", ("aVPNa", "x")),
    ("---\n\ntitle: VPN\n\nnote: 4\n---\nx", ("VPN", "note: 4\nx")),
    ("---\ntitle: VPN\nno colon\n---\nx", ("VPN", "no colon\n---\nx")),
    ("---\n---\nVPN\nx", ("VPN", "x")),
    ("----\ntitle: VPN\n---\nx", ("VPN", "---\nx")),
    ("\n  ---\ntitle: VPN\n---\nx", ("VPN", "x")),
    ("---\n" + "a: 1\n" * 57 + "title: VPN\n---\nx", ("VPN", "a: 1\n" * 57 + "x")),
    ("---\n" + "a: 1\n" * 58 + "title: VPN\n---\nx", ("a: 1", "a: 1\n" * 57 + "title: VPN\n---\nx")),
    ("from: InfoSud\nVPN\nx", ("VPN", "x")),
    ("a\nb\nc\nDe : InfoSud\nd", ("a", "b\nc\nd")),
    ("a\nb\nc\nd\nDe : InfoSud", ("a", "b\nc\nd\nDe : InfoSud")),
    ("De :\nVPN", ("De :", "VPN")),
]  # fmt: skip


def test_a_text_has_fields_between_two_lines_or_none() -> None:
    for text, told in FRONT_MATTERS:
        found = parse_text(text.encode())
        assert (found.title, found.body) == told


def test_who_speaks_is_named_in_one_of_the_first_four_lines() -> None:
    assert parse_text(b"a\nb\nc\nDe : InfoSud SARL \nd").sender == "InfoSud SARL"
    assert parse_text(b"a\nb\nc\nd\nDe : InfoSud").sender == ""
    assert parse_text("Sender: A\nExpéditeur : B\nx".encode()).sender == "A"


FIRST_LINES: list[tuple[str, str, str]] = [
    ("a", "a", ""), ("a\nb\nc", "a", "b\nc"), ("\n---\n***\na\nb", "a", "b"), ("## a", "a", ""), ("- a", "a", ""),
    ("-a", "-a", ""), ("  Objet :  a", "a", ""), ("> Titre: a", "a", ""), ("title:a", "a", ""),
    ("a title: b", "a title: b", ""), ("objet: titre: a", "titre: a", ""),
    ("subject", "subject", ""),
    ("\n \n", "", "\n \n"), ("", "", ""),
]  # fmt: skip


def test_the_first_line_that_says_something_is_the_subject() -> None:
    for text, subject, rest in FIRST_LINES:
        assert split_subject(text) == (subject, rest)


SUBJECTS: list[tuple[str, str, str, str]] = [
    ("VPN", "p3", "VPN", ""), ("[P1]VPN", "p1", "VPN", ""), ("VPN [ p4 ] down", "p4", "VPN down", ""),
    ("[P1] [P2] VPN", "p1", "[P2] VPN", ""), ("[P0] VPN", "p3", "[P0] VPN", ""),
    ("[P5] VPN", "p3", "[P5] VPN", ""),
    ("x" * 200, "p3", "x" * 200, ""), ("x" * 201, "p3", "x" * 199 + "…", "x" * 201), ("", "p3", "", ""),
    ("~" * 201, "p3", "~" * 199 + "…", "~" * 201), ("漢" * 201, "p3", "漢" * 199 + "…", "漢" * 201),
]  # fmt: skip


def test_a_subject_is_its_severity_its_title_and_all_of_it() -> None:
    for text, severity, title, whole in SUBJECTS:
        assert subject_of(text) == (severity, title, whole)


def test_a_body_says_where_it_was_cut() -> None:
    assert body_of([]) == body_of(["", ""]) == ""
    assert body_of(["a", "", "b"]) == "a\nb"
    assert body_of(["x" * 8_000]) == "x" * 8_000
    assert body_of(["x" * 8_001]) == "x" * (8_000 - len(CUT)) + CUT
    assert len(body_of(["x" * 8_001])) == 8_000
    assert body_of(["x" * 7_900 + " " * 50 + "y" * 99]) == "x" * 7_900 + " " + "y" * 99


def test_a_file_may_have_256_kilobytes() -> None:
    check_size(b"x" * 262_144)
    with pytest.raises(BadStatement, match="larger than 256 kB"):
        check_size(b"x" * 262_145)


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        (datetime(2026, 1, 1), None),  # noqa: DTZ001
        (datetime(1971, 1, 1, tzinfo=UTC), datetime(1971, 1, 1, tzinfo=UTC)),
        (datetime(1970, 12, 31, tzinfo=UTC), None), (datetime(1969, 6, 1, tzinfo=UTC), None),
        (datetime(2198, 12, 31, tzinfo=UTC), datetime(2198, 12, 31, tzinfo=UTC)),
        (datetime(2199, 1, 1, tzinfo=UTC), None),
    ],
)  # fmt: skip
def test_an_instant_is_one_only_with_its_offset_and_within_the_calendar(
    at: datetime, instant: datetime | None
) -> None:
    assert in_utc(at) == instant


ENCODED: list[tuple[bytes, str]] = [
    ("é".encode(), "é"), ("é".encode("utf-8-sig"), "é"), (b"\xff\xfe" + "é".encode("utf-16-le"), "é"),
    (b"\xfe\xff" + "é".encode("utf-16-be"), "é"), (b"\xe9\x80", "é€"), (b"", ""),
    (b"\xe9\x81", "é\x81"), (b"\xe9\x8d", "é\x8d"), (b"\xe9\x8f", "é\x8f"), (b"\xe9\x90", "é\x90"),
    (b"\xe9\x9d", "é\x9d"),
    (b"\xe9\x82\x8e\x91\x9c\x9e", "é‚Ž‘œž"), ("Ã©".encode(), "é"), ("â€™".encode(), "’"),
    ("Å“uvre".encode(), "œuvre"),
    ("\x80 et \x9c".encode(), "€ et œ"), ("Ã nous".encode(), "Ã nous"), ("Ã© et Ω".encode(), "Ã© et Ω"),
]  # fmt: skip


def test_bytes_are_read_by_their_mark_as_utf_8_or_as_windows_writes_them() -> None:
    for raw, text in ENCODED:
        assert decoded(raw) == text


def test_every_byte_of_windows_is_read_as_the_letter_it_has_or_as_it_is() -> None:
    for byte in range(256):
        raw = bytes([byte])
        expected = raw.decode("latin-1" if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "cp1252")
        assert windows(raw) == expected
        assert once(raw.decode("latin-1")) == (expected if 0x80 <= byte < 0xA0 else raw.decode("latin-1"))


def left(raw: bytes, name: str = "panne.txt") -> tuple[str, str, str]:
    found = left_file(raw, name, "why")
    digest = hashlib.sha256(raw).hexdigest()
    assert found == replace(
        SAID,
        origin_id=digest,
        digest=digest,
        severity=found.severity,
        title=found.title,
        body=found.body,
        left_aside="why",
    )
    return found.severity, found.title, found.body


LEFT_FILES: list[tuple[bytes, tuple[str, str, str]]] = [
    (b"[P1] VPN\nIt is down", ("p1", "VPN", "[P1] VPN\nIt is down")),
    (b'{"title": 4', ("p3", "panne.txt", '{"title": 4')), (b"  [1]", ("p3", "panne.txt", "[1]")),
    (b"<a>", ("p3", "panne.txt", "<a>")), (b"", ("p3", "panne.txt", "")), (b"a\x00b", ("p3", "panne.txt", "")),
    (b"a" * 9 + b"\x01", ("p3", "a" * 9, "a" * 9)), (b"a" * 8 + b"\x01", ("p3", "panne.txt", "")),
    (b"a" * 1_800 + b"\x01" * 200 + b"\x01" * 900, ("p3", "a" * 199 + "…", "a" * 1_800 + "\n" + "a" * 1_800)),
    (b"a" * 1_799 + b"\x01" * 201, ("p3", "panne.txt", "")),
    (b"x" * 201, ("p3", "x" * 199 + "…", "x" * 201 + "\n" + "x" * 201)),
]  # fmt: skip


def test_a_file_that_was_left_aside_is_shown_as_far_as_it_is_text() -> None:
    for raw, told in LEFT_FILES:
        assert left(raw) == told


def test_a_file_is_known_by_its_name_where_it_says_nothing() -> None:
    assert left(b"\x00", "[P2] panne.bin") == ("p2", "panne.bin", "")
    assert left(b"\x00", "\x00") == ("p3", "?", "")
    assert left(b"\x00", "[P1]") == ("p1", "[P1]", "")


MAIL = b"From: Info Sud <A@Infosud.TEST>\r\nSubject: %s\r\n%s\r\n%s"


def mail(subject: bytes = b"VPN", head: bytes = b"", text: bytes = b"It is down") -> bytes:
    return MAIL % (subject, head, text)


def told(raw: bytes, **how: Any) -> dict[str, Any]:
    """What a mail says beside what every one here has."""
    found = parse_mail(raw, **how)
    usual = replace(
        SAID,
        sender="a@infosud.test",
        body="It is down",
        way="mail",
        digest=found.digest,
        origin_id=found.digest,
    )
    return {
        name: getattr(found, name) for name in vars(found) if getattr(found, name) != getattr(usual, name)
    }


MAILS: list[tuple[bytes, dict[str, Any], dict[str, Any]]] = [
    (mail(), {}, {}),
    (mail(), {"way": "folder", "proof": " dkim=pass\n"}, {"way": "folder", "proof": "dkim=pass"}),
    (mail(b"[P1] VPN"), {}, {"severity": "p1"}),
    (mail(b"", text=b"[P1] VPN\nIt is down"), {}, {"body": "[P1] VPN\nIt is down", "severity": "p1"}),
    (mail(b"[P2]"), {}, {"severity": "p2", "title": "It is down"}),
    (mail(b"x" * 201), {}, {"title": "x" * 199 + "…", "body": "x" * 201 + "\nIt is down"}),
    (mail(head=b"Message-ID: <a@b>\r\n"), {}, {"origin_id": "<a@b>"}),
    (mail(head=b"Date: Fri, 20 Nov 2026 09:00:00 +0100\r\n"), {}, {"at": datetime(2026, 11, 20, 8, tzinfo=UTC)}),
    (mail(head=b"Date: Fri, 20 Nov 2026 09:00:00 -0000\r\n"), {}, {"at": datetime(2026, 11, 20, 9, tzinfo=UTC)}),
    (mail(head=b"Date: yesterday\r\n"), {}, {}),
    (mail(text=b""), {}, {"body": ""}),
    (mail(head=b"Content-Type: text/plain; charset=latin1\r\n", text=b"500 \x80"), {}, {"body": "500 €"}),
    (mail(head=b"Content-Type: text/plain; charset=us-ascii\r\n", text=b"500 \x80"), {}, {"body": "500 €"}),
    (mail(head=b"Content-Type: text/plain; charset=cp1252\r\n", text=b"500 \x80"), {}, {"body": "500 €"}),
    (mail(head=b"Content-Type: text/plain; charset=iso-8859-15\r\n", text=b"500 \xa4"), {}, {"body": "500 €"}),
    (mail(head=b"Content-Type: text/plain; charset=koi8-r\r\n", text=b"\xc1"), {}, {"body": "а"}),
    (mail(head=b"Content-Type: text/plain; charset=utf-8\r\n", text=b"\xe9\x80"), {}, {"body": "é€"}),
    (mail(head=b"Content-Type: text/plain; charset=utf-8\r\n", text="Ã©".encode()), {}, {"body": "é"}),
    (mail(text=b"<b>It</b>"), {}, {"body": "<b>It</b>"}),
]  # fmt: skip


def test_a_mail_says_its_subject_its_text_its_sender_and_its_date() -> None:
    for raw, how, said in MAILS:
        assert told(raw, **how) == said


def test_what_a_mail_says_is_what_it_is() -> None:
    found = parse_mail(mail(b"VPN", b"Message-ID: <a@b>\r\n"))
    parts = ("<a@b>", "a@infosud.test", "VPN", "It is down")
    assert found.digest == hashlib.sha256("\0".join(parts).encode()).hexdigest()


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("a@b.fr", "a@b.fr"), ("Ana <A.B+c@D-e.FR>", "a.b+c@d-e.fr"), ("a@b.fr, c@d.fr", None), ("", None),
        ("a@b", None),
        ("a@é.fr", None), ("x" * 249 + "@b.fr", "x" * 249 + "@b.fr"), ("x" * 250 + "@b.fr", None),
        ("group: a@b.fr;", "a@b.fr"),
    ],
)  # fmt: skip
def test_a_sender_is_one_address(sender: str, address: str | None) -> None:
    assert ADDRESS_LIMIT == 254
    message = parsed_mail(f"From: {sender}\r\n\r\nx".encode())
    if address is None:
        with pytest.raises(BadStatement, match="must name one sender, once"):
            mail_sender(message)
    else:
        assert mail_sender(message) == address


def test_a_mail_has_fifty_parts_and_a_thousand_boundaries_at_most() -> None:
    parsed_mail(b"From: a@b.fr\r\n" + b"X: content-type\r\n" * 50 + b"\r\nx")
    with pytest.raises(BadStatement, match="too many parts"):
        parsed_mail(b"From: a@b.fr\r\n" + b"X: Content-Type\r\n" * 51 + b"\r\nx")
    parsed_mail(b"From: a@b.fr\r\n\r\n" + b"--\r\n" * 1_000)
    with pytest.raises(BadStatement, match="too many parts"):
        parsed_mail(b"From: a@b.fr\r\n\r\n" + b"--\r\n" * 1_001)


def test_as_much_of_a_mail_as_can_be_read_is_kept_when_it_is_left_aside() -> None:
    nobody = left_mail(b"From: a@b.fr, c@d.fr\r\nSubject: [P1] VPN\r\n\r\nIt is down", "two senders")
    assert (nobody.sender, nobody.severity, nobody.title, nobody.body) == (
        "a@b.fr, c@d.fr",
        "p1",
        "VPN",
        "It is down",
    )
    assert (nobody.left_aside, nobody.way, nobody.proof) == ("two senders", "mail", "")
    known = left_mail(mail(b""), "why", sender="x@y.fr", way="folder")
    assert (known.sender, known.title, known.way) == ("x@y.fr", "It is down", "folder")
    empty = left_mail(b"From: a@b.fr\r\n\r\n", "why")
    assert (empty.title, empty.body, empty.severity) == ("(no subject)", "", "p3")
    many = b"[P1] VPN\r\n" + b"content-type " * 60
    broken = left_mail(many, "why", sender="x@y.fr")
    digest = hashlib.sha256(many).hexdigest()
    assert broken == replace(
        SAID, origin_id=digest, digest=digest, sender="x@y.fr", severity="p1", way="mail", left_aside="why",
        body="[P1] VPN\n" + ("content-type " * 60).strip(),
    )  # fmt: skip
    large = left_mail(b"VPN\r\n" + b"content-type " * 30_000, "why")
    assert large.digest == hashlib.sha256((b"VPN\r\n" + b"content-type " * 30_000)[:SIZE_LIMIT]).hexdigest()


TAGGED: list[tuple[str, list[tuple[str, str]]]] = [
    ("", [("", "")]), ("a", [("", "a")]), ("<p>a</p>b", [("", ""), ("p", "a"), ("/p", "b")]),
    ("a<!--b-->c<i>d", [("", "ac"), ("i", "d")]), ("<!---->a", [("", "a")]), ("<!-->a", [("", "<!-->a")]),
    ("<script>a<b></SCRIPT >c", [("", ""), ("script", ""), ("/script", "c")]), ("<style>a", [("", ""),
    ("style", "")]),
    ("<A B='>'>a", [("", ""), ("a", "a")]), ("<a b=\">'\">a", [("", ""), ("a", "a")]),
    ("<a b=\"'>c<i>d", [("", ""), ("a", "c"), ("i", "d")]),
    ("a < b", [("", "a < b")]), ("</>a", [("", "a")]), ("<1>a", [("", "<1>a")]), ("<?x?>a", [("", "a")]),
    ("a</", [("", "a</")]),
    ("&amp;<b>&lt;", [("", "&"), ("b", "<")]), ("&#12345678;&#x12345678;&#65;", [("", "\ufffd\ufffdA")]),
    ("<" + "a" * 41 + ">x", [("", ""), ("a" * 41, "x")]), ("<" + "a" * 42 + ">x", [("", ""), ("a" * 41, "x")]),
]  # fmt: skip


def test_tags_and_the_words_behind_them() -> None:
    for html, found in TAGGED:
        assert [*tokens(html)] == found


def test_of_html_so_much_is_read_and_its_blocks_stand_on_lines_of_their_own() -> None:
    assert text_of("x" * 32_001) == "x" * 32_000
    assert LIMIT == 32_000
    assert (
        text_of("<h1>a</h1><h2>b<h3>c<h4>d<div>e<li>f<tr>g<p>h<br>i<h5>j<b>k")
        == "\na\nb\nc\nd\ne\nf\ng\nh\nijk"
    )
