"""Somebody's spreadsheet into a register: what is meant is read, what may be doubted is told, all or nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import openpyxl
import pytest

from cockpit import locale
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.person import Person
from cockpit.services.changes import bulk
from cockpit.services.desk.languages import in_each_language
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.registers import all_of
from cockpit.services.spreadsheets import columns
from cockpit.services.spreadsheets.columns import How
from cockpit.services.spreadsheets.headings import heading_key
from cockpit.services.spreadsheets.importing import plan, run
from cockpit.services.spreadsheets.plan import Plan
from cockpit.sources import table
from cockpit.sources.table.sheet import Sheet, SheetLine
from cockpit.store import journal

CONTRACTS, FUNCTIONS = REGISTERS["contract"], REGISTERS["function"]
PEOPLE, PROVIDERS = REGISTERS["person"], REGISTERS["provider"]


def planned(
    workspace: Workspace,
    register: str,
    text: str | bytes,
    *,
    given: Mapping[str, str] | None = None,
    create: bool = False,
    create_as: str = "",
    reason: str = "",
) -> Plan:
    """What importing that file would do."""
    sheets = table.read(text.encode() if isinstance(text, str) else text)
    return plan(
        workspace, REGISTERS[register], sheets, given=given, create=create, create_as=create_as, reason=reason
    )


def workbook(rows: Sequence[Sequence[object]], *merged: str, title: str = "Feuille 1") -> bytes:
    """A workbook as somebody keeps it."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


MESSY = workbook(
    [
        ["Atelier Mistral – nos contrats"],
        [],
        ["Objet", "Prestataire", "Dates", None, "Montant annuel (€ HT)", "Préavis", "Couleur"],
        [None, None, "Début", "Échéance"],
        ["Paie", "Paie+", datetime.fromisoformat("2025-01-01"), "31/12/2026", "12 400,50 €", "3,0", "bleu"],
        ["Serveurs", "paie+", "1er mars 2025", "déc. 2026", 24000, "3 mois", "rouge"],
        ["Ménage", "PAIE+", 45748, None, "3,6 k€", 1, None],
    ],
    "A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "G3:G4",
)  # fmt: skip


def test_a_title_merged_headings_and_mixed_values_are_read(workspace: Workspace) -> None:
    locale.use("fr")
    code = workspace.add(PROVIDERS, {"name": "Paie+"})
    found = planned(workspace, "contract", MESSY)
    assert found.faults == ()
    assert found.ignored == ("Couleur",)
    run(workspace, found)
    contracts = workspace.select(Contract, "contract", "1 ORDER BY number")
    assert [(c.name, c.provider, c.starts_on, c.initial_months, c.amount, c.notice) for c in contracts] == [
        ("Paie", code, date(2025, 1, 1), 24, 1_240_050, "3m"),
        ("Serveurs", code, date(2025, 3, 1), 22, 2_400_000, "3m"),
        ("Ménage", code, date(2025, 4, 1), 12, 360_000, "1m"),
    ]
    workspace.undo()
    assert all_of(workspace, CONTRACTS) == ()


