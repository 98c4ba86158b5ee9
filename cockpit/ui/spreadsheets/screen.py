"""A spreadsheet before it is imported: where each column goes, and what each line would do."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.records.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import clean
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk import meanwhile, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.spreadsheets import importing
from cockpit.services.spreadsheets.columns import FileColumn, How, remember
from cockpit.services.spreadsheets.meant import meant
from cockpit.services.spreadsheets.plan import Plan
from cockpit.sources import table
from cockpit.sources.table.sheet import MAX_BYTES, Sheet, UnreadableFile
from cockpit.store.journal import Overtaken
from cockpit.ui.kit.facts import FactsScreen
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.link_questions import link_names
from cockpit.ui.kit.place import Place
from cockpit.ui.kit.questions import why_now
from cockpit.ui.spreadsheets import page, questions
from cockpit.ui.spreadsheets.page import PlanRow
from cockpit.ui.widgets.rows import Item, Rows


class RegisterImportScreen(Place):
    """Opened on a file and a register; Escape leaves without writing anything."""

    CSS_PATH = asset_dir("styles") / "register_import.tcss"
    NAME = "register-import"
    MOVING = N_("⏎ where a column goes · tab the plan · esc leave")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab,right", "app.focus_next", show=False),
        Binding("shift+tab,left", "app.focus_previous", show=False),
    ]

    def __init__(self, register: Register | None, path: Path) -> None:
        """Without a register, the file says of which it is."""
        super().__init__()
        self.register, self.path = register or REGISTERS["blocker"], path
        self.is_open = register is None
        """Whether the register is still to be found out."""
        self.file = clean(path.name)
        self.sheets: tuple[Sheet, ...] = ()
        self.sheet = ""
        """The sheet that was chosen; empty: the one that fits best."""
        self.plan: Plan | None = None
        self.doing = _("reading {path}…").format(path=self.file)
        """What keeps the screen waiting, or why the file cannot be read."""
        self.creates, self.create_as, self.reason = False, "", ""

    def body(self) -> list[Widget]:
        """Columns above, plan below."""
        columns = Rows(self._paint_column, id="columns")
        plan = Rows(self._paint_line, id="plan", empty=lambda: self.doing)
        columns.entitle(Content(self._heading()), Content(_(self.MOVING)))
        plan.entitle(Content(_("What would be written")))
        return [columns, plan]

    def begin(self) -> None:
        """Read the file beside the screen, which goes on answering."""
        self.query_one("#columns", Rows).focus()
        self._start(read=True)

    def target(self) -> Target:
        """What works on the plan as it stands."""
        kinds = {Kind.IMPORT}
        if self.plan is not None and not self.doing:
            if self.plan.has_words or (self.plan.missing and not (self.creates and self.create_as)):
                kinds.add(Kind.IMPORT_MISSING)
            if self.plan.wants_reason:
                kinds.add(Kind.IMPORT_REASON)
            if not self.plan.faults and any(line.values for line in self.plan.lines):
                kinds.add(Kind.IMPORT_READY)
            if len(self.sheets) > 1:
                kinds.add(Kind.IMPORT_SHEETS)
        return Target(frozenset(kinds))

    def why_not_yet(self) -> str:
        """Why the plan cannot be written as it stands."""
        if self.doing or self.plan is None:
            return self.doing
        if wrong := len({fault.line for fault in self.plan.faults}):
            said = ngettext(
                "{n} line is wrong: mend it in the file, or say where its column goes",
                "{n} lines are wrong: mend them in the file, or say where their columns go",
                wrong,
            )
            return said.format(n=wrong)
        return _("nothing would change: all is there already")

    def action_leave(self) -> None:
        """Back, with nothing written. What is being written already is awaited."""
        if self.doing != self._writing():
            self.app.pop_screen()

    def create(self) -> None:
        """Make what references miss; where it may be of several registers, ask of which."""
        missing = {fault.missing for fault in self.plan.missing} if self.plan else set()
        several = next((tables for tables in missing if len(tables) > 1), ())

        def accepted(name: str) -> None:
            self.creates, self.create_as = True, name
            self._start()

        if several and (self.creates or all(len(tables) > 1 for tables in missing)):
            self.ask(questions.create_as(accepted, tuple(REGISTERS[name] for name in several)))
        else:
            accepted("")

    def give_reason(self) -> None:
        """Ask why functions leave the house before their map is complete."""

        def go_on(reason: str) -> str:
            self.reason = reason
            self._start()
            return ""

        self.ask(why_now("import:reason", go_on))

    def choose_register(self) -> None:
        """Ask into which register the file goes."""

        def accepted(register: Register) -> None:
            self.register, self.is_open = register, False
            self._start()

        if not self.doing:
            self.ask(questions.into_which(accepted))

    def next_sheet(self) -> None:
        """Look at the next sheet of the workbook."""
        names = [sheet.name for sheet in self.sheets]
        now = self.plan.sheet if self.plan else ""
        self.sheet = names[(names.index(now) + 1) % len(names)] if now in names else names[0]
        self._start()

    def write(self) -> None:
        """Write the plan beside the screen, as one change."""
        self.doing = self._writing()
        self._show()
        self.run_worker(self._write(), group="import")

    @on(Rows.Opened, "#columns")
    def _open_column(self, event: Rows.Opened) -> None:
        column: FileColumn = event.item.data

        def accepted(field: str) -> None:
            remember(self.cockpit.workspace, self.register, {column.heading: field})
            self._start()

        if self.doing:
            return
        if column.how is How.GUESS:
            accepted(column.guess)
        else:
            self.ask(questions.goes_where(self.register, column, accepted))

    @on(Rows.Opened, "#plan")
    def _open_line(self, event: Rows.Opened) -> None:
        row = event.item.data
        if isinstance(row, PlanRow) and row.fault is not None:
            title, facts = page.facts_of(row.fault)
            self.app.push_screen(FactsScreen(title, facts, ""))

    def _heading(self) -> str:
        return self.file if self.is_open else f"{self.file} → {_(self.register.title)}"

    def _writing(self) -> str:
        return _("writing…")

    def _start(self, *, read: bool = False) -> None:
        if not read:
            self.doing = _("comparing…")
        self.run_worker(self._prepare(), group="plan", exclusive=True)

    async def _prepare(self) -> None:
        """Read the file once, and plan it anew: both in a thread, so that no key waits for them."""
        workspace = self.cockpit.workspace
        try:
            if not self.sheets:
                self.sheets = await asyncio.to_thread(_read, self.path)
            if self.is_open:
                found = await asyncio.to_thread(meant, self.path.name, self.sheets)
                self.register, self.is_open = found[0] if found else self.register, False
            plan = await asyncio.to_thread(self._planned, workspace)
        except (UnreadableFile, *refusal.ORDINARY) as error:
            self.doing = str(error) if isinstance(error, UnreadableFile) else refusal.explain(error)
        else:
            self.plan, self.doing = plan, ""
        self._show()

    def _planned(self, workspace: Workspace) -> Plan:
        sheets = [sheet for sheet in self.sheets if sheet.name == self.sheet] or self.sheets
        with workspace.beside() as mine:
            return importing.plan(
                mine, self.register, sheets, create=self.creates, create_as=self.create_as, reason=self.reason
            )  # fmt: skip

    async def _write(self) -> None:
        app, plan = self.cockpit, self.plan
        assert plan is not None
        try:
            moved = await asyncio.to_thread(_run, app.workspace, plan)
        except refusal.ORDINARY as error:
            self.doing = ""
            self._show()
            if not isinstance(error, Overtaken):
                app.tell(refusal.explain(error))
            else:
                app.tell(meanwhile.in_words(app.workspace, error))
                # Compared anew: what the other one wrote stands in it.
                self._start()
            return
        if self.is_attached and app.screen is self:
            app.pop_screen()
        # Thousands of new records take their time to be read: no key waits for that either.
        app.reload_beside()
        if not moved:
            return
        told = _("{file}: {summary} · u undoes").format(file=self.file, summary=plan.summary())
        told = " · ".join((told, *importing.after(app.workspace, plan)))
        app.tell(told)
        asked, place = link_names(app.workspace, told), app.screen
        if asked is not None and isinstance(place, Place) and not place.asking:
            place.ask(asked)

    def _show(self) -> None:
        if not self.is_mounted:
            return
        columns, listed = self.query_one("#columns", Rows), self.query_one("#plan", Rows)
        columns.entitle(Content(self._heading()), Content(_(self.MOVING)))
        if self.plan is not None:
            columns.repaint()
            columns.show([Item(str(column.index), column) for column in self.plan.columns])
        listed.repaint()
        rows = page.rows(self.plan) if self.plan is not None and not self.doing else ()
        listed.show([Item(str(at), row) for at, row in enumerate(rows)])
        listed.entitle(Content(_("What would be written")), Content(self.plan.summary() if self.plan else ""))
        self.show_keys()

    def _paint_column(self, data: FileColumn, width: int) -> list[Content]:
        sample = self.plan.samples.get(data.index, "") if self.plan else ""
        return [page.column_line(self.register, data, sample, width)]

    @staticmethod
    def _paint_line(data: PlanRow, width: int) -> list[Content]:
        return [data.text]


def _read(path: Path) -> tuple[Sheet, ...]:
    with path.open("rb") as file:
        return table.read(file.read(MAX_BYTES + 1))


def _run(workspace: Workspace, plan: Plan) -> int:
    with workspace.beside() as mine:
        return importing.run(mine, plan)
