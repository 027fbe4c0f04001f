"""bin/bench extraction: how often fields are right by what they were found by, on vendors that were not counted.

``--write`` counts again and writes ``engine/extraction/calibration.py``; without it the table there is tested.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from engine.extraction.confidence import SURE, measured
from engine.intervals import interval

from .count import PICTURED, Counts, count

TABLE = Path(__file__).resolve().parents[2] / "engine" / "extraction" / "calibration.py"
#: Seeds of the vendors that are counted, and of those that the counts are tested on.
FIT, TEST = 20260101, 20260202
VENDORS, TESTED = 400, 150
#: Evidence that was seen less often says little and is left to its field's average.
SEEN = 8


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench extraction", description=__doc__)
    parser.add_argument("--write", action="store_true", help="count again and write the table of the engine")
    parser.add_argument("--vendors", type=int, default=0, help="how many generated vendors")
    parser.add_argument("--pictured", type=int, default=PICTURED, help="one of so many is also read as a bad photo")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    chosen = parser.parse_args()
    if chosen.write:
        TABLE.write_text(_table(count(FIT, chosen.vendors or VENDORS, chosen.jobs, chosen.pictured)), "utf-8")
    else:
        _test(count(TEST, chosen.vendors or TESTED, chosen.jobs, chosen.pictured), chosen.json)


def _table(counts: Counts) -> str:
    rows = ['"""Field -> evidence -> (right, found), written by ``bin/bench extraction --write``."""', ""]
    rows += ["from __future__ import annotations", "", "MEASURED: dict[str, dict[str, tuple[int, int]]] = {"]
    for name, told in sorted(counts.items()):
        rows.append(f'    "{name}": {{')
        rows += [f'        "{evidence}": {tuple(pair)},' for evidence, pair in sorted(told.items()) if pair[1] >= SEEN]
        rows.append("    },")
    return "\n".join([*rows, "}", ""])


def _test(counts: Counts, as_json: bool) -> None:
    """Of fields with a confidence in each band, how many were right: on vendors that the table does not know."""
    bands: dict[str, dict[str, list[int]]] = {}
    for name, told in counts.items():
        for evidence, (right, found) in told.items():
            band = _band(name, evidence)
            for key in (name, "all"):
                row = bands.setdefault(key, {}).setdefault(band, [0, 0])
                row[0] += right
                row[1] += found
    if as_json:
        print(json.dumps({"seed": TEST, "bands": bands}))
        return
    for name, rows in sorted(bands.items()):
        print(name)
        for band, (right, found) in sorted(rows.items(), reverse=True):
            low, high = interval(right, found)
            print(f"  {band:>12}  {100 * right / found:6.2f} % [{100 * low:.1f}, {100 * high:.1f}] of {found:,}")


def _band(name: str, evidence: str) -> str:
    confidence = measured(name, evidence)
    if confidence >= SURE:
        return "0.99 (sure)"
    return next(f"{low:.2f}" for low in (0.95, 0.9, 0.8, 0.5, 0.0) if confidence >= low)


if __name__ == "__main__":
    main()
