"""The one-line entry: worked cases, nothing ever lost, and lines that nobody should type."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cockpit.domain.text import clean
from cockpit.domain.work.known_names import as_typed
from cockpit.domain.work.quick_entry import (
    KnownName,
    KnownNames,
    PolicyTarget,
    completion_at,
    near_duplicate,
    to_json,
)
from tests.domain.work.given import CASES, KNOWN, read, said


@pytest.mark.parametrize("form", ["line", "alias"])
@pytest.mark.parametrize("case", CASES["examples"], ids=lambda case: case["id"])
def test_worked_cases(case: dict[str, Any], form: str) -> None:
    assert said(case.get(form, case["line"]), KnownNames()) == case["expected"]


def test_json_has_every_key() -> None:
    assert to_json(read("")) == {
        "title": "", "waiting_on": [], "tags": [], "severity": None, "due": None, "since": None,
        "owner": None, "sla": None, "next_step": None, "case": None, "conf": None, "blocks": [],
        "spent_minutes": None, "note": None, "warnings": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("x @sil", {"waiting_on": ["Silae"]}),
        ("x @CABINET_dupont", {"waiting_on": ["Cabinet Dupont"]}),
        ("x @cabinet-d", {"waiting_on": ["Cabinet Dupont"]}),
        ("x @Paie+", {"waiting_on": ["Paie+"]}),
        ("x @Silae @Silae @Urssaf, y", {"title": "x y", "waiting_on": ["Silae", "Urssaf"]}),
        ("x @s", {"waiting_on": ["s"], "warnings": ["ambiguous:s"]}),
        ("x +rh", {"tags": ["Ressources humaines"]}),
        ("x +paye +retard", {"tags": ["Paie", "retard"]}),
        ("x qui:sop", {"owner": "Sophie Martin"}),
        ("x owner:sy", {"owner": "Sylvie Roux"}),
    ],
)
def test_known_names_are_matched_folded_by_name_code_or_unique_prefix(
    line: str, fields: dict[str, Any]
) -> None:
    assert said(line) == {"title": "x", **fields}


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("x depuis:vendredi ^8h", {"since": "2026-11-20T09:00+01:00", "due": "2026-11-24T08:00+01:00"}),
        ("x <hier", {"since": "2026-11-22T09:00+01:00"}),
        ("x depuis:demain", {"title": "x depuis:demain", "warnings": ["bad_since:demain"]}),
        ("x pour:11/11", {"due": "2027-11-11T18:00+01:00", "warnings": ["non_business_day"]}),
        ("x pour:dans 1h30", {"due": "2026-11-23T10:30+01:00"}),
        ('x pour:"demain 12h" 14h30', {"title": "x 14h30", "due": "2026-11-24T12:00+01:00"}),
        ("x pour:demain pour:mardi p1", {"due": "2026-11-24T18:00+01:00", "severity": "p1",
                                         "warnings": ["duplicate:due"]}),
        ("x pour:mardi 30/11", {"title": "x pour:mardi 30/11", "warnings": ["bad_due:mardi"]}),
        ("x sla:90m", {"sla": {"kind": "business_seconds", "seconds": 5400}}),
        ("x sla:1h30", {"sla": {"kind": "business_seconds", "seconds": 5400}}),
        ("x sla:J+2", {"sla": {"kind": "business_days", "n": 2, "at": "18:00"}}),
        ("x ~2jo midi y", {"title": "x y", "sla": {"kind": "business_days", "n": 2, "at": "12:00"}}),
        ("x sla:paie", {"sla": {"kind": "policy", "name": "Paie standard"}}),
        ("x sla:autre", {"title": "x sla:autre", "warnings": ["bad_sla:autre"]}),
        ("x ~50 k€", {"title": "x ~50 k€", "warnings": ["bad_sla:50"]}),
        ("x puis:relancer Paul +paie", {"next_step": "relancer Paul", "tags": ["Paie"]}),
        ("x => relancer Paul demain p1", {"next_step": "relancer Paul demain", "severity": "p1"}),
        ('x puis:"dire p1" y', {"title": "x y", "next_step": "dire p1"}),
        ("x dossier:Projet_X", {"case": "Projet X"}),
        ('x case:"Projet X"', {"case": "Projet X"}),
        ("x conf:2", {"conf": 2}),
        ("x conf:4", {"title": "x conf:4", "warnings": ["bad_conf:4"]}),
        ("x bloque:b-12 blocks:D-3", {"blocks": ["B-12", "D-3"]}),
        ("x bloque:tout", {"title": "x bloque:tout", "warnings": ["bad_blocks:tout"]}),
        ("x 15m", {"spent_minutes": 15}),
        ("x 1h30", {"spent_minutes": 90}),
        ("x 15m @Silae p1", {"spent_minutes": 15, "waiting_on": ["Silae"], "severity": "p1"}),
        ("x pour: demain", {"due": "2026-11-24T18:00+01:00"}),
        ("x pour : demain 12h", {"due": "2026-11-24T12:00+01:00"}),
        ("x Pour: demain, qui: Sophie", {"due": "2026-11-24T18:00+01:00", "owner": "Sophie Martin"}),
        ('x pour: "demain 12h" y', {"title": "x y", "due": "2026-11-24T12:00+01:00"}),
        ("x pour: bientôt", {"title": "x pour: bientôt", "warnings": ["bad_due:bientôt"]}),
        ("x pour: @Silae", {"title": "x pour:", "waiting_on": ["Silae"]}),
        ("x puis: relancer Paul", {"next_step": "relancer Paul"}),
        ("\\pour: demain", {"title": "pour: demain"}),
        ("x pour:midi et demi", {"due": "2026-11-23T12:30+01:00"}),
        ("x pour:ce soir 19h", {"due": "2026-11-23T19:00+01:00"}),
        ("x pour:d'ici 48h", {"due": "2026-11-25T09:00+01:00"}),
        ("x pour:sous quinzaine", {"due": "2026-12-08T18:00+01:00"}),
        ("x pour:avant la fin de l'année", {"due": "2026-12-31T18:00+01:00"}),
        ("x sla:2 jours ouvrés", {"sla": {"kind": "business_days", "n": 2, "at": "18:00"}}),
        ("x sla: deux jours ouvrés midi", {"sla": {"kind": "business_days", "n": 2, "at": "12:00"}}),
        ("x sla:3 business days", {"sla": {"kind": "business_days", "n": 3, "at": "18:00"}}),
        ("x sla:4 heures ouvrées", {"sla": {"kind": "business_seconds", "seconds": 14400}}),
        ("x sla:48h", {"sla": {"kind": "business_seconds", "seconds": 172800}}),
        ("x sla:2 jours", {"title": "x sla:2 jours", "warnings": ["bad_sla:2"]}),
        ("x @Cabinet Dupont", {"waiting_on": ["Cabinet Dupont"]}),
        ("x @cabinet dupont, à relancer", {"title": "x à relancer", "waiting_on": ["Cabinet Dupont"]}),
        ("x @Silae Dupont", {"title": "x Dupont", "waiting_on": ["Silae"]}),
        ("x qui:Sophie Martin p1", {"owner": "Sophie Martin", "severity": "p1"}),
        ("x +ressources humaines", {"tags": ["Ressources humaines"]}),
        ("x p5", {"title": "x p5", "warnings": ["no_mark:p1-p4"]}),
        ("x échéance:demain", {"title": "x échéance:demain", "warnings": ["no_mark:pour:"]}),
        ("x responsable:Sophie", {"title": "x responsable:Sophie", "warnings": ["no_mark:qui:"]}),
        ("réunion 14h30", {"title": "réunion 14h30"}),
        ("x // p1 @Silae // \"y", {"note": "p1 @Silae // \"y"}),
        ("voir https://silae.fr // ok", {"title": "voir https://silae.fr", "note": "ok"}),
        ("x //", {"title": "x //"}),
        ("x =>", {"title": "x =>"}),
        ('relire "plan p1 @2027" p2', {"title": 'relire "plan p1 @2027"', "severity": "p2"}),
        (r"\p1 \pour:demain \"x \serveur\a \=> \//", {"title": r'p1 pour:demain "x \serveur\a => //'}),
        ("x P1", {"severity": "p1"}),
        ("x !BASSE", {"severity": "p4"}),
    ],
)  # fmt: skip
def test_fields(line: str, fields: dict[str, Any]) -> None:
    assert said(line) == {"title": "x", **fields}


@pytest.mark.parametrize(
    "title",
    [
        "Rappeler bob@silae.fr pour C# et R&D",
        "Urgent ! budget > 50 k€ ~ 3 < 4 ^ 2",
        "Ticket #4521 et +33612345678",
        "Note : et qui: @ // ",
        "-> voir p12 conf 12h 100% !!! ... @ + # => ",
        "Panne de 2h15 chez OVH",
        "30m de câble à commander",
        "Coupure de 1h30",
        "Retard pendant 45min",
        "Le 2h30 du matin",
        '@ "non fermé Silae',
        "Note: relire http://pour.fr:due",
    ],
)
def test_ordinary_titles_stay_whole(title: str) -> None:
    assert said(title) == {"title": title.strip()}


def test_without_known_policies_any_name_is_one() -> None:
    assert read("x sla:Or", KnownNames()).sla == PolicyTarget("Or")


def test_chips_are_where_they_were_typed_and_can_be_refused() -> None:
    line = "Paie @Silae p1 pour:demain 12h => relancer Paul +rh // vu hier"
    entry = read(line)
    assert [chip.raw for chip in entry.chips] == [
        "@Silae", "p1", "pour:demain 12h", "=> relancer Paul", "+rh", "// vu hier",
    ]  # fmt: skip
    for chip in entry.chips:
        assert line[chip.start : chip.end] == chip.raw
        without = read(line, refused=frozenset({(chip.start, chip.end)}))
        assert chip.raw in without.title
        assert chip not in without.chips
        assert set(without.chips) <= set(entry.chips)
    every = frozenset((chip.start, chip.end) for chip in entry.chips)
    assert read(line, refused=every).title == line


def test_completion_knows_the_marker_and_keeps_the_given_order() -> None:
    line = "x @s y"
    found = completion_at(line, 4, KNOWN)
    assert found is not None
    assert (found.field, found.prefix, line[found.start : found.end]) == ("waiting_on", "s", "s")
    assert found.candidates == ("Silae", "Sophie Martin", "Sylvie Roux")
    quoted = completion_at('x @"cabinet d', 13, KNOWN)
    assert quoted is not None
    assert (quoted.prefix, quoted.candidates) == ("cabinet d", ("Cabinet Dupont",))
    assert [getattr(completion_at(text, len(text), KNOWN), "candidates", None) for text in (
        "qui:", "+hum", "sla:", "x>s", "@zz", "", "@Silae ", "titre",
    )] == [
        ("Sophie Martin", "Sylvie Roux"), ("Ressources humaines",), ("Paie standard",),
        None, None, None, None, None,
    ]  # fmt: skip


@given(st.text(alphabet="ab4 é'&.+-@_(,:", min_size=1, max_size=12).map(clean))
@example("42 consulting")
@example("Paie (externe)")
@example("Cabinet Dupont")
def test_a_completed_name_reads_as_itself(name: str) -> None:
    if name.strip(" _-"):
        found = read(f"x @{as_typed(name)}", KnownNames(providers=(KnownName(name),)))
        assert (found.waiting_on, found.title) == ((name,), "x")


def test_near_duplicates_share_a_function_and_most_words() -> None:
    existing = [
        ("B-1", "Paie mars bloquée accès SILAE", "Paie"),
        ("B-2", "paie de mars BLOQUEE", "Paie"),
        ("B-3", "VPN KO", ""),
    ]
    assert near_duplicate("Paie mars bloquée", ["paie"], existing) == "B-2"
    assert near_duplicate("Paie mars bloquée", ["paie"], existing[:1]) == "B-1"
    assert near_duplicate("Paie mars bloquée", ["RH"], existing) is None
    assert near_duplicate("Paie avril en retard", ["Paie"], existing) is None
    assert near_duplicate("vpn ko", [], existing) == "B-3"
    assert near_duplicate("", [], existing) is None


pieces = st.sampled_from(
    ['=>"', "@Silae", '@"Cabinet Dupont"', "+rh", "#x", "p1", "!haute", "!zz", "pour:demain", "^bientôt", "12h",
     "<hier", "qui:Sophie", "sla:J+1", "18h", "=>", "puis:voir", "conf:1", "15m", "//", '"', "\\@home", "\\",
     "Paie", "de", "dossier:X", "bloque:B-1", "fin", "du", "mois", "en", "huit", "@", "pour:", 'pour:"x y"',
     "qui :", "sla:", ":", "2", "jours", "ouvrés", "@Cabinet", "Dupont", "2h15", "midi", "et", "demi", "d'ici", "48h",
     "échéance:demain", "p5", "Sophie", "Martin"]
)  # fmt: skip
words = pieces | st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


def bare(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\\", "")


@given(st.lists(words, max_size=12).map(" ".join))
def test_every_word_is_in_the_title_or_in_a_chip(line: str) -> None:
    entry = read(line)
    kept = bare(" ".join([entry.title, *(chip.raw for chip in entry.chips)])).split()
    for word in bare(line).split():
        assert word in kept
    for chip in entry.chips:
        assert line[chip.start : chip.end] == chip.raw


@pytest.mark.parametrize("line", ['x =>"', '=>" y', 'x =>"" y', 'x @"', 'x qui:"', '>"', 'a" =>"'])
def test_a_quote_that_is_opened_and_never_closed_loses_nothing(line: str) -> None:
    entry = read(line)
    kept = " ".join([entry.title, *(chip.raw for chip in entry.chips)]).split()
    assert all(word in kept for word in line.split()), (entry.title, entry.chips)


@given(st.text(max_size=200), st.frozensets(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5))
def test_no_line_raises(line: str, refused: frozenset[tuple[int, int]]) -> None:
    json.dumps(to_json(read(line, refused=refused)))
    completion_at(line, len(line), KNOWN)


@given(st.lists(pieces, max_size=8).map(" ".join))
def test_all_refused_nothing_is_understood(line: str) -> None:
    refused: frozenset[tuple[int, int]] = frozenset()
    for _turn in range(20):
        entry = read(line, refused=refused)
        if not entry.chips:
            break
        refused |= {(chip.start, chip.end) for chip in entry.chips}
    assert not read(line, refused=refused).chips


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "@a ",
        '"',
        '@"',
        "\\",
        "x",
        "=>a ",
        "^1 ",
        "pour:demain ",
        "pour:le la de ",
        "1h",
        "// ",
        "\x1b[31m ",
    ],
)
def test_ten_thousand_characters_are_fine(unit: str) -> None:
    line = unit * (10_000 // len(unit))
    entry = read(line)
    assert len(entry.title) <= len(line)
    completion_at(line, len(line), KNOWN)


def test_control_sequences_never_reach_a_field() -> None:
    entry = read('Paie\x1b[31m rouge\x07 @"Si\x1b[0mlae" // no\u202ete')
    assert (entry.title, entry.waiting_on, entry.note) == ("Paie rouge", ("Silae",), "note")