def test_the_first_values_are_not_taken_for_a_second_line_of_headings(workspace: Workspace) -> None:
    found = planned(
        workspace, "function", "Fonctions 2026;;\nname;mode;\nPaie;external;a note\nIT;internal;\n"
    )
    assert [(line.number, line.name) for line in found.lines] == [(3, "Paie"), (4, "IT")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_headings_and_choices_are_known_in_both_languages_whatever_the_screen_speaks(
    workspace: Workspace, language: str
) -> None:
    locale.use(language)
    text = "Nom,Mode,Core value,Criticité\nPaie,externe,x,4\nIT,time-shared,non,2\nRH,TEMPS PARTAGÉ,vrai,1\n"
    found = planned(workspace, "function", text)
    assert found.faults == ()
    run(workspace, found)
    functions = workspace.select(Function, "function", "1 ORDER BY number")
    assert [(f.mode, f.core_value) for f in functions] == [
        ("external", True), ("time_shared", False), ("time_shared", True),
    ]  # fmt: skip


def test_what_may_be_doubted_is_told_once_a_column(workspace: Workspace) -> None:
    workspace.add(PROVIDERS, {"name": "Cabinet Lagarde"})
    text = "name;provider;starts_on;amount;functions\na;cabinet;01/12/2026;1.234;Paie / RH\nb;cabinet;02/12/2026;12;\n"
    assert planned(workspace, "contract", text).notes == (
        "amount: read as euros a year",
        "provider: “cabinet” is read as Cabinet Lagarde · 2 cells",
        "functions: “Paie” is not known, and kept as it is written · 2 cells",
        "starts_on: “01/12/2026” is read as Tuesday 1 December 2026 · 2 cells",
        "amount: “1.234” is read as €1,234",
        "line 2, Initial term: nothing says how long the first term is: 12 months are taken · 2 lines",
    )


@pytest.mark.parametrize(
    ("register", "text", "expected"),
    [
        ("contract", "name;provider;renewal_months\na;Paie+;1.500\n", "two meanings"),
        ("contract", "name;provider;notice\na;Paie+;2,5\n", "months, weeks or days"),
        ("contract", "name;provider;notice\na;Paie+;2 jours ouvrés\n", "months, weeks or days"),
        ("contract", "name;provider;starts_on\na;Paie+;12/25/2026\n", "the day before the month"),
        ("contract", "name;provider;starts_on\na;Paie+;some day\n", "a date is expected"),
        ("contract", "name;provider;amount\na;Paie+;beaucoup\n", "an amount in euros"),
        ("contract", "name;provider;amount\na;Paie+;#REF!\n", "error of the spreadsheet"),
        ("contract", "name;provider;dpa\na;Paie+;maybe\n", "yes or no"),
        ("contract", "name;provider;document\na;Paie+;javascript:x\n", "https://"),
        ("function", "name;mode\nIT;outside\n", "internal, external"),
        ("cost", "name;month;minutes\na;2026-12-01;-5\n", "0 or more is expected"),
        ("contract", "name;provider;notice\na;Paie+;999999999\n", "months, weeks or days"),
        ("contract", "name;provider;initial_months\na;Paie+;999999999\n", "a number from 0 to 600"),
    ],
)
def test_a_wrong_cell_says_its_line_its_heading_its_value_and_what_is_expected(
    workspace: Workspace, register: str, text: str, expected: str
) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    (fault,) = planned(workspace, register, text).faults
    heading, cells = (line.split(";") for line in text.splitlines())
    assert (fault.line, fault.column, fault.value) == (2, heading[-1], cells[-1])
    assert expected in fault.what


def test_a_column_is_mapped_once_and_remembered(workspace: Workspace) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    text = "Machin;Éditeur;Fonction\nPaie;Paie+;\n"
    first = planned(workspace, "contract", text)
    assert [(c.how, c.guess) for c in first.columns] == [
        (How.UNKNOWN, ""), (How.GUESS, "provider"), (How.GUESS, "functions"),
    ]  # fmt: skip
    assert {fault.way for fault in first.faults} == {"", "is it “Éditeur”?"}, "a guess is never applied"
    given = {"Machin": "name", "ÉDITEUR ": "provider", "Fonction": ""}
    assert planned(workspace, "contract", text, given=given).faults == ()
    columns.remember(workspace, CONTRACTS, given)
    again = planned(workspace, "contract", text)
    assert [(c.how, c.field) for c in again.columns] == [
        (How.REMEMBERED, "name"), (How.REMEMBERED, "provider"), (How.REMEMBERED, ""),
    ]  # fmt: skip
    assert again.count("new") == 1
    assert planned(workspace, "provider", text).columns[0].how is not How.REMEMBERED, "each register its own"
    columns.forget(workspace, CONTRACTS)
    assert planned(workspace, "contract", text).columns == first.columns


def test_two_columns_for_one_field_are_told(workspace: Workspace) -> None:
    (fault,) = planned(workspace, "function", "Nom;Name\nPaie;IT\n").faults
    assert (fault.line, fault.column) == (1, "Name")
    assert "“Nom”" in fault.what


def test_an_unknown_reference_proposes_the_nearest_and_can_be_made_in_the_same_change(
    workspace: Workspace,
) -> None:
    workspace.add(PROVIDERS, {"name": "Cabinet Lagarde"})
    text = "name,provider\na,Cabinet Lagrade\nb,Propreté 13\nc,propreté 13\n"
    faults = planned(workspace, "contract", text).faults
    assert [(fault.line, fault.value) for fault in faults] == [
        (2, "Cabinet Lagrade"), (3, "Propreté 13"), (4, "propreté 13"),
    ]  # fmt: skip
    assert faults[0].way == "the nearest known: Cabinet Lagarde"
    assert all(fault.missing == ("provider",) for fault in faults)
    made = planned(workspace, "contract", text.replace("Lagrade", "Lagarde"), create=True)
    assert [name for _register, name in made.made] == ["Propreté 13"]
    run(workspace, made)
    names = workspace.names()
    contracts = workspace.select(Contract, "contract", "1 ORDER BY number")
    assert [names[contract.provider] for contract in contracts] == [
        "Cabinet Lagarde",
        "Propreté 13",
        "Propreté 13",
    ]
    workspace.undo()
    assert (len(all_of(workspace, CONTRACTS)), len(all_of(workspace, PROVIDERS))) == (0, 1)


def test_where_a_reference_may_be_of_several_registers_one_is_asked_for(workspace: Workspace) -> None:
    text = "System,Holder\nBank,Sophie\n"
    assert planned(workspace, "access", text, create=True).faults[0].missing == ("person", "provider")
    made = planned(workspace, "access", text, create=True, create_as="person")
    assert [(register.name, name) for register, name in made.made] == [("person", "Sophie")]


def test_what_cannot_be_made_by_its_name_alone_says_where_to_write_it(workspace: Workspace) -> None:
    (fault,) = planned(workspace, "step", "name,handover\nKeys,Sophie leaves\n", create=True).faults
    assert fault.missing == ()
    assert "Handovers" in fault.way


def test_lines_may_refer_to_one_another(workspace: Workspace) -> None:
    """A backup who is only written three lines below is the person that this very import makes."""
    found = planned(workspace, "person", "name,backup\nSophie,Karim\nKarim,Sophie\n")
    assert found.faults == ()
    run(workspace, found)
    people = {person.name: person for person in workspace.select(Person, "person")}
    assert people["Sophie"].backup == people["Karim"].code
    assert people["Karim"].backup == people["Sophie"].code
    workspace.undo()
    assert all_of(workspace, PEOPLE) == ()
    workspace.redo()
    assert len(all_of(workspace, PEOPLE)) == 2


def test_several_names_are_parted_by_any_usual_sign_unless_a_name_holds_it(workspace: Workspace) -> None:
    codes = [workspace.add(FUNCTIONS, {"name": name}) for name in ("Paie", "R/H", "IT")]
    workspace.add(PROVIDERS, {"name": "Paie+"})
    for cell in ("Paie; R/H; IT", "paie, r/h, it", '"Paie\nR/H\nIT"', "Paie / IT"):
        found = planned(workspace, "contract", f"name\tprovider\tfunctions\na\tPaie+\t{cell}\n")
        wanted = (codes[0], codes[2]) if "\n" not in cell and "H" not in cell.upper() else tuple(codes)
        assert found.lines[0].values["functions"] == wanted, cell


def test_names_that_nobody_knows_stay_words_unless_records_are_made_of_them(workspace: Workspace) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    text = "name;provider;functions\na;Paie+;Paie / RH\n"
    kept = planned(workspace, "contract", text)
    assert (kept.lines[0].values["functions"], kept.has_words) == (("Paie", "RH"), True)
    run(workspace, planned(workspace, "contract", text, create=True))
    (contract,) = workspace.select(Contract, "contract")
    assert [workspace.names()[code] for code in contract.functions] == ["Paie", "RH"]


def test_a_name_of_two_records_is_not_guessed(workspace: Workspace) -> None:
    for _twice in range(2):
        workspace.add(PROVIDERS, {"name": "Paie+"})
    (fault,) = planned(workspace, "contract", "name,provider\na,Paie+\n").faults
    assert "PR-1, PR-2" in fault.what
    (same,) = planned(workspace, "provider", "name,contact\nPaie+,x\n").faults
    assert "PR-1, PR-2" in same.what


def test_two_lines_for_one_record_are_told(workspace: Workspace) -> None:
    workspace.add(FUNCTIONS, {"name": "IT"})
    text = "code,name\n,Payroll\n,payroll\nFN-1,IT\nFN-1,IT\n"
    assert [(fault.line, fault.what) for fault in planned(workspace, "function", text).faults] == [
        (3, "line 2 is the same record"), (5, "line 4 is the same record"),
    ]  # fmt: skip


def test_costs_of_one_name_differ_by_their_month(workspace: Workspace) -> None:
    text = "name;month;amount\nLoyer;11/2026;900\nLoyer;12/2026;900\n"
    found = planned(workspace, "cost", text)
    assert found.faults == ()
    run(workspace, found)
    again = planned(workspace, "cost", text + "Loyer;01/2027;910\n")
    assert [line.kind for line in again.lines] == ["same", "same", "new"]


def test_lines_that_do_not_hold_together_are_told_as_in_a_form(workspace: Workspace) -> None:
    text = "name;starts_on;ends_on;backup\nSophie;2026-12-01;2026-01-01;\nKarim;;;Karim\n"
    faults = planned(workspace, "person", text).faults
    assert [(fault.line, fault.column) for fault in faults] == [(2, "ends_on"), (3, "backup")]
    workspace.add(PROVIDERS, {"name": "Paie+"})
    gone = workspace.add(PROVIDERS, {"name": "Gone"})
    bulk.archive_all(workspace, [gone])
    (fault,) = planned(workspace, "contract", "name;provider\na;Gone\n").faults
    assert "is archived" in fault.what
    (note,) = planned(workspace, "provider", "name;last_audit\nx;2027-01-01\n").notes
    assert note.startswith("line 2, last_audit: that day is still to come")


def test_a_function_leaves_the_house_by_a_file_only_for_a_reason_that_is_journaled(
    workspace: Workspace,
) -> None:
    workspace.add(FUNCTIONS, {"name": "IT", "mode": "internal", "criticality": 4})
    text = "name,mode\nIT,external\n"
    (fault,) = planned(workspace, "function", text).faults
    assert (fault.line, fault.column, fault.wants_reason) == (2, "mode", True)
    run(workspace, planned(workspace, "function", text, reason="it left years ago"))
    (entry,) = journal.entries(workspace.conn, limit=1)
    assert (entry.action, entry.reason) == ("function.import", "it left years ago")


def test_an_empty_cell_clears_a_field_only_under_a_code(workspace: Workspace) -> None:
    workspace.add(FUNCTIONS, {"name": "IT", "expected_benefit": "calm"})
    assert planned(workspace, "function", "name,expected_benefit\nIT,\n").lines[0].kind == "same"
    changed = planned(workspace, "function", "code,name,expected_benefit\nFN-1,IT,\n").lines[0]
    assert changed.values == {"expected_benefit": ""}


def test_the_sheet_of_the_register_is_found_among_others(workspace: Workspace) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Notes"
    made.active.append(["a word", "for", "later"])
    made.create_sheet("People").append(["name"])
    made["People"].append(["Sophie"])
    made.create_sheet("Contrats").append(["Nom", "Fonctions"])
    out = io.BytesIO()
    made.save(out)
    assert planned(workspace, "person", out.getvalue()).sheet == "People"
    assert planned(workspace, "contract", out.getvalue()).sheet == "Contrats"


def test_no_two_fields_of_a_register_answer_to_one_heading() -> None:
    for register in (REGISTERS[name] for name in ORGANISATION if REGISTERS[name].editable):
        known: dict[str, str] = {}
        for field in register.fields:
            for word in {field.name, field.label, *in_each_language(field.label)}:
                key = heading_key(word)
                assert known.setdefault(key, field.name) == field.name, (register.name, word)


def test_ten_thousand_lines_ask_the_database_for_names_once(workspace: Workspace) -> None:
    """The cost is of dictionaries: as many statements for ten lines as for a thousand."""
    workspace.add(PROVIDERS, {"name": "Paie+"})

    def statements(lines: int) -> int:
        said: list[str] = []
        text = "name;provider;starts_on\n" + "".join(
            f"c{n};Paie+;{n % 28 + 1}/{n % 12 + 1}/2026\n" for n in range(lines)
        )
        workspace.conn.set_trace_callback(said.append)
        assert planned(workspace, "contract", text).count("new") == lines
        workspace.conn.set_trace_callback(None)
        return len(said)

    few = statements(10)
    assert statements(1000) <= few


@pytest.mark.parametrize(
    ("heading", "reads"),
    [
        ("Préavis (mois)", True), ("Préavis", True), ("Montant (€ HT / an)", True), ("Présence (jours)", True),
        ("Préavis (jours)", True), ("notice (en jours)", True), ("Préavis (heures)", False),
        ("Engagement (années)", False),
        ("Montant (k€)", False), ("Montant annuel (€/mois)", False),
    ],
)  # fmt: skip
def test_a_heading_in_another_unit_than_the_field_s_is_neither_known_nor_guessed(
    workspace: Workspace, heading: str, reads: bool
) -> None:
    register = "person" if "Présence" in heading else "contract"
    text = f"Nom;{heading}\na;90\n"
    found = planned(workspace, register, text)
    column = found.columns[1]
    assert (column.how is not How.UNKNOWN) is reads
    assert (not found.notes) is reads
    if not reads:
        assert found.notes[0].startswith(f"{heading}: not read")
        assert "convert the column, then map it by hand" in found.notes[0]
        by_hand = planned(workspace, register, text, given={heading: "renewal_months"})
        assert by_hand.columns[1].field == "renewal_months"


def test_a_unit_under_a_merged_heading_counts_and_what_was_said_of_another_unit_is_not_taken(
    workspace: Workspace,
) -> None:
    found = planned(workspace, "contract", "Objet;Engagement;Dates\n;(jours);Début\na;90;2026-01-01\n")
    assert [column.field for column in found.columns] == ["name", "", "starts_on"]
    columns.remember(workspace, CONTRACTS, {"Délai": "renewal_months"})
    again = planned(workspace, "contract", "Objet;Délai (jours)\na;90\n")
    assert again.columns[1].field == ""


@pytest.mark.parametrize("heading", ["Fin", "Échéance", "Date de fin", "Terme", "End date"])
def test_the_end_of_a_contract_is_not_the_day_on_which_it_was_terminated(
    workspace: Workspace, heading: str
) -> None:
    found = planned(workspace, "contract", f"Nom;{heading}\na;2026-12-31\n")
    assert (found.columns[1].how, found.columns[1].guess) == (How.UNKNOWN, "")
    assert "counted from its start, its term and its renewal" in found.notes[0]
    label = CONTRACTS.field("ended_on").label
    assert planned(workspace, "contract", f"Nom;{label}\na;2026-12-31\n").columns[1].field == "ended_on"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("01/02/2025", "31/01/2027", 24),
        ("2025-02-01", "2027-02-01", 24),
        ("31/08/2025", "28/02/2026", 6),
        ("1er mars 2025", "déc. 2026", 22),
        ("15/06/2024", "30/06/2027", None),
        ("01/01/2025", "31/12/2024", None),
        ("", "31/12/2026", None),
        ("20260101", "31/12/2026", 12),
        ("01/01/2022", "31/12/2026", 60),
        ("01/12/2021", "31/12/2026", None),
        ("01/01/2026", "31/12/9999", None),
        ("01/01/2026", "tacite", None),
        ("01/01/2026", "2026", None),
        ("01/01/2026", "-", None),
    ],
)
def test_the_end_of_a_contract_beside_its_start_says_how_long_its_first_term_is(
    workspace: Workspace, start: str, end: str, months: int | None
) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    text = f"Contrat;Fournisseur;Date d'effet;Fin\na;Paie+;{start};{end}\n"
    found = planned(workspace, "contract", text)
    assert (found.faults, found.lines[0].values.get("initial_months")) == ((), months)
    said = f"line 2, Fin: {months} months from the start" if months else "line 2, Fin: not read"
    assert any(note.startswith(said) for note in found.notes), "what it was taken for is said"
    told = planned(
        workspace, "contract", text.replace(";Fin", ";Fin;Durée initiale").replace(f"{end}\n", f"{end};36\n")
    )
    assert told.columns[3].field == "", "a column of months says it better"


