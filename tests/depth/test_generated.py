"""Every generated scenario of bank in depth, on a few seeds: the whole entry to the cent, or a question."""

from odoo.tests import TransactionCase, tagged

from ...benchmarks.bank.depth import run, scenario

SEEDS = [1, 2]


@tagged("post_install", "-at_install")
class TestGenerated(TransactionCase):
    """As the bench runs them, one test a topic; what nobody can decide must be asked or left."""

    def check(self, topic):
        for outcome in run.run(self.env, topic, SEEDS):
            with self.subTest(scenario=outcome["scenario"], seed=outcome["seed"]):
                self.assertNotEqual(outcome["verdict"], scenario.WRONG, outcome["why"])


for name in scenario.topics():
    setattr(TestGenerated, f"test_{name}", lambda self, topic=name: self.check(topic))
