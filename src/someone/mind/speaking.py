"""From written words to spoken ones: what a voice is given to say, and how. Pure.

A reply is written for the eye. Read aloud, markup, addresses and figures must become words, whichever voice reads them:
:func:`readable` does that. :func:`delivery` turns her feeling into pace, pause and loudness. The directions (sadness is
slower and softer, joy faster and louder) are those that Juslin & Laukka 2003 found across studies of vocal expression
(Psychological Bulletin 129); the amounts are kept small, so that she is always easy to follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from someone.mind.numerals import cardinal, clock, digits, number, ordinal, year


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a sentence is spoken. ``pace`` times the voice's own (0.8 to 1.2), ``pause_s`` after it (seconds),
    ``loudness`` times the usual (0.5 to 1.3).
    """

    pace: float = 1.0
    pause_s: float = 0.18
    loudness: float = 1.0


_DELIVERIES = (
    ("worried", Delivery(0.93, 0.26, 0.9)),
    ("sad", Delivery(0.9, 0.3, 0.85)),
    ("quiet", Delivery(0.94, 0.26, 0.85)),
    ("calm", Delivery(1.0, 0.2, 1.0)),
    ("warm", Delivery(0.97, 0.2, 0.97)),
    ("happy", Delivery(1.05, 0.15, 1.1)),
    ("glad", Delivery(1.05, 0.15, 1.1)),
    ("playful", Delivery(1.07, 0.14, 1.05)),
    ("curious", Delivery(1.03, 0.16, 1.0)),
    ("bright", Delivery(1.04, 0.16, 1.06)),
    ("proud", Delivery(1.03, 0.16, 1.06)),
    ("hopeful", Delivery(1.02, 0.17, 1.02)),
    ("relieved", Delivery(0.98, 0.22, 1.0)),
    ("thoughtful", Delivery(0.96, 0.24, 0.95)),
    ("careful", Delivery(0.97, 0.22, 0.95)),
)


def delivery(feeling: str, sentence: str = "", pace: float = 1.0) -> Delivery:
    """How she says this sentence while she feels so ("a little worried" is half as marked as "worried"). ``pace``: what her
    mood adds to it (:func:`someone.mind.mood.pace`); both together stay within 0.8 to 1.2.
    """
    word = feeling.casefold()
    found = next((d for key, d in _DELIVERIES if key in word), Delivery())
    share = 0.5 if "a little" in word else 1.0
    rest = Delivery()
    pause = rest.pause_s + (found.pause_s - rest.pause_s) * share
    if sentence.rstrip().endswith("?"):
        pause = max(0.1, pause - 0.06)  # a question hands over; a pause after it would only be waited out
    elif sentence.rstrip().endswith(("…", "...")):
        pause += 0.2
    return Delivery(
        pace=round(max(0.8, min(1.2, (1.0 + (found.pace - 1.0) * share) * pace)), 3),
        pause_s=round(pause, 3),
        loudness=round(1.0 + (found.loudness - 1.0) * share, 3),
    )


def readable(text: str) -> str:
    """These words as they are spoken: no markup, no addresses, figures in words. Empty where nothing can be said."""
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;:?!…])", r"\1", text)
    text = re.sub(r"([.?!…])[.,;:]+(?=\s|$)", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = text.lstrip(".,;: ") if not text.startswith("...") else text
    return text if re.search(r"\w", text) else ""


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "(" + "|".join(_MONTHS) + ")"
_SIGNS = {"$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny")}
_SCALE = r"(?:\s?(?P<scale>thousand|million|billion|trillion|k|m|bn)\b)?"
_SCALES = {"k": "thousand", "m": "million", "bn": "billion"}
_UNITS = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "kg": "kilogram", "g": "gram", "l": "liter",
    "ml": "milliliter", "mi": "mile", "ft": "foot", "lb": "pound", "lbs": "pound", "oz": "ounce", "min": "minute",
    "mins": "minute", "hr": "hour", "hrs": "hour", "sec": "second", "mph": "mile an hour", "km/h": "kilometer an hour",
}  # fmt: skip
_PLURALS = {
    "foot": "feet",
    "penny": "pence",
    "mile an hour": "miles an hour",
    "kilometer an hour": "kilometers an hour",
}


