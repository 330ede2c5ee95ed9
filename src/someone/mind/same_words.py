"""Words for finding a memory: what tells little, what only names a day, and what is another word for the same. Pure."""

from __future__ import annotations

from someone.mind.fitting_memory import word_stem


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(word_stem, words.split()))


LIGHT = _stems(
    """favourite favorite new last old time day week today tomorrow yesterday month year first next best big little good long
    many much most more people want wanted need like liked love loved hate make made take took give gave put keep kept come
    came play playing start started begin began stop stopped use used see saw seen meet met find found look looking work
    works study learn learned live lives lived buy bought eat drink visit write wrote call place one kind sort type colour
    color number person guy man woman news info detail details exactly exact moment nowadays wrong matter problem bad worse
    pick picking currently still always usually really whole stuff ready happen happened date morning evening night tonight
    weekend leave leaving please back around ago since"""
)
"""Words that tell little of what is asked: most memories could hold them."""

ASKING = _stems("whos whats wheres whens hows whose whod whered whatd whenve gonna pls please plz again exactly")
"""What asks or begs and is looked for nowhere."""

DAYS = _stems(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday last week tonight tomorrow morning evening"""
)
"""When it was: that it was told on that day is as good, so they help and aren't needed."""

SAME: tuple[frozenset[str], ...] = tuple(
    _stems(group)
    for group in (
        "bike bicycle cycle",
        "flat apartment place",
        "car drive drives driving vehicle bus van truck",
        "flatmate roommate housemate share live lives lived living",
        "move moved moving",
        "fav favourite favorite favorites like likes love loves best prefer",
        "study studied studies degree university uni college",
        "job work works working employed",
        "start started begin began begun beginning",
        "stop stopped quit gave",
        "phone number mobile",
        "film movie",
        "kids children child",
        "exam test result results",
        "meat vegetarian vegan",
        "smoke smoked smoking cigarette cigarettes",
        "holiday vacation trip travel",
        "photo picture pic",
        "doctor dr gp physician",
        "mechanic garage car",
        "scared afraid fear fears frightened",
        "ill sick unwell",
        "fix fixed repair repaired mend mended",
        "get got buy bought",
        "eat eats eating eaten food meal",
        "allergic allergy allergies eat",
        "appointment appointments",
        "wedding marry married wed",
        "birthday born birth turn turns",
        "speak speaks language",
        "end ended broke split",
        "tired sleepy exhausted",
        "parked park parking",
        "borrow borrowed lend lent loan owe owes owed",
        "feed fed",
        "bird parrot canary budgie",
        "car skoda volvo fiat ford toyota honda bmw audi volkswagen beetle renault peugeot tesla kia mazda nissan opel",
        "sick ill unwell cold flu fever",
        "gone died dead death passed lost",
        "marry married engaged proposed fiance wedding",
        "sign joined join member",
        "due hand deadline submit",
        "decide decided decision yes",
        "due deadline",
        "groomer grooming",
        "cost costs price pay paid expensive",
        "password code pin",
        "shop store",
        "present gift",
        "mother mom mum",
        "stepdad stepfather",
        "stepmum stepmom stepmother",
        "mad angry annoyed",
        "restaurant eat ate food dinner cafe",
        "cafe coffee",
        "hurt hurts hurting pain painful ache",
        "meeting meet meets",
        "train trains",
    )
)
"""Groups of words of which one stands for another between a question and its answer."""
