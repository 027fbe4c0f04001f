import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.mail.tests.common import MailCase

ROLE = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestWatchdog(MailCase):
    """Managers hear of a trouble once, and once more when it is over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "watch_manager", groups=f"base.group_user,{ROLE}manager", email="manager@watch.example"
        )
        cls.reviewer = new_test_user(cls.env, "watch_reviewer", groups=f"base.group_user,{ROLE}reviewer")
        cls.watchdog = cls.env["sync.watchdog"]
        cls.troubles = cls.env["sync.trouble"]
        cls.company = cls.env.company
        cls.env.cr.execute("DELETE FROM sync_job; DELETE FROM sync_trouble; DELETE FROM sync_tick")

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(type(self.env["sync.tick"]), "_beat", self.beat_here))
        self.tick()

    def beat_here(self, name):
        self.tick(name)

    def tick(self, *names, minutes=0):
        for name in names or ("sequencer", "runner", "watchdog"):
            self.env.cr.execute(
                """INSERT INTO sync_tick (name, at)
                   VALUES (%s, clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 min')
                   ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at""",
                (name, minutes),
            )

    def job(self, minutes=0, **values):
        values = {"kind": "deliver", "state": "pending", "company_id": self.company.id, **values}
        self.env.cr.execute(
            f"""INSERT INTO sync_job ({", ".join(values)}, created_at, finished_at)
                SELECT {", ".join(["%s"] * len(values))}, at, at FROM
                (SELECT clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 minute' AS at) now RETURNING id""",
            [*values.values(), minutes],
        )
        return self.env.cr.fetchone()[0]

    def look(self):
        with self.enter_registry_test_mode():
            self.watchdog._look()
        self.env.invalidate_all()
        return self.open()

    def open(self):
        return self.troubles.search([("ended_at", "=", False)])

    def mails_to(self, user):
        return [mail for mail in self._mails if user.email in str(mail["email_to"])]

    def test_nothing_is_wrong(self):
        self.assertFalse(self.look())

    def test_told_once_and_once_when_over(self):
        self.tick("runner", minutes=11)
        with self.mock_mail_gateway():
            trouble = self.look()
            self.assertEqual((trouble.kind, trouble.subject), ("still", "runner"))
            self.assertIn("11 minutes", trouble.text)
            for _number in range(3):
                self.assertEqual(self.look(), trouble)
            self.assertEqual(trouble.activity_ids.user_id & (self.manager | self.reviewer), self.manager)
            self.assertEqual(len(self.mails_to(self.manager)), 1, "no flood")
            self.assertFalse(self.mails_to(self.reviewer))
            self.tick("runner")
            self.assertFalse(self.look())
            self.assertTrue(trouble.ended_at)
            self.assertFalse(trouble.activity_ids)
            self.assertEqual(len(self.mails_to(self.manager)), 2)
            self.assertIn("well again", self.mails_to(self.manager)[-1]["subject"])

    def test_flapping_is_not_mailed_again(self):
        with self.mock_mail_gateway():
            self.tick("runner", minutes=11)
            trouble = self.look()
            for _number in range(3):
                self.tick("runner")
                self.look()
                self.tick("runner", minutes=11)
                self.assertEqual(self.look(), trouble)
            self.assertEqual(trouble.times, 4)
            self.assertEqual(len(self.mails_to(self.manager)), 2, "begun, and over once")
            trouble.told_at = fields.Datetime.now() - timedelta(hours=2)
            self.tick("runner")
            self.look()
            self.tick("runner", minutes=11)
            self.look()
            self.assertEqual(len(self.mails_to(self.manager)), 3)

    def test_one_mail_for_all_at_once(self):
        self.tick("runner", "sequencer", minutes=30)
        with self.mock_mail_gateway():
            self.assertEqual(len(self.look()), 2)
            self.assertEqual(len(self.mails_to(self.manager)), 1)

    def intake(self, name, state="asking"):
        connection = self.env["sync.connection"].search([("name", "=", "Bank files")])
        connection = connection or self.env["sync.connection"].create({"name": "Bank files", "kind": "file"})
        intake = self.env["sync.intake"]._take(connection, "hook", name, name.encode(), name=name)
        intake.state = state
        return intake

    def test_what_asks_is_told_to_reviewers_once_a_day(self):
        self.reviewer.email = "reviewer@watch.example"
        with self.mock_mail_gateway():
            first = self.intake("a.csv")
            trouble = self.look()
            self.assertEqual((trouble.kind, trouble.facts["count"]), ("intake", 1))
            told = trouble.activity_ids.user_id & (self.manager | self.reviewer)
            self.assertEqual(told, self.manager | self.reviewer)
            second = self.intake("b.csv")
            self.assertEqual(self.look().facts["count"], 2)
            first.state = "done"
            second.state = "done"
            self.assertFalse(self.look())
            self.assertFalse(trouble.activity_ids)
            self.intake("c.csv")
            self.assertEqual(self.look(), trouble)
            self.assertEqual([len(self.mails_to(user)) for user in (self.manager, self.reviewer)], [1, 1])
            # A day later, with something new; then with nothing new.
            trouble.told_at = fields.Datetime.now() - timedelta(hours=25)
            self.look()
            self.assertEqual(len(self.mails_to(self.reviewer)), 2)
            trouble.told_at = fields.Datetime.now() - timedelta(hours=25)
            self.env.cr.execute("UPDATE sync_intake SET received_at = received_at - interval '2 days'")
            self.look()
            self.assertEqual(len(self.mails_to(self.reviewer)), 2)
        shown = trouble.with_user(self.reviewer)
        self.assertIn("Bank files: waits for a person (1)", shown.summary)
        action = shown.action_fix()
        self.assertEqual(self.env["sync.intake"].with_user(self.reviewer).search(action["domain"]).name, "c.csv")

    def test_what_could_not_be_worked_out_waits_for_a_person_too(self):
        intake = self.intake("broken.csv", "received")
        self.assertFalse(self.look())
        self.env.cr.execute("UPDATE sync_job SET state = 'failed' WHERE res_id = %s", (intake.id,))
        self.assertEqual(self.look().facts["failed"], 1)

    def test_late(self):
        self.job(minutes=59)
        self.assertFalse(self.look())
        self.job(minutes=61)
        self.job(minutes=61, next_at=fields.Datetime.now() + timedelta(hours=5))
        trouble = self.look()
        self.assertEqual((trouble.kind, trouble.company_id, trouble.facts["count"]), ("late", self.company, 1))
        self.company.ai_sync_pending_minutes = 120
        self.assertFalse(self.look())

    def test_paused_is_not_late(self):
        self.job(minutes=61)
        self.env["sync.pause"]._pause(self.company, "Moving house")
        self.assertFalse(self.look())

    def test_failing(self):
        self.company.ai_sync_failure_limit = 3
        for _number in range(2):
            self.job(state="failed", error="The address answers 404.")
        self.job(state="dead", error="Nobody answers.", minutes=61)
        self.assertFalse(self.look())
        self.job(state="dead", error="Nobody answers.")
        trouble = self.look()
        self.assertEqual((trouble.kind, trouble.facts["count"]), ("failing", 3))
        self.assertIn("The address answers 404.", trouble.text)
        action = trouble.with_user(self.reviewer).action_fix()
        self.assertEqual(self.env["sync.job"].search_count(action["domain"]), 4)

    def test_switched_off_by_odoo(self):
        cron = self.env.ref("ai_bookkeeper.ir_cron_sync_watch")
        cron.active = False
        trouble = self.look()
        self.assertEqual(trouble.kind, "cron_off")
        with self.assertRaises(AccessError):
            trouble.with_user(self.reviewer).action_fix()
        trouble.with_user(self.manager).action_fix()
        self.assertTrue(cron.active)
        self.assertFalse(self.open())

    def test_a_hostile_fact_switches_nothing_on(self):
        other = self.env["ir.cron"].search([("active", "=", True)], limit=1)
        foreign = self.env["ir.cron"].search([]) - self.watchdog._crons()
        trouble = self.troubles.create(
            {
                "kind": "cron_off",
                "subject": "x",
                "facts": {"cron_id": foreign[0].id},
                "since": fields.Datetime.now(),
            }
        )
        foreign[0].active = False
        with self.assertRaises(UserError):
            trouble.with_user(self.manager).action_fix()
        self.assertFalse(foreign[0].active)
        self.assertTrue(other)

    def test_people_wake_a_sleeping_watchdog(self):
        self.tick(minutes=30)
        with (
            self.enter_registry_test_mode(),
            patch("odoo.addons.ai_bookkeeper.models.sync.seeing.sync_watchdog._STARTED", -10000.0),
        ):
            found = self.watchdog.with_user(self.reviewer).state()
            self.assertEqual({trouble["kind"] for trouble in found["troubles"]}, {"still"})
            self.assertFalse(found["is_manager"])
            self.assertTrue(self.open().activity_ids.filtered(lambda activity: activity.user_id == self.manager))
            self.env.cr.execute("UPDATE sync_trouble SET seen_at = '2026-01-01'")
            self.watchdog.with_user(self.reviewer).state()
            self.env.invalidate_all()
            self.assertEqual(str(self.open()[0].seen_at), "2026-01-01 00:00:00", "people look once a minute")

    def test_a_server_that_just_started_gets_time(self):
        self.tick(minutes=30)
        # The process of the tests is not that young when they take long.
        with (
            self.enter_registry_test_mode(),
            patch("odoo.addons.ai_bookkeeper.models.sync.seeing.sync_watchdog._STARTED", time.monotonic()),
        ):
            self.assertFalse(self.watchdog.with_user(self.reviewer).state()["troubles"])

    def test_who_sees_what(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.job(minutes=61, company_id=other.id)
        trouble = self.look()
        self.assertEqual(trouble.company_id, other)
        self.assertFalse(self.watchdog.with_user(self.manager).state()["troubles"])
        self.assertNotIn(self.manager, trouble.activity_ids.user_id)
        plain = new_test_user(self.env, "watch_plain", groups="base.group_user")
        self.assertEqual(self.watchdog.with_user(plain).state()["troubles"], [])
        with self.assertRaises(AccessError):
            trouble.with_user(self.manager).action_fix()

    def test_the_scheduled_action_never_raises(self):
        with (
            patch.object(type(self.watchdog), "_look", side_effect=RuntimeError("boom")),
            self.assertLogs("odoo.addons.ai_bookkeeper.models.sync.seeing.sync_watchdog", "ERROR"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("ai_bookkeeper.ir_cron_sync_watch").method_direct_trigger()

    def test_every_kind_has_words(self):
        for kind, _label in self.troubles._fields["kind"].selection:
            trouble = self.troubles.new({"kind": kind, "subject": "x", "facts": {}})
            self.assertTrue(trouble.summary and trouble.text and trouble.fix, kind)
