"""Files are read in order of date, split without a look at what comes after, or refused in words."""

from datetime import date
from decimal import Decimal

import pytest

from benchmarks.coding.rows import FileError, Row, read, split
from engine.learning import Case


def row(payee, truth, day=date(2024, 1, 1), unit=""):
    return Row(Case(0, day, payee, payee, Decimal(-1), unit=unit, name=payee), payee, truth, truth)


def written(folder, text):
    path = folder / "lines.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_file_with_everything(tmp_path):
    path = written(
        tmp_path,
        "date,payee,text,amount,unit,label,tax\n"
        '2024-03-02,Shell Ltd,CARD SHELL 4711,"-1,234.50",Bank,624000,15%\n'
        "2024-03-01,,FEE 03/2024,-2,Bank,627000,\n",
    )
    fuel, fee = read(path)
    assert (fuel.truth, fuel.words) == ("624000 | 15%", "624000")
    assert fuel.case.payee == "name:SHELL"
    assert (fuel.case.amount, fuel.case.unit, fuel.case.text) == (Decimal("-1234.50"), "Bank", "CARD SHELL 4711")
    assert (fee.truth, fee.case.payee, fee.payee) == ("627000", "", "fee /")


def test_what_is_missing_is_left_out(tmp_path):
    (only,) = read(written(tmp_path, "date,label\n2024-03-02,624000\n"))
    assert (only.case.payee, only.case.text, only.case.amount) == ("", "", Decimal(0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("when,label\n2024-01-01,x\n", "no column date"),
        ("date,label\n2024-01-01,\n", "line 2: the label is empty"),
        ("date,label\nyesterday,x\n", "line 2: Invalid isoformat"),
    ],
)
def test_a_file_that_cannot_be_measured_is_refused(tmp_path, text, said):
    with pytest.raises(FileError, match=said):
        read(written(tmp_path, text))


def test_the_past_ends_where_the_future_begins():
    rows = [row("a", str(day), date(2024, 1, day)) for day in (5, 2, 4, 1, 3)]
    found = split("x", rows, date(2024, 1, 4))
    assert [each.truth for each in found.past] == ["1", "2", "3"]
    assert [each.truth for each in found.future] == ["4", "5"]
    assert found.accounts == {"1": "1", "2": "2", "3": "3"}
    assert len(split("x", rows).future) == 1
    with pytest.raises(FileError, match="5 rows before the cut and 0"):
        split("x", rows, date(2025, 1, 1))
