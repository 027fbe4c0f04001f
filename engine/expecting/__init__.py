"""What is expected on the bank: payments that recur, payers' habits, and the weeks ahead with their measured error."""

from .values import IN, OUT, Amounts, Claim, Movement, Series
