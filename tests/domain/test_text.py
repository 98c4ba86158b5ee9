"""Text made harmless: what is taken out, and that what is cut says so."""

from __future__ import annotations

import pytest

from cockpit.domain.text import BODY_LIMIT, TITLE_LIMIT, TYPED_LIMIT, clean, is_plain


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
