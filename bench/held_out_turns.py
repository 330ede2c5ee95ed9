"""Turns for bench/turn_end.py that no rule was set with: people of other ages and moods. Only their totals are looked at.

A hesitation is (before, filler, after): what is said, a sound of thinking or nothing, how it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    """``pitch``: how much higher than her own voice; ``pace`` and ``loudness`` as in Delivery."""

    pitch: float
    pace: float
    loudness: float
    hesitant: tuple[tuple[str, str, str], ...]
    whole: tuple[str, ...]


OLD = Speaker(
    0.9,
    0.85,
    0.9,
    (
        ("In my day the trams used to run along,", "", "what is a car park now."),
        ("My husband, when he was alive, always,", "er,", "kept the accounts himself."),
        ("I've got to take the blue tablets in the,", "", "evening, the nurse told me."),
        ("It must have been nineteen sixty,", "hmm,", "sixty two or thereabouts."),
        ("Their youngest has just started at the,", "", "grammar school in town."),
        ("I can't seem to open these,", "er,", "little jars any longer."),
        ("We danced until the band had,", "", "packed up and gone home."),
        ("The lady next door brings me,", "um,", "soup on a Thursday."),
        ("If my knees would let me I'd,", "", "still be up on that roof."),
        ("Would you tell me again how,", "", "one sends a photograph?"),
    ),
    (
        "I was born not a mile from here.",
        "She made the loveliest apricot jam.",
        "They took the old bridge down, didn't they?",
        "My hands are not what they were.",
        "I had a letter from my cousin in Canada.",
        "Is it still raining out there?",
        "There's nobody left who remembers him.",
        "He never did learn to swim.",
        "Well, that's very kind of you.",
        "I'll have a little lie down before supper.",
    ),
)
YOUNG = Speaker(
    1.18,
    1.05,
    1.0,
    (
        ("So basically my teacher goes,", "", "you have to do it all again."),
        ("Can we maybe play that,", "um,", "that game with the animals?"),
        ("I'm not even mad, I just,", "", "wish she had told me first."),
        ("He's kind of my friend but also,", "", "kind of not anymore."),
        ("There's this girl in my class who,", "uh,", "never talks to anyone."),
        ("I got a seven in maths and,", "", "a nine in art."),
        ("My mum would literally,", "hmm,", "freak out about that."),
        ("What happens if you mix,", "", "all of the paints together?"),
        ("We're supposed to write about,", "um,", "somebody we admire."),
        ("I could go to the party or I could,", "", "stay home and draw."),
    ),
    (
        "That was so unfair.",
        "I don't get this homework at all.",
        "Can I tell you a secret?",
        "We won the game three to one.",
        "Do you like dinosaurs?",
        "My phone died on the bus.",
        "Everyone was laughing at me.",
        "I want to be a vet when I grow up.",
        "Why is the sky dark at night?",
        "Okay, let's do another one.",
    ),
)
HURRIED = Speaker(
    1.05,
    1.2,
    1.1,
    (
        ("Quick one, put down that I need,", "", "the invoices by noon."),
        ("The train leaves at,", "uh,", "seventeen past, I think."),
        ("I've got about five minutes before,", "", "the next call starts."),
        ("Remind me to ring the,", "um,", "the plumber when I get back."),
        ("She wants the slides, the numbers and,", "", "a summary by tonight."),
        ("I left my keys either in the car or,", "uh,", "on the kitchen table."),
        ("Just tell him that I'll,", "", "be there as soon as I can."),
        ("Can you check whether the shop on,", "", "Green Street is open late?"),
        ("It's fine, it's only that the,", "hmm,", "whole plan has changed."),
        ("We have to cancel because nobody,", "", "booked the room."),
    ),
    (
        "I'm running late again.",
        "Put eggs on the list.",
        "What time does the pharmacy close?",
        "I'll call you from the car.",
        "They moved the meeting to Thursday.",
        "No time for lunch today.",
        "Did I lock the front door?",
        "That's everything, thanks.",
        "My taxi is here.",
        "Tell her I said happy birthday.",
    ),
)
TIRED = Speaker(
    0.96,
    0.8,
    0.6,
    (
        ("I keep lying awake and,", "", "going over the same conversation."),
        ("The baby was up at two and then,", "uh,", "again at half past four."),
        ("I don't think I have the,", "", "energy for any of it."),
        ("It feels as though everyone,", "hmm,", "expects something from me."),
        ("I meant to cook but in the end,", "", "I just had toast."),
        ("Today was one of those days where,", "um,", "nothing would go right."),
        ("Maybe I should go and see,", "", "somebody about my back."),
        ("All I did the whole weekend was,", "", "sleep and do the laundry."),
        ("He asked how I was and I,", "uh,", "didn't know what to say."),
        ("By the time I got home the,", "", "children were asleep."),
    ),
    (
        "I'm worn out.",
        "I just want to sleep for a week.",
        "Work was too much today.",
        "I can hardly keep my eyes open.",
        "It was a long shift.",
        "Could we talk about something easy?",
        "Nothing much happened.",
        "My head hurts.",
        "I haven't seen the sun since Monday.",
        "Let's leave it for tomorrow.",
    ),
)
SPEAKERS = (OLD, YOUNG, HURRIED, TIRED)
