"""Tax on advances through receipt, invoice, final payment, refund and undo; money on account offered to documents."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import cents
from .common import AdvanceCase


@tagged("post_install", "-at_install")
class TestAdvances(AdvanceCase):
    # === RECEIVED === #

    def test_tax_is_declared_when_the_money_comes(self):
        line, _suggestion = self.received(120.0)
        found = self.accept(self.suggested(line.move_id))
        self.assertEqual(found.case, "advance")
        self.assertEqual(str(found.move_ids.date), "2026-02-10")
        self.assertReport("100.00", "20.00")
        self.assertEqual((self.balance(self.clearing), self.balance(self.vat_account)), ("20.00", "-20.00"))
        self.assertEqual(cents(self.money(line).amount_residual), "-120.00", "stays open for the invoice")

    def test_several_on_the_desk_at_once(self):
        found = self.env["ai.suggestion"]
        for amount in (120.0, 240.0):
            line, _suggestion = self.received(amount)
            found += self.suggested(line.move_id)
        cards = found.with_user(self.reviewer).desk_cards()
        self.assertEqual([card["id"] for card in cards], found.ids)

    def test_asked_once(self):
        line, _suggestion = self.received(120.0)
        first = self.suggested(line.move_id)
        self.env["ai.proposer.advance"].sudo()._look(line.move_id)
        self.assertEqual(self.suggested(line.move_id), first)

    def test_nothing_where_it_is_not_due(self):
        self.company.ai_advance_vat = False
        line, _suggestion = self.received(120.0)
        self.assertFalse(self.suggested(line.move_id))

    def test_fiscal_position_says_otherwise(self):
        position = self.env["account.fiscal.position"].create({"name": "Export", "ai_advance_vat": "none"})
        self.northwind.property_account_position_id = position
        line, _suggestion = self.received(120.0)
        self.assertFalse(self.suggested(line.move_id))

    def test_fiscal_position_maps_the_tax(self):
        low = self.make_tax("VAT 10 %", 10)
        position = self.env["account.fiscal.position"].create({"name": "Reduced"})
        low.write({"fiscal_position_ids": position.ids, "original_tax_ids": self.vat.ids})
        self.northwind.property_account_position_id = position
        line, _suggestion = self.received(110.0)
        self.accept(self.suggested(line.move_id))
        self.assertEqual(self.report(), {"VAT 10 % base": "100.00", "VAT 10 % tax": "10.00"})

    def test_money_before_the_setting_is_left_alone(self):
        self.company.ai_advance_from = "2026-03-01"
        line, _suggestion = self.received(120.0)
        self.assertFalse(self.suggested(line.move_id))

    def test_customers_tax_before_the_companys(self):
        low = self.make_tax("VAT 10 %", 10)
        self.pay(self.document(self.northwind, 50.0, taxes=low, date="2026-01-05"), date="2026-01-06")
        line, _suggestion = self.received(110.0)
        self.accept(self.suggested(line.move_id))
        self.assertEqual(self.report(since="2026-02-01"), {"VAT 10 % base": "100.00", "VAT 10 % tax": "10.00"})

    def test_several_taxes_are_a_question(self):
        low = self.make_tax("VAT 10 %", 10)
        for tax in (low, self.vat):
            self.pay(self.document(self.northwind, 50.0, taxes=tax, date="2026-01-05"), date="2026-01-06")
        line, _suggestion = self.received(110.0)
        found = self.suggested(line.move_id)
        self.assertTrue(found.is_question)
        titles = {choice["title"]: choice["key"] for choice in found.card["alternatives"]}
        self.assertIs(found.action_choose(titles["An advance, with VAT 10 %"]), True)
        self.assertEqual(self.report(since="2026-02-01"), {"VAT 10 % base": "100.00", "VAT 10 % tax": "10.00"})

    def test_what_may_be_an_overpayment_is_a_question(self):
        self.document(self.northwind, 500.0, date="2026-01-05")
        line, _suggestion = self.received(120.0, text="Thank you")
        found = self.suggested(line.move_id)
        self.assertTrue(found.is_question)
        found.action_reject()
        self.env["ai.proposer.advance"].sudo()._look(line.move_id)
        self.assertFalse(self.suggested(line.move_id), "a no holds")
        self.assertReport("0.00", "0.00")

    def test_registered_payment_without_invoice(self):
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.northwind.id,
                "amount": 120.0,
                "payment_type": "inbound",
                "partner_type": "customer",
                "journal_id": self.bank.id,
                "date": "2026-02-10",
                "memo": "Deposit",
            }
        )
        payment.action_post()
        self.accept(self.suggested(payment.move_id))
        self.assertReport("100.00", "20.00")

    def test_cash_basis_tax_is_declared_at_once_too(self):
        self.company.tax_exigibility = True
        transition = self.make_account("VAT not yet due", "liability_current", reconcile=True)
        self.vat.write({"tax_exigibility": "on_payment", "cash_basis_transition_account_id": transition.id})
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        self.assertReport("100.00", "20.00")
        invoice = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05")
        self.accept(self.suggested(invoice))
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReport("100.00", "20.00")
        self.assertEqual(self.balance(self.clearing), "0.00")

    # === INVOICED === #

    def test_receipt_invoice_final_payment_and_back(self):
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        invoice = self.document(self.northwind, 300.0, taxes=self.vat, date="2026-03-05")
        found = self.suggested(invoice)
        self.assertEqual((found.case, found.is_question), ("advance_used", False))
        self.assertReport("400.00", "80.00")
        before = self.books()
        self.accept(found)
        self.assertOpen(invoice, 240.0, "partial")
        self.assertReport("300.00", "60.00")
        self.assertReport("100.00", "20.00", until="2026-02-28")
        self.assertEqual((self.balance(self.clearing), self.balance(self.vat_account)), ("0.00", "-60.00"))
        last = self.line(f"{invoice.name} final", 240.0, date="2026-03-20", partner_id=self.northwind.id)
        self.booked(last, "one")
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReport("300.00", "60.00")
        preview = found.undo_preview()[0]
        self.assertTrue(preview["can_undo"])
        self.assertIn(invoice.name, preview["text"])
        self.assertEqual(preview["documents"][0]["opens"], "120.00")
        found.action_undo()
        self.assertOpen(invoice, 120.0, "partial")
        self.assertReport("400.00", "80.00")
        self.assertEqual(self.balance(self.clearing), "20.00")
        self.assertEqual(before["trial balance"][self.clearing.display_name][0], "20.00")

    def test_undone_whole(self):
        before = self.books()
        line, receipt = self.received(120.0)
        tax = self.accept(self.suggested(line.move_id))
        invoice = self.document(self.northwind, 300.0, taxes=self.vat, date="2026-03-05")
        used = self.accept(self.suggested(invoice))
        used.action_undo()
        tax.action_undo()
        self.assertReport("300.00", "60.00")
        receipt.action_undo()
        self.settle()
        self.assertEqual(self.balance(self.clearing), "0.00")
        self.assertEqual(before["trial balance"].get(self.clearing.display_name), None)
        self.assertFalse(self.money(line))

    def test_receipt_undone_first_asks_to_take_the_tax_back(self):
        line, receipt = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        receipt.action_undo()
        found = self.accept(self.suggested(line.move_id))
        self.assertEqual(found.case, "advance_released")
        self.assertReport("0.00", "0.00")
        self.assertEqual(self.balance(self.clearing), "0.00")

    def test_several_advances_and_partial_use_to_the_cent(self):
        lines = [self.received(amount, date="2026-02-10")[0] for amount in (33.33, 66.67)]
        for line in lines:
            self.accept(self.suggested(line.move_id))
        first = self.document(self.northwind, 41.66, taxes=self.vat, date="2026-03-01")
        self.accept(self.suggested(first))
        self.assertOpen(first, 0.0, "paid")
        self.assertEqual(cents(sum(self.money(line).amount_residual for line in lines)), "-50.01")
        second = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-02")
        self.accept(self.suggested(second))
        self.assertOpen(second, 69.99, "partial")
        self.assertReport("141.66", "28.33")
        self.assertEqual((self.balance(self.clearing), self.balance(self.vat_account)), ("0.00", "-28.33"))

    def test_matched_in_odoo_instead(self):
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        invoice = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05")
        offer = self.suggested(invoice)
        invoice.js_assign_outstanding_line(self.money(line).id)
        self.assertOpen(invoice, 0.0, "paid")
        release = self.accept(self.suggested(line.move_id))
        self.assertEqual((release.case, str(release.move_ids[0].date)), ("advance_released", "2026-03-05"))
        self.assertReport("100.00", "20.00")
        offer.action_accept()
        self.assertEqual(offer.state, "superseded")

    def test_offer_before_the_tax_is_declared_is_made_anew(self):
        line, _suggestion = self.received(120.0)
        tax = self.suggested(line.move_id)
        invoice = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05")
        offer = self.suggested(invoice)
        self.assertFalse(offer.proposal["lines"])
        self.accept(tax)
        offer.action_accept()
        self.assertEqual(offer.state, "superseded")
        self.accept(self.suggested(invoice))
        self.assertReport("100.00", "20.00")

    def test_other_open_documents_are_a_question(self):
        line, _suggestion = self.received(120.0, text="Thank you")
        self.document(self.northwind, 500.0, date="2026-03-01")
        invoice = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05")
        self.assertTrue(self.suggested(invoice).is_question)
        named = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05", ref="Order 774411")
        self.assertTrue(self.suggested(named).is_question)
        self.received(50.0, text="Deposit order 774411", date="2026-02-11")
        later = self.document(self.northwind, 10.0, date="2026-03-06", ref="Order 774411 rest")
        found = self.suggested(later)
        self.assertFalse(found.is_question)
        self.assertEqual(cents(found.amount), "10.00")

    def test_an_offer_ends_when_the_document_is_paid_otherwise(self):
        self.company.ai_advance_vat = False
        self.received(120.0)
        invoice = self.document(self.northwind, 100.0, date="2026-03-01")
        self.env.cr.flush()
        offered = self.suggested(invoice)
        self.assertTrue(offered)
        paid = self.line(f"Paid {invoice.name}", 100.0, "2026-03-05")
        self.by_hand(paid, [(self.term_line(invoice), "100.00")], partner=self.northwind)
        self.env.cr.flush()
        self.assertEqual(offered.state, "superseded")

    def test_nothing_offered_where_switched_off(self):
        self.received(120.0)
        self.company.ai_advance_offer = False
        self.assertFalse(self.suggested(self.document(self.northwind, 100.0, date="2026-03-05")))

    def test_locked_month_of_the_receipt(self):
        self.company.sudo().tax_lock_date = "2026-02-28"
        line, _suggestion = self.received(120.0, date="2026-02-10")
        found = self.accept(self.suggested(line.move_id))
        self.assertEqual(str(found.move_ids.date), "2026-03-01")

    def test_a_lock_keeps_the_matching(self):
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        invoice = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05")
        found = self.accept(self.suggested(invoice))
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        self.assertFalse(found.undo_preview()[0]["can_undo"])
        with self.assertRaisesRegex(UserError, "locked"):
            found.action_undo()
        self.assertOpen(invoice, 0.0, "paid")

    def test_another_account_is_moved(self):
        other = self.make_account("Advances received", "asset_receivable", reconcile=True)
        line = self.line("Deposit", 120.0, date="2026-02-10", partner_id=self.northwind.id)
        row = {"account_id": other.id, "amount": "120.00", "reason": "on_account"}
        self.by_hand(line, write_off=[row], partner=self.northwind)
        self.accept(self.suggested(line.move_id))
        invoice = self.document(self.northwind, 200.0, taxes=self.vat, date="2026-03-05")
        before = self.books(exact=False)
        found = self.accept(self.suggested(invoice))
        self.assertOpen(invoice, 120.0, "partial")
        self.assertEqual((self.balance(other), self.balance(self.clearing)), ("0.00", "0.00"))
        self.assertReport("200.00", "40.00")
        found.action_undo()
        after = self.books(exact=False)
        self.assertEqual(after["trial balance"], before["trial balance"])

    # === PAID BACK === #

    def test_refund_takes_the_tax_back(self):
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        back = self.line("Refund of your deposit", -120.0, date="2026-04-02", partner_id=self.northwind.id)
        self.by_hand(back, counterparts=[(self.money(line), "-120.00")], partner=self.northwind)
        found = self.accept(self.suggested(line.move_id))
        self.assertEqual((found.case, str(found.move_ids[0].date)), ("advance_released", "2026-04-02"))
        self.assertReport("0.00", "0.00")
        self.assertReport("100.00", "20.00", until="2026-03-31")
        self.assertEqual(self.balance(self.clearing), "0.00")

    def test_partial_refund(self):
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        back = self.line("Part of your deposit", -48.0, date="2026-04-02", partner_id=self.northwind.id)
        self.by_hand(back, counterparts=[(self.money(line), "-48.00")], partner=self.northwind)
        self.accept(self.suggested(line.move_id))
        self.assertReport("60.00", "12.00")

    # === VENDORS === #

    def test_vendor_advance_pays_the_bill_and_claims_no_tax(self):
        line, _suggestion = self.received(-120.0, text="Prepayment", partner=self.yonder)
        self.assertFalse(self.suggested(line.move_id), "input tax only with a document")
        bill = self.bill(self.yonder, 200.0, date="2026-03-05", ref="B1")
        found = self.accept(self.suggested(bill))
        self.assertOpen(bill, 80.0, "partial")
        self.assertReport("0.00", "0.00")
        found.action_undo()
        self.assertOpen(bill, 200.0, "not_paid")

    # === CURRENCIES === #

    def test_advance_in_another_currency_than_the_invoice(self):
        usd = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-01", 2.5)])
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        self.assertReport("100.00", "20.00")
        invoice = self.document(self.northwind, 500.0, taxes=self.vat, date="2026-03-05", currency_id=usd.id)
        found = self.accept(self.suggested(invoice))
        self.assertEqual(found.case, "advance_used")
        self.assertEqual(cents(self.money(line).amount_residual), "0.00")
        self.assertReport("200.00", "40.00")
        self.assertEqual(self.balance(self.clearing), "0.00")
        found.action_undo()
        self.assertOpen(invoice, 600.0, "not_paid")
        self.assertEqual(self.balance(self.clearing), "20.00")

    # === PEOPLE === #

    def test_card_shows_the_money_and_the_entry(self):
        line, _suggestion = self.received(120.0)
        self.accept(self.suggested(line.move_id))
        invoice = self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05")
        entry = self.suggested(invoice).card["entry"]
        self.assertEqual([(row["amount"], row["left"]) for row in entry["pairs"]], [(120.0, 0.0)])
        self.assertEqual(len(entry["rows"]), 3)
        effects = self.suggested(invoice).accept_preview()[0]["effects"]
        self.assertEqual({row["amount"] for row in effects["tags"]}, {"100.00", "20.00"})

    def test_nightly_run_finds_what_hooks_did_not(self):
        line, _suggestion = self.received(120.0)
        self.suggested(line.move_id).sudo()._supersede()
        self.assertEqual(self.env["ai.proposer.advance"].sudo()._astray(self.company), line.move_id)
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_advances").method_direct_trigger()
        tax = self.accept(self.suggested(line.move_id))
        self.assertFalse(self.env["ai.proposer.advance"].sudo()._astray(self.company))
        tax.sudo().move_ids._reverse_moves(cancel=True)
        self.assertEqual(self.env["ai.proposer.advance"].sudo()._astray(self.company), line.move_id)

    def test_the_list_shows_what_is_on_account(self):
        line, _suggestion = self.received(120.0)
        self.received(-50.0, text="Prepayment", partner=self.yonder)
        self.accept(self.suggested(line.move_id))
        self.document(self.northwind, 100.0, taxes=self.vat, date="2026-03-05")
        self.settle()
        rows = self.env["ai.advance"].with_user(self.reviewer).search([("company_id", "=", self.company.id)])
        self.assertEqual(
            {
                (row.side, row.partner_id, cents(row.residual), cents(row.declared), row.suggestion_state)
                for row in rows
            },
            {
                ("customer", self.northwind, "120.00", "20.00", "proposed"),
                ("vendor", self.yonder, "50.00", "0.00", "none"),
            },
        )
        self.assertTrue(rows.action_open_suggestions()["domain"])
        self.assertEqual(rows[0].action_open_entry()["res_id"], rows[0].move_id.id)
        action = rows.action_look()
        self.assertEqual(len(action["domain"][0][2]), 1)
        with self.assertRaises(AccessError):
            rows.with_user(self.make_user("advance_auditor", "auditor")).action_look()

    def test_many_documents_cost_no_more_queries(self):
        self.received(1000.0)
        proposer = self.env["ai.proposer.advance"].sudo()
        moves = self.env["account.move"].union(*(self.document(self.yonder, 10.0 + n) for n in range(8)))
        self.settle()
        counts = []
        for some in (moves[:2], moves):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            proposer._look(some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, "documents of partners without money on account")

    def test_another_company_is_left_alone(self):
        other = self.setup_other_company()["company"]
        self.received(120.0)
        self.assertFalse(
            self.env["ai.suggestion"].sudo().search([("kind", "=", "advance"), ("company_id", "=", other.id)])
        )
