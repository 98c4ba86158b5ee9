"""The shell's door: what is typed, what is answered, what is stored."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cockpit.cli.kit.options import agreed
from cockpit.cli.main import ALIASES, COMMANDS, cli
from cockpit.cli.records.register_names import PLURALS
from cockpit.domain.registers import ORGANISATION, REGISTERS
from tests.cli.conftest import Run
from tests.places import DATA

SHARED = DATA


def test_a_blocker_goes_in_and_says_how_to_undo(run: Run) -> None:
    said = run("block", "VPN", "down", "@InfoSud", "p1", "due:tomorrow", "noon")
    assert said.code == 0
    assert "B-1 saved · undo: cockpit undo" in said.out
    (blocker,) = run("list", "blockers", "--json").json
    assert (blocker["code"], blocker["title"], blocker["severity"]) == ("B-1", "VPN down", "p1")
    assert blocker["waiting_on"] == ["InfoSud"]
    assert blocker["due"] == "2026-11-24T11:00:00+00:00"
    assert "Undone: B-1" in run("undo").out
    assert run("list", "--json").json == []
    assert "Done again: B-1" in run("redo").out


def test_alone_it_reads_one_line_from_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("l'accès d'Éloïse # bloqué @Silae\nanother line\n"))
    assert run("bloc").code == 0
    (blocker,) = run("list", "--json").json
    assert (blocker["title"], blocker["note"]) == ("l'accès d'Éloïse # bloqué", "another line")


def test_an_empty_line_saves_nothing_and_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    said = run("block")
    assert said.code == 2
    assert "no title" in said.err
    assert run("list", "--json").json == []


@pytest.mark.parametrize("form", ["line", "alias"])
def test_a_dry_run_has_the_keys_and_values_of_the_reference(run: Run, form: str) -> None:
    reference = json.loads((SHARED / "quick_entry.json").read_text(encoding="utf-8"))
    for example in reference["examples"]:
        if form not in example:
            continue
        found = run("block", "--dry-run", "--json", "--", example[form]).json
        empty = {key: value for key, value in found.items() if key not in example["expected"]}
        assert {key: found[key] for key in example["expected"]} == example["expected"], example["id"]
        assert not any(empty.values()), example["id"]
    assert run("list", "--json").json == []


def test_priorities_and_decisions_take_the_same_line(run: Run) -> None:
    assert "P-1 saved" in run("priority", "Sign the amendment +payroll due:friday").out
    assert "D-1 saved" in run("decide", "Keep Paie+ one more year owner:Sophie // cheaper").out
    (priority,) = run("list", "priorities", "--json").json
    (decision,) = run("list", "decisions", "--json").json
    assert priority["tags"] == ["payroll"]
    assert (decision["owner"], decision["note"]) == ("Sophie", "cheaper")


@pytest.mark.parametrize(
    "command",
    [
        ("brief",), ("list",), ("agenda", "--from", "2026-11-23", "--to", "2026-11-24"), ("providers",),
        ("sla",), ("journal",), ("doctor",), ("sync",), ("journal", "verify"),
    ],
)  # fmt: skip
def test_everything_works_without_any_configuration(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command).code == 0
    if command != ("journal", "verify"):
        assert run(*command, "--json").code == 0
        assert isinstance(run(*command, "--json").json, list | dict)


def test_common_options_stand_before_or_after_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cockpit.cli.main import run as command_line

    first, second = tmp_path / "1.db", tmp_path / "2.db"
    assert command_line(["--db", str(first), "block", "one"]) == 0
    assert command_line(["block", "two", "--db", str(second)]) == 0
    titles = [
        sqlite3.connect(path).execute("SELECT title FROM blocker").fetchall() for path in (first, second)
    ]
    assert titles == [[("one",)], [("two",)]]


def test_every_command_takes_the_common_options() -> None:
    import click

    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        names = {option.name for option in command.params}
        assert {"config", "db", "now", "lang"} <= names, name


def test_french_aliases_are_the_same_commands() -> None:
    import click

    context = click.Context(cli)
    for alias, name in ALIASES.items():
        assert cli.get_command(context, alias) is cli.get_command(context, name)
    assert set(ALIASES.values()) == set(COMMANDS)


def test_a_wrong_command_is_met_with_the_right_one(run: Run) -> None:
    said = run("blok", "x")
    assert said.code == 2
    assert "Did you mean “block”?" in said.err


@pytest.mark.parametrize(
    "command", [("done", "B-404"), ("show", "Z-1"), ("escalate", "nonsense"), ("wait", "B-404", "Paie+")]
)
def test_an_unknown_code_is_said_with_what_to_do(run: Run, command: tuple[str, ...]) -> None:
    said = run(*command)
    assert said.code == 2
    assert "no such record. `cockpit list` shows the codes." in said.err


def test_a_date_that_is_none_is_said(run: Run) -> None:
    run("block", "VPN")
    said = run("snooze", "B-1", "bientôt")
    assert said.code == 2
    assert "“bientôt” is not a date to come" in said.err
    assert run("snooze", "B-1", "lundi").code == 0
    assert run("list", "--json").json == []


def test_a_damaged_database_is_refused_with_the_way_to_restore(run: Run, tmp_path: Path) -> None:
    run("block", "VPN")
    run("backup")
    path = tmp_path / "cockpit.db"
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    path.write_bytes(b"x" * 10_000)
    said = run("brief")
    assert said.code == 3
    assert "is damaged and was left untouched" in said.err
    assert "cockpit restore" in said.err
    backup = said.err.strip().rpartition("cockpit restore ")[2]
    assert run("restore", backup, "--yes").code == 0
    assert [row["title"] for row in run("list", "--json").json] == ["VPN"]


def test_what_was_typed_is_not_lost_when_the_database_will_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cockpit import __main__ as program

    monkeypatch.setenv("COCKPIT_DB", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["cockpit", "block", "VPN", "down"])
    assert program.main() == 3
    assert "VPN down" in capsys.readouterr().err


def test_a_broken_seal_is_reported(run: Run, tmp_path: Path) -> None:
    run("block", "VPN")
    run("done", "B-1")
    conn = sqlite3.connect(tmp_path / "cockpit.db")
    conn.execute("DROP TRIGGER journal_never_changes")
    conn.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 1")
    conn.commit()
    said = run("journal", "verify", "--json")
    assert said.code == 1
    assert said.json["first_broken"] == 1


def test_the_doctor_tells_keys_that_would_keep_the_screen_shut(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    monkeypatch.setenv("COCKPIT_CONFIG", str(config))
    config.write_text('me = "Claire"\n\n[keys]\n"work.done" = "f11"\n')
    assert "[keys." not in run("doctor").out
    config.write_text('me = "Claire"\n\n[keys]\n"work.done" = "r"\n')
    said = run("doctor")
    assert said.code == 1
    assert "config.toml:4 [keys.work.done]: “r” is given to work.snooze and to work.done" in said.out


def test_a_forged_row_is_named_and_put_back_as_the_journal_has_it(run: Run, tmp_path: Path) -> None:
    run("block", "VPN")
    assert run("journal", "verify").code == 0
    conn = sqlite3.connect(tmp_path / "cockpit.db")
    conn.execute("UPDATE blocker SET title = 'Printer'")
    conn.commit()
    said = run("journal", "verify", "--all")
    assert said.code == 1
    assert "B-1 (blocker): title is “Printer”, the journal says “VPN”" in said.err
    assert run("doctor").code == 1
    (row,) = run("journal", "verify", "--json").json["rows"]
    assert row == {"table": "blocker", "code": "B-1", "field": "title", "stored": "Printer", "journal": "VPN"}
    assert "B-1 is again what the journal says" in run("journal", "restore-row", "b-1", "--yes").out
    assert run("journal", "verify").code == 0
    assert "already" in run("journal", "restore-row", "B-1", "--yes").out
    assert run("journal", "restore-row", "XX-1", "--yes").code == 2
    conn.close()


def test_a_head_that_was_noted_tells_of_an_end_that_was_cut_off(run: Run, tmp_path: Path) -> None:
    run("block", "one")
    run("block", "two")
    entries, head = run("journal", "head").out.split()
    assert run("journal", "head", "--json").json == {"entries": int(entries), "head": head}
    assert run("journal", "verify", "--head", head[:16]).code == 0
    conn = sqlite3.connect(tmp_path / "cockpit.db")
    conn.executescript(
        "DROP TRIGGER journal_never_shrinks; DELETE FROM journal WHERE seq > 1; DELETE FROM memo;"
        "DELETE FROM blocker WHERE number > 1;"
    )
    conn.close()
    assert run("journal", "verify").code == 0
    said = run("journal", "verify", "--head", head)
    assert said.code == 1
    assert head in said.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_is_given(run: Run, shell: str) -> None:
    assert "_COCKPIT_COMPLETE" in run("completion", shell).out


def test_without_a_terminal_the_brief_is_printed(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "cockpit", "--db", str(tmp_path / "a.db"), "--lang", "fr"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "Priorités" in said.stdout


def test_help_reads_in_both_languages(run: Run) -> None:
    assert "Write down a blocker in one line." in run("--help", now=None, lang="en").out
    assert "Noter un blocage en une ligne." in run("--help", now=None, lang="fr").out


def test_the_configuration_chooses_the_language_unless_the_command_line_does(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cockpit import __main__ as program

    path = tmp_path / "config.toml"
    path.write_text('language = "fr"\n', encoding="utf-8")
    monkeypatch.setenv("COCKPIT_CONFIG", str(path))
    monkeypatch.setattr("sys.argv", ["cockpit", "brief"])
    assert program.main() == 0
    assert "Priorités" in capsys.readouterr().out
    assert "Priorities" in run("brief", lang="en").out


def test_level_leaves_out_what_is_above_it(run: Run) -> None:
    run("block", "Zorglub leaves", "conf:3", "p1")
    run("block", "VPN down", "conf:1")
    assert "Zorglub" in run("list").out
    for command in (("list",), ("list", "--json"), ("brief",), ("brief", "--json"), ("list", "--all")):
        said = run(*command, "--level", "1")
        assert said.code == 0, said.err
        assert "Zorglub" not in said.out
        assert "VPN down" in said.out
    hidden = run("show", "B-1", "--level", "2")
    assert hidden.code == 2
    assert "Zorglub" not in hidden.out + hidden.err
    assert "VPN down" in run("show", "B-2", "--level", "1").out


def test_a_decision_with_all_that_is_kept_of_it(run: Run) -> None:
    run("block", "Router dead")
    said = run(
        "decide", "Replace", "it", "--question", "Repair or replace?", "--option", "repair", "--option", "replace",
        "--motive", "five years old", "--decider", "Sophie", "--amount", "1500,50", "--review", "2026-12-01",
        "--on", "B-1",
    )  # fmt: skip
    assert said.code == 0, said.err
    (made,) = run("list", "decisions", "--json").json
    assert (made["question"], made["options"], made["note"]) == (
        "Repair or replace?", "repair\nreplace", "five years old",
    )  # fmt: skip
    assert (made["decider"], made["amount"], made["review_on"], made["blocks"]) == (
        "Sophie", 150050, "2026-12-01", ["B-1"],
    )  # fmt: skip
    assert run("decide", "Rent one", "--supersedes", "D-1").code == 0
    assert "superseded by D-2" in run("list", "decisions").out
    assert "D-1 Replace it" in run("show", "D-2").out
    assert "D-2 Rent one" in run("show", "D-1").out
    assert run("decide", "Again", "--supersedes", "D-1").code == 2
    assert run("decide", "Again", "--amount", "lots").code == 2
    assert run("decide", "Again", "--on", "B-9").code == 2
    assert len(run("list", "decisions").out.splitlines()) == 2


def test_decisions_are_exported_and_never_imported(run: Run, tmp_path: Path) -> None:
    run("decide", "Replace it")
    file = tmp_path / "decisions.csv"
    assert run("register", "export", "decisions", "--output", str(file)).code == 0
    assert "Replace it" in file.read_text()
    assert run("register", "import", "decisions", str(file)).code == 2


def test_rituals_from_templates_and_to_a_calendar(run: Run, tmp_path: Path) -> None:
    assert {each["key"] for each in run("ritual", "templates", "--json").json} >= {
        "review",
        "providers",
        "informal",
    }
    assert "Priorities challenged" in run("rituel", "templates").out
    assert run("ritual", "add", "flash", "--rule", "mon-thu 11:45").code == 0
    assert run("ritual", "add", "nonsense").code == 2
    assert run("ritual", "add", "flash", "--rule", "someday").code == 2
    file = tmp_path / "rituals.ics"
    assert run("ritual", "ics", str(file)).code == 0
    assert "BYDAY=MO,TU,WE,TH" in file.read_text()
    assert run("ritual", "ics", str(tmp_path / "nowhere" / "x.ics")).code == 1


@pytest.mark.parametrize("name", ORGANISATION)
def test_every_register_is_listed_by_its_name_and_in_the_plural(run: Run, name: str) -> None:
    plural = next(each for each, singular in PLURALS.items() if singular == name)
    for word in (name, plural):
        said = run("list", word)
        assert said.code == 0, word
        assert said.out.startswith(REGISTERS[name].title)
        assert "block …" not in said.out


@pytest.mark.parametrize(
    ("typed", "begins"), [("o", True), ("OUI", True), ("y", True), ("", False), ("n", False)]
)
def test_a_yes_is_taken_in_either_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, begins: bool
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"maybe\n{typed}\n"))
    assert agreed("Now?") is begins
    assert "answer yes or no" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "command", [("what-if", "Nobody"), ("slots", "Nobody"), ("show", "Z-1"), ("agenda", "--from", "soonish")]
)
def test_who_asks_for_json_is_refused_in_json(run: Run, command: tuple[str, ...]) -> None:
    said = run(*command, "--json")
    assert (said.code, list(said.json)) == (2, ["error"])
    assert said.json["error"].strip() == run(*command).err.strip()


def test_a_record_names_who_carries_it_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"name,owner\nIT,Claire\n")))
    assert run("register", "import", "functions", "-", "--create").code == 0
    said = run("show", "FN-1").out
    assert said.count("Claire") == 1
    assert "  Owner: PE-1 Claire\n" in said
    assert "  Responsable : PE-1 Claire\n" in run("show", "FN-1", lang="fr").out


def test_undoing_something_old_says_what_and_how_old_before_it_does_it(run: Run) -> None:
    run("block", "VPN down")
    later = "2026-11-25T10:00"
    said = run("undo", now=later)
    assert said.code == 1
    assert "B-1 added" in said.err
    assert "2 d" in said.err
    assert "--yes" in said.err
    assert run("undo", "--json", now=later).code == 1
    assert "Undone: B-1" in run("undo", "--yes", now=later).out
    assert run("redo", now=later).code == 0


def test_another_process_opens_the_same_cockpit_where_no_configuration_was_written(
    run: Run, tmp_path: Path
) -> None:
    from cockpit.cli.kit.opening import same_files

    config, database = tmp_path / "config.toml", tmp_path / "c.db"
    assert run(*same_files(config, database), "sync").err == "", "as the screen starts it"
    assert same_files(config, database) == ("--db", str(database))
    config.write_text('me = "Claire"\n')
    assert same_files(config, database) == ("--config", str(config), "--db", str(database))


def test_the_second_to_write_a_field_is_told_what_the_first_wrote(run: Run) -> None:
    run("block", "VPN down")
    seen = run("journal", "head", "--json").json["entries"]
    run("next", "B-1", "ask Orange")
    told = run("next", "B-1", "new router", "--if-unchanged", str(seen))
    assert told.code == 1
    assert "ask Orange" in told.err
    assert run("show", "B-1", "--json").json["next_step"] == "ask Orange"
    assert "ask Orange" in run("next", "B-1", "new router").out, "what it took the place of is said"


def test_a_line_for_a_record_that_is_not_there_is_given_back(run: Run) -> None:
    told = run("next", "B-9", "call", "Orange")
    assert told.code == 2
    assert "Not saved: call Orange" in told.err


def test_a_file_edited_elsewhere_does_not_take_back_what_others_wrote(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("name,contact\nSophie,0102030405\n")
    run("register", "import", "person", str(tmp_path / "new.csv"))
    out = tmp_path / "people.csv"
    seen = re.search(r"--if-unchanged (\d+)", run("register", "export", "person", "--output", str(out)).err)
    assert seen is not None
    (tmp_path / "other.csv").write_text("code,contact\nPE-1,0600000000\n")
    run("register", "import", "person", str(tmp_path / "other.csv"))
    told = run("register", "import", "person", str(out), "--if-unchanged", seen[1])
    assert (told.code, "0600000000" in told.err) == (1, True)
    assert "0600000000" in run("show", "PE-1").out


def test_a_database_in_a_synchronised_folder_is_told_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    there = str(tmp_path / "Dropbox" / "cockpit.db")
    assert "Dropbox" in run("list", "--db", there).err
    assert "Dropbox" not in run("list", "--db", there).err
    assert "Dropbox" in run("doctor", "--db", there).out


@pytest.mark.parametrize("group", ["partner", "person", "journal"])
def test_a_command_with_two_names_is_listed_once_with_both(run: Run, group: str) -> None:
    in_french, in_english = run(group, "--help", lang="fr").out, run(group, "--help").out
    names = {"partner": "publish, publier", "person": "erase, effacer", "journal": "verify, verifier"}
    assert names[group] in in_french
    english, french = names[group].split(", ")
    assert f"  {english}  " in in_english
    assert f"  {french}  " not in in_english


@pytest.mark.parametrize(
    "words", [("brief",), ("block", "VPN"), ("phase", "sale"), ("backup",), ("sync",)], ids=" ".join
)
def test_no_folder_is_made_for_a_mistyped_database(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = run(*words, "--db", str(tmp_path / "typo" / "x" / "cockpit.db"))
    assert said.code == 3
    assert "cockpit init --db" in said.err
    assert not (tmp_path / "typo").exists()


def test_what_is_above_a_level_is_not_chosen_at_that_level(run: Run) -> None:
    run("block", "VPN", "conf:3")
    said = run("today", "B-1", "--level", "1")
    assert (said.code, said.err) == (2, "B-1 is above level 1.\n")
    assert run("today", "--json").json == []
    assert run("today", "B-1").code == 0


def test_a_port_that_is_taken_is_told_before_any_address(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run("serve", "--port", str(taken.getsockname()[1]))
    assert said.code == 2
    assert "choose another with --port" in said.err
    assert "?key=" not in said.out


def test_a_verification_in_part_does_not_say_that_every_row_is_right(run: Run) -> None:
    run("block", "VPN")
    assert "the rows are what it says" in run("journal", "verify", "--all").out
    with closing(sqlite3.connect(os.environ["COCKPIT_DB"])) as conn:
        conn.execute("UPDATE blocker SET title = 'x'")
        conn.commit()
    assert "--all reads the rest too" in run("journal", "verify").out
    assert run("journal", "verify", "--all").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("undo", "--yes"), ("backup",), ("views", "Mine", "blockers"), ("partner", "publish", "Paie", "--yes"),
        ("block", "VPN"), ("sync",), ("watch", "--once"), ("serve",), ("phase", "sale"), ("seats", "add", "Zoe"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_nothing_is_done_or_said_to_be_done_in_the_past(run: Run, words: tuple[str, ...]) -> None:
    run("block", "Printer", now="2026-11-23T08:00")
    said = run("--at", "2026-11-23T08:30", *words)
    assert (said.code, said.out) == (2, "")
    assert "nothing is written with --at" in said.err


def test_a_file_of_the_past_is_written(run: Run, tmp_path: Path) -> None:
    run("block", "Printer", now="2026-11-23T08:00")
    there = tmp_path / "then.csv"
    assert run("--at", "2026-11-23T08:30", "register", "export", "blockers", "--output", str(there)).code == 0
    assert "Printer" in there.read_text()


def test_a_place_that_cannot_be_written_is_named_and_is_not_the_reply(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    said = run("sync")
    assert said.code == 1
    assert str(tmp_path / "state") in said.err
    assert "the reply" not in said.err
