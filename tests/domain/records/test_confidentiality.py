"""What a veil takes out of a record: words, money, and figures that say something by themselves."""

from __future__ import annotations

import pytest

from cockpit.domain.records.confidentiality import EVERYTHING, ROOM, hidden_columns, is_above, is_figure
from cockpit.domain.records.record import CONFIDENTIALITY, FieldKind
from cockpit.domain.registers import REGISTERS


@pytest.mark.parametrize(
    ("register", "hidden"),
    [
        ("cost", ("name", "function", "contract", "amount", "minutes")),
        ("drill", ("name", "note", "plan", "measured_hours")),
        ("mark", ("reason",)),
    ],
)
def test_a_veil_takes_out_words_money_and_some_figures(register: str, hidden: tuple[str, ...]) -> None:
    found = {name for name, _kind in hidden_columns(REGISTERS[register])}
    assert set(hidden) <= found


def test_figures_that_only_rank_a_record_or_place_it_in_time_stay() -> None:
    figures = {
        f"{name}.{each}"
        for name, register in REGISTERS.items()
        for each, kind in hidden_columns(register)
        if kind is FieldKind.NUMBER
    }
    assert figures == {
        "function.recovery_hours", "continuity.recovery_hours", "drill.measured_hours", "cost.minutes",
        "blocker.spent_minutes", "priority.spent_minutes", "report.completeness", "occurrence.cost_minutes",
        "selfaudit.spent_minutes", "selfaudit.functions", "selfaudit.zones",
    }  # fmt: skip
    kinds = {kind for register in REGISTERS.values() for _each, kind in hidden_columns(register)}
    assert not kinds & {FieldKind.DATE, FieldKind.INSTANT, FieldKind.FLAG, FieldKind.CHOICE}
    assert [is_figure(kind) for kind in (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.TEXT)] == [
        True,
        True,
        False,
    ]


def test_the_highest_level_hides_nothing_and_a_room_sees_what_is_internal() -> None:
    assert [is_above(int(conf), EVERYTHING) for conf in CONFIDENTIALITY] == [False] * 4
    assert str(EVERYTHING) == max(CONFIDENTIALITY)
    assert [CONFIDENTIALITY[conf] for conf in CONFIDENTIALITY if not is_above(int(conf), ROOM)] == [
        "public",
        "internal",
    ]


@pytest.mark.parametrize(
    ("conf", "level", "above"), [(2, 1, True), (1, 1, False), (0, 1, False), (3, 3, False)]
)
def test_what_is_above_a_level_is_hidden_at_it(conf: int, level: int, above: bool) -> None:
    assert is_above(conf, level) is above
