"""What a provider reads of us: what waits for them, and not a word of anything else."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from cockpit import locale
from cockpit.domain.records.identities import is_code
from cockpit.domain.records.record import FieldKind
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.provider import Provider
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import partner_pages
from cockpit.services.work import capture, entry, moves
from cockpit.store.connection import connect
from cockpit.store.state import memos
from tests.conftest import MONDAY
from tests.services.demo.demo_shown import seeded

_LEAST = 5
"""Letters of a word that is looked for: shorter ones stand anywhere."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The company of the demo."""
    opened = seeded(MONDAY, tmp_path_factory.mktemp("demo") / "cockpit.db").workspace
    yield opened
    opened.conn.close()


def add(workspace: Workspace, line: str) -> str:
    return capture.save(workspace, "blocker", entry.understand(workspace, line))


@pytest.fixture
def shared(workspace: Workspace) -> Workspace:
    """A cockpit with a provider, somebody of theirs, and matters that wait for them and for others."""
    paie = workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(REGISTERS["provider"], {"name": "InfoSud"})
    workspace.add(REGISTERS["person"], {"name": "Julie Roux", "provider": paie})
    add(workspace, "Écarts de paie @Paie+ p1 pour:vendredi puis:Appeler")
    add(workspace, "Bulletins @Julie_Roux p2")
    add(workspace, "VPN down @InfoSud p1")
    add(workspace, "Licenciement à préparer @Paie+ conf:3")
    workspace.add(REGISTERS["report"], {"name": "Variables", "source": paie, "due": workspace.today()})
    return workspace


def texts(found: partner_pages.PartnerPage) -> str:
    return "\n".join(content.decode() for content in found.contents.values())


def test_it_tells_what_waits_for_them_and_for_their_people(shared: Workspace) -> None:
    found = partner_pages.compose(shared, "paie+")
    assert (found.provider, found.matters, found.deadlines) == ("PR-1", 3, 2)
    assert "| B-1 | Écarts de paie | P1 |" in found.text
    assert "Bulletins" in found.text
    assert "Variables" in found.text
    for word in ("VPN", "InfoSud", "Licenciement", "Appeler", "Julie", "Claire"):
        assert word not in texts(found), word
    calendar = Calendar.from_ical(found.contents[partner_pages.CALENDAR])
    uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == 2
    again = Calendar.from_ical(partner_pages.compose(shared, "PR-1").contents[partner_pages.CALENDAR])
    assert [str(event["uid"]) for event in again.walk("VEVENT")] == uids, "an event keeps its name"


