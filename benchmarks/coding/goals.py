"""What issue 5 asks of the learner on a set of 1,000 test lines or more, beside what it reached."""

from __future__ import annotations

LEAST_ROWS = 1000
_PEERS = ("last decision", "online memory", "classifier, words", "classifier, letters")


def goals(found: dict) -> list[tuple[str, bool]]:
    """(sentence, reached) of each goal that this run can judge; nothing for small sets.

    :param found: what ``table.values`` gives
    """
    methods = found["methods"]
    if found["test"] < LEAST_ROWS or "learner" not in methods:
        return []
    own = methods["learner"]
    best, name = max((_share(methods[peer], "accuracy"), peer) for peer in _PEERS if peer in methods)
    accuracy = _share(own, "accuracy")
    rows = [(f"accuracy {100 * (accuracy - best):+.1f} points beside {name}; +3.0 asked", accuracy - best >= 0.03)]
    coverage = _share(own, "ranking_coverage")
    for peer in _PEERS[2:]:
        if peer in methods:
            theirs = _share(methods[peer], "ranking_coverage")
            ratio = f"{coverage / theirs:.1f} times" if theirs else "more than none, as"
            rows.append((f"ranking coverage {ratio} that of {peer}; twice asked", coverage >= 2 * theirs))
    if found.get("gate") and "coverage_at_gate_precision" in own:
        at_gate, theirs = _share(own, "coverage_at_gate_precision"), found["gate"]["coverage"]["share"]
        sentence = (
            f"coverage {100 * at_gate:.1f} % at the simple gate's precision; more than its {100 * theirs:.1f} % asked"
        )
        rows.append((sentence, at_gate > theirs))
    precision = own["deployed_precision"]["share"] or 0.0
    rows.append((f"deployed precision {100 * precision:.1f} %; 97 % asked", precision >= 0.97))
    error = own["calibration"]["error"]
    rows.append((f"calibration error {error:.3f}; at most 0.03 asked", error <= 0.03))
    return rows


def _share(figures: dict, name: str) -> float:
    return figures[name]["share"] or 0.0


def goals_text(found: dict) -> str:
    return "\n".join(f"  {'reached' if is_reached else 'MISSED '}  {sentence}" for sentence, is_reached in goals(found))
