"""The contract of everything that proposes: one abstract model a kind, found by name."""

from odoo import models

from ...engine import schema

#: Laws that bind a journal by what is set on it, not by the company's country.
JOURNAL_LAWS = ("hash", "clearance")


class AiProposer(models.AbstractModel):
    """A kind of suggestion. Subclasses are named ``ai.proposer.<kind>`` and set ``_kind``.

    ``_propose`` is one engine call on frozen facts; ``_apply`` and ``_undo`` are the only places that change books.
    """

    _name = "ai.proposer"
    _description = "Proposer"

    _kind = None

    def _models(self):
        """Names of the models that this kind proposes for."""
        return ()

    def _is_available(self):
        """Whether what it needs is installed and configured."""
        return True

    def _collect(self, records):
        """Frozen facts about ``records`` of one company."""
        raise NotImplementedError

    def _propose(self, facts):
        """The engine's answers for ``facts``."""
        raise NotImplementedError

    def _followers(self):
        """Kinds that are asked for the records that this one leaves, in the same run."""
        return ()

    def _follow(self, facts, answers):
        """(own facts, own answers) about the records that another kind left.

        :param facts: of the kind that went first
        :param answers: its answers; records that are not answered here keep them
        """
        raise NotImplementedError

    def _context(self, facts):
        """What stored suggestions keep of the facts, to notice later that the world has moved."""
        return {}

    def _values(self, record, answer, context):
        """Values of the suggestion for an answer; None when the answer proposes nothing."""
        raise NotImplementedError

    def _anew(self, suggestions):
        """Look again at what these were about, where that is no batch of facts: they were overtaken, or undone."""

    def _card_entry(self, suggestion, items, proposal=None):
        """The items of the entry that it would post, for its card; None where the card shows parts.

        :param dict items: account.move.line by id, of those that the reader may see
        :param dict proposal: one of the answers of a question; else the suggestion's own
        """

    def _note_findings(self, answers):
        """Tell the records what the run found."""

    def _problems(self, record, proposal):
        """Sentences about what is wrong with a proposal from outside; empty when it may be stored."""
        raise NotImplementedError

    def _shape_problems(self, proposal):
        """(code, path) of what breaks the kind's schema."""
        return schema.problems(self._kind, proposal)

    def _normalised(self, record, proposal):
        """A proposal that fits the schema, in the one form that is stored."""
        return schema.normalised(proposal)

    def _submitted_values(self, record, proposal):
        """Values of the suggestion for a proposal from outside."""
        raise NotImplementedError

    def _edited_values(self, suggestion, record, proposal):
        """Values of ``suggestion`` after a person changed its proposal."""
        raise NotImplementedError

    def _scope(self):
        """What its lessons are filed under, see ``ai.learning.event``."""
        return self._kind

    def _settling_rows(self, proposal):
        """Rows of a proposal that settle an item: ``move_line_id`` and ``amount`` of each."""
        return proposal.get("counterparts") or []

    def _obstacles(self, suggestions):
        """{suggestion id: sentence} of what somebody must say or dismiss before it is booked; it waits meanwhile."""
        return {}

    def _stale(self, suggestions):
        """{suggestion id: sentence} for those whose facts have moved since they were proposed."""
        return {}

    # === WHAT POLICIES AND DUTIES ASK === #

    def _posting_journals(self, suggestions):
        """{suggestion id: journals in which applying it makes or changes a posted entry}; none for what stays draft."""
        return {}

    def _binding(self, suggestions):
        """{suggestion id: name of the law by which posting it binds}; those that bind nowhere are left out.

        What follows in other journals (exchange differences, cash-basis taxes) binds by what is set on those; the law
        of the whole company was weighed when its own journal was opened.
        """
        journals = self._posting_journals(suggestions)
        laws = self.env["account.journal"].union(*journals.values())._ai_binding_laws()
        found = {}
        for suggestion in suggestions:
            own = suggestion.journal_id
            for journal in journals.get(suggestion.id, own.browse()):
                if laws[journal.id] and (journal == own or laws[journal.id] in JOURNAL_LAWS):
                    found[suggestion.id] = laws[journal.id]
        return found

    def _bill_vendors(self, suggestions):
        """{suggestion id: commercial partner whose bill it is}; suggestions that are no vendor's bill are left out."""
        bills = suggestions.filtered(lambda suggestion: suggestion.res_model == "account.move")
        moves = self.env["account.move"].sudo().browse(bills.mapped("res_id")).exists()
        vendors = {
            move.id: move.commercial_partner_id or move.partner_id
            for move in moves
            if move.is_purchase_document(include_receipts=True)
        }
        return {bill.id: vendors[bill.res_id] for bill in bills if vendors.get(bill.res_id)}

    def _apply(self, suggestions):
        """Book all of them or raise. Returns {suggestion id: ids of the entries made or changed}."""
        raise NotImplementedError

    def _undo(self, suggestions):
        """Take back what ``_apply`` did."""
        raise NotImplementedError

    def _changed_later(self, suggestions):
        """Those whose booking is gone already, by other hands. Raises where undoing would hit somebody else's work."""
        return suggestions.browse()

    def _codes(self):
        """Whether proposals of this kind consist of ``lines`` on accounts, and settle no items."""
        return False

    def _later_changes(self, suggestions):
        """(those whose booking is gone already, {suggestion id: why undoing it would hit somebody else's work})"""
        return suggestions.browse(), {}

    def _locked(self, suggestions):
        """Those whose booking lies in a period that is locked now."""
        return suggestions.browse()

    def _undo_first(self, suggestions):
        """{suggestion id: ids of those among ``suggestions`` that build on it and are undone before it}"""
        return {}

    def _undo_preview(self, suggestions):
        """{suggestion id: what ``_undo`` would do}, see ``ai.suggestion.undo_preview``."""
        return {}

    def _undo_effects(self, suggestions):
        """{suggestion id: (tax rows, made entries)} that undoing adds to the ledger, see ``ai.bank.effects``."""
        return {}

    def _accept_effects(self, suggestions):
        """The same for accepting, without writing anything; and {suggestion id: why it would be refused}."""
        return {}, {}

    def _accept_outlook(self, suggestions):
        """The cheap part of ``_accept_effects``: what can be said on a card without a rehearsal."""
        return {}

    def _undo_by_transfer(self, suggestions):
        """Take back what is locked by entries in an open period: {suggestion id: id of the entry}."""
        raise NotImplementedError

    def _entries(self, suggestions):
        """What the books say about these suggestions, as JSON for log and comparison, in a fixed number of queries.

        :return: {suggestion id: {"entries": [{move_id, name, state, date, items}], "counterparts": [...]}}
        """
        return {}

    def _compare(self, suggestions):
        """What others did to what was booked: {suggestion id: (change or None, user id, moment)}, in a fixed number
        of queries. ``change`` is one of ``engine.audit.compare.CHANGES``; left out is what can't be compared."""
        return {}
