"""The figures of the coding bench, on outcomes that can be counted by hand."""

import pytest

from benchmarks.coding import figures
from benchmarks.coding.methods import Guess

from .test_rows import row


def test_the_curve_touches_where_it_last_keeps_the_precision():
    scored = [(0.9, True), (0.8, False), (0.7, True), (0.6, True), (0.5, False)]
    assert figures.touches(scored, 0.75) == (4, 3, 0.6)
    assert figures.touches(scored, 0.98) == (1, 1, 0.9)
    assert figures.touches([(0.9, False)], 0.5) == (0, 0, float("inf"))


def test_equal_confidences_are_one_step():
    assert figures.touches([(0.9, True), (0.9, False), (0.1, True)], 0.98)[0] == 0
    assert figures.touches([(0.9, False), (0.9, True), (0.1, True)], 0.6) == (3, 2, 0.1)


def test_what_reaches_the_threshold_is_accepted():
    assert figures.accepted([(0.9, True), (0.8, False), (0.7, True)], 0.8) == (2, 1)


def test_only_what_is_said_is_scored():
    rows = [row("a", "1"), row("b", "2"), row("c", "3")]
    guesses = [Guess("1", 0.9), Guess(), Guess("4", 0.2)]
    assert figures.scored(rows, guesses) == [(0.9, True), (0.2, False)]


def test_calibration_error_is_what_is_promised_and_not_kept():
    assert figures.calibration_error([0.95] * 4, [True, True, False, False]) == pytest.approx(0.45)
    assert figures.calibration_error([0.25] * 4, [True, False, False, False]) == pytest.approx(0)
    assert figures.calibration_error([0.95, 0.25], [True, False]) == pytest.approx(0.15)


def test_a_perfect_model_shows_only_chance():
    few, many = figures.perfect_error([0.7] * 20), figures.perfect_error([0.7] * 2000)
    assert 0.03 < few < 0.15
    assert many < few / 5


def test_the_ceiling_is_the_best_constant_label_of_each_payee():
    rows = [row("a", "1"), row("a", "1"), row("a", "2"), row("b", "3", unit="x"), row("b", "4", unit="y")]
    assert figures.ceiling(rows) == 3
    assert figures.ceiling(rows, with_unit=True) == 4
