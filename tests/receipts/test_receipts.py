from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ReceiptCase


@tagged("post_install", "-at_install")
class TestReceipts(ReceiptCase):
    """Which purchases lack their document, who is asked for it, and what holds the close."""

    # === WHAT IS CHASED === #

    def test_vat_without_a_document_is_flagged_and_holds_the_close(self):
        line = self.bought()
        receipt = self.receipt_of(line)
        self.assertEqual((receipt.state, receipt.vat, receipt.amount), ("missing", 15.0, -115.0))
        self.assertEqual(receipt.account_names, self.expense.display_name)
        holds = self.env["ai.receipt"]._holds_close(self.company, "2026-03-31")
        self.assertEqual(holds.res_id, line.id)
        self.assertFalse(self.env["ai.receipt"]._holds_close(self.company, "2026-02-28"), "it is of March")

    def test_a_document_settles_it_and_taking_it_away_reopens_it(self):
        line = self.bought()
        file = self.attach(line)
        receipt = self.receipt_of(line)
        self.assertEqual(receipt.state, "received")
        self.assertTrue(receipt.received_at)
        self.assertFalse(self.env["ai.receipt"]._holds_close(self.company, "2026-12-31"))
        file.unlink()
        self.assertEqual((receipt.state, receipt.received_at), ("missing", False))

    def test_a_document_that_is_there_before_asks_for_nothing(self):
        line = self.line("SHELL", -115.0)
        self.attach(line)
        self.by_hand(line, write_off=[{"account_id": self.expense.id, "amount": "-115.0", "tax_ids": self.tax.ids}])
        self.assertEqual(self.receipt_of(line).state, "received")

    def test_undoing_takes_it_away(self):
        line = self.bought()
        self.undone(line)
        self.assertFalse(self.receipt_of(line))

    def test_without_tax_it_is_chased_but_holds_nothing(self):
        line = self.bought(taxed=False)
        self.assertEqual((self.receipt_of(line).state, self.receipt_of(line).vat), ("missing", 0.0))
        self.assertFalse(self.env["ai.receipt"]._holds_close(self.company, "2026-12-31"))

    def test_what_needs_no_document(self):
        exempt = self.make_account("Bank Fees", "expense")
        self.company.ai_receipt_exempt_account_ids = exempt
        asset = self.make_account("Loan", "liability_non_current")
        bill = self.bill(self.northwind, 50.0)
        paid = self.line("bill", -50.0)
        self.by_hand(paid, [(self.term_line(bill), "-50.00")])
        lines = [
            self.bought(account=exempt),
            self.bought(taxed=False, account=asset),
            paid,
            self.bought(date="2025-12-31"),
        ]
        income = self.line("in", 115.0)
        self.by_hand(income, write_off=[{"account_id": self.expense.id, "amount": "115.0"}])
        for line in [*lines, income]:
            self.assertFalse(self.receipt_of(line), line.payment_ref)

    def test_a_part_on_another_account_still_needs_one(self):
        exempt = self.make_account("Bank Fees", "expense")
        self.company.ai_receipt_exempt_account_ids = exempt
        line = self.line("SHELL and fee", -120.0)
        rows = [
            {"account_id": exempt.id, "amount": "-5.00"},
            {"account_id": self.expense.id, "amount": "-115.00", "tax_ids": self.tax.ids},
        ]
        self.by_hand(line, write_off=rows)
        self.assertEqual(self.receipt_of(line).account_names, self.expense.display_name)

    def test_an_exemption_counts_at_once_and_both_ways(self):
        line = self.bought()
        self.company.ai_receipt_exempt_account_ids = self.expense
        self.assertFalse(self.receipt_of(line))
        self.company.ai_receipt_exempt_account_ids = False
        self.assertEqual(self.receipt_of(line).state, "missing")

    def test_what_is_coded_in_odoo_itself_is_found_by_the_scheduled_look(self):
        line = self.line("SHELL", -50.0)
        suspense = line._seek_for_lines()[1]
        suspense.account_id = self.expense
        self.assertTrue(line.is_reconciled)
        self.assertFalse(self.receipt_of(line))
        self.env["ai.receipt"]._cron_refresh()
        self.assertEqual(self.receipt_of(line).state, "missing")

    def test_constant_queries_whatever_the_number_of_lines(self):
        counts = []
        for size in (2, 20):
            lines = self.env["account.bank.statement.line"].union(*(self.bought() for _ in range(size)))
            self.env["ai.receipt"].sudo().search([]).unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["ai.receipt"]._refresh(self.company, lines.ids)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    # === GROSS === #

    def test_a_company_that_books_gross_claims_nothing_without_a_document(self):
        self.company.ai_claims_without_document = False
        with self.assertRaisesRegex(UserError, "claims no input VAT without a document"):
            self.bought()
        line = self.line("SHELL", -115.0)
        row = {"account_id": self.expense.id, "amount": "-115.00", "tax_ids": self.tax.ids}
        with self.assertRaisesRegex(UserError, "claims no input VAT"):
            self.submitted(line, {"lines": [row], "remainder": "0"}, "bank_coding")
        self.attach(line)
        self.by_hand(line, write_off=[row])
        self.assertEqual(self.receipt_of(line).state, "received")

    def test_gross_is_what_a_company_begins_with(self):
        self.assertFalse(self.env["res.company"].create({"name": "New one"}).ai_claims_without_document)

    def test_an_exempt_account_may_claim(self):
        self.company.write(
            {"ai_claims_without_document": False, "ai_receipt_exempt_account_ids": [(6, 0, self.expense.ids)]}
        )
        self.assertTrue(self.bought().is_reconciled)

    def test_booking_gross_gives_the_vat_back_to_the_cent(self):
        line = self.bought(amount=-115.0)
        receipt = self.receipt_of(line)
        receipt.action_book_gross()
        self.assertEntry(line, [(self.expense, 115.0, {"tax_ids": self.env["account.tax"], "tax_tag_ids": []})])
        self.assertEqual((self.receipt_of(line).vat, self.receipt_of(line).state), (0.0, "missing"))
        self.receipt_of(line).action_waive()
        self.assertEqual(self.receipt_of(line).state, "waived")

    def test_no_vat_is_given_back_twice_or_of_odoo_entries(self):
        with self.assertRaisesRegex(UserError, "No input VAT is claimed"):
            self.receipt_of(self.bought(taxed=False)).action_book_gross()

    def test_waiving_refuses_what_is_claimed(self):
        line = self.bought()
        with self.assertRaisesRegex(UserError, "Book them gross first"):
            self.receipt_of(line).action_waive()

    def test_what_was_waived_stays_so_until_somebody_asks_again(self):
        line = self.bought(taxed=False)
        self.receipt_of(line).action_waive()
        self.env["ai.receipt"]._refresh(self.company)
        self.assertEqual(self.receipt_of(line).state, "waived")
        self.receipt_of(line).action_chase_again()
        self.assertEqual(self.receipt_of(line).state, "missing")
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "receipt_changed"), ("res_id", "=", line.id)])
        self.assertEqual(len(log), 2)

    # === WHO IS ASKED === #

    def test_cards_tell_whom_to_ask(self):
        paul = self.env["res.partner"].create({"name": "Paul Holder", "email": "paul@holder.example"})
        self.card(digits="4711")
        self.card(journal_id=self.bank.id, holder_id=paul.id)
        texts = {
            "CARD *4711 SHELL": self.clara,
            "POS XXXX-4711 SHELL": self.clara,
            "Karte 4711 Shell": self.clara,
            "SHELL 4711 LONDON": paul,  # a number that is no card's
            "CARD *47110 SHELL": paul,
        }
        for text, holder in texts.items():
            self.assertEqual(self.receipt_of(self.bought(text)).holder_id, holder, text)

    def test_more_than_four_digits_of_a_card_are_never_kept(self):
        for digits in ("47a1", "471", "\u0664\u0667\u0661\u0661"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.card(digits=digits)
        self.assertEqual(len(self.card(digits="4711223344556677").digits), 4)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.card()

    def test_a_mail_asks_for_all_receipts_of_a_holder(self):
        self.card(digits="4711")
        receipts = self.receipt_of(self.bought()) + self.receipt_of(self.bought("CARD *4711 BP", -23.0))
        receipts.action_ask()
        mail = self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.clara.ids)])
        self.assertEqual(len(mail), 1)
        self.assertEqual(set(receipts.mapped("times_asked")), {1})
        question = self.env["ai.question"].sudo().search([("res_model", "=", "ai.receipt")])
        self.assertEqual((len(question), set(question.mapped("state"))), (2, {"sent"}))
        self.assertTrue(all(question.mapped("wants_file")))

    def test_what_the_holder_uploads_settles_it(self):
        self.card(digits="4711")
        line = self.bought()
        receipt = self.receipt_of(line)
        receipt.action_ask()
        question = self.env["ai.question"].sudo().search([("res_model", "=", "ai.receipt")])
        self.env.ref("base.public_user")
        question._answer(None, None, [("shell.pdf", b"%PDF-1.4\n%%EOF")])
        self.assertEqual(receipt.state, "received")
        attachment = self.env["ir.attachment"].search([("res_model", "=", "account.move"), ("name", "=", "shell.pdf")])
        self.assertEqual(attachment.res_id, line.move_id.id)

    def test_an_answer_without_a_document_is_shown(self):
        self.card(digits="4711")
        receipt = self.receipt_of(self.bought())
        receipt.action_ask()
        question = self.env["ai.question"].sudo().search([("res_model", "=", "ai.receipt")])
        question._answer("a1", "Lost it", [])
        self.assertEqual((receipt.state, receipt.answer), ("missing", "I have none Lost it"))
        self.assertFalse(receipt._ai_is_settled())

    def test_asking_again_reminds_instead_of_asking_twice(self):
        self.card(digits="4711")
        receipt = self.receipt_of(self.bought())
        receipt.action_ask()
        receipt.action_ask()
        self.assertEqual(receipt.times_asked, 2)
        self.assertEqual(self.env["ai.question"].sudo().search_count([("res_model", "=", "ai.receipt")]), 1)

    def test_without_a_holder_it_says_what_to_do(self):
        receipt = self.receipt_of(self.bought())
        with self.assertRaisesRegex(UserError, "Choose a card holder"):
            receipt.action_ask()
        receipt.holder_id = self.clara
        receipt.action_ask()
        self.assertEqual(receipt.times_asked, 1)

    # === RIGHTS === #

    def test_nobody_writes_what_the_books_say(self):
        receipt = self.receipt_of(self.bought())
        with self.assertRaises(AccessError):
            receipt.write({"state": "received"})
        with self.assertRaises(AccessError):
            receipt.write({"vat": 0})
        with self.assertRaises(AccessError):
            receipt.with_user(self.auditor).write({"note": "x"})
        with self.assertRaises(AccessError):
            receipt.with_user(self.manager).action_waive()
        with self.assertRaises(AccessError):
            receipt.with_user(self.auditor).action_ask()

    def test_a_closed_journal_closes_its_receipts(self):
        journal = self.closed_to_reviewer()
        line = self.line("secret", -20.0, journal=journal)
        line._seek_for_lines()[1].account_id = self.expense
        self.env["ai.receipt"]._cron_refresh()
        self.assertTrue(self.receipt_of(line, self.auditor))
        self.assertFalse(self.receipt_of(line))
        hidden = self.env["ai.receipt"].with_user(self.reviewer).browse(self.receipt_of(line, self.auditor).id)
        with self.assertRaises(AccessError):
            hidden.action_waive()

    def test_another_company_keeps_its_own(self):
        line = self.bought()
        other = self.setup_other_company()["company"]
        stranger = self.make_user("stranger", "reviewer", company=other)
        self.assertFalse(self.receipt_of(line, stranger))
        self.assertFalse(self.env["ai.receipt"]._holds_close(other, "2026-12-31"))

    def test_a_manager_lists_what_is_exempt(self):
        settings = self.env["ai.settings"].with_user(self.manager).create({})
        settings.ai_receipt_exempt_account_ids = self.expense
        settings.ai_claims_without_document = False
        settings.action_save()
        self.assertEqual(self.company.ai_receipt_exempt_account_ids, self.expense)
        self.assertFalse(self.company.ai_claims_without_document)
        self.assertTrue(self.env["ai.audit.log"].sudo().search([("event", "=", "setting_changed")], limit=1))

    def test_a_deleted_line_takes_its_receipt_along(self):
        line = self.bought()
        receipt = self.receipt_of(line)
        line.move_id.button_draft()
        line.unlink()
        self.assertFalse(receipt.exists())
