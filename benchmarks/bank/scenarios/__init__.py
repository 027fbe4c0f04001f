"""What happens on bank accounts: each scenario emits lines or says that it cannot happen now."""

from __future__ import annotations

from . import differences, movements, registered, settlements, strays

#: (weight, scenario): shares of a small company's lines, every case often enough to be measured.
SCENARIOS = (
    (30, settlements.one),
    (9, settlements.lump),
    (4, settlements.net_of_credit),
    (5, settlements.instalment),
    (3, settlements.partial),
    (2.5, settlements.overpayment),
    (3, settlements.on_account),
    (3, settlements.refund),
    (2, settlements.same_day_twins),
    (1, settlements.both_sides),
    (6, registered.registered),
    (2.5, registered.batch),
    (2.5, registered.payment_run),
    (5, differences.discount),
    (2, differences.late_discount),
    (3.5, differences.fee),
    (3, differences.withholding),
    (2.5, differences.rounding),
    (6, differences.currency),
    (2.5, movements.transfer),
    (3, movements.returned),
    (2.5, movements.paid_twice),
    (11, strays.stray),
    (3, strays.decoy),
    (2, strays.disguised),
)
