"""Chapters 6 and 7: what may go wrong, and what is ready when a function stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cockpit.domain.documents.publication import ChapterPart, DataTable, Passage, ToComplete
from cockpit.domain.organisation import readiness as ready
from cockpit.domain.organisation import risk_matrix as rules
from cockpit.domain.registers.risk import Risk
from cockpit.locale import _
from cockpit.services.documents.sale_file.source import SaleSource, few
from cockpit.services.documents.sale_file.telling import Telling, label
from cockpit.services.organisation import continuity, restore_words, risks
from cockpit.store.state import restore_drills


def risk_map(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Risks gross and net, the worst first, with what is done about them."""
    found = _risks(source)
    if not found:
        return
    net = Counter(rules.zone(cell) for each in found if (cell := rules.net(each)) is not None)
    said = " · ".join(
        f"{glyph} {_(word)} {net[zone]}" for zone, (glyph, word) in reversed(list(risks.ZONES.items()))
    )
    yield Passage(_("Net, with the measures: {zones}").format(zones=said))
    yield DataTable(
        "risks", _("Risks"),
        (_("Risk"), _("Ref."), _("Kind"), _("Function"), _("Provider"), _("Gross"), _("Net"),
         _("Measures taken"), _("Owner"),
         _("Review due")),
        tuple(
            (
                telling.title(each), telling.reference(each), label("risk", "kind", each.kind),
                telling.function(each.function), telling.provider(each.provider), _cell(rules.gross(each)),
                _cell(rules.net(each)),
                telling.words(each.measures) or (_("yes") if each.measures else _("none")),
                telling.person(each.owner), telling.day(each.review_on),
            )
            for each in found
        ),
        source=_("register of risks; likelihood × impact, 1 to 25"),
    )  # fmt: skip


def _risks(source: SaleSource) -> tuple[Risk, ...]:
    return tuple(each for each in source.risks.risks if not source.workspace.hides(each))


def _cell(cell: rules.RiskCell | None) -> str | None:
    if cell is None:
        return None
    glyph, word = risks.ZONES[rules.zone(cell)]
    return f"{glyph} {_(word)} {rules.weight(cell)} ({cell[0]}×{cell[1]})"


def risk_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Functions never assessed, risks without an owner, danger without a measure."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    if not _risks(source) and not source.risks.held_back:
        yield ToComplete(_("the risks: none is written down"), chief, due, "cockpit risks")
        return
    missing = sorted(source.risks.not_assessed, key=lambda each: (each.mode == "internal", -each.criticality))
    yield from few(
        [
            ToComplete(
                _("{function}: its risks, never assessed").format(function=telling.function(each.code)),
                telling.person(each.owner) or chief, source.wanted(), each.code,
            )
            for each in missing if not source.workspace.hides(each)
        ],
        "cockpit risks",
    )  # fmt: skip
    for each in _risks(source):
        if not each.owner:
            yield ToComplete(
                _("{name}: who owns this risk").format(name=telling.title(each)), chief, due, each.code
            )
        cell = rules.net(each)
        if cell is not None and rules.zone(cell) == rules.DANGER and not each.measures:
            yield ToComplete(
                _("{name}: in danger, without a measure").format(name=telling.title(each)),
                telling.person(each.owner) or chief, source.wanted(each.review_on), each.code,
            )  # fmt: skip


def recovery(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """For each function its plan, who takes over, the last drill against the time allowed."""
    if not source.readiness:
        return
    yield Passage(continuity.summary(source.readiness))
    rows = []
    for each in source.readiness:
        glyph, word = each.sign
        drill = each.drill
        rows.append((
            telling.function(each.function.code), f"{each.function.criticality}/4", f"{glyph} {_(word)}",
            telling.title(each.plan) if each.plan and not source.workspace.hides(each.plan) else None,
            label("continuity", "scenario", each.plan.scenario) if each.plan else None,
            telling.party(each.plan.backup) if each.plan else None, each.allowed,
            telling.day(drill.held_on) if drill else None, drill.measured_hours if drill else None,
            label("drill", "verdict", drill.verdict) if drill else None,
        ))  # fmt: skip
    yield DataTable(
        "continuity", _("Continuity"),
        (_("Function"), _("Criticality"), _("State"), _("Plan"), _("Scenario"), _("Backup"),
         _("Hours allowed"), _("Last drill"),
         _("Hours measured"), _("Verdict")),
        tuple(rows), source=_("continuity plans and drills"),
    )  # fmt: skip
    # Why one could not be restored may name places of this machine: the alert and the doctor say it.
    tried = [each for each in restore_drills.last(source.workspace.conn) if not each.fault]
    if tried:
        said = "; ".join(restore_words.in_words(each) for each in tried)
        yield Passage(
            _("The copies of this very register were restored for a trial. {said}.").format(said=said)
        )


def recovery_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Critical functions that no fresh drill proves."""
    chief = telling.person(source.workspace.chief)
    if not any(each.plan for each in source.readiness):
        yield ToComplete(
            _("the continuity plans: none is written down"), chief, source.wanted(), "cockpit continuity"
        )
        return
    found = []
    for each in source.readiness:
        if not each.is_critical or each.state in (ready.READY, continuity.HELD_BACK):
            continue
        said = _(continuity.STATES[each.state][1])
        review = each.plan.review_on if each.plan else None
        ahead = review if review is not None and review >= source.today else None
        found.append(ToComplete(
            _("{name}: {value}").format(name=telling.function(each.function.code), value=said),
            telling.person((each.plan.owner if each.plan else "") or each.function.owner) or chief,
            source.wanted(ahead), each.plan.code if each.plan else each.function.code,
        ))  # fmt: skip
    yield from few(found, "cockpit continuity")
