"""The standard library's data classes, made without generated code, under the same names.

The standard's decorator writes the source of each method, compiles it and loads `inspect`: half a
millisecond a class, and a command makes a hundred. Here the methods are closures and functions that
all classes share: some twenty microseconds. A type checker is shown the standard's own, so that the
arguments of a class and of `replace` are checked as usual.

What is left out because nothing here uses it: `order`, `unsafe_hash`, `InitVar`, `KW_ONLY`, `field(kw_only=)`.
A field with `init=False` needs a default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")


class _Missing:
    """The default of a field that has none."""

    def __repr__(self) -> str:
        return "MISSING"


class FrozenInstanceError(AttributeError):
    """A field of a frozen record was assigned or deleted."""


MISSING = _Missing()
_write = object.__setattr__
_NOTHING: Mapping[str, Any] = {}


class Field:
    """What the decorator knows of one field; the names are those of the standard's."""

    __slots__ = (
        "compare", "default", "default_factory", "hash", "init", "kw_only", "metadata", "name", "repr", "type",
    )  # fmt: skip

    def __init__(
        self,
        *,
        default: Any,
        default_factory: Any,
        init: bool,
        repr: bool,
        hash: bool | None,
        compare: bool,
        metadata: Mapping[str, Any],
    ) -> None:
        self.name = ""
        self.type: Any = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = compare if hash is None else hash
        self.compare = compare
        self.metadata = metadata
        self.kw_only = False

    @property
    def is_optional(self) -> bool:
        """Whether a record can be made without naming it."""
        return self.default is not MISSING or self.default_factory is not MISSING


def _field(
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    init: bool = True,
    repr: bool = True,
    hash: bool | None = None,
    compare: bool = True,
    metadata: Mapping[str, Any] | None = None,
) -> Any:
    """A field that is more than a name, a type and a default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(
        default=default,
        default_factory=default_factory,
        init=init,
        repr=repr,
        hash=hash,
        compare=compare,
        metadata=metadata or _NOTHING,
    )


def _dataclass(
    cls: type[T] | None = None, *, frozen: bool = False, kw_only: bool = False, slots: bool = False
) -> Any:
    """Give a class the methods that follow from its annotated fields, as the standard's decorator does."""
    if cls is None:
        return partial(_dataclass, frozen=frozen, kw_only=kw_only, slots=slots)
    inherited: dict[str, Field] = {}
    for base in reversed(cls.__mro__[1:]):
        body = vars(base)
        if "__fields__" in body:
            inherited |= body["__fields__"]
            setter: Any = base.__setattr__
            if frozen is not (setter is _refuse_to_set):
                raise TypeError("a record that is frozen inherits from frozen ones only, and no other does")
    own = _declared(cls, kw_only)
    fields = inherited | own
    optional = [f.is_optional for f in fields.values() if f.init and not f.kw_only]
    if optional != sorted(optional):
        raise TypeError("a field without a default follows one with a default")
    methods = {
        "__fields__": fields,
        "__dataclass_fields__": _StandardFields(),
        "__match_args__": tuple(f.name for f in fields.values() if f.init and not f.kw_only),
        "__init__": _initialiser(cls, fields, slotted=slots or _has_slots(cls)),
        "__repr__": _repr,
        "__eq__": _equality(fields),
    }
    body = vars(cls)
    own_hash = body.get("__hash__")
    for name, value in methods.items():
        if name not in body:
            setattr(cls, name, value)
    if own_hash is None:
        cls.__hash__ = _hashing(fields) if frozen else None  # type: ignore[assignment, method-assign]
    if frozen:
        cls.__setattr__ = _refuse_to_set  # type: ignore[method-assign]
        cls.__delattr__ = _refuse_to_delete  # type: ignore[method-assign]
    return _slotted(cls, own, inherited) if slots else cls


def _declared(cls: type, kw_only: bool) -> dict[str, Field]:
    """The fields that the body of a class declares; its attributes become their defaults."""
    found: dict[str, Field] = {}
    for name, annotation in cls.__annotations__.items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        # What is declared again without a default keeps that of its parent, as with the standard's.
        default = getattr(cls, name, MISSING)
        if isinstance(default, MemberDescriptorType):
            default = MISSING
        if isinstance(default, Field):
            field = default
            if field.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, field.default)
        else:
            field = _field(default=default)
        if field.default.__class__.__hash__ is None:
            raise ValueError(f"mutable default for field {name}: use default_factory")
        field.name, field.type, field.kw_only = name, annotation, kw_only
        found[name] = field
    return found


def _has_slots(cls: type) -> bool:
    """Whether a record that it inherits from keeps its fields in slots."""
    return any(vars(base).get("__slots__") for base in cls.__mro__[1:] if "__fields__" in vars(base))


