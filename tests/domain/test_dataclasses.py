"""Our data classes behave as the standard's, on classes that nobody chose."""

from __future__ import annotations

import copy
import dataclasses as standard
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import Any, ClassVar, NamedTuple

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cockpit.domain import dataclasses as ours

Maker = Any
NAMES = ("alpha", "beta", "gamma", "delta")


class Wanted(NamedTuple):
    """A class to be made: what follows each name, in order, and the arguments of the decorator."""

    fields: tuple[tuple[str, str, dict[str, Any]], ...]
    options: dict[str, bool]


MORE = st.fixed_dictionaries(
    {},
    optional={
        "repr": st.booleans(),
        "compare": st.booleans(),
        "hash": st.sampled_from([None, True, False]),
    },
)
WANTED = st.builds(
    Wanted,
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["none", "default", "factory", "hidden"]), MORE),
        unique_by=lambda field: field[0],
        max_size=4,
    ).map(tuple),
    st.fixed_dictionaries({"frozen": st.booleans(), "kw_only": st.booleans(), "slots": st.booleans()}),
)


HOW: dict[str, dict[str, Any]] = {
    "none": {},
    "default": {"default": 7},
    "factory": {"default_factory": list},
    "hidden": {"default": 3, "init": False},
}


def build(module: Maker, wanted: Wanted, base: type = object, name: str = "Made") -> Any:
    """The class that is wanted, by the standard's decorator or by ours."""
    body: dict[str, Any] = {"__annotations__": {}, "__qualname__": name, "__module__": __name__}
    for field, how, more in wanted.fields:
        body["__annotations__"][field] = "int"
        kind = HOW[how]
        if kind or more:
            body[field] = module.field(**kind, **more)
    return module.dataclass(**wanted.options)(type(name, (base,), body))


def outcome(deed: Callable[[], Any]) -> Any:
    """What a deed gives, or the kind of its refusal."""
    try:
        return deed()
    except (TypeError, AttributeError, ValueError) as error:
        # Ours is one of these too, but not the standard's own class.
        return AttributeError if isinstance(error, AttributeError) else type(error)


ARGUMENTS = st.tuples(
    st.lists(st.integers(0, 2), max_size=4), st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2))
)


@given(WANTED, ARGUMENTS, ARGUMENTS)
def test_they_are_made_compared_hashed_and_shown_as_the_standards(
    wanted: Wanted, first: tuple[list[int], dict[str, int]], second: tuple[list[int], dict[str, int]]
) -> None:
    def facts(module: Maker) -> list[Any]:
        made = outcome(lambda: build(module, wanted))
        if made is TypeError:
            return ["refused"]
        one = outcome(lambda: made(*first[0], **first[1]))
        two = outcome(lambda: made(*second[0], **second[1]))
        return [
            repr(one),
            repr(two),
            one == two,
            one == made,
            outcome(lambda: hash(one)) if isinstance(one, made) else None,
            made.__match_args__,
            [(f.name, f.init, f.repr, f.compare, f.kw_only) for f in module.fields(made)],
        ]

    assert facts(ours) == facts(standard)


@given(WANTED, ARGUMENTS, ARGUMENTS)
def test_replace_keeps_what_is_not_changed(
    wanted: Wanted, first: tuple[list[int], dict[str, int]], second: tuple[list[int], dict[str, int]]
) -> None:
    def changed(module: Maker) -> Any:
        made = outcome(lambda: build(module, wanted))
        if made is TypeError:
            return "refused"
        kept = outcome(lambda: made(*first[0], **first[1]))
        if not isinstance(kept, made):
            return kept
        # The standard says ValueError of a field that is never given, ours TypeError.
        said = outcome(lambda: module.replace(kept, **second[1]))
        return "refused" if isinstance(said, type) else (repr(said), module.asdict(said))

    assert changed(ours) == changed(standard)


