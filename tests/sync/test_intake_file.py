"""Files that come in: bank lines, drafts or a question; nothing posted, nothing twice."""

import base64
import gzip
import hashlib
import os
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import config

from ..bank.files import CSV, IBAN, OTHER_IBAN, ImportCase, entry, one

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
UBL = b"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ID>BILL-77</cbc:ID><cbc:IssueDate>2026-02-01</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Supply Co</cbc:Name></cac:PartyName>
  <cac:PartyTaxScheme><cbc:CompanyID>BE0477472701</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
  </cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">100.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
  <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
  <cac:Item><cbc:Name>Paper</cbc:Name></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">100.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>"""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class FileCase(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The gateway, the queue and the look into folders act as the system.
        cls.env = cls.env(su=True)
        cls.manager = cls.new_user("intake_manager", "ai_bookkeeper.ai_bookkeeper_group_manager")
        cls.auditor = cls.new_user("intake_auditor", "ai_bookkeeper.ai_bookkeeper_group_auditor")
        cls.connection = cls.env["sync.connection"].create(
            {"name": "Files", "kind": "file", "company_id": cls.company.id}
        )
        cls.connection._connect()

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["sync.job"]), "_before_batch", lambda jobs: None)
        self.patch(type(self.env["sync.tick"]), "_beat", lambda ticks, name: None)
        self.number = 0

    def take(self, data, name="file", source="hook", **values):
        self.number += 1
        return self.env["sync.intake"]._take(self.connection, source, f"msg-{self.number}", data, name=name, **values)

    def run_jobs(self):
        """The real queue, on cursors of this test."""
        with self.enter_registry_test_mode():
            self.env["sync.job"]._run("work", 20)
        self.env.invalidate_all()

    def arrived(self, data, name="file", **values):
        intake = self.take(data, name, **values)
        self.run_jobs()
        return intake


