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


# -- what the standard's do, class by class


class Pair(NamedTuple):
    """What a record may hold."""

    one: Any
    two: Any


def declared(module: Maker) -> dict[str, Any]:
    """The same classes by the standard's decorator or by ours."""

    @module.dataclass
    class Plain:
        a: int
        kind: ClassVar[int] = 4
        b: list[int] = module.field(default_factory=list, metadata={"unit": "s"})
        c: int = module.field(default=3, compare=False, repr=False)

    @module.dataclass
    class Child(Plain):
        d: int = 5
        a: int = 6

    @module.dataclass(frozen=True)
    class Cold:
        a: int = 1
        b: int = module.field(default=2, hash=False)
        c: int = module.field(default=3, compare=False)
        d: int = module.field(default=4, init=False)

    @module.dataclass(frozen=True, slots=True)
    class Slotted(Cold):
        e: int = 5

    @module.dataclass(slots=True)
    class Low:
        a: int

    @module.dataclass
    class Middle(Low):
        b: int = 2

    @module.dataclass
    class High(Middle):
        c: int = 3

    @module.dataclass(kw_only=True)
    class Named:
        b: int = 2
        a: int

    @module.dataclass
    class Mixed(Named):
        z: int

    @module.dataclass(frozen=True)
    class Own:
        a: int

        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return "own"

        def __hash__(self) -> int:
            return 7

    @module.dataclass
    class Loop:
        a: Any = None

    @module.dataclass(frozen=True)
    class Single:
        a: int

    @module.dataclass
    class Nothing:
        pass

    return {name: made for name, made in locals().items() if isinstance(made, type)}


TRIED = (
    "Plain(1)", "Plain(1, [2])", "Plain(1, [2], 3)", "Plain(1, [2], 3, 4)", "Plain()", "Plain(1, a=1)",
    "Plain(a=1, x=2)",
    "Plain(1).c", "Plain(1).b is Plain(1).b", "Plain(1) == Plain(1, c=9)", "Plain(1) == Plain(2)",
    "Plain(1) == Child(1)",
    "Plain(1) == 1", "Plain(1) != Plain(1)", "hash(Plain(1))", "Plain.kind", "Plain.__match_args__",
    "Plain.c", "hasattr(Plain, 'b')",
    "Child()", "Child(1, [2], 3, 4)", "Child.__match_args__", "Child().kind",
    "sorted(vars(Plain(1)).items())", "sorted(vars(Child(1)).items())",
    "Cold()", "Cold(1, 2, 3)", "Cold(1, 2, 3, 4)", "Cold(d=4)", "Cold(1) == Cold(1, 2, 9)",
    "Cold(1) == Cold(1, 3)",
    "hash(Cold(1, 2)) == hash(Cold(1, 3))", "hash(Cold(1)) == hash(Cold(2))", "hash(Cold()) == hash((1, 4))",
    "Cold().d",
    "setattr(Cold(), 'a', 2)", "delattr(Cold(), 'a')", "setattr(Cold(), 'new', 2)", "Cold.__match_args__",
    "Slotted()", "Slotted(9).e", "hasattr(Slotted(), '__dict__')", "hash(Slotted()) == hash(Slotted())",
    "Slotted() == Slotted(e=6)",
    "Slotted.__qualname__.rpartition('.')[2]", "Slotted.__name__", "setattr(Slotted(), 'e', 2)",
    "High(1)", "High(1, 4).b", "sorted(vars(High(1)).items())", "High(1) == High(1, 2, 4)", "Named(a=1)",
    "Named(1)", "Named.__match_args__", "Named()", "Mixed(3, a=1)", "Mixed(3)",
    "Mixed.__match_args__", "Mixed(3, 4)",
    "Own(1) == Own(2)", "Own(1)", "hash(Own(1))", "Single(1) == Single(1)", "hash(Single(1)) == hash((1,))",
    "Nothing()",
    "Nothing() == Nothing()", "Nothing(1)", "Nothing.__match_args__", "Loop(Loop(1))",
    "Single(Pair(Single(1), 2))",
    "asdict(Single(Pair(Single(1), [Single(2)])))", "asdict(Single({Single(1): Single(2)}.get(Single(1))))",
    "asdict(Single([(Single(1),), {'x': Single(2)}]))", "asdict(Loop(Plain(1)))", "asdict(Cold())",
    "replace(Plain(1), a=2)", "replace(Plain(1, [2], 9))", "replace(Cold(5), b=3)", "replace(Slotted(5), e=3)",
    "[f.name for f in fields(Child)]", "[f.name for f in fields(Slotted(1))]",
    "[(f.default, f.init) for f in fields(Cold)]",
    "[dict(f.metadata) for f in fields(Plain)]", "[f.kw_only for f in fields(Mixed)]",
)  # fmt: skip