@pytest.mark.parametrize(
    "heading",
    [
        "Montant mensuel",
        "Amount (monthly)",
        "Montant (€/mois)",
        "Coût mensuel HT",
        "Prix par mois",
        "Montant HT/mois",
        "Quarterly cost",
    ],
)
def test_an_amount_of_another_time_is_never_read_as_one_of_a_year(workspace: Workspace, heading: str) -> None:
    found = planned(workspace, "contract", f"Objet;{heading}\na;1450\n")
    assert (found.columns[1].field, found.columns[1].guess) == ("", "")
    assert "is counted in euros a year" in found.notes[0]


def test_an_amount_is_said_to_be_of_a_year_where_its_heading_does_not_tell(workspace: Workspace) -> None:
    assert "amount: read as euros a year" in planned(workspace, "contract", "Objet;amount\na;1450\n").notes
    for heading in ("Yearly amount", "Montant annuel", "Montant annuel (€)", "Amount (per year)"):
        found = planned(workspace, "contract", f"Objet;{heading}\na;1450\n")
        assert (found.columns[1].field, found.notes) == ("amount", ()), heading


def test_words_that_can_mean_nothing_else_are_read_unless_another_column_says_it_better(
    workspace: Workspace,
) -> None:
    def fields(register: str, headings: str) -> list[str]:
        return [column.field for column in planned(workspace, register, f"{headings}\na;b;c\n").columns]

    assert fields("contract", "Fournisseur;Objet du contrat;Délai de préavis") == [
        "provider",
        "name",
        "notice",
    ]
    assert fields("tool", "Nom;Éditeur;Responsable") == ["name", "provider", "owner"]
    assert fields("person", "Nom complet;Mail;Courriel") == ["name", "contact", ""]
    assert fields("provider", "Société;Name;Interlocuteur") == ["", "name", "contact"]