@tagged("post_install", "-at_install")
class TestStatements(FileCase):
    statement = one(entry("2024-01-10", "121.00", "Invoice 17", "B1"), start=0, end="121.00")

    def test_the_account_number_finds_the_journal(self):
        intake = self.arrived(self.statement, "march.xml")
        self.assertEqual(intake.status, "done", intake.error)
        self.assertEqual(self.journal_lines().mapped("amount"), [121.0])
        record = intake.import_ids
        self.assertEqual((record.journal_id, record.intake_id, record.name), (self.journal, intake, "march.xml"))
        self.assertIn("1 new bank line(s)", intake.outcome)
        # Nobody imported it: the system did, for what a manager connected.
        self.assertEqual(record.user_id, self.env.ref("base.user_root"))
        log = self.env["ai.audit.log"].search([("event", "=", "imported"), ("res_id", "=", record.id)])
        self.assertEqual(len(log), 1)

    def test_the_same_file_twice_is_dropped_with_a_word(self):
        self.arrived(self.statement)
        again = self.arrived(self.statement, "again.xml")
        self.assertEqual(again.status, "dropped")
        self.assertIn("The same file came", again.outcome)
        self.assertEqual(len(self.journal_lines()), 1)

    def test_a_file_that_a_person_imported_is_dropped_too(self):
        self.load(self.statement)
        intake = self.arrived(self.statement)
        self.assertEqual(intake.status, "dropped")
        self.assertIn(self.reviewer.name, intake.outcome)

    def test_an_unknown_account_asks_and_the_answer_imports(self):
        intake = self.arrived(one(entry("2024-01-10", "5.00", "x", "B9"), start=0, end="5.00", account=OTHER_IBAN))
        self.assertEqual((intake.status, intake.needs_journal), ("asking", True))
        self.assertIn(OTHER_IBAN, intake.outcome)
        self.assertFalse(self.journal_lines())
        seen = intake.with_user(self.reviewer)
        with self.assertRaises(UserError):
            seen.action_answer(self.company_data["default_journal_sale"].id)
        with self.assertRaises(AccessError):
            intake.with_user(self.auditor).action_answer(self.journal.id)
        wizard = self.env["sync.intake.answer"].with_user(self.reviewer)
        wizard.create({"intake_id": intake.id, "journal_id": self.journal.id}).action_answer()
        self.run_jobs()
        self.assertEqual(intake.status, "done", intake.error)
        self.assertEqual(self.journal_lines().mapped("amount"), [5.0])
        log = self.env["ai.audit.log"].search([("event", "=", "intake_answered"), ("res_id", "=", intake.id)])
        self.assertEqual(log.user_id, self.reviewer.id)

    def test_two_journals_with_the_number_ask(self):
        other = self.new_journal("BNKB")
        other.bank_account_id = self.journal.bank_account_id
        intake = self.arrived(self.statement)
        self.assertEqual(intake.status, "asking")

    def test_a_sheet_asks_until_its_columns_were_said_once(self):
        self.connection.bank_journal_id = self.journal
        intake = self.arrived(CSV, "february.csv")
        self.assertEqual((intake.status, intake.needs_columns), ("asking", True))
        action = intake.with_user(self.reviewer).action_import_by_hand()
        start = self.env[action["res_model"]].with_user(self.reviewer).browse(action["res_id"])
        self.assertEqual(base64.b64decode(start.data), CSV)
        start.journal_id = self.journal
        start.action_read()
        start.action_import()
        self.assertEqual(len(self.journal_lines()), 2)
        intake.with_user(self.reviewer).action_retry()
        self.run_jobs()
        self.assertEqual(intake.status, "dropped", intake.error)
        later = CSV.replace(b"02.02.2024", b"04.03.2024").replace(b"13.02.2024", b"05.03.2024")
        later = later.replace(b"950,00", b"2090,00").replace(b"2.140,00", b"3.280,00")
        intake = self.arrived(later, "march.csv")
        self.assertEqual(intake.status, "done", (intake.outcome, intake.error))
        self.assertEqual(len(self.journal_lines()), 4)

    def test_statements_by_mail_ask_unless_a_manager_trusts_the_sender(self):
        intake = self.arrived(self.statement, source="mail", sender="bank@example.com")
        self.assertEqual(intake.status, "asking")
        self.assertIn("forged", intake.outcome)
        self.connection.mail_statements_ask = False
        other = one(entry("2024-01-11", "7.00", "y", "B2"), start=0, end="7.00")
        self.assertEqual(self.arrived(other, source="mail").status, "done")

    def test_a_locked_period_fails_in_words_and_is_tried_again(self):
        self.lock("2024-12-31")
        intake = self.arrived(self.statement)
        self.assertEqual(intake.status, "failed")
        self.assertIn("locked", intake.error)
        self.assertFalse(self.journal_lines())
        self.lock("2023-12-31")
        intake.with_user(self.reviewer).action_retry()
        self.assertEqual(intake.status, "received")
        self.run_jobs()
        self.assertEqual(intake.status, "done", intake.error)

    def test_half_a_file_fails_and_leaves_nothing(self):
        intake = self.arrived(self.statement[:-40])
        self.assertEqual(intake.status, "failed")
        self.assertTrue(intake.error)
        self.assertFalse(self.journal_lines())

    def test_packed_for_the_way(self):
        intake = self.arrived(gzip.compress(self.statement), headers={"Content-Encoding": "gzip"})
        self.assertEqual(intake.status, "done", intake.error)
        bomb = gzip.compress(b"a" * 60_000_000)
        intake = self.arrived(bomb, headers={"Content-Encoding": "gzip"})
        self.assertEqual(intake.status, "failed")
        self.assertIn("larger than", intake.error)

    def test_another_companys_journal_is_not_found(self):
        other = self.setup_other_company(name="Other company")["company"]
        self.journal.bank_account_id = False
        self.new_journal("BNKO", IBAN, company=other)
        intake = self.arrived(self.statement)
        self.assertEqual(intake.status, "asking")

    def test_nonsense_says_what_is_taken(self):
        for data in (b'{"a": 1}', b"MZ\x00\x01", b"<html></html>"):
            intake = self.arrived(data)
            self.assertEqual(intake.status, "failed")
            self.assertIn("neither", intake.error)
        intake.with_user(self.reviewer).action_drop()
        self.assertEqual(intake.status, "dropped")
        self.assertIn(self.reviewer.name, intake.outcome)
        job = self.env["sync.job"].search([("res_model", "=", "sync.intake"), ("res_id", "=", intake.id)])
        self.assertNotIn("failed", job.mapped("state"))

    def test_what_fails_is_found_by_its_status(self):
        bad, good = self.arrived(b"nonsense"), self.arrived(self.statement)
        waiting = self.take(PDF)
        found = {
            status: self.env["sync.intake"].search(
                [("status", "=", status), ("connection_id", "=", self.connection.id)]
            )
            for status in ("failed", "done", "received", "asking", "dropped")
        }
        empty = self.env["sync.intake"]
        self.assertIn("neither", bad.told)
        self.assertEqual(good.told, good.outcome)
        self.assertEqual(found, {"failed": bad, "done": good, "received": waiting, "asking": empty, "dropped": empty})


