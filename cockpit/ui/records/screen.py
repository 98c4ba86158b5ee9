"""One record: its fields, edited in place, and its history from the journal."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.documents.link_state import LINKED
from cockpit.domain.records.record import LINES, Field, Record
from cockpit.domain.registers import ORGANISATION, register_of
from cockpit.domain.registers.blocker import Blocker
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.boards.closely import waiting
from cockpit.services.boards.record_page import related
from cockpit.services.changes import soundness
from cockpit.services.desk import forms, refusal
from cockpit.services.desk.row import Role
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow
from cockpit.services.records import find, rows
from cockpit.services.records.history import JournalLine, history
from cockpit.services.records.related import Related
from cockpit.services.work.rows import waited
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import OF_REGISTER, Kind
from cockpit.ui.kit.place import Page
from cockpit.ui.records import fields as laid_out
from cockpit.ui.records import questions
from cockpit.ui.records.fields import FieldGroup, FieldLine, Folded, Going
from cockpit.ui.widgets.rows import Item, Rows


def named_register(code: str) -> str:
    """The name of the register that a code is of; empty for none."""
    register = register_of(code)
    return register.name if register else ""


class DetailScreen(Page):
    """Opened by Enter on anything that has a code; Escape goes back."""

    CSS_PATH = asset_dir("styles") / "detail.tcss"
    NAME = "detail"

    _unfolded = False
    """Whether the empty fields are shown too."""

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
        self.query_one("#history", Rows).show(
            [Item(str(change.seq), change) for change in history(workspace, self.register, self.record)]
        )
        self._show_fields()

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
        if isinstance(data, Folded):
            kinds.discard(Kind.FIELD)
        if self.note is not None:
            kinds.add(Kind.NOTED)
            if isinstance(data, FieldLine) and data.field == self.note:
                # On the text itself its own key is `e`, which is another one's on the other lines.
                kinds -= {Kind.BLOCKER, Kind.PROVIDER}
                kinds.add(Kind.NOTE)
        if self.register.fields and self._has_more:
            kinds.add(Kind.FOLDED)
        if self.register.name in LINKED or (
            isinstance(data, Related) and named_register(data.code) in LINKED
        ):
            kinds.add(Kind.LINKED)
        return Target(frozenset(kinds), self.code, data, record=self.record)

    @property
    def _is_archived(self) -> bool:
        """Whether it is out of the lists and can be brought back."""
        return self.record.archived_at is not None and self.register.name in ORGANISATION

    def edit_note(self) -> None:
        """Its long text in the editor that the person chose."""
        from cockpit.ui.kit import editor

        if self.note is not None:
            question = questions.edit_field(self.cockpit.workspace, self.record, self.note)
            editor.answer(self.cockpit, self.ask, question)

    @property
    def _has_more(self) -> bool:
        """Whether some fields are folded, or were."""
        return any(item.key == "folded" for item in self.query_one("#fields", Rows).items)

    def edit_field(self) -> None:
        """Edit the field under the cursor, as Enter does."""
        self.query_one("#fields", Rows).action_open()

    @on(Rows.Opened, "#fields")
    def _edit(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, Related):
            if event.item.data.code:
                self.cockpit.open_code(event.item.data.code)
            return
        if isinstance(event.item.data, Folded):
            self.fold()
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

    def fold(self) -> None:
        """Show the fields that are empty too, or no longer."""
        self._unfolded = not self._unfolded
        self._show_fields()

    @property
    def note(self) -> Field | None:
        """The long text of this record: that under the cursor, else its note, else its first."""
        if not self.register.editable or self._is_archived:
            return None
        selected = self.query_one("#fields", Rows).selected
        here = selected.data.field if selected is not None and isinstance(selected.data, FieldLine) else None
        if here is not None and here.kind in LINES:
            return here
        long = [field for field in self.register.fields if field.kind in LINES and not field.computed]
        return next((field for field in long if field.name == "note"), long[0] if long else None)

    def _show_fields(self) -> None:
        board, workspace = self.cockpit.board, self.cockpit.workspace
        fields = self.query_one("#fields", Rows)
        fields.repaint()
        if workspace.shown.hides(self.record):
            fields.show([])
            return
        doubts = soundness.of_record(workspace.shown, self.register, self.record)
        wrong = {doubt.field: doubt.words for doubt in reversed(doubts)}
        clock = board.promises.of(self.code)

        def line_of(field: Field) -> FieldLine:
            value = getattr(self.record, field.name)
            text = forms.show(field, value, board.names, workspace.zone)
            return FieldLine(field, text, wrong.get(field.name, ""), _aside(self.record, field, board))

        items: list[Item[Any]] = [Item("gauge", clock, heading=True)] if clock is not None else []
        items += laid_out.items(
            self.register,
            self.record,
            line_of,
            width=self._fields_width(),
            clock=clock is not None,
            unfolded=self._unfolded,
        )
        group = ""
        for number, each in enumerate(related(workspace.shown, self.record)):
            if each.group and each.group != group:
                group = each.group
                items.append(Item(f"group:{group}", FieldGroup(group), heading=True))
            items.append(Item(f"related:{number}", each))
        fields.show(items)
        self._share_room()

    def _fields_width(self) -> int:
        """Cells of the fields; three fifths of the terminal where the history stands beside them."""
        width = self.size.width or self.app.size.width
        return width * 3 // 5 if self.has_class("-wide") else width

    def _share_room(self) -> None:
        """One under the other, the fields have the lines that they fill; the history keeps a few."""
        fields, past = self.query_one("#fields", Rows), self.query_one("#history", Rows)
        if self.has_class("-wide"):
            fields.styles.height = "1fr"
            return
        room = (self.size.height or self.app.size.height) - 3
        kept = min(len(past.items) or 1, HISTORY) + 1
        fields.styles.height = max(4, min(len(fields.items) + 1, room - kept))

    def on_resize(self) -> None:
        """Another room."""
        if self.query("#history"):
            self._show_fields()

    def _paint_field(
        self, data: SlaRow | Related | FieldLine | Folded | FieldGroup | Going, width: int
    ) -> list[Content]:
        if isinstance(data, SlaRow):
            return [self._gauge(data, width)]
        if isinstance(data, Related):
            label = Content.styled(f" {data.label}", visuals.MUTED).truncate(24, ellipsis=True, pad=True)
            return [label + Content.styled(f" {data.text}", "$accent" if data.code else "")]
        return [laid_out.draw(data, width)]

    def _gauge(self, clock: SlaRow, width: int) -> Content:
        said = left.reading(clock.record, clock.calendar, self.cockpit.board.at)
        return painted.clock(said, width, indent=1)

    def _paint_change(self, data: JournalLine, width: int) -> list[Content]:
        return [painted.line(rows.change(data), width)]


def _aside(record: Record, field: Field, board: Board) -> str:
    """What the value means now: since how long it stops work, whether whom it waits for is down."""
    if not isinstance(record, Blocker) or record.closed_at is not None:
        return ""
    if field.name == "since":
        return _("for {span}").format(span=waited(record, board.at))
    if field.name == "waiting_on":
        return ", ".join(
            piece.text.strip(" ()") for piece in waiting(board, record) if piece.role is Role.BAD
        )
    return ""


HISTORY = 5
"""Entries of the history that are seen at least where there are so many."""
