from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import EXPECTED, ExpectingCase


@tagged("post_install", "-at_install")
class TestExpectedPayments(ExpectingCase):
    """What recurs is learned from booked lines; people change it; what did not come is found."""

    def known_until_now(self):
        """Something on the bank today, so that what is missing is known to be missing."""
        self.line("CARD 4711", -3.5, date=fields.Date.today())

    def rent(self, **values):
        self.monthly(-1200.0, **values)
        expected = self.refreshed()
        self.assertEqual(len(expected), 1)
        return expected

    # === LEARNING === #

    def test_rent_is_learned_from_booked_lines(self):
        rent = self.rent()
        self.assertEqual((rent.name, rent.partner_id, rent.origin), (self.landlord.name, self.landlord, "learned"))
        self.assertEqual((rent.period, rent.day, rent.pattern, rent.state), ("month", 1, "fixed", "watched"))
        self.assertEqual((rent.amount, rent.direction, rent.balance), (1200.0, "out", -1200.0))
        self.assertEqual((rent.hits, rent.trials, rent.record_text), (9, 9, "9 of 9"))
        self.assertEqual(rent.next_date, self.back(0))
        self.assertEqual(rent.company_id, self.company)

    def test_learning_again_changes_nothing(self):
        rent = self.rent()
        before = rent.read()
        self.assertEqual(self.refreshed().read(), before)

    def test_unbooked_lines_teach_nothing_but_count_as_come(self):
        self.monthly(-1200.0, months=range(13, 2, -1))
        for number in (2, 1):
            self.line("RENT", -1200.0, date=self.back(number), partner_id=self.landlord.id)
        self.known_until_now()
        rent = self.refreshed()
        self.assertEqual(rent.seen, 11)
        self.assertEqual(rent.last_date, self.back(1))
        self.assertNotIn(self.back(1).isoformat(), self.findings(rent).mapped("key"))
        self.assertEqual(self.env["account.bank.statement.line"].search_count([("payment_ref", "=", "RENT")]), 2)

    def test_books_are_never_touched(self):
        self.monthly(-1200.0)
        before = self.books()
        self.refreshed()
        self.assertBooks(before)

    def test_a_transfer_between_own_accounts_is_nobodys_payment(self):
        self.monthly(-500.0, account=self.company.transfer_account_id, text="SAVINGS")
        self.assertFalse(self.refreshed())

    # === FINDINGS === #

    def test_eleven_of_twelve(self):
        rent = self.rent(months=[number for number in range(13, 0, -1) if number != 4])
        self.known_until_now()
        self.refreshed()
        missing = self.findings(rent).filtered(lambda finding: self.back(4).isoformat() in finding.key)
        self.assertEqual(missing.code, "expected_missing")
        self.assertIn("of 12 came", missing.text)
        self.assertIn("1,200.00", missing.text)
        self.assertEqual(missing.target_name, self.landlord.name)
        self.assertFalse(missing.actions, "it went on since: nothing ended")

    def test_what_comes_late_is_missing_no_longer(self):
        rent = self.rent(months=range(13, 1, -1))
        self.line("CARD 4711", -3.5, date=self.back(1, 20))
        self.refreshed()
        [missing] = self.findings(rent)
        self.assertEqual((missing.code, missing.values["date"]), ("expected_not_come", self.back(1).isoformat()))
        methods = [action["method"] for action in missing.actions]
        self.assertEqual(methods, ["action_expected_pause", "action_expected_end"])
        self.line("RENT AT LAST", -1200.0, date=self.back(1, 14), partner_id=self.landlord.id)
        self.refreshed()
        self.assertEqual(missing.state, "gone")
        [late] = self.findings(rent)
        self.assertEqual((late.code, late.values["count"]), ("expected_late", 13))

    def test_dismissed_stays_dismissed(self):
        rent = self.rent(months=range(13, 1, -1))
        self.line("CARD 4711", -3.5, date=self.back(1, 20))
        self.refreshed()
        missing = self.findings(rent)
        missing.action_dismiss("The landlord gave us a month.")
        self.refreshed()
        self.assertEqual(missing.state, "dismissed")
        self.assertFalse(self.findings(rent))

    def test_paid_twice_and_another_amount_point_to_their_lines(self):
        self.monthly(lambda number: -1200.0 if number > 1 else -1450.0)
        twice = self.line("RENT AGAIN", -1200.0, date=self.back(2, 3), partner_id=self.landlord.id)
        self.line("CARD 4711", -3.5, date=self.back(1, 20))
        rent = self.refreshed()
        found = {finding.code: finding for finding in self.findings(rent)}
        self.assertEqual(set(found), {"expected_twice", "expected_amount"})
        self.assertEqual(found["expected_twice"].twin_id, twice.id)
        self.assertEqual(found["expected_amount"].values["amount"], "1450.0")
        found["expected_amount"].action_expected_take()
        self.assertEqual((rent.amount, rent.amount_set, rent.set_by_id), (1450.0, True, self.reviewer))
        self.assertEqual(found["expected_amount"].state, "gone")

    def test_a_missing_wage_run(self):
        wages = self.make_account("Net wages", "liability_current")
        people = [self.make_partner(f"Employee {number}", is_company=False) for number in range(3)]
        for person in people:
            self.monthly(-2000.0, months=range(9, 1, -1), day=25, partner=person, text="SALARY", account=wages)
        self.line("CARD 4711", -3.5, date=self.back(0, 5))
        run = self.refreshed()
        self.assertEqual((run.name, run.amount, run.key), ("Net wages", 6000.0, f"settles:{wages.id}"))
        [missing] = self.findings(run)
        self.assertEqual(missing.code, "expected_wages_missing")
        self.assertNotIn("Employee", missing.text)

    def test_what_ended_is_asked_no_more_and_told_when_it_comes_again(self):
        rent = self.rent(months=range(13, 1, -1))
        self.line("CARD 4711", -3.5, date=self.back(1, 20))
        self.refreshed()
        missing = self.findings(rent)
        missing.action_expected_end()
        self.assertEqual((rent.state, rent.end_date, rent.next_date), ("ended", self.back(2), False))
        self.assertEqual(missing.state, "gone")
        self.line("RENT", -1200.0, date=self.back(0), partner_id=self.landlord.id)
        self.refreshed()
        [again] = self.findings(rent)
        self.assertEqual(again.code, "expected_again")
        again.action_expected_resume()
        self.assertEqual(rent.state, "watched")
        self.assertEqual(again.state, "gone")

    def test_a_pause_asks_nothing_and_what_it_covered_is_never_missing(self):
        rent = self.rent(months=range(13, 0, -1))
        rent.action_pause()
        self.assertEqual((rent.state, rent.paused_from), ("paused", fields.Date.today()))
        rent.paused_until = fields.Date.today() + relativedelta(days=40)
        rent.action_resume()
        self.assertEqual(rent.state, "watched")

    # === WHAT PEOPLE SET === #

    def test_what_a_person_set_stays_and_the_difference_is_shown(self):
        rent = self.rent(months=range(13, 4, -1))
        rent.amount = 1250.0
        self.assertEqual((rent.amount_set, rent.rhythm_set, rent.amount_low), (True, False, 1250.0))
        self.monthly(-1300.0, months=range(4, 0, -1))
        self.refreshed()
        self.assertEqual(rent.amount, 1250.0, "nothing that is learned changes what a person set")
        self.assertTrue(rent.differs)
        self.assertIn("1,300.00", rent.learned_text)
        rent.action_take_learned()
        self.assertEqual((rent.amount, rent.amount_set, rent.differs), (1300.0, False, False))

    def test_a_person_enters_what_will_come(self):
        insurance = self.make_partner("Insurance AG")
        entered = (
            self.env[EXPECTED]
            .with_user(self.manager)
            .create(
                {
                    "name": "Insurance",
                    "partner_id": insurance.id,
                    "journal_id": self.bank.id,
                    "period": "year",
                    "first_date": self.back(1),
                    "amount": 900.0,
                }
            )
        )
        self.assertEqual((entered.origin, entered.state, entered.key), ("person", "watched", f"partner:{insurance.id}"))
        self.assertEqual((entered.amount_low, entered.amount_high, entered.next_date), (900.0, 900.0, self.back(1)))
        self.monthly(-900.0, months=[1], day=3, partner=insurance)
        self.refreshed()
        self.assertEqual(entered.last_date, self.back(1, 3))
        self.assertEqual(entered.next_date, self.back(1) + relativedelta(years=1))
        entered.unlink()
        self.assertFalse(entered.exists())

    def test_every_change_is_in_the_log(self):
        rent = self.rent()
        rent.amount = 1250.0
        rent.action_pause()
        domain = [("res_model", "=", EXPECTED), ("res_id", "=", rent.id)]
        logs = self.env["ai.audit.log"].with_user(self.auditor).search(domain, order="id")
        self.assertEqual(logs.mapped("event"), ["expected_changed"] * 2)
        before, after = logs[0].payload["before"], logs[0].payload["after"]
        self.assertEqual([float(told["amount"]) for told in (before, after)], [1200.0, 1250.0])
        self.assertEqual(logs[0].user_id, self.reviewer.id)

    # === RIGHTS, HOSTILE VALUES === #

    def test_auditors_read_and_write_nothing(self):
        rent = self.rent().with_user(self.auditor)
        self.assertTrue(rent.name and rent.came_text)
        for attempt in (
            rent.action_end,
            rent.action_pause,
            rent.action_take_learned,
            rent.action_look_again,
            lambda: rent.write({"amount": 1.0}),
            rent.unlink,
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_nobody_writes_the_record(self):
        rent = self.rent()
        for name, value in (("hits", 99), ("learned", {}), ("key", "partner:1"), ("state", "ended"), ("times", [])):
            with self.assertRaises(AccessError):
                rent.write({name: value})
        with self.assertRaises(AccessError):
            rent.create({"name": "X", "partner_id": self.landlord.id, "hits": 9})
        with self.assertRaises(UserError):
            rent.unlink()

    def test_values_that_cannot_be(self):
        rent = self.rent()
        for values in ({"amount": -5.0}, {"day": 32}, {"amount_low": 5000.0}, {"first_date": "1200-01-01"}):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                rent.write(values)

    def test_another_company_sees_nothing(self):
        rent = self.rent()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("stranger", "reviewer", company=other)
        self.assertFalse(self.env[EXPECTED].with_user(stranger).search([("id", "=", rent.id)]))
        with self.assertRaises(AccessError):
            rent.with_user(stranger).name  # noqa: B018
        with self.assertRaises(AccessError):
            rent.with_user(stranger).action_end()
