"""Several records that refer to one another and are made as one change: each has its code before it is written.

Holds only within the transaction in which the change is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.contract import Contract
from cockpit.domain.text import TITLE_LIMIT, clean, fold
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, records


class Coming:
    """What is to be written, in the order in which a record may refer to those before it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.puts: list[tuple[Register, Record | None, dict[str, Value]]] = []
        self._names, self._archived = records.names(workspace.conn, ("function", "person", "provider"))
        self._next: dict[str, int] = {}
        self._at: dict[str, int] = {}

    def add(self, name: str, values: Mapping[str, Value]) -> str:
        """A new record of that register; the code that it will have."""
        register = REGISTERS[name]
        code = self._code(register)
        self._at[code] = len(self.puts)
        self.puts.append((register, None, dict(values)))
        subject = values.get(register.subject)
        if name in ("function", "person", "provider") and isinstance(subject, str):
            self._names[code] = subject
        return code

    def change(self, name: str, code: str, values: Mapping[str, Value]) -> None:
        """Other values for a record, also for one that is still to come."""
        if code in self._at:
            register, found, before = self.puts[self._at[code]]
            self.puts[self._at[code]] = (register, found, {**before, **values})
            return
        found = self.record(name, code)
        if found is not None:
            self._at[code] = len(self.puts)
            self.puts.append((REGISTERS[name], found, dict(values)))

    def known(self, name: str, text: str) -> str:
        """The code of the record that `text` names in full; empty when there is none that is not archived."""
        prefix, wanted = f"{REGISTERS[name].prefix}-", fold(clean(text))
        live = (each for each in self._names.items() if each[0] not in self._archived)
        found = (code for code, each in live if wanted in (code.casefold(), fold(each)))
        return next((code for code in found if wanted and code.startswith(prefix)), "")

    def named(self, name: str, text: str, also: Sequence[str] = ()) -> str:
        """The code of whoever `text` names; a name that is new becomes a record of that register.

        A code is nobody's name: that of an archived record stays, one that nothing has is nobody.
        """
        text = clean(text, TITLE_LIMIT)
        if not text:
            return ""
        # Somebody who is known already is not made again, of whatever register: a provider never becomes a person.
        for register in dict.fromkeys((name, *also, "person", "provider") if name != "function" else (name,)):
            code = self.known(register, text)
            if code:
                return code
        prefixes = {REGISTERS[register].prefix for register in (name, *also)}
        letters, _dash, number = text.upper().partition("-")
        if letters in prefixes and number.isdecimal():
            return text.upper() if text.upper() in self._names else ""
        return self.add(name, {"name": text})

    def record(self, name: str, code: str) -> Record | None:
        """The record as it is stored; None for one that is still to come."""
        return records.get(self.workspace.conn, REGISTERS[name], code) if code else None

    def of(self, name: str, field: str, code: str) -> tuple[Record, ...]:
        """The stored records of a register whose `field` holds that code."""
        register = REGISTERS[name]
        where = f"{register.field(field).name} = ? AND archived_at IS NULL ORDER BY number"
        return records.select(self.workspace.conn, register.type, register.name, where, (code,))

    def of_contract(self, function: str, provider: str) -> bool:
        """Whether a contract says already that this provider carries this function."""
        where = (
            "provider = ? AND archived_at IS NULL"
            " AND EXISTS (SELECT 1 FROM json_each(functions) WHERE value = ?)"
        )
        return bool(self.workspace.select(Contract, "contract", where, (provider, function)))

    def _code(self, register: Register) -> str:
        if register.prefix not in self._next:
            first = journal.next_code(self.workspace.conn, register.prefix)
            self._next[register.prefix] = int(first.rpartition("-")[2])
        number = self._next[register.prefix]
        self._next[register.prefix] = number + 1
        return f"{register.prefix}-{number}"
