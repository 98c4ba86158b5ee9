"""Contracts as they are written down: what they ask for, when, and what was decided of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.contract import Contract
from cockpit.services.alerts import contract_rules
from cockpit.services.audits.due import due
from cockpit.services.changes import edit
from cockpit.services.desk import forms
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import contract_decision, contract_timeline, what_if
from cockpit.services.spreadsheets.importing import plan, run
from cockpit.sources import table
from tests.conftest import TickingClock
from tests.services.organisation.mapped import add


def at(clock: TickingClock, day: str) -> None:
    clock.at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=8)


@pytest.fixture
def bound(workspace: Workspace, clock: TickingClock) -> Workspace:
    at(clock, "2026-01-15")
    company_calendar(workspace, freeze=True)
    add(workspace, "provider", name="Paie+")
    return workspace


def contract(workspace: Workspace, start: str, **values: Value) -> Contract:
    code = add(
        workspace, "contract", name="Paie", provider="PR-1", starts_on=date.fromisoformat(start), **values
    )
    return of(workspace, code)


def of(workspace: Workspace, code: str) -> Contract:
    (found,) = workspace.select(Contract, "contract", "code = ?", (code,))
    return found


def asked(workspace: Workspace) -> list[tuple[str, int]]:
    return [(each.kind, each.level) for each in contract_rules.of_contracts(workspace, workspace.today())]


def said(workspace: Workspace) -> list[str]:
    return [each.text() for each in contract_rules.of_contracts(workspace, workspace.today())]


def test_a_notice_is_warned_of_then_red_then_by_hand_then_missed(
    bound: Workspace, clock: TickingClock
) -> None:
    contract(bound, "2025-08-28", notice="2m")  # K1: sure until Sat 27 June, posted on Fri 26
    assert asked(bound) == []
    at(clock, "2026-03-27")
    assert asked(bound) == []
    at(clock, "2026-03-28")
    assert asked(bound) == [("notice", 1)]
    assert said(bound) == ["Notice to post by 26 Jun 2026: Paie"]
    at(clock, "2026-05-26")
    assert asked(bound) == [("notice", 1)]
    at(clock, "2026-05-27")
    assert asked(bound) == [("notice", 2)]
    at(clock, "2026-06-26")
    assert asked(bound) == [("notice", 2)], "the last day to post it counts"
    at(clock, "2026-06-27")
    assert said(bound) == ["Too late to post, hand the notice over by 27 Jun 2026: Paie"]
    at(clock, "2026-06-28")
    assert said(bound) == ["Notice missed, bound until 27 Aug 2027, next notice to post by 25 Jun 2027: Paie"]
    assert asked(bound) == [("notice_missed", 2)]


def test_a_missed_notice_stays_red_until_somebody_decides(bound: Workspace, clock: TickingClock) -> None:
    code = contract(bound, "2025-08-28", notice="2m").code
    for day in ("2026-07-15", "2026-09-15", "2027-01-15"):
        at(clock, day)
        assert asked(bound) == [("notice_missed", 2)], day
    contract_decision.decide(bound, code, "renewed")
    assert asked(bound) == []
    at(clock, "2027-05-01")
    assert asked(bound) == [("notice", 1)], "the term that began asks anew"


def test_what_was_renewed_before_it_was_written_down_is_no_miss(
    bound: Workspace, clock: TickingClock
) -> None:
    contract(bound, "2019-08-28", notice="2m")
    assert asked(bound) == []


def test_each_contract_has_its_own_lead_time(bound: Workspace, clock: TickingClock) -> None:
    contract(bound, "2025-08-28", notice="2m", lead_days=150)
    at(clock, "2026-01-26")
    assert asked(bound) == []
    at(clock, "2026-01-27")
    assert asked(bound) == [("notice", 1)]


def test_an_express_renewal_is_asked_for_and_no_notice_is_spoken_of(
    bound: Workspace, clock: TickingClock
) -> None:  # K11
    contract(bound, "2025-12-20", renewal="express")
    at(clock, "2026-10-01")
    assert said(bound) == ["Ask for the renewal, else it ends on 19 Dec 2026: Paie"]
    (line,) = contract_timeline.timeline(bound).lines
    assert [(day.kind, day.on, day.words) for day in line.days] == [
        ("term", date(2026, 12, 19), "ask for the renewal, else it ends")
    ]


def test_a_contract_that_ends_says_so_and_that_nothing_follows(bound: Workspace, clock: TickingClock) -> None:
    contract(bound, "2025-11-26", renewal="none")  # K10
    at(clock, "2026-09-01")
    assert said(bound) == ["Ends on 25 Nov 2026, nothing follows: Paie"]
    at(clock, "2026-11-25")
    assert asked(bound) == [("contract_ends", 2)]
    at(clock, "2026-11-26")
    assert said(bound) == ["Over since 25 Nov 2026, what binds us now? Paie"]


def test_what_ends_by_itself_is_told_from_its_lead_time_on_and_red_in_its_last_month(
    bound: Workspace, clock: TickingClock
) -> None:
    contract(bound, "2025-12-20", renewal="express")
    contract(bound, "2025-12-20", renewal="none")
    for day, level in (("2026-09-19", None), ("2026-09-20", 1), ("2026-11-18", 1), ("2026-11-19", 2)):
        at(clock, day)
        assert asked(bound) == ([("renewal_ask", level), ("contract_ends", level)] if level else []), day


@pytest.mark.parametrize("decided", ["renewed", "notice", "renegotiating"])
def test_of_what_was_decided_no_renewal_is_asked_for(
    bound: Workspace, clock: TickingClock, decided: str
) -> None:
    contract(bound, "2025-12-20", renewal="express", decided=decided, decided_for=date(2026, 12, 19))
    at(clock, "2026-12-01")
    assert asked(bound) == []


@pytest.mark.parametrize(("day", "told"), [("2026-05-31", False), ("2026-06-01", True), ("2026-07-01", True)])
def test_the_last_month_of_a_contract_that_was_ended_asks_what_follows(
    bound: Workspace, clock: TickingClock, day: str, told: bool
) -> None:
    contract(bound, "2025-07-02", notice="2m", ended_on=date(2026, 7, 1))
    at(clock, day)
    assert asked(bound) == [("contract_ends", 1)] * told


@pytest.mark.parametrize(
    ("values", "follows"),
    [
        ({"starts_on": date(2026, 6, 2)}, True), ({"starts_on": date(2025, 6, 2)}, False),
        ({"starts_on": date(2025, 6, 1)}, False), ({}, False),
        ({"starts_on": date(2026, 6, 2), "ended_on": date(2026, 6, 30)}, True),
        ({"starts_on": date(2026, 5, 2), "ended_on": date(2026, 6, 1)}, False),
        ({"starts_on": date(2026, 6, 2), "provider": "PR-3"}, False),
        ({"starts_on": date(2026, 6, 2), "provider": "PR-1"}, False),
        ({"starts_on": date(2026, 6, 2), "provider": "PR-3", "functions": ("FN-1", "FN-2")}, True),
        ({"starts_on": date(2026, 6, 2), "provider": "PR-3", "functions": ("FN-2",)}, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("written", ["before", "after"])
def test_only_a_later_contract_of_the_same_provider_or_function_follows(
    bound: Workspace, clock: TickingClock, values: dict[str, Value], follows: bool, written: str
) -> None:
    at(clock, "2026-05-20")
    for name in ("Other", "Another"):
        add(bound, "provider", name=name)
    ends: dict[str, Value] = {
        "name": "Paie", "provider": "PR-2", "functions": ("FN-1",), "starts_on": date(2025, 6, 2),
        "ended_on": date(2026, 6, 1),
    }  # fmt: skip
    other: dict[str, Value] = {"name": "Next", "provider": "PR-2", **values}
    for each in (other, ends) if written == "before" else (ends, other):
        add(bound, "contract", **each)
    found = [each.subject for each in contract_rules.of_contracts(bound, bound.today())]
    assert ("Paie" in found) is not follows


def test_an_indefinite_contract_has_no_date_and_says_what_a_notice_would_do(bound: Workspace) -> None:
    code = contract(bound, "2026-01-15", initial_months=0, notice="2m").code  # K9
    (line,) = contract_timeline.timeline(bound).lines
    assert line.days == ()
    assert contract_timeline.standing(line, bound.today()) == (
        "runs on; notice given today ends it on 15 Mar 2026"
    )
    assert asked(bound) == []
    assert contract_decision.decide(bound, code, "notice") == (
        "CT-1: notice sent on 15 Jan 2026, it ends on 15 Mar 2026"
    )
    assert of(bound, code).ended_on == date(2026, 3, 15)


def test_a_notice_sent_in_time_gives_the_contract_its_last_day(bound: Workspace, clock: TickingClock) -> None:
    code = contract(bound, "2025-08-28", notice="2m").code
    at(clock, "2026-06-20")
    what, on = contract_decision.read(bound, "préavis envoyé le 18/06")
    contract_decision.decide(bound, code, what, on)
    found = of(bound, code)
    assert (found.decided, found.decided_on, found.ended_on) == (
        "notice", date(2026, 6, 18), date(2026, 8, 27),
    )  # fmt: skip
    assert asked(bound) == []
    (line,) = contract_timeline.timeline(bound).lines
    assert contract_timeline.standing(line, bound.today()) == (
        "ends on 27 Aug 2026, notice sent on 18 Jun 2026"
    )
    bound.undo()
    assert (of(bound, code).decided, of(bound, code).ended_on) == ("open", None)


def test_a_notice_sent_too_late_ends_the_next_term(bound: Workspace, clock: TickingClock) -> None:
    code = contract(bound, "2025-08-28", notice="2m").code
    at(clock, "2026-07-01")
    contract_decision.decide(bound, code, "notice")
    assert of(bound, code).ended_on == date(2027, 8, 27)
    contract_decision.decide(bound, code, "open")
    assert of(bound, code).ended_on is None
    assert asked(bound) == [("notice_missed", 2)]


def test_while_it_is_renegotiated_the_notice_is_still_told_but_calmly(
    bound: Workspace, clock: TickingClock
) -> None:
    code = contract(bound, "2025-08-28", notice="2m").code
    at(clock, "2026-06-20")
    contract_decision.decide(bound, code, "renegotiating")
    assert asked(bound) == [("notice", 1)]
    at(clock, "2026-07-20")
    assert asked(bound) == []


def test_only_a_contract_with_a_start_can_be_decided_on(bound: Workspace) -> None:
    add(bound, "contract", name="x", provider="PR-1")
    for code in ("CT-1", "PR-1"):
        with pytest.raises(NotPossible):
            contract_decision.decide(bound, code, "renewed")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("renewed on purpose", "renewed"), ("Renouvelé à dessein", "renewed"), ("notice sent on", "notice"),
        ("préavis envoyé le", "notice"), ("renégociation en cours", "renegotiating"),
        ("renegotiating", "renegotiating"), ("nothing yet", "open"), ("rien encore", "open"),
    ],
)  # fmt: skip
def test_every_answer_that_is_offered_is_understood(bound: Workspace, text: str, what: str) -> None:
    assert contract_decision.read(bound, text) == (what, None)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_bar_offers_is_read_in_each_language(bound: Workspace, language: str) -> None:
    locale.use(language)
    read = [contract_decision.read(bound, each)[0] for each in contract_decision.words()]
    assert read == ["renewed", "notice", "renegotiating", "open"]


def test_a_day_to_come_is_no_day_on_which_a_notice_was_sent(bound: Workspace) -> None:
    with pytest.raises(forms.WrongValue, match="past day"):
        contract_decision.read(bound, "notice next monday")
    with pytest.raises(forms.WrongValue, match="choose one of"):
        contract_decision.read(bound, "perhaps")


@pytest.mark.parametrize(
    ("field", "text", "kept", "shown"),
    [
        ("notice", "60 jours", "60d", "60 days"), ("notice", "3 mois", "3m", "3 months"),
        ("notice", "préavis : 90 j", "90d", "90 days"), ("notice", "6 semaines", "6w", "6 weeks"),
        ("notice", "aucun", "0m", "none"), ("initial_months", "indéterminée", 0, "indefinite"),
        ("initial_months", "Durée indéterminée", 0, "indefinite"), ("initial_months", "3 ans", 36, "36"),
        ("initial_months", "CDI", 0, "indefinite"), ("renewal_months", "", None, ""),
    ],
)  # fmt: skip
def test_the_form_keeps_what_is_said_and_reads_back_what_it_shows(
    bound: Workspace, field: str, text: str, kept: object, shown: str
) -> None:
    declared = REGISTERS["contract"].field(field)
    value = forms.read(bound, declared, text, {})
    assert value == kept
    assert forms.show(declared, value, {}, bound.zone) == shown
    assert forms.read(bound, declared, shown, {}) == kept


@pytest.mark.parametrize("text", ["bientôt", "2,5 mois", "3 mois ou 90 jours", ""])
def test_a_notice_that_is_not_understood_is_refused_and_never_the_default(
    bound: Workspace, text: str
) -> None:
    with pytest.raises(forms.WrongValue, match="months, weeks or days"):
        forms.read(bound, REGISTERS["contract"].field("notice"), text, {})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.integers(0, 700), st.sampled_from(["0m", "1m", "3m", "6w", "90d"]))
def test_whatever_the_day_one_alert_at_most_speaks_of_a_term(
    bound: Workspace, clock: TickingClock, days: int, notice: str
) -> None:
    found = bound.select(Contract, "contract", "1 LIMIT 1") or (contract(bound, "2025-08-28"),)
    edit.edit(bound, found[0].code, {"notice": notice})
    clock.at = datetime(2026, 1, 15, 8, tzinfo=UTC) + timedelta(days=days)
    assert len(asked(bound)) <= 1


def test_the_week_shows_the_last_day_to_post_a_notice_and_the_day_it_ends(
    bound: Workspace, clock: TickingClock
) -> None:
    contract(bound, "2025-08-28", notice="2m")
    contract(bound, "2025-06-27", renewal="none")
    found = due(bound, date(2026, 6, 22), date(2026, 6, 29))
    assert [(each.day, each.text, each.code) for each in found] == [
        (date(2026, 6, 26), "Paie: last day of the contract", "CT-2"),
        (date(2026, 6, 26), "Paie: last day to post the notice", "CT-1"),
    ]
    assert due(bound, date(2026, 6, 27), date(2026, 7, 4)) == ()


def test_what_a_spreadsheet_says_of_terms_is_kept(bound: Workspace) -> None:
    text = (
        "Objet;Prestataire;Début;Durée;Reconduction;Préavis\n"
        "Ménage;Paie+;01/01/2026;12 mois;tacite;60 jours\n"
        "Locaux;Paie+;01/01/2026;indéterminée;tacite;3 mois\n"
        "Serveurs;Paie+;01/01/2026;3 ans;tacite;préavis : 90 j\n"
        "Paie;Paie+;01/01/2026;36;expresse;aucun\n"
    )
    locale.use("fr")
    given = {"Objet": "name", "Prestataire": "provider", "Début": "starts_on", "Durée": "initial_months",
             "Reconduction": "renewal", "Préavis": "notice"}  # fmt: skip
    found = plan(bound, REGISTERS["contract"], table.read(text.encode()), given=given)
    assert found.faults == ()
    run(bound, found)
    kept = [
        (each.name, each.initial_months, each.renewal, each.renewal_months, each.notice)
        for each in bound.select(Contract, "contract", "1 ORDER BY number")
    ]
    assert kept == [
        ("Ménage", 12, "tacit", None, "60d"), ("Locaux", 0, "tacit", None, "3m"),
        ("Serveurs", 36, "tacit", None, "90d"), ("Paie", 36, "express", None, "0m"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "kept"),
    [("Préavis (jours)", "60", "60d"), ("Préavis (semaines)", "6", "6w"), ("Préavis (mois)", "3", "3m"),
     ("Préavis (trimestres)", "1", "3m"), ("Préavis (jours)", "3 mois", "3m")],
)  # fmt: skip
def test_a_number_alone_counts_in_the_unit_of_its_heading(
    bound: Workspace, heading: str, cell: str, kept: str
) -> None:
    text = f"name;provider;{heading}\nMénage;Paie+;{cell}\n"
    found = plan(bound, REGISTERS["contract"], table.read(text.encode()))
    assert [line.values.get("notice") for line in found.lines] == [kept]


@pytest.mark.parametrize(
    ("field", "cell"),
    [("notice", "bientôt"), ("notice", "3 mois ou 90 jours"), ("initial_months", "60 jours")],
)
def test_a_cell_that_is_not_understood_is_a_fault_and_never_the_default(
    bound: Workspace, field: str, cell: str
) -> None:
    text = f"name;provider;{field}\nMénage;Paie+;{cell}\n"
    found = plan(bound, REGISTERS["contract"], table.read(text.encode()))
    assert [fault.value for fault in found.faults] == [cell]
    assert found.lines == ()


def test_what_if_says_until_when_a_contract_binds(bound: Workspace, clock: TickingClock) -> None:
    contract(bound, "2025-08-28", notice="2m")
    (broken,) = what_if.what_if(bound, "PR-1").breaks
    assert what_if.why(broken) == "bound until 27 Aug 2026"
    at(clock, "2026-06-28")
    (broken,) = what_if.what_if(bound, "PR-1").breaks
    assert what_if.why(broken) == "bound until 27 Aug 2027"