def test_where_nothing_says_how_long_a_contract_lasts_what_is_taken_is_told(workspace: Workspace) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    text = "Contrat;Fournisseur;Début;Fin\na;Paie+;01/01/2024;\nb;Paie+;01/01/2024;31/12/2024\nc;Paie+;;\n"
    said = [note for note in planned(workspace, "contract", text).notes if "months are taken" in note]
    assert said == ["line 2, Fin: nothing says how long the first term is: 12 months are taken · 2 lines"]
    run(workspace, planned(workspace, "contract", text))
    again = planned(workspace, "contract", text.replace("Paie+;01/01/2024;\n", "Paie+;01/02/2024;\n"))
    assert not any("months are taken" in note for note in again.notes), (
        "of a contract that is there, nothing is"
    )


@pytest.mark.parametrize(
    ("renewal", "months", "is_told"),
    [("oui", "", True), ("", "", True), ("oui", "12", False), ("non", "", False)],
)
def test_for_how_long_a_contract_renews_is_told_where_nobody_says_it(
    workspace: Workspace, renewal: str, months: str, is_told: bool
) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    text = "Contrat;Fournisseur;Début;Fin;Tacite reconduction;Reconduit pour\n"
    notes = planned(workspace, "contract", f"{text}a;Paie+;01/01/2024;31/12/2026;{renewal};{months}\n").notes
    assert is_told == any("Reconduit pour: nothing says for how long it renews" in note for note in notes)


