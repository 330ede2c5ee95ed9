"""The master key of a home: how it is made, kept, found again and destroyed.

The master key is 32 random bytes; each journal's key is derived from it (:func:`derive`). What protects it is one of

- ``keychain``: the operating system's keychain, unlocked with the account;
- ``passphrase``: it lies in ``key.json``, sealed with a key that Argon2id makes from the passphrase;
- ``file``: it lies in the file ``key``, readable by this account alone.

``key.json`` records which (:class:`KeySource`), with a proof by which a found key is known to be the right one.
Each file is written beside its place, synced and renamed, the secret before the record of it: a crash at any instant
leaves either no home or a whole one.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from someone.errors import (
    AlreadyAwake,
    DiskFull,
    HomeReadOnly,
    KeyMissing,
    LockedError,
    PassphraseNeeded,
    WrongPassphrase,
)
from someone.journal.files import make_folder, sync_folder
from someone.journal.keychain import Keychain, KeychainError, SystemKeychain

How = Literal["auto", "keychain", "passphrase", "file"]
Kept = Literal["keychain", "passphrase", "file"]

SELF = "someone/journal/self/v1"
"""Purpose of the self's journal key."""

KEY_BYTES = 32
_RECORD, _KEY_FILE = "key.json", "key"
_PROOF, _NAME = "someone/home/proof/v1", "someone/home/name/v1"
_REFUSALS = (KeychainError, OSError)


def bond(bond_id: str) -> str:
    """Purpose of a bond's journal key."""
    return f"someone/journal/bond/{bond_id}/v1"


