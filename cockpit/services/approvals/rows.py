"""An approval as a row, and as JSON; the times of approvers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from cockpit.domain.approvals.content import Wording
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.approval import APPROVED, ASKED, KINDS, REFUSED, STATES, WAITING
from cockpit.locale import N_, _, ngettext
from cockpit.services.approvals.queue import ApprovalLine, ApprovalQueue, ApproverTime
from cockpit.services.desk import as_json, dates, forms
from cockpit.services.desk.row import ROOMY, Heading, PagePart, Piece, Role, Row
from cockpit.services.work import decisions

_SIGNS: Mapping[str, tuple[str, Role]] = {
    WAITING: ("○", Role.WATCH),
    ASKED: ("?", Role.WATCH),
    APPROVED: ("✓", Role.GOOD),
    REFUSED: ("✗", Role.BAD),
}
WORDINGS: Mapping[Wording, str] = {
    Wording.CHANGED: N_("approved on an earlier wording"),
    Wording.GONE: N_("what it is about is not there any more"),
    Wording.UNPROVEN: N_("whether it still reads the same cannot be told here: the key is another one"),
}


def approval(line: ApprovalLine, at: datetime, names: Mapping[str, str]) -> Row:
    """`○ expense Folding machine €1,890     Yanis · for 3 h · by tomorrow 12:00`, then who submitted it, and why."""
    item = line.record
    sign, role = _SIGNS.get(item.state, ("·", Role.QUIET))
    if line.late:
        sign, role = "■", Role.BAD
    left = [
        Piece(f" {sign} ", role),
        Piece(f"{_(KINDS[item.kind])} ", Role.QUIET, at=ROOMY),
        Piece(item.title, Role.STRONG),
    ]
    if item.amount is not None and decisions.amount_in(item.title) != item.amount:
        left.append(Piece(f" · {forms.money(item.amount)}"))
    return Row(tuple(left), tuple(_right(line, at, names)), tuple(_facts(line, at, names)), code=item.code)


def _right(line: ApprovalLine, at: datetime, names: Mapping[str, str]) -> Iterator[Piece]:
    item = line.record
    if item.closed_at is not None:
        who = names.get(item.answered_by, item.answered_by)
        yield Piece(_(STATES[item.state]), _SIGNS.get(item.state, ("", Role.QUIET))[1])
        yield Piece(f" · {who}" if who else "", Role.QUIET)
        yield Piece(f" · {dates.moment(item.closed_at, at)} ", Role.QUIET)
        return
    if item.state == ASKED:
        who = names.get(item.submitted_by, item.submitted_by)
        yield Piece(_("question for {who}").format(who=who) + " ", Role.OTHERS)
        return
    yield Piece(names.get(item.approver, item.approver) or _("nobody"), Role.OTHERS)
    yield Piece(
        " · " + _("for {span}").format(span=dates.business_duration(line.waited_s)), Role.QUIET, at=ROOMY
    )
    if line.late:
        yield Piece(" · " + _("delay passed") + " ", Role.BAD)
    elif item.answer_by is not None:
        yield Piece(" · " + _("by {when}").format(when=dates.moment(item.answer_by, at)) + " ", Role.QUIET)


def _facts(line: ApprovalLine, at: datetime, names: Mapping[str, str]) -> Iterator[Piece]:
    item = line.record
    submitted = names.get(item.submitted_by, item.submitted_by)
    yield Piece(_("submitted by {who}").format(who=submitted), Role.QUIET)
    if item.about:
        yield Piece(item.about, Role.QUIET)
    if line.unclear:
        yield Piece(_("an answer is to be read, {why}").format(why=line.unclear), Role.WATCH)
    if item.state == APPROVED and line.wording in WORDINGS:
        yield Piece(_(WORDINGS[line.wording]), Role.WATCH)
    elif item.closed_at is None and line.wording is Wording.CHANGED:
        yield Piece(_("reworded since it was submitted"), Role.WATCH)
    elif item.closed_at is None and line.wording is Wording.GONE:
        yield Piece(_(WORDINGS[line.wording]), Role.WATCH)
    if item.state == ASKED:
        yield Piece(f"? {item.question}", Role.WATCH)
    elif item.closed_at is None and item.reply:
        yield Piece(f"? {item.question} → {item.reply}", Role.QUIET)
    yield from _approver_now(line, at)
    if item.reason:
        yield Piece(item.reason, Role.QUIET)
    if item.closed_at is not None and item.proof:
        yield Piece(item.proof, Role.QUIET)


def _approver_now(line: ApprovalLine, at: datetime) -> Iterator[Piece]:
    """What is known of whoever has it now."""
    item = line.record
    if line.gone:
        yield Piece(_("they left: hand it on (g), or withdraw it (o)"), Role.BAD)
    if line.away_until is not None:
        day = dates.day_label(line.away_until, at.date())
        yield Piece(_("away until {day}: g hands it on").format(day=day), Role.WATCH)
    if line.stands_in:
        yield Piece(_("passed on: nobody answered in time, or left"), Role.WATCH)
    if line.outside and item.state == WAITING:
        sent = item.sent_at
        told = (
            _("request sent {when}").format(when=dates.moment(sent, at))
            if sent
            else _("request to be sent (l)")
        )
        yield Piece(told, Role.QUIET if sent else Role.WATCH)


def approver(found: ApproverTime, names: Mapping[str, str]) -> Row:
    """`Yanis Belkacem     2 waiting, the oldest for 9 h · 5 done with, half of them within 3 h`."""
    left = (Piece("   "), Piece(names.get(found.approver, found.approver)))
    said = []
    if found.waiting:
        words = ngettext("{n} waiting, for {span}", "{n} waiting, the oldest for {span}", found.waiting)
        said.append(words.format(n=found.waiting, span=dates.business_duration(found.oldest_s)))
    if found.median_s is not None:
        words = ngettext(
            "{n} done with, within {span}", "{n} done with, half of them within {span}", found.over
        )
        said.append(words.format(n=found.over, span=dates.business_duration(found.median_s)))
    return Row(left, (Piece(" · ".join(said) + " ", Role.QUIET),))


def page(found: ApprovalQueue, at: datetime, names: Mapping[str, str]) -> Iterator[tuple[str, PagePart]]:
    """The whole page, each part with what it is told apart by."""
    for title, lines in (
        (N_("Waits for you"), found.mine),
        (N_("Waits for others"), found.others),
        (N_("Answered in the last two weeks"), found.answered),
    ):
        if lines:
            yield title, Heading(_(title))
        for line in lines:
            yield line.record.code, approval(line, at, names)
    if found.approvers:
        yield "approvers", Heading(_("How long each takes, in business hours over 90 days"))
    for each in found.approvers:
        yield f"approver:{each.approver}", approver(each, names)


def to_json(line: ApprovalLine) -> dict[str, object]:
    """One approval with stable keys: the fields of the register, and what is known of it now."""
    return {
        **as_json.of_record(line.record, REGISTERS["approval"]),
        "mine": line.mine,
        "late": line.late,
        "gone": line.gone,
        "away_until": as_json.plain(line.away_until),
        "stands_in": line.stands_in,
        "waited_s": int(line.waited_s),
        "wording": line.wording.value,
        "unclear": line.unclear,
    }


def approver_json(found: ApproverTime) -> dict[str, object]:
    """The times of one approver, in business seconds."""
    return {
        "approver": found.approver,
        "waiting": found.waiting,
        "oldest_s": int(found.oldest_s),
        "over": found.over,
        "median_s": None if found.median_s is None else int(found.median_s),
    }
