"""The reader of compiled catalogues: whatever is in one is found, whatever is wrong with one means English."""

from __future__ import annotations

import gettext
import io
import struct
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from cockpit import locale
from cockpit.locale.build import TYPED, compile_catalogue, compile_stale, no_break
from cockpit.locale.compiled import Catalogue

PO = Path(locale.__file__).parent / "fr" / "LC_MESSAGES" / "cockpit.po"
MO = PO.with_suffix(".mo")


SOURCE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Blockers"
msgstr "Blocages"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} jour"
msgstr[1] "{n} jours"

msgid "Monday"
msgstr "lundi"
"""


def small() -> bytes:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(SOURCE.encode()), locale="fr"))
    return compiled.getvalue()


SMALL = small()


def test_every_entry_of_the_french_catalogue_is_found() -> None:
    found = Catalogue.read(MO)
    with PO.open("rb") as file:
        entries = [entry for entry in read_po(file, locale="fr") if entry.id]
    assert len(entries) > 2000
    for entry in entries:
        if isinstance(entry.id, tuple):
            singular, plural = entry.id
            both = [no_break(each) for each in entry.string or ()]
            assert [found.ngettext(singular, plural, n) for n in (1, 2)] == both
        elif entry.context:
            kept = entry.string if entry.context == TYPED else no_break(str(entry.string))
            assert found.pgettext(entry.context, str(entry.id)) == kept
        else:
            assert found.gettext(str(entry.id)) == no_break(str(entry.string))


def test_it_says_what_the_standard_library_says() -> None:
    with MO.open("rb") as file:
        library = gettext.GNUTranslations(file)
    found = Catalogue.read(MO)
    for n in range(200):
        assert found.ngettext("{n} day", "{n} days", n) == library.ngettext("{n} day", "{n} days", n)
    assert found.pgettext("short month", "May") == library.pgettext("short month", "May") == "mai"


@pytest.mark.parametrize("message", ["", "Blocker", "Blockerss", "{n} days", "zzz", "\x00", "é\udce9", "!"])
def test_a_message_that_is_not_in_it_is_returned_as_it_is(message: str) -> None:
    found = Catalogue(SMALL)
    assert found.pgettext("nowhere", message) == message
    assert found.ngettext(message, "plural", 1) in (message, found.gettext(message))
    if message:
        assert found.gettext(message) == message


@pytest.mark.parametrize(
    ("n", "said"), [(0, "{n} jour"), (1, "{n} jour"), (2, "{n} jours"), (10**30, "{n} jours")]
)
def test_the_plural_follows_the_rule_of_the_language(n: int, said: str) -> None:
    assert Catalogue(SMALL).ngettext("{n} day", "{n} days", n) == said


def test_english_needs_no_catalogue() -> None:
    found = locale.catalogue("en")
    assert found.gettext("Blockers") == "Blockers"
    assert found.pgettext("short month", "May") == "May"
    assert [found.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)] == [
        "{n} days",
        "{n} day",
        "{n} days",
    ]


def test_the_other_order_of_bytes_is_read_too() -> None:
    little = Catalogue(SMALL)
    count, originals, translations = struct.unpack_from("<III", SMALL, 8)
    swapped = bytearray(SMALL)
    numbers = [*range(0, 28, 4), *range(originals, originals + 8 * count, 4)]
    for at in [*numbers, *range(translations, translations + 8 * count, 4)]:
        swapped[at : at + 4] = swapped[at : at + 4][::-1]
    big = Catalogue(bytes(swapped))
    assert big.gettext("Monday") == little.gettext("Monday") == "lundi"


@pytest.mark.parametrize("size", [0, 3, 4, 20, 27, 28, 40, len(SMALL) // 2])
def test_a_catalogue_cut_short_means_english(size: int) -> None:
    found = Catalogue(SMALL[:size])
    assert found.gettext("Monday") in ("Monday", "lundi")
    assert found.ngettext("{n} day", "{n} days", 3) in ("{n} days", "{n} jours")


def test_a_missing_catalogue_or_a_folder_in_its_place_means_english(tmp_path: Path) -> None:
    assert Catalogue.read(tmp_path / "none.mo").gettext("Monday") == "Monday"
    assert Catalogue.read(tmp_path).gettext("Monday") == "Monday"


@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_catalogue_never_raises(damage: list[tuple[int, int]]) -> None:
    broken = bytearray(SMALL)
    for at, byte in damage:
        broken[at] = byte
    found = Catalogue(bytes(broken))
    for message in ("Blockers", "Monday", "unknown"):
        assert isinstance(found.gettext(message), str)
    for n in (0, 1, 2, 5):
        assert isinstance(found.ngettext("{n} day", "{n} days", n), str)


@pytest.mark.parametrize("rule", ["n/0", "n %", "7", "", "(((n", "x"])
def test_a_plural_rule_without_sense_leaves_the_sentence_in_english(rule: str) -> None:
    broken = SMALL.replace(b"plural=(n > 1);", b"plural=" + rule.encode().ljust(7) + b";")
    assert broken != SMALL
    assert Catalogue(broken).ngettext("{n} day", "{n} days", 2) == "{n} days"


def test_a_catalogue_older_than_its_source_is_compiled_anew(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "cockpit.po"
    source.write_text('msgid "Monday"\nmsgstr "lundi"\n\nmsgctxt "typed"\nmsgid "Monday"\nmsgstr "lun"\n')
    (compiled,) = compile_stale(tmp_path)
    assert compile_stale(tmp_path) == []
    assert Catalogue.read(compiled).gettext("Monday") == "lundi"
    assert Catalogue.read(compiled).pgettext("typed", "Monday") == "lun"
    source.write_text('msgid "Monday"\nmsgstr "LUNDI"\n')
    assert compile_stale(tmp_path) == [compiled]
    assert Catalogue.read(compiled).gettext("Monday") == "LUNDI"
    assert sorted(path.name for path in folder.iterdir()) == ["cockpit.mo", "cockpit.po"]


def test_contexts_keep_their_place_in_the_order_that_the_reader_halves(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    entries = [(context, word) for context in ("z", "a", "m") for word in ("one", "two", "three")]
    (folder / "cockpit.po").write_text(
        "\n".join(f'msgctxt "{c}"\nmsgid "{w}"\nmsgstr "{c}-{w}"\n' for c, w in entries), encoding="utf-8"
    )
    found = Catalogue.read(compile_catalogue(folder / "cockpit.po"))
    assert [found.pgettext(c, w) for c, w in entries] == [f"{c}-{w}" for c, w in entries]
