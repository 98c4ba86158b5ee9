"""Nothing above the level of a room leaves by the shell: words, amounts and figures, of every register."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest

from cockpit.cli.main import cli
from cockpit.domain.registers import ORGANISATION
from cockpit.domain.settings import Channel, Settings
from cockpit.services.desk.now import frozen_clock
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import outbox
from cockpit.services.records import finding
from cockpit.services.upkeep import notify
from cockpit.services.work import entry
from cockpit.sharing import webhook
from cockpit.sharing.message import Message
from cockpit.sharing.target import DELIVERED, Delivery
from tests.cli.conftest import Run
from tests.services.records.every_level import NOW, WORDS, fill, secrets_above

READING: tuple[tuple[str, ...], ...] = (
    ("brief",), ("resume",), ("export", "calendar"), ("list",), ("list", "--all"), ("today",),
    ("review",), ("agenda",), ("week",), ("flash",), ("kickoff",),
    ("commitments",), ("providers",), ("sla",), ("journal",), ("alerts",), ("inbox",), ("audit",), ("handover",),
    ("map",), ("interfaces",), ("risks",), ("continuity",), ("contracts",), ("raci",), ("ritual", "ics"),
    ("register", "export", "all"), ("slots",), ("sla", "report"), ("outbox",), ("absence",), ("figures",), ("goals",),
    ("goals", "--all"), ("costs",), ("report",), ("signals",), ("signals", "--all"), ("approvals",), ("manual",),
    ("dossier",), ("phase",), ("feedback",), ("expected",), ("trial",), ("sign",), ("drafts",), ("settings", "list"),
    ("inbox", "show", "ST-4"), ("partner", "publish", "PR-1", "--dry-run"), ("partner", "publier", "PR-1", "--dry-run"),
    ("outbox", "show", "1"), ("signals", "show", "S1"), ("slots", "PE-4"), ("absence", "PE-4"),
    *(("list", name, "--all") for name in ORGANISATION),
    *(("show", f"{prefix}-{n}") for prefix in ("B", "P", "D") for n in (1, 4)),
    *(("what-if", code) for code in ("PE-1", "PR-1", "PE-4", "PR-4")),
    *(("provider", "show", f"PR-{n}") for n in (1, 4)),
    *(("ritual", "agenda", f"RT-{n}") for n in (1, 4)),
    *(("sla", "show", f"CK-{n}") for n in (1, 4)),
)  # fmt: skip
WITHOUT_JSON = {("ritual", "ics"), ("export", "calendar"), ("inbox", "show", "ST-4"), ("outbox", "show", "1")}


@pytest.fixture
def company(run: Run, tmp_path: Path) -> Run:
    """The company, as often as it is asked for."""
    fill(run, tmp_path)
    return run


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_command_says_what_is_above_the_level(company: Run, command: tuple[str, ...]) -> None:
    for level in (0, 1, 2):
        secrets = secrets_above(level)
        for form in ((), ("--json",)):
            if form and command in WITHOUT_JSON:
                continue
            said = company(*command, "--level", str(level), *form, now=NOW)
            assert "No such option" not in said.err, said.err
            found = secrets.findall(said.out + said.err)
            assert not found, (level, form, found, said.out)


def test_no_command_says_it_to_a_seat_of_that_level(company: Run, tmp_path: Path) -> None:
    level = 2
    config, database = tmp_path / "seats.toml", tmp_path / "cockpit.db"
    rights = '["work", "lead", "decide", "organise", "send", "settings", "files"]'
    config.write_text(f'[[seat]]\nname = "Sophie"\nlevel = {level}\nmay = {rights}\n', encoding="utf-8")
    seat = ("--config", str(config), "--db", str(database), "--seat", "Sophie")
    secrets = secrets_above(level)
    # What one asks for by its word is not told by it: what is asked is the code.
    asked = (
        *READING, *(("show", code) for code in ("B-4", "P-4", "D-4", "PE-4", "PR-4", "CK-4")), ("drafts",),
        ("undo", "--yes"),
        ("done", "B-4"), ("next", "B-4", "call"), ("lesson", "B-4", "learn"), ("prepare",), ("sla", "pause", "CK-4",
        "--reason", "waiting_us"), ("provider", "settle", "PR-4"), ("journal", "verify"), ("doctor",), ("list", "-q"),
        ("journal", "restore-row", "B-4", "--yes"), ("register", "export", "blocker"), ("dossier",), ("redo", "--yes"),
    )  # fmt: skip
    for command in asked:
        form = ("--json",) if command in READING and command not in WITHOUT_JSON else ()
        said = company(*seat, *command, *form, now=NOW)
        assert "Traceback" not in said.err, (command, said.err)
        found = secrets.findall((said.out + said.err).replace(str(tmp_path), ""))
        assert not found, (command, found, said.out + said.err)


def with_a_level(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The commands below that one that are given a level."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from with_a_level(below, (*path, name))
    if any(each.name == "level" for each in command.params):
        yield path


def test_every_command_that_is_given_a_level_is_tried() -> None:
    missing = [
        path for path in with_a_level(cli, ()) if not any(each[: len(path)] == path for each in READING)
    ]
    assert missing == []


@pytest.mark.parametrize("level", [0, 1, 2])
def test_no_search_answers_with_what_is_above_the_level(company: Run, tmp_path: Path, level: int) -> None:
    with closing(Workspace.open(tmp_path / "cockpit.db", Settings()).conn) as conn:
        workspace = Workspace(conn, tmp_path / "cockpit.db")
        room = workspace.behind(level)
        for word in (
            *WORDS[level + 1 :],
            *(f"{word[:-2]}{word[-1]}{word[-2]}" for word in WORDS[level + 1 :]),
        ):
            for _register, record in finding.find(room, word):
                assert not secrets_above(level).search(str(record)), (word, record)
        assert entry.known(room).matching("owner", WORDS[level + 1]) == ()
        names = " ".join(room.names().values())
        assert not secrets_above(level).search(names)
        room.conn.close()


@pytest.mark.parametrize("level", [0, 1, 2])
def test_no_message_says_what_is_above_the_level_of_its_channel(
    company: Run, tmp_path: Path, level: int
) -> None:
    channel = Channel(
        key="team", name="Team", kind="webhook", url="https://hooks.example/in", level="orange", conf=level
    )
    clock = frozen_clock("2026-11-23T10:00", ZoneInfo("Europe/Paris"))
    settings = Settings(channels=(channel,))
    workspace = Workspace.open(tmp_path / "cockpit.db", settings, clock)
    came: list[Message] = []

    async def take(_target: object, message: Message, **_rest: object) -> Delivery:
        came.append(message)
        return DELIVERED

    async def pause(_seconds: float) -> None:
        return

    with closing(workspace.conn):
        outbox.approve(workspace, channel)
        for _turn in range(3):
            asyncio.run(notify.notify(workspace, deliver=take, pause=pause))
        assert came, "something left"
        for message in came:
            assert not secrets_above(level).search(repr(message)), message
            assert not secrets_above(level).search(json.dumps(payload(message))), message


def payload(message: Message) -> object:
    """What a program at the other end reads."""
    return webhook.shown(message)


@pytest.mark.parametrize("command", [("brief",), ("journal",), ("raci",), ("register", "export", "all")])
def test_whoever_asks_for_all_gets_all(company: Run, command: tuple[str, ...]) -> None:
    said = company(*command, "--json", now=NOW).out
    assert secrets_above(2).search(said), "or the other tests would see nothing"


def _texts(folder: Path) -> str:
    """All that the files of a folder say, those inside of a workbook too."""
    said = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                said += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
        elif path.is_file():
            said.append(path.read_text(encoding="utf-8"))
    return "\n".join(said)


def test_no_file_of_the_consolidated_report_says_what_is_above_the_level(
    company: Run, tmp_path: Path
) -> None:
    later = "2026-12-15T09:00"
    for state, more in (("open", ()), ("closed", ("--close",))):
        if more:
            assert company("report", "2026-11", *more, "--out", str(tmp_path / "all"), now=later).code == 0
        for level in (0, 1, 2):
            out = tmp_path / f"{state}{level}"
            said = company("report", "2026-11", "--level", str(level), "--json", "--out", str(out), now=later)
            assert said.code == 0, said.err
            # The folder of the test has the name of the test's own words.
            found = secrets_above(level).findall(_texts(out) + said.out.replace(str(tmp_path), ""))
            assert not found, (state, level, found)
