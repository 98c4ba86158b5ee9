"""Every name by which the company, its people and its providers can be told, wherever one is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cockpit.domain.documents.redaction import Redaction, addresses_in, initials_of, parts_of
from cockpit.domain.documents.usual_functions import is_usual
from cockpit.domain.records.confidentiality import BLANK
from cockpit.domain.records.identities import is_code
from cockpit.domain.records.record import FieldKind
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.provider import Provider
from cockpit.services.desk.workspace import Workspace
from cockpit.store.journal import PROGRAM

_OF_PEOPLE = tuple(
    (register.name, field.name, field.kind is FieldKind.NAMES)
    for register in REGISTERS.values()
    for field in register.fields
    if "person" in field.ref
)


def people(workspace: Workspace) -> tuple[Person, ...]:
    """Everybody whom the register has, those who left too."""
    return workspace.select(Person, "person", "1 ORDER BY number")


def without_record(workspace: Workspace) -> frozenset[str]:
    """Names that stand where a person is named and that no record has, and whoever signed an entry."""
    found = {row["actor"] for row in workspace.conn.execute("SELECT DISTINCT actor FROM journal")} - {PROGRAM}
    for table, column, is_list in _OF_PEOPLE:
        source = f'{table}, json_each({table}."{column}")' if is_list else table
        value = "json_each.value" if is_list else f'"{column}"'
        rows = workspace.conn.execute(f"SELECT DISTINCT {value} AS said FROM {source} WHERE {value} != ''")
        found |= {row["said"] for row in rows}
    settings = workspace.settings
    found |= {settings.me, settings.company.chief}
    known = {each.name for each in people(workspace)}
    return frozenset(each for each in found if each and each != BLANK and not is_code(each)) - known


def people_known(workspace: Workspace, called: Callable[[str], str], somebody: str) -> Redaction:
    """Whatever a person goes by in a text, with what `called` says of their code; `somebody` where several may be
    meant or no record is known."""
    put: dict[str, str] = {}
    everybody = people(workspace)
    for each in everybody:
        put[each.name] = called(each.code)
    for each in everybody:
        for part in (*parts_of(each.name), *initials_of(each.name), *addresses_in([each.contact])):
            put[part] = somebody if part in put and put[part] != called(each.code) else called(each.code)
    for name in without_record(workspace):
        put.setdefault(name, somebody)
        if len(name.split()) > 1:
            for part in parts_of(name):
                put.setdefault(part, somebody)
    for address in addresses_in(workspace.settings.emails):
        put.setdefault(address, somebody)
    # A provider may be called after somebody: where providers go by name, that one stays whole.
    put |= {each.name: each.name for each in workspace.select(Provider, "provider")}
    return Redaction(put)


def telling(workspace: Workspace) -> Redaction:
    """All that may stand in nothing anonymous: names of people, of providers and of the company, addresses."""
    return Redaction(dict.fromkeys(_every(workspace), "…"))


def _every(workspace: Workspace) -> Iterator[str]:
    company = workspace.settings.company.name
    providers = workspace.select(Provider, "provider")
    for name in (company, *(each.name for each in providers)):
        if not is_usual(name):
            yield name
    yield from (each.siren for each in providers if each.siren)
    yield from addresses_in(workspace.settings.emails)
    yield from addresses_in(each.contact for each in providers)
    for person in people(workspace):
        yield from (person.name, *parts_of(person.name), *addresses_in([person.contact]))
    for name in without_record(workspace):
        if len(name.split()) > 1:
            yield name
    names = "SELECT name AS said FROM dossier UNION SELECT reference FROM contract WHERE reference != ''"
    for row in workspace.conn.execute(names):
        if len(row["said"]) > 3 and not is_usual(row["said"]):
            yield row["said"]