def _many(word: str, amount: str) -> str:
    return word if amount in ("1", "1.0") else _PLURALS.get(word, f"{word}s")


def _host(m: re.Match[str]) -> str:
    host = m["host"].removeprefix("www.")
    tail = m.group(0)[-1] if m.group(0)[-1] in ".,;!?" else ""
    return " dot ".join(host.rstrip(".").split(".")) + tail


def _email(m: re.Match[str]) -> str:
    spoken = m[0].replace("@", " at ").replace(".", " dot ")
    return spoken.replace("_", " underscore ").replace("-", " dash ")


def _money(m: re.Match[str]) -> str:
    whole, fraction, scale = m["whole"].replace(",", ""), m["fraction"], m["scale"]
    unit, cent = _SIGNS[m["sign"]]
    if scale:
        amount = f"{whole}.{fraction}" if fraction else whole
        return f"{number(amount)} {_SCALES.get(scale, scale)} {unit}s"
    spoken = f"{cardinal(int(whole))} {_many(unit, whole)}"
    if fraction and int(fraction):
        cents = int(fraction.ljust(2, "0"))
        spoken += f" and {cardinal(cents)} {_many(cent, str(cents))}"
    return spoken


def _iso_date(m: re.Match[str]) -> str:
    month, day = int(m[2]), int(m[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return m[0]
    return f"{_MONTHS[month - 1]} {ordinal(day)}, {year(int(m[1]))}"


def _day_month(m: re.Match[str]) -> str:
    return f"the {ordinal(int(m[1]))} of {m[2]}" + (f", {year(int(m[3]))}" if m[3] else "")


def _month_day(m: re.Match[str]) -> str:
    return f"{m[1]} {ordinal(int(m[2]))}" + (f", {year(int(m[3]))}" if m[3] else "")


def _time(m: re.Match[str]) -> str:
    half = {"a": "a m", "p": "p m"}.get((m["half"] or "")[:1].lower(), "")
    hour, minute = int(m["hour"]), int(m["minute"] or 0)
    if hour > 24 or minute > 59 or (not m["minute"] and not half):
        return m[0]
    spoken = clock(hour, minute, half)
    return spoken + ("." if m[0].endswith(".") and m.string[m.end() :].strip() == "" else "")


def _phone(m: re.Match[str]) -> str:
    groups = re.findall(r"\d+", m[0])
    plus = "plus " if m[0].lstrip().startswith("+") else ""
    return plus + ", ".join(digits(g) for g in groups)


def _call(m: re.Match[str]) -> str:
    return f"{m[1]} {', '.join(digits(g) for g in m[2].split())}"


def _unit(m: re.Match[str]) -> str:
    return f"{number(m[1].replace(',', ''))} {_many(_UNITS[m[2]], m[1])}"


def _degrees(m: re.Match[str]) -> str:
    scale = {"C": " Celsius", "F": " Fahrenheit"}.get(m["scale"] or "", "")
    return f"{'minus ' if m['minus'] else ''}{number(m['n'])} {_many('degree', m['n'])}{scale}"


def _list_number(m: re.Match[str]) -> str:
    return f". {cardinal(int(m[1])).capitalize()}: "


def _year_like(m: re.Match[str]) -> str:
    return year(int(m[1])) if not m[2] else _decade(year(int(m[1])))


def _decade(spoken: str) -> str:
    return spoken[:-1] + "ies" if spoken.endswith("y") else f"{spoken}s"


_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"```.*?(?:```|$)", re.DOTALL), " (some code, which stands in the text) "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]{0,200}>"), " "),
    (re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE), r"\1."),
    (re.compile(r"^\s*(?:>\s?)+", re.MULTILINE), ""),
    (re.compile(r"^\s*(?:[-*_]\s*){3,}$", re.MULTILINE), ". "),
    (re.compile(r"^\s*[-*•]\s+", re.MULTILINE), ". "),
    (re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)", re.MULTILINE), _list_number),
    (re.compile(r"(\*\*|__|~~|`)(.+?)\1"), r"\2"),
    (re.compile(r"(?<!\w)[*_](\S(?:[^*_]*\S)?)[*_](?!\w)"), r"\1"),
    (re.compile(r"\|"), ", "),
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w"), _email),
    (re.compile(r"\bhttps?://(?P<host>[\w.-]+)\S*"), _host),
    (
        re.compile(
            r"\b(?P<host>(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|gov|edu|io|uk|eu|de))\b(?:/\S*)?"
        ),
        _host,
    ),
    (re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"), _iso_date),
    (re.compile(rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? (\d{{4}}))?"), _day_month),
    (re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?"), _month_day),
    (
        re.compile(r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?: ?(?P<half>[ap]\.?m\b\.?))?(?![\d:])", re.IGNORECASE),
        _time,
    ),
    (re.compile(rf"(?P<sign>[$€£])\s?(?P<whole>\d(?:[\d,]*\d)?)(?:\.(?P<fraction>\d{{1,2}}))?{_SCALE}"), _money),
    (
        re.compile(
            r"\b(call|text|dial|ring|phone|on|at) ((?:988|911|999|112|111|116 123|85258|741741|13 11 14))\b",
            re.IGNORECASE,
        ),
        _call,
    ),
    (re.compile(r"(?<![\w.])\+\d[\d ().-]{6,}\d|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b|\b0\d{2,4} \d{3,4} \d{3,4}\b"), _phone),
    (re.compile(r"(?P<minus>-)?\b(?P<n>\d+(?:\.\d+)?)\s?°\s?(?P<scale>[CF])?(?!\w)"), _degrees),
    (
        re.compile(r"\b(\d[\d,]*(?:\.\d+)?)\s?(km/h|km|cm|mm|kg|ml|mph|lbs?|oz|mins?|hrs?|sec|mi|ft|[mgl])\b(?!['’])"),
        _unit,
    ),
    (re.compile(r"(\d+(?:\.\d+)?)\s?%"), lambda m: f"{number(m[1])} percent"),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"), lambda m: ordinal(int(m[1])) if len(m[1]) < 7 else m[1]),
    (re.compile(r"\b(\d{1,4})\s?[-–]\s?(\d{1,4})\b(?!-)"), lambda m: f"{number(m[1])} to {number(m[2])}"),
    (re.compile(r"\b(1[1-9]\d{2}|20\d{2})(s)?\b(?![,.]\d)"), _year_like),
    (re.compile(r"\b(?:No|Nr)\. ?(?=\d)"), "number "),
    (re.compile(r"(?<![\w.])-(?=\d)"), "minus "),
    (re.compile(r"\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\b\d+(?:\.\d+)?\b"), lambda m: number(m[0].replace(",", ""))),
    (re.compile(r"\be\.g\.,?", re.IGNORECASE), "for example,"),
    (re.compile(r"\bi\.e\.,?", re.IGNORECASE), "that is,"),
    (re.compile(r"\betc\.(?=\s*$)", re.IGNORECASE), "and so on."),
    (re.compile(r"\betc\.?", re.IGNORECASE), "and so on"),
    (re.compile(r"\bvs\.?(?=\s)", re.IGNORECASE), "versus"),
    (re.compile(r"\bapprox\.", re.IGNORECASE), "about"),
    (re.compile(r"\bDr\.(?=\s[A-Z])"), "Doctor"),
    (re.compile(r"\bProf\.(?=\s[A-Z])"), "Professor"),
    (re.compile(r"\bSt\.(?=\s[A-Z])"), "Saint"),
    (re.compile(r"(?<=\w )St\.(?=\s*$)"), "Street."),
    (re.compile(r"(?<=\w )St\.?(?=[,;])"), "Street"),
    (re.compile(r"\s&\s"), " and "),
    (re.compile(r"(?<=\s)\+(?=\s)"), "plus"),
    (re.compile(r"(?<=\s)=(?=\s)"), "equals"),
    (re.compile(r"\s*(?:--|—|–)\s*"), ", "),
    (re.compile(r"(?<=[a-z])/(?=[a-z])"), " or "),
    (re.compile(r"\n\s*\n|\n"), ". "),
    (re.compile(r"[:;]-?[)(DPp](?!\w)"), " "),
    (re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2190-\u21FF\u200d\ufe0f*_`~^#<>{}\[\]\\|]"), " "),
)
"""In order: markup, addresses, dates, times, money, numbers to call, measures, numbers, abbreviations, what is left."""
