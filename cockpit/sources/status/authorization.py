"""What opens a status source that is not public: Basic, a token, or a token of Microsoft's identity platform."""

from __future__ import annotations

import asyncio
import json

from cockpit.domain.settings import StatusSource
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.sources import secrets, status
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched, Fetcher, Request

_TOKEN = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"  # noqa: S105 - an address
_SCOPE = "https://graph.microsoft.com/.default"


async def authorization(fetcher: Fetcher, engine: str, source: StatusSource) -> str | Failed:
    """The Authorization header for `source`, empty when it needs none; why there is none.

    `graph` asks for a token by client credentials (OAuth 2.0, RFC 6749 4.4): `user` is the client id,
    `tenant` the directory, or the whole address of the token endpoint of a national cloud.
    """
    if not source.secret:
        return ""
    try:
        if status.dialect(engine).name == "graph":
            return await _graph(fetcher, source, await asyncio.to_thread(secrets.resolve, source.secret))
        return await asyncio.to_thread(secrets.authorization, source.user, source.secret)
    except secrets.SecretMissing as error:
        return Failed("auth", str(error))


async def _graph(fetcher: Fetcher, source: StatusSource, secret: str) -> str | Failed:
    if not source.tenant or not source.user:
        return Failed(
            "auth", _("Microsoft Graph needs tenant, user (client id) and secret in the configuration")
        )
    address = source.tenant if "://" in source.tenant else _TOKEN.format(tenant=source.tenant)
    form = {
        "grant_type": "client_credentials", "client_id": source.user, "client_secret": secret, "scope": _SCOPE,
    }  # fmt: skip
    answer = await fetcher.fetch(Request(url=address, form=form, internal=source.internal, any_status=True))
    if not isinstance(answer, Fetched):
        return answer if isinstance(answer, Failed) else Failed("auth", _refused(""))
    try:
        said = json.loads(answer.body)
        token = said["access_token"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Failed("auth", _refused(_reason(answer.body)), status=answer.status)
    if answer.status != 200 or not isinstance(token, str) or not token.isascii() or not token.isprintable():
        return Failed("auth", _refused(_reason(answer.body)), status=answer.status)
    return f"Bearer {token}"


def _refused(reason: str) -> str:
    return _("Microsoft refuses the sign-in: {reason}; check the client secret, which expires").format(
        reason=reason or "?"
    )


def _reason(body: bytes) -> str:
    """The error's code, such as `invalid_client AADSTS7000215`: never the words, which may repeat a secret."""
    try:
        said = json.loads(body)
        code, text = said.get("error", ""), said.get("error_description", "")
    except (ValueError, AttributeError, RecursionError):
        return ""
    if not isinstance(code, str) or not isinstance(text, str):
        return ""
    number = text.partition(":")[0]
    return clean(f"{code} {number}" if number.startswith("AADSTS") else code, 80)
