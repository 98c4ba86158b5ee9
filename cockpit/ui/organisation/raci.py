"""The RACI grid with its faults, and the decision circuits with their thresholds."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.organisation import raci as rules
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.process import Process
from cockpit.locale import _
from cockpit.services.organisation import raci
from cockpit.services.organisation.raci import RaciGrid
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.widgets.matrix import Matrix, MatrixContent, heading
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows

HEAD_LINES = 2
"""Lines of the names above the columns."""
_CELL = 6
"""Cells that a column has before the names of processes take what is left."""
LETTERS = {"A": "bold $accent", "R": "bold $success", "C": "$secondary", "I": visuals.MUTED}


class RaciView(View):
    """The grid above, the circuits below."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.found: RaciGrid | None = None

    def compose(self) -> ComposeResult:
        """A matrix, a line in words, a list."""
        matrix = Matrix(
            id="grid",
            empty=_(
                "No process yet: each has one person accountable (A), and those who do it (R). c creates one."
            ),
        )
        circuits = Rows(self._paint, id="circuits", empty=self._no_circuit)
        circuits.entitle(Content(_("Decision circuits")))
        yield matrix
        yield Panel(self._under, id="under")
        yield circuits

    def show(self) -> None:
        """Every process and every circuit."""
        self.found = found = raci.grid(self.shown)
        matrix = self.query_one(Matrix)
        cells = {}
        for row, process in enumerate(found.processes):
            for code, letters in rules.roles(process).items():
                if code not in found.parties:
                    continue
                shown = Content("").join(Content.styled(each, LETTERS[each]) for each in letters)
                cells[row, found.parties.index(code)] = shown
        label = max(24, min(64, self.size.width - _CELL * len(found.parties) - 2))
        cell = max(4, min(8, (self.size.width - label - 2) // max(1, len(found.parties))))
        names = [heading(found.name(code), cell, HEAD_LINES) for code in found.parties]
        matrix.show(MatrixContent(
            rows=tuple(self._label(process) for process in found.processes),
            columns=tuple(name.stylize(visuals.MUTED) for name in names), cells=cells, cell=cell, label=label,
        ))  # fmt: skip
        matrix.entitle(Content(_("Who does what")), Content(found.summary if found.processes else ""))
        circuits = self.query_one("#circuits", Rows)
        circuits.repaint()
        circuits.show([Item(each.code, each) for each in found.circuits])
        below = 1 + max(2, min(len(found.circuits), self.size.height // 4))
        matrix.styles.height = max(
            6, min(len(found.processes) + HEAD_LINES + 1, self.size.height - below - 1)
        )
        self.query_one("#under", Panel).refresh()

    def target(self) -> Target:
        """The process of the row, or the circuit."""
        focused = self.screen.focused
        if isinstance(focused, Rows):
            code = focused.selected.key if focused.selected else ""
            kinds = {Kind.REGISTER, Kind.RECORD} if code else {Kind.REGISTER}
            return Target(frozenset(kinds), code, REGISTERS["circuit"])
        process = self.process
        if process is None:
            return Target(frozenset({Kind.REGISTER}), "", REGISTERS["process"])
        return Target(frozenset({Kind.REGISTER, Kind.RECORD}), process.code, REGISTERS["process"])

    @property
    def process(self) -> Process | None:
        """The process of the row under the cursor."""
        if self.found is None or not self.found.processes:
            return None
        return self.found.processes[self.query_one(Matrix).at[0]]

    def follow(self, code: str) -> None:
        """Put the cursor on the row of a process."""
        codes = [each.code for each in self.found.processes] if self.found else []
        if code in codes:
            self.query_one(Matrix).go((codes.index(code), self.query_one(Matrix).at[1]))

    def on_resize(self) -> None:
        """Longer labels, or shorter ones."""
        if self.found is not None:
            self.show()

    @on(Matrix.Moved)
    def _moved(self) -> None:
        self.query_one("#under", Panel).refresh()
        self.screen.show_keys()  # type: ignore[attr-defined]

    @on(Matrix.Opened)
    def _open_process(self) -> None:
        if self.process is not None:
            self.cockpit.open_code(self.process.code)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_code(event.item.key)

    def _label(self, process: Process) -> Content:
        assert self.found is not None
        fault = Content.styled("▲ ", visuals.WARN) if raci.fault_words(self.found, process) else Content("  ")
        function = Content.styled(f" · {self.found.name(process.function)}", visuals.MUTED)
        return fault + process.name + function

    def _under(self, width: int) -> list[Content]:
        found, process = self.found, self.process
        if found is None or process is None:
            return []
        column = self.query_one(Matrix).at[1]
        code = found.parties[column] if found.parties else ""
        letters = rules.roles(process).get(code, "")
        said = Content.assemble(
            " ", (found.name(code), "bold"), (" · ", visuals.MUTED),
            (letters or "—", ""), (f" · {process.name}", visuals.MUTED),
        )  # fmt: skip
        wrong = raci.fault_words(found, process)
        return [visuals.spread(width, said, Content.styled(f"▲ {wrong} ", visuals.WARN) if wrong else "")]

    def _no_circuit(self) -> str:
        return _("No circuit yet: who decides, up to what amount, within what delay. c creates one.")

    def _paint(self, data: Circuit, width: int) -> list[Content]:
        assert self.found is not None
        name = Content(f" {data.name}")
        return [name + Content.styled(" · ", visuals.MUTED) + raci.circuit_words(self.found, data)]
