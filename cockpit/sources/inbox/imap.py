"""One session with an IMAP server that is bounded in time and bytes, over TLS by the system's authorities."""

from __future__ import annotations

import imaplib
import socket
from base64 import b64encode
from contextlib import suppress
from itertools import groupby
from time import monotonic
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _
from cockpit.network.reach import Refused, connected, resolve_in_thread, system_tls

_PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}
_CHUNK = 65_536
_LINE = 4 * 1024 * 1024
"""Bytes of a line at most: the longest is the list of all UIDs of a large mailbox."""


class Gibberish(Exception):
    """The server answered what no IMAP server should."""


class WrongPassword(Exception):
    """The server does not let this user in."""


@dataclass(frozen=True)
class Server:
    """An IMAP server. `scheme` is one of imaps, imap+starttls, imap."""

    scheme: str
    host: str
    port: int


def server_of(url: str, *, internal: bool) -> Server:
    """The server of an address as configured. Raises Refused, also for a plain `imap://` unless `internal`."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        host, port = "", 0  # the error would quote the address
    if not host or not port or parts.scheme not in _PORTS or parts.username is not None:
        raise Refused(_("the address of a mailbox is written imaps://host, without user or password"))
    if parts.scheme == "imap" and not internal:
        raise Refused(_("{host}: a mailbox without encryption is not read").format(host=host))
    return Server(parts.scheme, host, port)


def mailbox_name(name: str) -> str:
    """The name of a folder as the protocol wants it: modified UTF-7 (RFC 3501 5.1.3), quoted."""
    coded = ""
    for plain, run in groupby(name, lambda character: " " <= character <= "~"):
        text = "".join(run)
        if plain:
            coded += text.replace("&", "&-")
        else:
            base64 = b64encode(text.encode("utf-16-be", "replace")).decode("ascii")
            coded += "&" + base64.rstrip("=").replace("/", ",") + "-"
    return quoted(coded)


def quoted(text: str) -> str:
    """`text` as a quoted string of the protocol."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class Session(imaplib.IMAP4):
    """`imaplib` over a transport of our own: the standard one waits for ever on a slow trickle of bytes,
    and reserves whatever length a server announces.

    Raises OSError, `imaplib.IMAP4.error` or Gibberish from any method; Refused when the server is on the
    local network and not `internal`. `wait_s` bounds one answer, `whole_s` the session; `literal` and
    `total` are bytes.
    """

    def __init__(
        self, server: Server, *, internal: bool, wait_s: float, whole_s: float, literal: int, total: int
    ) -> None:
        self._server, self._internal = server, internal
        self._deadline, self._wait_s = monotonic() + whole_s, wait_s
        self._literal, self._left = literal, total
        self._buffer = bytearray()
        super().__init__(server.host, server.port)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connect, with TLS at once for `imaps`."""
        self.host, self.port = host, port
        self.sock = self._connected()
        if self._server.scheme == "imaps":
            self._wrap()

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes."""
        if size > self._literal:
            raise Gibberish
        while len(self._buffer) < size:
            self._receive()
        return self._taken(size)

    def readline(self) -> bytes:
        """Up to and with the next line feed."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > _LINE:
                raise Gibberish
            self._receive()
        return self._taken(end + 1)

    def shutdown(self) -> None:
        """Close the connection."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def enter(self, user: str, password: str) -> None:
        """Sign in, after STARTTLS where it is wanted. Raises WrongPassword when the server refuses."""
        if self._server.scheme == "imap+starttls":
            self._start_tls()
        try:
            self._sign_in(user, password)
        except self.abort:
            raise
        except self.error:
            raise WrongPassword from None

    def _sign_in(self, user: str, password: str) -> None:
        _answer, lines = self.capability()
        if b"AUTH=PLAIN" in b" ".join(line for line in lines if line).upper().split():
            # Carries what LOGIN cannot: passwords beyond ASCII.
            self.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
        elif (user + password).isascii() and (user + password).isprintable():
            self.login(quoted(user), password)
        else:
            raise self.error

    def _connected(self) -> socket.socket:
        place = self._server
        return connected(
            resolve_in_thread(place.host, place.port, internal=self._internal), place.port, self._remaining
        )

    def _start_tls(self) -> None:
        answer, _lines = self.xatom("STARTTLS")
        # What came before TLS, anybody on the way may have added.
        if answer != "OK" or self._buffer:
            raise Gibberish
        self.untagged_responses.clear()
        self._wrap()

    def _wrap(self) -> None:
        self.sock = system_tls().wrap_socket(self.sock, server_hostname=self._server.host)

    def _remaining(self) -> float:
        left = self._deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self._wait_s)

    def _receive(self) -> None:
        self.sock.settimeout(self._remaining())
        chunk = self.sock.recv(_CHUNK)
        if not chunk:
            raise ConnectionResetError
        self._left -= len(chunk)
        if self._left < 0:
            raise Gibberish
        self._buffer += chunk

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken
