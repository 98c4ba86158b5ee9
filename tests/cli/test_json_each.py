"""A long array is written as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from cockpit.cli.kit.options import print_json, print_json_each


@pytest.mark.parametrize("values", [[], [{"a": 1}], [{"a": [1, {"b": "é\n"}]}, {}, {"c": None}]])
def test_it_is_written_as_a_whole_document_would_be(
    values: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    print_json(values)
    whole = capsys.readouterr().out
    print_json_each(iter(values))
    assert capsys.readouterr().out == whole


def test_each_value_is_written_before_the_next_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    def values() -> Iterator[object]:
        for n in range(3):
            if n:
                assert f'"n": {n - 1}' in capsys.readouterr().out
            yield {"n": n}

    print_json_each(values())
    assert json.loads("[" + capsys.readouterr().out.lstrip(",")) == [{"n": 2}]
