"""A name is found however it was typed, and nobody else's is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.records.erasure import Erased, around

WHO = Erased("PE-7", "Zoé Le Cœur-Müller", "zoe@coeur.example, 01 23 45 67 89, +49 30 1234567")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Zoé Le Cœur-Müller", "PE-7"), ("ZOE LE COEUR MULLER appelle", "PE-7 appelle"),
        ("vu avec zoé_le_cœur_müller.", "vu avec PE-7."), ("Le Cœur-Müller Zoé", "PE-7"),
        ("Zoe\u0301 Le Cœur-Mu\u0308ller", "PE-7"), ("@Zoé_Le_Coeur-Muller", "@PE-7"),
        ("écrire à zoe@coeur.example vite", "écrire à PE-7 vite"), ("zoe@coeur.example.org", "zoe@coeur.example.org"),
        ("+33 (0)1.23.45.67.89", "PE-7"), ("0123456789", "PE-7"), ("90123456789", "90123456789"),
        ("00 49 30 1234567", "00 PE-7"), ("+493012 34567", "PE-7"),
        ("Zoé Le Cœur", "Zoé Le Cœur"), ("Mazoé Le Cœur-Müller", "Mazoé Le Cœur-Müller"),
    ],
)  # fmt: skip
def test_it_is_found_however_it_was_typed(typed: str, left: str) -> None:
    assert WHO.out_of(typed) == left


def test_added_words_are_erased_alone() -> None:
    who = Erased("PE-7", "Zoé Martin", also=("Zoé", "Z.M."))
    assert who.out_of("Zoé et Zoélie, Z.M. et zm") == "PE-7 et Zoélie, PE-7 et PE-7"


def test_what_nobody_sees_in_an_added_word_is_no_part_of_it() -> None:
    who = Erased("PE-7", "", also=("Zo\u00adé", " ", "z@n.example"))
    assert who.out_of("Zoé, Zo é, z@n.example") == "PE-7, Zo é, PE-7"


def test_what_json_escapes_is_read_as_it_reads() -> None:
    text = json.dumps({"who": ["Zoé Le Cœur-Müller", 'a "b"'], "n": 1})
    assert "\\u" in text
    assert json.loads(WHO.out_of(text)) == {"who": ["PE-7", 'a "b"'], "n": 1}


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000 + '"\\', r'["\ud800 Zoé Le Cœur-Müller"]', r"[Zoé Le Cœur-Müller, C:\x]"],
    ids=["deep", "no letter", "none"],
)
def test_what_only_looks_like_json_is_a_text_like_any_other(text: str) -> None:
    found = WHO.out_of(text)
    found.encode()
    assert found == text.replace("Zoé Le Cœur-Müller", "PE-7")


def test_nobody_is_erased_where_nothing_is_known() -> None:
    assert Erased("PE-7", "").out_of("anything at all") == "anything at all"


@given(st.text())
def test_a_text_is_cleared_once_and_for_all(text: str) -> None:
    cleared = WHO.out_of(f"{text} Zoé Le Cœur-Müller {text}")
    assert WHO.pattern.search(cleared) is None
    assert WHO.out_of(cleared) == cleared


def test_an_address_that_begins_with_the_name_goes_whole() -> None:
    zora = Erased("PE-9", "Zora Quib", "zora.quib@quib.example", ("Zora",))
    assert zora.out_of("write to zora.quib@quib.example, or Zora.Quib") == "write to PE-9, or PE-9"
    assert (
        Erased("PE-9", "Zora Quib", "zora.q@quib.example", ("Zora",)).out_of("zora.q@quib.example") == "PE-9"
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasz Sørensen", ["Lukasz Sorensen", "lukasz soerensen", "ŁUKASZ SØRENSEN", "Łukasz_Sörensen"]),
        ("Jürgen Strauß", ["Juergen Strauss", "jurgen strauß", "JÜRGEN STRAUSS", "Jurgen-Strauss"]),
        ("Mueller Anna", ["Müller Anna", "mueller anna", "Anna Müller"]),
        ("Åse Đorđević", ["Aase Djordjevic", "ase dordevic", "Åse Đorđević"]),
        ("Þór Ægisson", ["Thor Aegisson", "þór ægisson"]),
        ("Anne-Marie d'Œuvre", ["anne marie doeuvre", "Anne\u2010Marie D\u2019Œuvre", "AnneMarie dOeuvre"]),
        ("A B C", ["a b c", "B C A", "c a b", "A_B-C", "A  \t B\u00a0C"]),
        ("Zoé Noé", ["Zo\u00ade No\u200be\u0301", "zoe.noe"]),
    ],
)  # fmt: skip
def test_letters_are_found_as_keyboards_write_them(name: str, typed: list[str]) -> None:
    who = Erased("PE-7", name)
    assert [who.out_of(f"« {each} »") for each in typed] == ["« PE-7 »"] * len(typed)


@pytest.mark.parametrize(
    "text", ["B A C", "a b", "abc", "A......  B C", "xA B C", "A B Cx", "A B C4", "A, B C"]
)
def test_what_is_no_order_of_the_name_is_left(text: str) -> None:
    assert Erased("PE-7", "A B C").out_of(text) == text


FRENCH = ["01 23 45 67 89", "0123456789", "01.23.45.67.89", "+33 1 23 45 67 89", "+33123456789", "+33 (0)1 23 45 67 89",
          "0033 1-23-45-67-89", "01/23/45/67/89"]  # fmt: skip


@pytest.mark.parametrize("contact", ["01 23 45 67 89", "+33 1 23 45 67 89", "0033 123456789", "33123456789"])
@pytest.mark.parametrize("typed", FRENCH)
def test_a_french_number_is_found_with_its_country_or_without(contact: str, typed: str) -> None:
    assert Erased("PE-7", "", contact).out_of(f"tel {typed}, soir") == "tel PE-7, soir"


@pytest.mark.parametrize("typed", ["1 01 23 45 67 89", "01 23 45 67 88", "01 23 45 67 891", "123456789"])
def test_another_number_is_left(typed: str) -> None:
    who = Erased("PE-7", "", "01 23 45 67 89")
    assert who.out_of(typed.replace("1 01", "101")) == typed.replace("1 01", "101")


def test_a_number_of_another_country_keeps_all_its_digits() -> None:
    who = Erased("PE-7", "", "+49 30 1234567; 0033 12345; 12345678")
    assert who.out_of("+49 30 1234567 / 49-30-12345 67 / 0301234567") == "PE-7 / PE-7 / 0301234567"
    assert who.out_of("003312345 et 12 34 56 78") == "PE-7 et PE-7"
    assert who.out_of("1234567 +33 12345") == "1234567 +33 12345"


LE_GOFF = Erased("PE-3", "Jean-Michel Le Goff")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jean-Michel Goff", ["Jean-Michel Goff"]), ("J.-M. Le Goff", ["J.-M. Le Goff"]),
        ("JM Le Goff", ["JM Le Goff"]),
        ("j-m goff", ["j-m goff"]), ("Goff, J.-M.", ["Goff, J.-M."]),
        ("Le Goff Jean-Michel", ["Le Goff Jean-Michel"]),
        ("Goff Jean-Michel", ["Goff Jean-Michel"]), ("L. Goff, JM", ["L. Goff, JM"]),
        ("JMLG et JMG", ["JMLG", "JMG"]),
        ("J.M.L.G. dit", ["J.M.L.G."]), ("jmlg, Jmlg", []), ("JML", []), ("Jean Goff", []), ("Michel Le Goff", []),
        ("J Le Goff", []), ("JMLGX", []), ("Goff", []), ("JM", []),
    ],
)  # fmt: skip
def test_the_name_without_its_middle_or_by_its_initials_is_near(text: str, found: list[str]) -> None:
    assert [each[0] for each in LE_GOFF.near.finditer(text)] == found


def test_two_words_are_near_by_their_initials() -> None:
    near = Erased("PE-3", "Zoé Noé").near
    text = "Z. Noé, Noé Z., ZN, Z.N., zn, Z Noé, Zoé N."
    assert [each[0] for each in near.finditer(text)] == ["Z. Noé", "Noé Z.", "ZN", "Z.N.", "Z Noé"]
    assert Erased("PE-3", "Zoé \u200b Noé").out_of("Zoé Noé") == "PE-3", "what nobody sees is no word"


def test_one_word_has_nothing_near_it() -> None:
    for name in ("Goff", "Goff -", ""):
        assert not Erased("PE-3", name).near.search("Goff G. G Jean Goff")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Zoé Le Cœur", "zoe, COEUR, le, coeurs, Zoé", ["zoe", "COEUR", "Zoé"]), ("Bo Li", "Bo Li bo li", []),
        ("Ann Li", "ann li Anne", ["ann"]), ("", "anything", []),
    ],
)  # fmt: skip
def test_a_word_of_three_letters_alone_may_be_somebody_else(name: str, text: str, found: list[str]) -> None:
    assert [each[0] for each in Erased("PE-3", name).alone.finditer(text)] == found


@pytest.mark.parametrize(
    ("text", "mails"),
    [
        ("Zoé Noé <zoe@home.example>, x@y.example", ["zoe@home.example"]),
        ("zoe noe (mailto:z@n.example)", ["z@n.example"]),
        ("Zoé Noé : z@n.example", ["z@n.example"]), ("Zoé Noé, z@n.example", []), ("Zoé Noé z@n.example", []),
        ("Zoé Noé\n<z@n.example>", []), ("<z@n.example> Zoé Noé", []), ("Zoé Noé, Luc <l@n.example>", []),
        ("Zoé Noé (Paie) <z@n.example>", ["z@n.example"]),
        ("Zoé Noé <a@n.example> et Noé Zoé <b@n.example>", ["a@n.example", "b@n.example"]),
        ("Zoé Noé " + "x" * 78 + " <z@n.example>", ["z@n.example"]), ("Zoé Noé " + "x" * 79 + " <z@n.example>", []),
    ],
)  # fmt: skip
def test_an_address_right_behind_the_name_is_probably_theirs(text: str, mails: list[str]) -> None:
    assert list(Erased("PE-3", "Zoé Noé").beside(text)) == mails


def test_every_text_of_a_value_is_cleared_and_its_keys_too() -> None:
    who = Erased("PE-3", "Zoé Noé")
    told = {"Zoé Noé": ["zoe noe", 1, None, {"a": "x"}], "b": True}
    assert who.out_of_all(told) == {"PE-3": ["PE-3", 1, None, {"a": "x"}], "b": True}
    untouched = '{ "a": "\\u00e9", "b": 1 }'
    assert who.out_of(untouched) == untouched, "what does not name them is not written anew"
    assert who.out_of('["\\u005ao\\u00e9 Noé"]') == '["PE-3"]'
    assert who.out_of('"\\u005ao\\u00e9 Noé"') == '"PE-3"'
    assert who.out_of('{"a": "Zoé Noé"}') == '{"a": "PE-3"}'
    assert who.out_of(r"C:\Zoé Noé") == r"C:\PE-3"


@pytest.mark.parametrize(
    ("before", "behind", "told"),
    [
        ("", "", "Zoé"), ("a ", " b", "a Zoé b"), ("x" * 23 + " ", " " + "y" * 23, "x" * 23 + " Zoé " + "y" * 23),
        ("x" * 24 + " ", "", "…" + "x" * 23 + " Zoé"), ("", " " + "y" * 24, "Zoé " + "y" * 23 + "…"),
        ("a\n  b ", "", "a b Zoé"), ("x" * 50 + " ", " " + "y" * 50, "…" + "x" * 23 + " Zoé " + "y" * 23 + "…"),
    ],
)  # fmt: skip
def test_what_is_found_is_shown_with_a_few_letters_on_both_sides(before: str, behind: str, told: str) -> None:
    who = Erased("PE-3", "Zoé")
    assert list(around(before + "Zoé" + behind, who.pattern)) == [told]


def test_what_is_found_twice_is_shown_twice_and_as_near_as_is_asked() -> None:
    assert list(around("Zoé, Luc, Zoé", Erased("PE-3", "Zoé").pattern, 3)) == ["Zoé, L…", "…c, Zoé"]
