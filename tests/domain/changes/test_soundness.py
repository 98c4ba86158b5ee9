"""The laws of what is entered: no values make a judgement fall over, and a secret is told from its place."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.changes.judge import judge
from cockpit.domain.changes.soundness import KnownRecords
from cockpit.domain.changes.soundness_rules import looks_secret
from cockpit.domain.records.record import Field, FieldKind
from cockpit.domain.registers import ORGANISATION, REGISTERS

CODES = st.sampled_from(["", "PE-1", "PE-2", "PR-1", "FN-1", "CP-1", "Sophie", "sophie"])
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 500), st.text(max_size=12), st.dates(), st.datetimes(),
    st.tuples(CODES, CODES), CODES,
)  # fmt: skip


def value_of(field: Field) -> st.SearchStrategy[Any]:
    usual: dict[FieldKind, st.SearchStrategy[Any]] = {
        FieldKind.DATE: st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        FieldKind.CHOICE: st.sampled_from([*field.choices, ""]),
        FieldKind.NAMES: st.lists(CODES, max_size=3).map(tuple),
        FieldKind.REF: CODES,
    }
    return st.one_of(usual.get(field.kind, ODD), ODD)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, dict[str, Any], KnownRecords]:
    name = draw(st.sampled_from(ORGANISATION))
    values = {f.name: draw(value_of(f)) for f in REGISTERS[name].fields}
    known = KnownRecords(
        today=date(2026, 11, 23),
        names={"PE-1": "Sophie", "PE-2": "Marc", "FN-1": "Payroll"},
        archived=draw(st.sampled_from([frozenset(), frozenset({"PE-1"})])),
        left=draw(st.sampled_from([{}, {"PE-2": date(2026, 1, 1)}])),
        backups=draw(st.dictionaries(CODES, CODES)),
        owners=draw(st.dictionaries(CODES, CODES)),
        recovery=draw(st.dictionaries(CODES, st.integers(0, 100))),
        carriers={"FN-1": frozenset({"PR-1"})},
        plans={"FN-1": {"CP-1": "PE-1"}},
    )
    return name, values, known


@given(case=cases(), code=CODES, some=st.booleans())
def test_no_values_make_a_judgement_fall_over_and_each_doubt_is_about_a_field(
    case: tuple[str, dict[str, Any], KnownRecords], code: str, some: bool
) -> None:
    name, values, known = case
    register = REGISTERS[name]
    changed = frozenset(list(values)[:2] if some else values)
    for doubt in judge(register, code, values, changed, known):
        assert doubt.words
        assert set(doubt.fields) <= {f.name for f in register.fields}
        assert changed & set(doubt.fields), "only what is being changed is spoken of"


@given(
    chain=st.lists(st.integers(1, 9), min_size=2, max_size=6, unique=True), closes=st.booleans()
)  # fmt: skip
def test_a_chain_of_backups_is_spelt_out_when_and_only_when_it_comes_back(
    chain: list[int], closes: bool
) -> None:
    codes = [f"PE-{n}" for n in chain]
    known = KnownRecords(today=date(2026, 11, 23), backups=dict(pairwise(codes)))
    if closes:
        known.backups[codes[-1]] = codes[0]
    values = {"name": "x", "backup": codes[1]}
    found = judge(REGISTERS["person"], codes[0], values, frozenset({"backup"}), known)
    said = [doubt.words for doubt in found if "away together" in doubt.words]
    assert len(said) == closes
    if closes:
        assert " → ".join([*codes, codes[0]]) in said[0]


@pytest.mark.parametrize(
    "text",
    ["mdp: soleil", "Password = hunter2", "P@ssw0rd2024!", "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
     "Bitwarden, Tr0ub4dor&3", "code : 4512", "5f4dcc3b5aa765d61d8327deb882cf99"],
)  # fmt: skip
def test_a_secret_is_seen(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize(
    "text",
    ["", "Bitwarden / Banque", "1Password, entry Payroll 2024", "KeePass de Sophie (dossier RH)",
     "https://vault.example/items?id=12&x=3", "sophie2@atelier-mistral.fr", "coffre du bureau, enveloppe 3",
     "Dashlane-Partage-Finances-2026"],
)  # fmt: skip
def test_where_it_lives_is_no_secret(text: str) -> None:
    assert not looks_secret(text)


def test_a_line_of_a_file_is_known_to_the_lines_after_it() -> None:
    known = KnownRecords(today=date(2026, 11, 23))
    known.note(REGISTERS["person"], "PE-1", {"name": "Ana", "backup": "PE-2", "owner": "x"})
    known.note(REGISTERS["function"], "FN-1", {"name": "Payroll", "owner": "PE-1", "backup": "x"})
    known.note(REGISTERS["risk"], "RK-1", {"name": "Fire", "owner": "PE-1", "backup": "x"})
    known.note(REGISTERS["access"], "AC-1", {"name": "ERP", "owner": "PE-1", "backup": "x"})
    assert (known.backups, known.owners) == ({"PE-1": "PE-2"}, {"FN-1": "PE-1"})
    for register, values in (
        ("circuit", {"name": "Purchases", "decider": "PE-1", "deputy": "PE-2"}),
        ("circuit", {"name": "Travel", "decider": "PE-1", "deputy": "PE-3"}),
        ("circuit", {"name": "Nobody stands in", "decider": "PE-4", "deputy": ""}),
        ("contract", {"name": "a", "decider": "PE-5", "deputy": "PE-6"}),
        ("access", {"name": "a", "decider": "PE-5", "deputy": "PE-6"}),
    ):
        known.note(REGISTERS[register], "CI-1", values)
    assert known.deputies == {"PE-1": {"PE-2", "PE-3"}}


@pytest.mark.parametrize(
    ("values", "about"),
    [
        ({"notice": "3m", "initial_months": 2}, "initial_months"), ({"notice": "3m", "initial_months": 3}, ""),
        ({"notice": "93d", "initial_months": 3}, ""), ({"notice": "94d", "initial_months": 3}, "initial_months"),
        ({"notice": "3m", "initial_months": 12, "renewal_months": 2}, "renewal_months"),
        ({"notice": "3m", "initial_months": 12, "renewal_months": 3}, ""),
        ({"notice": "3m", "initial_months": 12, "renewal_months": 0}, ""),
        ({"notice": "3m", "initial_months": 12, "renewal_months": None}, ""),
        ({"notice": "3m", "initial_months": 2, "renewal": "none"}, ""), ({"notice": "3m", "initial_months": 0}, ""),
        ({"notice": "3m", "initial_months": None}, ""), ({"notice": "", "initial_months": 2}, ""),
    ],
)  # fmt: skip
def test_a_notice_fits_into_the_term_that_it_ends(values: dict[str, Any], about: str) -> None:
    whole = {"name": "a", "provider": "PR-1", "renewal": "tacit", "renewal_months": 12, **values}
    known = KnownRecords(today=date(2026, 11, 23), names={"PR-1": "Paie+"})
    found = [
        each
        for each in judge(REGISTERS["contract"], "", whole, frozenset(whole), known)
        if each.field == "notice"
    ]
    assert [each.also for each in found] == ([(about, "renewal")] if about else [])
