"""Numbers as English words. Pure."""

from __future__ import annotations

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ("", "", *["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
_POWERS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LARGEST = 10**15


def cardinal(n: int) -> str:
    """1250 -> "one thousand two hundred fifty". From 10^15 on, digit by digit."""
    if n < 0:
        return f"minus {cardinal(-n)}"
    if n >= _LARGEST:
        return digits(str(n))
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    size, word = next((s, w) for s, w in _POWERS if n >= s)
    rest = f" {cardinal(n % size)}" if n % size else ""
    return f"{cardinal(n // size)} {word}{rest}"


def ordinal(n: int) -> str:
    """21 -> "twenty-first"."""
    words = cardinal(n)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _ORDINALS:
        return words[:cut] + _ORDINALS[last]
    return words[:cut] + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def digits(text: str) -> str:
    """988 -> "nine eight eight"."""
    return " ".join(_ONES[int(c)] for c in text if c.isdigit())


def number(text: str) -> str:
    """3.14 -> "three point one four"; leading zeros and numbers too long to grasp are read digit by digit."""
    whole, _, fraction = text.partition(".")
    spoken = digits(whole) if len(whole) > 1 and whole.startswith("0") else cardinal(int(whole or 0))
    return f"{spoken} point {digits(fraction)}" if fraction else spoken


def year(n: int) -> str:
    """1999 -> "nineteen ninety-nine", 2005 -> "two thousand five", 2026 -> "twenty twenty-six"."""
    if not 1100 <= n <= 2999 or 2000 <= n <= 2009 or n % 1000 == 0:
        return cardinal(n)
    century, rest = divmod(n, 100)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {f'oh {_ONES[rest]}' if rest < 10 else cardinal(rest)}"


def clock(hour: int, minute: int, half: str = "") -> str:
    """(9, 30, "a m") -> "nine thirty a m"; (20, 15) -> "eight fifteen in the evening"; (7, 0) -> "seven o'clock"."""
    hour %= 24
    part = ""
    if half:
        part = f" {half}"
    elif hour == 0:
        return "midnight" if minute == 0 else f"{cardinal(minute)} past midnight"
    elif hour > 12:
        part = " in the evening" if hour >= 18 else " in the afternoon"
        hour -= 12
    if minute == 0:
        return f"{cardinal(hour)}{part}" if part else f"{cardinal(hour)} o'clock"
    spoken = f"oh {_ONES[minute]}" if minute < 10 else cardinal(minute)
    return f"{cardinal(hour)} {spoken}{part}"
