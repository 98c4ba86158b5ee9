"""What must be said of a record, and within which bounds a number is believed: of records, and of settings."""

from __future__ import annotations

from cockpit.domain.dataclasses import fields
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import SECTIONS

RECORDS = {
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
SETTINGS = {
    "": "weeks_back 1.., weeks_ahead 1..",
    "agenda": "interval_s 60..",
    "status": "interval_s 30..",
    "figure": "interval_s 300..",
    "channel": "conf 0..3, success 200..299",
    "seat": "level 0..3",
    "alerts": "remind_hours 1..",
    "signals": (
        "s1_ratio 1.., s1_sure 0.., s1_least 17.., s2_watch 1.., s2_control 1.., s3_share 0..100, s3_sure "
        "0.., s4_share 0..100, s5_ratio 0.., s5_chance 0.., s5_least 1.., s6_fall 0.., s6_dead 0..100, "
        "s6_hub 0..100, s6_least 1.., s7_present 0..100, s7_fall 0.., s7_roti 1.., s8_complete 0..100, "
        "s8_sure 0.., s8_reminders 1.., s9_watch 0.., s9_control 0.., s10_control 0.., s10_danger 0.., "
        "s11_share 0..100, s11_concentration 0.., s12_alone 0..100, s12_waiting 0..100, s12_absent 0.., "
        "s13_within 0..100, s13_sure 0.., s14_more 1.., s15_doubles 1.., s15_open 0..100, s16_days 1.., "
        "s17_share 0..100, s18_share 0..100, s18_sure 0.., s19_up 0..100, s20_times 2.., s20_days 1.., "
        "s21_times 1.., s22_urgent 1.., s22_churn 0..100, s23_days 1.., s24_days 1.., s26_mark 1..5, "
        "s26_gap 0.., s27_days 0.."
    ),
}


def room(low: float | None, high: float | None) -> str:
    bounds = f"{'' if low is None else low}..{'' if high is None else high}"
    return "" if bounds == ".." else f" {bounds}"


def test_a_record_needs_what_makes_it_one_and_its_numbers_stay_within_bounds() -> None:
    found = {
        name: ", ".join(
            f"{each.name}{'!' if each.required else ''}{room(each.low, each.high)}"
            for each in register.fields
            if each.required or room(each.low, each.high)
        )
        for name, register in REGISTERS.items()
    }
    assert found == RECORDS


def test_a_setting_stays_within_bounds() -> None:
    found = {
        section.name: ", ".join(
            f"{each.name}{known}"
            for each in fields(section.kind)
            if (known := room(each.metadata.get("low"), each.metadata.get("high")))
        )
        for section in SECTIONS
    }
    assert {name: said for name, said in found.items() if said} == SETTINGS
