"""Whom to call: a table that needs no network.

Each row holds what the services themselves publish: national crisis lines as listed by their operators and by Befrienders
Worldwide, IASP and findahelpline.com; 116 123 is the European harmonised number for emotional support (Commission
Decision 2009/884/EC) where an operator runs it; 112 is the European emergency number (Directive (EU) 2018/1972,
article 109). Where no free national line is certain, ``number`` is None and the emergency number is given.
Checked: 2025-06. A row is changed only with its source at hand, and the date with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

CHECKED: Final = "2025-06"
FINDER: Final = "findahelpline.com"


@dataclass(frozen=True, slots=True)
class Helpline:
    """``country`` ISO 3166-1 alpha-2 ("" where unknown); ``name`` of the line; ``number`` as dialled in the country, None
    where none is certain; ``text_number``: how to write instead of calling, if possible; ``emergency``: police and ambulance.
    """

    country: str
    name: str
    number: str | None
    text_number: str | None
    emergency: str


ANYWHERE: Final = Helpline("", FINDER, None, None, "112")

_ROWS: Final = """
US|988 Suicide & Crisis Lifeline|988|988|911
CA|9-8-8 Suicide Crisis Helpline|988|988|911
GB|Samaritans|116 123|SHOUT to 85258|999
IE|Samaritans|116 123|HELLO to 50808|112
AU|Lifeline|13 11 14|0477 13 11 14|000
NZ|1737|1737|1737|111
DE|TelefonSeelsorge|0800 111 0 111||112
AT|TelefonSeelsorge|142||112
CH|Die Dargebotene Hand|143||112
LI|Die Dargebotene Hand|143||112
FR|3114|3114||112
BE|Zelfmoordlijn 1813|1813||112
NL|113 Zelfmoordpreventie|113||112
LU|SOS D\u00e9tresse|454545||112
ES|L\u00ednea 024|024||112
PT|SNS 24|808 24 24 24||112
IT|Telefono Amico|02 2327 2327||112
DK|Livslinien|70 201 201||112
SE|Mind Sj\u00e4lvmordslinjen|90101||112
NO|Mental Helse|116 123||112
FI|MIELI Kriisipuhelin|09 2525 0111||112
IS|Hj\u00e1lpars\u00edmi Rau\u00f0a krossins|1717||112
PL|Centrum Wsparcia|800 70 2222||112
CZ|Linka prvn\u00ed psychick\u00e9 pomoci|116 123||112
SK|IPcko|0800 500 333||112
HU|S.O.S. Lelki Els\u0151seg\u00e9ly|116 123||112
RO|Alian\u021ba Rom\u00e2n\u0103 de Preven\u021bie a Suicidului|0800 801 200||112
BG|||| 112
GR|Klimaka|1018||112
CY|||| 112
MT|||| 112
SI|Zaupni telefon Samarijan|116 123||112
HR|Plavi telefon|01 4833 888||112
RS|Centar Srce|0800 300 303||112
EE|||| 112
LV|Skalbes|116 123||112
LT|Vilties linija|116 123||112
UA|Lifeline Ukraine|7333||112
TR|||| 112
IL|ERAN|1201||101
IN|Tele MANAS|14416||112
JP|Yorisoi Hotline|0120 279 338||119
KR|Suicide prevention hotline|109||119
SG|Samaritans of Singapore|1767||995
HK|The Samaritan Befrienders|2389 2222||999
TW|Anxin hotline|1925||119
MY|Befrienders Kuala Lumpur|03 7627 2929||999
PH|NCMH Crisis Hotline|1553||911
TH|Department of Mental Health hotline|1323||1669
ID|SEJIWA (119, then 8)|119||112
CN|National mental health hotline|12356||120
BR|Centro de Valoriza\u00e7\u00e3o da Vida|188||192
MX|L\u00ednea de la Vida|800 911 2000||911
AR|Centro de Asistencia al Suicida|135||911
CL|L\u00ednea *4141|*4141||131
CO|||| 123
PE|L\u00ednea 113 (option 5)|113||105
UY|L\u00ednea Vida|0800 0767||911
CR|||| 911
ZA|SADAG Suicide Crisis Line|0800 567 567||112
KE|Befrienders Kenya|0722 178 177||999
NG|||| 112
GH|||| 112
EG|||| 123
AE|||| 999
SA|||| 997
PK|||| 1122
BD|Kaan Pete Roi|09612 119911||999
LK|||| 1990
NP|TUTH Suicide Hotline|9840021600||102
VN|||| 115
"""


def _table() -> dict[str, Helpline]:
    table: dict[str, Helpline] = {}
    for row in _ROWS.strip().splitlines():
        country, name, number, text_number, emergency = (part.strip() for part in row.split("|"))
        table[country] = Helpline(country, name or FINDER, number or None, text_number or None, emergency)
    return table


HELPLINES: Final[dict[str, Helpline]] = _table()

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Za-z]{2})(?![A-Za-z])")


def for_country(code: str | None) -> Helpline:
    """The line of a country, by its two letters in any case ("UK" is GB); :data:`ANYWHERE` where none is known."""
    wanted = (code or "").strip().upper()
    return HELPLINES.get("GB" if wanted == "UK" else wanted, ANYWHERE)


def country_of_locale(locale: str) -> str | None:
    """The country that a locale names: ``en_GB.UTF-8`` -> ``GB``. None for ``C``, ``POSIX`` and a language alone.

    A default of many containers, ``en_US``, still reads as US: a setting of the person goes before it.
    """
    found = _LOCALE.match(locale.strip())
    return found[1].upper() if found else None
