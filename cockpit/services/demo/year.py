"""The year before the story of the demo: cases, priorities, decisions, meetings that are led, words on interfaces.

All of it is made with the jobs that keys call, each at its own past time; what varies does so by a fixed seed, so
that two demos opened at one moment are alike. In its last weeks one provider grows slow: signals have something to
say.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.feedback import INSIDE, OUTSIDE
from cockpit.domain.registers.mark import TOLD
from cockpit.services.demo.moments import Moments
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.meetings import facilitation, live, minutes, running_order
from cockpit.services.organisation import feedback
from cockpit.services.organisation.feedback import SaidMark
from cockpit.services.promises import clocks
from cockpit.services.work import decisions, entry, escalation, moves

WEEKS = 51
PRIORITIES = 20
"""Weeks, before now, in which the three of a day are chosen."""
TOLD_BEFORE = 45
SLOW_SINCE = 8
"""Weeks, before now, since which the first provider takes three times as long."""
ALLOWED = "12ho"
KICKOFF_KIND = "kickoff"
SHARE_THERE, SHARE_LATE = 0.85, 0.1
"""Of those expected in a kick-off."""
Codes = Mapping[tuple[str, str], str]
"""Register and name of each record that was entered, to its code."""

CASES = (
    ("Variables de paie à corriger", "RH et paie", "Paie+", "Inès Carpentier"),
    ("Poste de saisie bloqué à l’atelier", "Informatique", "InfoSud", "Yanis Belkacem"),
    ("Pièce comptable introuvable", "Finance et comptabilité", "Compta+", "Inès Carpentier"),
    ("Livraison refusée sur un chantier", "Production et atelier", "Messageries Tramontane", "Karim Haddad"),
    ("Droits d’accès à un dossier client", "Informatique", "InfoSud", "Lucie Fontan"),
    ("Clause à relire avant signature", "Juridique", "Cabinet Lagarde", "Thomas Oriol"),
)
"""Title, function, provider, and who writes it down."""
AIMS = (
    "Relire les devis de la semaine", "Appeler trois clients", "Préparer le point banque",
    "Caler les plannings de pose", "Valider les embauches", "Revoir les marges par chantier",
)  # fmt: skip
DECISIONS = (
    ("Reporter la livraison au lundi", "Claire Morel", "Production et atelier"),
    ("Payer l’acompte du fournisseur de bois", "Claire Morel", "Finance et comptabilité"),
    ("Prendre l’intérimaire une semaine de plus", "Inès Carpentier", "RH et paie"),
    ("Accorder la remise de fin de chantier", "Thomas Oriol", "ADV et commercial"),
    ("Refaire la commande de quincaillerie", "Yanis Belkacem", "Production et atelier"),
)


LED = 16
"""Weeks, before now, in which the kick-off is led here; the story says of some weeks how they went."""
TOLD_BY_THE_STORY = frozenset({3, 1})
BROUGHT = (
    ("Appeler trois clients", "Thomas Oriol"), ("Caler les plannings de pose", "Yanis Belkacem"),
    ("Valider les embauches", "Inès Carpentier"), ("Revoir les marges par chantier", "Lucie Fontan"),
)  # fmt: skip
"""What somebody takes on in a kick-off; done on the Thursday."""
WORDS: Sequence[tuple[int, str, str, str, int, str]] = (
    (7, "Variables de paie", "Inès Carpentier", INSIDE, 4, ""),
    (7, "Demandes d’assistance", "Yanis Belkacem", INSIDE, 4, ""),
    (6, "Variables de paie", "Julie Sabatier", OUTSIDE, 4, "Les variables arrivent à temps."),
    (5, "Variables de paie", "Inès Carpentier", INSIDE, 3, "Deux relances ce mois-ci."),
    (4, "Demandes d’assistance", "Hugo Marty", OUTSIDE, 4, ""),
    (3, "Variables de paie", "Inès Carpentier", INSIDE, 2, "Plus personne ne rappelle."),
    (2, "Variables de paie", "Julie Sabatier", OUTSIDE, 4, ""),
    (2, "Demandes d’assistance", "Yanis Belkacem", INSIDE, 4, ""),
    (1, "Variables de paie", "Inès Carpentier", INSIDE, 2, "Un écart par bulletin."),
)
"""Weeks before now, interface, who says it, of which side, the mark, and why."""


@dataclass(frozen=True)
class YearStep:
    """One change: when, by whom, and what to do in their workspace."""

    at: datetime
    by: str
    do: Callable[[Workspace], object]


def titles() -> frozenset[str]:
    """What the records of the year are called, by which they are told from those of the story."""
    return frozenset((*(case[0] for case in CASES), *AIMS, *(each[0] for each in (*DECISIONS, *BROUGHT))))


def steps(codes: Codes, moments: Moments) -> Iterator[YearStep]:
    """All that happened, week by week, up to the week before now."""
    chance = random.Random(1907)  # noqa: S311 - a story, no secret
    made: dict[int, str] = {}
    for back in range(WEEKS, 0, -1):
        if back == TOLD_BEFORE:
            told: dict[str, Value] = {
                "kind": TOLD, "alert": "signal:team", "reason": "Dit en réunion d’équipe, chiffres à l’appui",
            }  # fmt: skip
            do = partial(Workspace.add, register=REGISTERS["mark"], values=told, action="signal.told")
            yield YearStep(_at(moments, back, 0, "11:30"), "Claire Morel", do)
        yield from _cases(chance, codes, moments, back, made)
        yield from _decided(codes, moments, back)
        if back <= PRIORITIES:
            yield from _chosen(moments, back)
        is_there = moments.calendar.is_business_day(_at(moments, back, 0, "08:30").date())
        if back <= LED and back not in TOLD_BY_THE_STORY and is_there:
            yield from _led(moments, back)
    for back, interface, who, side, mark, why in WORDS:
        word = SaidMark(side, mark, why)
        say = partial(_say, codes=codes, interface=interface, who=who, word=word)
        yield YearStep(_at(moments, back, 3, "16:45"), who if side == INSIDE else PROGRAM, say)


def _cases(
    chance: random.Random, codes: Codes, moments: Moments, back: int, made: dict[int, str]
) -> Iterator[YearStep]:
    """The provider of payroll each week, and another one; each closed after so many open hours."""
    for place, index in enumerate((0, 1 + back % (len(CASES) - 1))):
        title, function, provider, who = CASES[index]
        at = _at(moments, back, place * 2, "10:20")
        hours = min(24.0, chance.lognormvariate(1.4, 0.45))
        hours *= 3 if index == 0 and back <= SLOW_SINCE else 1
        closed = moments.calendar.add(at, int(hours * 3600)).astimezone(moments.now.tzinfo)
        key = 2 * back + place
        values: dict[str, Value] = {
            "title": title, "function": codes["function", function], "waiting_on": (codes["provider", provider],),
            "owner": codes["person", who], "severity": "p3", "sla": ALLOWED, "since": at,
        }  # fmt: skip
        yield YearStep(at, who, partial(_open, values=values, key=key, made=made))
        if place == 0 and back % 2 == 0:
            asked = at + timedelta(minutes=10)
            yield YearStep(asked, who, partial(_ask, key=key, made=made))
            late = back % 12 == 0
            yield YearStep(
                asked + timedelta(minutes=90 if late else 40),
                "Claire Morel",
                partial(_decide, key=key, made=made),
            )
        yield YearStep(max(closed, at + timedelta(hours=3)), who, partial(_close, key=key, made=made))


def _chosen(moments: Moments, back: int) -> Iterator[YearStep]:
    """Three priorities on Monday, done before the week ends."""
    for n in range(3):
        title = AIMS[(back + n) % len(AIMS)]
        at = _at(moments, back, 0, f"08:{50 + n}")
        code: list[str] = []
        yield YearStep(at, "Claire Morel", partial(_choose, title=title, code=code))
        yield YearStep(
            _at(moments, back, 0 if n else 1, "17:30"), "Claire Morel", partial(_finish, code=code)
        )


def _led(moments: Moments, back: int) -> Iterator[YearStep]:
    """The kick-off: its agenda shared on the Friday before every other week, led, and closed with marks."""
    chance = random.Random(back)  # noqa: S311 - a story, no secret
    title, who = BROUGHT[back % len(BROUGHT)]
    made: list[str] = []
    if back % 2:
        yield YearStep(_at(moments, back + 1, 4, "16:30"), "Sophie Le Goff", _share)
    yield YearStep(_at(moments, back, 0, "08:30"), "Claire Morel", partial(_begin, chance=chance))
    take_on = partial(_take_on, line=f"{title} qui:{who}", made=made)
    yield YearStep(_at(moments, back, 0, "08:41"), "Claire Morel", take_on)
    # Where one provider grows slow, those inside say so.
    of_them = (3, 4) if back <= SLOW_SINCE else (4, 5)
    marks = [
        (chance.choice((3, 4, 5)), chance.choice((4, 4, 5)), chance.choice(of_them)) for _who in range(4)
    ]
    yield YearStep(_at(moments, back, 0, "08:54"), "Claire Morel", partial(_end, marks=marks))
    yield YearStep(_at(moments, back, 3, "17:20"), who, partial(_finish, code=made))


def _share(workspace: Workspace) -> None:
    minutes.share_agenda(workspace, running_order.prepare(workspace, KICKOFF_KIND), ())


def _begin(workspace: Workspace, chance: random.Random) -> None:
    code = facilitation.start(workspace, running_order.prepare(workspace, KICKOFF_KIND))
    seen = live.view(workspace, code)
    for person in seen.meeting.people:
        if person != seen.meeting.leader and chance.random() < SHARE_THERE:
            seen = facilitation.attend(workspace, seen, person, late=chance.random() < SHARE_LATE)


def _take_on(workspace: Workspace, line: str, made: list[str]) -> None:
    seen = live.view(workspace, live.running(workspace, KICKOFF_KIND))
    for _step in range(2):
        seen = facilitation.go(workspace, seen, 1)
    _seen, code = facilitation.decide(workspace, seen, "priority", line)
    made.append(code)


def _end(workspace: Workspace, marks: Sequence[tuple[int, int, int]]) -> None:
    code = live.running(workspace, KICKOFF_KIND)
    seen = live.view(workspace, code)
    for mark in marks:
        seen = facilitation.vote(workspace, seen, mark)
    minutes.close(workspace, code)


def _say(workspace: Workspace, codes: Codes, interface: str, who: str, word: SaidMark) -> None:
    """One side says how it is to work with the other; whoever is outside was asked the week before."""
    feedback.note(workspace, codes["interface", interface], word, by=codes["person", who])


def _decided(codes: Codes, moments: Moments, back: int) -> Iterator[YearStep]:
    title, who, function = DECISIONS[back % len(DECISIONS)]
    at = _at(moments, back, 3, "15:10")
    values: dict[str, Value] = {
        "title": title, "decider": codes["person", who], "function": codes["function", function],
        "decided_at": at, "note": "Tranché avec les intéressés.",
    }  # fmt: skip
    yield YearStep(at, who, partial(Workspace.add, register=REGISTERS["decision"], values=values))


def _open(workspace: Workspace, values: Mapping[str, Value], key: int, made: dict[int, str]) -> None:
    made[key] = clocks.add_blocker(workspace, dict(values))


def _ask(workspace: Workspace, key: int, made: dict[int, str]) -> None:
    escalation.escalate(workspace, made[key])


def _decide(workspace: Workspace, key: int, made: dict[int, str]) -> None:
    decisions.arbitrate(workspace, made[key], entry.understand(workspace, DECISIONS[key % len(DECISIONS)][0]))


def _close(workspace: Workspace, key: int, made: dict[int, str]) -> None:
    moves.done(workspace, [made[key]])


def _choose(workspace: Workspace, title: str, code: list[str]) -> None:
    code.append(workspace.add(REGISTERS["priority"], {"title": title, "severity": "p3"}))
    moves.pick(workspace, code[0])


def _finish(workspace: Workspace, code: list[str]) -> None:
    moves.done(workspace, code)


def _at(moments: Moments, back: int, day: int, hour: str) -> datetime:
    """That day of the week so many weeks ago."""
    return moments.at(f"mon-{back}w+{day}d {hour}")
