"""From a correction to a rule: what is offered, what it would have coded, what it does to what waits."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import LINE
from .common import LearningCase


@tagged("post_install", "-at_install")
class TestRuleOffers(LearningCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.env["account.reconcile.model"].search([]).active = False
        cls.today = fields.Date.today()

    def past(self, text, account, count=1, amount=-50.0, **values):
        """Lines coded in Odoo over the last months; the newest is the last."""
        return [
            self.coded(text, amount, account, date=self.today - timedelta(days=20 + day), **values)
            for day in reversed(range(count))
        ]

    def wrong(self, text="CARD SHELL 4711 GENT", amount=-61.2, account=None):
        """A pending coding that says the wrong account."""
        line = self.line(text, amount, date=self.today)
        rows = [{"account_id": (account or self.rent).id, "amount": f"{amount:.2f}"}]
        return self.submitted(line, {"lines": rows, "remainder": "0"}, "bank_coding")

    def corrected(self, suggestion, account=None, taxes=None):
        row = {"account_id": (account or self.fuel).id, "amount": f"{suggestion.amount:.2f}"}
        row["tax_ids"] = taxes.ids if taxes else []
        suggestion.action_edit({"lines": [row], "remainder": "0"})
        return suggestion

    @property
    def rules(self):
        return self.env["ai.rule"].with_user(self.reviewer)

    def dialog(self, suggestion):
        offers = self.env["ai.rule.offer"].with_user(self.reviewer)
        return Form(offers.with_context(active_model="ai.suggestion", active_id=suggestion.id))

    # === OFFERING === #

    def test_an_edited_coding_asks_whether_it_is_always_so(self):
        suggestion = self.corrected(self.wrong(), taxes=self.tax)
        offer = suggestion.rule_offer()
        self.assertEqual(offer["suggestion_id"], suggestion.id)
        self.assertIn("Always code “SHELL GENT” as", offer["text"])
        self.assertIn("Fuel", offer["text"])
        self.assertIn(self.tax.name, offer["text"])

    def test_the_words_are_those_that_tell_the_payee(self):
        self.past("CARD SHELL 12 BRUGGE", self.fuel, 3)
        self.past("CARD COLRUYT GENT", self.rent, 3)
        values = self.rules.offer(self.corrected(self.wrong()).id)
        self.assertEqual((values["tokens"], values["sign"]), ("SHELL", "out"))
        self.assertFalse(values["partner_id"])

    def test_a_rejection_offers_a_rule_without_an_account(self):
        suggestion = self.wrong()
        suggestion.action_reject("wrong_account")
        self.assertIn("the same way", suggestion.rule_offer()["text"])
        self.assertEqual(self.rules.offer(suggestion.id)["line_ids"], [])
        self.past("CARD SHELL 12 GENT", self.fuel, 2, taxes=self.tax)
        self.past("CARD SHELL 13 GENT", self.rent, 3)
        [[_command, _id, row]] = self.rules.offer(suggestion.id)["line_ids"]
        self.assertEqual((row["account_id"], row["share"]), (self.fuel.id, 100.0), "what people did most, but this")
        self.assertEqual(row["tax_ids"], [Command.set(self.tax.ids)])
        later = self.wrong()
        later.action_reject("later")
        self.assertFalse(later.rule_offer())

    def test_what_was_coded_by_hand_offers_a_rule(self):
        line = self.line("CARD SHELL GENT", -20.0, date=self.today)
        booked = self.by_hand(line, write_off=[{"account_id": self.fuel.id, "amount": "-20.00"}])
        self.assertIn("SHELL", booked.rule_offer()["text"])

    def test_what_was_right_or_settles_documents_offers_nothing(self):
        pending = self.wrong()
        self.assertFalse(pending.rule_offer())
        pending.sudo().origin = "engine"
        pending.action_accept()
        self.assertFalse(pending.rule_offer())
        invoice = self.document(self.northwind, 100)
        line = self.line("NORTHWIND", 100.0, date=self.today)
        matched = self.by_hand(line, [(self.term_line(invoice), "100.00")])
        self.assertFalse(matched.rule_offer())

    def test_a_rule_that_says_so_already_is_not_offered_again(self):
        suggestion = self.corrected(self.wrong())
        self.rules.make(self.rules.offer(suggestion.id))
        self.assertFalse(suggestion.rule_offer())

    def test_who_makes_no_rules_is_offered_none(self):
        suggestion = self.corrected(self.wrong())
        auditor = self.make_user("auditor", "auditor")
        self.assertFalse(suggestion.with_user(auditor).rule_offer())
        with self.assertRaises(AccessError):
            self.env["ai.rule"].with_user(auditor).offer(suggestion.id)
        with self.assertRaises(AccessError):
            self.env["ai.rule"].with_user(auditor).make({})

    def test_a_payee_that_nothing_tells_is_said(self):
        suggestion = self.corrected(self.wrong("123 456"))
        self.assertFalse(suggestion.rule_offer())
        with self.assertRaisesRegex(UserError, "set the partner"):
            self.rules.offer(suggestion.id)

    def test_parts_become_percentages(self):
        line = self.line("LOAN 7 KREDITBANK", -900.0, date=self.today)
        rows = [
            {"account_id": self.loan.id, "amount": "-600.00"},
            {"account_id": self.rent.id, "amount": "-300.00", "tax_ids": self.tax.ids},
        ]
        booked = self.by_hand(line, write_off=rows)
        values = self.rules.offer(booked.id)
        self.assertEqual([row[2]["share"] for row in values["line_ids"]], [66.6667, 33.3333])
        rule = self.rules.create(values)
        self.assertEqual(rule.line_ids.tax_ids, self.tax)

    # === PREVIEW === #

    def test_the_preview_says_what_people_did(self):
        self.past("CARD SHELL 12 GENT", self.fuel, 3)
        [other] = self.past("CARD SHELL 9 GENT", self.rent)
        self.past("CARD COLRUYT", self.rent, 2)
        self.coded("CARD SHELL OLD", -9.0, self.rent, date=self.today - timedelta(days=400))
        waits = self.line("SHELL TODAY", -5.0, date=self.today)
        rule = self.rules.create(self.rules.offer(self.corrected(self.wrong()).id))
        found = rule.preview()
        self.assertEqual([found[name] for name in ("total", "count", "same", "differs")], [6, 4, 3, 1])
        self.assertEqual(found["breadth"], "")
        first = found["rows"][0]
        self.assertEqual((first["line_id"], first["outcome"]), (other.id, "differs"))
        self.assertIn("Rent", first["did"])
        outcomes = {row["line_id"]: row["outcome"] for row in found["rows"]}
        self.assertEqual(outcomes[waits.id], "waiting")

    def test_lines_that_one_may_not_read_are_not_shown(self):
        self.past("SHELL SECRET", self.fuel, 2)
        rule = self.rules.create(self.rules.offer(self.corrected(self.wrong("SHELL"))["id"]))
        hidden = self.env.ref("account.model_account_bank_statement_line")
        self.env["ir.rule"].sudo().create(
            {"name": "Hidden", "model_id": hidden.id, "domain_force": "[('payment_ref', 'not ilike', 'secret')]"}
        )
        self.assertNotIn("SHELL SECRET", [row["text"] for row in rule.preview()["rows"]])

    def test_nobody_looks_into_another_company(self):
        other = self.setup_other_company(name="Other")["company"]
        values = {"name": "x", "tokens": "shell", "company_id": other.id}
        with self.assertRaises(AccessError):
            self.rules.preview_of(values)

    # === BREADTH === #

    def test_a_rule_that_takes_other_payees_is_not_made_unasked(self):
        for name in ("Aldi", "Bpost", "Colruyt", "Delhaize"):
            self.past(f"CARD {name} GENT", self.rent, partner_name=name)
        values = {**self.rules.offer(self.corrected(self.wrong()).id), "tokens": "gent"}
        with self.assertRaisesRegex(UserError, "4 of the 4"):
            self.rules.make(values)
        self.assertTrue(self.rules.make(values, anyway=True)["rule_id"])

    def test_a_habit_of_one_payee_may_change(self):
        self.past("CARD SHELL 12 GENT", self.rent, 9)
        values = self.rules.offer(self.corrected(self.wrong()).id)
        self.assertTrue(self.rules.make(values)["rule_id"])

    def test_a_rule_about_everybody_is_not_made_unasked(self):
        for number in range(12):
            self.past("ZAHLER", self.fuel, partner_name=f"Haus {chr(65 + number) * 3}")
        values = {
            "name": "All",
            "tokens": "zahler",
            "company_id": self.company.id,
            "line_ids": [Command.create({"account_id": self.fuel.id})],
        }
        with self.assertRaisesRegex(UserError, "12 payees"):
            self.rules.make(values)

    # === THE DIALOG === #

    def test_the_dialog_makes_the_rule_that_it_shows(self):
        self.past("CARD SHELL 12 GENT", self.fuel, 3)
        suggestion = self.corrected(self.wrong())
        with self.dialog(suggestion) as form:
            self.assertIn("Always code", form.sentence)
            self.assertIn("<b>3</b> as people did", form.preview_html)
            form.tokens = "shell gent nobody"
            self.assertIn("No line that people coded", form.preview_html)
            form.tokens = ""
            self.assertIn("Give it words", form.preview_html)
            form.tokens = "shell"
            form.least = 10
        notice = form.record.action_make()
        self.assertEqual(notice["params"]["next"]["type"], "ir.actions.act_window_close")
        rule = self.rules.search([])
        self.assertEqual((rule.tokens, rule.least, rule.suggestion_id), ("shell", 10, suggestion))
        self.assertEqual(rule.line_ids.account_id, self.fuel)
        self.assertEqual(rule.create_uid, self.reviewer)
        self.assertFalse(rule.is_released)

    def test_bank_text_is_no_html(self):
        self.past("SHELL <img src=x onerror=alert(1)>", self.fuel, 1)
        form = self.dialog(self.corrected(self.wrong()))
        self.assertIn("&lt;img", form.preview_html)
        self.assertNotIn("<img", form.preview_html)

    def test_a_rule_is_tried_and_changed_in_the_dialog(self):
        rule = self.rules.create(self.rules.offer(self.corrected(self.wrong()).id))
        action = rule.action_try()
        offers = self.env[action["res_model"]].with_user(self.reviewer).with_context(**action["context"])
        with Form(offers) as form:
            self.assertEqual(form.tokens, rule.tokens)
            with form.line_ids.edit(0) as line:
                line.account_id = self.rent
            form.most = 70
        form.record.action_save()
        self.assertEqual((rule.most, rule.line_ids.account_id), (70, self.rent))

    # === HITS === #

    def test_hits_count_what_people_decided(self):
        rule = self.rules.create(self.rules.offer(self.corrected(self.wrong()).id))
        made = [self.wrong(account=self.fuel) for _number in range(4)]
        suggestions = self.env["ai.suggestion"].union(*made)
        suggestions.sudo().write({"rule_id": rule.id, "tier": "rule"})
        made[0].action_accept()
        made[1].action_reject("wrong_account")
        self.corrected(made[2], self.rent).action_accept()
        self.env.invalidate_all()
        self.assertEqual((rule.hit_count, rule.decided_count, rule.right_count), (4, 3, 1))
        self.assertEqual((rule.last_hit, rule.hit_text), (self.today, "1 of 3 accepted"))
        [spoken] = self.env["ai.rule"]._for_company(self.company)
        self.assertEqual(spoken.support, (3, 1))
        made[0].action_undo()
        self.env.invalidate_all()
        self.assertEqual((rule.decided_count, rule.right_count), (3, 0))
        self.assertEqual(rule.action_open_hits()["domain"], [("rule_id", "=", rule.id)])

    def test_the_release_of_a_rule_reaches_the_policies(self):
        rule = self.rules.create(self.rules.offer(self.corrected(self.wrong()).id))
        suggestion = self.wrong(account=self.fuel).sudo()
        self.assertIsNone(suggestion._rule_released())
        suggestion.write({"rule_id": rule.id, "tier": "rule"})
        self.assertIs(suggestion._rule_released(), False)
        rule.with_user(self.manager).is_released = True
        self.assertIs(suggestion._rule_released(), True)

    def test_what_waits_follows_the_rule(self):
        line = self.line("CARD SHELL 99 GENT", -12.0, date=self.today).with_user(self.reviewer)
        values = self.rules.offer(self.corrected(self.wrong()).id)
        made = self.rules.make(values)
        rule = self.rules.browse(made["rule_id"])
        suggestion = line.ai_suggestion_id
        self.assertEqual((suggestion.rule_id, suggestion.tier), (rule, "rule"))
        self.assertEqual(suggestion.proposal["lines"][0]["account_id"], self.fuel.id)
        rule.line_ids = [Command.update(rule.line_ids.id, {"account_id": self.rent.id})]
        self.env.invalidate_all()
        self.assertEqual(line.ai_suggestion_id.proposal["lines"][0]["account_id"], self.rent.id)
        rule.active = False
        self.env.invalidate_all()
        self.assertFalse(line.ai_suggestion_id.state == "pending" and line.ai_suggestion_id.rule_id)

    # === CHECKING === #

    def test_rules_that_conflict_or_never_speak_are_pointed_out(self):
        self.past("CARD SHELL 12 GENT", self.fuel, 3)
        for name in ("Aldi", "Bpost", "Colruyt", "Delhaize"):
            self.past(f"CARD {name} CITY", self.rent, partner_name=name)

        def rule(name, tokens, account, sequence):
            lines = [Command.create({"account_id": account.id})]
            values = {"name": name, "tokens": tokens, "line_ids": lines, "sequence": sequence}
            return self.rules.create({**values, "company_id": self.company.id})

        good = rule("Fuel", "shell", self.fuel, 1)
        hidden = rule("Hidden", "shell gent", self.rent, 2)
        conflict = rule("Conflict", "gent", self.rent, 3)
        wrong = rule("Wrong", "city", self.fuel, 4)
        dead = rule("Dead", "nobody", self.fuel, 5)
        self.rules.action_check()
        found = {each: each.finding for each in (good, hidden, conflict, wrong, dead)}
        self.assertEqual(
            found, {good: False, hidden: "hidden", conflict: "conflict", wrong: "contradicted", dead: "dead"}
        )
        self.assertEqual((good.past_count, good.past_same), (3, 3))
        self.assertIn("Fuel", hidden.finding_text)
        self.assertEqual(hidden.finding_rule_id, good)
        self.fuel.sudo().active = False
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_rules").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(good.finding, "account")
        logged = (
            self.env["ai.audit.log"].sudo().search_count([("event", "=", "rule_changed"), ("res_id", "=", good.id)])
        )
        self.assertEqual(logged, 1, "the check is no change of anybody's")
        with self.assertRaises(AccessError):
            good.finding = False

    def test_a_rule_whose_proposals_people_change_is_pointed_out(self):
        rule = self.rules.create(self.rules.offer(self.corrected(self.wrong()).id))
        for _number in range(3):
            suggestion = self.wrong(account=self.fuel)
            suggestion.sudo().write({"rule_id": rule.id, "tier": "rule"})
            suggestion.action_reject("wrong_account")
        self.rules.action_check()
        self.assertEqual(rule.finding, "disagreed")
        self.assertIn("3 of its proposals", rule.finding_text)

    def test_a_model_of_odoo_is_copied_to_a_rule(self):
        model = self.env["account.reconcile.model"].create(
            {
                "name": "Bank fees",
                "match_label": "contains",
                "match_label_param": "Monthly fee",
                "line_ids": [Command.create({"account_id": self.fuel.id, "tax_ids": [Command.set(self.tax.ids)]})],
            }
        )
        self.assertIn("proposes", model.with_user(self.reviewer).ai_read_text)
        action = model.with_user(self.reviewer).ai_copy_to_rule()
        offers = self.env[action["res_model"]].with_user(self.reviewer).with_context(**action["context"])
        with Form(offers) as form:
            self.assertEqual(form.tokens, "MONTHLY FEE")
        form.record.action_make()
        rule = self.rules.search([("name", "=", "Bank fees")])
        self.assertEqual((rule.line_ids.account_id, rule.line_ids.tax_ids), (self.fuel, self.tax))
        model.match_label = "match_regex"
        with self.assertRaisesRegex(UserError, "cannot be copied"):
            model.with_user(self.reviewer).ai_copy_to_rule()

    # === COST === #

    def test_an_offer_and_a_preview_cost_the_same_however_long_the_past(self):
        suggestion = self.corrected(self.wrong())
        self.past("CARD SHELL 12 GENT", self.fuel, 2)
        rule = self.rules.create(self.rules.offer(suggestion.id))
        rule.preview()

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rule.preview()
            return self.env.cr.sql_log_count - before

        few = queries()
        self.past("CARD SHELL 12 GENT", self.fuel, 20)
        self.assertLessEqual(queries(), few)
        self.assertTrue(self.env[LINE].search_count([]) > 20)
