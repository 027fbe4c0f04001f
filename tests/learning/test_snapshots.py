"""Snapshots are immutable data; what is newer is laid over them, also what commits late."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.learning import lessons
from .common import LearningCase


@tagged("post_install", "-at_install")
class TestSnapshots(LearningCase):
    def build(self):
        self.env.flush_all()
        return self.env["ai.learning.model"].sudo()._build(self.company)

    def test_a_snapshot_and_what_is_newer(self):
        self.hand_coded("ACME RENT 1", -500.0, self.rent)
        snapshot = self.build()
        self.assertEqual((snapshot.version, snapshot.lesson_count), (1, 1))
        learner, version = self.learner()
        self.assertTrue(version.endswith("/1+0"), version)
        self.assertEqual(self.guess("ACME RENT 2").label, self.label(self.rent))
        self.hand_coded("SHELL 4711", -50.0, self.fuel, self.tax)
        learner, version = self.learner()
        self.assertTrue(version.endswith("/1+1"), version)
        self.assertEqual(self.guess("SHELL 4712", amount="-50.00").label, self.label(self.fuel, self.tax.ids))
        self.assertEqual(self.build().version, 2)
        self.assertTrue(self.learner()[1].endswith("/2+0"))

    def test_an_undo_reaches_below_the_snapshot(self):
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        self.build()
        suggestion.action_undo()
        self.assertUnknown("ACME RENT 2")
        self.assertEqual(self.build().lesson_count, 0)

    def test_the_same_knowledge_is_kept_and_never_taught(self):
        self.hand_coded("ACME RENT 1", -500.0, self.rent)
        first, _version = self.learner()
        before = first.to_json()
        self.assertIs(self.learner()[0], first)
        self.hand_coded("ACME RENT 2", -500.0, self.fuel)
        self.assertIsNot(self.learner()[0], first)
        self.assertEqual(first.to_json(), before)

    def test_what_commits_late_is_not_lost(self):
        """A number below the newest that was no row when the snapshot was built is laid over it once it is there."""
        late = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        lesson = self.lessons(late.statement_line_id)
        self.hand_coded("SHELL 4711", -50.0, self.fuel)
        self.env.flush_all()
        self.env.cr.execute("CREATE TEMP TABLE kept AS SELECT * FROM ai_learning_event WHERE id = %s", [lesson.id])
        self.env.cr.execute("DELETE FROM ai_learning_event WHERE id = %s", [lesson.id])
        self.env.invalidate_all()
        self.assertEqual(self.build().lesson_count, 1)
        self.assertUnknown("ACME RENT 2")
        self.env.cr.execute("INSERT INTO ai_learning_event SELECT * FROM kept")
        self.assertEqual(self.guess("ACME RENT 2").label, self.label(self.rent))

    def test_excluded_accounts_are_not_learned(self):
        self.hand_coded("ACME RENT 1", -500.0, self.rent)
        self.build()
        note = self.env["ai.account.note"].sudo().create({"account_id": self.rent.id, "is_excluded": True})
        self.assertIn(self.rent.id, self.company._ai_forbidden_accounts())
        self.assertNotIn(self.label(self.rent), self.company._ai_account_names())
        self.build()
        self.assertUnknown("ACME RENT 2")
        note.is_excluded = False
        self.build()
        self.assertEqual(self.guess("ACME RENT 2").label, self.label(self.rent))

    def test_archived_accounts_are_not_proposed(self):
        self.rent.active = False
        self.assertIn(self.rent.id, self.company._ai_forbidden_accounts())

    def test_names_of_accounts(self):
        self.env["ai.account.note"].sudo().create({"account_id": self.fuel.id, "description": "petrol station"})
        names = self.company._ai_account_names()
        self.assertEqual(names[self.label(self.fuel)], "Fuel petrol station")
        for account in (self.suspense, self.receivable, self.bank.default_account_id):
            self.assertNotIn(self.label(account), names)

    def test_many_newer_ones_ask_for_a_snapshot(self):
        self.hand_coded("ACME RENT 1", -500.0, self.rent)
        self.build()
        event = self.env["ai.learning.event"].sudo().search([], limit=1)
        row = {name: event[name] for name in ("scope", "res_model", "weight", "date", "amount", "label", "source")}
        row.update(company_id=self.company.id, currency_id=self.company.currency_id.id, payee="name:X", lines=[])
        lines = [self.line("X", -1.0).id for _number in range(3)]
        self.patch(self.env.registry["ai.learning.model"], "_overlay_limit", lambda _self, _snapshot: 2)
        event._insert([{**row, "res_id": line_id} for line_id in lines])
        self.learner()
        jobs = self.env["sync.job"].sudo().search([("kind", "=", "learn"), ("res_id", "=", self.company.id)])
        self.assertEqual(len(jobs), 1)
        job = jobs[0]
        self.assertTrue(self.work(job))
        self.assertTrue(self.learner()[1].endswith("+0"))

    def test_snapshots_are_never_changed_and_their_data_is_read_by_nobody(self):
        self.hand_coded("ACME RENT 1", -500.0, self.rent)
        snapshot = self.build()
        with self.assertRaises(UserError):
            snapshot.write({"lesson_count": 7})
        manager = self.make_user("manager", "manager")
        mine = snapshot.with_user(manager)
        self.assertEqual(mine.read(["version"])[0]["version"], 1)
        with self.assertRaises(AccessError):
            mine.read(["data"])
        with self.assertRaises(AccessError):
            mine.unlink()

    def test_a_coding_that_is_no_template_is_left_out(self):
        self.assertTrue(lessons.uses("no json", frozenset()))
        self.assertTrue(lessons.uses(self.label(self.rent), frozenset([self.rent.id])))
        self.assertFalse(lessons.uses(self.label(self.rent), frozenset([self.fuel.id])))
