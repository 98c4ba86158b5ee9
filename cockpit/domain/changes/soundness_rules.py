"""The rules of soundness of each register that has some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cockpit.domain.changes.soundness import Doubt, KnownRecords, Rule, Values, whole_day
from cockpit.domain.records.record import Value
from cockpit.domain.text import fold
from cockpit.domain.time import periods
from cockpit.locale import N_, _, ngettext

LONGEST_CHAIN = 50
"""People in a chain of backups that are followed."""


def _same(one: Value, other: Value, known: KnownRecords) -> bool:
    """Whether two fields name one party: by its code, or by its name in plain words."""
    if not one or not other:
        return False
    return one == other or fold(known.called(one)).strip() == fold(known.called(other)).strip()


def _order(first: str, last: str) -> Rule:
    """The day `last` is not before the day `first`."""

    def rule(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
        start, end = whole_day(values.get(first)), whole_day(values.get(last))
        if start is not None and end is not None and end < start:
            words = _("{end} is before {start}: one of the two days is wrong")
            yield Doubt(last, words.format(end=known.day(end), start=known.day(start)), also=(first,))

    return rule


def _person_backup(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    backup = values.get("backup")
    if not backup:
        return
    if backup == code:
        yield Doubt("backup", _("nobody is their own backup: choose somebody else"))
        return
    chain, at = [code, str(backup)], str(backup)
    # Each line of an import of thousands, each the backup of the next, follows them only so far.
    for _further in range(LONGEST_CHAIN):
        at = known.backups.get(at, "")
        if not at or at in chain[1:]:
            return
        chain.append(at)
        if at == code:
            named = " → ".join(known.called(each) for each in chain)
            yield Doubt(
                "backup", _("{chain}: when they are away together, nobody is left").format(chain=named),
                refused=False,
            )  # fmt: skip
            return


def _plan(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    function, backup = str(values.get("function") or ""), values.get("backup")
    owner = known.owners.get(function, "")
    if _same(backup, owner, known):
        words = _("{name} holds {function} already: the backup is somebody else")
        yield Doubt(
            "backup", words.format(name=known.called(backup), function=known.called(function)),
            also=("function",),
        )  # fmt: skip
    if values.get("scenario") == "provider" and backup in known.carriers.get(function, frozenset()):
        words = _("{name} is under contract for {function}: who takes over if it is the one that leaves?")
        yield Doubt(
            "backup", words.format(name=known.called(backup), function=known.called(function)),
            refused=False, also=("function", "scenario"),
        )  # fmt: skip
    hours, asked = values.get("recovery_hours"), known.recovery.get(function)
    if isinstance(hours, int) and asked is not None and hours > asked:
        words = _("longer than the {hours} h that {function} can be done without")
        yield Doubt(
            "recovery_hours", words.format(hours=asked, function=known.called(function)),
            refused=False, also=("function",),
        )  # fmt: skip


def _function(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    if values.get("core_value") and values.get("mode") == "external":
        words = _("a core value that is wholly outside: keep a part of it in-house")
        yield Doubt("mode", words, refused=False, also=("core_value",))
    for plan, backup in known.plans.get(code, {}).items():
        if _same(values.get("owner"), backup, known):
            words = _("{name} is the backup in {plan}: name another backup there")
            yield Doubt("owner", words.format(name=known.called(backup), plan=plan), refused=False)


def _access(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    if _same(values.get("second_admin"), values.get("holder"), known):
        words = _("the second administrator is the holder: choose somebody else")
        yield Doubt("second_admin", words, also=("holder",))
    if looks_secret(str(values.get("vault") or "")):
        yield Doubt("vault", _("this looks like the secret itself: write where it lives, never the secret"))


def _circuit(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    if _same(values.get("deputy"), values.get("decider"), known):
        words = _("the deputy is the one who decides: choose somebody else")
        yield Doubt("deputy", words, also=("decider",))
        return
    decider, deputy = str(values.get("decider") or ""), str(values.get("deputy") or "")
    chain = _way(known.deputies, deputy, decider) if decider else []
    if chain:
        named = " → ".join(known.called(each) for each in (decider, *chain))
        words = _("{chain}: when they are away together, nobody decides").format(chain=named)
        yield Doubt("deputy", words, refused=False, also=("decider",))


def _way(steps: Mapping[str, set[str]], start: str, end: str) -> list[str]:
    """The shortest way from one to another, both included; empty when there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for following in sorted(steps.get(way[-1], set()) - seen):
            seen.add(following)
            ways.append([*way, following])
    return []


