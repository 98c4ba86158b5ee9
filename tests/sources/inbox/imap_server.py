"""A real IMAP server (pymap, in memory) on the loopback interface: plain, with STARTTLS, and under TLS.

Run as a program with a certificate file, it prints its three ports and serves until it is killed.
"""

from __future__ import annotations

import asyncio
import imaplib
import socket
import ssl
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Thread
from time import sleep

USER, PASSWORD = "alerts@mistral.test", 'pâté "5" \\ sûr'
OLD_USER, OLD_PASSWORD = "old user", 'two words "5" \\ more'
"""Of ASCII alone, for servers that know nothing but LOGIN."""


@dataclass
class Server:
    """The ports of a running server, and what others do to its mailboxes meanwhile."""

    plain: int
    starttls: int
    tls: int
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def administrator(self) -> Iterator[imaplib.IMAP4]:
        """A session of the server's own household."""
        with imaplib.IMAP4("127.0.0.1", self.plain) as session:
            # The library sends a mail and the end of its line apart, which would wait 40 ms for each.
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            session.authenticate("PLAIN", lambda _challenge: f"\0{USER}\0{PASSWORD}".encode())
            yield session

    def new_box(self) -> str:
        """An empty mailbox of its own for a test."""
        name = f"Box {next(self._numbers)}"
        with self.administrator() as session:
            session.create(f'"{name}"')
        return name

    def renew(self, box: str) -> None:
        """Take `box` away and make it again: its UIDs start again under another UIDVALIDITY."""
        with self.administrator() as session:
            session.delete(f'"{box}"')
            session.create(f'"{box}"')

    def deliver(self, box: str, *mails: bytes) -> None:
        """Put mails in `box`, as they are."""
        with self.administrator() as session:
            for mail in mails:
                answer, _lines = session.append(f'"{box}"', "", "", mail)
                assert answer == "OK"

    def flags(self, box: str) -> list[bool]:
        """Whether each mail of `box` is marked as read, none of them being gone."""
        with self.administrator() as session:
            _answer, (number,) = session.select(f'"{box}"', readonly=True)
            assert number is not None
            if not int(number):
                return []
            _answer, lines = session.fetch("1:*", "(FLAGS)")
            return [b"\\Seen" in line for line in lines if isinstance(line, bytes)]


@dataclass
class Relay:
    """A relay's own port, and all that a client said to it."""

    port: int
    said: bytearray = field(default_factory=bytearray)


@contextmanager
def running(certificate: Path) -> Iterator[Server]:
    """The server in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, __file__, str(certificate)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    plain, starttls, tls = (int(port) for port in process.stdout.readline().split())
    try:
        yield Server(plain, starttls, tls)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def relayed(port: int, alter: Callable[[bytes], bytes] = bytes, cut_after: int = 10**9) -> Iterator[Relay]:
    """A way to the server at `port` that alters what it says, and hangs up after so many bytes of it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay = Relay(listener.getsockname()[1])

        def serve() -> None:
            client, _address = listener.accept()
            with client, socket.create_connection(("127.0.0.1", port)) as server:
                upstream = Thread(target=_pump, args=(client, server, relay.said.extend))
                upstream.start()
                left = cut_after
                with suppress(OSError):
                    while left > 0 and (data := server.recv(65_536)):
                        client.sendall(alter(data)[:left])
                        left -= len(data)
                for each in (client, server):
                    with suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
                upstream.join()

        thread = Thread(target=serve)
        thread.start()
        yield relay
        thread.join()


@contextmanager
def answering(*chunks: bytes, pause_s: float = 0) -> Iterator[int]:
    """A port where somebody says `chunks` and waits for the other to hang up, whatever is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _address = listener.accept()
            with client, suppress(OSError):
                for chunk in chunks:
                    client.sendall(chunk)
                    sleep(pause_s)
                while client.recv(65_536):
                    pass

        thread = Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def _pump(source: socket.socket, target: socket.socket, note: Callable[[bytes], None]) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            note(data)
            target.sendall(data)
        target.shutdown(socket.SHUT_RDWR)


async def _serve(certificate: str) -> None:
    from proxyprotocol.reader import ProxyProtocolReader
    from pymap.backend.dict import Config, DictBackend, Identity
    from pymap.imap import IMAPServer
    from pymap.user import Passwords, UserMetadata

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    settings = Namespace(
        host="127.0.0.1", port=0, debug=False, cert=None, key=None, tls=False, proxy_protocol=None, passlib_cfg=None,
        demo_data=False, demo_user=USER, demo_password=PASSWORD,
    )  # fmt: skip
    backend, config = await DictBackend.init(settings)
    config.apply_context()
    hashed = await Passwords(config).hash_password(OLD_PASSWORD)
    old = Identity(OLD_USER, backend.login, None, frozenset())
    await old.set(UserMetadata(config, OLD_USER, password=hashed))
    guarded = Config.from_args(Namespace(**{**vars(settings), "tls": True}), ssl_context=context)
    ports = []
    for each, over in ((config, None), (guarded, None), (config, context)):
        reader = ProxyProtocolReader(each.proxy_protocol)
        server = await asyncio.start_server(
            reader.get_callback(IMAPServer(backend.login, each)), "127.0.0.1", 0, ssl=over
        )
        ports.append(server.sockets[0].getsockname()[1])
    print(*ports, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
