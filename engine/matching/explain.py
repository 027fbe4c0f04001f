"""What the reason codes mean, as English templates; the models translate them.

Each value named in a template is in the reason's values, as text or number.
"""

from __future__ import annotations

REASONS: dict[str, str] = {
    # what speaks for a reading
    "reference": "The text names %(name)s",
    "reference_short": "The text names the number of %(name)s",
    "reference_typo": "The text names %(name)s with one wrong digit",
    "reference_year": "The text names %(name)s with another year",
    "references": "The text names %(count)s of %(total)s documents",
    "amount": "The amount is exactly the open amount",
    "sum": "The amounts of %(count)s documents add up to the line",
    "all_open": "These are all open items of the partner",
    "all_due": "These are all items due by then",
    "same_date": "These items have the same date",
    "oldest_first": "These are the oldest items",
    "partner_given": "The line carries the partner",
    "partner_iban": "The account number is the partner's",
    "partner_exact": "The name is the partner's",
    "partner_payer_name": "People matched this payer to the partner before",
    "partner_fuzzy": "The name is nearly the partner's",
    "partner_other": "The line names somebody else",
    "date_due": "Paid %(days)s days after the due date",
    "date_usual": "Paid when this partner usually pays",
    "date_early": "Dated before the document",
    "payout_bank": "The payout %(name)s stands on the clearing account with this amount",
    "payout_bank_named": "The line names the payout %(name)s",
    "payout_bank_sum": "%(count)s payouts of %(name)s add up to the line",
    "payout_bank_part": "Another line brings the rest of the payout %(name)s",
    "payout_bank_items": "Only these %(count)s items on the clearing account of %(name)s add up to the line",
    "payout_bank_unread": "A payout of %(name)s whose settlement file is not here yet",
    "registered": "The payment %(name)s was registered on %(date)s",
    "batch": "All payments of the batch %(batch)s",
    "batch_sum": "%(count)s registered payments add up to the line",
    "next_instalment": "It is the next instalment of %(name)s",
    # where a difference goes
    "discount": "The cash discount of %(amount)s was granted until %(until)s",
    "late_discount": "The cash discount was taken after %(until)s: the rest stays open",
    "withholding": "%(amount)s is withholding tax of %(rate)s %%",
    "rounding": "%(amount)s is a rounding difference",
    "fee": "%(amount)s may be the bank's fee",
    "fee_told": "The bank says that it kept a fee of %(amount)s",
    "partial": "%(open)s stays open",
    "overpaid": "%(amount)s more than the open items: owed back to the partner",
    "rate": "%(amount)s %(currency)s would be %(expected)s by the rate table: %(deviation)s %% off",
    "rate_far": "The bank's rate is %(deviation)s %% off the rate table",
    # movements without an open document
    "on_account": "The partner is sure and no open item fits",
    "advance": "The text says that it is an advance payment",
    "paid_twice": "%(label)s was already paid on %(paid_on)s",
    "returned": "The payment of %(paid_on)s for %(label)s came back",
    "own_account": "The other side is an account of the company",
    "own_name": "The other side is the company itself",
    "transfer_pair": "The other side shows on %(date)s",
    "transfer_second": "The first side was booked on %(date)s",
    "transfer_rate": "The other side shows %(amount)s %(currency)s, about as much",
    "transfer_alone": "The other side is not in the books yet",
    # payments that were sent together, and what came back of them
    "run_file": "It is the sum of the %(count)s payments of the file %(batch)s",
    "run_short": "%(count)s of the %(total)s payments of %(batch)s; not executed: %(names)s (%(amount)s)",
    "run_short_wages": "%(count)s of the %(total)s wages of %(batch)s; not executed: %(amount)s",
    "run_unknown": "For %(count)s payments no open document is found: %(names)s",
    "run_due": "Only these %(count)s documents of %(partners)s partners, due together, make the sum",
    "return_order": "The line names the collection or payment %(reference)s",
    "return_fee": "%(amount)s is the bank's fee for the return",
    "return_fee_charged": "%(amount)s is the bank's fee for the return: the customer owes it",
    "wage_run": "Net wages of %(count)s accruals",
    "wage_part": "A part of the net wages that were accrued in one sum; %(open)s stays open",
    # what the engine thinks of a proposal that an agent made
    "told_agreed": "The engine reads the line the same way",
    "told_other": "The engine sees this reading too, but prefers another",
    "told_unseen": "The engine does not see this reading: nobody else vouches for it",
    "told_unmeasured": "Nothing measures this kind of proposal yet",
    # why an alternative lost
    "lost_confidence": "Less agrees: %(missing)s",
    "lost_twin": "It fits as well as the first",
    "lost_promised": "The item is promised to another line that fits better",
    "lost_rejected": "A person rejected it",
    # why nothing is proposed, and what would decide it
    "no_partner": "No partner is recognised: a name or account number would decide it",
    "several_partners": "Several partners could be meant: %(count)s",
    "no_item_fits": "No open item of the partner fits %(amount)s",
    "no_open_items": "The partner has no open items",
    "nothing_quoted": "The text names no document",
    "equal_readings": "%(count)s answers fit equally well",
    "weak_reading": "The best answer is not sure enough",
    "blocked": "%(name)s is blocked for payment",
    "held": "%(name)s is promised to another suggestion",
    "promised": "%(name)s is promised to another line",
    "rate_missing": "There is no rate for %(currency)s on %(date)s",
    "rate_stale": "The rate for %(currency)s on %(date)s is too old",
    "document_rate": "%(name)s was booked at a rate of %(rate)s %(currency)s, but it is %(table)s: correct it first",
    "rejected": "What fits was rejected before",
    "twin_lines": "Another line of the same amount competes for the same items",
    "search_cut": "Too many items to try every sum",
    "zero": "The line has no amount",
}


def render(code: str, values: dict[str, object]) -> str:
    """The English sentence of a reason; the bare code for an unknown one, or when a value is missing."""
    try:
        return REASONS[code] % values
    except (KeyError, TypeError, ValueError):
        return code
