"""The page of latencies is written from kept lines alone, and draws what they hold."""

from xml.etree import ElementTree as ET

from bench.latency_page import page, plot

TURN = {
    "bench": "turn", "at": "2026-01-02", "machine": "2 x test", "moments": 1000,
    "all_but_brain_ms": {"median": 12.5, "p95": 14.0}, "first_token_ms": {"median": 200.0, "p95": 300.0},
    "first_words_ms": {"median": 350.0, "p95": 600.0},
    "stages_ms": {"heard": {"median": 2.5}, "care": {"median": 1.0}, "recall": {"median": 8.0}, "journal": {"median": 1.0}},
}  # fmt: skip


def test_the_newest_line_of_each_stands_there_with_its_bar():
    """An older line is passed over; what was not measured is left out."""
    text = page([TURN | {"first_token_ms": {"median": 999.0, "p95": 999.0}}, TURN])
    assert "| everything but the brain | 12.5 | 14.0 | 15 |" in text
    assert "| until the brain's first token | 200.0 | 300.0 | 400 |" in text
    assert "999" not in text
    assert "voice" not in text


def test_the_bars_fill_the_same_width_whatever_the_times():
    """Well-formed SVG: the parts of a bar add up to its length, within the picture."""
    picture = ET.fromstring(plot(TURN))
    bars = [r for r in picture.iter("{http://www.w3.org/2000/svg}rect") if r.attrib.get("height") == "34"]
    rows = {r.attrib["y"] for r in bars}
    assert len(rows) == 2
    for y in rows:
        parts = [r for r in bars if r.attrib["y"] == y]
        assert 500 < sum(float(r.attrib["width"]) for r in parts) < 560