def test_first_names_in_a_column_of_their_own_stand_before_the_names(workspace: Workspace) -> None:
    text = "Nom;Prénom;Fonction;Mail;Backup\nDurand;Paul;Paie;p@x.fr;Anne Roy\nRoy;Anne;;;\n;;;;\nZoé;;;;\n"
    found = planned(workspace, "person", text)
    assert [line.name for line in found.lines] == ["Paul Durand", "Anne Roy", "Zoé"]
    assert (found.ignored, found.faults, found.lines[0].values["role"]) == ((), (), "Paie")
    assert found.columns[1].how is How.JOINED
    whole = planned(workspace, "person", "Nom complet;Nom;Prénom\nPaul Durand;Durand;Paul\n")
    assert (whole.lines[0].name, whole.ignored) == ("Paul Durand", ("Nom complet",))
    twice = planned(workspace, "person", "Nom;Prénom;Prénoms\nMartin;Martin;Martin Luc\nSaint Paul;Paul;\n")
    assert [line.name for line in twice.lines] == ["Martin Martin", "Paul Saint Paul"]
    assert twice.ignored == ("Prénoms",)


@pytest.mark.parametrize(("word", "level"), [("Vitale", 4), ("forte", 3), ("Moyenne", 2), ("low", 1)])
def test_how_critical_is_read_in_words_and_said(workspace: Workspace, word: str, level: int) -> None:
    found = planned(workspace, "function", f"Fonction;Responsable;Criticité\nPaie;Zoé;{word}\n")
    assert (found.faults, found.lines[0].values["criticality"]) == ((), level)
    assert f"Criticité: “{word}” is read as {level}" in found.notes
    (fault,) = planned(workspace, "function", "Fonction;Criticité\nPaie;verte\n").faults
    assert fault.what == "a number from 1 to 4 is expected"