@given(WANTED, WANTED, ARGUMENTS, ARGUMENTS)
def test_fields_are_inherited(
    parent: Wanted,
    child: Wanted,
    first: tuple[list[int], dict[str, int]],
    second: tuple[list[int], dict[str, int]],
) -> None:
    # The standard forgets the default of a field that is never given when its class has slots and a child.
    assume(not (parent.options["slots"] and any(how == "hidden" for _name, how, _more in parent.fields)))

    def facts(module: Maker) -> Any:
        above = outcome(lambda: build(module, parent, name="Parent"))
        if above is TypeError:
            return "refused"
        made = outcome(lambda: build(module, child, above))
        if made is TypeError:
            return "refused"
        one, two = (outcome(partial(made, *args, **given)) for args, given in (first, second))
        known = isinstance(one, made)
        return [
            repr(one),
            repr(two),
            one == two,
            known and one == outcome(lambda: above(*first[0], **first[1])),
            outcome(lambda: hash(one)) if known else None,
            outcome(lambda: setattr(one, "alpha", 9)) if known and not child.options["slots"] else None,
            made.__match_args__,
            [(f.name, f.init, f.repr, f.compare, f.kw_only) for f in module.fields(made)],
        ]

    assert facts(ours) == facts(standard)


@given(WANTED, st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2)))
def test_what_is_frozen_stays_and_the_rest_moves(wanted: Wanted, values: dict[str, int]) -> None:
    def facts(module: Maker) -> Any:
        made = outcome(lambda: build(module, wanted))
        if made is TypeError:
            return "refused"
        one = outcome(lambda: made(**values))
        if not isinstance(one, made) or not wanted.fields:
            return one if isinstance(one, type) else None
        name = wanted.fields[0][0]
        moved = outcome(lambda: setattr(one, name, 99)), repr(one)
        return moved, outcome(lambda: delattr(one, name)) if wanted.options["frozen"] else None

    assert facts(ours) == facts(standard)


@ours.dataclass(frozen=True, slots=True)
class Point:
    """Something small."""

    x: int
    y: int = 0


@ours.dataclass(frozen=True)
class Path:
    """Something that holds others, and works things out once."""

    kind: ClassVar[str] = "path"
    points: tuple[Point, ...]
    by_name: dict[str, Point] = ours.field(default_factory=dict)
    made: date = date(2026, 11, 23)

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("a path needs a point")

    @cached_property
    def length(self) -> int:
        """How many points."""
        return len(self.points)


PATH = Path((Point(1), Point(2, 3)), {"end": Point(2, 3)})


def test_a_class_variable_is_no_field() -> None:
    assert [f.name for f in ours.fields(Path)] == ["points", "by_name", "made"]


def test_what_is_checked_afterwards_is_checked_by_replace_too() -> None:
    with pytest.raises(ValueError, match="needs a point"):
        ours.replace(PATH, points=())


def test_a_property_is_worked_out_once_although_the_record_is_frozen() -> None:
    assert (PATH.length, vars(PATH)["length"]) == (2, 2)


def test_asdict_goes_into_tuples_and_mappings() -> None:
    assert ours.asdict(PATH) == {
        "points": ({"x": 1, "y": 0}, {"x": 2, "y": 3}),
        "by_name": {"end": {"x": 2, "y": 3}},
        "made": date(2026, 11, 23),
    }


def test_records_are_copied_and_pickled() -> None:
    assert copy.deepcopy(PATH) == PATH
    assert pickle.loads(pickle.dumps(PATH)) == PATH
    assert not hasattr(PATH.points[0], "__dict__")


def test_a_default_that_could_be_shared_is_refused() -> None:
    def declared() -> None:
        @ours.dataclass
        class Shared:
            names: list[str] = []  # noqa: RUF012

    with pytest.raises(ValueError, match="mutable default for field names"):
        declared()


def test_a_wrong_argument_is_named() -> None:
    with pytest.raises(TypeError, match=r"Point\(\) misses x, has no z"):
        Point(z=1)  # type: ignore[call-arg]


def test_libraries_that_know_the_standards_classes_know_ours() -> None:
    assert standard.is_dataclass(Path)
    assert standard.asdict(PATH) == ours.asdict(PATH)
    assert standard.replace(PATH, by_name={}) == Path(PATH.points)
    assert msgspec.convert({"x": 4}, Point) == Point(4)


def test_a_class_is_declared_without_the_standards_and_what_it_loads() -> None:
    program = (
        "import sys; from cockpit.domain.registers import blocker; blocker.Blocker(title='x');"
        "print({'dataclasses', 'inspect'} & sys.modules.keys())"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"
