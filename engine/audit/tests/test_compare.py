import copy
import unittest

from engine.audit.compare import difference

ENTRY = {
    "move_id": 1,
    "state": "posted",
    "items": [
        {"id": 10, "account_id": 5, "balance": "100.00", "currency_id": 1, "amount_currency": "100.00"},
        {
            "id": 11,
            "account_id": 6,
            "partner_id": 3,
            "balance": "-100.00",
            "currency_id": 1,
            "amount_currency": "-100.00",
            "matched": [[99, "100.00"]],
            "analytic": {"4": "100.0"},
        },
    ],
}


class TestDifference(unittest.TestCase):
    def setUp(self):
        self.now = copy.deepcopy(ENTRY)
        self.item = self.now["items"][1]

    def found(self, **values):
        return difference([ENTRY], [self.now], **values)

    def test_nothing_happened(self):
        self.item.update(id=12, analytic={"4": 100.0})
        self.item["matched"].append([77, "1.00"])
        self.assertIsNone(self.found(), "new numbers of items and further matchings are no change")

    def test_deleted_reset_reversed(self):
        self.assertEqual(difference([ENTRY], []), "deleted")
        self.assertEqual(self.found(reversed_ids={1}), "reversed")
        self.now["state"] = "draft"
        self.assertEqual(self.found(), "reset")

    def test_unreconciled(self):
        self.item["matched"] = []
        self.assertEqual(self.found(), "unreconciled")
        self.assertIsNone(self.found(settled_by_us={11}))

    def test_recoded(self):
        for part, value in (("account_id", 7), ("partner_id", 4), ("balance", "-99.00"), ("tax_ids", [1])):
            with self.subTest(part):
                self.now = copy.deepcopy(ENTRY)
                self.now["items"][1][part] = value
                self.assertEqual(self.found(), "recoded")
        self.now = copy.deepcopy(ENTRY)
        self.now["items"][1]["analytic"] = {"5": 100.0}
        self.assertEqual(self.found(), "recoded")

    def test_merged_partners_are_no_change(self):
        self.item["partner_id"] = 4
        self.assertIsNone(self.found(gone={"partner_id": {3}, "account_id": set()}))


if __name__ == "__main__":
    unittest.main()
