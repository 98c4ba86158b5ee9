"""The company that is spoiled, and what is done in it while the machine fails: a deed a row."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from sqlite3 import connect

from cockpit.domain.registers import ORGANISATION
from cockpit.services.documents.manual import pages

ROOT = Path(__file__).resolve().parents[2]
HERE = "/@here@"
"""Where the company lies, in its configuration; of a copy, that of the copy."""
LAST_MONTH = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
Done = subprocess.CompletedProcess[str]
Check = Callable[[Path, Done], Iterator[str]]
"""What a deed left in a folder that is no good, a sentence each."""


def _nothing(_here: Path, _done: Done) -> Iterator[str]:
    return iter(())


@dataclass(frozen=True)
class Deed:
    """Something that writes, and how to see in what it leaves that it was done."""

    name: str
    words: tuple[str, ...]
    shows: str = ""
    """A query that counts more than before once it was done; empty: it leaves a file."""
    leaves: Check = _nothing
    program: str = "cockpit"
    code: int = 0
    """How it ends when nothing is in its way."""


def _export(here: Path, _done: Done) -> Iterator[str]:
    exported = here / "out.json"
    if exported.exists():
        try:
            json.loads(exported.read_text())
        except ValueError:
            yield "half an export"


def _folder(here: Path, _done: Done) -> Iterator[str]:
    folder = here / "out"
    if folder.exists() and len(list(folder.glob("*.csv"))) != len(ORGANISATION):
        yield "a part of the files of an export"


def _there(here: Path, _done: Done) -> Iterator[str]:
    run(here, ("register", "export", "all", "--output", "there"))
    if len(list((here / "there").glob("[!.]*"))) != len(ORGANISATION) + 1:
        yield "the next export does not end one that was cut short"


def _setting(here: Path, done: Done) -> Iterator[str]:
    name = tomllib.loads((here / "config.toml").read_text(encoding="utf-8"))["company"]["name"]
    if name not in ("Mistral", "Other") or (done.returncode == 0 and name != "Other"):
        yield f"acknowledged and lost: {name}"
    if name == "Other" and run(here, ("settings", "undo")).returncode != 0:
        yield "the text before was not kept"


def _entry(here: Path, done: Done) -> Iterator[str]:
    agendas = tomllib.loads((here / "config.toml").read_text(encoding="utf-8"))["agenda"]
    if len(agendas) not in (1, 2) or (done.returncode == 0 and len(agendas) != 2):
        yield f"acknowledged and lost: {agendas}"


def _manual(here: Path, done: Done, *, book: str = "book") -> Iterator[str]:
    """Whole pages, old or new; what people wrote in them is there; and the next writing ends it."""
    there = sorted((here / book).glob("[!.]*"))
    for page in there:
        if page.suffix == ".md":
            found = pages.read(page.read_text(encoding="utf-8"))
            if found is None or not found.is_ours:
                yield f"a part of a page: {page.name}"
        elif page.suffix == ".html" and not _is_whole(page):
            yield f"a part of a page: {page.name}"
    if done.returncode == 0 and not any(each.suffix == ".html" for each in there):
        yield "acknowledged, and no page"
    if not any("Our own words" in each.read_text(encoding="utf-8") for each in (here / "book").rglob("*.md")):
        yield "what people wrote in a page is lost"
    again, once_more = (run(here, ("manual", "--out", book)) for _turn in range(2))
    if again.returncode != 0 or "nothing to write" not in once_more.stdout:
        yield f"the next writing does not end it: {again.stderr}"


def _month(here: Path, done: Done) -> Iterator[str]:
    """All of its files, each to be read, or none."""
    found = [each for each in (here / "month").glob("[!.]*") if each.is_dir()]
    if done.returncode == 0 and not found:
        yield "acknowledged, and no report"
    for folder in found:
        kinds = {path.suffix for path in folder.rglob("*") if path.is_file()}
        if kinds != {".md", ".html", ".xlsx", ".csv"}:
            yield f"a part of the files of a month: {kinds}"
        yield from _unreadable(folder)


def _sale(here: Path, done: Done) -> Iterator[str]:
    """Every file under its seal, and a record of what was handed out; or neither."""
    folders = [each for each in (here / "sale").glob("[!.]*") if each.is_dir()]
    for folder in folders:
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        sealed = {name: seal for seal, _blank, name in (line.partition("  ") for line in lines)}
        for each in folder.rglob("*"):
            name = str(each.relative_to(folder))
            if not each.is_file() or each.name == "SHA256SUMS":
                continue
            if hashlib.sha256(each.read_bytes()).hexdigest() != sealed.pop(name, ""):
                yield f"half a file of the sale file: {name}"
        if sealed:
            yield f"files of the sale file are missing: {sorted(sealed)}"
        yield from _unreadable(folder)
    told = counted(here, "SELECT count(*) FROM release")
    if told == len(folders):
        return
    # Between the folder and its record a kill fits, and nothing else does: the next issue says what is there.
    again = run(here, ("dossier", "--phase", "dd", "--to", "Buyer", "--out", "sale"))
    if done.returncode >= 0 or told or "no record tells of it" not in again.stderr:
        yield f"{len(folders)} sale files and {told} records of one"


def _unreadable(folder: Path) -> Iterator[str]:
    for book in folder.rglob("*.xlsx"):
        if zipfile.ZipFile(book).testzip() is not None:
            yield f"half a workbook: {book.name}"
    for page in folder.rglob("*.html"):
        if not _is_whole(page):
            yield f"half a page: {page.name}"


def _is_whole(page: Path) -> bool:
    return "</html>" in page.read_text(encoding="utf-8")


def _partner(here: Path, done: Done) -> Iterator[str]:
    shared = here / "shared"
    page, calendar = shared / "index.html", shared / "deadlines.ics"
    if page.exists() and not _is_whole(page):
        yield "half a page"
    if calendar.exists() and not calendar.read_text(encoding="utf-8").rstrip().endswith("END:VCALENDAR"):
        yield "half a calendar"
    agreed = counted(here, "SELECT count(*) FROM memo WHERE name LIKE 'partner_page:%' AND value != ''")
    there = sorted(each.name for each in shared.glob("[!.]*"))
    if agreed and len(there) != 3:
        yield f"agreed to, and only {there} written"
    if done.returncode == 0 and not agreed:
        yield "acknowledged, and nobody keeps it fresh"


def _erased(here: Path, done: Done) -> Iterator[str]:
    """All of the name or nothing of it has gone; what is said to be gone is in no page of the file."""
    files = [here / "data" / f"cockpit.db{end}" for end in ("", "-wal")]
    left = counted(here, "SELECT count(*) FROM person WHERE name = 'Zoé Quémeneur'")
    elsewhere = counted(here, "SELECT count(*) FROM blocker WHERE note LIKE '%Quémeneur%'")
    if bool(left) != bool(elsewhere):
        yield "a part of the name was erased"
    held = [path.name for path in files if path.exists() and "Quémeneur".encode() in path.read_bytes()]
    if done.returncode == 0 and held and "still" not in done.stdout + done.stderr:
        yield f"said to be gone, and in {held}"
    again = run(here, ("person", "erase", "PE-2", "--yes"))
    held = [path.name for path in files if path.exists() and "Quémeneur".encode() in path.read_bytes()]
    if again.returncode != 0 or held:
        yield f"the next erasure does not end it: {held} {again.stderr}"


def _drilled(here: Path, done: Done) -> Iterator[str]:
    if done.returncode == 0 and "✓" not in done.stdout:
        yield "said to be good, and not tried"
    if counted(here, "SELECT count(*) FROM restore_drill WHERE fault = ''") and done.returncode not in (
        0,
        -9,
    ):
        # Noted as good; what failed after that was the telling.
        run(here, ("drill",))


def _sorted(here: Path, done: Done) -> Iterator[str]:
    """What was received lies in one place, and is a record; nothing of it is lost on the way."""
    inbox = here / "inbox"
    names = sorted(path.name for path in inbox.rglob("*.txt"))
    recorded = counted(here, "SELECT count(*) FROM statement")
    if not names:
        yield "what was received is nowhere"
    if not (inbox / "new.txt").exists() and recorded < 2:
        yield "set aside, and not taken"
    # A file is taken when it has not changed between two turns.
    again, once_more = (run(here, ("--now", later, "inbox", "receive")) for later in _LATER)
    recorded = counted(here, "SELECT count(*) FROM statement")
    if once_more.returncode != 0 or recorded != 2 or (inbox / "new.txt").exists():
        said = again.stdout + once_more.stdout + once_more.stderr
        yield f"the next turns do not end it: {recorded} statements, {said}"


def _drafted(here: Path, done: Done) -> Iterator[str]:
    """What was refused waits, here or where it is said to; it is not said to wait where it does not."""
    waits = "Phone nobody" in run(here, ("drafts",)).stdout
    elsewhere = [path for path in here.rglob("cockpit-drafts-*") if str(path) in done.stderr]
    told = any("Phone nobody" in path.read_text(encoding="utf-8") for path in elsewhere)
    if done.returncode == 2 and not waits and not told and "Kept" in done.stderr:
        yield "a refused line is said to be kept, and is not"


def _minutes(here: Path, done: Done) -> Iterator[str]:
    """The meeting is closed with its outcome, or goes on; the files are whole; closing again ends it."""
    for path in (here / "data" / "minutes").glob("[!.]*"):
        text = path.read_text(encoding="utf-8")
        if "Decided in the flash" not in text or (path.suffix == ".html" and "</html>" not in text):
            yield f"half the minutes: {path.name}"
    closed = counted(here, "SELECT count(*) FROM occurrence WHERE ended_at IS NOT NULL")
    if closed != counted(here, "SELECT count(*) FROM live_event WHERE kind = 'closed'"):
        yield "closed in one place and not in the other"
    if closed and not counted(here, "SELECT count(*) FROM draft WHERE text LIKE '%Decided in the flash%'"):
        yield "closed without minutes"
    again = lead(here)
    if again.returncode != 0:
        yield f"the meeting cannot be gone on with: {again.stderr}"
    if counted(here, "SELECT count(*) FROM decision WHERE title = 'Decided in the flash'") < 1:
        yield "what was decided is lost"


_EARLIER = f"{datetime.now(UTC) - timedelta(hours=2):%Y-%m-%dT%H:%M}"
_LATER = tuple(f"{datetime.now(UTC) + timedelta(hours=n):%Y-%m-%dT%H:%M}" for n in (2, 3))
FLASH = "tests.faults.flash"

DEEDS = (
    Deed(
        "block", ("block", "Router down", "p1", "// note"),
        "SELECT count(*) FROM blocker WHERE title = 'Router down'",
    ),
    Deed("undo", ("undo", "--yes"), "SELECT count(*) FROM journal WHERE undoes IS NOT NULL"),
    Deed("done", ("done", "B-1"), "SELECT count(*) FROM blocker WHERE code = 'B-1' AND status = 'solved'"),
    Deed("import", ("register", "import", "provider", "more.csv"),
         "SELECT count(*) FROM provider WHERE name = 'Zeta'"),
    Deed("workbook", ("import", "more.xlsx", "--into", "provider"),
         "SELECT count(*) FROM provider WHERE name = 'Omega'"),
    Deed("sync", ("sync",), "SELECT count(*) FROM agenda_block"),
    Deed("export", ("register", "export", "all", "--output", "out.json"), leaves=_export),
    Deed("folder", ("register", "export", "all", "--output", "out"), leaves=_folder),
    Deed("there", ("register", "export", "all", "--output", "there"), leaves=_there),
    Deed("setting", ("settings", "set", "company.name", "Other"), leaves=_setting),
    Deed("entry", ("settings", "add", "agenda", "name=Second", f"url={HERE}/a.ics"), leaves=_entry),
    Deed("manual", ("manual", "--out", "paper"), leaves=partial(_manual, book="paper")),
    Deed("pages", ("manual", "--out", "book"), leaves=_manual),
    Deed("month", ("report", f"{LAST_MONTH:%Y-%m}", "--close", "--out", "month"),
         "SELECT count(*) FROM journal WHERE action LIKE 'report.%'", _month),
    Deed("sale", ("dossier", "--phase", "dd", "--to", "Buyer", "--out", "sale"),
         "SELECT count(*) FROM release", _sale),
    Deed("approve", ("approvals", "approve", "AP-1"),
         "SELECT count(*) FROM approval WHERE code = 'AP-1' AND state = 'approved'"),
    Deed("refuse", ("approvals", "refuse", "AP-1", "Too", "dear"),
         "SELECT count(*) FROM approval WHERE code = 'AP-1' AND state = 'refused'"),
    Deed("receive", ("inbox", "receive"), "SELECT count(*) FROM statement", _sorted),
    Deed("answer", ("inbox", "block", "IN-1"), "SELECT count(*) FROM statement WHERE became != ''"),
    Deed("partner", ("partner", "publish", "PR-1", "--into", "shared", "--yes"), leaves=_partner),
    Deed("erase", ("person", "erase", "PE-2", "--yes"),
         "SELECT count(*) FROM journal WHERE action = 'person.erase'", _erased),
    Deed("drill", ("drill",), "SELECT count(*) FROM restore_drill", _drilled),
    Deed("draft", ("approvals", "refuse", "AP-9", "Phone", "nobody"), leaves=_drafted, code=2),
    Deed("flash", (), "SELECT count(*) FROM occurrence WHERE ended_at IS NOT NULL", _minutes, FLASH),
    Deed("backup", ("backup",)),
    Deed("restore", ("restore", "kept.db", "--yes")),
)  # fmt: skip

SHEETS = {
    "provider": "name,contact\nInfo Sud,support@infosud.example\nPaie+,\n",
    "person": "name,kind,contact\nClaire Roux,internal,\nZoé Quémeneur,external,zoe@quemeneur.example\n"
    "Yanis Petit,internal,\n",
    "function": "name,mode,owner,criticality\nFinance,internal,Claire Roux,4\nIT,external,Yanis Petit,3\n",
    "circuit": "name,functions,threshold,decider,approves_own\nPurchases,Finance,1500,Claire Roux,yes\n",
    "process": "name,function,accountable\nPay salaries,Finance,Claire Roux\n",
    "changed": "name,criticality\nFinance,3\nLegal,2\n",
    "more": "name\nAlpha\nBeta\nZeta\n",
}
STATEMENTS = {"old.txt": "Invoices are late", "new.txt": "The router answers again"}
TYPED = (
    f"--now|{LAST_MONTH:%Y-%m}-12T09:00|decide|To|go",
    *(f"register|import|{name}|{name}.csv" for name in ("provider", "person", "function", "circuit", "process")),
    "block|VPN|p2|@Info_Sud", "block|Payroll|p1", "decide|We|wait", "next|B-1|call",
    "block|Lease|//|Zoé Quémeneur|knows|the|landlord", "approvals|submit|Glue|90|€|+Finance", "ritual|add|flash",
    "done|B-3", "manual|--out|book", "register|import|function|changed.csv", "backup|kept.db", "backup",
    "block|After the backup",
)  # fmt: skip
"""What made the company."""
_TYPIST = """
import json, sys
from cockpit import __main__ as program
for words in json.loads(sys.argv[1]):
    sys.argv = ["cockpit", *words]
    try:
        code = program.main()
    except SystemExit as leaving:
        code = leaving.code
    if code:
        sys.exit(f"{words}: {code}")
