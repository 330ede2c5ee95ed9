"""What moves her: each situation gives the expected emotion about the right one, and danger always wins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind import people as folk
from someone.mind.appraisal import AWAY_FROM, Happening, appraise, moved
from someone.mind.care import Level
from someone.mind.concerns import WEIGHT, Concern
from someone.mind.feelings import (
    FELT_FROM,
    MOOD,
    NAMES,
    WORDS,
    Appraisal,
    Emotion,
    name_of,
    on_her_mind,
    stirred,
    word_for,
)
from someone.mind.moments import Entry, Felt, MomentId
from someone.mind.mood import CENTRES, Mood, Stirring, present

NOW = datetime(2026, 6, 3, 18, tzinfo=UTC)
PEOPLE = ()
for number, said in enumerate(
    ("my best friend Mara lives in Oslo", "my brother Ben is a nurse", "we have a dog called Rex"), 1
):
    PEOPLE = folk.meet(PEOPLE, said, NOW - timedelta(days=9), MomentId(number))


def felt(text, *, earlier=(), jokes=(), **known):
    known["mood"] = Mood(stirrings=earlier, jokes=jokes)
    return appraise(
        Happening(text, **({"person": "Theo", "people": PEOPLE, "now": NOW, "hers": "It was on Monday."} | known))
    )


def pleasure(emotion):
    return CENTRES[emotion][0]


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("I got the job!!", Emotion.HAPPY_FOR, "Theo"),
        ("We finally got the keys to the flat", Emotion.HAPPY_FOR, "Theo"),
        ("I passed my driving test", Emotion.HAPPY_FOR, "Theo"),
        ("Mara got the job", Emotion.HAPPY_FOR, "Mara"),
        ("great news, Ben got engaged", Emotion.HAPPY_FOR, "Ben"),
        ("my best friend just got promoted", Emotion.HAPPY_FOR, "Mara"),
        ("my neighbour won the race, she won!", Emotion.HAPPY_FOR, "your neighbour"),
        ("Mara helped me and I passed", Emotion.HAPPY_FOR, "Theo"),
        ("my dog died", Emotion.SORRY_FOR, "Theo"),
        ("I was laid off today", Emotion.SORRY_FOR, "Theo"),
        ("Ben is in hospital", Emotion.SORRY_FOR, "Ben"),
        ("I was fired but at least the lunch was wonderful", Emotion.SORRY_FOR, "Theo"),
        ("scared to death but I did it, I sang on stage!", Emotion.HAPPY_FOR, "Theo"),
        ("maths exam tomorrow and I'm going to fail", Emotion.FEAR, "your exam"),
        ("my best friend won a prize and I was angry, not happy", Emotion.SORRY_FOR, "Theo"),
        ("Ben is going to be a dad", Emotion.HAPPY_FOR, "Ben"),
        ("Mara found a flat, I'm so glad for her", Emotion.HAPPY_FOR, "Mara"),
        ("I was short with you yesterday, sorry", Emotion.GRATITUDE, "Theo"),
        ("you're the worst", Emotion.HURT, "Theo"),
        ("I got the job but my grandmother died", Emotion.SORRY_FOR, "Theo"),
        ("I have a job interview tomorrow", Emotion.HOPE, "your interview"),
        ("Mara has her surgery on Friday", Emotion.FEAR, "Mara's surgery"),
        ("I'm waiting for the biopsy results", Emotion.FEAR, "your biopsy"),
        ("thank you", Emotion.GRATITUDE, "Theo"),
        ("you're such a good listener", Emotion.GRATITUDE, "Theo"),
        ("you are the best", Emotion.GRATITUDE, "Theo"),
        ("you remembered! that really helped", Emotion.PRIDE, "Theo"),
        ("I love talking to you", Emotion.LOVE, "Theo"),
        ("I'm sorry for what I said yesterday", Emotion.GRATITUDE, "Theo"),
        ("you're useless", Emotion.HURT, "Theo"),
        ("I've been using another AI and you are useless", Emotion.HURT, "Theo"),
        ("I told my brother your secret", Emotion.HURT, "Theo"),
        ("I only pretended to like you", Emotion.HURT, "Theo"),
        ("No, it was Tuesday", Emotion.REMORSE, "what I had wrong"),
        ("that's not what I said", Emotion.REMORSE, "what I had wrong"),
        ("no, he's not seven", Emotion.REMORSE, "what I had wrong"),
        ("Actually, my sister is called Ada", Emotion.REMORSE, "what I had wrong"),
        ("no, Ben's wife is Ana, not Anna", Emotion.REMORSE, "what I had wrong"),
        ("you mixed them up", Emotion.REMORSE, "what I had wrong"),
        ("haha", Emotion.AMUSEMENT, "Theo"),
        ("our old joke, remember?", Emotion.AMUSEMENT, "Theo"),
    ],
)
def test_each_situation_moves_her_as_expected(text, kind, about):
    """The table: kind and object; the sign of pleasure follows from the kind."""
    emotion = felt(text)
    assert emotion is not None
    assert (emotion.kind, emotion.about) == (kind, about)
    assert emotion.why


@pytest.mark.parametrize(
    ("situation", "good"),
    [
        ("you're the best", True),
        ("Mara got the job", True),
        ("our old joke, remember?", True),
        ("I told everyone your secrets", False),
        ("no, it was on Tuesday", False),
        ("my dog died", False),
    ],
)
def test_the_direction_is_right(situation, good):
    """Praise, a friend's good news and an old joke please her; betrayal, correction and loss do not."""
    assert (pleasure(felt(situation).kind) > 0) is good


