"""A configuration is read whole, or refused with the file, the line, the key and the way to mend it."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.settings import Settings
from cockpit.domain.text import is_plain
from cockpit.services.settings import load, sections, starter, writer
from cockpit.services.settings.fault import ConfigError

WHOLE = """\
language = "fr"
me = "Claire"
emails = ["claire@mistral.test"]

[company]
name = "Atelier Mistral"
timezone = "Europe/Paris"
day_start = "08:30"

[[agenda]]
name = "Mon agenda"
url = "webcal://agenda.test/prive.ics"
secret = "env:AGENDA"

[[status]]
name = "Slack"
url = "https://slack-status.com"
criticality = "vital"
components = ["Messaging"]

[keys]
"work.done" = "x,f8"

[[channel]]
name = "Team"
kind = "slack"
url = "env:SLACK"
level = "orange"
conf = 2

[alerts]
quiet = "20:00-07:30"

[inbox]
folder = "~/drop"
mail = "imaps://mx.test"
allowed = ["@partner.test"]
"""


def test_every_value_is_read() -> None:
    found = sections.parse(WHOLE, Path("config.toml"))
    assert (found.language, found.me, found.emails) == ("fr", "Claire", ("claire@mistral.test",))
    assert [(a.key, a.secret) for a in found.agendas] == [("mon-agenda", "env:AGENDA")]
    assert [(s.key, s.criticality, s.components) for s in found.statuses] == [
        ("slack", "vital", ("Messaging",))
    ]
    assert found.keys == {"work.done": "x,f8"}


@pytest.mark.parametrize(
    ("wrong", "right", "line", "key"),
    [
        ('language = "fr"', 'language = "de"', 1, "language"),
        ('me = "Claire"', "me = 3", 2, "me"),
        ('timezone = "Europe/Paris"', 'timezone = "Paris"', 7, "company.timezone"),
        ('day_start = "08:30"', 'day_start = "8h"', 8, "company.day_start"),
        ('name = "Atelier Mistral"', 'name = "A"\nhours = "lun-ven 9-"', 7, "company.hours"),
        ('secret = "env:AGENDA"', 'secret = "hunter2"', 13, "agenda.1.secret"),
        ('url = "https://slack-status.com"', 'ulr = "https://slack-status.com"', 17, "status.1.ulr"),
        ('criticality = "vital"', 'criticality = "huge"', 18, "status.1.criticality"),
        ('components = ["Messaging"]', 'components = "Messaging"', 19, "status.1.components"),
        ("[[agenda]]", "[agenda]", 10, "agenda"),
        ('me = "Claire"', "me = Claire", 2, ""),
        ('"work.done" = "x,f8"', '"work.done" = ""', 22, "keys.work.done"),
        ('criticality = "vital"', 'engine = "statuspag"', 18, "status.1.engine"),
        ('url = "https://slack-status.com"', 'url = "ftp://x"', 17, "status.1.url"),
        ('name = "Atelier Mistral"', 'name = "A"\nexceptions = "2026-12-24"', 7, "company.exceptions"),
        ('kind = "slack"', 'kind = "fax"', 26, "channel.1.kind"),
        ('url = "env:SLACK"', 'url = "https://hooks.slack.com/T/B/x"', 27, "channel.1.url"),
        ('url = "env:SLACK"', "", 24, "channel.1.url"),
        ('level = "orange"', 'level = "pink"', 28, "channel.1.level"),
        ("conf = 2", "conf = 4", 29, "channel.1.conf"),
        ('kind = "slack"', 'kind = "email"', 24, "channel.1.to"),
        ('quiet = "20:00-07:30"', 'quiet = "at night"', 32, "alerts.quiet"),
        ('quiet = "20:00-07:30"', 'quiet = "25:00-07:30"', 32, "alerts.quiet"),
        ('allowed = ["@partner.test"]', "", 34, "inbox.allowed"),
        ('folder = "~/drop"', 'foldr = "~/drop"', 35, "inbox.foldr"),
    ],
)
def test_a_fault_names_file_line_and_key(wrong: str, right: str, line: int, key: str) -> None:
    with pytest.raises(ConfigError) as raised:
        sections.parse(WHOLE.replace(wrong, right), Path("config.toml"))
    assert (raised.value.line, raised.value.key) == (line, key)
    assert str(raised.value).startswith(f"config.toml:{line}")
    assert "→" in str(raised.value)


@pytest.mark.parametrize(
    "hidden",
    [r"\u001b]52;c;aGk=\u0007", r"\u009d52;c;aGk=\u009c", r"\u202e", r"\u200b", r"\n", r"\u0007"],
)
@pytest.mark.parametrize(
    "line", ['me = "Cla{}ire"', 'emails = ["a{}@b.test"]', '[company]\nname = "Mis{}tral"', '"k{}ey" = 1']
)
def test_what_is_not_seen_in_a_value_is_refused_and_never_shown(line: str, hidden: str) -> None:
    with pytest.raises(ConfigError) as caught:
        sections.parse(line.format(hidden), Path("config.toml"))
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert all(is_plain(each) for each in lines)


def test_a_secret_never_stands_in_the_message() -> None:
    with pytest.raises(ConfigError) as raised:
        sections.parse(WHOLE.replace('"env:AGENDA"', '"hunter2"'), Path("config.toml"))
    assert "hunter2" not in str(raised.value)


def test_a_typing_mistake_is_met_with_the_right_key() -> None:
    with pytest.raises(ConfigError, match="did you mean company"):
        sections.parse("[compny]\n", Path("config.toml"))


def test_a_key_that_an_earlier_version_took_stops_nobody() -> None:
    (agenda,) = sections.parse(
        WHOLE.replace("[[status]]", 'colour = "cyan"\n\n[[status]]', 1), Path("config.toml")
    ).agendas
    assert agenda.name == "Mon agenda"
    with pytest.raises(ConfigError, match="colour"):
        sections.parse(WHOLE.replace("criticality", 'colour = "cyan"\ncriticality', 1), Path("config.toml"))


def test_two_sources_of_one_name_are_refused() -> None:
    twice = '[[agenda]]\nname = "A"\nurl = "a.ics"\n[[agenda]]\nname = "a"\nurl = "b.ics"\n'
    with pytest.raises(ConfigError) as raised:
        sections.parse(twice, Path("config.toml"))
    assert raised.value.line == 5


def test_without_a_file_the_defaults_hold_unless_it_was_asked_for(tmp_path: Path) -> None:
    assert load.load(tmp_path / "none.toml") == Settings()
    with pytest.raises(ConfigError, match="cockpit init"):
        load.load(tmp_path / "none.toml", required=True)


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load.load(path)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(ConfigError):
        assert isinstance(sections.parse(text, Path("config.toml")), Settings)


@given(
    company=st.text(max_size=40),
    me=st.text(max_size=20),
    agenda=st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=60),
)
def test_what_init_writes_is_read_back(company: str, me: str, agenda: str) -> None:
    answers = starter.Answers(
        language="fr", company=company, me=me, timezone="Europe/Paris", holidays="FR-57", agenda=agenda.strip(),
        statuses=(("Slack", "https://slack-status.com"),),
    )  # fmt: skip
    found = sections.parse(starter.render(answers), Path("config.toml"))
    assert found.company.holidays == "FR-57"
    assert [source.name for source in found.statuses] == ["Slack"]


def test_the_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "config.toml"
    writer.put(path, "language = 'fr'\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
