"""E-mail, submitted to the account's own server (RFC 6409), encrypted."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.network import reach
from cockpit.network.trouble import of_exception
from cockpit.sharing.address import parsed
from cockpit.sharing.message import Message, as_text, cleaned, headline
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, RefusedRecipient, failed

if TYPE_CHECKING:
    import smtplib

_PORTS = {"smtps": 465, "smtp": 587}
_ADDRESS = re.compile(r"(?!.*=\?)[^\s@,;:<>()\[\]\\\"]{1,64}@([^\s@,;:<>()\[\]\\\"]{1,255})")
# Some servers refuse the true name of a laptop, and finding it may take seconds.
_OWN_NAME = "[127.0.0.1]"


def built(message: Message, target: ChannelTarget, now: datetime) -> EmailMessage:
    """The mail, dated `now`. Raises Refused for a sender or a recipient that is not an address.

    The same message has the same Message-ID each time, so that a mail that comes twice can be told;
    all messages of a thread refer to the same one.
    """
    if not target.recipients:
        raise reach.Refused(_("this channel has no recipient"))
    domain = _domain(target.sender)
    for recipient in target.recipients:
        _domain(recipient)
    message = cleaned(message)
    # 7 bits: no server on the way has to know more.
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = target.sender
    mail["To"] = ", ".join(target.recipients)
    mail["Subject"] = _subject(message)
    mail["Date"] = format_datetime(now.astimezone(UTC))
    mail["Message-ID"] = _identifier("message", message.id, domain)
    if message.thread:
        mail["References"] = _identifier("thread", message.thread, domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(as_text(message) + "\n", charset="utf-8")
    return mail


async def send(message: Message, target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Submit the mail. Raises Refused; what is under way ends when this is cancelled."""
    scheme, host, port = _place(target)
    mail = built(message, target, now)
    try:
        addresses = await reach.resolve(host, port, internal=target.internal)
    except OSError as error:
        return failed(of_exception(error, host).message)
    submission = _Submission(scheme, host, port, addresses, target, mail, timeout_s)
    line = _Line()
    try:
        return await asyncio.to_thread(_submit, submission, line)
    except asyncio.CancelledError:
        line.cut()
        raise


def shown(message: Message) -> str:
    """What the receiver will read: the subject, then the text."""
    subject = _("Subject: {subject}").format(subject=_subject(cleaned(message)))
    return f"{subject}\n\n{as_text(message)}"


def _subject(message: Message) -> str:
    # What looks like an encoded word would be decoded, line feeds and all.
    return headline(message).replace("=?", "= ?")


def _domain(address: str) -> str:
    found = _ADDRESS.fullmatch(address)
    if found is None or not address.isascii() or not address.isprintable():
        raise reach.Refused(_("{address} is not a mail address").format(address=clean(address, 80) or "?"))
    return found[1]


def _identifier(kind: str, key: str, domain: str) -> str:
    # Hashed, since a key may hold what no header may.
    return f"<{hashlib.sha256(f'{kind} {key}'.encode()).hexdigest()[:40]}@{domain}>"


def _place(target: ChannelTarget) -> tuple[str, str, int]:
    """Scheme, host and port of the server. Plain text is refused later, if no encryption is offered."""
    # Both schemes encrypt: the one at once, the other after STARTTLS.
    first = "smtps" if target.url.strip().lower().startswith("smtps:") else "smtp"
    address = parsed(target, schemes=(first, first))
    return first, address.host, address.port or _PORTS[first]


@dataclass(frozen=True)
class _Submission:
    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]
    target: ChannelTarget
    mail: EmailMessage
    timeout_s: float


class _Line:
    """The connection of a thread, which another may cut."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cut = False
        self._session: smtplib.SMTP | None = None
        self.handed = False
        """Whether the mail itself was begun: it may arrive, whatever is heard after."""

    def use(self, session: smtplib.SMTP) -> bool:
        """Keep the session; False if it was cut before it began."""
        with self._lock:
            self._session = session
            return not self._cut

    def cut(self) -> None:
        """Let the thread's next read or write fail."""
        with self._lock:
            self._cut = True
            used = self._session.sock if self._session else None
            if used is not None:
                with suppress(OSError):
                    # Not that of SSLSocket, which takes the encryption away under the thread.
                    socket.socket.shutdown(used, socket.SHUT_RDWR)


