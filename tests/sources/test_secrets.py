"""Secrets in the keyring of the system: put there, found again, and told in words where that is not possible."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from cockpit.sources import secrets


class Ring(KeyringBackend):  # type: ignore[misc]  # the library is not typed
    """A keyring in memory, which may forget or refuse."""

    priority = 1

    def __init__(self, *, forgets: bool = False, refuses: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self._forgets, self._refuses = forgets, refuses

    def get_password(self, service: str, username: str) -> str | None:
        if self._refuses:
            raise KeyringError("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self._refuses:
            raise KeyringError("locked")
        if not self._forgets:
            self.kept[service, username] = password


@pytest.fixture
def before() -> Iterator[None]:
    """The keyring of this system is not touched."""
    ours = keyring.get_keyring()
    yield
    keyring.set_keyring(ours)


@pytest.mark.usefixtures("before")
def test_a_secret_is_kept_in_the_keyring_and_found_there_by_the_name_that_the_configuration_says() -> None:
    ring = Ring()
    keyring.set_keyring(ring)
    assert secrets.keep("agenda-claire", "s3cret") == "keyring:agenda-claire"
    assert ring.kept == {("cockpit", "agenda-claire"): "s3cret"}
    assert secrets.resolve("keyring:agenda-claire") == "s3cret"
    assert secrets.authorization("", "keyring:agenda-claire") == "Bearer s3cret"
    with pytest.raises(secrets.SecretMissing) as told:
        secrets.resolve("keyring:other")
    assert str(told.value) == "the keyring has no other: store it with: keyring set cockpit other"
    ring.kept["cockpit", "empty"] = ""
    with pytest.raises(secrets.SecretMissing, match="the keyring has no empty"):
        secrets.resolve("keyring:empty")


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("ring", [Ring(forgets=True), Ring(refuses=True)], ids=["forgets", "refuses"])
def test_a_keyring_that_keeps_nothing_is_told_before_a_secret_is_lost(ring: Ring) -> None:
    keyring.set_keyring(ring)
    with pytest.raises(secrets.SecretMissing) as told:
        secrets.keep("agenda-claire", "s3cret")
    assert str(told.value) == (
        "this system's keyring takes nothing: put it into an environment variable, and write env:AGENDA_CLAIRE"
    )


@pytest.mark.usefixtures("before")
def test_a_keyring_that_does_not_answer_is_told() -> None:
    keyring.set_keyring(Ring(refuses=True))
    with pytest.raises(secrets.SecretMissing) as told:
        secrets.resolve("keyring:mail")
    assert str(told.value) == "this system's keyring does not answer: use env:NAME instead of keyring:mail"


def test_an_environment_variable_holds_a_secret_where_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_TEST_A", "a:b")
    monkeypatch.setenv("COCKPIT_TEST_EMPTY", "")
    assert secrets.resolve("env:COCKPIT_TEST_A") == "a:b"
    for name in ("COCKPIT_TEST_EMPTY", "COCKPIT_TEST_NONE"):
        with pytest.raises(secrets.SecretMissing) as told:
            secrets.resolve(f"env:{name}")
        assert str(told.value) == f"the environment variable {name} is not set"
