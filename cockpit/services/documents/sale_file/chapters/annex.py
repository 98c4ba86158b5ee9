"""Chapter 14: the journal behind all of it, whether it holds, and how anybody checks that without this program."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cockpit.domain.documents.disclosure import Named
from cockpit.domain.documents.publication import (
    ChapterPart,
    DataTable,
    Pairs,
    Passage,
    Points,
    TableCell,
    ToComplete,
)
from cockpit.domain.records.confidentiality import ROOM
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, ngettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file.seal import Verdict
from cockpit.services.documents.sale_file.source import SaleSource
from cockpit.services.documents.sale_file.telling import Telling
from cockpit.services.records import history
from cockpit.services.records.history import JournalLine
from cockpit.store import journal

SHOWN = 1_000
"""Entries that the extract tells in words, the newest."""
CHAIN = "journal.jsonl"


def annex(source: SaleSource, telling: Telling, verdict: Verdict) -> Iterator[ChapterPart]:
    """The seal of the journal, the result of its verification, and what was written when."""
    yield Passage(
        _("Every change to what this file tells was written down when it was made, in a journal that only grows:"
          " each entry is sealed over the one before it. Whoever kept an earlier seal sees whether anything was"
          " changed since.")
    )  # fmt: skip
    yield Pairs((
        (_("Entries"), verdict.entries), (_("Seal of the last one"), verdict.head), (_("Verification"),
         verdict.said),
    ))  # fmt: skip
    ways = [
        _("python3 verify.py, twenty lines that anybody can read, compares every file of this folder with"
          " SHA256SUMS; sha256sum --check SHA256SUMS does the same."),
    ]  # fmt: skip
    if telling.disclosure.hides_nothing:
        ways.append(
            _("It also follows the chain of the journal from its first entry to the seal above; entries above level"
              " {level} show their seal alone.").format(level=ROOM)
        )  # fmt: skip
    else:
        ways.append(
            _("The seal above is that of this day: the chain given at the closing has to contain it.")
        )
    yield Points(tuple(ways))
    yield DataTable(
        "journal-by-month", _("Entries of the journal by month"), (_("Month"), _("Entries"),
        _("People who wrote")),
        tuple(_by_month(source.workspace)),
        source=_("journal"),
    )  # fmt: skip


def annex_gaps(source: SaleSource, telling: Telling, verdict: Verdict) -> Iterator[ToComplete]:
    """A journal that does not hold."""
    if not verdict.holds:
        chief = telling.person(source.workspace.chief)
        yield ToComplete(_("the journal does not hold: {said}").format(said=verdict.said), chief, source.today,
                         "cockpit journal verify --all")  # fmt: skip


def extract(room: Workspace, telling: Telling) -> DataTable:
    """The newest entries of level 1 and less, in words; `room` is the cockpit as that level reads it."""
    rows = []
    for line in history.recent(room, SHOWN):
        prefix = line.code.partition("-")[0]
        register = next((each for each in REGISTERS.values() if each.prefix == prefix), None)
        rows.append((
            line.seq, line.at.replace(tzinfo=None), telling.person(line.actor),
            _(register.singular) if register else "",
            line.code, line.verb, _in_words(line, telling), line.hash,
        ))  # fmt: skip
    said = ngettext("The newest entry of the journal", "The newest {n} entries of the journal", len(rows))
    return DataTable(
        "journal", said.format(n=len(rows)),
        (_("Entry"), _("When"), _("Who"), _("Register"), _("Ref."), _("What"), _("In words"), _("Seal")),
         tuple(rows),
        source=_("journal, level {n} and less").format(n=ROOM),
    )  # fmt: skip


def _in_words(line: JournalLine, telling: Telling) -> str:
    """What changed; of people who go by their roles, no more than that something did."""
    is_person = line.code.startswith("PE-") and telling.disclosure.people is not Named.NAME
    return telling.person(line.code) if is_person else telling.words(line.what)


def chain(room: Workspace) -> bytes:
    """Every entry, one JSON object a line; those above the level of `room` without the text that they seal."""
    return "".join(
        json.dumps(
            {"seq": each.seq, "prev_hash": each.prev_hash, "hash": each.hash}
            | ({"text": each.text} if each.text is not None else {}),
            ensure_ascii=False, separators=(",", ":"),
        ) + "\n"
        for each in journal.sealed(room.conn)
    ).encode()  # fmt: skip


def _by_month(workspace: Workspace) -> Iterator[tuple[TableCell, ...]]:
    rows = workspace.conn.execute(
        "SELECT substr(at, 1, 7) AS month, count(*) AS n, count(DISTINCT actor) AS people FROM main.journal"
        " GROUP BY 1 ORDER BY 1 DESC LIMIT 60"
    )
    for row in rows:
        year, _dash, month = row["month"].partition("-")
        yield f"{month}/{year}", row["n"], row["people"]
