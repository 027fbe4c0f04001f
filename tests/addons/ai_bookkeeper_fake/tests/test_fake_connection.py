"""Connections with somebody at the other end: what people do with them, and who may."""

from odoo.tests import tagged

from .test_fake_conforms import FakeCase


@tagged("post_install", "-at_install")
class TestFakeConnection(FakeCase):
    def test_placeholder(self):
        self.assertEqual(self.connection.state, "connected")