@pytest.mark.parametrize(
    "text",
    [
        "the train from the north comes in at nine",
        "I'm not sad",
        "if I passed I'd be happy",
        "imagine we won",
        'the sign said "you\'re useless"',
        "I've been talking to another AI",
        "what time does the shop open",
        "I was out with Mara all evening",
        "I went to see my mother instead of talking to you",
        "I won't be there",
        "do you know how my grandfather died",
        "are you worried about the weather?",
        "no walk this morning",
        "my phone is dead",
        "Rex came in with a stolen sock",
        "a little girl asked me for a book about sad dinosaurs",
        "we talked about his plum cake and his terrible driving",
        "my laptop died with my essay on it",
        "they cancelled my train and now ill be two hours late",
        "I think I'm pregnant and I don't know how to feel about it",
        "can you write a thank you card for my neighbour",
        "I died 14 times on the same boss fight",
        "",
        "....",
    ],
)
def test_what_bears_on_nothing_moves_nothing(text):
    """Plain words, turned or supposed ones, and the person's life with others give no emotion: no jealousy exists."""
    assert felt(text) is None


@pytest.mark.parametrize("days", [3.1, 7, 30, 400, 4000])
def test_after_a_long_absence_she_is_glad(days):
    """Whoever comes back after days is met with gladness, however long it was, and with no word of reproach."""
    emotion = felt("hello", heard_before=NOW - timedelta(days=days), asks=True)
    assert emotion.kind is Emotion.JOY
    assert word_for(emotion.kind, emotion.intensity, emotion.about) == "glad"
    assert not {"miss", "left", "away", "alone", "wait", "long"} & set(emotion.why.split())


def test_a_longer_absence_is_no_smaller_gladness():
    """The gladness grows a little with the gap; a short silence is simply life."""
    strengths = [felt("hello", heard_before=NOW - timedelta(days=d)).intensity for d in (4, 10, 100)]
    assert strengths == sorted(strengths)
    assert felt("hello", heard_before=NOW - AWAY_FROM / 2) is None


def test_hard_news_weighs_more_than_a_return():
    """Back after a month with a loss: she is with the loss."""
    assert felt("my father died", heard_before=NOW - timedelta(days=30)).kind is Emotion.SORRY_FOR


