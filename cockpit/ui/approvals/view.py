"""Approvals: what waits for me, what waits for others, what was answered of late, how long each takes."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _, ngettext
from cockpit.services.approvals import queue, rows
from cockpit.services.approvals.queue import ApprovalLine
from cockpit.services.desk.row import Heading, PagePart, Row
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.view import View
from cockpit.ui.widgets.rows import Item, Rows


@dataclass(frozen=True)
class ApprovalItem:
    """A part of the page, and the approval that it is about, where it is about one."""

    part: PagePart
    line: ApprovalLine | None = None


class ApprovalsView(View):
    """One list; Enter opens the record of an approval."""

    def compose(self) -> ComposeResult:
        """The list."""
        found: Rows[ApprovalItem] = Rows(self._paint, row_height=2, id="approvals", empty=_nothing)
        found.entitle(Content(_("Approvals")))
        yield found

    def show(self) -> None:
        """Read again."""
        shown = self.shown
        found = queue.queue(shown)
        every = {each.record.code: each for each in (*found.mine, *found.others, *found.answered)}
        items = [
            Item(
                key, ApprovalItem(part, every.get(key)), heading=not (isinstance(part, Row) and key in every)
            )
            for key, part in rows.page(found, shown.now(), shown.names())
        ]
        listed = self.query_one("#approvals", Rows)
        listed.repaint()
        listed.show(items)
        mine = ngettext("{n} for you", "{n} for you", len(found.mine)).format(n=len(found.mine))
        open_ = ngettext("{n} open", "{n} open", found.waiting).format(n=found.waiting)
        title = _("Approvals")
        listed.entitle(Content(f"{title} · {open_} · {mine}"), Content(_("V submits")))

    def target(self) -> Target:
        """The approval of the row."""
        selected = self.query_one("#approvals", Rows).selected
        line = (
            selected.data.line if selected is not None and isinstance(selected.data, ApprovalItem) else None
        )
        if line is None:
            return Target()
        return Target(frozenset({Kind.APPROVAL, Kind.RECORD}), line.record.code, line, record=line.record)

    def follow(self, code: str) -> None:
        """Put the cursor on an approval."""
        self.query_one("#approvals", Rows).select(code)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, ApprovalItem) and event.item.data.line is not None:
            self.cockpit.open_code(event.item.data.line.record.code)

    def _paint(self, data: ApprovalItem, width: int) -> list[Content]:
        if isinstance(data.part, Heading):
            return [Content(""), Content.styled(f"── {data.part.text} ", visuals.MUTED)]
        assert isinstance(data.part, Row)
        return painted.lines(data.part, width)


def _nothing() -> str:
    return _(
        "Nothing waits for a yes: V submits a line, or the record under the cursor, to whom its decision circuit"
        " names (register Decision circuits)."
    )
