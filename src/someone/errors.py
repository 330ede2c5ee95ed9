"""Every error a person or a caller can meet, as one tree.

Each says three things in plain words: what happened, what is safe, and what to do. ``code`` is stable: scripts may
match on it, and it travels over the socket so that an error looks the same on both sides.

    SomeoneError
    ├── HomeError
    │   ├── HomeReadOnly        the folder can't be written
    │   ├── HomeBusy            another process owns the home and does not answer
    │   ├── NotAwake            nobody has been woken here yet
    │   ├── AlreadyAwake        someone lives here already
    │   └── DiskFull            nothing more can be written
    ├── LockedError
    │   ├── WrongPassphrase     the passphrase does not open this home
    │   ├── KeyMissing          the key that opens this home can't be found
    │   └── PassphraseNeeded    a passphrase is set and none was given
    ├── JournalError
    │   ├── JournalDamaged      the file fails its integrity check
    │   ├── JournalForeign      the file is not one of ours, or not of this home
    │   ├── JournalFromFuture   written by a newer version
    │   └── AppendRefused       the store could not acknowledge a moment
    ├── BrainError
    │   ├── BrainUnreachable    nothing answers there
    │   ├── BrainFailed         it answered, then broke
    │   ├── BrainKeyRefused     the provider did not take the key
    │   ├── BrainUnknown        no brain of that name
    │   └── FetchFailed         a brain could not be fetched
    ├── InputError
    │   ├── NothingSaid         empty, or only white space
    │   ├── TooLong             more than can be taken in at once
    │   └── NotUnderstood       a file of the past is of no kind that can be read
    ├── VoiceError
    │   ├── CannotHear          the parts that hear can't be loaded or broke
    │   └── CannotSpeak         the parts that speak can't be loaded or broke
    ├── SkillError
    │   ├── SkillRefused        the files are no skill that can be taken in
    │   ├── SkillUnknown        no skill of that name, or no such version
    │   ├── SkillChanged        its files are not the ones that were allowed
    │   ├── SkillBroke          its code failed, or gave no sentence
    │   ├── SkillTooMuch        it took more time or memory than it may
    │   └── SkillStopped        it was stopped
    ├── SettingsError           a setting is missing, unknown or out of range
    ├── ConsentNeeded           the notice was not accepted, or the person is under 18
    └── WallBreach              a bug: one person's memory reached another's talk; the turn is stopped
"""

from __future__ import annotations


class SomeoneError(Exception):
    """The root. ``what`` happened, what is ``safe``, what to ``do``; all plain sentences."""

    code = "error"
    what = "Something went wrong."
    safe = "What was said before is kept."
    do = "Run `someone doctor`, which checks every part and says what it finds."

    def __init__(self, what: str = "", *, safe: str = "", do: str = "") -> None:
        self.what = what or type(self).what
        self.safe = safe or type(self).safe
        self.do = do or type(self).do
        super().__init__(f"{self.what} {self.safe} {self.do}")


class HomeError(SomeoneError):
    code = "home"


class HomeReadOnly(HomeError):
    code = "home_read_only"
    what = "The home folder can't be written."
    safe = "Nothing in it was changed."
    do = "Give yourself write permission on it, or set SOMEONE_HOME to a folder that you can write."


class HomeBusy(HomeError):
    code = "home_busy"
    what = "Another process owns this home and does not answer."
    safe = "Nothing was changed."
    do = "Close the other talk, or stop that process, and try again."


class NotAwake(HomeError):
    code = "not_awake"
    what = "Nobody lives here yet."
    safe = "Nothing was changed."
    do = "Run `someone wake` (or just `someone`) and answer three questions."


class AlreadyAwake(HomeError):
    code = "already_awake"
    what = "Someone is already awake in this home."
    safe = "Nothing was changed."
    do = "Run `someone` to talk, or set SOMEONE_HOME to another folder to begin anew."


class DiskFull(HomeError):
    code = "disk_full"
    what = "The disk is full, so the last words could not be kept."
    safe = "Everything that was acknowledged before is on the disk."
    do = "Free some space and say it again."


class LockedError(SomeoneError):
    code = "lock"
    safe = "The memories are still encrypted and unchanged."


class WrongPassphrase(LockedError):
    code = "wrong_passphrase"
    what = "That passphrase does not open this home."
    do = "Try again. Nobody can recover it, and nothing is deleted however often you try."


class PassphraseNeeded(LockedError):
    code = "passphrase_needed"
    what = "This home is locked with a passphrase."
    do = "Start in a terminal, where you are asked for it, or set SOMEONE_PASSPHRASE."


class KeyMissing(LockedError):
    code = "key_missing"
    what = "The key that opens this home can't be found."
    do = "Unlock the keychain of this account, or put the key file back; `someone doctor` says where it is expected."


class JournalError(SomeoneError):
    code = "journal"


