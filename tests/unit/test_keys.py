"""The keys: what is made is found again, what is wrong is told apart, and what is destroyed is gone."""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import pytest

from someone.errors import AlreadyAwake, KeyMissing, PassphraseNeeded, SomeoneError, WrongPassphrase
from someone.journal import keys
from someone.journal.keychain import SystemKeychain, is_real
from someone.journal.keys import How, KeySource, Sealed
from someone.testing.journal import MemoryKeychain

PASSPHRASE = "a café by the härbour"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def chain() -> MemoryKeychain:
    return MemoryKeychain()


def all_bytes(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in home.iterdir())


def test_derived_keys_are_those_of_rfc_5869() -> None:
    """HKDF-SHA256 with the purpose as info, checked against a computation by hand (RFC 5869, sections 2.2 and 2.3)."""
    import hmac

    master = bytes(range(32))
    inner = hmac.digest(bytes(32), master, "sha256")
    expected = hmac.digest(inner, b"someone/journal/bond/b1/v1" + b"\x01", "sha256")
    assert keys.derive(master, keys.bond("b1")) == expected


def test_every_purpose_has_its_own_key() -> None:
    """No two journals, and no two homes, share a key; a master key of another length is refused."""
    purposes = [keys.SELF, keys.bond("a"), keys.bond("b"), keys.bond("self")]
    found = [keys.derive(bytes([n]) * 32, purpose) for n in (1, 2) for purpose in purposes]
    assert len(set(found)) == len(found)
    with pytest.raises(ValueError, match="32"):
        keys.derive(b"short", keys.SELF)


def test_a_journals_identity_names_home_and_journal() -> None:
    """Two homes, or two journals of one home, never share an identity; it is stable and holds nothing of the key."""
    masters = [bytes([n]) * 32 for n in (1, 2)]
    found = [keys.identity(master, purpose) for master in masters for purpose in (keys.SELF, keys.bond("a"))]
    assert len(set(found)) == 4
    assert found[0] == keys.identity(masters[0], keys.SELF)
    assert keys.derive(masters[0], keys.SELF).hex()[:16] not in found[0]


@pytest.mark.parametrize("how", ["keychain", "passphrase", "file"])
def test_what_is_created_is_unlocked(home: Path, chain: MemoryKeychain, how: How) -> None:
    """Each source gives back the very key it was given, makes 32 bytes that differ by home, and says which it is."""
    master = keys.create(home, how, PASSPHRASE, keychain=chain)
    assert len(master) == 32
    assert keys.unlock(home, PASSPHRASE, keychain=chain) == master
    assert json.loads((home / "key.json").read_text())["kept"] == how
    assert keys.create(home.with_name("other"), how, PASSPHRASE, keychain=chain) != master


@pytest.mark.parametrize(("how", "in_file"), [("keychain", False), ("passphrase", False), ("file", True)])
def test_the_key_stands_in_clear_only_where_that_is_said(
    home: Path, chain: MemoryKeychain, how: How, in_file: bool
) -> None:
    """Neither the master key nor the passphrase is in any file of the home, but for the key file that is named so."""
    master = keys.create(home, how, PASSPHRASE, keychain=chain)
    assert (master.hex().encode() in all_bytes(home)) is in_file
    assert master not in all_bytes(home)
    assert PASSPHRASE.encode() not in all_bytes(home)
    assert (home / "key").exists() is in_file


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_files_are_for_their_owner_alone(home: Path, chain: MemoryKeychain) -> None:
    """The folder is 0700 and every file in it 0600, whatever the process's mask allows."""
    mask = os.umask(0)
    try:
        keys.create(home, "file", keychain=chain)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()} == {0o600}


def test_auto_takes_the_best_there_is(tmp_path: Path, chain: MemoryKeychain) -> None:
    """A passphrase if one is given, else a keychain that works, else the file."""
    keys.create(tmp_path / "a", "auto", PASSPHRASE, keychain=chain)
    keys.create(tmp_path / "b", "auto", keychain=chain)
    chain.locked = True
    keys.create(tmp_path / "c", "auto", "", keychain=chain)
    kept = [json.loads((tmp_path / name / "key.json").read_text())["kept"] for name in "abc"]
    assert kept == ["passphrase", "keychain", "file"]


def test_a_keychain_that_keeps_nothing_is_not_trusted(home: Path) -> None:
    """A keychain that accepts a key and gives another back is passed over: the key would be lost with it."""

    class Forgetful(MemoryKeychain):
        def get(self, name: str) -> str | None:
            return None

    master = keys.create(home, "auto", keychain=Forgetful())
    assert keys.unlock(home, keychain=Forgetful()) == master
    with pytest.raises(KeyMissing):
        keys.create(home.with_name("other"), "keychain", keychain=Forgetful())