def test_the_sync_keeps_it_fresh_once_somebody_agreed(shared: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    assert partner_pages.refresh(shared) == ()
    partner_pages.publish(shared, partner_pages.compose(shared, "Paie+"), folder, 1)
    assert sorted(path.name for path in folder.iterdir()) == ["deadlines.ics", "index.html", "matters.md"]
    assert [each.written for each in partner_pages.refresh(shared)] == [0], (
        "the same words are not written again"
    )
    moves.done(shared, ["B-1"])
    assert [each.written for each in partner_pages.refresh(shared)] == [3]
    assert "Écarts" not in (folder / "matters.md").read_text(encoding="utf-8")


def test_a_link_in_the_shared_folder_leads_to_no_file_elsewhere(shared: Workspace, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    folder = tmp_path / "shared"
    folder.mkdir()
    found = partner_pages.compose(shared, "Paie+", 1)
    partner_pages.publish(shared, found, folder, 1)
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(mine)
    moves.done(shared, ["B-1"])
    (done,) = partner_pages.refresh(shared)
    assert (done.written, "index.html" in done.why) == (0, True)
    assert mine.read_text(encoding="utf-8") == "mine"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.rename(tmp_path / "old")
    folder.symlink_to(elsewhere)
    (done,) = partner_pages.refresh(shared)
    assert (done.written, f"leads to {elsewhere} now" in done.why) == (0, True), (
        "the place itself was agreed to"
    )
    assert list(elsewhere.iterdir()) == []


def test_what_somebody_else_put_there_is_never_written_over_and_told(
    shared: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    theirs = folder / "index.html"
    theirs.write_text("<p>their own page</p>", encoding="utf-8")
    found = partner_pages.compose(shared, "Paie+", 1)
    with pytest.raises(Refusal, match=r"not left by this cockpit in .*: index\.html; move it away"):
        partner_pages.publish(shared, found, folder, 1)
    assert [path.name for path in folder.iterdir()] == ["index.html"], "nothing is half published"
    assert partner_pages.agreed(shared) == ()
    theirs.unlink()
    partner_pages.publish(shared, found, folder, 1)
    theirs.write_text("written over by them", encoding="utf-8")
    moves.done(shared, ["B-1"])
    (done,) = partner_pages.refresh(shared)
    assert done.written == 0
    assert "move it away" in partner_pages.in_words((done,))
    with pytest.raises(NotPossible, match="move it away"):
        partner_pages.withdraw(shared, "Paie+")
    assert theirs.read_text(encoding="utf-8") == "written over by them"
    assert partner_pages.agreed(shared), "nobody is told that it is empty while it is not"
    theirs.unlink()
    partner_pages.withdraw(shared, "Paie+")
    assert "Nothing is shared here any more" in (folder / "matters.md").read_text(encoding="utf-8")


def test_it_is_kept_in_the_language_in_which_it_was_agreed_to(shared: Workspace, tmp_path: Path) -> None:
    locale.use("fr")
    partner_pages.publish(shared, partner_pages.compose(shared, "Paie+"), tmp_path / "shared", 1)
    locale.use("en")
    add(shared, "Another @Paie+")
    partner_pages.refresh(shared)
    assert "Sujets ouverts" in (tmp_path / "shared" / "matters.md").read_text(encoding="utf-8")
    assert locale.current() == "en"


def test_a_row_that_was_written_by_hand_publishes_nothing(shared: Workspace, tmp_path: Path) -> None:
    partner_pages.publish(shared, partner_pages.compose(shared, "Paie+"), tmp_path / "shared", 1)
    said = memos.get(shared.conn, "partner_page:PR-1")
    memos.put(shared.conn, "partner_page:PR-2", said)
    memos.put(
        shared.conn, "partner_page:PR-1", said.replace(str(tmp_path / "shared"), str(tmp_path / "elsewhere"))
    )
    assert partner_pages.refresh(shared) == ()
    assert not (tmp_path / "elsewhere").exists()


def test_withdrawn_it_is_empty_says_so_and_stays_so(shared: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    partner_pages.publish(shared, partner_pages.compose(shared, "Paie+"), folder, 1)
    partner_pages.withdraw(shared, "Paie+")
    for path in folder.iterdir():
        assert "Écarts" not in path.read_text(encoding="utf-8")
    assert "Nothing is shared here any more, since 23 Nov 2026." in (folder / "index.html").read_text(
        encoding="utf-8"
    )
    assert Calendar.from_ical((folder / "deadlines.ics").read_bytes()).walk("VEVENT") == []
    assert partner_pages.refresh(shared) == ()
    with pytest.raises(Refusal, match="nothing is published"):
        partner_pages.withdraw(shared, "Paie+")


def test_one_folder_is_for_one_provider_and_one_that_is_away_is_told(
    shared: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    partner_pages.publish(shared, partner_pages.compose(shared, "Paie+"), folder, 1)
    with pytest.raises(Refusal, match="another provider"):
        partner_pages.publish(shared, partner_pages.compose(shared, "InfoSud"), folder, 1)
    folder.rename(tmp_path / "away")
    assert "is not there" in partner_pages.in_words(partner_pages.refresh(shared))
    assert not folder.exists()


def test_what_is_for_the_chief_executive_alone_goes_to_nobody(shared: Workspace) -> None:
    with pytest.raises(Refusal, match="chief executive alone"):
        partner_pages.compose(shared, "Paie+", 3)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("which", ["demo", "kerlann"])
def test_nothing_else_of_the_company_is_in_it(
    which: str, language: str, request: pytest.FixtureRequest
) -> None:
    workspace: Workspace = request.getfixturevalue(which)
    locale.use(language)
    with connect(workspace.path) as conn:
        told = list(every_text(conn))
    pages = 0
    for provider in workspace.select(Provider, "provider", "archived_at IS NULL"):
        for level in (0, 1, 2):
            found = partner_pages.compose(workspace, provider.code, level)
            said = texts(found).replace("\r\n ", "").replace("\\,", ",")
            said = re.sub(r"<style>.*?</style>", "", said, flags=re.DOTALL)
            shown = set(re.findall(r"\b[A-Z]{1,2}-\d+\b", said))
            # What is shared as it is: the words of the matters themselves, and who we are.
            own = " ".join(
                text for code, column, text in told if code in shown and column in ("title", "name")
            )
            own += workspace.settings.company.name
            others = {text for code, _column, text in told if code not in shown}
            others |= {
                text for code, column, text in told if code in shown and column not in ("title", "name")
            }
            assert [words for words in others if words not in own and words in said] == []
            for code in shown:
                table = next(each[3] for each in by_code(workspace, code))
                assert table <= level
            pages += bool(found.matters)
    assert pages, "or nothing was looked at"


def every_text(conn: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Code, column and text of every text that somebody wrote."""
    written = (FieldKind.TEXT, FieldKind.LONG, FieldKind.NAMES)
    for register in REGISTERS.values():
        for field in (each for each in register.fields if each.kind in written):
            for row in conn.execute(f'SELECT code, "{field.name}" FROM {register.name}'):
                words = str(row[1] or "").strip()
                if len(words) >= _LEAST and not is_code(words):
                    yield row[0], field.name, words


def by_code(workspace: Workspace, code: str) -> Iterator[tuple[str, str, str, int]]:
    for register in REGISTERS.values():
        for row in workspace.conn.execute(f"SELECT code, conf FROM {register.name} WHERE code = ?", (code,)):
            yield register.name, row["code"], "", row["conf"]