@pytest.mark.parametrize(
    ("said", "kept"), [("oui", "tacit"), ("Non", "none"), ("tacite", "tacit"), ("expresse", "express")]
)
def test_how_a_contract_is_renewed_is_read_from_a_yes_or_a_no(
    workspace: Workspace, said: str, kept: str
) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    text = f"Contrat;Prestataire;Tacite reconduction;Préavis\na;Paie+;{said};3 mois avant l’échéance\n"
    found = planned(workspace, "contract", text)
    # Automatic is what a contract is renewed by where nothing is said.
    assert found.lines[0].values["renewal"] == kept
    assert found.lines[0].values["notice"] == "3m"


def test_two_who_answer_for_a_process_are_refused_and_never_made_one_person(workspace: Workspace) -> None:
    workspace.add(FUNCTIONS, {"name": "IT"})
    text = "name;function;accountable;coordinator\na;IT;Zoé, Marc;Zoé et Marc\n"
    for create in (False, True):
        faults = planned(workspace, "process", text, create=create).faults
        assert [(fault.column, fault.missing) for fault in faults] == [
            ("accountable", ()), ("coordinator", ()),
        ]  # fmt: skip
        assert faults[0].what.startswith("exactly one person answers for it")
        assert faults[1].what == "one name is expected here"
    text = "name;provider\na;Durand, Petit & associés\n"
    assert planned(workspace, "contract", text, create=True).faults == (), "a company may be called so"
    owned = planned(workspace, "function", "name;owner\nPaie;Zoé / Marc\n", create=True)
    assert (owned.made, owned.lines[0].values["owner"]) == ((), "Zoé / Marc")