def _contract(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    notice, initial = periods.stored(str(values.get("notice") or "")), values.get("initial_months")
    again, renewal = values.get("renewal_months"), values.get("renewal")
    # Only an automatic renewal with an end is stopped by a notice that the term has to hold.
    if notice is None or renewal != "tacit" or not initial:
        return
    if isinstance(initial, int) and _is_longer(notice, initial):
        words = _("a notice of {notice} is longer than the initial term of {term} months: one is wrong")
        also = ("initial_months", "renewal")
        yield Doubt("notice", words.format(notice=_length(notice), term=initial), also=also)
    elif isinstance(again, int) and again > 0 and _is_longer(notice, again):
        words = _("a notice of {notice} is longer than the renewal of {term} months: one is wrong")
        also = ("renewal_months", "renewal")
        yield Doubt("notice", words.format(notice=_length(notice), term=again), also=also)


def _is_longer(notice: periods.Period, months: int) -> bool:
    if notice.unit is periods.PeriodUnit.MONTHS:
        return notice.count > months
    return notice.days > months * 31


def _length(period: periods.Period) -> str:
    n = period.count
    if period.unit is periods.PeriodUnit.MONTHS:
        return ngettext("{n} month", "{n} months", n).format(n=n)
    if period.unit is periods.PeriodUnit.WEEKS:
        return ngettext("{n} week", "{n} weeks", n).format(n=n)
    return ngettext("{n} day", "{n} days", n).format(n=n)


def _risk(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    for net, gross in (("net_likelihood", "gross_likelihood"), ("net_impact", "gross_impact")):
        after, before = values.get(net), values.get(gross)
        if isinstance(after, int) and isinstance(before, int) and after > before:
            words = _("{net} is above the gross {gross}: measures do not make a risk worse")
            yield Doubt(net, words.format(net=after, gross=before), refused=False, also=(gross,))


def _process(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    done_by = values.get("responsible")
    several = isinstance(done_by, tuple) and len(done_by) > 1
    if not done_by:
        yield Doubt("responsible", _("nobody does it: name at least one R"), refused=False)
    if several and not values.get("coordinator"):
        words = _("several are responsible: name who holds it together")
        yield Doubt("coordinator", words, refused=False, also=("responsible",))
    if not values.get("accountable"):
        yield Doubt("accountable", _("nobody answers for it: name the one A"), refused=False)


def _figure(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    aim, low, high = values.get("aim"), values.get("target"), values.get("ceiling")
    if aim in ("at_least", "at_most", "between") and low is None:
        yield Doubt(
            "target", _("say from which number on it is red, or that it is only watched"), also=("aim",)
        )
    elif aim == "between" and not (isinstance(high, float) and isinstance(low, float) and high > low):
        yield Doubt("ceiling", _("“between” needs a second number, above the first"), also=("aim", "target"))


def _parties(giver: str, taker: str, words: str) -> Rule:
    def rule(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
        if _same(values.get(giver), values.get(taker), known):
            yield Doubt(taker, _(words), also=(giver,))

    return rule


def _feedback(values: Values, known: KnownRecords, code: str) -> Iterator[Doubt]:
    if values.get("mark") is None and values.get("asked_on") is None:
        words = _("a mark from 1 to 5 is missing: 1 is hard to work with")
        yield Doubt("mark", words, also=("interface", "side", "given_on"))


_KEY = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+=-]{20,}|[0-9a-fA-F]{32,}")
_SAID = re.compile(
    r"\b(?:mdp|mot de passe|motdepasse|passe|password|passwd|pwd|pass|secret|token|jeton|pin|code)"
    r"\s*[:=]\s*\S+"
)
_SIGNS = frozenset("!?$%^&*+=<>~£€;,#§µ(){}[]\"'`|\\@")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def looks_secret(text: str) -> bool:
    """Whether a line that should say where a secret lives looks like the secret itself."""
    if _SAID.search(fold(text)):
        return True
    for word in text.split():
        if "://" in word or _MAIL.fullmatch(word):
            continue
        mixed = any(c.isalpha() for c in word) and any(c.isdigit() for c in word)
        signs = sum(c in _SIGNS for c in word.strip("()[]\"',;"))
        # A key mixes letters and digits in one stretch; words and a year joined by dashes do not.
        plain = all(part.isalpha() or part.isdigit() for part in re.split(r"[-_]", word) if part)
        if (len(word) >= 8 and mixed and signs) or (_KEY.fullmatch(word) and not plain):
            return True
    return False


RULES: Mapping[str, tuple[Rule, ...]] = {
    "person": (_person_backup, _order("starts_on", "ends_on")),
    "function": (_function,),
    "continuity": (_plan,),
    "access": (_access, _order("granted_on", "revoked_on"), _order("granted_on", "reviewed_on")),
    "circuit": (_circuit,),
    "contract": (_contract, _order("starts_on", "ended_on")),
    "risk": (_risk,),
    "process": (_process,),
    "figure": (_figure,),
    "absence": (_order("first_on", "last_on"),),
    "feedback": (_feedback, _order("asked_on", "given_on")),
    "trial": (_order("starts_on", "ends_on"),),
    "audit": (_order("held_on", "next_on"),),
    "level": (_order("held_on", "next_on"),),
    "handover": (_parties("giver", "taker", N_("who hands over is who takes over: choose somebody else")),),
    "interface": (_parties("source", "target", N_("it goes from a party to itself: choose where it goes")),),
}
"""By register."""