@tagged("post_install", "-at_install")
class TestDocuments(FileCase):
    def test_documents_become_drafts_with_the_file_on_them(self):
        for data, name in ((PDF, "bill.pdf"), (PNG, "receipt.png")):
            with self.subTest(name):
                intake = self.arrived(data, name)
                self.assertEqual(intake.status, "done", intake.error)
                move = intake.move_ids
                self.assertEqual((move.state, move.move_type, move.ai_intake_id), ("draft", "in_invoice", intake))
                self.assertEqual(move.journal_id.type, "purchase")
                self.assertEqual(move.company_id, self.company)
                files = self.env["ir.attachment"].search([("res_model", "=", "account.move"), ("res_id", "=", move.id)])
                self.assertEqual(files.raw, data)
                self.assertEqual(files.name, name)

    def test_an_e_invoice_stays_an_untouched_draft_although_its_vendor_is_posted_at_once(self):
        self.company.autopost_bills = True
        self.env["res.partner"].create({"name": "Supply Co", "vat": "BE0477472701", "autopost_bills": "always"})
        intake = self.arrived(UBL, "bill.xml")
        self.assertEqual(intake.status, "done", intake.error)
        move = intake.move_ids
        self.assertEqual((move.state, move.ref, move.invoice_line_ids.ids), ("draft", False, []))
        self.assertFalse(move.partner_id)
        self.assertEqual(self.env["ai.document"].search([("move_id", "=", move.id)]).sha256, sha256(UBL))
        file = self.env["ir.attachment"].search([("res_model", "=", "account.move"), ("res_id", "=", move.id)])
        self.assertEqual(file.mimetype, "text/plain", "no browser runs it")

    def test_the_chosen_journal(self):
        journal = self.env["account.journal"].create(
            {"name": "Mailed bills", "code": "MBIL", "type": "purchase", "company_id": self.company.id}
        )
        self.connection.document_journal_id = journal
        self.assertEqual(self.arrived(PDF).move_ids.journal_id, journal)

    def test_the_same_document_twice_is_dropped_also_when_a_person_uploaded_it(self):
        first = self.arrived(PDF)
        again = self.arrived(PDF, "copy.pdf")
        self.assertEqual(again.status, "dropped")
        self.assertIn(first.move_ids.display_name, again.outcome)
        bill = self.env["account.move"].create({"move_type": "in_invoice"})
        self.env["ir.attachment"].create({"name": "x.png", "raw": PNG, "res_model": "account.move", "res_id": bill.id})
        intake = self.arrived(PNG)
        self.assertEqual(intake.status, "dropped")
        self.assertIn("on Draft", intake.outcome)

    def test_a_try_that_was_cut_off_after_the_upload_makes_no_second_bill(self):
        intake = self.take(PDF)
        with self.enter_registry_test_mode():
            self.env["account.move"].sudo()._bills_of_intake(self.connection, intake, PDF)
        self.run_jobs()
        self.assertEqual(intake.status, "done", intake.error)
        self.assertEqual(len(self.env["account.move"].search([("ai_intake_id", "=", intake.id)])), 1)

    def test_without_a_purchase_journal_it_says_so(self):
        self.env["account.journal"].search([("type", "=", "purchase")]).active = False
        intake = self.arrived(PDF)
        self.assertEqual(intake.status, "failed")
        self.assertIn("purchase journal", intake.error)

    def test_names_that_would_mean_something(self):
        intake = self.arrived(PDF, "../../etc/<b>passwd</b>\x00.html")
        self.assertEqual(intake.status, "done", intake.error)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", intake.move_ids.id)]
        )
        self.assertNotIn("/", file.name)
        self.assertNotIn("<", file.name)
        self.assertTrue(file.name.endswith(".pdf"))


