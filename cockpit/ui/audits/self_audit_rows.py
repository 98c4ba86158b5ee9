"""The rows of the self-audit: the functions to keep, then the map, the zones and the next entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from cockpit.domain.audits.self_audit import Advice, AuditedPart, SelfAuditProgress
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.function import MODES
from cockpit.locale import N_, _, ngettext
from cockpit.services.audits import self_audit_view
from cockpit.services.audits.self_audit import EndedSelfAudit
from cockpit.services.audits.self_audit_view import Result
from cockpit.ui.kit import visuals
from cockpit.ui.widgets.rows import Item

MODE_WIDTH, CRITICAL_WIDTH, OWNER_WIDTH = 15, 8, 18
_ABOUT: Mapping[str, str] = {
    "backup": N_("Somebody else, who knows it and has the accesses. Yes asks for the name."),
    "written": N_("A document that somebody else could follow, where you can open it."),
    "two_weeks": N_("You are away and cannot be reached: would the work of two weeks be done?"),
    "notice": N_("A signed contract, and the last day on which notice can be given."),
    "access": N_("If the one who holds the passwords is gone tomorrow, does somebody get in?"),
    "decider": N_("Up to some amount somebody decides without you, and everybody knows who."),
    "cost": N_("Invoices, your own time and that of others, tools, what is done twice."),
}


@dataclass(frozen=True)
class Columns:
    """The heading of the list of functions."""


@dataclass(frozen=True)
class ResultLine:
    """A line of the result, with its symbol and colour."""

    glyph: str
    colour: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class ResultLink:
    """The line whose Enter ends it."""

    text: str


@dataclass(frozen=True)
class Next:
    """An entry that Enter begins."""

    advice: Advice
    text: str
    number: int


def about(question: str) -> str:
    """What an answer to it relies on."""
    return _(_ABOUT[question])


def result_items(
    found: Result, progress: SelfAuditProgress, ended: EndedSelfAudit | None, names: Mapping[str, str]
) -> list[Item[Any]]:
    """The end first, then what it comes to."""
    n = len(progress.kept)
    if ended is None:
        said = ngettext("⏎ ends the self-audit and writes {n} function",
                        "⏎ ends the self-audit and writes {n} functions", n).format(n=n)  # fmt: skip
    else:
        said = _("{code} is written: ⏎ below opens the next entry, esc closes").format(code=ended.code)
    items: list[Item[Any]] = [Item("end", ResultLink(said)), *_map(found, names)]
    items.append(Item("zones", _("Zones of dependency, worst first"), heading=True))
    for zone in found.zones:
        title, why = self_audit_view.zone_text(found, zone, names)
        items.append(Item(f"zone:{zone.key}", ResultLine("▲", visuals.WARN, title, why)))
    if not found.zones:
        items.append(Item("zones:none", ResultLine("✓", visuals.GOOD, _("none was found")), heading=True))
    items.append(Item("next", _("The most useful next entries"), heading=True))
    for number, each in enumerate(found.advice, 1):
        text = self_audit_view.advice_text(found, each)
        items.append(Item(f"next:{each.register}:{each.key}", Next(each, text, number)))
    if found.comparison is not None:
        items.append(Item("since", _("Since {day}").format(day=found.before), heading=True))
        lines = self_audit_view.difference(found) or [_("nothing has changed")]
        items += [Item(f"since:{at}", ResultLine("", "", line)) for at, line in enumerate(lines)]
    return items


def _map(found: Result, names: Mapping[str, str]) -> list[Item[Any]]:
    items: list[Item[Any]] = []
    for mode, word in MODES.items():
        mine = [part for part in found.parts if part.mode == mode]
        if mine:
            items.append(Item(f"mode:{mode}", f"{_(word).capitalize()} · {len(mine)}", heading=True))
        for part in mine:
            line = self_audit_view.map_line(part, names)
            items.append(Item(f"map:{part.key}", ResultLine("●", visuals.MUTED, line)))
    return items


def draw(data: object, width: int, names: Mapping[str, str]) -> Content:
    """One row in one line."""
    match data:
        case AuditedPart():
            return _function(data, width, names)
        case Columns():
            return _columns(width)
        case ResultLink():
            return Content.styled(f" ▸ {data.text}", "bold $accent")
        case Next():
            return Content.assemble((f"  {data.number} ", "$accent"), data.text)
        case ResultLine():
            left = Content.assemble((f"  {data.glyph} ", data.colour), data.text)
            return left + Content.styled(f" · {data.note}", visuals.MUTED) if data.note else left
    return Content.styled(f" ── {data} ", "bold")


def _columns(width: int) -> Content:
    name = Content.styled("   " + _("Function"), "bold").truncate(_name(width), pad=True)
    cells = ((_("Mode"), MODE_WIDTH), (_("Crit."), CRITICAL_WIDTH), (_("Owner (⏎)"), OWNER_WIDTH))
    return name + Content("").join(
        Content.styled(text, "bold").truncate(room, pad=True) for text, room in cells
    )


def _function(part: AuditedPart, width: int, names: Mapping[str, str]) -> Content:
    style = "" if part.kept else f"{visuals.MUTED} strike"
    mark = Content.styled(" ✓ ", visuals.GOOD) if part.kept else Content.styled(" – ", visuals.MUTED)
    core = Content.styled(" ◆", "$accent") if part.core else Content("")
    name = (mark + Content.styled(part.name, style) + core).truncate(_name(width), ellipsis=True, pad=True)
    if not part.kept:
        return name + Content.styled(_("left out"), visuals.MUTED)
    owner = names.get(part.owner, part.owner)
    shown = Content(owner) if owner else Content.styled("—", visuals.MUTED)
    return (
        name
        + Content(_(MODES[part.mode])).truncate(MODE_WIDTH, pad=True)
        + Content(f"{part.criticality}/4").truncate(CRITICAL_WIDTH, pad=True)
        + shown.truncate(OWNER_WIDTH, ellipsis=True)
    )


def _name(width: int) -> int:
    return max(16, width - MODE_WIDTH - CRITICAL_WIDTH - OWNER_WIDTH)
