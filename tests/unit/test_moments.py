"""The vocabulary: frozen, versioned, and readable for ever."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from someone.mind import moments
from someone.mind.moments import Heard, Named, UnknownMoment, dump, load


def test_every_moment_survives_the_store():
    """What is dumped is loaded as the same value."""
    for moment in (Heard(text="é😀\n"), Named(name="Iris", reason="short", runners_up=("Ada",))):
        assert load(dump(moment)) == moment


def test_a_moment_can_t_be_changed():
    """Moments are frozen."""
    with pytest.raises(ValidationError):
        Heard(text="a").text = "b"  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    "body", ['{"kind":"Flew","v":1}', '{"kind":"Heard","v":9,"text":"x"}', "[]", "nonsense", '{"v":1}']
)
def test_what_is_not_known_is_refused(body):
    """A kind or version from the future, or no body at all, is an error and never a guess."""
    with pytest.raises(UnknownMoment):
        load(body)


def test_an_old_body_is_lifted_on_read(monkeypatch):
    """A body of an earlier version goes through its lifts; the stored text stays what it was."""
    monkeypatch.setitem(moments.LIFTS, ("Spoke", 0), lambda raw: {"kind": "Heard", "v": 1, "text": raw["words"]})
    assert load('{"kind":"Spoke","v":0,"words":"hello"}') == Heard(text="hello")
