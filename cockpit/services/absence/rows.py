"""The absence test as rows, which the screen paints and the shell prints, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cockpit.domain.absence.proof import ENOUGH
from cockpit.domain.registers.absence import Absence
from cockpit.locale import _, ngettext
from cockpit.services.absence.preparation import ToPrepare
from cockpit.services.absence.proof import AbsenceTest, Meanwhile
from cockpit.services.desk import dates, forms
from cockpit.services.desk.row import Piece, Role, Row


def verdict(found: AbsenceTest) -> Row:
    """The whole in one row: `● Claire Morel   0.9 times what is closed in presence`, then the figures behind it."""
    compared = found.compared
    name = Piece(found.person.name, Role.STRONG)
    if compared.ratio is None:
        sign, said = Piece("? ", Role.QUIET), Piece(_("not enough data"), Role.QUIET)
        missing = _("{n} working days of absence are known, {least} are needed").format(
            n=compared.away.days, least=ENOUGH
        )
        facts = [Piece(missing if compared.away.days < ENOUGH else _("nothing was closed in presence"))]
    else:
        role = Role.BAD if compared.is_weak else Role.GOOD
        sign = Piece("■ " if compared.is_weak else "● ", role)
        said = Piece(
            _("{n} closed a day in absence for 1 in presence").format(
                n=forms.decimal(round(compared.ratio, 2))
            ),
            role,
        )
        facts = []
    away, there = compared.away, compared.there
    facts += [
        Piece(
            ngettext(
                "absence: {closed} closed in {n} working day",
                "absence: {closed} closed in {n} working days",
                away.days,
            ).format(closed=away.closed, n=away.days)
        ),
        Piece(_("presence: {closed} in {days}").format(closed=there.closed, days=there.days)),
        Piece(_("since {day}").format(day=dates.whole_day(found.since)), Role.QUIET),
    ]
    return Row((sign, name), (said,), tuple(facts), found.person.code)


def dependence(found: AbsenceTest) -> Iterator[Row]:
    """What rests on them: decisions, blockers, what would stop."""
    alone, all_ = len(found.alone), found.decided
    share = f"{100 * alone // all_} %" if all_ else "–"
    yield _fact(
        _("decided by themselves in 90 days"),
        f"{alone}/{all_} · {share}",
        found.alone,
        100 * alone > 70 * all_,
    )
    yield _fact(
        _("blockers that wait for them now"), str(len(found.waiting)), found.waiting, bool(found.waiting)
    )
    stops = tuple(code for code, _why in found.stops)
    yield _fact(_("would stop without them: critical, nothing ready"), str(len(stops)), stops, bool(stops))


def _fact(title: str, said: str, codes: tuple[str, ...], is_bad: bool) -> Row:
    role = Role.WATCH if is_bad else Role.PLAIN
    facts = (Piece(", ".join(codes), Role.QUIET),) if codes else ()
    return Row((Piece("▲ " if is_bad else "· ", role), Piece(title)), (Piece(said, role),), facts)


def absence(record: Absence, names: Mapping[str, str]) -> Row:
    """One that is still to come: when, and who covers."""
    cover = names.get(record.cover, record.cover)
    right = (
        Piece(_("covered by {name}").format(name=cover)) if cover else Piece(_("nobody covers"), Role.WATCH)
    )
    facts = (Piece(record.note),) if record.note else ()
    return Row((Piece("▷ ", Role.NOW), Piece(_span(record), Role.STRONG)), (right,), facts, record.code)


def meanwhile(each: Meanwhile) -> Row:
    """One that began: when, what was closed and decided, what waited."""
    days = ngettext("{n} working day", "{n} working days", each.working).format(n=each.working)
    right = (
        Piece(ngettext("{n} closed", "{n} closed", len(each.closed)).format(n=len(each.closed))),
        Piece(" · "),
        Piece(
            ngettext("{n} decided by others", "{n} decided by others", len(each.decided)).format(
                n=len(each.decided)
            )
        ),
    )
    facts = []
    if each.closed:
        facts.append(Piece(_("closed: {codes}").format(codes=", ".join(each.closed))))
    if each.decided:
        circuit = _("{n} within its circuit").format(n=len(each.in_circuit))
        facts.append(
            Piece(_("decided: {codes} ({circuit})").format(codes=", ".join(each.decided), circuit=circuit))
        )
    if each.waited:
        facts.append(Piece(_("waited: {codes}").format(codes=", ".join(each.waited)), Role.WATCH))
    left = (Piece("✓ ", Role.QUIET), Piece(_span(each.record), Role.STRONG), Piece(f" · {days}", Role.QUIET))
    return Row(left, right, tuple(facts), each.record.code)


def to_prepare(each: ToPrepare) -> Row:
    """One thing to hand over before."""
    when = dates.day_and_month(each.on) if each.on else ""
    return Row(
        (Piece("· "), Piece(each.title)), (Piece(f"{each.why} "), Piece(when, Role.WATCH)), (), each.code
    )


def _span(record: Absence) -> str:
    assert record.first_on is not None
    assert record.last_on is not None
    if record.first_on == record.last_on:
        return dates.whole_day(record.first_on)
    return f"{dates.whole_day(record.first_on)} → {dates.whole_day(record.last_on)}"


def to_json(found: AbsenceTest, prepared: Mapping[str, tuple[ToPrepare, ...]]) -> dict[str, object]:
    """With stable keys."""
    compared = found.compared
    return {
        "person": found.person.code, "name": found.person.name,
        "since": found.since.isoformat(), "until": found.until.isoformat(),
        "ratio": round(compared.ratio, 3) if compared.ratio is not None else None,
        "enough": compared.ratio is not None,
        "away": {"days": compared.away.days, "closed": compared.away.closed},
        "present": {"days": compared.there.days, "closed": compared.there.closed},
        "decided": found.decided, "decided_alone": list(found.alone), "waiting": list(found.waiting),
        "would_stop": [{"code": code, "why": why} for code, why in found.stops],
        "absences": [
            {
                "code": each.record.code, "first": each.days[0].isoformat(), "last": each.days[1].isoformat(),
                "working_days": each.working, "closed": list(each.closed), "decided": list(each.decided),
                "decided_in_circuit": list(each.in_circuit), "waited": list(each.waited),
            }
            for each in found.absences
        ],
        "to_come": [
            {
                "code": each.code,
                "first": each.first_on.isoformat() if each.first_on else None,
                "last": each.last_on.isoformat() if each.last_on else None,
                "cover": each.cover or None,
                "to_prepare": [
                    {"code": one.code, "title": one.title, "why": one.why,
                     "on": one.on.isoformat() if one.on else None}
                    for one in prepared.get(each.code, ())
                ],
            }
            for each in found.to_come
        ],
    }  # fmt: skip
