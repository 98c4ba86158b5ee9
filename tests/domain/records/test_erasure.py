"""A name is found however it was typed, and nobody else's is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.records.erasure import Erased

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
