"""Bases of the tests that drive a real browser: tours of screens and JavaScript unit tests."""

from odoo.tests import HttpCase
from odoo.tools import file_path

from odoo.addons.web.tests.test_js import HOOTCommon

# Debian's build lists this script and does not ship it; the browser's complaint would fail every test.
NOT_SHIPPED_BY_DEBIAN = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def _is_shipped(path):
    try:
        return bool(file_path(path))
    except FileNotFoundError:
        return False


def _remove_missing_script(env):
    assets = env["ir.asset"].sudo()
    path = NOT_SHIPPED_BY_DEBIAN
    # A second removal of the same script would fail every page.
    if not _is_shipped(path) and not assets.search_count([("path", "=", path)]):
        assets.create({"name": path, "bundle": "web.assets_backend", "directive": "remove", "path": path})


class BrowserCase(HttpCase):
    """`self.start_tour("/odoo/...", "tour_name", login="...")` in a real Chromium."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remove_missing_script(cls.env)


class HootCase(HOOTCommon):
    """Runs the addon's own `static/tests/**/*.test.js`; subclasses call `run_hoot()`."""

    # Tests of the runner itself, inherited with it.
    test_generate_hoot_hash = None
    test_get_hoot_filter = None

    suite = "@ai_bookkeeper"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remove_missing_script(cls.env)

    def get_hoot_filters(self):
        # By hash: the fuzzy filter of the address would run other modules' tests too.
        self._test_params = [("+", self.suite)]
        return super().get_hoot_filters()

    def run_hoot(self, timeout=300):
        address = f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{self.hoot_filters}"
        self.browser_js(
            address,
            "",
            "",
            login="admin",
            timeout=timeout,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
