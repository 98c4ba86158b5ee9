"""The organisation as styled text: functions, flows, risks, continuity, contracts, RACI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from cockpit.domain.organisation import readiness, risk_matrix
from cockpit.domain.organisation.flows import Flow, FlowCell, FlowPulse
from cockpit.domain.organisation.what_if import Break
from cockpit.domain.registers.risk import Risk
from cockpit.locale import _
from cockpit.services.organisation import continuity, contract_timeline, flows, function_map, risks, what_if
from cockpit.services.organisation.continuity import Readiness
from cockpit.services.organisation.contract_timeline import ContractDay, ContractLine, ContractTimeline
from cockpit.services.organisation.function_map import FunctionCard
from cockpit.services.organisation.risks import RiskMap
from cockpit.services.organisation.what_if import WhatIfGone
from cockpit.ui.kit.visuals import BAD, GOOD, MUTED, WARN, spread

HEALTH: Mapping[str, str] = {
    function_map.TROUBLE: BAD,
    function_map.WATCH: WARN,
    function_map.CALM: GOOD,
    function_map.UNKNOWN: MUTED,
}
PULSES: Mapping[FlowPulse, str] = {
    FlowPulse.KEPT: GOOD,
    FlowPulse.LATE: WARN,
    FlowPulse.SILENT: BAD,
    FlowPulse.UNKNOWN: MUTED,
}
ZONES: Mapping[str, str] = {
    risk_matrix.LOW: GOOD,
    risk_matrix.WATCH: WARN,
    risk_matrix.CONTROL: "$secondary",
    risk_matrix.DANGER: BAD,
}
_READY: Mapping[str, str] = {"●": GOOD, "▲": WARN, "■": BAD, "?": MUTED}
DAYS: Mapping[str, str] = {
    contract_timeline.NOTICE: BAD,
    contract_timeline.RENEWAL: "$primary",
    contract_timeline.TERM: WARN,
    contract_timeline.CERTIFICATE: "$secondary",
}


def card(item: FunctionCard, width: int) -> list[Content]:
    """A function in three lines: how it is and how critical, who carries it, what is open."""
    record, colour = item.record, HEALTH[item.health]
    bars = Content.styled("▮" * record.criticality + "▯" * (4 - record.criticality), MUTED)
    core = Content.styled(f" {function_map.CORE}", "$accent") if record.core_value else Content("")
    first = (
        Content.assemble((f"{function_map.HEALTH[item.health][0]} ", colour), (record.name, "bold")) + core
    )
    owner = Content.styled(item.owner or _("no owner"), "" if item.owner else WARN)
    backup = Content.styled(item.backup or _("no backup"), MUTED if item.backup else WARN)
    providers = (
        Content.styled(" · " + ", ".join(item.providers), "$secondary") if item.providers else Content("")
    )
    return [
        spread(width, first, bars),
        Content("  ") + owner + Content.styled(" → ", MUTED) + backup,
        Content("  ") + Content.styled(item.said, colour) + providers,
    ]


def flow(item: Flow, arrow: str, other: str, width: int, today: date) -> Content:
    """`← Paie+ · payroll variables · e-mail        ● kept · every 30 d`."""
    glyph = flows.PULSES[item.pulse][0]
    left = Content.assemble(
        (f" {arrow} " if arrow else " ", "bold $accent"), (other, "bold"), (" · ", MUTED), item.record.name
    )
    if item.record.channel:
        left += Content.styled(f" · {item.record.channel}", MUTED)
    right = Content.styled(f"{glyph} {flows.words(item, today)}", PULSES[item.pulse])
    if item.is_grey:
        right = Content.styled(f"{flows.GREY} ", WARN) + right
    return spread(width, left, right)


def undeclared(cell: FlowCell, ends: str, width: int) -> Content:
    """An exchange that nobody declared."""
    left = Content.assemble((f" {flows.GREY * 2} ", WARN), (ends, "bold"))
    return spread(width, left, Content.styled(flows.undeclared(cell), WARN))


def cell(item: FlowCell) -> Content:
    """The two signs of a pair."""
    text = flows.sign(item)
    if not item.flows:
        return Content.styled(text, WARN)
    return Content.styled(text[0], PULSES[item.pulse]) + Content.styled(
        text[1], WARN if item.is_grey else GOOD
    )


def risk_cell(where: risk_matrix.RiskCell, codes: Sequence[str], width: int, height: int) -> Content:
    """The sign of a zone and how many risks stand there; their codes where there is room for them."""
    zone = risk_matrix.zone(where)
    colour = ZONES[zone]
    style = f"bold {colour} on {colour} 25%" if codes else f"{colour} 60% on {colour} 8%"
    lines = [f" {risks.ZONES[zone][0]} {len(codes) or ''}"]
    lines += [" " + (codes[line] if line < len(codes) else "") for line in range(height - 1)]
    if len(codes) > height - 1 > 0:
        lines[-1] += "…"
    return Content("\n").join(Content.styled(text.ljust(width)[:width], style) for text in lines)


def risk(found: RiskMap, item: Risk, width: int) -> Content:
    """A risk, whom it is about, and where it stands."""
    left = Content.assemble((f" {item.code:<6} ", "$accent"), (item.name, "bold"))
    about = found.about(item)
    if about:
        left += Content.styled(f" · {about}", MUTED)
    owner = found.names.get(item.owner, item.owner)
    left += Content.styled(" · ", MUTED) + Content.styled(owner or _("no owner"), MUTED if owner else WARN)
    where = risk_matrix.net(item)
    return spread(
        width, left, Content.styled(risks.placed(item), ZONES[risk_matrix.zone(where)] if where else MUTED)
    )


def ready(item: Readiness, width: int) -> list[Content]:
    """A function, how ready it is; its plan and the proof."""
    glyph, word = item.sign
    colour = _READY[glyph]
    first = Content.assemble((f" {glyph} ", colour), (item.function.name, "bold" if item.is_critical else ""))
    first += Content.styled(
        "  " + "▮" * item.function.criticality + "▯" * (4 - item.function.criticality), MUTED
    )
    gone = item.state in (readiness.NO_PLAN, readiness.NO_BACKUP) and item.is_critical
    plan = Content.styled(continuity.plan_words(item), BAD if gone else "" if item.plan else MUTED)
    return [
        spread(width, first, Content.styled(_(word), colour)),
        spread(width, Content("     ") + plan, Content.styled(continuity.proof(item), MUTED)),
    ]


def broken(found: WhatIfGone, item: Break, width: int) -> Content:
    """What would break, why, and what is ready."""
    glyph = what_if.sign(item)
    left = Content.assemble(
        (f" {glyph} ", _READY[glyph]), (f"{item.code:<6} ", "$accent"), (item.name, "bold" if item.critical else ""),
        (f" · {what_if.why(item)}", MUTED),
    )  # fmt: skip
    return spread(width, left, Content.styled(found.ready_words(item), GOOD if item.ready else _READY[glyph]))


def months(found: ContractTimeline, label: int, cell_width: int) -> Content:
    """The second line of the head: the letter of each month."""
    shown = Content(" " * label)
    letters = contract_timeline.month_letters(found)
    for letter, first in zip(letters, contract_timeline.months(found), strict=True):
        shown += Content.styled(letter.ljust(cell_width), "bold" if first.month == 1 else MUTED)
    return shown


def contract(found: ContractTimeline, item: ContractLine, label: int, cell_width: int, width: int) -> Content:
    """A contract: its name, then a sign for each month, then the next day."""
    name = Content.assemble((f" {item.contract.name}", "bold"), (f" {item.provider}", MUTED))
    shown = name.truncate(label - 1, ellipsis=True, pad=True) + " "
    letters = {contract_timeline.letter(kind): colour for kind, colour in DAYS.items()}
    for sign in contract_timeline.bar(found, item):
        style = f"bold {letters[sign]}" if sign in letters else MUTED
        fill = sign if sign == "─" else " "
        shown += Content.styled(sign, style) + Content.styled(fill * (cell_width - 1), MUTED)
    if item.next is None:
        return shown
    urgent = (item.next.on - found.today).days <= contract_timeline.SOON_DAYS
    note = Content.styled(contract_timeline.in_days(item.next.on, found.today), BAD if urgent else MUTED)
    return spread(width, shown, note) if shown.cell_length + note.cell_length < width else shown


def contract_day(found: ContractTimeline, item: ContractDay, provider: str, width: int) -> Content:
    """A day of the timeline, in words."""
    left = (item.on - found.today).days
    colour = BAD if left <= contract_timeline.SOON_DAYS else WARN if left <= 90 else MUTED
    when = Content.styled(f" {contract_timeline.in_days(item.on, found.today):>11} ", colour)
    letter = Content.styled(f"{contract_timeline.letter(item.kind)} ", f"bold {DAYS[item.kind]}")
    subject = Content.assemble((item.contract.name, "bold"), (f" · {provider}", MUTED), f" · {item.words}")
    return spread(width, when + letter + subject, Content.styled(contract_timeline.day_words(item.on), MUTED))
