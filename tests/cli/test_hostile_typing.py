"""Text that a person types is never lost: shells, encodings, locks, and sentences that are long."""

from __future__ import annotations

import errno
import json
import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.cli.kit import opening
from cockpit.cli.work import quick
from cockpit.domain.settings import Settings
from cockpit.domain.work.shell_words import eaten
from cockpit.services.desk import calendars, ground, refusal
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from cockpit.store import holidays, records
from cockpit.store.state import drafts
from tests.cli.conftest import Run
from tests.conftest import TickingClock

ROOT = Path(__file__).resolve().parents[2]


def cockpit(tmp_path: Path, *args: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {
        **os.environ, "COCKPIT_DB": str(tmp_path / "a.db"), "LANGUAGE": "en", "PYTHONPATH": str(ROOT), **environment,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "cockpit", *args], capture_output=True, env=env, cwd=tmp_path, check=False
    )


def titles(tmp_path: Path) -> list[str]:
    conn = sqlite3.connect(tmp_path / "a.db")
    return [row[0] for row in conn.execute("SELECT title FROM blocker ORDER BY number")]


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """The folder of a database whose holidays are known, so that nothing is looked up beside."""
    assert cockpit(tmp_path, "sync", "--holidays").returncode == 0
    return tmp_path


def test_an_argument_in_latin_1_keeps_its_accents(known: Path) -> None:
    assert cockpit(known, b"block", "Café fermé, cœur à 500 €".encode("cp1252")).returncode == 0
    assert titles(known) == ["Café fermé, cœur à 500 €"]


