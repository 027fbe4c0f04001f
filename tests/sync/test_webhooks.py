"""Webhooks: what they want, what may leave, who may set them up, pausing, resending."""

from unittest.mock import patch

import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import config, mute_logger

from .webhook_case import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhooks(WebhookCase):
    def wanted(self, *events):
        return [(job.webhook_id.name, job.event_id) for job in self.fan_out(*events)]

    # === SETTING UP === #

    def test_only_managers_set_them_up(self):
        for user in (self.auditor, self.reviewer, self.accountant):
            with self.assertRaises(AccessError):
                self.hook(user)
        hook = self.hook()
        self.assertEqual(hook.user_id, self.manager)
        for user in (self.auditor, self.reviewer, self.accountant):
            for method in ("action_start", "action_pause", "action_switch_off", "action_test", "reveal_secret"):
                with self.assertRaises(AccessError):
                    getattr(hook.with_user(user), method)()
        for values in ({"state": "off"}, {"user_id": self.env.ref("base.user_root").id}, {"is_secret_shown": False}):
            with self.assertRaises(AccessError):
                hook.write(values)

    def test_whoever_sets_up_is_written_down(self):
        other = self.make_user("second", "manager")
        hook = self.hook(user_id=self.env.ref("base.user_root").id)
        self.assertEqual(hook.user_id, self.manager, "nobody borrows the rights of the system")
        hook.with_user(other).name = "Other"
        self.assertEqual(hook.user_id, self.manager)
        hook.with_user(other).detail = "full"
        self.assertEqual(hook.user_id, other)
        hook.action_start()
        self.assertEqual(hook.user_id, self.manager)
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "webhook_changed"), ("res_id", "=", hook.id)])
        self.assertIn("full", str(log.mapped("payload")))

    def test_addresses_that_are_none_or_open(self):
        for url in (
            *("nonsense", "ftp://x.example/", "https://", "https:///x", "https://a b/", "javascript:alert(1)"),
            *("http://shop.example/", "http://10.0.0.1/", "https://user:pass@shop.example/", "https://x:99999/"),
        ):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.hook(url=url)
        with patch.dict(config.options, {"ai_bookkeeper_allow_networks": ""}), self.assertRaises(ValidationError):
            self.hook()
        self.hook(url="https://shop.example/hook?x=1")

    def test_limits(self):
        for values in ({"timeout": 0}, {"timeout": 31}, {"min_amount": -1}, {"events": ["nonsense"]}, {"events": {}}):
            if values == {"events": {}}:
                continue
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.hook(**values)
        for events in ("move.posted", {"move.posted": 1}):
            with self.assertRaises(ValidationError):
                self.hook(events=events)
        with self.assertRaises(ValidationError):
            self.hook(all_events=False)

    def test_a_webhook_made_on_screen_waits_to_be_started(self):
        hook = self.env["sync.webhook"].with_user(self.manager).with_context(default_state="draft")
        hook = hook.create({"name": "Shop", "url": self.url})
        self.assertEqual(hook.state, "draft")
        self.assertFalse(self.wanted(self.event("partner.changed", self.northwind)))
        hook.action_start()
        self.assertTrue(self.wanted(self.event("partner.changed", self.northwind)))
        self.assertEqual(hook.copy().state, "draft")

    # === SECRETS === #

    def test_the_secret_is_shown_once(self):
        hook = self.hook()
        action = hook.action_secret()
        self.assertEqual(action["context"]["default_secret"], self.secret(hook)[0])
        with self.assertRaises(UserError):
            hook.reveal_secret()
        rotate = hook.action_secret()
        self.assertEqual(rotate["res_model"], "sync.webhook.rotate")
        wizard = self.env["sync.webhook.rotate"].with_user(self.manager).create({"webhook_id": hook.id})
        shown = wizard.action_rotate()["context"]["default_secret"]
        self.assertEqual(self.secret(hook)[0], shown)
        self.assertEqual(len(self.secret(hook)), 2)
        for hours in (-1, 169, "24", True, None):
            with self.assertRaises(UserError):
                hook.rotate_secret(hours)
        log = self.env["ai.audit.log"].sudo().search([("event", "in", ("secret_shown", "secret_stored"))])
        self.assertNotIn(shown, str(log.mapped("payload")))

    def test_nobody_reads_secrets(self):
        hook = self.hook(header_ids=[Command.create({"name": "X-Own", "value": "hidden-value"})])
        header = hook.header_ids
        secret = self.secret(hook)[0]
        for user in (self.manager, self.auditor):
            read = f"{hook.with_user(user).read()} {header.with_user(user).read()}"
            read += str(hook.with_user(user).sudo()._export_rows([["name"], ["header_ids", "value"]]))
            self.assertNotIn("hidden-value", read)
            self.assertNotIn(secret, read)
        for user in (self.manager, self.auditor, self.reviewer, self.accountant):
            with self.assertRaises(AccessError):
                self.env["sync.secret"].with_user(user).search([])
        self.assertEqual(header.sudo()._sent(), {"X-Own": "hidden-value"})

    def test_headers(self):
        hook = self.hook(
            header_ids=[Command.create({"name": "Authorization", "value": "Bearer abc", "is_secret": False})]
        )
        header = hook.header_ids
        self.assertTrue(header.is_secret, "what is one by its name can't be made readable")
        self.assertNotIn("abc", header.value)
        header.value = "Bearer def"
        self.assertEqual(header.sudo()._sent(), {"Authorization": "Bearer def"})
        header.write({"name": "Authorization", "value": header.value})
        self.assertEqual(header.sudo()._sent(), {"Authorization": "Bearer def"}, "the mask is no value")
        plain = self.env["sync.webhook.header"].with_user(self.manager)
        plain = plain.create({"webhook_id": hook.id, "name": "X-Tenant", "value": "blue", "is_secret": False})
        self.assertEqual(plain.value, "blue")
        plain.is_secret = True
        self.assertNotEqual(plain.value, "blue")
        with self.assertRaises(ValidationError):
            plain.is_secret = False
        plain.write({"is_secret": False, "value": "green"})
        self.assertEqual(plain.sudo()._sent(), {"X-Tenant": "green"})
        for name, value in (
            *(("webhook-id", "1"), ("Content-Type", "x"), ("Host", "x"), ("X Y", "1"), ("", "1"), ("X-Ü", "1")),
            *(("X-A", "a\r\nEvil: 1"), ("X-A", "ü"), ("X-A", "")),
        ):
            for is_secret in (True, False):
                if not value and not is_secret:
                    continue
                with self.subTest(name=name, value=value), self.assertRaises(ValidationError):
                    plain.create({"webhook_id": hook.id, "name": name, "value": value, "is_secret": is_secret})
                    self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            plain.create({"webhook_id": hook.id, "name": "x-tenant", "value": "twice"})
        header.unlink()
        self.assertFalse(self.env["sync.secret"].sudo().search([("res_model", "=", header._name)]))

    def test_secrets_go_with_the_webhook(self):
        hook = self.hook(header_ids=[Command.create({"name": "X-Own", "value": "hidden-value"})])
        hook.unlink()
        self.assertFalse(self.env["sync.secret"].sudo().search([("res_model", "like", "sync.webhook")]))

    # === FILTERS === #

    def test_chosen_events(self):
        self.hook(name="All")
        self.hook(name="Posted", events=["move.posted"])
        invoice = self.document(self.northwind, 100)
        posted, paid = self.event("move.posted", invoice), self.event("move.paid", invoice)
        self.assertEqual(self.wanted(posted, paid), [("All", posted.id), ("Posted", posted.id), ("All", paid.id)])
        asked = self.event("sync.requested", invoice)
        self.assertEqual(len(self.wanted(asked)), 2, "a person asked for it")

    def test_journals_amounts_and_partners(self):
        sales = self.company_data["default_journal_sale"]
        self.hook(name="Sales", journal_ids=[Command.set(sales.ids)])
        self.hook(name="Big", min_amount=500)
        self.hook(name="Northwind", partner_ids=[Command.set(self.northwind.ids)])
        contact = self.make_partner("Ann", parent_id=self.northwind.id, is_company=False)
        small, big = self.document(self.northwind, 100), self.document(self.yonder, 900)
        bill = self.bill(contact, 600)
        line = self.line("INV 1", -700)
        expected = {
            small: {"Sales", "Northwind"},
            big: {"Sales", "Big"},
            bill: {"Big", "Northwind"},
            line: {"Big"},
        }
        for record, names in expected.items():
            found = self.wanted(
                self.event("move.posted" if record._name == "account.move" else "bank_line.added", record)
            )
            self.assertEqual({name for name, _event in found}, names, record)
        self.assertEqual(
            {name for name, _e in self.wanted(self.event("partner.changed", contact))}, {"Sales", "Big", "Northwind"}
        )
        self.assertEqual(
            {name for name, _e in self.wanted(self.event("partner.changed", self.yonder))}, {"Sales", "Big"}
        )

    def test_amounts_are_compared_in_the_companys_currency(self):
        self.hook(min_amount=500)
        euro = self.setup_other_currency("EUR", rates=[("2016-01-01", 0.1)])
        invoice = self.document(self.northwind, 60, currency_id=euro.id)
        self.assertTrue(self.wanted(self.event("move.posted", invoice)))
        invoice = self.document(self.northwind, 40, currency_id=euro.id)
        self.assertFalse(self.wanted(self.event("move.posted", invoice)))

    def test_other_companies_stay_apart(self):
        other = self.setup_other_company()["company"]
        self.hook(name="Mine")
        theirs = self.env["sync.webhook"].sudo().create({"name": "Theirs", "url": self.url, "company_id": other.id})
        invoice = self.document(self.northwind, 100)
        self.assertEqual([name for name, _e in self.wanted(self.event("move.posted", invoice))], ["Mine"])
        self.assertEqual(len(self.wanted(self.event("partner.changed", self.northwind))), 2, "shared by all")
        restored = self.wanted(self.event("sync.restored", self.company))
        self.assertEqual([name for name, _e in restored], ["Mine"])
        with self.assertRaises(AccessError):
            theirs.with_user(self.manager).read(["url"])
        with self.assertRaises(AccessError):
            self.hook(company_id=other.id)

    def test_what_its_manager_may_not_read_does_not_leave(self):
        self.env["ir.rule"].sudo().create(
            {
                "name": "closed",
                "model_id": self.env["ir.model"]._get("account.journal").id,
                "domain_force": f"[('id', '!=', {self.bank.id})] if user.id == {self.manager.id} else [(1, '=', 1)]",
            }
        )
        self.hook(name="Blind", detail="full")
        second = self.make_user("second", "manager")
        self.hook(second, name="Seeing", detail="full")
        line = self.line("SECRET WAGES", -700)
        jobs = self.fan_out(self.event("bank_line.added", line))
        self.assertEqual(jobs.webhook_id.mapped("name"), ["Seeing"])
        jobs.webhook_id.with_user(self.manager).min_amount = 1
        self.run_queue()
        self.assertEqual((jobs.state, self.receiver.seen), ("done", []), "asked again when it is sent")

    def test_a_manager_who_left_pauses_it(self):
        hook = self.hook()
        self.manager.group_ids -= self.env.ref("ai_bookkeeper.ai_bookkeeper_group_manager")
        jobs = self.fan_out(self.event("partner.changed", self.northwind))
        self.assertEqual(hook.sudo().state, "paused")
        self.assertIn(self.manager.name, hook.sudo().reason)
        self.run_queue()
        self.assertEqual((len(jobs), jobs.state, self.receiver.seen), (1, "pending", []))
        second = self.make_user("second", "manager")
        hook.with_user(second).action_start()
        self.run_queue()
        self.assertEqual((jobs.state, hook.sudo().user_id), ("done", second))

    def test_queries_do_not_grow(self):
        for index in range(10):
            self.hook(
                name=f"Hook {index}",
                min_amount=index,
                partner_ids=[Command.set(self.northwind.ids)] if index == 3 else [],
            )
        invoices = [self.document(self.northwind, 100 + index) for index in range(4)]
        lines = [self.line(f"L{index}", 10) for index in range(4)]
        moves = self.env["account.move"].union(*invoices)
        bank = self.env["account.bank.statement.line"].union(*lines)
        hooks = self.env["sync.webhook"].sudo().search([])

        def cost(times):
            made = []
            for _each in range(times):
                made += self.env["sync.event"].sudo()._emit("move.posted", moves)
                made += self.env["sync.event"].sudo()._emit("bank_line.added", bank)
                made += self.env["sync.event"].sudo()._emit("partner.changed", self.northwind + self.yonder)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            values = hooks._job_values(self.env["sync.event"].sudo().browse(made))
            return self.env.cr.sql_log_count - start, len(values)

        cost(1)
        few, few_jobs = cost(1)
        many, many_jobs = cost(100)
        self.assertEqual(many_jobs, 100 * few_jobs)
        self.assertGreater(many_jobs, 5000)
        self.assertEqual(many, few)
        self.assertLess(many, 45)

    # === PAUSE, OFF, AGAIN === #

    def test_a_pause_keeps_what_happens(self):
        hook = self.hook()
        hook.action_pause("Shop is rebuilt")
        job = self.fan_out(self.event("partner.changed", self.northwind))
        self.run_queue()
        self.assertEqual(
            (job.state, hook.state, hook.reason, hook.health), ("pending", "paused", "Shop is rebuilt", "stopped")
        )
        self.assertEqual(hook.waiting_count, 1)
        hook.action_start()
        self.run_queue()
        self.assertEqual((job.state, hook.state, hook.reason), ("done", "on", False))

    def test_a_pause_between_claim_and_sending_loses_nothing(self):
        hook = self.hook()
        job = self.fan_out(self.event("partner.changed", self.northwind))
        hook.sudo().write({"state": "paused"})
        self.run_queue()
        self.assertEqual((job.state, job.reason, self.receiver.seen), ("pending", "not_now", []))
        self.assertEqual((job.rung, job.attempts), (0, 0), "no attempt of its ladder")
        hook.action_start()
        self.make_due()
        self.run_queue()
        self.assertEqual(job.state, "done")

    def test_archived_is_off(self):
        hook = self.hook()
        hook.action_archive()
        self.assertEqual((hook.state, hook.is_by_machine), ("off", False))
        hook.action_unarchive()
        self.assertFalse(self.fan_out(self.event("partner.changed", self.northwind)))

    def test_a_manager_of_another_company_decides_nothing_here(self):
        hook = self.hook()
        other = self.setup_other_company()["company"]
        self.manager.write({"company_id": other.id, "company_ids": [Command.set(other.ids)]})
        job = self.fan_out(self.event("partner.changed", self.northwind))
        self.assertEqual((hook.sudo().state, job.state), ("paused", "pending"))

    def test_off_cancels_what_waits(self):
        hook = self.hook()
        job = self.fan_out(self.event("partner.changed", self.northwind))
        hook.action_switch_off()
        with self.enter_registry_test_mode():
            hook.sudo()._cancel_waiting()
        job.invalidate_recordset()
        self.assertEqual((job.state, job.reason), ("cancelled", "webhook_off"))
        self.assertFalse(self.env["sync.watchdog"].sudo()._find_webhook_off(), "somebody pressed a button")

    def resent(self, hook, **values):
        since = fields.Datetime.to_string(fields.Datetime.subtract(fields.Datetime.now(), hours=1))
        until = fields.Datetime.to_string(fields.Datetime.add(fields.Datetime.now(), minutes=1))
        return hook.resend(since, until, **values)

    def test_a_window_is_counted_then_sent_in_order(self):
        hook = self.hook(events=["partner.changed"])
        arrived = self.fan_out(self.event("partner.changed", self.northwind))
        self.run_queue()
        hook.action_switch_off()
        missed = [self.event("partner.changed", partner) for partner in (self.yonder, self.adatum, self.yonder)]
        self.event("partner.created", self.yonder)
        self.fan_out(*missed)
        with self.assertRaises(UserError):
            self.resent(hook, dry_run=False)
        hook.action_start()
        self.assertEqual(self.resent(hook), {"count": 3, "waiting": 0})
        self.assertEqual(self.resent(hook, only_missed=False), {"count": 4, "waiting": 0})
        self.assertEqual(self.resent(hook, dry_run=False), {"count": 3, "waiting": 0})
        self.assertEqual(self.resent(hook, dry_run=False), {"count": 0, "waiting": 3}, "twice is once")
        self.run_queue()
        self.run_queue()
        sent = [self.told(index)["sequence"] for index in (1, 2, 3)]
        self.assertEqual(sorted(sent), [event.seq for event in missed])
        self.assertLess(sent.index(missed[0].seq), sent.index(missed[2].seq), "the record's order is kept")
        self.assertEqual(self.resent(hook, only_missed=False, dry_run=False)["count"], 4)
        self.run_queue()
        self.run_queue()
        ids = [headers["webhook-id"] for _m, _p, headers, _b in self.receiver.seen]
        self.assertEqual(ids[0], arrived.idempotency_key)
        self.assertEqual(sorted(ids[:4]), sorted(ids[4:]), "the same ids again")

    def test_windows_that_are_none(self):
        hook = self.hook()
        for since, until in (("x", None), (None, None), ("2026-01-02 00:00:00", "2026-01-01 00:00:00"), (5, None)):
            with self.assertRaises(UserError):
                hook.resend(since, until)

    def test_the_dialog_counts_and_sends(self):
        hook = self.hook()
        self.event("partner.changed", self.northwind)
        wizard = self.env["sync.webhook.resend"].with_user(self.manager).create({"webhook_id": hook.id})
        wizard.until = fields.Datetime.add(fields.Datetime.now(), minutes=1)
        wizard.action_count()
        self.assertEqual((wizard.count, wizard.is_counted), (1, True))
        wizard.action_resend()
        self.run_queue()
        self.assertEqual(len(self.receiver.seen), 1)

    def test_one_delivery_is_sent_again(self):
        hook = self.hook()
        job = self.fan_out(self.event("partner.changed", self.northwind))
        self.run_queue()
        row = self.env["sync.delivery"].with_user(self.manager).search([("webhook_id", "=", hook.id)])
        row.action_resend()
        with self.assertRaises(UserError):
            row.action_resend()
        self.run_queue()
        ids = {headers["webhook-id"] for _m, _p, headers, _b in self.receiver.seen}
        self.assertEqual((len(self.receiver.seen), ids), (2, {job.idempotency_key}))
        with self.assertRaises(AccessError):
            row.with_user(self.auditor).action_resend()

    def test_health(self):
        hook = self.hook()
        self.assertEqual(hook.health, "idle")
        self.fan_out(self.event("partner.changed", self.northwind))
        self.run_queue()
        hook.invalidate_recordset()
        self.assertEqual((hook.health, hook.good_count, hook.bad_count), ("good", 1, 0))
        self.receiver.answers.append((500, {}, b"broken"))
        self.fan_out(self.event("partner.changed", self.yonder))
        self.run_queue()
        hook.invalidate_recordset()
        self.assertEqual((hook.health, hook.good_count, hook.bad_count, hook.waiting_count), ("bad", 1, 1, 1))
        self.assertIn("500", hook.last_error)
        hooks = hook.with_user(self.auditor)
        for _each in range(3):
            hooks |= self.hook().with_user(self.auditor)
        hooks.mapped("name")
        with self.assertQueryCount(2):
            hooks.mapped("health")