class JournalDamaged(JournalError):
    code = "journal_damaged"
    what = "The journal file is damaged."
    safe = "It was not touched."
    do = "Copy the home folder somewhere safe, then restore the file from a backup."


class JournalForeign(JournalError):
    code = "journal_foreign"
    what = "The file in the journal's place can't be opened with this home's key."
    safe = "It was not touched."
    do = "Put the right file back, or move this one away; `someone doctor` names it."


class JournalFromFuture(JournalError):
    code = "journal_from_future"
    what = "This journal was written by a newer version of Someone."
    safe = "It was not touched."
    do = "Install the newer version again."


class AppendRefused(JournalError):
    code = "append_refused"
    what = "The last words could not be kept."
    safe = "Everything that was acknowledged before is kept."
    do = "Run `someone doctor`, then say it again."


class BrainError(SomeoneError):
    code = "brain"
    safe = "What you said is kept."


class BrainUnreachable(BrainError):
    code = "brain_unreachable"
    what = "The brain I think with does not answer."
    do = "Start its server, or choose another with `someone brains`."


class BrainFailed(BrainError):
    code = "brain_failed"
    what = "The brain I think with broke off."
    do = "Say it again, or choose another with `someone brains`."


class BrainKeyRefused(BrainError):
    code = "brain_key_refused"
    what = "The provider did not accept the key."
    do = "Set the key again with `someone brains use`, or choose another brain."


class BrainUnknown(BrainError):
    code = "brain_unknown"
    what = "There is no brain of that name."
    do = "Run `someone brains` to see the ones there are."


class FetchFailed(BrainError):
    code = "fetch_failed"
    what = "The brain could not be fetched."
    safe = "What came of it so far is kept; she goes on with the brain she has."
    do = "Ask again when you are online; it goes on where it stopped."


class InputError(SomeoneError):
    code = "input"


class NothingSaid(InputError):
    code = "nothing_said"
    what = "There was nothing in that line."
    safe = "Nothing was kept."
    do = "Say something whenever you like."


class TooLong(InputError):
    code = "too_long"
    what = "That is more than I can take in at once."
    safe = "Nothing of it was kept."
    do = "Send it in parts, or keep it as a file."


class NotUnderstood(InputError):
    code = "not_understood"
    what = "I can't make out what that is."
    safe = "Nothing of it was kept."
    do = "`someone remember --help` lists what I can read; --as says what it is."


class VoiceError(SomeoneError):
    code = "voice"
    do = "Type instead, and run `someone doctor` when you have a moment."


class CannotHear(VoiceError):
    code = "cannot_hear"
    what = "I can't hear just now."


class CannotSpeak(VoiceError):
    code = "cannot_speak"
    what = "My voice does not work just now. My words stand in the text."


class SkillError(SomeoneError):
    code = "skill"
    safe = "Nothing else was touched."
    do = "Look at it with `someone skills show NAME`."


class SkillRefused(SkillError):
    code = "skill_refused"
    what = "That is not a skill that I can take in."
    safe = "Nothing of it was kept."
    do = "docs/skills.md says what a skill's folder holds."


class SkillUnknown(SkillError):
    code = "skill_unknown"
    what = "I have no skill of that name."
    safe = "Nothing was changed."
    do = "`someone skills` lists the ones I have."


class SkillChanged(SkillError):
    code = "skill_changed"
    what = "The files of that skill are not the ones you allowed, so I don't use it."
    do = "Look at it with `someone skills show NAME`, then allow it again or take it back."


class SkillBroke(SkillError):
    code = "skill_broke"
    what = "I tried to use a skill for that, and it failed."


class SkillTooMuch(SkillError):
    code = "skill_too_much"
    what = "I tried to use a skill for that. It took too much, so I ended it."


class SkillStopped(SkillError):
    code = "skill_stopped"
    what = "I've stopped."


class SettingsError(SomeoneError):
    code = "settings"
    what = "A setting is not right."
    safe = "Nothing was changed."
    do = "Run `someone settings` to see each one, its value and where it comes from."


class ConsentNeeded(SomeoneError):
    code = "consent_needed"
    what = "I can't start without your yes to the notice."
    safe = "Nothing was kept."
    do = "Read it with `someone wake`, or give --accept-notice if you are 18 or older and agree."


class WallBreach(SomeoneError):
    code = "wall_breach"
    what = "I stopped, because a memory of someone else came into this talk."
    safe = "It was not said, and nothing was changed."
    do = "Please report this as a bug."


def _tree(root: type[SomeoneError]) -> dict[str, type[SomeoneError]]:
    found = {root.code: root}
    for child in root.__subclasses__():
        found |= _tree(child)
    return found


def from_code(code: str, what: str, safe: str, do: str) -> SomeoneError:
    """Rebuild an error that came over the socket; an unknown code becomes the root."""
    return _tree(SomeoneError).get(code, SomeoneError)(what, safe=safe, do=do)