"""
"""Types commands one after the other in one process: a start of the program each would take longer."""


def make_template(folder: Path) -> None:
    """A small company with a history since last month, a backup, and files to read."""
    (folder / "data").mkdir(parents=True, mode=0o700)
    (folder / "config.toml").write_text(
        f'me = "Claire Roux"\n[company]\nname = "Mistral"\nchief = "Claire Roux"\nholidays = ""\n'
        f'[inbox]\nfolder = "{HERE}/inbox"\n[[agenda]]\nname = "A"\nurl = "file://{HERE}/a.ics"\n'
    )
    event = "BEGIN:VEVENT\nUID:{n}\nDTSTART:{day:%Y%m%d}T080000Z\nSUMMARY:Meeting {n}\nEND:VEVENT\n"
    days = [datetime.now(UTC) + timedelta(days=n) for n in range(20)]
    events = "".join(event.format(n=n, day=day) for n, day in enumerate(days))
    (folder / "a.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "more.xlsx").write_bytes(_workbook(("name", "Psi", "Omega")))
    for name, words in STATEMENTS.items():
        (folder / "inbox").mkdir(exist_ok=True)
        (folder / "inbox" / name).write_text(f"{words}\n\nfrom: Info Sud\n", encoding="utf-8")
    (folder / "there").mkdir()
    (folder / "there" / "mine.txt").write_text("kept")
    _type(folder, [line.split("|") for line in TYPED])
    # Between the marks of each page, of which another version is due, people added words of their own.
    mark = "<!-- cockpit:notes -->"
    for page in (folder / "book").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(mark, f"{mark}\nOur own words"), encoding="utf-8")
    _wait_for_the_second_statement(folder)


def _workbook(cells: Sequence[str]) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("providers").write_column(0, 0, cells)
    return made.getvalue()


def _type(folder: Path, commands: Sequence[Sequence[str]]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TYPIST, json.dumps(commands)], cwd=folder, env=environment(folder), check=False,
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _wait_for_the_second_statement(folder: Path) -> None:
    """One statement is here and to be sorted; the other lies in the inbox and was seen there long ago."""
    settings, later = folder / "config.toml", folder / "new.txt"
    kept = settings.read_text()
    settings.write_text(kept.replace(HERE, str(folder)))
    (folder / "inbox" / "new.txt").rename(later)
    _type(folder, [("--now", _EARLIER, "inbox", "receive"), ("inbox", "receive")])
    later.rename(folder / "inbox" / "new.txt")
    _type(folder, [("--now", _EARLIER, "inbox", "receive")])
    settings.write_text(kept)


def environment(folder: Path) -> dict[str, str]:
    """That of a program that works in `folder`, and nowhere else."""
    return {
        **os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        "COCKPIT_DB": str(folder / "data" / "cockpit.db"), "COCKPIT_CONFIG": str(folder / "config.toml"),
        "LANGUAGE": "en", "TMPDIR": str(folder),
    }  # fmt: skip


def run(
    folder: Path, words: Sequence[str], under: Sequence[str] = (), size_limit: int | None = None,
    program: str = "cockpit",
) -> Done:  # fmt: skip
    """Run a command in `folder`, wrapped by `under`, its files limited to `size_limit` bytes."""

    def limit() -> None:
        import resource

        assert size_limit is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (size_limit, size_limit))

    command = [*under, sys.executable, "-m", program, *(each.replace(HERE, str(folder)) for each in words)]
    return subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False, timeout=120,
        stdin=subprocess.DEVNULL, preexec_fn=limit if size_limit is not None else None,
    )  # fmt: skip


def lead(folder: Path) -> Done:
    """Lead a flash point to its end, or end the one that goes on."""
    return run(folder, (), program=FLASH)


def counted(here: Path, query: str) -> int:
    """What a query counts in the database of `here`."""
    with closing(connect(here / "data" / "cockpit.db")) as conn:
        found: int = conn.execute(query).fetchone()[0]
        return found
