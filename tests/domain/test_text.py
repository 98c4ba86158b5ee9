"""Text made harmless: what is taken out, and that what is cut says so."""

from __future__ import annotations

import pytest

from cockpit.domain.text import (
    BODY_LIMIT,
    TITLE_LIMIT,
    TYPED_LIMIT,
    canonical,
    clean,
    digest,
    fold,
    is_plain,
    safe_link,
    slug,
    typed,
)


@pytest.mark.parametrize("padding", ["\x1b[31m", "\u200b", "\x1b]0;x\x07", "\u202e"])
def test_words_that_stand_behind_signs_that_are_taken_out_are_kept_or_told_as_cut(padding: str) -> None:
    said = clean("VPN" + padding * 400 + "down", 80)
    assert said.startswith("VPN")
    assert said.endswith(("down", "…"))
    assert clean("VPN" + " " * 2_000, 80) == "VPN"


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("cafe\u0301", 80, "café"),
        ("  VPN   down  ", 80, "VPN down"),
        ("a\u00a0\u2003b", 80, "a b"),
        ("abcd", 4, "abcd"),
        ("abcde", 4, "abc…"),
        ("éèêë", 4, "éèêë"),
        ("a\u200db", 80, "a\u200db"),
        ("a\nb\tc", 80, "a b c"),
        ("a\x00b\u202ec", 80, "abc"),
        ("", 80, ""),
    ],
)
def test_one_line_is_as_it_was_but_for_what_is_not_seen(text: str, limit: int, said: str) -> None:
    assert clean(text, limit) == said


def test_lines_keep_their_ends_and_at_most_one_empty_line_between() -> None:
    assert clean("a\r\nb\r\rc\n\n\n\nd  \n", 80, lines=True) == "a\nb\n\nc\n\nd"


def test_a_title_a_text_and_a_line_that_is_typed_have_the_room_that_is_told() -> None:
    assert (TITLE_LIMIT, BODY_LIMIT, TYPED_LIMIT) == (300, 8_000, 100_000)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("C\x9cur \x80 d\x92or \x9e fin \x9f apr\xe8s", "Cœur € d’or ž fin Ÿ après"),
        ("prix \x9e et c\x9cur, puis \x9f et \x9cuvre", "prix ž et cœur, puis Ÿ et œuvre"),
        ("\x9bA\x9b", "›A›"),
        ("\x9b31mred\x9b0m", "red"),
        ("\x9d52;c;aGVs\x9cclip", "clip"),
        ("a\x81\x8d\x90b", "ab"),
    ],
)
def test_letters_of_windows_that_were_taken_for_latin_1_are_read_as_letters(text: str, meant: str) -> None:
    assert clean(text) == meant
    assert not is_plain(text)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x7F), (0x202A, 0x202E), (0x2066, 0x2069), (0xD800, 0xDFFF),
        (0xAD, 0xAD), (0x61C, 0x61C), (0x200B, 0x200B), (0x200E, 0x200F), (0x2060, 0x2060), (0xFEFF, 0xFEFF),
    ],
    ids=hex,
)  # fmt: skip
def test_a_sign_that_is_not_seen_is_taken_out_and_its_neighbours_are_not(first: int, last: int) -> None:
    for at in (first, last):
        assert clean(f"a{chr(at)}b", 80) == "ab", hex(at)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0x0B, 0x0C), (0x2028, 0x2029), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F), (0x2066, 0x2069), (0x202A, 0x202E),
        (0xD800, 0xDFFF),
    ],
    ids=hex,
)  # fmt: skip
def test_a_range_of_signs_that_are_not_seen_is_taken_out_whole_and_nothing_beside_it(
    first: int, last: int
) -> None:
    assert not any(is_plain(f"a{chr(at)}") for at in range(first, last + 1))
    assert [clean(f"a{chr(at)}b", 80) for at in {first, (first + last) // 2, last}] == ["ab"] * len(
        {first, (first + last) // 2, last}
    )


@pytest.mark.parametrize(
    "sign",
    ["\xa0", "\xa1", "\xac", "\xae", "\u061b", "\u061d", "\u200a", "\u200c", "\u200d", "\u2010", "\u2027",
    "\u202f", "\u2065",
     "\u206a", "\u2061", "\u205f", "\ufefe", "\uff00", "\ufff8", "\ufffc", "\ue000", "\U000e0080", "\u2030"],
    ids=ascii,
)  # fmt: skip
def test_what_stands_beside_such_a_range_is_plain(sign: str) -> None:
    assert is_plain(sign)
    assert is_plain("~ ")
    assert not is_plain("\x7f")


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "\x1b[2J", "\x80", "\x9f", "\x00"])
def test_what_breaks_a_line_or_is_not_seen_is_not_plain(text: str) -> None:
    assert not is_plain(text)