def prior(kind, about, *, days=3):
    return Stirring(kind=kind, intensity=0.5, about=about, why="x", cause=(MomentId(7),), at=NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("text", "before", "kind"),
    [
        ("it went well!", prior(Emotion.FEAR, "your surgery"), Emotion.RELIEF),
        ("Mara is much better now", prior(Emotion.SORRY_FOR, "Mara"), Emotion.RELIEF),
        ("Mara's scan came back clear", prior(Emotion.FEAR, "Mara's scan"), Emotion.RELIEF),
        ("Rex is home again, he was found safe", prior(Emotion.SORRY_FOR, "Rex"), Emotion.RELIEF),
        ("I was rejected after the interview", prior(Emotion.HOPE, "your interview"), Emotion.DISAPPOINTMENT),
    ],
)
def test_a_prospect_is_answered_by_what_comes(text, before, kind):
    """What was feared and went well is relief, what was hoped for and failed disappointment; both name the earlier moment."""
    emotion = felt(text, earlier=(before,))
    assert emotion.kind is kind
    assert emotion.since == (MomentId(7),)


def test_a_hope_that_comes_true_is_named():
    """The good news is the one that was hoped for, and leads back to the moment in which it was."""
    emotion = felt(
        "the interview went well", earlier=(prior(Emotion.HOPE, "your interview"), prior(Emotion.SORRY_FOR, "Theo"))
    )
    assert (emotion.kind, emotion.why) == (Emotion.HAPPY_FOR, "your interview went well")
    assert emotion.since == (MomentId(7),)


def test_a_word_within_a_word_answers_nothing():
    """ "today" is not the "first day" that was hoped for."""
    emotion = felt("a man shouted at me today", earlier=(prior(Emotion.HOPE, "your first day"),))
    assert emotion.kind is Emotion.SORRY_FOR


def test_other_news_does_not_answer_a_worry():
    """A job is no answer to a surgery, nor is anything to a worry of months ago."""
    assert felt("I got the job", earlier=(prior(Emotion.FEAR, "your surgery"),)).kind is Emotion.HAPPY_FOR
    assert felt("it went well!", earlier=(prior(Emotion.FEAR, "your surgery", days=90),)).kind is Emotion.HAPPY_FOR


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("Mara is in hospital", Emotion.SORRY_FOR, "Mara"),
        ("you're useless", Emotion.HURT, "Theo"),
        ("I don't know what to do any more", Emotion.SORRY_FOR, "Theo"),
    ],
)
def test_a_sign_of_distress_does_not_hide_whose_it_is(text, kind, about):
    """Care's sign is one of words; whom they are about is told by what else is read in them."""
    emotion = felt(text, level=Level.DISTRESS)
    assert (emotion.kind, emotion.about) == (kind, about)


def test_a_shared_joke_is_known_by_its_words():
    """What they laugh about together amuses her when it comes back; its words alone, without it, do not."""
    joke = ("the goose that ate the map",)
    assert felt("I saw the goose eating the map again", jokes=joke).kind is Emotion.AMUSEMENT
    assert felt("I saw a goose", jokes=joke) is None


def test_a_correction_needs_something_to_correct():
    """ "No, it was Tuesday" as a first line corrects nothing of hers."""
    assert felt("No, it was Tuesday", hers="") is None


@pytest.mark.parametrize("text", ["No, it was too late", "no it's raining", "nope, she's at work"])
def test_a_no_to_a_question_of_hers_corrects_nothing(text):
    """She asked, and was answered; but told that she has it wrong, she was corrected."""
    assert felt(text, hers="Did you go out?") is None
    assert felt("no, you mixed that up", hers="Did you go out?").kind is Emotion.REMORSE


def test_she_is_near_to_whoever_is_meant_by_she():
    """ "She got the job" right after Mara came up is Mara's; with nobody at hand it is nobody's by name."""
    near = tuple(p.model_copy(update={"last_at": NOW}) if p.called == "Mara" else p for p in PEOPLE)
    assert felt("she got the job", people=near).about == "Mara"
    assert felt("I'm really happy for her", people=near).about == "Mara"
    assert felt("she got the job").about == "them"


levels = st.sampled_from([level for level in Level if level not in (Level.NONE, Level.DISTRESS)])
anything = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "I",
                "got",
                "the",
                "job",
                "haha",
                "thank",
                "you",
                "my",
                "dog",
                "died",
                "no",
                "it",
                "was",
                "Mara",
                "won",
                "you're",
                "useless",
                "tomorrow",
                "surgery",
            ]
        )
    ).map(" ".join),
)


