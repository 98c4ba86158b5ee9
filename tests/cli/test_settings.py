"""Settings are read and changed by name in the shell, and an agenda is tried before it is added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import null

from cockpit.services.settings import load, sections
from tests.cli.conftest import Run

FEED = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Boulangerie\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART:20261124T080000Z\r\nDTEND:20261124T090000Z\r\nSUMMARY:Banque\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Memory(KeyringBackend):  # type: ignore[misc]
    """A keyring that lasts as long as the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def memory() -> Iterator[Memory]:
    before, mine = keyring.get_keyring(), Memory()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text('me = "Zoé"  # moi\n', encoding="utf-8")
    monkeypatch.setenv("COCKPIT_CONFIG", str(path))
    return path


def test_a_setting_is_changed_by_name_told_with_its_line_and_taken_back(run: Run, config: Path) -> None:
    assert run("settings", "set", "company.hours", "lun-ven 6h-13h").code == 0
    assert 'me = "Zoé"  # moi' in config.read_text(encoding="utf-8")
    listed = {each["name"]: each for each in run("settings", "list", "company", "--json").json}
    assert (listed["company.hours"]["value"], listed["company.hours"]["line"]) == ("mon-fri 6h-13h", 4)
    assert listed["company.exceptions"]["from"] == "default"
    assert run("reglages", "get", "company.hours", lang="fr").out == "lun-ven 6h-13h\n"
    assert run("settings", "undo").code == 0
    assert run("settings", "get", "company.hours", "--json").json["from"] == "default"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_program_reads_a_setting_as_the_file_takes_it_whatever_the_language(
    run: Run, config: Path, lang: str
) -> None:
    for name, value in (("language", "fr"), ("theme", "Light"), ("documents.check_links", "non")):
        assert run("settings", "set", name, value, lang=lang).code == 0
    told: dict[str, object] = {
        "language": "fr", "theme": "cockpit-light", "documents.check_links": False, "weeks_back": 5,
        "company.hours": "mon-fri 09:00-12:30 14:00-18:00", "emails": None,
    }  # fmt: skip
    assert {name: run("settings", "get", name, "--json", lang=lang).json["value"] for name in told} == told


def test_a_key_that_an_entry_needs_is_named(run: Run, config: Path) -> None:
    assert run("settings", "add", "channel", "name=Mail", "kind=email").err.startswith(
        "url: this key is missing"
    )


def test_a_folder_is_one_of_this_computer_and_written_whole(
    run: Run, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("documents.folder", "rituals.folder", "inbox.folder"):
        said = run("settings", "set", name, "https://drive.example/docs")
        assert (said.code, "no folder of this computer" in said.err) == (2, True), name
        assert run("settings", "set", name, "out").code == 0
        assert run("settings", "get", name, "--json").json["value"] == str(tmp_path / "out"), name
    assert run("settings", "set", "documents.folder", "~/out").code == 0
    assert run("settings", "get", "documents.folder", "--json").json["value"] == "~/out"


@pytest.mark.parametrize("title", ["Light", "clair"])
def test_a_theme_is_known_by_its_title_in_either_language(tmp_path: Path, title: str) -> None:
    assert sections.parse(f'theme = "{title}"', tmp_path).theme == "cockpit-light"
    assert sections.parse('theme = "mine"', tmp_path).theme == "mine"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("set", "company.timezone", "Paris"), "write an IANA name such as Europe/Paris"),
        (("set", "company.timezon", "x"), "Did you mean “company.timezone”?"),
        (("set", "weeks_back", "beaucoup"), "expected a number"),
        (("add", "channel", "kind=email", "url=smtp://mx.example"), "this key is missing"),
        (("add", "agenda", "name=A", "colr=x"), "no entry of agenda has “colr”"),
        (("remove", "agenda.nobody"), "is not there any more"),
        (("list", "moods"), "is no group of settings"),
        (("undo",), "nothing was changed by Cockpit"),
    ],
    ids=" ".join,
)
def test_what_will_not_do_is_refused_with_what_to_write(
    run: Run, config: Path, words: tuple[str, ...], says: str
) -> None:
    refused = run("settings", *words)
    assert refused.code == 2
    assert says in refused.err
    assert config.read_text(encoding="utf-8") == 'me = "Zoé"  # moi\n'


