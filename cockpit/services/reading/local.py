"""Whether an address leads to this machine or to the local network: a person has to allow that."""

from __future__ import annotations

from cockpit.network.reach import Refused, resolve
from cockpit.sources.address import parse


async def is_internal(url: str) -> bool:
    """Whether the address is of this machine or of the local network."""
    try:
        address = parse(url)
        await resolve(address.host, address.port, internal=True)
    except (Refused, OSError):
        return False
    try:
        await resolve(address.host, address.port, internal=False)
    except Refused:
        return True
    return False
