"""Words that a shell took the apostrophe of."""

from __future__ import annotations

import pytest

from cockpit.domain.work.shell_words import eaten


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["voir", "lequipe et lavis de", "ladjointe"], ("lequipe",)),
        (["Relancer lequipe de lequipe"], ("lequipe", "lequipe")),
        (["Relancer lequipe demain"], ()),
        (["Relancer", "lequipe"], ()),
        (["pour:lequipe demain", "voir"], ()),
        ([], ()),
    ],
)
def test_an_argument_of_several_words_shows_what_stood_between_two_apostrophes(
    arguments: list[str], found: tuple[str, ...]
) -> None:
    assert eaten(arguments) == found


def test_two_arguments_are_enough() -> None:
    assert eaten(["voir lequipe", "vite"]) == ("lequipe",)
    assert eaten(["vite", "voir lequipe,"]) == ("lequipe,",)
    assert eaten(["voir la lune", "vite"]) == ()
    assert eaten(["voir ...", "vite"]) == ()
