"""Which names a line means and proposes, how they are typed, and which title is near one that is there."""

from __future__ import annotations

import pytest

from cockpit.domain.work.known_names import as_typed
from cockpit.domain.work.quick_entry import KnownName, KnownNames, completion_at, near_duplicate

TEAM = KnownNames(
    functions=(
        KnownName("Ressources humaines", "rh"),
        KnownName("rh de la holding"),
        KnownName("Ventes", "vt"),
    ),
    people=(KnownName("Anne Sophie Roux"), KnownName("Anne Martin"), KnownName("Martin Anne")),
    providers=(KnownName("Silae"), KnownName("Anne Martin", "am")),
    me="Claire Morel",
)


@pytest.mark.parametrize(
    ("field", "typed", "name"),
    [
        ("tags", "RH", "Ressources humaines"), ("tags", "vt", "Ventes"), ("tags", "ventes", "Ventes"),
        ("tags", "v", None),
        ("tags", "rh de", "rh de la holding"), ("tags", "de la", "rh de la holding"),
        ("tags", "ressources hum", None),
        ("owner", "sophie roux", "Anne Sophie Roux"), ("owner", "Sophie", None),
        ("owner", "anne sophie", "Anne Sophie Roux"),
        ("owner", "anne martin", "Anne Martin"), ("owner", "Silae", None),
        ("waiting_on", "anne martin", "Anne Martin"),
        ("waiting_on", "AM", "Anne Martin"), ("sla", "rh", None), ("none", "rh", None),
    ],
)  # fmt: skip
def test_a_name_is_called_whole_or_by_several_of_its_words_in_a_row(
    field: str, typed: str, name: str | None
) -> None:
    assert TEAM.called(field, typed) == name


def test_two_names_that_are_typed_alike_are_not_called() -> None:
    both = KnownNames(
        people=(KnownName("Anne Martin"), KnownName("anne-martin")),
        functions=(KnownName("RH"), KnownName("Paie", "rh")),
    )
    assert both.called("owner", "anne martin") is None
    assert both.called("tags", "rh") is None
    assert both.called("tags", "paie") == "Paie"


@pytest.mark.parametrize(
    ("field", "typed", "names"),
    [
        ("owner", "moi", ("Claire Morel",)), ("waiting_on", "Me", ("Claire Morel",)), ("tags", "moi", ()),
        ("owner", "anne", ("Anne Sophie Roux", "Anne Martin", "Martin Anne")), ("waiting_on", "sil", ("Silae",)),
        ("waiting_on", "anne martin", ("Anne Martin",)), ("owner", "", ()), ("none", "a", ()),
    ],
)  # fmt: skip
def test_a_name_may_mean_each_that_it_fits_and_one_name_once(
    field: str, typed: str, names: tuple[str, ...]
) -> None:
    assert TEAM.matching(field, typed) == names


@pytest.mark.parametrize(
    ("field", "typed", "names"),
    [
        ("owner", "mar", ("Martin Anne", "Anne Martin")),
        ("owner", "an", ("Anne Sophie Roux", "Anne Martin", "Martin Anne")),
        ("waiting_on", "a", ("Anne Martin", "Anne Sophie Roux", "Martin Anne")),
        ("tags", "r", ("Ressources humaines", "rh de la holding")),
        ("tags", "h", ("Ressources humaines", "rh de la holding")),
        ("tags", "v", ("Ventes",)),
        ("tags", "olding", ()),
        ("none", "a", ()),
    ],
)  # fmt: skip
def test_names_that_begin_so_are_proposed_before_those_with_a_word_that_does(
    field: str, typed: str, names: tuple[str, ...]
) -> None:
    assert TEAM.completing(field, typed) == names


@pytest.mark.parametrize(
    ("line", "cursor", "said"),
    [
        ("@", 0, None), ("@", -1, None), ("@Sil", -1, None), ("@Sil", 0, None), ("@", 1, "waiting_on '' 1-1"),
        ("@Sil", 4, "waiting_on 'Sil' 1-4"),
        ("x @Sil p1", 6, "waiting_on 'Sil' 3-6"), ("x @Sil", 99, "waiting_on 'Sil' 3-6"), ("x #v", 4, "tags 'v' 3-4"),
        ("x >an", 5, "owner 'an' 3-5"), ("qui:an", 6, "owner 'an' 4-6"), ("x Qui : an", 10, "owner 'an' 8-10"),
        ("x qui:  an", 10, "owner 'an' 8-10"), ("x qui: ", 7, None), ('x owner:"an', 11, "owner 'an' 8-11"),
        ("x~or", 4, None), ("x pour:an", 9, None), ("x @Sil ", 7, None), ("x @Sil@", 7, None), ("x sla:an", 8, None),
    ],
)  # fmt: skip
def test_what_is_completed_is_what_the_cursor_stands_behind(line: str, cursor: int, said: str | None) -> None:
    found = completion_at(line, cursor, TEAM)
    assert (f"{found.field} {found.prefix!r} {found.start}-{found.end}" if found else None) == said
    if found and found.prefix == "":
        assert found.candidates == ("Silae", "Anne Martin", "Anne Sophie Roux", "Martin Anne")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Silae", "Silae"), ("Cabinet Dupont", "Cabinet Dupont"), ("Paie+", "Paie+"), ("L'Oréal R&D", "L'Oréal R&D"),
        ("42 consulting", '"42 consulting"'), ("Paie (externe)", '"Paie (externe)"'), ("A 2", '"A 2"'),
        ("A  B", '"A  B"'),
        ('Le "Bon" Coin', '"Le Bon Coin"'), ("", '""'),
    ],
)  # fmt: skip
def test_a_name_that_holds_more_than_words_is_typed_in_quotes(name: str, typed: str) -> None:
    assert as_typed(name) == typed


@pytest.mark.parametrize(
    ("title", "other", "is_one"),
    [
        ("VPN", "vpn !", True), ("VPN", "VPN coupé", False), ("a b c", "a b c d e", True),
        ("a b c", "a b c d e f", False),
        ("a b c d e", "a b c", True), ("a b", "c d", False), ("", "", False),
    ],
)  # fmt: skip
def test_titles_that_share_three_words_in_five_are_near(title: str, other: str, is_one: bool) -> None:
    assert near_duplicate(title, [], [("B-1", other, "")]) == ("B-1" if is_one else None)


def test_the_nearest_title_of_the_function_is_told_and_of_two_as_near_the_first() -> None:
    existing = [
        ("B-1", "a b c x", "Paie"),
        ("B-2", "a b c d", "paie"),
        ("B-3", "A B C D", "PAIE"),
        ("B-4", "a b c d", "RH"),
    ]
    assert near_duplicate("a b c d", ["Paie"], existing) == "B-2"
    assert near_duplicate("a b c d", ["Paie"], existing[::-1]) == "B-3"
    assert near_duplicate("a b c d", ["Paie", "RH"], existing[3:] + existing[:1]) == "B-4"
    assert near_duplicate("a b c d", [], existing) is None