def _submit(job: _Submission, line: _Line) -> Delivery:
    import smtplib

    try:
        refused = _hand_over(_connected(job), job, line)
    except reach.Refused as error:
        return failed(str(error), permanent=True)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(error.recipients, job)
    except smtplib.SMTPAuthenticationError as error:
        return _answered(_("{host} refuses the user or the password ({code})"), error.smtp_code, job)
    except smtplib.SMTPSenderRefused as error:
        return _answered(_("{host} does not let {sender} send mail ({code})"), error.smtp_code, job)
    except smtplib.SMTPResponseException as error:
        return _answered(_why(error.smtp_code), error.smtp_code, job)
    except (smtplib.SMTPNotSupportedError, UnicodeEncodeError):
        message = _("{host} does not offer a way to sign in with this user and password")
        return failed(message.format(host=job.host), permanent=True)
    except (OSError, ValueError) as error:
        return failed(of_exception(error, job.host).message, may_have_come=line.handed)
    return _refused(refused, job) if refused else DELIVERED


def _hand_over(session: smtplib.SMTP, job: _Submission, line: _Line) -> dict[str, tuple[int, bytes]]:
    """The recipients that were refused, when others were not."""
    try:
        if not line.use(session):
            raise TimeoutError
        _prepare(session, job)
        line.handed = True
        refused = session.send_message(job.mail, job.target.sender, _left(job.target))
        with suppress(OSError):
            # The mail is taken: what the server answers to a goodbye changes nothing.
            session.putcmd("quit")
        return refused
    finally:
        session.close()


def _connected(job: _Submission) -> smtplib.SMTP:
    import smtplib

    class Checked(smtplib.SMTP):
        """Connects to the addresses that were checked, where its parent would look the name up again."""

        def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
            line = reach.connected(job.addresses, port, lambda: timeout)
            return (
                reach.system_tls().wrap_socket(line, server_hostname=host) if job.scheme == "smtps" else line
            )

    return Checked(job.host, job.port, _OWN_NAME, timeout=job.timeout_s)


def _prepare(session: smtplib.SMTP, job: _Submission) -> None:
    """Encrypt and sign in. Raises Refused rather than say anything in plain text."""
    session.ehlo_or_helo_if_needed()
    if job.scheme == "smtp":
        if session.has_extn("starttls"):
            session.starttls(context=reach.system_tls())
            session.ehlo()
        elif not job.target.internal:
            message = _("{host} does not encrypt: set internal = true to allow it")
            raise reach.Refused(message.format(host=job.host))
    if job.target.user and job.target.token:
        session.login(job.target.user, job.target.token)


def _left(target: ChannelTarget) -> tuple[str, ...]:
    """Who is to get it now: the headers name all, the envelope those who do not have it."""
    return target.left or target.recipients


def _refused(refused: Mapping[str, tuple[int, bytes]], job: _Submission) -> Delivery:
    """Some recipients got nothing, the others have it."""
    reasons = tuple(
        RefusedRecipient(who, _recipient_refused(code), permanent=code >= 500)
        for who, (code, _text) in refused.items()
    )
    names = ", ".join(sorted(clean(name, 80) for name in refused))
    return Delivery(
        delivered=False,
        error=_("{host} refuses to deliver to {recipients}").format(host=job.host, recipients=names),
        permanent=all(each.permanent for each in reasons),
        took=tuple(each for each in _left(job.target) if each not in refused),
        refused=reasons,
    )


def _recipient_refused(code: int) -> str:
    if code in (450, 451, 452, 421):
        return _("cannot take mail now ({code})").format(code=code)
    if code in (550, 551, 553):
        return _("is not known there, or not reachable from here ({code})").format(code=code)
    if code == 552:
        return _("has a full mailbox ({code})").format(code=code)
    return _("is refused ({code})").format(code=code)


def _why(code: int) -> str:
    """What an answer of the server means for a person, to be completed; codes of RFC 5321 4.2.3."""
    if code in (421, 450, 451, 452):
        return _("{host} cannot take mail now, and asks to try later ({code})")
    if code == 552:
        return _("{host} finds the mail too long ({code})")
    if code in (550, 554):
        return _("{host} does not want this mail, often taken for spam ({code})")
    if code == 530:
        return _("{host} wants a user and a password, or encryption ({code})")
    return _("{host} does not take the mail ({code})")


def _answered(message: str, code: int, job: _Submission) -> Delivery:
    said = message.format(host=job.host, code=code, sender=job.target.sender)
    return failed(said, permanent=500 <= code < 600)
