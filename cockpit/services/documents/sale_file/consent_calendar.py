"""The days of the consents as a calendar to import: when to prepare each, to ask, to have the answer."""

from __future__ import annotations

from cockpit.locale import _
from cockpit.services.documents.sale_file.chapters.contracts import asked
from cockpit.services.documents.sale_file.source import SaleSource
from cockpit.services.documents.sale_file.telling import Telling, label


def days(source: SaleSource, telling: Telling) -> bytes | None:
    """The calendar file; None without a closing to count from or a consent to ask for, and in a teaser."""
    found = [(contract, days) for contract, days in asked(source) if days is not None]
    if not found or telling.is_anonymous:
        return None
    from cockpit.sharing.calendar import DatedLine, dated

    steps = []
    for contract, each in found:
        about = f"{telling.title(contract)} ({telling.provider(contract.provider)})"
        notes = label("contract", "change_of_control", contract.change_of_control)
        for key, on, words in (
            ("prepare", each.prepare_on, _("Prepare the request for consent: {contract}")),
            ("ask", each.ask_by, _("Last day to ask for the consent: {contract}")),
            ("expected", each.expected_by, _("The consent is to be there: {contract}")),
        ):
            steps.append(DatedLine(
                uid=f"{contract.id}-{key}@cockpit", title=words.format(contract=about), notes=notes, on=on,
                changed=source.workspace.clock(),
            ))  # fmt: skip
    return dated(_("Consents before the closing"), steps)
