"""Values as a person types and reads them: what the form, the file import and the lists share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cockpit.domain.records.record import LINES, Field, FieldKind, Value
from cockpit.domain.spreadsheets import cells
from cockpit.domain.text import BODY_LIMIT, TITLE_LIMIT, TYPED_LIMIT, clean, fold, safe_link
from cockpit.domain.time import periods
from cockpit.domain.time.written_hours import translated
from cockpit.locale import _, current
from cockpit.services.desk import identities, period_words, refusal
from cockpit.services.desk.date_phrases import understand_date
from cockpit.services.desk.dates import business_duration
from cockpit.services.desk.form_checks import CHECKS
from cockpit.services.desk.workspace import Workspace

WrongValue = refusal.WrongValue
"""What a text is refused with that is no value of its field."""
WRITTEN_HOURS = frozenset({"rule", "hours", "presence", "exceptions"})
"""Fields that say days and hours in words."""
DECIMALS = 6
"""Digits after the decimal sign that a number keeps."""
_TOO_MUCH = 10**12
YES = {"1", "y", "yes", "o", "oui", "true", "vrai", "x"}
NO = {"", "0", "n", "no", "non", "false", "faux"}


def read(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    """The value that `text` means for `field`. Raises WrongValue.

    `names` gives the code of each known record its name; a reference may be typed as either.
    """
    if field.computed:
        raise WrongValue(_("this is worked out from other fields"))
    text, limit = clean(text, TYPED_LIMIT, lines=field.kind in LINES), limit_of(field)
    if len(text) > limit:
        raise WrongValue(_("{limit} characters at most; this has {n}").format(limit=limit, n=len(text)))
    if not text:
        if field.required:
            raise WrongValue(_("a value is needed here"))
        return _empty(field)
    reader = _READERS.get(field.kind)
    return reader(workspace, field, text, names) if reader else text


def limit_of(field: Field) -> int:
    """Characters that a field takes: what names a record stands in lists, what says something may be long."""
    return TITLE_LIMIT if field.name in ("name", "title") else BODY_LIMIT


def show(field: Field, value: Value, names: Mapping[str, str], zone: ZoneInfo) -> str:
    """The text of a value, in the current language; reading it again gives the value."""
    if value is None or value in ("", ()):
        return ""
    if field.kind is FieldKind.CHOICE or str(value) in field.choices:
        return _(field.choices.get(str(value), str(value)))
    if field.kind is FieldKind.PERIOD:
        return period_words.shown(str(value))
    if field.kind is FieldKind.FLAG:
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(_name_of(name, names) for name in value)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):{_day_format()} %H:%M}"
    if isinstance(value, date):
        return f"{value:{_day_format()}}"
    if field.kind is FieldKind.DURATION:
        return business_duration(int(value))
    if field.kind is FieldKind.MONEY:
        return money(int(value))
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, str) and field.name in WRITTEN_HOURS:
        return translated(value, current())
    if isinstance(value, str):
        return _name_of(value, names) if field.ref else value
    return str(value)


def _name_of(code: str, names: Mapping[str, str]) -> str:
    """The name of a record; its code where the name would be read back as something else."""
    name = names.get(code, code)
    return code if "," in name else name


def _day_format() -> str:
    return "%d/%m/%Y" if current() == "fr" else "%Y-%m-%d"


def money(cents: int) -> str:
    """Cents as euros in the current language: `1 234,50 €`, `€1,234.50`."""
    euros, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    if current() == "fr":
        return f"{sign}{euros:,}".replace(",", " ") + (f",{rest:02}" if rest else "") + " €"
    return f"{sign}€{euros:,}" + (f".{rest:02}" if rest else "")


def decimal(value: float) -> str:
    """A number in the current language, with the decimals it has: `182 000`, `12,5`; `182,000`, `12.5`."""
    said = f"{value:,.{DECIMALS}f}".rstrip("0").rstrip(".")
    return said.replace(",", " ").replace(".", ",") if current() == "fr" else said


def suggestions(field: Field, names: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    """What completes `prefix` in that field, in the order it is offered."""
    if field.kind is FieldKind.NAMES:
        prefix = prefix.rpartition(",")[2]
    if field.ref:
        return identities.named(names, field.ref, prefix)
    offered = [_(label) for label in field.choices.values()]
    if field.kind is FieldKind.FLAG:
        offered = [_("yes"), _("no")]
    wanted = fold(prefix).strip()
    return tuple(each for each in offered if fold(each).startswith(wanted))


def _empty(field: Field) -> Value:
    if field.kind is FieldKind.NAMES:
        return ()
    if field.kind is FieldKind.FLAG:
        return False
    if field.kind is FieldKind.PERIOD:
        raise WrongValue(period_words.expected())
    if field.kind is FieldKind.CHOICE:
        raise WrongValue(_("choose one of: {choices}").format(choices=_choices(field)))
    return "" if field.kind in (FieldKind.TEXT, FieldKind.LINK, *LINES) or field.name == "owner" else None


def _choices(field: Field) -> str:
    return ", ".join(_(label) for label in field.choices.values())


def _read_choice(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    wanted = fold(text)
    for exact in (True, False):
        found = [
            token
            for token, label in field.choices.items()
            for word in {token, fold(label), fold(_(label))}
            if (word == wanted if exact else word.startswith(wanted))
        ]
        if len(set(found)) == 1:
            return int(found[0]) if all(token.isdigit() for token in field.choices) else found[0]
    raise WrongValue(_("choose one of: {choices}").format(choices=_choices(field)))


def _read_flag(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    word = fold(text)
    if word in YES or word in NO:
        return word in YES
    raise WrongValue(_("answer yes or no"))


def _read_number(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    try:
        number = period_words.number(field, text)
    except ValueError as error:
        raise WrongValue(str(error)) from error
    digits = re.sub(r"[\s\u00a0\u202f]", "", text) if number is None else str(number)
    low, high = field.low, field.high
    if not re.fullmatch(r"-?\d{1,9}", digits):
        in_words = re.search(r"\d", text) is None and low is not None and high is not None
        raise WrongValue(_between(low, high) if in_words else _("a whole number is expected"))
    number = int(digits)
    if (low is not None and number < low) or (high is not None and number > high):
        raise WrongValue(_between(low, high))
    return number


def _read_decimal(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    found = cells.number(text.removesuffix("%"))
    if found is None or abs(found.value) >= _TOO_MUCH:
        raise WrongValue(_("a number is expected, such as 12,5 or 182k"))
    if not found.doubt or (current() == "en" and "," in text):
        return round(float(found.value), DECIMALS)
    if "." in text and current() == "fr":
        raise WrongValue(
            _("this has two meanings: write {n}, without a point or comma").format(n=found.value)
        )
    # Three digits after the reader's own decimal sign are decimals, as they are shown.
    return round(float(found.value) / 1000, DECIMALS)


def _read_period(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    found = periods.read(text)
    if found is None:
        raise WrongValue(period_words.expected())
    return found.stored


def _between(low: int | None, high: int | None) -> str:
    if high is None:
        return _("{low} or more is expected").format(low=low)
    if low is None:
        return _("{high} or less is expected").format(high=high)
    return _("a number from {low} to {high} is expected").format(low=low, high=high)


def _read_money(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    digits = re.sub(r"[\s\u00a0\u202f€]|EUR", "", text, flags=re.IGNORECASE)
    thousands = re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?", digits)
    digits = digits.replace(",", "" if thousands else ".")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,2})?", digits):
        raise WrongValue(_("an amount in euros is expected, such as 1234,50"))
    whole, _dot, part = digits.partition(".")
    cents = int(whole.lstrip("-")) * 100 + int(part.ljust(2, "0") or 0)
    return -cents if whole.startswith("-") else cents


def _read_date(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    found = understand_date(workspace, text)
    if found is None:
        raise WrongValue(_("a date is expected, such as 2026-12-01, 1/12/2026 or next friday"))
    return found.date()


def _read_instant(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    found = understand_date(workspace, text, backwards=field.name == "since")
    if found is None:
        try:
            at = datetime.fromisoformat(text)
        except ValueError as error:
            raise WrongValue(
                _("a date and a time are expected, such as tomorrow 12:00 or 1/12 9:30")
            ) from error
        return at if at.tzinfo else at.replace(tzinfo=workspace.zone)
    return found


def _read_ref(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    if identities.resolve(names, field.ref, text) is None:
        _refuse_several(field, text, names)
    return identities.one(names, field.ref, text)


def _refuse_several(field: Field, text: str, names: Mapping[str, str]) -> None:
    """Say why one name only is taken, to who typed two. Raises WrongValue."""
    words = several(text)
    if len(words) > 1 and all(identities.resolve(names, field.ref, word) is not None for word in words):
        raise one_name(field)


def several(text: str) -> list[str]:
    """The names in a text, when it is read as a list."""
    return [word for word in re.split(r"\s*(?:[,;/&+\n]|\bet\b|\band\b)\s*", text) if word]


def one_name(field: Field) -> WrongValue:
    """Why a field does not take several names."""
    if field.name == "accountable":
        return WrongValue(
            _("exactly one person answers for it; the others are R, who do it, or C, who are asked")
        )
    return WrongValue(_("one name is expected here"))


def _read_names(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    if field.ref:
        return identities.listed(names, field.ref, text)
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _read_link(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    link = safe_link(text)
    if link is None:
        raise WrongValue(_("an address that begins with https:// is expected"))
    return link


def _read_text(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    if field.ref:
        return identities.identity(names, field.ref, text)
    check = CHECKS.get(field.name)
    if check is not None:
        try:
            check(text, workspace.settings.company.timezone)
        except ValueError as error:
            raise WrongValue(str(error)) from error
    # Kept in one language, whoever typed it: each reader is shown their own.
    return translated(text, "en") if field.name in WRITTEN_HOURS else text


def _read_long(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    # The one-line form types line ends as ⏎.
    return re.sub(r"[^\S\n]*⏎[^\S\n]*", "\n", text).strip()


def _read_steps(workspace: Workspace, field: Field, text: str, names: Mapping[str, str]) -> Value:
    from cockpit.domain.meetings.ritual_plan import parse_steps

    # In one line they may stand between semicolons too.
    text = "\n".join(part.strip() for part in re.split(r"[\n⏎;]", text) if part.strip())
    try:
        parse_steps(text)
    except ValueError as error:
        raise WrongValue(str(error)) from error
    return text


_READERS = {
    FieldKind.TEXT: _read_text,
    FieldKind.LONG: _read_long,
    FieldKind.STEPS: _read_steps,
    FieldKind.CHOICE: _read_choice,
    FieldKind.FLAG: _read_flag,
    FieldKind.NUMBER: _read_number,
    FieldKind.DECIMAL: _read_decimal,
    FieldKind.PERIOD: _read_period,
    FieldKind.MONEY: _read_money,
    FieldKind.DATE: _read_date,
    FieldKind.INSTANT: _read_instant,
    FieldKind.REF: _read_ref,
    FieldKind.NAMES: _read_names,
    FieldKind.LINK: _read_link,
}