def derive(master: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose: HKDF-SHA256 (RFC 5869), no salt, ``purpose`` as info. One purpose's key tells nothing
    of another's, nor of the master key.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    if len(master) != KEY_BYTES:
        raise ValueError("a master key has 32 bytes")
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(master)


def identity(master: bytes, purpose: str) -> str:
    """Names a journal of this home, to be written into its file. It stays the same when the protection changes, and
    tells nothing of the key.
    """
    return f"{derive(master, _NAME).hex()[:32]}/{purpose}"


class Sealed(BaseModel):
    """A master key sealed with a passphrase: AES-256-GCM under Argon2id's key.

    The defaults are the second recommended option of RFC 9106, section 4 (64 MiB, 3 passes, 4 lanes, 128 bits of salt).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kdf: Literal["argon2id"] = "argon2id"
    memory_kib: int = Field(default=64 * 1024, ge=8, le=4 * 1024 * 1024)
    passes: int = Field(default=3, ge=1, le=64)
    lanes: int = Field(default=4, ge=1, le=64)
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    nonce: str = Field(pattern=r"^[0-9a-f]{24}$")
    sealed: str = Field(pattern=r"^[0-9a-f]{96}$")

    @classmethod
    def close(cls, master: bytes, passphrase: str) -> Sealed:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        draft = cls(salt=secrets.token_hex(16), nonce=nonce.hex(), sealed="0" * 96)
        sealed = AESGCM(draft._stretched(passphrase)).encrypt(nonce, master, None)
        return draft.model_copy(update={"sealed": sealed.hex()})

    def open(self, passphrase: str) -> bytes:
        """Raises WrongPassphrase. (Damage of the record shows in its checksum, before this.)"""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        stretched = self._stretched(passphrase)
        try:
            return AESGCM(stretched).decrypt(bytes.fromhex(self.nonce), bytes.fromhex(self.sealed), None)
        except InvalidTag:
            raise WrongPassphrase from None

    def _stretched(self, passphrase: str) -> bytes:
        from argon2.low_level import Type, hash_secret_raw

        # NFC, as RFC 8265 has it: keyboards differ in how they compose an accented letter.
        secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        return hash_secret_raw(
            secret, bytes.fromhex(self.salt), self.passes, self.memory_kib, self.lanes, KEY_BYTES, Type.ID
        )


class KeySource(BaseModel):
    """The record in ``key.json``. ``entry`` names the keychain's entry; ``proof`` tells the right key from another;
    ``checksum`` tells a damaged record from a wrong passphrase.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    kept: Kept
    entry: str = Field(pattern=r"^[0-9a-f]{32}$")
    proof: str = Field(pattern=r"^[0-9a-f]{64}$")
    passphrase: Sealed | None = None
    checksum: str = ""

    def sum(self) -> str:
        return hashlib.sha256(self.model_dump_json(exclude={"checksum"}).encode()).hexdigest()


def create(home: Path, how: How, passphrase: str | None = None, *, keychain: Keychain | None = None) -> bytes:
    """Make the master key of a new home and keep it; returns it. Blocking (Argon2id takes a moment).

    ``auto``: the passphrase if one is given, else the keychain if this account has one that works, else the file.
    Raises AlreadyAwake (a key is there), PassphraseNeeded, KeyMissing (no keychain), HomeReadOnly, DiskFull.
    """
    chain = keychain or SystemKeychain()
    make_folder(home)
    if (home / _RECORD).exists():
        raise AlreadyAwake
    left = _left_over(home)
    master = left or secrets.token_bytes(KEY_BYTES)
    source = _keep(home, how, passphrase, master, chain)
    _record(home, source)
    if left is not None and source.kept != "file":
        _wipe(home / _KEY_FILE)
    return master


def unlock(home: Path, passphrase: str | None = None, *, keychain: Keychain | None = None) -> bytes:
    """The master key. Raises KeyMissing (also: damaged), PassphraseNeeded, WrongPassphrase."""
    source = _source(home)
    if source.kept == "passphrase":
        if not passphrase:
            raise PassphraseNeeded
        if source.passphrase is None:
            raise _damaged_record()
        found = source.passphrase.open(passphrase)
    elif source.kept == "keychain":
        found = _from_keychain(source, keychain or SystemKeychain())
    else:
        found = _from_file(home)
    if not hmac.compare_digest(derive(found, _PROOF).hex(), source.proof):
        raise KeyMissing("A key was found, but it is not the one of this home.")
    if source.kept != "file":
        _wipe(home / _KEY_FILE)  # a change of protection that broke off may have left it readable
    return found


def change(
    home: Path, how: How, passphrase: str | None = None, *, old: str | None = None, keychain: Keychain | None = None
) -> None:
    """Protect the same master key in another way (``old``: the present passphrase). No journal is rewritten.

    Raises what :func:`unlock` and :func:`create` raise.
    """
    chain = keychain or SystemKeychain()
    before = _source(home)
    master = unlock(home, old, keychain=chain)
    source = _keep(home, how, passphrase, master, chain)
    _record(home, source)
    if before.kept == "keychain":
        _delete_from(chain, before)
    if source.kept != "file":
        _wipe(home / _KEY_FILE)


def destroy(home: Path, *, keychain: Keychain | None = None) -> None:
    """Make every journal of the home unreadable for good. Twice is harmless; after a failure, call it again.

    Files are overwritten before they are removed. A disk that writes elsewhere than told (SSD, copy-on-write) and
    backups may still hold them: only a passphrase protects against that.
    Raises KeyMissing where the keychain does not let go of the key.
    """
    if (home / _RECORD).exists():
        try:
            source = _source(home)
        except KeyMissing:
            source = None  # too damaged to tell where the key lies; what is here is wiped
        if source is not None and source.kept == "keychain":
            _delete_from(keychain or SystemKeychain(), source)
    _wipe(home / _KEY_FILE)
    _wipe(home / _RECORD)


def needs_passphrase(home: Path) -> bool:
    """Whether this home opens with a passphrase; False also where its record can't be read (unlocking then says why)."""
    try:
        return _source(home).kept == "passphrase"
    except KeyMissing:
        return False


def describe(home: Path) -> str:
    """What protects this home, said aloud. Plain sentences; holds no secret."""
    try:
        source = _source(home)
    except LockedError as error:
        return f"{error.what} {error.do}"
    if source.kept == "passphrase":
        return (
            "The memories are locked with your passphrase. Nobody can open them without it, and nobody can recover it."
        )
    if source.kept == "keychain":
        return (
            "The key lies in the keychain of this account. Whoever is logged in as you can read the memories. "
            "A copy of this folder can't be opened without that keychain; a passphrase opens it anywhere."
        )
    said = (
        "The key lies in a file readable by this account; anyone who can read your files, or a backup of this folder, "
        "can read the memories. Set a passphrase to protect them."
    )
    return f"{said} {_loose(home / _KEY_FILE)}".strip()


def _keep(home: Path, how: How, passphrase: str | None, master: bytes, chain: Keychain) -> KeySource:
    """Put the secret in its place; returns the record of it, which the caller writes."""
    name, proof = secrets.token_hex(16), derive(master, _PROOF).hex()
    if how == "passphrase" or (how == "auto" and passphrase):
        if not passphrase:
            raise PassphraseNeeded(
                "A passphrase is wanted and none was given.", safe="Nothing was changed.", do="Give one, and try again."
            )
        return KeySource(kept="passphrase", entry=name, proof=proof, passphrase=Sealed.close(master, passphrase))
    if how in ("auto", "keychain"):
        if _put_in(chain, name, master):
            return KeySource(kept="keychain", entry=name, proof=proof)
        if how == "keychain":
            raise KeyMissing(
                "This account has no keychain that works.",
                safe="Nothing was changed.",
                do="Unlock it, or choose a passphrase.",
            )
    _write(home / _KEY_FILE, f"{master.hex()}\n".encode())
    return KeySource(kept="file", entry=name, proof=proof)


def _put_in(chain: Keychain, name: str, master: bytes) -> bool:
    """Keep it there and read it back: some keychains accept what they don't keep."""
    try:
        if not chain.available():
            return False
        chain.set(name, master.hex())
        if chain.get(name) == master.hex():
            return True
        chain.delete(name)
    except _REFUSALS:
        pass
    return False


def _delete_from(chain: Keychain, source: KeySource) -> None:
    try:
        chain.delete(source.entry)
    except _REFUSALS:
        raise KeyMissing(
            "The keychain did not let go of the key.",
            safe="The memories are unchanged.",
            do="Unlock the keychain of this account and try again.",
        ) from None


def _from_keychain(source: KeySource, chain: Keychain) -> bytes:
    try:
        found = chain.get(source.entry)
    except _REFUSALS:
        raise KeyMissing("The keychain of this account is locked, or does not answer.") from None
    if found is None:
        raise KeyMissing("The keychain of this account no longer holds the key of this home.")
    return _parsed(found)


def _from_file(home: Path) -> bytes:
    try:
        return _parsed((home / _KEY_FILE).read_text("ascii"))
    except (OSError, UnicodeDecodeError):
        raise KeyMissing(f"The key file `{home / _KEY_FILE}` is missing, or can't be read.") from None


def _parsed(text: str) -> bytes:
    try:
        found = bytes.fromhex(text.strip())
    except ValueError:
        found = b""
    if len(found) != KEY_BYTES:
        raise KeyMissing("What was found in the key's place is no key.")
    return found


def _left_over(home: Path) -> bytes | None:
    """A key file without its record: a creation that broke off, or a lost record. It is taken up, never replaced."""
    return _from_file(home) if (home / _KEY_FILE).exists() else None


def _damaged_record() -> KeyMissing:
    return KeyMissing(
        f"`{_RECORD}`, which says how to open this home, is damaged.",
        do="Put it back from a backup of the home folder.",
    )


def _source(home: Path) -> KeySource:
    try:
        source = KeySource.model_validate_json((home / _RECORD).read_bytes())
    except OSError:
        raise KeyMissing(f"`{home / _RECORD}`, which says how to open this home, is missing.") from None
    except ValidationError:
        raise _damaged_record() from None
    if source.checksum != source.sum():
        raise _damaged_record()
    return source


def _record(home: Path, source: KeySource) -> None:
    whole = source.model_copy(update={"checksum": source.sum()})
    _write(home / _RECORD, whole.model_dump_json(indent=1).encode() + b"\n")


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(path.name + ".new")
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise HomeReadOnly from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise DiskFull from error


def _wipe(path: Path) -> None:
    """Overwrite and remove a file, and a draft of it that a crash left."""
    for file in (path, path.with_name(path.name + ".new")):
        if not file.exists():
            continue
        try:
            with file.open("rb+") as opened:
                opened.write(bytes(file.stat().st_size))
                opened.flush()
                os.fsync(opened.fileno())
            file.unlink()
            sync_folder(file.parent)
        except OSError as error:
            raise HomeReadOnly("The key file can't be removed.") from error


def _loose(path: Path) -> str:
    """A warning where other accounts may read the file."""
    if os.name == "nt" or not path.exists() or not path.stat().st_mode & 0o077:
        return ""
    return f"Other accounts of this machine can read it too: run `chmod 600 {path}`."