@tagged("post_install", "-at_install")
class TestMail(FileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "in.example.com"})
        cls.company.alias_domain_id = cls.domain
        cls.connection.write({"alias_name": "books", "mail_senders": "bank@example.com\n@vendor.example\n"})

    def receive(self, sender, files=(), to="books@in.example.com"):
        from email.message import EmailMessage

        self.number += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, "Here it is"
        mail["Message-Id"] = f"<{self.number}@example.com>"
        mail.set_content("Please find attached. SECRET WORDS")
        for name, data in files:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        before = self.env["mail.mail"].search([])
        with self.mock_out():
            self.env["mail.thread"].message_process("res.partner", mail.as_string())
        return self.env["mail.mail"].search([]) - before

    def mock_out(self):
        # Answers are looked at, not sent.
        return patch.object(type(self.env["mail.mail"]), "send", lambda mails, **_kw: True)

    @property
    def intakes(self):
        return self.env["sync.intake"].search([("connection_id", "=", self.connection.id)])

    def test_listed_senders_bring_files(self):
        moves = self.env["account.move"].search_count([])
        answers = self.receive("The Bank <BANK@example.com>", [("bill.pdf", PDF), ("photo.png", PNG)])
        self.assertFalse(answers)
        self.assertEqual(sorted(self.intakes.mapped("name")), ["bill.pdf", "photo.png"])
        self.assertEqual(set(self.intakes.mapped("sender")), {"bank@example.com"})
        self.run_jobs()
        self.assertEqual(set(self.intakes.mapped("status")), {"done"}, self.intakes.mapped("error"))
        self.assertEqual(self.env["account.move"].search_count([]), moves + 2)
        note = self.connection.message_ids[0]
        self.assertNotIn("SECRET", note.body)
        self.assertFalse(note.attachment_ids)
        self.assertTrue(note.is_internal or note.subtype_id == self.env.ref("mail.mt_note"))

    def test_a_domain_may_be_listed(self):
        self.receive("anybody@vendor.example", [("bill.pdf", PDF)])
        self.assertEqual(len(self.intakes), 1)

    def test_others_are_refused_with_an_answer(self):
        for sender in ("stranger@example.org", "bank@example.com.evil.org", "x@sub.vendor.example"):
            with self.subTest(sender):
                [answer] = self.receive(sender, [("bill.pdf", PDF)])
                self.assertIn("could not be accepted", answer.body_html)
        self.assertFalse(self.intakes)

    def test_who_may_not_change_a_connection_changes_no_address(self):
        for user in (self.auditor, self.reviewer):
            with self.assertRaises(AccessError):
                self.connection.with_user(user).write({"alias_name": "mine"})
        self.assertEqual(self.connection.alias_name, "books")

    def test_an_empty_list_means_nobody(self):
        self.connection.mail_senders = False
        self.assertTrue(self.receive("bank@example.com", [("bill.pdf", PDF)]))
        self.assertFalse(self.intakes)

    def test_what_is_no_statement_and_no_document_is_answered(self):
        [answer] = self.receive("bank@example.com", [("bill.pdf", PDF), ("run.exe", b"MZ\x90\x00\x01\x02")])
        self.assertEqual(self.intakes.mapped("name"), ["bill.pdf"])
        self.assertIn("run.exe", answer.body_html)
        self.assertIn("Auto-Submitted", answer.headers)
        [answer] = self.receive("bank@example.com")
        self.assertIn("no file", answer.body_html)

    def test_the_same_mail_delivered_twice_is_taken_once(self):
        self.receive("bank@example.com", [("bill.pdf", PDF)])
        self.number -= 1
        self.receive("bank@example.com", [("bill.pdf", PDF)])
        self.assertEqual(len(self.intakes), 1)

    def test_a_paused_or_closed_connection_refuses(self):
        self.connection.state = "disconnected"
        self.assertTrue(self.receive("bank@example.com", [("bill.pdf", PDF)]))
        self.assertFalse(self.intakes)

    def test_nobody_plays_the_gateway(self):
        message = {"attachments": [("a.pdf", PDF, {})], "message_id": "x", "email_from": "bank@example.com"}
        with self.assertRaises(AccessError):
            self.env["sync.connection"].with_user(self.manager).message_new(
                message, {"connection_id": self.connection.id}
            )