def test_backends_that_do_not_encrypt_are_refused() -> None:
    """Null, failing and unknown (plain file) keyring backends do not count as a keychain."""

    class PlaintextKeyring:
        pass

    assert not is_real(keyring.backends.null.Keyring())
    assert not is_real(keyring.backends.fail.Keyring())
    assert not is_real(PlaintextKeyring())


def test_the_system_keychain_answers_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """On an account whose only keyring is the null one, the system keychain is not available, and says so quietly."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.null.Keyring())
    try:
        assert not SystemKeychain().available()
    finally:
        keyring.set_keyring(before)


def test_a_wrong_passphrase_is_told_from_none_and_from_damage(home: Path) -> None:
    """Three different faults, three different errors; none of them carries the passphrase."""
    keys.create(home, "passphrase", PASSPHRASE)
    with pytest.raises(PassphraseNeeded):
        keys.unlock(home)
    with pytest.raises(PassphraseNeeded):
        keys.unlock(home, "")
    with pytest.raises(WrongPassphrase) as wrong:
        keys.unlock(home, PASSPHRASE + " ")
    assert PASSPHRASE not in str(wrong.value)
    record = json.loads((home / "key.json").read_text())
    for field in ("salt", "sealed", "nonce"):
        changed = json.loads(json.dumps(record))
        old = changed["passphrase"][field]
        changed["passphrase"][field] = ("0" if old[0] != "0" else "1") + old[1:]
        (home / "key.json").write_text(json.dumps(changed))
        with pytest.raises(KeyMissing, match="damaged"):
            keys.unlock(home, PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"{}", b"null", b'{"v": 1, "kept": "air"}'])
def test_a_damaged_record_is_told(home: Path, content: bytes) -> None:
    """Whatever stands in key.json's place, the error says what is damaged and what to do."""
    keys.create(home, "file", keychain=MemoryKeychain())
    (home / "key.json").write_bytes(content)
    with pytest.raises(KeyMissing, match=r"damaged.*backup"):
        keys.unlock(home)
    assert "damaged" in keys.describe(home)


def test_an_accent_may_be_typed_in_two_ways(home: Path) -> None:
    """A passphrase opens the home whether the keyboard composes its letters or not (RFC 8265)."""
    master = keys.create(home, "passphrase", unicodedata.normalize("NFC", PASSPHRASE))
    assert keys.unlock(home, unicodedata.normalize("NFD", PASSPHRASE)) == master


def test_the_stretching_is_rfc_9106s_second_option() -> None:
    """64 MiB, 3 passes, 4 lanes, 128 bits of salt, and a different salt each time."""
    one, two = Sealed.close(bytes(32), PASSPHRASE), Sealed.close(bytes(32), PASSPHRASE)
    assert (one.memory_kib, one.passes, one.lanes, len(one.salt)) == (65536, 3, 4, 32)
    assert one.salt != two.salt
    assert one.sealed != two.sealed


def test_an_existing_home_is_never_given_a_new_key(home: Path, chain: MemoryKeychain) -> None:
    """Creating twice is refused: a new key would make every memory unreadable."""
    master = keys.create(home, "file", keychain=chain)
    with pytest.raises(AlreadyAwake):
        keys.create(home, "passphrase", PASSPHRASE, keychain=chain)
    assert keys.unlock(home) == master


@pytest.mark.parametrize("how", ["file", "keychain", "passphrase"])
def test_a_key_file_without_its_record_is_taken_up(home: Path, chain: MemoryKeychain, how: How) -> None:
    """If the record was never written, or lost, creating again keeps the key that is there instead of a new one."""
    master = keys.create(home, "file", keychain=chain)
    (home / "key.json").unlink()
    (home / "key.json.new").write_text("half")
    assert keys.create(home, how, PASSPHRASE, keychain=chain) == master
    assert keys.unlock(home, PASSPHRASE, keychain=chain) == master
    assert (home / "key").exists() is (how == "file")


@pytest.mark.parametrize("content", ["", "zz" * 32, "ab" * 31, "é"])
def test_a_damaged_key_file_is_told_and_kept(home: Path, chain: MemoryKeychain, content: str) -> None:
    """A key file that holds no key is an error, with and without its record, and is not replaced by a new one."""
    keys.create(home, "file", keychain=chain)
    (home / "key").write_text(content, encoding="utf-8")
    with pytest.raises(KeyMissing):
        keys.unlock(home)
    (home / "key.json").unlink()
    with pytest.raises(KeyMissing):
        keys.create(home, "file", keychain=chain)
    assert (home / "key").read_text(encoding="utf-8") == content


def test_another_homes_key_is_refused(tmp_path: Path, chain: MemoryKeychain) -> None:
    """A key that is whole but of another home is told before any journal is opened with it."""
    for name in "ab":
        keys.create(tmp_path / name, "file", keychain=chain)
    (tmp_path / "a" / "key").write_bytes((tmp_path / "b" / "key").read_bytes())
    with pytest.raises(KeyMissing, match="not the one of this home"):
        keys.unlock(tmp_path / "a")


