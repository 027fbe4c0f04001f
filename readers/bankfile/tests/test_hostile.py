"""Whatever the bytes: a BankFile or a BankFileError, in bounded time."""

from __future__ import annotations

import random
import time
import unittest

from .. import BankFile, BankFileError, file_keys, preview, read
from .samples import (
    GERMAN_CSV,
    MT940,
    PARTIES,
    QIF,
    archive,
    balance,
    camt,
    detail,
    entry,
    ofx,
    transaction,
    workbook,
)

SEED = 20240102
ROUNDS = 150
SECONDS_EACH = 5

_ROWS = [["Date", "Text", "Amount"], ["2024-01-01", "x", 1.5], ["2024-01-02", "y", "2,50"]]
SAMPLES = {
    "a.xml": camt(
        entry(details=detail("60.00", extra=PARTIES) + detail("40.00")) + entry("1.00", "DBIT"),
        balance("OPBD", "1.00") + balance("CLBD", "100.00"),
    ),
    "a.sta": MT940.encode(),
    "a.ofx": ofx(transaction() + transaction("3,50", "F2")).encode(),
    "a.qif": QIF.encode(),
    "a.csv": GERMAN_CSV.encode("cp1252"),
    "a.xlsx": workbook(_ROWS),
    "a.zip": archive({"a.qif": QIF.encode(), "b.sta": MT940.encode()}),
}
_PIECES = (b"\x00", b"\xff", b"<", b">", b"&", b'"', b"'", b":", b"\n", b"9" * 40, b"-", b",", b".",
           b"NaN", b"1e999", b"]]>", b"<!--", b":61:", b":86:", b"?20", b"\xe2\x80\x8b", b"^", b";",
           b"EUR", b"0", "²".encode(), "٣".encode(), b"30.02.2024")  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut, flip, repeat, swap or insert at one to four places."""
    for _step in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.randint(0, 60))
        kind = chance.randrange(5)
        if kind == 0:
            data = data[:start]
        elif kind == 1:
            data = data[:start] + bytes(chance.randrange(256) for _ in data[start:end]) + data[end:]
        elif kind == 2:
            data = data[:end] + data[start:end] * chance.randint(1, 5) + data[end:]
        elif kind == 3:
            data = data[:start] + data[end:]
        else:
            data = data[:start] + chance.choice(_PIECES) + data[end if chance.random() < 0.5 else start :]
    return data


class TestHostileBytes(unittest.TestCase):
    def check(self, name: str, data: bytes) -> None:
        """Read and preview; only the two expected outcomes, and no bug behind the last net."""
        started = time.monotonic()
        try:
            answer = read(data, name)
            self.assertIsInstance(answer, BankFile)
            self.assertEqual(
                [len(part) for part in file_keys(answer)],
                [len(statement.lines) for statement in answer.statements],
            )
        except BankFileError as error:
            self.assertNotEqual(error.code, "unreadable", repr(error.__cause__))
            self.assertTrue(error.message.endswith("."), error.message)
        try:
            preview(data, name)
        except BankFileError as error:
            self.assertNotEqual(error.code, "unreadable", repr(error.__cause__))
        self.assertLess(time.monotonic() - started, SECONDS_EACH)

    def test_samples_are_good(self):
        for name, data in SAMPLES.items():
            self.assertTrue(read(data, name).statements, name)

    def test_mutations(self):
        chance = random.Random(SEED)
        for name, data in SAMPLES.items():
            for index in range(ROUNDS):
                with self.subTest(name, index=index):
                    self.check(name, mutated(data, chance))

    def test_every_truncation(self):
        for name, data in SAMPLES.items():
            for end in range(0, len(data), max(1, len(data) // 40)):
                with self.subTest(name, end=end):
                    self.check(name, data[:end])

    def test_noise(self):
        chance = random.Random(SEED)
        for name in SAMPLES:
            for size in (1, 7, 300, 5000):
                self.check(name, chance.randbytes(size))
                self.check(name, bytes(chance.choice(b"<>:;,.\n 0123456789ABCabc") for _ in range(size)))

    def test_long_and_deep(self):
        for data in (
            b"<Document xmlns='camt.053'>" + b"<a>" * 100_000,
            b":20:x\n:61:" + b"2" * 500_000,
            b":20:x\n:61:240102C1,00NTRFX\n:86:" + b"EREF+" * 100_000,
            b":20:x\n:61:240102C1,00NTRFX\n:86:/" + b"EREF/" * 100_000,
            b"OFXHEADER:100\n<OFX>" + b"<!--" * 200_000,
            b"OFXHEADER:100\n<OFX>" + b"<STMTRS>" * 20_000 + b"</OFX>",
            b"Date,Amount\n" + b'"' * 500_000,
            b"Date,Amount\n" + b"1," * 500_000,
            b"!Type:Bank\n" + b"D\n" * 200_000,
        ):
            with self.subTest(data[:40]):
                self.check("a", data)


if __name__ == "__main__":
    unittest.main()
