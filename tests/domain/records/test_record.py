"""What is known of a field from its declaration."""

from __future__ import annotations

import pytest

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Field, FieldKind, Record, declare, fields_of
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.function import criticality


def test_what_is_declared_of_a_field_is_known_of_it() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Team(Record):
        """A record as somebody may declare it."""

        weight: int = criticality()
        plain: str = declare("Plain")
        full: int | None = declare(
            "Full", FieldKind.NUMBER, default=None, help="h", choices={"0": "none"}, ref=("person",), required=True,
            column=True, width=7, low=1, high=9, computed=True, told=False,
        )  # fmt: skip

    weight, plain, full, conf = fields_of(Team)
    assert Team().weight == 2
    assert (weight.kind, weight.low, weight.high, weight.column, weight.width) == (
        FieldKind.NUMBER,
        1,
        4,
        True,
        6,
    )
    assert plain == Field(
        name="plain", label="Plain", kind=FieldKind.TEXT, help="", choices={}, ref=(), required=False, column=False,
        width=0, low=None, high=None, computed=False, told=True,
    )  # fmt: skip
    assert full == Field(
        name="full", label="Full", kind=FieldKind.NUMBER, help="h", choices={"0": "none"}, ref=("person",),
        required=True, column=True, width=7, low=1, high=9, computed=True, told=False,
    )  # fmt: skip
    assert plain == Field(name="plain", label="Plain", kind=FieldKind.TEXT)
    assert conf.name == "conf"
    assert fields_of(Team) == (weight, plain, full, conf)


def test_a_register_knows_its_fields_by_name_confidentiality_last() -> None:
    contract = REGISTERS["contract"]
    assert [contract.field(name).label for name in ("name", "provider", "conf")] == [
        "Subject",
        "Provider",
        "Confidentiality",
    ]
    for missing in ("", "names", "zzz", "id", "archived_at"):
        with pytest.raises(KeyError):
            contract.field(missing)
    assert {each.fields[-1].name for each in REGISTERS.values()} == {"conf"}
    assert [each.name for each in REGISTERS["lesson"].fields] == [
        "name",
        "function",
        "origin",
        "learned_on",
        "note",
        "conf",
    ]
