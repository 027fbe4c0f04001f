"""The words of the card that come as codes, translatable: reasons, cases, differences.

The reasons repeat ``engine.matching.explain.REASONS``, because only literals in ``_lt`` are exported for
translation and the engine knows no Odoo; a test keeps both the same.
"""

from odoo.tools.translate import LazyTranslate

from .advance_words import ADVANCE_REASONS
from .bill_words import BILL_REASONS
from .coding_words import CODING_REASONS
from .cut_over_words import CUT_OVER_REASONS
from .payout_words import PAYOUT_REASONS
from .run_words import RUN_REASONS

_lt = LazyTranslate(__name__)

REASONS = {
    # what speaks for a reading
    "reference": _lt("The text names %(name)s"),
    "reference_short": _lt("The text names the number of %(name)s"),
    "reference_typo": _lt("The text names %(name)s with one wrong digit"),
    "reference_year": _lt("The text names %(name)s with another year"),
    "references": _lt("The text names %(count)s of %(total)s documents"),
    "amount": _lt("The amount is exactly the open amount"),
    "sum": _lt("The amounts of %(count)s documents add up to the line"),
    "all_open": _lt("These are all open items of the partner"),
    "all_due": _lt("These are all items due by then"),
    "same_date": _lt("These items have the same date"),
    "oldest_first": _lt("These are the oldest items"),
    "partner_given": _lt("The line carries the partner"),
    "partner_iban": _lt("The account number is the partner's"),
    "partner_exact": _lt("The name is the partner's"),
    "partner_payer_name": _lt("People matched this payer to the partner before"),
    "partner_fuzzy": _lt("The name is nearly the partner's"),
    "partner_other": _lt("The line names somebody else"),
    "date_due": _lt("Paid %(days)s days after the due date"),
    "date_usual": _lt("Paid when this partner usually pays"),
    "date_early": _lt("Dated before the document"),
    "registered": _lt("The payment %(name)s was registered on %(date)s"),
    "batch": _lt("All payments of the batch %(batch)s"),
    "batch_sum": _lt("%(count)s registered payments add up to the line"),
    "next_instalment": _lt("It is the next instalment of %(name)s"),
    # where a difference goes
    "discount": _lt("The cash discount of %(amount)s was granted until %(until)s"),
    "late_discount": _lt("The cash discount was taken after %(until)s: the rest stays open"),
    "withholding": _lt("%(amount)s is withholding tax of %(rate)s %%"),
    "rounding": _lt("%(amount)s is a rounding difference"),
    "fee": _lt("%(amount)s may be the bank's fee"),
    "fee_told": _lt("The bank says that it kept a fee of %(amount)s"),
    "partial": _lt("%(open)s stays open"),
    "overpaid": _lt("%(amount)s more than the open items: owed back to the partner"),
    "rate": _lt("%(amount)s %(currency)s would be %(expected)s by the rate table: %(deviation)s %% off"),
    "rate_far": _lt("The bank's rate is %(deviation)s %% off the rate table"),
    # movements without an open document
    "on_account": _lt("The partner is sure and no open item fits"),
    "advance": _lt("The text says that it is an advance payment"),
    "paid_twice": _lt("%(label)s was already paid on %(paid_on)s"),
    "returned": _lt("The payment of %(paid_on)s for %(label)s came back"),
    "own_account": _lt("The other side is an account of the company"),
    "own_name": _lt("The other side is the company itself"),
    "transfer_pair": _lt("The other side shows on %(date)s"),
    "transfer_second": _lt("The first side was booked on %(date)s"),
    "transfer_rate": _lt("The other side shows %(amount)s %(currency)s, about as much"),
    "transfer_alone": _lt("The other side is not in the books yet"),
    # what the engine thinks of a proposal that an agent made
    "told_agreed": _lt("The engine reads the line the same way"),
    "told_other": _lt("The engine sees this reading too, but prefers another"),
    "told_unseen": _lt("The engine does not see this reading: nobody else vouches for it"),
    "told_unmeasured": _lt("Nothing measures this kind of proposal yet"),
    # why an alternative lost
    "lost_confidence": _lt("Less agrees: %(missing)s"),
    "lost_twin": _lt("It fits as well as the first"),
    "lost_promised": _lt("The item is promised to another line that fits better"),
    "lost_rejected": _lt("A person rejected it"),
    "lost_edited": _lt("A person changed it"),
    # why nothing is proposed, and what would decide it
    "no_partner": _lt("No partner is recognised: a name or account number would decide it"),
    "several_partners": _lt("Several partners could be meant: %(count)s"),
    "no_item_fits": _lt("No open item of the partner fits %(amount)s"),
    "no_open_items": _lt("The partner has no open items"),
    "nothing_quoted": _lt("The text names no document"),
    "equal_readings": _lt("%(count)s answers fit equally well"),
    "weak_reading": _lt("The best answer is not sure enough"),
    "blocked": _lt("%(name)s is blocked for payment"),
    "held": _lt("%(name)s is promised to another suggestion"),
    "promised": _lt("%(name)s is promised to another line"),
    "rate_missing": _lt("There is no rate for %(currency)s on %(date)s"),
    "rate_stale": _lt("The rate for %(currency)s on %(date)s is too old"),
    "document_rate": _lt(
        "%(name)s was booked at a rate of %(rate)s %(currency)s, but it is %(table)s: correct it first"
    ),
    "rejected": _lt("What fits was rejected before"),
    "twin_lines": _lt("Another line of the same amount competes for the same items"),
    "search_cut": _lt("Too many items to try every sum"),
    "zero": _lt("The line has no amount"),
    # said by the models only
    "correction": _lt("The backtest of %(date)s: the machine was right"),
    "turned_down": _lt("What was proposed was rejected"),
    "failed": _lt("Booking failed: %(why)s"),
    "run_failed": _lt("The last run failed on this line; the server's log says why"),
    **CODING_REASONS,
    **ADVANCE_REASONS,
    **CUT_OVER_REASONS,
    **BILL_REASONS,
    **RUN_REASONS,
    **PAYOUT_REASONS,
}

