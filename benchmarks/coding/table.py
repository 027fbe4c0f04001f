"""The figures of one split as values for ``--json`` and as the text that people read."""

from __future__ import annotations

from ..bank.intervals import interval, share
from . import figures
from .rows import Split
from .run import PRECISION, Outcome
from .year import Year


def values(split: Split, outcomes: list[Outcome], gate: Outcome | None) -> dict:
    """Everything that is printed, unrounded, with n and exact intervals."""
    n = len(split.future)
    found = {
        "cut": split.cut.isoformat(),
        "past": len(split.past),
        "test": n,
        "labels": len({row.truth for row in (*split.past, *split.future)}),
        "ceiling": _share(figures.ceiling(split.future), n),
        "ceiling_with_unit": _share(figures.ceiling(split.future, with_unit=True), n),
        "unknown_labels": _share(_unknown(split), n),
        "methods": {},
    }
    if gate:
        found["gate"] = {"coverage": _share(len(gate.scored), n), "precision": _share(*_right(gate.scored))}
    for outcome in outcomes:
        found["methods"][outcome.name] = _method(outcome, gate)
    return found


def _unknown(split: Split) -> int:
    known = {row.truth for row in split.past}
    return sum(row.truth not in known for row in split.future)


def _right(scored) -> tuple[int, int]:
    return sum(is_right for _confidence, is_right in scored), len(scored)


def _share(successes: int, n: int) -> dict:
    low, high = interval(successes, n)
    return {"right": successes, "n": n, "share": successes / n if n else None, "low": low, "high": high}


def _method(outcome: Outcome, gate: Outcome | None) -> dict:
    n = len(outcome.rows)
    ranking = figures.touches(outcome.scored, PRECISION)
    accepted = figures.accepted(outcome.scored, outcome.threshold)
    rows, taken, right = outcome.chosen_on
    found = {
        "accuracy": _share(*outcome.right()),
        "accuracy_seen": _share(*outcome.right(seen=True)),
        "accuracy_unseen": _share(*outcome.right(seen=False)),
        "ranking_coverage": _share(ranking[0], n),
        "deployed_precision": _share(accepted[1], accepted[0]),
        "deployed_coverage": _share(accepted[0], n),
        "threshold": outcome.threshold,
        "chosen_on": {"rows": rows, "accepted": taken, "right": right},
        "fit_seconds": outcome.fit_seconds,
    }
    if gate and gate.scored:
        right, spoken = _right(gate.scored)
        found["coverage_at_gate_precision"] = _share(figures.touches(outcome.scored, right / spoken)[0], n)
    if outcome.is_probability:
        found["calibration"] = _calibration(outcome)
    return found


def _calibration(outcome: Outcome) -> dict:
    probabilities = [confidence for confidence, _right in outcome.scored]
    top = figures.top_bin(outcome.scored)
    return {
        "n": len(probabilities),
        "error": figures.calibration_error(probabilities, [is_right for _confidence, is_right in outcome.scored]),
        "perfect": figures.perfect_error(probabilities),
        "top_bin": {**_share(top[1], top[0]), "promised": top[2]},
    }


def text(name: str, found: dict) -> str:
    """The same as a table; figures of fewer than 1,000 rows say that they carry no goal."""
    few = "" if found["test"] >= 1000 else "  (under 1,000 test lines: intervals only, no goal)"
    rows = [
        f"{name}: {found['past']:,} lines before {found['cut']}, {found['test']:,} tested,"
        f" {found['labels']} labels{few}",
        f"  ceiling (best constant label per payee in the test period) {_percent(found['ceiling'])},"
        f" per payee and unit {_percent(found['ceiling_with_unit'])};"
        f" labels never seen before the cut {_percent(found['unknown_labels'])}",
        f"  {'':20}{'accuracy, all':>34}{'seen':>8}{'unseen':>8}{'ranking':>9}"
        f"{'deployed: precision':>36}{'coverage':>10}{'fit s':>8}",
    ]
    rows += [_line(method, figure) for method, figure in found["methods"].items()]
    if "gate" in found:
        rows.append(
            f"  simple gate: speaks of {_percent(found['gate']['coverage'])},"
            f" right {_counted(found['gate']['precision'])}"
        )
    rows += [_more(method, figure) for method, figure in found["methods"].items() if "calibration" in figure]
    return "\n".join(rows)


def _line(method: str, figure: dict) -> str:
    return (
        f"  {method:20}{_counted(figure['accuracy']):>34}{_percent(figure['accuracy_seen']):>8}"
        f"{_percent(figure['accuracy_unseen']):>8}{_percent(figure['ranking_coverage']):>9}"
        f"{_counted(figure['deployed_precision']):>36}{_percent(figure['deployed_coverage']):>10}"
        f"{figure['fit_seconds']:>8.1f}"
    )


def _more(method: str, figure: dict) -> str:
    calibration = figure["calibration"]
    top = calibration["top_bin"]
    at_gate = figure.get("coverage_at_gate_precision")
    gate = f"; at the gate's precision it covers {_percent(at_gate)}" if at_gate else ""
    return (
        f"  {method}: calibration error {calibration['error']:.3f} (perfect: {calibration['perfect']:.3f},"
        f" n = {calibration['n']:,}); promised at least 0.9: {top['promised']:.3f} promised,"
        f" {_counted(top)} kept{gate}"
    )


def _percent(figure: dict) -> str:
    return "-" if figure["share"] is None else f"{100 * figure['share']:.1f} %"


def _counted(figure: dict) -> str:
    return share(figure["right"], figure["n"])


def year_values(year: Year) -> dict:
    first, second = year.halves()
    return {
        "threshold": year.threshold,
        "feeds_on_itself": year.feeds_on_itself,
        "months": [
            {
                "month": month.name,
                "rows": month.rows,
                "accuracy": _share(month.right, month.rows),
                "accepted": _share(month.accepted, month.rows),
                "precision": _share(month.accepted_right, month.accepted),
            }
            for month in year.months
        ],
        "first_half": _share(*first),
        "second_half": _share(*second),
    }


def year_text(name: str, found: dict) -> str:
    what = "learns from what it booked itself" if found["feeds_on_itself"] else "learns from people only"
    rows = [
        f"{name}, month by month, {what} (threshold {found['threshold']:.4f}, chosen before the first)",
        f"  {'month':9}{'lines':>7}{'accuracy':>10}{'alone':>8}{'right of those alone':>38}",
    ]
    rows += [
        f"  {month['month']:9}{month['rows']:>7,}{_percent(month['accuracy']):>10}{_percent(month['accepted']):>8}"
        f"{_counted(month['precision']):>38}"
        for month in found["months"]
    ]
    rows.append(f"  first half {_counted(found['first_half'])}, second half {_counted(found['second_half'])}")
    return "\n".join(rows)


def speed_text(found: dict) -> str:
    return (
        f"learning {found['rows']:,} lines: {found['learn_seconds']:.1f} s"
        f" ({found['learn_cpu_seconds']:.1f} s of the processor), {found['memory_mb']:.0f} MB held,"
        f" peak of the process {found['peak_mb']:.0f} MB\n"
        f"predictions: {found['predictions_per_second']:,.0f} a second"
        f" ({found['predictions_per_cpu_second']:,.0f} a second of the processor); one more decision:"
        f" {found['decision_ms']:.2f} ms (median), {found['decision_ms_p99']:.2f} ms (99 %)\n"
        f"snapshot: {found['snapshot_mb']:.1f} MB of JSON, written and read in {found['snapshot_seconds']:.1f} s"
    )
