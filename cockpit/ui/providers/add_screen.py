"""A status page before it is added: what it says, which of its components matter, how much."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import State
from cockpit.domain.settings import CRITICALITIES
from cockpit.domain.text import clean
from cockpit.locale import N_, _
from cockpit.services.desk import forms, identities, links, refusal
from cockpit.services.providers import add
from cockpit.services.providers.add import Candidate
from cockpit.services.settings.writer import WrittenSettings
from cockpit.ui.kit import visuals
from cockpit.ui.kit.background import try_source
from cockpit.ui.kit.place import Place
from cockpit.ui.widgets.entry_bar import Question
from cockpit.ui.widgets.rows import Item, Rows

_CRITICALITIES = {"vital": N_("vital"), "important": N_("important"), "comfort": N_("comfort")}
SAVE, ALLOW, NAME, CRITICALITY, PROVIDER = "save", "allow", "name", "criticality", "provider"
MOVE, PROBE = "move", "probe"


@dataclass(frozen=True)
class AddRow:
    """One line; what Enter does is said by the key of its item."""

    left: Content
    right: Content = Content.empty()


class ProviderAddScreen(Place):
    """Opened by the name or the address of a source; Escape leaves without writing anything."""

    CSS_PATH = asset_dir("styles") / "detail.tcss"
    NAME = "provider-add"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("space", "watch", show=False),
    ]

    def __init__(self, text: str, wrote: Callable[[WrittenSettings], None] = lambda _written: None) -> None:
        """`wrote` is told of what was written."""
        super().__init__()
        self.text = text
        self.wrote = wrote
        self.tried: dict[str, Any] = {}
        self.name_chosen = ""
        self.provider_chosen = ""
        self.criticality = "important"
        self.engine = ""
        self.internal = False
        self.watched: set[str] = set()

    def body(self) -> list[Widget]:
        """One list."""
        rows = Rows(self._paint, id="choices")
        rows.entitle(Content(_("Add a status page")), Content(_("⏎ choose · space a component · esc leave")))
        return [rows]

    def begin(self) -> None:
        """Try it beside the screen, which goes on answering."""
        self._try(internal=False)
        self.query_one(Rows).focus()

    def action_leave(self) -> None:
        """Back, with nothing written."""
        self.app.pop_screen()

    def action_watch(self) -> None:
        """Watch this component, or no longer."""
        selected = self.query_one(Rows).selected
        if selected is not None and selected.key.startswith("part:"):
            self.watched ^= {selected.key.removeprefix("part:")}
            self._show()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        key = event.item.key
        if key == SAVE:
            self._save()
        elif key == ALLOW:
            self._try(internal=True)
        elif key == MOVE:
            self.text = self.tried["moved_to"]
            self._try(internal=self.internal)
        elif key == PROBE:
            self.engine = "probe"
            self._try(internal=self.internal)
        elif key == CRITICALITY:
            at = CRITICALITIES.index(self.criticality)
            self.criticality = CRITICALITIES[(at + 1) % len(CRITICALITIES)]
            self._show()
        elif key in (NAME, PROVIDER):
            self.ask(self._question(key))
        else:
            self.action_watch()

    def _question(self, key: str) -> Question:
        names = self.cockpit.workspace.shown.names()

        def accept(text: str) -> str:
            if key == NAME:
                if not clean(text):
                    raise forms.WrongValue(_("a name is needed here"))
                self.name_chosen = clean(text)
            else:
                code = identities.resolve(names, ("provider",), text) if text else ""
                self.provider_chosen = names.get(code or "", clean(text))
            self._show()
            return ""

        title = _("call it") if key == NAME else _("it speaks for the provider")
        now = self.name_chosen if key == NAME else self.provider_chosen
        return Question(place=f"provider:add:{key}", title=title, accept=accept, text=now, keeps_draft=False)

    def _try(self, *, internal: bool) -> None:
        self.tried, self.internal = {}, internal
        self._show()
        self.run_worker(self._answer(internal=internal), group="try", exclusive=True, exit_on_error=False)

    async def _answer(self, *, internal: bool) -> None:
        if not self.cockpit.command:
            self.tried = {"error": _("it could not be tried: run cockpit provider add in a shell to see why")}
        else:
            self.tried = await try_source(
                self.cockpit.command, self.text, internal=internal, engine=self.engine
            )
        self.name_chosen = self.name_chosen or self.tried.get("name", "")
        known = {part["name"] for part in self.tried.get("found", {}).get("components", [])}
        self.watched = set(self.tried.get("suggested", [])) & known
        self._show()

    def _save(self) -> None:
        app, tried = self.cockpit, self.tried
        path = app.workspace.config_path
        if app.workspace.stands_at is not None:
            app.tell(str(refusal.in_the_past(app.workspace.stands_at)))
            return
        if path is None or app.is_demo:
            app.tell(_("this is a demonstration: nothing is written"))
            return
        candidate = Candidate(
            name=tried["name"], url=tried["url"], engine=tried["engine"], page_id=tried["page_id"],
            internal=tried["internal"], found=tried["found"],
        )  # fmt: skip
        chosen = add.chosen_from(
            candidate,
            name=self.name_chosen,
            criticality=self.criticality,
            provider=self.provider_chosen,
            components=tuple(name for name in candidate.components if name in self.watched),
        )
        try:
            written = add.save(path, app.workspace.settings, candidate, chosen)
        except (add.CannotAdd, OSError) as error:
            app.tell(str(error))
            return
        app.pop_screen()
        self.wrote(written)
        app.follow_settings(written.settings)
        app.tell(_("added: {name}").format(name=chosen.name))

    def _show(self) -> None:
        rows = self.query_one(Rows)
        rows.repaint()
        rows.show(self._items())

    def _items(self) -> list[Item[AddRow]]:
        if not self.tried:
            return [
                _note(
                    "trying",
                    _("trying {what}: up to fifteen addresses, one a second…").format(what=self.text),
                )
            ]
        if "error" in self.tried:
            pieces = wrap(self.tried["error"], max(30, self.size.width - 6))
            items = [_note(f"error:{n}", piece, visuals.WARN) for n, piece in enumerate(pieces)]
            if self.tried.get("local"):
                items.append(_row(ALLOW, _("⏎ allow this address of the local network and try again")))
            if self.tried.get("moved_to"):
                host = links.host(self.tried["moved_to"])
                items.append(_row(MOVE, _("⏎ accept the new address and try it: {host}").format(host=host)))
            if self.tried.get("can_probe"):
                items.append(_row(PROBE, _("⏎ watch only whether this address answers")))
            return items
        return [*self._seen(), *self._choices(), *self._parts()]

    def _seen(self) -> list[Item[AddRow]]:
        found = self.tried["found"]
        glyph, word, colour = visuals.STATES[State(found["state"])]
        state = Content.assemble((f" {glyph} ", colour), (found["page"] or self.tried["name"], "bold"))
        where = f"{self.tried['engine']} · {links.host(self.tried['url'])} "
        line = state + Content.styled(f" {_(word)}", colour)
        items = [Item("seen", AddRow(line, Content.styled(where, visuals.MUTED)), heading=True)]
        if found.get("limit"):
            items.append(_note("limit", f" ! {found['limit']}", visuals.WARN))
        items += [
            _note(f"incident:{n}", f"   {each['title']}") for n, each in enumerate(found["incidents"][:3])
        ]
        return items + [
            _note(f"warning:{n}", f" ! {text}", visuals.WARN) for n, text in enumerate(found["warnings"][:3])
        ]

    def _choices(self) -> list[Item[AddRow]]:
        return [
            _row(SAVE, _("⏎ write it into the configuration")),
            _row(NAME, _("Name"), self.name_chosen),
            _row(CRITICALITY, _("How much it matters"), _(_CRITICALITIES[self.criticality])),
            _row(PROVIDER, _("Provider of the register"), self.provider_chosen or "—"),
        ]

    def _parts(self) -> list[Item[AddRow]]:
        parts = self.tried["found"]["components"]
        if not parts:
            return []
        title = _("Components that matter (none chosen: the page as a whole)")
        items = [Item("parts", AddRow(Content.styled(f"── {title}", visuals.MUTED)), heading=True)]
        for part in parts:
            glyph, word, colour = visuals.STATES[State(part["state"])]
            mark = "☒" if part["name"] in self.watched else "☐"
            right = Content.styled(f"{glyph} {_(word)} ", colour)
            items.append(Item(f"part:{part['name']}", AddRow(Content(f" {mark} {part['name']}"), right)))
        return items

    @staticmethod
    def _paint(data: AddRow, width: int) -> list[Content]:
        return [visuals.spread(width, data.left, data.right)]


def _row(key: str, text: str, value: str = "") -> Item[AddRow]:
    style = "bold $accent" if key in (SAVE, ALLOW, MOVE, PROBE) else ""
    return Item(key, AddRow(Content.styled(f" {text}", style), Content.styled(f"{value} ", "bold")))


def _note(key: str, text: str, style: str = "") -> Item[AddRow]:
    return Item(key, AddRow(Content.styled(f" {text}", style)), heading=True)
