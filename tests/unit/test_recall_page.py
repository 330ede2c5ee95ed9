"""The page of recall's figures is written from measured lines alone; what it is compared with does find things."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from bench.recall_others import Bm25, others
from bench.recall_page import page, plot
from evals.recall import auc

SIZE = {
    "at": "2026-01-02", "machine": "2 x test", "bench": "recall", "p50_ms": 8.5, "p95_ms": 12.25, "embedding_alone_p50_ms": 7.0,
    "embedding_alone_p95_ms": 9.0, "first_ms": 100.0, "index_p50_ms": 0.5, "growth_bytes_per_moment": 550, "resident_mb": 120.0,
}  # fmt: skip
LINES = [
    SIZE | {"moments": 10_000, "others": {"bm25": {"p50_ms": 0.75, "p95_ms": 1.5, "build_s": 2.0}},
            "left_out": {"chroma": "not installed (chromadb)"}},
    SIZE | {"moments": 1_000_000, "p95_ms": 99.5},
]  # fmt: skip


def test_the_page_holds_what_was_measured() -> None:
    """Every size with its bar, every store with its time, and why one was left out."""
    text = page(LINES)
    assert "| 10,000 | 8.5 | 12.25 | 15 |" in text
    assert "| 1,000,000 | 8.5 | 99.5 | 120 |" in text
    assert "| 10,000 | bm25 | 0.75 | 1.5 | 2.0 |" in text
    assert "chroma was left out: not installed (chromadb)" in text


def test_the_plot_is_a_picture_with_a_line_for_each() -> None:
    """Well-formed SVG; a point for every measured time, all within the picture."""
    picture = ET.fromstring(plot(LINES))
    points = [
        (float(c.attrib["cx"]), float(c.attrib["cy"])) for c in picture.iter("{http://www.w3.org/2000/svg}circle")
    ]
    assert len(points) == 3
    assert all(0 < x < 640 and 0 < y < 360 for x, y in points)


def test_full_text_alone_ranks_and_takes_any_question(tmp_path: Path) -> None:
    """The plain store that recall is compared with finds by words, best first, and no question breaks it."""
    store = Bm25(tmp_path)
    store.add([3, 5], ["a boat on the lake", "the lake, the wide lake"], None)
    assert store.ask("Which lake?", None, 5) == [5, 3]
    assert store.ask('"?!', None, 5) == []


def test_what_is_not_installed_is_named(tmp_path: Path) -> None:
    """Each store is there or left out with a reason."""
    there, left_out = others(tmp_path)
    assert {"bm25", "lancedb", "chroma"} == {o.name for o in there} | set(left_out)
    assert all("not installed" in why for why in left_out.values())


def test_the_area_under_the_curve() -> None:
    """1 where all good stand above all bad, a half where nothing tells them apart, None where there are none."""
    assert auc([2, 3], [0, 1]) == 1
    assert auc([1, 1], [1]) == 0.5
    assert auc([], [1]) is None
