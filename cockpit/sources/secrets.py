"""Passwords and tokens, found where the configuration says they are, at the moment they are needed."""

from __future__ import annotations

import os

from cockpit.locale import _
from cockpit.sources.address import basic

SERVICE = "cockpit"
"""Name of the service under which secrets are kept in the system's keyring."""


class SecretMissing(Exception):
    """The secret is not where the configuration says. The message says how to put it there."""


def resolve(reference: str) -> str:
    """The secret behind `env:NAME` or `keyring:NAME`. Raises SecretMissing. May wait for the keyring."""
    place, _colon, name = reference.partition(":")
    if place == "env":
        value = os.environ.get(name)
        if value:
            return value
        raise SecretMissing(_("the environment variable {name} is not set").format(name=name))
    if place == "keyring":
        return _from_keyring(name)
    raise SecretMissing(_("a secret is written env:NAME or keyring:NAME in the configuration"))


def authorization(user: str, reference: str) -> str:
    """The Authorization header for a source: Basic with a `user`, Bearer (RFC 6750) without, empty
    without a secret. Raises SecretMissing."""
    if not reference:
        return ""
    secret = resolve(reference)
    return basic(user, secret) if user else f"Bearer {secret}"


def keep(name: str, secret: str) -> str:
    """Put a secret into the system's keyring, under a name; how the configuration refers to it. May wait for it.

    Raises SecretMissing when this system has no keyring that takes one.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, secret)
        # Some keyrings take everything and keep nothing.
        kept = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise SecretMissing(_no_keyring(name)) from error
    if kept != secret:
        raise SecretMissing(_no_keyring(name))
    return f"keyring:{name}"


def _no_keyring(name: str) -> str:
    said = _("this system's keyring takes nothing: put it into an environment variable, and write env:{name}")
    return said.format(name=name.upper().replace("-", "_"))


def _from_keyring(name: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        value = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise SecretMissing(
            _("this system's keyring does not answer: use env:NAME instead of keyring:{name}").format(
                name=name
            )
        ) from error
    if not value:
        raise SecretMissing(
            _("the keyring has no {name}: store it with: keyring set cockpit {name}").format(name=name)
        )
    return str(value)
