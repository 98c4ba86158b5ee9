"""The one mouth of the sale file: each name, title, amount and day is said through it, as the phase allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from cockpit.domain.documents.disclosure import Disclosure, Named, SalePhase, share
from cockpit.domain.documents.publication import Amount, TableCell
from cockpit.domain.documents.redaction import Redaction, without_amounts
from cockpit.domain.documents.usual_functions import is_usual
from cockpit.domain.records.confidentiality import BLANK, restricted
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS, register_of
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file import identities
from cockpit.services.documents.sale_file.legend import Legend
from cockpit.store.journal import PROGRAM

_KINDS: Mapping[str, str] = {
    "internal": N_("Team member"), "external": N_("External contributor"),
    "time_shared": N_("Time-shared manager"), "interim": N_("Interim manager"),
}  # fmt: skip
_LETTERED: Mapping[str, str] = {
    "PE": N_("Person {letter}"), "PR": N_("Provider {letter}"), "FN": N_("Function {letter}"),
    "CT": N_("Contract {letter}"), "RK": N_("Risk {letter}"), "CP": N_("Plan {letter}"),
    "PS": N_("Process {letter}"), "AC": N_("Access {letter}"), "DO": N_("Document {letter}"),
    "HO": N_("Handover {letter}"), "RT": N_("Ritual {letter}"), "DC": N_("Circuit {letter}"),
    "TL": N_("Trial {letter}"), "TO": N_("Tool {letter}"),
}  # fmt: skip
"""What stands before the letter of a record, by the prefix of its code."""


_DANGLING = re.compile(r"(?:\s+(?:de|du|d['’]|à|of|to|for|pour))?\s*….*$", re.IGNORECASE)
"""What is left of `Assistante de Claire` without the name."""


class Telling:
    """What one issue says of people, providers, records and money. One for each issue."""

    def __init__(self, workspace: Workspace, disclosure: Disclosure, legend: Legend) -> None:
        self.workspace, self.disclosure, self.legend = workspace, disclosure, legend
        self.names = workspace.names()

    @property
    def is_anonymous(self) -> bool:
        """Whether no word that somebody typed is told."""
        return self.disclosure.is_anonymous

    @property
    def shows_vaults(self) -> bool:
        """Whether it is told where secrets are kept: only to whoever takes over."""
        return self.disclosure.phase is SalePhase.CLOSING

    @property
    def company(self) -> str:
        """What the company is called."""
        return (
            _("the company")
            if self.is_anonymous
            else self.workspace.settings.company.name or _("the company")
        )

    def person(self, who: str) -> str:
        """Somebody by code, or by the name that stands where a record has none; empty for nobody."""
        if not who:
            return ""
        if who == BLANK:
            return _withheld()
        if who == PROGRAM:
            return _("the program")
        who = self._codes.get(who, who)
        named = self.disclosure.people
        if named is Named.NAME:
            return self._name(who)
        return self._roles.get(who) or self._role_of(who) if named is Named.ROLE else self._lettered(who)

    def provider(self, code: str) -> str:
        """A provider; empty for none."""
        if not code:
            return ""
        return self._lettered(code) if self.is_anonymous else self._name(code)

    def function(self, code: str) -> str:
        """A function; where nobody may know the company, only a name that any company may use is told."""
        name = self._name(code) if code else ""
        return self._lettered(code) if self.is_anonymous and name and not is_usual(name) else name

    def party(self, who: str) -> str:
        """A person, a provider or a function, whichever it is."""
        prefix = who.partition("-")[0]
        say = {"PR": self.provider, "FN": self.function}.get(prefix, self.person)
        return say(who)

    def parties(self, codes: tuple[str, ...]) -> str:
        """Several of them, with commas."""
        return ", ".join(dict.fromkeys(filter(None, map(self.party, codes))))

    def title(self, record: Record) -> str:
        """What a record is called: its own words, without the names that this phase does not tell."""
        register = register_of(record.code)
        assert register is not None
        if register.name == "function":
            return self.function(record.code)
        return (
            self._lettered(record.code)
            if self.is_anonymous
            else self.words(str(getattr(record, register.subject)))
        )

    def words(self, text: str) -> str:
        """What somebody typed, without the names that this phase does not tell; nothing of it in a teaser."""
        if self.is_anonymous:
            return ""
        if not self.disclosure.shows_amounts:
            text = without_amounts(text, _("(amount)"))
        return text if self.disclosure.people is Named.NAME else self._known.replaced(text)

    def named(self, code: str, name: str) -> str:
        """Something by its code and the name that goes with it."""
        return self._lettered(code) if self.is_anonymous else self.words(name)

    def reference(self, record: Record) -> str:
        """The code by which the journal knows a record; none in a teaser."""
        return "" if self.is_anonymous else record.code

    def amount(self, cents: int | None, whole: int | None = None) -> TableCell:
        """Money as it is, else its share of the `whole`; nothing where neither may be told."""
        if cents is None:
            return None
        if self.disclosure.shows_amounts:
            return Amount(cents)
        return share(cents, whole) if whole else _withheld()

    def day(self, day: date | None) -> TableCell:
        """A day; its month alone in a teaser, since a day may be looked up."""
        if day is None or not self.is_anonymous:
            return day
        return f"{dates.short_month(day)} {day.year}"

    def found_of_names(self, text: str) -> tuple[str, ...]:
        """The names in what was written that nothing anonymous may tell."""
        return identities.telling(self.workspace).found_in(text) if self.is_anonymous else ()

    def _name(self, code: str) -> str:
        name = self.names.get(code, code)
        # What the room may not see goes by its code.
        return _withheld() if name == code and self.workspace.room is not None and "-" in code else name

    def _lettered(self, code: str) -> str:
        prefix = code.partition("-")[0]
        words = _(_LETTERED.get(prefix, _LETTERED["PE"]))
        return words.format(letter=self.legend.letter(code))

    def _role_of(self, who: str) -> str:
        """Of a name without a record, or of somebody above the level."""
        if who.startswith("PE-"):
            return _withheld()
        chief = self.workspace.settings.company.chief or self.workspace.actor
        role = _("Chief executive") if who == chief else _("Person without a record")
        return self.legend.role(who, role)

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """The code of each person by name: the journal is signed with names."""
        return {each.name: each.code for each in identities.people(self.workspace)}

    @cached_property
    def _roles(self) -> Mapping[str, str]:
        """What stands for each person of the register, by code."""
        plain = identities.people_known(self.workspace, lambda _code: "…", "…")
        found = {}
        for each in identities.people(self.workspace):
            if self.workspace.hides(each) or each.name == restricted():
                continue
            role = _DANGLING.sub("", plain.replaced(each.role)).strip(" ,;–-…")
            if not role and each.code == self.workspace.chief:
                role = _("Chief executive")
            found[each.code] = self.legend.role(
                each.code, role or _(_KINDS.get(each.kind, _KINDS["internal"]))
            )
        return found

    @cached_property
    def _known(self) -> Redaction:
        return identities.people_known(
            self.workspace, lambda code: self._roles.get(code, _withheld()), _("somebody")
        )


def _withheld() -> str:
    return _("withheld")


def label(register: str, field: str, value: object) -> str:
    """The words of a choice as the register declares them."""
    return _(REGISTERS[register].field(field).choices.get(str(value), str(value)))
