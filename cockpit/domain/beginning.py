"""What a new cockpit lacks most: the next five things, each gone by itself once it is there or was put aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

MOST = 5
"""More would be a list of reproaches."""


@dataclass(frozen=True, kw_only=True)
class BeginningFacts:
    """What is there already, in numbers of records, sources or times; archived ones left out."""

    named: bool = False
    """Whether the company has a name."""
    agendas: int = 0
    functions: int = 0
    providers: int = 0
    priorities: int = 0
    """Ever chosen or written, done ones too."""
    blockers: int = 0
    """Ever written, solved ones too."""
    pages: int = 0
    """Status pages that are read."""
    dated_contracts: int = 0
    """Contracts of which a notice date can be counted."""
    exposed: int = 0
    """Critical functions that no plan hands to somebody else."""
    rituals: int = 0
    reviews: int = 0
    """Morning reviews that were held."""
    self_audits: int = 0
    backups: int = 0
    """Copies of the database that are not older than a week."""
    channels: int = 0
    """Ways out by which minutes and alerts leave."""


@dataclass(frozen=True, kw_only=True)
class FirstThing:
    """One thing that makes the board more useful; all words are message ids."""

    id: str
    text: str
    why: str
    """What it gives, in a few words."""
    command: str
    """What does it in the shell."""
    lacks: Callable[[BeginningFacts], bool]


THINGS: tuple[FirstThing, ...] = (
    FirstThing(
        id="company", text=N_("Say what the company is called, and who you are"),
        why=N_("every text bears both names"), command="cockpit init", lacks=lambda facts: not facts.named,
    ),
    FirstThing(
        id="agenda", text=N_("Have your agenda read"), why=N_("today and the week stand here"),
        command="cockpit init agenda", lacks=lambda facts: not facts.agendas,
    ),
    FirstThing(
        id="providers", text=N_("Name your providers"), why=N_("who is waited for, and how they are"),
        command="cockpit init providers", lacks=lambda facts: not facts.providers,
    ),
    FirstThing(
        id="blockers", text=N_("Write down what is stuck"), why=N_("each with whom it waits for and since when"),
        command="cockpit block …", lacks=lambda facts: not facts.blockers,
    ),
    FirstThing(
        id="priorities", text=N_("Choose three priorities for today"), why=N_("the day has an aim"),
        command="cockpit priority …", lacks=lambda facts: not facts.priorities,
    ),
    FirstThing(
        id="functions", text=N_("Name the functions of the company"), why=N_("the map, and who carries what"),
        command="cockpit init functions", lacks=lambda facts: not facts.functions,
    ),
    FirstThing(
        id="page", text=N_("Watch the status page of a tool you depend on"), why=N_("a breakdown is told at once"),
        command="cockpit provider add slack", lacks=lambda facts: not facts.pages,
    ),
    FirstThing(
        id="ritual", text=N_("Plan a meeting that comes back, such as the flash point"),
        why=N_("its agenda makes itself of what is stuck"),
        command="cockpit ritual add flash", lacks=lambda facts: not facts.rituals,
    ),
    FirstThing(
        id="review", text=N_("Hold a first morning review"), why=N_("five minutes, and the day is clear"),
        command="cockpit review", lacks=lambda facts: not facts.reviews,
    ),
    FirstThing(
        id="contract", text=N_("Enter a contract with its start and its notice"),
        why=N_("the last day to leave it is told in time"),
        command="cockpit import contrats.xlsx", lacks=lambda facts: bool(facts.providers) and not facts.dated_contracts,
    ),
    FirstThing(
        id="backup", text=N_("Make a copy of the database"), why=N_("a broken disk costs nothing"),
        command="cockpit backup", lacks=lambda facts: not facts.backups,
    ),
    FirstThing(
        id="exposed", text=N_("Say who takes over a critical function"), why=N_("an absence stops nothing"),
        command="cockpit continuity", lacks=lambda facts: facts.exposed > 0,
    ),
    FirstThing(
        id="audit", text=N_("Answer the self-audit"), why=N_("a first map in twenty minutes, left at any time"),
        command="cockpit audit", lacks=lambda facts: not facts.self_audits,
    ),
    FirstThing(
        id="channel", text=N_("Give a channel by which minutes and alerts leave"), why=N_("Slack, Teams, e-mail"),
        command="cockpit settings add channel", lacks=lambda facts: not facts.channels,
    ),
)  # fmt: skip
"""In the order in which they help most: what one looks at first, then what warns, then what lasts."""


def next_things(facts: BeginningFacts, aside: Collection[str]) -> tuple[FirstThing, ...]:
    """The first five that lack and were not put aside."""
    return tuple(each for each in THINGS if each.id not in aside and each.lacks(facts))[:MOST]


_BY = re.compile(r"(?:[:=→]|->)?\s*@|[:=→]|->")
"""What stands between a function and whoever carries it."""


def carried(text: str) -> tuple[tuple[str, str], ...]:
    """Functions and who carries each, out of one line: `Payroll @Paie+, IT @InfoSud, Bakery`; no one: empty.

    Names stand between commas, semicolons or line ends; an at sign stands before a provider's, as where work is
    typed, or a colon, an equals sign or an arrow, as on paper. A function that is named twice is one, carried by
    whom is said last.
    """
    found: dict[str, tuple[str, str]] = {}
    for part in re.split(r"[,;\n]", text):
        function, provider = (*_BY.split(part, maxsplit=1), "")[:2]
        function, provider = " ".join(function.split()), " ".join(provider.split())
        if function:
            before = found.get(function.casefold(), (function, ""))
            found[function.casefold()] = before[0], provider or before[1]
    return tuple(found.values())


def listed(text: str) -> tuple[str, ...]:
    """Names in one line, between commas, semicolons or line ends, an at sign before each left out; none twice."""
    found = (" ".join(part.split()).removeprefix("@").strip() for part in re.split(r"[,;\n]", text))
    return tuple({name.casefold(): name for name in found if name}.values())
