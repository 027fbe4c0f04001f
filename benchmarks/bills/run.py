"""A set through the reader: documents side by side on the processor's cores, each timed apart."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from .reading import Result, memory_mb, run
from .score import Score
from .truth import Document

JOBS = 2


def measure(documents: Sequence[Document], jobs: int = JOBS) -> tuple[Score, dict]:
    """The score, and what the whole set took: pages, seconds of the clock, pages a second, memory."""
    score = Score()
    peak = [0.0, 0.0]
    started = time.perf_counter()
    pages = 0
    for result, memory in _results(documents, jobs):
        score.add(result)
        pages += result.pages
        peak = [max(pair) for pair in zip(peak, memory, strict=True)]
    seconds = time.perf_counter() - started
    return score, {
        "jobs": jobs,
        "pages": pages,
        "seconds": seconds,
        "pages_per_second": pages / seconds if seconds else None,
        "memory_mb": peak[0],
        "memory_of_child_mb": peak[1],
    }


def _results(documents: Sequence[Document], jobs: int):
    # Both the program that reads letters and the library that handles images would take every core for one page.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if jobs <= 1:
        yield from map(_one, documents)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        yield from pool.map(_one, documents)


def _one(document: Document) -> tuple[Result, tuple[float, float]]:
    import cv2

    cv2.setNumThreads(1)
    return run(document), memory_mb()
