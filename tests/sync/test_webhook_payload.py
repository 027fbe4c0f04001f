"""Full content: the fields of the schema of real records, read in sets; the docs' snippet verifies what we send."""

import json
import re
from pathlib import Path

from odoo.tests import tagged

from ...engine.sync import payload
from .webhook_case import WebhookCase

DOCS = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict, "array": list}
HIDDEN = "HIDDEN4711"


def problems(value, schema, root, where="$"):
    """Where ``value`` is not as ``schema`` says: the parts of JSON schema that ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [problems(value, each, root, where) for each in schema["anyOf"]]
        return [] if [] in found else [f"{where}: none of {found}"]
    if "const" in schema:
        return [] if value == schema["const"] else [f"{where}: {value!r}"]
    fits = not isinstance(value, str) or re.search(schema.get("pattern", ""), value)
    if not is_of_type(value, schema) or not fits:
        return [f"{where}: {value!r} is not {schema}"]
    return problems_inside(value, schema, root, where)


def is_of_type(value, schema):
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if value is None:
        return "null" in names
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, TYPES[name]) for name in names if name != "null")


def problems_inside(value, schema, root, where):
    found = []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{where}.{name} is missing" for name in schema.get("required", []) if name not in value]
        found += [f"{where}.{name} is not described" for name in value if name not in known]
        for name in value.keys() & known.keys():
            found += problems(value[name], known[name], root, f"{where}.{name}")
    if isinstance(value, list):
        for index, each in enumerate(value):
            found += problems(each, schema["items"], root, f"{where}[{index}]")
    return found


@tagged("post_install", "-at_install")
class TestPayload(WebhookCase):
    def sent(self, name, record):
        self.fan_out(self.event(name, record, {"state": "posted"}))
        self.run_queue()
        said = self.told()
        self.assertEqual(said["type"], name)
        self.assertEqual(problems(said, payload.schema(), payload.schema()), [])
        expected = payload.RECORDS[record._name][1] if record._name in payload.RECORDS else None
        if expected:
            self.assertEqual(list(said["data"]["record"]), list(expected))
        return said["data"]["record"]

    def test_an_invoice(self):
        self.hook(detail="full")
        self.northwind.write({"ref": "C-7", "vat": "US12345", "comment": HIDDEN})
        tax = self.company_data["default_tax_sale"]
        invoice = self.document(self.northwind, 100, taxes=tax, ref="PO 1", narration=HIDDEN)
        record = self.sent("move.posted", invoice)
        self.assertEqual(record["number"], invoice.name)
        self.assertEqual((record["amount_untaxed"], record["amount_total"]), ("100.00", f"{invoice.amount_total:.2f}"))
        self.assertEqual(record["partner"]["reference"], "C-7")
        self.assertEqual(
            (record["lines"][0]["label"], record["lines"][0]["quantity"], record["lines"][0]["account_code"]),
            ("Services", "1", self.income.code),
        )
        self.assertEqual((record["currency"], record["date"], record["line_count"]), ("USD", "2026-03-01", 1))
        self.assertNotIn(HIDDEN, self.receiver.seen[-1][3].decode())

    def test_a_draft_a_credit_note_and_an_entry(self):
        self.hook(detail="full")
        invoice = self.document(self.northwind, 100)
        invoice.button_draft()
        draft = self.env["account.move"].create({"move_type": "out_invoice"})
        for record in (invoice, draft, self.document(self.northwind, 5, "out_refund"), self.line("x", 5).move_id):
            self.assertEqual(self.sent("move.created", record)["id"], record.id)

    def test_a_payment(self):
        self.hook(detail="full")
        invoice = self.document(self.northwind, 100)
        payment = self.pay(invoice)
        record = self.sent("payment.registered", payment)
        self.assertEqual(
            (record["amount"], record["move_ids"], record["payment_type"]), ("100.00", invoice.ids, "inbound")
        )

    def test_a_partner(self):
        self.hook(detail="full")
        self.northwind.write(
            {
                "comment": HIDDEN,
                "email": "ap@northwind.example",
                "country_id": self.env.ref("base.de").id,
                "zip": "10115",
            }
        )
        self.env["res.partner.bank"].create({"partner_id": self.northwind.id, "acc_number": HIDDEN})
        record = self.sent("partner.changed", self.northwind)
        self.assertEqual((record["email"], record["country"], record["zip"]), ("ap@northwind.example", "DE", "10115"))
        self.assertNotIn(HIDDEN, self.receiver.seen[-1][3].decode())

    def test_a_bank_line(self):
        self.hook(detail="full")
        line = self.line("INV 1", 12.5, account_number="DE89 3704 0044 0532 0130 00", partner_name="Ann")
        record = self.sent("bank_line.added", line)
        self.assertEqual((record["amount"], record["label"], record["partner_name"]), ("12.50", "INV 1", "Ann"))
        self.assertEqual(record["account_number"], "*" * 18 + "3000")

    def test_a_suggestion(self):
        self.hook(detail="full")
        invoice = self.document(self.northwind, 100)
        line = self.line(f"{invoice.name} Northwind", 100)
        suggestion = self.propose(line)
        record = self.sent("suggestion.proposed", suggestion)
        self.assertEqual((record["target_id"], record["amount"], record["kind"]), (line.id, "100.00", "bank_match"))
        self.assertNotIn("evidence", str(record))

    def test_what_has_no_content_and_what_is_gone(self):
        self.hook(detail="full")
        self.assertIsNone(self.sent("partner.changed", self.company))
        partner = self.make_partner("Gone Ltd")
        event = self.event("partner.changed", partner)
        jobs = self.fan_out(event)
        partner.unlink()
        self.run_queue()
        self.assertEqual(jobs.state, "done")
        self.assertEqual((self.told()["data"]["id"], self.told()["data"]["record"]), (event.res_id, None))

    def test_a_record_that_moved_to_another_company_does_not_leave(self):
        self.hook(detail="full")
        partner = self.make_partner("Mover Ltd")
        jobs = self.fan_out(self.event("partner.changed", partner))
        other = self.setup_other_company()["company"]
        partner.company_id = other
        self.run_queue()
        self.assertEqual((jobs.state, self.receiver.seen), ("done", []))

    def test_full_contents_are_read_in_sets(self):
        hook = self.hook(detail="full")
        moves = self.env["account.move"].union(*(self.document(self.northwind, 100 + each) for each in range(24)))
        lines = self.env["account.bank.statement.line"].union(*(self.line(f"L{each}", each + 1) for each in range(24)))
        handler = self.env["sync.handler.deliver"].sudo()

        def cost(count):
            events = [self.event("move.posted", move) for move in moves[:count]]
            events += [self.event("bank_line.added", line) for line in lines[:count]]
            events += [self.event("partner.changed", partner) for partner in (self.northwind, self.yonder)]
            jobs = self.fan_out(*events)
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.cache.clear()
            start = self.env.cr.sql_log_count
            made = [handler._prepare(job) for job in self.env["sync.job"].sudo().browse(jobs.ids)]
            self.assertEqual(len(list(filter(None, made))), 2 * count + 2)
            return self.env.cr.sql_log_count - start

        cost(1)
        few, many = cost(2), cost(24)
        self.assertLessEqual(many, few + 3)
        self.assertTrue(hook)

    def test_the_snippet_of_the_docs_verifies_what_we_send(self):
        hook = self.hook()
        self.fan_out(self.event("partner.changed", self.northwind))
        self.run_queue()
        _method, _path, headers, body = self.receiver.seen[-1]
        code = re.search(r"<!-- verify -->\n```python\n(.*?)```", DOCS.read_text(), re.S)[1]
        names = {}
        exec(compile(code, str(DOCS), "exec"), names)  # the docs are ours
        secret = self.secret(hook)[0]
        self.assertEqual(names["verify"](secret, headers, body), json.loads(body))
        for changed in (body + b" ", body.replace(b"partner", b"Partner")):
            with self.assertRaises(ValueError):
                names["verify"](secret, headers, changed)
        with self.assertRaises(ValueError):
            names["verify"](secret, {**headers, "webhook-timestamp": "1614265330"}, body)
