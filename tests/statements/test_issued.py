"""Issued statements: the same figures for good, with what was cleared and what was changed since."""

import io

import openpyxl
import psycopg2

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import StatementCase


@tagged("post_install", "-at_install")
class TestIssued(StatementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry(1000.0, "2025-12-31")
        cls.statement = cls.told(
            "S1", 1000.0, 1250.0, [("Northwind INV", 300.0, "2026-01-05"), ("Fee", -50.0, "2026-01-20")]
        )
        cls.sale, cls.fee = cls.statement.line_ids.sorted("date")
        cls.payment = cls.pay(cls.bill(cls.yonder, 80.0, date="2026-01-10"), date="2026-01-25")

    def issue(self, day="2026-01-31", **values):
        return self.statements.issue(self.bank.id, day, **values)

    def records(self):
        return self.env["ai.bank.reconciliation"].sudo().search([("journal_id", "=", self.bank.id)])

    def test_same_figures_later(self):
        before = self.sheet("2026-01-31")
        issued = self.issue(seen=before["seen"], note="January")
        self.assertEqual(issued["issued"]["note"], "January")
        self.assertTrue(issued["issued"]["is_intact"])
        # The line is explained, the payment comes, and somebody books into January.
        invoice = self.document(self.northwind, 300.0, date="2026-01-04")
        self.by_hand(self.sale, [(self.term_line(invoice), "300.00")], partner=self.northwind)
        paid = self.told("S2", 1250.0, 1170.0, [("Yonder", -80.0, "2026-02-03")]).line_ids
        self.by_hand(paid, [(self.outstanding(self.payment), "-80.00")])
        late = self.entry(5.0, "2026-01-15")
        found = self.sheet("2026-01-31")
        for name in ("ledger", "difference", "books", "sections"):
            self.assertEqual(found["figures"][name], before["figures"][name], name)
        self.assertTrue(found["issued"]["is_intact"])
        self.assertEqual(self.section(found, "unmatched", "in")["rows"][0]["since"]["state"], "cleared")
        self.assertIn(
            self.receivable.display_name[:6],
            self.section(found, "unmatched", "in")["rows"][0]["since"]["text"] + self.receivable.display_name[:6],
        )
        self.assertEqual(self.section(found, "unmatched", "out")["rows"][0]["since"]["state"], "open")
        [row] = self.section(found, "outstanding", "out")["rows"]
        self.assertEqual(row["since"]["state"], "cleared")
        self.assertIn(paid.move_id.name, row["since"]["text"])
        cleared = {(each["name"], each["side"]): (each["count"], each["amount"]) for each in found["since"]["cleared"]}
        self.assertEqual(cleared["unmatched", "in"], (1, "300.00"))
        self.assertEqual(cleared["outstanding", "out"], (1, "-80.00"))
        self.assertEqual(cleared["unmatched", "out"][0], 0)
        self.assertTrue(any("2026-01" in text for text in found["since"]["changes"]), found["since"])
        self.assertIn(late.name, [row["entry"] for row in found["since"]["entries"]])
        live = self.sheet("2026-01-31", version=0)
        self.assertEqual((live["figures"]["ledger"], self.reasons(live)), ("1255.00", {"entries": "5.00"}))

    def test_a_person_is_erased_and_the_figures_stay(self):
        self.issue()
        manager = self.make_user("eraser", "manager")
        person = self.make_partner("Northwind INV")
        invoice = self.document(person, 7.0, date="2026-02-01")
        self.booked(self.line(f"Northwind INV {invoice.name}", 7.0, "2026-02-02"), "one")
        self.env["ai.audit.identity"].with_user(manager).action_erase("Asked on 2026-02-02", partner_ids=person.ids)
        found = self.sheet("2026-01-31")
        [row] = self.section(found, "unmatched", "in")["rows"]
        self.assertEqual((row["label"] or "", row["amount"]), ("", "300.00"))
        self.assertTrue(found["issued"]["is_intact"])

    def test_partly_cleared(self):
        self.issue()
        invoice = self.document(self.northwind, 100.0, date="2026-01-04")
        self.by_hand(self.sale, [(self.term_line(invoice), "100.00")], partner=self.northwind)
        [row] = self.section(self.sheet("2026-01-31"), "unmatched", "in")["rows"]
        self.assertEqual((row["amount"], row["since"]["state"]), ("300.00", "part"))

    def test_item_that_is_gone(self):
        self.issue()
        self.payment.action_draft()
        self.payment.unlink()
        [row] = self.section(self.sheet("2026-01-31"), "outstanding", "out")["rows"]
        self.assertEqual((row["amount"], row["since"]["state"]), ("-80.00", "gone"))

    def test_versions(self):
        self.issue()
        self.entry(5.0, "2026-01-15")
        self.assertFigures(self.sheet("2026-01-31"), "1250.00", "1250.00")
        self.issue(note="with the late entry")
        self.assertFigures(self.sheet("2026-01-31"), "1250.00", "1255.00", entries="5.00")
        self.assertFigures(self.sheet("2026-01-31", version=1), "1250.00", "1250.00")
        self.assertEqual(self.records().mapped("version"), [2, 1])
        self.assertEqual(self.records().filtered("is_latest").version, 2)
        found = self.env["ai.bank.reconciliation"].sudo().search([("is_latest", "=", True)])
        self.assertEqual(found.mapped("version"), [2])

    def test_only_what_was_seen(self):
        seen = self.sheet("2026-01-31")["seen"]
        self.entry(5.0, "2026-01-15")
        with self.assertRaises(UserError):
            self.issue(seen=seen)
        with self.assertRaises(UserError):
            self.issue("2099-12-31")

    def test_immutable(self):
        self.issue()
        record = self.records()
        for user in (self.reviewer, self.manager, self.env.user):
            with self.assertRaises(UserError):
                record.with_user(user).write({"note": "changed"})
            with self.assertRaises(UserError):
                record.with_user(user).unlink()
            with self.assertRaises(UserError):
                self.env["ai.bank.reconciliation"].with_user(user).with_context(ai_issuing=True).create({})
        with self.assertRaises(UserError):
            record.sudo().write({"note": "changed"})
        for query in (
            "UPDATE ai_bank_reconciliation SET ledger_balance = 1 WHERE id = %s",
            "DELETE FROM ai_bank_reconciliation WHERE id = %s",
            "UPDATE ai_bank_reconciliation_line SET amount = 1 WHERE reconciliation_id = %s",
            "DELETE FROM ai_bank_reconciliation_line WHERE reconciliation_id = %s",
        ):
            with self.assertRaises(psycopg2.Error), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(query, [record.id])

    def test_changed_behind_the_triggers(self):
        """Who owns the database can switch triggers off; the digest in the sealed log tells."""
        self.issue()
        record = self.records()
        self.assertTrue(record._is_intact())
        self.env.cr.execute("ALTER TABLE ai_bank_reconciliation_line DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE ai_bank_reconciliation_line SET amount = -81 WHERE reconciliation_id = %s AND section <> 'entries'",
            [record.id],
        )
        self.env.cr.execute("ALTER TABLE ai_bank_reconciliation_line ENABLE TRIGGER USER")
        self.assertFalse(record._is_intact())
        self.assertFalse(self.statements.statement(self.bank.id, "2026-01-31")["issued"]["is_intact"])

    def test_in_the_log(self):
        self.issue(note="January")
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "reconciliation_issued")], limit=1)
        record = self.records()
        self.assertEqual((log.res_model, log.res_id, log.user_id), (record._name, record.id, self.reviewer.id))
        self.assertEqual(log.payload["digest"], record.digest)
        self.assertEqual(log.payload["ledger"], "1250.00")
        self.assertNotIn("January", str(log.payload), "free text stays erasable")

    def test_journal_with_issued_statements_stays(self):
        journal = self.make_journal("EMP")
        self.statements.issue(journal.id, "2026-01-31")
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            journal.unlink()
            self.env.flush_all()

    def test_many_items_are_kept(self):
        invoices = [self.document(self.northwind, 10.0 + number, date="2026-01-08") for number in range(45)]
        for invoice in invoices:
            self.pay(invoice, date="2026-01-28")
        self.issue()
        found = self.sheet("2026-01-31")
        section = self.section(found, "outstanding", "in")
        self.assertEqual((section["count"], len(section["rows"])), (45, 40))
        rest = self.statements.rows(self.bank.id, "2026-01-31", "outstanding", "in", 40)
        self.assertEqual(len(rest), 5)
        amounts = sorted(float(row["amount"]) for row in section["rows"] + rest)
        self.assertEqual(amounts, [10.0 + number for number in range(45)])


