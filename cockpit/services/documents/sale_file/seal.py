"""Whether the journal holds on the day of an issue, and the program of twenty lines that checks a folder."""

from __future__ import annotations

import sqlite3

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _, ngettext
from cockpit.store import journal, proof

CHECK = "verify.py"
PROGRAM = '''\
"""Checks this folder with Python alone: python3 verify.py"""

import hashlib, json, pathlib

here = pathlib.Path(__file__).parent
for line in (here / "SHA256SUMS").read_text("utf-8").splitlines():
    digest, name = line.split("  ", 1)
    if hashlib.sha256((here / name).read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{name} is not as it was issued")
seal, told = "0" * 64, 0
for path in here.glob("*-journal.jsonl"):
    for line in path.read_text("utf-8").split("\\n")[:-1]:
        entry = json.loads(line)
        whole = (entry["prev_hash"] + entry["text"]).encode() if "text" in entry else None
        if entry["prev_hash"] != seal or (whole and hashlib.sha256(whole).hexdigest() != entry["hash"]):
            raise SystemExit(f"the journal breaks at entry {entry['seq']}")
        seal, told = entry["hash"], told + (whole is not None)
    print(f"journal: {entry['seq']} entries, {told} of them in words, seal {seal}")
print("all files are as they were issued")
'''
"""Written into every folder; docs/sale-file.md explains it."""


@dataclass(frozen=True)
class Verdict:
    """What the verification of the journal found."""

    entries: int
    head: str
    broken: int | None
    differing: int
    """Values of rows that are not what the journal says."""

    @property
    def holds(self) -> bool:
        """Whether nothing was changed outside the program, as far as the journal tells."""
        return self.broken is None and not self.differing

    @property
    def said(self) -> str:
        """The result in one sentence."""
        if self.broken is not None:
            return _("broken at entry {n}: it was changed outside the program").format(n=self.broken)
        if self.differing:
            return ngettext(
                "{n} value is not what the journal says",
                "{n} values are not what the journal says",
                self.differing,
            ).format(n=self.differing)
        return _("the chain holds, and every record is what the journal says")


def verdict(conn: sqlite3.Connection) -> Verdict:
    """Read all of the journal and compare each record with it. `conn` has no veil."""
    entries, head = journal.head(conn)
    broken = journal.verify(conn)
    return Verdict(entries, head, broken, len(proof.differences(conn)) if broken is None else 0)
