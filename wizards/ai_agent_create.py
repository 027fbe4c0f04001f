"""A manager makes an agent: who it is, what it may see, how long its key lives."""

from odoo import api, fields, models

DAYS = [("1", "1 day"), ("7", "1 week"), ("30", "1 month"), ("90", "3 months")]


class AiAgentCreate(models.TransientModel):
    _name = "ai.agent.create"
    _description = "Create an Agent"

    name = fields.Char(required=True)
    company_ids = fields.Many2many(
        "res.company", string="Companies", required=True, default=lambda self: self.env.company
    )
    journal_ids = fields.Many2many(
        "account.journal",
        string="Journals",
        domain="[('company_id', 'in', company_ids), ('type', 'in', ('bank', 'cash', 'credit'))]",
    )
    kind_ids = fields.Many2many(
        "ai.agent.kind", string="May Propose", default=lambda self: self.env["ai.agent"]._default_kinds()
    )
    rate_limit = fields.Integer(string="Calls per Minute", default=60)
    mask_names = fields.Boolean(string="Hide names", default=True)
    mask_ibans = fields.Boolean(string="Hide account numbers", default=True)
    mask_texts = fields.Boolean(string="Hide free text", default=True)
    days = fields.Selection(DAYS, string="Key Lives", required=True, default="30")

    @api.model
    def _default_kinds(self):
        return self.env["ai.agent"]._default_kinds()

    def action_create(self):
        """Make the agent and show its key, once."""
        self.ensure_one()
        values = {
            "name": self.name,
            "company_ids": self.company_ids.ids,
            "journal_ids": self.journal_ids.ids,
            "kind_ids": self.kind_ids.ids,
            "rate_limit": self.rate_limit,
            "mask_names": self.mask_names,
            "mask_ibans": self.mask_ibans,
            "mask_texts": self.mask_texts,
        }
        agent, key = self.env["ai.agent"]._create_agent(values, int(self.days))
        return self.env["ai.agent.key.show"]._action(agent, key)


class AiAgentRotate(models.TransientModel):
    _name = "ai.agent.rotate"
    _description = "Give an Agent a New Key"

    agent_id = fields.Many2one("ai.agent", required=True, readonly=True)
    days = fields.Selection(DAYS, string="New Key Lives", required=True, default="30")
    overlap = fields.Selection(
        [("0", "At once"), ("1", "In 1 hour"), ("24", "In 1 day"), ("168", "In 1 week")],
        string="The Old Key Ends",
        required=True,
        default="24",
    )

    def action_rotate(self):
        """Make the new key and show it, once."""
        self.ensure_one()
        key = self.agent_id._rotate(int(self.days), int(self.overlap))
        return self.env["ai.agent.key.show"]._action(self.agent_id, key)


class AiAgentKeyShow(models.AbstractModel):
    """Never stored: the key travels in the action that shows it, as Odoo's own dialog does it."""

    _name = "ai.agent.key.show"
    _description = "Show an Agent's Key"

    # Without it the form would not read its default values.
    id = fields.Id()
    key = fields.Char(readonly=True)
    example = fields.Text(readonly=True)
    example_copy = fields.Text(readonly=True)

    @api.model
    def _action(self, agent, key):
        example = self._example(key)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key of %(name)s", name=agent.name),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": key, "default_example": example, "default_example_copy": example},
        }

    @api.model
    def _example(self, key):
        address = self.get_base_url()
        return (
            f"curl -s {address}/json/2/ai.suggestion/tasks \\\n"
            f"  -H 'Authorization: Bearer {key}' \\\n"
            f"  -H 'X-Odoo-Database: {self.env.cr.dbname}' \\\n"
            "  -H 'Content-Type: application/json' \\\n"
            "  -d '{\"limit\": 10}'"
        )
