"""The fold of her skills: whatever happens in whatever order, only what the person allowed is in use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from someone.mind.growth import UNUSED_FOR, Growth, back_to, step
from someone.mind.moments import (
    Entry,
    Heard,
    MomentId,
    Said,
    SkillApproved,
    SkillNeeded,
    SkillShelved,
    SkillTakenBack,
    SkillTried,
    SkillUsed,
    SkillWritten,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = st.sampled_from(["tea", "dice"])
NUMBERS = st.integers(1, 3)
DIGESTS = st.sampled_from(["d1", "d2"])
SCOPES = st.sampled_from([(), ("today",), ("today", "remembered")])
MOMENTS = st.one_of(
    st.builds(SkillWritten, name=NAMES, version=NUMBERS, digest=DIGESTS, scopes=SCOPES),
    st.builds(SkillTried, name=NAMES, version=NUMBERS, passed=st.integers(0, 3), failed=st.integers(0, 3)),
    st.builds(SkillApproved, name=NAMES, version=NUMBERS, digest=DIGESTS, scopes=SCOPES),
    st.builds(SkillUsed, name=NAMES, version=NUMBERS),
    st.builds(SkillShelved, name=NAMES, on=st.booleans()),
    st.builds(SkillTakenBack, name=NAMES, to_version=st.integers(0, 3)),
    st.builds(Heard, text=st.sampled_from(["convert 3 miles to feet", "hello", "calculate 3 * 4"])),
)


def folded(*moments, minutes=1):
    growth = Growth()
    for i, moment in enumerate(moments, 1):
        growth = step(growth, Entry(MomentId(i), START + timedelta(minutes=minutes * i), moment))
    return growth


def written(version=1, digest="d1", scopes=()):
    return SkillWritten(name="tea", version=version, digest=digest, scopes=scopes)


def allowed(version=1, digest="d1", scopes=()):
    return SkillApproved(name="tea", version=version, digest=digest, scopes=scopes)


@settings(deadline=None)
@given(st.lists(MOMENTS, max_size=25))
def test_only_what_was_allowed_as_it_was_written_is_ever_in_use(moments):
    """For every version in use an approval names its number, its digest and its scopes."""
    growth = folded(*moments)
    approvals = {(m.name, m.version, m.digest, frozenset(m.scopes)) for m in moments if isinstance(m, SkillApproved)}
    for skill in growth.skills:
        numbers = [v.number for v in skill.versions]
        assert numbers == sorted(set(numbers))
        if skill.using:
            version = skill.allowed
            assert version is not None
            assert (skill.name, version.number, version.digest, frozenset(version.scopes)) in approvals
            assert back_to(skill) < skill.using


@settings(deadline=None)
@given(st.lists(MOMENTS, max_size=25))
def test_no_version_that_was_written_is_ever_lost(moments):
    """What happens to a skill later takes no version away."""
    growth = Growth()
    for i, moment in enumerate(moments, 1):
        before = {(s.name, v.id) for s in growth.skills for v in s.versions}
        growth = step(growth, Entry(MomentId(i), START, moment))
        assert before <= {(s.name, v.id) for s in growth.skills for v in s.versions}


@settings(deadline=None)
@given(st.lists(MOMENTS, max_size=25))
def test_the_state_goes_through_json_as_it_is(moments):
    """A snapshot gives back exactly what was folded."""
    growth = folded(*moments)
    assert Growth.model_validate_json(growth.model_dump_json()) == growth


def test_a_skill_goes_through_its_life():
    """Written, allowed, shelved, taken out, taken back: the words for each state."""
    life = [
        written(),
        allowed(),
        SkillShelved(name="tea"),
        SkillShelved(name="tea", on=False),
        SkillTakenBack(name="tea", to_version=0),
    ]
    states = [folded(*life[: i + 1]).skills[0].state for i in range(len(life))]
    assert states == ["written", "approved", "shelved", "approved", "off"]


def test_an_approval_of_something_else_allows_nothing():
    """Another digest, other scopes, another number."""
    for wrong in (allowed(digest="d2"), allowed(scopes=("today",)), allowed(version=2)):
        assert folded(written(), wrong).skills[0].using == 0
    assert folded(written(scopes=("today",)), allowed()).skills[0].using == 0


def test_a_new_version_waits_while_the_old_one_is_used():
    """Writing changes nothing that is in use; allowing does; taking back returns to the one before."""
    growth = folded(written(), allowed(), written(2, "d2"))
    assert (growth.skills[0].using, growth.skills[0].waiting.number) == (1, 2)
    growth = folded(written(), allowed(), written(2, "d2"), allowed(2, "d2"))
    assert growth.skills[0].using == 2
    assert back_to(growth.skills[0]) == 1


def test_sixty_days_without_use_are_counted_from_the_last_use():
    """Allowed long ago and used lately is not unused; the hour counts."""
    growth = folded(written(), allowed())
    at = growth.skills[0].touched
    assert growth.unused(at + UNUSED_FOR) == ()
    assert [s.name for s in growth.unused(at + UNUSED_FOR + timedelta(hours=1))] == ["tea"]
    used = folded(written(), allowed(), SkillUsed(name="tea", version=1), minutes=60 * 24 * 30)
    assert used.unused(used.skills[0].touched + timedelta(days=59)) == ()


def test_a_wish_becomes_a_need_the_second_time_and_is_offered_once():
    """Once is talk; twice is a need; noticed it is known; offered it is marked."""
    first, second = Heard(text="convert 3 miles to feet"), Heard(text="convert 4 miles to feet")
    assert folded(first).wished("convert 5 miles to feet") == ()
    growth = folded(first, Heard(text="hello"), second)
    assert growth.wished("please convert 5 miles to feet") == (1, 3)
    assert growth.needed("convert 5 miles to feet") is None
    need = SkillNeeded(text="convert 4 miles to feet", evidence=(MomentId(1), MomentId(3)))
    growth = folded(first, Heard(text="hello"), second, need)
    assert growth.needed("convert 5 miles to feet").offered is False
    offer = Said(text="Shall I?", stood_on=(MomentId(4),), by="rule:skill_offer")
    assert folded(first, Heard(text="hello"), second, need, offer).needed("convert 5 miles to feet").offered


def test_lists_that_grow_with_talk_stay_short():
    """A thousand different wishes leave a short state."""
    growth = folded(*[Heard(text=f"convert apples to pears{'x' * i}") for i in range(1000)])
    assert len(growth.asked) <= 40
