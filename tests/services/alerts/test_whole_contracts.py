"""All that contracts and the phase of the company ask for, whole, on the day of each bound and beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.contract import NOTICE, RENEGOTIATING, RENEWED
from cockpit.domain.registers.phase import SALE
from cockpit.domain.settings import LegalDate
from cockpit.services.alerts import contract_rules, phase_rules
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase
from tests.services.alerts.told import wholes

TODAY = date(2026, 11, 23)


def add(workspace: Workspace, register: str, /, **values: Any) -> str:
    return workspace.add(REGISTERS[register], values)


def contract(workspace: Workspace, name: str, **values: Any) -> str:
    """A contract of a provider of its own, of which nothing else follows."""
    provider = values.pop("provider", None) or add(workspace, "provider", name=f"Of {name}")
    return add(workspace, "contract", name=name, provider=provider, **values)


def year(last: date, **values: Any) -> dict[str, Any]:
    """The terms of a contract of twelve months that ends on that day, with three months of notice."""
    start = last + timedelta(days=1)
    return {"starts_on": start.replace(year=start.year - 1), "initial_months": 12, "notice": "3m", **values}


def told(workspace: Workspace, today: date = TODAY) -> list[str]:
    found = contract_rules.of_contracts(workspace, today)
    return [f"{each.level.name} {each.kind}: {each.text()} · {each.key.partition(':')[2]}" for each in found]


# The anniversary, three months back, one day earlier; then the working day before, to post it.
NOTICES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "95 days before its post, 95 are asked": (
        year(date(2027, 5, 31), lead_days=95), ["ORANGE notice: Notice to post by 26 Feb 2027: C · CT-1:2027-05-31"],
    ),
    "95 days before its post, 94 are asked": (year(date(2027, 5, 31), lead_days=94), []),
    "90 are asked where nothing is said": (year(date(2027, 5, 31)), []),
    "31 days before its post": (
        year(date(2027, 3, 25)), ["ORANGE notice: Notice to post by 24 Dec 2026: C · CT-1:2027-03-25"],
    ),
    "30 days before its post": (
        year(date(2027, 3, 24)), ["RED notice: Notice to post by 23 Dec 2026: C · CT-1:2027-03-24"],
    ),
    "renegotiated": (
        year(date(2027, 3, 24), decided=RENEGOTIATING, decided_for=date(2027, 3, 24)),
        ["ORANGE notice: Notice to post by 23 Dec 2026: C · CT-1:2027-03-24"],
    ),
    "renewed on purpose": (year(date(2027, 3, 24), decided=RENEWED, decided_for=date(2027, 3, 24)), []),
    "notice sent": (year(date(2027, 3, 24), decided=NOTICE, decided_for=date(2027, 3, 24)), []),
    "decided of another term": (
        year(date(2027, 3, 24), decided=RENEWED, decided_for=date(2026, 3, 24)),
        ["RED notice: Notice to post by 23 Dec 2026: C · CT-1:2027-03-24"],
    ),
    "its last day of post": (
        year(date(2027, 2, 24)), ["RED notice: Notice to post by 23 Nov 2026: C · CT-1:2027-02-24"],
    ),
    "its last sure day": (
        year(date(2027, 2, 23)),
        ["RED notice_by_hand: Too late to post, hand the notice over by 23 Nov 2026: C · CT-1:2027-02-23"],
    ),
    "handed over or renegotiated": (
        year(date(2027, 2, 23), decided=RENEGOTIATING, decided_for=date(2027, 2, 23)),
        ["RED notice_by_hand: Too late to post, hand the notice over by 23 Nov 2026: C · CT-1:2027-02-23"],
    ),
    "missed": (
        year(date(2027, 2, 22)),
        ["RED notice_missed: Notice missed, bound until 22 Feb 2028, next notice to post by 19 Nov 2027: C"
         " · CT-1:2027-02-22"],
    ),
    "missed and renegotiated": (year(date(2027, 2, 22), decided=RENEGOTIATING, decided_for=date(2027, 2, 22)), []),
    "missed and renewed on purpose": (year(date(2027, 2, 22), decided=RENEWED, decided_for=date(2027, 2, 22)), []),
    "never renewed, three months before": (
        year(date(2027, 2, 21), renewal="none"),
        ["ORANGE contract_ends: Ends on 21 Feb 2027, nothing follows: C · CT-1:2027-02-21"],
    ),
    "never renewed, a day earlier": (year(date(2027, 2, 22), renewal="none"), []),
    "never renewed, a month before": (
        year(date(2026, 12, 23), renewal="none"),
        ["RED contract_ends: Ends on 23 Dec 2026, nothing follows: C · CT-1:2026-12-23"],
    ),
    "never renewed, 31 days before": (
        year(date(2026, 12, 24), renewal="none"),
        ["ORANGE contract_ends: Ends on 24 Dec 2026, nothing follows: C · CT-1:2026-12-24"],
    ),
    "never renewed, and nothing is wanted": (
        year(date(2026, 12, 23), renewal="none", decided=NOTICE, decided_for=date(2026, 12, 23)), [],
    ),
    "renewed if somebody asks": (
        year(date(2026, 12, 24), renewal="express"),
        ["ORANGE renewal_ask: Ask for the renewal, else it ends on 24 Dec 2026: C · CT-1:2026-12-24"],
    ),
    "its last day": (
        year(date(2026, 11, 23), renewal="express"),
        ["RED renewal_ask: Ask for the renewal, else it ends on 23 Nov 2026: C · CT-1:2026-11-23"],
    ),
    "over": (
        year(date(2026, 11, 22), renewal="express"),
        ["ORANGE contract_over: Over since 22 Nov 2026, what binds us now? C · CT-1:2026-11-22"],
    ),
    "without an end": ({"starts_on": date(2020, 1, 1), "initial_months": 0, "notice": "3m"}, []),
    "of which no start is known": ({"initial_months": 12}, []),
    "ends in 30 days": (
        year(date(2027, 2, 22), ended_on=date(2026, 12, 23)),
        ["ORANGE contract_ends: Ends on 23 Dec 2026, nothing follows: C · CT-1:2026-12-23"],
    ),
    "ends today": (
        year(date(2027, 2, 22), ended_on=date(2026, 11, 23)),
        ["ORANGE contract_ends: Ends on 23 Nov 2026, nothing follows: C · CT-1:2026-11-23"],
    ),
    "ends in 31 days": (year(date(2027, 2, 22), ended_on=date(2026, 12, 24)), []),
    "a certificate of 31 days": ({"vigilance_expiry": date(2026, 12, 24)}, []),
    "a certificate of 30 days": (
        {"vigilance_expiry": date(2026, 12, 23)},
        ["ORANGE certificate: Certificate until 23 Dec 2026: C · CT-1:2026-12-23"],
    ),
    "a certificate of today": (
        {"vigilance_expiry": date(2026, 11, 23)},
        ["ORANGE certificate: Certificate until 23 Nov 2026: C · CT-1:2026-11-23"],
    ),
    "a certificate of yesterday": (
        {"vigilance_expiry": date(2026, 11, 22)},
        ["RED certificate: Certificate until 22 Nov 2026: C · CT-1:2026-11-22"],
    ),
}  # fmt: skip


def test_what_a_contract_asks_for_day_by_day(workspace: Workspace) -> None:
    seen: dict[str, list[str]] = {}
    for about, (values, _said) in NOTICES.items():
        code = contract(workspace, "C", **values)
        seen[about] = [line.replace(f" {code}:", " CT-1:") for line in told(workspace) if f" {code}:" in line]
        workspace.conn.execute("UPDATE contract SET archived_at = created_at WHERE code = ?", (code,))
    assert seen == {about: said for about, (_values, said) in NOTICES.items()}


def test_alerts_of_a_contract_carry_what_it_costs_and_who_may_know(workspace: Workspace) -> None:
    contract(workspace, "Payroll", **year(date(2027, 2, 22)), amount=12_000_00, conf=2,
             vigilance_expiry=date(2026, 11, 22))  # fmt: skip
    contract(workspace, "Cleaning", **year(date(2027, 2, 23)), amount=None)
    contract(workspace, "Books", **year(date(2027, 2, 24)))
    contract(workspace, "Rent", **year(date(2026, 12, 24), renewal="express"))
    contract(workspace, "Cars", **year(date(2026, 12, 24), renewal="none"))
    contract(workspace, "Phones", **year(date(2026, 11, 22), renewal="none"))
    found = list(contract_rules.of_contracts(workspace, TODAY))
    assert wholes(found).replace(" | by - | severity 2 |", " |").replace(
        " | 0 cents | since - | level 1", ""
    ) == (
        "RED notice_missed [notice:CT-1:2027-02-22 2002] Notice missed, bound until 22 Feb 2028, next notice to post by"
        " 19 Nov 2027: Payroll | Claire: decide, p says it: renewed on purpose, notice sent on…, renegotiating"
        " | on CT-1 | 1200000 cents | since - | level 2\n"
        "RED certificate [certificate:CT-1:2026-11-22 2000] Certificate until 22 Nov 2026: Payroll"
        " | Claire: ask the provider for a new one | on CT-1 | 1200000 cents | since - | level 2\n"
        "RED notice_by_hand [notice:CT-2:2027-02-23 2001] Too late to post, hand the notice over by 23 Nov 2026:"
        " Cleaning | Claire: have it handed over against a receipt, then p: notice sent on… | on CT-2\n"
        "RED notice [notice:CT-3:2027-02-24 2000] Notice to post by 23 Nov 2026: Books"
        " | Claire: decide, p says it: renewed on purpose, notice sent on…, renegotiating | on CT-3\n"
        "ORANGE renewal_ask [renewal_ask:CT-4:2026-12-24 1000] Ask for the renewal, else it ends on 24 Dec 2026: Rent"
        " | Claire: ask in writing for the renewal; it ends by itself otherwise (p says what was decided) | on CT-4\n"
        "ORANGE contract_ends [contract_ends:CT-5:2026-12-24 1000] Ends on 24 Dec 2026, nothing follows: Cars"
        " | Claire: write down the contract that follows, or say that nothing does (space) | on CT-5\n"
        "ORANGE contract_over [contract_over:CT-6:2026-11-22 1000] Over since 22 Nov 2026, what binds us now? Phones"
        " | Claire: write down its last day, or the new term | on CT-6"
    )


@pytest.mark.parametrize(
    ("following", "is_told"),
    [
        ({}, True),
        ({"provider": "PR-1"}, True),
        ({"provider": "PR-1", "starts_on": date(2026, 1, 1)}, True),
        ({"provider": "PR-1", "starts_on": date(2026, 1, 2)}, False),
        ({"functions": ("FN-1",), "starts_on": date(2026, 12, 24)}, False),
        ({"functions": ("FN-2",), "starts_on": date(2026, 12, 24)}, True),
        ({"provider": "PR-1", "starts_on": date(2026, 1, 2), "ended_on": date(2026, 12, 23)}, True),
        ({"provider": "PR-1", "starts_on": date(2026, 1, 2), "ended_on": date(2026, 12, 22)}, True),
        ({"provider": "PR-1", "starts_on": date(2026, 1, 2), "ended_on": date(2026, 12, 24)}, False),
    ],
)
def test_an_end_is_told_unless_a_later_contract_follows_it(
    workspace: Workspace, following: dict[str, Any], is_told: bool
) -> None:
    for name in ("Sales", "Design"):
        add(workspace, "function", name=name)
    contract(workspace, "Old", starts_on=date(2026, 1, 1), ended_on=date(2026, 12, 23), functions=("FN-1",))
    contract(workspace, "New", **following)
    assert [line for line in told(workspace) if "CT-1" in line] == (
        ["ORANGE contract_ends: Ends on 23 Dec 2026, nothing follows: Old · CT-1:2026-12-23"]
        if is_told
        else []
    )


def test_a_term_that_ends_is_told_unless_a_later_contract_follows_it(workspace: Workspace) -> None:
    code = contract(workspace, "Old", **year(date(2026, 12, 24), renewal="none"))
    contract(workspace, "Rent", **year(date(2026, 12, 24), renewal="express"))
    assert len(told(workspace)) == 2
    contract(workspace, "New", provider="PR-1", starts_on=date(2026, 12, 25), initial_months=0)
    contract(workspace, "Next", provider="PR-2", starts_on=date(2026, 12, 25), initial_months=0)
    assert told(workspace) == [
        "ORANGE renewal_ask: Ask for the renewal, else it ends on 24 Dec 2026: Rent · CT-2:2026-12-24"
    ], f"{code} is followed; what goes on only if somebody asks is asked for all the same"


def test_a_certificate_is_asked_of_whoever_costs_enough_in_all(workspace: Workspace) -> None:
    for provider, amounts, certified in (
        ("Paie+", (200_000, 300_000, None), None), ("InfoSud", (499_999, None), None),
        ("Compta+", (400_000, 400_000), 1),
        ("Menage", (900_000,), None),
    ):  # fmt: skip
        code = add(workspace, "provider", name=provider)
        for n, amount in enumerate(amounts):
            add(workspace, "contract", name=f"{provider} {n}", provider=code, amount=amount, conf=max(1, 2 - n),
                vigilance_expiry=date(2027, 5, 1) if n == certified else None)  # fmt: skip
    over = add(workspace, "provider", name="Over")
    add(workspace, "contract", name="Over", provider=over, amount=900_000, ended_on=date(2026, 11, 22))
    last_day = add(workspace, "provider", name="Last day")
    add(workspace, "contract", name="Last day", provider=last_day, amount=600_000, ended_on=TODAY)
    found = list(contract_rules.of_missing_certificates(workspace))
    assert wholes(found, workspace.names()).replace(" | by - | severity 2", "").replace(" | since -", "") == (
        "ORANGE certificate_missing [certificate_missing:CT-2 1000]"
        " Ask for the compliance certificate: Paie+, €5,000 a year"
        " | Claire: ask Paie+ for it, write its last day on the contract | on CT-2 | 500000 cents | level 2\n"
        "ORANGE certificate_missing [certificate_missing:CT-8 1000]"
        " Ask for the compliance certificate: Menage, €9,000 a year"
        " | Claire: ask Menage for it, write its last day on the contract | on CT-8 | 900000 cents | level 2\n"
        "ORANGE certificate_missing [certificate_missing:CT-10 1000]"
        " Ask for the compliance certificate: Last day, €6,000 a year"
        " | Claire: ask Last day for it, write its last day on the contract | on CT-10 | 600000 cents | level 1"
    )
    assert contract_rules.costs(workspace) == {
        "PR-1": 500_000, "PR-2": 499_999, "PR-3": 800_000, "PR-4": 900_000, "PR-6": 600_000,
    }  # fmt: skip


def test_dates_before_a_sale_are_told_with_the_contract_that_they_are_about(workspace: Workspace) -> None:
    contract(workspace, "Bank", change_of_control="consent")
    contract(workspace, "Rent", change_of_control="free")
    workspace.settings = replace(workspace.settings, legal_dates=(
        LegalDate(key="staff", name="Tell the employees", phase=SALE, ahead="2m"),
        LegalDate(key="far", name="Much later", phase=SALE, ahead="0d"),
        LegalDate(key="growth", name="Of growth", phase="growth", ahead="2m"),
        LegalDate(key="bank", name="Ask for the consent", phase=SALE, ahead="31d", of="consent"),
        LegalDate(key="month", name="In a month", phase=SALE, ahead="8d"),
        LegalDate(key="day", name="Just later", phase=SALE, ahead="7d"),
    ))  # fmt: skip
    assert list(phase_rules.of_phase(workspace, TODAY)) == []
    phase.begin(workspace, SALE)
    assert wholes(phase_rules.of_phase(workspace, TODAY)) == (
        "ORANGE phase_day [phase_day:PH-1 1000] No day is aimed at: the dates before it cannot be counted"
        " | Claire: cockpit phase --for DATE, or the form of PH-1 | on PH-1 | by - | severity 3 | 0 cents | since -"
        " | level 3"
    )
    phase.begin(workspace, SALE, target=date(2026, 12, 31))
    found = wholes(phase_rules.of_phase(workspace, TODAY)).replace(
        " | by - | severity 1 | 0 cents | since - | level 3", ""
    )
    assert found == (
        "RED legal_date_late [legal_date:PH-1:staff:2026-10-31 2001] Tell the employees: was due by 31 Oct 2026"
        " | Claire: do it, then acknowledge it (space); the day aimed at stands in PH-1 | on PH-1\n"
        "ORANGE legal_date [legal_date:CT-1:bank:2026-11-30 1000] Ask for the consent · Bank: by 30 Nov 2026"
        " | Claire: do it, then acknowledge it (space); the day aimed at stands in PH-1 | on CT-1\n"
        "ORANGE legal_date [legal_date:PH-1:month:2026-12-23 1000] In a month: by 23 Dec 2026"
        " | Claire: do it, then acknowledge it (space); the day aimed at stands in PH-1 | on PH-1"
    )
    days = [getattr(each, "days", None) for each in phase_rules.of_phase(workspace, TODAY)]
    assert days == [23, 7, 30]
    on_its_day = [each.kind for each in phase_rules.of_phase(workspace, date(2026, 12, 23))]
    assert on_its_day.count("legal_date") == 3, "the day itself, and what comes after"
