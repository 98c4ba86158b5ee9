"""A figure as a row, its thirteen periods in a table, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.figures.scorecard import FigureCell, FigureVerdict
from cockpit.locale import _
from cockpit.services.desk import as_json, forms
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.figures.scorecard import VERDICTS, FigureLine, amount, period_name, target_in_words

SIGNS: Mapping[FigureVerdict, tuple[str, Role]] = {
    FigureVerdict.KEPT: ("●", Role.GOOD),
    FigureVerdict.RED: ("■", Role.BAD),
    FigureVerdict.WATCHED: ("○", Role.QUIET),
    FigureVerdict.MISSING: ("·", Role.QUIET),
}
TRENDS = {-1: "↘", 0: "→", 1: "↗"}


def figure(line: FigureLine, names: Mapping[str, str]) -> Row:
    """`■ Cash   142 000 € ↘ red`, then its target, its owner, the value that is late and why it is red."""
    record, found = line.record, line.figures
    sign, role = SIGNS[line.verdict]
    latest = found.latest
    left = (Piece(f"{sign} ", role), Piece(record.name, Role.STRONG))
    right = [Piece(amount(record, latest.value if latest else None), role)]
    if latest:
        right.append(Piece(f" {TRENDS[found.trend]} ", Role.QUIET))
        right.append(Piece(period_name(latest.period, record.cadence), Role.QUIET))
    right.append(Piece(f"  {_(VERDICTS[line.verdict])}", role))
    facts = [Piece(target_in_words(record) or _("no target"), Role.QUIET)]
    owner = names.get(record.owner, record.owner)
    facts += [Piece(owner)] if owner else []
    if found.late is not None:
        late = _("{period} did not come").format(period=period_name(found.late, record.cadence))
        facts.append(Piece(late, Role.WATCH))
    facts += [Piece(latest.note)] if latest and latest.note and latest.verdict is FigureVerdict.RED else []
    return Row(left, tuple(right), tuple(facts), record.code)


def in_words(line: FigureLine) -> str:
    """`Cash 142 000 € in W48, at least 150 000 € is expected`: what a blocker about it is called."""
    latest, wanted = line.figures.latest, target_in_words(line.record)
    if latest is None:
        return line.record.name
    said = _("{name}: {value} in {period}").format(
        name=line.record.name, value=amount(line.record, latest.value),
        period=period_name(latest.period, line.record.cadence),
    )  # fmt: skip
    return _("{said}, {wanted} is expected").format(said=said, wanted=wanted) if wanted else said


def count(every: int, red: int) -> str:
    """`2 red of 7`; empty for none."""
    return _("{red} red of {n}").format(red=red, n=every) if every else ""


def cell(each: FigureCell) -> Piece:
    """One period in a table: a red value has its sign, a missing one a dot."""
    if each.value is None:
        return Piece("·", Role.QUIET)
    sign, role = SIGNS[each.verdict]
    said = short(each.value)
    return Piece(f"{sign}{said}" if each.verdict is FigureVerdict.RED else said, role)


def short(value: float) -> str:
    """A number in at most six characters: `1,8M`, `182k`, `12,5`."""
    for size, sign in ((1_000_000_000, "G"), (1_000_000, "M"), (10_000, "k")):
        if abs(value) >= size:
            scaled = value / (1000 if sign == "k" else size)
            return forms.decimal(round(scaled, 1 if abs(scaled) < 100 else 0)) + sign
    return forms.decimal(round(value, 1 if abs(value) < 1000 else 0)).replace(" ", "")


def to_json(line: FigureLine) -> dict[str, object]:
    """With stable keys: numbers as they are kept, periods by their first day."""
    record, found = line.record, line.figures
    return {
        "code": record.code, "name": record.name, "unit": record.unit, "owner": record.owner or None,
        "source": record.source, "cadence": record.cadence, "aim": record.aim, "target": record.target,
        "ceiling": record.ceiling, "state": line.verdict.value, "trend": found.trend,
        "late": as_json.plain(found.late),
        "values": [
            {"period": each.period.isoformat(), "value": each.value, "state": each.verdict.value,
             "note": each.note or None}
            for each in found.cells
        ],
    }  # fmt: skip
