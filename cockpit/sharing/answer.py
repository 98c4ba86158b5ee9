"""What a server's answer says of a message: the part that every channel over HTTP shares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cockpit.locale import _
from cockpit.sharing.target import DELIVERED, Delivery, failed

RETRY_AFTER_BOUNDS_S = (1, 3600)
_RETRIED = frozenset({408, 425, 429})


def unsuccessful(channel: str, status: int, headers: Mapping[str, str]) -> Delivery | None:
    """What a status other than 2xx means for a person; None for 2xx, where the body must be judged."""
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        message = _("{channel} has moved elsewhere: change its address")
        return failed(message.format(channel=channel), permanent=True)
    if status in (401, 403, 407):
        message = _("{channel} refuses access ({status}): check its address or token")
    elif status in (404, 410):
        message = _("{channel} does not know this address any more ({status})")
    elif status == 413:
        message = _("{channel} finds the message too long ({status})")
    elif status in (425, 429):
        message = _("{channel} asks to wait before the next message ({status})")
    else:
        message = _("{channel} answered with an error ({status})")
    return failed(
        message.format(channel=channel, status=status),
        permanent=400 <= status < 500 and status not in _RETRIED,
        retry_after_s=_retry_after(headers),
        # A server in trouble may have passed the message on before it answered.
        may_have_come=status >= 500,
    )


def unproven(channel: str) -> Delivery:
    """For an answer that looks like a success and proves nothing, as a captive portal gives."""
    sentence = _("{channel} did not confirm that it took the message").format(channel=channel)
    return failed(sentence, may_have_come=True)


def confirmed(channel: str, key: str, status: int, headers: Mapping[str, str], body: bytes) -> Delivery:
    """Delivered only if the answer is the message as the server keeps it: an object that holds a text at `key`."""
    if (fault := unsuccessful(channel, status, headers)) is not None:
        return fault
    said = read_object(body)
    kept = said is not None and isinstance(said.get(key), str) and said[key] and "error" not in said
    return DELIVERED if status == 200 and kept else unproven(channel)


def read_object(body: bytes) -> dict[str, object] | None:
    """The JSON object that a body holds, else None."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _retry_after(headers: Mapping[str, str]) -> int | None:
    """Seconds from either form of Retry-After (RFC 9110 10.2.3), 1 s to 1 h; None when it is not said.

    A date is compared with the answer's own Date, so that no clock of ours comes in.
    """
    fields = {name.lower(): value.strip() for name, value in headers.items()}
    value = fields.get("retry-after", "")
    shortest, longest = RETRY_AFTER_BOUNDS_S
    if value.isascii() and value.isdigit():
        return longest if len(value) > 6 else min(max(int(value), shortest), longest)
    until, since = _date(value), _date(fields.get("date", ""))
    if until is None or since is None:
        return None
    return min(max(round((until - since).total_seconds()), shortest), longest)


def _date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