def test_a_missing_key_is_told(home: Path, chain: MemoryKeychain) -> None:
    """No home, no key file, a locked keychain and an emptied one each say what is missing, and leave all as it is."""
    with pytest.raises(KeyMissing, match="missing"):
        keys.unlock(home)
    keys.create(home, "keychain", keychain=chain)
    chain.locked = True
    with pytest.raises(KeyMissing, match="locked"):
        keys.unlock(home, keychain=chain)
    chain.locked = False
    chain.secrets.clear()
    with pytest.raises(KeyMissing, match="no longer"):
        keys.unlock(home, keychain=chain)


def test_the_protection_changes_and_the_key_stays(home: Path, chain: MemoryKeychain) -> None:
    """From file to passphrase to keychain to another passphrase: the same key throughout, and the old way is closed."""
    master = keys.create(home, "file", keychain=chain)
    keys.change(home, "passphrase", "one", keychain=chain)
    assert not (home / "key").exists()
    with pytest.raises(WrongPassphrase):
        keys.change(home, "keychain", old="two", keychain=chain)
    keys.change(home, "keychain", old="one", keychain=chain)
    assert keys.unlock(home, keychain=chain) == master
    keys.change(home, "passphrase", "three", keychain=chain)
    assert chain.secrets == {}
    assert keys.unlock(home, "three", keychain=chain) == master
    with pytest.raises(WrongPassphrase):
        keys.unlock(home, "one", keychain=chain)


def test_a_change_that_broke_off_leaves_no_open_key(home: Path, chain: MemoryKeychain) -> None:
    """If the old key file outlived the change to a passphrase, the next unlocking removes it."""
    keys.create(home, "file", keychain=chain)
    left = (home / "key").read_bytes()
    keys.change(home, "passphrase", "one", keychain=chain)
    (home / "key").write_bytes(left)
    keys.unlock(home, "one")
    assert not (home / "key").exists()


@pytest.mark.parametrize("how", ["keychain", "passphrase", "file"])
def test_what_is_destroyed_is_gone(home: Path, chain: MemoryKeychain, how: How) -> None:
    """After destroying, no file and no keychain entry holds the key; doing it twice is harmless."""
    keys.create(home, how, PASSPHRASE, keychain=chain)
    (home / "key.json.new").write_text("a draft that a crash left")
    keys.destroy(home, keychain=chain)
    keys.destroy(home, keychain=chain)
    assert list(home.iterdir()) == []
    assert chain.secrets == {}
    with pytest.raises(KeyMissing):
        keys.unlock(home, PASSPHRASE, keychain=chain)


def test_destroying_can_be_tried_again(home: Path, chain: MemoryKeychain) -> None:
    """While the keychain is locked, the record stays, so that a second try finds what to delete."""
    keys.create(home, "keychain", keychain=chain)
    chain.locked = True
    with pytest.raises(KeyMissing, match="let go"):
        keys.destroy(home, keychain=chain)
    chain.locked = False
    keys.destroy(home, keychain=chain)
    assert chain.secrets == {}


def test_a_damaged_record_can_still_be_destroyed(home: Path, chain: MemoryKeychain) -> None:
    """Erasing does not depend on the record being whole."""
    keys.create(home, "file", keychain=chain)
    (home / "key.json").write_text("{")
    keys.destroy(home, keychain=chain)
    assert list(home.iterdir()) == []


def test_what_protects_the_home_is_said_aloud(tmp_path: Path, chain: MemoryKeychain) -> None:
    """Each way of keeping the key is described with what it does not protect against, and with no secret in it."""
    said: dict[str, str] = {}
    hows: tuple[How, ...] = ("file", "keychain", "passphrase")
    for how in hows:
        master = keys.create(tmp_path / how, how, PASSPHRASE, keychain=chain)
        said[how] = keys.describe(tmp_path / how)
        assert master.hex() not in said[how]
        assert PASSPHRASE not in said[how]
    assert "anyone who can read your files" in said["file"]
    assert "logged in as you" in said["keychain"]
    assert "nobody can recover it" in said["passphrase"]
    (tmp_path / "file" / "key").chmod(0o644)
    assert os.name == "nt" or "chmod 600" in keys.describe(tmp_path / "file")
    assert "missing" in keys.describe(tmp_path / "nowhere")


def test_a_record_of_a_passphrase_without_its_seal_is_damaged(home: Path) -> None:
    """A record that contradicts itself is told as damage, not as a wrong passphrase."""
    keys.create(home, "passphrase", PASSPHRASE)
    source = KeySource.model_validate_json((home / "key.json").read_bytes()).model_copy(update={"passphrase": None})
    whole = source.model_copy(update={"checksum": source.sum()})
    (home / "key.json").write_text(whole.model_dump_json())
    with pytest.raises(SomeoneError, match="damaged"):
        keys.unlock(home, PASSPHRASE)