CASES = {
    "one": _lt("One open item"),
    "several": _lt("Several items"),
    "partial": _lt("Part of an item"),
    "overpayment": _lt("Overpayment"),
    "registered": _lt("Registered payment"),
    "on_account": _lt("Payment on account"),
    "batch": _lt("Batch deposit"),
    "payment_run": _lt("Payment run"),
    "transfer": _lt("Own transfer"),
    "returned": _lt("Returned payment"),
    "paid_twice": _lt("Paid twice"),
    "refund": _lt("Refund"),
    "discount": _lt("Cash discount"),
    "fee": _lt("Bank fee"),
    "withholding": _lt("Withholding tax"),
    "rounding": _lt("Rounding"),
    "currency": _lt("Other currency"),
    "manual": _lt("By hand"),
    "coded": _lt("Coding"),
    "settles": _lt("Settles a balance"),
    "split": _lt("Coding in parts"),
    "bill": _lt("Bill"),
    "correction": _lt("Correction"),
    "collection": _lt("Direct debit collection"),
    "wage_run": _lt("Wage run"),
    "payout": _lt("Provider payout"),
    "cut_over": _lt("Cut-over"),
    "settlement": _lt("Provider settlement"),
    "advance": _lt("Tax on an advance"),
    "advance_released": _lt("Tax on an advance taken back"),
    "advance_used": _lt("Money on account for a document"),
    "netting": _lt("Netting"),
    "question": _lt("Question"),
}

DIFFERENCES = {
    "cash_discount": _lt("Cash discount"),
    "bank_fee": _lt("Bank fee"),
    "withholding": _lt("Withholding tax"),
    "rounding": _lt("Rounding difference"),
    "on_account": _lt("On account: stays open for the partner"),
    "overpaid": _lt("Overpaid: owed back to the partner"),
    "paid_twice": _lt("Paid twice: owed back to the partner"),
    "transfer": _lt("To the other bank account"),
    "return_fee": _lt("The bank's fee: charged to the customer"),
    "payout": _lt("To the provider's clearing account"),
    "manual": _lt("By hand"),
}
