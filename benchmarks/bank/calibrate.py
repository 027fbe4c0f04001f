"""Fit the matcher's weights and confidence bins on generated years: ``python -m benchmarks.bank.calibrate FILE``.

Prints the loss before and after and writes the module text to FILE; compare it with ``engine/matching/calibration.py``
before replacing that. Some five minutes on an idle core. Seeds of 1000 and more only: 1-20 are the published benchmark.
"""

import sys
from pathlib import Path

from engine.matching import calibration, fitting, matcher, scoring
from engine.matching.assignment import Assignment, Case
from engine.matching.candidates import Finder
from engine.matching.items import Book

from .facts import batches
from .generator import generate
from .score import Scorer
from .tally import Tally

#: (noise, first seed, end) of the years that fit the weights, and of others that measure the bins.
FOR_WEIGHTS = (("normal", 1000, 1045), ("low", 1100, 1110), ("high", 1120, 1140))
FOR_BINS = (("normal", 1200, 1260), ("low", 1300, 1320), ("high", 1340, 1370))
RIDGE, ROUNDS = 3.0, 20
PROVENANCE = """Provenance: fitted by ``fitting`` on generated company years (benchmarks/bank, 400 lines, by week):
weights on seeds 1000-1044 (normal noise), 1100-1109 (low), 1120-1139 (high); bins on seeds 1200-1259, 1300-1319,
1340-1369 alike.
The published benchmark's seeds (1-20) and the real files were not used."""


def years(plan):
    for noise, first, end in plan:
        for seed in range(first, end):
            yield generate(seed, 400, noise, "week")


def samples(plan, names):
    """One sample a line: its readings' features, and which of them are right."""
    for year in years(plan):
        scorer = Scorer(year, Tally())
        for facts in batches(year):
            for key, readings in fitting.observe(facts):
                truth = year.truths[key]
                good = {n for n, (_features, match) in enumerate(readings) if scorer.is_right(match, truth)}
                yield fitting.encode([features for features, _match in readings], good, names)


def points(plan):
    """(score, right) of the reading that each line would be given."""
    for year in years(plan):
        scorer = Scorer(year, Tally())
        for facts in batches(year):
            book = Book(facts)
            finder = Finder(book)
            cases = [Case(scene, finder.drafts(scene)) for scene in matcher.scenes(facts, book)]
            Assignment(book, cases, finder.drafts).run()
            for case in cases:
                draft = case.chosen or next(iter(case.drafts), None)
                if draft is not None and not draft.ask:
                    yield draft.confidence, scorer.is_right(draft.match, year.truths[case.key])


def fitted():
    """Weights by feature, with the loss before and after."""
    order = ["bias", *sorted(set(calibration.WEIGHTS) - {"bias"})]
    train = list(samples(FOR_WEIGHTS, {name: place for place, name in enumerate(order)}))
    start = [calibration.WEIGHTS.get(name, 0.0) for name in order]
    weights = fitting.fit(train, start, ridge=RIDGE, rounds=ROUNDS)
    print(f"{len(train)} lines, loss {fitting.loss(train, start):.4f} -> {fitting.loss(train, weights):.4f}")
    return dict(zip(order, weights, strict=True))


def main(target):
    weights = fitted()
    # The bins are measured with the new weights and without the old bins.
    scoring.WEIGHTS.clear()
    scoring.WEIGHTS.update(weights)
    scoring.BINS = scoring._STARTS = ()
    bins = fitting.isotonic(list(points(FOR_BINS)))
    Path(target).write_text(fitting.module_text(weights, bins, PROVENANCE), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