CUT_TO_EIGHT: list[tuple[str, str]] = [
    ("abcdefgh", "abcdefgh"), ("abcdefghi", "abcdefg…"), ("abcdef ghi", "abcdef…"), (" abcdefgh ", "abcdefgh"),
    ("é" * 8, "é" * 8), ("é" * 9, "é" * 7 + "…"), ("a" + " " * 31 + "b", "a…"), ("a" + " " * 32, "a"),
    ("a" + " " * 30 + "b", "a b"), ("a" + "\x00" * 31 + " ", "a"), ("a" + "\x00" * 31 + "b", "a…"),
    ("  ab", "ab"), ("a  b", "a b"), ("ab  ", "ab"),
]  # fmt: skip


def test_a_text_is_cut_to_its_limit_and_says_so() -> None:
    for text, said in CUT_TO_EIGHT:
        assert clean(text, 8) == said


SEQUENCES: list[tuple[str, str]] = [
    ("a\n\nb", "a\n\nb"), ("a\n\n\nb", "a\n\nb"), ("a \t b  \n  c", "a b\n c"), ("\n\na\n\n", "a"),
    ("a\rb\r\nc", "a\nb\nc"),
    ("\x1b]0;t\x07a\x1b[1mb\x1bcd", "abd"), ("\x1b]0;t\x1b\\a", "a"), ("a\x1b]never\nb", "anever\nb"),
    ("a\x1b", "a"),
    ("\x9b1ma", "a"), ("\x1bP1;2|q\x1b\\a", "a"), ("a\x90b\x9cc", "ac"), ("a\u3000\u2003b", "a b"),
]  # fmt: skip


def test_lines_are_kept_and_sequences_go_whole() -> None:
    for text, said in SEQUENCES:
        assert clean(text, 80, lines=True) == said


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÉCHÉANCE", "echeance"), ("Œuvre", "oeuvre"), ("Æ", "ae"), ("l’eau", "l'eau"), ("ABC", "abc"),
    ("Straße", "strasse"),
     ("ﬁn", "fin"), ("", ""), ("Ça", "ca")],
)  # fmt: skip
def test_a_text_is_folded_for_matching(text: str, folded: str) -> None:
    assert fold(text) == folded


HOST = "https://a.fr/"


LINKS: list[tuple[str, str | None]] = [
    (HOST, HOST), (f"  {HOST} ", HOST), ("HTTP://a.fr", "HTTP://a.fr"), ("ftp://a.fr", None), ("https://", None),
    ("https://a.fr@b.fr/", None), ("https://a.fr/@b", "https://a.fr/@b"), ("https://a.fr\\b", None),
    ("https://a.fr/\\b", None), ("https://a.fr/a b", None), ("https://a.fr/a\u200bb", None),
    ("https://a.fr?x", "https://a.fr?x"),
    ("https://a.fr#x", "https://a.fr#x"), ("javascript:https://a.fr", None),
    (HOST + "x" * 1_987, HOST + "x" * 1_987),
    (HOST + "x" * 1_988, None), ("https://a.fr/\n", HOST), ("https://a.fr/a\nb", None), ("", None),
]  # fmt: skip


def test_a_link_is_an_address_of_http_that_leads_where_it_seems_to() -> None:
    for url, safe in LINKS:
        assert safe_link(url) == safe


@pytest.mark.parametrize(
    ("name", "key"),
    [("Comité de Direction", "comite-de-direction"), ("--A  b!", "a-b"), ("é", "e"), ("", "source"),
    ("!?", "source"), ("a.b_c", "a-b-c")],
)  # fmt: skip
def test_a_key_is_made_of_a_name(name: str, key: str) -> None:
    assert slug(name) == key


def test_a_value_is_written_in_one_way_and_told_by_its_digest() -> None:
    assert (
        canonical({"b": [1, None], "a": "é"})
        == canonical({"a": "é", "b": [1, None]})
        == '{"a":"é","b":[1,null]}'
    )
    assert digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    assert typed("x" * 99_999) == "x" * 99_999
    assert typed("x" * 100_001) == "x" * 99_999 + "…"