def _initialiser(cls: type, fields: Mapping[str, Field], *, slotted: bool) -> Callable[..., None]:
    """The `__init__` of a class: what is given, over the defaults, must be exactly its fields."""
    expected = fields.keys()
    taken = {f.name for f in fields.values() if f.init}
    positional = tuple(f.name for f in fields.values() if f.init and not f.kw_only)
    defaults = {f.name: f.default for f in fields.values() if f.default is not MISSING}
    factories = tuple(
        (f.name, f.default_factory) for f in fields.values() if f.default_factory is not MISSING
    )
    closed = taken != expected
    afterwards = hasattr(cls, "__post_init__")

    def __init__(self: Any, /, *args: object, **given: object) -> None:
        if args:
            placed = dict(zip(positional, args, strict=False))
            if len(placed) != len(args) or not given.keys().isdisjoint(placed):
                raise TypeError(f"{cls.__name__}() takes each of {', '.join(positional)} once, in this order")
            given |= placed
        values = defaults | given
        for name, make in factories:
            if name not in given:
                values[name] = make()
        if values.keys() != expected or (closed and not given.keys() <= taken):
            raise TypeError(_misfit(cls, expected - values.keys(), given.keys() - taken))
        if slotted:
            for name, value in values.items():
                _write(self, name, value)
        else:
            # The whole at once: half the time of one after the other, where thousands of rows are read.
            _write(self, "__dict__", values)
        if afterwards:
            self.__post_init__()

    return __init__


def _misfit(cls: type, missing: set[str], unknown: set[str]) -> str:
    """Why the arguments of a class do not fit."""
    faults = [f"misses {name}" for name in sorted(missing)] + [f"has no {name}" for name in sorted(unknown)]
    return f"{cls.__name__}() {', '.join(faults)}"


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in self.__fields__.values() if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _equality(fields: Mapping[str, Field]) -> Callable[[Any, object], bool]:
    """The `__eq__` of a class: the same class and the same values."""
    read = _reader([name for name, field in fields.items() if field.compare])

    def __eq__(self: Any, other: Any) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return read(self) == read(other)

    return __eq__


def _hashing(fields: Mapping[str, Field]) -> Callable[[Any], int]:
    """The `__hash__` of a frozen class."""
    read = _reader([name for name, field in fields.items() if field.hash])

    def __hash__(self: Any) -> int:
        return hash(read(self))

    return __hash__


def _reader(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads some fields into a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple([getattr(self, name) for name in names])


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _slotted(cls: type, own: Mapping[str, Field], inherited: Mapping[str, Field]) -> type:
    """The same class again, with slots: a third of the memory where there are thousands."""
    left_out = {*own, "__dict__", "__weakref__"}
    body = {name: value for name, value in vars(cls).items() if name not in left_out}
    body |= {
        "__slots__": tuple(name for name in own if name not in inherited),
        "__getstate__": _state,
        "__setstate__": _restore,
    }
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__fields__]


def _restore(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__fields__, state, strict=True):
        _write(self, name, value)


class _StandardFields:
    """The fields as the standard library describes them, for the libraries that ask; made when they do."""

    def __get__(self, instance: object, owner: Any) -> dict[str, Any]:
        import dataclasses as standard

        found: dict[str, Any] = {}
        for name, ours in owner.__fields__.items():
            given = {
                key: value
                for key in ("default", "default_factory")
                if (value := getattr(ours, key)) is not MISSING
            }
            field: Any = standard.field(
                init=ours.init, repr=ours.repr, hash=ours.hash, compare=ours.compare, metadata=ours.metadata,
                kw_only=ours.kw_only, **given,
            )  # fmt: skip
            field.name, field.type = name, ours.type
            field._field_type = standard._FIELD  # type: ignore[attr-defined]
            found[name] = field
        return found


def _fields(record: Any) -> tuple[Field, ...]:
    """The fields of a class or a record, inherited ones first."""
    return tuple(record.__fields__.values())


def _replace(record: Any, /, **changes: object) -> Any:
    """A new record with some fields changed."""
    kept = {
        name: getattr(record, name)
        for name, field in record.__fields__.items()
        if field.init and name not in changes
    }
    return record.__class__(**kept, **changes)


def _asdict(record: Any) -> dict[str, Any]:
    """The fields by name; records in them, also inside tuples, lists and mappings, become mappings too."""
    return {name: _plain(getattr(record, name)) for name in record.__fields__}


def _plain(value: Any) -> Any:
    if hasattr(type(value), "__fields__"):
        return _asdict(value)
    if isinstance(value, list | tuple):
        plain = [_plain(each) for each in value]
        return type(value)(*plain) if hasattr(value, "_fields") else type(value)(plain)
    if isinstance(value, dict):
        return type(value)((_plain(key), _plain(each)) for key, each in value.items())
    return value


if TYPE_CHECKING:
    from dataclasses import asdict, dataclass, field, fields, replace
else:
    asdict, dataclass, field, fields, replace = _asdict, _dataclass, _field, _fields, _replace

__all__ = ["FrozenInstanceError", "asdict", "dataclass", "field", "fields", "replace"]
