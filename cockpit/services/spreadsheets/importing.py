"""A spreadsheet into a register: a plan that explains every line, and one change that `undo` takes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from cockpit.domain.dataclasses import replace
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.text import fold
from cockpit.locale import _, ngettext
from cockpit.services.changes import adding, edit
from cockpit.services.desk import forms
from cockpit.services.desk.languages import in_each_language
from cockpit.services.desk.workspace import Workspace, new_id
from cockpit.services.promises import engagements
from cockpit.services.spreadsheets import units
from cockpit.services.spreadsheets.cells import Cells
from cockpit.services.spreadsheets.columns import (
    CODE,
    IGNORED,
    FileColumn,
    Headings,
    How,
    find,
    remembered,
    text_of,
    with_first_names,
)
from cockpit.services.spreadsheets.headings import heading_key
from cockpit.services.spreadsheets.lines import Lines
from cockpit.services.spreadsheets.plan import FileFault, Plan, PlanLine
from cockpit.services.spreadsheets.references import References, ToCome
from cockpit.sources.table.sheet import Sheet, SheetLine
from cockpit.store.journal import next_code
from cockpit.store.transaction import transaction

RowChange = tuple[Register, Record | None, Mapping[str, Value]]


def plan(
    workspace: Workspace,
    register: Register,
    sheets: Sequence[Sheet],
    *,
    given: Mapping[str, str] | None = None,
    create: bool = False,
    create_as: str = "",
    reason: str = "",
) -> Plan:
    """What importing these sheets would do; nothing is written.

    `given` says where headings go, beside what is known and what was said before. `create` makes what
    references miss, of the register `create_as` where a reference may be of several. `reason` lets a
    function leave the house before its map is complete.
    """
    before = remembered(workspace, register)
    titles = {heading_key(word) for word in (register.name, *in_each_language(register.title))}
    damaged = [each for each in sheets if each.damage]
    if any(heading_key(each.name) in titles for each in damaged):
        # The very sheet that is meant: no other one is taken in its place.
        return Plan(register, faults=tuple(FileFault(0, each.name, each.damage) for each in damaged))
    sheet, headings = _sheet(
        titles, register, [each for each in sheets if not each.damage], before, given or {}
    )
    columns = headings.columns
    body = with_first_names(register, columns, sheet.lines[headings.begins :])
    samples = {column.index: _sample(body, column.index) for column in columns}
    faults = tuple(_column_faults(register, headings))
    unread = tuple(
        _("{column}: {what}").format(column=column.heading, what=column.note)
        for column in columns
        if column.note
    ) + tuple(each.damage for each in damaged)
    unread += tuple(_assumed(register, columns))
    if faults:
        return Plan(register, columns, faults=faults, notes=unread, sheet=sheet.name, samples=samples)
    own = {register.name: _own_names(register, columns, body)}
    tables = {table for field in register.fields for table in field.ref}
    is_work = register.name in ("blocker", "priority")
    references = References(
        workspace, own, create=create, create_as=create_as, tables=tables, usual=is_work
    )  # fmt: skip
    cells = Cells(workspace, references, sheet.epoch)
    reader = Lines(workspace, register, cells, columns, is_text=sheet.is_text, reason=reason)
    for line in body:
        reader.read(line)
    named = _named(reader.lines)
    # What only a faulty line names is not made.
    made = tuple(coming for token, coming in references.coming.items() if token in named)
    notes = (*unread, *_notes(cells, reader))
    has_words = not create and any(
        kind == "word" and (is_work or len(register.field(name).ref) == 1) for name, kind in cells.notes
    )
    return Plan(
        register,
        columns,
        tuple(_told(workspace, register, reader.lines, references) if is_work else reader.lines),
        tuple(reader.faults),
        notes,
        made,
        sheet.name,
        reason,
        has_words,
        samples,
        seen=workspace.written,
    )


def _named(lines: Sequence[PlanLine]) -> set[Value]:
    """The records to come to which the lines refer."""
    values = (value for line in lines for value in line.values.values())
    each = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return {one for one in each if isinstance(one, ToCome)}


def _told(
    workspace: Workspace, register: Register, lines: Sequence[PlanLine], references: References
) -> Iterator[PlanLine]:
    """The lines with their values in words: for whom, since when and for when is what a list of work is about."""
    names: dict[str, str] = dict(references.names)
    names.update((token, name) for token, (_register, name) in references.coming.items())
    fields = [field for field in register.fields if field.name != register.subject]
    for line in lines:
        said = (forms.show(each, line.values.get(each.name), names, workspace.zone) for each in fields)
        yield replace(line, shown=" · ".join(filter(None, said)))


def run(workspace: Workspace, found: Plan) -> int:
    """Write a plan without faults, as one change that `undo` takes back; returns how many records moved.

    Raises `store.journal.Overtaken` when somebody wrote one of its fields after what the plan has seen.
    """
    if found.faults:
        raise ValueError("a plan with faults is not imported")
    register = found.register
    with (
        transaction(workspace.conn),
        workspace.as_of(workspace.written if found.seen is None else found.seen),
    ):
        codes = _codes(workspace, found)
        puts: list[RowChange] = [(made, None, {made.subject: name}) for made, name in found.made]
        puts += _puts(workspace, found, codes)
        entries = workspace.change_all(puts, f"{register.name}.import", found.reason) if puts else []
        edit.after_edits(workspace, register, entries)
    return len({entry.entity_id for entry in entries})


def after(workspace: Workspace, found: Plan, *, done: bool = True) -> list[str]:
    """What is to be known once a plan is written: what becomes of what was promised before."""
    if found.register.name != "policy" or found.faults or not done:
        return []
    cut = [line.found.code for line in found.lines if line.found is not None and "target" in line.values]
    return engagements.stay(workspace, cut)


def _puts(workspace: Workspace, found: Plan, codes: Mapping[str, str]) -> list[RowChange]:
    """New records first, then what refers to one that comes after, then what changes."""
    register = found.register
    new: list[RowChange] = []
    after: list[RowChange] = []
    there: set[str] = set()
    told = {column.field for column in found.columns if column.is_read}
    for line in found.lines:
        code = codes[ToCome.of(register.name, line.name)] if line.found is None else line.found.code
        waits = {
            name: codes[value]
            for name, value in line.values.items()
            if isinstance(value, ToCome) and value.table == register.name and codes[value] not in there
        }
        values = {name: _settled(value, codes) for name, value in line.values.items() if name not in waits}
        if line.found is None:
            blank = register.type(id=new_id())
            full = adding.as_typed(workspace, register, values, told)
            (_same, _none, first), *with_it = adding.changes(workspace, register, code, full)
            new += [(register, blank, first), *with_it]
            there.add(code)
            if waits:
                after.append((register, replace(blank, code=code), waits))
        elif line.values:
            after += edit.edits(workspace, register, line.found, {**values, **waits})
    return new + after


def _codes(workspace: Workspace, found: Plan) -> dict[str, str]:
    """The codes that new records get, in the order in which they are made, and those of the lines that are known."""
    after: Counter[str] = Counter()
    codes: dict[str, str] = {}

    def coming(register: Register) -> str:
        code = next_code(workspace.conn, register.prefix, after[register.prefix])
        after[register.prefix] += 1
        return code

    for register, name in found.made:
        codes[ToCome.of(register.name, name)] = coming(register)
    for line in found.lines:
        code = line.found.code if line.found else coming(found.register)
        codes[ToCome.of(found.register.name, line.name)] = code
    return codes


def _settled(value: Value, codes: Mapping[str, str]) -> Value:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(codes[each] if isinstance(each, ToCome) else each for each in value))
    return codes[value] if isinstance(value, ToCome) else value


def _sheet(
    titles: Set[str], register: Register, sheets: Sequence[Sheet], before: Mapping[str, str],
    given: Mapping[str, str],
) -> tuple[Sheet, Headings]:  # fmt: skip
    """The sheet of one of the register's own titles, else the first that has headings it knows; with its headings."""
    ordered = sorted(sheets, key=lambda sheet: heading_key(sheet.name) not in titles)
    found = [(sheet, find(register, sheet.lines, before, given)) for sheet in ordered]
    for sheet, headings in found:
        if any(column.is_read for column in headings.columns):
            return sheet, headings
    return found[0]


