"""A text that is ready to send: read it, copy it, or open it in the mail program."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from cockpit.locale import _
from cockpit.services.desk import links
from cockpit.services.promises.letter import Letter
from cockpit.ui.kit.host import Cockpit
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows


class LetterScreen(OverPlace[bool]):
    """Closes with whether it was taken: copied, or opened in the mail program."""

    cockpit = getters.app(Cockpit)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(False)", show=False),
        Binding("c,enter", "copy", show=False),
        Binding("o", "mail", show=False),
    ]

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self.letter = letter

    def compose(self) -> ComposeResult:
        """One list."""
        rows = Rows(_paint, id="letter")
        rows.border_title = Content.styled(f" {self.letter.subject} ", "bold")
        rows.border_subtitle = Content(_("c copies · o opens the mail program · esc closes"))
        width = min(100, self.app.size.width * 9 // 10) - 4
        to = f"{self.letter.who} <{self.letter.address}>" if self.letter.address else self.letter.who
        lines = [_("To: {who}").format(who=to), ""]
        for line in self.letter.body.splitlines():
            lines += wrap(line, width) or [""]
        rows.show([Item(str(number), line) for number, line in enumerate(lines)])
        yield rows

    def action_copy(self) -> None:
        """Into the clipboard."""
        self.app.copy_to_clipboard(f"{self.letter.subject}\n\n{self.letter.body}")
        self.dismiss(True)

    def action_mail(self) -> None:
        """Into the mail program, where it can still be changed before it is sent."""
        if self.cockpit.workspace.opens_here:
            links.open_mail(self.letter.mailto)
            self.dismiss(True)


def _paint(data: str, _width: int) -> list[Content]:
    return [Content(f" {data}")]
