"""Rates are fetched where a manager said so, believed as far as they are believable, and never over people's."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import config

from ..common import BankCase, cents

ALLOWED = {"ai_bookkeeper_allow_networks": "127.0.0.0/8"}


class Bank(BaseHTTPRequestHandler):
    """A central bank: answers ``server.reply``."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        status, body = self.server.reply
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Tests are silent."""


@tagged("post_install", "-at_install")
class TestRateProvider(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("rate_manager", "manager")
        cls.ours = cls.company.currency_id.name
        cls.today = fields.Date.context_today(cls.company)
        old = cls.today - timedelta(days=40)
        cls.foreign = cls.setup_other_currency("CHF", rates=[(str(old), 2.0)])
        cls.other = cls.setup_other_currency("GBP", rates=[(str(old), 0.8)])

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(config.options, ALLOWED))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
        self.server.daemon_threads = True
        self.server.seen, self.server.reply = [], (200, b"")
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def provider(self, **values):
        url = f"http://127.0.0.1:{self.server.server_port}/rates"
        values = {"name": "Central bank", "url": url, "is_on": True, **values}
        return self.env["ai.rate.provider"].with_user(self.manager).create(values)

    def publish(self, day=None, status=200, **rates):
        rows = "".join(f"{name},{day or self.today},{rate}\n" for name, rate in rates.items())
        self.server.reply = (status, f"CURRENCY,TIME_PERIOD,OBS_VALUE\n{rows}".encode())

    def rate(self, currency=None, day=None):
        return self.env["res.currency.rate"].search(
            [("currency_id", "=", (currency or self.foreign).id), ("name", "=", day or self.today)]
        )

    # === FETCHING === #

    def test_a_rate_is_fetched_stored_and_audited(self):
        provider = self.provider()
        self.publish(CHF="2.1", GBP="0.81", USD="1", XYZ="5")
        notice = provider.action_fetch()
        rate = self.rate()
        self.assertAlmostEqual(rate.rate, 2.1)
        self.assertEqual(rate.ai_provider_id, provider)
        self.assertEqual((provider.state, provider.newest), ("done", self.today))
        self.assertIn("2 new rates", notice["params"]["message"])
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "rate_set"), ("res_id", "=", rate.id)])
        self.assertEqual((log.payload["rate"], log.payload["provider_id"]), ("2.1", provider.id))
        [(path, headers)] = self.server.seen
        self.assertEqual(path, "/rates")
        self.assertFalse({"Cookie", "Authorization"} & set(headers))

    def test_fetching_twice_changes_nothing(self):
        provider = self.provider()
        self.publish(CHF="2.1")
        provider.action_fetch()
        rate = self.rate()
        provider.action_fetch()
        self.assertEqual(self.rate(), rate)
        self.assertIn("0 new rates", provider.note)

    def test_what_somebody_entered_stays(self):
        self.env["res.currency.rate"].create(
            {"currency_id": self.foreign.id, "name": self.today, "rate": 2.05, "company_id": self.company.id}
        )
        self.publish(CHF="2.1", GBP="0.81")
        provider = self.provider()
        provider.action_fetch()
        self.assertAlmostEqual(self.rate().rate, 2.05)
        self.assertFalse(self.rate().ai_provider_id)
        self.assertIn("1 were entered by somebody", provider.note)

    def test_a_fetched_rate_that_somebody_corrects_is_theirs(self):
        provider = self.provider()
        self.publish(CHF="2.1")
        provider.action_fetch()
        self.rate().sudo().write({"rate": 2.05})
        provider.action_fetch()
        self.assertAlmostEqual(self.rate().rate, 2.05)

    def test_a_fetched_rate_that_the_bank_corrects_is_changed(self):
        provider = self.provider()
        self.publish(CHF="2.1")
        provider.action_fetch()
        self.publish(CHF="2.11")
        provider.action_fetch()
        self.assertAlmostEqual(self.rate().rate, 2.11)

    def test_a_rate_that_jumps_is_not_stored_and_told(self):
        provider = self.provider()
        self.publish(CHF="21", GBP="0.81")
        provider.action_fetch()
        self.assertFalse(self.rate())
        self.assertTrue(self.rate(self.other))
        self.assertEqual(provider.state, "partly")
        self.assertIn("too far from the last known rate (2.0000)", provider.note)

    def test_a_base_that_is_not_ours(self):
        euro = self.env.ref("base.EUR")
        provider = self.provider(base_currency_id=euro.id)
        self.publish(CHF="4.2", GBP="1.62", **{self.ours: "2"})
        provider.action_fetch()
        self.assertAlmostEqual(self.rate().rate, 2.1)
        self.assertAlmostEqual(self.rate(self.other).rate, 0.81)

    def test_rates_told_the_other_way_round(self):
        provider = self.provider(direction="per_unit")
        self.publish(CHF="0.5")
        provider.action_fetch()
        self.assertAlmostEqual(self.rate().rate, 2.0)

    def test_a_company_whose_currency_is_not_rate_one(self):
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.company.currency_id.id,
                "name": self.today - timedelta(days=60),
                "rate": 4.0,
                "company_id": self.company.id,
            }
        )
        self.rate(day=self.today - timedelta(days=40)).sudo().write({"rate": 8.0})
        self.publish(CHF="2.1")
        self.provider().action_fetch()
        self.assertAlmostEqual(self.rate().rate, 8.4)
        book = self.env["ai.rate.book"]
        known = book._known(self.company, {"CHF"}, {self.today})
        self.assertAlmostEqual(float(known["CHF", self.today].rate), 2.1)

    def test_what_can_not_be_read_is_told(self):
        provider = self.provider()
        for reply in ((200, b"<html>Login</html>"), (500, b""), (404, b"gone"), (302, b""), (200, b"\x00\xff" * 50)):
            self.server.reply = reply
            provider.action_fetch()
            self.assertEqual(provider.state, "failed", reply)
            self.assertTrue(provider.note)
        self.assertFalse(self.rate())

    def test_the_daily_run_asks_only_where_it_is_on(self):
        provider = self.provider(is_on=False)
        self.publish(CHF="2.1")
        cron = self.env.ref("ai_bookkeeper.ir_cron_rates").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
            self.assertEqual(self.server.seen, [])
            provider.is_on = True
            cron.method_direct_trigger()
        self.assertEqual(len(self.server.seen), 1)
        self.env.invalidate_all()
        self.assertTrue(self.rate())

    # === LINES THAT WAITED === #

    def waiting_line(self):
        journal = self.make_journal("CHF1", self.foreign)
        invoice = self.document(self.northwind, 1000.0, date=str(self.today), currency_id=self.foreign.id)
        return self.line(f"NORTHWIND {invoice.name}", 1000.0, str(self.today), journal=journal)

    def worth(self, line):
        return cents(line._seek_for_lines()[0].balance)

    def test_a_line_that_waited_is_valued_anew_and_proposed(self):
        line = self.waiting_line()
        [suggestion] = self.propose(line)
        self.assertTrue(suggestion.is_question)
        self.assertEqual(self.worth(line), "500.00")
        self.publish(CHF="2.1")
        self.provider().action_fetch()
        self.assertEqual(self.worth(line), "476.19")
        self.assertEqual(line.ai_finding, "todo")
        [suggestion] = self.propose(line)
        self.assertFalse(suggestion.is_question)

    def test_a_manager_may_leave_lines_as_they_are(self):
        line = self.waiting_line()
        self.publish(CHF="2.1")
        self.provider(is_revaluing=False).action_fetch()
        self.assertEqual(self.worth(line), "500.00")

    # === WHO === #

    def test_only_managers_configure_and_fetch(self):
        provider = self.provider()
        for role in ("reviewer", "auditor"):
            user = self.reviewer if role == "reviewer" else self.make_user("rate_auditor", role)
            with self.assertRaises(AccessError):
                provider.with_user(user).action_fetch()
            with self.assertRaises(AccessError):
                provider.with_user(user).write({"is_on": False})
        self.assertEqual(self.server.seen, [])

    def test_addresses_that_are_none(self):
        for url in (
            "ftp://bank.example/r",
            "file:///etc/passwd",
            "https://user:pw@bank.example/r",
            "rates",
            "https://",
        ):
            with self.subTest(url), self.assertRaises(ValidationError):
                self.provider(url=url)

    def test_the_own_network_is_out_of_reach(self):
        with patch.dict(config.options, {"ai_bookkeeper_allow_networks": ""}):
            provider = self.provider()
            self.publish(CHF="2.1")
            provider.action_fetch()
        self.assertEqual(provider.state, "failed")
        self.assertEqual(self.server.seen, [])
