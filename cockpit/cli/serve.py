"""`cockpit serve`: the screen in a browser, for those who have no terminal."""

from __future__ import annotations

import secrets
import socket
import sys

import click

from cockpit import files
from cockpit.cli.kit.options import common, fail, options
from cockpit.locale import _

PORT = 8642
KEY_BYTES = 24


@click.command(
    "serve", help=_("The screen in a browser: on this machine, or behind a proxy that signs people in.")
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help=_("Port to listen on.")
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help=_("Address to listen on; another one than this machine's own asks for --behind."),
)  # fmt: skip
@click.option(
    "--behind", default="", metavar="URL",
    help=_("Address of the page at the proxy that signs people in, such as https://cockpit.example."),
)  # fmt: skip
@click.option(
    "--header", default="X-Forwarded-User", show_default=True, metavar="NAME",
    help=_("Header in which the proxy says who signed in."),
)  # fmt: skip
@click.option(
    "--key", default="env:COCKPIT_PROXY_KEY", show_default=True, metavar="SECRET",
    help=_("Where the key is by which the proxy is known (env:NAME or keyring:NAME), sent as X-Cockpit-Key."),
)  # fmt: skip
@common
def serve(port: int, host: str, behind: str, header: str, key: str) -> None:
    """Serve until it is stopped."""
    from cockpit.domain.refusal import Refusal
    from cockpit.web.visitors import DoorRules, may_listen, origin

    try:
        may_listen(host, behind=behind)
        shown = f"[{host}]" if ":" in host else host
        address = origin(behind or f"http://{shown}:{port}")
    except Refusal as error:
        fail(str(error), 2)
    try:
        from cockpit.web.server import WebDoor, open_door
    except ImportError:
        fail(_("what serves browsers is not installed: pip install 'cockpit[web]'"), 2)

    _refuse_taken(host, port)
    given = options()
    # A wrong configuration or database is told here, not to the first visitor.
    given.workspace().conn.close()
    secret = _proxy_key(key) if behind else secrets.token_urlsafe(KEY_BYTES)
    rules = DoorRules(address=address, key=secret, header=header if behind else "")
    arguments = (sys.executable, "-P", "-m", "cockpit", *given.arguments())
    click.echo(
        _("Open {address} (Ctrl-C ends it)").format(address=address if behind else f"{address}/?key={secret}")
    )
    open_door(WebDoor(arguments, rules, host=host, port=port))


def _refuse_taken(host: str, port: int) -> None:
    """End with the way out where something listens there already, or nobody may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        said = _("port {port} cannot be opened ({error}): choose another with --port")
        fail(said.format(port=port, error=files.why(error)), 2)


def _proxy_key(said: str) -> str:
    from cockpit.sources import secrets as kept

    try:
        found = kept.resolve(said)
    except kept.SecretMissing as error:
        fail(str(error), 2)
    if len(found) < KEY_BYTES:
        fail(
            _("the proxy's key has fewer than {n} characters: openssl rand -hex 24 makes one").format(
                n=KEY_BYTES
            ),
            2,
        )
    return found
