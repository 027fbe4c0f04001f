"""Rules as people keep them, and as the engine reads them; Odoo's own reconciliation models beside them."""

from datetime import date
from decimal import Decimal

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ...engine.coding import CodingLine
from ...engine.coding.rules import amounts, first
from ...engine.learning import Case
from ..common import BankCase


class RuleCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.env["account.reconcile.model"].search([]).active = False
        cls.fuel = cls.make_account("Fuel", "expense")
        cls.rent = cls.make_account("Rent", "expense")
        cls.tax = cls.company_data["default_tax_purchase"]

    @classmethod
    def rule(cls, tokens="shell", account=None, user=None, **values):
        values = {
            "name": tokens or "Rule",
            "tokens": tokens,
            "line_ids": [Command.create({"account_id": (account or cls.fuel).id})],
            **values,
        }
        return cls.env["ai.rule"].with_user(user or cls.manager).create(values)

    @classmethod
    def model(cls, name, lines=None, **values):
        lines = lines or [{"account_id": cls.fuel.id}]
        return cls.env["account.reconcile.model"].create(
            {"name": name, "line_ids": [Command.create(line) for line in lines], **values}
        )

    def rules(self, company=None):
        return self.env["ai.rule"]._for_company(company or self.company)

    def spoken(self, text="SHELL STATION GENT", amount="-61.20", partner=None, journal=None, name=""):
        case = Case(1, date(2026, 3, 1), "", text, Decimal(amount), "USD", name=name)
        return first(self.rules(), CodingLine(case, self.company.id, (journal or self.bank).id, partner))