def _column_faults(register: Register, headings: Headings) -> Iterator[FileFault]:
    """Two columns for one field, and columns without which no record can be made."""
    seen: dict[str, FileColumn] = {}
    for column in headings.columns:
        if column.is_read and column.field in seen:
            other = seen[column.field].heading
            what = _("this column and “{other}” both go to {field}").format(other=other, field=column.field)
            yield FileFault(headings.line, column.heading, what, way=_("ignore one of them"))
        elif column.is_read:
            seen[column.field] = column
    if CODE in seen:
        return
    for field in register.fields:
        if field.required and field.name not in seen:
            what = _("the column “{name}” is missing").format(name=_(field.label))
            guess = next((c.heading for c in headings.columns if c.guess == field.name), "")
            way = _("is it “{heading}”?").format(heading=guess) if guess else ""
            yield FileFault(headings.line, "", what, way=way)


def _assumed(register: Register, columns: Sequence[FileColumn]) -> Iterator[str]:
    """Of which time the amounts are under a heading that does not say it."""
    for column in columns:
        if column.how is How.KNOWN and column.field not in (CODE, IGNORED):
            field = register.field(column.field)
            own = map(heading_key, in_each_language(field.label))
            if (
                units.is_of_a_time(field)
                and not units.named(column.heading)
                and heading_key(column.heading) not in own
            ):
                yield _("{column}: read as {unit}").format(column=column.heading, unit=units.in_words(field))


def _own_names(
    register: Register, columns: Sequence[FileColumn], body: Sequence[SheetLine]
) -> frozenset[str]:
    """The folded names that the file gives to just one line each: other lines may refer to them."""
    at = next((column.index for column in columns if column.field == register.subject), None)
    if at is None or not any(register.name in field.ref for field in register.fields):
        return frozenset()
    names = Counter(fold(text_of(line.cells[at])) for line in body if at < len(line.cells))
    return frozenset(name for name, count in names.items() if name and count == 1)


def _notes(cells: Cells, reader: Lines) -> Iterator[str]:
    for (name, _kind), (text, count) in cells.notes.items():
        heading = reader.columns[name].heading
        more = ngettext(" · {n} cell", " · {n} cells", count).format(n=count) if count > 1 else ""
        yield _("{column}: {what}").format(column=heading, what=text) + more
    for (name, words), lines in reader.doubts.items():
        label = (
            reader.columns[name].heading if name in reader.columns else _(reader.register.field(name).label)
        )
        more = (
            ngettext(" · {n} line", " · {n} lines", len(lines)).format(n=len(lines)) if len(lines) > 1 else ""
        )
        yield _("line {n}, {column}: {what}").format(n=lines[0], column=label, what=words) + more
    if reader.blank:
        yield ngettext(
            "{n} line holds nothing in the columns that are read",
            "{n} lines hold nothing in the columns that are read",
            reader.blank,
        ).format(n=reader.blank)


def _sample(body: Sequence[SheetLine], index: int) -> str:
    for line in body[:50]:
        text = text_of(line.cells[index]) if index < len(line.cells) else ""
        if text:
            return text
    return ""
