"""The eval of the emotion reader counts rightly, its files are read strictly, and the head can learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.emotion import score
from someone.brains.reader import stacked
from someone.mind.emotions import LABELS, of
from training.emotion import data, head, vectors


def rows(*labels: str) -> np.ndarray:
    """One text a string; labels joined by commas."""
    return np.array([[label in line.split(",") for label in LABELS] for line in labels])


def test_all_right_is_one_and_all_wrong_is_nothing():
    """The ends of the scale."""
    has = np.eye(len(LABELS), dtype=bool)
    right = score([of(**{label: 0.9}) for label in LABELS], has)
    assert right["macro_f1"] == right["micro_f1"] == 1
    wrong = score([of(**{label: 0.9}) for label in LABELS[::-1]], has)
    assert wrong["macro_f1"] == wrong["micro_f1"] == 0


def test_macro_and_micro_are_what_they_are_by_hand():
    """Two texts of joy, one read as joy and one as sadness: joy 2/3, sadness 0; micro 2 * 1 / (2 + 2)."""
    figures = score([of(joy=0.9), of(sadness=0.9)], rows("joy", "joy"))
    assert figures["f1"]["joy"] == pytest.approx(2 / 3, abs=1e-3)
    assert figures["f1"]["sadness"] == 0
    assert figures["macro_f1"] == pytest.approx(2 / 3 / 28, abs=1e-4)
    assert figures["micro_f1"] == 0.5


def test_a_tone_is_right_when_a_rater_gave_a_label_of_it():
    """Gladness read from a text that raters called excited is right; from one called sad it is not; neutral is no tone."""
    figures = score([of(joy=0.9), of(joy=0.9), of(neutral=0.9)], rows("excitement", "sadness", "neutral"))
    assert figures["tone_read"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["tone_right"] == 0.5


def test_a_file_is_read_with_its_labels(tmp_path):
    """Several labels, blank lines and Windows line ends."""
    file = tmp_path / "x.tsv"
    file.write_bytes(b"so glad\t17,15\tabc\r\n\nfine\t27\td\n")
    texts, has = data.read(file)
    assert texts == ["so glad", "fine"]
    assert [[LABELS[i] for i in np.flatnonzero(row)] for row in has] == [["gratitude", "joy"], ["neutral"]]


@pytest.mark.parametrize("line", ["no labels", "text\t\tid", "text\tjoy\tid", "text\t28\tid", "text\t-1\tid"])
def test_a_broken_line_is_named(tmp_path, line):
    """A line without labels, or with ones that don't exist, is refused with its number."""
    file = tmp_path / "x.tsv"
    file.write_text(f"fine\t27\ta\n{line}\n")
    with pytest.raises(ValueError, match="line 2"):
        data.read(file)


@given(st.lists(st.sampled_from(["neutral", "joy", "neutral,joy"]), min_size=4, max_size=60))
def test_the_order_loses_no_text_and_the_weights_give_back_the_share_of_neutral(labels):
    """Every text is embedded once; texts embedded so far weigh as much neutral as all texts hold."""
    has = rows(*labels)
    order = np.array(vectors.order(has))
    assert sorted(order) == list(range(len(has)))
    alone = has[:, LABELS.index("neutral")] & (has.sum(1) == 1)
    seen = order[: len(order) // 2]
    if alone[seen].any() and not alone[seen].all():
        weight = vectors.weights(has, seen)
        assert weight[alone[seen]].sum() / weight.sum() == pytest.approx(alone.mean(), abs=1e-4)


def test_the_head_learns_what_the_vector_says():
    """On vectors that give the label away it separates texts that it has not seen, and repeats itself exactly."""
    draw = np.random.default_rng(0)
    has = np.zeros((400, 28), bool)
    has[:, 17] = draw.random(400) < 0.5
    x = draw.normal(0, 0.1, (400, 8)).astype(np.float32)
    x[:, 0] += has[:, 17]
    grams, ones = np.zeros((400, 28), np.float32), np.ones(400, np.float32)
    fitted = head.fit(grams[:300], x[:300], has[:300], ones[:300])
    logits = stacked(grams[300:], x[300:], fitted)
    assert ((logits[:, 17] > 0) == has[300:, 17]).mean() > 0.9
    again = head.fit(grams[:300], x[:300], has[:300], ones[:300])
    assert all(np.array_equal(fitted[name], again[name]) for name in fitted)