def test_a_fault_quotes_what_the_file_says_and_a_chain_names_people(workspace: Workspace) -> None:
    locale.use("fr")
    workspace.add(FUNCTIONS, {"name": "IT", "mode": "internal", "criticality": 4})
    (fault,) = planned(workspace, "function", "Nom;Mode\nIT;Externe\n").faults
    assert fault.value == "Externe"
    workspace.add(PEOPLE, {"name": "Ana"})
    (fault,) = planned(workspace, "person", "Nom;backup\nAna;ana\n").faults
    assert fault.value == "ana", "and not PE-1"
    text = "Nom;backup\nBob;Zoé\nZoé;Bob\n"
    assert any("Zoé → Bob → Zoé" in note for note in planned(workspace, "person", text).notes)
    text = "name;decider;deputy\nAchats;Bob;Ana\nPaie;Ana;Bob\n"
    notes = planned(workspace, "circuit", text, create=True).notes
    assert any("Ana → Bob → Ana" in note for note in notes)


def test_a_damaged_sheet_is_left_out_and_said_unless_it_is_the_one_that_is_meant(
    workspace: Workspace,
) -> None:
    lines = (SheetLine(1, ("name",)), SheetLine(2, ("Silae",)))
    broken = Sheet("Notes", (), damage="the sheet “Notes” is damaged")
    found = plan(workspace, REGISTERS["provider"], [broken, Sheet("Liste", lines)])
    assert (found.count("new"), found.notes, found.faults) == (1, ("the sheet “Notes” is damaged",), ())
    meant = Sheet("Providers", (), damage="the sheet “Providers” is damaged")
    found = plan(workspace, REGISTERS["provider"], [meant, Sheet("Liste", lines)])
    assert [fault.what for fault in found.faults] == ["the sheet “Providers” is damaged"]
    assert found.lines == ()
