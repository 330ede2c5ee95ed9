"""The offline table of crisis lines."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.helplines import ANYWHERE, FINDER, HELPLINES, Helpline, country_of_locale, for_country


@pytest.mark.parametrize(
    ("code", "number", "emergency"),
    [("US", "988", "911"), ("CA", "988", "911"), ("GB", "116 123", "999"), ("IE", "116 123", "112"), ("AU", "13 11 14", "000"), ("NZ", "1737", "111"),
     ("DE", "0800 111 0 111", "112"), ("FR", "3114", "112"), ("NL", "113", "112"), ("ES", "024", "112"), ("AT", "142", "112"), ("CH", "143", "112")],
)  # fmt: skip
def test_the_numbers_people_depend_on(code: str, number: str, emergency: str) -> None:
    """The lines and emergency numbers of these countries are what their operators publish."""
    line = for_country(code)
    assert (line.number, line.emergency) == (number, emergency)


def test_the_table_is_wide_and_well_formed() -> None:
    """At least 40 countries, each with a line of its own or the finder, and always an emergency number."""
    assert len(HELPLINES) >= 40
    assert sum(line.number is not None for line in HELPLINES.values()) >= 40
    for code, line in HELPLINES.items():
        assert re.fullmatch("[A-Z]{2}", code)
        assert line.country == code
        assert re.fullmatch(r"\d{2,4}", line.emergency)
        assert (line.number is None) == (line.name == FINDER)
        assert line.number is None or re.fullmatch(r"[*\d][\d ]{1,14}", line.number)


@pytest.mark.parametrize(("code", "country"), [("gb", "GB"), (" uk ", "GB"), ("XX", ""), ("", ""), (None, "")])
def test_any_code_gives_a_line(code: str | None, country: str) -> None:
    """Case and "UK" don't matter; an unknown country gets the finder and 112."""
    line = for_country(code)
    assert line.country == country
    assert country or line == ANYWHERE == Helpline("", FINDER, None, None, "112")


@pytest.mark.parametrize(
    ("locale", "country"),
    [
        ("en_GB.UTF-8", "GB"),
        ("de-AT", "AT"),
        ("en_US", "US"),
        ("zh_Hans_CN.UTF-8", "CN"),
        ("ca_ES@valencia", "ES"),
        ("C", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("en", None),
        ("", None),
    ],
)
def test_the_country_of_a_locale(locale: str, country: str | None) -> None:
    """A locale names a country or it doesn't; "C" never does."""
    assert country_of_locale(locale) == country


@given(st.text(max_size=40))
def test_any_locale_and_code_are_taken(text: str) -> None:
    """Odd environments never raise."""
    assert isinstance(for_country(country_of_locale(text)), Helpline)
    assert isinstance(for_country(text), Helpline)


def test_a_line_can_not_be_changed() -> None:
    """The table is frozen."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        for_country("US").number = "0"  # type: ignore[misc]
