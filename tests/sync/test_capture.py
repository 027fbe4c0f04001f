"""Every change that other systems wait for is one event, in its transaction, whoever causes it."""

from odoo.tests import tagged

from ..common import LINE, BankCase


class EventCase(BankCase):
    def setUp(self):
        super().setUp()
        self.start = self.last()

    @property
    def root(self):
        """What belongs to the system is read as the system."""
        return self.env(su=True)

    def last(self):
        return self.env["sync.event"].sudo().search([], order="id desc", limit=1).id or 0

    def since(self, record=None, prefix=""):
        """Events since the last call, oldest first."""
        events = self.env["sync.event"].sudo().search([("id", ">", self.start)], order="id")
        self.start = max([self.start, *events.ids])
        if record is not None:
            events = events.filtered(lambda e: e.res_model == record._name and e.res_id in record.ids)
        return events.filtered(lambda event: event.name.startswith(prefix))

    def assertEvents(self, record, *names):
        events = self.since(record)
        self.assertEqual(events.mapped("name"), list(names))
        return events


@tagged("post_install", "-at_install")
class TestCapture(EventCase):
    # === DOCUMENTS === #

    def test_an_invoice_is_created_and_posted(self):
        move = self.document(self.northwind, 100.0)
        events = self.assertEvents(move, "move.created", "move.posted")
        self.assertEqual(events.company_id, self.company)
        self.assertEqual(
            events[1].payload,
            {"v": 1, "move_type": "out_invoice", "journal_id": move.journal_id.id, "state": "posted", "was": "draft"},
        )
        self.assertEqual(len(set(events.mapped("event_uuid"))), 2)
        self.assertEqual(events.mapped("correlation_id"), events.mapped("event_uuid"))

    def test_nothing_of_entries_that_are_no_documents(self):
        entry = self.env["account.move"].create({"move_type": "entry", "line_ids": []})
        line = self.line("Fee", -3.0)
        self.assertFalse(self.since(entry + line.move_id))

    def test_a_draft_is_edited_without_an_event(self):
        move = self.document(self.northwind, 100.0)
        move.button_draft()
        self.since()
        move.invoice_line_ids.price_unit = 250.0
        move.ref = "changed"
        self.assertEvents(move)

    def test_a_bill_is_paid_in_part_then_fully_and_back(self):
        bill = self.bill(self.yonder, 100.0)
        self.since()
        part = self.pay(bill, amount=40.0)
        events = self.assertEvents(bill, "move.paid")
        self.assertEqual((events.payload["was"], events.payload["payment_state"]), ("not_paid", "partial"))
        rest = self.pay(bill)
        events = self.assertEvents(bill, "move.paid")
        self.assertEqual((events.payload["was"], events.payload["payment_state"]), ("partial", "paid"))
        rest.move_id.line_ids.remove_move_reconcile()
        events = self.assertEvents(bill, "move.unpaid")
        self.assertEqual((events.payload["was"], events.payload["payment_state"]), ("paid", "partial"))
        part.action_cancel()
        self.assertEqual(bill.payment_state, "not_paid")
        self.assertEvents(bill, "move.unpaid")

    def test_paying_by_the_bank_line_of_a_suggestion(self):
        invoice = self.document(self.northwind, 640.0)
        line = self.line(f"NORTHWIND TRADERS {invoice.name}", 640.0)
        self.since()
        suggestion = self.booked(line, "one")
        events = self.since()
        self.assertEqual(events.filtered(lambda e: e.res_model == "account.move").mapped("name"), ["move.paid"])
        self.assertEqual(events.filtered(lambda e: e.res_model == LINE).mapped("name"), ["bank_line.reconciled"])
        names = events.filtered(lambda e: e.res_model == "ai.suggestion").mapped("name")
        self.assertEqual(names, ["suggestion.proposed", "suggestion.accepted", "suggestion.applied"])
        suggestion.action_undo()
        events = self.since()
        self.assertEqual(events.filtered(lambda e: e.res_model == "account.move").mapped("name"), ["move.unpaid"])
        self.assertEqual(events.filtered(lambda e: e.res_model == LINE).mapped("name"), ["bank_line.unreconciled"])
        self.assertIn("suggestion.undone", events.mapped("name"))

    def test_reset_cancelled_and_posted_again(self):
        move = self.document(self.northwind, 100.0)
        self.since()
        move.button_draft()
        self.assertEvents(move, "move.reset")
        move.button_cancel()
        self.assertEvents(move, "move.cancelled")
        move.button_draft()
        move.action_post()
        self.assertEvents(move, "move.reset", "move.posted")

    def test_reversed_by_a_credit_note_once_it_is_posted(self):
        move = self.document(self.northwind, 100.0)
        self.since()
        draft = move._reverse_moves()
        self.assertFalse(self.since(move))
        draft.unlink()
        self.since()
        note = move._reverse_moves(cancel=True)
        events = self.since()
        mine = events.filtered(lambda e: e.res_model == "account.move" and e.res_id == move.id)
        self.assertEqual(sorted(mine.mapped("name")), ["move.paid", "move.reversed"])
        self.assertEqual(mine.filtered(lambda e: e.name == "move.reversed").payload["reversal_id"], note.id)
        self.assertEqual(mine.filtered(lambda e: e.name == "move.paid").payload["payment_state"], "reversed")
        theirs = events.filtered(lambda e: e.res_model == "account.move" and e.res_id == note.id)
        self.assertEqual(theirs.mapped("name")[:2], ["move.created", "move.posted"])

    def test_a_payment_block(self):
        bill = self.bill(self.yonder, 100.0)
        self.since()
        bill.action_toggle_block_payment()
        self.assertEvents(bill, "move.payment_blocked")
        bill.action_toggle_block_payment()
        self.assertEvents(bill, "move.payment_released")

    def test_posted_by_a_plain_write_or_plain_sql(self):
        move = self.document(self.northwind, 100.0)
        move.button_draft()
        self.since()
        move.write({"state": "posted"})
        self.assertEvents(move, "move.posted")
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move SET payment_state = 'paid' WHERE id = %s", (move.id,))
        self.assertEvents(move, "move.paid")

    def test_what_a_savepoint_takes_back_never_was(self):
        move = self.document(self.northwind, 100.0)
        self.since()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            move.button_draft()
            self.env.flush_all()
            raise ZeroDivisionError
        self.assertFalse(self.since())

    def test_reset_changed_and_posted_without_a_look_between(self):
        move = self.document(self.northwind, 100.0)
        self.since()
        move.write({"state": "draft"})
        move.write({"state": "posted"})
        self.assertEvents(move, "move.reset", "move.posted")

    def test_many_at_once_cost_no_query(self):
        partner = self.northwind
        moves = self.env["account.move"]
        for _turn in range(20):
            moves += self.document(partner, 10.0)
        moves.button_draft()
        self.env.flush_all()
        self.since()
        moves.action_post()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.env["sync.event"]._settle()
        self.assertEqual(self.env.cr.sql_log_count, before)
        events = self.since(moves)
        self.assertEqual(events.mapped("name"), ["move.posted"] * 20)

    # === PAYMENTS === #

    def test_a_payment_is_registered_reconciled_and_matched(self):
        invoice = self.document(self.northwind, 100.0)
        self.since()
        payment = self.pay(invoice)
        events = self.assertEvents(payment, "payment.registered", "payment.reconciled")
        self.assertEqual(events[1].payload["is_reconciled"], True)
        self.assertEqual(events[1].payload["is_matched"], False)
        line = self.line("paid", 100.0)
        self.by_hand(line, [(self.outstanding(payment), "100.00")])
        events = self.assertEvents(payment, "payment.reconciled")
        self.assertEqual(events.payload["is_matched"], True)
        line.action_undo_reconciliation()
        self.assertEvents(payment, "payment.unreconciled")
        payment.action_draft()
        self.assertIn("payment.reset", self.since(payment).mapped("name"))
        payment.action_cancel()
        self.assertFalse(self.since(payment), "a draft that is cancelled was told as reset already")

    def test_a_draft_payment_is_no_event(self):
        payment = self.env["account.payment"].create(
            {"partner_id": self.northwind.id, "amount": 5.0, "journal_id": self.bank.id}
        )
        self.assertFalse(self.since(payment))
        payment.action_post()
        self.assertEvents(payment, "payment.registered")

    # === BANK LINES === #

    def test_a_bank_line_is_added_once(self):
        line = self.line("From somebody", 25.0)
        events = self.assertEvents(line, "bank_line.added")
        self.assertEqual(events.payload, {"v": 1, "journal_id": self.bank.id})
        self.assertEqual(events.company_id, self.company)

    # === PARTNERS === #

    def test_a_partner_is_created_and_changed_in_what_matters(self):
        partner = self.make_partner("Fabrikam")
        self.assertEqual(self.since(partner).mapped("name")[0], "partner.created")
        partner.write({"email": "a@example.com", "city": "Bern"})
        events = self.assertEvents(partner, "partner.changed")
        self.assertEqual(events.payload["fields"], ["city", "email"])
        partner.write({"email": "a@example.com", "comment": "<p>nice</p>", "color": 3})
        self.assertEvents(partner)
        partner.write({"customer_rank": 7})
        self.assertEvents(partner)
        bank = self.env["res.partner.bank"].create({"partner_id": partner.id, "acc_number": "BE71 0961 2345 6769"})
        events = self.assertEvents(partner, "partner.changed")
        self.assertEqual(events.payload["fields"], ["bank_ids"])
        bank.write({"sequence": 3})
        self.assertEvents(partner)
        partner.property_payment_term_id = self.pay_terms_b
        events = self.assertEvents(partner, "partner.changed")
        self.assertEqual(events.payload["fields"], ["property_payment_term_id"])

    def test_posting_does_not_change_a_partner(self):
        self.document(self.northwind, 100.0)
        self.assertFalse(self.since(self.northwind))

    def test_merged_partners(self):
        first, second = self.make_partner("Fabrikam"), self.make_partner("Fabrikam Inc")
        gone = second.id
        self.since()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard.sudo()._merge((first + second).ids, first)
        merged = self.since(first).filtered(lambda event: event.name == "partner.merged")
        self.assertEqual(len(merged), 1)
        self.assertEqual(merged.payload["merged"], [gone])

    # === COMPANIES, PEOPLE === #

    def test_events_belong_to_the_company_of_their_record(self):
        other = self.setup_other_company()
        move = self.init_invoice(
            "out_invoice", partner=self.partner_a, amounts=[10.0], company=other["company"], post=True
        )
        events = self.since(move)
        self.assertEqual(events.mapped("name"), ["move.created", "move.posted"])
        self.assertEqual(events.company_id, other["company"])
        reader = self.make_user("events", "auditor")
        seen = self.env["sync.event"].with_user(reader).search([("id", "in", events.ids)])
        self.assertFalse(seen)

    def test_an_unprivileged_person_causes_events_too(self):
        clerk = self.make_user("clerk", groups="base.group_user,account.group_account_invoice")
        move = self.document(self.northwind, 100.0)
        move.button_draft()
        self.since()
        move.with_user(clerk).action_post()
        self.assertEvents(move, "move.posted")
