"""What leaves: nothing but what the schema names, and the schema in the docs is the one of the code."""

import json
import re
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from engine.sync import payload

DOCS = Path(__file__).resolve().parents[3] / "docs" / "webhooks.md"
EVENT = {
    "uuid": "3f2e",
    "name": "move.posted",
    "at": datetime(2026, 11, 21, 8, 15, 30, 123456),
    "seq": 17,
    "correlation_id": "c-1",
    "company_id": 1,
    "res_model": "account.move",
    "res_id": 42,
    "payload": {"v": 1, "state": "posted", "was": "draft", "journal_id": 3, "note": "call Ann", "fields": ["name"]},
}


class TestEnvelope(unittest.TestCase):
    def test_thin(self):
        made = payload.envelope(EVENT)
        self.assertEqual(
            made,
            {
                "type": "move.posted",
                "timestamp": "2026-11-21T08:15:30.123Z",
                "version": 1,
                "event_id": "3f2e",
                "sequence": 17,
                "correlation_id": "c-1",
                "data": {
                    "model": "account.move",
                    "id": 42,
                    "company_id": 1,
                    "change": {"state": "posted", "was": "draft", "journal_id": 3, "fields": ["name"]},
                },
            },
        )

    def test_full_says_null_for_what_is_gone(self):
        self.assertIsNone(payload.envelope(EVENT, None, True)["data"]["record"])
        self.assertEqual(payload.envelope(EVENT, {"id": 42}, True)["data"]["record"], {"id": 42})

    def test_moments_are_utc(self):
        berlin = timezone(timedelta(hours=1))
        self.assertEqual(payload.moment(datetime(2026, 1, 1, 0, 30, tzinfo=berlin)), "2025-12-31T23:30:00.000Z")

    def test_bytes_hold_any_text(self):
        content = {"a": "Müller – 株式会社 €", "b": "\ud800", "c": "\u2028"}
        body = payload.body(content)
        self.assertEqual(json.loads(body)["a"], content["a"])
        self.assertNotIn(b", ", body)


class TestShape(unittest.TestCase):
    def test_only_what_is_named_leaves_in_its_order(self):
        values = {"id": 1, "name": "Ann", "comment": "hidden", "email": "", "active": False, "zip": None, "city": False}
        made = payload.shape("res.partner", values)
        self.assertEqual(list(made), list(payload.RECORDS["res.partner"][1]))
        self.assertEqual((made["name"], made["email"], made["active"], made["zip"]), ("Ann", None, False, None))
        self.assertIsNone(made["city"])
        self.assertNotIn("comment", made)

    def test_values_are_plain(self):
        made = payload.shape("account.move", {"date": date(2026, 3, 1), "amount_total": Decimal("12.50")})
        self.assertEqual((made["date"], made["amount_total"]), ("2026-03-01", "12.50"))

    def test_amounts(self):
        cases = [(12.5, 2, "12.50"), (-0.001, 2, "0.00"), (1e16, 2, "10000000000000000.00"), (0.1 + 0.2, 2, "0.30")]
        cases += [(1234.5, 0, "1235"), (2.675, 3, "2.675"), (-7, 2, "-7.00"), (2.675, 2, "2.68")]
        for amount, places, text in cases:
            self.assertEqual(payload.money(amount, places), text)


class TestSchema(unittest.TestCase):
    def test_every_reference_is_defined(self):
        text = json.dumps(payload.schema())
        names = set(re.findall(r'"#/\$defs/(\w+)"', text))
        self.assertEqual(names - set(payload.schema()["$defs"]), set())

    def test_everything_is_described(self):
        for name, fields in payload.RECORDS.values():
            for field, schema in fields.items():
                self.assertTrue(schema.get("description") or "anyOf" in schema, f"{name}.{field}")

    def test_the_docs_hold_this_schema(self):
        found = re.search(r"<!-- schema -->\n```json\n(.*?)\n```", DOCS.read_text(), re.S)
        self.assertEqual(json.loads(found[1]), payload.schema())


if __name__ == "__main__":
    unittest.main()
