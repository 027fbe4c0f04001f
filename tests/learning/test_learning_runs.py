"""Learning from history: chosen, in slices, stopped, forgotten again; and who may do it."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import LearningCase


@tagged("post_install", "-at_install")
class TestLearningRuns(LearningCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")

    def make(self, **values):
        return self.env["ai.learning.history"].with_user(self.manager).create(values)

    def test_it_reads_what_was_chosen(self):
        lines = [self.coded(f"ACME RENT {day}", -500.0, self.rent, date=f"2026-03-{day:02}") for day in range(1, 6)]
        history = self.make(date_from="2026-03-02", date_to="2026-03-04", is_automatic=True)
        self.assertEqual(history.found_count, 3)
        history.action_start()
        self.assertEqual((history.state, history.total), ("running", 3))
        job = self.env["sync.job"].sudo().browse(history.job_id)
        self.assertEqual((job.kind, job.lane), ("learn", "work"))
        self.assertTrue(self.work(job))
        self.assertEqual((history.state, history.done, history.lesson_count), ("done", 3, 3))
        self.assertEqual(history.progress, 100.0)
        self.assertEqual([bool(self.live(line)) for line in lines], [False, True, True, True, False])
        self.assertEqual(set(self.live(lines[1]).mapped("source")), {"history"})
        snapshot_job = self.env["sync.job"].sudo().search([("kind", "=", "learn"), ("id", ">", job.id)])
        self.assertTrue(self.work(snapshot_job))
        self.assertEqual(self.guess("ACME RENT 9").label, self.label(self.rent))

    def test_twice_teaches_once(self):
        self.coded("ACME RENT 1", -500.0, self.rent)
        self.assertEqual(self.read_history().lesson_count, 1)
        self.assertEqual(self.read_history().lesson_count, 0)

    def test_what_people_decided_with_the_addon_stays_as_it_was(self):
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        self.assertEqual(self.read_history().lesson_count, 0)
        self.assertEqual(self.live(suggestion.statement_line_id).source, "person")

    def test_slices_go_on_where_they_were(self):
        for day in range(1, 6):
            self.coded(f"ACME RENT {day}", -500.0, self.rent, date=f"2026-03-{day:02}")
        self.patch(self.env.registry["ai.learning.history"], "_slice", 2)
        history = self.make(is_automatic=True)
        history.action_start()
        mine = history.sudo()
        self.assertFalse(mine._carry_on(lambda: False))
        self.assertEqual((mine.done, mine.lesson_count), (2, 2))
        self.assertFalse(mine._carry_on(lambda: False))
        self.assertTrue(mine._carry_on(lambda: False))
        self.assertEqual((mine.state, mine.done, mine.lesson_count), ("done", 5, 5))

    def test_stopping_keeps_what_was_learned_and_can_go_on(self):
        for day in range(1, 6):
            self.coded(f"ACME RENT {day}", -500.0, self.rent, date=f"2026-03-{day:02}")
        self.patch(self.env.registry["ai.learning.history"], "_slice", 2)
        history = self.make(is_automatic=True)
        history.action_start()
        history.sudo()._carry_on(lambda: False)
        history.action_stop()
        self.assertEqual(history.state, "stopped")
        self.assertEqual(self.env["sync.job"].sudo().browse(history.job_id).state, "cancelled")
        self.assertTrue(history.sudo()._carry_on(lambda: True), "a slice that comes late reads nothing")
        self.assertEqual(history.lesson_count, 2)
        history.action_start()
        history.sudo()._carry_on(lambda: True)
        self.assertEqual((history.state, history.done, history.lesson_count), ("done", 5, 5))

    def test_forgetting_a_run(self):
        line = self.coded("ACME RENT 1", -500.0, self.rent)
        suggestion = self.hand_coded("SHELL", -50.0, self.fuel)
        history = self.read_history()
        history.with_user(self.manager).action_forget()
        self.assertEqual(history.state, "forgotten")
        self.assertFalse(self.live(line))
        self.assertTrue(self.live(suggestion.statement_line_id))
        self.assertFalse(self.lessons(line).filtered("is_error"), "what people booked is no error of the machine")
        history.with_user(self.manager).unlink()

    def test_robots_do_not_teach(self):
        line = self.coded("ACME RENT 1", -500.0, self.rent)
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move_line SET write_uid = 1 WHERE move_id = %s", [line.move_id.id])
        self.assertEqual(self.read_history(is_automatic=False).lesson_count, 0)
        self.assertEqual(self.read_history().lesson_count, 1)

    def test_corrections_at_the_end_of_a_month_teach_what_they_say(self):
        line = self.coded("ACME RENT 1", -500.0, self.fuel)
        self.correct(line, self.fuel, self.rent, 500.0)
        self.read_history()
        self.assertEqual(self.live(line).label, self.label(self.rent))

    def test_who_may(self):
        history = self.make()
        for role in ("reviewer", "auditor"):
            user = self.make_user(f"other_{role}", role)
            with self.assertRaises(AccessError):
                history.with_user(user).action_start()
            with self.assertRaises(AccessError):
                history.with_user(user).action_stop()
            with self.assertRaises(AccessError):
                history.with_user(user).action_forget()
        with self.assertRaises(AccessError):
            history.write({"lesson_count": 5})
        with self.assertRaises(AccessError):
            self.make(state="done")
        with self.assertRaises(ValidationError):
            self.make(date_from="2026-02-01", date_to="2026-01-01")
        history.action_start()
        with self.assertRaises(UserError):
            history.date_from = "2026-01-01"
        with self.assertRaises(UserError):
            history.unlink()
        with self.assertRaises(UserError):
            history.action_start()

    def test_closed_journals_are_not_read_for_who_may_not_see_them(self):
        secret = self.make_journal("SECR")
        self.coded("SALARY", -500.0, self.rent, journal=secret)
        group = self.env["res.groups"].create({"name": "May see it"})
        self.env["ir.rule"].create(
            {
                "name": "Closed journal",
                "model_id": self.env["ir.model"]._get_id("account.journal"),
                "domain_force": f"[('id', '!=', {secret.id})]",
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        self.assertTrue(group)
        history = self.make(is_automatic=True)
        history.action_start()
        self.assertNotIn(secret, history.sudo().journal_ids)
        history.sudo()._carry_on(lambda: True)
        self.assertEqual(history.lesson_count, 0)

    def test_large_history_in_constant_queries(self):
        for day in range(1, 21):
            self.coded(f"ACME RENT {day}", -500.0, self.rent, date=f"2026-03-{day:02}")
        history = self.make(is_automatic=True)
        history.action_start()
        self.env.flush_all()
        with self.assertQueryCount(22):
            history.sudo()._carry_on(lambda: True)
