"""Whether public holidays are known of a country or region, and what is meant when they are not."""

from __future__ import annotations

import difflib

from cockpit.domain.time.regions import NEAR, is_near, library_name
from cockpit.locale import _


class UnknownRegion(ValueError):
    """No public holidays are known of that country or region; the message, already translated, says the nearest."""


def check(region: str) -> None:
    """Raise UnknownRegion unless holidays are known of it; an empty one means that there are none."""
    if not region or (is_near(region) and not region.endswith("-")):
        return
    import holidays

    known = holidays.list_supported_countries(include_aliases=True)
    country, part = library_name(region)
    if not region.endswith("-") and country in known and (not part or _has(country, part)):
        return
    raise UnknownRegion(
        _("no public holidays are known of “{region}”: is it {names}?").format(
            region=region, names=", ".join(_near(region, known))
        )
    )


def _has(country: str, part: str) -> bool:
    import holidays

    known = holidays.country_holidays(country)
    return part in known.subdivisions or part in known.subdivisions_aliases


def _near(region: str, known: dict[str, list[str]]) -> list[str]:
    country, _dash, part = region.upper().partition("-")
    if country in known:
        names = [country, *(f"{country}-{each}" for each in known[country] if " " not in each)]
        if not part:
            return names[:1]
        close = difflib.get_close_matches(f"{country}-{part}", names[1:], 3, 0.5)
        return [country, *(close or names[1:4])]
    return difflib.get_close_matches(country[:2], known, 3, 0.5) or [*NEAR][:3]
