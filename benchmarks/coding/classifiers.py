"""Text classifiers: words counted as smart_importer does, and letters weighted by how rare they are.

smart_importer (MIT) counts words and runs of up to three in narration (0.8), payee (0.5) and the other account
(0.8; here the unit), adds the day of the month (0.1), and trains a support-vector classifier with a linear kernel.
Its ``SVC`` grows with the square of the rows; ``LinearSVC`` is the same kind of boundary in time that ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from .methods import Guess
from .rows import Row

_SLICE = 4000  # rows decided at a time: the table of their classes stays small


class _Classifier:
    is_online = is_probability = False
    name = ""

    def __init__(self) -> None:
        self._pipeline = self._only = None

    def fit(self, rows: Sequence[Row]) -> None:
        truths = [row.truth for row in rows]
        self._only = truths[0] if len(set(truths)) == 1 else None
        if self._only is None:
            self._pipeline = self._built(rows)
            self._pipeline.fit(rows, truths)

    def learn(self, row: Row) -> None:
        raise NotImplementedError("fitted once")

    def guess_many(self, rows: Sequence[Row]) -> list[Guess]:
        if self._only is not None:
            return [Guess(self._only, 0.5)] * len(rows)
        found: list[Guess] = []
        for start in range(0, len(rows), _SLICE):
            found += self._guesses(rows[start : start + _SLICE])
        return found

    def _guesses(self, rows: Sequence[Row]) -> list[Guess]:
        import numpy

        values = self._pipeline.decision_function(rows)
        if values.ndim == 1:
            values = numpy.column_stack((-values, values))
        two = numpy.partition(values, -2, axis=1)
        best, margins = values.argmax(axis=1), two[:, -1] - two[:, -2]
        classes = self._pipeline.classes_
        return [Guess(str(classes[at]), float(margin)) for at, margin in zip(best, margins, strict=True)]

    def _built(self, rows: Sequence[Row]):
        raise NotImplementedError


class Words(_Classifier):
    """The smart_importer way."""

    name = "classifier, words"

    def _built(self, rows: Sequence[Row]):
        from sklearn.feature_extraction.text import CountVectorizer

        def vectors():
            return CountVectorizer(ngram_range=(1, 3))

        return _pipeline(rows, vectors, {"text": 0.8, "payee": 0.5, "unit": 0.8}, day=0.1)


class Letters(_Classifier):
    """TF-IDF of runs of two to four letters."""

    name = "classifier, letters"

    def _built(self, rows: Sequence[Row]):
        from sklearn.feature_extraction.text import TfidfVectorizer

        def vectors():
            return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)

        return _pipeline(rows, vectors, {"text": 1.0, "unit": 0.8}, day=None)


def _pipeline(rows: Sequence[Row], vectors, weights: dict[str, float], day: float | None):
    from sklearn.pipeline import FeatureUnion, Pipeline
    from sklearn.preprocessing import FunctionTransformer
    from sklearn.svm import LinearSVC

    parts = []
    for column in weights:
        if any(_has_words(_columns[column](row)) for row in rows):
            read = FunctionTransformer(lambda found, get=_columns[column]: [get(row) for row in found])
            parts.append((column, Pipeline([("read", read), ("vectors", vectors())])))
    if day is not None:
        parts.append(("day", FunctionTransformer(_days)))
        weights = {**weights, "day": day}
    known = {name for name, _part in parts}
    union = FeatureUnion(parts, transformer_weights={name: weights[name] for name in known})
    return Pipeline([("union", union), ("svc", LinearSVC(dual=True, random_state=0))])


def _days(rows: Sequence[Row]):
    import numpy

    return numpy.array([[float(row.case.date.day)] for row in rows])


def _has_words(text: str) -> bool:
    return any(len(word) > 1 for word in text.split())


# A file without a text of its own repeats the payee there; it is then counted as both, as smart_importer would.
_columns = {
    "text": lambda row: row.case.text,
    "payee": lambda row: row.case.name,
    "unit": lambda row: row.case.unit,
}
