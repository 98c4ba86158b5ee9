"""Numbers in somebody's JSON or CSV: what is read, and that whatever is no number is refused with what was seen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.sources.numbers import DatedValue, NoNumber, read


@pytest.mark.parametrize(
    ("body", "at", "found"),
    [
        (b'{"data": {"solde": 142700.5}}', "data.solde", (DatedValue(142700.5),)),
        (b'[{"v": 1}, {"v": 2}]', "1.v", (DatedValue(2.0),)),
        (b'[{"v": 1}, {"v": 2}]', "-1.v", (DatedValue(2.0),)),
        (b'{"rows": [["2026-11-23", 3], ["2026-11-30", "4,5"]]}', "rows",
         (DatedValue(3.0, date(2026, 11, 23)), DatedValue(4.5, date(2026, 11, 30)))),
        (b'[{"date": "2026-11-23T08:00:00Z", "value": 7, "x": 1}]', "", (DatedValue(7.0, date(2026, 11, 23)),)),
        (b"182k", "", (DatedValue(182_000.0),)),
        ("Semaine;Trésorerie\n23/11/2026;142 700,50 €\n30/11/2026;139 000\n".encode(), "",
         (DatedValue(142700.5, date(2026, 11, 23)), DatedValue(139000.0, date(2026, 11, 30)))),
        ("jour,a,b\n2026-11-23,1,2\n".encode("utf-16"), "B", (DatedValue(2.0, date(2026, 11, 23)),)),
        ("\ufeffdate\tvalue\n2026-11-23\t-3\n".encode(), "value", (DatedValue(-3.0, date(2026, 11, 23)),)),
        (b"date;taux\n2026-11-23;92 %\n;12\nlater;3\n", "", (DatedValue(92.0, date(2026, 11, 23)),)),
        (b"a;date\n1;2026-11-23\n", "", (DatedValue(1.0, date(2026, 11, 23)),)),
        (b"date;a;b\n2026-11-23;1\n2026-11-24;2;3\n", "b", (DatedValue(3.0, date(2026, 11, 24)),)),
        (b"date;a;b\n2026-11-22\n2026-11-24;2;3\n", "b", (DatedValue(3.0, date(2026, 11, 24)),)),
        (b"b;date\n1\n2;2026-11-24\n", "b", (DatedValue(2.0, date(2026, 11, 24)),)),
        (b'[["2026-11-23", 1], ["2026-11-24", 2, 3], ["2026-11-25"], "no", ["x", 4], ["2026-11-26", "y"]]', "",
         (DatedValue(1.0, date(2026, 11, 23)),)),
        (b'[{"jour": "2026-11-23", "montant": "12,5"}, {"at": "2026-11-24"}, {"y": 3}]', "",
         (DatedValue(12.5, date(2026, 11, 23)),)),
        (b'{"v": 999999999999}', "v", (DatedValue(999999999999.0),)),
        (b"-999999999999", "", (DatedValue(-999999999999.0),)),
        (b'{"a": [[5]]}', "a.0.0", (DatedValue(5.0),)), (b" " * 39 + b"7", "", (DatedValue(7.0),)),
    ],
)  # fmt: skip
def test_numbers_are_found(body: bytes, at: str, found: tuple[DatedValue, ...]) -> None:
    assert read(body, at) == found


@pytest.mark.parametrize(
    ("body", "at", "said"),
    [
        (b"<!doctype html><p>Sign in", "", "web page"),
        (b'{"data": {"total": "much"}}', "data.total", "much"),
        (b'{"data": {"total": 1}}', "data.sum", "total"),
        (b'{"data": true}', "data", "True"),
        (b'{"data": NaN}', "data", "nan"),
        (b'{"data": 1e400}', "data", "inf"),
        (b'{"a": ', "", "not valid JSON"),
        (b"[" * 100_000, "", "not valid JSON"),
        (b"[]", "", "no number"),
        (b"", "", "empty"),
        (b"a;b\nc;d\n", "", "days"),
        (b"date;a\n2026-11-23;1\n", "z", "date, a"),
        (b"date\n2026-11-23\n", "", "one column"),
        (b"date;a\n2026-11-23;1.234\n", "", "no number"),
        (b'{"v": 1000000000000}', "v", "no number"),
        (b'{"v": -1000000000000}', "v", "no number"),
        (b"[1, 2]", "2", "a list of 2"),
        (b'{"v": "x"}', "v.0", "there is no “0” in it: x"),
        (b'{"a": {"b": 1, "c": 2}}', "a", "b, c"),
        (b'{"a": {}}', "a", "empty"),
    ],
)
def test_what_is_no_number_is_refused_with_what_was_seen(body: bytes, at: str, said: str) -> None:
    with pytest.raises(NoNumber, match=said):
        read(body, at)


def test_of_a_long_list_the_last_thousand_count() -> None:
    rows = "".join(f"2026-11-23;{n}\n" for n in range(1_001))
    found = read(f"date;a\n{rows}".encode())
    assert (len(found), found[0].value, found[-1].value) == (1_000, 1, 1_000)


def test_what_was_seen_in_place_of_a_number_is_told_in_a_few_words() -> None:
    def said(body: str, at: str = "") -> str:
        with pytest.raises(NoNumber) as told:
            read(body.encode(), at)
        return str(told.value)

    keys = ", ".join(f'"k{n}": 1' for n in range(9))
    seen = ", ".join(f"k{n}" for n in range(8))
    assert said(f"{{{keys}}}", "x") == f"there is no “x” in it: {seen}"
    assert said(f"{{{keys}}}") == f"what stands there is no number: {seen}"
    assert said('{"a": [1, 2, 3]}', "a.3") == said('{"a": [1, 2, 3]}', "a.-4").replace("-4", "3")
    assert said('{"a": [1, 2, 3]}', "a.3") == "there is no “3” in it: a list of 3"
    assert said('{"a": "' + "x" * 80 + '"}', "a") == "what stands there is no number: " + "x" * 59 + "…"
    assert said('{"a": null}', "a") == "what stands there is no number: None"
    heads = ";".join(f"c{n}" for n in range(10))
    first = ", ".join(f"c{n}" for n in range(8))
    assert said(f"{heads}\n{heads}\n", "z") == f"no column is called “z”: {first}"
    assert said("a;b\n1;2\n") == "no column holds days such as 2026-12-01"
    assert said("<rss>") == "this is a web page: the address of a CSV or of JSON is expected"
    assert said("date;a\n2026-11-23;x\n") == "there is no number in it yet"


@pytest.mark.parametrize(
    ("entry", "value", "day"),
    [
        ('{"date": "2026-11-23", "day": "2026-11-24", "value": 1, "y": 2}', 1, 23),
        ('{"y": 2, "count": 3, "jour": "2026-11-24"}', 3, 24),
        ('["2026-11-23T23:30:00-05:00", "1 234,5"]', 1234.5, 23),
        ('["23/11/2026", "12 %"]', 12, 23), ('{"semaine": "2026-11-23", "total": "-7"}', -7, 23),
    ],
)  # fmt: skip
def test_a_dated_value_is_told_by_the_first_of_its_keys(entry: str, value: float, day: int) -> None:
    assert read(f"[{entry}]".encode()) == (DatedValue(value, date(2026, 11, day)),)


@pytest.mark.parametrize(
    "entry",
    ['{"date": "2026-11-23"}', '{"value": 1}', '["2026-11-23"]', '["2026-11-23", 1, 2]', "7", "null",
     '["2026", 1]', '["2026-11-23", true]', f'["2026-11-23{" " * 31}", 1]', f'["2026-11-23", "{" " * 40}1"]'],
)  # fmt: skip
def test_a_value_without_a_day_or_a_day_without_a_value_is_passed_over(entry: str) -> None:
    assert read(f'[{entry}, ["2026-11-30", 5]]'.encode()) == (DatedValue(5.0, date(2026, 11, 30)),)


def test_the_days_of_a_table_may_begin_late() -> None:
    blank = "x;1\n" * 18
    assert read(f"when;n\n{blank}2026-11-23;4\n".encode()) == (DatedValue(4.0, date(2026, 11, 23)),)


@given(st.binary(max_size=300), st.text(max_size=12))
def test_whatever_comes_is_read_or_refused(body: bytes, at: str) -> None:
    try:
        found = read(body, at)
    except NoNumber:
        return
    assert found
    assert all(abs(each.value) < 10**12 for each in found)