def test_a_password_goes_into_the_keyring_and_stands_nowhere_else(
    run: Run, config: Path, memory: Memory, tmp_path: Path
) -> None:
    assert run("settings", "set", "inbox.secret", "hunter2").code == 0
    assert memory.kept == {("cockpit", "cockpit-inbox"): "hunter2"}
    assert load.load(config).inbox.secret == "keyring:cockpit-inbox"
    added = run("settings", "add", "channel", "name=Team", "kind=slack", "url=env:SLACK")
    assert added.out.splitlines()[-1] == "Nothing leaves by it before a preview: cockpit channel preview team"
    run("settings", "set", "channel.team.url", "https://hooks.slack.example/T0/hunter3")
    assert memory.kept["cockpit", "cockpit-channel-team-url"].endswith("hunter3")
    for file in tmp_path.iterdir():
        assert file.is_dir() or b"hunter" not in file.read_bytes()


def test_what_is_wrong_in_the_file_is_mended_by_name(run: Run, config: Path) -> None:
    config.write_text('language = "fr"\n[company]\nholidays = "XX"\n', encoding="utf-8")
    assert run("settings", "set", "me", "Zoé").code == 2
    mended = run("settings", "set", "company.holidays", "FR-57")
    assert (mended.code, load.load(config).company.holidays) == (0, "FR-57")


def test_a_system_without_a_keyring_says_what_to_do(run: Run, config: Path) -> None:
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(null.Keyring())
        refused = run("settings", "set", "inbox.secret", "hunter2")
    finally:
        keyring.set_keyring(before)
    assert (refused.code, "env:COCKPIT_INBOX" in refused.err) == (2, True)


def test_an_agenda_is_read_once_told_and_written(run: Run, config: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text(FEED, encoding="utf-8")
    tried = run("agenda", "add", str(tmp_path / "a.ics"), "--dry-run", "--json").json
    assert (tried["name"], tried["found"]["events"], tried["written"]) == ("Boulangerie", 1, False)
    added = run("agenda", "add", str(tmp_path / "a.ics"), "--yes", "--owner", "Sophie")
    assert added.out.splitlines() == [
        "1 event · “Boulangerie”", "next: tomorrow 09:00 Banque", "added: Boulangerie. Next: cockpit sync",
    ]  # fmt: skip
    (agenda,) = load.load(config).agendas
    assert (agenda.key, agenda.owner, agenda.url) == ("boulangerie", "Sophie", str(tmp_path / "a.ics"))
    again = run("agenda", "add", str(tmp_path / "a.ics"), "--yes")
    assert (again.code, "two sources are called" in again.err) == (2, True)


def test_what_is_no_agenda_is_told_and_its_address_is_shown_nowhere(run: Run, config: Path) -> None:
    refused = run("agenda", "add", "claire@gmail.com", "--json").json
    assert refused["error"] == "this is an e-mail address, not the address of an agenda"
    assert "Secret address" in refused["instead"]
    address = "http://127.0.0.1:9/private-hunter2/basic.ics"
    assert "hunter2" not in (said := run("agenda", "add", address)).out + said.err
    run("settings", "add", "agenda", "name=Mine", f"url={address}")
    listed = run("settings", "list", "--json")
    assert "hunter2" not in listed.out
    assert "http://127.0.0.1:9/…" in listed.out


def test_what_is_for_the_chief_executive_alone_is_not_for_a_room(run: Run, config: Path) -> None:
    run("settings", "add", "date", "name=Tell everybody", "phase=sale", "ahead=2m")
    assert "Tell everybody" in run("settings").out
    assert "Tell everybody" not in run("settings", "list", "--level", "2").out


def test_the_settings_are_said_in_french(run: Run, config: Path) -> None:
    said = run("reglages", "list", "alerts", lang="fr").out.splitlines()
    assert said[0] == "── Notifications (alerts)"
    assert said[1].split() == ["Heures", "de", "silence", "19:00-08:00", "par", "défaut", "alerts.quiet"]
