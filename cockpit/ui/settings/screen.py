"""The settings: every value with where it comes from, changed in place; each list adds, edits and takes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.configuration import KEYS, SettingsGroup
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.identities import is_code
from cockpit.domain.registers.person import Person
from cockpit.domain.settings import Settings
from cockpit.locale import _, ngettext
from cockpit.services.boards.board import Board
from cockpit.services.settings import listing
from cockpit.services.settings.change import RemoveEntry, SettingPlace, SetValue
from cockpit.services.settings.coming_days import coming_days
from cockpit.services.settings.editing import Editing
from cockpit.services.settings.listing import EntryLine, GroupLines, SettingLine
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Page, Place
from cockpit.ui.settings import questions
from cockpit.ui.widgets.rows import Item, Rows

if TYPE_CHECKING:
    from cockpit.services.settings.writer import WrittenSettings

LABEL = 38
"""Cells of the labels, where the terminal has them."""


@dataclass(frozen=True)
class SettingsRow:
    """A row: a heading, a setting, an entry, a way to more, or words."""

    left: str
    value: str = ""
    right: str = ""
    line: SettingLine | EntryLine | None = None
    group: SettingsGroup | None = None
    """That the row stands in, where entries can be added; or that it leads to."""
    code: str = ""
    """Of the record that it leads to."""
    leads_to: bool = False
    """Whether it opens its group."""


class SettingsPage(Page):
    """A list of settings; keys change what the cursor is on, and u takes back what was changed here."""

    CSS_PATH = asset_dir("styles") / "detail.tcss"
    NAME = "settings"

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.editing = editing

    def body(self) -> list[Widget]:
        """One list."""
        rows: Rows[SettingsRow] = Rows(
            self._paint, id="settings", empty=lambda: _("It is not there any more.")
        )
        return [rows]

    @property
    def rows(self) -> Rows[SettingsRow]:
        """The list."""
        return self.query_one("#settings", Rows)

    @property
    def row(self) -> SettingsRow | None:
        """What the cursor is on."""
        selected = self.rows.selected
        return selected.data if selected else None

    def show_board(self, board: Board) -> None:
        """What is in force now: a command or an editor may have changed it."""
        super().show_board(board)
        self.editing.look_again()
        self._show()

    def target(self) -> Target:
        """The setting, the entry or the list that the cursor is on."""
        row, kinds = self.row, {Kind.SETTINGS}
        if row is not None:
            if isinstance(row.line, SettingLine) and not row.line.wanted:
                kinds.add(Kind.SETTING)
            if isinstance(row.line, EntryLine):
                kinds.add(Kind.SETTING_ENTRY)
            if row.group is not None and (row.group.one or row.group.name == KEYS):
                kinds.add(Kind.SETTING_LIST)
        return Target(frozenset(kinds), str(row.line.place) if row and row.line else "")

    @property
    def has_own_undo(self) -> bool:
        """Settings are no records: the journal does not have them."""
        return True

    def take_back(self) -> bool:
        """The text before the last change again."""
        if not self.editing.can_take_back:
            return False
        self._go_on(self.editing.take_back())
        return True

    def do_again(self) -> bool:
        """The text that was taken back last again."""
        if not self.editing.can_do_again:
            return False
        self._go_on(self.editing.do_again())
        return True

    def add_entry(self) -> None:
        """One more entry in the list that the cursor is in."""
        row = self.row
        group = row.group if row else None
        if group is None:
            return
        if group.name == "agenda":
            from cockpit.ui.settings.agenda_screen import AgendaAddScreen, address

            self.ask(address(lambda text: self.app.push_screen(AgendaAddScreen(self.editing, text))))
        elif group.name == "status":
            from cockpit.ui.providers.add_screen import ProviderAddScreen
            from cockpit.ui.providers.questions import add

            self.ask(add(lambda text: self.app.push_screen(ProviderAddScreen(text, self.editing.took))))
        elif group.name == KEYS:
            self.ask(
                questions.new_key(
                    self.cockpit, lambda line: questions.edit(self.cockpit, self.editing, line, self._wrote)
                )
            )
        else:
            told = _("{name} added · u undoes")
            if group.name == "channel":
                told = _("{name} added: nothing leaves by it before a first preview (K) · u undoes")
            title = _("add: {what}").format(what=_(group.one))
            self.ask(questions.new_entry(self.editing, group.name, title, told, self._wrote))

    def remove_entry(self) -> None:
        """The entry that the cursor is on goes."""
        row = self.row
        if row is not None and isinstance(row.line, EntryLine):
            place = row.line.place
            self._wrote(self.editing.change(RemoveEntry(section=place.section, entry=place.entry)))
            self.cockpit.tell(_("{name} is taken out · u undoes").format(name=row.line.name))

    def to_default(self) -> None:
        """The setting that the cursor is on is taken out of the file."""
        row = self.row
        if row is None or not isinstance(row.line, SettingLine):
            return
        if not row.line.line:
            self.cockpit.tell(_("{name}: the default holds already").format(name=row.line.label))
            return
        self._wrote(self.editing.change(SetValue(place=row.line.place, value=None)))
        self.cockpit.tell(_("{name}: the default holds again · u undoes").format(name=row.line.label))

    def entitle(self, title: str) -> None:
        """What the list is of, and the cursor in it."""
        self.rows.entitle(Content(title), Content(_("⏎ change · u undo · esc leave")))
        self.rows.focus()

    def items(self) -> Iterable[Item[SettingsRow]]:
        """The rows to show."""
        return []

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        event.stop()
        row: SettingsRow = event.item.data
        if isinstance(row.line, SettingLine):
            self.ask(questions.edit(self.cockpit, self.editing, row.line, self._wrote))
        elif isinstance(row.line, EntryLine):
            self.app.push_screen(EntryScreen(self.editing, row.line.place, row.line.name))
        elif row.leads_to and row.group is not None:
            self.app.push_screen(GroupScreen(self.editing, row.group))
        elif row.code:
            self._open_people()
        elif row.group is not None:
            self.add_entry()

    def _open_people(self) -> None:
        """The register of people, on me where I am among them."""

        async def look() -> None:
            app = self.cockpit
            while len(app.screen_stack) > 1:
                await app.pop_screen()
            await app.switch_mode("organisation")
            place = app.screen
            if isinstance(place, Place):
                await place.look_at("registers")
                # Any code of a person opens the register.
                place.follow(app.workspace.me if is_code(app.workspace.me) else "PE-0")

        self.cockpit.run_worker(look(), exit_on_error=True)

    def _wrote(self, written: WrittenSettings) -> None:
        self._go_on(written.settings)

    def _go_on(self, settings: Settings) -> None:
        self.cockpit.follow_settings(settings)
        self._show()

    def _show(self) -> None:
        self.rows.show([*self.items()])

    def _groups(self) -> tuple[GroupLines, ...]:
        workspace = self.cockpit.workspace
        return listing.groups(
            workspace.settings, self.editing.text, self.editing.path, for_a_room=workspace.is_veiled
        )

    def _item(self, line: SettingLine | EntryLine, group: SettingsGroup | None) -> Item[SettingsRow]:
        label = line.name if isinstance(line, EntryLine) else line.label
        from_file = _("line {n}").format(n=line.line) if line.line else _("default")
        return Item(str(line.place), SettingsRow(label, line.value or "—", from_file, line, group))

    @staticmethod
    def _paint(data: SettingsRow, width: int) -> list[Content]:
        room = min(LABEL, max(16, width // 3))
        if data.line is None and not (data.code or data.leads_to or data.group):
            lead = (
                Content.styled(f" {data.left}", visuals.MUTED).truncate(room + 1, ellipsis=True, pad=True)
                + " "
            )
            if not data.value:
                return [Content.styled(f"── {data.left} ", "bold")]
            return [lead + Content.styled(data.value, visuals.MUTED)]
        if data.leads_to:
            right = Content.styled(f"{data.value} {data.right} ", visuals.MUTED)
            return [visuals.spread(width, Content.styled(f"  {data.left}", "$accent"), right)]
        style = "bold" if isinstance(data.line, EntryLine) else "" if data.line else "$accent"
        label = Content.styled(f"  {data.left}", style).truncate(room + 1, ellipsis=True, pad=True) + " "
        if not (data.value or data.right):
            label = Content.styled(f"  {data.left}", style)
        said = "" if data.value != "—" and data.right != _("default") else visuals.MUTED
        return [
            visuals.spread(
                width,
                label + Content.styled(data.value, said),
                Content.styled(f"{data.right} ", visuals.MUTED),
            )
        ]


class SettingsScreen(SettingsPage):
    """All groups, one after the other."""

    def begin(self) -> None:
        """The cursor is in the list."""
        self.entitle(_("Settings"))

    def items(self) -> Iterable[Item[SettingsRow]]:
        """Each group under its heading, its entries, its keys, and what adds one."""
        for found in self._groups():
            group = found.group
            yield Item(f"group:{group.name}", SettingsRow(_(group.title)), heading=True)
            if group.is_folded:
                said = sum(1 for line in found.lines if line.line)
                told = (
                    ngettext("{n} changed", "{n} changed", said).format(n=said)
                    if said
                    else _("as by default")
                )
                yield Item(
                    f"open:{group.name}", SettingsRow(_(group.help), told, "⏎", group=group, leads_to=True)
                )
                continue
            yield from (self._item(line, group if found.is_list else None) for line in found.lines)
            if found.is_list:
                yield Item(
                    f"add:{group.name}",
                    SettingsRow(_("＋ add: {what} (a)").format(what=_(group.one)), group=group),
                )
            if group.name == "calendar":
                for number, (days, words) in enumerate(coming_days(self.cockpit.workspace)):
                    yield Item(f"day:{number}", SettingsRow(days, words), heading=True)
            if group.name == "people":
                yield self._people()

    def _people(self) -> Item[SettingsRow]:
        """The register of people, and me in it."""
        workspace = self.cockpit.workspace.shown
        n = len(workspace.select(Person, "person", "archived_at IS NULL"))
        me, chief = workspace.me, workspace.settings.company.chief
        parts = [
            ngettext("{n} person", "{n} people", n).format(n=n),
            f"{workspace.my_name} ({me})" if is_code(me) else _("you are not among them yet"),
        ]
        if chief:
            parts.append(_("chief executive: {name}").format(name=chief))
        parts += [
            _("assistant: {name}").format(name=seat.name)
            for seat in workspace.settings.seats
            if seat.role == "assistant"
        ]
        return Item(
            "people", SettingsRow(_("Register of people"), " · ".join(parts), "⏎", code=me or "people")
        )


class GroupScreen(SettingsPage):
    """One group that is folded among the others."""

    def __init__(self, editing: Editing, group: SettingsGroup) -> None:
        super().__init__(editing)
        self.group = group

    def begin(self) -> None:
        """The cursor is in the list."""
        self.entitle(" · ".join((_("Settings"), _(self.group.title))))

    def items(self) -> Iterable[Item[SettingsRow]]:
        """Its keys."""
        is_list = self.group.name == KEYS
        for found in self._groups():
            if found.group.name == self.group.name:
                yield from (self._item(line, self.group if is_list else None) for line in found.lines)
        if is_list:
            yield Item("add:keys", SettingsRow(_("＋ other keys for an action (a)"), group=self.group))


class EntryScreen(SettingsPage):
    """One entry of a list, key by key."""

    def __init__(self, editing: Editing, place: SettingPlace, name: str) -> None:
        super().__init__(editing)
        self.place = place
        self.entry_name = name

    def begin(self) -> None:
        """The cursor is in the list."""
        self.entitle(" · ".join((_("Settings"), self.entry_name)))

    def items(self) -> Iterable[Item[SettingsRow]]:
        """Its keys; nothing once it is gone."""
        workspace = self.cockpit.workspace
        lines = listing.entry(workspace.settings, self.editing.text, self.editing.path, self.place)
        name = next((line.value for line in lines if line.place.key == "name"), self.entry_name)
        if name != self.entry_name:
            self.entry_name = name
            self.entitle(" · ".join((_("Settings"), name)))
        return [self._item(line, None) for line in lines]
