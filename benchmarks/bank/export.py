"""Statement files of a generated year, for the demo and for import tests.

``python -m benchmarks.bank.export SEED FOLDER`` writes all formats; ``write`` one per account.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .generator import generate
from .statements import camt, mt940, ofx, sheet
from .statements.statement import monthly
from .values import CompanyYear

FORMATS = {"camt": camt, "mt940": mt940, "ofx": ofx, "csv": sheet}


def write(year: CompanyYear, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """One file per account, month and format; the files in order of account and month."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for statement in monthly(year):
        for name in formats:
            path = folder / f"{statement.name}{FORMATS[name].SUFFIX}"
            path.write_bytes(FORMATS[name].render(statement))
            written.append(path)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=400)
    parser.add_argument("--formats", default=",".join(FORMATS))
    arguments = parser.parse_args()
    year = generate(arguments.seed, arguments.lines)
    files = write(year, arguments.folder, tuple(arguments.formats.split(",")))
    print(f"{len(files)} files in {arguments.folder}")


if __name__ == "__main__":
    main()
