"""Every key, by job: those of this place first, why one is off now; narrowed as one types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold
from cockpit.locale import _, ngettext
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Offered
from cockpit.ui.kit.keys import printed
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows

TWO_COLUMNS = 96
"""Cells of a terminal from which two columns can be read."""
_KEYS = 9
_WHY = 60
"""Cells of a column from which it says why a key is off; else that is read under the columns."""


@dataclass(frozen=True)
class KeyLine:
    """What some keys do, said once for all of them."""

    keys: str
    title: str
    help: str
    why_not: str


class HelpScreen(OverPlace[None]):
    """What works here in the first column, everything else in the second; letters filter, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f8,question_mark", "dismiss", show=False),
        Binding("tab,shift+tab,left,right", "other", show=False),
        Binding("backspace", "shorten", show=False),
    ]

    def __init__(self, offered: Sequence[Offered], jobs: Mapping[str, str]) -> None:
        """`jobs` says what each action belongs to, by its id."""
        super().__init__()
        self.offered, self.jobs = offered, jobs
        self.typed = ""

    def compose(self) -> ComposeResult:
        """One column or two, and the whole sentence of the line under the cursor."""
        with Vertical(id="help"):
            with Horizontal():
                yield Rows(_paint, id="here", empty=_nothing)
                if self.app.size.width >= TWO_COLUMNS:
                    yield Rows(_paint, id="there", empty=_nothing)
            yield Panel(self._told, id="told")

    def on_mount(self) -> None:
        """All of them."""
        box = self.query_one("#help")
        box.border_title = Content(_("Keys"))
        box.border_subtitle = Content(_("type to filter · ⇥ other column · esc closes · ^p any action"))
        self._show()
        self.query_one("#here", Rows).focus()

    def on_key(self, event: events.Key) -> None:
        """What is typed narrows the lines."""
        if event.character is not None and event.is_printable and event.key != "question_mark":
            self.typed += event.character
            event.stop()
            self._show()

    def action_shorten(self) -> None:
        """One letter less."""
        self.typed = self.typed[:-1]
        self._show()

    def action_leave(self) -> None:
        """All lines again; where nothing is typed, back."""
        if self.typed:
            self.typed = ""
            self._show()
        else:
            self.dismiss()

    def action_other(self) -> None:
        """The other column."""
        lists = [rows for rows in self.query(Rows) if rows is not self.focused]
        if lists:
            lists[0].focus()

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.query_one("#told", Panel).refresh()

    def on_descendant_focus(self) -> None:
        """Another line is under the cursor."""
        self.query_one("#told", Panel).refresh()

    def _show(self) -> None:
        wanted = [each for each in self.offered if each.keys and self._fits(each)]
        here = [each for each in wanted if each.works and not each.everywhere]
        everywhere = [each for each in wanted if each.everywhere]
        others = [each for each in wanted if not each.works and not each.everywhere]
        columns = {
            "here": [*self._grouped(here, "here"), *(self._moving() if not self.typed else ())],
            "there": [*self._grouped(everywhere, "there"), *self._grouped(others, "others")],
        }
        if not self.query("#there"):
            columns = {"here": [*columns["here"], *columns["there"]]}
        keyless = sum(not each.keys for each in self.offered)
        said = ngettext("{n} action without a key: ctrl+p", "{n} actions without a key: ctrl+p", keyless)
        for name, items in columns.items():
            rows = self.query_one(f"#{name}", Rows)
            rows.show(items)
            if rows.selected is not None and rows.selected.heading:
                rows.action_move(1)
        first, last = self.query_one("#here", Rows), self.query(Rows).last()
        first.entitle(Content(_("Keys of this place")), Content(self._filter()))
        if last is not first:
            last.entitle(Content(_("Everywhere, then on other rows")), Content(said.format(n=keyless)))
        self.query_one("#told", Panel).refresh()

    def _filter(self) -> str:
        return _("filter: {text}").format(text=self.typed) if self.typed else ""

    def _fits(self, each: Offered) -> bool:
        said = fold(
            f"{each.title} {each.help} {self.jobs.get(each.id, '')} {' '.join(map(printed, each.keys))}"
        )
        return all(word in said for word in fold(self.typed).split())

    def _grouped(self, offered: Iterable[Offered], column: str) -> Iterator[Item[KeyLine | str]]:
        """Under the name of each job; actions that are said in the same words are one line."""
        groups: dict[str, dict[tuple[str, str, str], list[Offered]]] = {}
        for each in offered:
            lines = groups.setdefault(self.jobs.get(each.id, ""), {})
            lines.setdefault((each.title, each.help, each.why_not), []).append(each)
        for job, lines in groups.items():
            yield Item(f"{column}:{job}", job, heading=True)
            for (title, help, why_not), same in lines.items():
                yield Item(same[0].id, KeyLine(_together(same), title, help, why_not))

    @staticmethod
    def _moving() -> Iterator[Item[KeyLine | str]]:
        yield Item("moving", _("Moving"), heading=True)
        words = _("Tab, Shift+Tab: next pane · arrows, PgUp, PgDn, Home, End: rows · Enter: open · Esc: back")
        for number, part in enumerate(words.split(" · ")):
            keys, _colon, what = part.rpartition(":")
            yield Item(f"moving:{number}", KeyLine(keys.strip(), what.strip(), what.strip(), ""))

    def _told(self, width: int) -> list[Content]:
        """The line under the cursor, whole: what is cut in a column is read here."""
        selected = self.focused.selected if isinstance(self.focused, Rows) else None
        if selected is None or not isinstance(selected.data, KeyLine):
            return []
        line = selected.data
        why = Content.styled(f" · {line.why_not}", visuals.WARN) if line.why_not else Content("")
        said = Content.assemble((f" {line.keys}  ", "bold $accent"), line.help) + why
        return said.wrap(max(10, width - 1))[:2]


def _together(same: Sequence[Offered]) -> str:
    """`x, f8`; of many that do the same, the first and the last: `1 … 8`."""
    if len(same) > 2:
        return f"{printed(same[0].keys[0])} … {printed(same[-1].keys[0])}"
    return ", ".join(dict.fromkeys(printed(key) for each in same for key in each.keys))


def _nothing() -> str:
    return _("No key does that: ctrl+p looks among all actions and records.")


def _paint(data: KeyLine | str, width: int) -> list[Content]:
    if isinstance(data, str):
        return [Content.styled(f"── {data} ".ljust(width, "─"), visuals.MUTED)]
    key = Content.styled(f" {data.keys}", visuals.MUTED if data.why_not else "bold $accent")
    told = data.why_not if width >= _WHY else ""
    why = Content.styled(f"{told} · ", visuals.WARN) if told else Content("")
    shown = key.truncate(_KEYS - 1, ellipsis=True, pad=True) + " " if key.cell_length < _KEYS else key + " "
    return [shown + why + Content.styled(data.help, visuals.MUTED if data.why_not else "")]
