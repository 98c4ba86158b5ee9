"""The organisation as styled text: functions, flows, risks, continuity, contracts, RACI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from cockpit.domain.organisation import risk_matrix
from cockpit.domain.organisation.flows import FlowCell
from cockpit.domain.organisation.quality import Quality
from cockpit.locale import _
from cockpit.services.desk.row import Row
from cockpit.services.organisation import contract_timeline, feedback, flows, function_map, risks
from cockpit.services.organisation.contract_timeline import ContractLine, ContractTimeline
from cockpit.services.organisation.function_map import FunctionCard
from cockpit.ui.kit import painted
from cockpit.ui.kit.visuals import BAD, GOOD, MUTED, WARN, spread

HEALTH: Mapping[str, str] = {
    function_map.TROUBLE: BAD,
    function_map.WATCH: WARN,
    function_map.CALM: GOOD,
    function_map.UNKNOWN: MUTED,
}


_HEAT: Mapping[str, tuple[str, int]] = {
    risk_matrix.LOW: ("$foreground", 8),
    risk_matrix.WATCH: (WARN, 16),
    risk_matrix.CONTROL: (WARN, 36),
    risk_matrix.DANGER: (BAD, 42),
}
"""The ground of each zone: one scale of gravity, from grey over amber to red."""


def card(item: FunctionCard, width: int) -> list[Content]:
    """A function in three lines: how it is and how critical, who carries it, what is open."""
    record, colour = item.record, HEALTH[item.health]
    if item.health == function_map.CALM and not (item.owner and item.backup):
        # Nothing is open, and something is missing all the same.
        colour = MUTED
    said = colour if item.health in (function_map.TROUBLE, function_map.WATCH) else MUTED
    bars = Content.styled("▮" * record.criticality + "▯" * (4 - record.criticality), MUTED)
    core = Content.styled(f" {function_map.CORE}", "$accent") if record.core_value else Content("")
    first = Content.assemble((f"{function_map.HEALTH[item.health][0]} ", colour), record.name) + core
    owner = Content.styled(item.owner or _("no owner"), "" if item.owner else WARN)
    backup = Content.styled(item.backup or _("no backup"), MUTED if item.backup else WARN)
    providers = (
        Content.styled(" · " + ", ".join(item.providers), "$secondary") if item.providers else Content("")
    )
    return [
        spread(width, first, bars),
        Content("  ") + owner + Content.styled(" → ", MUTED) + backup,
        Content("  ") + Content.styled(item.said, said) + providers,
    ]


def cell(item: FlowCell, said: Quality | None) -> Content:
    """The signs of a pair: alive, grey, and the lower mark of its two sides."""
    text = flows.sign(item)
    if not item.flows:
        return Content.styled(text, MUTED)
    return Content.assemble(
        (text[0], painted.STYLES[flows.pulse_role(item.pulse, is_grey=item.is_grey)]), (text[1], MUTED),
        *(((flows.mark_sign(said), painted.STYLES[feedback.role(said)]),) if said is not None else ()),
    )  # fmt: skip


def risk_cell(where: risk_matrix.RiskCell, codes: Sequence[str], width: int, height: int) -> Content:
    """The sign of a zone and how many risks stand there; their codes where there is room for them."""
    zone = risk_matrix.zone(where)
    colour, shade = _HEAT[zone]
    style = (
        f"bold $foreground on {colour} {shade}%" if codes else f"$foreground 40% on {colour} {shade // 3}%"
    )
    lines = [f" {risks.ZONES[zone][0]} {len(codes) or ''}"]
    lines += [" " + (codes[line] if line < len(codes) else "") for line in range(height - 1)]
    if len(codes) > height - 1 > 0:
        lines[-1] += "…"
    return Content("\n").join(Content.styled(text.ljust(width)[:width], style) for text in lines)


def in_a_line(row: Row, width: int) -> Content:
    """A row of a list, one cell from the border."""
    return Content(" ") + painted.line(row, width - 1)


def months(found: ContractTimeline, label: int, cell_width: int) -> Content:
    """The second line of the head: the letter of each month."""
    shown = Content(" " * label)
    letters = contract_timeline.month_letters(found)
    for letter, first in zip(letters, contract_timeline.months(found), strict=True):
        shown += Content.styled(letter.ljust(cell_width), "bold" if first.month == 1 else MUTED)
    return shown


def contract(found: ContractTimeline, item: ContractLine, label: int, cell_width: int, width: int) -> Content:
    """A contract: its name, then a sign for each month, then the next day."""
    name = Content.assemble(f" {item.contract.name}", (f" {item.provider}", MUTED))
    shown = name.truncate(label - 1, ellipsis=True, pad=True) + " "
    for sign, role in contract_timeline.bar(found, item):
        fill = sign if sign == "─" else " "
        line = "$foreground 30%" if sign == "─" else painted.STYLES[role]
        shown += Content.styled(sign, line) + Content.styled(fill * (cell_width - 1), "$foreground 30%")
    if item.next is None:
        return shown
    role = contract_timeline.nearness(item.next, found.today)
    note = Content.styled(contract_timeline.in_days(item.next.on, found.today), painted.STYLES[role])
    return spread(width, shown, note) if shown.cell_length + note.cell_length < width else shown
