"""Signs of a one-line entry, each at the edge where it is a marker and beyond which it is a word of the title."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.domain.work.quick_entry import KnownName, KnownNames, PolicyTarget
from tests.domain.work.given import read, said


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("x 1234min", {"spent_minutes": 1234}),
        ("x 7h59", {"spent_minutes": 479}),
        ("x 8h00", {"title": "x 8h00"}),
        ("x 0h05", {"spent_minutes": 5}),
        ("x 12345m", {"title": "x 12345m"}),
        ("x =>relancer Paul", {"next_step": "relancer Paul"}),
        ('x =>"dire p1" y', {"title": "x y", "next_step": "dire p1"}),
        ("x puis: appeler (Paul) - vite ! p1", {"next_step": "appeler (Paul) - vite !", "severity": "p1"}),
        ("x puis: voir // vu", {"next_step": "voir", "note": "vu"}),
        ("x //vu", {"title": "x //vu"}),
        ("x avant: y", {"title": "x avant: y"}),
        ("x avant:demain", {"title": "x avant:demain", "warnings": ["no_mark:pour:"]}),
        ("x file://serveur", {"title": "x file://serveur"}),
        ("x p0 p9", {"title": "x p0 p9", "warnings": ["no_mark:p1-p4"]}),
        ("x p12", {"title": "x p12"}),
        ("x ^+2j", {"due": "2026-11-25T18:00+01:00"}),
        ("x ^+demain", {"title": "x ^+demain"}),
        ("x ^(2", {"title": "x ^(2"}),
        ("x sla:4 heures de travail", {"sla": {"kind": "business_seconds", "seconds": 14_400}}),
        ("x sla:4h de travail", {"sla": {"kind": "business_seconds", "seconds": 14_400}}),
        ("x sla:1h30", {"sla": {"kind": "business_seconds", "seconds": 5_400}}),
        ("x sla:45 minutes", {"sla": {"kind": "business_seconds", "seconds": 2_700}}),
        ("x sla:3 working hours", {"sla": {"kind": "business_seconds", "seconds": 10_800}}),
        ("x sla:0h", {"title": "x sla:0h", "warnings": ["bad_sla:0h"]}),
        ("x sla:un jour ouvré", {"sla": {"kind": "business_days", "n": 1, "at": "18:00"}}),
        ("x sla:dix jours ouvrés 12h", {"sla": {"kind": "business_days", "n": 10, "at": "12:00"}}),
        ('x sla:"2 jours ouvrés" y', {"title": "x y", "sla": {"kind": "business_days", "n": 2, "at": "18:00"}}),
        ('x sla:"2 jours ouvrés ou plus" y', {"title": 'x sla:"2 jours ouvrés ou plus" y',
                                              "warnings": ["bad_sla:2 jours ouvrés ou plus"]}),
        ('x pour:"demain ou après" y', {"title": 'x pour:"demain ou après" y',
                                         "warnings": ["bad_due:demain ou après"]}),
        ("x bloque:B-12, y", {"title": "x y", "blocks": ["B-12"]}),
        ("x bloque:ABC-1 blocks:b-123456789", {"blocks": ["ABC-1", "B-123456789"]}),
        ("x bloque:ABCD-1", {"title": "x bloque:ABCD-1", "warnings": ["bad_blocks:ABCD-1"]}),
        ("x conf:0", {"conf": 0}),
        ("x conf:3", {"conf": 3}),
        ("x !1 y", {"title": "x y", "severity": "p1"}),
        ("x !p1", {"title": "x !p1", "warnings": ["unknown_severity:p1"]}),
        ("x !haute !2", {"severity": "p2", "warnings": ["duplicate:severity"]}),
        ("x qui:Zoé qui:Luc", {"owner": "Luc", "warnings": ["duplicate:owner"]}),
        ("x 15m 20m", {"title": "x", "spent_minutes": 20, "warnings": ["duplicate:spent_minutes"]}),
        ("x en 15m", {"title": "x en 15m"}),
        ("x 15m (urgent)", {"title": "x 15m (urgent)"}),
        ('x =>"" y', {"title": 'x =>"" y'}),
        ("x bloque:(B-1", {"title": "x bloque:(B-1"}),
        ('x @"\u200b"', {"title": 'x @""', "warnings": ["bad_waiting_on:"]}),
        ("x 15m // vu", {"spent_minutes": 15, "note": "vu"}),
        ("x \\15m y", {"title": "x 15m y"}),
        ("x \\\\server", {"title": "x \\server"}),
        ("\\R&D", {"title": "\\R&D"}),
    ],
)  # fmt: skip
def test_signs_at_the_edge_of_a_marker(line: str, fields: dict[str, Any]) -> None:
    assert said(line) == {"title": "x", **fields}


def test_without_known_policies_a_name_may_begin_with_a_letter_and_go_on_with_digits() -> None:
    assert read("x sla:k8s.", KnownNames()).sla == PolicyTarget("k8s")
    assert read("x sla:8ks", KnownNames()).sla is None


@pytest.mark.parametrize(
    ("line", "waiting_on", "title"),
    [
        ("x @Cabinet Dupont, Roux", ("Cabinet Dupont, Roux",), "x Dupont, Roux"),
        ("x @Projet p1 y", ("Projet p1",), "x y"),
        ("x @Paie (externe) y", ("Paie (externe)",), "x y"),
        ("x @Paie (externe). y", ("Paie (externe)",), "x y"),
        ("x @Dupont - Roux y", ("Dupont - Roux",), "x y"),
        ('x @"Le Bon" Coin du Coin', ("Le Bon Coin du Coin",), "x Coin du Coin"),
        ("x @Le Bon Coin du Coin y", ("Le Bon Coin du Coin",), "x y"),
        ("x @Le Bon Coin du Coin. y", ("Le Bon Coin du Coin",), "x y"),
        ("x @Un Deux Trois Quatre Cinq Six y", ("Un Deux Trois Quatre Cinq Six",), "x y"),
    ],
)
def test_a_name_of_several_words_is_read_as_far_as_its_clause_goes(
    line: str, waiting_on: tuple[str, ...], title: str
) -> None:
    names = (
        "Paie (externe)",
        "Dupont - Roux",
        "Cabinet Dupont, Roux",
        "Projet p1",
        "Le Bon Coin du Coin",
        "Un Deux Trois Quatre Cinq Six",
    )
    found = read(line, KnownNames(providers=tuple(map(KnownName, names))))
    assert (found.waiting_on, found.title) == (waiting_on, title)
    assert (found.severity == "p1") == ("p1" in line)


def test_a_title_of_letters_that_are_written_with_several_signs_stays_whole() -> None:
    assert read("\u0958" * 30).title == "\u0915\u093c" * 30
    assert read("\ufb2c \ufb2c").title == "\u05e9\u05bc\u05c1 \u05e9\u05bc\u05c1"
