"""The reasons of payouts' suggestions, translatable."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

PAYOUT_REASONS = {
    "payout_chosen": _lt("%(count)s rows (%(amount)s): chosen by a person"),
    "payout_left": _lt("%(count)s rows (%(amount)s): left on the clearing account by a person"),
    "payout_reference": _lt("%(count)s rows (%(amount)s) name the document that they pay, to the cent"),
    "payout_part": _lt("%(count)s rows (%(amount)s) name a document and pay a part of it"),
    "payout_over": _lt("%(count)s rows (%(amount)s) pay more than the document that they name: the rest is owed back"),
    "payout_customer": _lt("%(count)s rows (%(amount)s): the customer and the amount agree"),
    "payout_amount": _lt("%(count)s rows (%(amount)s): the amount stands on the clearing account"),
    "payout_sum": _lt("%(count)s rows (%(amount)s): only these items on the clearing account add up to them"),
    "payout_day": _lt("%(count)s rows (%(amount)s) add up to an entry of sales on the clearing account"),
    "payout_reopened": _lt("%(count)s rows (%(amount)s) take back payments: what these had paid is open again"),
    "payout_cancelled": _lt(
        "%(count)s rows (%(amount)s) dispute sales of this payout: what these would pay stays open"
    ),
    "payout_owed": _lt("%(count)s rows (%(amount)s): the customer is known, a credit note is missing"),
    "payout_asked": _lt("%(count)s rows (%(amount)s) may pay several documents, or one that they do not name"),
    "payout_nothing": _lt("%(count)s rows (%(amount)s): nothing found; they stay on the clearing account"),
    "payout_fee_billed": _lt("The fees of %(amount)s pay the provider's bills, and are no cost again"),
    "payout_no_fee_account": _lt("No account for fees is set: %(amount)s stays on the clearing account"),
    "payout_no_reserve_account": _lt("No account for reserves is set: they stay on the clearing account"),
    "payout_choice": _lt("%(amount)s pays %(name)s"),
    "payout_choice_left": _lt("%(amount)s stays on the clearing account"),
    "payout_redated": _lt("The period of %(date)s is locked: booked on %(other)s"),
    "payout_bank": _lt("The payout %(name)s stands on the clearing account with this amount"),
    "payout_bank_named": _lt("The line names the payout %(name)s"),
    "payout_bank_sum": _lt("%(count)s payouts of %(name)s add up to the line"),
    "payout_bank_part": _lt("Another line brings the rest of the payout %(name)s"),
    "payout_bank_items": _lt("Only these %(count)s items on the clearing account of %(name)s add up to the line"),
    "payout_bank_unread": _lt("A payout of %(name)s whose settlement file is not here yet"),
}
