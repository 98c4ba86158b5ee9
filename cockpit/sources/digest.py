"""A password given by digest (RFC 7616), to a server that takes it in no other way."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


def answer_to(url: str, known: str, response: httpx.Response) -> str:
    """The Authorization that answers the challenge of digest in `response` to a GET of `url`.

    `known` is the one of Basic, which holds the user and the password; empty where either is missing.
    """
    import httpx

    challenges = response.headers.get_list("www-authenticate")
    challenge = next((each for each in challenges if each.lower().startswith("digest ")), "")
    if not challenge or not known.startswith("Basic "):
        return ""
    user, _colon, password = base64.b64decode(known.removeprefix("Basic ")).decode().partition(":")
    asked = httpx.Request("GET", url)
    flow = httpx.DigestAuth(user, password).sync_auth_flow(asked)
    next(flow)
    try:
        answered = flow.send(httpx.Response(401, headers={"www-authenticate": challenge}, request=asked))
    except (httpx.ProtocolError, KeyError, NotImplementedError, StopIteration):
        return ""
    return str(answered.headers.get("authorization", ""))