def test_every_class_behaves_as_that_of_the_standard() -> None:
    def said(module: Maker) -> dict[str, str]:
        names = {"asdict": module.asdict, "replace": module.replace, "fields": module.fields, "Pair": Pair}
        names |= declared(module)
        return {tried: repr(outcome(partial(eval, tried, names))) for tried in TRIED}

    assert said(ours) == said(standard)


def test_what_is_compared_is_hashed_unless_it_is_said() -> None:
    cold = declared(ours)["Cold"]
    assert [(f.name, f.hash) for f in ours.fields(cold)] == [
        ("a", True),
        ("b", False),
        ("c", False),
        ("d", True),
    ]


def test_a_record_that_holds_itself_is_shown_with_dots() -> None:
    for classes in (declared(ours), declared(standard)):
        loop = classes["Loop"]()
        loop.a = [loop]
        assert repr(loop).endswith("Loop(a=[...])")


@pytest.mark.parametrize(
    ("frozen_above", "frozen_below"), [(True, True), (False, False), (True, False), (False, True)]
)
def test_what_is_frozen_inherits_from_what_is_frozen_alone(frozen_above: bool, frozen_below: bool) -> None:
    def made(module: Maker) -> Any:
        above = build(module, Wanted((("alpha", "none", {}),), {"frozen": frozen_above}), name="Above")
        return outcome(
            lambda: build(module, Wanted((("beta", "none", {}),), {"frozen": frozen_below}), above)
        )

    for module in (ours, standard):
        assert (made(module) is TypeError) is (frozen_above is not frozen_below)


def test_a_refusal_names_what_is_wrong() -> None:
    with pytest.raises(ours.FrozenInstanceError, match="cannot assign to field 'x'"):
        Point(1).x = 2  # type: ignore[misc]
    with pytest.raises(ours.FrozenInstanceError, match="cannot delete field 'x'"):
        del Point(1).x
    with pytest.raises(TypeError, match=r"Point\(\) takes each of x, y once, in this order"):
        Point(1, 2, 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"Point\(\) takes each of x, y once, in this order"):
        Point(1, x=2)  # type: ignore[misc]
    with pytest.raises(TypeError, match=r"Cold\(\) has no d"):
        declared(ours)["Cold"](d=1)
    with pytest.raises(TypeError, match=r"Point\(\) misses x$"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="cannot specify both default and default_factory"):
        ours.field(default=1, default_factory=list)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="a field without a default follows one with a default"):
        build(ours, Wanted((("alpha", "default", {}), ("beta", "none", {})), {}))
    assert repr(ours.MISSING) == "MISSING"


def test_what_is_in_slots_is_copied_and_pickled_and_takes_no_other_field() -> None:
    point = Point(1, 2)
    assert (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))) == (
        point,
        point,
        point,
    )
    assert Point.__slots__ == ("x", "y")
    with pytest.raises(AttributeError):
        object.__setattr__(point, "z", 3)
    slotted = declared(ours)["Slotted"](7)
    assert [getattr(copy.copy(slotted), name) for name in "abcde"] == [7, 2, 3, 4, 5]
    assert standard.fields(Point)[1].default == 0
    assert [f.name for f in standard.fields(Path)] == ["points", "by_name", "made"]
    assert standard.fields(Path)[1].default_factory is dict
    assert standard.fields(Path)[0].default is standard.MISSING
