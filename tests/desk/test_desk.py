"""What the desk reads: queue, counts, cards and effects, as people with one role see them."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import LINE, BankCase, cents
from ..ui.many import add_copies


@tagged("post_install", "-at_install")
class TestDesk(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = [cls.document(cls.northwind, amount) for amount in (100.0, 1200.0)]
        cls.twins = [cls.document(cls.yonder, 640.0), cls.document(cls.yonder, 640.0, date="2026-03-02")]
        cls.paid = cls.line(f"Northwind {cls.invoices[0].name}", 100.0)
        cls.large = cls.line(f"Northwind {cls.invoices[1].name}", 1200.0, date="2026-03-11")
        cls.asked = cls.line("Blue Yonder GmbH March", 640.0, date="2026-03-12")

    def setUp(self):
        super().setUp()
        self.found = self.propose(self.paid + self.large + self.asked)
        self.by_line = {suggestion.res_id: suggestion for suggestion in self.found}

    def queue(self, **kwargs):
        found = self.suggestions.desk_queue(domain=[("id", "in", self.found.ids)], **kwargs)
        return {group["label"]: group["ids"] for group in found["groups"]}

    def counts(self, user):
        sections = self.env["ai.suggestion"].with_user(user).desk_counts([("id", "in", self.found.ids)])
        return {section["name"]: section["count"] for section in sections if section["count"]}

    def test_sections_and_counts(self):
        self.assertEqual(self.counts(self.reviewer), {"pending": 3, "questions": 1})
        self.assertEqual(self.queue(section="questions"), {"": [self.by_line[self.asked.id].id]})
        self.by_line[self.paid.id].action_accept()
        self.assertEqual(self.counts(self.reviewer), {"pending": 2, "questions": 1})

    def test_groups(self):
        one, two, three = (self.by_line[line.id].id for line in (self.paid, self.large, self.asked))
        self.assertEqual(self.queue(order="date"), {"": [one, two, three]})
        self.assertEqual(self.queue(order="newest"), {"": [three, two, one]})
        self.assertEqual(
            self.queue(group_by="partner_id"), {"Northwind Traders Ltd": [one, two], "No partner": [three]}
        )
        self.assertEqual(list(self.queue(group_by="amount_band")), ["1,000 to 10,000", "100 to 1,000"])
        self.assertEqual(self.queue(group_by="confidence_band")["Questions"], [three])
        self.assertEqual(list(self.queue(group_by="journal_id")), [self.bank.display_name])
        for group_by in ("kind", "company_id"):
            self.assertEqual(list(self.queue(group_by=group_by).values()), [[one, two, three]])

    def test_search(self):
        def found(text):
            return self.suggestions.search([("id", "in", self.found.ids), ("desk_text", "ilike", text)]).mapped(
                "res_id"
            )

        self.assertEqual(found("yonder gmbh march"), [self.asked.id])
        self.assertEqual(found(self.invoices[0].name), [self.paid.id], "a document that it would settle")
        self.assertEqual(set(found("Northwind Tra")), {self.paid.id, self.large.id}, "the partner")
        self.paid.ref = "SEPA-77"
        self.assertEqual(found("sepa-77"), [self.paid.id])
        self.assertFalse(found("nothing like this"))

    def test_no_other_queues(self):
        with self.assertRaises(ValueError):
            self.suggestions.desk_queue(group_by="create_uid")
        with self.assertRaises(ValueError):
            self.suggestions.desk_queue(order="id; drop table res_users")

    def test_rights(self):
        agent = self.make_user("agent", "agent", groups="")
        stranger = new_test_user(self.env, "aib_stranger", groups="base.group_user")
        for user in (agent, stranger):
            suggestions = self.found.with_user(user)
            for method in ("desk_open", "desk_counts", "desk_queue"):
                with self.assertRaises(AccessError, msg=method):
                    getattr(suggestions.browse(), method)()
            self.assertEqual(suggestions.desk_waiting_count(), 0)
            for method in ("desk_rows", "desk_cards", "desk_successors", "batch_preview"):
                with self.assertRaises(AccessError, msg=method):
                    getattr(suggestions, method)()
            with self.assertRaises(AccessError):
                suggestions[0].desk_effect()
        auditor = self.make_user("auditor", "auditor")
        self.assertEqual(self.counts(auditor), {"pending": 3, "questions": 1})
        self.assertFalse(self.found.with_user(auditor).desk_open()["can_decide"])

    def test_other_companies_stay_out(self):
        other = self.setup_other_company()["company"]
        foreigner = self.make_user("foreigner", "reviewer", company=other)
        self.assertEqual(self.counts(foreigner), {})
        self.assertFalse(self.found.with_user(foreigner).desk_rows())

    def test_cards(self):
        pdf = self.env["ir.attachment"].create(
            {
                "name": "invoice.pdf",
                "raw": b"%PDF-1.4",
                "mimetype": "application/pdf",
                "res_model": "account.move",
                "res_id": self.invoices[0].id,
            }
        )
        cards = {card["id"]: card for card in self.found.desk_cards()}
        card = cards[self.by_line[self.paid.id].id]
        [document] = card["documents"]
        self.assertEqual(document["name"], self.invoices[0].name)
        self.assertEqual([file["id"] for file in document["files"]], [pdf.id])
        self.assertEqual([row["total"] for row in document["rows"]], [100.0])
        self.assertEqual(card["line"]["id"], self.paid.id)
        self.assertEqual(card["row"]["company"], self.company.name)
        question = cards[self.by_line[self.asked.id].id]
        self.assertEqual({d["id"] for d in question["documents"]}, {move.id for move in self.twins})

    def test_effect(self):
        suggestion = self.by_line[self.paid.id]

        def rows():
            found = suggestion.desk_effect()["rows"]
            return {row["account"]: (row["before"], row["change"], row["after"]) for row in found}

        before = rows()
        receivable = self.receivable.display_name
        self.assertEqual(before[receivable], (1300.0, -100.0, 1200.0))
        self.assertEqual(before[self.suspense.display_name][1], 100.0)
        self.assertEqual(before[self.bank.default_account_id.display_name][1], 0.0)
        suggestion.action_accept()
        self.assertEqual(rows(), before, "as they were and are")
        self.assertEqual(self.by_line[self.asked.id].desk_effect()["rows"][1:], [], "a question moves nothing yet")

    def test_successors(self):
        suggestion = self.by_line[self.paid.id]
        suggestion.action_accept()
        suggestion.action_undo()
        new_id = suggestion.desk_successors()[str(suggestion.id)]
        self.assertTrue(new_id and new_id != suggestion.id)
        self.assertEqual(self.suggestions.browse(new_id).res_id, self.paid.id)

    def test_ten_thousand_cost_no_query_more(self):
        def queries():
            found = {}
            for name in ("desk_queue", "desk_counts", "desk_waiting_count"):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.cr.sql_log_count
                getattr(self.suggestions, name)()
                found[name] = self.cr.sql_log_count - start
            return found

        add_copies(self.env, self.by_line[self.paid.id], 100)
        queries()
        few = queries()
        add_copies(self.env, self.by_line[self.large.id], 10_000)
        many = queries()
        self.assertGreaterEqual(self.suggestions.desk_queue()["count"], 10_103)
        self.assertEqual(many, few)
        self.assertLess(sum(many.values()), 60)

    def test_query_counts(self):
        lines = self.env[LINE].create(
            [
                {
                    "journal_id": self.bank.id,
                    "payment_ref": f"Northwind part {n}",
                    "amount": n + 1.5,
                    "date": "2026-03-10",
                }
                for n in range(30)
            ]
        )
        proposal = {"lines": [{"account_id": self.income.id, "amount": "1.50", "tax_ids": self.tax_sale_a.ids}]}
        for line in lines:
            proposal["lines"][0]["amount"] = cents(line.amount)
            self.submitted(line, proposal, kind="bank_coding")
        ids = self.suggestions.search([("res_id", "in", lines.ids)]).ids

        def queries(method, count):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            getattr(self.suggestions.browse(ids[:count]), method)()
            return self.cr.sql_log_count - start

        for method in ("desk_rows", "desk_cards", "batch_preview", "desk_successors"):
            queries(method, 2)
            few, many = queries(method, 3), queries(method, 30)
            self.assertLessEqual(many - few, 2, (method, few, many))
            self.assertLessEqual(few, 75, method)
