"""S4, missing documentation: the share of processes, by their criticality, that somebody else could take over."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.registers.document import Document
from cockpit.domain.registers.process import Process
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

CRITICAL = 3
FRESH_CRITICAL, FRESH = 180, 365
"""Days for which a review holds, of what is critical and of the rest."""
VITAL = 4


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: all its processes."""
    processes = facts.of(Process)
    if not processes:
        yield SIGNAL.unknown(facts, "process")
        return
    lacks = {each.code: lack(each, facts) for each in processes}
    whole = sum(each.criticality for each in processes)
    sound = sum(each.criticality for each in processes if not lacks[each.code])
    value = 100 * sound / whole
    bare = sum(each.criticality >= VITAL and lacks[each.code] == "none" for each in processes)
    limit = facts.limits.s4_share
    state = SignalState.CALM
    if value < limit or bare:
        state = SignalState.CONTROL if bare or value < limit / 2 else SignalState.WATCH
    worst = sorted(
        (each for each in processes if lacks[each.code]), key=lambda each: (-each.criticality, each.code)
    )
    yield SIGNAL.score(
        facts, value, limit, n=len(processes), state=state,
        figures={"sound": float(sound), "whole": float(whole), "bare": float(bare)},
        rows=[Evidence(each.code, float(each.criticality), lacks[each.code]) for each in worst],
    )  # fmt: skip


def lack(process: Process, facts: Facts) -> str:
    """What keeps the best of its documents from counting; empty when one counts."""
    mine = [each for each in facts.of(Document) if each.process == process.code]
    found = [_lack(each, process, facts) for each in mine]
    return min(found, key=_ORDER.index) if found else "none"


_ORDER = ("", "untested", "old", "owner", "dead", "link", "none")


def _lack(document: Document, process: Process, facts: Facts) -> str:
    if not document.link:
        return "link"
    if document.code in facts.dead_links:
        return "dead"
    if not document.owner or document.owner in facts.gone:
        return "owner"
    age = facts.days_since(document.reviewed_on)
    if age is None or age > (FRESH_CRITICAL if process.criticality >= CRITICAL else FRESH):
        return "old"
    is_tested = document.tested_on is not None and document.tested_on <= facts.today
    return "" if is_tested and document.tested_by != document.owner else "untested"


SIGNAL = Signal(
    id="S4",
    name=N_("Missing documentation"),
    text=N_("{value} of the processes, by their criticality, are documented so that somebody else can do them"),
    formula=N_(
        "sum of the criticality of processes with a document that has a link which is not dead and an owner who is"
        " there, was reviewed within 180 days (365 where it is not critical) and was tried by a second person ÷ sum"
        " of all"
    ),
    source=N_("processes and their documents"),
    minimum=N_("one process"),
    next=N_("Write down the most critical one, and have a second person do it with that document alone"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.COUNT,
    weight=6,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.RESILIENCE,
    figures={"sound": N_("criticality that is covered"), "whole": N_("criticality in all"),
             "bare": N_("vital processes without any document")},
    whys={
        "none": N_("criticality, no document"), "link": N_("criticality, a document without link"),
        "dead": N_("criticality, the link of its document is dead"),
        "owner": N_("criticality, nobody there owns its document"), "old": N_("criticality, not reviewed in time"),
        "untested": N_("criticality, no second person tried it"),
    },
    missing={"process": N_("the processes: c in the RACI view of Organisation (F3) writes the first")},
)  # fmt: skip
