"""The self-audit: what it begins from, what it writes, what one undo takes back, what differs the next time."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from cockpit.domain.audits import self_audit as rules
from cockpit.domain.audits.questionnaire import NO, YES
from cockpit.domain.audits.self_audit import SelfAuditProgress
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.selfaudit import Selfaudit
from cockpit.services.audits import self_audit, self_audit_view
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.find import find
from cockpit.store import journal, records
from tests.conftest import TickingClock

TABLES = ("function", "person", "provider", "process", "continuity", "selfaudit")


def changed(progress: SelfAuditProgress, key: str, **values: object) -> SelfAuditProgress:
    part = progress.part(key)
    assert part is not None
    return progress.with_part(replace(part, **values))  # type: ignore[arg-type]


def filled(workspace: Workspace) -> SelfAuditProgress:
    """Payroll carried by Paie+, for which Claire answers and Marc takes over; IT; the rest left out."""
    progress = self_audit.begin(workspace)
    for part in progress.parts:
        progress = changed(progress, part.key, kept=part.key in ("hr", "it"))
    progress = changed(progress, "hr", owner="Claire", provider="Paie+", backup="Marc", criticality=4)
    progress = changed(progress, "it", owner="Claire", provider="InfoSud")
    for question in ("backup", "written", "notice"):
        progress = progress.answered("hr", question, YES)
    return progress.answered("it", "backup", NO)


def held(workspace: Workspace) -> dict[str, int]:
    return {table: records.count(workspace.conn, table) for table in TABLES}


def test_it_begins_with_the_eight_usual_functions(workspace: Workspace) -> None:
    progress = self_audit.begin(workspace)
    assert len(progress.kept) == 8
    assert progress.row == progress.parts[0].key


def test_functions_that_exist_are_known_and_are_not_proposed_again(workspace: Workspace) -> None:
    workspace.add(REGISTERS["function"], {"name": "Paie et RH", "mode": "external"})
    progress = self_audit.begin(workspace)
    assert [part.name for part in progress.kept] == ["Paie et RH"]
    assert "hr" not in [part.key for part in progress.parts]
    assert len(progress.parts) == 8


def test_ending_writes_everything_at_once_and_one_undo_takes_it_back(workspace: Workspace) -> None:
    before = held(workspace)
    ended = self_audit.finish(workspace, filled(workspace))
    batch = {e.batch for e in journal.entries(workspace.conn)}
    assert len(batch) == 1
    assert held(workspace) == {
        "function": 2, "person": 2, "provider": 2, "process": 2, "continuity": 1, "selfaudit": 1,
    }  # fmt: skip
    payroll, it = workspace.select(Function, "function", "1 ORDER BY number")
    claire, marc = workspace.select(Person, "person", "1 ORDER BY number")
    (process, _it) = workspace.select(Process, "process", "1 ORDER BY number")
    (plan,) = workspace.select(Continuity, "continuity")
    paie = workspace.select(Provider, "provider", "name = 'Paie+'")[0]
    assert (payroll.owner, payroll.criticality, payroll.mode) == (claire.code, 4, "external")
    assert it.owner == claire.code
    assert (process.responsible, process.accountable) == ((paie.code,), claire.code)
    assert (plan.function, plan.backup) == (payroll.code, marc.code)
    assert ended.made == 9
    workspace.undo()
    assert held(workspace) == before
    workspace.redo()
    assert held(workspace)["function"] == 2


def test_run_again_it_changes_what_exists_and_doubles_nothing(
    workspace: Workspace, clock: TickingClock
) -> None:
    self_audit.finish(workspace, filled(workspace))
    first = held(workspace)
    clock.forward(days=182)
    progress = self_audit.begin(workspace)
    assert [part.code for part in progress.kept] == ["FN-1", "FN-2"]
    payroll = progress.part("FN-1")
    assert payroll is not None
    assert payroll.answers["written"] == YES
    assert payroll.sources["written"] == "as on Mon 23 Nov"
    assert payroll.sources["backup"] == "CP-1", "what the registers hold goes before what was said"
    assert payroll.provider == "PR-1"
    self_audit.finish(workspace, changed(progress, "FN-2", criticality=4, owner="claire"))
    assert held(workspace) == {**first, "selfaudit": 2}
    assert workspace.select(Function, "function", "code = 'FN-2'")[0].criticality == 4


def test_what_became_better_worse_and_new_since_the_last_one(
    workspace: Workspace, clock: TickingClock
) -> None:
    self_audit.finish(workspace, filled(workspace))
    clock.forward(days=182)
    progress = self_audit.begin(workspace).answered("FN-1", "written", NO).answered("FN-2", "decider", YES)
    self_audit.finish(workspace, self_audit.add_own(progress, "Quality"))
    found = self_audit_view.ended(workspace)
    assert found is not None
    record, result = found
    assert result.comparison == rules.Comparison(
        (("FN-2", "decider"),), (("FN-1", "written"),), ("FN-3",), ()
    )
    assert result.before == "Mon 23 Nov"
    text = "\n".join(self_audit_view.to_text(workspace, result, record))
    assert "▼ HR and payroll · Is it written down how it is done?" in text
    assert "+ Quality · new" in text


def test_the_record_names_nobody(workspace: Workspace) -> None:
    self_audit.finish(workspace, filled(workspace))
    (record,) = workspace.select(Selfaudit, "selfaudit")
    assert not any(name in record.answers for name in ("Claire", "Marc", "Paie+", "payroll"))
    assert (record.functions, record.zones) == (2, 2)


def test_a_confidential_function_makes_a_confidential_self_audit(workspace: Workspace) -> None:
    workspace.add(REGISTERS["function"], {"name": "Sale of the company", "conf": 3})
    self_audit.finish(workspace, self_audit.begin(workspace))
    (record,) = workspace.select(Selfaudit, "selfaudit")
    assert record.conf == 3


def test_it_is_kept_at_each_answer_and_forgotten_at_its_end(workspace: Workspace) -> None:
    progress = filled(workspace)
    self_audit.save(workspace, progress)
    other = Workspace.open(workspace.path, workspace.settings, workspace.clock)
    assert self_audit.begin(other) == progress
    other.conn.close()
    self_audit.finish(workspace, progress)
    again = self_audit.begin(workspace)
    assert [part.key for part in again.kept] == ["FN-1", "FN-2"], "a new one, of what there is now"
    assert all(part.sources for part in again.kept)


def test_taken_back_it_goes_on_with_its_answers(workspace: Workspace) -> None:
    progress = filled(workspace)
    self_audit.save(workspace, progress)
    self_audit.finish(workspace, progress)
    workspace.undo()
    assert self_audit.begin(workspace) == progress
    workspace.redo()
    assert self_audit.begin(workspace) != progress


def test_what_others_changed_meanwhile_is_not_put_back(workspace: Workspace) -> None:
    for name in ("Payroll", "Legal", "Gone"):
        workspace.add(REGISTERS["function"], {"name": name, "criticality": 2, "mode": "external"})
    left = self_audit.begin(workspace)
    left = changed(left, "FN-1", mode="internal").answered("FN-1", "written", NO)
    left = changed(self_audit.add_own(left, "Quality"), "own-1", criticality=3)
    self_audit.save(workspace, left)
    sophie = workspace.add(REGISTERS["person"], {"name": "Sophie"})
    workspace.add(REGISTERS["function"], {"name": "Quality", "mode": "external", "owner": sophie})
    register, payroll = find(workspace, "FN-1")
    workspace.change(register, payroll, {"name": "Pay", "criticality": 4, "owner": sophie})
    workspace.conn.execute("UPDATE function SET archived_at = created_at WHERE code = 'FN-3'")
    back = self_audit.begin(workspace)
    assert [part.name for part in back.kept if part.code] == ["Pay", "Legal", "Quality"]
    for progress in (left, back):
        self_audit.finish(workspace, progress)
        pay, _legal, gone, quality = workspace.select(Function, "function", "1 ORDER BY number")
        assert (pay.name, pay.criticality, pay.owner, pay.mode) == ("Pay", 4, sophie, "internal")
        assert (quality.mode, quality.owner, quality.criticality) == ("external", sophie, 3)
        assert gone.archived_at is not None
        assert len(workspace.select(Function, "function")) == 4
        workspace.undo()


def test_the_code_of_somebody_archived_makes_nobody_of_that_name(workspace: Workspace) -> None:
    sophie = workspace.add(REGISTERS["person"], {"name": "Sophie"})
    workspace.add(REGISTERS["function"], {"name": "Payroll", "owner": sophie})
    workspace.conn.execute("UPDATE person SET archived_at = created_at")
    self_audit.finish(workspace, changed(self_audit.begin(workspace), "FN-1", backup="pe-77"))
    assert [person.name for person in workspace.select(Person, "person")] == ["Sophie"]
    assert workspace.select(Function, "function")[0].owner == sophie
    assert workspace.select(Continuity, "continuity") == ()


def test_what_bears_the_name_of_a_function_is_as_confidential(workspace: Workspace) -> None:
    workspace.add(REGISTERS["function"], {"name": "Sale of the company", "mode": "external", "conf": 3})
    self_audit.finish(
        workspace,
        changed(self_audit.begin(workspace), "FN-1", provider="Bank", backup="Marc", owner="Claire"),
    )
    (process,), (plan,) = workspace.select(Process, "process"), workspace.select(Continuity, "continuity")
    assert "Sale" in process.name
    assert "Sale" in plan.name
    assert (process.conf, plan.conf) == (3, 3)


def test_the_backup_of_the_owner_is_known_and_no_plan_is_made_of_it(workspace: Workspace) -> None:
    marc = workspace.add(REGISTERS["person"], {"name": "Marc"})
    claire = workspace.add(REGISTERS["person"], {"name": "Claire", "backup": marc})
    workspace.add(REGISTERS["function"], {"name": "Payroll", "owner": claire})
    progress = self_audit.begin(workspace)
    (part,) = progress.kept
    assert (part.backup, part.answers["backup"], part.sources["backup"]) == (marc, YES, claire)
    self_audit.finish(workspace, progress)
    assert workspace.select(Continuity, "continuity") == ()
    workspace.add(REGISTERS["continuity"], {"name": "Plan", "function": "FN-1", "backup": claire})
    assert self_audit.begin(workspace).kept[0].backup == claire, "a plan goes before"


@pytest.mark.parametrize("name", ["hr and PAYROLL", "  HR and payroll "])
def test_a_function_of_the_same_name_is_that_function(workspace: Workspace, name: str) -> None:
    progress = filled(workspace)
    assert self_audit.add_own(progress, name).parts == progress.parts
    assert self_audit.add_own(changed(progress, "hr", kept=False), name).part("hr") in progress.parts


def test_the_next_entries_begin_with_what_is_known(workspace: Workspace) -> None:
    self_audit.finish(workspace, filled(workspace))
    found = self_audit_view.ended(workspace)
    assert found is not None
    advised = {each.register: each for each in found[1].advice if each.key == "FN-1"}
    text, known = self_audit_view.creation(found[1], advised["process"])
    assert (text, known) == (
        "HR and payroll: what must not stop",
        {"function": "FN-1", "accountable": "PE-1"},
    )
    assert len(found[1].advice) == rules.MOST_ENTRIES


def test_what_is_said_to_exist_is_asked_for_until_a_register_holds_it(workspace: Workspace) -> None:
    self_audit.finish(workspace, filled(workspace))
    (payroll,) = self_audit.begin(workspace).kept[:1]
    assert self_audit.unproven(workspace, (payroll,))["FN-1"] == {"written", "notice"}
    start = workspace.today() - timedelta(days=30)
    workspace.add(
        REGISTERS["contract"],
        {"name": "Payroll", "provider": "PR-1", "functions": ("FN-1",), "starts_on": start},
    )
    assert self_audit.unproven(workspace, (payroll,))["FN-1"] == {"written"}


def test_a_process_that_is_killed_goes_on_at_the_same_question(workspace: Workspace) -> None:
    program = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from cockpit.domain.settings import Settings
from cockpit.services.audits import self_audit
from cockpit.services.desk.workspace import Workspace

there = Workspace.open(Path(sys.argv[1]), Settings(me="Claire"), lambda: datetime(2026, 11, 23, tzinfo=UTC))
progress = self_audit.begin(there)
self_audit.save(there, progress.answered("hr", "backup", "no"))
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program, str(workspace.path)])
    assert killed.returncode == -signal.SIGKILL
    part = self_audit.begin(workspace).part("hr")
    assert part is not None
    assert part.answers == {"backup": NO}


def test_a_provider_never_becomes_a_person(workspace: Workspace) -> None:
    iroise = workspace.add(REGISTERS["provider"], {"name": "Iroise Informatique"})
    progress = filled(workspace)
    outside, other = (part.key for part in progress.kept[:2])
    progress = changed(progress, outside, mode="external", provider="Paie+", backup="Iroise Informatique")
    # The one who takes over is the provider that the next function names for the first time.
    progress = changed(
        progress, other, mode="external", provider="Compta Nord", backup="compta nord", owner=""
    )
    self_audit.finish(workspace, progress)
    people = {each.name for each in workspace.select(Person, "person")}
    assert people.isdisjoint({"Iroise Informatique", "Compta Nord", "compta nord", "Paie+"})
    providers = {each.name: each.code for each in workspace.select(Provider, "provider")}
    backups = {each.backup for each in workspace.select(Continuity, "continuity")}
    assert iroise in backups
    assert set(providers) >= {"Paie+", "Compta Nord"}
