"""Adding an agenda: its address is read once beside the screen, what is in it is said, then it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.agenda.makers import feed_of_page
from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import AGENDA_KINDS, AgendaSource
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.agenda import trial
from cockpit.services.agenda.trial import NotAnAgenda
from cockpit.services.desk import forms, refusal
from cockpit.services.settings import load, new_entry
from cockpit.services.settings.editing import Editing
from cockpit.services.settings.values import masked
from cockpit.ui.kit import visuals
from cockpit.ui.kit.background import try_agenda
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.moving import AddressElsewhere
from cockpit.ui.kit.place import Page
from cockpit.ui.widgets.entry_bar import Question
from cockpit.ui.widgets.rows import Item, Rows

SAVE, KIND, NAME, OWNER, ALLOW, LATER, AGAIN, USER, SECRET, MOVED = (
    "save", "kind", "name", "owner", "allow", "later", "again", "user", "secret", "moved",
)  # fmt: skip


def address(go_on: Callable[[str], object], text: str = "") -> Question:
    """The address of an agenda. What is none is refused at once, with where to find one."""

    def accept(typed: str) -> str:
        go_on(trial.meant(typed))
        return ""

    def hint(typed: str) -> Content:
        if not typed.strip():
            said = " · ".join(("Google", "Outlook", "iCloud", "Nextcloud"))
            words = _("paste the secret iCal address ({makers}), or the name of a file")
            return Content.styled(words.format(makers=said), "$quiet")
        try:
            meant = trial.meant(typed)
        except NotAnAgenda as error:
            return Content.styled(f"✗ {error}", "$error")
        told = _("read once: {address}").format(address=masked(feed_of_page(meant) or meant))
        return Content.styled("→ ", "$accent") + Content(told)

    return Question(
        place="setting:new:agenda", title=_("address of the agenda"), accept=accept, hint=hint, text=text,
        # It is worth a password: it is kept nowhere while it is typed.
        keeps_draft=False,
    )  # fmt: skip


class AgendaAddScreen(Page):
    """Opened by an address; Escape leaves without writing anything."""

    CSS_PATH = asset_dir("styles") / "detail.tcss"
    NAME = "agenda-add"

    def __init__(self, editing: Editing, url: str) -> None:
        super().__init__()
        self.editing = editing
        self.source = AgendaSource(key="new", name="", url=url)
        self.tried: dict[str, Any] = {}
        self.via = ""
        """The host that was accepted, where the address sends to another one."""

    def body(self) -> list[Widget]:
        """One list."""
        rows: Rows[tuple[str, str, str]] = Rows(_paint, id="choices")
        rows.entitle(Content(_("Add an agenda")), Content(_("⏎ choose · esc leave")))
        return [rows]

    def begin(self) -> None:
        """Try it beside the screen, which goes on answering."""
        self._try()
        self.query_one(Rows).focus()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        event.stop()
        match event.item.key:
            case "save" | "later":
                self._save()
            case "allow":
                self._try(internal=True)
            case "moved":
                self.take_moved()
            case "kind":
                self._try(kind=AGENDA_KINDS[self.source.kind == AGENDA_KINDS[0]])
            case "again":
                self.via = ""
                self.ask(address(lambda text: self._try(url=text)))
            case key:
                self.ask(self._question(key))

    def target(self) -> Target:
        """Where the address sends elsewhere, its new one may be taken."""
        if not self.tried.get("moved_to"):
            return Target()
        return Target(frozenset({Kind.MOVED}), data=AddressElsewhere(self.take_moved))

    def take_moved(self) -> None:
        """Try the address to which this one sends."""
        self.via = str(self.tried["moved_to"])
        self._try()

    def _question(self, key: str) -> Question:
        titles = {NAME: _("call it"), OWNER: _("whose it is (empty: yours)"), USER: _("user"),
                  SECRET: _("where its password is: env:NAME or keyring:NAME")}  # fmt: skip

        def accept(text: str) -> str:
            text = clean(text).strip()
            if key == NAME and not text:
                raise forms.WrongValue(_("a name is needed here"))
            if key == SECRET and text and not text.startswith(("env:", "keyring:")):
                text = self._put_away(text)
            given: dict[str, Any] = {key: text}
            self.source = replace(self.source, **given)
            if key in (USER, SECRET):
                self._try()
            else:
                self._show()
            return ""

        return Question(
            place=f"agenda:add:{key}", title=titles[key], accept=accept, keeps_draft=False,
            text="" if key == SECRET else getattr(self.source, key), is_hidden=key == SECRET,
        )  # fmt: skip

    def _put_away(self, secret: str) -> str:
        from urllib.parse import urlsplit

        from cockpit.sources import secrets

        host = (urlsplit(self.source.url).hostname or "agenda").replace(".", "-")
        try:
            return secrets.keep(f"cockpit-{host}", secret)
        except secrets.SecretMissing as error:
            raise forms.WrongValue(str(error)) from error

    def _try(self, **changed: Any) -> None:
        self.source, self.tried = replace(self.source, **changed), {}
        self._show()
        self.run_worker(self._answer(), group="try", exclusive=True, exit_on_error=False)

    async def _answer(self) -> None:
        self.tried = await self._ask()
        if "name" in self.tried and not self.source.name:
            self.source = replace(self.source, name=self.tried["name"])
        self._show()

    async def _ask(self, add_as: tuple[str, str] | None = None) -> dict[str, Any]:
        source = self.source
        return await try_agenda(
            self.cockpit.command, source.url, kind=source.kind, user=source.user, secret=source.secret,
            internal=source.internal, via=self.via, add_as=add_as,
        )  # fmt: skip

    def _save(self) -> None:
        if self.via and not self.tried.get("error"):
            # The address to which it sends may be a secret, which the process that reads it keeps to itself.
            self.run_worker(self._add(), group="try", exclusive=True, exit_on_error=False)
            return
        source = self.source
        if not self.tried.get("error"):
            # Where the address of a page was given, that of the feed behind it is kept.
            source = replace(source, url=feed_of_page(source.url) or source.url)
        try:
            written = self.editing.change(
                new_entry.agenda(replace(source, name=source.name or _("My agenda")))
            )
        except refusal.ORDINARY as error:
            self.cockpit.tell(refusal.explain(error))
            return
        self.app.pop_screen()
        self.cockpit.follow_settings(written.settings)
        self.cockpit.tell(_("{name} added: it is being read · u undoes").format(name=source.name))

    async def _add(self) -> None:
        name = self.source.name or _("My agenda")
        said = await self._ask(add_as=(name, self.source.owner))
        if said.get("error"):
            self.tried = said
            self._show()
            return
        self.app.pop_screen()
        self.editing.look_again()
        self.cockpit.follow_settings(load.load(self.editing.path))
        self.cockpit.tell(_("{name} added: it is being read").format(name=name))

    def _show(self) -> None:
        self.query_one(Rows).show([*self._items()])
        self.show_keys()

    def _items(self) -> list[Item[tuple[str, str, str]]]:
        shown = masked(self.source.url)
        items = [_note("address", shown)]
        if not self.tried:
            return [*items, _note("trying", _("reading it…"))]
        if self.tried.get("error"):
            items.append(_note("error", self.tried["error"], visuals.WARN))
            if self.tried.get("instead") and not self.tried.get("local"):
                items += [
                    _note(f"instead:{n}", text)
                    for n, text in enumerate(visuals.wrapped(self.tried["instead"], 74))
                ]
            if self.tried.get("moved_to"):
                host = self.tried["moved_to"]
                items.append(_row(MOVED, _("⏎ or h: take its new address at {host}").format(host=host)))
            if self.tried.get("local"):
                items.append(_row(ALLOW, _("⏎ allow this address of the local network and try again")))
            items.append(_row(AGAIN, _("⏎ give another address")))
            items.append(_row(KIND, _("Kind"), self.source.kind))
            items += [
                _row(USER, _("User"), self.source.user or "—"),
                _row(SECRET, _("Password"), self.source.secret or "—"),
            ]
            if self.tried.get("may_pass"):
                items.append(_row(LATER, _("⏎ keep it all the same: it is tried again at each sync")))
            return items
        items += [_note(f"said:{n}", text) for n, text in enumerate(self.tried["said"])]
        return [
            *items,
            _row(SAVE, _("⏎ write it into the configuration")),
            _row(NAME, _("Name"), self.source.name or "—"),
            _row(OWNER, _("Whose it is"), self.source.owner or _("mine")),
        ]


def _paint(data: tuple[str, str, str], width: int) -> list[Content]:
    text, value, style = data
    return [visuals.spread(width, Content.styled(f" {text}", style), Content.styled(f"{value} ", "bold"))]


def _row(key: str, text: str, value: str = "") -> Item[tuple[str, str, str]]:
    return Item(key, (text, value, "bold $accent" if text.startswith("⏎") else ""))


def _note(key: str, text: str, style: str = "") -> Item[tuple[str, str, str]]:
    return Item(key, (text, "", style), heading=True)