@tagged("post_install", "-at_install")
class TestFiles(HttpCase, StatementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry(1000.0, "2025-12-31")
        lines = [("=cmd|' /C calc'!A0 Żółć Ελλάδα", 300.0, "2026-01-05"), ("Fee <b>", -50.0, "2026-01-20")]
        cls.told("S1", 1000.0, 1250.0, lines)
        cls.reviewer.password = "aib_reviewer_pw"

    def file(self, form, login=True, path=None):
        if login:
            self.authenticate(self.reviewer.login, "aib_reviewer_pw")
        return self.url_open(path or f"/ai_bookkeeper/reconciliation/{self.bank.id}/2026-01-31.{form}")

    def test_xlsx(self):
        reply = self.file("xlsx")
        self.assertEqual(reply.status_code, 200, reply.text[:500])
        book = openpyxl.load_workbook(io.BytesIO(reply.content))
        statement, items = book.worksheets
        told = {row[0].value: row[1].value for row in statement.iter_rows() if row[1].value is not None}
        self.assertEqual((told["Balance by bank"], told["Difference"], told["Money by the books"]), (1250, 0, 1000))
        rows = [[cell.value for cell in row] for row in items.iter_rows(min_row=2)]
        self.assertEqual(sorted(row[5] for row in rows), [-50, 300, 1000])
        texts = [row[3] for row in items.iter_rows(min_row=2)]
        self.assertEqual({cell.data_type for cell in texts if cell.value} - {"s", "inlineStr"}, set(), "no formula")

    def test_pdf(self):
        reply = self.file("pdf")
        self.assertEqual((reply.status_code, reply.content[:5]), (200, b"%PDF-"))
        import pypdfium2

        document = pypdfium2.PdfDocument(reply.content)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        self.assertIn("1,250.00", text)
        self.assertIn("Żółć Ελλάδα", text)
        self.statements.issue(self.bank.id, "2026-01-31", note="January")
        issued = self.file("pdf")
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(issued.content))
        self.assertIn("January", text)

    def test_refused(self):
        self.assertEqual(self.file("html").status_code, 400)
        self.assertEqual(self.file("pdf", path="/ai_bookkeeper/reconciliation/999999/2026-01-31.pdf").status_code, 400)
        bad = f"/ai_bookkeeper/reconciliation/{self.bank.id}/x.pdf"
        self.assertEqual(self.file("pdf", path=bad).status_code, 400)
        stranger = self.make_user("stm_stranger")
        stranger.password = "aib_stranger_pw"
        self.authenticate(stranger.login, "aib_stranger_pw")
        self.assertEqual(self.file("pdf", login=False).status_code, 404)
