"""Sealing and checking: what tampering leaves behind."""

import json
from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...engine.audit import chain
from .common import AuditCase


@tagged("post_install", "-at_install")
class TestSeals(AuditCase):
    def setUp(self):
        super().setUp()
        self.suggestion = self.book()
        self.seal()

    def row(self, event="applied"):
        return self.log.search([("event", "=", event), ("suggestion_id", "=", self.suggestion.id)], limit=1)

    def codes(self, anchor=None):
        return self.verify(anchor)["counts"]

    # === WHOLE === #

    def test_what_happened_is_sealed_and_whole(self):
        report = self.verify(self.anchor())
        self.assertTrue(report["ok"], report["problems"])
        self.assertEqual(report["rows"], self.log.search_count([]))
        self.assertEqual((report["unsealed"], report["anchors_confirmed"]), (0, 1))

    def test_each_row_is_sealed_once(self):
        self.assertEqual(self.seal(), 0)
        self.assertEqual(self.seal(complete=True), 0)
        self.book(50.0)
        before = self.env["ai.audit.seal"].sudo().search_count([])
        waiting = self.verify()
        self.assertTrue(waiting["ok"])
        self.assertEqual(waiting["unsealed"], self.seal())
        self.assertEqual(self.env["ai.audit.seal"].sudo().search_count([]), before + waiting["unsealed"])
        self.assertTrue(self.verify()["ok"])

    def test_a_row_that_commits_late_is_sealed(self):
        late = self.env["ai.audit.log"]._append("opened", self.suggestion)
        later = self.env["ai.audit.log"]._append("opened", self.suggestion)
        seals = self.env["ai.audit.seal"].sudo()
        seals._chain([(log_id, self.log.browse(log_id).digest) for log_id in later])
        self.assertEqual(self.seal(), 1, "a smaller number that became visible later")
        self.assertEqual(seals.search([], limit=1).log_id, late[0])
        self.assertTrue(self.verify()["ok"])

    def test_a_row_that_commits_very_late_is_sealed_by_the_daily_run(self):
        very_late = self.env["ai.audit.log"]._append("opened", self.suggestion)
        later = self.env["ai.audit.log"]._append("opened", self.suggestion)
        self.env["ai.audit.seal"].sudo()._chain([(log_id, self.log.browse(log_id).digest) for log_id in later])
        with self.tampering("ai_audit_log") as cr:
            cr.execute("UPDATE ai_audit_log SET at = at - interval '2 days'")
        self.assertEqual(self.seal(), 0)
        self.assertEqual(self.seal(complete=True), 1)
        self.assertEqual(self.env["ai.audit.seal"].sudo().search([], limit=1).log_id, very_late[0])

    def test_payloads_come_back_as_they_were_digested(self):
        payload = {
            1: 2.50,
            "none": None,
            "yes": True,
            "list": [1e22, "ä€\x00", {"d": fields.Date.today()}],
            "n": 10**15,
        }
        self.env["ai.audit.log"]._append("opened", self.suggestion, [payload], [{"partner": "Ann\x00", "empty": ""}])
        self.env["ai.audit.log"]._append("role_changed", self.env["res.users"].browse(self.reviewer.id))
        report = self.verify()
        self.assertTrue(report["ok"], report["problems"])

    def test_rows_that_wait_too_long_are_told(self):
        with self.tampering("ai_audit_seal") as cr:
            cr.execute("DELETE FROM ai_audit_seal")
            cr.execute("ALTER TABLE ai_audit_log DISABLE TRIGGER USER")
            cr.execute("DELETE FROM ai_audit_log WHERE id <> %s", [self.row().id])
        self.assertTrue(self.verify()["ok"])
        past = fields.Datetime.now() - timedelta(hours=2)
        cr.execute("UPDATE ai_audit_log SET at = %s", [past])
        self.assertIn("unsealed_rows", self.codes())

    # === THE DATABASE REFUSES === #

    @mute_logger("odoo.sql_db")
    def test_rows_and_seals_refuse_every_change(self):
        for table, column in (
            ("ai_audit_log", "user_id"),
            ("ai_audit_seal", "log_id"),
            ("ai_audit_identity", "log_id"),
        ):
            for statement in (f"UPDATE {table} SET {column} = 1", f"DELETE FROM {table}", f"TRUNCATE {table}"):
                with self.subTest(statement), self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                    self.env.cr.execute(statement)
        with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE ai_audit_identity SET value = 'somebody else'")

    # === TAMPERING === #

    def test_a_changed_row(self):
        for column, value in (("user_id", 1), ("event", "rejected"), ("at", "2020-01-01"), ("payload", '{"a": 1}')):
            with self.subTest(column), self.env.cr.savepoint(flush=False) as savepoint:
                with self.tampering() as cr:
                    cr.execute(f"UPDATE ai_audit_log SET {column} = %s WHERE id = %s", [value, self.row().id])
                self.assertIn("changed_row", self.codes())
                savepoint.rollback()

    def test_a_deleted_row(self):
        with self.tampering() as cr:
            cr.execute("DELETE FROM ai_audit_log WHERE id = %s", [min(self.log.search([]).ids)])
        report = self.verify()
        self.assertEqual(report["counts"], {"deleted_row": 1})
        self.assertIn("deleted", report["problems"][0]["text"])

    def test_a_deleted_row_with_its_seal(self):
        with self.tampering() as cr:
            cr.execute("DELETE FROM ai_audit_log WHERE id = %s", [min(self.log.search([]).ids)])
            cr.execute("DELETE FROM ai_audit_seal WHERE seq = 1")
        self.assertEqual(self.codes(), {"missing_seal": 1})

    def test_a_cut_tail(self):
        with self.tampering() as cr:
            cr.execute("DELETE FROM ai_audit_log WHERE id = %s", [max(self.log.search([]).ids)])
        self.assertEqual(self.codes(), {"cut_tail": 1})

    def test_a_tail_cut_from_log_and_seals_shows_beside_an_anchor(self):
        anchor = self.anchor()
        with self.tampering() as cr:
            cr.execute("DELETE FROM ai_audit_log WHERE id = (SELECT max(log_id) FROM ai_audit_seal)")
            cr.execute("DELETE FROM ai_audit_seal WHERE seq = %s", [anchor["seq"]])
            cr.execute("DELETE FROM ai_audit_identity WHERE log_id NOT IN (SELECT id FROM ai_audit_log)")
        self.assertTrue(self.verify()["ok"])
        self.assertEqual(self.codes(anchor), {"cut_tail": 1})

    def test_a_rebuilt_chain_shows_beside_an_anchor(self):
        anchor = self.anchor()
        with self.tampering() as cr:
            cr.execute("DELETE FROM ai_audit_log WHERE id = %s", [self.row().id])
            cr.execute("DELETE FROM ai_audit_seal")
            cr.execute("DELETE FROM ai_audit_identity WHERE log_id = %s", [self.row("proposed").id or 0])
        self.env["ai.audit.log"]._append("opened", self.suggestion)
        self.seal(complete=True)
        self.assertEqual(self.codes(json.dumps(anchor)), {"rebuilt_chain": 1})

    def test_a_row_put_in_later(self):
        values = {"event": "applied", "at": fields.Datetime.now() - timedelta(days=3)}
        with self.tampering() as cr:
            cr.execute("SELECT * FROM ai_audit_log WHERE id = %s", [self.row().id])
            columns = [column.name for column in cr.description if column.name != "id"]
            cr.execute(
                f"INSERT INTO ai_audit_log ({', '.join(columns)}) SELECT {', '.join(columns)} FROM ai_audit_log "
                "WHERE id = %s RETURNING id",
                [self.log.search([("event", "=", "proposed")], limit=1).id],
            )
            [(log_id,)] = cr.fetchall()
        [row] = self.log._rows(SQL("l.id = %s", log_id))
        row["at"] = fields.Datetime.to_string(values["at"])
        row["payload"].pop("identities", None)
        with self.tampering() as cr:
            cr.execute(
                "UPDATE ai_audit_log SET at = %s, payload = %s, digest = %s WHERE id = %s",
                [row["at"], json.dumps(row["payload"]), chain.row_digest(row), log_id],
            )
        self.seal(complete=True)
        self.assertEqual(self.codes(), {"backdated_row": 1})

    def test_a_changed_name(self):
        with self.tampering() as cr:
            cr.execute("UPDATE ai_audit_identity SET value = 'Nobody' WHERE log_id = %s", [self.row().id])
        self.assertEqual(set(self.codes()), {"changed_identity"})

    def test_deleted_names(self):
        with self.tampering() as cr:
            cr.execute("DELETE FROM ai_audit_identity WHERE log_id = %s", [self.row().id])
        self.assertEqual(self.codes(), {"missing_identity": 1})

    # === RIGHTS === #

    def test_auditors_and_managers_check_and_nobody_else(self):
        for user in (self.auditor, self.manager):
            self.assertTrue(self.env["ai.audit.log"].with_user(user).verify_chain()["ok"])
        agent = self.make_user("seal_agent", "agent", groups="")
        for user in (self.reviewer, agent):
            with self.assertRaises(AccessError):
                self.env["ai.audit.log"].with_user(user).verify_chain()
            with self.assertRaises(AccessError):
                self.env["ai.audit.check"].with_user(user).action_check()
        with self.assertRaises(UserError):
            self.verify("no anchor at all")

    def test_a_broken_log_alarms_the_managers(self):
        action = self.env["ai.audit.check"].with_user(self.auditor).action_check()
        check = self.env["ai.audit.check"].browse(action["res_id"])
        self.assertEqual((check.sudo().state, check.sudo().user_id), ("whole", self.auditor))
        with self.tampering() as cr:
            cr.execute("UPDATE ai_audit_log SET user_id = 1 WHERE id = %s", [self.row().id])
        with mute_logger("odoo.addons.ai_bookkeeper.models.audit.ai_audit_check"), self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_check").method_direct_trigger()
        check = self.env["ai.audit.check"].sudo().search([], limit=1)
        self.assertEqual((check.state, check.problem_count), ("broken", 1))
        self.assertIn(self.manager, check.activity_ids.user_id)
        told = self.env["mail.message"].sudo().search([("model", "=", check._name), ("res_id", "=", check.id)])
        self.assertIn(self.manager.partner_id, told.partner_ids, told.mapped("body"))
        self.assertIn(f"Row {self.row().id}", check.with_user(self.auditor).result_text)
