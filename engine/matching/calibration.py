"""Weights and confidence bins of the matcher, as data.

Provenance: weights set by hand, bins not yet measured (written over by ``fitting.module_text``).
"""

from __future__ import annotations

#: Logarithmic odds that a feature adds to a reading; an absent feature adds nothing.
WEIGHTS: dict[str, float] = {
    "bias": -1.5,
    "ref_structured": 5.0, "ref_full": 4.5, "ref_part": 3.0, "ref_tail": 2.5, "ref_year": 2.0, "ref_typo": 2.0,
    "ref_short": 1.5, "ref_none": 0.0, "ref_some": -2.0, "all_quoted": 1.0, "quotes_others": -2.5,
    "who_given": 3.0, "who_iban": 3.0, "who_exact": 2.4, "who_payer_name": 2.4, "who_fuzzy": 2.0, "who_weak": 0.8,
    "who_none": 0.0, "who_other": -2.5, "who_many": 0.0, "who_many_named": 2.0, "bare": -2.5, "bare_count": -1.5,
    "amount_exact": 3.0, "amount_discount": 3.0, "amount_withholding": 2.2, "amount_rounding": 1.5,
    "amount_fee_told": 2.5, "amount_fee": -0.5, "amount_partial": -0.5, "amount_over": -0.8,
    "amount_currency_told": 3.5, "amount_currency": 1.5, "amount_currency_far": -0.5, "amount_currency_stale": 1.0,
    "amount_currency_part": 0.0, "amount_on_account": -0.5, "amount_twice": 0.0, "rate_gap": -0.4,
    "set_all": 1.0, "set_due": 0.8, "set_date": 0.8, "set_fifo": 0.5, "set_none": -1.0, "luck": -0.6, "sums": -0.3,
    "set_size": -0.05, "with_credit": 0.0, "both_sides": -1.0,
    "registered": 1.2, "registered_count": -1.0, "registered_in_batch": -1.5, "registered_old": -0.7,
    "registered_sum": -1.0, "batch_whole": 2.0, "batch_named_full": 3.0, "batch_named_number": 1.5,
    "batch_named_no": 0.0, "batch_words": 1.5, "batch_loose": -2.0,
    "date_early": -2.5, "date_late": -0.5, "date_far": -0.5, "date_gap": -0.4,
    "only_item": 0.8, "rest_oldest": -0.8, "rest_other": -1.2, "late_discount": 3.0, "discount_unused": -0.3,
    "instalment_next": 0.3, "instalment_later": -0.5, "instalment_gap": -2.0, "over_large": -2.0, "part_round": 0.3, "over_round": 0.3, "only_credit": 0.0,
    "account_open": -1.2, "account_advance": 2.5, "account_side": 0.7, "account_quotes": -2.0,
    "twice_quoted": 0.5, "twice_bare": -1.5, "returned_word": 3.0, "returned_bare": -1.0, "returned_late": -1.5,
    "transfer_own": 5.0, "transfer_itself": 3.0, "transfer_word": 1.5, "transfer_bare": -1.0,
    "transfer_second": 2.5, "transfer_pair": 2.0, "transfer_alone": 0.5,
    "said_return": -1.5, "said_refund": -0.7, "said_advance": -1.0, "said_plain": -1.5, "said_own": -2.0,
}

#: (raw confidence from which on, measured share that was right, how many, how many right), ascending.
BINS: tuple[tuple[float, float, int, int], ...] = ()
