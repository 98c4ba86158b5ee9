"""One provider and all that is known of its present state."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.alerts.alerts import CERTIFICATE_WARNING
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import Freshness, State
from cockpit.services.providers.our_words import NOTHING, About, Words
from cockpit.store.outside import sources


@dataclass(frozen=True)
class ProviderLine:
    """A provider: three facts kept apart, its state, its freshness, its last failure; and what we say of it.

    One without a page has no reading: its state is the one given by hand, else unknown.
    """

    key: str
    name: str
    criticality: str
    url: str
    state: State
    fresh: Freshness
    row: sources.ProviderRow | None
    code: str = ""
    """The provider of the register that it speaks for."""
    ours: Words = NOTHING
    """What we say of it."""
    unstable: bool = False
    """Whether it goes back and forth."""
    muted_parts: bool = False
    """Whether nothing but muted components is in trouble."""
    has_page: bool = True
    limit: str = ""
    """What its source does not cover, in a few words; empty for most."""
    exchange: datetime | None = None
    """When we last noted that we spoke."""
    slas: int = 0
    slas_passed: int = 0

    @property
    def quiet(self) -> bool:
        """Whether something that somebody said of it keeps its alerts quiet."""
        return self.ours.quiet or self.muted_parts

    @property
    def about(self) -> About:
        """What our own words on it are kept under: its source where it has a page, and its record."""
        return About(self.key if self.has_page else "", self.code)

    @property
    def incidents(self) -> tuple[str, ...]:
        """Titles of the open incidents."""
        return self.row.incidents if self.row else ()

    @property
    def last_ok(self) -> datetime | None:
        """When it was last read."""
        return self.row.last_ok if self.row else None

    def certificate_days(self, now: datetime) -> int | None:
        """Whole days before the certificate of the probed service ends, when that is near; else None."""
        expiry = self.row.certificate_expiry if self.row else None
        if expiry is None or expiry - now > CERTIFICATE_WARNING:
            return None
        return max((expiry - now).days, 0)
