"""The configuration is changed in place: what is changed and nothing else, and nobody's words are lost."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.services.settings import change, sections, writer
from cockpit.services.settings.change import AddEntry, Change, RemoveEntry, SetValue, place_of
from cockpit.services.settings.editing import Editing

FILE = """\
# Cockpit: configuration.
language = "fr"
me = "Claire"  # your name, as it signs changes
emails = []
# theme = "cockpit-dark"

# The company
[company]
name = "Atelier Mistral"
# exceptions = "2026-12-24 09:00-12:00"

# Agendas: addresses are secrets
[[agenda]]
name = "Mine"
url = 'https://calendar.example/a.ics'
# user = ""

# Status pages of your tools
[[status]]
name = "Slack"
url = "https://slack-status.com"
components = [
    "Messaging",  # the one that matters
]

[keys]
# "work.done" = "x,f8"
"""


def put(place: str, value: change.TomlValue | None) -> SetValue:
    return SetValue(place=place_of(place), value=value)


def lines_that_differ(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went, and lines that came."""
    import difflib

    found = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [each[2:] for each in found if each[0] == "-"], [each[2:] for each in found if each[0] == "+"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "config.toml"
    found.write_text(FILE, encoding="utf-8")
    return found


@pytest.mark.parametrize(
    ("made", "gone", "come"),
    [
        (put("theme", "cockpit-light"), [], ['theme = "cockpit-light"']),
        (
            put("me", 'Claire "Clé"'),
            ['me = "Claire"  # your name, as it signs changes'],
            ['me = "Claire \\"Clé\\""  # your name, as it signs changes'],
        ),
        (put("me", None), ['me = "Claire"  # your name, as it signs changes'], []),
        (put("company.hours", "24x7"), [], ['hours = "24x7"']),
        (put("agenda.mine.owner", "Zoé"), [], ['owner = "Zoé"']),
        (put("status.slack.criticality", "vital"), [], ['criticality = "vital"']),
        (put("keys.work.done", "x"), [], ['"work.done" = "x"']),
        (put("alerts.weekend", True), [], ["", "[alerts]", "weekend = true"]),
        (
            AddEntry(section="agenda", values={"name": "Sophie", "url": "https://b.example/a.ics"}),
            [],
            ["[[agenda]]", 'name = "Sophie"', 'url = "https://b.example/a.ics"', ""],
        ),
        (
            RemoveEntry(section="agenda", entry="mine"),
            ["[[agenda]]", 'name = "Mine"', "url = 'https://calendar.example/a.ics'", '# user = ""', ""],
            [],
        ),
    ],
    ids=str,
)
def test_a_change_touches_its_own_lines_alone(
    path: Path, made: Change, gone: list[str], come: list[str]
) -> None:
    written = writer.change(path, made)
    assert lines_that_differ(FILE, written.after) == (gone, come)
    assert path.read_text(encoding="utf-8") == written.after
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_entry_is_added_after_the_last_of_its_list_and_before_the_comment_of_the_next(path: Path) -> None:
    after = writer.change(path, AddEntry(section="agenda", values={"name": "B", "url": "b.ics"})).after
    assert after.index("# user") < after.index('name = "B"') < after.index("# Status pages")


def test_the_line_ends_and_the_mark_of_an_editor_for_windows_are_kept(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    writer.change(path, put("company.hours", "24x7"))
    kept = path.read_bytes()
    assert kept.startswith(b"\xef\xbb\xbf#")
    assert kept.count(b"\r\n") == kept.count(b"\n") == FILE.count("\n") + 1


def test_a_configuration_that_is_not_there_is_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "config.toml"
    writer.change(path, put("me", "Claire"))
    assert path.read_text(encoding="utf-8") == 'me = "Claire"\n'


@pytest.mark.parametrize(
    "text",
    ['company = {name = "A"}\n', 'company.name = "A"  # ours\n', "[company]\n\"name\" = 'A'\n"],
)
def test_other_ways_to_write_a_key_are_changed_too(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert writer.change(path, put("company.name", "B")).settings.company.name == "B"


def test_what_cannot_be_changed_without_moving_something_else_is_left_to_a_hand(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = (
        'company.name = "A"\n[[agenda]]\nname = "x"\nurl = "x"\n[alerts]\n[[agenda]]\nname = "y"\nurl = "y"\n'
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(writer.CannotChange, match="by hand"):
        writer.change(path, put("company.name", "B"))
    assert path.read_text(encoding="utf-8") == text


def test_a_value_that_will_not_do_is_refused_with_what_to_write_instead(path: Path) -> None:
    with pytest.raises(writer.WrongSetting) as refused:
        writer.change(path, put("company.timezone", "Paris"))
    assert refused.value.fix == "write an IANA name such as Europe/Paris"
    assert path.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize("broken", ["me = Claire\n", "[company\n", 'me = "a"\nme = "b"\n'])
def test_what_does_not_parse_is_never_overwritten(path: Path, broken: str) -> None:
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(writer.CannotChange, match="nothing was written"):
        writer.change(path, put("me", "Claire"))
    assert path.read_text(encoding="utf-8") == broken


def test_a_file_that_is_read_only_says_so(path: Path) -> None:
    path.chmod(0o400)
    with pytest.raises(writer.CannotChange, match="read-only"):
        writer.change(path, put("me", "Zoé"))


def test_what_an_editor_changed_meanwhile_is_kept_beside_the_change(path: Path) -> None:
    path.write_text(FILE.replace("Atelier Mistral", "Mistral SAS"), encoding="utf-8")
    written = writer.change(path, put("me", "Zoé"), seen=FILE)
    assert written.meanwhile
    assert (written.settings.company.name, written.settings.me) == ("Mistral SAS", "Zoé")


def test_the_same_setting_changed_by_an_editor_is_not_written_over(path: Path) -> None:
    path.write_text(FILE.replace('"Claire"', '"Claire Morel"'), encoding="utf-8")
    with pytest.raises(writer.ChangedMeanwhile, match="changed meanwhile"):
        writer.change(path, put("me", "Zoé"), seen=FILE)
    with pytest.raises(writer.ChangedMeanwhile):
        writer.change(path, RemoveEntry(section="agenda", entry="mine"), seen=FILE.replace("a.ics", "z.ics"))


def test_a_change_is_taken_back_byte_by_byte_unless_somebody_wrote_since(path: Path) -> None:
    first = writer.change(path, put("me", "Zoé"))
    second = writer.change(path, RemoveEntry(section="status", entry="slack"))
    writer.put_back(path, second.after, second.before)
    writer.put_back(path, first.after, first.before)
    assert path.read_text(encoding="utf-8") == FILE
    third = writer.change(path, put("me", "Zoé"))
    path.write_text(third.after + "# a word\n", encoding="utf-8")
    with pytest.raises(writer.CannotChange, match="nothing was taken back"):
        writer.put_back(path, third.after, third.before)


def test_the_text_before_is_kept_and_put_back_as_often_as_one_likes(path: Path) -> None:
    with pytest.raises(writer.CannotChange):
        writer.swap(path)
    writer.change(path, put("me", "Zoé"))
    assert writer.swap(path).me == "Claire"
    assert writer.swap(path).me == "Zoé"


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=12)
NAMES = st.sampled_from(["Mine", "Sophie", "Été", 'a "b"', "#1"])
CHANGES = st.lists(
    st.one_of(
        st.builds(
            put, st.sampled_from(["me", "company.name", "company.chief", "inbox.folder", "keys.undo"]), TEXTS
        ),
        st.builds(put, st.sampled_from(["me", "company.name", "emails", "rituals.folder"]), st.none()),
        st.builds(put, st.just("emails"), st.lists(TEXTS, max_size=3)),
        st.builds(put, st.sampled_from(["alerts.weekend", "inbox.internal"]), st.booleans()),
        st.builds(put, st.sampled_from(["weeks_back", "weeks_ahead"]), st.integers(1, 60)),
        st.builds(lambda name: AddEntry(section="agenda", values={"name": name, "url": "x.ics"}), NAMES),
        st.builds(lambda name: RemoveEntry(section="agenda", entry=change.entry_key({"name": name})), NAMES),
    ),
    max_size=6,
)


@given(CHANGES)
def test_whatever_is_changed_the_text_says_it_and_every_other_comment_stands_where_it_stood(
    changes: list[Change],
) -> None:
    text = FILE
    for each in changes:
        raw = tomllib.loads(text)
        try:
            wanted = change.made(raw, each)
        except change.NoSuchEntry:
            continue
        written = change.rewritten(text, raw, each)
        assert written is not None
        assert tomllib.loads(written) == wanted
        comments = [line for line in FILE.splitlines() if line.startswith("#") and "user" not in line]
        left = iter(written.splitlines())
        assert all(comment in left for comment in comments)
        text = written


def test_every_declared_place_is_understood_by_its_name() -> None:
    assert str(place_of("company.hours")) == "company.hours"
    assert place_of("agenda.Mon agenda.url").entry == "mon-agenda"
    assert place_of("keys.work.done").key == "work.done"
    assert place_of("agenda.mine").entry == "mine"
    assert sections.parse(FILE, Path("config.toml")).agendas[0].key == "mine"


def test_an_entry_that_is_renamed_keeps_what_is_stored_of_it(path: Path) -> None:
    editing = Editing(path)
    editing.set(place_of("agenda.mine.name"), "Claire")
    (agenda,) = sections.parse(editing.text, path).agendas
    assert (agenda.key, agenda.name) == ("mine", "Claire")
    assert "# Agendas: addresses are secrets" in editing.text


def test_each_step_is_taken_back_and_done_again_in_order(path: Path) -> None:
    editing = Editing(path)
    for value in ("A", "B", "C"):
        editing.set(place_of("me"), value)
    editing.set(place_of("me"), "C")
    assert [editing.take_back().me for _ in range(3)] == ["B", "A", "Claire"]
    assert not editing.can_take_back
    assert [editing.do_again().me for _ in range(2)] == ["A", "B"]
    editing.set(place_of("me"), "D")
    assert not editing.can_do_again


def test_what_is_typed_is_judged_before_it_is_written(path: Path) -> None:
    editing = Editing(path)
    assert editing.judge(place_of("company.holidays"), "FR") == ""
    assert editing.judge(place_of("company.hours"), "mon 9-").endswith(
        "→ write for example: mon-fri 09:00-12:30 14:00-18:00"
    )
    assert path.read_text(encoding="utf-8") == FILE


def test_an_open_editing_sees_what_was_written_elsewhere_and_refuses_once(path: Path) -> None:
    editing = Editing(path)
    path.write_text(FILE.replace('"Claire"', '"Sophie"'), encoding="utf-8")
    with pytest.raises(writer.ChangedMeanwhile):
        editing.set(place_of("me"), "Zoé")
    editing.set(place_of("me"), "Zoé")
    assert sections.parse(editing.text, path).me == "Zoé"


def test_what_another_job_of_the_screen_wrote_is_taken_back_like_the_rest_and_what_an_editor_wrote_is_not(
    path: Path,
) -> None:
    editing = Editing(path)
    editing.set(place_of("me"), "Zoé")
    editing.took(writer.change(path, AddEntry(section="agenda", values={"name": "B", "url": "b.ics"})))
    assert [agenda.name for agenda in editing.take_back().agendas] == ["Mine"]
    path.write_text(editing.text + "# a word\n", encoding="utf-8")
    assert editing.look_again()
    assert not editing.can_take_back
    assert not editing.can_do_again
