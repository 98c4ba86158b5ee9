"""What is asked of a record of each register: what must be said, within which bounds a number is believed, what a
new one holds before anybody said anything, and what nobody types or is told.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.records.record import Register, defaults
from cockpit.domain.registers import GROUPS, ORGANISATION, REGISTERS, register_of
from cockpit.domain.registers.priority import Priority

NEEDS = {
    "blocker": "title!, spent_minutes 0..",
    "priority": "title!, rank 0.., carried 0.., spent_minutes 0..",
    "function": "name!, criticality 1..4, recovery_hours 0..",
    "person": "name!",
    "provider": "name!, dependence 1..4, penetration 1..4, maturity 1..4, trust 1..4",
    "scope": "name!",
    "interface": "name!, source!, target!, cadence_days 1..400",
    "feedback": "interface!, mark 1..5",
    "process": "name!, function!, criticality 1..4",
    "document": "name!",
    "tool": "name!",
    "ritual": "name!, rule!, minutes 1..600",
    "contract": (
        "name!, provider!, initial_months 0..600, renewal_months 0..600, lead_days 1..1000, uptime 0..100, "
        "consent_days 1..1000"
    ),
    "policy": "name!, target!",
    "report": "name!, source!, completeness 0..100, reminders 0.., spent_minutes 0..10000",
    "cost": "name!, month!, minutes 0..",
    "circuit": "name!",
    "decision": "title!",
    "dossier": "name!",
    "goal": "name!, quarter!, done_when!",
    "figure": "name!",
    "measure": "figure!, period!, value!",
    "risk": "name!, gross_likelihood 1..5, gross_impact 1..5, net_likelihood 1..5, net_impact 1..5",
    "absence": "person!, first_on!, last_on!",
    "access": "name!, holder!",
    "continuity": "name!, function!, recovery_hours 0..",
    "drill": "name!, plan!, held_on!, measured_hours 0..",
    "handover": "name!, due!",
    "step": "name!, handover!",
    "audit": "name!, function!",
    "level": "name!, function!, core_value 1..4, skill 1..4",
    "selfaudit": "name!",
    "trial": "name!, ends_on!",
    "lesson": "name!",
    "occurrence": "ritual!, planned_at!",
    "mark": "reason!",
    "clock": "title!, cycle 1..",
    "escalation": "question!",
    "approval": "title!",
    "review": "by!",
    "preparation": "about!, line!",
    "hold": "title!",
    "attendance": "occurrence!, person!, late_minutes 0..",
    "release": "name!, issued_at!, level 0..3, files 0.., head_seq 0..",
    "closing": "name!, month!, closed_at!, complete 0..100, head_seq 0..",
    "phase": "phase!, since!",
    "statement": "title!",
}
"""An exclamation mark behind what must be said; then the least and the greatest."""
BEGINS_AS = {
    "blocker": "severity p3, status open, level 0, spent_minutes 0",
    "priority": "severity p3, status open, rank 0, carried 0, spent_minutes 0",
    "function": "kind support, mode internal, core_value no, criticality 2",
    "person": "kind internal, pillar no",
    "provider": "substitutability 2, reintegration 2, stop_impact 2, personal_data no",
    "interface": "critical no, documented no",
    "feedback": "side inside",
    "process": "criticality 2, core_value no",
    "tool": "interoperability unknown, personal_data no",
    "ritual": "kind other, minutes 30",
    "contract": (
        "initial_months 12, renewal tacit, notice 3m, decided open, dpa no, nda no, exit_plan no, "
        "change_of_control silent"
    ),
    "policy": "metric resolution, severity all, warn 75,90",
    "report": "pillar finance, period month, reminders 0, warn 75,90",
    "cost": "kind invoice",
    "circuit": "approves_own no, steps 50,75,100",
    "goal": "state unsaid",
    "figure": "source typed, cadence week, aim none",
    "risk": "kind operations",
    "absence": "origin typed",
    "access": "level user, shared no",
    "continuity": "scenario provider",
    "drill": "verdict passed",
    "handover": "kind departure",
    "audit": "verdict open",
    "level": "benefit unknown, verdict open",
    "selfaudit": "spent_minutes 0, functions 0, zones 0",
    "trial": "verdict open",
    "occurrence": "status planned, cost_minutes 0",
    "mark": "kind exchange, state unknown",
    "clock": (
        "metric resolution, cycle 1, warn 75,90, calendar 0, state running, target_s 0, consumed_s 0, overrun_s 0, "
        "events []"
    ),
    "escalation": "level 1",
    "approval": "kind other, state waiting",
    "review": "upto_seq 0, spent_s 0",
    "preparation": "rank 0",
    "attendance": "expected yes, present no, late_minutes 0",
    "release": "document report, phase none, level 1, files 0, head_seq 0",
    "closing": "head_seq 0",
    "phase": "phase steady",
    "statement": "severity p3, way folder, triage new",
}
"""Beside its confidentiality. What stands in none of these begins empty."""
WORKED_OUT = {
    "blocker": "sla_started_at sla_due sla_until sla_target_s closed_at",
    "priority": "picked_by rank carried closed_at",
    "process": "signed_at signed_by",
    "decision": "done_at",
    "absence": "origin event",
    "audit": "answers",
    "selfaudit": "answers",
}
"""Shown, and never typed in."""
FOR_THE_PROGRAM = {
    "blocker": "sla_started_at sla_until sla_target_s",
    "audit": "answers",
    "selfaudit": "answers",
    "occurrence": "agenda minutes_hash roti",
    "mark": "alert",
    "clock": "calendar until target_s consumed_s events",
    "approval": "content",
    "review": "upto_seq",
    "statement": "origin digest",
}
"""What only the program reads: the journal tells a person nothing of its changes."""


def needs(register: Register) -> str:
    found = []
    for each in register.fields:
        bounds = f"{'' if each.low is None else each.low}..{'' if each.high is None else each.high}"
        room = "" if bounds == ".." else f" {bounds}"
        if each.required or room:
            found.append(f"{each.name}{'!' if each.required else ''}{room}")
    return ", ".join(found)


def begins_as(register: Register) -> str:
    said = {True: "yes", False: "no"}
    return ", ".join(
        f"{name} {said[value] if isinstance(value, bool) else value}"
        for name, value in defaults(register).items()
        if name != "conf"
    )


def test_a_record_needs_what_makes_it_one_and_its_numbers_stay_within_bounds() -> None:
    assert {name: said for name, each in REGISTERS.items() if (said := needs(each))} == NEEDS


def test_a_new_record_begins_as_is_usual() -> None:
    assert {name: said for name, each in REGISTERS.items() if (said := begins_as(each))} == BEGINS_AS


def test_a_new_record_is_internal_but_for_the_phases_of_the_company() -> None:
    assert {name for name, each in REGISTERS.items() if defaults(each)["conf"] != 1} == {"phase"}
    assert defaults(REGISTERS["phase"])["conf"] == 3


def test_what_is_worked_out_is_not_typed_in() -> None:
    found = {
        name: " ".join(each.name for each in register.fields if each.computed)
        for name, register in REGISTERS.items()
    }
    assert {name: said for name, said in found.items() if said} == WORKED_OUT


def test_the_journal_tells_no_change_of_what_only_the_program_reads() -> None:
    found = {
        name: " ".join(each.name for each in register.fields if not each.told)
        for name, register in REGISTERS.items()
    }
    assert {name: said for name, said in found.items() if said} == FOR_THE_PROGRAM


def test_what_was_decided_counted_or_sent_is_not_edited_afterwards() -> None:
    assert {name for name, each in REGISTERS.items() if not each.editable} == {
        "decision", "selfaudit", "clock", "escalation", "approval", "review", "release", "closing", "statement",
    }  # fmt: skip


def test_documents_that_left_and_phases_are_absent_for_whoever_may_not_read_them() -> None:
    assert {name for name, each in REGISTERS.items() if each.secret} == {"release", "phase"}
    assert {name: each.floor for name, each in REGISTERS.items() if each.floor} == {"phase": 3}


def test_the_map_of_the_organisation_reads_from_who_carries_it_to_what_we_aim_at() -> None:
    assert {title: " ".join(names) for title, names in GROUPS.items()} == {
        "Who carries what": "function person provider scope",
        "How work passes": "interface feedback process document tool ritual",
        "What binds": "contract policy report cost",
        "Who decides": "circuit decision dossier",
        "What we aim at": "goal figure measure",
        "What may break": "risk absence access continuity drill handover step",
        "What is learned": "audit level selfaudit trial lesson",
    }
    assert [name for names in GROUPS.values() for name in names] == list(ORGANISATION)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("B-41", "blocker"),
        ("b-41", "blocker"),
        ("FN-3-a", "function"),
        ("D", "decision"),
        ("ZZ-1", None),
        ("", None),
    ],
)
def test_a_code_says_its_register(code: str, name: str | None) -> None:
    found = register_of(code)
    assert (found.name if found else None) == name


DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "times"), [(None, 2), (DAY - timedelta(days=1), 3), (DAY, 2), (DAY + timedelta(days=1), 2)]
)
def test_a_priority_is_carried_once_more_by_the_night_that_is_over(day: date | None, times: int) -> None:
    assert Priority(title="a", day=day, carried=2).carries(DAY) == times


def test_a_priority_is_one_of_the_day_and_of_whoever_chose_it() -> None:
    priority = Priority(title="a", day=DAY, picked_by="PE-1")
    assert priority.is_one_of(DAY, "PE-1")
    assert not priority.is_one_of(DAY, "")
    for other in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        assert not priority.is_one_of(other, "PE-1")
    for who in ("PE-0", "PE-2"):
        assert not priority.is_one_of(DAY, who)


def test_no_two_of_a_register_have_one_name_where_others_refer_to_them_by_it() -> None:
    assert {name for name, each in REGISTERS.items() if each.unique} == {
        "function", "person", "provider", "process", "tool", "ritual", "contract", "policy", "circuit", "dossier",
        "figure", "continuity", "handover",
    }  # fmt: skip
