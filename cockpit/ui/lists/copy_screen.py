"""How what is under the cursor is copied: one more key says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from cockpit.domain.refusal import Refusal
from cockpit.locale import N_, _
from cockpit.services.boards import copied
from cockpit.services.boards.copied import Copied, CopyForm
from cockpit.services.desk import links
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.place import Place
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows

WAYS: Sequence[tuple[str, CopyForm, str]] = (
    ("t", CopyForm.TEXT, N_("as text, in the line that the shell prints")),
    ("m", CopyForm.MARKDOWN, N_("as Markdown, with all that is filled in")),
    ("j", CopyForm.JSON, N_("as JSON")),
    ("l", CopyForm.LINK, N_("its link: the document, the call, the page")),
)


def rows_of(place: Place) -> list[Copied]:
    """What is selected in the list where the keys are, or what the cursor is on."""
    here, rows = place.target(), place.listed
    if rows is None or not rows.chosen:
        return [Copied(here.code, here.title or here.code, link_of(here))]
    if not rows.marked:
        return [Copied(here.code, rows.words_of(rows.chosen[0]), link_of(here))]
    found = []
    for item in rows.chosen:
        target = place.target_of(item) or Target(code=str(getattr(item.data, "code", "")), data=item.data)
        found.append(Copied(target.code, rows.words_of(item), link_of(target)))
    return found


def link_of(target: Target) -> str:
    """Where a row leads by itself: its call, its page."""
    data = target.data
    return data.url if isinstance(data, ProviderLine) else links.of_event(getattr(data, "event", None))


class CopyScreen(OverPlace[None]):
    """A letter copies at once; Enter takes the one under the cursor, Escape none."""

    cockpit = getters.app(Cockpit)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"copy({form.value!r})", show=False) for key, form, _words in WAYS),
        Binding("y", "copy('text')", show=False),
        Binding("escape,q", "dismiss", show=False),
    ]

    def __init__(self, rows: Sequence[Copied]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """One line a way."""
        ways: Rows[str] = Rows(lambda said, _width: [Content(said)], id="ways")
        ways.show([Item(form.value, f" {key}  {_(words)}") for key, form, words in WAYS])
        ways.entitle(
            Content(_("Copy")), Content(self._rows[0].code if len(self._rows) == 1 else str(len(self._rows)))
        )
        yield ways

    def on_rows_opened(self, event: Rows.Opened) -> None:
        """The way under the cursor."""
        self.action_copy(event.item.key)

    def action_copy(self, form: str) -> None:
        """Copy so, and say what was copied."""
        workspace = self.cockpit.workspace
        self.dismiss()
        try:
            text = copied.written(workspace.shown, self._rows, CopyForm(form))
        except Refusal as error:
            self.cockpit.tell(str(error))
            return
        self.cockpit.copy_to_clipboard(text)
        aside = copied.kept_aside(workspace, text)
        first = text.splitlines()[0] if text else ""
        told = _("copied: {text}").format(text=first)
        if len(self._rows) > 1:
            told = _("copied, {n} rows: {text}").format(n=len(self._rows), text=first)
        self.cockpit.tell(_("{told} · and in {path}").format(told=told, path=aside) if aside else told)
