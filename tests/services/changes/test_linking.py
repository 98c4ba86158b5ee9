"""Names that were typed before their record was made."""

from __future__ import annotations

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.person import Person
from cockpit.services.changes import linking
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records import history
from cockpit.services.work import capture, entry
from cockpit.store import journal, records


def add(workspace: Workspace, line: str) -> str:
    return capture.save(workspace, "blocker", entry.understand(workspace, line))


def one(workspace: Workspace, code: str) -> Blocker:
    return workspace.select(Blocker, "blocker", "code = ?", (code,))[0]


def as_it_was_kept_before(workspace: Workspace, code: str, **values: str) -> None:
    """A row as an earlier version left it: the text that was typed, past the rule that puts a code there."""
    found = one(workspace, code)
    put = journal.Put("blocker", found.id, records.values(REGISTERS["blocker"], values))
    workspace._write(workspace.stamp("blocker.edit"), [put])


def test_what_was_typed_before_is_asked_then_linked_as_one_change(workspace: Workspace) -> None:
    for line in ("VPN @iroise sla:4ho", "Key @Iroise", 'Printer @"Iroise Informatique" qui:Sophie'):
        add(workspace, line)
    code = workspace.add(REGISTERS["provider"], {"name": "Iroise Informatique"})
    found = linking.unlinked(workspace)
    assert list(found) == [code]
    assert linking.question(workspace, code, found[code]) == "link 3 blockers to Iroise Informatique?"
    linking.link(workspace, code, found[code])
    assert {one(workspace, f"B-{n}").waiting_on for n in (1, 2, 3)} == {(code,)}
    told = {each.code: each.what for each in reversed(history.recent(workspace))}
    assert told["B-3"] == "Waiting on: Iroise Informatique → PR-1", "what was linked, not a name that stayed"
    assert clocks.of_blocker(workspace, "B-1")[0].provider == code
    assert one(workspace, "B-3").owner == "Sophie", "nobody is called so yet"
    assert linking.unlinked(workspace) == {}
    assert journal.verify(workspace.conn) is None
    workspace.undo()
    assert one(workspace, "B-2").waiting_on == ("Iroise",)


def test_what_is_left_is_not_asked_again(workspace: Workspace) -> None:
    add(workspace, "VPN @iroise")
    code = workspace.add(REGISTERS["provider"], {"name": "Iroise Informatique"})
    linking.leave(workspace, code, linking.unlinked(workspace)[code])
    assert linking.unlinked(workspace) == {}
    linking.tidy(workspace)
    assert one(workspace, "B-1").waiting_on == ("iroise",)


def test_me_and_whole_names_of_before_are_linked_without_a_question(workspace: Workspace) -> None:
    for line in ("Quote @moi", "Lease", "Keys qui:Sophie", "Desk qui:Soph"):
        add(workspace, line)
    as_it_was_kept_before(workspace, "B-1", owner="me")
    me = workspace.add(REGISTERS["person"], {"name": "Claire"})
    sophie = workspace.add(REGISTERS["person"], {"name": "Sophie"})
    assert linking.tidy(workspace)
    assert (one(workspace, "B-1").waiting_on, one(workspace, "B-1").owner) == ((me,), me)
    assert one(workspace, "B-2").owner == me
    assert one(workspace, "B-3").owner == sophie
    assert one(workspace, "B-4").owner == "Soph", "the beginning of a name is asked"
    assert linking.tidy(workspace) == []
    assert {each.actor for each in journal.entries(workspace.conn) if each.action == "names.link"} == {
        "cockpit"
    }


def test_a_name_of_two_is_nobodys_until_it_is_said_whole(workspace: Workspace) -> None:
    add(workspace, "Keys qui:Julie")
    for name in ("Julie Roux", "Julie Caradec"):
        workspace.add(REGISTERS["person"], {"name": name})
    assert linking.unlinked(workspace) == {}
    assert workspace.select(Person, "person")


def test_whatever_writes_a_record_a_known_name_becomes_its_code(workspace: Workspace) -> None:
    sophie = workspace.add(REGISTERS["person"], {"name": "Sophie Nguyen"})
    code = workspace.add(REGISTERS["ritual"], {"name": "Flash", "members": ("sophie", "Marc", "moi")})
    row = workspace.conn.execute("SELECT members FROM ritual WHERE code = ?", (code,)).fetchone()
    assert row["members"] == f'["{sophie}", "Marc", "Claire"]'
