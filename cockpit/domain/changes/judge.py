"""Checks one edit: a name that exists already, references to closed records, then the rules of its register."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.changes.soundness import Doubt, KnownRecords, Values, identity, whole_day
from cockpit.domain.records.record import Register
from cockpit.locale import _


def judge(
    register: Register, code: str, values: Values, changed: frozenset[str], known: KnownRecords
) -> tuple[Doubt, ...]:
    """The doubts on a record that would have these values, refused ones first; it never raises.

    Only what comes from a `changed` field is said: a record that was wrong before can still be mended
    field by field.
    """
    from cockpit.domain.changes.soundness_rules import RULES

    found = [*_names(register, code, values, known), *_references(register, values, changed, known)]
    found += _still_to_come(register, values, known)
    for rule in RULES.get(register.name, ()):
        found += rule(values, known, code)
    asked = [doubt for doubt in found if changed.intersection(doubt.fields)]
    return tuple(sorted(dict.fromkeys(asked), key=lambda doubt: not doubt.refused))


def _names(register: Register, code: str, values: Values, known: KnownRecords) -> Iterator[Doubt]:
    key = identity(register, values)
    other = known.same.get(key) if key is not None else None
    if other is None or other == code:
        return
    also = register.apart or ()
    if register.unique:
        words = _("{code} has this name already: open it, or tell the two apart in the name")
    else:
        words = _("{code} says the same already: is it another one?")
    yield Doubt("name", words.format(code=other), register.unique, also)


def _references(
    register: Register, values: Values, changed: frozenset[str], known: KnownRecords
) -> Iterator[Doubt]:
    for each in register.fields:
        if not each.ref or each.name not in changed:
            continue
        value = values.get(each.name)
        for code in value if isinstance(value, tuple) else (value,):
            if code in known.archived:
                words = _("{name} ({code}) is archived: bring it back first, or choose another")
                yield Doubt(each.name, words.format(name=known.called(code), code=code))
            elif code in known.left and register.name not in ("handover", "access", "step"):
                words = _("the mission of {name} ended on {day}")
                day = known.day(known.left[str(code)])
                yield Doubt(each.name, words.format(name=known.called(code), day=day), refused=False)


_PAST = {
    "access": ("granted_on", "reviewed_on"),
    "document": ("reviewed_on", "tested_on"),
    "drill": ("held_on",),
    "interface": ("last_on",),
    "lesson": ("learned_on",),
    "provider": ("last_audit",),
    "report": ("received_on",),
    "scope": ("reviewed_on",),
    "step": ("done_on",),
}
"""Days on which something was done: typed by a phrase, they easily fall a week too late."""


def _still_to_come(register: Register, values: Values, known: KnownRecords) -> Iterator[Doubt]:
    for name in _PAST.get(register.name, ()):
        day = whole_day(values.get(name))
        if day is not None and day > known.today:
            yield Doubt(name, _("that day is still to come; this says when it was done"), refused=False)
