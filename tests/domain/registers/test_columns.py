"""What the table of each register shows before a person chooses: which columns, in which order, how wide."""

from __future__ import annotations

from cockpit.domain.records.record import Field
from cockpit.domain.registers import REGISTERS

COLUMNS = {
    "blocker": "title function:14 waiting_on:18 owner:12 severity:8 status:10",
    "priority": "title function:14 owner:12 severity:8 status:10 due:12",
    "function": "name kind:14 mode:14 core_value:8 criticality:6 owner:16",
    "person": "name kind:14 role:24 provider:16 backup:16",
    "provider": "name category:18 substitutability:14 stop_impact:12 contact:24",
    "scope": "name holder:18 function:16 decides_up_to:12 reviewed_on:11",
    "interface": "name source:20 target:20 channel:14 cadence_days:7 owner:16",
    "feedback": "interface:24 side:18 mark:12 given_on:11 given_by:18",
    "process": "name function:16 criticality:6 accountable:16 responsible:20 | core_value:8",
    "document": "name process:20 function:16 owner:16 reviewed_on:11 tested_on:11",
    "tool": "name usage:18 processes:22 owner:16 interoperability:14",
    "ritual": "name kind:16 rule:24 minutes:8",
    "contract": "name provider:18 functions:18 starts_on:11 renewal:12 notice:11 amount:12",
    "policy": "name contract:20 function:14 metric:14 severity:8 target:12",
    "report": "name source:18 pillar:9 period:10 due:11 received_on:11",
    "cost": "name month:11 kind:13 function:16 amount:12 minutes:8",
    "circuit": "name functions:20 threshold:12 decider:16 max_delay:10",
    "decision": "title decider:14 owner:14 function:14 decided_at:12",
    "dossier": "name purpose:32 members:24",
    "goal": "name quarter:11 owner:18 done_when state:12 | said_on:11",
    "figure": "name unit:8 owner:18 source:18 cadence:10 aim:10 target:12",
    "measure": "figure period:12 value:14 given_by:16",
    "risk": "name kind:13 function:16 net_likelihood:6 net_impact:6 owner:16",
    "absence": "person first_on:12 last_on:12 cover:18 | origin:12",
    "access": "name holder:18 level:11 second_admin:18 reviewed_on:11",
    "continuity": "name function:16 scenario:20 backup:18 recovery_hours:8",
    "drill": "name plan:24 held_on:11 measured_hours:8 verdict:10",
    "handover": "name kind:15 giver:18 taker:18 due:11",
    "step": "name handover:22 owner:16 due:11 done_on:11",
    "audit": "name function:16 held_on:11 verdict:16 next_on:11",
    "level": "name function:16 held_on:11 verdict:20 next_on:11",
    "selfaudit": "name held_on:11 spent_minutes:8 functions:10 zones:10",
    "trial": "name function:16 owner:16 ends_on:11 verdict:10",
    "lesson": "name function:16 origin:10 learned_on:11",
    "occurrence": "ritual status:10",
    "mark": "kind:20 provider:16 reason",
    "clock": "title blocker:8 provider:16 function:14 metric:12 state:10 due:16",
    "escalation": "question blocker:8 level:24 asked_of:18 asked_at:16 decision:8",
    "approval": "title kind:14 about:8 amount:12 submitted_by:16 state:14 approver:16",
    "review": "by:16 started_at:16 ended_at:16 summary",
    "preparation": "about:8 line day:12",
    "hold": "title starts_at:16 ends_at:16 priority:8",
    "attendance": "person expected:10 present:10 late_minutes:10",
    "release": "name document:16 phase:14 recipient:20 issued_at:16",
    "closing": "name closed_at:16 complete:9 reopened_at:16",
    "phase": "phase since:12 target_on:12",
    "statement": "title sender:20 service:16 severity:8 said_at:16 triage:16 became:8",
}
"""Cells where a column has a width of its own; those without share what is left. Behind the bar stands what is shown
when it is asked for, and is not as wide as others then."""


def said(field: Field) -> str:
    return f"{field.name}:{field.width}" if field.width else field.name


def test_each_table_shows_its_columns() -> None:
    shown = {}
    for name, register in REGISTERS.items():
        first = " ".join(said(each) for each in register.fields if each.column)
        asked = " ".join(said(each) for each in register.fields if each.width and not each.column)
        shown[name] = f"{first} | {asked}" if asked else first
    assert shown == COLUMNS
