"""What the manual says of a function, what it lacks, and that nothing in a record is more than text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cockpit.domain.documents.publication import ToComplete
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import shelf
from cockpit.services.documents.manual import chapters, pages, writing
from cockpit.services.organisation import signatures
from cockpit.services.records.find import find
from tests.conftest import TickingClock
from tests.places import ROOT


def _add(workspace: Workspace, register: str, **values: Value) -> str:
    return workspace.add(REGISTERS[register], values)


def _page(workspace: Workspace, level: int = 3) -> str:
    manual = chapters.compose(workspace, max_conf=level)
    return pages.source(manual, {})


def _gaps(workspace: Workspace) -> list[str]:
    return [gap.what for gap in chapters.compose(workspace, max_conf=3).pages[0].gaps]


@pytest.fixture
def payroll(workspace: Workspace) -> Workspace:
    """A function carried outside, with all that a manual wants to know of it."""
    claire = _add(
        workspace, "person", name="Claire", role="Chief executive", contact="claire@mistral.example"
    )
    marc = _add(
        workspace, "person", name="Marc", role="Finance", contact="marc@mistral.example", backup=claire
    )
    provider = _add(workspace, "provider", name="Paie+", contact="01 02", category="Payroll")
    function = _add(
        workspace, "function", name="Payroll", mode="external", criticality=4, owner=marc, recovery_hours=24
    )
    contract = _add(
        workspace, "contract", name="Payslips", provider=provider, functions=(function,),
        starts_on=date(2026, 1, 1), notice="3m", sla="8ho", amount=1_200_000,
    )  # fmt: skip
    _add(workspace, "policy", name="First answer", contract=contract, metric="acknowledgement", target="4ho")
    _add(
        workspace,
        "scope",
        name="Payroll clerk",
        holder=provider,
        function=function,
        does="Pays",
        does_not="Hires",
    )
    _add(
        workspace,
        "circuit",
        name="Pay",
        functions=(function,),
        decider=claire,
        deputy=marc,
        threshold=200_000,
    )
    process = _add(
        workspace, "process", name="Pay the salaries", function=function, criticality=4, accountable=marc,
        responsible=(provider,), steps="1. Count the hours\n2) Pay\n- Say so",
    )  # fmt: skip
    _add(
        workspace, "document", name="Pay guide", process=process, owner=marc, link="https://docs.example/pay"
    )
    _add(
        workspace,
        "access",
        name="Bank",
        holder=marc,
        level="admin",
        function=function,
        second_admin=claire,
        vault="Safe, “bank”",
    )
    plan = _add(
        workspace,
        "continuity",
        name="Paie+ stops",
        function=function,
        backup=claire,
        steps="Call\nPay by hand",
    )
    _add(workspace, "drill", name="May", plan=plan, held_on=date(2026, 5, 4), measured_hours=6)
    _add(
        workspace,
        "interface",
        name="Hours",
        source=function,
        target=provider,
        channel="Mail",
        cadence_days=30,
        owner=marc,
    )
    _add(workspace, "report", name="Payroll report", source=provider, period="month", due=date(2026, 12, 5))
    signatures.sign(workspace, [process])
    return workspace


def test_a_function_that_is_written_down_lacks_nothing(payroll: Workspace) -> None:
    assert _gaps(payroll) == []
    said = _page(payroll)
    for words in (
        "- **Owner** Marc", "- **Backup** Claire", "Paie+", "8 h of business time", "4 h of business time",
        "1. Count the hours\n2. Pay\n3. Say so", "signed by Claire on 23 Nov 2026",
        "[Pay guide](<https://docs.example/pay>)", "Safe, “bank”", "4 May 2026, 6 h to be back (tried, in time)",
        "Payslips: last day to post the notice", "Every month: Payroll report, owed by Paie+",
        "| Hours | Payroll | Paie+ | Mail | every month | Marc |",
    ):  # fmt: skip
        assert words in said, words


def test_a_function_of_which_little_is_known_says_who_completes_it_by_when(
    workspace: Workspace, clock: TickingClock
) -> None:
    _add(workspace, "person", name="Claire")
    _add(workspace, "function", name="IT", mode="external", criticality=3)
    gaps = chapters.compose(workspace, max_conf=3).pages[0].gaps
    assert ToComplete("an owner", "Claire", date(2026, 12, 23), "FN-1") in gaps
    whats = {gap.what for gap in gaps}
    assert {"a backup, in-house or outside", "its processes, and who does what", "whom to reach"} <= whats
    assert "> - to complete: an owner, Claire, before 23 Dec 2026" in _page(workspace).replace("\\", "")
    clock.forward(days=90)
    assert (
        ToComplete("an owner", "Claire", date(2026, 12, 23), "FN-1")
        in chapters.compose(workspace).pages[0].gaps
    )


def test_somebody_who_has_left_owns_and_backs_up_nothing(payroll: Workspace, clock: TickingClock) -> None:
    register, found = find(payroll, "PE-2")
    payroll.change(register, found, {"ends_on": date(2026, 11, 20)})
    assert "another owner: Marc has left" in _gaps(payroll)


def test_codes_never_stand_for_names(payroll: Workspace) -> None:
    assert re.findall(r"\b(?:PE|PR|FN|CT|PS|DO|CP)-\d+\b", _page(payroll)) == []


def test_what_is_above_the_level_is_neither_said_nor_named(payroll: Workspace) -> None:
    _add(payroll, "function", name="Secret plan", conf=3)
    _add(payroll, "document", name="Zorglub", function="FN-1", conf=2)
    said = _page(payroll, 1)
    assert "Secret" not in said
    assert "Zorglub" not in said
    assert "Restricted records are left out of it" in said
    assert "Secret plan" in _page(payroll, 3)


HOSTILE = (
    "<script>alert(1)</script>", "[click](javascript:alert(1))", "![x](https://evil.example/p.png)",
    "=cmd|' /C calc'!A0", "| a | b |", "# Heading", "\x1b[31mred\x1b[0m", "<!-- cockpit:notes -->",
    "<!-- cockpit:end -->",
    "` ```", "&lt;b&gt;",
    "1. x", "- y", "***", "https://evil.example", "[/bold]",
)  # fmt: skip


def test_nothing_in_a_record_is_more_than_text_in_any_format(workspace: Workspace, tmp_path: Path) -> None:
    _add(workspace, "person", name="Claire")
    for n, text in enumerate(HOSTILE):
        _add(workspace, "function", name=f"{n} {text}", expected_benefit=text, owner="PE-1")
        _add(workspace, "process", name=f"{n} {text}", function=f"FN-{n + 1}", steps=f"{text}\n{text}")
        _add(workspace, "document", name=text, function=f"FN-{n + 1}", link="javascript:alert(1)")
    done = writing.write(workspace, tmp_path / "manual")
    page = done.page.read_text(encoding="utf-8")
    for tag in ("<script", "<img", "<b>", 'javascript:alert(1)"', 'href="http'):
        assert tag not in page, tag
    for path in (tmp_path / "manual").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        found = pages.read(text)
        assert found is not None
        assert found.is_ours, path.name
        assert found.notes == ""
        assert text.count("<!-- cockpit:notes -->") == 1
        assert "\n# " not in text[2:]
    assert writing.write(workspace, tmp_path / "manual").set_aside == []


def test_the_page_of_the_documentation_names_every_section() -> None:
    told = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")
    for section in chapters.SECTIONS:
        registers = ", ".join(_(REGISTERS[name].title) for name in section.draws_on)
        assert f"| {_(section.title)} | {registers} | {_(section.completed_by)} |" in told, section.key


def _(text: str) -> str:
    return text


def test_the_shelf_reads_the_manual_as_a_document(payroll: Workspace) -> None:
    document = shelf.composed(payroll, shelf.kind_of("manual"))
    assert [each.title for each in document.chapters][:1] == ["Payroll"]