@tagged("post_install", "-at_install")
class TestWatchedFolder(FileCase):
    def setUp(self):
        super().setUp()
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = Path(holder.name) / "in"
        self.root.mkdir()
        self.startPatcher(patch.dict(config.options, {"ai_bookkeeper_watch_folders": f" {self.root} ,/nowhere"}))
        self.connection.watch_folder = str(self.root)

    def put(self, name, data, age=60):
        path = self.root / name
        path.write_bytes(data)
        os.utime(path, (time.time() - age,) * 2)

    def look(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env["sync.connection"]._cron_watch()
        self.env.invalidate_all()

    def lying(self, folder):
        place = self.root / folder
        return sorted(os.listdir(place)) if place.is_dir() else []

    @property
    def intakes(self):
        return self.env["sync.intake"].search([("connection_id", "=", self.connection.id)])

    def test_files_are_taken_at_the_second_look_and_end_in_done_or_failed(self):
        self.put("bill.pdf", PDF)
        self.put("odd.bin", b"\x00\x01\x02nonsense")
        self.look()
        self.assertFalse(self.intakes)
        self.look()
        self.assertEqual(self.lying("work"), ["bill.pdf", "odd.bin"])
        self.assertEqual(set(self.intakes.mapped("source")), {"folder"})
        self.run_jobs()
        self.look()
        self.assertEqual(
            (self.lying("done"), self.lying("failed"), self.lying("work")), (["bill.pdf"], ["odd.bin"], [])
        )
        self.assertEqual({intake.place for intake in self.intakes}, {"done/bill.pdf", "failed/odd.bin"})

    def test_the_same_file_again_is_dropped_with_a_word(self):
        for name in ("bill.pdf", "bill.pdf"):
            self.put(name, PDF)
            self.look()
            self.look()
            self.run_jobs()
            self.look()
        self.assertEqual(self.intakes.mapped("status"), ["dropped", "done"])
        self.assertEqual(self.lying("done"), ["bill-1.pdf", "bill.pdf"])

    def test_a_file_that_is_still_written_waits(self):
        self.put("bill.pdf", PDF[:20])
        self.look()
        self.put("bill.pdf", PDF)
        self.look()
        self.assertFalse(self.intakes)
        self.look()
        self.assertEqual(base64.b64decode(self.intakes.body), PDF)

    def test_links_lead_nowhere(self):
        outside = self.root.parent / "secret.csv"
        outside.write_bytes(CSV)
        (self.root / "link.csv").symlink_to(outside)
        self.look()
        self.look()
        self.assertFalse(self.intakes)

    def test_only_folders_of_the_configuration_file(self):
        for path in ("/etc", str(self.root.parent), f"{self.root}/../", "relative"):
            with self.subTest(path), self.assertRaises(ValidationError):
                self.connection.with_user(self.manager).watch_folder = path
        with patch.dict(config.options, {"ai_bookkeeper_watch_folders": ""}), self.assertRaises(ValidationError):
            self.connection.watch_folder = f"{self.root}/"
        # Taken out of the file later: nothing is read any more.
        self.put("bill.pdf", PDF)
        with patch.dict(config.options, {"ai_bookkeeper_watch_folders": "/nowhere"}):
            self.look()
            self.look()
        self.assertFalse(self.intakes)
        self.assertIn("configuration file", self.connection.watch_error)

    def test_a_root_for_each_database_and_company(self):
        root = f"{self.root.parent}/%d/%c"
        with patch.dict(config.options, {"ai_bookkeeper_watch_folders": root}):
            self.assertEqual(
                self.connection._watch_roots(), [f"{self.root.parent}/{self.env.cr.dbname}/{self.company.id}"]
            )

    def test_a_copy_of_the_database_leaves_the_originals_files_alone(self):
        self.connection.armed_uuid = "another"
        self.put("bill.pdf", PDF)
        self.look()
        self.look()
        self.assertFalse(self.intakes)
        self.assertEqual(os.listdir(self.root), ["bill.pdf"])

    def test_what_was_taken_before_a_crash_is_taken_up(self):
        self.put("bill.pdf", PDF)
        (self.root / "work").mkdir()
        (self.root / "bill.pdf").rename(self.root / "work" / "bill.pdf")
        self.look()
        self.assertEqual(self.intakes.place, "work/bill.pdf")
        self.look()
        self.assertEqual(len(self.intakes), 1)

    def test_a_lost_folder_is_told_and_comes_back(self):
        self.root.rename(self.root.parent / "away")
        self.look()
        self.assertIn("no such folder", self.connection.watch_error)
        (self.root.parent / "away").rename(self.root)
        self.look()
        self.assertFalse(self.connection.watch_error)

    def test_too_large_goes_to_failed_unread(self):
        with patch.object(type(self.env["sync.connector.file"]), "_most_bytes", 10):
            self.put("bill.pdf", PDF)
            self.look()
            self.look()
        self.assertEqual(self.lying("failed"), ["bill.pdf"])
        self.assertFalse(self.intakes)


@tagged("post_install", "-at_install")
class TestIntakeRights(FileCase):
    def test_reviewers_see_the_content_while_they_decide(self):
        waiting, done = self.take(PDF), self.arrived(PNG, "scan.png")
        asking = self.arrived(CSV.encode() if isinstance(CSV, str) else CSV, "sheet.csv")
        self.assertEqual((waiting.status, done.status, asking.status), ("done", "done", "asking"))
        shown = lambda user: [bool(intake.with_user(user).content) for intake in (done, asking)]  # noqa: E731
        self.assertEqual(shown(self.reviewer), [False, True])
        self.assertEqual(shown(self.manager), [True, True])
        self.assertEqual(shown(self.auditor), [True, True])
        with self.assertRaises(UserError):
            done.with_user(self.reviewer).action_import_by_hand()
        asking.with_user(self.reviewer).action_drop()
        self.assertEqual(shown(self.reviewer), [False, False])

    def test_what_is_for_a_closed_journal_is_closed(self):
        intake = self.arrived(TestStatements.statement, "salaries.xml")
        other = self.take(PDF, "bill.pdf")
        self.assertEqual(intake.import_ids.journal_id, self.journal)
        self.env["ir.rule"].create(
            {
                "name": "That bank account is the director's",
                "model_id": self.env["ir.model"]._get_id("account.journal"),
                "domain_force": f"[('id', '!=', {self.journal.id})]",
                "groups": [(4, self.env.ref("ai_bookkeeper.ai_bookkeeper_group_reviewer").id)],
            }
        )
        seen = self.env["sync.intake"].with_user(self.reviewer)
        self.assertEqual(seen.search([("id", "in", (intake | other).ids)]), other)
        with self.assertRaises(AccessError):
            intake.with_user(self.reviewer).read(["name"])
        self.connection.bank_journal_id = self.journal
        self.assertFalse(seen.search([("id", "=", other.id)]), "it might go there")
        self.assertEqual(self.env["sync.intake"].with_user(self.manager).search_count([("id", "=", intake.id)]), 1)

    def test_health_counts_what_came(self):
        self.assertIn("nothing was sent, read or received", self.connection.health_text)
        intake = self.arrived(PDF)
        self.connection.invalidate_recordset()
        self.assertEqual((self.connection.health, intake.status), ("good", "done"))
        self.assertEqual(self.connection.last_success_at, intake.settled_at)
        self.arrived(CSV.encode() if isinstance(CSV, str) else CSV, "sheet.csv")
        self.connection.invalidate_recordset()
        self.assertEqual((self.connection.health, self.connection.asking_count), ("warning", 1))
        self.assertIn("Came in and asks a person: 1", self.connection.health_text)

    def test_who_reads_what(self):
        intake = self.take(PDF, headers={"User-Agent": "x"})
        for user, sees_body in ((self.reviewer, False), (self.auditor, True), (self.manager, True)):
            seen = intake.with_user(user)
            self.assertEqual(seen.read(["name", "status", "connection_id"])[0]["status"], "received")
            if sees_body:
                self.assertTrue(seen.body)
            else:
                with self.assertRaises(AccessError):
                    seen.read(["body"])
                with self.assertRaises(AccessError):
                    seen.read(["headers"])
            for values in ({"state": "done"}, {"body": False}):
                with self.assertRaises(AccessError):
                    seen.write(values)
            with self.assertRaises(AccessError):
                seen.unlink()
        other = self.setup_other_company(name="Other company")["company"]
        stranger = self.new_user("stranger", "ai_bookkeeper.ai_bookkeeper_group_manager", other)
        self.assertFalse(self.env["sync.intake"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            intake.with_user(stranger).action_retry()

    def test_done_is_done(self):
        intake = self.arrived(PDF)
        for method in ("action_retry", "action_drop"):
            with self.assertRaises(UserError):
                getattr(intake.with_user(self.reviewer), method)()

    def test_content_goes_after_its_time_and_the_row_stays(self):
        intake, waiting = self.arrived(PDF), self.take(PNG)
        intake.settled_at = "2020-01-01"
        self.env.flush_all()
        self.env["sync.intake"]._gc_bodies()
        self.env.invalidate_all()
        self.assertFalse(intake.body)
        self.assertTrue(waiting.body)
        self.assertFalse(self.env["sync.intake"]._take(self.connection, "hook", intake.message_id, PDF))
        self.assertEqual(intake.checksum, hashlib.sha256(PDF).hexdigest())
