"""What is new, as a row and as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.morning.news import WORSE
from cockpit.locale import _
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.morning.news_line import News
from cockpit.services.morning.words import WHY
from cockpit.services.work.rows import SEVERITY


def news(item: News, names: Mapping[str, str]) -> Row:
    """`■ B-5    Payslips: gaps           escalated  Sophie`; quiet once it was seen."""
    sign = Piece("✓ ", Role.QUIET) if item.seen else SEVERITY.get(item.severity, Piece("● ", Role.QUIET))
    title = Piece(item.title, Role.QUIET if item.seen else Role.PLAIN)
    who = names.get(item.actor, item.actor)
    why = ", ".join(_(WHY[reason]) for reason in item.why)
    why = ": ".join(filter(None, (why, item.note)))
    right = [Piece(why, Role.WATCH if item.group == WORSE else Role.QUIET)] if why else []
    right += [Piece(f"  {who}", Role.QUIET)] if who else []
    # A source that is read has a key and no code.
    code = item.code if ":" not in item.code else ""
    return Row((sign, Piece(code, Role.QUIET, column=7), title), tuple(right))


def to_json(item: News) -> dict[str, object]:
    """With stable keys."""
    return {
        "group": item.group, "code": item.code, "title": item.title, "why": list(item.why),
        "by": item.actor, "note": item.note, "seen": item.seen,
    }  # fmt: skip
