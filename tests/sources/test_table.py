"""Somebody's spreadsheet, well made or hostile: it is read as it stands, or refused with what to do."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from cockpit.domain.spreadsheets.cells import EPOCH, EPOCH_1904
from cockpit.sources import apart, table
from cockpit.sources.table import apart as table_apart
from cockpit.sources.table import separated, workbook
from cockpit.sources.table import sheet as table_sheet
from cockpit.sources.table.sheet import SheetLine, UnreadableFile
from tests.places import DATA
from tests.read_here import read_elsewhere, read_here


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process."""
    read_here(monkeypatch)


@pytest.fixture
def elsewhere(here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own after all."""
    read_elsewhere(monkeypatch)


ACCENTS = "Prestataire;Échéance\nÉtude Lagarde;01/12/2026\n"


def book(rows: Sequence[Sequence[object]], title: str = "Feuille 1") -> bytes:
    """A workbook of one sheet, as a spreadsheet would save it."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_a_csv_is_read_in_the_encodings_that_programs_write(encoding: str) -> None:
    (sheet,) = table.read(ACCENTS.encode(encoding))
    assert sheet.lines == (
        SheetLine(1, ("Prestataire", "Échéance")),
        SheetLine(2, ("Étude Lagarde", "01/12/2026")),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_by_the_lines_not_by_the_first(separator: str) -> None:
    text = f"Contracts, as of today\n\nname{separator}amount\nPayroll{separator}12\nIT{separator}7\n"
    (sheet,) = table.read(text.encode())
    assert [line.cells for line in sheet.lines[1:]] == [("name", "amount"), ("Payroll", "12"), ("IT", "7")]


def test_decimal_commas_do_not_make_columns() -> None:
    (sheet,) = table.read(b"name;amount;hours\nPayroll;12,5;3,0\nIT;7,25;1,0\n")
    assert [len(line.cells) for line in sheet.lines] == [3, 3, 3]


def test_lines_keep_their_number_of_the_file_across_blank_ones_and_quoted_line_ends() -> None:
    (sheet,) = table.read(b'sep=;\r\nname;note\r\n\r\nPayroll;"one\r\ntwo"\r\nIT;x\r\n')
    assert [line.number for line in sheet.lines] == [2, 4, 6]
    assert sheet.lines[1].cells == ("Payroll", "one\r\ntwo")


def test_line_ends_of_old_macs_are_line_ends() -> None:
    (sheet,) = table.read(b"name;note\rPayroll;x\r")
    assert [line.cells for line in sheet.lines] == [("name", "note"), ("Payroll", "x")]


def test_a_quote_that_never_closes_does_not_swallow_the_file_in_silence() -> None:
    with pytest.raises(UnreadableFile, match="line 2"):
        table.read(b'name,note\nPayroll,"open\nIT,x\nLegal,y\n')


def test_a_workbook_gives_typed_cells_under_their_line_numbers() -> None:
    day, hour = datetime.fromisoformat("2026-12-01"), datetime.fromisoformat("2026-12-01 14:30")
    rows: list[list[object]] = [
        ["Title"],
        [],
        ["Name", "Day", "Amount", "Yes"],
        ["Payroll", day, 12.5, True],
        ["IT", hour, 3],
    ]
    (sheet,) = table.read(book(rows))
    assert [line.number for line in sheet.lines] == [1, 3, 4, 5]
    assert not sheet.is_text
    assert sheet.lines[2].cells == ("Payroll", day, 12.5, True)
    assert sheet.lines[3].cells == ("IT", hour, 3)


def test_formulas_are_their_values_and_one_that_was_never_computed_is_told() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.add_worksheet().write_formula(0, 0, "=6*7", None, 42)
    made.close()
    assert table.read(out.getvalue())[0].lines[0].cells == (42,)
    assert table.read(book([["name", "=6*7"]]))[0].lines[0].cells == ("name", workbook.UNCOMPUTED)


def test_sheets_are_all_read_or_the_one_that_is_named() -> None:
    made = openpyxl.Workbook()
    made.active.title = "Notes"
    made.active.append(["x"])
    made.create_sheet("Contrats").append(["Objet"])
    made.create_sheet("Hidden").append(["secret"])
    made["Hidden"].sheet_state = "hidden"
    made.create_sheet("Empty")
    out = io.BytesIO()
    made.save(out)
    assert [sheet.name for sheet in table.read(out.getvalue())] == ["Notes", "Contrats"]
    assert [sheet.name for sheet in table.read(out.getvalue(), "Contrats")] == ["Contrats"]
    with pytest.raises(UnreadableFile, match="Notes, Contrats"):
        table.read(out.getvalue(), "Contrat")


def test_a_workbook_that_counts_days_from_1904_says_so() -> None:
    made = openpyxl.Workbook()
    made.epoch = datetime.fromisoformat("1904-01-01")
    made.active.append(["Day", 45000])
    out = io.BytesIO()
    made.save(out)
    assert table.read(out.getvalue())[0].epoch == EPOCH_1904 == date(1904, 1, 1)


BOMB = packed(**{"[Content_Types].xml": b"<x/>", "xl__worksheets__sheet1.xml": b"0" * 3_000_000})
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


def with_sheet(content: bytes) -> bytes:
    """A workbook whose one sheet is that XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([["x"]]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"\n \n;;\n", "empty"),
        (BOMB, "MB once unpacked"),
        (packed(**{f"part{n}": b"" for n in range(workbook.MAX_PARTS + 1)}), "unpacked"),
        (packed(word=b"a document"), "no .xlsx"),
        (b"PK\x03\x04 not a zip at all", "damaged"),
        (book([["x"]])[:-400], "damaged"),
        (with_sheet(b"<worksheet><sheetData><row>"), "damaged"),
        (with_sheet(ENTITIES), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"%PDF-1.7\0\0\0", "neither"),
        (b"a\n" * 50_000, "more than 20,?000 lines"),
        (b";".join([b"a"] * 501), "more than 500 columns"),
        (book([[*[None] * 500, "a"]]), "more than 500 columns"),
        (book([[*[None] * 699, "a"]]), "more than 500 columns"),
        (b"x" * (table_sheet.MAX_BYTES + 1), "larger than 20 MB"),
    ],
    ids=[
        "nothing", "blanks", "bomb", "parts", "other-zip", "no-zip", "cut", "broken-xml", "entities", "xls",
        "binary", "long", "wide", "wide-workbook", "far-cell", "heavy",
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_what_to_do(
    raw: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 2_000_000)
    with pytest.raises(UnreadableFile, match=said):
        table.read(raw)


def test_a_sheet_that_pretends_to_be_huge_costs_what_it_holds() -> None:
    """The far corner of the grid holds a cell: what lies between is not made."""
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="900000"><c r="A900000"><v>2</v></c></row></sheetData></worksheet>'
    )
    (sheet,) = table.read(with_sheet(far))
    assert sheet.lines == (SheetLine(1, (1,)), SheetLine(900_000, (2,)))


def test_many_columns_are_read_and_a_control_character_stays_for_the_form_to_clean() -> None:
    (sheet,) = table.read(b";".join(b"c%d" % n for n in range(300)) + b"\nPay\x1broll\n")
    assert len(sheet.lines[0].cells) == 300
    assert sheet.lines[1].cells == ("Pay\x1broll",)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("path", sorted((DATA / "workbooks").glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_hostile_workbook_is_refused_in_words(path: Path) -> None:
    with pytest.raises(UnreadableFile):
        table.read(path.read_bytes())


@pytest.mark.usefixtures("elsewhere")
def test_what_breaks_the_reader_breaks_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_apart, "PATIENCE_S", 0)
    with pytest.raises(UnreadableFile, match=r"save the sheet that matters as \.csv"):
        table.read(book([["name"], ["Payroll"]]))


@pytest.mark.usefixtures("elsewhere")
def test_a_reading_can_be_ended_by_whoever_leaves() -> None:
    said: list[BaseException] = []

    def read() -> None:
        try:
            table.read(book([["name"], ["Payroll"]]))
        except UnreadableFile as error:
            said.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    while reader.is_alive() and not apart.running:
        reader.join(0.001)
    apart.end()
    reader.join()
    assert said


@pytest.mark.usefixtures("elsewhere")
def test_every_kind_of_cell_comes_back_as_what_it_is() -> None:
    day, noon = datetime(2026, 12, 1), datetime(2026, 12, 1, 12)  # noqa: DTZ001 - cells know no zone
    row = ["text", 12, 1.5, True, date(2026, 12, 1), noon, time(8, 30), timedelta(hours=30), None, "last"]
    (sheet,) = table.read(book([row]))
    read = sheet.lines[0].cells
    assert read[:4] == ("text", 12, 1.5, True)
    assert read[4:] == (day, noon, time(8, 30), timedelta(hours=30), None, "last")
    assert not sheet.is_text
    assert sheet.damage == ""


def test_a_day_alone_is_told_as_a_day() -> None:
    assert table_apart._cell(table_apart._plain(date(2026, 12, 1))) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("lines", "fits"), [(table_sheet.MAX_LINES, True), (table_sheet.MAX_LINES + 1, False)]
)
def test_a_table_has_so_many_lines_and_no_more(
    lines: int, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_LINES", 3)
    short: list[Sequence[object]] = [["x"], [], ["x"], [None, ""], ["x"]]
    for raw in (b"a\n\n" * lines, book(short if fits else [*short, ["x"]])):
        if fits:
            assert len(table.read(raw)[0].lines) in (lines, 3)
        else:
            with pytest.raises(UnreadableFile, match=r"more than 20,?000 lines"):
                table.read(raw)


def test_a_row_beyond_what_any_spreadsheet_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    assert table.read(book([["x"], [], [], ["y"]]))[0].lines[-1].number == 4
    with pytest.raises(UnreadableFile, match="lines"):
        table.read(book([["x"], [], [], [], ["y"]]))


def test_the_size_of_a_workbook_is_looked_at_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = book([["x"]])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    words = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    for name, most in (("MAX_PARTS", len(parts)), ("MAX_UNPACKED", total), ("MAX_WORDS", words)):
        with monkeypatch.context() as patch:
            patch.setattr(workbook, name, most)
            assert table.read(raw)[0].lines
            patch.setattr(workbook, name, most - 1)
            with pytest.raises(UnreadableFile, match="unpacked"):
                table.read(raw)
    assert (workbook.MAX_UNPACKED, workbook.MAX_WORDS) == (100 << 20, 32 << 20)


def test_lines_of_500_columns_are_read_and_cells_behind_the_last_are_none() -> None:
    wide = [f"c{n}" for n in range(500)]
    (sheet,) = table.read(book([wide, ["x", None, "", None], [None, "y"]]))
    assert [len(line.cells) for line in sheet.lines] == [500, 1, 2]
    assert len(table.read(";".join(wide).encode())[0].lines[0].cells) == 500


def test_a_formula_counts_where_it_stands_and_beside_it_what_is_empty_is_empty() -> None:
    (sheet,) = table.read(book([["name", None, "=6*7", "x"], ["only", None, "values"], ["=1", 2]]))
    assert [line.cells for line in sheet.lines] == [
        ("name", None, workbook.UNCOMPUTED, "x"), ("only", None, "values"), (workbook.UNCOMPUTED, 2),
    ]  # fmt: skip


def test_a_hidden_sheet_is_read_when_it_is_named_and_a_workbook_without_lines_is_empty() -> None:
    made = openpyxl.Workbook()
    made.active.append(["x"])
    made.create_sheet("Hidden").append(["secret"])
    made["Hidden"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    assert [sheet.lines[0].cells for sheet in table.read(out.getvalue(), "Hidden")] == [("secret",)]
    with pytest.raises(UnreadableFile, match="empty"):
        table.read(book([[None, ""]]))


def test_a_process_that_ends_without_a_word_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "run", lambda *_given: apart.ReaderAnswer(1, b""))
    with pytest.raises(UnreadableFile, match=r"within 30 s and 1024 MB"):
        table.read(book([["x"]]))


def test_texts_without_end_are_refused_before_any_is_read() -> None:
    strings = b"<sst>" + b"<si><t/></si>" * (workbook.MAX_WORDS // 12) + b"</sst>"
    raw = packed(**{"[Content_Types].xml": b"<Types/>", "xl__sharedStrings.xml": strings})
    with pytest.raises(UnreadableFile, match="unpacked"):
        table.read(raw)


def two_sheets(*, broken: str) -> bytes:
    """A workbook of Providers and Notes, one of them damaged behind its third row."""
    made = openpyxl.Workbook()
    for name in ("Providers", "Notes"):
        page = made.create_sheet(name)
        for row in (["name"], ["Silae"], ["Paie+"], ["Tramontane"]):
            page.append(row)
    made.remove(made.worksheets[0])
    out = io.BytesIO()
    made.save(out)
    number = made.sheetnames.index(broken) + 1
    spoiled = io.BytesIO()
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(spoiled, "w") as archive:
        for part in whole.namelist():
            content = whole.read(part)
            if part == f"xl/worksheets/sheet{number}.xml":
                content = content.replace(b'<row r="4"', b'<row r="4" <')
            archive.writestr(part, content)
    return spoiled.getvalue()


def test_a_damaged_sheet_costs_no_other_one_and_says_where_it_stops() -> None:
    providers, notes = table.read(two_sheets(broken="Notes"))
    assert ([line.cells for line in providers.lines][-1], providers.damage) == (("Tramontane",), "")
    assert notes.lines == ()
    assert notes.damage.startswith("the sheet “Notes” is damaged after row ")
    with pytest.raises(UnreadableFile, match="the sheet “Notes” is damaged"):
        table.read(two_sheets(broken="Notes"), "Notes")


def test_a_sheet_that_is_too_long_costs_no_other_one() -> None:
    made = openpyxl.Workbook(write_only=True)
    for name, rows in (("Long", table_sheet.MAX_LINES + 1), ("Short", 2)):
        page = made.create_sheet(name)
        for row in range(rows):
            page.append([f"{name} {row}"])
    out = io.BytesIO()
    made.save(out)
    long, short = table.read(out.getvalue())
    assert "more than" in long.damage
    assert len(short.lines) == 2


def test_a_workbook_counts_days_from_1900_unless_it_says_otherwise() -> None:
    (sheet,) = table.read(book([["Day", 45000]], title="Jours"))
    assert (sheet.name, sheet.epoch, sheet.lines) == ("Jours", EPOCH, (SheetLine(1, ("Day", 45000)),))
    assert table.read(b"Day;45000\n")[0] == table_sheet.Sheet("", (SheetLine(1, ("Day", "45000")),))


def test_what_is_broken_in_a_workbook_is_told_by_its_kind() -> None:
    def said(raw: bytes) -> str:
        with pytest.raises(UnreadableFile) as told:
            table.read(raw)
        return str(told.value)

    end = ": open it in a spreadsheet and save it again"
    assert said(b"PK\x03\x04 not a zip at all") == f"this workbook is damaged (BadZipFile){end}"
    whole = packed(**{"[Content_Types].xml": b"<x/>", "xl__worksheets__sheet1.xml": b"<sheet/>" * 99})
    begin = whole.index(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml")
    assert (
        said(whole[:begin] + b"\xff" * 8 + whole[begin + 8 :])
        == f"this workbook is damaged (zlib.error){end}"
    )
    assert said(with_sheet(b"<worksheet><sheetData><row>")) == f"this workbook is damaged (ParseError){end}"
    assert said(b"") == "the file is empty"
    assert said(packed(word=b"x")) == (
        "this is no .xlsx workbook: open it in a spreadsheet and save it as .xlsx or .csv"
    )


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # Most rows of one same width decide, then the wider one, then the order of separators.
        ("a;b,c\nd;e,f\n", [("a", "b,c"), ("d", "e,f")]), ("a,b,c;d\ne,f,g;h\n", [("a", "b", "c;d"),
        ("e", "f", "g;h")]),
        ("a;b\nc,d\ne,f\n", [("a;b",), ("c", "d"), ("e", "f")]), ("a\nb\n", [("a",), ("b",)]),
        ("a;b;c\nd;e\nf;g\n1,2\n3,4\n", [("a", "b", "c"), ("d", "e"), ("f", "g"), ("1,2",), ("3,4",)]),
        ("a|b\tc\nd|e\tf\n", [("a|b", "c"), ("d|e", "f")]),
        # What a program says of its own separator counts, and is no line.
        ("sep=|\na;b|c\n", [("a;b", "c")]), ("SEP=,\r\na;b,c\r\n", [("a;b", "c")]),
        # Lines of blanks hold nothing.
        ("a;b\n ;\t\n;\nc;d\n", [("a", "b"), ("c", "d")]), ("a;b\n;0\n", [("a", "b"), ("", "0")]),
        # A cell longer than the reader takes, by one separator, is none by another one.
        ("x" * 70_000 + "," + "y" * 70_000 + "\n", [("x" * 70_000, "y" * 70_000)]),
    ],
)  # fmt: skip
def test_a_text_is_cut_by_the_separator_that_most_of_its_first_rows_share(
    text: str, rows: list[tuple[str, ...]]
) -> None:
    assert [line.cells for line in table.read(text.encode())[0].lines] == rows


def test_the_separator_is_told_by_the_first_thirty_rows() -> None:
    for number, cells in ((15, ("1", "2")), (14, ("1;2",))):
        first = "1;2\n" * number + "3,4\n" * (30 - number)
        assert table.read((first + "5,6\n" * 50).encode())[0].lines[0].cells == cells


def test_a_line_is_numbered_as_in_the_file_behind_a_word_on_separators() -> None:
    with pytest.raises(UnreadableFile, match="line 3: a quote that is opened there is not closed"):
        table.read(b'sep=;\nname;note\nPayroll;"open\n')
    (sheet,) = table.read(b"sep=;\n\na;b\n")
    assert sheet.lines == (SheetLine(3, ("a", "b")),)


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ("é".encode("utf-16"), "é"), (b"\xfe\xff" + "é".encode("utf-16-be"), "é"), (b"\xef\xbb\xbf\xc3\xa9", "é"),
        (b"\xe9 \x80", "é €"), (b"\xe9 \x81", "é \x81"), ("é".encode(), "é"),
    ],
)  # fmt: skip
def test_a_text_is_decoded_as_what_it_is(raw: bytes, cell: str) -> None:
    assert table.read(raw)[0].lines[0].cells == (cell,)


def test_a_file_may_have_twenty_megabytes_and_a_text_a_million_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (table_sheet.MAX_BYTES, table_sheet.MAX_ROWS, table_sheet.MAX_COLUMNS) == (20 << 20, 1 << 20, 500)
    monkeypatch.setattr(table, "MAX_BYTES", 8)
    assert len(table.read(b"a;b\nc;d\n")[0].lines) == 2
    with pytest.raises(UnreadableFile):
        table.read(b"a;b\nc;d\n ")
    monkeypatch.undo()
    monkeypatch.setattr(separated, "MAX_ROWS", 3)
    assert table.read(b"a;b\n\nc;d\n")[0].lines[-1].number == 3
    with pytest.raises(UnreadableFile, match="more than 3 lines"):
        table.read(b"a;b\n\nc;d\n\n")


def test_a_workbook_holds_typed_cells_and_says_how_much_of_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = book([["x"]])
    assert [sheet.is_text for sheet in workbook.read(raw)] == [False]
    monkeypatch.setattr(workbook, "MAX_PARTS", 1)
    with pytest.raises(UnreadableFile) as told:
        workbook.read(raw)
    assert str(told.value) == "this workbook is over 100 MB once unpacked; keep the sheet that matters"
    monkeypatch.undo()
    damaged = two_sheets(broken="Notes")
    assert [(sheet.name, sheet.is_text) for sheet in workbook.read(damaged)] == [
        ("Providers", False),
        ("Notes", False),
    ]


def test_a_sheet_that_breaks_far_down_says_after_which_row() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 6_001))
    head = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:A9"/>'
        "<sheetData>"
    )
    with pytest.raises(UnreadableFile) as told:
        table.read(with_sheet(f"{head}{rows}<row <".encode()))
    said = str(told.value)
    assert said.startswith("the sheet “Feuille 1” is damaged after row ")
    assert (
        1_000 < int(said.removeprefix("the sheet “Feuille 1” is damaged after row ").split(" ")[0]) <= 6_000
    )
