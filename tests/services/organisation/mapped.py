"""A small company that is mapped: one sound function, one that is not, a provider, two people."""

from __future__ import annotations

from datetime import date, timedelta

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace


def add(workspace: Workspace, register: str, **values: Value) -> str:
    """A record; its code."""
    return workspace.add(REGISTERS[register], values)


def map_company(workspace: Workspace) -> None:
    """Claire leads, Inès stands in for her, Paie+ does the payroll with Julie, IT is carried by nobody."""
    today = workspace.today()
    add(workspace, "provider", name="Paie+")
    add(workspace, "provider", name="InfoSud")
    add(workspace, "person", name="Inès")
    add(workspace, "person", name="Claire", backup="PE-1")
    add(workspace, "person", name="Julie", kind="external", provider="PR-1")
    add(
        workspace, "function", name="Payroll", mode="external", criticality=4, recovery_hours=48, owner="PE-2"
    )
    add(workspace, "function", name="IT", mode="time_shared", criticality=3, recovery_hours=8)
    add(workspace, "function", name="Sales", core_value=True, criticality=4, owner="PE-2")
    add(workspace, "contract", name="Payroll 2026", provider="PR-1", functions=("FN-1",),
        starts_on=date(2024, 3, 18), initial_months=24, renewal_months=12, notice="3m")  # fmt: skip
    add(workspace, "ritual", name="Payroll call", rule="mon 10:00", members=("PE-2", "PE-3"))
    add(workspace, "interface", name="Variables", source="FN-1", target="PR-1", channel="e-mail",
        cadence_days=30, owner="PE-2", documented=True, last_on=today - timedelta(days=12))  # fmt: skip
    add(workspace, "interface", name="Payslips", source="PR-1", target="FN-1", cadence_days=30,
        last_on=today - timedelta(days=95))  # fmt: skip
    add(workspace, "blocker", title="VPN is down", function="FN-2", waiting_on=("PR-2",), severity="p1")
    add(
        workspace,
        "process",
        name="Pay",
        function="FN-1",
        criticality=4,
        accountable="PE-2",
        responsible=("PR-1",),
    )
    add(workspace, "process", name="Backups", function="FN-2", responsible=("PR-2", "PE-1"))
    add(workspace, "risk", name="Wrong payslips", function="FN-1", gross_likelihood=4, gross_impact=4,
        net_likelihood=2, owner="PE-2")  # fmt: skip
    add(workspace, "continuity", name="Another firm", function="FN-1", backup="PE-1")
    add(
        workspace,
        "drill",
        name="A month by hand",
        plan="CP-1",
        held_on=today - timedelta(days=40),
        measured_hours=60,
    )
    add(workspace, "access", name="Payroll portal", holder="PE-3", level="admin", function="FN-1")
    add(
        workspace,
        "circuit",
        name="Payroll",
        functions=("FN-1",),
        decider="PE-2",
        deputy="PE-1",
        threshold=200_000,
    )