def test_an_argument_in_utf_8_is_read_as_such_where_the_locale_knows_ascii_alone(known: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert cockpit(known, "block", "Café fermé → cœur".encode(), **ascii_only).returncode == 0
    assert titles(known) == ["Café fermé → cœur"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_cannot_write_a_sign_makes_nothing_fail(known: Path, encoding: str) -> None:
    said = cockpit(known, "block", "Émile → œuvre puis:voir", PYTHONIOENCODING=encoding)
    assert (said.returncode, said.stderr) == (0, b"")
    assert titles(known) == ["Émile → œuvre"]
    assert cockpit(known, "brief", PYTHONIOENCODING=encoding).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_reply_that_nobody_reads_is_no_failure(known: Path) -> None:
    env = {**os.environ, "COCKPIT_DB": str(known / "a.db"), "PYTHONPATH": str(ROOT)}
    with open("/dev/full", "wb") as full:
        said = subprocess.run(
            [sys.executable, "-m", "cockpit", "block", "VPN"], stdout=full, env=env, check=False
        )
    assert said.returncode == 0
    assert titles(known) == ["VPN"]


def test_a_full_disk_is_told_as_such_by_each_door(workspace: Workspace) -> None:
    workspace.conn.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError) as full:
        capture.save(workspace, "blocker", entry.understand(workspace, "x" * 200_000))
    assert "full: make room" in refusal.explain(full.value)
    said = opening.explain(opening.broken(workspace, full.value))
    assert "is full" in said
    assert "cannot be opened" not in said
    assert "full: make room" in refusal.explain(OSError(errno.ENOSPC, "No space left on device"))


def test_a_locked_database_gives_the_line_back_also_before_any_holiday_is_known(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cockpit.store.connection.BUSY_MS", 10)
    assert run("list").code == 0
    other = sqlite3.connect(tmp_path / "cockpit.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for words in (("block", "VPN", "pour:fin du mois", "sla:J+2"), ("block", "--json", "VPN @x sla:4ho")):
        said = run(*words)
        assert said.code == 3
        assert "VPN" in said.err
        assert said.err.count("Kept as a draft") == 1
    said = run("undo", "--yes")
    assert "is busy with another process" in said.err
    assert "free space" not in said.err
    other.execute("ROLLBACK")
    with closing(Workspace.open(tmp_path / "cockpit.db", Settings()).conn) as conn:
        waiting = [line.text for line in drafts.waiting(conn, "new:blocker")]
        assert waiting == ["VPN pour:fin du mois sla:J+2", "VPN @x sla:4ho"], "each by itself"
    assert run("block", "VPN", "pour:fin du mois", "sla:J+2").code == 0
    assert run("block", "--json", "VPN @x sla:4ho").code == 0
    assert run("drafts", "--json").json == [], "both were typed again"


def test_a_line_for_which_there_is_no_room_beside_the_database_says_where_it_is_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _texts: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ground, "keep_drafts", full)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    said = run("next", "B-99", "Phone", "nobody").err
    (kept,) = tmp_path.glob("cockpit/cockpit-drafts-*.txt")
    assert said.endswith(f"Nothing can be written beside the database: it is kept in {kept}\n")
    assert "Phone nobody" in kept.read_text()


def test_a_line_that_was_refused_and_is_saved_again_is_no_draft_any_more(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cockpit.store.connection.BUSY_MS", 10)
    assert run("list").code == 0
    with closing(sqlite3.connect(tmp_path / "cockpit.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "Kept as a draft" in run("block", "VPN").err
        other.execute("ROLLBACK")
    assert run("block", "VPN").code == 0
    with closing(Workspace.open(tmp_path / "cockpit.db", Settings()).conn) as conn:
        assert records.count(conn, "draft") == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_what_a_terminal_cannot_write_is_replaced_and_never_a_failure(known: Path, encoding: str) -> None:
    env = {
        **os.environ,
        "COCKPIT_DB": str(known / "a.db"),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": encoding,
    }
    for words in (("block", "cœur ▲ 500 €"), ("brief",), ("list", "--json"), ("review",)):
        command = [sys.executable, "-m", "cockpit", "--lang", "fr", *words] if words[0] != "brief" else [
            sys.executable, "-m", "cockpit", *words]  # fmt: skip
        said = subprocess.run(command, capture_output=True, env=env, check=False)
        assert (said.returncode, said.stderr) == (0, b"")
        if "--json" in words:
            assert json.loads(said.stdout.decode(encoding))[0]["title"] == "cœur ▲ 500 €", (
                "no sign of it is lost"
            )
    assert titles(known) == ["cœur ▲ 500 €"]


def test_understanding_a_line_writes_nothing(workspace: Workspace) -> None:
    said: list[str] = []
    workspace.conn.set_trace_callback(said.append)
    found = entry.understand(workspace, "Paie @Silae pour:25/12 sla:J+2 qui:Sophie // note")
    entry.summary(workspace, found)
    workspace.conn.set_trace_callback(None)
    assert "non_business_day" in found.warnings, "Christmas is known although it was never kept"
    assert [line for line in said if not line.lstrip().upper().startswith(("SELECT", "PRAGMA"))] == []


def test_the_first_line_of_a_year_looks_nothing_up(workspace: Workspace, clock: TickingClock) -> None:
    calendars.look_ahead(workspace)
    clock.at = clock.at.replace(year=2027, month=1, day=1)
    known = holidays.frozen_years(workspace.conn, "FR")
    assert {2026, 2027, 2028} <= known
    calendars._asked.cache_clear()
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN pour:demain sla:4ho"))
    company_calendar(workspace, ask=True)
    assert calendars._asked.cache_info().misses == 0
    assert calendars.years_ahead(workspace, only_missing=True) == (2029,), "which is looked up beside"


def test_the_years_to_come_are_looked_up_beside_the_first_line(workspace: Workspace) -> None:
    beside = quick.look_ahead(workspace)
    assert beside is not None
    assert beside.wait() == 0, "the process finds the package and this database"
    assert {workspace.today().year, workspace.today().year + 1} <= holidays.frozen_years(workspace.conn, "FR")
    assert quick.look_ahead(workspace) is None


@pytest.mark.parametrize(
    "words",
    [
        ("next", "B-1"), ("prepare", "B-1"), ("escalate", "B-1"), ("wait", "B-1"), ("delegate", "B-1"),
        ("decide", "Keep it", "--decider"), ("decide", "Keep it", "--motive"),
        ("phase", "sale", "--note"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_long_words_are_kept_whole(run: Run, words: tuple[str, ...]) -> None:
    run("block", "VPN", "@InfoSud")
    long = " ".join(["relancer"] * 1_000) + " fin"
    said = run(*words, long)
    assert said.code == 0, said.err
    with closing(sqlite3.connect(os.environ["COCKPIT_DB"])) as conn:
        (noted,) = conn.execute("SELECT group_concat(after) FROM journal").fetchone()
    assert long in noted


def test_a_field_that_is_too_long_is_refused_and_not_cut(workspace: Workspace) -> None:
    from cockpit.domain.registers import REGISTERS
    from cockpit.services.desk import forms

    register = REGISTERS["provider"]
    with pytest.raises(forms.WrongValue, match="300 characters at most; this has 301"):
        forms.read(workspace, register.field("name"), "x" * 301, {})
    assert forms.read(workspace, register.field("contact"), "x " * 200, {}) == ("x " * 200).strip()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["laccès nest", "pas", "ouvert"], ("laccès", "nest")),
        (["Panne", "de", "lordinateur daccueil"], ("lordinateur",)),
        (["quil nest", "pas", "là"], ("quil", "nest")),
        (["Paie bloquée", "@Silae"], ()),
        (["Dossier de Laurent", "p1"], ()),
        (["@Cabinet Dupont", "VPN"], ()),
        (["La lune est là", "x"], ()),
        (["VPN", "down"], ()),
        ([], ()),
    ],
)
def test_apostrophes_that_a_shell_ate_are_seen(arguments: list[str], words: tuple[str, ...]) -> None:
    assert eaten(arguments) == words


def test_the_reply_shows_what_was_kept_and_the_way_out(run: Run) -> None:
    for command in ("block", "priority", "decide"):
        said = run(command, "laccès nest", "pas", "ouvert")
        assert "kept as “laccès nest”" in said.out
        assert f"cockpit {command}, then Enter" in said.out


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_arguments_are_looked_at_without_harm(arguments: list[str]) -> None:
    assert all(any(word in argument for argument in arguments) for word in eaten(arguments))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_reply_that_cannot_be_written_is_told_and_the_deed_stands(known: Path) -> None:
    env = {**os.environ, "COCKPIT_DB": str(known / "a.db"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cockpit", "--lang", "en"]
    assert subprocess.run([*command, "block", "VPN"], env=env, check=False).returncode == 0
    with open("/dev/full", "wb") as full:
        said = subprocess.run(
            [*command, "next", "B-1", "call"], stdout=full, stderr=subprocess.PIPE, env=env, check=False
        )
    assert (said.returncode, b"Traceback" in said.stderr) == (1, False)
    assert b"cockpit journal" in said.stderr


REFUSED: tuple[tuple[str, ...], ...] = (
    ("next", "B-9", "call the provider"), ("escalate", "B-9", "who pays"), ("lesson", "B-9", "ask before the 5th"),
    ("prepare", "B-9", "call before noon"), ("done", "B-9", "--lesson", "ask earlier"), ("wait", "B-9", "Paie+"),
    ("snooze", "B-1", "the day after never"), ("delegate", "B-9", "Sophie"), ("spent", "B-9", "15"),
    ("figure", "balance", "182k", "//", "why"), ("goals", "--on-track", "G-9", "--note", "nearly there"),
    ("decide", "We wait", "--amount", "12x", "--motive", "too dear"), ("decide", "p1"), ("block", "p1"),
    ("priority", "--json", "p1"), ("signals", "act", "S1", "call them"), ("provider", "spoke", "Nobody", "it is down"),
    ("alerts", "mute", "7", "known", "--until", "never"), ("inbox", "refuse", "ST-9", "not ours"),
    ("contracts", "decide", "CT-9", "we renew"), ("sla", "waive", "CK-9", "by agreement"),
    ("feedback", "nobody", "of", "ours", "4/5"), ("trial", "something", "odd"), ("expected", "nothing", "known"),
    ("signals", "accept", "S3", "31/12", "--because", "known"), ("figure", "--no-such-option", "cash 3"),
)  # fmt: skip


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_a_command_that_is_refused_waits_whole_until_it_is_typed_again(
    run: Run, words: tuple[str, ...]
) -> None:
    assert run("block", "VPN").code == 0
    assert run(*words).code not in (0, 70)
    (line,) = [each["line"] for each in run("drafts", "--json").json]
    assert shlex.split(line)[0] == "cockpit"
    for word in words:
        assert word in line or word == "--json", line
    assert "cockpit drafts" not in run("list").err, "it is said once"
    assert "dropped" in run("drafts", "--drop", "1").out
    assert run("drafts", "--json").json == []
    assert run("drafts", "--drop", "1").code == 2


def test_the_next_start_says_that_lines_wait_and_a_command_typed_again_waits_no_more(run: Run) -> None:
    assert run("next", "B-1", "call", "them").code == 2
    assert run("next", "B-1", "pay").code == 2
    assert "2 lines wait to be typed again" in run("list").err
    assert run("block", "VPN").code == 0
    assert run("next", "B-1", "call", "them").code == 0
    assert [each["line"] for each in run("drafts", "--json").json] == ["cockpit next B-1 pay"]
    assert run("drafts", "--json", "--level", "2").json == [], "how confidential it is, nobody said"


def test_what_only_shows_and_what_was_only_tried_leaves_no_draft(run: Run) -> None:
    for words in (
        ("show", "B-9"),
        ("absence", "Nobody"),
        ("decide", "--dry-run", "p1"),
        ("done", "B-9"),
        ("slots", "X"),
    ):
        run(*words)
    assert run("drafts", "--json").json == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_reply_that_nobody_could_read_leaves_no_draft_of_what_was_done(known: Path) -> None:
    env = {**os.environ, "COCKPIT_DB": str(known / "a.db"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cockpit", "--lang", "en"]
    assert subprocess.run([*command, "block", "VPN"], env=env, check=False).returncode == 0
    with open("/dev/full", "wb") as full:
        subprocess.run([*command, "next", "B-1", "call"], stdout=full, stderr=full, env=env, check=False)
    assert cockpit(known, "drafts", "--json").stdout.strip() == b"[]"


def test_a_line_refused_by_a_pipe_waits_with_what_the_pipe_brought(known: Path) -> None:
    env = {**os.environ, "COCKPIT_DB": str(known / "a.db"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cockpit", "decide", "--on", "B-9"]
    said = subprocess.run(
        command, input="We wait\nbecause\n", env=env, text=True, capture_output=True, check=False
    )
    assert said.returncode == 2
    assert b"We wait // because" in cockpit(known, "drafts").stdout
