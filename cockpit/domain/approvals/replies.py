"""What an answer from outside says: yes, no, a question, or nothing clear. A yes is never guessed.

The first line that the sender wrote is one word alone. Behind a yes nothing else may stand but a closing and a
signature: what is said beyond them may be a condition.
"""

from __future__ import annotations

import re
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold

TOKEN = re.compile(r"\b(AP-[1-9][0-9]{0,8})-([A-Z2-7]{10})\b", re.IGNORECASE)
"""The reference that a request carries: the code of the approval, and what proves that it was asked."""
SIGNATURE_LINES = 4
_HEAD_OF_LINE = 300
"""Characters of a line by which it is told that a quotation begins there: a longer one is no heading."""

_YES = frozenset(
    {"oui", "yes", "approuve", "approuvee", "approved", "valide", "validee", "j approuve", "i approve"}
)
_NO = ("non", "no", "refuse", "refusee", "refused", "je refuse", "i refuse")
_QUESTION = ("question",)
_CLOSINGS = frozenset({
    "cordialement", "bien cordialement", "bien a vous", "bien a toi", "sincerement", "salutations", "bonne journee",
    "merci", "regards", "best regards", "kind regards", "best", "sincerely", "thanks", "thank you",
})  # fmt: skip
_GREETING = re.compile(r"(?:bonjour|bonsoir|hello|hi|dear|cher|chere)\b[^.,?!:;]{0,40}[,!.]?$")
"""What stands behind a comma may be a condition."""
_QUOTED = re.compile(
    r"\s*>|\s*-{3,}.*\b(?:original|origine|transfere|forwarded)\b|\s*_{8,}|\s*(?:de|from|envoye|sent)\s*:\s"
    r"|\s*(?:le|on)\b.{4,120}\b(?:a ecrit|wrote)\s*:?\s*$"
)
_SIGNATURE = re.compile(r"\s*--\s*$")


class ReplyKind(StrEnum):
    """What an answer says."""

    YES = "yes"
    NO = "no"
    QUESTION = "question"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Reply:
    """An answer, and the words that come with a no or a question."""

    kind: ReplyKind
    words: str = ""


def token_in(*texts: str) -> tuple[str, str] | None:
    """The code of the approval that an answer is about, and its proof; None when none, or several, are named."""
    found = {(code.upper(), proof.upper()) for text in texts for code, proof in TOKEN.findall(text)}
    return next(iter(found)) if len(found) == 1 else None


def read_reply(title: str, body: str) -> Reply:
    """What the sender wrote themselves; where the body says nothing of its own, the subject may."""
    own = _own_lines(body)
    if not own:
        subject = re.sub(r"^(?:\s*(?:re|ref|tr|fwd?)\s*:)+", "", _bare(title), flags=re.IGNORECASE)
        own = [subject] if subject.strip() else []
    if not own:
        return Reply(ReplyKind.UNCLEAR)
    first, rest = own[0], own[1:]
    word = _word(first)
    if word in _YES:
        return Reply(ReplyKind.YES if _says_no_more(rest) else ReplyKind.UNCLEAR)
    for words, kind in ((_NO, ReplyKind.NO), (_QUESTION, ReplyKind.QUESTION)):
        more = _after(first, words)
        if more is not None:
            said = " ".join(filter(None, (more, *_before_closing(rest)))).strip()
            return Reply(kind, said) if said or kind is ReplyKind.NO else Reply(ReplyKind.UNCLEAR)
    return Reply(ReplyKind.UNCLEAR)


def _own_lines(body: str) -> list[str]:
    """What stands above the quoted request and the signature, without a greeting."""
    own: list[str] = []
    for line in body.splitlines():
        if _QUOTED.match(fold(line[:_HEAD_OF_LINE])) or _SIGNATURE.match(line):
            break
        bare = _bare(line)
        if bare.strip():
            own.append(bare.strip())
    return own[1:] if own and _GREETING.match(fold(own[0]).strip()) else own


def _bare(line: str) -> str:
    """A line without the reference, with what was put around it."""
    return re.sub(r"\[?\s{0,3}" + TOKEN.pattern + r"\s{0,3}\]?", " ", line, flags=re.IGNORECASE)


def _word(line: str) -> str:
    return re.sub(r"[^a-z]+", " ", fold(line)).strip()


def _after(line: str, words: tuple[str, ...]) -> str | None:
    """What follows one of the words at the beginning of a line, behind a sign or alone; None where none does."""
    for word in words:
        found = re.match(rf"\s*{word}\s*(?:[:,;.!–—-]\s*(.*)|$)", fold(line))
        if found:
            # Its accents and capitals are kept; a sign may be several when it is folded.
            before = found.start(1) if found[1] else len(fold(line))
            at = next((n for n in range(len(line)) if len(fold(line[:n])) >= before), len(line))
            return line[at:].strip()
    return None


def _before_closing(lines: list[str]) -> list[str]:
    at = next((n for n, line in enumerate(lines) if _word(line) in _CLOSINGS), len(lines))
    return lines[:at]


def _says_no_more(lines: list[str]) -> bool:
    """Whether only a closing and a short signature follow."""
    if not lines:
        return True
    if _word(lines[0]) not in _CLOSINGS:
        return False
    signature = [line for line in lines if _word(line) not in _CLOSINGS]
    return len(signature) <= SIGNATURE_LINES and not any(
        re.match(r"\s*p\.?\s?s\b", fold(each)) for each in signature
    )
