"""The risk map: where each risk stands gross and net, and which functions were never assessed."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import risk_matrix as rules
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.risk import Risk
from cockpit.locale import N_, _
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace

ZONES: Mapping[str, tuple[str, str]] = {
    rules.LOW: ("●", N_("low")),
    rules.WATCH: ("▲", N_("watch")),
    rules.CONTROL: ("◆", N_("control")),
    rules.DANGER: ("■", N_("danger")),
}
"""Sign and word of each zone."""
GROSS, NET = "gross", "net"
_GROSS_AT, _WORD = 90, 8
"""Cells from which a row says what was before the measures; cells of the word of a zone."""
SIDES: Mapping[str, str] = {GROSS: N_("Gross: before measures"), NET: N_("Net: with measures")}
SHORT: Mapping[str, str] = {GROSS: N_("Gross"), NET: N_("Net")}


@dataclass(frozen=True)
class RiskMap:
    """Every risk, and what nobody judged."""

    risks: tuple[Risk, ...]
    """The worst first."""
    not_assessed: tuple[Function, ...]
    """Functions without a single judged risk: not known, never fine."""
    names: Mapping[str, str]
    held_back: bool = False
    """Whether some risks are above the level of the room: then nothing is said of what was never assessed."""

    def at(self, side: str, cell: rules.RiskCell) -> tuple[Risk, ...]:
        """The risks behind a cell of the GROSS or the NET matrix."""
        where = rules.gross if side == GROSS else rules.net
        return tuple(risk for risk in self.risks if where(risk) == cell)

    def about(self, risk: Risk) -> str:
        """The function and the provider that a risk is about, by name."""
        return " · ".join(self.names.get(code, code) for code in (risk.function, risk.provider) if code)


def risk_map(workspace: Workspace) -> RiskMap:
    """The risks that are stored, the worst first."""
    risks = rules.by_weight(workspace.select(Risk, "risk", "archived_at IS NULL"))
    judged = {risk.function for risk in risks if rules.net(risk) is not None}
    functions = workspace.select(
        Function, "function", "archived_at IS NULL ORDER BY criticality DESC, number"
    )
    held_back = workspace.holds_back("risk")
    missing = () if held_back else tuple(each for each in functions if each.code not in judged)
    return RiskMap(tuple(risks), missing, workspace.names(), held_back)


def placed(risk: Risk) -> str:
    """`■ danger 20 → ▲ watch 8`: gross, then net; one of them where both are the same."""
    return "".join(piece.text for piece in _placed(risk))


def _placed(risk: Risk) -> tuple[Piece, ...]:
    """Only what is left of the risk has a colour: its sign, and its word where somebody has to act."""
    gross, net = rules.gross(risk), rules.net(risk)
    last = net or gross
    if last is None:
        return (Piece(_("not judged"), Role.QUIET),)
    zone = rules.zone(last)
    glyph, word = ZONES[zone]
    before = f"{_shown(gross)} → " if gross and net and gross != net else ""
    said, weight = _(word), rules.weight(last)
    calm = zone in (rules.LOW, rules.WATCH)
    return (
        Piece(before, Role.QUIET, at=_GROSS_AT),
        Piece(glyph, ROLES[zone]),
        Piece(
            f" {said} {weight}", Role.QUIET if calm else ROLES[zone], drawn=f" {said:<{_WORD}} {weight:>2}"
        ),
    )


def _shown(cell: rules.RiskCell) -> str:
    glyph, word = ZONES[rules.zone(cell)]
    said = _(word)
    return f"{glyph} {said} {rules.weight(cell)}"


ROLES: Mapping[str, Role] = {
    rules.LOW: Role.QUIET,
    rules.WATCH: Role.WATCH,
    rules.CONTROL: Role.PRESSING,
    rules.DANGER: Role.BAD,
}
"""What each zone is there for: one scale, from what is quiet to what is red."""


def row(found: RiskMap, risk: Risk) -> Row:
    """A risk, whom it is about, and where it stands."""
    about, owner = found.about(risk), found.names.get(risk.owner, risk.owner)
    return Row(
        (
            Piece(f"{risk.code:<6} ", Role.QUIET),
            Piece(risk.name),
            Piece(f" · {about}" if about else "", Role.QUIET),
            Piece(" · ", Role.QUIET),
            Piece(owner or _("no owner"), Role.QUIET if owner else Role.WATCH),
        ),
        _placed(risk),
    )


def lines(found: RiskMap) -> list[str]:
    """Both matrices and the list, as text."""
    if not found.risks:
        text = [_("No risk yet: what may go wrong, for which function, how likely, how bad.")]
        return [*text, *_grey(found)]
    text = []
    for side, title in SIDES.items():
        text += [_(title), *_matrix(found, side), ""]
    text += [row(found, risk).printed for risk in found.risks]
    return [*text, *_grey(found)]


def _matrix(found: RiskMap, side: str) -> list[str]:
    text = []
    for likelihood in range(rules.SIDE, 0, -1):
        cells = []
        for impact in range(1, rules.SIDE + 1):
            glyph = ZONES[rules.zone((likelihood, impact))][0]
            count = len(found.at(side, (likelihood, impact)))
            cells.append(f"{glyph}{count or '·'}")
        text.append(f"  {likelihood} │ " + "  ".join(f"{cell:<3}" for cell in cells).rstrip())
    return [*text, "    └─" + "─────" * rules.SIDE, "      " + "  ".join(f"{n:<3}" for n in range(1, 6)).rstrip(),
            "      " + axes()]  # fmt: skip


def axes() -> str:
    """What the two axes are, and the signs of the zones."""
    signs = [f"{glyph} {_(word)}" for glyph, word in ZONES.values()]
    return _("up: likelihood, across: impact") + " · " + " ".join(signs)


def held_back_words() -> str:
    """Why nothing is told of what was never assessed."""
    return _("some risks are above this level: what was never assessed is not told")


def _grey(found: RiskMap) -> list[str]:
    if found.held_back:
        return ["", "? " + held_back_words()]
    if not found.not_assessed:
        return []
    names = ", ".join(each.name for each in found.not_assessed)
    return ["", "? " + _("never assessed: {names}").format(names=names)]


def to_json(found: RiskMap) -> dict[str, object]:
    """With stable keys."""
    return {
        "risks": [
            {
                "code": risk.code, "name": risk.name, "kind": risk.kind,
                "function": found.names.get(risk.function, risk.function) or None,
                "provider": found.names.get(risk.provider, risk.provider) or None,
                "gross": rules.gross(risk), "net": rules.net(risk),
                "zone": rules.zone(cell) if (cell := rules.net(risk)) else None,
                "owner": found.names.get(risk.owner, risk.owner),
            }
            for risk in found.risks
        ],
        "not_assessed": None if found.held_back else [each.name for each in found.not_assessed],
    }  # fmt: skip
