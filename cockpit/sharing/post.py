"""One request over HTTP, bounded in time and size, that follows no redirect."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cockpit import __version__
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.network import reach
from cockpit.network.trouble import of_exception
from cockpit.sharing.target import Delivery, HttpRequest, failed

if TYPE_CHECKING:
    import httpx

ANSWER_LIMIT = 64 * 1024
_PORTS = {"https": 443, "http": 80}

Judge = Callable[[int, Mapping[str, str], bytes], Delivery]


async def post(
    request: HttpRequest, judge: Judge, *, internal: bool, now: datetime, timeout_s: float
) -> Delivery:
    """What `judge` says of the answer, or what the network did instead of one.

    Of the body, `judge` sees the first 64 kB; headers that it sees always hold a Date. Raises Refused.
    """
    import httpx

    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)  # their INFO lines hold whole addresses
    parts = urlsplit(request.url)
    host = clean(parts.hostname or "")
    try:
        addresses = await reach.resolve(
            parts.hostname or "", parts.port or _PORTS[parts.scheme], internal=internal
        )
        async with httpx.AsyncClient(
            verify=reach.system_tls(),
            follow_redirects=False,
            trust_env=False,
            timeout=timeout_s,
        ) as client:
            status, fields, body = await _exchange(client, request, addresses)
    except (OSError, httpx.HTTPError) as error:
        # What failed before the connection stood did not arrive.
        sent = not isinstance(error, OSError | httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
        return failed(of_exception(error, host).message, may_have_come=sent)
    except (httpx.InvalidURL, UnicodeError):
        return failed(_("the address of this channel is not valid"), permanent=True)
    return judge(status, {"date": format_datetime(now), **fields}, body)


async def _exchange(
    client: httpx.AsyncClient, request: HttpRequest, addresses: Sequence[str]
) -> tuple[int, dict[str, str], bytes]:
    headers = {
        **request.headers,
        "Accept": "application/json, */*;q=0.5",
        # Nothing to decompress, so that no answer can grow.
        "Accept-Encoding": "identity",
        "User-Agent": f"cockpit/{__version__}",
    }
    body = bytearray()
    async with reach.exchange(
        client, request.method, request.url, addresses, content=request.body, headers=headers
    ) as response:
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) >= ANSWER_LIMIT:
                break
        return response.status_code, dict(response.headers), bytes(body[:ANSWER_LIMIT])
