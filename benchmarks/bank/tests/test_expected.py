"""What is expected of the bank: the generated payees and companies, and floors under what is measured on them."""

from benchmarks.bank.expected import odd, weeks


def test_the_same_seed_is_the_same_story():
    assert odd._stories(3) == odd._stories(3) != odd._stories(4)


def test_every_truth_stands_on_payments_or_on_a_gap():
    for story in odd._stories(7):
        days = {day for day, _amount in story.payments}
        for code, day in story.truth:
            assert (day in days) == (code not in ("expected_missing", "expected_not_come")), story.name
            assert day <= odd.KNOWN


def test_odd_payments_are_found():
    _text, figures = odd.outcome(range(900, 903))
    right, n = (sum(found[name] for found in figures.values()) for name in ("right", "n"))
    assert n == 93 and right / n > 0.9


def test_weeks_ahead_beat_the_naive_peers():
    test = weeks._test(weeks.services, 900)
    assert test.forecasts > 15
    assert test.errors[0].median < min(test.average.median, test.last_year.median)
