from odoo.tests import tagged

from ..common_browser import HootCase


@tagged("post_install", "-at_install")
class TestComponents(HootCase):
    def test_components(self):
        self.run_hoot()