@tagged("post_install", "-at_install")
class TestRules(RuleCase):
    def test_a_rule_reaches_the_engine_with_all_it_says(self):
        rule = self.rule(
            "Shell, GENT",
            user=self.reviewer,
            sign="out",
            least=10,
            most=99.5,
            journal_ids=[Command.set(self.bank.ids)],
            set_partner_id=self.yonder.id,
            line_ids=[
                Command.create({"account_id": self.rent.id, "fixed": 5, "label": "Shop"}),
                Command.create({"account_id": self.fuel.id, "share": 100, "tax_ids": [Command.set(self.tax.ids)]}),
            ],
        )
        [found] = self.rules()
        self.assertEqual((found.key, found.tokens, found.sign), (rule.id, ("SHELL", "GENT"), -1))
        self.assertEqual((found.least, found.most, found.currency), (Decimal("10.00"), Decimal("99.50"), "USD"))
        self.assertEqual(found.set_partner, self.yonder.id)
        self.assertEqual([part.account for part in found.template.parts], [self.fuel.id, self.rent.id])
        self.assertEqual(found.template.parts[0].taxes, tuple(self.tax.ids))
        self.assertEqual(amounts(found, Decimal("-61.20")), (Decimal("-56.20"), Decimal("-5.00")))
        self.assertFalse(found.is_released)
        self.assertEqual(self.spoken(), found)
        self.assertIsNone(self.spoken(amount="61.20"))
        self.assertIsNone(self.spoken(journal=self.make_journal("OTH")))

    def test_the_order_decides_and_a_rule_switched_off_says_nothing(self):
        wide = self.rule("shell", sequence=5)
        narrow = self.rule("shell gent", self.rent, sequence=1)
        self.assertEqual(self.spoken().key, narrow.id)
        narrow.with_user(self.reviewer).active = False
        self.assertEqual(self.spoken().key, wide.id)
        wide.active = False
        self.assertIsNone(self.spoken())

    def test_a_rule_that_would_code_everything_is_refused(self):
        for values in ({"tokens": " , "}, {"tokens": False, "sign": "out", "most": 10}):
            with self.assertRaisesRegex(ValidationError, "would code everything"):
                self.rule(**values)

    def test_a_rule_books_something_and_no_more_than_there_is(self):
        with self.assertRaisesRegex(ValidationError, "no account"):
            self.rule(line_ids=[])
        halves = [{"account_id": self.fuel.id, "share": 60}, {"account_id": self.rent.id, "share": 50}]
        with self.assertRaisesRegex(ValidationError, "100 at most"):
            self.rule(line_ids=[Command.create(line) for line in halves])
        rule = self.rule()
        with self.assertRaisesRegex(ValidationError, "above 0"):
            rule.line_ids = [Command.update(rule.line_ids.id, {"share": 0})]
        with self.assertRaisesRegex(ValidationError, "larger than To"):
            rule.write({"least": 9, "most": 8})

    def test_another_companys_rules_stay_there(self):
        self.rule()
        other = self.setup_other_company(name="Other")["company"]
        self.assertFalse([rule for rule in self.rules(other) if rule.key > 0])

    # === RELEASE === #

    def test_only_a_manager_lets_policies_accept_and_a_change_takes_it_back(self):
        rule = self.rule(user=self.reviewer)
        with self.assertRaises(AccessError):
            rule.with_user(self.reviewer).is_released = True
        with self.assertRaises(AccessError):
            self.rule("total", user=self.reviewer, is_released=True)
        rule.with_user(self.manager).is_released = True
        self.assertTrue(self.rules()[0].is_released)
        rule.with_user(self.reviewer).write({"sequence": 3, "name": "Fuel"})
        self.assertTrue(rule.is_released)
        rule.with_user(self.manager).tokens = "shell gent"
        self.assertTrue(rule.is_released)
        rule.with_user(self.reviewer).tokens = "shell"
        self.assertFalse(rule.is_released)

    def test_a_line_changed_behind_the_rule_takes_the_release_back_too(self):
        rule = self.rule()
        for change in (
            lambda line: line.write({"account_id": self.rent.id}),
            lambda line: line.copy({"rule_id": line.rule_id.id, "share": 1}),
            lambda line: line.unlink(),
        ):
            rule.with_user(self.manager).is_released = True
            change(rule.line_ids[:1].with_user(self.reviewer))
            self.assertFalse(rule.is_released)

    def test_a_rule_that_lost_its_lines_or_got_too_many_books_nothing(self):
        rule = self.rule()
        rule.line_ids.copy({"rule_id": rule.id, "share": 1})
        self.assertIsNone(amounts(self.rules()[0], Decimal(-10)))
        rule.line_ids.unlink()
        self.assertEqual(self.rules(), ())

    def test_changes_are_logged_with_who_made_them(self):
        rule = self.rule(user=self.reviewer)
        rule.with_user(self.reviewer).active = False
        entries = self.env["ai.audit.log"].sudo().search([("event", "=", "rule_changed"), ("res_id", "=", rule.id)])
        self.assertEqual({entry.user_id for entry in entries}, {self.reviewer.id})
        self.assertEqual(len(entries), 2)

    # === ODOO'S OWN MODELS === #

    def test_reconciliation_models_are_read_after_the_rules(self):
        model = self.model("Fuel", match_label="contains", match_label_param="shell  station")
        found = self.spoken()
        self.assertEqual((found.key, found.name, found.is_released), (-model.id, "Fuel", False))
        rule = self.rule("shell", self.rent)
        self.assertEqual(self.spoken().key, rule.id)

    def test_conditions_of_reconciliation_models(self):
        model = self.model(
            "Small",
            match_label="match_regex",
            match_label_param=r"station \w+$",
            match_amount="between",
            match_amount_min=10,
            match_amount_max=70,
            match_journal_ids=[Command.set(self.bank.ids)],
            trigger="auto_reconcile",
        )
        self.assertEqual(self.spoken().key, -model.id)
        self.assertFalse(self.spoken().is_released)
        for values in ({"text": "STATION"}, {"amount": "-9.99"}, {"amount": "70.01"}):
            self.assertIsNone(self.spoken(**values))
        model.write(
            {"match_label": False, "match_amount": "lower", "match_partner_ids": [Command.set(self.yonder.ids)]}
        )
        self.assertEqual(self.spoken(amount="3", partner=self.yonder.id).key, -model.id)
        self.assertIsNone(self.spoken(amount="3", partner=self.adatum.id))
        model.write({"match_label": "not_contains", "match_label_param": "gent"})
        self.assertIsNone(self.spoken(amount="3", partner=self.yonder.id))

    def test_amounts_of_reconciliation_models(self):
        half = {"account_id": self.fuel.id, "amount_string": "50"}
        self.model(
            "Halves", [half, {**half, "account_id": self.rent.id}], match_label="contains", match_label_param="A1"
        )
        of_line = {"amount_type": "percentage_st_line", "amount_string": "30", "account_id": self.rent.id}
        self.model("Line", [of_line, half], match_label="contains", match_label_param="A2")
        fixed = {"amount_type": "fixed", "amount_string": "-2.50", "account_id": self.rent.id}
        rest = {"account_id": self.fuel.id}
        self.model("Fee", [fixed, rest], match_label="contains", match_label_param="A3")
        cases = {
            ("A1", "-100"): ["-50.00", "-25.00"],
            ("A2", "-100"): ["-35.00", "-30.00"],
            ("A3", "97.50"): ["100.00", "-2.50"],
            ("A3", "-97.50"): ["-95.00", "-2.50"],
        }
        for (text, amount), expected in cases.items():
            parts = amounts(self.spoken(text, amount), Decimal(amount))
            self.assertEqual([str(part) for part in parts], expected, (text, amount))

    def test_models_that_cannot_be_read_say_why(self):
        label = {"match_label": "contains", "match_label_param": "x"}
        fixed = {"amount_type": "fixed", "amount_string": "5", "account_id": self.fuel.id}
        partner_only = [{"partner_id": self.yonder.id, "account_id": False}]
        models = {
            "broad": self.model("Button"),
            "no_account": self.model("Mapping", partner_only, **label),
            "pattern": self.model("Slow", match_label="match_regex", match_label_param="(a+)+b"),
            "amounts": self.model("Late", [{"account_id": self.rent.id, "amount_string": "50"}, fixed], **label),
        }
        read = [{"amount_type": "regex", "amount_string": r"BRT: ([\d,]+)", "account_id": self.fuel.id}]
        self.assertEqual(self.model("Read", read, **label)._ai_unread(), "amounts")
        self.assertEqual({model._ai_unread() for model in models.values()}, set(models))
        self.assertEqual(self.rules(), ())
