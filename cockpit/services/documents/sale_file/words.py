"""Phases and masks in words, and by the words that people type."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.documents.disclosure import Mask, SalePhase
from cockpit.domain.text import fold
from cockpit.locale import N_, _
from cockpit.services.desk.languages import folded

PHASES: Mapping[SalePhase, str] = {
    SalePhase.TEASER: N_("teaser"), SalePhase.DUE_DILIGENCE: N_("due diligence"),
    SalePhase.CLOSING: N_("closing"),
}  # fmt: skip
MASKS: Mapping[Mask, str] = {Mask.PEOPLE: N_("people"), Mask.AMOUNTS: N_("amounts")}


def mask_named(text: str) -> Mask | None:
    """The mask that a word means, in either language."""
    wanted = fold(text.strip())
    return next((mask for mask, word in MASKS.items() if wanted in folded(word)), None)


def masks_said(masks: frozenset[Mask]) -> str:
    """`people, amounts`; empty for none."""
    return ", ".join(_(MASKS[mask]) for mask in Mask if mask in masks)
