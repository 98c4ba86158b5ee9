"""How much is told in each phase, and how names are found and replaced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.documents.consents import USUAL_DAYS, ConsentDays, consent_days
from cockpit.domain.documents.disclosure import (
    MOST_CONFIDENTIAL,
    Disclosure,
    Mask,
    Named,
    SalePhase,
    letters,
    share,
)
from cockpit.domain.documents.publication import Chapter, DataTable, Passage, Points, Publication, ToComplete
from cockpit.domain.documents.redaction import Redaction, addresses_in, initials_of, parts_of, without_amounts
from cockpit.domain.documents.usual_functions import is_usual


@pytest.mark.parametrize(
    ("phase", "masks", "people", "amounts"),
    [
        (SalePhase.TEASER, (), Named.LETTER, False),
        (SalePhase.DUE_DILIGENCE, (), Named.ROLE, True),
        (SalePhase.DUE_DILIGENCE, (Mask.AMOUNTS,), Named.ROLE, False),
        (SalePhase.CLOSING, (), Named.NAME, True),
        (SalePhase.CLOSING, (Mask.PEOPLE,), Named.ROLE, True),
        (SalePhase.CLOSING, (Mask.PEOPLE, Mask.AMOUNTS), Named.ROLE, False),
    ],
)
def test_a_phase_tells_less_under_a_mask_and_never_more(
    phase: SalePhase, masks: tuple[Mask, ...], people: Named, amounts: bool
) -> None:
    found = Disclosure(phase, frozenset(masks))
    assert (found.people, found.shows_amounts) == (people, amounts)
    assert found.is_anonymous is (phase is SalePhase.TEASER)


@pytest.mark.parametrize(
    ("n", "said"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_letters_go_on_after_z(n: int, said: str) -> None:
    assert letters(n) == said


@given(st.sets(st.integers(1, 5_000), min_size=2))
def test_two_numbers_never_share_their_letters(numbers: set[int]) -> None:
    assert len({letters(n) for n in numbers}) == len(numbers)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(34, 100, "34 %"), (1, 1_000, "< 1 %"), (0, 10, "0 %"), (5, 0, ""), (10, 10, "100 %")],
)
def test_a_share_is_never_rounded_to_nothing(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


KNOWN = Redaction(
    {"Inès Carpentier": "Office manager", "Inès": "Office manager", "Carpentier": "Office manager",
     "Claire": "Chief", "Sophie Le Goff": "Assistant", "Le Goff": "Assistant", "Goff": "Assistant",
     "ines@mistral.example": "Office manager", "Paie+": "Paie+", "Jean-Paul": "Foreman", "D’Arcy": "Buyer"}
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Voir avec Inès Carpentier", "Voir avec Office manager"),
        ("voir avec inès carpentier", "voir avec Office manager"),
        ("Ines Carpentier signe", "Office manager signe"),
        ("INÈS signe", "Office manager signe"),
        ("une note claire et nette", "une note claire et nette"),
        ("Claire tranche", "Chief tranche"),
        ("Mme Le Goff, puis Goff", "Mme Assistant, puis Assistant"),
        ("écrire à ines@mistral.example.", "écrire à Office manager."),
        ("Contrat Paie+ reconduit", "Contrat Paie+ reconduit"),
        ("Clairement, la Goffette", "Clairement, la Goffette"),
        ("Jean-Paul et D'Arcy", "Foreman et Buyer"),
        ("Inès\nCarpentier", "Office manager"),
        ("Ines\tCarpentier, Ines\u00a0Carpentier", "Office manager, Office manager"),
        ("d’arcy, puis D’Arcy", "Buyer, puis Buyer"),
        ("À İİzmir, Inès Carpentier signe", "À İİzmir, Office manager signe"),
        ("+33 6 12", "+33 6 12"),
        ("", ""),
    ],
)
def test_a_known_name_is_replaced_however_it_is_written(text: str, said: str) -> None:
    assert KNOWN.replaced(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("virement au-delà de 5 000 €", "virement au-delà de …"),
        ("€14,400.50 a year", "…a year"),
        ("12,5 k€ puis 300 euros", "… puis …"),
        ("1 200 EUR", "…"),
        ("en 2026, 42 heures par mois", "en 2026, 42 heures par mois"),
        ("Montant : 14 400 € → 15 000 €", "Montant : … → …"),
    ],
)
def test_an_amount_in_a_text_is_replaced(text: str, said: str) -> None:
    assert without_amounts(text, "…").replace("… a", "…a") == said


def test_names_in_a_text_are_told_as_they_stand_there() -> None:
    assert KNOWN.found_in("CLAIRE voit claire et Inès Carpentier") == ("CLAIRE", "Inès Carpentier")
    assert KNOWN.found_in("rien de tout cela") == ()
    assert Redaction({}).found_in("Claire") == ()
    assert Redaction({"+": "x", " ": "y"}).replaced("1 + 1") == "1 + 1"


@given(st.text(max_size=60), st.dictionaries(st.text(max_size=12), st.text(max_size=6), max_size=6))
def test_any_text_and_any_names_are_harmless(text: str, names: dict[str, str]) -> None:
    Redaction(names).replaced(text)
    Redaction(names).found_in(text)


def test_a_person_goes_by_parts_initials_and_addresses() -> None:
    assert set(parts_of("Sophie Le Goff")) == {"Sophie", "Goff", "Le Goff"}
    assert "S. Goff" in set(initials_of("Sophie Le Goff"))
    assert not list(initials_of("Sophie"))
    found = set(addresses_in(["sophie@kerlann.example, 06 12 34 56 78 · https://www.kerlann.example/x"]))
    assert {"sophie@kerlann.example", "kerlann.example", "www.kerlann.example", "06 12 34 56 78"} <= found


@pytest.mark.parametrize(
    ("name", "usual"),
    [("RH et paie", True), ("Direction et pilotage", True), ("Human resources", True), ("R&D", True),
     ("Voilerie", False), ("Assistanat de Claire", False), ("Finance 2", False), ("", False), ("&", False)],
)  # fmt: skip
def test_only_a_name_that_any_company_may_use_is_told(name: str, usual: bool) -> None:
    assert is_usual(name) is usual


def _weekday(day: date) -> bool:
    return day.weekday() < 5


def test_a_consent_is_counted_back_from_the_closing() -> None:
    found = consent_days(date(2027, 6, 30), 45, _weekday)
    assert (found.expected_by, found.ask_by, found.prepare_on) == (
        date(2027, 6, 29), date(2027, 5, 14), date(2027, 4, 30),
    )  # fmt: skip
    assert not found.is_late(date(2027, 5, 14))
    assert found.is_late(date(2027, 5, 15))


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 400))
def test_a_consent_always_has_the_days_that_it_takes(closing: date, takes: int) -> None:
    found = consent_days(closing, takes, _weekday)
    assert found.prepare_on <= found.ask_by <= found.expected_by - timedelta(days=takes) < closing
    assert all(map(_weekday, (found.prepare_on, found.ask_by, found.expected_by)))


def test_the_parts_initials_and_addresses_of_somebody_are_told_in_their_order() -> None:
    assert [*parts_of("Sophie Le Goff")] == ["Sophie", "Goff", "Le Goff"]
    assert [*parts_of("Jean de la Tour")] == ["Jean", "Tour", "la Tour"]
    assert [*parts_of("Bo Li Anh")] == ["Anh"]
    assert [*parts_of("Le Goff")] == ["Goff", "Le Goff"]
    assert [*parts_of("von Saint DE")] == []
    assert [*initials_of("Sophie Le Goff")] == ["S. Goff", "S.Goff", "Sophie G.", "S. G.", "S.G."]
    assert [*initials_of("Ana Maria da Silva")] == ["A. Silva", "A.Silva", "Ana S.", "A. S.", "A.S."]
    assert [*initials_of("Le Goff")] == []
    texts = ["ana.b+x@mail.kerlann.example et HTTPS://www.Kerlann.example/x?y", "+33 6 12 34 56 78, 12 34"]
    assert [*addresses_in(texts)] == [
        "ana.b+x@mail.kerlann.example", "mail.kerlann.example", "www.Kerlann.example", "Kerlann.example",
        "+33 6 12 34 56 78",
    ]  # fmt: skip
    assert [*addresses_in(["0612345678 www.a.example#x"])] == ["www.a.example", "a.example", "0612345678"]
    assert [*addresses_in(["061234567", "12345678901234567"])] == ["061234567", "12345678901234"]


STANDING_ALONE: list[tuple[dict[str, str], str, str]] = [
    ({"Ana": "A", "Ana Li": "B"}, "Ana Li, Ana", "B, A"),
    ({"Ana Li": "B", "Li Bo": "C"}, "Ana Li Bo", "B Bo"),
    ({"@Paie": "X"}, "voir @Paie, Paie", "voir X, Paie"),
    ({"@Paie": "X"}, "Paie", "Paie"),
    ({"Paie+": "X"}, "Paie+2, Paie++", "X2, X+"),
    ({"Ana": "A"}, "Ana_b _Ana Ana2 2Ana Anas", "Ana_b _Ana Ana2 2Ana Anas"),
    ({"Ana": "A"}, "(Ana) Ana's Ana-Ana", "(A) A's A-A"),
    ({"Ana": "A"}, "aNa ana ANA", "A ana A"),
    ({"ana.b": "A", "rue 4": "B"}, "ana.b, rue 4", "A, B"),
    ({"  Ana   Li ": "A"}, "ana li", "A"),
    ({"Éva": "A", "Eva": "B"}, "Éva EVA", "A A"),
]


def test_the_longest_name_that_stands_alone_is_replaced() -> None:
    for names, text, said in STANDING_ALONE:
        assert Redaction(names).replaced(text) == said


def test_what_hides_nothing_is_the_closing_without_a_mask() -> None:
    assert [phase for phase in SalePhase if Disclosure(phase).hides_nothing] == [SalePhase.CLOSING]
    assert not Disclosure(SalePhase.CLOSING, frozenset({Mask.AMOUNTS})).hides_nothing
    assert Disclosure(SalePhase.TEASER).level == 3
    assert MOST_CONFIDENTIAL == {SalePhase.TEASER: 1, SalePhase.DUE_DILIGENCE: 2, SalePhase.CLOSING: 2}
    assert [letters(n) for n in (-1, 0, 25, 26, 27, 702)] == ["", "", "Y", "Z", "AA", "ZZ"]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 200, "< 1 %"), (3, 200, "2 %"), (0, 0, ""), (0, 1, "0 %"), (1, 1, "100 %"), (1, 150, "1 %"), (3, 2, "150 %"),
     (5, -1, ""), (-1, 300, "< 1 %")],
)  # fmt: skip
def test_a_share_is_rounded_to_whole_percents(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_where_no_day_is_worked_a_consent_keeps_the_days_as_they_are_counted() -> None:
    found = consent_days(date(2027, 6, 30), 45, lambda _day: False)
    assert found == ConsentDays(date(2027, 5, 1), date(2027, 5, 15), date(2027, 6, 29))
    assert consent_days(date(2027, 6, 30), 0, lambda _day: True) == ConsentDays(
        date(2027, 6, 15), date(2027, 6, 29), date(2027, 6, 29)
    )
    assert USUAL_DAYS == 45


def test_a_document_knows_its_tables_and_what_is_missing_in_the_order_of_its_chapters() -> None:
    one, two, three = (DataTable(key, key, ("a",), ((1,),)) for key in "abc")
    gaps = (ToComplete("x"), ToComplete("y", "Ana", date(2026, 1, 1), "B-1"))
    document = Publication(
        "file", "File", lead=(Passage("p"), one),
        chapters=(Chapter("c", "C", (two, Points(("i",)), three), (gaps[0],)), Chapter("d", "D", (), (gaps[1],))),
    )  # fmt: skip
    assert [*document.tables()] == [one, two, three]
    assert document.gaps == gaps
    assert (Points(("i",)).numbered, one.source, gaps[0].due) == (False, "", None)
