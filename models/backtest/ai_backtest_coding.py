"""Coding in a replay: the learner knows on each day what people had decided by then, and no more."""

from odoo import models


class AiBacktestCoding(models.AbstractModel):
    _name = "ai.backtest.coding"
    _description = "Coding in a Backtest"

    def _begin(self, backtest, last):
        return None

    def _answers(self, coder, moment, facts, answers):
        return {}
