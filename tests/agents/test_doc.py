"""What Odoo's own API documentation (/doc) shows of the methods that programs call."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.api_doc.controllers.api_doc import DocController

METHODS = ("propose", "submit", "schema", "tasks", "facts")


@tagged("post_install", "-at_install")
class TestDoc(TransactionCase):
    def shown(self, name):
        suggestions = self.env["ai.suggestion"]
        method = getattr(type(suggestions), name)
        return DocController()._doc_method(suggestions, suggestions._name, method, name)

    def test_types_texts_examples_and_errors(self):
        for name in METHODS:
            with self.subTest(name=name), self.assertNoLogs("odoo.addons.api_doc", "WARNING"):
                shown = self.shown(name)
                self.assertEqual(shown["module"], "ai_bookkeeper")
                self.assertIn("model", shown["api"])
                self.assertTrue(shown["return"]["annotation"])
                self.assertTrue(shown["return"]["doc"])
                self.assertIn(f"POST /json/2/ai.suggestion/{name}", shown["doc"])
                self.assertIn("<pre", shown["doc"], "the example keeps its lines")
                self.assertIn("AccessError", shown["raise"])
                for parameter, told in shown["parameters"].items():
                    self.assertTrue(told["annotation"], parameter)
                    self.assertTrue(told["doc"], parameter)
