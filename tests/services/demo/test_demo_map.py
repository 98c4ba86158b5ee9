"""The demo company's map: every register of the organisation filled, sound, and telling what a map is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from cockpit.domain.records.record import FieldKind
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.services.boards.board import board
from cockpit.services.organisation import standings
from cockpit.store import journal
from tests.services.demo.demo_shown import Shown

PAST = {
    "held_on", "reviewed_on", "tested_on", "done_on", "last_on", "received_on", "granted_on", "revoked_on",
    "learned_on", "ended_on", "last_audit",
}  # fmt: skip
"""Days on which something took place."""


def test_every_register_of_the_organisation_is_filled_as_a_form_would(shown: Shown) -> None:
    for name in ORGANISATION:
        records = shown.all_of(name)
        assert records, name
        for record in records:
            for field in REGISTERS[name].fields:
                value = getattr(record, field.name)
                assert value not in ("", None, ()) or not field.required, (record.code, field.name)
                if field.kind in (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DECIMAL) and value is not None:
                    assert value >= (field.low or 0), (record.code, field.name)
                    assert field.high is None or value <= field.high, (record.code, field.name)


def test_nobody_stands_in_for_themselves_nor_in_a_circle(shown: Shown) -> None:
    owner = {each.code: each.owner for each in shown.all_of("function")}
    pairs = [
        *((each.code, each.backup) for each in shown.all_of("person")),
        *((each.decider, each.deputy) for each in shown.all_of("circuit")),
        *((owner[each.function], each.backup) for each in shown.all_of("continuity")),
        *((each.holder, each.second_admin) for each in shown.all_of("access")),
        *((each.owner, each.tested_by) for each in shown.all_of("document")),
        *((each.giver, each.taker) for each in shown.all_of("handover")),
        *((each.source, each.target) for each in shown.all_of("interface")),
    ]
    assert all(one != other for one, other in pairs if one)
    for name, one, other in (("person", "code", "backup"), ("circuit", "decider", "deputy")):
        assert not circle({getattr(each, one): getattr(each, other) for each in shown.all_of(name)})


def circle(next_of: Mapping[str, str]) -> bool:
    for start in next_of:
        at, seen = next_of[start], {start}
        while at in next_of and at not in seen:
            seen.add(at)
            at = next_of[at]
        if at in seen:
            return True
    return False


def test_nothing_ends_before_it_starts_and_no_notice_is_longer_than_its_term(shown: Shown) -> None:
    for name, ends in (("person", "ends_on"), ("trial", "ends_on"), ("contract", "ended_on")):
        for record in shown.all_of(name):
            end = getattr(record, ends)
            assert end is None or record.starts_on is None or record.starts_on < end, record.code
    for contract in shown.all_of("contract"):
        terms = standings.terms_of(contract)
        if terms is not None and not terms.is_indefinite:
            assert terms.notice.count < terms.initial_months, contract.name
            assert terms.notice.count < (terms.step or 99), contract.name
    for risk in shown.all_of("risk"):
        assert (risk.net_likelihood or 1) <= risk.gross_likelihood, risk.name
        assert (risk.net_impact or 1) <= risk.gross_impact, risk.name


def test_what_took_place_was_noted_afterwards(shown: Shown) -> None:
    # An absence is known before it begins.
    for name in set(ORGANISATION) - {"absence"}:
        for record in shown.all_of(name):
            for field in PAST & {field.name for field in REGISTERS[name].fields}:
                day = getattr(record, field)
                assert day is None or day <= record.updated_at.astimezone(shown.now.tzinfo).date(), (
                    record.code,
                    field,
                )


BY_AND_BY = ("decision", "cost", "feedback")
"""What is written down week by week."""


def test_the_map_was_drawn_weeks_ago_by_several_people(shown: Shown) -> None:
    entries = [
        entry for entry in journal.entries(shown.workspace.conn, limit=1_000)
        if entry.entity in ORGANISATION and entry.entity not in BY_AND_BY and entry.before is None
    ]  # fmt: skip
    old = [entry for entry in entries if entry.at[:10] < (shown.now.date() - timedelta(weeks=4)).isoformat()]
    assert len(old) > 0.85 * len(entries)
    assert len({entry.actor for entry in entries}) >= 4


def test_the_map_shows_what_a_map_is_for(shown: Shown) -> None:
    functions = {each.code: each for each in shown.all_of("function")}
    processes = shown.all_of("process")
    assert sum(not each.accountable for each in processes) == 3
    assert [each.name for each in processes if not each.responsible] == ["Tenir à jour le document unique"]
    assert [each.name for each in processes if len(each.responsible) > 1 and not each.coordinator] == [
        "Saisir les notes de frais"
    ]
    assessed = {each.function for each in shown.all_of("risk")}
    assert [each.name for code, each in functions.items() if code not in assessed] == ["Juridique"]
    planned = {each.function for each in shown.all_of("continuity")}
    critical = {code for code, each in functions.items() if each.criticality >= 3}
    assert [functions[code].name for code in critical - planned] == ["ADV et commercial"]
    slow = {
        each.name
        for each in shown.all_of("continuity")
        for drill in shown.all_of("drill")
        if drill.plan == each.code and drill.measured_hours > each.recovery_hours
    }
    assert slow == {"Serveur en panne"}
    tried = {drill.plan for drill in shown.all_of("drill")}
    assert [each.name for each in shown.all_of("continuity") if each.code not in tried] == [
        "Paie+ ne livre plus"
    ]
    usages = Counter(each.usage for each in shown.all_of("tool"))
    assert usages["Documents"] == 2


def test_some_interfaces_are_silent_some_grey_and_some_were_never_declared(shown: Shown) -> None:
    interfaces = shown.all_of("interface")
    today = shown.now.date()
    silence = {each.name: (today - each.last_on).days / each.cadence_days for each in interfaces}
    assert 25 <= len(interfaces) <= 35
    assert {name for name, ratio in silence.items() if ratio >= 3} == {
        "Pièces comptables", "Compte rendu des sauvegardes", "Liste des impayés"
    }  # fmt: skip
    assert {name for name, ratio in silence.items() if 2 <= ratio < 3} == {
        "Écritures de paie", "Notes de frais de l’équipe de pose"
    }  # fmt: skip
    assert sum(not each.owner and not each.documented for each in interfaces) == 3
    declared = {frozenset((each.source, each.target)) for each in interfaces}
    undeclared = {
        (record.function, code)
        for record in (*shown.all_of("blocker"), *shown.all_of("decision"))
        for code in record.waiting_on
        if record.function and frozenset((record.function, code)) not in declared
    }
    names = shown.workspace.names()
    assert ("Production et atelier", "Messageries Tramontane") in {
        (names[function], names[code]) for function, code in undeclared
    }


def test_a_year_of_invoices_comes_to_what_the_contract_says(shown: Shown) -> None:
    costs = shown.all_of("cost")
    for contract in shown.all_of("contract"):
        months = [each for each in costs if each.contract == contract.code and each.kind == "invoice"]
        if len(months) == 12:
            assert sum(each.amount for each in months) == contract.amount, contract.name
            assert len({each.month for each in months}) == 12
    assert max(each.month for each in costs) < shown.now.date().replace(day=1)
    assert {each.kind for each in costs} == {"invoice", "coordination", "tools", "rework"}


def test_nadia_hands_over_with_one_step_late_and_a_former_provider_kept_one_access(shown: Shown) -> None:
    today = shown.now.date()
    nadia = shown.one("handover", "Nadia")
    assert nadia.due == shown.one("person", "Nadia").ends_on
    steps = [each for each in shown.all_of("step") if each.handover == nadia.code]
    assert sum(each.done_on is not None for each in steps) == 3
    assert [each.name for each in steps if not each.done_on and each.due < today] == [
        "Transmettre le calendrier social de l’année"
    ]
    gone = {each.provider for each in shown.all_of("contract") if each.ended_on and each.ended_on <= today}
    gone |= {each.code for each in shown.all_of("person") if each.ends_on and each.ends_on <= today}
    kept = [each.name for each in shown.all_of("access") if each.holder in gone and each.revoked_on is None]
    assert kept == ["Administration du site internet"]


def test_the_demo_stays_calm(shown: Shown) -> None:
    seen = board(shown.workspace)
    assert sum(alert.level >= 2 for alert in seen.alerts.loud) <= 5


def test_the_late_report_is_late_by_days_not_by_months(shown: Shown) -> None:
    today: date = shown.now.date()
    late = [each for each in shown.all_of("report") if each.due < today]
    assert [each.name for each in late] == ["Situation comptable mensuelle"]
    assert today - late[0].due <= timedelta(days=9)
