"""The keychain of the operating system, as a place for one secret."""

from __future__ import annotations

from typing import Any, Protocol

SERVICE = "someone"
"""The name that the keychain shows for the entry."""

_REAL = ("macOS", "Windows", "SecretService", "libsecret", "kwallet")
"""The modules of keyring.backends that keep a secret encrypted. All others (null, fail, plain files) are refused."""


class KeychainError(Exception):
    """The keychain is locked, or does not answer. Carries no secret."""


class Keychain(Protocol):
    """Where a secret is kept under a name. Each call may raise KeychainError or OSError."""

    def available(self) -> bool: ...

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None:
        """Remove the entry; one that is not there is no error."""
        ...


def is_real(backend: object) -> bool:
    """Whether a keyring backend encrypts what it holds."""
    module = type(backend).__module__
    return any(module == f"keyring.backends.{name}" for name in _REAL)


class SystemKeychain:
    """Implements :class:`Keychain` with ``keyring``, on real backends alone."""

    def available(self) -> bool:
        try:
            return self._backend() is not None
        except KeychainError:
            return False

    def get(self, name: str) -> str | None:
        return self._call("get_password", name)

    def set(self, name: str, secret: str) -> None:
        self._call("set_password", name, secret)

    def delete(self, name: str) -> None:
        if self.get(name) is not None:
            self._call("delete_password", name)

    def _backend(self) -> Any | None:
        """The configured backend, or the first real one of a chain."""
        import keyring

        try:
            backend: Any = keyring.get_keyring()
            found = getattr(backend, "backends", [backend])
            return next((one for one in found if is_real(one)), None)
        except Exception as error:  # boundary: backends raise what their desktop's libraries raise
            raise KeychainError("the keychain does not answer") from error

    def _call(self, what: str, name: str, *secret: str) -> Any:
        backend = self._backend()
        if backend is None:
            raise KeychainError("this account has no keychain")
        try:
            return getattr(backend, what)(SERVICE, name, *secret)
        except Exception as error:  # noqa: BLE001  boundary: as above; the cause is named by its type, its text may hold anything
            raise KeychainError(f"the keychain refused: {type(error).__name__}") from None
