"""What an outside caller may send: hostile values are refused with the path of the field, and nothing raises."""

import json
import unittest

from engine import schema

ROW = {"move_line_id": 7, "amount": "640.00"}
POSTING = {"account_id": 7, "amount": "640.00"}


def deep(levels):
    value = "x"
    for _level in range(levels):
        value = [value]
    return value


class TestSchema(unittest.TestCase):
    def test_good_ones(self):
        for proposal in (
            {"counterparts": [ROW]},
            {"counterparts": [{**ROW, "item_amount": "1.5", "item_currency": "USD", "reopens": [1, 2]}], "version": 1},
            {"counterparts": [ROW], "write_off": None, "remainder": "-0.50", "partner_id": False},
            {"write_off": [{**POSTING, "tax_ids": [], "label": "Fee", "reason": False}], "partner_id": 3},
        ):
            self.assertEqual(schema.problems("bank_match", proposal), [], proposal)
        line = {**POSTING, "analytic_distribution": {"1": 60, "2,3": 40.0}}
        self.assertEqual(schema.problems("bank_coding", {"lines": [line]}), [])

    def test_hostile_amounts(self):
        nan, infinity = float("nan"), float("inf")
        for value in (
            *(640.0, 640, True, None, [], {}, "", " 1", "1 ", "1\n", "1_000", "1e3", "NaN", "Infinity", "0x10", "1,00"),
            *("0", "0.00", "-0", "٣", "１２", "9" * 16, "9" * 10**6, "1." + "0" * 7, nan, infinity, "--1", "+-1"),
        ):
            found = schema.problems("bank_match", {"counterparts": [{**ROW, "amount": value}]})
            self.assertEqual(found, [("bad_value", "counterparts[0].amount")], repr(value)[:50])

    def test_hostile_ids(self):
        for value in (0, -1, 2**31, 10**30, "7", 7.0, True, None, [7], {"id": 7}):
            found = schema.problems("bank_match", {"counterparts": [{**ROW, "move_line_id": value}]})
            self.assertEqual(found, [("bad_value", "counterparts[0].move_line_id")], value)
        for value in (0, -1, "7", 7.0, True, [7], 0.0):
            self.assertEqual(
                schema.problems("bank_match", {"counterparts": [ROW], "partner_id": value})[0][1], "partner_id"
            )

    def test_hostile_texts(self):
        for value in ("\x00", "a\x00b", "\ud800", "x" * 1001, 5, ["x"], {"a": 1}):
            found = schema.problems("bank_match", {"write_off": [{**POSTING, "label": value}]})
            self.assertEqual(found, [("bad_value", "write_off[0].label")])

    def test_hostile_distributions(self):
        for value in (
            *({"a": 1}, {"1": "1"}, {"1": float("nan")}, {"1": True}, {"1": -1}, {"1": 101}, {"1;drop": 1}, [], "1"),
            *({"": 1}, {"1,": 1}, {str(n): 1 for n in range(101)}, {"1": deep(50)}, {"9" * 12: 1}),
        ):
            found = schema.problems("bank_coding", {"lines": [{**POSTING, "analytic_distribution": value}]})
            self.assertEqual(found, [("bad_value", "lines[0].analytic_distribution")], value)

    def test_hostile_shapes(self):
        for proposal in (None, [], "x", 5, True, deep(100)):
            self.assertEqual(schema.problems("bank_match", proposal), [("not_an_object", "proposal")])
        for rows in ("all", 5, {"0": ROW}, [ROW] * 1001, True, False):
            self.assertIn(("not_a_list", "counterparts"), schema.problems("bank_match", {"counterparts": rows}))
        self.assertEqual(schema.problems("bank_match", {"counterparts": [5]}), [("not_an_object", "counterparts[0]")])
        self.assertEqual(schema.problems("bank_match", {}), [("empty", "counterparts")])
        self.assertEqual(schema.problems("magic", {}), [("no_schema", "magic")])
        self.assertEqual(
            schema.problems("bank_match", {"counterparts": [{"amount": "1"}]})[0],
            ("missing", "counterparts[0].move_line_id"),
        )
        for version in (2, "1", True, deep(90)):
            self.assertEqual(
                schema.problems("bank_match", {"counterparts": [ROW], "version": version}), [("bad_value", "version")]
            )

    def test_answers_stay_small(self):
        found = schema.problems("bank_match", {"counterparts": [{"x" * 10**5: 1}] * 1000, "y" * 10**6: 1})
        self.assertLess(len(json.dumps(found)), 5000)

    def test_what_is_handed_out_is_what_is_checked(self):
        """A value for each property of the JSON Schema is known to the check, and nothing else is."""
        for kind in schema.SHAPES:
            described = schema.json_schema(kind)
            json.dumps(described)
            known = schema.problems(kind, dict.fromkeys(described["properties"]))
            self.assertNotIn("unknown_field", [code for code, _path in known])
            for name, part in described["properties"].items():
                if "items" in part:
                    found = schema.problems(kind, {name: [dict.fromkeys(part["items"]["properties"])]})
                    self.assertNotIn("unknown_field", [code for code, _path in found])
                    missing = {
                        path.rpartition(".")[2]
                        for code, path in schema.problems(kind, {name: [{}]})
                        if code == "missing"
                    }
                    self.assertEqual(missing, set(part["items"]["required"]))
        self.assertIsNone(schema.json_schema("magic"))
