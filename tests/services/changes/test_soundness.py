"""What does not hold together is refused or doubted where it is entered, with the field and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.person import Person
from cockpit.services.changes import bulk, edit, soundness
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    def add(register: str, **values: Value) -> None:
        workspace.add(REGISTERS[register], values)

    add("provider", name="Paie+")
    for name in ("Claire", "Sophie", "Marc"):
        add("person", name=name)
    add("function", name="Payroll", owner="PE-2", criticality=3, recovery_hours=48)
    add("contract", name="Payroll", provider="PR-1", functions=("FN-1",))
    add("process", name="Monthly pay", function="FN-1", accountable="PE-2", responsible=("PR-1",))
    add("continuity", name="Payroll without Paie+", function="FN-1")
    add("risk", name="No payslips", function="FN-1", gross_likelihood=3, gross_impact=4)
    add("access", name="Bank", holder="PE-2", granted_on=date(2026, 3, 1))
    add("circuit", name="Purchases", decider="PE-1")
    add("interface", name="Variables", source="FN-1", target="PR-1")
    add("handover", name="Sophie leaves", giver="PE-2", taker="PE-3", due=date(2026, 12, 31))
    add("trial", name="One tool", starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 1))
    return workspace


REFUSED: list[tuple[str, str, dict[str, Value], str]] = [
    ("PE-2", "backup", {"backup": "PE-2"}, "nobody is their own backup"),
    ("CP-1", "backup", {"backup": "PE-2"}, "Sophie holds Payroll already"),
    ("AC-1", "second_admin", {"second_admin": "PE-2"}, "the second administrator is the holder"),
    ("AC-1", "vault", {"vault": "mdp: soleil2024"}, "never the secret"),
    ("AC-1", "revoked_on", {"revoked_on": date(2026, 1, 1)}, "2026-01-01 is before 2026-03-01"),
    ("DC-1", "deputy", {"deputy": "Claire"}, "the deputy is the one who decides"),
    ("TL-1", "ends_on", {"ends_on": date(2026, 9, 1)}, "is before"),
    ("CT-1", "notice", {"notice": "18m"}, "longer than the initial term of 12"),
    ("CT-1", "notice", {"renewal_months": 2}, "longer than the renewal of 2"),
    ("PE-3", "name", {"name": "SOPHIE"}, "PE-2 has this name already"),
    ("IF-1", "target", {"target": "FN-1"}, "from a party to itself"),
    ("HO-1", "taker", {"taker": "PE-2"}, "who hands over is who takes over"),
]


@pytest.mark.parametrize(("code", "field", "values", "words"), REFUSED)
def test_it_is_refused_with_the_field_and_the_way_out(
    company: Workspace, code: str, field: str, values: dict[str, Value], words: str
) -> None:
    before = find.find(company, code)[1]
    with pytest.raises(soundness.Unsound, match=words) as refused:
        edit.edit(company, code, values)
    assert refused.value.doubts[0].field == field
    with pytest.raises(soundness.Unsound):
        bulk.edit_all(company, [code], values)
    assert find.find(company, code)[1] == before


WARNED: list[tuple[str, dict[str, Value], str]] = [
    ("RK-1", {"net_likelihood": 5}, "above the gross 3"),
    ("PS-1", {"responsible": ()}, "at least one R"),
    ("PS-1", {"responsible": ("PR-1", "PE-3")}, "who holds it together"),
    ("CP-1", {"recovery_hours": 72}, "longer than the 48 h"),
    ("CP-1", {"backup": "PR-1"}, "if it is the one that leaves"),
    ("FN-1", {"mode": "external", "core_value": True}, "core value"),
    ("AC-1", {"reviewed_on": date(2027, 1, 4)}, "still to come"),
]


@pytest.mark.parametrize(("code", "values", "words"), WARNED)
def test_it_is_doubted_and_taken(company: Workspace, code: str, values: dict[str, Value], words: str) -> None:
    register, found = find.find(company, code)
    doubts = soundness.judge(company, register, found, values)
    assert [words in doubt.words for doubt in doubts if not doubt.refused] == [True]
    assert edit.edit(company, code, values, reason="it is so")


def test_a_loop_of_backups_is_spelt_out_by_name(company: Workspace) -> None:
    edit.edit(company, "PE-1", {"backup": "PE-2"})
    edit.edit(company, "PE-2", {"backup": "PE-3"})
    (doubt,) = soundness.judge(company, *find.find(company, "PE-3"), {"backup": "PE-1"})
    assert "Marc → Claire → Sophie → Marc" in doubt.words
    assert edit.edit(company, "PE-3", {"backup": "PE-1"}), "it is taken: the person may know better"


def test_a_cycle_of_deputies_is_spelt_out_by_name(company: Workspace) -> None:
    edit.edit(company, "DC-1", {"deputy": "PE-2"})
    company.add(REGISTERS["circuit"], {"name": "Payroll", "decider": "PE-2", "deputy": "PE-3"})
    company.add(REGISTERS["circuit"], {"name": "Sales", "decider": "PE-3"})
    (doubt,) = soundness.judge(company, *find.find(company, "DC-3"), {"deputy": "PE-1"})
    assert "Marc → Claire → Sophie → Marc" in doubt.words
    assert not doubt.refused
    assert soundness.judge(company, *find.find(company, "DC-3"), {"deputy": "PE-2"}) != ()
    assert soundness.judge(company, *find.find(company, "DC-1"), {"deputy": "PE-2"}) == ()


def test_what_was_wrong_before_can_be_mended_field_by_field(company: Workspace) -> None:
    company.change(REGISTERS["person"], find.find(company, "PE-2")[1], {"backup": "PE-2"})
    assert edit.edit(company, "PE-2", {"role": "Assistant"})


def test_two_names_for_the_one_who_answers_say_why_not(company: Workspace) -> None:
    names = company.names()
    with pytest.raises(forms.WrongValue, match="exactly one person answers"):
        forms.read(company, REGISTERS["process"].field("accountable"), "Sophie, Marc", names)
    with pytest.raises(forms.WrongValue, match="one name is expected"):
        forms.read(company, REGISTERS["contract"].field("provider"), "Paie+, PR-1", names)


def test_an_archived_record_is_no_longer_proposed_and_refused_when_it_is_typed(company: Workspace) -> None:
    bulk.archive_all(company, ["PE-3"])
    names = company.names()
    field = REGISTERS["person"].field("backup")
    assert "Marc" not in forms.suggestions(field, names, "")
    value = forms.read(company, field, "Marc", names)
    with pytest.raises(soundness.Unsound, match="bring it back first, or choose another"):
        edit.edit(company, "PE-1", {"backup": value})
    company.add(REGISTERS["person"], {"name": "Marc"})
    assert forms.read(company, field, "Marc", company.names()) == "PE-4", "the living one is meant"


def test_a_new_record_is_judged_too_and_so_is_one_that_comes_back(company: Workspace) -> None:
    with pytest.raises(soundness.Unsound, match="PE-2 has this name"):
        edit.add(company, REGISTERS["person"], {"name": "sophie"})
    bulk.archive_all(company, ["PE-2"])
    assert edit.add(company, REGISTERS["person"], {"name": "Sophie"}) == "PE-4"
    with pytest.raises(soundness.Unsound, match="PE-4 has this name"):
        bulk.restore_all(company, ["PE-2"])
    assert len(company.select(Person, "person", "archived_at IS NULL")) == 3


def test_the_lines_of_one_file_are_judged_one_after_the_other(company: Workspace) -> None:
    register = REGISTERS["person"]
    known = soundness.known_of(company, register)
    line: Mapping[str, Value] = {"name": "Léa"}
    assert soundness.judge(company, register, None, line, known) == ()
    known.note(register, "line 2", line)
    (doubt,) = soundness.judge(company, register, None, {"name": "LEA"}, known)
    assert doubt.refused
    assert "line 2" in doubt.words


def test_one_of_several_that_does_not_hold_keeps_them_all(company: Workspace) -> None:
    with pytest.raises(soundness.Unsound, match="PE-2: nobody is their own backup"):
        bulk.edit_all(company, ["PE-1", "PE-2", "PE-3"], {"backup": "PE-2"})
    assert {each.backup for each in company.select(Person, "person")} == {""}
