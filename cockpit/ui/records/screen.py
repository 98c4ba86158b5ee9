"""One record: its fields, edited in place, and its history from the journal."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.link_state import LINKED
from cockpit.domain.records.record import LINES, Field, FieldKind, Record, Register
from cockpit.domain.registers import ORGANISATION, register_of
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.boards.record_page import related
from cockpit.services.changes import soundness
from cockpit.services.desk import forms, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, rows
from cockpit.services.records.history import JournalLine, history
from cockpit.services.records.related import Related
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import OF_REGISTER, Kind
from cockpit.ui.kit.place import Page
from cockpit.ui.records import questions
from cockpit.ui.widgets.rows import Item, Rows


@dataclass(frozen=True)
class FieldLine:
    """A field of the record and its value in words."""

    field: Field
    text: str
    doubt: str = ""
    """What does not hold together in it."""


def named_register(code: str) -> str:
    """The name of the register that a code is of; empty for none."""
    register = register_of(code)
    return register.name if register else ""


class DetailScreen(Page):
    """Opened by Enter on anything that has a code; Escape goes back."""

    CSS_PATH = asset_dir("styles") / "detail.tcss"
    NAME = "detail"

    def __init__(self, workspace: Workspace, code: str) -> None:
        """Raises UnknownCode."""
        super().__init__()
        self.code = code
        self.register, self.record = find.find(workspace, code)

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> DetailScreen | None:
        """The page of a record; None when there is none of that code."""
        try:
            return cls(cockpit.workspace.shown, target.code)
        except refusal.UnknownCode:
            return None

    def body(self) -> list[Widget]:
        """Fields, then history."""
        fields = Rows(self._paint_field, id="fields")
        past = Rows(self._paint_change, id="history", empty=lambda: _("No history yet."))
        past.entitle(Content(_("History")))
        return [fields, past]

    def show_board(self, board: Board) -> None:
        """Read the record again: another process may have changed it."""
        super().show_board(board)
        workspace = self.cockpit.workspace.shown
        try:
            self.register, self.record = find.find(workspace, self.code)
        except refusal.UnknownCode:
            # Only the place on top can leave; one below leaves when it is on top again.
            if self.is_current:
                self.cockpit.tell(_("{code} is gone").format(code=self.code))
                self.app.pop_screen()
            return
        fields = self.query_one("#fields", Rows)
        subject = str(getattr(self.record, self.register.subject))
        named = Content.assemble((f" {self.code} ", "bold $accent"), f"{subject} ")
        decided = self.register.name == "decision"
        kind = _("never edited: r decides anew") if decided else _(self.register.singular)
        archived = Content.styled(_(" · archived: z brings it back"), visuals.WARN)
        fields.entitle(named, Content(kind) + (archived if self._is_archived else ""))
        fields.repaint()
        fields.show(self._fields(self.register, self.record, board))
        self.query_one("#history", Rows).show(
            [Item(str(change.seq), change) for change in history(workspace, self.register, self.record)]
        )

    def target(self) -> Target:
        """The record, and the field under the cursor."""
        kinds = {Kind.ARCHIVED if self._is_archived else Kind.RECORD}
        if self.register.name in OF_REGISTER:
            kinds.add(OF_REGISTER[self.register.name])
        if self.register.name in ORGANISATION and self.register.editable:
            kinds.add(Kind.ENTERED)
        selected = self.query_one("#fields", Rows).selected
        if (
            selected is not None
            and isinstance(selected.data, Related)
            and selected.data.code.startswith("HS-")
        ):
            return Target(frozenset({Kind.STEP}), selected.data.code, selected.data)
        if isinstance(self.focused, Rows) and self.focused.id == "fields" and self.register.editable:
            kinds.add(Kind.FIELD)
        data = selected.data if selected else None
        if self.register.name in LINKED or (
            isinstance(data, Related) and named_register(data.code) in LINKED
        ):
            kinds.add(Kind.LINKED)
        return Target(frozenset(kinds), self.code, data, record=self.record)

    @property
    def _is_archived(self) -> bool:
        """Whether it is out of the lists and can be brought back."""
        return self.record.archived_at is not None and self.register.name in ORGANISATION

    def edit_field(self) -> None:
        """Edit the field under the cursor, as Enter does."""
        self.query_one("#fields", Rows).action_open()

    @on(Rows.Opened, "#fields")
    def _edit(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, Related):
            if event.item.data.code:
                self.cockpit.open_code(event.item.data.code)
            return
        if not self.register.editable:
            decided = self.register.name == "decision"
            self.cockpit.tell(
                _("a decision is never edited: r writes the one that supersedes it")
                if decided
                else _("it says what happened: it is not edited")
            )
            return
        if not isinstance(event.item.data, FieldLine):
            return
        field = event.item.data.field
        if field.computed:
            self.cockpit.tell(_("this is worked out from other fields"))
            return
        self.ask(questions.edit_field(self.cockpit.workspace, self.record, field))

    def _fields(
        self, register: Register, record: Record, board: Board
    ) -> Sequence[Item[Content | Related | FieldLine]]:
        zone = self.cockpit.workspace.zone
        if self.cockpit.workspace.shown.hides(record):
            return []
        doubts = soundness.of_record(self.cockpit.workspace.shown, register, record)
        wrong = {doubt.field: doubt.words for doubt in reversed(doubts)}
        items: list[Item[Content | Related | FieldLine]] = [
            Item(
                f.name,
                FieldLine(
                    f, forms.show(f, getattr(record, f.name), board.names, zone), wrong.get(f.name, "")
                ),
            )
            for f in register.fields
            # What only the program reads, such as JSON, stands under them in words, or nowhere.
            if f.told or f.kind not in (FieldKind.TEXT, *LINES)
        ]
        group = ""
        for number, each in enumerate(related(self.cockpit.workspace.shown, record)):
            if each.group and each.group != group:
                group = each.group
                items.append(Item(f"group:{group}", Content.styled(f" {group}", "bold"), heading=True))
            items.append(Item(f"related:{number}", each))
        return items

    def _paint_field(self, data: Content | Related | FieldLine, width: int) -> list[Content]:
        if isinstance(data, Content):
            return [data]
        if isinstance(data, Related):
            label = Content.styled(f" {data.label}", visuals.MUTED).truncate(24, ellipsis=True, pad=True)
            return [label + Content.styled(f" {data.text}", "$accent" if data.code else "")]
        label = Content.styled(f" {_(data.field.label)}", visuals.MUTED).truncate(24, ellipsis=True, pad=True)
        value = " ⏎ ".join(data.text.splitlines()) if data.text else "—"
        doubt = Content.styled(f"  ! {data.doubt}", visuals.WARN) if data.doubt else Content("")
        return [label + Content.styled(f" {value}", "" if data.text else visuals.MUTED) + doubt]

    def _paint_change(self, data: JournalLine, width: int) -> list[Content]:
        return [painted.line(rows.change(data), width)]