@given(anything, levels)
def test_danger_always_wins(text, level):
    """Whatever stands beside it: words of danger are felt as danger, in full."""
    emotion = felt(text, level=level, heard_before=NOW - timedelta(days=90))
    assert (emotion.kind, emotion.intensity) == (Emotion.FEAR, 1.0)
    assert word_for(emotion.kind, emotion.intensity, emotion.about) == "worried"


stirrings = st.lists(
    st.builds(
        Stirring,
        kind=st.sampled_from(Emotion),
        intensity=st.floats(0, 1),
        about=st.sampled_from(["", "Theo", "Mara"]),
        why=st.just("x"),
        cause=st.just((MomentId(1),)),
        at=st.just(NOW),
    ),
    max_size=5,
)


@given(anything, levels, stirrings)
def test_danger_displaces_whatever_she_feels(text, level, stirred_before):
    """However strongly she was moved a moment ago, danger is what she feels and what is kept."""
    happening = Happening(text, level, "Theo", now=NOW, mood=Mood(stirrings=tuple(stirred_before)))
    feeling, kept = moved(happening, MomentId(9), "calm", NOW)
    assert (feeling.word, kept.emotion, kept.cause) == ("worried", "fear", (9,))


@given(anything, stirrings)
def test_a_weaker_emotion_does_not_displace_a_stronger_one(text, stirred_before):
    """What is kept as an emotion is at least as strong as what was still felt; her word is always the one of the feeling."""
    mood = Mood(stirrings=tuple(stirred_before))
    feeling, kept = moved(Happening(text, person="Theo", now=NOW, mood=mood), MomentId(9), "calm", NOW)
    before = present(mood, NOW, "Theo")
    if kept is not None and kept.emotion != MOOD:
        assert kept.intensity >= before.strength
    if kept is not None:
        assert kept.feeling == feeling.word
    else:
        assert feeling.word == "calm"


@given(anything)
def test_any_words_are_appraised_and_bounded(text):
    """No text breaks it; an intensity is between the threshold and 1; the word and the name are plain text."""
    emotion = felt(text)
    if emotion is not None:
        assert FELT_FROM <= emotion.intensity <= 1
        assert "{" not in word_for(emotion.kind, emotion.intensity, emotion.about) + name_of(
            emotion.kind, emotion.about
        )


@given(
    st.builds(
        Appraisal,
        st.sampled_from(Concern),
        st.floats(0, 1),
        st.floats(-1, 1),
        st.just("x"),
        st.floats(0, 1),
        st.sampled_from(["self", "person", "other", "circumstance"]),
        st.sampled_from(["", "Theo"]),
        prospect=st.booleans(),
        after=st.sampled_from(["", "feared", "hoped"]),
    )
)
def test_the_rules_keep_the_sign(appraisal):
    """What is for a concern never displeases her, and what is against one never pleases her; expected things move less."""
    emotion = stirred(appraisal)
    assert 0 <= appraisal.intensity <= WEIGHT[appraisal.concern]
    if emotion is not None and appraisal.concern is not Concern.DANGER:
        assert (pleasure(emotion.kind) > 0) is (appraisal.congruence > 0)


def test_every_emotion_has_a_word_a_name_and_a_place():
    """The tables are whole."""
    assert set(WORDS) == set(NAMES) == set(CENTRES) == set(Emotion)


def entry(number, cause, intensity, hours, emotion="sorry_for"):
    moment = Felt(feeling="a little worried", cause=tuple(map(MomentId, cause)), emotion=emotion, intensity=intensity)
    return Entry(MomentId(number), NOW - timedelta(hours=hours), moment)


def test_what_is_on_her_mind_is_what_moved_her_most_and_lately():
    """Strong before mild, new before old, sums where one moment moved her twice; what is only mood is left out."""
    entries = [
        entry(2, [1], 0.9, 72),
        entry(4, [3], 0.7, 5),
        entry(6, [5], 0.4, 4),
        entry(8, [5, 7], 0.4, 3),
        entry(10, [9], 1.0, 1, MOOD),
    ]
    assert on_her_mind(entries, NOW) == (5, 3, 7, 1)
    assert on_her_mind(entries, NOW, 1) == (5,)
    assert on_her_mind([], NOW) == ()
    assert on_her_mind(entries, NOW, 0) == ()
