"""What one's own mail server confirmed of a mail: the `dkim=pass` of its Authentication-Results (RFC 8601)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 8_000
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_CLAUSE = re.compile(rf'(?:[^";]|{_QUOTED})+', re.DOTALL)
_WORD = re.compile(rf'(?:[^\s"]|{_QUOTED})+', re.DOTALL)
_DOMAIN = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")


def signed_by(headers: Iterable[str], authserv: str, domain: str) -> str:
    """The domain that signed for `domain`, itself or a parent of it, as the server `authserv` says; or empty.

    `headers` are the values of Authentication-Results from the top. Only the first one of `authserv`
    counts: a server adds its own above what a sender may have put there.
    """
    for header in headers:
        clauses = _clauses(header)
        if not clauses:
            return ""  # one that cannot be read may be our server's: nothing below it is believed
        if _server(clauses[0]) == authserv.lower():
            signers = (_signer(clause) for clause in clauses[1:])
            return next((s for s in signers if s and (domain == s or domain.endswith(f".{s}"))), "")
    return ""


def _server(clause: str) -> str:
    word = _WORD.match(clause.strip())
    return _unquoted(word[0]).lower() if word else ""


def _signer(clause: str) -> str:
    """The domain whose signature `clause` says is good; empty when it says anything else."""
    # A word keeps its quoted parts whole: what is inside quotes was written by the sender.
    words = [word.partition("=") for word in _WORD.findall(re.sub(r"\s*=\s*", "=", clause))]
    if not words or words[0][0].lower() not in ("dkim", "dkim/1") or words[0][2].lower() != "pass":
        return ""
    domains = [_unquoted(value) for key, _equals, value in words if key.lower() == "header.d"]
    if not domains:
        # Gmail names the identity alone, which is always in the signing domain or below it.
        found = [_unquoted(value) for key, _equals, value in words if key.lower() == "header.i"]
        domains = [value.rpartition("@")[2] for value in found]
    signer = domains[0].lower().rstrip(".") if len(domains) == 1 else ""
    return signer if _DOMAIN.fullmatch(signer) else ""


def _clauses(header: str) -> list[str]:
    """The parts between semicolons, without comments; none when quotes or comments do not close."""
    text = _without_comments(header) if len(header) <= _LONGEST else None
    return _CLAUSE.findall(text) if text else []


def _without_comments(text: str) -> str | None:
    kept: list[str] = []
    depth, quoted, characters = 0, False, iter(text)
    for character in characters:
        pair = character + next(characters, "") if character == "\\" and (depth or quoted) else character
        if depth == 0 and character == '"':
            quoted = not quoted
        if not quoted and character in "()":
            depth += 1 if character == "(" else -1
            pair = " "
        if depth < 0:
            return None
        if depth == 0:
            kept.append(pair)
    return None if depth or quoted else " ".join("".join(kept).split())


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if re.fullmatch(_QUOTED, word, re.DOTALL) else word
