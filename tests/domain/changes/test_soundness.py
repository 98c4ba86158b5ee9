"""The laws of what is entered: no values make a judgement fall over, and a secret is told from its place."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.changes.judge import judge
from cockpit.domain.changes.soundness import KnownRecords, identity, whole_day
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


TODAY = date(2026, 11, 23)
COMPANY = {
    "names": {
        "PE-1": "Sophie", "PE-2": "Marc", "PE-3": "Ana", "PE-4": "Léa", "PR-1": "Paie+", "FN-1": "Payroll",
        "FN-2": "IT",
        "CP-1": "Plan A", "TO-1": "ERP",
    },
    "archived": frozenset({"PE-4"}),
    "left": {"PE-3": date(2026, 1, 31)},
    "backups": {"PE-2": "PE-1", "PE-3": "PE-3"},
    "owners": {"FN-1": "PE-1"},
    "recovery": {"FN-1": 24, "FN-2": 0},
    "carriers": {"FN-1": frozenset({"PR-1"})},
    "plans": {"FN-1": {"Plan A": "PE-2", "Plan B": "Marc"}, "FN-2": {"Plan C": "PE-1"}},
    "deputies": {"PE-2": {"PE-3", "PE-1"}, "PE-3": {"PE-1"}},
}  # fmt: skip


def doubts(register: str, code: str = "", *, changes: str = "", **values: Any) -> list[str]:
    """What is said of a record: `!` before what is refused, then the field, the others it comes from, the words."""
    known = KnownRecords(today=TODAY, **COMPANY)  # type: ignore[arg-type]
    changed = frozenset(changes.split() or values)
    return [
        f"{'!' if each.refused else '?'}{each.field}{''.join(f' {name}' for name in each.also)}: {each.words}"
        for each in judge(REGISTERS[register], code, values, changed, known)
    ]


DOUBTS: list[tuple[str, str, dict[str, Any], str]] = [
    # A backup is somebody else, and no chain of backups comes back.
    ("person", "PE-1", {"backup": "PE-1"}, "!backup: nobody is their own backup: choose somebody else"),
    ("person", "PE-1", {"backup": "PE-2"},
     "?backup: Sophie → Marc → Sophie: when they are away together, nobody is left"),
    ("person", "PE-2", {"backup": "PE-1"}, ""),
    ("person", "PE-5", {"backup": "PE-2"}, ""),
    ("person", "", {"backup": "PE-2"}, ""),
    ("person", "PE-1", {"backup": ""}, ""),
    # Days in their order; the same day will do.
    ("person", "", {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 31)},
     "!ends_on starts_on: 2026-01-31 is before 2026-02-01: one of the two days is wrong"),
    ("person", "", {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 1)}, ""),
    ("person", "", {"starts_on": datetime(2026, 2, 1), "ends_on": date(2026, 1, 1)}, ""),  # noqa: DTZ001
    ("person", "", {"ends_on": date(2026, 1, 31)}, ""),
    ("person", "", {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 2)}, ""),
    ("absence", "", {"first_on": date(2026, 2, 2), "last_on": date(2026, 2, 1)},
     "!last_on first_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    ("trial", "", {"starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 1)},
     "!ends_on starts_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    ("audit", "", {"held_on": date(2026, 2, 2), "next_on": date(2026, 2, 1)},
     "!next_on held_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    ("level", "", {"held_on": date(2026, 2, 2), "next_on": date(2026, 2, 1)},
     "!next_on held_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    ("contract", "", {"starts_on": date(2026, 2, 2), "ended_on": date(2026, 2, 1)},
     "!ended_on starts_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    ("access", "", {"granted_on": date(2026, 2, 2), "revoked_on": date(2026, 2, 1)},
     "!revoked_on granted_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    ("access", "", {"granted_on": date(2026, 2, 2), "reviewed_on": date(2026, 2, 1)},
     "!reviewed_on granted_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    ("feedback", "", {"mark": 3, "asked_on": date(2026, 2, 2), "given_on": date(2026, 2, 1)},
     "!given_on asked_on: 2026-02-01 is before 2026-02-02: one of the two days is wrong"),
    # What was done is not still to come.
    ("audit", "", {"held_on": date(2026, 11, 24), "next_on": None}, ""),
    ("drill", "", {"held_on": date(2026, 11, 24)},
     "?held_on: that day is still to come; this says when it was done"),
    ("drill", "", {"held_on": TODAY}, ""),
    ("drill", "", {"held_on": date(2026, 11, 22)}, ""),
    ("drill", "", {"held_on": datetime(2026, 11, 24)}, ""),  # noqa: DTZ001
    ("document", "", {"reviewed_on": date(2026, 11, 24), "tested_on": date(2026, 11, 25)},
     "?reviewed_on: that day is still to come; this says when it was done | "
     "?tested_on: that day is still to come; this says when it was done"),
    # A plan needs somebody else than those whose absence it is about.
    ("continuity", "", {"function": "FN-1", "backup": "PE-1"},
     "!backup function: Sophie holds Payroll already: the backup is somebody else"),
    ("continuity", "", {"function": "FN-1", "backup": "sophie "},
     "!backup function: sophie  holds Payroll already: the backup is somebody else"),
    ("continuity", "", {"function": "FN-1", "backup": "PE-2"}, ""),
    ("continuity", "", {"function": "FN-2", "backup": "PE-1"}, ""),
    ("continuity", "", {"function": "FN-2", "backup": ""}, ""),
    ("continuity", "", {"function": "FN-1", "scenario": "provider", "backup": "PR-1"},
     "?backup function scenario: Paie+ is under contract for Payroll: who takes over if it is "
     "the one that leaves?"),
    ("continuity", "", {"function": "FN-1", "scenario": "person", "backup": "PR-1"}, ""),
    ("continuity", "", {"function": "FN-2", "scenario": "provider", "backup": "PR-1"}, ""),
    ("continuity", "", {"function": "FN-1", "recovery_hours": 25},
     "?recovery_hours function: longer than the 24 h that Payroll can be done without"),
    ("continuity", "", {"function": "FN-1", "recovery_hours": 24}, ""),
    ("continuity", "", {"function": "FN-2", "recovery_hours": 1},
     "?recovery_hours function: longer than the 0 h that IT can be done without"),
    ("continuity", "", {"function": "FN-9", "recovery_hours": 99}, ""),
    ("continuity", "", {"function": "FN-1", "recovery_hours": None}, ""),
    ("function", "FN-3", {"core_value": True, "mode": "external"},
     "?mode core_value: a core value that is wholly outside: keep a part of it in-house"),
    ("function", "FN-3", {"core_value": False, "mode": "external"}, ""),
    ("function", "FN-3", {"core_value": True, "mode": "shared"}, ""),
    ("function", "FN-1", {"owner": "PE-2"},
     "?owner: Marc is the backup in Plan A: name another backup there | "
     "?owner: Marc is the backup in Plan B: name another backup there"),
    ("function", "FN-1", {"owner": "PE-1"}, ""),
    ("function",
    "FN-2", {"owner": "Sophie"}, "?owner: Sophie is the backup in Plan C: name another backup there"),
    # Who checks is not who is checked.
    ("access", "", {"holder": "PE-1", "second_admin": "PE-1"},
     "!second_admin holder: the second administrator is the holder: choose somebody else"),
    ("access", "", {"holder": "PE-1", "second_admin": "PE-2"}, ""),
    ("access", "", {"holder": "", "second_admin": ""}, ""),
    ("access", "", {"vault": "mdp: soleil"},
     "!vault: this looks like the secret itself: write where it lives, never the secret"),
    ("access", "", {"vault": "KeePass"}, ""),
    ("circuit", "", {"decider": "PE-1", "deputy": "Sophie"},
     "!deputy decider: the deputy is the one who decides: choose somebody else"),
    ("circuit", "", {"decider": "PE-1", "deputy": "PE-2"},
     "?deputy decider: Sophie → Marc → Sophie: when they are away together, nobody decides"),
    ("circuit", "", {"decider": "PE-2", "deputy": "PE-1"}, ""),
    ("circuit", "", {"decider": "PE-1", "deputy": ""}, ""),
    ("circuit", "", {"decider": "", "deputy": "PE-1"}, ""),
    ("handover", "", {"giver": "PE-1", "taker": "sophie"},
     "!taker giver: who hands over is who takes over: choose somebody else"),
    ("handover", "", {"giver": "PE-1", "taker": "PE-2"}, ""),
    ("interface", "", {"source": "FN-1", "target": "FN-1"},
     "!target source: it goes from a party to itself: choose where it goes"),
    # A notice and its term.
    ("contract", "", {"notice": "3m", "initial_months": 2, "renewal": "tacit"},
     "!notice initial_months renewal: a notice of 3 months is longer than the initial term of 2 "
     "months: one is wrong"),
    ("contract", "", {"notice": "9w", "initial_months": 2, "renewal": "tacit"},
     "!notice initial_months renewal: a notice of 9 weeks is longer than the initial term of 2 "
     "months: one is wrong"),
    ("contract", "", {"notice": "8w", "initial_months": 2, "renewal": "tacit"}, ""),
    ("contract", "", {"notice": "63d", "initial_months": 2, "renewal": "tacit"},
     "!notice initial_months renewal: a notice of 63 days is longer than the initial term of 2 "
     "months: one is wrong"),
    ("contract", "", {"notice": "62d", "initial_months": 2, "renewal": "tacit"}, ""),
    ("contract", "", {"notice": "2m", "initial_months": 12, "renewal": "tacit", "renewal_months": 1},
     "!notice renewal_months renewal: a notice of 2 months is longer than the renewal of 1 months: one is wrong"),
    ("contract", "", {"notice": "2m", "initial_months": 1, "renewal": "tacit", "renewal_months": 1},
     "!notice initial_months renewal: a notice of 2 months is longer than the initial term of 1 "
     "months: one is wrong"),
    ("contract", "", {"notice": "2m", "initial_months": 1, "renewal": "express"}, ""),
    # Measures do not make a risk worse.
    ("risk", "", {"gross_likelihood": 2, "net_likelihood": 3, "gross_impact": 2, "net_impact": 5},
     "?net_likelihood gross_likelihood: 3 is above the gross 2: measures do not make a risk worse | "
     "?net_impact gross_impact: 5 is above the gross 2: measures do not make a risk worse"),
    ("risk", "", {"gross_likelihood": 3, "net_likelihood": 3, "gross_impact": 2, "net_impact": None}, ""),
    ("risk", "", {"gross_likelihood": None, "net_likelihood": 3}, ""),
    # Somebody does a process, and one answers for it.
    ("process", "", {"responsible": (), "accountable": ""},
     "?responsible: nobody does it: name at least one R | ?accountable: nobody answers for it: name the one A"),
    ("process", "", {"responsible": ("PE-1",), "accountable": "PE-2", "coordinator": ""}, ""),
    ("process", "", {"responsible": ("PE-1", "PE-2"), "accountable": "PE-2", "coordinator": ""},
     "?coordinator responsible: several are responsible: name who holds it together"),
    ("process", "", {"responsible": ("PE-1", "PE-2"), "accountable": "PE-2", "coordinator": "PE-1"}, ""),
    # A figure is red from some number on.
    ("figure", "", {"aim": "at_least", "target": None},
     "!target aim: say from which number on it is red, or that it is only watched"),
    ("figure", "", {"aim": "at_most", "target": None},
     "!target aim: say from which number on it is red, or that it is only watched"),
    ("figure", "", {"aim": "between", "target": None, "ceiling": 2.0},
     "!target aim: say from which number on it is red, or that it is only watched"),
    ("figure", "", {"aim": "watched", "target": None}, ""),
    ("figure", "", {"aim": "at_least", "target": 0.0}, ""),
    ("figure", "", {"aim": "between", "target": 1.0, "ceiling": 1.0},
     "!ceiling aim target: “between” needs a second number, above the first"),
    ("figure", "", {"aim": "between", "target": 1.0, "ceiling": None},
     "!ceiling aim target: “between” needs a second number, above the first"),
    ("figure", "", {"aim": "between", "target": 1.0, "ceiling": 1.1}, ""),
    ("figure", "", {"aim": "at_most", "target": 1.0, "ceiling": 0.5}, ""),
    ("feedback", "", {"mark": None, "asked_on": None},
     "!mark interface side given_on: a mark from 1 to 5 is missing: 1 is hard to work with"),
    ("feedback", "", {"mark": 1, "asked_on": None}, ""),
    ("feedback", "", {"mark": None, "asked_on": TODAY}, ""),
    # Records that were put away, and people who left.
    ("tool", "", {"owner": "PE-4"}, "!owner: Léa (PE-4) is archived: bring it back first, or choose another"),
    ("tool", "", {"owner": "PE-3"}, "?owner: the mission of Ana ended on 2026-01-31"),
    ("tool", "", {"owner": "PE-1"}, ""),
    ("handover", "", {"giver": "PE-3"}, ""),
    ("access", "", {"holder": "PE-3"}, ""),
    ("step", "", {"owner": "PE-3"}, ""),
    ("process", "", {"responsible": ("PE-1", "PE-4", "PE-3"), "accountable": "PE-1", "coordinator": "PE-1"},
     "!responsible: Léa (PE-4) is archived: bring it back first, or choose another | "
     "?responsible: the mission of Ana ended on 2026-01-31"),
]  # fmt: skip


def test_what_is_said_of_the_values_of_a_record() -> None:
    for register, code, values, said in DOUBTS:
        assert " | ".join(doubts(register, code, **values)) == said


def test_only_what_comes_from_a_field_that_changes_is_said_and_what_is_refused_first() -> None:
    values: dict[str, Any] = {
        "name": "x", "kind": "employee", "backup": "PE-1",
        "starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 31),
        "provider": "PE-4",
    }  # fmt: skip
    backup = "!backup: nobody is their own backup: choose somebody else"
    days = "!ends_on starts_on: 2026-01-31 is before 2026-02-01: one of the two days is wrong"
    gone = "!provider: Léa (PE-4) is archived: bring it back first, or choose another"
    assert doubts("person", "PE-1", **values) == [gone, backup, days]
    assert doubts("person", "PE-1", changes="starts_on", **values) == [days]
    assert doubts("person", "PE-1", changes="kind", **values) == []
    assert doubts("person", "PE-1", changes="provider name", **values) == [gone]
    mixed: dict[str, Any] = {
        "name": "x",
        "backup": "PE-2",
        "starts_on": date(2026, 2, 1),
        "ends_on": date(2026, 1, 31),
    }
    assert [each[0] for each in doubts("person", "PE-1", **mixed)] == ["!", "?"]
    locale.use("fr")
    assert "31/01/2026" in doubts("person", "PE-1", changes="starts_on", **values)[0]
    locale.use("en")


def test_a_name_that_is_taken_is_refused_where_others_refer_to_it_and_else_asked_about() -> None:
    same = {("sophie",): "PE-1", ("vpn", "PE-1", "admin"): "AC-1"}

    def said(register: str, code: str, **values: Any) -> list[tuple[str, bool, tuple[str, ...], str]]:
        known = KnownRecords(today=TODAY, same=same)
        found = judge(REGISTERS[register], code, values, frozenset(values), known)
        return [(each.field, each.refused, each.also, each.words) for each in found]

    taken = "PE-1 has this name already: open it, or tell the two apart in the name"
    assert said("person", "", name=" Sophie ") == [("name", True, (), taken)]
    assert said("person", "PE-2", name="SOPHIE") == [("name", True, (), taken)]
    assert said("person", "PE-1", name="Sophie") == []
    assert said("person", "", name="Marc") == []
    assert said("access", "", name="VPN", holder="PE-1", level="admin") == [
        ("name", False, ("holder", "level"), "AC-1 says the same already: is it another one?")
    ]
    assert said("access", "", name="VPN", holder="PE-2", level="admin") == []


def test_what_tells_records_apart_is_the_folded_name_and_the_fields_beside_it() -> None:
    assert identity(REGISTERS["person"], {"name": " Éva "}) == ("eva",)
    assert identity(REGISTERS["person"], {"name": " "}) is None
    assert identity(REGISTERS["person"], {}) is None
    assert identity(REGISTERS["access"], {"name": "VPN", "holder": None}) == ("vpn", "", "")
    assert identity(REGISTERS["drill"], {"name": "Fire", "plan": "CP-1", "held_on": TODAY}) == (
        "fire", "CP-1", "2026-11-23",
    )  # fmt: skip
    assert REGISTERS["blocker"].apart is None
    assert identity(REGISTERS["blocker"], {"name": "x"}) is None
    known = KnownRecords(today=TODAY)
    known.note(REGISTERS["person"], "PE-1", {"name": "Éva"})
    known.note(REGISTERS["person"], "PE-2", {"name": "eva"})
    known.note(REGISTERS["person"], "PE-3", {"name": ""})
    assert (known.same, known.backups) == ({("eva",): "PE-1"}, {"PE-1": "", "PE-2": "", "PE-3": ""})
    assert (known.called("PE-1"), KnownRecords(today=TODAY, names={"PE-1": "Éva"}).called("PE-1")) == (
        "PE-1",
        "Éva",
    )


@pytest.mark.parametrize(
    ("value", "day"),
    [(TODAY, TODAY), (datetime(2026, 11, 23), None), (None, None), ("2026-11-23", None), (3, None)],  # noqa: DTZ001
)
def test_an_instant_is_no_whole_day(value: Any, day: date | None) -> None:
    assert whole_day(value) == day


def test_a_chain_is_followed_past_a_circle_that_the_person_is_not_in() -> None:
    backups = {f"PE-{n}": f"PE-{n + 1}" for n in range(2, 70)}
    known = KnownRecords(today=TODAY, backups={**backups, "PE-9": "PE-5"})
    assert judge(REGISTERS["person"], "PE-1", {"backup": "PE-2"}, frozenset({"backup"}), known) == ()
    alone = KnownRecords(today=TODAY, backups={"PE-2": "PE-2"})
    assert judge(REGISTERS["person"], "PE-1", {"backup": "PE-2"}, frozenset({"backup"}), alone) == ()


KEYS_AND_WORDS: list[tuple[str, bool]] = [
    ("Abcdef1!", True), ("Abcde1!", False), ("abcdefgh!", False), ("12345678!", False), ("abcd1234", False),
    ("a1b2c3d4+", True), ("(abcd1234)", False), ("a" * 31 + "1", True), ("a" * 30 + "1", False),
    ("f1" * 16, True), ("f1" * 15, False),
    ("g" * 32, False), ("Abcdefghijklmnopqrs1", True), ("Abcdefghijklmnopqr1", False),
    ("Abcd-efgh-ijkl-2026-mnop", False),
    ("Abcd-efgh-ijkl-2026x-mnop", True),
    ("http://Abcdefghijklmnopqrs1", False), ("a1.b@c2.fr", False),
    ("pin: 1", True), ("pin:", False), ("le pin maritime", False), ("Mot de Passe : x", True), ("jeton=", False),
    ("code = 12", True), ("token:x", True), ("compass: north", False), ("x Abcdef1! y", True),
]  # fmt: skip


def test_a_key_is_told_from_words_by_its_length_and_its_signs() -> None:
    for text, secret in KEYS_AND_WORDS:
        assert looks_secret(text) is secret
